//! What a message is about that is no problem, by its stable code.

/// What is said beside problems is about.
#[derive(Debug, Clone, Copy)]
pub(super) enum About {
    /// What was given in vain.
    WithoutEffect,
    /// A limit that is not shown to be kept.
    Limit,
    /// Goals that are not shown to be met.
    Goals,
    /// No answer lies within the bounds.
    NothingWithin,
    /// Routes that are not ready for production.
    NotReady,
    /// Cells of a plain cost that are blank.
    BlankCosts,
    /// A file that is written.
    Written,
    /// An example in the place of a request.
    Example,
    /// What is in other formats alone.
    OtherFormats,
    /// A name or an id that stands twice.
    Twice,
    /// How a file was read.
    Reading,
    /// What a file of another tool's shape cannot say.
    LeftOut,
    /// What was taken from imgcost.yaml.
    Settings,
    /// The clock of the machine and the days of the price tables.
    Clock,
}

impl About {
    /// The stable code.
    pub(super) fn code(self) -> &'static str {
        match self {
            About::WithoutEffect => "without-effect",
            About::Limit => "limit",
            About::Goals => "goals",
            About::NothingWithin => "nothing-within",
            About::NotReady => "not-ready",
            About::BlankCosts => "blank-costs",
            About::Written => "written",
            About::Example => "example",
            About::OtherFormats => "other-formats",
            About::Twice => "twice",
            About::Reading => "reading",
            About::LeftOut => "left-out",
            About::Settings => "settings",
            About::Clock => "clock",
        }
    }
}
