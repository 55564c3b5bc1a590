//! Budgets made in tests: one workload that is given up never and costs nothing besides.

use imgcost::attempts::{AttemptRates, Failures};
use imgcost::budget::{Budget, Capacity, Images, Limit, Scenario, Scope, Step, Volume, Workload};
use imgcost::rating::FxRates;
use imgcost::request::{Draft, Prompt};
use rust_decimal::Decimal;

use super::{dec, generation};

/// A generation of 1024x1024 with a prompt of 60 tokens, which are billed as 66.
pub fn poster(model: &str, quality: &str) -> Draft {
    Draft { prompt: Some(Prompt::Tokens(60)), ..generation(model, "1024x1024", quality) }
}

/// One request a month of this many images, each accepted.
pub fn workload(name: &str, draft: Draft, images: u64) -> Workload {
    let step = Step {
        draft,
        route: None,
        resolution: None,
        per_accepted: 1,
        rates: AttemptRates::ONE_ATTEMPT,
    };
    Workload {
        name: name.into(),
        steps: vec![step],
        fallback: None,
        volume: Volume::Growing { first: Images::exactly(images), growth: Decimal::ZERO },
        start: None,
        end: None,
        tags: Default::default(),
        assume: Default::default(),
        other_costs: Vec::new(),
        price_changes: Vec::new(),
    }
}

/// A budget of these workloads from a month on.
pub fn budget(start: &str, months: u32, workloads: Vec<Workload>) -> Budget {
    Budget {
        start: start.parse().expect("a month"),
        months,
        fiscal_year_start: 1,
        fx: FxRates::new(),
        workloads,
        other_costs: Vec::new(),
        limits: Vec::new(),
        margin: dec("0.1"),
        capacity: Capacity::default(),
        scenarios: Vec::new(),
        replacements: Default::default(),
        quoted: false,
        assumptions: Vec::new(),
    }
}

/// The same workload on a route.
pub fn on_route(mut workload: Workload, route: &str) -> Workload {
    workload.steps.iter_mut().for_each(|step| step.route = Some(route.into()));
    workload
}

/// The same workload with these rates of attempts.
pub fn with_rates(mut workload: Workload, rates: AttemptRates) -> Workload {
    workload.steps.iter_mut().for_each(|step| step.rates = rates);
    workload
}

/// Rates with an acceptance and a failure rate.
pub fn rates(acceptance: &str, failure_rate: &str) -> AttemptRates {
    let failures = Failures { failure_rate: dec(failure_rate), ..Failures::NONE };
    AttemptRates::with_acceptance(dec(acceptance), failures).expect("rates")
}

/// A scenario for every workload.
pub fn scenario(name: &str, changes: imgcost::budget::Changes) -> Scenario {
    Scenario { name: name.into(), changes, ..Scenario::default() }
}

/// A limit of the whole budget in each month.
pub fn monthly_limit(dollars: &str) -> Limit {
    Limit { scope: Scope::Budget, per_month: Some(dec(dollars)), total: None }
}
