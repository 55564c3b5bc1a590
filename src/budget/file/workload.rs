//! A workload as written → [`Workload`], with what was taken for granted.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::assume::assume;
use super::attempts;
use super::frame::Frame;
use super::other_costs::other_costs;
use super::raw::{RawFallback, RawPriceChange, RawRequest, RawStep, RawWorkload};
use super::request;
use super::span::in_order;
use super::spread::spread;
use super::tags::tags;
use super::volume;
use crate::attempts::AttemptRates;
use crate::budget::Assumption;
use crate::budget::month::Month;
use crate::budget::spread::Spread;
use crate::budget::step::Step;
use crate::budget::volume::Volume;
use crate::budget::workload::{
    Assumptions, CostPer, Fallback, MOST_PER_ACCEPTED, OtherCost, Workload,
};
use crate::catalog::check::Checker;
use crate::catalog::yaml::span;
use crate::money;
use crate::problem::ProblemCode;

pub(super) fn workload(
    check: &mut Checker,
    raw: &RawWorkload,
    frame: &Frame,
    assumed: &mut Vec<Assumption>,
) -> Option<Workload> {
    let name = check.text(&raw.name);
    let mut said = Vec::new();
    let steps = steps(check, raw, frame, &mut said);
    if raw.attempts.is_none() && !raw.steps.as_ref().is_some_and(|it| own_attempts(&it.value)) {
        assumed.extend(name.clone().map(Assumption::Rates));
    }
    let fallback = raw.fallback.as_ref().map_or(Some(None), |raw| fallback(check, raw).map(Some));
    let volume = volume::volume(check, raw);
    let from = check.optional_month(raw.from.as_ref());
    let to = check.optional_month(raw.to.as_ref());
    let tags = tags(check, &raw.tags);
    let assume = raw.assume.as_ref().map_or(Some(Assumptions::default()), |it| assume(check, it));
    let last = steps.as_ref().and_then(|steps| steps.last()).map(|step| &step.rates);
    let spread = raw.spread.as_ref().map_or(Some(Spread::default()), |it| spread(check, it, last));
    let other_costs = other_costs(check, &raw.other_costs, frame, false);
    let changes = raw.price_changes.iter().map(|it| price_change(check, it));
    let price_changes: Option<Vec<_>> = changes.collect::<Vec<_>>().into_iter().collect();
    let (from, to) = (from?, to?);
    let in_order = months_in_order(check, raw, frame, [from, to]);
    if matches!(volume, Some(Volume::Growing { .. })) && raw.growth.is_none() {
        assumed.extend(name.clone().map(Assumption::Growth));
    }
    if let Some(name) = &name {
        assumed.extend(said.into_iter().map(|text| Assumption::OfFile(format!("{name}: {text}"))));
    }
    let workload = Workload {
        name: name?,
        steps: steps?,
        fallback: fallback?,
        volume: volume?,
        from,
        to,
        tags: tags?,
        assume: assume?,
        other_costs: other_costs?,
        price_changes: price_changes?,
        spread: spread?,
    };
    (in_order? && fits(check, raw, frame, &workload)).then_some(workload)
}

fn steps(
    check: &mut Checker,
    raw: &RawWorkload,
    frame: &Frame,
    said: &mut Vec<String>,
) -> Option<Vec<Step>> {
    let of_all = raw
        .attempts
        .as_ref()
        .map_or(Some(AttemptRates::ONE_ATTEMPT), |raw| attempts::rates(check, raw));
    let route = check.optional_text(raw.route.as_ref());
    let (of_all, route) = match (&raw.request, &raw.steps) {
        (Some(_), Some(steps)) => {
            let message = "`request` and `steps` say the same in two ways";
            let help = "keep `request` for one request, or `steps` for several";
            check.report(ProblemCode::EitherOr, span(steps), message, help);
            return None;
        }
        (None, None) => {
            let at = raw.name.place()?;
            let message = "the workload has no request";
            let help = "add `request: {size: 1024x1536, quality: high}`, or `steps`";
            check.report(ProblemCode::MissingKey, at, message, help);
            return None;
        }
        (Some(raw), None) => {
            let step = step(check, &raw.value, frame, said);
            return Some(vec![Step { rates: of_all?, route: route?, ..step? }]);
        }
        (None, Some(_)) => (of_all, route),
    };
    let steps = raw.steps.as_ref()?;
    if steps.value.is_empty() {
        let help = "add a step, or write `request` in its place";
        check.report(ProblemCode::Empty, span(steps), "the workload has no step", help);
        return None;
    }
    let last = steps.value.len() - 1;
    let several = last > 0 && raw.attempts.is_some();
    if several && steps.value.iter().any(|step| step.attempts.is_none()) {
        said.push(
            "failures, blocks and time-outs are the same in every step without its own attempts; \
             acceptance and the maximum are those of the last step"
                .to_owned(),
        );
    }
    let read = steps.value.iter().enumerate().map(|(index, raw)| {
        one_of_steps(check, raw, frame, said).and_then(|(step, own)| {
            let of_all = of_all?;
            let inherited = if index == last { Some(of_all) } else { attempts::of_drafts(&of_all) };
            let rates = own.or(inherited)?;
            let step_route = step.route.clone();
            Some(Step { rates, route: step_route.or_else(|| route.clone().flatten()), ..step })
        })
    });
    read.collect::<Vec<_>>().into_iter().collect()
}

fn own_attempts(steps: &[RawStep]) -> bool {
    steps.iter().any(|step| step.attempts.is_some())
}

/// A step, and its own rates if it has any.
fn one_of_steps(
    check: &mut Checker,
    raw: &RawStep,
    frame: &Frame,
    said: &mut Vec<String>,
) -> Option<(Step, Option<AttemptRates>)> {
    let read = step(check, &raw.request.value, frame, said);
    let per_accepted = match &raw.per_accepted {
        None => Some(1),
        Some(raw) => check.count(raw, 1, MOST_PER_ACCEPTED),
    };
    let route = check.optional_text(raw.route.as_ref());
    let own = raw.attempts.as_ref().map_or(Some(None), |it| attempts::rates(check, it).map(Some));
    let step = Step { per_accepted: per_accepted?, route: route?, ..read? };
    Some((step, own?))
}

fn step(
    check: &mut Checker,
    raw: &RawRequest,
    frame: &Frame,
    said: &mut Vec<String>,
) -> Option<Step> {
    let resolution = check.optional_text(raw.resolution.as_ref());
    let (draft, notes) = request::draft(check, raw, (frame.files, frame.catalog))?;
    said.extend(notes);
    Some(Step { resolution: resolution?, ..Step::of(draft) })
}

fn fallback(check: &mut Checker, raw: &RawFallback) -> Option<Fallback> {
    let route = check.text(&raw.route);
    let words: Vec<_> = raw.when.value.iter().map(|word| check.word(word)).collect();
    let when: Option<BTreeSet<_>> = words.into_iter().collect();
    if raw.when.value.is_empty() {
        let help = "name what sends an image there: blocked, timeout, failed or over_limit";
        check.report(ProblemCode::Empty, span(&raw.when), "the fallback is never used", help);
        return None;
    }
    Some(Fallback { route: route?, when: when? })
}

/// A change of the price: from a month on, times a factor.
fn price_change(check: &mut Checker, raw: &RawPriceChange) -> Option<(Month, Decimal)> {
    let (factor, from) = (check.price_change(&raw.percent), check.month(&raw.from));
    Some((from?, factor?))
}

fn months_in_order(
    check: &mut Checker,
    raw: &RawWorkload,
    frame: &Frame,
    [from, to]: [Option<Month>; 2],
) -> Option<bool> {
    let Some([first, last]) = frame.months else { return Some(true) };
    let written = [raw.from.as_ref(), raw.to.as_ref()];
    in_order(check, "workload", written, [from, to], [first, last])?;
    let super::leaves::RawImages::Keys(keys) = &raw.accepted_images.value else {
        return Some(true);
    };
    let mut inside = true;
    for (key, _) in keys {
        let month = key.value.parse::<Month>().ok();
        if month.is_some_and(|month| !(first..=last).contains(&month)) {
            let message = format!("{} is no month of the budget, {first} to {last}", &*key.value);
            let help = "correct the month, or `start` and `months` of the budget";
            check.report(ProblemCode::OutOfRange, span(key), message, help);
            inside = false;
        }
    }
    inside.then_some(true)
}

/// Whether volumes and what comes with them can be counted over the whole budget.
fn fits(check: &mut Checker, raw: &RawWorkload, frame: &Frame, workload: &Workload) -> bool {
    let Some([first, last]) = frame.months else { return true };
    let start = workload.first_month(first);
    let end = workload.to.map_or(last, |to| to.min(last));
    let first = first.max(start);
    let index = |month: Month| u32::try_from(month.since(start)).unwrap_or(0);
    let is_billed_by_image = |cost: &OtherCost| cost.per != CostPer::Month;
    // A volume that grows is largest in the last month: where that fits and nothing is billed by the image, all fit.
    let of_last = || workload.volume.of(end, index(end));
    if workload.volume.grows()
        && end >= first
        && of_last().is_ok()
        && !workload.other_costs.iter().any(is_billed_by_image)
    {
        return true;
    }
    let mut images = Decimal::ZERO;
    let mut month = first;
    let index = index(month);
    for found in workload.volume.from(month, index) {
        if month > end {
            break;
        }
        match found {
            Ok(found) => images += Decimal::from(found.high),
            Err(_) => {
                let at = raw.growth.as_ref().map_or_else(|| span(&raw.accepted_images), span);
                let most = crate::budget::images::MOST_IMAGES;
                let message = format!("the volume grows beyond {most} images a month in {month}");
                let help = "use less growth, or a `to`";
                check.report(ProblemCode::Overflow, at, message, help);
                return false;
            }
        }
        month = month.plus(1);
    }
    let mut fit = true;
    for (cost, raw) in workload.other_costs.iter().zip(&raw.other_costs) {
        if cost.per != CostPer::Month && money::multiply(cost.amount, images).is_err() {
            let message = format!("{} for each of {images} images cannot be added up", cost.amount);
            let help = "use a smaller amount, or fewer decimal places";
            check.report(ProblemCode::Overflow, span(&raw.amount), message, help);
            fit = false;
        }
    }
    fit
}
