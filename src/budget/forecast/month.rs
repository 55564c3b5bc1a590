//! One month of a workload: the rows of its routes and of the costs that come with it.

use chrono::NaiveDate;
use num_traits::Zero;
use rust_decimal::Decimal;

use super::over_limit::{OverLimit, rest};
use super::priced::{PricedStep, PricedWorkload};
use super::row_maker::{Entry, RowMaker};
use super::{Finding, FindingKind, Forecast, Named, Row};
use crate::budget::legs::{self, Leg};
use crate::budget::month::Month;
use crate::budget::scale::add;
use crate::budget::workload::{Budget, CostPer, FallbackWhen, Workload};
use crate::figure::Figure;
use crate::fraction::{self, Fraction};
use crate::money::AmountTooLarge;
use crate::reason::{Budgeting, Reason};

/// One month of a workload: a row for each route, and for each of its other costs.
pub(super) fn month_of(
    budget: &Budget,
    priced: &PricedWorkload,
    month: Month,
    today: NaiveDate,
    found: &mut Forecast,
) -> Result<(), AmountTooLarge> {
    let workload = priced.workload;
    let wanted = priced.wanted(budget, month)?;
    if wanted == Figure::Exact(0) {
        found.note_not_planned(&workload.name, month);
        return Ok(());
    }
    let mut maker = RowMaker::new(workload, &priced.named, month, today);
    for (index, step) in priced.steps.iter().enumerate() {
        let is_last = index + 1 == priced.steps.len();
        let over = OverLimit { budget, rows: &found.rows, workload, month };
        add_step(&mut maker, step, &wanted, is_last, &over)?;
    }
    let RowMaker { mut entries, findings, .. } = maker;
    set_shortfall(&mut entries, &wanted)?;
    let rows: Vec<Row> = entries.into_iter().map(|entry| entry.row).collect();
    note_findings(found, findings, &rows, workload, month);
    let others = with_work(priced, month, &rows)?;
    found.rows.extend(rows);
    found.rows.extend(others);
    Ok(())
}

/// Adds what a step does on its first route, and what the fallback does for the rest.
fn add_step(
    maker: &mut RowMaker,
    step: &PricedStep,
    wanted: &Figure<u64>,
    is_last: bool,
    over: &OverLimit,
) -> Result<(), AmountTooLarge> {
    let images = wanted
        .try_map(|images| images.checked_mul(step.step.per_accepted).ok_or(AmountTooLarge))?;
    let (first, sent_on) = &step.first;
    let kept = over.kept(step, maker, &images, first)?;
    maker.leg(step, &step.on_first, &kept, first, is_last)?;
    let Some(fallback) = &maker.workload.fallback else { return Ok(()) };
    if !fallback.when.iter().any(|when| *when != FallbackWhen::OverLimit) && kept == images {
        return Ok(());
    }
    // What the limit leaves over is served by the fallback from the first attempt on.
    let last = legs::last(&step.step.rates);
    let moved = |fraction: &Fraction| fraction::times(fraction, sent_on);
    let sent = Leg { attempts: moved(&last.attempts), accepted: moved(&last.accepted) };
    if !sent_on.is_zero() {
        maker.leg(step, &step.on_fallback, &kept, &sent, is_last)?;
    }
    let rest = rest(&images, &kept);
    if rest != Figure::Exact(0) {
        maker.leg(step, &step.on_fallback, &rest, &last, is_last)?;
    }
    Ok(())
}

/// Sets what is wanted and not accepted, on the row of the first route.
fn set_shortfall(entries: &mut [Entry], wanted: &Figure<u64>) -> Result<(), AmountTooLarge> {
    let mut accepted = Figure::Exact(Decimal::ZERO);
    for entry in entries.iter() {
        accepted = add(&accepted, &entry.row.accepted)?;
    }
    let Some(first) = entries.first_mut() else { return Ok(()) };
    let less =
        |wanted: u64, accepted: Decimal| (Decimal::from(wanted) - accepted).max(Decimal::ZERO);
    let reasons = wanted.reasons().clone();
    let low = less(wanted.low(), accepted.low());
    first.row.wanted = wanted.clone();
    first.row.shortfall = match (wanted.high(), accepted.high()) {
        // A volume that is a range and served in full has no shortfall, whichever it is.
        (Some(most), Some(high)) if low.is_zero() && less(most, high).is_zero() => {
            Figure::Exact(Decimal::ZERO)
        }
        (Some(wanted), Some(accepted)) if reasons.is_empty() => {
            Figure::Exact(less(wanted, accepted))
        }
        (Some(most), Some(high)) => {
            let expected = wanted.expected().zip(accepted.expected()).map(|(a, b)| less(a, b));
            Figure::Range { low, expected, high: less(most, high), reasons }
        }
        _ => Figure::Unknown { at_least: low, reasons },
    };
    Ok(())
}

/// Findings are said once, at the first month that they concern.
fn note_findings(
    found: &mut Forecast,
    mut findings: Vec<(FindingKind, Reason)>,
    rows: &[Row],
    workload: &Workload,
    month: Month,
) {
    let given_up = workload.steps.last().and_then(|step| step.rates.maximum());
    if let Some(maximum) = given_up
        && rows.iter().any(|row| row.shortfall.low() > Decimal::ZERO)
    {
        findings.push((FindingKind::Shortfall, Budgeting::GivenUp(maximum).into()));
    }
    for (kind, why) in findings {
        let known = found
            .findings
            .iter()
            .any(|it| it.kind == kind && it.workload == workload.name && it.why == why);
        if !known {
            found.findings.push(Finding { kind, workload: workload.name.clone(), month, why });
        }
    }
}

/// The other costs that come with a workload in a month.
fn with_work(
    priced: &PricedWorkload,
    month: Month,
    rows: &[Row],
) -> Result<Vec<Row>, AmountTooLarge> {
    let sum = |of: fn(&Row) -> &Figure<Decimal>| {
        rows.iter().try_fold(Figure::Exact(Decimal::ZERO), |sum, row| add(&sum, of(row)))
    };
    let mut others = Vec::new();
    for cost in &priced.workload.other_costs {
        let times = match cost.per {
            CostPer::Month => Figure::Exact(Decimal::ONE),
            CostPer::AcceptedImage => sum(|row| &row.accepted)?,
            CostPer::Attempt => sum(|row| &row.attempts)?,
        };
        let each = fraction::from_decimal(cost.amount);
        let amount = times.try_map(|times| fraction::to_add_up(times, 1, &each))?;
        let row = Row::monthly(cost, month);
        let Named { name, tags } = priced.named.clone();
        others.push(Row { workload: name, tags, ..row }.costing(amount));
    }
    Ok(others)
}
