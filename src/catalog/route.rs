//! A route: one way to get an image under one owner's contract.

use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::fmt;

use super::evidence::Evidence;
use super::funding::Funding;
use super::owner::{OwnerKind, Terms};
use super::price::PriceVersion;
use crate::size::Size;

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
    /// Where requests go; `None` if not stated.
    pub endpoint: Option<String>,
    /// What is billed, in words; `None` if not stated.
    pub billing_unit: Option<String>,
    /// Whether the route has a price at all.
    pub status: Status,
    /// Whether the size asked for is the size made.
    pub size_honoured: Honoured,
    /// Whether the quality asked for is the quality made.
    pub quality_honoured: Honoured,
    /// What is said against using the route, in words.
    pub risks: Vec<String>,
    /// The terms of the contract, if any are entered.
    pub terms: Option<Terms>,
    /// Whether a recorded reply has shown the cached discount on this route; `None` if not stated.
    pub cached_discount_seen: Option<bool>,
    /// How the unit of the prices is bought, if it is not paid as used.
    pub funding: Option<Funding>,
    /// The prices by date, the oldest first.
    pub versions: Vec<PriceVersion>,
    /// What the owner itself publishes as an estimate per image. Display data: rating cannot read it.
    pub published_estimates: Option<PublishedEstimates>,
}

/// Whether a route has a price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Prices are entered.
    Priced,
    /// The owner publishes no price: a dashboard, a quote, a live page only.
    NotPublic,
    /// Sold by subscription for work by hand: no price for API work.
    SubscriptionOnly,
    /// Known to be unusable.
    DoNotUse,
}

impl Status {
    /// Every status.
    pub const ALL: [Status; 4] =
        [Status::Priced, Status::NotPublic, Status::SubscriptionOnly, Status::DoNotUse];

    /// The word in the tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Status::Priced => "priced",
            Status::NotPublic => "not_public",
            Status::SubscriptionOnly => "subscription_only",
            Status::DoNotUse => "do_not_use",
        }
    }
}

/// Whether a route does what a parameter asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Honoured {
    /// It does.
    Yes,
    /// It takes the parameter and ignores it, or does not take it.
    No,
    /// Not stated.
    NotStated,
}

impl Honoured {
    /// Every answer.
    pub const ALL: [Honoured; 3] = [Honoured::Yes, Honoured::No, Honoured::NotStated];

    /// The word in tables and output.
    pub fn as_str(self) -> &'static str {
        match self {
            Honoured::Yes => "yes",
            Honoured::No => "no",
            Honoured::NotStated => "not_stated",
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
