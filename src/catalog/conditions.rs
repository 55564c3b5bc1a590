//! When a rate holds: the kind of call, its processing, and what is asked for.

use crate::size::Size;

/// When a rate holds: all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conditions {
    /// For this kind of processing. A rate that names none is for standard processing: another
    /// kind is always an offer of its own and never taken as meant.
    pub processing: Processing,
    /// For this quality.
    pub quality: Option<String>,
    /// For this size.
    pub size: Option<Size>,
    /// For this class.
    pub class: Option<String>,
    /// For this kind of call.
    pub mode: Option<Mode>,
    /// For this output format.
    pub format: Option<String>,
    /// For this shape.
    pub aspect: Option<Aspect>,
    /// For calls of up to this many input tokens.
    pub input_tokens_up_to: Option<u64>,
}

impl Conditions {
    /// A kind of processing, whatever else is asked for.
    pub fn of(processing: Processing) -> Conditions {
        Conditions {
            processing,
            quality: None,
            size: None,
            class: None,
            mode: None,
            format: None,
            aspect: None,
            input_tokens_up_to: None,
        }
    }

    /// Whether both hold under the same conditions but for the label: the quality, or the class.
    pub fn differ_by_label_alone(&self, other: &Conditions) -> bool {
        let without_label =
            |it: &Conditions| Conditions { quality: None, class: None, ..it.clone() };
        without_label(self) == without_label(other)
    }

    /// No condition but standard processing.
    pub fn none() -> Conditions {
        Conditions::of(Processing::Standard)
    }
}

/// The kind of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mode {
    /// From a prompt alone.
    Generate,
    /// From a prompt and reference images.
    Edit,
}

impl Mode {
    /// Every mode.
    pub const ALL: [Mode; 2] = [Mode::Generate, Mode::Edit];

    /// The word in the tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Mode::Generate => "generate",
            Mode::Edit => "edit",
        }
    }

    /// The plural for messages.
    pub fn plural(self) -> &'static str {
        match self {
            Mode::Generate => "generations",
            Mode::Edit => "edits",
        }
    }
}

/// The shape of an image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aspect {
    /// Both edges equal.
    Square,
    /// Anything else.
    NotSquare,
}

impl Aspect {
    /// Every shape.
    pub const ALL: [Aspect; 2] = [Aspect::Square, Aspect::NotSquare];

    /// The word in the tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Aspect::Square => "square",
            Aspect::NotSquare => "not_square",
        }
    }
}

/// How a call is processed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Processing {
    /// At once.
    Standard,
    /// Within a day, in a file with others.
    Batch,
    /// When there is room for it, for less.
    Flex,
    /// Before others, for more.
    Priority,
}

impl Processing {
    /// Every kind.
    pub const ALL: [Processing; 4] =
        [Processing::Standard, Processing::Batch, Processing::Flex, Processing::Priority];

    /// What a reply that was served at this tier was billed as, or a request for it asks for; `None` of `auto`, which is
    /// the tier of a project, and of a tier for which tables have no word.
    pub fn of_tier(tier: &str) -> Option<Processing> {
        match tier {
            "default" | "standard" => Some(Processing::Standard),
            "flex" => Some(Processing::Flex),
            // A request for `fast` is served as `priority`.
            "priority" | "fast" => Some(Processing::Priority),
            _ => None,
        }
    }

    /// The word beside what is made, for people; nothing of standard processing.
    pub fn label(self) -> Option<&'static str> {
        match self {
            Processing::Standard => None,
            Processing::Batch => Some("Batch"),
            Processing::Flex => Some("flex"),
            Processing::Priority => Some("priority"),
        }
    }

    /// The word in tables, flags and output.
    pub fn as_str(self) -> &'static str {
        match self {
            Processing::Standard => "standard",
            Processing::Batch => "batch",
            Processing::Flex => "flex",
            Processing::Priority => "priority",
        }
    }
}
