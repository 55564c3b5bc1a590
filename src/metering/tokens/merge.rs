//! Merges the bytes of a piece into tokens: of all neighbours that make a token, those of the lowest rank
//! first, and of the same rank the leftmost.
//!
//! The pairs wait in a heap, so n bytes take about n log n steps, whatever they are.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::table::{Rank, rank};

/// Merges piece after piece in the same memory.
#[derive(Default)]
pub(super) struct Merger {
    /// The part that begins at each byte; of a byte within a part, what it was before.
    parts: Vec<Part>,
    /// Pairs by rank and place; one whose part has changed since is passed over.
    pairs: BinaryHeap<Reverse<(Rank, usize)>>,
}

/// Bytes that are one token so far.
struct Part {
    /// Where the part before it begins.
    before: usize,
    /// Where it ends and the next one begins.
    end: usize,
    /// The rank of the token that it makes with the next one.
    pair: Option<Rank>,
}

impl Merger {
    /// The number of tokens of a piece.
    pub(super) fn count(&mut self, piece: &[u8]) -> usize {
        if rank(piece).is_some() {
            return 1;
        }
        let single = |at: usize| Part { before: at.saturating_sub(1), end: at + 1, pair: None };
        self.parts.clear();
        self.parts.extend((0..piece.len()).map(single));
        (0..piece.len()).for_each(|at| self.offer(piece, at));
        let mut tokens = piece.len();
        while let Some(Reverse((lowest, at))) = self.pairs.pop() {
            if self.parts[at].pair == Some(lowest) {
                self.merge(piece, at);
                tokens -= 1;
            }
        }
        tokens
    }

    /// Makes one part of the part that begins here and the next one.
    fn merge(&mut self, piece: &[u8], at: usize) {
        let next = self.parts[at].end;
        let end = self.parts[next].end;
        self.parts[next].pair = None;
        self.parts[at].end = end;
        if let Some(behind) = self.parts.get_mut(end) {
            behind.before = at;
        }
        self.offer(piece, at);
        if at > 0 {
            self.offer(piece, self.parts[at].before);
        }
    }

    /// Puts the part that begins here and the next one among the pairs, if they make a token.
    fn offer(&mut self, piece: &[u8], at: usize) {
        let next = self.parts.get(self.parts[at].end);
        self.parts[at].pair = next.and_then(|next| rank(&piece[at..next.end]));
        self.pairs.extend(self.parts[at].pair.map(|rank| Reverse((rank, at))));
    }
}
