//! The vocabulary o200k_base and the classes of characters, read in place from one file.
//!
//! ```text
//! u32                 how many pages of classes follow
//! u32 × 2^18          slots: the place of a token (21 bits) under 11 bits of its hash; all ones is empty
//! u8 × 4352           which page holds the classes of each 256 characters
//! u8 × 256 × pages    the classes, one byte a character
//! u8 …                the tokens by rank, each after its length
//! ```
//!
//! Numbers are little-endian. Nothing is parsed or copied at start: a look-up reads the few bytes it needs.
//! `benches/tokenizer/make_table.py` writes the file from the published vocabulary (MIT, see
//! `o200k_base.LICENSE`) and from the classes that tiktoken's regular expressions know, so that a newer
//! Unicode changes no count.

static FILE: &[u8] = include_bytes!("o200k_base.bin");

const SLOTS: usize = 1 << 18;
const PLACE_BITS: u32 = 21;
const EMPTY: u32 = u32::MAX;
const PAGE: usize = 256;
const SLOTS_AT: usize = 4;
const INDEX_AT: usize = SLOTS_AT + 4 * SLOTS;
const PAGES_AT: usize = INDEX_AT + (char::MAX as usize + 1) / PAGE;

/// What the published pattern asks of a character, by its Unicode general category.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// Anything else: punctuation, symbols, controls, characters without a meaning yet.
    Other,
    /// White space.
    Space,
    /// N: a digit or another number.
    Number,
    /// Lu, Lt: an upper-case or title-case letter.
    Upper,
    /// Ll: a lower-case letter.
    Lower,
    /// Lm, Lo: a letter without case.
    Caseless,
    /// M: a mark that combines with the character before it.
    Mark,
}

/// The class of a character.
pub(super) fn class(character: char) -> Class {
    let (page, within) = (character as usize / PAGE, character as usize % PAGE);
    match FILE[PAGES_AT + usize::from(FILE[INDEX_AT + page]) * PAGE + within] {
        1 => Class::Space,
        2 => Class::Number,
        3 => Class::Upper,
        4 => Class::Lower,
        5 => Class::Caseless,
        6 => Class::Mark,
        _ => Class::Other,
    }
}

/// When a token is merged: of two, the one of lower rank first. Tokens stand by rank, so the place of
/// one serves as its rank.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rank(u32);

/// The rank of the token of these bytes; `None` if there is no such token.
pub(super) fn rank(bytes: &[u8]) -> Option<Rank> {
    let hash = hash(bytes);
    let mark = (hash >> 32) as u32 & (u32::MAX >> PLACE_BITS);
    let mut slot = hash as usize % SLOTS;
    loop {
        let content = number(SLOTS_AT + 4 * slot);
        if content == EMPTY {
            return None;
        }
        let place = content & ((1 << PLACE_BITS) - 1);
        if content >> PLACE_BITS == mark && token(place) == bytes {
            return Some(Rank(place));
        }
        slot = (slot + 1) % SLOTS;
    }
}

fn number(at: usize) -> u32 {
    u32::from_le_bytes([FILE[at], FILE[at + 1], FILE[at + 2], FILE[at + 3]])
}

fn tokens() -> &'static [u8] {
    &FILE[PAGES_AT + number(0) as usize * PAGE..]
}

fn token(place: u32) -> &'static [u8] {
    let from_here = &tokens()[place as usize..];
    &from_here[1..=usize::from(from_here[0])]
}

/// FNV-1a with its halves mixed, as in the script.
fn hash(bytes: &[u8]) -> u64 {
    let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01B3);
    let hash = bytes.iter().fold(0xCBF2_9CE4_8422_2325, step);
    hash ^ hash >> 29
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;
    use sha2::{Digest, Sha256};

    use super::*;

    fn all_tokens() -> impl Iterator<Item = (u32, &'static [u8])> {
        let mut place = 0;
        std::iter::from_fn(move || {
            let here = place;
            let token = (here < tokens().len() as u32).then(|| token(here))?;
            place += 1 + token.len() as u32;
            Some((here, token))
        })
    }

    #[test]
    fn the_tokens_are_those_of_the_published_file() {
        // Written out as OpenAI publishes them, they have the checksum that tiktoken holds its download to.
        let mut published = String::new();
        for (rank, (_, token)) in all_tokens().enumerate() {
            writeln!(published, "{} {rank}", STANDARD.encode(token)).expect("a string grows");
        }
        let sum: String =
            Sha256::digest(&published).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(sum, "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d");
    }

    #[test]
    fn every_token_is_found_and_nothing_else_is() {
        assert_eq!(all_tokens().count(), 199_998);
        for (place, token) in all_tokens() {
            assert_eq!(rank(token), Some(Rank(place)), "{token:?}");
        }
        assert_eq!(rank(b""), None);
        assert_eq!(rank(b"no token of so many words"), None);
    }

    #[test]
    fn a_character_has_the_class_of_its_general_category() {
        let of = |class: Class, characters: &str| {
            for character in characters.chars() {
                assert_eq!(super::class(character), class, "{character:?}");
            }
        };
        of(Class::Space, " \t\r\n\u{85}\u{a0}\u{2003}\u{3000}");
        of(Class::Number, "07²½Ⅷ٣〇𝟘");
        of(Class::Upper, "AÉΩЖǅᾈ𝐀");
        of(Class::Lower, "aéωжßﬁ𝐚");
        of(Class::Caseless, "ªʰ日ہ한ไ𠀀");
        of(Class::Mark, "\u{301}\u{20dd}\u{fe0f}\u{93f}\u{e0100}");
        of(Class::Other, "!'/_€→🦊\u{200d}\u{feff}\u{e000}\u{10ffff}");
        // Letters since Unicode 18, which the published encoder does not know yet.
        of(Class::Other, "\u{3e0e3}");
    }
}
