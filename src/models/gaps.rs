//! What a comparison of models does not show, and which models are not compared.

use std::fmt;

use chrono::NaiveDate;

coded! {
    /// Why a replacement that the maker names is not compared.
    #[derive(Debug, Clone, PartialEq, Eq)]
    #[non_exhaustive]
    pub enum NotCompared {
        /// There is no such model in the catalogue.
        NoModel(String) => "no_model",
        /// It has no rules for the day.
        NoRules {
            /// The model.
            model: String,
            /// The day.
            day: NaiveDate,
        } => "no_rules",
        /// No size is known that both models make.
        NoSize(String) => "no_common_size",
    }
}

impl fmt::Display for NotCompared {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            NotCompared::NoModel(model) => write!(f, "{model} is not in the catalogue"),
            NotCompared::NoRules { model, day } => write!(f, "{model} has no rules for {day}"),
            NotCompared::NoSize(model) => write!(f, "{model}: no size in common is known"),
        }
    }
}

/// The text tokens of an image as they have been seen, the fewest and the most.
pub type Seen = Option<(u64, u64)>;

coded! {
    /// What the output tokens do not show of a move.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    #[non_exhaustive]
    pub enum LeftOut {
        /// The old model also bills text that it writes.
        TextOfOld(Seen) => "text_of_old",
        /// The new model also bills text that it writes.
        TextOfNew(Seen) => "text_of_new",
        /// How the new model counts reference images is not known.
        ImagesNotKnown => "images_not_known",
        /// The new model counts reference images by another rule.
        OtherImageRule => "other_image_rule",
    }
}

impl fmt::Display for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let text = |which: &str, seen: &Seen| {
            let seen = seen.map_or_else(String::new, |(low, high)| {
                format!(", {low} to {high} tokens an image as seen")
            });
            format!("The {which} model also bills text that it writes{seen}.")
        };
        match self {
            LeftOut::TextOfOld(seen) => f.write_str(&text("old", seen)),
            LeftOut::TextOfNew(seen) => f.write_str(&text("new", seen)),
            LeftOut::ImagesNotKnown => {
                f.write_str("How the new model counts reference images is not known.")
            }
            LeftOut::OtherImageRule => {
                f.write_str("The new model counts reference images by another rule.")
            }
        }
    }
}
