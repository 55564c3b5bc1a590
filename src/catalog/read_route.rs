//! A route file → [`Route`].

use std::collections::{BTreeMap, BTreeSet};

use super::check::{Checker, all, optional};
use super::evidence::Evidence;
use super::owner::Owner;
use super::raw::{
    RawNotOffered, RawNotStated, RawPublishedEstimates, RawRate, RawRoute, RawVersion, RawWhen,
    Spanned, Text,
};
use super::read_owner::terms;
use super::route::{
    Conditions, NotStated, PriceVersion, Processing, PublishedEstimates, Rate, Route, RouteId,
};
use super::yaml::span;
use crate::problem::ProblemCode;
use crate::unit::{Meter, Per};

pub(super) fn route(
    check: &mut Checker,
    raw: &RawRoute,
    id: RouteId,
    owner: &Owner,
) -> Option<Route> {
    let model = check.text(&raw.model);
    let alias = check.text(&raw.alias);
    let endpoint = check.text(&raw.endpoint);
    let billing_unit = check.text(&raw.billing_unit);
    let own_terms = optional(raw.terms.as_ref(), |raw| terms(check, raw));
    let versions = all(raw.versions.iter().map(|raw| version(check, raw)).collect());
    if raw.versions.is_empty() {
        let help = "add one version with `currency`, `evidence` and `rates`";
        check.report(ProblemCode::Empty, span(&raw.alias), "the route has no price version", help);
    }
    if let Some(versions) = &versions {
        check.order(versions, &raw.versions);
    }
    let published_estimates =
        optional(raw.published_estimates.as_ref(), |raw| estimates(check, raw));
    Some(Route {
        id,
        owner_name: owner.name.clone(),
        model: model?,
        alias: alias?,
        endpoint: endpoint?,
        billing_unit: billing_unit?,
        terms: own_terms?.or_else(|| owner.terms.clone()),
        cached_discount_seen: raw.cached_discount_seen.as_ref().map(|seen| seen.value),
        versions: versions?,
        published_estimates: published_estimates?,
    })
}

fn version(check: &mut Checker, raw: &Spanned<RawVersion>) -> Option<PriceVersion> {
    let at = span(raw);
    let raw = &raw.value;
    let evidence = check.evidence(&raw.evidence);
    let seen = evidence.as_ref().and_then(|evidence| evidence.seen);
    let period = check.period(raw.from.as_ref(), raw.until.as_ref(), seen, at);
    let currency = currency(check, &raw.currency);
    let rates = all(raw.rates.iter().map(|raw| rate(check, raw)).collect());
    let not_billed = all(raw.not_billed.iter().map(|raw| meter(check, raw)).collect());
    let not_stated = all(raw.not_stated.iter().map(|raw| not_stated(check, raw)).collect());
    let not_offered = all(raw.not_offered.iter().map(|raw| not_offered(check, raw)).collect());
    Some(PriceVersion {
        period: period?,
        currency: currency?,
        evidence: evidence?,
        rates: rates?,
        not_billed: not_billed?.into_iter().collect::<BTreeSet<_>>(),
        not_stated: not_stated?,
        not_offered: not_offered?,
    })
}

fn currency(check: &mut Checker, raw: &Text) -> Option<String> {
    check
        .word(raw, ProblemCode::UnknownWord, "currency", &[("USD", ())])
        .map(|()| raw.value.clone())
}

fn rate(check: &mut Checker, raw: &RawRate) -> Option<Rate> {
    let meter = meter(check, &raw.meter);
    let when = conditions(check, raw.when.as_ref());
    let price = check.price(&raw.price);
    let per = scale(check, &raw.per);
    let evidence = optional(raw.evidence.as_ref(), |raw| check.evidence(raw));
    Some(Rate { meter: meter?, when: when?, price: price?, per: per?, evidence: evidence? })
}

fn not_stated(check: &mut Checker, raw: &RawNotStated) -> Option<NotStated> {
    let meters = all(raw.meters.iter().map(|raw| meter(check, raw)).collect());
    let when = conditions(check, raw.when.as_ref());
    let reason = check.text(&raw.reason);
    Some(NotStated { meters: meters?.into_iter().collect(), when: when?, reason: reason? })
}

fn meter(check: &mut Checker, raw: &Text) -> Option<Meter> {
    let words = Meter::ALL.map(|meter| (meter.as_str(), meter));
    check.word(raw, ProblemCode::UnknownMeter, "meter", &words)
}

fn scale(check: &mut Checker, raw: &Text) -> Option<Per> {
    let words = Per::ALL.map(|per| (per.as_str(), per));
    check.word(raw, ProblemCode::UnknownWord, "scale", &words)
}

fn conditions(check: &mut Checker, raw: Option<&RawWhen>) -> Option<Conditions> {
    let processing = match raw.and_then(|when| when.processing.as_ref()) {
        Some(raw) => processing(check, raw),
        None => Some(Processing::Standard),
    };
    let limit = raw.and_then(|when| when.input_tokens_up_to.as_ref());
    let input_tokens_up_to = optional(limit, |raw| check.tokens(raw));
    Some(Conditions { processing: processing?, input_tokens_up_to: input_tokens_up_to? })
}

fn processing(check: &mut Checker, raw: &Text) -> Option<Processing> {
    let words = Processing::ALL.map(|kind| (kind.as_str(), kind));
    check.word(raw, ProblemCode::UnknownWord, "kind of processing", &words)
}

fn not_offered(check: &mut Checker, raw: &RawNotOffered) -> Option<(Processing, Evidence)> {
    let processing = processing(check, &raw.processing);
    let evidence = check.evidence(&raw.evidence);
    processing.zip(evidence)
}

fn estimates(check: &mut Checker, raw: &RawPublishedEstimates) -> Option<PublishedEstimates> {
    let evidence = check.evidence(&raw.evidence);
    let mut per_image = BTreeMap::new();
    for (quality, sizes) in &raw.per_image {
        let by_size: &mut BTreeMap<_, _> = per_image.entry(quality.clone()).or_default();
        for (size, price) in sizes {
            let (size, price) = (check.size_text(size, span(price)), check.price(price));
            by_size.extend(size.zip(price));
        }
    }
    Some(PublishedEstimates { evidence: evidence?, per_image })
}
