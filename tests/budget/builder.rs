//! Short ways to write a budget in a test.

use imgcost::attempts::{AttemptRates, Failures};
use imgcost::budget::{
    Budget, Forecast, ForecastLine, Month, Step, Volume, Workload, forecast, sum,
};
use imgcost::catalog::Catalog;
use imgcost::figure::Figure;
use imgcost::request::{Draft, Prompt};
use rust_decimal::Decimal;

use crate::common::day;

/// The shipped catalogue, read once for all tests.
pub static SHIPPED: std::sync::LazyLock<Catalog> = std::sync::LazyLock::new(Catalog::shipped);

pub fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

pub fn dec(text: &str) -> Decimal {
    Decimal::from_str_exact(text).expect("a decimal")
}

/// A request of a model, size and quality with a prompt of so many billed tokens.
pub fn request(model: &str, size: &str, quality: &str, tokens: u64) -> Draft {
    Draft {
        model: Some(model.into()),
        size: Some(size.into()),
        quality: Some(quality.into()),
        prompt: Some(Prompt::BilledTokens(tokens)),
        ..Draft::default()
    }
}

/// Rates of this acceptance and failure rate.
pub fn rates(acceptance: &str, failure_rate: &str) -> AttemptRates {
    let failures = Failures { failure_rate: dec(failure_rate), ..Failures::NONE };
    AttemptRates::with_acceptance(dec(acceptance), failures).expect("rates")
}

/// A workload of one step with a constant volume.
pub fn workload(name: &str, draft: Draft, images: u64, rates: AttemptRates) -> Workload {
    Workload::of(name, Step { rates, ..Step::of(draft) }, Volume::constant(images))
}

/// One of which each image is accepted at the first attempt.
pub fn accepted(name: &str, draft: Draft, images: u64) -> Workload {
    workload(name, draft, images, AttemptRates::ONE_ATTEMPT)
}

/// A poster of 1024x1024 with 66 billed tokens of text. At $5 and $30 per 1M, gpt-image-2 takes
/// 66 × 5 + 7,024 × 30 = $0.21105 of quality high, and 66 × 5 + 1,756 × 30 = $0.05301 of medium.
pub fn poster(model: &str, quality: &str) -> Draft {
    request(model, "1024x1024", quality, 66)
}

/// The same workload with these rates of attempts.
pub fn tried(mut workload: Workload, rates: AttemptRates) -> Workload {
    workload.steps.iter_mut().for_each(|step| step.rates = rates);
    workload
}

/// The same workload on a route.
pub fn on(route: &str, mut workload: Workload) -> Workload {
    workload.steps.iter_mut().for_each(|step| step.route = Some(route.into()));
    workload
}

/// A budget of these workloads.
pub fn budget(start: &str, months: u32, workloads: Vec<Workload>) -> Budget {
    Budget { months, ..Budget::of(month(start), workloads) }
}

/// The forecast on the shipped catalogue, knowing what is known on 2026-11-21.
pub fn of(budget: &Budget) -> Forecast {
    on_catalog(&SHIPPED, budget)
}

pub fn on_catalog(catalog: &Catalog, budget: &Budget) -> Forecast {
    forecast(catalog, budget, day("2026-11-21")).expect("a budget that can be forecast")
}

/// The rows of a workload in a month.
pub fn rows(forecast: &Forecast, workload: &str, at: &str) -> Vec<ForecastLine> {
    let of_month = forecast.rows_of(month(at)).into_iter();
    of_month.filter(|row| &*row.workload == workload).collect()
}

/// The cost of a workload in a month.
pub fn cost(forecast: &Forecast, workload: &str, at: &str) -> Figure<Decimal> {
    sum(rows(forecast, workload, at)).expect("fits")
}

pub fn exact(text: &str) -> Figure<Decimal> {
    Figure::Exact(dec(text))
}
