//! What a step of a workload costs from day to day: priced once for each stretch of days on which
//! neither prices nor rules change.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;

use super::not_told_apart::NotToldApart;
use super::step::Step;
use super::workload::{Assumptions, Budget, Workload};
use crate::attempts::AttemptRates;
use crate::catalog::Catalog;
use crate::catalog::dated::Dated;
use crate::catalog::route::Route;
use crate::catalog::terms::{ChargeRule, Event, EventCharge, Terms as ContractTerms};
use crate::estimate::{
    Estimate, EstimateError, Terms, estimate_request, find_model, find_route, with_counts_of,
};
use crate::reason::{self, Budgeting, Reason};
use crate::request::{Draft, RequestError};

/// A stretch of days with one price.
#[derive(Debug, Clone)]
pub struct Stretch {
    /// The first day.
    pub from: NaiveDate,
    /// The day after the last.
    pub until: NaiveDate,
    /// The id of the model that is asked for.
    pub model: String,
    /// The route, where it is known without a price.
    pub route: Option<Arc<Route>>,
    /// What one request costs, or why it has no price.
    pub price: Result<Arc<Estimate>, NoPrice>,
    /// Why its own counts are kept, where those of another step were to take their place.
    pub own_counts: Option<NotToldApart>,
}

impl Stretch {
    /// Whether one model takes the place of another that is shut down.
    pub fn replaces(&self, old: &str, new: &str) -> bool {
        let made = self.price.as_ref().ok().map(|estimate| &*estimate.table.route.model);
        self.model == old && made == Some(new) && old != new
    }
}

/// Why a step has no price on some days.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum NoPrice {
    /// The model is shut down: nothing is made.
    ShutDown(Reason),
    /// Neither the route nor the model has a version then: nothing is made.
    NoVersion(Reason),
    /// It is not known what it costs.
    Unknown(Reason),
}

impl NoPrice {
    pub(in crate::budget) fn reason(&self) -> &Reason {
        match self {
            NoPrice::ShutDown(why) | NoPrice::NoVersion(why) | NoPrice::Unknown(why) => why,
        }
    }

    /// Whether nothing is made at all; else it is made at a cost that is not known.
    pub(in crate::budget) fn is_not_made(&self) -> bool {
        !matches!(self, NoPrice::Unknown(_))
    }
}

/// What a step asks for, and when that changes.
struct Changing {
    /// The id of the model.
    model: String,
    /// The route, where it is known without a price.
    route: Option<Arc<Route>>,
    /// The days on which the price may change.
    days: BTreeSet<NaiveDate>,
}

/// How a step is priced: where, and what the user answers to open questions.
pub(super) struct Pricing<'a> {
    pub catalog: &'a Catalog,
    pub budget: &'a Budget,
    pub today: NaiveDate,
    /// A budget whose workloads give the counts that are priced, in place of the budget's own.
    pub counted_as: Option<&'a Budget>,
}

/// A step on a route, with the user's answers.
#[derive(Clone, Copy)]
pub(super) struct OnRoute<'a> {
    pub step: &'a Step,
    pub route: Option<&'a str>,
    pub assume: &'a Assumptions,
}

impl<'a> Pricing<'a> {
    /// Pricing with a budget's own counts.
    pub(super) fn of(catalog: &'a Catalog, budget: &'a Budget, today: NaiveDate) -> Pricing<'a> {
        Pricing { catalog, budget, today, counted_as: None }
    }
}

impl Pricing<'_> {
    /// The stretches of a step from one day to another; the counts are those of another step where one is
    /// to give them.
    ///
    /// # Errors
    /// A request that is wrong on any day, or tables that are.
    pub(super) fn stretches(
        &self,
        step: OnRoute,
        counts_of: Option<OnRoute>,
        [from, until]: [NaiveDate; 2],
    ) -> Result<Vec<Stretch>, EstimateError> {
        let mut stretches = Vec::new();
        let Changing { model, route: known, days: mut borders } = self.change_days(step)?;
        let others = self.others().zip(counts_of);
        if let Some((other, counts_of)) = &others {
            borders.extend(other.change_days(*counts_of)?.days);
        }
        borders.extend(self.budget.held_since);
        borders.retain(|day| from < *day && *day < until);
        borders.insert(from);
        let ends = borders.iter().copied().skip(1).chain([until]);
        for (from, until) in borders.iter().copied().zip(ends) {
            let price = self.priced(step, from)?;
            let of_price = price.as_ref().ok().map(|estimate| estimate.table.route.clone());
            let route = of_price.or_else(|| known.clone());
            let model = model.clone();
            let mut stretch = Stretch { from, until, model, route, price, own_counts: None };
            if let Some((other, counts_of)) = &others {
                let counts = other.priced(*counts_of, from)?;
                self.recount(&mut stretch, &counts, step)?;
            }
            stretches.push(stretch);
        }
        Ok(stretches)
    }

    /// The workload that gives the counts of one of the budget's, if it has as many steps.
    pub(super) fn counts_of(&self, workload: &Workload) -> Option<&Workload> {
        let their = workload.counterpart(&self.counted_as?.workloads)?;
        (their.steps.len() == workload.steps.len()).then_some(their)
    }

    /// How the budget is priced that gives the counts.
    fn others(&self) -> Option<Pricing<'_>> {
        self.counted_as.map(|budget| Pricing::of(self.catalog, budget, self.today))
    }

    /// Puts other counts in place of a stretch's own, at its own prices.
    fn recount(
        &self,
        stretch: &mut Stretch,
        counts: &Result<Arc<Estimate>, NoPrice>,
        step: OnRoute,
    ) -> Result<(), EstimateError> {
        let (own, counts) = match (&stretch.price, counts) {
            (Ok(own), Ok(counts)) => (own, counts),
            (Err(own), Err(counts)) if own.is_not_made() && counts.is_not_made() => return Ok(()),
            (Err(why), _) | (_, Err(why)) => {
                stretch.own_counts = Some(NotToldApart::NoPrice(why.reason().clone()));
                return Ok(());
            }
        };
        let terms = self.terms(step, stretch.from);
        match with_counts_of(counts, own, &terms)? {
            Ok(recounted) => stretch.price = Ok(Arc::new(recounted)),
            Err(why) => stretch.own_counts = Some(NotToldApart::NotRecounted(why)),
        }
        Ok(())
    }

    /// The price on a day. What has no price then is no error; what can never be priced is.
    fn priced(
        &self,
        step: OnRoute,
        day: NaiveDate,
    ) -> Result<Result<Arc<Estimate>, NoPrice>, EstimateError> {
        let mut draft = step.step.draft.clone();
        draft.text_output_tokens = draft.text_output_tokens.or(step.assume.text_output_tokens);
        let found = estimate_request(self.catalog, &draft, &self.terms(step, day));
        if let Ok(estimate) = &found
            && estimate.is_quoted()
            && !self.budget.quoted
        {
            let id = &estimate.table.route.id;
            let reason = reason::Pricing::QuotedOnly { route: id.to_string().into() };
            return Ok(Err(NoPrice::Unknown(reason.into())));
        }
        match found {
            Err(EstimateError::Request(errors)) => match no_price(&errors) {
                None => Err(EstimateError::Request(errors)),
                Some(NoPrice::ShutDown(why)) => match self.replaced(&draft, step, day) {
                    Some(replaced) => replaced.map(|estimate| Ok(Arc::new(estimate))),
                    None => Ok(Err(NoPrice::ShutDown(why))),
                },
                Some(why) => Ok(Err(why)),
            },
            found => found.map(|estimate| Ok(Arc::new(estimate))),
        }
    }

    /// What a request of a step costs on a day, if it has a price then.
    pub(super) fn on_day(
        &self,
        step: &Step,
        assume: &Assumptions,
        day: NaiveDate,
    ) -> Option<Arc<Estimate>> {
        let on_route = OnRoute { step, route: step.route.as_deref(), assume };
        self.priced(on_route, day).ok()?.ok()
    }

    fn terms<'t>(&'t self, step: OnRoute<'t>, day: NaiveDate) -> Terms<'t> {
        Terms {
            route: step.route,
            as_of: day,
            today: self.today,
            held_since: self.budget.held_since,
            rates: AttemptRates::ONE_ATTEMPT,
            accepted_images: None,
            review: None,
            resolution: step.step.resolution.as_deref(),
            fx: &self.budget.fx,
            top_up: None,
            data_residency: self.budget.data_residency,
            assumed_rates: &step.assume.rates,
        }
    }

    /// The price at the model that takes the place of one that is shut down, by its maker's own route.
    fn replaced(
        &self,
        draft: &Draft,
        step: OnRoute,
        day: NaiveDate,
    ) -> Option<Result<Estimate, EstimateError>> {
        let model = draft.model.as_deref().unwrap_or(crate::estimate::DEFAULT_MODEL);
        let model = find_model(self.catalog, model).ok()?.id.clone();
        let replacement = self.budget.replacements.get(&model)?;
        let draft = Draft { model: Some(replacement.clone()), ..draft.clone() };
        let terms = self.terms(OnRoute { route: None, ..step }, day);
        Some(estimate_request(self.catalog, &draft, &terms))
    }

    /// The model that a step asks for, its route, and the days on which its price may change: versions of its table and of those that it
    /// rests on, rules of its model, and the end of the route.
    fn change_days(&self, step: OnRoute) -> Result<Changing, EstimateError> {
        let name = step.step.draft.model.as_deref();
        let listed = step.route.map(|route| find_route(self.catalog, route)).transpose()?;
        let model = match (name, &listed) {
            (Some(name), _) => find_model(self.catalog, name)?,
            (None, Some(route)) => find_model(self.catalog, &route.model)?,
            (None, None) => find_model(self.catalog, crate::estimate::DEFAULT_MODEL)?,
        };
        let mut days = BTreeSet::new();
        days.extend(model.rules.iter().flat_map(border_days));
        let conversation = step.step.draft.is_conversation();
        let own = || find_route(self.catalog, &model.makers_route_for(conversation));
        let route = match listed {
            Some(route) => Some(route),
            None => own().ok(),
        };
        if let Some(route) = &route {
            days.extend(model.end_of(route).map(|end| end.shutdown().on));
            self.route_days(route, &mut days, 4);
        }
        if let Some(replacement) = self.budget.replacements.get(&model.id) {
            let model = find_model(self.catalog, replacement)?;
            days.extend(model.rules.iter().flat_map(border_days));
            if let Ok(route) = find_route(self.catalog, &model.makers_route_for(conversation)) {
                self.route_days(&route, &mut days, 4);
            }
        }
        Ok(Changing { model: model.id.clone(), route, days })
    }

    fn route_days(&self, route: &Route, days: &mut BTreeSet<NaiveDate>, most: u32) {
        for version in &route.versions {
            days.extend(border_days(version));
            days.extend(version.rates.iter().filter_map(|rate| rate.known_from));
            let basis = version.basis.as_ref().filter(|_| most > 0);
            if let Some(route) = basis.and_then(|basis| self.catalog.route(&basis.route).ok()) {
                self.route_days(&route, days, most - 1);
            }
        }
        let mainline = route.image_tool.iter().flat_map(|tool| &tool.mainline_models);
        for model in mainline {
            let id = format!("{}/{}/{model}", route.id.kind.as_str(), route.id.owner);
            if let (Ok(route), Ok(model)) =
                (self.catalog.route(&id), find_model(self.catalog, model))
            {
                days.extend(route.versions.iter().flat_map(border_days));
                days.extend(model.end_of(&route).map(|end| end.shutdown().on));
            }
        }
    }
}

fn border_days(dated: &impl Dated) -> Vec<NaiveDate> {
    let period = dated.period();
    [Some(period.first), period.until].into_iter().flatten().collect()
}

/// Whether errors only say that there is no price on a day, and why.
fn no_price(errors: &[RequestError]) -> Option<NoPrice> {
    let refused = || reason::Pricing::Refused(errors.into()).into();
    let shut_down = |error: &RequestError| matches!(error, RequestError::ShutDown { .. });
    let passing = |error: &RequestError| {
        shut_down(error)
            || matches!(
                error,
                RequestError::NoVersion { .. }
                    | RequestError::NotPriced { .. }
                    | RequestError::NoBasis { .. }
            )
    };
    if !errors.iter().all(passing) {
        return None;
    }
    let no_version = |error: &RequestError| matches!(error, RequestError::NoVersion { .. });
    Some(match errors.iter().find(|error| shut_down(error)) {
        Some(error) => NoPrice::ShutDown(Budgeting::ShutDown(Arc::new(error.clone())).into()),
        None if errors.iter().any(no_version) => NoPrice::NoVersion(refused()),
        None => NoPrice::Unknown(refused()),
    })
}

/// The terms of a route with the user's own answers in place of what is open.
pub(super) fn answered(terms: &ContractTerms, assume: &Assumptions) -> ContractTerms {
    let own = |event: Event, rule: Option<ChargeRule>| {
        rule.map(|rule| (event, EventCharge { rule, evidence: None, attested: false }))
    };
    let answers = [
        own(Event::ServerError, assume.failed),
        own(Event::BlockAtInput, assume.blocked),
        own(Event::BlockAtOutput, assume.blocked),
        own(Event::Timeout, assume.timeout),
    ];
    let charges = answers.into_iter().flatten().collect();
    ContractTerms { charges, ..ContractTerms::default() }.over(terms)
}
