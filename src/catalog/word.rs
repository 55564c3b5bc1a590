//! What a closed list of words is. Which lists there are stands in `words`, so that what reads a word knows none of them.

use crate::problem::ProblemCode;

/// A closed list of words.
pub(crate) trait Words: Copy + 'static {
    /// What each is called in messages.
    const WHAT: &'static str;
    /// The problem of a word that is not in the list.
    const CODE: ProblemCode = ProblemCode::UnknownWord;
    /// Whether a near word may be suggested.
    const SUGGESTED: bool = true;
    /// Whether a word that is a number may stand without quotes.
    const NUMBERS: bool = false;
    /// Every word, and what it stands for.
    fn words() -> Vec<(&'static str, Self)>;
}
