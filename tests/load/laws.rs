//! `docs/laws.md` names tests that there are.

use std::path::Path;

fn sources(folder: &Path, all: &mut String) {
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        match entry.path() {
            path if path.is_dir() => sources(&path, all),
            path if path.extension().is_some_and(|it| it == "rs") => {
                *all += &std::fs::read_to_string(path).expect("a file");
            }
            _ => {}
        }
    }
}

#[test]
fn every_law_is_held_by_a_test() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut tests = String::new();
    ["src", "tests"].iter().for_each(|folder| sources(&project.join(folder), &mut tests));
    let page = std::fs::read_to_string(project.join("docs/laws.md")).expect("the page");
    let laws: Vec<&str> = page.lines().filter(|line| line.starts_with("| ")).skip(2).collect();
    assert!(laws.len() > 10, "the page lists laws");
    for law in laws {
        let held = law.trim_end_matches(" |").rsplit(" | ").next().expect("a cell");
        for test in held.split(", ") {
            let name = test.trim_matches('`');
            assert!(tests.contains(&format!("fn {name}(")), "there is no test {name}: {law}");
        }
    }
}
