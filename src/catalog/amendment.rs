//! Amendments: what a user has agreed, or knows, of a shipped route or owner.
//!
//! They stand in the user's own folder and change no shipped table: terms in writing join those of the
//! route, and a price of one's own becomes a route beside the list (`@ours`, `@correction`).

use super::check::{Checker, all, optional};
use super::funding::Funding;
use super::price::{Contract, PriceVersion};
use super::raw::{RawAmendment, RawVersion, Spanned, Word};
use super::read_funding::funding;
use super::read_terms::terms;
use super::read_version::version;
use super::route::{Route, Status};
use super::terms::Terms;
use super::yaml::span;
use crate::problem::ProblemCode;

/// What a user adds to a route, or to all routes of an owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amendment {
    /// Terms in writing, which go before the public ones.
    pub terms: Terms,
    /// How the unit is bought under the user's contract; the route's own way where it is left out.
    pub funding: Option<Funding>,
    /// Prices by contract, each the oldest first.
    pub versions: Vec<(Contract, PriceVersion)>,
}

impl Amendment {
    /// The contracts that it has prices for.
    pub fn contracts(&self) -> impl Iterator<Item = Contract> {
        let has = |contract: &Contract| self.versions.iter().any(|(own, _)| own == contract);
        Contract::IN_AMENDMENTS.into_iter().filter(has)
    }

    /// The route under one of the contracts, beside the list.
    pub fn route(&self, list: &Route, contract: Contract) -> Route {
        let versions = self.versions.iter().filter(|(own, _)| *own == contract);
        Route {
            id: list.id.under(contract),
            contract,
            origin: super::files::Origin::Own,
            status: Status::Priced,
            funding: self.funding.clone().or_else(|| list.funding.clone()),
            versions: versions.map(|(_, version)| version.clone()).collect(),
            price_known_from: None,
            published_estimates: None,
            advertised: None,
            ..list.clone()
        }
    }
}

/// An amendment as written → [`Amendment`]; of an owner (not a route) it has no prices.
pub(super) fn amendment(
    check: &mut Checker,
    raw: &RawAmendment,
    of_owner: bool,
) -> Option<Amendment> {
    let terms = terms(check, &raw.terms);
    let funding = optional(raw.funding.as_ref(), |raw| funding(check, raw));
    let versions: Option<Vec<_>> =
        all(raw.versions.iter().map(|raw| own_version(check, raw)).collect());
    if let (true, Some(first)) = (of_owner, raw.versions.first()) {
        let message = "prices belong to a route, not to an owner";
        let help = "put them into amendments/<kind>/<owner>/<route>.yaml";
        check.report(ProblemCode::NotHere, span(first), message, help);
    }
    let versions = versions?;
    for contract in Contract::IN_AMENDMENTS {
        let of_contract =
            versions.iter().zip(&raw.versions).filter(|((own, _), _)| *own == contract);
        check.order(of_contract.map(|((_, version), raw)| (version, span(raw))));
    }
    Some(Amendment { terms: terms?, funding: funding?, versions })
}

fn own_version(check: &mut Checker, raw: &Spanned<RawVersion>) -> Option<(Contract, PriceVersion)> {
    let contract = contract(check, raw.value.contract.as_ref(), raw);
    contract.zip(version(check, raw))
}

fn contract(
    check: &mut Checker,
    raw: Option<&Word<Contract>>,
    version: &Spanned<RawVersion>,
) -> Option<Contract> {
    let Some(raw) = raw else {
        let message = "the version does not say whose price it is";
        let help = "add `contract: ours` for a price you agreed, or `contract: correction` where the shipped list is wrong";
        check.report(ProblemCode::MissingKey, span(version), message, help);
        return None;
    };
    check.word(raw)
}
