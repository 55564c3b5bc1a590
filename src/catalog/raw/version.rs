//! The prices of certain days of a route, as written.

use super::{Count, CurrencyCode, Day, Flag, Price, RawEvidence, SizeText, Text, Word};
use crate::catalog::conditions::{Aspect, Mode, Processing};
use crate::catalog::price::{ClassRule, Contract, RoundingMode, RoundingOf};
use crate::catalog::words::Meters;
use crate::catalog::yaml::keys;
use crate::problem::ProblemCode;
use crate::unit::{Meter, Per};

/// The prices of certain days, in one unit.
#[derive(Debug, schemars::JsonSchema)]
#[schemars(extend("oneOf" = [{"required": ["currency"]}, {"required": ["credit"]}]))]
pub(in crate::catalog) struct RawVersion {
    /// The first day, UTC. Left out: the day on which the source was seen.
    pub from: Option<Day>,
    /// The first day on which it no longer holds, UTC.
    pub until: Option<Day>,
    /// The day on which it was announced, which it is known from where no other day is earlier.
    pub announced: Option<Day>,
    /// Of several dated sources that agree: the day of the earliest, where `seen` is that of the latest.
    pub first_seen: Option<Day>,
    /// Of an undated source: the day on which it was stored at the latest.
    pub seen_no_later_than: Option<Day>,
    /// What the prices are in: an ISO 4217 code such as USD; or `credit`.
    pub currency: Option<Text<CurrencyCode>>,
    /// A unit of the owner's own that the prices are in; or `currency`.
    pub credit: Option<RawCredit>,
    /// Who says so.
    pub evidence: RawEvidence,
    /// A factor that the owner states on its own rates below.
    pub factor: Option<Price>,
    /// Whose price it is; in amendments only.
    pub contract: Option<Word<Contract>>,
    /// Another table times a factor, where the owner itself states its price so.
    pub basis: Option<RawBasis>,
    /// Another table less a percentage, where the owner itself states its price so.
    pub discount: Option<RawDiscount>,
    /// The rates: per meter the first that fits counts, and meters add up.
    #[schemars(default)]
    pub rates: Vec<RawRate>,
    /// Lists of rates of which the cheaper one is charged.
    #[schemars(default)]
    pub cheapest_of: Vec<Vec<RawRate>>,
    /// Resolution classes, where the price depends on them.
    pub classes: Option<RawClasses>,
    /// What this owner charges `auto` as.
    pub auto_means: Option<RawAutoMeans>,
    /// How many images one call can make. Left out: one.
    pub images_per_call: Option<Count>,
    /// A rounding that the contract states.
    pub rounding: Option<RawRounding>,
    /// What a call costs at the least, in the unit of the version, whatever its lines add up to.
    pub floor: Option<Price>,
    /// What is charged for writing an SVG file, beside the image that it is drawn from.
    pub svg_authoring: Option<RawSvgAuthoring>,
    /// Meters that cost nothing, as the owner states or its billing unit says.
    #[schemars(default)]
    pub not_billed: Vec<Word<Meters>>,
    /// Prices that were looked for and not found.
    #[schemars(default)]
    pub not_stated: Vec<RawNotStated>,
    /// What the owner refuses.
    #[schemars(default)]
    pub not_offered: Vec<RawNotOffered>,
    /// Warnings of `imgcost prices check` that were looked at and are accepted.
    #[schemars(default)]
    pub acknowledged: Vec<RawAcknowledgement>,
}

keys! {
    RawVersion:
    from, until, announced, first_seen, seen_no_later_than, currency, credit, evidence, factor, contract,
    basis, discount, rates or empty, cheapest_of or empty, classes, auto_means, images_per_call,
    rounding, floor, svg_authoring, not_billed or empty, not_stated or empty, not_offered or empty, acknowledged or empty
}

/// What is charged for writing an SVG file: nothing, or the tokens of the model that writes it.
#[derive(Debug, schemars::JsonSchema)]
#[schemars(extend("oneOf" = [{"required": ["included"]}, {"required": ["rates"]}]))]
pub(in crate::catalog) struct RawSvgAuthoring {
    /// Whether the price of the image includes it.
    pub included: Option<Flag>,
    /// The rates of the tokens that the writing model reads and writes.
    #[schemars(default)]
    pub rates: Vec<RawRate>,
}

keys! { RawSvgAuthoring: included, rates or empty }

/// A unit of the owner's own. Without a value in dollars its prices are unknown in dollars.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::catalog) struct RawCredit {
    /// Its name.
    pub name: Text,
    /// US dollars for one.
    pub usd_each: Option<Price>,
    /// How many for one US dollar.
    pub per_usd: Option<Price>,
}

keys! { RawCredit: name, usd_each, per_usd }

/// Another table times a factor. Its standard rates alone are taken.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::catalog) struct RawBasis {
    /// The id of the other route, such as official/openai/gpt-image-2.
    pub route: Text,
    /// The factor. Left out: 1.
    pub factor: Option<Price>,
}

keys! { RawBasis: route, factor }

/// Another table less a percentage.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::catalog) struct RawDiscount {
    /// The id of the other route.
    pub of: Text,
    /// Percent that is taken off, such as "8".
    pub percent: Price,
    /// The kinds of processing whose rates are taken. Left out: standard.
    #[schemars(default)]
    pub covers: Vec<Word<Processing>>,
}

keys! { RawDiscount: of, percent, covers or empty }

/// A warning that was looked at and is accepted.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::catalog) struct RawAcknowledgement {
    /// The code of the warning.
    pub warning: Word<ProblemCode>,
    /// The day on which it was accepted.
    pub on: Day,
    /// Why.
    pub reason: Text,
}

keys! { RawAcknowledgement: warning, on, reason }

/// The price of one meter.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::catalog) struct RawRate {
    /// What is counted.
    pub meter: Word<Meter>,
    /// The price in the unit of the version, as quoted digits.
    pub price: Price,
    /// How many units the price is for: 1, 1K (a thousand) or 1M (a million).
    pub per: Word<Per>,
    /// Only what is beyond this many units of each call (of each image for pixels).
    pub after: Option<Count>,
    /// Whether a part of `per` counts as a whole one.
    pub whole_units: Option<Flag>,
    /// When it holds: all of these.
    pub when: Option<RawWhen>,
    /// Whether the label of its condition, a quality or class, is inferred: the price may be that of another such label.
    pub inferred: Option<Flag>,
    /// Who says so, where that differs from the version.
    pub evidence: Option<RawEvidence>,
    /// Of evidence of its own: the day on which it was announced.
    pub announced: Option<Day>,
    /// Of evidence of its own, from several dated sources that agree: the day of the earliest.
    pub first_seen: Option<Day>,
    /// Of evidence of its own without a day: the day on which it was stored at the latest.
    pub seen_no_later_than: Option<Day>,
}

keys! {
    RawRate:
    meter, price, per, after, whole_units, when, inferred, evidence, announced, first_seen, seen_no_later_than
}

/// A price that was looked for and not found.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::catalog) struct RawNotStated {
    /// The meters without a price.
    pub meters: Vec<Word<Meters>>,
    /// Under which conditions.
    pub when: Option<RawWhen>,
    /// Where it was looked for.
    pub reason: Text,
}

keys! { RawNotStated: meters, when, reason }

/// Conditions of a rate: all of them must hold.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::catalog) struct RawWhen {
    /// For this kind of processing. Left out: standard.
    pub processing: Option<Word<Processing>>,
    /// For this quality label of the model.
    pub quality: Option<Text>,
    /// For this size.
    pub size: Option<SizeText>,
    /// For this class of the version.
    pub class: Option<Text>,
    /// For this kind of call.
    pub mode: Option<Word<Mode>>,
    /// For this output format.
    pub format: Option<Text>,
    /// For this shape.
    pub aspect: Option<Word<Aspect>>,
    /// For calls of up to this many input tokens.
    pub input_tokens_up_to: Option<Count>,
}

keys! { RawWhen: processing, quality, size, class, mode, format, aspect, input_tokens_up_to }

/// Ordered buckets of the output, each with prices of its own.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::catalog) struct RawClasses {
    /// What decides: the pixels, the long edge, or a parameter of the caller.
    pub by: Word<ClassRule>,
    /// The classes, the smallest first.
    pub buckets: Vec<RawBucket>,
}

keys! { RawClasses: by, buckets }

/// One class.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::catalog) struct RawBucket {
    /// Its name, such as 1K.
    pub name: Text,
    /// The most pixels, or the longest edge; left out in the last one.
    pub up_to: Option<Count>,
}

keys! { RawBucket: name, up_to }

/// What `auto` is charged as.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::catalog) struct RawAutoMeans {
    /// The quality.
    pub quality: Option<Text>,
    /// The class.
    pub class: Option<Text>,
}

keys! { RawAutoMeans: quality, class }

/// A rounding that the contract states.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::catalog) struct RawRounding {
    /// What is rounded.
    pub of: Word<RoundingOf>,
    /// How.
    pub mode: Word<RoundingMode>,
    /// To a multiple of this, in the unit of the version.
    pub to: Price,
    /// Whether another source says that nothing is rounded: a figure is then from the one to the other.
    pub disputed: Option<Flag>,
}

keys! { RawRounding: of, mode, to, disputed }

/// Something that the owner refuses.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::catalog) struct RawNotOffered {
    /// This kind of processing.
    pub processing: Option<Word<Processing>>,
    /// This quality.
    pub quality: Option<Text>,
    /// This kind of call.
    pub mode: Option<Word<Mode>>,
    /// Who says so.
    pub evidence: RawEvidence,
}

keys! { RawNotOffered: processing, quality, mode, evidence }
