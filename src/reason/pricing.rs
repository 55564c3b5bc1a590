//! Why a price is open, by the table of a route or by what decides between its rates.

use std::fmt;
use std::sync::Arc;

use chrono::NaiveDate;

use super::{HangsOn, not_stated};
use crate::catalog::conditions::Processing;
use crate::help::{Help, MainlineValue};
use crate::money::AmountTooLarge;
use crate::request::error::{RequestError, joined};
use crate::unit::Meter;
use crate::unread::LeaveOut;

coded! {
    /// Why a price is not one number.
    #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
    #[non_exhaustive]
    pub enum Pricing {
        /// The rates differ by the input tokens of a call, which are a range.
        InputTokensOpen => "input_tokens_open",
        /// The rates differ by the shape of the image, which is open.
        ShapeOpen => "shape_open",
        /// The rates differ by quality, which is open.
        QualityOpen => "quality_open",
        /// The rates differ by size, which is open.
        SizeOpen => "size_open",
        /// A key of a body or reply may bill and is not read.
        NotRead {
            /// The key.
            key: Arc<str>,
            /// Its value.
            value: Arc<str>,
            /// What it is known to do, as a clause; empty where nothing is.
            known: Arc<str>,
            /// How it is left out of the total.
            left_out_by: LeaveOut,
        } => "key_not_read",
        /// The floor of the contract holds for each call, and what each of several costs is not told apart.
        FloorOfEachCall => "floor_of_each_call",
        /// The owner does not state what it charges for writing an SVG file.
        SvgAuthoringNotStated => "svg_authoring_not_stated",
        /// Which label of the owner a price belongs to is inferred, and not stated.
        LabelInferred => "label_inferred",
        /// One source says that the contract rounds, another that it does not.
        RoundingDisputed => "rounding_disputed",
        /// Which of two ways to charge is cheaper cannot be told.
        CheaperNotKnown => "cheaper_way_not_known",
        /// There is no exchange rate for the currency of the table.
        NoExchangeRate {
            /// The currency.
            currency: Arc<str>,
        } => "no_exchange_rate",
        /// The value of the credit was not found.
        CreditNotFound {
            /// The credit.
            credit: Arc<str>,
        } => "credit_value_not_found",
        /// A fee for the purchase of credit is not stated.
        PurchaseFee(Arc<str>) => "purchase_fee_not_stated",
        /// The mainline model has no price table on the day.
        NoMainlineTable {
            /// The model.
            model: Arc<str>,
            /// The day.
            day: NaiveDate,
        } => "no_mainline_price",
        /// What a mainline model bills is not given in full.
        MainlineNotGiven(Arc<[(MainlineValue, bool)]>) => "mainline_not_given",
        /// The table states no rate for a meter.
        NoRate {
            /// The meter.
            meter: Meter,
            /// The kind of processing that it is the rate of.
            processing: Processing,
            /// What the file says was looked for.
            looked_for: Option<Arc<str>>,
        } => "no_rate",
        /// The rate for a meter is not stated, and is at most that of standard processing by the word of the owner.
        AtMostStandard {
            /// The meter.
            meter: Meter,
            /// The kind of processing that it is the rate of.
            processing: Processing,
            /// What the file says was looked for.
            looked_for: Option<Arc<str>>,
        } => "at_most_standard_rate",
        /// The rate for a meter was not known yet on the day of knowledge.
        RateNotKnown {
            /// The meter.
            meter: Meter,
            /// The kind of processing that it is the rate of.
            processing: Processing,
            /// The first day on which it is known.
            from: NaiveDate,
        } => "rate_not_known_yet",
        /// The rates differ by a resolution that is not named.
        ResolutionOpen(Arc<[Arc<str>]>) => "resolution_open",
        /// Which class of the table a size belongs to is not stated.
        ClassNotStated(Arc<[Arc<str>]>) => "size_class_not_stated",
        /// The reply was served at a tier for which no rates are stated.
        TierNotRated(Arc<str>) => "service_tier_not_rated",
        /// By how much data residency raises the price is open, as the file of the model says.
        ResidencyOpen(Arc<str>) => "data_residency_open",
        /// Nothing is stated of what data residency costs at this owner.
        ResidencyNotStated => "data_residency_not_stated",
        /// The body has no prompt, and the API needs one.
        WithoutPrompt => "without_prompt",
        /// The request cannot be priced as asked.
        Refused(Arc<[RequestError]>) => "cannot_be_priced",
        /// The price rests on weak evidence, which does not count here.
        QuotedOnly {
            /// The route.
            route: Arc<str>,
        } => "quoted_only",
        /// The catalogue has no such route.
        RouteNotThere => "route_not_there",
        /// It has no price, and what stands beside it says why.
        NotPriced => "not_priced",
        /// The amount is too large to be kept exact.
        AmountTooLarge => "amount_too_large",
    }
}

impl Pricing {
    pub(super) fn help(&self) -> Option<Help> {
        match self {
            Pricing::ResolutionOpen(names) | Pricing::ClassNotStated(names) => {
                Some(Help::GiveResolution(names.clone()))
            }
            Pricing::NotRead { key, left_out_by: LeaveOut::Flag, .. } => {
                Some(Help::IgnoreKey(key.clone()))
            }
            Pricing::NotRead { left_out_by: LeaveOut::Edit, .. } => Some(Help::TakeOutOfBody),
            Pricing::NoExchangeRate { currency } => Some(Help::GiveExchangeRate(currency.clone())),
            Pricing::MainlineNotGiven(values) => Some(Help::GiveMainline(values.clone())),
            Pricing::WithoutPrompt => Some(Help::GivePrompt),
            Pricing::QuotedOnly { .. } => Some(Help::CountQuoted),
            _ => None,
        }
    }

    /// What `auto` comes out as is the model's, so that it is the same on each of its routes; a rate that is not
    /// stated is the owner's.
    pub(super) fn hangs_on(&self) -> HangsOn {
        match self {
            Pricing::InputTokensOpen
            | Pricing::ShapeOpen
            | Pricing::QualityOpen
            | Pricing::SizeOpen
            | Pricing::ResidencyOpen(_) => HangsOn::Model,
            Pricing::ResolutionOpen(_)
            | Pricing::ClassNotStated(_)
            | Pricing::CheaperNotKnown
            | Pricing::FloorOfEachCall
            | Pricing::LabelInferred
            | Pricing::SvgAuthoringNotStated
            | Pricing::RoundingDisputed
            | Pricing::NoRate { .. }
            | Pricing::AtMostStandard { .. }
            | Pricing::RateNotKnown { .. } => HangsOn::Route,
            Pricing::PurchaseFee(_) | Pricing::ResidencyNotStated => HangsOn::Owner,
            _ => HangsOn::Request,
        }
    }
}

impl fmt::Display for Pricing {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let depends = |f: &mut fmt::Formatter, on: &str, is: &str| {
            write!(f, "the price depends on {on}, which {is} open")
        };
        match self {
            Pricing::InputTokensOpen => depends(f, "the input tokens of the call", "are"),
            Pricing::ShapeOpen => depends(f, "the shape of the image", "is"),
            Pricing::QualityOpen => depends(f, "the quality", "is"),
            Pricing::SizeOpen => depends(f, "the size", "is"),
            Pricing::ResolutionOpen(_) => f.write_str("the resolution is open"),
            Pricing::ClassNotStated(_) => {
                f.write_str("which resolution class a size belongs to is not stated")
            }
            Pricing::NotRead { key, value, known, .. } => {
                let known = if known.is_empty() { String::new() } else { format!(": {known}") };
                write!(f, "`{key}` ({value}) is not read here{known}")
            }
            Pricing::CheaperNotKnown => {
                f.write_str("which of the owner's two ways to charge is cheaper cannot be told")
            }
            Pricing::SvgAuthoringNotStated => f.write_str(concat!(
                "what is charged for writing the SVG file, beside the image that it is drawn from, is ",
                not_stated!()
            )),
            Pricing::LabelInferred => {
                f.write_str("which of the owner's prices is that of the label is inferred, not stated")
            }
            Pricing::RoundingDisputed => {
                f.write_str("whether the owner rounds what it charges is disputed")
            }
            Pricing::FloorOfEachCall => f.write_str(
                "each call costs its floor at the least, and what each of them costs is not told apart",
            ),
            Pricing::NoExchangeRate { .. } => f.write_str("no exchange rate is shipped"),
            Pricing::CreditNotFound { credit } => {
                write!(f, "the dollar value of a {credit} was not found")
            }
            Pricing::NoRate { meter, processing, looked_for } => {
                not_stated(f, *processing, *meter, looked_for)
            }
            Pricing::AtMostStandard { meter, processing, looked_for } => {
                not_stated(f, *processing, *meter, looked_for)?;
                f.write_str(", and is at most the standard rate by the owner's word")
            }
            Pricing::RateNotKnown { meter, processing, from } => {
                let (kind, meter) = (of_kind(*processing), meter.label());
                write!(f, "the {kind}rate for {meter} is known from {from} on")
            }
            Pricing::PurchaseFee(stated) => f.write_str(stated),
            Pricing::NoMainlineTable { model, day } => {
                write!(f, "no price table for the mainline model `{model}` on {day}")
            }
            Pricing::MainlineNotGiven(_) => f.write_str("the mainline model is billed as well"),
            Pricing::TierNotRated(tier) => write!(
                f,
                "the reply was served at the tier `{tier}`, for which no rates are stated; a tier sets every \
                 price and cannot be ignored"
            ),
            Pricing::ResidencyOpen(open) => f.write_str(open),
            Pricing::ResidencyNotStated => f.write_str("what data residency adds is not stated"),
            Pricing::WithoutPrompt => {
                f.write_str("without the prompt: the body has none, and the API needs one")
            }
            Pricing::Refused(errors) => f.write_str(&joined(errors)),
            Pricing::RouteNotThere => f.write_str("the route is not there"),
            Pricing::QuotedOnly { route } => {
                write!(f, "the price of {route} is quoted only, on weak evidence")
            }
            Pricing::NotPriced => f.write_str("not priced"),
            Pricing::AmountTooLarge => AmountTooLarge.fmt(f),
        }
    }
}

/// What stands before a rate of a kind of processing: "Batch ".
fn of_kind(processing: Processing) -> String {
    processing.label().map_or_else(String::new, |kind| format!("{kind} "))
}

/// That a rate is not stated, and what the file says was looked for.
fn not_stated(
    f: &mut fmt::Formatter,
    processing: Processing,
    meter: Meter,
    looked_for: &Option<Arc<str>>,
) -> fmt::Result {
    write!(f, "the {}rate for {} is not stated", of_kind(processing), meter.label())?;
    looked_for.as_ref().map_or(Ok(()), |found| write!(f, " ({found})"))
}
