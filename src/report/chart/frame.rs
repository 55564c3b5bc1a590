//! The room of a drawing.

/// What a chart is drawn for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Frame {
    pub width: u32,
    pub height: u32,
}

impl Frame {
    /// A page of a screen or of paper.
    pub const WIDE: Frame = Frame { width: 720, height: 280 };
    /// A telephone.
    pub const NARROW: Frame = Frame { width: 340, height: 250 };
    /// A slide.
    pub(super) const SLIDE: Frame = Frame { width: 960, height: 440 };
}
