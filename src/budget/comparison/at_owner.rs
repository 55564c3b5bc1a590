//! A budget at one price owner: each step on the cheapest route that the owner has of its model, by the rule of every
//! command that names one; what the owner does not sell so stays where it is.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::refused::refused;
use crate::budget::causes::Change;
use crate::budget::error::{BudgetError, too_large};
use crate::budget::forecast::{Forecast, forecast};
use crate::budget::step::Step;
use crate::budget::workload::{Budget, Workload};
use crate::catalog::Catalog;
use crate::catalog::price::Contract;
use crate::catalog::route::{Honoured, Route};
use crate::comparison::{Candidate, Section, cheapest};
use crate::errors::Errors;
use crate::estimate::{EstimateError, find_model, find_route};
use crate::figure::Figure;
use crate::reason::{Pricing, Reason, ReasonKind, Reasons};

/// A budget at one price owner: where each of its steps goes, in the order of the budget.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct AtOwner {
    /// The owner's id.
    pub owner: String,
    /// The owner's name.
    pub owner_name: String,
    /// Its steps.
    pub steps: Vec<PlacedStep>,
}

/// A step of a workload, and where it goes.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct PlacedStep {
    /// The workload.
    pub workload: String,
    /// The step, from 1, of a workload with several.
    pub step: Option<usize>,
    /// The route as the budget is; `None` where the model has none of its maker's.
    pub before: Option<Arc<Route>>,
    /// The route then; `None` where it has none and stays so.
    pub route: Option<Arc<Route>>,
    /// How it stands to the owner.
    pub place: Placement,
    /// What its images cost there in US dollars, by themselves: without a fallback and other costs of the workload.
    pub cost: Figure<Decimal>,
    /// By how much that differs from what they cost as the budget is.
    pub difference: Change,
    /// Routes of the owner that cost less, and whose price is undated or old; where it stays, all of them.
    pub lower_in_doubt: Vec<String>,
    /// Routes of the owner that cost less and are not stated to make what is asked for; where it stays, all of them.
    pub lower_not_stated: Vec<String>,
}

coded! {
    /// How a step stands to a price owner.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub enum Placement {
        /// It goes from another route to the owner's cheapest.
        Moved => "moved",
        /// It is on the owner's cheapest route already.
        There => "there_already",
        /// It is on a route of the owner already, and stays there: none of the owner's may be named the cheapest.
        Kept => "kept",
        /// The owner has no route of its model, so that it stays.
        NotSold => "not_sold",
        /// What the owner has of it is quoted, undated or old, and never named the cheapest, so that it stays.
        InDoubt => "in_doubt",
        /// No route of the owner is stated to make the size and quality asked for, so that it stays.
        NotTheProduct => "not_the_product",
        /// What it costs on the routes of the owner is not known in full, so that it stays.
        NotKnown(Reasons) => "not_known",
    }
}

impl Placement {
    /// Whether it is at the owner then.
    pub fn is_at_owner(&self) -> bool {
        matches!(self, Placement::Moved | Placement::There | Placement::Kept)
    }
}

impl PlacedStep {
    /// Why its cost is not exact, or why that at the owner is not known.
    pub fn why(&self) -> Reasons {
        match &self.place {
            Placement::NotKnown(why) => why.and(self.cost.reasons()),
            _ => self.cost.reasons().clone(),
        }
    }
}

impl AtOwner {
    /// How many workloads have a step that goes to another route, and how many have none.
    pub fn moved_and_stayed(&self) -> (usize, usize) {
        let moves = |steps: &&[PlacedStep]| steps.iter().any(|it| it.place == Placement::Moved);
        let moved = self.workloads().filter(moves).count();
        (moved, self.workloads().count() - moved)
    }

    /// How many workloads have a step that is not at the owner then.
    pub fn elsewhere(&self) -> usize {
        let is_elsewhere = |steps: &&[PlacedStep]| steps.iter().any(|it| !it.place.is_at_owner());
        self.workloads().filter(is_elsewhere).count()
    }

    /// Whether any step is at the owner then.
    pub fn has_any(&self) -> bool {
        self.steps.iter().any(|it| it.place.is_at_owner())
    }

    fn workloads(&self) -> impl Iterator<Item = &[PlacedStep]> {
        self.steps.chunk_by(|a, b| a.workload == b.workload)
    }
}

/// A step as the budget has it.
struct AsItIs {
    /// The place of the workload, and of the step in it.
    at: (usize, usize),
    route: Option<Arc<Route>>,
    cost: Figure<Decimal>,
}

/// What places the steps of a budget of which every step names its model.
pub(super) struct Places<'a> {
    catalog: &'a Catalog,
    budget: &'a Budget,
    today: NaiveDate,
    /// The budget without what it holds.
    frame: Budget,
    steps: Vec<AsItIs>,
}

impl<'a> Places<'a> {
    /// # Errors
    /// A step that cannot be priced as it is, or tables that are wrong.
    pub(super) fn of(
        catalog: &'a Catalog,
        budget: &'a Budget,
        today: NaiveDate,
    ) -> Result<Places<'a>, Errors<BudgetError>> {
        let frame = Budget {
            workloads: Vec::new(),
            seats: Vec::new(),
            other_costs: Vec::new(),
            limits: Vec::new(),
            scenarios: Vec::new(),
            ..budget.clone()
        };
        let mut places = Places { catalog, budget, today, frame, steps: Vec::new() };
        for (at, workload) in budget.workloads.iter().enumerate() {
            for (index, step) in workload.steps.iter().enumerate() {
                let route = route_of(catalog, step).map_err(|error| {
                    Errors(vec![BudgetError { workload: workload.name.clone(), error }])
                })?;
                let cost = places.alone(workload, step.clone())?.cost().map_err(too_large)?;
                places.steps.push(AsItIs { at: (at, index), route, cost });
            }
        }
        Ok(places)
    }

    /// The budget at an owner with these routes, and where each step goes.
    ///
    /// # Errors
    /// Tables that are wrong.
    pub(super) fn at(
        &self,
        owner: &str,
        routes: &[Arc<Route>],
    ) -> Result<(Budget, AtOwner), Errors<BudgetError>> {
        let mut changed = self.budget.clone();
        let mut steps = Vec::new();
        for now in &self.steps {
            let placed = self.placed(now, routes)?;
            if placed.place == Placement::Moved {
                let route = placed.route.as_ref().map(|route| route.id.to_string());
                changed.workloads[now.at.0].steps[now.at.1].route = route;
            }
            steps.push(placed);
        }
        let owner_name =
            routes.first().map_or_else(|| owner.to_owned(), |route| route.owner_name.clone());
        Ok((changed, AtOwner { owner: owner.to_owned(), owner_name, steps }))
    }

    fn placed(
        &self,
        now: &AsItIs,
        routes: &[Arc<Route>],
    ) -> Result<PlacedStep, Errors<BudgetError>> {
        let workload = &self.budget.workloads[now.at.0];
        let step = &workload.steps[now.at.1];
        let (mut candidates, mut why) = (Vec::new(), Vec::new());
        for route in routes.iter().filter(|route| sells(route, step, routes)) {
            match self.candidate(workload, step, route, now)? {
                Ok(candidate) => {
                    why.extend(in_its_way(&candidate));
                    candidates.push(candidate);
                }
                Err(place) => why.push(place),
            }
        }
        let found = cheapest(candidates);
        let names = |all: Vec<(Arc<Route>, Figure<Decimal>)>| -> Vec<String> {
            all.into_iter().map(|(route, _)| route.id.to_string()).collect()
        };
        let is_now = |route: &Arc<Route>| now.route.as_ref().is_some_and(|it| it.id == route.id);
        let (place, route, cost) = match found.named {
            Some((route, cost)) if is_now(&route) => (Placement::There, Some(route), cost),
            Some((route, cost)) => (Placement::Moved, Some(route), cost),
            None => {
                let is_there = routes.iter().any(is_now);
                let place = if is_there { Placement::Kept } else { nearest(why) };
                (place, now.route.clone(), now.cost.clone())
            }
        };
        Ok(PlacedStep {
            workload: workload.name.clone(),
            step: (workload.steps.len() > 1).then_some(now.at.1 + 1),
            before: now.route.clone(),
            route,
            place,
            difference: Change::between(&now.cost, &cost).map_err(too_large)?,
            cost,
            lower_in_doubt: names(found.lower_in_doubt),
            lower_not_stated: names(found.lower_not_stated),
        })
    }

    /// A step on a route, as one that may be the cheapest; else why it can be none.
    fn candidate(
        &self,
        workload: &Workload,
        step: &Step,
        route: &Arc<Route>,
        now: &AsItIs,
    ) -> Result<Result<OnRoute, Placement>, Errors<BudgetError>> {
        let there = Step { route: Some(route.id.to_string()), ..step.clone() };
        let found = match self.alone(workload, there) {
            Ok(found) => found,
            Err(errors) => return refused(errors.into()).map(|why| Err(Placement::NotKnown(why))),
        };
        let is_quoted = found.prices.iter().any(|price| price.is_quoted);
        match Section::of_priced(route, is_quoted) {
            Section::NotTheSameProduct => return Ok(Err(Placement::NotTheProduct)),
            Section::Quoted => return Ok(Err(Placement::InDoubt)),
            _ => {}
        }
        let cost = found.cost().map_err(too_large)?;
        let Some(most) = cost.high() else {
            let is_quoted_only =
                |it: &Reason| matches!(it.kind(), ReasonKind::Pricing(Pricing::QuotedOnly { .. }));
            return Ok(Err(match cost.reasons().iter().any(is_quoted_only) {
                true => Placement::InDoubt,
                false => Placement::NotKnown(cost.reasons().clone()),
            }));
        };
        let is_now = now.route.as_ref().is_some_and(|it| it.id == route.id);
        Ok(Ok(Candidate {
            item: (route.clone(), cost),
            most,
            doubt: found.doubt(),
            is_the_product: [route.size_honoured, route.quality_honoured]
                == [Honoured::Yes, Honoured::Yes],
            goes_first: is_now,
        }))
    }

    /// The forecast of a step of a workload by itself.
    fn alone(&self, workload: &Workload, step: Step) -> Result<Forecast, Errors<BudgetError>> {
        let alone = Workload {
            steps: vec![step],
            fallback: None,
            other_costs: Vec::new(),
            ..workload.clone()
        };
        let budget = Budget { workloads: vec![alone], ..self.frame.clone() };
        forecast(self.catalog, &budget, self.today)
    }
}

type OnRoute = Candidate<(Arc<Route>, Figure<Decimal>)>;

/// Whether a route is of the model of a step. A list that the user corrected is none: the correction is.
fn sells(route: &Route, step: &Step, routes: &[Arc<Route>]) -> bool {
    let corrected = route.id.under(Contract::Correction);
    let is_corrected =
        route.contract == Contract::List && routes.iter().any(|it| it.id == corrected);
    step.draft.model.as_ref() == Some(&route.model) && !is_corrected
}

/// Why a route with a known cost is not named, where it may not be.
fn in_its_way(candidate: &OnRoute) -> Option<Placement> {
    match (candidate.is_the_product, candidate.doubt) {
        (false, _) => Some(Placement::NotTheProduct),
        (true, Some(_)) => Some(Placement::InDoubt),
        (true, None) => None,
    }
}

/// Why a step stays where several routes have reasons of their own: that of the route which is nearest to be named.
fn nearest(why: Vec<Placement>) -> Placement {
    for place in [Placement::InDoubt, Placement::NotTheProduct] {
        if why.contains(&place) {
            return place;
        }
    }
    let known = why.into_iter().map(|place| match place {
        Placement::NotKnown(reasons) => reasons,
        _ => Reasons::default(),
    });
    known.reduce(|all, more| all.and(&more)).map_or(Placement::NotSold, Placement::NotKnown)
}

/// The route of a step; the model maker's own where none is named.
fn route_of(catalog: &Catalog, step: &Step) -> Result<Option<Arc<Route>>, EstimateError> {
    if let Some(route) = &step.route {
        return find_route(catalog, route).map(Some);
    }
    let Some(model) = &step.draft.model else { return Ok(None) };
    let model = find_model(catalog, model)?;
    let makers = model.makers_route_for(step.draft.is_conversation());
    Ok(find_route(catalog, &makers).ok())
}
