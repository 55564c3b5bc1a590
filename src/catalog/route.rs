//! A route: one way to get an image under one owner's contract, and its price table.

use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::dated::{Dated, Period};
use super::evidence::Evidence;
use super::owner::{OwnerKind, Terms};
use crate::size::Size;
use crate::unit::{Meter, Per};

/// The id of a route: the path of its file without the ending, such as `official/openai/gpt-image-2`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RouteId {
    /// What the owner is to the model.
    pub kind: OwnerKind,
    /// The owner's id.
    pub owner: String,
    /// The rest of the path, with `@group` where one alias has several prices.
    pub name: String,
}

impl RouteId {
    /// The id that the path of a route file stands for: `<kind>/<owner>/<name>`.
    pub fn from_path(path: &str) -> Option<RouteId> {
        let (kind, rest) = path.split_once('/')?;
        let (owner, name) = rest.split_once('/')?;
        let kind = OwnerKind::ALL.into_iter().find(|k| k.as_str() == kind)?;
        let complete = !owner.is_empty() && !name.is_empty();
        complete.then(|| RouteId { kind, owner: owner.to_owned(), name: name.to_owned() })
    }

    /// The account group, where one alias has several prices.
    pub fn group(&self) -> Option<&str> {
        self.name.split_once('@').map(|(_, group)| group)
    }
}

impl fmt::Display for RouteId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}", self.kind.as_str(), self.owner, self.name)
    }
}

/// One way to get an image under one owner's contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// The id.
    pub id: RouteId,
    /// The name of the price owner for people.
    pub owner_name: String,
    /// The id of the model behind it.
    pub model: String,
    /// What the caller sends as the model.
    pub alias: String,
    /// Where requests go.
    pub endpoint: String,
    /// What is billed, in words.
    pub billing_unit: String,
    /// The terms of the contract, if any are entered.
    pub terms: Option<Terms>,
    /// Whether a recorded reply has shown the cached discount on this route; `None` if not stated.
    pub cached_discount_seen: Option<bool>,
    /// The prices by date, the oldest first.
    pub versions: Vec<PriceVersion>,
    /// What the owner itself publishes as an estimate per image. Display data: rating cannot read it.
    pub published_estimates: Option<PublishedEstimates>,
}

/// The rates of a route on certain days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceVersion {
    /// The days on which they hold.
    pub period: Period,
    /// The currency of the rates, as an ISO 4217 code.
    pub currency: String,
    /// Who says so.
    pub evidence: Evidence,
    /// The rates; per meter the first that fits counts.
    pub rates: Vec<Rate>,
    /// Meters that the owner states it does not bill.
    pub not_billed: BTreeSet<Meter>,
    /// Prices that were looked for and not found. A meter that stands nowhere is unknown as well.
    pub not_stated: Vec<NotStated>,
    /// Kinds of processing that the owner does not offer.
    pub not_offered: Vec<(Processing, Evidence)>,
}

impl Dated for PriceVersion {
    fn period(&self) -> Period {
        self.period
    }
}

/// A price of one meter, under conditions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rate {
    /// What is counted.
    pub meter: Meter,
    /// When the rate holds.
    pub when: Conditions,
    /// The price, in the currency of the version.
    pub price: Decimal,
    /// How many units the price is for.
    pub per: Per,
    /// Who says so, where that differs from the version.
    pub evidence: Option<Evidence>,
}

/// The statement that a price was looked for and not found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotStated {
    /// The meters without a price.
    pub meters: BTreeSet<Meter>,
    /// Under which conditions.
    pub when: Conditions,
    /// Where it was looked for.
    pub reason: String,
}

/// When a rate holds: all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conditions {
    /// For this kind of processing. A rate that names none is for standard processing: another
    /// kind is always an offer of its own and never taken as meant.
    pub processing: Processing,
    /// For calls of up to this many input tokens.
    pub input_tokens_up_to: Option<u64>,
}

/// How a call is processed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Processing {
    /// At once.
    Standard,
    /// Within a day, in a file with others.
    Batch,
}

impl Processing {
    /// Every kind.
    pub const ALL: [Processing; 2] = [Processing::Standard, Processing::Batch];

    /// The word in tables, flags and output.
    pub fn as_str(self) -> &'static str {
        match self {
            Processing::Standard => "standard",
            Processing::Batch => "batch",
        }
    }
}

/// Estimates per image that an owner publishes for a price by token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedEstimates {
    /// Who says so.
    pub evidence: Evidence,
    /// Quality → size → US dollars.
    pub per_image: BTreeMap<String, BTreeMap<Size, Decimal>>,
}

impl PublishedEstimates {
    /// The published estimate of one image, if there is one for this quality and size.
    pub fn of(&self, quality: &str, size: Size) -> Option<Decimal> {
        self.per_image.get(quality)?.get(&size).copied()
    }
}
