//! The prices that a forecast rests on.

use std::sync::Arc;

use chrono::NaiveDate;

use super::priced::PricedWorkload;
use crate::budget::prices::Stretch;
use crate::catalog::conditions::Processing;
use crate::catalog::evidence::{Doubt, Evidence};
use crate::catalog::route::Route;
use crate::estimate::Estimate;

/// A price that a workload is forecast with, on a stretch of days on which its images are made.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct UsedPrice {
    /// The workload.
    pub workload: Arc<str>,
    /// The first day.
    pub from: NaiveDate,
    /// The day after the last.
    pub until: NaiveDate,
    /// The route.
    pub route: Arc<Route>,
    /// How a request is processed; `None` where it is not known what it costs.
    pub processing: Option<Processing>,
    /// Whether it rests on weak evidence.
    pub is_quoted: bool,
    /// Why it may not be named the cheapest, on the day of knowledge.
    pub doubt: Option<Doubt>,
    /// The sources of its version and of the rates that are charged, each once; none where it is not known.
    pub sources: Vec<Arc<Evidence>>,
}

/// The prices that a workload rests on. What is not made has none.
pub(super) fn used_prices(
    priced: &PricedWorkload,
    today: NaiveDate,
) -> impl Iterator<Item = UsedPrice> {
    let is_made =
        |stretch: &&Stretch| stretch.price.as_ref().err().is_none_or(|why| !why.is_not_made());
    priced.stretches().filter(is_made).filter_map(move |stretch| {
        let estimate = stretch.price.as_deref().ok();
        Some(UsedPrice {
            workload: priced.named.name.clone(),
            from: stretch.from,
            until: stretch.until,
            route: stretch.route.clone()?,
            processing: estimate.map(|it| it.subject.processing()),
            is_quoted: estimate.is_some_and(Estimate::is_quoted),
            doubt: estimate.and_then(|estimate| estimate.doubt(today)),
            sources: estimate.map_or_else(Vec::new, sources),
        })
    })
}

/// The sources of the rates that are charged, each once.
fn sources(estimate: &Estimate) -> Vec<Arc<Evidence>> {
    estimate.rests_on().statements().iter().map(|it| Arc::clone(it)).collect()
}
