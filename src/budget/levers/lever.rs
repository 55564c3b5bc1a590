//! A lever: what is changed, what it saves and what is lost for it.

use std::fmt;

use rust_decimal::Decimal;

use crate::figure::Figure;
use crate::share::percent;
use crate::size::Size;
use crate::unit::grouped;

/// A change that lowers the cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lever {
    /// The workload.
    pub workload: String,
    /// The step that is changed, from 1, of a workload with several.
    pub step: Option<usize>,
    /// What is changed.
    pub change: LeverChange,
    /// What it saves over the whole budget.
    pub saving: Figure<Decimal>,
    /// What is lost for it.
    pub given_up: GivenUp,
}

impl Lever {
    /// What is changed, in words: "step 2: quality high → medium".
    pub fn change_in_words(&self) -> String {
        match self.step {
            Some(step) => format!("step {step}: {}", self.change),
            None => self.change.to_string(),
        }
    }
}

coded! {
    /// What a lever changes.
    #[derive(Debug, Clone, PartialEq, Eq)]
    #[non_exhaustive]
    pub enum LeverChange {
        /// One quality label lower.
        Quality {
            /// The label now.
            from: String,
            /// The label then.
            to: String,
        } => "quality",
        /// A cheaper size with as many pixels.
        Size {
            /// The size now.
            from: Size,
            /// The size then.
            to: Size,
        } => "size",
        /// Batch processing.
        Batch => "batch",
        /// A higher acceptance.
        Attempts {
            /// The share accepted now.
            from: Decimal,
            /// The share accepted then.
            to: Decimal,
        } => "attempts",
        /// Another model of the same maker.
        Model {
            /// Model and quality now.
            from: (String, String),
            /// Model and quality then.
            to: (String, String),
        } => "model",
    }
}

impl fmt::Display for LeverChange {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            LeverChange::Quality { from, to } => write!(f, "quality {from} → {to}"),
            LeverChange::Size { from, to } => write!(f, "size {from} → {to}"),
            LeverChange::Batch => f.write_str("Batch instead of standard processing"),
            LeverChange::Attempts { from, to } => {
                write!(f, "fewer attempts: acceptance {} → {}", percent(*from), percent(*to))
            }
            LeverChange::Model { from: (model, label), to: (other, its) } => {
                write!(f, "{model} {label} → {other} {its}")
            }
        }
    }
}

/// Output tokens of an image before and after a change; `None` where one of them is not known.
pub type Tokens = Option<(u64, u64)>;

coded! {
    /// What is lost for a lever.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    #[non_exhaustive]
    pub enum GivenUp {
        /// Detail of the image.
        Detail {
            /// The tokens that it is made of.
            tokens: Tokens,
            /// Whether it is not stated that the route keeps to the quality.
            is_unsure: bool,
        } => "detail",
        /// The exact size, of the same shape.
        ExactSize(OtherSize) => "exact_size",
        /// The exact shape.
        ExactShape(OtherSize) => "exact_shape",
        /// Speed: results come within 24 hours.
        Speed => "speed",
        /// The work that a higher acceptance takes, which has no price here.
        Work => "work",
        /// The look that a model has.
        Look(Tokens) => "look",
    }
}

/// The pixels of another size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OtherSize {
    /// Pixels before and after.
    pub pixels: (u64, u64),
    /// Whether it is not stated that the route keeps to the size.
    pub is_unsure: bool,
}

impl fmt::Display for GivenUp {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            GivenUp::Detail { tokens, is_unsure } => {
                write!(f, "detail{}{}", in_tokens(*tokens), unsure(*is_unsure, "quality"))
            }
            GivenUp::ExactSize(other) => write!(f, "the exact size {other}"),
            GivenUp::ExactShape(other) => write!(f, "the exact shape {other}"),
            GivenUp::Speed => f.write_str("speed: results within 24 hours"),
            GivenUp::Work => f.write_str("the work it takes, which has no price here"),
            GivenUp::Look(tokens) => write!(f, "the look{}", in_tokens(*tokens)),
        }
    }
}

impl fmt::Display for OtherSize {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let (before, after) = self.pixels;
        let unsure = unsure(self.is_unsure, "size");
        write!(f, "({} → {} pixels){unsure}", grouped(before), grouped(after))
    }
}

fn in_tokens(tokens: Tokens) -> String {
    match tokens {
        Some((before, after)) => format!(": {} → {} tokens", grouped(before), grouped(after)),
        None => ": how many tokens an image has is not known".to_owned(),
    }
}

fn unsure(is_unsure: bool, what: &str) -> String {
    match is_unsure {
        true => format!("; that the route keeps to the {what} is not stated"),
        false => String::new(),
    }
}
