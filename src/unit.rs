//! What is counted (meters) and how many of it a price is for (scales).

use std::fmt;

/// What a price table charges by and what usage counts.
///
/// The counts are disjoint: `text_input` leaves out the tokens in `cached_text_input`, and the like.
/// The names are those of the keys in a price table and, with `_tokens`, in the JSON output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Meter {
    /// Prompt tokens that were not read from a cache.
    TextInput,
    /// Prompt tokens read from a cache.
    CachedTextInput,
    /// Reference-image tokens that were not read from a cache.
    ImageInput,
    /// Reference-image tokens read from a cache.
    CachedImageInput,
    /// Tokens of the images made, partial images included.
    ImageOutput,
    /// Text tokens that the model wrote.
    TextOutput,
    /// Images made.
    Images,
    /// Calls of the endpoint.
    Calls,
    /// Reference images sent.
    InputImages,
    /// Pixels of the images made.
    Pixels,
    /// What a rounding in the owner's contract adds or takes; only in charges, never in usage or tables.
    RoundingAdjustment,
    /// What the floor of a call adds, with what is open beside it; only in charges.
    FloorAdjustment,
    /// What data residency adds to what is sent; only in charges.
    ResidencyInput,
    /// What data residency adds to everything else; only in charges.
    Residency,
    /// Input tokens whose kind is open; only in charges.
    OpenInput,
    /// Output tokens whose kind is open; only in charges.
    OpenOutput,
    /// What may bill and is not read; only in charges.
    NotRead,
}

impl Meter {
    /// Every meter that usage counts, in the order in which lines are shown.
    pub const ALL: [Meter; 10] = [
        Meter::TextInput,
        Meter::CachedTextInput,
        Meter::ImageInput,
        Meter::CachedImageInput,
        Meter::ImageOutput,
        Meter::TextOutput,
        Meter::Images,
        Meter::Calls,
        Meter::InputImages,
        Meter::Pixels,
    ];

    /// The name in price tables and in the JSON output.
    pub fn as_str(self) -> &'static str {
        match self {
            Meter::TextInput => "text_input",
            Meter::CachedTextInput => "cached_text_input",
            Meter::ImageInput => "image_input",
            Meter::CachedImageInput => "cached_image_input",
            Meter::ImageOutput => "image_output",
            Meter::TextOutput => "text_output",
            Meter::Images => "images",
            Meter::Calls => "calls",
            Meter::InputImages => "input_images",
            Meter::Pixels => "pixels",
            Meter::RoundingAdjustment => "rounding_adjustment",
            Meter::FloorAdjustment => "floor_adjustment",
            Meter::ResidencyInput => "data_residency_input",
            Meter::Residency => "data_residency",
            Meter::OpenInput => "open_input",
            Meter::OpenOutput => "open_output",
            Meter::NotRead => "not_read",
        }
    }

    /// The meter of this name.
    pub fn from_name(name: &str) -> Option<Meter> {
        Meter::ALL.into_iter().find(|meter| meter.as_str() == name)
    }

    /// The name for people: "text input".
    pub fn label(self) -> &'static str {
        match self {
            Meter::TextInput => "text input",
            Meter::CachedTextInput => "cached text input",
            Meter::ImageInput => "image input",
            Meter::CachedImageInput => "cached image input",
            Meter::ImageOutput => "image output",
            Meter::TextOutput => "text output",
            Meter::Images => "images",
            Meter::Calls => "calls",
            Meter::InputImages => "input images",
            Meter::Pixels => "pixels",
            Meter::RoundingAdjustment => "rounding adjustment",
            Meter::FloorAdjustment => "floor of the call",
            Meter::ResidencyInput => "data residency of input",
            Meter::Residency => "data residency",
            Meter::OpenInput => "input, its kind open",
            Meter::OpenOutput => "output, its kind open",
            Meter::NotRead => "not read",
        }
    }

    /// The word for what is counted: "token", "image", "call".
    pub fn counted(self) -> &'static str {
        match self {
            Meter::Images => "image",
            Meter::Calls => "call",
            Meter::InputImages => "input image",
            Meter::Pixels => "pixel",
            Meter::RoundingAdjustment
            | Meter::FloorAdjustment
            | Meter::ResidencyInput
            | Meter::Residency => "adjustment",
            Meter::NotRead => "unit",
            _ => "token",
        }
    }

    /// Whether this counts tokens.
    pub fn is_tokens(self) -> bool {
        self.counted() == "token"
    }

    /// Whether it costs only where a table has a rate for it. Tokens, images and calls are what a
    /// request is billed by, so that a table must say something of each; the others are surcharges.
    pub fn is_surcharge(self) -> bool {
        matches!(self, Meter::InputImages | Meter::Pixels)
    }

    /// Whether it is what data residency adds to the lines of other meters.
    pub fn is_residency(self) -> bool {
        matches!(self, Meter::ResidencyInput | Meter::Residency)
    }

    /// Whether this is sent to the model, as against made by it.
    pub fn is_input(self) -> bool {
        matches!(
            self,
            Meter::TextInput
                | Meter::CachedTextInput
                | Meter::ImageInput
                | Meter::CachedImageInput
                | Meter::InputImages
                | Meter::OpenInput
                | Meter::ResidencyInput
        )
    }
}

impl fmt::Display for Meter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// How many units a price is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Per {
    /// A price for each unit.
    One,
    /// A price for 1,000 units.
    Thousand,
    /// A price for 1,000,000 units.
    Million,
}

impl Per {
    /// Every scale.
    pub const ALL: [Per; 3] = [Per::One, Per::Thousand, Per::Million];

    /// The number of units.
    pub fn count(self) -> u32 {
        match self {
            Per::One => 1,
            Per::Thousand => 1_000,
            Per::Million => 1_000_000,
        }
    }

    /// The spelling in price tables and on screen.
    pub fn as_str(self) -> &'static str {
        match self {
            Per::One => "1",
            Per::Thousand => "1K",
            Per::Million => "1M",
        }
    }

    /// The scale with this spelling.
    pub fn from_name(name: &str) -> Option<Per> {
        Per::ALL.into_iter().find(|per| per.as_str() == name)
    }
}

/// A count with separators: `7,024`.
pub fn grouped(count: u64) -> String {
    grouped_digits(&count.to_string())
}

/// Digits with a separator before every third from the right.
pub(crate) fn grouped_digits(digits: &str) -> String {
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
