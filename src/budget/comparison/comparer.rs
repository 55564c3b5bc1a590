//! What makes the variants of a comparison: each is forecast and held beside the budget as it is.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::at_owner::AtOwner;
use super::refused::refused;
use super::{Raised, Variant, VariantCost};
use crate::budget::alerts::alerts;
use crate::budget::break_even::{self, BreakEven};
use crate::budget::causes::{Change, Forecasted, Mix, causes};
use crate::budget::changes::{Changes, Scenario};
use crate::budget::error::{BudgetError, too_large};
use crate::budget::forecast::{Finding, FindingKind, Forecast, forecast};
use crate::budget::limits::limits;
use crate::budget::scale::add;
use crate::budget::scenario;
use crate::budget::workload::Budget;
use crate::catalog::Catalog;
use crate::catalog::funding::Funding;
use crate::catalog::route::Route;
use crate::comparison::Section;
use crate::errors::Errors;
use crate::figure::Figure;
use crate::money::{self, AmountTooLarge};
use crate::reason::{Budgeting, Reason, Reasons};

pub(super) struct Comparer<'a> {
    pub catalog: &'a Catalog,
    pub base: Forecasted<'a>,
    pub today: NaiveDate,
}

impl Comparer<'_> {
    pub(super) fn base(&self, budget: &Budget) -> Result<Variant, Errors<BudgetError>> {
        let cost = self.priced(budget, self.base.forecast, None)?;
        let name = "as it is".to_owned();
        Ok(Variant { is_base: true, ..Variant::of(name, Ok(Box::new(cost))) })
    }

    /// The budget under a scenario.
    pub(super) fn under(
        &self,
        pinned: &Budget,
        scenario: &Scenario,
    ) -> Result<Variant, Errors<BudgetError>> {
        let cost = self.cost(scenario::under(pinned, scenario), None)?;
        Ok(Variant::of(scenario.name.clone(), cost))
    }

    /// The budget at a price owner; without a number where nothing of it can be there.
    pub(super) fn at_owner(
        &self,
        (budget, at): (Budget, AtOwner),
    ) -> Result<Variant, Errors<BudgetError>> {
        let cost = match at.has_any() {
            true => self.cost(Ok(budget), None)?,
            false => Err(Reason::from(Budgeting::NothingAtOwner).into()),
        };
        let name = at.owner.clone();
        Ok(Variant { at_owner: Some(at), ..Variant::of(name, cost) })
    }

    /// The budget with every step on one route, asking for the same models.
    pub(super) fn on_route(
        &self,
        pinned: &Budget,
        route: &Arc<Route>,
    ) -> Result<Variant, Errors<BudgetError>> {
        let name = route.id.to_string();
        let changes = vec![Changes { route: Some(name.clone()), ..Changes::default() }];
        let scenario = Scenario { name: name.clone(), changes };
        let cost = self.cost(scenario::under(pinned, &scenario), Some(route))?;
        let section = match &cost {
            Ok(cost) => Section::of_priced(route, cost.is_quoted),
            Err(_) => Section::NotPriced,
        };
        let (route, section) = (Some(route.clone()), Some(section));
        Ok(Variant { route, section, ..Variant::of(name, cost) })
    }

    /// What a variant costs, or why it cannot be had.
    fn cost(
        &self,
        changed: Result<Budget, Errors<BudgetError>>,
        route: Option<&Route>,
    ) -> Result<Result<Box<VariantCost>, Reasons>, Errors<BudgetError>> {
        let priced = |budget: Budget| {
            forecast(self.catalog, &budget, self.today).map(|found| (budget, found))
        };
        let (budget, found) = match changed.and_then(priced) {
            Ok(found) => found,
            Err(errors) => return refused(errors.into()).map(Err),
        };
        let cost = self.priced(&budget, &found, route)?;
        let nothing_known = cost.total.high().is_none() && cost.total.low().is_zero();
        Ok(match nothing_known {
            true => Err(not_priced(&cost)),
            false => Ok(Box::new(cost)),
        })
    }

    fn priced(
        &self,
        budget: &Budget,
        found: &Forecast,
        route: Option<&Route>,
    ) -> Result<VariantCost, Errors<BudgetError>> {
        let other = Forecasted { budget, forecast: found };
        let funding = route.and_then(|route| route.funding.as_ref());
        let break_even = match funding.filter(|funding| funding.changes_the_cash()) {
            Some(funding) => self.break_even(other, funding).map_err(too_large)?,
            None => None,
        };
        Ok(VariantCost {
            total: found.cost().map_err(too_large)?,
            price_basis: found.price_basis(),
            limits: limits(budget, found).map_err(too_large)?,
            alerts: alerts(budget, found).map_err(too_large)?,
            made: found.made(),
            not_made: found.not_made(),
            no_price: found.no_price(),
            accepted: break_even::accepted(found).map_err(too_large)?,
            causes: causes(self.catalog, self.base, other, Mix::InVolume, self.today)?,
            share: self.share(found).map_err(too_large)?,
            raised: self.raised(found).map_err(too_large)?,
            findings: found.findings.clone(),
            is_quoted: found.prices.iter().any(|price| price.is_quoted),
            doubt: found.doubt(),
            cash: break_even::cash(found, &budget.fx).map_err(too_large)?,
            break_even,
        })
    }

    fn share(&self, found: &Forecast) -> Result<Option<Decimal>, AmountTooLarge> {
        let (from, to) = (self.base.forecast.cost()?, found.cost()?);
        let expected = from.expected().zip(to.expected());
        let Some((from, to)) = expected.or(from.high().zip(to.high())) else { return Ok(None) };
        match from.is_zero() {
            true => Ok(None),
            false => money::quotient(money::add(to, -from)?, from).map(Some),
        }
    }

    /// The workloads that can cost more than they do in the budget as it is.
    fn raised(&self, found: &Forecast) -> Result<Vec<Raised>, AmountTooLarge> {
        let before = costs_by_workload(self.base.forecast)?;
        let after = costs_by_workload(found)?;
        let mut raised = Vec::new();
        for (workload, from) in before {
            let Some((_, to)) = after.iter().find(|(name, _)| *name == workload) else { continue };
            let by = Change::between(&from, to)?;
            if by.cases()[2].is_some_and(|more| more > Decimal::ZERO) {
                raised.push(Raised { workload: workload.to_string(), by });
            }
        }
        Ok(raised)
    }

    /// Only against a base that takes no other cash than it costs.
    fn break_even(
        &self,
        found: Forecasted,
        funding: &Funding,
    ) -> Result<Option<BreakEven>, AmountTooLarge> {
        if break_even::cash(self.base.forecast, &self.base.budget.fx)?.is_some() {
            return Ok(None);
        }
        let each = break_even::per_accepted(found.forecast)?;
        match each.zip(break_even::per_accepted(self.base.forecast)?) {
            Some((route, base)) => {
                break_even::break_even(&route, (funding, &found.budget.fx), &base)
            }
            None => Ok(None),
        }
    }
}

/// Costs by the name of what they are of.
type CostByName = Vec<(Arc<str>, Figure<Decimal>)>;

/// What each workload costs, in the order in which they come.
fn costs_by_workload(forecast: &Forecast) -> Result<CostByName, AmountTooLarge> {
    let mut costs = CostByName::new();
    let mut places: BTreeMap<Arc<str>, usize> = BTreeMap::new();
    for row in forecast.rows() {
        let at = *places.entry(row.workload.clone()).or_insert_with_key(|name| {
            costs.push((name.clone(), Figure::Exact(Decimal::ZERO)));
            costs.len() - 1
        });
        costs[at].1 = add(&costs[at].1, &row.cost)?;
    }
    Ok(costs)
}

/// Why nothing of a variant is known.
fn not_priced(cost: &VariantCost) -> Reasons {
    let why = |it: &&Finding| it.kind == FindingKind::Unknown || it.kind.is_not_made();
    let found: Reasons = cost.findings.iter().filter(why).map(|it| &it.why).collect();
    if found.is_empty() { cost.total.reasons().clone() } else { found }
}
