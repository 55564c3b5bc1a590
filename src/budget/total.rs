//! What rows of a forecast come to together. A sum across price owners always carries its split by who is paid.

use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::forecast::line::ForecastLine;
use super::made::Made;
use super::scale::add;
use crate::catalog::owner::OwnerKind;
use crate::catalog::route::Route;
use crate::estimate::PriceBasis;
use crate::figure::Figure;
use crate::money::{self, AmountTooLarge};

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
    /// Who is paid on a route; without one, for a cost that no price table holds.
    pub fn of(route: Option<&Route>) -> Payee {
        match route {
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
    /// What they have in common, such as `2027-01`, for each key by which rows are gathered; empty where they have none.
    pub keys: Vec<String>,
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
    /// The weakest that the prices of its rows rest on; `None` where no row has a price.
    pub price_basis: Option<PriceBasis>,
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
    pub fn of<R: Borrow<ForecastLine>>(
        key: impl Into<String>,
        rows: impl IntoIterator<Item = R>,
    ) -> Result<Total, AmountTooLarge> {
        let mut sum = Sum::default();
        for row in rows {
            sum.take(row.borrow())?;
        }
        sum.total(vec![key.into()])
    }

    /// What its rows have in common, where they are gathered by one key.
    pub fn key(&self) -> &str {
        self.keys.first().map_or("", String::as_str)
    }

    /// What an accepted image costs on average, in US dollars; of a volume that is a range from that of its low end to that of
    /// its high end. Nothing where no image is accepted for certain.
    ///
    /// # Errors
    /// [`AmountTooLarge`] if it cannot be kept.
    pub fn per_accepted_image(&self) -> Result<Option<Figure<Decimal>>, AmountTooLarge> {
        let Some(most) = self.accepted.high().filter(|_| !self.accepted.low().is_zero()) else {
            return Ok(None);
        };
        let each = |cost: Decimal, images: Decimal| money::quotient(cost, images);
        Ok(Some(match &self.cost {
            Figure::Unknown { at_least, reasons } => {
                Figure::unknown(each(*at_least, most)?, reasons.clone())
            }
            cost => {
                let low = each(cost.low(), self.accepted.low())?;
                let high = each(cost.high().unwrap_or(cost.low()), most)?;
                let expected = match (cost.expected(), self.accepted.expected()) {
                    (Some(cost), Some(images)) if !images.is_zero() => Some(each(cost, images)?),
                    _ => None,
                };
                match low == high {
                    true => Figure::Exact(low),
                    false => {
                        let reasons = cost.reasons().and(self.accepted.reasons());
                        Figure::range(low.min(high), expected, low.max(high), reasons)
                    }
                }
            }
        }))
    }

    /// Totals of rows that none of them share, together.
    ///
    /// # Errors
    /// [`AmountTooLarge`] if a sum cannot be kept.
    pub fn of_all(totals: &[Total]) -> Result<Total, AmountTooLarge> {
        let mut all = Total::empty(Vec::new());
        totals.iter().try_for_each(|total| all.take(total))?;
        Ok(all)
    }

    pub(super) fn take(&mut self, other: &Total) -> Result<(), AmountTooLarge> {
        self.accepted = add(&self.accepted, &other.accepted)?;
        self.attempts = add(&self.attempts, &other.attempts)?;
        self.shortfall = add(&self.shortfall, &other.shortfall)?;
        self.cost = add(&self.cost, &other.cost)?;
        self.made = self.made.and(other.made);
        self.price_basis = self.price_basis.max(other.price_basis);
        for (payee, paid) in &other.split {
            self.split.entry(payee.clone()).or_default().take(&paid.cost, paid.made)?;
        }
        for (kind, paid) in &other.by_kind {
            self.by_kind.entry(*kind).or_default().take(&paid.cost, paid.made)?;
        }
        Ok(())
    }

    pub(super) fn empty(keys: Vec<String>) -> Total {
        let none = Figure::Exact(Decimal::ZERO);
        let kinds = OwnerKind::ALL.map(Some).into_iter().chain([None]);
        Total {
            keys,
            accepted: none.clone(),
            attempts: none.clone(),
            shortfall: none.clone(),
            cost: none,
            cumulative: None,
            made: Made::NotPlanned,
            price_basis: None,
            split: BTreeMap::new(),
            by_kind: kinds.map(|kind| (kind, Paid::default())).collect(),
        }
    }
}

/// Rows while they are added up. Each is added to what its route costs, and what the routes cost together is split at
/// the end: there are many rows and few routes.
#[derive(Debug)]
pub(super) struct Sum {
    accepted: Figure<Decimal>,
    attempts: Figure<Decimal>,
    shortfall: Figure<Decimal>,
    price_basis: Option<PriceBasis>,
    routes: Vec<(Option<Arc<Route>>, Paid)>,
}

impl Default for Sum {
    fn default() -> Sum {
        let none = Figure::Exact(Decimal::ZERO);
        let (accepted, attempts, shortfall) = (none.clone(), none.clone(), none);
        Sum { accepted, attempts, shortfall, price_basis: None, routes: Vec::new() }
    }
}

impl Sum {
    pub(super) fn take(&mut self, row: &ForecastLine) -> Result<(), AmountTooLarge> {
        self.accepted = add(&self.accepted, &row.accepted)?;
        self.attempts = add(&self.attempts, &row.attempts)?;
        self.shortfall = add(&self.shortfall, &row.shortfall)?;
        self.price_basis = self.price_basis.max(row.basis_of_prices());
        let is_it = |route: &Option<Arc<Route>>| match (route, &row.route) {
            (Some(a), Some(b)) => Arc::ptr_eq(a, b) || a.id == b.id,
            (a, b) => a.is_none() && b.is_none(),
        };
        match self.routes.iter_mut().find(|(route, _)| is_it(route)) {
            Some((_, paid)) => paid.take(&row.cost, row.made),
            None => {
                let mut paid = Paid::default();
                paid.take(&row.cost, row.made)?;
                self.routes.push((row.route.clone(), paid));
                Ok(())
            }
        }
    }

    pub(super) fn total(self, keys: Vec<String>) -> Result<Total, AmountTooLarge> {
        let Sum { accepted, attempts, shortfall, price_basis, routes } = self;
        let mut total = Total { accepted, attempts, shortfall, price_basis, ..Total::empty(keys) };
        for (route, Paid { cost, made }) in routes {
            let payee = Payee::of(route.as_deref());
            total.cost = add(&total.cost, &cost)?;
            total.made = total.made.and(made);
            total.by_kind.entry(payee.owner_kind()).or_default().take(&cost, made)?;
            total.split.entry(payee).or_default().take(&cost, made)?;
        }
        Ok(total)
    }
}
