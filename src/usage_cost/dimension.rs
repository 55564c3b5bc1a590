//! What usage is summed up by.

/// What rows have in common where they are summed up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Dimension {
    /// The day on which it was used.
    Day,
    /// The month in which it was used.
    Month,
    /// The model that makes the image.
    Model,
    /// The route whose prices hold.
    Route,
    /// The price owner.
    Owner,
    /// What it is booked on.
    Project,
    /// The user's own tag.
    Tag,
    /// The size.
    Size,
    /// The quality.
    Quality,
    /// How it ended.
    Status,
    /// How it was processed.
    Processing,
    /// The file.
    File,
}

impl Dimension {
    /// All of them.
    pub const ALL: [Dimension; 12] = [
        Dimension::Day,
        Dimension::Month,
        Dimension::Model,
        Dimension::Route,
        Dimension::Owner,
        Dimension::Project,
        Dimension::Tag,
        Dimension::Size,
        Dimension::Quality,
        Dimension::Status,
        Dimension::Processing,
        Dimension::File,
    ];

    /// Those of a summary that names none.
    pub const USUAL: [Dimension; 2] = [Dimension::Month, Dimension::Model];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Dimension::Day => "day",
            Dimension::Month => "month",
            Dimension::Model => "model",
            Dimension::Route => "route",
            Dimension::Owner => "owner",
            Dimension::Project => "project",
            Dimension::Tag => "tag",
            Dimension::Size => "size",
            Dimension::Quality => "quality",
            Dimension::Status => "status",
            Dimension::Processing => "processing",
            Dimension::File => "file",
        }
    }
}
