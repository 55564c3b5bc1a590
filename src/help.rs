//! What a user can do about a reason, an error or a note: a value, which the command line words into flags.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::long::shortened;

/// What settles something that is open, with the data that it takes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Help {
    /// State the size of each reference image.
    GiveInputImages,
    /// Name one of these resolutions.
    GiveResolution(Arc<[Arc<str>]>),
    /// State the text tokens that are billed in all.
    GiveBilledTextTokens,
    /// Leave a key out of the total.
    IgnoreKey(Arc<str>),
    /// Take a key out of the body to leave it out of the total.
    TakeOutOfBody,
    /// State an exchange rate of this currency.
    GiveExchangeRate(Arc<str>),
    /// State what the mainline model bills: each value, and whether it is given.
    GiveMainline(Arc<[(MainlineValue, bool)]>),
    /// Give the prompt, or its tokens.
    GivePrompt,
    /// State the cached tokens of each kind.
    GiveCachedTokens,
    /// Name the mainline model.
    GiveMainlineModel,
    /// Let prices on weak evidence count.
    CountQuoted,
    /// Put another model in the place of one that is shut down.
    Replace {
        /// The model that is shut down.
        model: Arc<str>,
        /// The one that its maker names.
        by: Option<Arc<str>>,
    },
    /// Have shown what a report keeps back, by one of these views.
    ShowMore(Arc<[View]>),
    /// Have every row shown.
    ShowRows,
    /// Have so many shown, and not only the first ones.
    ShowFirst(usize),
    /// Name the size or quality, which settles what it is.
    Settle(Asked),
    /// Name the size or quality, which chooses another than the one that is taken.
    ChooseAnother(Asked),
    /// Price a reply at the prices of its own day.
    PriceOn(NaiveDate),
    /// Name the day of a reply.
    GiveDay,
    /// State the tokens that the mainline model reads from a cache.
    GiveMainlineCached,
    /// Count what the user says is to be ignored.
    CountIgnored,
    /// State another exchange rate of this pair of currencies, such as `CNY/USD`.
    ChangeExchangeRate(Arc<str>),
    /// Name a request or a volume, whose cost before and after a change is then shown.
    CostOfChanges,
    /// Give a file to what takes it, or make it one that can be read.
    GiveTo(Taker),
    /// Stamp a whole catalogue, and pack it afterwards where it came in an archive.
    Stamp {
        /// Whether it came in an archive.
        packed: bool,
    },
    /// Say that a statement of this table was wrong from the start, or no longer holds; one with days ends, and a new one
    /// is appended.
    PinCorrected {
        /// The table.
        table: Arc<str>,
        /// Whether the statement has days.
        dated: bool,
    },
    /// Put a file into the folder of the file that names it, or allow its own.
    AllowFiles,
    /// Say what stands before the decimals of a spreadsheet's numbers.
    GiveDecimalMark,
    /// Say whether the day or the month is first in a spreadsheet's dates.
    GiveDayOrder,
    /// Take sizes of more shapes.
    WidenShapes,
    /// Read tables of the user's own beside the others.
    GiveTables,
    /// Name the columns of a bill in a mapping.
    GiveMapping,
    /// State who says a price, when, or how well it is supported.
    GiveEvidence(EvidencePart),
    /// What every caller says in the same words, since no flag does it.
    Plain(Cow<'static, str>),
}

impl Help {
    /// The same with its long values cut, as far as it has any.
    pub(crate) fn shortened(self) -> Help {
        match self {
            Help::Plain(text) => Help::Plain(shortened(&text).into_owned().into()),
            other => other,
        }
    }
}

impl From<&'static str> for Help {
    fn from(text: &'static str) -> Help {
        Help::Plain(text.into())
    }
}

impl From<String> for Help {
    fn from(text: String) -> Help {
        Help::Plain(text.into())
    }
}

/// What the evidence of a price has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum EvidencePart {
    /// Who says so.
    Source,
    /// The day of it.
    Seen,
    /// How well it is supported.
    Confidence,
}

/// A view of a report that shows more of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum View {
    /// Everything.
    All,
    /// Notes, assumptions and reasons.
    Notes,
    /// The rows behind a summary.
    Rows,
}

/// What the views show that open what is kept back, by the names of a caller: one of them all, or each its own.
pub(crate) fn views_in_words(views: &[View], name: fn(View) -> &'static str) -> String {
    let own = |view: &View| match view {
        View::All => None,
        View::Notes => Some(format!("{} the notes", name(*view))),
        View::Rows => Some(format!("{} the rows", name(*view))),
    };
    match views {
        [one @ (View::Notes | View::Rows)] => format!("{} shows them", name(*one)),
        _ => {
            let all = format!("{} shows everything", name(View::All));
            std::iter::once(all).chain(views.iter().filter_map(own)).collect::<Vec<_>>().join(", ")
        }
    }
}

/// What a published statement asks for that was changed, up to how it is pinned again.
pub(crate) fn of_published(dated: bool) -> &'static str {
    match dated {
        true => {
            "end the version with `until` and append the new one; if it was wrong when it was written"
        }
        false => "write it as it was; if that was wrong, or holds no longer",
    }
}

/// Where a file that another one names is found without further words.
pub(crate) const IN_ITS_FOLDER: &str = "put it in or below the folder of the file that names it";

/// How a whole catalogue gets its stamp, by the name that a caller has for stamping it.
pub(crate) fn stamp_in_words(packed: bool, stamp: &str) -> String {
    match packed {
        true => format!("{stamp}, and pack it then: `tar -czf prices.tar.gz DIR`"),
        false => format!(
            "{stamp}; tables of your own stand in a folder without models/ and without published/"
        ),
    }
}

/// What takes a file, or what has to be done to it first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Taker {
    /// Nothing: it is empty.
    Nothing,
    /// Anything, once it is saved as UTF-8 text.
    SavedAsUtf8,
    /// Anything, once it is saved to its end.
    SavedWhole,
    /// Anything, once it is taken out of its pack.
    Unpacked,
    /// A request, as a reference image.
    ReferenceImage,
    /// A request, as its prompt.
    Prompt,
    /// The forecast of a budget.
    Budget,
    /// The check of a budget against an older forecast.
    BudgetCheck,
    /// The results of a pilot.
    Pilot,
    /// The check of price tables.
    Prices,
    /// The comparison of price tables with it.
    PriceMap,
    /// The replies that it sums up, or the request that it is of.
    Replies,
    /// The file with the output of the Batch.
    BatchOutput,
    /// The result that the stream was made of.
    AiSdkResult,
    /// A request by model, size, quality and prompt, or its reply.
    Flags,
    /// A request or a reply as the API has them.
    Estimate,
}

impl Taker {
    fn in_words(self) -> &'static str {
        match self {
            Taker::Nothing => "check whether it was written at all",
            Taker::SavedAsUtf8 => "save it as UTF-8 (a spreadsheet as \"CSV UTF-8\")",
            Taker::SavedWhole => "save it whole, as it was sent",
            Taker::Unpacked => "unpack it or save it as text: JSON, or CSV in UTF-8",
            Taker::ReferenceImage => "it is a reference image of a request",
            Taker::Prompt => "it can be the prompt of a request",
            Taker::Budget => "forecast it as a budget",
            Taker::BudgetCheck => "hold the budget that it was made of against it",
            Taker::Pilot => "read it as the log of a pilot",
            Taker::Prices => "check it as a price table, or price with its folder",
            Taker::PriceMap => "hold the price tables beside it",
            Taker::Replies => "give the replies themselves, or the requests",
            Taker::BatchOutput => "fetch that file and give it",
            Taker::AiSdkResult => {
                "write the `usage` and `providerMetadata` of the result as JSON, and give that"
            }
            Taker::Flags => ASKED_APART,
            Taker::Estimate => "give the JSON body of a request, or a reply as the API sent it",
        }
    }
}

/// How the image of a call is asked for that another model makes.
const ASKED_APART: &str = "ask for the image by model, size, quality and prompt, and name the mainline model that calls the image \
     tool with its input and output tokens; or price its reply";

/// What a request may name or leave to whoever makes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Asked {
    /// The size.
    Size,
    /// The quality.
    Quality,
}

impl fmt::Display for Asked {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(match self {
            Asked::Size => "size",
            Asked::Quality => "quality",
        })
    }
}

/// What is asked of a mainline model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum MainlineValue {
    /// The model.
    Model,
    /// The tokens that it reads.
    InputTokens,
    /// The tokens that it writes.
    OutputTokens,
}

impl MainlineValue {
    fn in_words(self) -> &'static str {
        match self {
            MainlineValue::Model => "the mainline model",
            MainlineValue::InputTokens => "its input tokens",
            MainlineValue::OutputTokens => "its output tokens",
        }
    }
}

/// What is missing of a mainline model, by the names of a caller, and which counts were given. That the model was is
/// not said: a body may have named it, and no caller.
pub(crate) fn mainline_in_words(
    values: &[(MainlineValue, bool)],
    name: fn(MainlineValue) -> &'static str,
) -> String {
    let names = |wanted: fn(&(MainlineValue, bool)) -> bool| {
        let of_kind = values.iter().filter(|value| wanted(value));
        of_kind.map(|(value, _)| name(*value)).collect::<Vec<_>>().join(", ")
    };
    let missing = names(|(_, given)| !given);
    match names(|(value, given)| *given && *value != MainlineValue::Model) {
        counts if counts.is_empty() => format!("give {missing}"),
        counts => format!("give {missing} beside {counts}"),
    }
}

impl fmt::Display for Help {
    /// In neutral words, which name no flag.
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Help::GiveInputImages => f.write_str("give the size of each reference image"),
            Help::GiveResolution(names) => write!(f, "give the resolution {}", names.join(" or ")),
            Help::GiveBilledTextTokens => f.write_str("give the billed text tokens if you know"),
            Help::IgnoreKey(key) => {
                write!(f, "ignoring the key {key} leaves it out of the total")
            }
            Help::TakeOutOfBody => {
                f.write_str("take it out of the body to leave it out of the total")
            }
            Help::GiveExchangeRate(code) => {
                write!(f, "give an exchange rate, the US dollars for 1 {code}")
            }
            Help::GiveMainline(values) => {
                f.write_str(&mainline_in_words(values, MainlineValue::in_words))
            }
            Help::GivePrompt => f.write_str("give the prompt or its tokens"),
            Help::GiveCachedTokens => f.write_str("give the cached text and image tokens"),
            Help::GiveMainlineModel => f.write_str("give the mainline model"),
            Help::CountQuoted => f.write_str("say `quoted: true` to count with it"),
            Help::Replace { model, by: Some(by) } => {
                write!(f, "replace: {{{model}: {by}}} prices the images from then on")
            }
            Help::Replace { model: _, by: None } => {
                f.write_str("`replace` with another model prices the images from then on")
            }
            Help::ShowMore(views) => f.write_str(&views_in_words(views, |view| match view {
                View::All => "a view of all",
                View::Notes => "one of notes",
                View::Rows => "one of rows",
            })),
            Help::ShowRows => f.write_str("a view of all rows shows each"),
            Help::ShowFirst(count) => write!(f, "a view of {count} shows them"),
            Help::Settle(asked) => write!(f, "naming the {asked} settles it"),
            Help::ChooseAnother(asked) => write!(f, "naming the {asked} chooses another"),
            Help::PriceOn(day) => write!(f, "pricing on {day} takes those"),
            Help::GiveDay => f.write_str("name that day"),
            Help::GiveMainlineCached => f.write_str("give its cached tokens"),
            Help::CountIgnored => f.write_str("not ignored, it makes the total not exact"),
            Help::ChangeExchangeRate(pair) => {
                write!(f, "another exchange rate of {pair} changes it")
            }
            Help::CostOfChanges => f.write_str("name one"),
            Help::GiveTo(taker) => f.write_str(taker.in_words()),
            Help::Stamp { packed } => f.write_str(&stamp_in_words(*packed, "stamp the folder")),
            Help::PinCorrected { table, dated } => {
                write!(f, "{}, pin {table} as corrected", of_published(*dated))
            }
            Help::AllowFiles => write!(f, "{IN_ITS_FOLDER}, or allow files of its own folder"),
            Help::GiveDecimalMark => {
                f.write_str("say which mark is meant, or write the numbers without marks")
            }
            Help::GiveDayOrder => {
                f.write_str("say which is first, the day or the month, or write YYYY-MM")
            }
            Help::WidenShapes => f.write_str("a larger tolerance takes more shapes"),
            Help::GiveTables => f.write_str("price with that folder"),
            Help::GiveMapping => f.write_str("say in a mapping which column is what"),
            Help::GiveEvidence(EvidencePart::Source) => f.write_str("name the source"),
            Help::GiveEvidence(EvidencePart::Seen) => f.write_str("name the day"),
            Help::GiveEvidence(EvidencePart::Confidence) => f.write_str("state the confidence"),
            Help::Plain(text) => f.write_str(text),
        }
    }
}

/// What is the case, and what a user can do about it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sentence {
    /// What is the case.
    pub text: String,
    /// What can be done, where something can.
    pub help: Option<Help>,
}

impl Sentence {
    /// A sentence with what can be done about it.
    pub fn new(text: impl Into<String>, help: impl Into<Option<Help>>) -> Sentence {
        Sentence { text: text.into(), help: help.into() }
    }

    /// The sentence after whose or what it is of: "route: sentence".
    #[must_use]
    pub fn of(self, whose: &str) -> Sentence {
        Sentence { text: format!("{whose}: {}", self.text), ..self }
    }

    /// The sentence with help in the words of whoever talks to the user.
    pub fn in_words(&self, words: HelpWords) -> String {
        match &self.help {
            Some(help) => format!("{}; {}", self.text, words(help)),
            None => self.text.clone(),
        }
    }
}

impl fmt::Display for Sentence {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.in_words(Help::to_string))
    }
}

impl From<&str> for Sentence {
    fn from(text: &str) -> Sentence {
        text.to_owned().into()
    }
}

impl From<String> for Sentence {
    fn from(text: String) -> Sentence {
        Sentence { text, help: None }
    }
}

/// How help is worded: `Help::to_string` in neutral words, the command line with its flags.
pub type HelpWords = fn(&Help) -> String;
