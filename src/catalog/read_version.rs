//! A price version as written → [`PriceVersion`].

use chrono::NaiveDate;
use rust_decimal::Decimal;
use std::collections::BTreeSet;
use std::sync::Arc;

use super::check::{Checker, all, optional};
use super::conditions::{Conditions, Processing};
use super::evidence::Evidence;
use super::known::KnownDays;
use super::position::Position;
use super::price::{
    Acknowledgement, AutoMeans, Bucket, Classes, CreditValue, NotOffered, NotStated, PriceUnit,
    PriceVersion, Rate, Rounding, SvgAuthoring, WhyNotStated,
};
use super::raw::{
    RawAcknowledgement, RawAutoMeans, RawBucket, RawClasses, RawCredit, RawNotOffered,
    RawNotStated, RawRate, RawRounding, RawSvgAuthoring, RawVersion, RawWhen, Spanned, Word,
};
use super::read_basis::basis;
use super::read_period::RawDays;
use super::words::Meters;
use super::yaml::span;
use crate::problem::ProblemCode;
use crate::unit::Meter;

pub(super) fn version(check: &mut Checker, raw: &Spanned<RawVersion>) -> Option<PriceVersion> {
    let at = raw.place()?;
    let position = at.clone();
    let raw = &raw.value;
    let evidence = check.evidence(&raw.evidence).map(Arc::new);
    let seen = evidence.as_ref().map(|evidence| evidence.seen);
    let days = RawDays {
        from: raw.from.as_ref(),
        until: raw.until.as_ref(),
        announced: raw.announced.as_ref(),
        first_seen: raw.first_seen.as_ref(),
        seen_no_later_than: raw.seen_no_later_than.as_ref(),
    };
    let period = check.period(&days, seen, at.clone());
    let unit = unit(check, raw, at.clone());
    let rates = rates(check, &raw.rates);
    let cheapest_of = all(raw.cheapest_of.iter().map(|list| self::rates(check, list)).collect());
    let factor = raw.factor.as_ref().map_or(Some(Decimal::ONE), |raw| check.positive(raw));
    let basis = basis(check, raw);
    if raw.rates.is_empty() && raw.cheapest_of.is_empty() && basis == Some(None) {
        let help = "add `rates`, or a `basis` or `discount` where the owner states its price by way of another list";
        check.report(ProblemCode::Empty, at, "the version has no rates", help);
    }
    let classes = optional(raw.classes.as_ref(), |raw| classes(check, raw));
    let auto_means =
        raw.auto_means.as_ref().map_or(Some(AutoMeans::default()), |raw| auto_means(check, raw));
    let images_per_call = optional(raw.images_per_call.as_ref(), |raw| check.small(raw));
    let rounding = optional(raw.rounding.as_ref(), |raw| rounding(check, raw));
    let svg_authoring =
        optional(raw.svg_authoring.as_ref(), |raw| svg_authoring(check, raw, position.clone()));
    let floor = optional(raw.floor.as_ref(), |raw| check.positive(raw));
    let not_billed = meters(check, &raw.not_billed);
    report_unknown_classes(check, raw, classes.as_ref().and_then(Option::as_ref));
    report_contradictions(check, raw, rates.as_deref(), not_billed.as_ref());
    let not_stated = all(raw.not_stated.iter().map(|raw| not_stated(check, raw)).collect());
    let not_offered = all(raw.not_offered.iter().map(|raw| not_offered(check, raw)).collect());
    let acknowledged = all(raw.acknowledged.iter().map(|raw| acknowledged(check, raw)).collect());
    Some(PriceVersion {
        period: period?,
        unit: unit?,
        evidence: evidence?,
        rates: rates?,
        cheapest_of: cheapest_of?,
        factor: factor?,
        basis: basis?,
        classes: classes?,
        auto_means: auto_means?,
        images_per_call: images_per_call?,
        rounding: rounding?,
        floor: floor?,
        svg_authoring: svg_authoring?,
        not_billed: not_billed?,
        not_stated: not_stated?,
        not_offered: not_offered?,
        acknowledged: acknowledged?,
        position: Position(position),
    })
}

/// Writing an SVG file is included, or has rates; to say neither is to leave the key out.
fn svg_authoring(
    check: &mut Checker,
    raw: &RawSvgAuthoring,
    at: std::ops::Range<usize>,
) -> Option<SvgAuthoring> {
    let included = optional(raw.included.as_ref(), |raw| check.flag(raw))?;
    match (included, raw.rates.is_empty()) {
        (Some(true), true) => Some(SvgAuthoring::Included),
        (None, false) => rates(check, &raw.rates).map(SvgAuthoring::Rates),
        _ => {
            let message = "`svg_authoring` is either `included: true` or `rates`";
            let help = "write what the source states, or leave the key out where it states neither";
            check.report(ProblemCode::MissingKey, at, message, help);
            None
        }
    }
}

fn unit(check: &mut Checker, raw: &RawVersion, at: std::ops::Range<usize>) -> Option<PriceUnit> {
    match (&raw.currency, &raw.credit) {
        (Some(currency), None) => {
            let help = "write an ISO 4217 code such as USD or CNY, or enter a `credit`";
            check.currency(currency, help).map(PriceUnit::Currency)
        }
        (None, Some(raw)) => credit(check, raw),
        _ => {
            let help = "write `currency: USD`, or `credit` with its name and value";
            check.report(
                ProblemCode::MissingKey,
                at,
                "a version needs either `currency` or `credit`",
                help,
            );
            None
        }
    }
}

fn credit(check: &mut Checker, raw: &RawCredit) -> Option<PriceUnit> {
    let name = check.text(&raw.name);
    let value = match (&raw.usd_each, &raw.per_usd) {
        (None, None) => Some(CreditValue::NotFound),
        (Some(usd), None) => check.positive(usd).map(CreditValue::UsdEach),
        (None, Some(per)) => check.positive(per).map(CreditValue::PerUsd),
        (Some(_), Some(per)) => {
            let message = "a credit has either `usd_each` or `per_usd`";
            check.report(
                ProblemCode::OutOfRange,
                span(per),
                message,
                "keep the one that the source states",
            );
            None
        }
    };
    Some(PriceUnit::Credit(name?, value?))
}

fn rates(check: &mut Checker, raw: &[RawRate]) -> Option<Vec<Arc<Rate>>> {
    all(raw.iter().map(|raw| rate(check, raw).map(Arc::new)).collect())
}

fn rate(check: &mut Checker, raw: &RawRate) -> Option<Rate> {
    let meter = check.word(&raw.meter);
    let when = conditions(check, raw.when.as_ref());
    let price = check.price(&raw.price);
    let per = check.word(&raw.per);
    let after = raw.after.as_ref().map_or(Some(0), |raw| check.tokens(raw));
    let whole_units = raw.whole_units.as_ref().map_or(Some(false), |raw| check.flag(raw));
    let inferred = inferred(check, raw);
    let evidence = optional(raw.evidence.as_ref(), |raw| check.evidence(raw).map(Arc::new));
    let known_from = known_from(check, raw, evidence.as_ref().and_then(Option::as_ref));
    Some(Rate {
        meter: meter?,
        when: when?,
        price: price?,
        per: per?,
        after: after?,
        whole_units: whole_units?,
        inferred: inferred?,
        evidence: evidence?,
        known_from: known_from?,
        position: Position(span(&raw.meter)),
    })
}

/// Whether the label of a rate is inferred; only a label can be.
fn inferred(check: &mut Checker, raw: &RawRate) -> Option<bool> {
    let Some(flag) = &raw.inferred else { return Some(false) };
    let has_label =
        raw.when.as_ref().is_some_and(|when| when.quality.is_some() || when.class.is_some());
    if !has_label {
        let help = "name the quality or class under `when`, or leave `inferred` out";
        let message = "a rate without a quality or class has no label that could be inferred";
        check.report(ProblemCode::NotHere, span(flag), message, help);
        return None;
    }
    check.flag(flag)
}

/// The day from which a rate with evidence of its own is known.
fn known_from(
    check: &mut Checker,
    raw: &RawRate,
    evidence: Option<&Arc<Evidence>>,
) -> Option<Option<NaiveDate>> {
    let days = [&raw.announced, &raw.first_seen, &raw.seen_no_later_than];
    let Some(evidence) = evidence else {
        if let Some(day) = days.into_iter().flatten().next() {
            let help = "add `evidence`, or leave the day out: a rate without its own is known with its version";
            let message = "the rate states a day of evidence that it does not have";
            check.report(ProblemCode::NotHere, span(day), message, help);
        }
        return Some(None);
    };
    let announced = check.optional_date(raw.announced.as_ref());
    let first_seen = check.first_seen(raw.first_seen.as_ref(), evidence.seen);
    let seen_no_later_than = check.optional_date(raw.seen_no_later_than.as_ref());
    let days = KnownDays {
        announced: announced?,
        first_seen: first_seen?,
        seen: evidence.seen,
        seen_no_later_than: seen_no_later_than?,
        from: None,
    };
    Some(days.first())
}

/// The conditions of all rates, as written.
pub(super) fn conditions_of(raw: &RawVersion) -> impl Iterator<Item = &RawWhen> {
    raw.rates.iter().chain(raw.cheapest_of.iter().flatten()).filter_map(|rate| rate.when.as_ref())
}

/// A class in a condition must be one of the version's classes.
fn report_unknown_classes(check: &mut Checker, raw: &RawVersion, classes: Option<&Classes>) {
    let names: Vec<&str> = classes
        .iter()
        .flat_map(|classes| &classes.buckets)
        .map(|bucket| bucket.name.as_str())
        .collect();
    for class in conditions_of(raw).filter_map(|when| when.class.as_ref()) {
        check.name(class, "class of this version", &names);
    }
}

/// A meter cannot be rated and not billed, and a rate after one without conditions never counts.
fn report_contradictions(
    check: &mut Checker,
    raw: &RawVersion,
    rates: Option<&[Arc<Rate>]>,
    not_billed: Option<&BTreeSet<Meter>>,
) {
    for (index, (rate, raw)) in rates.unwrap_or_default().iter().zip(&raw.rates).enumerate() {
        if not_billed.is_some_and(|meters| meters.contains(&rate.meter)) {
            let message = format!("`{}` has a rate and stands in `not_billed`", rate.meter);
            let help = "keep the one that the source states";
            check.report(ProblemCode::RatedAndNotBilled, span(&raw.meter), message, help);
        }
        let earlier = &rates.unwrap_or_default()[..index];
        let hidden = |other: &Arc<Rate>| {
            other.meter == rate.meter
                && (other.when == rate.when
                    || other.when == Conditions::none()
                        && rate.when.processing == Processing::Standard)
        };
        if earlier.iter().any(hidden) {
            let message =
                format!("this rate for `{}` never counts: one before it holds first", rate.meter);
            let help = "the first rate that fits counts; put the one with more conditions first";
            check.report(ProblemCode::UnreachableRate, span(&raw.meter), message, help);
        }
    }
}

/// A list of meters, in which `tokens` stands for all token meters.
fn meters(check: &mut Checker, raw: &[Word<Meters>]) -> Option<BTreeSet<Meter>> {
    let words: Vec<Meters> = all(raw.iter().map(|raw| check.word(raw)).collect())?;
    let named = |meter: &Meter| {
        words.iter().any(|word| match word {
            Meters::One(named) => named == meter,
            Meters::Tokens => meter.is_tokens(),
        })
    };
    Some(Meter::ALL.into_iter().filter(named).collect())
}

fn conditions(check: &mut Checker, raw: Option<&RawWhen>) -> Option<Conditions> {
    let Some(raw) = raw else { return Some(Conditions::none()) };
    let processing =
        raw.processing.as_ref().map_or(Some(Processing::Standard), |raw| check.word(raw));
    let quality = optional(raw.quality.as_ref(), |raw| check.text(raw));
    let size = optional(raw.size.as_ref(), |raw| check.size(raw));
    let class = optional(raw.class.as_ref(), |raw| check.text(raw));
    let mode = optional(raw.mode.as_ref(), |raw| check.word(raw));
    let format = optional(raw.format.as_ref(), |raw| check.text(raw));
    let aspect = optional(raw.aspect.as_ref(), |raw| check.word(raw));
    let input_tokens_up_to = optional(raw.input_tokens_up_to.as_ref(), |raw| check.tokens(raw));
    Some(Conditions {
        processing: processing?,
        quality: quality?,
        size: size?,
        class: class?,
        mode: mode?,
        format: format?,
        aspect: aspect?,
        input_tokens_up_to: input_tokens_up_to?,
    })
}

fn classes(check: &mut Checker, raw: &RawClasses) -> Option<Classes> {
    let by = check.word(&raw.by);
    let mut bucket = |raw: &RawBucket| {
        let name = check.text(&raw.name);
        let up_to = optional(raw.up_to.as_ref(), |raw| check.count(raw, 1, 1_000_000_000_000));
        Some(Bucket { name: name?, up_to: up_to? })
    };
    let buckets = all(raw.buckets.iter().map(&mut bucket).collect());
    Some(Classes { by: by?, buckets: buckets? })
}

fn auto_means(check: &mut Checker, raw: &RawAutoMeans) -> Option<AutoMeans> {
    let quality = optional(raw.quality.as_ref(), |raw| check.text(raw));
    let class = optional(raw.class.as_ref(), |raw| check.text(raw));
    Some(AutoMeans { quality: quality?, class: class? })
}

fn rounding(check: &mut Checker, raw: &RawRounding) -> Option<Rounding> {
    let of = check.word(&raw.of);
    let mode = check.word(&raw.mode);
    let to = check.positive(&raw.to);
    let disputed = raw.disputed.as_ref().map_or(Some(false), |raw| check.flag(raw));
    Some(Rounding { of: of?, mode: mode?, to: to?, disputed: disputed? })
}

fn not_stated(check: &mut Checker, raw: &RawNotStated) -> Option<NotStated> {
    let meters = meters(check, &raw.meters);
    let when = conditions(check, raw.when.as_ref());
    let reason = check.text(&raw.reason);
    Some(NotStated { meters: meters?, when: when?, why: WhyNotStated::LookedFor(reason?) })
}

fn not_offered(check: &mut Checker, raw: &RawNotOffered) -> Option<NotOffered> {
    let processing = optional(raw.processing.as_ref(), |raw| check.word(raw));
    let quality = optional(raw.quality.as_ref(), |raw| check.text(raw));
    let mode = optional(raw.mode.as_ref(), |raw| check.word(raw));
    let evidence = check.evidence(&raw.evidence).map(Arc::new);
    Some(NotOffered {
        processing: processing?,
        quality: quality?,
        mode: mode?,
        evidence: evidence?,
    })
}

fn acknowledged(check: &mut Checker, raw: &RawAcknowledgement) -> Option<Acknowledgement> {
    let warning = check.word(&raw.warning);
    let on = check.date(&raw.on);
    let reason = check.text(&raw.reason);
    let position = Position(span(&raw.warning));
    Some(Acknowledgement { warning: warning?, on: on?, reason: reason?, position })
}
