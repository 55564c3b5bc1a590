//! The rows of a workload in a month in the making: what each route does, added up over the stretches of the month.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use num_traits::{One, Zero};
use rust_decimal::Decimal;

use super::priced::{Costed, PricedStep};
use super::{FindingKind, Named, PriceBasis, Row, Tokens};
use crate::budget::legs::Leg;
use crate::budget::made::Made;
use crate::budget::month::Month;
use crate::budget::prices::Stretch;
use crate::budget::scale::{add, amount, counted};
use crate::budget::workload::Workload;
use crate::catalog::route::Route;
use crate::estimate::Estimate;
use crate::figure::Figure;
use crate::fraction::{self, Fraction};
use crate::money::AmountTooLarge;
use crate::reason::Reason;
use crate::unit::Meter;

/// A row in the making: what a route does for a workload in a month.
pub(super) struct Entry {
    pub route: Arc<Route>,
    pub row: Row,
}

/// Gathers the rows of a workload in a month.
pub(super) struct RowMaker<'a> {
    pub workload: &'a Workload,
    pub named: &'a Named,
    pub month: Month,
    pub today: NaiveDate,
    pub entries: Vec<Entry>,
    pub findings: Vec<(FindingKind, Reason)>,
}

impl<'a> RowMaker<'a> {
    pub(super) fn new(
        workload: &'a Workload,
        named: &'a Named,
        month: Month,
        today: NaiveDate,
    ) -> RowMaker<'a> {
        RowMaker { workload, named, month, today, entries: Vec::new(), findings: Vec::new() }
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
            let mut share = fraction::of_counts(days, self.month.days().into());
            match &costed.stretch.price {
                Err(why) if *images == Figure::Exact(0) && why.is_not_made() => continue,
                Err(why) => {
                    self.findings.push((FindingKind::of(why), why.reason().clone()));
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
        let attempts = fraction::times(&leg.attempts, share);
        let estimate = costed.stretch.price.as_ref().ok();
        let per_request =
            fraction::from_count(estimate.map_or(1, |it| u64::from(it.request_cost.images)));
        let requests = fraction::over(&attempts, &per_request);
        let accepted =
            if is_last { fraction::times(&leg.accepted, share) } else { Fraction::zero() };
        let mut tokens = Vec::new();
        let delivered = fraction::from_decimal(step.step.rates.delivered());
        let delivered = fraction::times(&requests, &delivered);
        for (meter, count) in estimate.iter().flat_map(|estimate| token_counts(estimate)) {
            let count = count.try_map(|count| Ok::<_, AmountTooLarge>(Decimal::from(count)))?;
            tokens.push((meter, amount(&count, images, &delivered)?));
        }
        let not_made = costed.stretch.price.as_ref().err().filter(|why| why.is_not_made());
        let average = amount(&costed.average, images, &requests)?;
        let cost_of_made = changed(&average, self.workload, self.month)?;
        // It will cost something somewhere, and nobody knows what.
        let cost = match not_made {
            Some(why) => Figure::unknown(Decimal::ZERO, why.reason().clone()),
            None => cost_of_made.clone(),
        };
        Ok(Row {
            month: self.month,
            workload: self.named.name.clone(),
            tags: self.named.tags.clone(),
            other_cost: None,
            route: None,
            versions: costed.versions.clone(),
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
            tokens: tokens.into(),
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
        row.tokens = added_tokens(&row.tokens, &added.tokens)?;
        let new = added.versions.iter().filter(|version| !row.versions.contains(version));
        let new: Vec<&String> = new.collect();
        if !new.is_empty() {
            row.versions = row.versions.iter().chain(new).cloned().collect();
        }
        Ok(())
    }
}

/// Tokens by meter, and those of another part of the month.
fn added_tokens(tokens: &Tokens, more: &Tokens) -> Result<Tokens, AmountTooLarge> {
    let mut sums: BTreeMap<Meter, Figure<Decimal>> = tokens.iter().cloned().collect();
    for (meter, count) in more {
        let sum = match sums.get(meter) {
            Some(before) => add(before, count)?,
            None => count.clone(),
        };
        sums.insert(*meter, sum);
    }
    Ok(sums.into_iter().collect())
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
