//! What the cells of a column mean that could mean two things: by what the user says, or since another cell of the column
//! can mean one thing only. Nothing is guessed.

/// What a cell by itself may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning<W> {
    /// The same in both ways of writing, or nothing of this kind.
    Same,
    /// Something in this way of writing alone.
    Only(W),
    /// One thing in one way of writing, another in the other.
    Either,
}

/// Why a column has no one way of writing, with the cell at which it shows.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Unsettled<W> {
    /// Nothing tells which way it is.
    Open(usize),
    /// Some cells can be of one way alone, and this one of the other.
    Both(usize),
    /// The user says another way than this one, which a cell has.
    NotAsSaid(usize, W),
}

impl<W> Unsettled<W> {
    /// The cell at which it shows.
    pub(super) fn cell(&self) -> usize {
        match self {
            Unsettled::Open(at) | Unsettled::Both(at) | Unsettled::NotAsSaid(at, _) => *at,
        }
    }
}

/// The way of writing of a column, if it makes a difference.
pub(super) fn settled<W: Copy + PartialEq>(
    cells: impl Iterator<Item = (usize, Meaning<W>)>,
    said: Option<W>,
) -> Result<Option<W>, Unsettled<W>> {
    let (mut found, mut open) = (None, None);
    for (at, meaning) in cells {
        match (meaning, said, found) {
            (Meaning::Same, ..) => {}
            (Meaning::Only(way), Some(said), _) if way != said => {
                return Err(Unsettled::NotAsSaid(at, way));
            }
            (Meaning::Only(way), _, Some(other)) if way != other => {
                return Err(Unsettled::Both(at));
            }
            (Meaning::Only(way), ..) => found = Some(way),
            (Meaning::Either, ..) => open = open.or(Some(at)),
        }
    }
    match (said.or(found), open) {
        (None, Some(at)) => Err(Unsettled::Open(at)),
        (way, _) => Ok(way),
    }
}

#[cfg(test)]
mod tests {
    use super::Meaning::{Either, Only, Same};
    use super::*;

    fn of(cells: &[Meaning<char>], said: Option<char>) -> Result<Option<char>, Unsettled<char>> {
        settled(cells.iter().copied().enumerate(), said)
    }

    #[test]
    fn a_column_is_settled_by_its_own_cells_or_by_the_user() {
        assert_eq!(of(&[Same, Same], None), Ok(None));
        assert_eq!(of(&[Either, Only('a')], None), Ok(Some('a')));
        assert_eq!(of(&[Same, Either], None), Err(Unsettled::Open(1)));
        assert_eq!(of(&[Same, Either], Some('b')), Ok(Some('b')));
        assert_eq!(of(&[Only('a'), Either, Only('b')], None), Err(Unsettled::Both(2)));
        assert_eq!(of(&[Only('a')], Some('b')), Err(Unsettled::NotAsSaid(0, 'a')));
    }
}
