//! A budget beside its scenarios, or beside itself on other routes.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::at_acceptance::{AtAcceptance, at_acceptance};
use super::break_even::{self, BreakEven, Subscribed};
use super::causes::{Causes, Change, Forecasted, Mix, causes};
use super::changes::{Changes, Scenario};
use super::error::{BudgetError, too_large};
use super::forecast::{Finding, FindingKind, Forecast, NotMade, PriceBasis, forecast};
use super::limits::{LimitStatus, limits};
use super::made::Made;
use super::month::Month;
use super::scale::add;
use super::scenario;
use super::step::Step;
use super::workload::Budget;
use crate::budget::Assumption;
use crate::catalog::Catalog;
use crate::catalog::evidence::Doubt;
use crate::catalog::funding::Funding;
use crate::catalog::route::{Honoured, Route};
use crate::comparison::{Candidate, Cheapest, Section, cheapest};
use crate::errors::Errors;
use crate::estimate::{DEFAULT_MODEL, EstimateError, find_model, find_route, find_routes};
use crate::figure::Figure;
use crate::help::Sentence;
use crate::money::{self, AmountTooLarge};
use crate::reason::{Budgeting, Reason, Reasons};
use crate::request::RequestError;

/// What a budget is compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Axis {
    /// Its scenarios.
    Scenarios,
    /// Itself on each of these routes (unique endings of ids); on every route of its models if empty.
    Routes(Vec<String>),
}

/// A budget beside its variants.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// The budget as it is.
    pub base: Variant,
    /// The variants: scenarios in their order; routes by section, then by the most that they cost.
    pub variants: Vec<Variant>,
    /// Subscriptions of the routes, which are no price for API work.
    pub subscriptions: Vec<Subscribed>,
    /// The months in which a workload of the budget as it is has no volume, by its name.
    pub not_planned: BTreeMap<String, Vec<Month>>,
    /// What it would cost at another acceptance; `None` where each workload has one of its own.
    pub at_acceptance: Option<AtAcceptance>,
    /// What was assumed for the budget as it is.
    pub assumptions: Vec<Assumption>,
}

/// A budget as it is, under a scenario or on a route.
#[derive(Debug, Clone)]
pub struct Variant {
    /// The name of the scenario, or the id of the route.
    pub name: String,
    /// Whether it is the budget as it is.
    pub is_base: bool,
    /// The route, where it is one.
    pub route: Option<Arc<Route>>,
    /// Where the route stands, where it is one.
    pub section: Option<Section>,
    /// What it costs, or why there is no number.
    pub cost: Result<Box<VariantCost>, Reasons>,
}

impl Comparison {
    /// Why nothing has a price, neither the budget as it is nor a variant; empty where anything has.
    pub fn no_price(&self) -> Vec<Sentence> {
        let all = || [&self.base].into_iter().chain(&self.variants);
        let priced = |it: &Variant| it.cost.as_ref().is_ok_and(|it| it.no_price.is_empty());
        let why = |it: &Variant| match &it.cost {
            Ok(cost) => cost.no_price.clone(),
            Err(why) => vec![format!("{}: {}", it.name, why.in_words()).into()],
        };
        if all().any(priced) { Vec::new() } else { all().flat_map(why).collect() }
    }

    /// Which of the budget as it is and its variants costs least for as many images, by the rule of every command; none
    /// where the cost of the budget as it is is not known in full.
    pub fn cheapest(&self) -> Option<Cheapest<&Variant>> {
        let base = self.base.cost.as_ref().ok()?;
        base.total.high()?;
        let candidate = |it: &'_ &Variant| {
            let cost = it.cost.as_ref().ok()?;
            let is_comparable = it.section.is_none_or(Section::is_comparable);
            let makes_as_many = cost.accepted.low() >= base.accepted.low();
            let most = cost.total.high().filter(|_| is_comparable && makes_as_many)?;
            let (is_the_product, goes_first) = (it.is_the_product(), it.is_base);
            Some((most, cost.doubt, is_the_product, goes_first))
        };
        let all = [&self.base].into_iter().chain(&self.variants);
        let candidates = all.filter_map(|item| {
            let (most, doubt, is_the_product, goes_first) = candidate(&item)?;
            Some(Candidate { item, most, doubt, is_the_product, goes_first })
        });
        Some(cheapest(candidates.collect()))
    }
}

impl Variant {
    /// Whether it is known to make the size and the quality asked for: a scenario, or a route that states it.
    pub fn is_the_product(&self) -> bool {
        self.route.as_ref().is_none_or(|route| {
            [route.size_honoured, route.quality_honoured] == [Honoured::Yes, Honoured::Yes]
        })
    }
}

/// What a variant costs.
#[derive(Debug, Clone)]
pub struct VariantCost {
    /// The cost over all months.
    pub total: Figure<Decimal>,
    /// The weakest basis of its prices; `None` where it has none.
    pub price_basis: Option<PriceBasis>,
    /// How every limit of the file stands with it.
    pub limits: Vec<LimitStatus>,
    /// How much of what is planned is made.
    pub made: Made,
    /// What is planned and cannot be made.
    pub not_made: Vec<NotMade>,
    /// Why images are planned and not one of them has a price; empty where any has.
    pub no_price: Vec<Sentence>,
    /// The images accepted over all months.
    pub accepted: Figure<Decimal>,
    /// The difference to the budget as it is, with its causes.
    pub causes: Causes,
    /// The difference as a share of what the budget costs as it is: of what is expected, else of the most; `None` where
    /// either is not known, or the budget costs nothing.
    pub share: Option<Decimal>,
    /// The workloads that cost more than in the budget as it is, in its order.
    pub raised: Vec<Raised>,
    /// What stands in its way.
    pub findings: Vec<Finding>,
    /// Whether a price in it rests on weak evidence.
    pub is_quoted: bool,
    /// Why it may not be named the cheapest.
    pub doubt: Option<Doubt>,
    /// What it takes in cash, each month's credit bought at once; `None` where it is the cost.
    pub cash: Option<Figure<Decimal>>,
    /// From which volume its fees pay, where it is a route with fees and all costs are exact.
    pub break_even: Option<BreakEven>,
}

/// A workload that costs more than in the budget as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Raised {
    /// The workload.
    pub workload: String,
    /// By how much.
    pub by: Change,
}

/// Compares a budget.
///
/// # Errors
/// Workloads of the budget itself that cannot be priced, an unknown route, or tables that are wrong.
pub fn compare(
    catalog: &Catalog,
    budget: &Budget,
    axis: &Axis,
    today: NaiveDate,
) -> Result<Comparison, Errors<BudgetError>> {
    let found = forecast(catalog, budget, today)?;
    let pinned = pinned(catalog, budget).map_err(of_budget)?;
    let comparer = Comparer { catalog, base: Forecasted { budget, forecast: &found }, today };
    let base = comparer.base(budget)?;
    let (mut variants, mut subscriptions) = (Vec::new(), Vec::new());
    match axis {
        Axis::Scenarios => {
            for scenario in &budget.scenarios {
                let cost = comparer.cost(scenario::under(&pinned, scenario), None)?;
                let name = scenario.name.clone();
                variants.push(Variant { name, is_base: false, route: None, section: None, cost });
            }
        }
        Axis::Routes(names) => {
            let routes = routes(catalog, names, &pinned).map_err(of_budget)?;
            for route in &routes {
                variants.push(comparer.on_route(&pinned, route)?);
            }
            variants.sort_by(|a, b| order(a).cmp(&order(b)));
            let each = break_even::per_accepted(&found).map_err(too_large)?;
            subscriptions = break_even::subscribed(&routes, each.as_ref(), &budget.fx);
        }
    }
    let at_acceptance = at_acceptance(catalog, budget, &found, today).map_err(too_large)?;
    let Forecast { not_planned, assumptions, .. } = found;
    Ok(Comparison { base, variants, subscriptions, not_planned, at_acceptance, assumptions })
}

fn of_budget(error: EstimateError) -> Vec<BudgetError> {
    vec![BudgetError { workload: String::new(), error }]
}

/// The budget with the model of every step named, so that another route is asked for the same model.
fn pinned(catalog: &Catalog, budget: &Budget) -> Result<Budget, EstimateError> {
    let mut pinned = budget.clone();
    for step in pinned.workloads.iter_mut().flat_map(|workload| &mut workload.steps) {
        step.draft.model = Some(model_of(catalog, step)?);
    }
    Ok(pinned)
}

fn model_of(catalog: &Catalog, step: &Step) -> Result<String, EstimateError> {
    let name = match (&step.draft.model, &step.route) {
        (Some(model), _) => model.clone(),
        (None, Some(route)) => find_route(catalog, route)?.model.clone(),
        (None, None) => DEFAULT_MODEL.to_owned(),
    };
    Ok(find_model(catalog, &name)?.id.clone())
}

/// The routes that are named; where none are, those of the budget's models.
fn routes(
    catalog: &Catalog,
    names: &[String],
    pinned: &Budget,
) -> Result<Vec<Arc<Route>>, EstimateError> {
    let mut routes = find_routes(catalog, names, &[])?;
    let steps = || pinned.workloads.iter().flat_map(|workload| &workload.steps);
    if names.is_empty() {
        routes.retain(|route| steps().any(|step| step.draft.model.as_ref() == Some(&route.model)));
    }
    Ok(routes)
}

/// Sections in their order; in each the least cost first, by the most that it can be, and what is not
/// known last.
fn order(variant: &Variant) -> (Option<Section>, bool, Decimal, &str) {
    let high = variant.cost.as_ref().ok().and_then(|cost| cost.total.high());
    (variant.section, high.is_none(), high.unwrap_or_default(), &variant.name)
}

struct Comparer<'a> {
    catalog: &'a Catalog,
    base: Forecasted<'a>,
    today: NaiveDate,
}

impl Comparer<'_> {
    fn base(&self, budget: &Budget) -> Result<Variant, Errors<BudgetError>> {
        let cost = self.priced(budget, self.base.forecast, None)?;
        let name = "as it is".to_owned();
        Ok(Variant { name, is_base: true, route: None, section: None, cost: Ok(Box::new(cost)) })
    }

    /// The budget with every step on one route, asking for the same models.
    fn on_route(
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
        Ok(Variant {
            name,
            is_base: false,
            route: Some(route.clone()),
            section: Some(section),
            cost,
        })
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

/// Why a variant cannot be had; tables that are wrong stay errors.
fn refused(errors: Vec<BudgetError>) -> Result<Reasons, Errors<BudgetError>> {
    if errors.iter().any(|error| matches!(error.error, EstimateError::Data(_))) {
        return Err(errors.into());
    }
    let mut all: Vec<(Vec<RequestError>, Vec<Arc<str>>)> = Vec::new();
    for BudgetError { workload, error } in errors {
        let EstimateError::Request(errors) = error else { continue };
        match all.iter_mut().find(|(known, _)| known[..] == errors[..]) {
            Some((_, workloads)) => workloads.push(workload.into()),
            None => all.push((errors.into(), vec![workload.into()])),
        }
    }
    let reason = |(errors, workloads): (Vec<RequestError>, Vec<Arc<str>>)| {
        Reason::from(Budgeting::Refused { workloads: workloads.into(), errors: errors.into() })
    };
    Ok(all.into_iter().map(reason).collect())
}

/// Why nothing of a variant is known.
fn not_priced(cost: &VariantCost) -> Reasons {
    let why = |it: &&Finding| it.kind == FindingKind::Unknown || it.kind.is_not_made();
    let found: Reasons = cost.findings.iter().filter(why).map(|it| &it.why).collect();
    if found.is_empty() { cost.total.reasons().clone() } else { found }
}
