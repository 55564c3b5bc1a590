//! A price version: the rates of a route on certain days, in the owner's unit.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use super::conditions::{Conditions, Mode, Processing};
use super::dated::{Dated, Period};
use super::evidence::Evidence;
use super::known::Known;
use super::position::Position;
use crate::problem::ProblemCode;
use crate::unit::{Meter, Per};

/// The rates of a route on certain days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceVersion {
    /// The days on which they hold.
    pub period: Period,
    /// What the prices are in.
    pub unit: PriceUnit,
    /// Who says so.
    pub evidence: Arc<Evidence>,
    /// The rates; per meter the first that fits counts.
    pub rates: Vec<Arc<Rate>>,
    /// Lists of rates of which the cheaper one is charged; empty where there is one list only.
    pub cheapest_of: Vec<Vec<Arc<Rate>>>,
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
    /// What a call costs at the least, in the unit of the version.
    pub floor: Option<Decimal>,
    /// What the owner charges for writing an SVG file, beside the image that it is drawn from; `None` where it is not
    /// stated.
    pub svg_authoring: Option<SvgAuthoring>,
    /// Meters that the owner states it does not bill.
    pub not_billed: BTreeSet<Meter>,
    /// Prices that were looked for and not found. A meter that stands nowhere is unknown as well.
    pub not_stated: Vec<NotStated>,
    /// What the owner does not offer.
    pub not_offered: Vec<NotOffered>,
    /// Warnings about this version that are accepted.
    pub acknowledged: Vec<Acknowledgement>,
    /// Where it stands in its file.
    pub position: Position,
}

impl Dated for PriceVersion {
    fn period(&self) -> Period {
        self.period
    }

    fn period_mut(&mut self) -> &mut Period {
        &mut self.period
    }
}

impl Known for PriceVersion {
    fn known_from(&self) -> Option<NaiveDate> {
        Some(self.period.known_from)
    }
}

/// What an owner charges for writing an SVG file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SvgAuthoring {
    /// Nothing: the price of the image includes it.
    Included,
    /// The tokens of the model that writes it, at these rates.
    Rates(Vec<Arc<Rate>>),
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
#[non_exhaustive]
pub enum CreditValue {
    /// So many US dollars each.
    UsdEach(Decimal),
    /// So many for a US dollar.
    PerUsd(Decimal),
    /// It was looked for and not found.
    NotFound,
}

/// A price that its owner states as another table times a factor, or less a discount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Basis {
    /// The id of the other route.
    pub route: String,
    /// The factor; of a discount, what is left to pay of 1.
    pub factor: Decimal,
    /// The kinds of processing whose rates are taken over; those of others are unknown.
    pub covers: Vec<Processing>,
}

/// Whose price a table states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Contract {
    /// The owner's list, for everyone.
    List,
    /// What the user has agreed with the owner, beside its list.
    Ours,
    /// What the user holds to be the owner's list, where the shipped table is wrong.
    Correction,
}

impl Contract {
    /// Those that an amendment can state.
    pub const IN_AMENDMENTS: [Contract; 2] = [Contract::Ours, Contract::Correction];

    /// The word in tables and output.
    pub fn as_str(self) -> &'static str {
        match self {
            Contract::List => "list",
            Contract::Ours => "ours",
            Contract::Correction => "correction",
        }
    }
}

/// A warning of the checks that was looked at and is accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acknowledgement {
    /// The code of the warning.
    pub warning: ProblemCode,
    /// The day on which it was accepted.
    pub on: NaiveDate,
    /// Why.
    pub reason: String,
    /// Where it stands in its file.
    pub position: Position,
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
#[non_exhaustive]
pub enum ClassRule {
    /// Width × height.
    Pixels,
    /// The longer edge.
    LongEdge,
    /// A parameter of the caller's; or the borders are not stated.
    Parameter,
}

impl ClassRule {
    /// Every rule.
    pub const ALL: [ClassRule; 3] = [ClassRule::Pixels, ClassRule::LongEdge, ClassRule::Parameter];

    /// The word in the tables.
    pub fn as_str(self) -> &'static str {
        match self {
            ClassRule::Pixels => "pixels",
            ClassRule::LongEdge => "long_edge",
            ClassRule::Parameter => "parameter",
        }
    }
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
    /// Whether another source says that nothing is rounded: what is charged is then either.
    pub disputed: bool,
}

/// What a contract rounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum RoundingOf {
    /// Each line.
    Line,
    /// The sum of the lines.
    Total,
}

impl RoundingOf {
    /// Every thing.
    pub const ALL: [RoundingOf; 2] = [RoundingOf::Line, RoundingOf::Total];

    /// The word in the tables.
    pub fn as_str(self) -> &'static str {
        match self {
            RoundingOf::Line => "line",
            RoundingOf::Total => "total",
        }
    }
}

/// How a contract rounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum RoundingMode {
    /// Up.
    Up,
    /// Down.
    Down,
    /// To the nearest, halves to even.
    HalfEven,
}

impl RoundingMode {
    /// Every way.
    pub const ALL: [RoundingMode; 3] =
        [RoundingMode::Up, RoundingMode::Down, RoundingMode::HalfEven];

    /// The word in the tables.
    pub fn as_str(self) -> &'static str {
        match self {
            RoundingMode::Up => "up",
            RoundingMode::Down => "down",
            RoundingMode::HalfEven => "half_even",
        }
    }
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
    /// Whether the label of its condition is inferred and not stated: its price may be that of another such label.
    pub inferred: bool,
    /// Who says so, where that differs from the version.
    pub evidence: Option<Arc<Evidence>>,
    /// The day from which it is known, where that differs from the version.
    pub known_from: Option<NaiveDate>,
    /// Where it stands in its file.
    pub position: Position,
}

/// A rate without evidence of its own is known with its version.
impl Known for Rate {
    fn known_from(&self) -> Option<NaiveDate> {
        self.known_from
    }
}

/// The statement that a price was looked for and not found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotStated {
    /// The meters without a price.
    pub meters: BTreeSet<Meter>,
    /// Under which conditions.
    pub when: Conditions,
    /// Why it has none.
    pub why: WhyNotStated,
}

/// Why a price is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WhyNotStated {
    /// It was looked for, as the table says.
    LookedFor(String),
    /// It was not known yet: it is from this day on.
    KnownFrom(NaiveDate),
}

impl fmt::Display for WhyNotStated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WhyNotStated::LookedFor(found) => f.write_str(found),
            WhyNotStated::KnownFrom(day) => write!(f, "it is known from {day} on"),
        }
    }
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
    pub evidence: Arc<Evidence>,
}
