//! One month of a workload: the rows of its routes and of the costs that come with it.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use num_bigint::BigInt;
use num_traits::{One, Zero};
use rust_decimal::Decimal;

use super::over_limit::{OverLimit, rest};
use super::priced::{Costed, PricedStep, PricedWorkload};
use super::{Finding, FindingKind, Forecast, PriceBasis, Row};
use crate::budget::legs::{self, Leg};
use crate::budget::made::Made;
use crate::budget::month::Month;
use crate::budget::prices::Stretch;
use crate::budget::scale::{add, amount, counted};
use crate::budget::workload::{Budget, CostPer, FallbackWhen, Workload};
use crate::catalog::dated::Dated;
use crate::catalog::route::Route;
use crate::estimate::Estimate;
use crate::figure::Figure;
use crate::fraction::{self, Fraction};
use crate::money::AmountTooLarge;
use crate::unit::Meter;

/// A row in the making: what a route does for a workload in a month.
pub(super) struct Entry {
    pub route: Arc<Route>,
    pub row: Row,
}

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
    let mut maker = RowMaker::new(workload, month, today);
    for (index, step) in priced.steps.iter().enumerate() {
        let is_last = index + 1 == priced.steps.len();
        let over = OverLimit { budget, rows: &found.rows, workload, month };
        maker.step(step, &wanted, is_last, &over)?;
    }
    let RowMaker { mut entries, findings, .. } = maker;
    set_shortfall(&mut entries, &wanted)?;
    let rows: Vec<Row> = entries.into_iter().map(|entry| entry.row).collect();
    note_findings(found, findings, &rows, workload, month);
    let others = with_work(workload, month, &rows)?;
    found.rows.extend(rows);
    found.rows.extend(others);
    Ok(())
}

pub(super) struct RowMaker<'a> {
    pub workload: &'a Workload,
    pub month: Month,
    pub today: NaiveDate,
    pub entries: Vec<Entry>,
    pub findings: Vec<(FindingKind, String)>,
}

impl<'a> RowMaker<'a> {
    pub(super) fn new(workload: &'a Workload, month: Month, today: NaiveDate) -> RowMaker<'a> {
        RowMaker { workload, month, today, entries: Vec::new(), findings: Vec::new() }
    }

    fn step(
        &mut self,
        step: &PricedStep,
        wanted: &Figure<u64>,
        is_last: bool,
        over: &OverLimit,
    ) -> Result<(), AmountTooLarge> {
        let images = wanted
            .try_map(|images| images.checked_mul(step.step.per_accepted).ok_or(AmountTooLarge))?;
        let (first, sent_on) = &step.first;
        let kept = over.kept(step, self, &images, first)?;
        self.leg(step, &step.on_first, &kept, first, is_last)?;
        let Some(fallback) = &self.workload.fallback else { return Ok(()) };
        if !fallback.when.iter().any(|when| *when != FallbackWhen::OverLimit) && kept == images {
            return Ok(());
        }
        // What the limit leaves over is served by the fallback from the first attempt on.
        let last = legs::last(&step.step.rates);
        let moved = |fraction: &Fraction| fraction * sent_on;
        let sent = Leg { attempts: moved(&last.attempts), accepted: moved(&last.accepted) };
        if !sent_on.is_zero() {
            self.leg(step, &step.on_fallback, &kept, &sent, is_last)?;
        }
        let rest = rest(&images, &kept);
        if rest != Figure::Exact(0) {
            self.leg(step, &step.on_fallback, &rest, &last, is_last)?;
        }
        Ok(())
    }

    /// Adds what a route does for so many images over the stretches of the month.
    pub(super) fn leg(
        &mut self,
        step: &PricedStep,
        stretches: &[Costed],
        images: &Figure<u64>,
        leg: &Leg,
        is_last: bool,
    ) -> Result<(), AmountTooLarge> {
        for costed in stretches {
            let days = days_in(&costed.stretch, self.month);
            if days == 0 {
                continue;
            }
            let mut share = Fraction::new(BigInt::from(days), BigInt::from(self.month.days()));
            match &costed.stretch.price {
                Err(why) if *images == Figure::Exact(0) && why.is_not_made() => continue,
                Err(why) => {
                    self.findings.push((FindingKind::of(why), why.reason().sentence()));
                    // Nothing is made; the images show as a shortfall.
                    if why.is_not_made() {
                        share = Fraction::zero();
                    }
                }
                Ok(_) => {}
            }
            let Some(route) = costed.stretch.route.clone() else { continue };
            let added = self.added(step, costed, images, leg, &share, is_last)?;
            self.add(route, added)?;
        }
        Ok(())
    }

    fn added(
        &self,
        step: &PricedStep,
        costed: &Costed,
        images: &Figure<u64>,
        leg: &Leg,
        share: &Fraction,
        is_last: bool,
    ) -> Result<Row, AmountTooLarge> {
        let attempts = &leg.attempts * share;
        let estimate = costed.stretch.price.as_ref().ok();
        let per_request =
            fraction::from_count(estimate.map_or(1, |it| u64::from(it.request_cost.images)));
        let requests = &attempts / &per_request;
        let accepted = if is_last { &leg.accepted * share } else { Fraction::zero() };
        let mut tokens = BTreeMap::new();
        let delivered = &requests * fraction::from_decimal(step.step.rates.delivered());
        for (meter, count) in estimate.iter().flat_map(|estimate| token_counts(estimate)) {
            let count = count.try_map(|count| Ok::<_, AmountTooLarge>(Decimal::from(count)))?;
            tokens.insert(meter, amount(&count, images, &delivered)?);
        }
        let not_made = costed.stretch.price.as_ref().err().filter(|why| why.is_not_made());
        let average = amount(&costed.average, images, &requests)?;
        let cost_of_made = changed(&average, self.workload, self.month)?;
        // It will cost something somewhere, and nobody knows what.
        let cost = match not_made {
            Some(why) => Figure::unknown(Decimal::ZERO, why.reason().clone()),
            None => cost_of_made.clone(),
        };
        let version = estimate.map(|estimate| estimate.table.version().period().in_words());
        Ok(Row {
            month: self.month,
            workload: self.workload.name.clone(),
            tags: self.workload.tags.clone(),
            other_cost: None,
            route: None,
            versions: version.into_iter().collect(),
            price_basis: if self.month.end() > self.today.succ_opt().unwrap_or(self.today) {
                PriceBasis::Assumed
            } else {
                PriceBasis::Dated
            },
            wanted: images.clone(),
            accepted: counted(images, &accepted)?,
            shortfall: Figure::Exact(Decimal::ZERO),
            made: match not_made {
                Some(_) => Made::Nothing,
                None => Made::All,
            },
            not_made: not_made.map(|why| why.reason().clone()),
            attempts: counted(images, &attempts)?,
            billed_calls: amount(&costed.billed, images, &requests)?,
            tokens,
            cost_of_made,
            cost,
        })
    }

    fn add(&mut self, route: Arc<Route>, added: Row) -> Result<(), AmountTooLarge> {
        let same = self.entries.iter_mut().find(|entry| entry.route.id == route.id);
        let Some(entry) = same else {
            let row = Row { route: Some(route.clone()), ..added };
            self.entries.push(Entry { route, row });
            return Ok(());
        };
        let row = &mut entry.row;
        row.accepted = add(&row.accepted, &added.accepted)?;
        row.attempts = add(&row.attempts, &added.attempts)?;
        row.billed_calls = add(&row.billed_calls, &added.billed_calls)?;
        row.cost_of_made = add(&row.cost_of_made, &added.cost_of_made)?;
        row.cost = add(&row.cost, &added.cost)?;
        row.made = row.made.and(added.made);
        row.not_made = row.not_made.take().or(added.not_made);
        for (meter, count) in added.tokens {
            let sum = match row.tokens.get(&meter) {
                Some(before) => add(before, &count)?,
                None => count,
            };
            row.tokens.insert(meter, sum);
        }
        for version in added.versions {
            if !row.versions.contains(&version) {
                row.versions.push(version);
            }
        }
        Ok(())
    }
}

/// The days of a month that belong to a stretch.
pub(in crate::budget) fn days_in(stretch: &Stretch, month: Month) -> i64 {
    let from = stretch.from.max(month.first_day());
    let until = stretch.until.min(month.end());
    (until - from).num_days().max(0)
}

fn token_counts(estimate: &Estimate) -> impl Iterator<Item = (Meter, Figure<u64>)> {
    let counted = estimate.usage.counted().filter(|(meter, _)| meter.is_tokens());
    counted.map(|(meter, quantity)| (meter, quantity.count.clone()))
}

/// The cost with the changes of the price that the user supposes.
pub(in crate::budget) fn changed(
    cost: &Figure<Decimal>,
    workload: &Workload,
    month: Month,
) -> Result<Figure<Decimal>, AmountTooLarge> {
    let in_force = workload.price_changes.iter().filter(|(from, _)| *from <= month);
    let factor =
        in_force.fold(Fraction::one(), |all, (_, factor)| all * fraction::from_decimal(*factor));
    match factor.is_one() {
        true => Ok(cost.clone()),
        false => cost.try_map(|cost| fraction::to_add_up(cost, 1, &factor)),
    }
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
    mut findings: Vec<(FindingKind, String)>,
    rows: &[Row],
    workload: &Workload,
    month: Month,
) {
    let given_up = workload.steps.last().and_then(|step| step.rates.maximum());
    if let Some(maximum) = given_up
        && rows.iter().any(|row| row.shortfall.low() > Decimal::ZERO)
    {
        let text = format!(
            "images are given up after {maximum} attempts, so that fewer are accepted than wanted"
        );
        findings.push((FindingKind::Shortfall, text));
    }
    for (kind, message) in findings {
        let known = found
            .findings
            .iter()
            .any(|it| it.kind == kind && it.workload == workload.name && it.message == message);
        if !known {
            found.findings.push(Finding { kind, workload: workload.name.clone(), month, message });
        }
    }
}

/// The other costs that come with a workload in a month.
fn with_work(workload: &Workload, month: Month, rows: &[Row]) -> Result<Vec<Row>, AmountTooLarge> {
    let sum = |of: fn(&Row) -> &Figure<Decimal>| {
        rows.iter().try_fold(Figure::Exact(Decimal::ZERO), |sum, row| add(&sum, of(row)))
    };
    let mut others = Vec::new();
    for cost in &workload.other_costs {
        let times = match cost.per {
            CostPer::Month => Figure::Exact(Decimal::ONE),
            CostPer::AcceptedImage => sum(|row| &row.accepted)?,
            CostPer::Attempt => sum(|row| &row.attempts)?,
        };
        let each = fraction::from_decimal(cost.amount);
        let amount = times.try_map(|times| fraction::to_add_up(times, 1, &each))?;
        let row = Row::monthly(cost, month);
        let (name, tags) = (workload.name.clone(), workload.tags.clone());
        others.push(Row { workload: name, tags, ..row }.costing(amount));
    }
    Ok(others)
}
