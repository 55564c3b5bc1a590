//! The closed lists of words that tables use. Reader and schema take them from here, so that they agree.

use super::conditions::{Aspect, Mode, Processing};
use super::evidence::Confidence;
use super::funding::{DiscountOn, Every, FeeTaken, Payment};
use super::guidance::{Channel, Fit, Work};
use super::price::{ClassRule, Contract, RoundingMode, RoundingOf};
use super::route::{Honoured, Status, UpstreamModel};
use super::terms::ChargeRule;
use super::word::Words;
use crate::problem::ProblemCode;
use crate::unit::{Meter, Per};

macro_rules! words {
    ($($kind:ty, $what:literal, $all:expr;)+) => {$(
        impl Words for $kind {
            const WHAT: &'static str = $what;
            fn words() -> Vec<(&'static str, Self)> {
                $all.map(|word| (word.as_str(), word)).to_vec()
            }
        }
    )+};
}

words! {
    Aspect, "aspect", Aspect::ALL;
    Channel, "channel", Channel::ALL;
    ChargeRule, "charge rule", ChargeRule::ALL;
    ClassRule, "rule for classes", ClassRule::ALL;
    Confidence, "level of confidence", Confidence::ALL;
    Contract, "contract", Contract::IN_AMENDMENTS;
    Every, "period of a subscription", Every::ALL;
    DiscountOn, "way to take a discount off", DiscountOn::ALL;
    FeeTaken, "way to take a fee", FeeTaken::ALL;
    Fit, "fit", Fit::ALL;
    Honoured, "answer", Honoured::ALL;
    Mode, "mode", Mode::ALL;
    Payment, "way to pay", Payment::ALL;
    Processing, "kind of processing", Processing::ALL;
    ProblemCode, "warning", ProblemCode::ACKNOWLEDGEABLE;
    RoundingMode, "way to round", RoundingMode::ALL;
    RoundingOf, "thing to round", RoundingOf::ALL;
    Status, "status of a route", Status::IN_TABLES;
    UpstreamModel, "answer", UpstreamModel::ALL;
    Work, "kind of work", Work::ALL;
}

impl Words for Meter {
    const WHAT: &'static str = "meter";
    const CODE: ProblemCode = ProblemCode::UnknownMeter;
    fn words() -> Vec<(&'static str, Self)> {
        Meter::ALL.map(|meter| (meter.as_str(), meter)).to_vec()
    }
}

/// What a list of meters may name: a meter, or all that count tokens.
#[derive(Debug, Clone, Copy)]
pub(super) enum Meters {
    One(Meter),
    Tokens,
}

impl Words for Meters {
    const WHAT: &'static str = Meter::WHAT;
    const CODE: ProblemCode = Meter::CODE;
    fn words() -> Vec<(&'static str, Self)> {
        let one = Meter::words().into_iter().map(|(word, meter)| (word, Meters::One(meter)));
        one.chain([("tokens", Meters::Tokens)]).collect()
    }
}

impl Words for Per {
    const WHAT: &'static str = "scale";
    // A scale that is spelled alike is a price a thousand times off.
    const SUGGESTED: bool = false;
    const NUMBERS: bool = true;
    fn words() -> Vec<(&'static str, Self)> {
        Per::ALL.map(|per| (per.as_str(), per)).to_vec()
    }
}

/// The text encoding of a prompt. Another needs code, so that a table cannot ask for it in silence.
#[derive(Debug, Clone, Copy)]
pub(super) struct BuiltInEncoding;

impl Words for BuiltInEncoding {
    const WHAT: &'static str = "text encoding that this tool counts with";
    fn words() -> Vec<(&'static str, Self)> {
        vec![("o200k_base", BuiltInEncoding)]
    }
}
