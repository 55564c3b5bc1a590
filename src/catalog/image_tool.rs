//! The image tool of a route: a mainline model reads the conversation and calls the image model.

use super::evidence::Evidence;

/// What makes a route one on which a mainline model calls the image model, so that both are billed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageTool {
    /// The ids of the mainline models, each priced by a route of the same owner.
    pub mainline_models: Vec<String>,
    /// Who says so.
    pub evidence: Evidence,
    /// What becomes of a call that names no image model, where that is known.
    pub unnamed_model: Option<String>,
    /// What adds to the bill and cannot be counted ahead.
    pub not_counted: Vec<NotCounted>,
}

/// The statement that something is billed whose amount a request does not tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotCounted {
    /// The statement in short.
    pub text: String,
    /// Whether it is of the turns of a conversation after the first.
    pub of_later_turns: bool,
    /// Who says so.
    pub evidence: Evidence,
}
