//! Keys of a budget file on which no figure depends: the budget is forecast again without each of them that can be idle,
//! and where every figure is the same, under each scenario as well, it is named.
//!
//! A default that is stated by name, such as `n: 1`, is applied, and no idle key.

mod candidates;
mod reason;
mod scenarios;

use std::collections::BTreeSet;

use chrono::NaiveDate;

pub use self::reason::IdleReason;

use super::changes::StepChanges;
use super::forecast::{Forecast, ForecastLine, PricedWorkload, forecast};
use super::overrides::{estimates, overridden};
use super::prices::Pricing;
use super::scenario::under;
use super::spread::Spread;
use super::workload::{Budget, Workload};
use crate::catalog::Catalog;

/// A budget as its file has it, and what was said in its place.
#[derive(Debug, Clone)]
pub struct Written {
    /// The budget of the file, at the exchange rates that are given.
    pub file: Budget,
    /// What flags say in place of what every step says.
    pub changes: StepChanges,
    /// The currencies of its amounts and of the report, as far as they are not the US dollar: their rates are used.
    pub own_currencies: BTreeSet<String>,
    /// Currencies whose rate was given beside the file.
    pub given_rates: BTreeSet<String>,
    /// How many of its workloads, the first ones, are those of a spreadsheet, whose columns have names of their own.
    pub of_spreadsheet: usize,
    /// What the file says of how its spreadsheet is written, and changes nothing.
    pub idle_of_reading: Vec<Idle>,
}

/// A key on which no figure depends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Idle {
    /// The key, with its workload: `attempts.maximum of posters`.
    pub key: String,
    /// Why.
    pub why: IdleReason,
}

/// The idle keys of a file; `budget` is what came of it.
pub fn idle_keys(
    catalog: &Catalog,
    written: &Written,
    budget: &Budget,
    today: NaiveDate,
) -> Vec<Idle> {
    let frame = Budget {
        workloads: Vec::new(),
        other_costs: Vec::new(),
        seats: Vec::new(),
        assumptions: Vec::new(),
        ..budget.clone()
    };
    let search = Search { catalog, written, budget, today, frame };
    let mut idle = written.idle_of_reading.clone();
    idle.extend(search.of_budget());
    idle.extend(scenarios::idle(catalog, budget, today));
    for (at, (of_file, now)) in written.file.workloads.iter().zip(&budget.workloads).enumerate() {
        idle.extend(search.of_workload(of_file, now, at < written.of_spreadsheet));
    }
    idle
}

struct Search<'a> {
    catalog: &'a Catalog,
    written: &'a Written,
    budget: &'a Budget,
    today: NaiveDate,
    /// The budget without its workloads.
    frame: Budget,
}

impl Search<'_> {
    fn of_budget(&self) -> Vec<Idle> {
        let Written { file, given_rates, own_currencies, .. } = self.written;
        let is_own =
            |code: &&String| !given_rates.contains(*code) && !own_currencies.contains(*code);
        let codes: Vec<&String> = file.fx.keys().filter(is_own).collect();
        let replacements: Vec<_> = file
            .replacements
            .iter()
            .filter(|(old, new)| self.budget.replacements.get(*old) == Some(*new))
            .collect();
        let held_since = file.held_since.filter(|day| self.budget.held_since == Some(*day));
        let is_plain = !file.quoted && !file.data_residency && held_since.is_none();
        if codes.is_empty() && replacements.is_empty() && is_plain {
            return Vec::new();
        }
        let variants = variants(self.budget);
        let priced: Vec<_> =
            variants.iter().flat_map(|it| estimates(self.catalog, it, self.today)).collect();
        let unused = |code: &&String| !priced.iter().any(|it| it.rests_on_unit(code));
        let rate = |code: &String| {
            let pair = file.fx.get(code).map_or_else(|| code.clone(), |rate| rate.stated(code).0);
            Idle { key: format!("fx {pair}"), why: IdleReason::CurrencyNotUsed }
        };
        let mut idle: Vec<Idle> = codes.into_iter().filter(unused).map(rate).collect();
        if file.quoted && !priced.iter().any(|it| it.is_quoted()) {
            let key = "quoted: true".to_owned();
            idle.push(Idle { key, why: IdleReason::NothingQuoted });
        }
        if file.data_residency && !priced.iter().any(|it| it.adds_residency()) {
            let key = "data_residency: true".to_owned();
            idle.push(Idle { key, why: IdleReason::NoResidency });
        }
        if let Some(day) = held_since.filter(|_| !priced.iter().any(|it| it.is_supposed())) {
            let key = format!("assume_held_since {day}");
            idle.push(Idle { key, why: IdleReason::NotHeldEarlier });
        }
        let is_idle = |(old, new): &(&String, &String)| {
            !variants.iter().any(|it| self.replaces(it, old, new))
        };
        let named = |(old, new): (&String, &String)| Idle {
            key: format!("replace {old}: {new}"),
            why: IdleReason::NotReplaced,
        };
        idle.extend(replacements.into_iter().filter(is_idle).map(named));
        idle
    }

    /// Whether a model takes the place of another on any day.
    fn replaces(&self, budget: &Budget, old: &str, new: &str) -> bool {
        let pricing = Pricing::of(self.catalog, budget, self.today);
        budget.workloads.iter().any(|workload| {
            PricedWorkload::of(&pricing, workload)
                .is_ok_and(|priced| priced.stretches().any(|it| it.replaces(old, new)))
        })
    }

    fn of_workload(&self, of_file: &Workload, now: &Workload, is_row: bool) -> Vec<Idle> {
        let alone = |workload: Workload| Budget { workloads: vec![workload], ..self.frame.clone() };
        let mut found = None;
        let mut idle: Vec<Idle> = now
            .idle_season(self.budget)
            .map(|month| Idle {
                key: format!("seasonality {month} of {}", now.name),
                why: IdleReason::NoSuchMonth,
            })
            .collect();
        idle.extend(self.rates_not_open(now, &alone(now.clone())));
        for candidate in candidates::of(of_file, is_row) {
            let Ok(without) = overridden(&alone(candidate.without), &self.written.changes) else {
                continue;
            };
            // A flag goes before the key, and is named itself where it changes nothing.
            if without.workloads.first() == Some(now) {
                continue;
            }
            let found = found.get_or_insert_with(|| self.figures(&alone(now.clone())));
            let (Some(found), Some(others)) = (found.as_ref(), self.figures(&without)) else {
                continue;
            };
            if are_known_and_same(found, &others) {
                let key = format!("{} of {}", candidate.key, of_file.name);
                idle.push(Idle { key, why: candidate.why });
            }
        }
        idle
    }

    /// Rates that are taken for granted and price nothing: the table states them, bills nothing for them, or has its
    /// prices in another unit.
    fn rates_not_open(&self, workload: &Workload, alone: &Budget) -> Vec<Idle> {
        if workload.assume.rates.is_empty() {
            return Vec::new();
        }
        let priced = variants(alone);
        let priced = priced.iter().flat_map(|it| estimates(self.catalog, it, self.today));
        let lines: Vec<_> = priced.flat_map(|it| it.charges.clone()).collect();
        let rates = workload.assume.rates.iter().enumerate();
        let idle =
            rates.filter(|(_, rate)| !lines.iter().any(|it| it.assumed.as_ref() == Some(rate)));
        let named = |(index, _)| Idle {
            key: format!("assume.rates[{}] of {}", index + 1, workload.name),
            why: IdleReason::RateNotOpen,
        };
        idle.map(named).collect()
    }

    fn figures(&self, budget: &Budget) -> Option<Vec<Forecast>> {
        figures(self.catalog, budget, self.today)
    }
}

/// Whether every figure of a budget is the same where flags say only these changes of every step.
pub fn is_idle_change(
    catalog: &Catalog,
    written: &Written,
    (others, budget): (&StepChanges, &Budget),
    today: NaiveDate,
) -> bool {
    // What is idle at the stated rates counts where others are drawn.
    if budget.workloads.iter().any(|it| it.spread != Spread::default()) {
        return false;
    }
    let Ok(without) = overridden(&written.file, others) else { return false };
    let without = Budget { workloads: without.workloads, ..budget.clone() };
    let [Some(found), Some(without)] = [budget, &without].map(|it| figures(catalog, it, today))
    else {
        return false;
    };
    are_known_and_same(&found, &without)
}

/// A budget, and what its scenarios make of it.
fn variants(budget: &Budget) -> Vec<Budget> {
    let under = budget.scenarios.iter().filter_map(|scenario| under(budget, scenario).ok());
    std::iter::once(budget.clone()).chain(under).collect()
}

/// The forecasts of a budget and its scenarios; `None` where one cannot be.
fn figures(catalog: &Catalog, budget: &Budget, today: NaiveDate) -> Option<Vec<Forecast>> {
    variants(budget).iter().map(|it| forecast(catalog, it, today).ok()).collect()
}

/// Whether forecasts are the same. A cost that is unknown for another reason is no evidence that a key or flag changes
/// nothing.
fn are_known_and_same(found: &[Forecast], others: &[Forecast]) -> bool {
    let is_known = |it: &Forecast| it.cost().is_ok_and(|cost| cost.high().is_some());
    found.iter().all(is_known)
        && found.iter().zip(others).all(|(found, other)| are_same(found, other))
}

fn are_same(a: &Forecast, b: &Forecast) -> bool {
    let mut others = b.rows();
    let is_same = |row| others.next().is_some_and(|other| have_same_figures(&row, &other));
    a.findings == b.findings && a.rows().all(is_same) && others.next().is_none()
}

fn have_same_figures(a: &ForecastLine, b: &ForecastLine) -> bool {
    let route = |row: &ForecastLine| row.route.as_ref().map(|route| route.id.clone());
    route(a) == route(b)
        && (&a.cost, &a.cost_of_made, &a.attempts) == (&b.cost, &b.cost_of_made, &b.attempts)
        && (&a.wanted, &a.accepted, &a.shortfall) == (&b.wanted, &b.accepted, &b.shortfall)
        && (&a.billed_calls, &a.tokens, &a.versions) == (&b.billed_calls, &b.tokens, &b.versions)
}
