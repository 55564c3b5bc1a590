//! Why a count is open, by the rules of a model or by what a request leaves out.

use std::fmt;
use std::sync::Arc;

use super::HangsOn;
use crate::help::Help;
use crate::size::{NoSize, Size};

/// Why a count is not exact.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Metering {
    /// A rule that the model's file says is not known, or known as a range only.
    RuleOpen {
        /// Which rule.
        rule: Rule,
        /// Why, as the file states it.
        stated: Arc<str>,
    },
    /// Fewer partial images may arrive than are asked for.
    PartialImages {
        /// For each image.
        asked: u32,
        /// The tokens of each.
        tokens_each: u64,
    },
    /// How this output format is billed is not known.
    OutputFormat(Arc<str>),
    /// An edit whose images are not given.
    EditWithoutImages,
    /// The size of a reference image is not known.
    InputImage {
        /// The image as it was named.
        name: Arc<str>,
        /// Why its size is not known.
        why: NoSize,
        /// The most tokens that an image of any size is, where the rule has such a bound.
        most: Option<u64>,
    },
    /// An image beyond all measure.
    ImageTooLarge,
    /// A reference image of a shape for which the rule is not known.
    BeyondAspect {
        /// The widest shape of the rule: so many to one.
        max_aspect: u32,
        /// The most tokens that any image is.
        most: u64,
    },
    /// No output rule for a resolution.
    NoRuleForResolution(Arc<str>),
    /// The model has no resolution.
    NoResolution,
    /// The resolution is not given.
    ResolutionOpen(Arc<[Arc<str>]>),
    /// The model has no size or no quality.
    NoSizeOrQuality,
    /// Quality `auto`.
    QualityAuto,
    /// Size `auto`.
    SizeAuto,
    /// Quality and size `auto`.
    QualityAndSizeAuto,
    /// No output rule for a quality at a size.
    NoRuleAt {
        /// The quality.
        quality: Arc<str>,
        /// The size.
        size: Size,
    },
    /// How a prompt is billed is not stated.
    PromptNotStated,
    /// What an edit adds to the prompt has not been seen.
    EditNotSeen,
    /// What is added to the prompt was seen as a range.
    AddedTokens {
        /// The least that was seen.
        low: u64,
        /// The most that was seen.
        high: u64,
    },
}

/// A rule of a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// Output tokens of an image.
    Output,
    /// Text output tokens beside an image.
    TextOutput,
    /// Tokens of a reference image.
    InputImages,
}

impl Metering {
    pub(super) fn code(&self) -> &'static str {
        match self {
            Metering::RuleOpen { rule: Rule::Output, .. } => "output_rule_open",
            Metering::RuleOpen { rule: Rule::TextOutput, .. } => "text_output_open",
            Metering::RuleOpen { rule: Rule::InputImages, .. } => "input_image_rule_open",
            Metering::PartialImages { .. } => "partial_images",
            Metering::OutputFormat(_) => "output_format_not_known",
            Metering::EditWithoutImages => "edit_without_images",
            Metering::InputImage { .. } => "input_image_size_not_known",
            Metering::ImageTooLarge => "image_too_large",
            Metering::BeyondAspect { .. } => "beyond_known_aspect",
            Metering::NoRuleForResolution(_) => "no_rule_for_resolution",
            Metering::NoResolution => "no_resolution",
            Metering::ResolutionOpen(_) => "resolution_open",
            Metering::NoSizeOrQuality => "no_size_or_quality",
            Metering::QualityAuto => "quality_auto",
            Metering::SizeAuto => "size_auto",
            Metering::QualityAndSizeAuto => "quality_and_size_auto",
            Metering::NoRuleAt { .. } => "no_rule_at_size",
            Metering::PromptNotStated => "prompt_rule_not_stated",
            Metering::EditNotSeen => "edit_prompt_not_seen",
            Metering::AddedTokens { .. } => "added_prompt_tokens",
        }
    }

    pub(super) fn help(&self) -> Option<Help> {
        match self {
            Metering::EditWithoutImages => Some(Help::GiveInputImages),
            Metering::InputImage { why: NoSize::NotInRequest, .. } => Some(Help::GiveInputImages),
            Metering::ResolutionOpen(names) => Some(Help::GiveResolution(names.clone())),
            Metering::PromptNotStated | Metering::EditNotSeen => Some(Help::GiveBilledTextTokens),
            _ => None,
        }
    }

    /// A rule belongs to its model; what a request leaves out does not.
    pub(super) fn hangs_on(&self) -> HangsOn {
        match self {
            Metering::EditWithoutImages | Metering::InputImage { .. } => HangsOn::Request,
            _ => HangsOn::Model,
        }
    }
}

impl fmt::Display for Metering {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Metering::RuleOpen { stated, .. } => f.write_str(stated),
            Metering::PartialImages { asked, tokens_each } => write!(
                f,
                "of {asked} partial images an image fewer may arrive, at {tokens_each} tokens each"
            ),
            Metering::OutputFormat(format) => {
                write!(f, "how {format} output is billed is not known")
            }
            Metering::EditWithoutImages => f.write_str("an edit without its images"),
            Metering::InputImage { name, why, most: None } => write!(f, "{name}: {why}"),
            Metering::InputImage { name, why, most: Some(most) } => {
                write!(f, "{name}: {why}; no image is more than {most} tokens")
            }
            Metering::ImageTooLarge => f.write_str("the image is too large to count"),
            Metering::BeyondAspect { max_aspect, most } => write!(
                f,
                "the rule is not known for images beyond {max_aspect}:1; no image is more than {most} tokens"
            ),
            Metering::NoRuleForResolution(tier) => {
                write!(f, "no output-token rule for the resolution {tier}")
            }
            Metering::NoResolution => f.write_str("the model has no resolution"),
            Metering::ResolutionOpen(_) => f.write_str("the resolution is open"),
            Metering::NoSizeOrQuality => f.write_str("the model has no size or no quality"),
            Metering::QualityAuto => f.write_str("quality auto is any of the labels"),
            Metering::SizeAuto => f.write_str("size auto is any legal size"),
            Metering::QualityAndSizeAuto => {
                f.write_str("quality and size auto are any label at any legal size")
            }
            Metering::NoRuleAt { quality, size } => {
                write!(f, "no output-token rule for {quality} at {size}")
            }
            Metering::PromptNotStated => {
                f.write_str("how many tokens a prompt of this model is billed is not stated")
            }
            Metering::EditNotSeen => f.write_str(
                "how many tokens an edit with these images adds to the prompt has not been seen",
            ),
            Metering::AddedTokens { low, high } if low == high => {
                write!(f, "replies show {low} tokens added to the prompt")
            }
            Metering::AddedTokens { low, high } => {
                write!(f, "replies show {low} to {high} tokens added to the prompt")
            }
        }
    }
}

impl Metering {
    /// A rule that is not known, as its file states it.
    pub fn rule_open(rule: Rule, stated: &str) -> Metering {
        Metering::RuleOpen { rule, stated: stated.into() }
    }

    /// Resolutions of which one is to be named.
    pub fn resolution_open<'a>(names: impl IntoIterator<Item = &'a str>) -> Metering {
        Metering::ResolutionOpen(names.into_iter().map(Arc::from).collect())
    }
}
