//! A route file → [`Route`].

use std::collections::BTreeMap;

use super::check::{Checker, all, optional};
use super::owner::Owner;
use super::raw::{RawPublishedEstimates, RawRoute, Spanned, Text};
use super::read_funding::funding;
use super::read_owner::terms;
use super::read_version::version;
use super::route::{Honoured, PublishedEstimates, Route, RouteId, Status};
use super::yaml::span;
use crate::problem::ProblemCode;

pub(super) fn route(
    check: &mut Checker,
    raw: &RawRoute,
    id: RouteId,
    owner: &Owner,
) -> Option<Route> {
    let model = check.text(&raw.model);
    let alias = check.text(&raw.alias);
    let endpoint = statement(check, &raw.endpoint);
    let billing_unit = statement(check, &raw.billing_unit);
    let status = raw.status.as_ref().map_or(Some(Status::Priced), |raw| status(check, raw));
    let size_honoured = honoured(check, raw.size_honoured.as_ref());
    let quality_honoured = honoured(check, raw.quality_honoured.as_ref());
    let risks = all(raw.risks.iter().map(|risk| check.text(risk)).collect());
    let own_terms = optional(raw.terms.as_ref(), |raw| terms(check, raw));
    let funding = optional(raw.funding.as_ref(), |raw| funding(check, raw));
    let versions = all(raw.versions.iter().map(|raw| version(check, raw)).collect());
    report_missing_versions(check, raw, status);
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
        status: status?,
        size_honoured: size_honoured?,
        quality_honoured: quality_honoured?,
        risks: risks?,
        terms: own_terms?.or_else(|| owner.terms.clone()),
        cached_discount_seen: raw.cached_discount_seen.as_ref().map(|seen| seen.value),
        funding: funding?,
        versions: versions?,
        published_estimates: published_estimates?,
    })
}

/// Text, or `None` for the word `not_stated`.
fn statement(check: &mut Checker, raw: &Text) -> Option<Option<String>> {
    if raw.value == "not_stated" { Some(None) } else { check.text(raw).map(Some) }
}

fn status(check: &mut Checker, raw: &Text) -> Option<Status> {
    let words = Status::ALL.map(|status| (status.as_str(), status));
    check.word(raw, ProblemCode::UnknownWord, "status of a route", &words)
}

fn honoured(check: &mut Checker, raw: Option<&Text>) -> Option<Honoured> {
    let words = Honoured::ALL.map(|answer| (answer.as_str(), answer));
    let read = |raw| check.word(raw, ProblemCode::UnknownWord, "answer", &words);
    raw.map_or(Some(Honoured::NotStated), read)
}

fn report_missing_versions(check: &mut Checker, raw: &RawRoute, status: Option<Status>) {
    if raw.versions.is_empty() && status == Some(Status::Priced) {
        let help = "add one with `currency`, `evidence` and `rates`, or say `status: not_public`";
        check.report(ProblemCode::Empty, span(&raw.alias), "the route has no price version", help);
    }
}

fn estimates(check: &mut Checker, raw: &RawPublishedEstimates) -> Option<PublishedEstimates> {
    let evidence = check.evidence(&raw.evidence);
    let mut per_image = BTreeMap::new();
    for (quality, sizes) in &raw.per_image {
        let by_size: &mut BTreeMap<_, _> = per_image.entry(quality.clone()).or_default();
        for (size, price) in sizes {
            let (size, price) = (size_key(check, size, price), check.price(price));
            by_size.extend(size.zip(price));
        }
    }
    Some(PublishedEstimates { evidence: evidence?, per_image })
}

fn size_key<T>(check: &mut Checker, key: &str, value: &Spanned<T>) -> Option<crate::size::Size> {
    check.size_text(key, span(value))
}
