//! A route file → [`Route`].

use std::collections::BTreeMap;

use super::check::{Checker, all, optional};
use super::evidence::Evidence;
use super::guidance;
use super::locator::Located;
use super::owner::{Owner, OwnerKind};
use super::price::Contract;
use super::rate_limits::rate_limits;
use super::raw::{Price, RawDefaults, RawPublishedEstimates, RawRoute, SizeKey, Word};
use super::read_funding::funding;
use super::read_image_tool::image_tool;
use super::read_model::shutdown;
use super::read_terms::terms;
use super::read_version::version;
use super::route::{Defaults, Honoured, PublishedEstimates, Route, RouteId, Status, UpstreamModel};
use super::yaml::span;
use crate::problem::ProblemCode;

pub(super) fn route(
    check: &mut Checker,
    raw: &RawRoute,
    id: RouteId,
    owner: &Owner,
) -> Option<Route> {
    let model = check.text(&raw.model);
    let alias = check.statement(&raw.alias);
    let upstream_model = upstream_model(check, raw.upstream_model.as_ref(), &id);
    let base_url =
        raw.base_url.as_ref().map_or(Some(owner.base_url.clone()), |raw| check.statement(raw));
    let endpoint = check.statement(&raw.endpoint);
    let billing_unit = check.statement(&raw.billing_unit);
    let status = raw.status.as_ref().map_or(Some(Status::Priced), |raw| check.word(raw));
    let mut honoured =
        |raw: Option<&Word<Honoured>>| raw.map_or(Some(Honoured::NotStated), |raw| check.word(raw));
    let size_honoured = honoured(raw.size_honoured.as_ref());
    let quality_honoured = honoured(raw.quality_honoured.as_ref());
    let defaults = optional(raw.defaults.as_ref(), |raw| defaults(check, raw));
    let shutdown = optional(raw.shutdown.as_ref(), |raw| shutdown(check, raw));
    let risks = all(raw.risks.iter().map(|risk| check.text(risk)).collect());
    let guidance = guidance::own(check, &raw.guidance);
    let own_terms = terms(check, &raw.terms);
    let rate_limits = optional(raw.rate_limits.as_ref(), |raw| rate_limits(check, raw));
    let cached_discount_seen = optional(raw.cached_discount_seen.as_ref(), |raw| check.flag(raw));
    let funding = optional(raw.funding.as_ref(), |raw| funding(check, raw));
    let image_tool = optional(raw.image_tool.as_ref(), |raw| image_tool(check, raw));
    let versions: Option<Vec<_>> =
        all(raw.versions.iter().map(|raw| version(check, raw)).collect());
    report_missing_versions(check, raw, status);
    report_contracts(check, raw);
    if let Some(versions) = &versions {
        check.order(versions.iter().zip(raw.versions.iter().map(span)));
    }
    let published_estimates =
        optional(raw.published_estimates.as_ref(), |raw| estimates(check, raw));
    let advertised = optional(raw.advertised.as_ref(), |raw| {
        check.text(&raw.text).zip(check.evidence(&raw.evidence))
    });
    if let (Some(status), Some(advertised)) = (raw.status.as_ref().zip(status), &advertised) {
        report_unsupported_status(check, status, advertised.as_ref(), owner);
    }
    Some(Route {
        id,
        owner_name: owner.name.clone(),
        price_page: owner.price_page.clone(),
        model: model?,
        alias: alias?,
        upstream_model: upstream_model?,
        contract: Contract::List,
        origin: check.origin(),
        base_url: base_url?,
        endpoint: endpoint?,
        billing_unit: billing_unit?,
        status: status?,
        size_honoured: size_honoured?,
        quality_honoured: quality_honoured?,
        defaults: defaults?,
        shutdown: shutdown?,
        risks: risks?,
        guidance: guidance?,
        terms: own_terms?.over(&owner.terms),
        rate_limits: rate_limits?,
        cached_discount_seen: cached_discount_seen?,
        funding: funding?.or_else(|| owner.funding.clone()),
        image_tool: image_tool?,
        at_most_standard: owner.at_most_standard.clone(),
        versions: versions?,
        price_known_from: None,
        published_estimates: published_estimates?,
        advertised: advertised?,
    })
}

/// Of an official route the model is the owner's own; of others it must be stated.
fn upstream_model(
    check: &mut Checker,
    raw: Option<&Word<UpstreamModel>>,
    id: &RouteId,
) -> Option<UpstreamModel> {
    match (raw, id.kind) {
        (Some(raw), _) => check.word(raw),
        (None, OwnerKind::Official) => Some(UpstreamModel::Stated),
        (None, _) => Some(UpstreamModel::NotStated),
    }
}

fn defaults(check: &mut Checker, raw: &RawDefaults) -> Option<Defaults> {
    let size = optional(raw.size.as_ref(), |raw| check.size(raw));
    let quality = optional(raw.quality.as_ref(), |raw| check.text(raw));
    let evidence = check.evidence(&raw.evidence);
    let place = raw.evidence.source.place().filter(|_| raw.size.is_none() && raw.quality.is_none());
    if let Some(at) = place {
        let help = "add `size` or `quality`, or leave `defaults` out";
        check.report(ProblemCode::Empty, at, "the defaults name no size and no quality", help);
    }
    Some(Defaults { size: size?, quality: quality?, evidence: evidence? })
}

fn report_missing_versions(check: &mut Checker, raw: &RawRoute, status: Option<Status>) {
    if raw.versions.is_empty() && status == Some(Status::Priced) {
        let help = "add one with `currency`, `evidence` and `rates`, or say `status: not_found`";
        check.report(ProblemCode::Empty, span(&raw.alias), "the route has no price version", help);
    }
}

/// What a table says of its owner rests on a source: that a price is published, or that none is public.
fn report_unsupported_status(
    check: &mut Checker,
    (raw, status): (&Word<Status>, Status),
    advertised: Option<&(String, Evidence)>,
    owner: &Owner,
) {
    let word = status.as_str();
    if !matches!(status, Status::NotEntered | Status::NotPublic) {
        return;
    }
    let Some((_, by)) = advertised else {
        let message =
            format!("`status: {word}` needs `advertised`: what is said, by whom and when");
        let help =
            "add it with its evidence, or say `status: not_found`, which says nothing of the owner";
        check.report(ProblemCode::MissingKey, span(raw), message, help);
        return;
    };
    let has_address = |it: &Located| !it.addresses().is_empty();
    if status == Status::NotEntered
        && ![&by.locators, &owner.price_page].into_iter().any(has_address)
    {
        let message = format!("`status: {word}` needs an address at which the price can be read");
        let help = "add `locators` to the evidence of `advertised` or `price_page` to the owner, or say `status: not_found`";
        check.report(ProblemCode::MissingKey, span(raw), message, help);
    }
}

/// Whose price a version states is a matter of amendments: a route's own table is its owner's list.
fn report_contracts(check: &mut Checker, raw: &RawRoute) {
    for contract in raw.versions.iter().filter_map(|version| version.value.contract.as_ref()) {
        let message = "`contract` stands in amendments only: this table is the owner's list";
        let help = "put the version into amendments/<kind>/<owner>/<route>.yaml of your own folder";
        check.report(ProblemCode::NotHere, span(contract), message, help);
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

fn size_key(check: &mut Checker, key: &SizeKey, value: &Price) -> Option<crate::size::Size> {
    check.size_text(key, value.place()?)
}
