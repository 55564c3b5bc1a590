//! Counts held to those of OpenAI's own tokenizer, tiktoken 0.14.0. `benches/tokenizer/compare.py` compares a
//! million more.

use proptest::prelude::*;

use super::{count, split};

#[test]
fn a_text_counts_what_its_pieces_count() {
    // Übergrößenträger = Über + grö + ß + entr + äger; the blank goes with what follows it: " 赤" + い + 狐.
    assert_eq!(count("Übergrößenträger"), 5);
    assert_eq!(count(" 赤い狐"), 3);
    assert_eq!(count("Übergrößenträger 赤い狐"), 5 + 3);
    // A + poster + of + a + red + fox + , + blank + 102 + 4 + x + 153 + 6 + : + it's + snow + ing
    assert_eq!(count("A poster of a red fox, 1024x1536: it's snowing"), 17);
    assert_eq!(count(""), 0);
}

#[test]
fn marks_of_the_service_are_text_like_any_other() {
    // < + | + end + of + text + | + >
    assert_eq!(count("<|endoftext|>"), 7);
    assert_eq!(count("<|endofprompt|>"), 7);
}

#[test]
fn stored_counts_of_many_scripts_are_met() {
    let stored = include_str!("../../../fixtures/tokens/counts.jsonl");
    let rows: Vec<(String, u64)> = stored
        .lines()
        .map(|line| serde_json::from_str(line).expect("a text and its count"))
        .collect();
    assert_eq!(rows.len(), 3000);
    let different: Vec<(&str, u64, u64)> = rows
        .iter()
        .map(|(text, stored)| (text.as_str(), *stored, count(text)))
        .filter(|(_, stored, counted)| stored != counted)
        .collect();
    assert!(different.is_empty(), "text, stored, counted: {different:?}");
}

#[test]
fn long_repetitions_are_counted_and_not_waited_for() {
    // One piece each: where the time grew with the square of the length, this test would take minutes.
    let counts = [
        ("a", 25_000),
        ("ab", 100_000),
        ("é", 200_000),
        (" ", 1_563),
        ("\n", 12_500),
        ("\u{301}", 200_000),
    ];
    for (unit, tokens) in counts {
        assert_eq!(count(&unit.repeat(200_000)), tokens, "200,000 times {unit:?}");
    }
}

proptest! {
    #[test]
    fn nothing_of_a_text_is_left_out(text in any::<String>()) {
        let pieces: Vec<&str> = split::pieces(&text).collect();
        prop_assert!(pieces.iter().all(|piece| !piece.is_empty()));
        prop_assert_eq!(pieces.concat(), text);
    }

    #[test]
    fn a_token_holds_at_least_a_byte(text in "\\PC{0,40}") {
        prop_assert!(count(&text) <= text.len() as u64);
        prop_assert_eq!(count(&text) == 0, text.is_empty());
    }
}
