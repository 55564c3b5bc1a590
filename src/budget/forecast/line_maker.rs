//! The rows of a workload in a month in the making: what each route does, added up over the stretches of the month.

use std::collections::BTreeMap;

use num_traits::{One, Zero};
use rust_decimal::Decimal;

use super::line::{CostKind, FindingKind, ForecastLine, Named, Tokens};
use super::month_days::MonthDays;
use super::planned::{OnRoute, PlannedStretch, PlannedWorkload, Work};
use crate::budget::made::Made;
use crate::budget::month::Month;
use crate::budget::prices::Stretch;
use crate::budget::scale::{add, amount, counted};
use crate::estimate::PriceBasis;
use crate::figure::Figure;
use crate::fraction::{self, Each, Fraction};
use crate::money::AmountTooLarge;
use crate::reason::Reason;

/// Gathers the rows of a workload in a month.
pub(super) struct LineMaker<'a> {
    pub workload: &'a PlannedWorkload,
    pub month: MonthDays,
    /// The rows, one for each route.
    pub lines: Vec<ForecastLine>,
    pub findings: Vec<(FindingKind, Reason)>,
}

impl<'a> LineMaker<'a> {
    pub(super) fn new(workload: &'a PlannedWorkload, month: MonthDays) -> LineMaker<'a> {
        // A row is large, and most workloads have one for each of their steps.
        let lines = Vec::with_capacity(workload.steps.len());
        LineMaker { workload, month, lines, findings: Vec::new() }
    }

    /// Adds what a route does for so many images over the stretches of the month.
    pub(super) fn add(
        &mut self,
        on_route: &OnRoute,
        images: &Figure<u64>,
    ) -> Result<(), AmountTooLarge> {
        for (stretch, work) in on_route.stretches() {
            let mut share = self.month.share_in(stretch.days);
            let not_made = stretch.not_made().is_some();
            if share.is_zero() || (not_made && *images == Figure::Exact(0)) {
                continue;
            }
            if let Some(why) = &stretch.no_price {
                self.findings.push((FindingKind::of(why), why.reason().clone()));
            }
            // Nothing is made; the images show as a shortfall.
            if not_made {
                share = Fraction::zero();
            }
            if stretch.route.is_some() {
                let line = match share.is_one() {
                    true => self.line(stretch, images, work)?,
                    false => self.line(stretch, images, &on_route.work(stretch, &share))?,
                };
                self.add_line(line)?;
            }
        }
        Ok(())
    }

    /// The weakest that the prices of a stretch rest on: their sources, the day, and what the user supposes of them.
    fn price_basis(&self, stretch: &PlannedStretch) -> PriceBasis {
        let supposed =
            self.workload.price_changes.iter().any(|(from, _)| *from <= self.month.month);
        let supposed = if supposed { PriceBasis::User } else { PriceBasis::Dated };
        self.month.price_basis.max(stretch.price_basis).max(supposed)
    }

    fn line(
        &self,
        stretch: &PlannedStretch,
        images: &Figure<u64>,
        work: &Work,
    ) -> Result<ForecastLine, AmountTooLarge> {
        let tokens = |(meter, count): &(_, Figure<Each>)| Ok((*meter, amount(count, images)?));
        let cost = amount(&work.cost, images)?;
        let cost_of_made = changed(cost, &self.workload.price_changes, self.month.month)?;
        let not_made = stretch.not_made().map(|why| why.reason().clone());
        let Named { name, tags } = self.workload.named.clone();
        Ok(ForecastLine {
            month: self.month.month,
            workload: name,
            tags,
            kind: CostKind::Images,
            cost_name: None,
            seats: None,
            per: None,
            route: stretch.route.clone(),
            versions: stretch.versions.clone(),
            price_basis: self.price_basis(stretch),
            wanted: images.clone(),
            accepted: counted(images, &work.accepted)?,
            made: if not_made.is_some() { Made::Nothing } else { Made::All },
            attempts: counted(images, &work.attempts)?,
            billed_calls: amount(&work.billed, images)?,
            tokens: work.tokens.iter().map(tokens).collect::<Result<_, _>>()?,
            // It will cost something somewhere, and nobody knows what.
            cost: match &not_made {
                Some(why) => Figure::unknown(Decimal::ZERO, why.clone()),
                None => cost_of_made.clone(),
            },
            cost_of_made,
            not_made,
            shortfall: Figure::Exact(Decimal::ZERO),
        })
    }

    fn add_line(&mut self, added: ForecastLine) -> Result<(), AmountTooLarge> {
        let route = added.route.as_ref().map(|route| &route.id);
        let is_on_it =
            |line: &&mut ForecastLine| line.route.as_ref().map(|route| &route.id) == route;
        let same = self.lines.iter_mut().find(is_on_it);
        let Some(line) = same else {
            self.lines.push(added);
            return Ok(());
        };
        line.accepted = add(&line.accepted, &added.accepted)?;
        line.attempts = add(&line.attempts, &added.attempts)?;
        line.billed_calls = add(&line.billed_calls, &added.billed_calls)?;
        line.cost_of_made = add(&line.cost_of_made, &added.cost_of_made)?;
        line.cost = add(&line.cost, &added.cost)?;
        line.made = line.made.and(added.made);
        line.price_basis = line.price_basis.max(added.price_basis);
        line.not_made = line.not_made.take().or(added.not_made);
        line.tokens = added_tokens(&line.tokens, &added.tokens)?;
        let new = added.versions.iter().filter(|version| !line.versions.contains(version));
        let new: Vec<&String> = new.collect();
        if !new.is_empty() {
            line.versions = line.versions.iter().chain(new).cloned().collect();
        }
        Ok(())
    }
}

/// Tokens by meter, and those of another part of the month.
fn added_tokens(tokens: &Tokens, more: &Tokens) -> Result<Tokens, AmountTooLarge> {
    let mut sums: BTreeMap<_, _> = tokens.iter().cloned().collect();
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

/// The cost with the changes of the price that the user supposes, each from a month on.
pub(in crate::budget) fn changed(
    cost: Figure<Decimal>,
    price_changes: &[(Month, Decimal)],
    month: Month,
) -> Result<Figure<Decimal>, AmountTooLarge> {
    if price_changes.is_empty() {
        return Ok(cost);
    }
    let in_force = price_changes.iter().filter(|(from, _)| *from <= month);
    let factor =
        in_force.fold(Fraction::one(), |all, (_, factor)| all * fraction::from_decimal(*factor));
    match factor.is_one() {
        true => Ok(cost),
        false => cost.try_map(|cost| fraction::to_add_up(cost, 1, &factor)),
    }
}
