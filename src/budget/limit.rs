//! An amount that is not to be exceeded, and whose cost it holds for.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::month::Month;
use super::period::Period;

/// What is not to be exceeded, in US dollars.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limit {
    /// Whose cost.
    pub scope: Scope,
    /// In a month that `months` does not name.
    pub per_month: Option<Decimal>,
    /// In a quarter of the fiscal year, as far as the budget has months in it.
    pub per_quarter: Option<Decimal>,
    /// In a fiscal year, as far as the budget has months in it.
    pub per_fiscal_year: Option<Decimal>,
    /// In all months.
    pub total: Option<Decimal>,
    /// In months of their own.
    pub months: BTreeMap<Month, Decimal>,
    /// The shares of each amount of which it is to be known when they are reached: 0.8 for 80%.
    pub alert_at: Vec<Decimal>,
}

impl Limit {
    /// A limit without an amount.
    pub fn of(scope: Scope) -> Limit {
        Limit {
            scope,
            per_month: None,
            per_quarter: None,
            per_fiscal_year: None,
            total: None,
            months: BTreeMap::new(),
            alert_at: Vec::new(),
        }
    }

    /// US dollars that are not to be exceeded in a period, if it is limited.
    pub fn amount(&self, period: Period) -> Option<Decimal> {
        match period {
            Period::Month(month) => self.months.get(&month).copied().or(self.per_month),
            Period::Quarter(..) => self.per_quarter,
            Period::Year(_) => self.per_fiscal_year,
            Period::Whole => self.total,
        }
    }

    /// Whether any month is limited by itself.
    pub(super) fn limits_months(&self) -> bool {
        self.per_month.is_some() || !self.months.is_empty()
    }
}

/// Whose cost a limit holds for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Scope {
    /// The whole budget.
    Budget,
    /// A workload.
    Workload(String),
    /// What a price owner charges.
    Owner(String),
    /// Workloads with this tag.
    Tag(String, String),
}

impl Scope {
    /// The scope for people.
    pub fn in_words(&self) -> String {
        match self {
            Scope::Budget => "the whole budget".to_owned(),
            Scope::Workload(name) => format!("workload {name}"),
            Scope::Owner(id) => format!("price owner {id}"),
            Scope::Tag(key, value) => format!("{key} {value}"),
        }
    }

    /// The workload that it holds for alone.
    pub(super) fn workload(&self) -> Option<&str> {
        match self {
            Scope::Workload(name) => Some(name),
            Scope::Budget | Scope::Owner(_) | Scope::Tag(..) => None,
        }
    }

    /// Whether it holds for what a price owner charges for a workload.
    pub(super) fn holds_for(
        &self,
        workload: &str,
        tags: &BTreeMap<String, String>,
        owner: Option<&str>,
    ) -> bool {
        match self {
            Scope::Budget => true,
            Scope::Workload(name) => workload == name,
            Scope::Owner(id) => owner == Some(id),
            Scope::Tag(key, value) => tags.get(key) == Some(value),
        }
    }
}
