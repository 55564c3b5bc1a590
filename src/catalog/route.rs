//! A route: one way to get an image under one owner's contract.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use super::at_most::AtMostStandard;
use super::dated::in_force;
use super::evidence::{Confidence, Evidence};
use super::files::Origin;
use super::funding::Funding;
use super::guidance::{Channel, Guidance};
use super::image_tool::ImageTool;
use super::life_cycle::Shutdown;
use super::locator::{Located, Locator};
use super::owner::OwnerKind;
use super::price::{Contract, PriceVersion};
use super::rate_limits::RateLimits;
use super::terms::Terms;
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

    /// The id of another route of the same owner.
    pub fn beside(&self, name: &str) -> RouteId {
        RouteId { name: name.to_owned(), ..self.clone() }
    }

    /// The id of the same route under another contract: `@ours`, or `-ours` behind a group.
    pub(crate) fn under(&self, contract: Contract) -> RouteId {
        let joint = if self.group().is_some() { '-' } else { '@' };
        let name = format!("{}{joint}{}", self.name, contract.as_str());
        RouteId { name, ..self.clone() }
    }

    /// The id of the list that a route under another contract stands beside; the id itself of a list.
    pub(crate) fn list(&self) -> RouteId {
        let strip = |contract: &Contract| {
            let name = self.name.strip_suffix(contract.as_str())?;
            name.strip_suffix(['@', '-']).map(str::to_owned)
        };
        let name = Contract::IN_AMENDMENTS.iter().find_map(strip);
        RouteId { name: name.unwrap_or_else(|| self.name.clone()), ..self.clone() }
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
    /// Where the price owner's prices are read.
    pub price_page: Located,
    /// The id of the model behind it.
    pub model: String,
    /// What the caller sends as the model; `None` if not stated.
    pub alias: Option<String>,
    /// Whether it is stated which model answers to the alias.
    pub upstream_model: UpstreamModel,
    /// Whose price the versions state.
    pub contract: Contract,
    /// Who keeps the table.
    pub origin: Origin,
    /// Where its API is reached; `None` if not stated.
    pub base_url: Option<String>,
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
    /// What it makes where a request names no size or quality, where its owner states that.
    pub defaults: Option<Defaults>,
    /// What is said against using the route, in words.
    pub risks: Vec<String>,
    /// What the route says of whom it is for; what it leaves out is its channel's.
    pub guidance: Guidance,
    /// When its owner ends it, where that is stated of the route itself.
    pub shutdown: Option<Shutdown>,
    /// The terms of the contract.
    pub terms: Terms,
    /// How much of it an account may use at a time, if it is stated.
    pub rate_limits: Option<RateLimits>,
    /// Whether a recorded reply has shown the cached discount on this route; `None` if not stated.
    pub cached_discount_seen: Option<bool>,
    /// How the unit of the prices is bought, if it is not paid as used.
    pub funding: Option<Funding>,
    /// The image tool, where a mainline model calls the image model and is billed as well.
    pub image_tool: Option<ImageTool>,
    /// Kinds of processing that cost no more than standard processing, by the word of the owner.
    pub at_most_standard: Arc<[AtMostStandard]>,
    /// The prices by date, the oldest first.
    pub versions: Vec<PriceVersion>,
    /// The day from which its first price is known, where none was known by the day that is asked for.
    pub price_known_from: Option<NaiveDate>,
    /// What the owner itself publishes as an estimate per image. Display data: rating cannot read it.
    pub published_estimates: Option<PublishedEstimates>,
    /// What the owner advertises without stating a price for every request, such as "from $0.06". Display
    /// data: rating cannot read it.
    pub advertised: Option<(String, Evidence)>,
}

impl Route {
    /// Whether its callers send this name as the model.
    pub fn is_asked_for_by(&self, name: &str) -> bool {
        self.alias.as_ref().is_some_and(|alias| alias.eq_ignore_ascii_case(name))
    }

    /// Whether a version of its prices is in this currency or credit.
    pub fn is_priced_in(&self, unit: &str) -> bool {
        self.versions.iter().any(|version| version.unit.name() == unit)
    }

    /// The kind of offer that it is.
    pub fn channel(&self) -> Channel {
        match self.id.kind {
            _ if self.status == Status::SubscriptionOnly => Channel::App,
            OwnerKind::Official => Channel::OfficialApi,
            OwnerKind::Provider => Channel::Provider,
            OwnerKind::Wrapper => Channel::Wrapper,
        }
    }

    /// Where its price may be looked for: where what is said of it was read, and its owner's price page; each address once.
    pub fn look_at(&self) -> Vec<Locator> {
        let said = self.advertised.iter().flat_map(|(_, by)| by.locators.addresses());
        let mut found: Vec<Locator> = Vec::new();
        for address in said.chain(self.price_page.addresses()) {
            if !found.contains(address) {
                found.push(address.clone());
            }
        }
        found
    }

    /// Its status on a day: a price that rests on weak evidence is quoted, not more.
    pub fn status_on(&self, day: NaiveDate) -> Status {
        let weak = |version: &PriceVersion| version.evidence.confidence == Confidence::Low;
        match self.status {
            Status::Priced if in_force(&self.versions, day).is_ok_and(weak) => Status::Quoted,
            status => status,
        }
    }
}

/// Whether it is stated which model answers to an alias.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UpstreamModel {
    /// By the owner in its documentation, with the model's own name or snapshot; or it makes the model.
    Stated,
    /// By the owner's advertisement, or by others.
    Claimed,
    /// Not stated.
    NotStated,
}

impl UpstreamModel {
    /// Every answer.
    pub const ALL: [UpstreamModel; 3] =
        [UpstreamModel::Stated, UpstreamModel::Claimed, UpstreamModel::NotStated];

    /// The word in tables and output.
    pub fn as_str(self) -> &'static str {
        match self {
            UpstreamModel::Stated => "stated",
            UpstreamModel::Claimed => "claimed",
            UpstreamModel::NotStated => "not_stated",
        }
    }
}

/// Whether a route has a price.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Status {
    /// Prices are entered.
    Priced,
    /// Prices are entered, on weak evidence: shown, never called the cheapest. Follows from the version.
    Quoted,
    /// The owner publishes a price, which is not entered, or not whole: its table says where to look.
    NotEntered,
    /// By the owner's word no price is public: a dashboard, a quote.
    NotPublic,
    /// A price was looked for and not found. That says nothing of the owner.
    NotFound,
    /// Sold by subscription for work by hand: no price for API work.
    SubscriptionOnly,
    /// Known to be unusable.
    DoNotUse,
}

impl Status {
    /// Every status.
    pub const ALL: [Status; 7] = [
        Status::Priced,
        Status::Quoted,
        Status::NotEntered,
        Status::NotPublic,
        Status::NotFound,
        Status::SubscriptionOnly,
        Status::DoNotUse,
    ];

    /// Those that a table states; the others follow from what it holds.
    pub const IN_TABLES: [Status; 6] = [
        Status::Priced,
        Status::NotEntered,
        Status::NotPublic,
        Status::NotFound,
        Status::SubscriptionOnly,
        Status::DoNotUse,
    ];

    /// The word in the tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Status::Priced => "priced",
            Status::Quoted => "quoted",
            Status::NotEntered => "not_entered",
            Status::NotPublic => "not_public",
            Status::NotFound => "not_found",
            Status::SubscriptionOnly => "subscription_only",
            Status::DoNotUse => "do_not_use",
        }
    }

    /// Why there is no price to rate with. It says of the owner what its table states, and of a price that was not found
    /// nothing. A subscription or a free allowance is no price of zero.
    pub fn why_no_price(self) -> &'static str {
        match self {
            Status::NotEntered => "its owner publishes one that is not entered here",
            Status::NotPublic => "by its owner's word none is public",
            Status::NotFound => "none was found, which says nothing of its owner",
            Status::SubscriptionOnly => {
                "it is sold by subscription for work by hand, and app access is not API credit"
            }
            Status::DoNotUse => "it is not to be used",
            Status::Priced | Status::Quoted => "none is entered",
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

/// What an owner makes where a request leaves it out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Defaults {
    /// The size, if it is stated.
    pub size: Option<Size>,
    /// The quality label, if it is stated.
    pub quality: Option<String>,
    /// Who says so.
    pub evidence: Evidence,
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
