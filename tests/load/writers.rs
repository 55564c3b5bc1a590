//! Whatever ends a command that writes, and whoever writes at the same time: a file is the old one or the new one, whole, and
//! what was there is not lost.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::common::TODAY;

/// At how many points each command is killed; continuous integration says 200.
fn points() -> u32 {
    std::env::var("IMGCOST_KILLS").ok().and_then(|it| it.parse().ok()).unwrap_or(12)
}

/// What the files of a folder hold, by their paths in it.
type Files = BTreeMap<PathBuf, Vec<u8>>;

/// The files below a folder, but those under a temporary name: of a program that is killed they stay.
fn files(folder: &Path, at: &Path, found: &mut Files) {
    for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry")) {
        let (path, at) = (entry.path(), at.join(entry.file_name()));
        if path.is_dir() {
            files(&path, &at, found);
        } else if !entry.file_name().to_string_lossy().starts_with(".imgcost-") {
            found.insert(at, fs::read(&path).expect("a file"));
        }
    }
}

fn in_it(folder: &Path) -> Files {
    let mut found = Files::new();
    files(folder, Path::new(""), &mut found);
    found
}

fn start(args: &[&str], folder: &Path) -> Child {
    Command::new(env!("CARGO_BIN_EXE_imgcost"))
        .args(args)
        .current_dir(folder)
        .env("IMGCOST_CONFIG", "")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program runs")
}

const REPLY: &str = r#"{"created": 1790000000, "data": [{"b64_json": "x"}], "size": "1024x1024", "quality": "medium", "usage": {"input_tokens": 27, "input_tokens_details": {"text_tokens": 27, "image_tokens": 0}, "output_tokens": 1756, "total_tokens": 1783}}"#;

const ROUTE: &str = "official/openai/gpt-image-2";

const BUDGET: &str = "start: 2027-01\nmonths: 2\nworkloads:\n- name: a\n  request: {model: gpt-image-2, quality: low, size: \
                      1024x1024, prompt_tokens: 9}\n  accepted_images: 10\n";

/// The tables of the smallest whole catalogue.
const CATALOGUE: [&str; 3] =
    ["models/gpt-image-2.yaml", "official/openai/owner.yaml", "official/openai/gpt-image-2.yaml"];

/// A folder in which every command has something to read and something to lose.
fn prepare(folder: &Path) {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    fs::copy(project.join("fixtures/examples/pilot.csv"), folder.join("log.csv")).expect("a log");
    for table in CATALOGUE {
        let to = folder.join("catalogue").join(table);
        fs::create_dir_all(to.parent().expect("a folder")).expect("a folder");
        fs::copy(project.join("pricing").join(table), to).expect("a table");
    }
    for name in ["one.json", "two.json"] {
        fs::write(folder.join(name), REPLY).expect("a reply");
    }
    fs::write(folder.join("budget.yaml"), BUDGET).expect("a budget");
    fs::write(folder.join("old.json"), "old").expect("a file");
}

/// Every command that writes a file, with what it writes.
const WRITERS: [&[&str]; 8] = [
    &["compare", "--prompt-tokens", "60", "--as-of", TODAY, "--output", "old.json", "--force"],
    &["budget", "forecast", "budget.yaml", "--as-of", TODAY, "--output", "new.csv"],
    &["budget", "forecast", "--images", "9", "--as-of", TODAY, "--save", "saved.yaml"],
    &["budget", "init", "--output", "init.yaml"],
    &["pilot", "--as-of", TODAY, "--log", "trials.csv"],
    &["pilot", "read", "one.json", "--route", ROUTE, "--append", "log.csv"],
    &["prices", "init", "acme", "--per-image", "0.25", "--dir", "tables"],
    &["prices", "pin", "catalogue", "--stamp"],
];

#[test]
fn a_writer_that_is_killed_leaves_the_old_file_or_the_new_one() {
    let killed = |args: &[&str]| {
        let folder = tempfile::tempdir().expect("a folder");
        prepare(folder.path());
        let before = in_it(folder.path());
        let started = Instant::now();
        let done = start(args, folder.path()).wait().expect("it ends");
        let takes = started.elapsed();
        assert!(matches!(done.code(), Some(0 | 1)), "{args:?}: {done}");
        let after = in_it(folder.path());
        assert_ne!(before, after, "{args:?} writes");
        for point in 0..points() {
            let folder = tempfile::tempdir().expect("a folder");
            prepare(folder.path());
            let mut child = start(args, folder.path());
            std::thread::sleep(takes * point / points());
            child.kill().expect("it is ended");
            child.wait().expect("it ends");
            for (path, found) in in_it(folder.path()) {
                let of = |all: &Files| all.get(&path) == Some(&found);
                assert!(of(&before) || of(&after), "{args:?}: half of {}", path.display());
            }
            for path in before.keys() {
                assert!(folder.path().join(path).is_file(), "{args:?} lost {path:?}");
            }
        }
    };
    std::thread::scope(|scope| {
        for half in WRITERS.chunks(WRITERS.len().div_ceil(2)) {
            scope.spawn(|| half.iter().for_each(|args| killed(args)));
        }
    });
}

/// Both at once, and their exit codes.
fn both(first: &[&str], second: &[&str], folder: &Path) -> [Option<i32>; 2] {
    let mut running = [start(first, folder), start(second, folder)];
    let deadline = Instant::now() + Duration::from_secs(120);
    running.each_mut().map(|child| {
        loop {
            if let Some(status) = child.try_wait().expect("a child") {
                return status.code();
            }
            assert!(Instant::now() < deadline, "neither waits for the other without end");
            std::thread::sleep(Duration::from_millis(5));
        }
    })
}

#[test]
fn of_two_runs_that_add_to_a_log_both_have_their_rows() {
    for _ in 0..6 {
        let folder = tempfile::tempdir().expect("a folder");
        prepare(folder.path());
        let add =
            |reply: &'static str| ["pilot", "read", reply, "--route", ROUTE, "--append", "log.csv"];
        let codes = both(&add("one.json"), &add("two.json"), folder.path());
        assert!(codes.iter().all(|code| matches!(code, Some(0 | 1))), "{codes:?}");
        let log = fs::read_to_string(folder.path().join("log.csv")).expect("the log");
        for id in [",one,", ",two,", ",new-prompt-only-1,"] {
            assert_eq!(log.matches(id).count(), 1, "{id} in {log}");
        }
    }
}

#[test]
fn of_two_runs_that_write_one_new_file_one_is_told_that_it_is_there() {
    for _ in 0..6 {
        for args in [WRITERS[1], WRITERS[2], WRITERS[4]] {
            let folder = tempfile::tempdir().expect("a folder");
            prepare(folder.path());
            let mut codes = both(args, args, folder.path()).map(|code| code.expect("a code"));
            codes.sort_unstable();
            assert!(matches!(codes, [0 | 1, 2]), "{args:?}: {codes:?}");
        }
    }
}

#[test]
fn what_is_there_is_never_overwritten_by_what_is_saved() {
    for args in [WRITERS[2], WRITERS[4], WRITERS[6]] {
        let folder = tempfile::tempdir().expect("a folder");
        prepare(folder.path());
        assert!(matches!(start(args, folder.path()).wait().expect("it ends").code(), Some(0 | 1)));
        let written = in_it(folder.path());
        for path in written.keys().filter(|path| !path.ends_with("old.json")) {
            fs::write(folder.path().join(path), "mine").expect("a file");
        }
        let before = in_it(folder.path());
        let code = start(args, folder.path()).wait().expect("it ends").code();
        assert!(matches!(code, Some(2..=4)), "{args:?}: {code:?}");
        assert_eq!(in_it(folder.path()), before, "{args:?}");
    }
}
