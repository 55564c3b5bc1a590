//! Table files that someone broke by accident or on purpose: an error with its place, never a panic,
//! and never more memory than the limits of a table allow.

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::sample::{Index, select};

use imgcost::catalog::Catalog;
use imgcost::catalog::files::{TableFile, read_folder};
use imgcost::errors::Errors;
use imgcost::problem::{Problem, ProblemCode};

use common::cli::{assert_same_for_programs, estimate, run};
use common::{TODAY, table_file};

const MODEL: &str = "models/hostile.yaml";
const OWNER: &str = "provider/hostile/owner.yaml";
const ROUTE: &str = "provider/hostile/route.yaml";

fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Loads a file beside a model, and beside an owner of its own where it is a route.
fn load(file: TableFile) -> Result<Catalog, Errors<Problem>> {
    let model = include_str!("../pricing/models/gpt-image-2.yaml");
    let mut files = vec![table_file("models/gpt-image-2.yaml", model)];
    if file.path == ROUTE {
        files.push(table_file(OWNER, "name: Hostile\n"));
    }
    files.push(file);
    Catalog::from_files(files)
}

fn problems(path: &str, text: impl AsRef<str>) -> Vec<Problem> {
    let problems = load(table_file(path, text)).err().map_or_else(Vec::new, Vec::from);
    check_problems(&problems);
    problems
}

/// Every problem says in a few words what is wrong and what to do, and its place lies in the text.
fn check_problems(problems: &[Problem]) {
    for problem in problems {
        for text in [&problem.message, &problem.help.to_string()] {
            let length = text.trim().chars().count();
            assert!((1..=510).contains(&length), "{length} characters: {problem:?}");
        }
        assert!(!problem.place.file.is_empty(), "{problem:?}");
        if let Some(text) = &problem.place.text {
            let place = text.get(problem.place.span.clone());
            assert!(place.is_some(), "not on the borders of characters: {problem:?}");
            assert!(problem.place.line_and_column().is_some(), "{problem:?}");
        }
    }
}

/// The small cases, as files: what is said of each.
#[test]
fn hostile_files_are_refused_with_reasons() {
    let mut said = String::new();
    for (folder, path) in [("model", MODEL), ("owner", OWNER), ("route", ROUTE)] {
        let mut files: Vec<PathBuf> =
            fs::read_dir(project("fixtures/pricing/hostile").join(folder))
                .expect("the folder of hostile tables")
                .map(|entry| entry.expect("an entry").path())
                .collect();
        files.sort();
        for file in files {
            let name = file.file_name().expect("a name").to_string_lossy().into_owned();
            let problems = problems(path, fs::read_to_string(&file).expect("UTF-8"));
            assert!(!problems.is_empty(), "{name} is read as if it were right");
            said += &format!("{folder}/{name}\n");
            for problem in problems {
                let line = problem.one_line().replace(&format!("{path}:"), "");
                said += &format!("  {}\n", visible(&line));
            }
        }
    }
    assert_matches_snapshot!("hostile_tables", said);
}

/// A line with its hidden characters written out, for the snapshot.
fn visible(line: &str) -> String {
    let hidden = |c: &char| c.is_control() || ('\u{200b}'..='\u{202e}').contains(c);
    let shown = |c: char| if hidden(&c) { c.escape_unicode().to_string() } else { c.to_string() };
    line.chars().map(shown).collect()
}

/// The large cases: each is refused for a reason of its own, by a limit, by the parser or by its shape.
#[test]
fn large_files_are_refused_by_the_limits_of_a_table() {
    use ProblemCode::{BadPrice, TooLarge, UnknownKey, UnquotedPrice, WrongType, YamlSyntax};
    let head = "model: gpt-image-2\nalias: paint\nendpoint: not_stated\nbilling_unit: not_stated\n";
    let priced = |price: &str| {
        format!(
            "{head}versions:\n  - currency: USD\n    evidence: {{source: Acme, seen: 2026-06-01, confidence: high}}\n\
             \x20   rates: [{{meter: images, price: {price}, per: 1}}]\n"
        )
    };
    let digits = "9".repeat(10_000);
    let nested = |n: usize| -> String { (0..n).map(|depth| " ".repeat(depth) + "a:\n").collect() };
    let cases = [
        ("10 MB in one line", OWNER, "x".repeat(10_000_000), TooLarge),
        ("a megabyte of a word", OWNER, "x".repeat(1_000_000), WrongType),
        ("a megabyte as a key", OWNER, "x".repeat(999_000) + ": Acme\n", YamlSyntax),
        ("a long unknown key", OWNER, "x".repeat(1_000) + ": Acme\nname: Acme\n", UnknownKey),
        ("100,000 lists in each other", OWNER, format!("name: {}", "[".repeat(100_000)), TooLarge),
        ("100,000 mappings in each other", OWNER, "{name: ".repeat(100_000), TooLarge),
        ("100,000 list marks", OWNER, "- ".repeat(100_000), TooLarge),
        ("100,000 keys of keys", OWNER, "? ".repeat(100_000), TooLarge),
        ("1,000 levels of indent", OWNER, nested(1_000), TooLarge),
        ("300,000 anchors", OWNER, "&a ".repeat(300_000), YamlSyntax),
        ("200,000 aliases", OWNER, format!("name: [{}]", "*a, ".repeat(200_000)), TooLarge),
        ("200,000 documents", OWNER, "---\n".repeat(200_000), YamlSyntax),
        ("450,000 comments", OWNER, "#\n".repeat(450_000), YamlSyntax),
        ("a megabyte of escapes", OWNER, format!("name: \"{}", "\\x".repeat(450_000)), YamlSyntax),
        ("300,000 items", ROUTE, format!("{head}risks: [{}]", "a, ".repeat(300_000)), TooLarge),
        ("10,000 digits", ROUTE, priced(&digits), UnquotedPrice),
        ("10,000 digits in quotes", ROUTE, priced(&format!("\"{digits}\"")), BadPrice),
        ("10,000 decimal places", ROUTE, priced(&format!("\"0.{digits}\"")), BadPrice),
    ];
    for (name, path, text, code) in cases {
        let problems = problems(path, text);
        let codes: Vec<ProblemCode> = problems.iter().map(|problem| problem.code).collect();
        assert_eq!(codes, [code], "{name}");
    }
}

#[test]
fn a_byte_order_mark_and_carriage_returns_move_no_problem() {
    for name in ["prices", "sizes", "dates", "count-exponent"] {
        let file = project("fixtures/pricing/hostile/route").join(name).with_extension("yaml");
        let text = fs::read_to_string(file).expect("UTF-8");
        let said = |text: &str| -> Vec<String> {
            problems(ROUTE, text).iter().map(Problem::one_line).collect()
        };
        assert_eq!(said(&text), said(&text.replace('\n', "\r\n")), "{name} with CRLF");
        assert_eq!(said(&text), said(&format!("\u{feff}{text}")), "{name} with a mark");
    }
}

#[test]
fn thousands_of_problems_are_counted_not_printed() {
    let folder = tempfile::tempdir().expect("a folder");
    let acme = folder.path().join("provider/acme");
    fs::create_dir_all(&acme).expect("a folder");
    fs::write(acme.join("owner.yaml"), "name: Acme\n").expect("a file");
    let sizes = fs::read_to_string(project("fixtures/pricing/hostile/route/sizes.yaml"));
    let sizes = sizes.expect("UTF-8");
    let rate = sizes.lines().last().expect("a rate");
    let said = |rates: String| {
        fs::write(acme.join("paint.yaml"), format!("{sizes}{rates}")).expect("a file");
        estimate(&["--pricing", folder.path().to_str().expect("UTF-8")])
    };
    let other = |index: usize| rate.replace("1e3x1", &format!("{index}e4x1")) + "\n";
    let run = said((0..3_000).map(other).collect());
    assert_eq!((run.code, run.stderr.matches("error[").count()), (3, 100));
    assert!(run.stderr.ends_with("and 2,911 problems more\n"), "3,011 less 100");
    // The same mistake in many places is one problem.
    let run = said(format!("{rate}\n").repeat(3_000));
    assert_eq!((run.code, run.stderr.matches("error[").count()), (3, 11));
    assert!(run.stderr.contains("2,995 places"), "{}", run.stderr);
}

/// Folders: what is no table file is named, and a walk ends.
mod folders {
    use super::*;

    fn refused(fill: impl FnOnce(&Path)) -> Vec<String> {
        let folder = tempfile::tempdir().expect("a folder");
        fill(folder.path());
        let problems = read_folder(folder.path()).expect_err("a folder that cannot be read");
        check_problems(&problems);
        let root = folder.path().display().to_string();
        problems.iter().map(|problem| problem.one_line().replace(&root, "FOLDER")).collect()
    }

    #[test]
    fn a_folder_in_place_of_a_file_is_named() {
        let said = refused(|folder| fs::create_dir(folder.join("owner.yaml")).expect("a folder"));
        assert_eq!(said, ["FOLDER/owner.yaml: this is not a file [unreadable]"]);
    }

    #[test]
    fn the_line_that_is_not_utf8_is_named() {
        let utf16 = b"# in UTF-16 from here\nn\0a\0m\0e\0:\0 \0\xff\xfe";
        let said = refused(|folder| fs::write(folder.join("a.yaml"), utf16).expect("a file"));
        assert_eq!(said, ["FOLDER/a.yaml: line 2, character 13: not UTF-8 text [unreadable]"]);
    }

    #[test]
    fn too_many_files_and_too_deep_folders_are_refused() {
        let said = refused(|folder| {
            let deep: PathBuf = (0..20).map(|_| "deep").collect();
            fs::create_dir_all(folder.join(deep)).expect("folders");
        });
        assert!(
            said[0].ends_with("more than 16 levels of folders in each other [too-large]"),
            "{said:?}"
        );
        let said = refused(|folder| {
            for n in 0..10_001 {
                fs::write(folder.join(n.to_string()), "").expect("a file");
            }
        });
        assert_eq!(said, ["FOLDER: more than 10,000 files and folders [too-large]"]);
    }

    #[cfg(unix)]
    mod links {
        use super::*;
        use std::os::unix::fs::symlink;

        #[test]
        fn a_link_that_leads_back_is_named_once_on_each_way() {
            let said = refused(|folder| {
                for name in ["a", "b", "c"] {
                    symlink(folder, folder.join(name)).expect("a link");
                }
                symlink(folder.join("d.yaml"), folder.join("d.yaml")).expect("a link");
            });
            let back = "the link leads back to a folder that it lies in [unreadable]";
            assert_eq!(said[..3], ["a", "b", "c"].map(|name| format!("FOLDER/{name}: {back}")));
            assert!(said[3].starts_with("FOLDER/d.yaml: the file cannot be read"), "{said:?}");
        }

        #[test]
        fn folders_that_share_what_they_hold_are_counted_each_time() {
            // 40 links to a folder of 40 links to a folder of 40 links: 64,000 ways.
            let said = refused(|folder| {
                for level in 0..3 {
                    fs::create_dir(folder.join(format!("{level}"))).expect("a folder");
                    for n in 0..40 {
                        let link = folder.join(format!("{level}/{n}"));
                        symlink(folder.join(format!("{}", level + 1)), link).expect("a link");
                    }
                }
                fs::create_dir(folder.join("3")).expect("a folder");
            });
            assert_eq!(said, ["FOLDER: more than 10,000 files and folders [too-large]"]);
        }

        #[test]
        fn all_tables_together_have_a_limit() {
            // 60 names of one file of a megabyte are 60 megabytes of tables.
            let said = refused(|folder| {
                fs::write(folder.join("large"), "#".repeat(999_999)).expect("a file");
                for n in 0..60 {
                    let link = folder.join(format!("{n}.yaml"));
                    symlink(folder.join("large"), link).expect("a link");
                }
            });
            assert_eq!(said, ["FOLDER: more than 50,000,000 bytes of tables together [too-large]"]);
        }

        #[test]
        fn a_pipe_is_not_waited_for() {
            let said = refused(|folder| {
                let pipe = folder.join("pipe.yaml");
                let made = std::process::Command::new("mkfifo").arg(&pipe).status();
                assert!(made.expect("mkfifo").success());
            });
            assert_eq!(said, ["FOLDER/pipe.yaml: this is not a file [unreadable]"]);
        }
    }
}

/// Every shipped table and every good fixture, as material to break.
static TABLES: LazyLock<Vec<TableFile>> = LazyLock::new(|| {
    ["pricing", "fixtures/pricing/valid"]
        .iter()
        .flat_map(|folder| read_folder(&project(folder)).expect("good tables"))
        .collect()
});

/// What YAML gives a meaning to, what terminals do, and numbers that no machine word holds.
#[rustfmt::skip]
const TOKENS: [&str; 60] = [
    "\0", "\u{feff}", "\r\n", "\r", "\u{85}", "\u{2028}", "\u{202e}", "\u{200b}", "\u{1b}[31m", "\t",
    "\u{7f}", "é", "💸", "\n", " ", "  ", ": ", ":", ",", "- ", "? ", "#", " #", "@", "`", "%",
    "&a ", "*a", "<<: {alias: x}\n", "<<: *a\n", "!!binary ", "!paint ", "!!float ", "!!str ",
    "!<tag:x> ", "---\n", "...\n", "%YAML 9.9\n---\n", "%TAG ! tag:x:\n---\n", "[", "]", "{", "}",
    "{[", "'", "\"", "|\n", ">-\n", "|9\n", "~", "null", ".nan", "-.inf", "1e999999999", "-0",
    "0x7fffffffffffffffff", "1_000", "99999999999x1", "9999999-99-99", "\\u0000",
];

/// Whole numbers at which counts and their products end.
const NUMBERS: [&str; 6] = ["0", "1", "1000000000", "4294967296", "18446744073709551615", "-1"];

/// One way to break a text: so many characters, from a place on.
#[derive(Debug, Clone)]
enum Break {
    Cut(Index, usize),
    Duplicate(Index, usize),
    Splice {
        at: Index,
        file: Index,
        from: Index,
        length: usize,
    },
    Insert(Index, String),
    /// The word at a place becomes something else.
    Replace(Index, String),
    /// One of the whole numbers becomes another.
    Number(Index, &'static str),
}

fn a_token() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => select(&TOKENS[..]).prop_map(str::to_owned),
        1 => (select(&TOKENS[..]), 2_usize..300).prop_map(|(token, n)| token.repeat(n)),
        1 => (1_usize..5_000).prop_map(|n| "9".repeat(n)),
    ]
}

fn a_break() -> impl Strategy<Value = Break> {
    let index = any::<Index>;
    prop_oneof![
        (index(), 1_usize..80).prop_map(|(at, length)| Break::Cut(at, length)),
        (index(), 1_usize..400).prop_map(|(at, length)| Break::Duplicate(at, length)),
        (index(), index(), index(), 1_usize..200)
            .prop_map(|(at, file, from, length)| Break::Splice { at, file, from, length }),
        (index(), a_token()).prop_map(|(at, token)| Break::Insert(at, token)),
        (index(), a_token()).prop_map(|(at, token)| Break::Replace(at, token)),
        (index(), select(&NUMBERS[..])).prop_map(|(which, number)| Break::Number(which, number)),
    ]
}

impl Break {
    fn apply(&self, text: &str) -> String {
        let chars: Vec<char> = text.chars().collect();
        let part = |from: usize, length: usize| -> String {
            chars.iter().skip(from).take(length).collect()
        };
        let with = |from: usize, skipped: usize, middle: &str| {
            part(0, from) + middle + &part(from + skipped, chars.len())
        };
        let place = |index: &Index| index.index(chars.len() + 1);
        match self {
            Break::Cut(at, length) => with(place(at), *length, ""),
            Break::Duplicate(at, length) => with(place(at), 0, &part(place(at), *length)),
            Break::Splice { at, file, from, length } => {
                let other: Vec<char> = file.get(&TABLES).text.chars().collect();
                let from = from.index(other.len());
                let middle: String = other.iter().skip(from).take(*length).collect();
                with(place(at), 0, &middle)
            }
            Break::Insert(at, token) => with(place(at), 0, token),
            Break::Replace(at, token) => {
                let word = chars.iter().skip(place(at)).take_while(|c| c.is_alphanumeric()).count();
                with(place(at), word, token)
            }
            Break::Number(which, number) => {
                let starts: Vec<usize> = (0..chars.len())
                    .filter(|at| chars[*at].is_ascii_digit() && (*at == 0 || chars[at - 1] == ' '))
                    .collect();
                if starts.is_empty() {
                    return text.to_owned();
                }
                let start = *which.get(&starts);
                let digits = chars[start..].iter().take_while(|c| c.is_ascii_digit()).count();
                with(start, digits, number)
            }
        }
    }
}

/// A real table, broken in up to four ways, under a path of its own.
fn a_broken_table() -> impl Strategy<Value = TableFile> {
    (any::<Index>(), prop::collection::vec(a_break(), 1..5)).prop_map(|(file, breaks)| {
        let file = file.get(&TABLES);
        let text = breaks.iter().fold(file.text.to_string(), |text, step| step.apply(&text));
        let path = match file.path.as_str() {
            "guidance.yaml" => "guidance.yaml",
            "free_keys.yaml" => "free_keys.yaml",
            path if path.starts_with("models/") => MODEL,
            path if path.ends_with("/owner.yaml") => OWNER,
            _ => ROUTE,
        };
        table_file(path, text)
    })
}

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config(250))]

    #[test]
    fn a_broken_table_is_read_or_refused_with_reasons(file in a_broken_table()) {
        if let Err(problems) = load(file) {
            prop_assert!(!problems.is_empty(), "refused without a reason");
            check_problems(&problems);
        }
    }
}

proptest! {
    #![proptest_config(config(12))]

    #[test]
    fn a_broken_table_is_priced_or_shown_as_an_error(file in a_broken_table()) {
        let folder = tempfile::tempdir().expect("a folder");
        for (path, text) in [(OWNER, "name: Hostile\n"), (&*file.path, &*file.text)] {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            fs::write(path, text).expect("a file");
        }
        let folder = folder.path().to_str().expect("UTF-8");
        let args = ["compare", "--as-of", TODAY, "--prompt-tokens", "50", "--pricing", folder];
        let run = run(&args);
        let refused = run.code == 3 && run.stderr.contains("error[");
        prop_assert!(run.code == 0 || refused, "exit code {}: {}", run.code, run.stderr);
        if refused {
            assert_same_for_programs(&args, &run);
        }
    }
}
