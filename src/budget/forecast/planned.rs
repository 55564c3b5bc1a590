//! What the rows of a forecast are made of: its workloads with their prices, and nothing for each month.
//!
//! A budget of thousands of workloads over ten years has more rows than memory should hold. What costs time is done
//! once for each workload and price, and the rows of a month are made of it whenever they are asked for: the memory of
//! a forecast is in line with its workloads, not with workloads × months.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::sync::Arc;

use chrono::NaiveDate;
use num_traits::{One, Zero};
use rust_decimal::Decimal;

use super::line::{Named, Tokens};
use super::other_cost::PlannedCost;
use super::priced::{Costed, PricedStep, PricedWorkload, Wanted};
use super::seats::PlannedSeats;
use crate::budget::legs::{self, Leg};
use crate::budget::limit::Limit;
use crate::budget::month::Month;
use crate::budget::prices::NoPrice;
use crate::budget::scale::for_each;
use crate::budget::workload::{Budget, Fallback, FallbackWhen};
use crate::catalog::route::Route;
use crate::estimate::{Estimate, PriceBasis};
use crate::figure::Figure;
use crate::fraction::{self, Each, Fraction};
use crate::reason::Reasons;
use crate::unit::Meter;

/// A budget of which every month can be made.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    pub start: Month,
    pub months: u32,
    pub today: NaiveDate,
    pub limits: Vec<Limit>,
    pub workloads: Vec<PlannedWorkload>,
    /// Costs each month that belong to no workload.
    pub other_costs: Vec<PlannedCost>,
    /// Seats, which belong to none either.
    pub seats: Vec<PlannedSeats>,
}

/// A workload with its prices.
#[derive(Debug, Clone)]
pub(super) struct PlannedWorkload {
    pub named: Named,
    pub wanted: Wanted,
    pub steps: Box<[PlannedStep]>,
    /// After how many attempts an image is given up, in the last step.
    pub maximum: Option<u32>,
    pub price_changes: Box<[(Month, Decimal)]>,
    /// Costs that come with the work.
    pub other_costs: Box<[PlannedCost]>,
}

/// One request of a workload, by the routes on which it is made.
#[derive(Debug, Clone)]
pub(super) struct PlannedStep {
    /// How many images of it go into one wanted image.
    pub per_accepted: u64,
    pub first: OnRoute,
    /// Images that the first route sends on, from one of its events.
    pub sent_on: Option<OnRoute>,
    /// Images that the limits leave no room for on the first route; they are served from the first attempt on.
    pub over_limit: Option<OnRoute>,
}

/// What a route does for each image that comes to it, stretch by stretch.
#[derive(Debug, Clone)]
pub(super) struct OnRoute {
    leg: Leg,
    /// The share of requests that deliver an image.
    delivered: Fraction,
    /// Whether the images that are accepted are those of the workload.
    is_last: bool,
    stretches: Arc<[PlannedStretch]>,
    /// Of each stretch, over a month of which it has every day.
    work: Box<[Work]>,
}

/// Days with one price.
#[derive(Debug, Clone)]
pub(super) struct PlannedStretch {
    /// The first day, and the day after the last.
    pub days: [NaiveDate; 2],
    /// The route, where it is known.
    pub route: Option<Arc<Route>>,
    /// Why there is no price, where there is none.
    pub no_price: Option<NoPrice>,
    /// The version of the price, in words.
    pub versions: Arc<[String]>,
    /// What the price rests on, whatever the day.
    pub price_basis: PriceBasis,
    /// How many images a request asks for.
    images_per_request: u64,
    /// What a request costs on average, in US dollars.
    average: Figure<Decimal>,
    /// The share of requests that are billed at all.
    billed: Figure<Decimal>,
    /// The tokens of a request.
    tokens: Tokens,
}

/// What is done for each image that comes to a route.
#[derive(Debug, Clone)]
pub(super) struct Work {
    pub attempts: Each,
    /// Images accepted in the end.
    pub accepted: Each,
    /// Calls that are billed.
    pub billed: Figure<Each>,
    /// What it costs in US dollars.
    pub cost: Figure<Each>,
    /// Tokens of calls that deliver an image, by meter.
    pub tokens: Box<[(Meter, Figure<Each>)]>,
}

impl Plan {
    pub(super) fn of(
        budget: &Budget,
        today: NaiveDate,
        workloads: Vec<PlannedWorkload>,
        seats: Vec<PlannedSeats>,
    ) -> Plan {
        let of_budget = |cost| PlannedCost::of(cost, &Named::default());
        Plan {
            start: budget.start,
            months: budget.months,
            today,
            limits: budget.limits.clone(),
            workloads,
            other_costs: budget.other_costs.iter().map(of_budget).collect(),
            seats,
        }
    }
}

impl PlannedWorkload {
    pub(super) fn of(priced: PricedWorkload) -> PlannedWorkload {
        let PricedWorkload { workload, named, wanted, steps } = priced;
        let last = steps.len().saturating_sub(1);
        let fallback = workload.fallback.as_ref();
        let steps = steps.into_iter().enumerate();
        let with_work = |cost| PlannedCost::of(cost, &named);
        let other_costs = workload.other_costs.iter().map(with_work).collect();
        PlannedWorkload {
            named,
            wanted,
            steps: steps.map(|(at, step)| PlannedStep::of(step, fallback, at == last)).collect(),
            maximum: workload.steps.last().and_then(|step| step.rates.maximum()),
            price_changes: workload.price_changes.as_slice().into(),
            other_costs,
        }
    }
}

impl PlannedWorkload {
    /// The same, whose reasons are those of others that say the same.
    pub(super) fn sharing(mut self, known: &mut BTreeSet<Reasons>) -> PlannedWorkload {
        for PlannedStep { first, sent_on, over_limit, .. } in &mut self.steps {
            let routes = [Some(first), sent_on.as_mut(), over_limit.as_mut()];
            for work in routes.into_iter().flatten().flat_map(|it| &mut it.work) {
                work.cost.share_reasons(known);
                work.billed.share_reasons(known);
            }
        }
        self
    }
}

impl PlannedStep {
    fn of(priced: PricedStep, fallback: Option<&Fallback>, is_last: bool) -> PlannedStep {
        let PricedStep { step, first: (first, sent_on), on_first, on_fallback } = priced;
        let delivered = fraction::from_decimal(step.rates.delivered());
        let on_route = |stretches: &Arc<[PlannedStretch]>, leg: &Leg| {
            OnRoute::of(stretches.clone(), leg.clone(), delivered.clone(), is_last)
        };
        let [on_first, on_fallback] = [on_first, on_fallback].map(stretches);
        // What the limit leaves over is served by the fallback from the first attempt on.
        let last = legs::last(&step.rates);
        let moved = |fraction: &Fraction| fraction::times(fraction, &sent_on);
        let sent = Leg { attempts: moved(&last.attempts), accepted: moved(&last.accepted) };
        let over_limit = fallback.filter(|it| it.when.contains(&FallbackWhen::OverLimit));
        PlannedStep {
            per_accepted: step.per_accepted,
            first: on_route(&on_first, &first),
            sent_on: (!sent_on.is_zero()).then(|| on_route(&on_fallback, &sent)),
            over_limit: over_limit.map(|_| on_route(&on_fallback, &last)),
        }
    }
}

fn stretches(costed: Vec<Costed>) -> Arc<[PlannedStretch]> {
    costed.into_iter().map(PlannedStretch::of).collect()
}

impl PlannedStretch {
    fn of(costed: Costed) -> PlannedStretch {
        let Costed { stretch, average, billed, versions } = costed;
        let days = [stretch.from, stretch.until];
        let estimate = stretch.price.as_deref().ok();
        let counted = estimate.into_iter().flat_map(|estimate| estimate.usage.counted());
        let tokens = counted.filter(|(meter, _)| meter.is_tokens()).map(|(meter, quantity)| {
            let Ok(count) = quantity.count.try_map(|count| Ok::<_, Infallible>(count.into()));
            (meter, count)
        });
        PlannedStretch {
            days,
            price_basis: estimate.map_or(PriceBasis::Dated, Estimate::basis_of_sources),
            images_per_request: estimate.map_or(1, |it| it.request_cost.images.into()),
            tokens: tokens.collect(),
            route: stretch.route,
            no_price: stretch.price.err(),
            average,
            billed,
            versions,
        }
    }

    /// Why nothing is made at all; what is made at a cost that is not known is made.
    pub(super) fn not_made(&self) -> Option<&NoPrice> {
        self.no_price.as_ref().filter(|why| why.is_not_made())
    }
}

impl OnRoute {
    fn of(
        stretches: Arc<[PlannedStretch]>,
        leg: Leg,
        delivered: Fraction,
        is_last: bool,
    ) -> OnRoute {
        let mut on_route = OnRoute { leg, delivered, is_last, stretches, work: Box::default() };
        let all = Fraction::one();
        on_route.work = on_route.stretches.iter().map(|it| on_route.work(it, &all)).collect();
        on_route
    }

    /// The stretches with what is done on them for each image, over a month of which they have every day.
    pub(super) fn stretches(&self) -> impl Iterator<Item = (&PlannedStretch, &Work)> {
        self.stretches.iter().zip(&self.work)
    }

    /// What is done on a stretch for each image of a month of which it has this share.
    pub(super) fn work(&self, stretch: &PlannedStretch, share: &Fraction) -> Work {
        let attempts = fraction::times(&self.leg.attempts, share);
        let per_request = fraction::from_count(stretch.images_per_request);
        let requests = fraction::over(&attempts, &per_request);
        let delivered = fraction::times(&requests, &self.delivered);
        let accepted = match self.is_last {
            true => fraction::times(&self.leg.accepted, share),
            false => Fraction::zero(),
        };
        let tokens = stretch.tokens.iter();
        Work {
            attempts: Each::of(Decimal::ONE, &attempts),
            accepted: Each::of(Decimal::ONE, &accepted),
            billed: for_each(&stretch.billed, &requests),
            cost: for_each(&stretch.average, &requests),
            tokens: tokens.map(|(meter, count)| (*meter, for_each(count, &delivered))).collect(),
        }
    }
}
