//! What attempts cost: as rated, as logged, and by what is known of each of them.

use rust_decimal::Decimal;

use super::log::Ending;
use super::rated::RatedRow;
use crate::figure::Figure;
use crate::money;
use crate::reason::Pricing;

/// What attempts on a route cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Costs {
    /// At the prices of their days.
    pub rated: Figure<Decimal>,
    /// What was logged; `None` where no cost was, or none but zeros for what is not free.
    pub logged: Option<Logged>,
    /// For each attempt what was logged, else what is rated.
    pub known: Figure<Decimal>,
    /// Whose costs `known` is made of.
    pub basis: Basis,
}

/// What was logged as cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Logged {
    /// The sum in US dollars.
    pub cost: Decimal,
    /// Of how many attempts.
    pub attempts: u64,
}

/// How many attempts have a cost that was logged, how many of the others one that is rated, and how many neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Basis {
    /// Attempts whose cost was logged.
    pub logged: u64,
    /// Attempts without, whose cost is rated.
    pub rated: u64,
    /// Attempts of which neither is known.
    pub neither: u64,
}

impl Basis {
    /// The word in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Basis { rated: 0, neither: 0, .. } => "logged",
            Basis { logged: 0, .. } => "rated",
            _ => "logged_and_rated",
        }
    }

    /// Whether one kind of cost stands in for the other.
    pub fn is_mixed(self) -> bool {
        self.logged > 0 && self.rated + self.neither > 0
    }
}

/// What an accepted image costs. Images that are not reviewed yet have no part in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PerAccepted {
    /// As rated.
    pub rated: Figure<Decimal>,
    /// As logged; `None` without the cost of each attempt.
    pub logged: Option<Decimal>,
    /// By what was logged of each attempt, else what is rated.
    pub known: Figure<Decimal>,
    /// Whose costs `known` is made of.
    pub basis: Basis,
}

impl Costs {
    /// What rows of a route cost; those of a seat have no price.
    pub(super) fn of<'a>(rows: impl Iterator<Item = &'a RatedRow> + Clone) -> Costs {
        let logged: Vec<Decimal> = rows.clone().filter_map(RatedRow::logged).collect();
        let cost = logged.iter().try_fold(Decimal::ZERO, |sum, cost| money::add(sum, *cost));
        let attempts = logged.len() as u64;
        let others = || rows.clone().filter(|row| row.logged().is_none());
        let is_rated = |row: &&RatedRow| row.rated.as_ref().is_some_and(|it| it.high().is_some());
        let rated = others().filter(is_rated).count() as u64;
        Costs {
            rated: sum(rows.clone().filter_map(|row| row.rated.clone())),
            logged: cost.ok().filter(|_| attempts > 0).map(|cost| Logged { cost, attempts }),
            known: sum(rows.clone().filter_map(RatedRow::known)),
            basis: Basis { logged: attempts, rated, neither: others().count() as u64 - rated },
        }
    }
}

impl PerAccepted {
    /// What an accepted image among rows of a route costs; `None` without one.
    pub(super) fn of<'a>(rows: impl Iterator<Item = &'a RatedRow> + Clone) -> Option<PerAccepted> {
        let accepted = rows.clone().filter(|row| row.row.ending == Ending::Accepted).count() as u64;
        let costs = Costs::of(rows.filter(|row| row.row.ending != Ending::NotReviewed));
        let each = |amount: Decimal| money::quotient(amount, accepted.into());
        let complete = costs.basis.rated + costs.basis.neither == 0;
        Some(PerAccepted {
            rated: costs.rated.try_map(each).ok()?,
            logged: costs.logged.filter(|_| complete).and_then(|it| each(it.cost).ok()),
            known: costs.known.try_map(each).ok()?,
            basis: costs.basis,
        })
    }
}

fn sum(costs: impl Iterator<Item = Figure<Decimal>>) -> Figure<Decimal> {
    let costs: Vec<Figure<Decimal>> = costs.collect();
    let sum = Figure::sum(&costs);
    sum.unwrap_or_else(|_| Figure::unknown(Decimal::ZERO, Pricing::AmountTooLarge))
}
