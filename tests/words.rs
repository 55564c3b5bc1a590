//! The words of the outputs are those of docs/words.md: what stands there is said, and what it replaces is not.

use std::path::{Path, PathBuf};

fn page() -> String {
    std::fs::read_to_string("docs/words.md").expect("the page of words")
}

/// The first two cells of the rows below a heading.
fn rows(page: &str, heading: &str) -> Vec<(String, String)> {
    let section = page.split("\n## ").find(|part| part.starts_with(heading)).expect(heading);
    let rows = section.lines().filter(|line| line.starts_with("| ")).skip(2);
    let cells = |row: &str| {
        let mut cells = row.trim_matches('|').split(" | ").map(|cell| cell.trim().to_owned());
        (cells.next().expect("a cell"), cells.next().expect("two cells"))
    };
    rows.map(cells).collect()
}

/// The texts of a folder with these endings, but not the page of words itself.
fn texts(folder: &str, endings: &[&str]) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::from(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if endings.iter().any(|end| path.extension().is_some_and(|it| it == *end)) {
                found.push((path.clone(), std::fs::read_to_string(&path).expect("text")));
            }
        }
    }
    found.retain(|(path, _)| !path.ends_with("words.md"));
    found
}

/// What the code says: the text in quotes of lines that are no comment.
fn said(source: &str) -> String {
    let lines = source.lines().filter(|line| !line.trim_start().starts_with("//"));
    let lines: Vec<&str> = lines.collect();
    let joined = lines.join("\n");
    let quoted = joined.split('"').skip(1).step_by(2);
    // A heading may have its words on two lines.
    quoted.collect::<Vec<_>>().join("\n").replace("\\n", " ")
}

#[test]
fn what_the_page_replaces_is_said_nowhere() {
    let outputs = texts("tests", &["snap"]).into_iter();
    let outputs = outputs.chain(texts("docs", &["md"])).chain([(
        Path::new("README.md").to_owned(),
        std::fs::read_to_string("README.md").expect("a README"),
    )]);
    let code = texts("src", &["rs"]).into_iter().map(|(path, text)| (path, said(&text)));
    let all: Vec<(PathBuf, String)> = outputs.chain(code).collect();
    let mut found = Vec::new();
    for (word, _) in rows(&page(), "Not said here") {
        let ends = |text: &str, at: usize| {
            let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            !is_letter(text[..at].chars().next_back())
                && !is_letter(text[at + word.len()..].chars().next())
        };
        for (path, text) in &all {
            if text.match_indices(&word).any(|(at, _)| ends(text, at)) {
                found.push(format!("{}: {word}", path.display()));
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn what_stands_on_the_page_is_said_somewhere() {
    let code = texts("src", &["rs"]).into_iter().map(|(_, text)| said(&text).to_lowercase());
    let code: Vec<String> = code.collect();
    let page = page();
    let mut missing = Vec::new();
    for heading in ["Prices and routes", "Costs", "Budgets"] {
        for (words, _) in rows(&page, heading) {
            for word in words.split(", ").map(str::to_lowercase) {
                // A comma may be part of the words.
                let whole = words.to_lowercase();
                if !code.iter().any(|text| text.contains(&word) || text.contains(&whole)) {
                    missing.push(words.clone());
                }
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}
