//! Markdown is a summary for a pull request: the answer, one table, and the rest folded.

use crate::alike::CHARTED;
use crate::common::TODAY;
use crate::common::cli::run;

fn markdown(command: &[&str]) -> String {
    let run = run(&[command, &["--as-of", TODAY, "--format", "markdown"]].concat());
    assert!(matches!(run.code, 0 | 1), "{command:?}: {}", run.stderr);
    run.stdout
}

/// How many tables a text has: each has one rule below its heading.
fn tables(text: &str) -> usize {
    text.lines().filter(|line| line.starts_with("| ---")).count()
}

#[test]
fn one_table_stands_before_what_is_folded_and_no_backslash_is_seen() {
    for command in CHARTED {
        let text = markdown(command);
        let (first, rest) =
            text.split_once("<details><summary>Details</summary>\n\n").expect("a fold");
        assert_eq!(tables(first), 1, "{command:?}: {first}");
        assert!(first.starts_with("## "), "{first}");
        // What is folded is Markdown only behind an empty line, and ends before the words on what it was made of.
        let (_, made_of) = rest.split_once("\n</details>\n").expect("its end");
        assert!(made_of.trim_start().starts_with("Made by imgcost"), "{made_of}");
        assert!(!text.contains('\\'), "{command:?}: {text}");
    }
}

#[test]
fn what_changed_stands_before_what_is_folded() {
    let older = ["--baseline", "fixtures/budgets/older.yaml"];
    let check = [&["budget", "check", "fixtures/budgets/posters.yaml"][..], &older].concat();
    let text = markdown(&check);
    let (first, _) = text.split_once("<details>").expect("a fold");
    for part in ["Baseline: $1,060.20", "now $5,050.62: +$3,990.42", "tokens +$3,702.65"] {
        assert!(first.contains(part), "no {part}: {first}");
    }
}
