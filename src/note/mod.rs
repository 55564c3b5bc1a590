//! What goes with a figure besides its reasons, as values: notes, and what is taken for granted. Here alone stand
//! their words.

mod assumption;
mod purchase;
mod remark;
mod words;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::catalog::evidence::Evidence;
use crate::catalog::funding::Funding;
use crate::catalog::model::Residency;
use crate::catalog::price::Contract;
use crate::exchange::ExchangeRate;
use crate::help::{Help, Sentence};
use crate::reason::{Reason, Reasons};
use crate::size::Size;
use crate::unit::Meter;
use crate::unread::{Sorted, by_name};

pub use assumption::Assumption;
pub use remark::{Remark, ReplyError};

coded! {
    /// Something that goes with a figure.
    #[derive(Debug, Clone, PartialEq, Eq)]
    #[non_exhaustive]
    pub enum Note {
        /// The size is above the one up to which the maker calls results reliable.
        ExperimentalSize {
            /// The size asked for.
            size: Size,
            /// The most pixels at which results are not experimental.
            limit: u64,
        } => "experimental_size",
        /// A token rule that was measured; none of the maker's was found.
        RuleMeasured(Evidence) => "rule_measured",
        /// A token rule is known as a range only.
        RuleNotKnown(Reasons) => "rule_not_known",
        /// The quality is `auto`: a bound over the labels.
        QualityAuto => "quality_auto",
        /// The size is `auto`: a bound over the legal sizes.
        SizeAuto => "size_auto",
        /// Fewer partial images may arrive than are asked for.
        PartialImages(Reasons) => "partial_images",
        /// The model bills text that a request cannot tell.
        TextOutputOpen(Reasons) => "text_output_open",
        /// No reply has shown the cached discount on this route.
        CachedDiscountNotSeen => "cached_discount_not_seen",
        /// A meter was used that the owner states it does not bill.
        NotBilled {
            /// The tokens that are known.
            tokens: u64,
            /// What they are.
            meter: Meter,
            /// The name of the owner.
            owner: String,
        } => "not_billed",
        /// What a tenth more attempts would add.
        RetrySensitivity {
            /// By how much an accepted image would cost more, as an amount that is rounded for display.
            more: String,
        } => "retry_sensitivity",
        /// Who pays for a failed or blocked attempt is open.
        FailureChargeOpen(Reasons) => "failure_charge_open",
        /// There is a day on which the route ends, or on which its model's maker shuts that down.
        ShutdownAhead {
            /// The model.
            model: String,
            /// The name of the owner that ends its route; none where the model's maker ends the model.
            by: Option<String>,
            /// The first day without it.
            on: NaiveDate,
            /// Whether it is shut down by the day that is priced.
            is_past: bool,
            /// What the maker names instead.
            replacements: Vec<String>,
        } => "shutdown_ahead",
        /// What the owner publishes as its own estimate; not the rated figure.
        PublishedEstimate {
            /// The name of the owner.
            owner: String,
            /// US dollars an image.
            amount: Decimal,
        } => "published_estimate",
        /// Parameters of the request that do not change the price.
        NoPriceEffect(Vec<String>) => "no_price_effect",
        /// By what data residency multiplies the price of a model.
        ResidencyAdds {
            /// The model.
            model: String,
            /// The least and the most that the factor can be, and who says so.
            residency: Box<Residency>,
        } => "data_residency_adds",
        /// Data residency is stated to add nothing to the price of a model.
        ResidencyAddsNothing {
            /// The model.
            model: String,
            /// Who says so.
            evidence: Evidence,
        } => "data_residency_adds_nothing",
        /// A body leaves its tier to the settings of the project.
        AutoTier => "auto_tier",
        /// Images that a body names are not there.
        ImagesNotThere(Vec<String>) => "images_not_there",
        /// More reference images are given than the request names, or fewer: they take the place of all of its own.
        OtherNumberOfImages {
            /// How many are given.
            given: usize,
            /// How many the request names.
            named: usize,
        } => "other_number_of_images",
        /// The Batch API refuses a line without these keys.
        BatchLineLacks(Vec<&'static str>) => "batch_line_lacks",
        /// Cached tokens were given for a reply that has no usage of the image model.
        CachedWithoutEffect => "cached_tokens_without_effect",
        /// The reply was made on the day that is priced.
        ReplyOfItsDay(NaiveDate) => "reply_of_its_day",
        /// The reply was made on another day than it is priced for.
        ReplyOfAnotherDay {
            /// When it was made.
            created: NaiveDate,
            /// The day whose prices are taken.
            day: NaiveDate,
        } => "reply_of_another_day",
        /// How a reply was read where that is not plain.
        ReplyReading(Remark) => "reply_reading",
        /// The reply does not list its images.
        ImagesNotListed => "images_not_listed",
        /// The reply counts image output and lists no image call.
        NoImageCallListed => "no_image_call_listed",
        /// The reply holds no image.
        NoImage {
            /// The route, whose terms say who pays for such an attempt.
            route: String,
        } => "no_image",
        /// What is left out of the total, since the user says that it bills nothing: names and values.
        LeftOut(Vec<(String, String)>) => "left_out",
        /// What is known to bill nothing by itself: names and values.
        BillsNothing(Vec<(String, String)>) => "bills_nothing",
        /// A second model was priced by a table of its own.
        MainlineModel {
            /// The second model.
            model: String,
            /// What it does.
            does: SecondModel,
            /// The route whose prices are taken.
            route: String,
        } => "mainline_model",
        /// A second model could not be priced.
        MainlineNotPriced(Reasons) => "mainline_not_priced",
        /// The mainline model that calls the image model is billed as well, and left out here.
        MainlineLeftOut => "mainline_left_out",
        /// A mainline model was given for a reply that has no tokens of one.
        MainlineWithoutEffect(String) => "mainline_without_effect",
        /// The reply names another mainline model than the user does.
        OtherMainlineModel {
            /// The model that was given.
            given: String,
            /// The one that the reply names.
            named: String,
        } => "other_mainline_model",
        /// What adds to the bill and cannot be counted ahead.
        NotCounted {
            /// What it is, as the route's file states it.
            what: String,
            /// Who says so.
            evidence: Evidence,
        } => "not_counted",
        /// How a volume is bought, where that costs more or less than its value.
        Purchase {
            /// Fees, bonuses and least purchases of the owner.
            funding: Box<Funding>,
            /// What is bought at a time, in US dollars; none for one purchase.
            top_up: Option<Decimal>,
            /// What its currency is taken as, where that is not the US dollar.
            rate: Option<ExchangeRate>,
        } => "purchase",
        /// How many images a call makes is not stated.
        ImagesPerCallNotStated {
            /// The images asked for.
            images: u32,
            /// The calls that are priced.
            calls: u32,
        } => "images_per_call_not_stated",
        /// A risk of the route, as its file states it.
        Risk(String) => "risk",
        /// The price rests on weak evidence.
        Quoted => "quoted",
        /// The price is of the user's own contract, or the user's correction of the list.
        OwnContract {
            /// Which of the two.
            contract: Contract,
            /// The name of the owner.
            owner: String,
        } => "own_contract",
        /// An exchange rate of the user's own.
        ExchangeRate {
            /// The currency.
            currency: String,
            /// The rate.
            rate: ExchangeRate,
        } => "exchange_rate",
        /// What the table says of the evidence of its prices.
        PriceEvidence {
            /// The model whose prices they are, where that is a second one.
            of: Option<String>,
            /// What it says.
            stated: String,
        } => "evidence",
        /// The evidence of which mainline models may call the image model.
        MainlineEvidence(Evidence) => "mainline_evidence",
    }
}

/// What a second model does beside the one that makes the image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SecondModel {
    /// It will call the image model.
    Calls,
    /// It made the call of a reply.
    MadeTheCall,
    /// It wrote the SVG of a reply.
    WroteSvg,
}

impl Note {
    /// What the user leaves out of what is not read; `None` if nothing is.
    pub fn left_out(sorted: &Sorted) -> Option<Note> {
        by_name(&sorted.ignored).map(Note::LeftOut)
    }

    /// What of it bills nothing by itself; `None` if there is no such thing.
    pub fn bills_nothing(sorted: &Sorted) -> Option<Note> {
        by_name(&sorted.free).map(Note::BillsNothing)
    }

    /// Why figures are open, where that is all that it says.
    fn of(&self) -> &Reasons {
        match self {
            Note::RuleNotKnown(of)
            | Note::PartialImages(of)
            | Note::TextOutputOpen(of)
            | Note::FailureChargeOpen(of)
            | Note::MainlineNotPriced(of) => of,
            _ => Reasons::NONE,
        }
    }

    /// Whether it says nothing but what these reasons say.
    pub fn says(&self, reasons: &Reasons) -> bool {
        let is_said = |own: &Reason| reasons.iter().any(|it| it.kind() == own.kind());
        !self.of().is_empty() && self.of().iter().all(is_said)
    }

    /// Whether it is on sources, and no more than an explanation asks for.
    pub fn is_of_sources(&self) -> bool {
        matches!(self, Note::PriceEvidence { .. } | Note::MainlineEvidence(_))
    }

    /// What a user can do about it.
    pub fn help(&self) -> Option<Help> {
        match self {
            Note::ReplyOfAnotherDay { created, .. } => Some(Help::PriceOn(*created)),
            Note::LeftOut(_) => Some(Help::CountIgnored),
            Note::ExchangeRate { currency, rate } => {
                Some(Help::ChangeExchangeRate(rate.stated(currency).0.into()))
            }
            _ => None,
        }
    }

    /// The note, and what a user can do about it.
    pub fn said(&self) -> Sentence {
        Sentence::new(self.to_string(), self.help())
    }
}
