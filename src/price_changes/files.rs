//! What differs between the same tables of two catalogues, on whatever day it holds.

use std::sync::Arc;

use super::Both;
use crate::catalog::Catalog;
use crate::catalog::LookupError;
use crate::catalog::dated::Period;
use crate::catalog::figures::figures;
use crate::catalog::model::Model;
use crate::catalog::price::PriceVersion;
use crate::catalog::route::Route;
use crate::estimate::EstimateError;

/// A version of a route's prices that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionChange {
    /// Its days on each side, where it is there.
    pub periods: Both<Option<Period>>,
    /// What differs.
    pub what: What,
}

/// A model that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelChange {
    /// Its id.
    pub id: String,
    /// What differs.
    pub what: What,
}

/// What differs between two states of a file or version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum What {
    /// It is on side A only.
    OnlyA,
    /// It is on side B only.
    OnlyB,
    /// What it says.
    Content,
    /// Only its sources, dates or notes.
    Evidence,
}

/// The versions that differ, matched by their first days.
pub(super) fn versions(routes: Both<&Arc<Route>>) -> Vec<VersionChange> {
    let [a, b] = routes.map(|route| &route.versions);
    let first = |version: &PriceVersion| version.period.first;
    let twin = |version: &PriceVersion, others: &[PriceVersion]| {
        others.iter().find(|other| first(other) == first(version)).cloned()
    };
    let mut changes: Vec<VersionChange> = Vec::new();
    for version in a {
        let periods =
            |other: Option<&PriceVersion>| [Some(version.period), other.map(|b| b.period)];
        let what = match twin(version, b) {
            None => Some((What::OnlyA, periods(None))),
            Some(other) if other == *version => None,
            Some(other) if is_same_price(&other, version) => {
                Some((What::Evidence, periods(Some(&other))))
            }
            Some(other) => Some((What::Content, periods(Some(&other)))),
        };
        changes.extend(what.map(|(what, periods)| VersionChange { periods, what }));
    }
    for version in b.iter().filter(|version| twin(version, a).is_none()) {
        changes.push(VersionChange { periods: [None, Some(version.period)], what: What::OnlyB });
    }
    changes.sort_by_key(|change| change.periods.iter().flatten().map(|period| period.first).min());
    changes
}

fn is_same_price(a: &PriceVersion, b: &PriceVersion) -> bool {
    a.period.until == b.period.until && figures(a) == figures(b)
}

/// What differs in a route besides its versions.
pub(super) fn others([a, b]: Both<&Arc<Route>>) -> Vec<&'static str> {
    let differing = [
        ("owner name", a.owner_name != b.owner_name),
        ("model", a.model != b.model),
        ("alias", a.alias != b.alias),
        ("which model answers", a.upstream_model != b.upstream_model),
        ("base URL", a.base_url != b.base_url),
        ("endpoint", a.endpoint != b.endpoint),
        ("billing unit", a.billing_unit != b.billing_unit),
        ("status", a.status != b.status),
        ("when the route ends", a.shutdown != b.shutdown),
        ("whether the size is honoured", a.size_honoured != b.size_honoured),
        ("whether the quality is honoured", a.quality_honoured != b.quality_honoured),
        ("what is made where a request leaves it out", a.defaults != b.defaults),
        ("risks", a.risks != b.risks),
        ("guidance", a.guidance != b.guidance),
        ("terms", a.terms != b.terms),
        ("rate limits", a.rate_limits != b.rate_limits),
        ("cached discount", a.cached_discount_seen != b.cached_discount_seen),
        ("how the unit is bought", a.funding != b.funding),
        ("published estimates", a.published_estimates != b.published_estimates),
        ("advertised price", a.advertised != b.advertised),
    ];
    differing.into_iter().filter(|(_, differs)| *differs).map(|(what, _)| what).collect()
}

/// The models that differ: with their rules, the cost of every route to them may change.
pub(super) fn models(catalogs: &Both<&Catalog>) -> Result<Vec<ModelChange>, EstimateError> {
    let of = |catalog: &Catalog| match catalog.models() {
        Ok(models) => Ok(models),
        Err(LookupError::Broken(problems)) => Err(EstimateError::Data(problems)),
        Err(_) => Ok(Vec::new()),
    };
    let [a, b]: Both<Vec<Arc<Model>>> = [of(catalogs[0])?, of(catalogs[1])?];
    let twin = |model: &Model, others: &[Arc<Model>]| {
        others.iter().find(|other| other.id == model.id).cloned()
    };
    let mut changes: Vec<ModelChange> = Vec::new();
    for model in &a {
        let what = match twin(model, &b) {
            None => What::OnlyA,
            Some(other) if other == *model => continue,
            Some(_) => What::Content,
        };
        changes.push(ModelChange { id: model.id.clone(), what });
    }
    for model in b.iter().filter(|model| twin(model, &a).is_none()) {
        changes.push(ModelChange { id: model.id.clone(), what: What::OnlyB });
    }
    changes.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(changes)
}
