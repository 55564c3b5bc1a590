//! Where in its file a statement stands, for checks that run after reading.

use std::ops::Range;

/// The bytes of a statement in its file. It is no part of what is stated: two statements that say the
/// same are equal wherever they stand.
#[derive(Debug, Clone, Default)]
pub struct Position(pub(super) Range<usize>);

impl Position {
    /// The bytes.
    pub fn bytes(&self) -> Range<usize> {
        self.0.clone()
    }
}

impl PartialEq for Position {
    fn eq(&self, _: &Position) -> bool {
        true
    }
}

impl Eq for Position {}
