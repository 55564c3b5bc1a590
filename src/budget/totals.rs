//! Totals: the rows of a forecast gathered by month, quarter, workload, price owner or tag.
//!
//! A sum across price owners always carries its split by who is paid.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::forecast::{Forecast, Row};
use super::made::Made;
use super::scale::add;
use super::workload::Budget;
use crate::catalog::owner::OwnerKind;
use crate::figure::Figure;
use crate::money::AmountTooLarge;

/// What rows are gathered by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum By {
    /// The month.
    Month,
    /// The quarter of the fiscal year.
    Quarter,
    /// The workload.
    Workload,
    /// The price owner.
    Owner,
    /// The value of a tag, such as `team`.
    Tag(String),
}

impl By {
    /// The word on the command line and in files.
    pub fn in_words(&self) -> String {
        match self {
            By::Month => "month".into(),
            By::Quarter => "quarter".into(),
            By::Workload => "workload".into(),
            By::Owner => "owner".into(),
            By::Tag(key) => format!("tag:{key}"),
        }
    }
}

/// Who is paid.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Payee {
    /// A price owner, by what it is to the model.
    Owner {
        /// What the owner is to the model.
        kind: OwnerKind,
        /// The owner's id.
        id: String,
        /// The owner's name for people.
        name: String,
    },
    /// Whoever is paid for a cost that no price table holds.
    OtherCosts,
}

impl Payee {
    /// Who is paid for a row.
    pub fn of(row: &Row) -> Payee {
        match &row.route {
            Some(route) => Payee::Owner {
                kind: route.id.kind,
                id: route.id.owner.clone(),
                name: route.owner_name.clone(),
            },
            None => Payee::OtherCosts,
        }
    }

    /// What the owner is to the model; `None` for costs that no price table holds.
    pub fn owner_kind(&self) -> Option<OwnerKind> {
        match self {
            Payee::Owner { kind, .. } => Some(*kind),
            Payee::OtherCosts => None,
        }
    }

    /// The word for its kind, in files and for people.
    pub fn kind(&self) -> &'static str {
        match self {
            Payee::Owner { kind, .. } => kind.as_str(),
            Payee::OtherCosts => "other costs",
        }
    }

    /// The name with its kind.
    pub fn in_words(&self) -> String {
        match self {
            Payee::Owner { kind, name, .. } => format!("{name} ({})", kind.as_str()),
            Payee::OtherCosts => "other costs".into(),
        }
    }
}

/// Rows together.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Total {
    /// What they have in common, such as `2027-01`; empty where a row has no such value.
    pub key: String,
    /// The images accepted.
    pub accepted: Figure<Decimal>,
    /// The attempts.
    pub attempts: Figure<Decimal>,
    /// Wanted images that are given up, or fall on days on which nothing is made.
    pub shortfall: Figure<Decimal>,
    /// The cost in US dollars.
    pub cost: Figure<Decimal>,
    /// The cost from the first period on, of totals by month or quarter.
    pub cumulative: Option<Figure<Decimal>>,
    /// How much of what is planned is made.
    pub made: Made,
    /// The cost by who is paid.
    pub split: BTreeMap<Payee, Paid>,
    /// The cost by what the owners are to the model; `None` for costs that no price table holds.
    pub by_kind: BTreeMap<Option<OwnerKind>, Paid>,
}

/// What is paid to one payee, or to all of a kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paid {
    /// The cost in US dollars.
    pub cost: Figure<Decimal>,
    /// How much of what is planned with them is made.
    pub made: Made,
}

impl Default for Paid {
    fn default() -> Paid {
        Paid { cost: Figure::Exact(Decimal::ZERO), made: Made::NotPlanned }
    }
}

impl Paid {
    fn take(&mut self, cost: &Figure<Decimal>, made: Made) -> Result<(), AmountTooLarge> {
        self.cost = add(&self.cost, cost)?;
        self.made = self.made.and(made);
        Ok(())
    }
}

impl Total {
    /// Rows under a key.
    ///
    /// # Errors
    /// [`AmountTooLarge`] if a sum cannot be kept.
    pub fn of<'a>(
        key: impl Into<String>,
        rows: impl IntoIterator<Item = &'a Row>,
    ) -> Result<Total, AmountTooLarge> {
        let mut total = Total::empty(key.into());
        for row in rows {
            total.take(row)?;
        }
        Ok(total)
    }

    /// Totals of rows that none of them share, together.
    ///
    /// # Errors
    /// [`AmountTooLarge`] if a sum cannot be kept.
    pub fn of_all(totals: &[Total]) -> Result<Total, AmountTooLarge> {
        let mut all = Total::empty(String::new());
        for total in totals {
            all.accepted = add(&all.accepted, &total.accepted)?;
            all.attempts = add(&all.attempts, &total.attempts)?;
            all.shortfall = add(&all.shortfall, &total.shortfall)?;
            all.cost = add(&all.cost, &total.cost)?;
            all.made = all.made.and(total.made);
            for (payee, paid) in &total.split {
                all.split.entry(payee.clone()).or_default().take(&paid.cost, paid.made)?;
            }
            for (kind, paid) in &total.by_kind {
                all.by_kind.entry(*kind).or_default().take(&paid.cost, paid.made)?;
            }
        }
        Ok(all)
    }

    fn empty(key: String) -> Total {
        let none = Figure::Exact(Decimal::ZERO);
        let kinds = OwnerKind::ALL.map(Some).into_iter().chain([None]);
        Total {
            key,
            accepted: none.clone(),
            attempts: none.clone(),
            shortfall: none.clone(),
            cost: none,
            cumulative: None,
            made: Made::NotPlanned,
            split: BTreeMap::new(),
            by_kind: kinds.map(|kind| (kind, Paid::default())).collect(),
        }
    }

    fn take(&mut self, row: &Row) -> Result<(), AmountTooLarge> {
        self.accepted = add(&self.accepted, &row.accepted)?;
        self.attempts = add(&self.attempts, &row.attempts)?;
        self.shortfall = add(&self.shortfall, &row.shortfall)?;
        self.cost = add(&self.cost, &row.cost)?;
        self.made = self.made.and(row.made);
        let payee = Payee::of(row);
        self.by_kind.entry(payee.owner_kind()).or_default().take(&row.cost, row.made)?;
        self.split.entry(payee).or_default().take(&row.cost, row.made)
    }
}

/// The totals of a forecast: periods in order, with those that cost nothing; all else in the order of
/// the rows.
///
/// # Errors
/// [`AmountTooLarge`] if a sum cannot be kept.
pub fn totals(budget: &Budget, forecast: &Forecast, by: &By) -> Result<Vec<Total>, AmountTooLarge> {
    let mut totals: Vec<Total> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut place = |totals: &mut Vec<Total>, key: String| {
        *places.entry(key.clone()).or_insert_with(|| {
            totals.push(Total::empty(key));
            totals.len() - 1
        })
    };
    if matches!(by, By::Month | By::Quarter) {
        for month in budget.months() {
            place(&mut totals, period(budget, by, month));
        }
    }
    for row in &forecast.rows {
        let key = match by {
            By::Month | By::Quarter => period(budget, by, row.month),
            By::Workload => row.workload.to_string(),
            By::Owner => match Payee::of(row) {
                Payee::Owner { id, .. } => id,
                Payee::OtherCosts => String::new(),
            },
            By::Tag(key) => row.tags.get(key).cloned().unwrap_or_default(),
        };
        let place = place(&mut totals, key);
        totals[place].take(row)?;
    }
    if matches!(by, By::Month | By::Quarter) {
        let mut so_far = Figure::Exact(Decimal::ZERO);
        for total in &mut totals {
            so_far = add(&so_far, &total.cost)?;
            total.cumulative = Some(so_far.clone());
        }
    }
    Ok(totals)
}

fn period(budget: &Budget, by: &By, month: super::Month) -> String {
    match by {
        By::Quarter => {
            let (year, quarter) = month.fiscal(budget.fiscal_year_start);
            // A fiscal year that is not a calendar year says so.
            let fiscal = if budget.fiscal_year_start == 1 { "" } else { "FY" };
            format!("{fiscal}{year}-Q{quarter}")
        }
        _ => month.to_string(),
    }
}
