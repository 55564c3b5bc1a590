//! A budget beside its scenarios, or beside itself on other routes or at other price owners.

mod at_owner;
mod comparer;
mod refused;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

pub use self::at_owner::{AtOwner, PlacedStep, Placement};

use self::at_owner::Places;
use self::comparer::Comparer;
use super::alerts::Alert;
use super::at_acceptance::{AtAcceptance, at_acceptance};
use super::break_even::{self, BreakEven, Subscribed};
use super::causes::{Causes, Change, Forecasted};
use super::error::{BudgetError, too_large};
use super::forecast::{Finding, Forecast, NotMade, PriceBasis, forecast};
use super::limits::LimitStatus;
use super::made::Made;
use super::month::Month;
use super::step::Step;
use super::workload::Budget;
use crate::budget::Assumption;
use crate::catalog::Catalog;
use crate::catalog::evidence::Doubt;
use crate::catalog::route::{Honoured, Route};
use crate::comparison::{Candidate, Cheapest, Section, cheapest};
use crate::errors::Errors;
use crate::estimate::{DEFAULT_MODEL, EstimateError, find_model, find_route, find_routes};
use crate::figure::Figure;
use crate::help::Sentence;
use crate::reason::Reasons;

/// What a budget is compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Axis {
    /// Its scenarios.
    Scenarios,
    /// Itself on each of these routes (unique endings of ids); on every route of its models if empty.
    Routes(Vec<String>),
    /// Itself at each of these price owners (their ids), each step on the owner's cheapest route for its model; at every
    /// owner that has a route of its models if empty.
    Owners(Vec<String>),
}

/// A budget beside its variants.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// The budget as it is.
    pub base: Variant,
    /// The variants: scenarios in their order; routes by section, then by the most that they cost; owners by the most
    /// that they cost.
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

/// A budget as it is, under a scenario, on a route or at a price owner.
#[derive(Debug, Clone)]
pub struct Variant {
    /// The name of the scenario, or the id of the route or of the owner.
    pub name: String,
    /// Whether it is the budget as it is.
    pub is_base: bool,
    /// The route, where it is one.
    pub route: Option<Arc<Route>>,
    /// Where the route stands, where it is one.
    pub section: Option<Section>,
    /// Where its steps go, where it is at a price owner.
    pub at_owner: Option<AtOwner>,
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
    /// One that is neither the budget as it is, nor on a route or at an owner.
    fn of(name: String, cost: Result<Box<VariantCost>, Reasons>) -> Variant {
        Variant { name, is_base: false, route: None, section: None, at_owner: None, cost }
    }

    /// Whether it is known to make the size and the quality asked for: a scenario, a route that states it, or an owner,
    /// to whose routes nothing else goes.
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
    /// When shares of them are reached with it.
    pub alerts: Vec<Alert>,
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
                variants.push(comparer.under(&pinned, scenario)?);
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
        Axis::Owners(names) => {
            let routes = find_routes(catalog, &[], names).map_err(of_budget)?;
            let places = Places::of(catalog, &pinned, today)?;
            for (owner, routes) in by_owner(&routes, names, &pinned) {
                variants.push(comparer.at_owner(places.at(owner, &routes)?)?);
            }
            variants.sort_by(|a, b| order(a).cmp(&order(b)));
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
    if names.is_empty() {
        routes.retain(|route| is_asked_for(&route.model, pinned));
    }
    Ok(routes)
}

fn is_asked_for(model: &str, pinned: &Budget) -> bool {
    let mut steps = pinned.workloads.iter().flat_map(|workload| &workload.steps);
    steps.any(|step| step.draft.model.as_deref() == Some(model))
}

/// Routes by their owner: each owner that is named; where none is, those that have a route of the budget's models.
fn by_owner<'r>(
    routes: &'r [Arc<Route>],
    names: &'r [String],
    pinned: &Budget,
) -> BTreeMap<&'r str, Vec<Arc<Route>>> {
    let mut owners: BTreeMap<&str, Vec<Arc<Route>>> =
        names.iter().map(|name| (name.as_str(), Vec::new())).collect();
    for route in routes {
        if !names.is_empty() || is_asked_for(&route.model, pinned) {
            owners.entry(&route.id.owner).or_default().push(route.clone());
        }
    }
    owners
}

/// Sections in their order; in each the least cost first, by the most that it can be, and what is not
/// known last.
fn order(variant: &Variant) -> (Option<Section>, bool, Decimal, &str) {
    let high = variant.cost.as_ref().ok().and_then(|cost| cost.total.high());
    (variant.section, high.is_none(), high.unwrap_or_default(), &variant.name)
}
