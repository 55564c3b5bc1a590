//! What the log of a pilot leaves out of an attempt, or a log of usage out of a row.

use std::fmt;

use crate::unit::{Meter, grouped};

coded! {
    /// Why what an attempt of a log cost is not exact.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
    #[non_exhaustive]
    pub enum Logged {
        /// The log does not tell a count.
        Count {
            /// What is counted.
            meter: Meter,
            /// How it is missing.
            missing: MissingCount,
            /// Of an attempt without an image, the most that the rule counts.
            most_without_image: Option<u64>,
        } => "count_not_logged",
        /// The prompt is not logged.
        NoPrompt => "prompt_not_logged",
        /// The sizes of its reference images are not logged.
        NoReferenceSizes => "reference_sizes_not_logged",
        /// The tokens of the mainline model are not logged.
        NoMainlineTokens => "mainline_tokens_not_logged",
        /// A seat paid, which is no price for API work.
        PaidBySeat => "paid_by_a_seat",
        /// No image was accepted that could have a cost.
        NoneAccepted => "no_image_accepted",
        /// The log does not say how many images were delivered.
        NoImages => "images_not_logged",
        /// The log counts fewer output tokens than any image of the model has.
        FewerThanAnyImage {
            /// The tokens that it counts.
            counted: u64,
            /// The fewest that so many images have.
            least: u64,
        } => "fewer_tokens_logged_than_any_image",
        /// The log counts no input, and every request has some.
        NoInput => "no_input_logged",
        /// So many files could not be read, or not to their end.
        FilesNotRead(u64) => "logs_not_read",
    }
}

/// How a log does not tell a count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum MissingCount {
    /// The size that was made is not logged.
    NoSize,
    /// Left out.
    LeftOut,
    /// Zero although reference images were sent.
    ZeroOfReferences,
    /// Zero although an image was delivered.
    ZeroOfDelivered,
    /// Zero.
    Zero,
}

impl fmt::Display for Logged {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Logged::Count { meter, missing, most_without_image } => {
                let what = meter.label();
                match missing {
                    MissingCount::NoSize => f.write_str("the log does not say which size was made"),
                    MissingCount::LeftOut => write!(f, "the log leaves out {what} tokens"),
                    MissingCount::ZeroOfReferences => {
                        write!(f, "reference images were sent, and the log counts 0 {what} tokens")
                    }
                    MissingCount::ZeroOfDelivered => {
                        write!(f, "an image was delivered, and the log counts 0 {what} tokens")
                    }
                    MissingCount::Zero => write!(f, "the log counts 0 {what} tokens"),
                }?;
                most_without_image.map_or(Ok(()), |most| {
                    write!(f, " of an attempt without an image: none, or up to {most} by the rule")
                })
            }
            Logged::NoPrompt => f.write_str("the log leaves out the prompt"),
            Logged::NoReferenceSizes => {
                f.write_str("the sizes of its reference images are not logged")
            }
            Logged::PaidBySeat => f.write_str("paid by a seat, which is no price for API work"),
            Logged::NoneAccepted => f.write_str("no image was accepted"),
            Logged::NoImages => f.write_str("the log does not say how many images were delivered"),
            Logged::FewerThanAnyImage { counted, least } => write!(
                f,
                "the log counts {} output tokens, and its images have at least {}",
                grouped(*counted),
                grouped(*least)
            ),
            Logged::FilesNotRead(1) => f.write_str("a file could not be read, or not to its end"),
            Logged::FilesNotRead(files) => {
                write!(f, "{} files could not be read, or not to their end", grouped(*files))
            }
            Logged::NoInput => f.write_str("the log counts no input, and every request has some"),
            Logged::NoMainlineTokens => {
                f.write_str("the log has no tokens of the mainline model, which is billed as well")
            }
        }
    }
}
