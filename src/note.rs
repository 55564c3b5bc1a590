//! Notes that go with a figure: a stable code and a sentence.

use crate::reason::{Reason, Reasons};

/// The stable code of a note in the JSON output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum NoteCode {
    /// The size is above the one up to which the maker calls results reliable.
    ExperimentalSize,
    /// A token rule that was measured and is not published by the maker.
    RuleObservedNotPublished,
    /// A token rule that is only known as a range.
    RuleNotKnown,
    /// `quality` was `auto`: a bound over the labels.
    QualityAuto,
    /// `size` was `auto`: a bound over the legal sizes.
    SizeAuto,
    /// Fewer partial images may arrive than were asked for.
    PartialImages,
    /// The model bills text that a request cannot tell.
    TextOutputOpen,
    /// No reply has shown the cached discount on this route.
    CachedDiscountNotSeen,
    /// A meter was used that the owner states it does not bill.
    NotBilled,
    /// What a tenth more attempts would add.
    RetrySensitivity,
    /// Who pays for a failed or blocked attempt is open.
    FailureChargeOpen,
    /// The model has a day on which it is shut down.
    ShutdownAhead,
    /// What the owner prints as an estimate; not the rated figure.
    PublishedEstimate,
    /// A parameter of the request that does not change the price.
    NoPriceEffect,
    /// The reply was made on another day than it is priced for.
    ReplyOfAnotherDay,
    /// How a reply was read where that is not plain.
    ReplyReading,
    /// The reply holds no image.
    NoImage,
    /// What of a reply is left out of the total, since the user says that it bills nothing.
    LeftOut,
    /// What of a reply is known to bill nothing by itself.
    BillsNothing,
    /// The reply comes with usage of a second model.
    MainlineModel,
    /// What adds to the bill and cannot be counted ahead.
    NotCounted,
    /// How a volume is bought, where that costs more or less than its value.
    Purchase,
    /// How many images a call makes is not stated.
    ImagesPerCallNotStated,
    /// A risk of the route.
    Risk,
    /// The price rests on weak evidence.
    Quoted,
    /// The price is the user's own, or the user holds the list to be wrong.
    OwnContract,
    /// An exchange rate of the user's own.
    ExchangeRate,
    /// The evidence of the price or rule is disputed or weak.
    Evidence,
}

/// A sentence that goes with a figure.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Note {
    /// What kind of note.
    pub code: NoteCode,
    /// The sentence.
    pub message: String,
    /// Why a figure is open, where that is all that it says.
    #[serde(skip)]
    of: Reasons,
}

impl Note {
    /// A note.
    pub fn new(code: NoteCode, message: impl Into<String>) -> Note {
        Note { code, message: message.into(), of: Reasons::default() }
    }

    /// A note that says why a figure is open.
    pub fn of_reasons(code: NoteCode, reasons: impl Into<Reasons>) -> Note {
        let of = reasons.into();
        Note { code, message: of.in_words(), of }
    }

    /// Whether it says nothing but what these reasons say.
    pub fn says(&self, reasons: &Reasons) -> bool {
        let is_said = |own: &Reason| reasons.iter().any(|it| it.kind() == own.kind());
        !self.of.is_empty() && self.of.iter().all(is_said)
    }
}
