//! What a user can do about a reason, an error or a note: a value, which the command line words into flags.

use std::fmt;
use std::sync::Arc;

/// What settles something that is open, with the data that it takes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
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
}

/// What is asked of a mainline model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MainlineValue {
    /// The model.
    Model,
    /// The tokens that it reads.
    InputTokens,
    /// The tokens that it writes.
    OutputTokens,
}

impl MainlineValue {
    fn flag(self) -> &'static str {
        match self {
            MainlineValue::Model => "--mainline-model",
            MainlineValue::InputTokens => "--mainline-input-tokens",
            MainlineValue::OutputTokens => "--mainline-output-tokens",
        }
    }
}

impl fmt::Display for Help {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Help::GiveInputImages => f.write_str("give --input-image WIDTHxHEIGHT for each image"),
            Help::GiveResolution(names) => write!(f, "give --resolution {}", names.join(" or ")),
            Help::GiveBilledTextTokens => f.write_str("give --billed-text-tokens if you know"),
            Help::IgnoreKey(key) => write!(f, "--ignore-key {key} leaves it out of the total"),
            Help::TakeOutOfBody => {
                f.write_str("take it out of the body to leave it out of the total")
            }
            Help::GiveExchangeRate(code) => {
                write!(f, "give --fx {code}/USD=RATE, the US dollars for 1 {code}")
            }
            Help::GiveMainline(values) => {
                let of = |wanted: bool| {
                    let of_kind = values.iter().filter(|(_, given)| *given == wanted);
                    of_kind.map(|(value, _)| value.flag()).collect::<Vec<_>>().join(", ")
                };
                write!(f, "give {}", of(false))?;
                match values.iter().any(|(_, given)| *given) {
                    true => write!(f, " beside {}", of(true)),
                    false => Ok(()),
                }
            }
            Help::GivePrompt => f.write_str("give --prompt or --prompt-tokens"),
            Help::GiveCachedTokens => {
                f.write_str("give --cached-text-tokens and --cached-image-tokens")
            }
            Help::GiveMainlineModel => f.write_str("give --mainline-model"),
            Help::CountQuoted => f.write_str("say `quoted: true` or --quoted to count with it"),
            Help::Replace { model, by: Some(by) } => write!(
                f,
                "--replace {model}={by}, or replace: {{{model}: {by}}} in the file, prices the images from then on"
            ),
            Help::Replace { model, by: None } => write!(
                f,
                "--replace {model}=MODEL, or `replace` in the file, prices the images from then on"
            ),
        }
    }
}
