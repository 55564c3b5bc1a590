//! What is rejected of many requests and replies: the first problems as they are said, and of the others their number. The
//! report has the reason of every line.

use crate::problem::Problem;

/// The most problems that are kept: what a program reads of them is a few megabytes of text.
pub(super) const MOST_KEPT: usize = 10_000;

/// Problems of lines.
#[derive(Debug, Default)]
pub(super) struct Rejected {
    /// The first of them.
    pub first: Vec<Problem>,
    /// How many more there are.
    pub more: u64,
}

impl Rejected {
    /// One more; it is made only where it is kept.
    pub(super) fn push(&mut self, problem: impl FnOnce() -> Problem) {
        if self.first.len() < MOST_KEPT {
            self.first.push(problem());
        } else {
            self.more += 1;
        }
    }

    /// All that is wrong with a file or a table, of which there is no end either.
    pub(super) fn extend(&mut self, problems: impl IntoIterator<Item = Problem>) {
        problems.into_iter().for_each(|problem| self.push(|| problem));
    }

    /// What is rejected of other files.
    pub(super) fn add(&mut self, other: Rejected) {
        self.more += other.more;
        self.extend(other.first);
    }
}
