//! The tokens of a text in the encoding o200k_base, as OpenAI's tiktoken counts them.
//!
//! ```text
//! text ─ split ─► pieces ─ merge ─► tokens
//!          └─ table: classes         └─ table: ranks
//! ```
//!
//! A module of our own, the one exception to using a library where there is one: none that was tried
//! starts within a quarter of a second or stays below 30 MB. `benches/tokenizer` makes the table and
//! compares the counts with tiktoken.

mod merge;
mod split;
mod table;

/// The tokens of a text. Marks such as `<|endoftext|>` are text like any other.
pub(super) fn count(text: &str) -> u64 {
    let mut merger = merge::Merger::default();
    split::pieces(text).map(|piece| merger.count(piece.as_bytes()) as u64).sum()
}

#[cfg(test)]
mod tests;
