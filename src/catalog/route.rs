//! A route: one way to get an image under one owner's contract, and its price table.

use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::dated::{Dated, Period};
use super::evidence::Evidence;
use super::funding::Funding;
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

/// The rates of a route on certain days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceVersion {
    /// The days on which they hold.
    pub period: Period,
    /// What the prices are in.
    pub unit: PriceUnit,
    /// Who says so.
    pub evidence: Evidence,
    /// The rates; per meter the first that fits counts.
    pub rates: Vec<Rate>,
    /// Lists of rates of which the cheaper one is charged; empty where there is one list only.
    pub cheapest_of: Vec<Vec<Rate>>,
    /// All prices are multiplied by this, where the owner states a factor on its own prices.
    pub factor: Decimal,
    /// Another table times a factor, where the owner states its price so.
    pub basis: Option<Basis>,
    /// Resolution classes, where the price depends on them.
    pub classes: Option<Classes>,
    /// What this owner charges `auto` as.
    pub auto_means: AutoMeans,
    /// How many images one call may ask for; `None` if not stated.
    pub images_per_call: Option<u32>,
    /// A rounding that the contract states.
    pub rounding: Option<Rounding>,
    /// Meters that the owner states it does not bill.
    pub not_billed: BTreeSet<Meter>,
    /// Prices that were looked for and not found. A meter that stands nowhere is unknown as well.
    pub not_stated: Vec<NotStated>,
    /// What the owner does not offer.
    pub not_offered: Vec<NotOffered>,
}

impl Dated for PriceVersion {
    fn period(&self) -> Period {
        self.period
    }
}

/// What a price is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PriceUnit {
    /// A currency, as an ISO 4217 code.
    Currency(String),
    /// A credit of the owner's.
    Credit(String, CreditValue),
}

impl PriceUnit {
    /// The name of the unit.
    pub fn name(&self) -> &str {
        match self {
            PriceUnit::Currency(name) | PriceUnit::Credit(name, _) => name,
        }
    }

    /// Whether it is the US dollar itself.
    pub fn is_usd(&self) -> bool {
        matches!(self, PriceUnit::Currency(code) if code == "USD")
    }
}

/// What a credit is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CreditValue {
    /// So many US dollars each.
    UsdEach(Decimal),
    /// So many for a US dollar.
    PerUsd(Decimal),
    /// Not public.
    NotPublic,
}

/// A price that its owner states as another table times a factor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Basis {
    /// The id of the other route.
    pub route: String,
    /// The factor.
    pub factor: Decimal,
}

/// Ordered buckets of the output, of which each has prices of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Classes {
    /// What decides.
    pub by: ClassRule,
    /// The buckets, the smallest first.
    pub buckets: Vec<Bucket>,
}

/// What decides the class of an output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClassRule {
    /// Width × height.
    Pixels,
    /// The longer edge.
    LongEdge,
    /// A parameter of the caller's; or the borders are not stated.
    Parameter,
}

/// A class of outputs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bucket {
    /// Its name, such as `2K`.
    pub name: String,
    /// The most pixels, or the longest edge, that belong to it; `None` for the last one.
    pub up_to: Option<u64>,
}

/// What an owner charges `auto` as; where it does not say, `auto` is a range.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AutoMeans {
    /// The quality.
    pub quality: Option<String>,
    /// The class of size `auto`.
    pub class: Option<String>,
}

/// A rounding that a contract states, in the owner's unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rounding {
    /// What is rounded.
    pub of: RoundingOf,
    /// How.
    pub mode: RoundingMode,
    /// To multiples of this.
    pub to: Decimal,
}

/// What a contract rounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RoundingOf {
    /// Each line.
    Line,
    /// The sum of the lines.
    Total,
}

/// How a contract rounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RoundingMode {
    /// Up.
    Up,
    /// Down.
    Down,
    /// To the nearest, halves to even.
    HalfEven,
}

/// A price of one meter, under conditions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rate {
    /// What is counted.
    pub meter: Meter,
    /// When the rate holds.
    pub when: Conditions,
    /// The price, in the unit of the version.
    pub price: Decimal,
    /// How many units the price is for.
    pub per: Per,
    /// Only what is beyond this many units, of each call or image.
    pub after: u64,
    /// Whether a part of `per` counts as a whole one ("whole megapixels").
    pub whole_units: bool,
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

/// The statement that an owner does not offer something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotOffered {
    /// This kind of processing.
    pub processing: Option<Processing>,
    /// This quality.
    pub quality: Option<String>,
    /// This kind of call.
    pub mode: Option<Mode>,
    /// Who says so.
    pub evidence: Evidence,
}

/// When a rate holds: all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conditions {
    /// For this kind of processing. A rate that names none is for standard processing: another
    /// kind is always an offer of its own and never taken as meant.
    pub processing: Processing,
    /// For this quality.
    pub quality: Option<String>,
    /// For this size.
    pub size: Option<Size>,
    /// For this class.
    pub class: Option<String>,
    /// For this kind of call.
    pub mode: Option<Mode>,
    /// For this output format.
    pub format: Option<String>,
    /// For this shape.
    pub aspect: Option<Aspect>,
    /// For calls of up to this many input tokens.
    pub input_tokens_up_to: Option<u64>,
}

impl Conditions {
    /// No condition but standard processing.
    pub fn none() -> Conditions {
        Conditions {
            processing: Processing::Standard,
            quality: None,
            size: None,
            class: None,
            mode: None,
            format: None,
            aspect: None,
            input_tokens_up_to: None,
        }
    }
}

/// The kind of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// From a prompt alone.
    Generate,
    /// From a prompt and reference images.
    Edit,
}

impl Mode {
    /// Every mode.
    pub const ALL: [Mode; 2] = [Mode::Generate, Mode::Edit];

    /// The word in the tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Mode::Generate => "generate",
            Mode::Edit => "edit",
        }
    }

    /// The plural for messages.
    pub fn plural(self) -> &'static str {
        match self {
            Mode::Generate => "generations",
            Mode::Edit => "edits",
        }
    }
}

/// The shape of an image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aspect {
    /// Both edges equal.
    Square,
    /// Anything else.
    NotSquare,
}

impl Aspect {
    /// Every shape.
    pub const ALL: [Aspect; 2] = [Aspect::Square, Aspect::NotSquare];

    /// The word in the tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Aspect::Square => "square",
            Aspect::NotSquare => "not_square",
        }
    }
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
