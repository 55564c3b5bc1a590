//! [`Budget`] → the text of a budget file that gives the same budget when it is read.
//!
//! Every value is written out, also where it is the default, so that the file goes on to mean the same.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde_json::{Map, Value};

use super::emit::emit;
use super::keep::UNKNOWN_SIZE;
use crate::attempts::AttemptRates;
use crate::budget::Assumption;
use crate::budget::changes::{Changes, RateChanges, Scenario};
use crate::budget::images::Images;
use crate::budget::limit::{Limit, Scope};
use crate::budget::month::Month;
use crate::budget::seats::Seats;
use crate::budget::spread::{RateSpread, Spread};
use crate::budget::step::Step;
use crate::budget::volume::Volume;
use crate::budget::workload::{Assumptions, Budget, Capacity, Fallback, OtherCost, Workload};
use crate::catalog::funding::Payment;
use crate::catalog::terms::ChargeRule;
use crate::rating::{AssumedPrice, AssumedRate};
use crate::request::{Draft, MainlineTurn, Prompt};
use crate::share::percent;

const HEADER: &str = "\
# Written by imgcost as an exact copy of a budget: amounts in US dollars, every default in full.
# `imgcost budget init` shows how such a file starts, `imgcost schema budget` its every key.
";

/// A budget as the text of a file.
pub fn write(budget: &Budget) -> String {
    let mut keys = Keys::default();
    keys.add("start", budget.start.to_string());
    keys.add("months", budget.months);
    keys.add("fiscal_year_start", budget.fiscal_year_start);
    keys.add("margin", percent(budget.margin));
    let fx = budget.fx.iter().map(|(code, rate)| {
        let (pair, rate) = rate.stated(code);
        (pair, decimal(rate))
    });
    keys.add_some("fx", mapping(fx));
    keys.add_some("limits", limits(&budget.limits));
    keys.add_some("capacity", capacity(&budget.capacity));
    let replacements =
        budget.replacements.iter().map(|(old, new)| (old.clone(), Value::from(new.clone())));
    keys.add_some("replace", mapping(replacements));
    if budget.quoted {
        keys.add("quoted", true);
    }
    if let Some(day) = budget.held_since {
        keys.add("assume_held_since", day.to_string());
    }
    if budget.data_residency {
        keys.add("data_residency", true);
    }
    keys.add("workloads", list(&budget.workloads, workload));
    keys.add_some("other_costs", list(&budget.other_costs, other_cost));
    keys.add_some("seats", list(&budget.seats, seats));
    keys.add_some("scenarios", list(&budget.scenarios, scenario));
    // What was a default is stated here, and no assumption of whoever reads or edits the file.
    let own: Vec<&Assumption> =
        budget.assumptions.iter().filter(|assumed| !assumed.is_default()).collect();
    keys.add_some("assumptions", list(&own, |assumed| Value::from(assumed.to_string())));
    format!("{HEADER}\n{}", emit(&keys.0))
}

/// The keys of a mapping in the order in which they are written.
#[derive(Default)]
struct Keys(Map<String, Value>);

impl Keys {
    fn add(&mut self, key: &str, value: impl Into<Value>) {
        self.0.insert(key.to_owned(), value.into());
    }

    /// Adds what is there.
    fn add_known<T: Into<Value>>(&mut self, key: &str, value: Option<T>) {
        if let Some(value) = value {
            self.add(key, value);
        }
    }

    /// Adds a list or a mapping that is not empty.
    fn add_some(&mut self, key: &str, value: Value) {
        let is_empty = match &value {
            Value::Object(keys) => keys.is_empty(),
            Value::Array(items) => items.is_empty(),
            _ => false,
        };
        if !is_empty {
            self.add(key, value);
        }
    }
}

fn mapping(entries: impl Iterator<Item = (String, Value)>) -> Value {
    Value::Object(entries.collect())
}

fn list<T>(items: &[T], write: impl Fn(&T) -> Value) -> Value {
    Value::Array(items.iter().map(write).collect())
}

/// A decimal as the text that it is read from.
fn decimal(value: Decimal) -> Value {
    value.normalize().to_string().into()
}

fn limits(limits: &[Limit]) -> Value {
    let mut keys = Keys::default();
    let any_alert = limits.iter().any(|limit| !limit.alert_at.is_empty());
    let amounts = |keys: &mut Keys, limit: &Limit| {
        keys.add_known("per_month", limit.per_month.map(decimal));
        keys.add_known("per_quarter", limit.per_quarter.map(decimal));
        keys.add_known("per_fiscal_year", limit.per_fiscal_year.map(decimal));
        keys.add_known("total", limit.total.map(decimal));
        let months = limit.months.iter().map(|(month, it)| (month.to_string(), decimal(*it)));
        keys.add_some("months", mapping(months));
        // Stated even where it is empty: what stands with the whole budget is that of every limit without its own.
        if any_alert {
            keys.add("alert_at", list(&limit.alert_at, |share| percent(*share).into()));
        }
    };
    for limit in limits {
        let (group, name) = match &limit.scope {
            Scope::Budget => {
                amounts(&mut keys, limit);
                continue;
            }
            Scope::Workload(name) => ("workloads", name.clone()),
            Scope::Owner(id) => ("owners", id.clone()),
            Scope::Tag(key, value) => ("tags", format!("{key}:{value}")),
        };
        let mut own = Keys::default();
        amounts(&mut own, limit);
        let of_group = keys.0.entry(group).or_insert_with(|| Value::Object(Map::new()));
        if let Value::Object(of_group) = of_group {
            of_group.insert(name, Value::Object(own.0));
        }
    }
    Value::Object(keys.0)
}

fn capacity(capacity: &Capacity) -> Value {
    let mut keys = Keys::default();
    keys.add_known("tier", capacity.tier.clone());
    keys.add_known("hours_per_day", capacity.hours_per_day.map(decimal));
    keys.add_known("peak_factor", capacity.peak_factor.map(decimal));
    Value::Object(keys.0)
}

fn workload(workload: &Workload) -> Value {
    let mut keys = Keys::default();
    keys.add("name", workload.name.clone());
    match &workload.steps[..] {
        [step] if step.per_accepted == 1 => add_step(&mut keys, step),
        steps => keys.add("steps", list(steps, step)),
    }
    keys.add_known("fallback", workload.fallback.as_ref().map(fallback));
    match &workload.volume {
        Volume::Growing { first, growth, season } => {
            keys.add("accepted_images", images(first));
            keys.add("growth", percent(*growth));
            let factors = season.iter().map(|(month, factor)| (month.to_string(), decimal(factor)));
            keys.add_some("seasonality", mapping(factors));
        }
        Volume::ByMonth(months) => {
            let months = months.iter().map(|(month, of)| (month.to_string(), images(&of)));
            keys.add("accepted_images", mapping(months));
        }
    }
    add_months_and_tags(&mut keys, [workload.from, workload.to], &workload.tags);
    keys.add_some("assume", assume(&workload.assume));
    keys.add_some("spread", spread(&workload.spread));
    keys.add_some("other_costs", list(&workload.other_costs, other_cost));
    let changes = list(&workload.price_changes, |(from, factor)| price_change((*from, *factor)));
    keys.add_some("price_changes", changes);
    Value::Object(keys.0)
}

fn step(step: &Step) -> Value {
    let mut keys = Keys::default();
    add_step(&mut keys, step);
    keys.add("per_accepted", step.per_accepted);
    Value::Object(keys.0)
}

fn add_step(keys: &mut Keys, step: &Step) {
    keys.add("request", request(&step.draft, step.resolution.as_deref()));
    keys.add_known("route", step.route.clone());
    keys.add("attempts", attempts(&step.rates));
}

fn request(draft: &Draft, resolution: Option<&str>) -> Value {
    let mut keys = Keys::default();
    keys.add_known("model", draft.model.clone());
    keys.add_known("size", draft.size.clone());
    keys.add_known("quality", draft.quality.clone());
    keys.add_known("n", draft.n);
    match &draft.prompt {
        None => {}
        Some(Prompt::Text(text)) => keys.add("prompt", text.as_str()),
        Some(Prompt::Tokens(tokens)) => keys.add("prompt_tokens", *tokens),
        Some(Prompt::BilledTokens(tokens)) => keys.add("billed_text_tokens", *tokens),
    }
    if draft.edit {
        keys.add("edit", true);
    }
    let images = list(&draft.input_images, |image| match &image.size {
        Ok(size) => size.to_string().into(),
        Err(_) => UNKNOWN_SIZE.into(),
    });
    keys.add_some("input_images", images);
    keys.add_known("input_fidelity", draft.input_fidelity.clone());
    keys.add_known("partial_images", draft.partial_images);
    keys.add_known("processing", draft.processing.map(|kind| kind.as_str()));
    keys.add_known("cached_text_tokens", draft.cached_text_tokens);
    keys.add_known("cached_image_tokens", draft.cached_image_tokens);
    keys.add_known("text_output_tokens", draft.text_output_tokens);
    keys.add_known("output_format", draft.output_format.clone());
    keys.add_known("resolution", resolution);
    // A budget has no key for the text alone: what the mainline model reads stays open in it, as it is here.
    let MainlineTurn { model, input_tokens, cached_tokens, output_tokens, text: _ } =
        &draft.mainline;
    keys.add_known("mainline_model", model.clone());
    keys.add_known("mainline_input_tokens", *input_tokens);
    keys.add_known("mainline_cached_tokens", *cached_tokens);
    keys.add_known("mainline_output_tokens", *output_tokens);
    keys.add_known("turns", draft.turns.map(|turns| turns.get()));
    Value::Object(keys.0)
}

fn attempts(rates: &AttemptRates) -> Value {
    let mut keys = Keys::default();
    keys.add_known("acceptance", rates.acceptance().map(percent));
    keys.add_known("attempts", rates.attempts().map(decimal));
    let failures = rates.failures();
    keys.add("failure_rate", percent(failures.failure_rate));
    keys.add("block_rate", percent(failures.block_rate));
    keys.add("timeout_rate", percent(failures.timeout_rate));
    keys.add_known("maximum", rates.maximum());
    Value::Object(keys.0)
}

fn images(images: &Images) -> Value {
    if images.is_exact() {
        return images.low.into();
    }
    let mut keys = Keys::default();
    keys.add("low", images.low);
    keys.add_known("expected", images.expected);
    keys.add("high", images.high);
    Value::Object(keys.0)
}

fn fallback(fallback: &Fallback) -> Value {
    let mut keys = Keys::default();
    keys.add("route", fallback.route.clone());
    let when: Vec<Value> = fallback.when.iter().map(|when| when.as_str().into()).collect();
    keys.add("when", when);
    Value::Object(keys.0)
}

fn assume(assume: &Assumptions) -> Value {
    let mut keys = Keys::default();
    keys.add_known("failed", assume.failed.map(|rule| rule.as_str()));
    keys.add_known("blocked", assume.blocked.map(|rule| rule.as_str()));
    keys.add_known("timeout", assume.timeout.map(|rule| rule.as_str()));
    keys.add_known("text_output_tokens", assume.text_output_tokens);
    keys.add_some("rates", list(&assume.rates, assumed_rate));
    Value::Object(keys.0)
}

fn assumed_rate(rate: &AssumedRate) -> Value {
    let mut keys = Keys::default();
    keys.add("meter", rate.meter.as_str());
    keys.add("processing", rate.processing.as_str());
    match &rate.price {
        AssumedPrice::AsStandard => keys.add("as", "standard"),
        AssumedPrice::Of(price, per) => {
            keys.add("price", decimal(*price));
            keys.add("per", per.as_str());
        }
    }
    Value::Object(keys.0)
}

fn spread(spread: &Spread) -> Value {
    let mut keys = Keys::default();
    for (name, rate) in spread.rates() {
        let mut of_rate = Keys::default();
        match rate {
            None => continue,
            Some(RateSpread::Sample { of }) => of_rate.add("of", of),
            Some(RateSpread::Range { low, high }) => {
                of_rate.add("low", percent(low));
                of_rate.add("high", percent(high));
            }
        }
        keys.add(name, Value::Object(of_rate.0));
    }
    for (name, weights) in spread.weights() {
        let share = |(rule, share): (&ChargeRule, &Decimal)| {
            (rule.as_str().to_owned(), percent(*share).into())
        };
        let weights = weights.iter().map(share);
        keys.add_some(name, mapping(weights));
    }
    Value::Object(keys.0)
}

fn other_cost(cost: &OtherCost) -> Value {
    let mut keys = Keys::default();
    keys.add("name", cost.name.clone());
    keys.add("amount", decimal(cost.amount));
    keys.add("per", cost.per.as_str());
    add_months_and_tags(&mut keys, [cost.from, cost.to], &cost.tags);
    Value::Object(keys.0)
}

fn seats(seats: &Seats) -> Value {
    let mut keys = Keys::default();
    keys.add("plan", seats.plan.clone());
    keys.add_known("offer", seats.offer.clone());
    keys.add_known("paid", seats.paid.map(Payment::as_str));
    keys.add("number", seats.number);
    add_months_and_tags(&mut keys, [seats.from, seats.to], &seats.tags);
    Value::Object(keys.0)
}

fn add_months_and_tags(
    keys: &mut Keys,
    [from, to]: [Option<Month>; 2],
    tags: &BTreeMap<String, String>,
) {
    keys.add_known("from", from.map(|month| month.to_string()));
    keys.add_known("to", to.map(|month| month.to_string()));
    let tags = tags.iter().map(|(key, value)| (key.clone(), Value::from(value.clone())));
    keys.add_some("tags", mapping(tags));
}

fn price_change((from, factor): (Month, Decimal)) -> Value {
    let mut keys = Keys::default();
    keys.add("percent", percent(factor - Decimal::ONE));
    keys.add("from", from.to_string());
    Value::Object(keys.0)
}

fn scenario(scenario: &Scenario) -> Value {
    let mut keys = Keys::default();
    keys.add("name", scenario.name.clone());
    match &scenario.changes[..] {
        [only] => add_change(&mut keys, only),
        changes => keys.add("changes", list(changes, change)),
    }
    Value::Object(keys.0)
}

fn change(changes: &Changes) -> Value {
    let mut keys = Keys::default();
    add_change(&mut keys, changes);
    Value::Object(keys.0)
}

fn add_change(keys: &mut Keys, changes: &Changes) {
    let Changes { workloads, steps, from, to, model, quality, size, processing, route, .. } =
        changes;
    let named: Vec<Value> = workloads.iter().map(|name| Value::from(name.as_str())).collect();
    keys.add_some("workloads", named.into());
    let steps: Vec<Value> = steps.iter().map(|step| Value::from(*step)).collect();
    keys.add_some("steps", steps.into());
    keys.add_known("from", from.map(|month| month.to_string()));
    keys.add_known("to", to.map(|month| month.to_string()));
    let Changes { volume_factor, rates, price_factor, .. } = changes;
    keys.add_known("model", model.clone());
    keys.add_known("quality", quality.clone());
    keys.add_known("size", size.clone());
    keys.add_known("processing", processing.map(|kind| kind.as_str()));
    keys.add_known("route", route.clone());
    keys.add_known("volume", volume_factor.map(decimal));
    let RateChanges { acceptance, attempts, failure_rate, block_rate, timeout_rate, maximum } =
        rates;
    keys.add_known("acceptance", acceptance.map(percent));
    keys.add_known("attempts", attempts.map(decimal));
    keys.add_known("failure_rate", failure_rate.map(percent));
    keys.add_known("block_rate", block_rate.map(percent));
    keys.add_known("timeout_rate", timeout_rate.map(percent));
    keys.add_known("maximum", *maximum);
    keys.add_known("price_change", price_factor.map(|factor| percent(factor - Decimal::ONE)));
}
