//! A rule of a model that a size breaks.

use crate::size::Size;

/// The sizes by name, for messages.
fn names(sizes: &[Size]) -> String {
    sizes.iter().map(Size::to_string).collect::<Vec<_>>().join(", ")
}

/// The rules on one line.
pub(crate) fn in_words(broken: &[BrokenRule]) -> String {
    broken.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

coded! {
    /// A rule of a model that a size breaks.
    #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
    #[non_exhaustive]
    pub enum BrokenRule {
        /// The model makes the sizes of a list.
        #[error("the model makes only {}", names(.0))]
        NotListed(Vec<Size>) => "size_not_listed",
        /// Both edges are multiples of a number.
        #[error("both edges must be multiples of {multiple}")]
        OffGrid {
            /// The number.
            multiple: u32,
        } => "edge_off_grid",
        /// An edge has a greatest length.
        #[error("no edge may be longer than {most} pixels")]
        EdgeTooLong {
            /// It, in pixels.
            most: u32,
        } => "edge_too_long",
        /// The long edge is bounded by the short one.
        #[error("the long edge may be at most {most} times the short one")]
        TooFlat {
            /// How many times it may be.
            most: u32,
        } => "aspect_too_long",
        /// An image has a least number of pixels.
        #[error("{pixels} pixels are fewer than {least}")]
        TooFewPixels {
            /// Those of the size.
            pixels: u64,
            /// The least.
            least: u64,
        } => "too_few_pixels",
        /// An image has a greatest number of pixels.
        #[error("{pixels} pixels are more than {most}")]
        TooManyPixels {
            /// Those of the size.
            pixels: u64,
            /// The most.
            most: u64,
        } => "too_many_pixels",
    }
}
