//! What a reply leaves out, so that what it cost is open.

use std::fmt;
use std::sync::Arc;

use super::failed_attempt::FailedAttempt;
use crate::catalog::terms::ChargeRule;
use crate::help::Help;

coded! {
    /// Why what a reply cost is not exact.
    #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
    #[non_exhaustive]
    pub enum Reply {
        /// The reply has no usage at all.
        NoUsage => "no_usage",
        /// The reply has no usage of its mainline model.
        NoMainlineUsage => "no_mainline_usage",
        /// The reply has no usage of the image tool, only of the mainline model.
        NoToolUsage => "no_tool_usage",
        /// The reply made an SVG file and has no usage of the model that wrote it.
        NoSvgUsage => "no_svg_usage",
        /// The reply made an SVG file, and the usage of the model that wrote it is zero.
        SvgUsageZero => "svg_usage_zero",
        /// A usage of the reply counts nothing.
        NoCounts {
            /// Where it stands in the reply.
            path: Arc<str>,
        } => "usage_without_counts",
        /// The reply counts none of what a delivered image takes.
        NotCounted {
            /// What it does not count.
            part: MissingPart,
            /// Whether it says that an image was delivered.
            delivered: bool,
        } => "delivered_and_not_counted",
        /// The reply has fewer output tokens than its images take.
        CallLeftOut {
            /// The output tokens that it counts.
            counted: u64,
            /// Its images.
            images: u64,
            /// The output tokens that the rule counts for them.
            by_rule: u64,
        } => "call_may_be_left_out",
        /// The reply has fewer output tokens than any image of the model.
        FewerThanAnyImage {
            /// The image output tokens that it counts.
            counted: u64,
            /// The tokens of the least image.
            least: u64,
        } => "fewer_tokens_than_any_image",
        /// The reply does not list its images.
        ImagesNotListed => "images_not_listed",
        /// The reply has several calls, and it cannot be told whether one is left out.
        CallsNotChecked => "calls_not_checked",
        /// The counts of cached tokens that the user gave do not fit.
        CachedDoNotFit => "cached_counts_do_not_fit",
        /// The input is not split into text and image.
        InputNotSplit => "input_not_split",
        /// The reply does not count the cached input.
        CachedNotCounted {
            /// Whether it is that of the model that makes images, else that of one that writes text.
            image_model: bool,
        } => "cached_input_not_counted",
        /// Which kind of input was cached is not said.
        CachedNotSplit {
            /// Whether it is that of the model that makes images, else that of one that writes text.
            image_model: bool,
        } => "cached_input_not_split",
        /// The reply counts image output and lists no image call.
        NoImageCall => "no_image_call_listed",
        /// An image call delivered nothing, and the owner bills by images or calls.
        CallDeliveredNothing {
            /// What the owner charges for such an attempt.
            rule: ChargeRule,
        } => "failed_call_charge_open",
        /// An image call delivered nothing and is in no count.
        CallNotCounted {
            /// What the reply says of it.
            status: Arc<str>,
            /// What the owner charges for such an attempt.
            rule: ChargeRule,
        } => "failed_call_not_counted",
        /// The reply counts images and not what was read for them.
        ImagesCounted => "images_counted_alone",
        /// The whole reply is an error.
        AttemptFailed {
            /// What failed.
            error: FailedAttempt,
            /// What the owner charges for such an attempt.
            rule: ChargeRule,
        } => "attempt_failed",
        /// The output is not split into image and text.
        OutputNotSplit => "output_not_split",
        /// The size that was made is not said.
        NoSize => "size_not_said",
        /// The number of reference images is not said.
        ReferencesNotSaid => "reference_images_not_said",
        /// The mainline model is not named.
        MainlineNotNamed => "mainline_not_named",
        /// The model that wrote the SVG is not named.
        SvgAuthorNotNamed => "svg_author_not_named",
        /// The route bills a mainline model as well, and the reply does not count its tokens.
        NoMainlineTokens => "no_mainline_tokens",
        /// A model that made a call has no count of its input or of its output.
        NoneOfACall(MissingPart) => "call_not_counted",
    }
}

/// What a reply does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum MissingPart {
    /// Anything.
    Usage,
    /// Input and image output.
    InputAndImageOutput,
    /// Output.
    Output,
    /// Image output.
    ImageOutput,
    /// Input.
    Input,
}

impl Reply {
    pub(super) fn help(&self) -> Option<Help> {
        match self {
            Reply::CachedNotCounted { image_model: true }
            | Reply::CachedNotSplit { image_model: true } => Some(Help::GiveCachedTokens),
            Reply::MainlineNotNamed => Some(Help::GiveMainlineModel),
            _ => None,
        }
    }
}

impl fmt::Display for Reply {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Reply::NoUsage => f.write_str("the reply has no `usage`"),
            Reply::NoMainlineUsage => f.write_str("the reply has no `usage` of its mainline model"),
            Reply::NoToolUsage => f.write_str(
                "the reply has no `tool_usage.image_gen`: its `usage` is the mainline model's alone",
            ),
            Reply::NoSvgUsage => f.write_str(
                "the reply made an SVG and has no `svg_usage` of the model that wrote it",
            ),
            Reply::SvgUsageZero => {
                f.write_str("the `svg_usage` of the reply is zero and an SVG was delivered")
            }
            Reply::NoCounts { path } => write!(f, "`{path}` of the reply has no counts"),
            Reply::NotCounted { part, delivered } => {
                let delivered = match delivered {
                    true => "and an image was delivered",
                    false => "and does not tell that no image was delivered",
                };
                let counted = match part {
                    MissingPart::Usage => "the usage of the reply is zero",
                    MissingPart::InputAndImageOutput => {
                        "the reply counts no input and no image output"
                    }
                    MissingPart::Output => "the reply counts no output",
                    MissingPart::ImageOutput => "the reply counts no image output",
                    MissingPart::Input => "the reply counts no input",
                };
                write!(f, "{counted} {delivered}")
            }
            Reply::CallLeftOut { counted, images, by_rule } => write!(
                f,
                "the reply counts {counted} output tokens for {images} images and the rule counts {by_rule}: the \
                 usage of a call may be left out"
            ),
            Reply::FewerThanAnyImage { counted, least } => write!(
                f,
                "the reply counts {counted} image output tokens for an image that was delivered, and no image of the model \
                 has fewer than {least}"
            ),
            Reply::ImagesNotListed => f.write_str("the reply does not list its images"),
            Reply::CallsNotChecked => f.write_str(
                "the reply has several image calls and does not tell size and quality of each, so that the rule \
                 cannot check whether the usage of a call is left out",
            ),
            Reply::CachedDoNotFit => {
                f.write_str("the cached counts that are given do not fit those of the reply")
            }
            Reply::InputNotSplit => {
                f.write_str("the reply does not split its input into text and image")
            }
            Reply::CachedNotCounted { image_model } => {
                let model = if *image_model { "image" } else { "mainline" };
                write!(
                    f,
                    "the reply does not count the cached input of the {model} model: from none to all of it"
                )
            }
            Reply::NoImageCall => {
                f.write_str("the reply counts image output and lists no image call")
            }
            Reply::CallDeliveredNothing { rule } => write!(
                f,
                "an image call delivered nothing; by the terms of the route such an attempt is: {}",
                rule.in_words()
            ),
            Reply::CallNotCounted { status, rule } => write!(
                f,
                "an image call has the status `{status}` and is not in the counts; by the terms of the route such \
                 an attempt is: {}",
                rule.in_words()
            ),
            Reply::ImagesCounted => {
                f.write_str("the reply counts its images, and no input for them")
            }
            Reply::AttemptFailed { error, rule } => write!(
                f,
                "{error}; by the terms of the route such an attempt is: {}",
                rule.in_words()
            ),
            Reply::CachedNotSplit { .. } => {
                f.write_str("the reply does not say which kind of input was cached")
            }
            Reply::OutputNotSplit => f.write_str(
                "the reply does not split its output, and this model also bills text",
            ),
            Reply::NoSize => f.write_str("the reply does not say which size it made"),
            Reply::ReferencesNotSaid => {
                f.write_str("the reply does not say how many reference images were sent")
            }
            Reply::MainlineNotNamed => f.write_str("the reply does not name its mainline model"),
            Reply::SvgAuthorNotNamed => {
                f.write_str("which model writes the SVG is not named")
            }
            Reply::NoMainlineTokens => f.write_str(
                "the reply has no tokens of a mainline model, which this route bills as well",
            ),
            Reply::NoneOfACall(MissingPart::Input) => {
                f.write_str("the reply counts no input of a model that made a call")
            }
            Reply::NoneOfACall(_) => {
                f.write_str("the reply counts no output of a model that made a call")
            }
        }
    }
}
