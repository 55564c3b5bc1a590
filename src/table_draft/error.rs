//! Why an offer makes no table.

use chrono::NaiveDate;

use crate::errors::Errors;
use crate::estimate::EstimateError;
use crate::near::near_matches;
use crate::problem::Problem;
use crate::request::RequestError;
use crate::request::error::joined;

/// Why nothing can be drafted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DraftError {
    /// The offer cannot be entered as it is given.
    #[error("{0}")]
    Offer(Errors<OfferError>),
    /// A table is wrong: one that is there, or the draft itself.
    #[error("{0}")]
    Data(Errors<Problem>),
}

impl From<Errors<Problem>> for DraftError {
    fn from(problems: Errors<Problem>) -> DraftError {
        DraftError::Data(problems)
    }
}

impl From<EstimateError> for DraftError {
    fn from(error: EstimateError) -> DraftError {
        match error {
            EstimateError::Request(errors) => {
                DraftError::Offer(errors.into_iter().map(OfferError::Unknown).collect())
            }
            EstimateError::Data(problems) => DraftError::Data(problems),
        }
    }
}

/// An offer that cannot be entered as it is given: the reason, and by [`OfferError::help`] what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OfferError {
    /// The owner's id cannot be the name of a folder.
    #[error("`{0}` is not an owner id")]
    BadOwner(String),
    /// The folder holds the shipped tables of the maker.
    #[error("official/{0} holds the shipped tables, which an own folder cannot change or add to")]
    ShippedOfficial(String),
    /// Only the maker of a model is official for it.
    #[error("`{owner}` does not make {model}: its maker is `{maker}`")]
    NotTheMaker {
        /// The owner.
        owner: String,
        /// The model.
        model: String,
        /// Its maker.
        maker: String,
    },
    /// The maker of a model is no provider of it.
    #[error("`{owner}` makes {model}, so that its own price is an official one")]
    IsTheMaker {
        /// The owner.
        owner: String,
        /// The model.
        model: String,
    },
    /// There is no model or route of this name, or it cannot be priced.
    #[error("{0}")]
    Unknown(RequestError),
    /// The route that the price is a multiple of has no price today.
    #[error("the price cannot rest on {route}: {}", joined(why))]
    NoBasis {
        /// The route.
        route: String,
        /// Why not.
        why: Errors<RequestError>,
    },
    /// The route that the price is a multiple of is to another model.
    #[error("{route} is a route to {offered}, not to {model}")]
    OtherModel {
        /// The route.
        route: String,
        /// Its model.
        offered: String,
        /// The model asked for.
        model: String,
    },
    /// A multiple is in the unit of what it is a multiple of.
    #[error("{route} is priced in {unit}, and a multiple of it cannot be in {currency}")]
    OtherUnit {
        /// The route.
        route: String,
        /// Its unit.
        unit: String,
        /// The currency asked for.
        currency: String,
    },
    /// Not a quality of the model.
    #[error("`{label}` is not a quality of {model}")]
    UnknownLabel {
        /// The label.
        label: String,
        /// The model.
        model: String,
        /// Its labels.
        labels: Vec<String>,
    },
    /// A quality with two prices.
    #[error("there are two prices for {0}")]
    LabelTwice(String),
    /// A price for every quality beside one for a certain quality.
    #[error("a price for any quality stands beside one for a certain quality")]
    LabelledAndNot,
    /// The currency is no code.
    #[error("`{0}` is not a currency code")]
    BadCurrency(String),
    /// A text without content.
    #[error("the {0} is blank")]
    Blank(&'static str),
    /// A text with a character that no reader sees.
    #[error("the {what} holds U+{:04X}, which no reader sees", u32::from(*.hidden))]
    Hidden {
        /// Which text.
        what: &'static str,
        /// The character.
        hidden: char,
    },
    /// No file name can be made of the alias.
    #[error("no file name can be made of the alias `{0}`")]
    BadAlias(String),
    /// The offer's day is still to come.
    #[error("the offer is of {0}, a day after today")]
    SeenAhead(NaiveDate),
    /// There is a table already.
    #[error("there is a table {path} already")]
    ThereAlready {
        /// Where it stands.
        path: String,
        /// Whether it came with the program.
        shipped: bool,
    },
}

impl OfferError {
    /// What to do next.
    pub fn help(&self) -> String {
        use OfferError::*;
        let text = match self {
            BadOwner(_) => {
                "it names a folder: letters, digits, `.`, `-` and `_`, and a letter or digit first, such as \
                 acme-images"
            }
            ShippedOfficial(owner) | IsTheMaker { owner, .. } => return agreed_with_maker(owner),
            NotTheMaker { .. } => {
                "use the kind provider for who resells or hosts it, wrapper for a product around it"
            }
            Unknown(error) => {
                return error.help().unwrap_or_else(|| "see `imgcost models`".into());
            }
            NoBasis { .. } => "name a route with a price of today",
            OtherModel { offered, .. } => {
                return format!("use the model {offered}, or leave the model out");
            }
            OtherUnit { .. } => "leave the currency out",
            UnknownLabel { labels, label, .. } => return known_labels(label, labels),
            LabelTwice(_) => "keep the one that the offer states",
            LabelledAndNot => "give either one price, or one for each quality that the offer names",
            BadCurrency(_) => "write an ISO 4217 code such as USD or CNY",
            Hidden { .. } => "remove it: two texts that look alike must be alike",
            Blank(_) => "say it in a few words, or leave it out",
            BadAlias(_) => {
                "its last part names the file: give one with letters or digits, and not `owner`"
            }
            SeenAhead(_) => {
                "give the day on which the offer was made; what holds later is a version with `from`"
            }
            ThereAlready { path, shipped: true } => {
                return format!(
                    "what you agreed or know of it goes into amendments/{path}; another offer needs \
                     another alias"
                );
            }
            ThereAlready { .. } => {
                "a changed price is a new version: end the open one with `until` and append one; \
                 another offer needs another alias"
            }
        };
        text.to_owned()
    }
}

/// Only the maker sets official prices, and what it agreed with the user is no table of its own.
fn agreed_with_maker(owner: &str) -> String {
    format!(
        "name the party whose contract sets this price; what you agreed with the maker goes into \
         amendments/official/{owner}/<route>.yaml with `contract: ours`"
    )
}

fn known_labels(label: &str, labels: &[String]) -> String {
    if labels.is_empty() {
        return "no quality of it is known: give one price without a label".into();
    }
    let near = near_matches(label, labels.iter().map(String::as_str));
    let near = near.first().map_or_else(String::new, |near| format!("did you mean `{near}`? "));
    format!("{near}its qualities are {}", labels.join(", "))
}
