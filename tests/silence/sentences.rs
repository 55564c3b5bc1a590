//! A sentence is never data: the source compares, filters and splits no reason, note, assumption or message.

use std::path::{Path, PathBuf};

/// What a value that holds words is called.
const SENTENCES: [&str; 12] = [
    "reason",
    "reasons",
    "note",
    "notes",
    "message",
    "messages",
    "assumption",
    "assumptions",
    "assumed",
    "why",
    "sentence",
    "sentences",
];

/// Functions that make words of a value.
const WORDED: [&str; 4] = ["sentence()", "in_words()", "message()", "sentences()"];

/// What looks into words.
const LOOKS_INTO: [&str; 9] = [
    ".starts_with(",
    ".ends_with(",
    ".strip_prefix(",
    ".strip_suffix(",
    ".trim_start_matches(",
    ".trim_end_matches(",
    ".replace(",
    ".split(",
    ".split_once(",
];

/// Words of the command line, which are looked up by what a user typed.
const TYPED: [&str; 1] = ["known.into_iter().find(|by| by.in_words() == text)"];

/// Why a line treats a sentence as data, if it does.
fn treats_as_data(line: &str) -> Option<String> {
    let line = line.trim();
    if line.starts_with("//") || TYPED.iter().any(|typed| line.contains(typed)) {
        return None;
    }
    let looked_into = LOOKS_INTO
        .iter()
        .find(|call| line.match_indices(**call).any(|(at, _)| is_sentence_before(&line[..at])));
    let searched = [".contains(\"", ".contains('", ".contains(&format!", ".contains(|"]
        .into_iter()
        .find(|call| line.match_indices(call).any(|(at, _)| is_sentence_before(&line[..at])));
    if let Some(call) = looked_into.copied().or(searched) {
        return Some(format!("`{call}` looks into a sentence"));
    }
    let compared = [" == ", " != "].into_iter().any(|sign| {
        line.match_indices(sign)
            .any(|(at, _)| is_worded(&line[..at]) || is_worded_after(&line[at + sign.len()..]))
    });
    compared.then(|| "a sentence is compared".to_owned())
}

/// The last name of an expression, such as `why` of `&known.why`.
fn last_name(before: &str) -> &str {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let start = before.rfind(|c| !is_part(c)).map_or(0, |at| at + 1);
    &before[start..]
}

fn is_sentence_before(before: &str) -> bool {
    WORDED.iter().any(|worded| before.ends_with(worded))
        || SENTENCES.contains(&last_name(before))
        || called(before).is_some_and(|name| name.ends_with("in_words"))
}

/// The function whose call an expression ends with, such as `in_words` of `in_words(change, 2)`.
fn called(before: &str) -> Option<&str> {
    let mut open = 0;
    let arguments = before.strip_suffix(')')?.char_indices().rev().find(|(_, letter)| {
        open += match letter {
            ')' => 1,
            '(' => -1,
            _ => 0,
        };
        open < 0
    });
    arguments.map(|(at, _)| last_name(&before[..at]))
}

/// Whether an expression ends in words; `why` and `reason` are values, and may be compared.
fn is_worded(before: &str) -> bool {
    WORDED.iter().any(|worded| before.ends_with(worded))
        || ["message", "sentence"].contains(&last_name(before))
}

fn is_worded_after(after: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || "_.*&()".contains(c);
    let end = after.find(|c| !is_part(c)).unwrap_or(after.len());
    is_worded(after[..end].trim_end_matches(')')) || is_worded(&after[..end])
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    if folder.is_file() {
        return found.push(folder.to_owned());
    }
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|it| it == "rs") && !path.ends_with("tests.rs") {
            found.push(path);
        }
    }
}

#[test]
fn no_sentence_is_compared_filtered_or_split() {
    let mut paths = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut paths);
    assert!(paths.len() > 200, "the source is there");
    let mut wrong = Vec::new();
    for path in paths {
        let text = std::fs::read_to_string(&path).expect("a file");
        // The tests of a module stand at its end.
        let text = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
        for (index, line) in text.lines().enumerate() {
            let problem = treats_as_data(line);
            wrong.extend(problem.map(|it| format!("{}:{}: {it}", path.display(), index + 1)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_sentence_that_is_treated_as_data_is_found() {
    for line in [
        "estimate.assumptions.iter().filter(|assumed| !assumed.starts_with(\"the prices of \"))",
        "let reason = reason.strip_prefix(&id).unwrap_or(&reason);",
        "open.iter().any(|reason| reason.ends_with(message))",
        "if finding.message == message {",
        "by.iter().find(|(known, _)| *known == note.message)",
        "if reasons.in_words() == *why {",
        "if why.sentence().contains(\"shut down\") {",
        "let first = note.message.split(';').next();",
        "Cell::text(change_in_words(change(a)).replace(\" to \", \"\\nto \"))",
    ] {
        assert!(treats_as_data(line).is_some(), "{line}");
    }
    for line in [
        "if !notes.contains(&note) {",
        "known.kind() == reason.kind()",
        "let same = |known| known.why == *why;",
        "// reason.starts_with(\"a\") is not code",
        "before.reasons() == after.reasons()",
    ] {
        assert_eq!(treats_as_data(line), None, "{line}");
    }
}

/// What holds why something is as it is, in the rooms that come to results: a value, never words.
const RESULTS: [&str; 21] = [
    "assumptions",
    "broken",
    "certain",
    "change",
    "detail",
    "drawn",
    "error",
    "finding",
    "findings",
    "given_up",
    "left_out",
    "not_compared",
    "not_made",
    "not_told_apart",
    "notes",
    "open",
    "reason",
    "reasons",
    "why",
    "without",
    "wrong",
];

/// The rooms of the domain that come to results.
const ROOMS: [&str; 16] = [
    "attempts",
    "budget",
    "comparison",
    "estimate",
    "json",
    "metering",
    "models",
    "pilot",
    "price_changes",
    "rating",
    "request/error.rs",
    "request/refusals.rs",
    "routes",
    "size_choice",
    "table_draft",
    "usage_log",
];

/// Types of words alone.
const WORDS: [&str; 5] =
    ["String,", "Vec<String>,", "Option<String>,", "Option<Arc<str>>,", "Arc<str>,"];

/// The field or kind of a line that holds a sentence where a value belongs.
fn holds_a_sentence(line: &str) -> Option<&str> {
    let line = line.trim();
    let kind = line.split('(').next().unwrap_or_default();
    if line.ends_with("(String),") && ["Words", "Text", "Sentence", "Message"].contains(&kind) {
        return Some(kind);
    }
    let (name, of) = match line.strip_prefix("pub") {
        Some(field) => field.split_once(' ')?.1.split_once(": ")?,
        // A field of a kind of an enum.
        None => line.split_once(": ").filter(|(_, of)| WORDS.contains(of))?,
    };
    let is_words = ["str", "String"].iter().any(|it| of.contains(it));
    (RESULTS.contains(&name) && is_words).then_some(name)
}

#[test]
fn no_result_holds_a_sentence() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    ROOMS.iter().for_each(|room| sources(&root.join(room), &mut paths));
    let mut wrong = Vec::new();
    for path in paths {
        let text = std::fs::read_to_string(&path).expect("a file");
        for (index, line) in text.lines().enumerate() {
            let found = holds_a_sentence(line);
            wrong.extend(found.map(|it| format!("{}:{}: {it}", path.display(), index + 1)));
        }
    }
    assert!(wrong.is_empty(), "a value with a code belongs here:\n{}", wrong.join("\n"));
}

#[test]
fn a_result_that_holds_a_sentence_is_found() {
    for line in [
        "    Words(String),",
        "    pub open: Vec<String>,",
        "    pub without: Vec<String>,",
        "    pub(super) notes: BTreeSet<String>,",
        "    pub why: &'static str,",
        "    pub given_up: String,",
        "    pub(super) wrong: Vec<String>,",
        "            reason: String,",
        "            broken: Vec<String>,",
        "            error: Arc<str>,",
    ] {
        assert!(holds_a_sentence(line).is_some(), "{line}");
    }
    for line in ["    pub open: Vec<OpenCost>,", "    pub name: String,", "    Own(String),"] {
        assert_eq!(holds_a_sentence(line), None, "{line}");
    }
}

/// The flag that a string literal of a line names, if one does.
fn flag_named(line: &str) -> Option<String> {
    let line = line.trim();
    if line.starts_with("//") {
        return None;
    }
    let is_letter = |c: char| c.is_ascii_lowercase();
    line.match_indices("--").find_map(|(at, _)| {
        let flag: String = line[at + 2..].chars().take_while(|c| is_letter(*c)).collect();
        // A flag whose name is put in later is one all the same.
        if line[at + 2..].starts_with('{') && !line[..at].ends_with('-') {
            return Some("--{…}".to_owned());
        }
        // One letter is the mark of a chart, and not the name of a flag.
        (flag.len() > 1 && !line[..at].ends_with('-')).then(|| format!("--{flag}"))
    })
}

#[test]
fn the_library_names_no_flag() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    sources(&root, &mut paths);
    let of_library = paths.iter().filter(|path| !path.starts_with(root.join("cli")));
    let mut wrong = Vec::new();
    for path in of_library {
        let text = std::fs::read_to_string(path).expect("a file");
        for (index, line) in text.lines().enumerate() {
            let found = flag_named(line);
            wrong.extend(found.map(|flag| format!("{}:{}: {flag}", path.display(), index + 1)));
        }
    }
    assert!(
        wrong.is_empty(),
        "words with flags belong into src/cli/advice.rs:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn a_flag_in_a_sentence_is_found() {
    for line in [
        "Some(\"leave --quality out\".into())",
        "                 --pricing DIR\"",
        "f.write_str(\"give --prompt-tokens\")",
        "format!(\"--{asked} settles it\")",
    ] {
        assert!(flag_named(line).is_some(), "{line}");
    }
    for line in [
        "/// By `--ignore-key`.",
        "\"P10 --o-- P90\"",
        "let days = -(-left);",
        "\"| --- | ---: |\"",
    ] {
        assert_eq!(flag_named(line), None, "{line}");
    }
}
