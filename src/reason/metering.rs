//! Why a count is open, by the rules of a model or by what a request leaves out.

use std::fmt;
use std::sync::Arc;

use super::HangsOn;
use crate::help::Help;
use crate::size::{NoSize, Size};

coded! {
    /// Why a count is not exact.
    #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
    #[non_exhaustive]
    pub enum Metering {
        /// How many output tokens an image has is not known, or known as a range only, as the model's file states it.
        OutputRuleOpen(Arc<str>) => "output_rule_open",
        /// How much text the model bills beside an image is open, as its file states it.
        TextOutputOpen(Arc<str>) => "text_output_open",
        /// How many tokens a reference image has is not known, as the model's file states it.
        InputImageRuleOpen(Arc<str>) => "input_image_rule_open",
        /// Fewer partial images may arrive than are asked for.
        PartialImages {
            /// For each image.
            asked: u32,
            /// The tokens of each.
            tokens_each: u64,
        } => "partial_images",
        /// How this output format is billed is not known.
        OutputFormat(Arc<str>) => "output_format_not_known",
        /// What the author of an SVG file reads and writes stands in no request.
        SvgAuthorOpen => "svg_author_open",
        /// The images of an edit are not given.
        EditWithoutImages => "edit_without_images",
        /// The size of a reference image is not known.
        InputImage {
            /// The image as it was named.
            name: Arc<str>,
            /// Why its size is not known.
            why: NoSize,
            /// The most tokens that an image of any size is, where the rule has such a bound.
            most: Option<u64>,
        } => "input_image_size_not_known",
        /// A reference image is too large to be counted.
        ImageTooLarge => "image_too_large",
        /// The rule for tokens is not known for a reference image of this shape.
        BeyondAspect {
            /// The widest shape of the rule: so many to one.
            max_aspect: u32,
            /// The most tokens that any image is.
            most: u64,
        } => "beyond_known_aspect",
        /// The model has no rule for the output tokens of the resolution.
        NoRuleForResolution(Arc<str>) => "no_rule_for_resolution",
        /// The model has no resolution.
        NoResolution => "no_resolution",
        /// The model counts by resolution, and none is given.
        ResolutionOpen(Arc<[Arc<str>]>) => "model_resolution_open",
        /// The model has no size or no quality.
        NoSizeOrQuality => "no_size_or_quality",
        /// The quality is `auto`, which is any of the labels.
        QualityAuto => "quality_auto",
        /// The size is `auto`, which is any legal size.
        SizeAuto => "size_auto",
        /// Quality and size are `auto`: any label at any legal size.
        QualityAndSizeAuto => "quality_and_size_auto",
        /// The model has no rule for the output tokens of the quality at the size.
        NoRuleAt {
            /// The quality.
            quality: Arc<str>,
            /// The size.
            size: Size,
        } => "no_rule_at_size",
        /// How a prompt is billed is not stated.
        PromptNotStated => "prompt_rule_not_stated",
        /// What an edit adds to the prompt has not been seen.
        EditNotSeen => "edit_prompt_not_seen",
        /// What is added to the prompt was seen as a range.
        AddedTokens {
            /// The least that was seen.
            low: u64,
            /// The most that was seen.
            high: u64,
        } => "added_prompt_tokens",
    }
}

impl Metering {
    pub(super) fn help(&self) -> Option<Help> {
        match self {
            Metering::EditWithoutImages => Some(Help::GiveInputImages),
            Metering::InputImage { why: NoSize::NotInRequest | NoSize::FileNotThere, .. } => {
                Some(Help::GiveInputImages)
            }
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
            Metering::OutputRuleOpen(stated)
            | Metering::TextOutputOpen(stated)
            | Metering::InputImageRuleOpen(stated) => f.write_str(stated),
            Metering::PartialImages { asked, tokens_each } => write!(
                f,
                "of {asked} partial images an image fewer may arrive, at {tokens_each} tokens each"
            ),
            Metering::OutputFormat(format) => {
                write!(f, "how {format} output is billed is not known")
            }
            Metering::SvgAuthorOpen => f.write_str(
                "what the model that writes the SVG file reads and writes stands in the reply alone (svg_usage)",
            ),
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
    /// Resolutions of which one is to be named.
    pub fn resolution_open<'a>(names: impl IntoIterator<Item = &'a str>) -> Metering {
        Metering::ResolutionOpen(names.into_iter().map(Arc::from).collect())
    }
}
