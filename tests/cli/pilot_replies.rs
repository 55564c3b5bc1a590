//! Replies in the log of a pilot: what an API answered is not typed in by hand.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::common::cli::{Run, run};
use crate::common::{TODAY, dec, per_million};

/// One image of 1024x1024 at high quality, made on 2026-09-21: 66 text input and 7,024 image output tokens.
const REPLY: &str = "fixtures/replies/images-sdk.json";

fn read(args: &[&str]) -> Run {
    run(&[&["pilot", "read", "--as-of", TODAY], args].concat())
}

/// A folder with a planned log and, below `replies/`, the reply under these names.
struct Pilot {
    _folder: tempfile::TempDir,
    log: PathBuf,
    replies: PathBuf,
}

impl Pilot {
    fn with(names: &[&str]) -> Pilot {
        let folder = tempfile::tempdir().expect("a folder");
        let (log, replies) = (folder.path().join("log.csv"), folder.path().join("replies"));
        let plan = run(&["pilot", "--as-of", TODAY, "--quality", "high", "--log", text(&log)]);
        assert_eq!(plan.code, 0, "{}", plan.stderr);
        fs::create_dir(&replies).expect("a folder");
        for name in names {
            fs::copy(REPLY, replies.join(name)).expect("a copy");
        }
        Pilot { _folder: folder, log, replies }
    }

    fn append(&self, args: &[&str]) -> Run {
        read(&[&["--append", text(&self.log), text(&self.replies)], args].concat())
    }

    fn logged(&self) -> String {
        fs::read_to_string(&self.log).expect("a log")
    }
}

fn text(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

/// The row of a request in a log.
fn row_of<'a>(log: &'a str, id: &str) -> &'a str {
    log.lines().find(|row| row.split(',').nth(1) == Some(id)).expect("a row")
}

#[test]
fn a_planned_row_is_filled_in_and_another_reply_is_added() {
    let pilot = Pilot::with(&["new-prompt-only-1.json", "extra.json"]);
    let before = pilot.logged();
    let run = pilot.append(&["--route", "openai/gpt-image-2"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stderr.contains("1 planned row filled in, 1 row added"), "{}", run.stderr);
    assert!(run.stdout.contains("2 attempts"), "{}", run.stdout);
    let after = pilot.logged();
    let planned = row_of(&after, "new-prompt-only-1");
    assert!(planned.starts_with("2026-09-21,new-prompt-only-1,prompt-only,"), "{planned}");
    assert!(
        planned.ends_with(",1024x1024,1024x1024,high,standard,0,66,,,,7024,,1,,,,1,,,,,"),
        "{planned}"
    );
    let added = row_of(&after, "extra");
    assert!(
        added.starts_with(
            "2026-09-21,extra,,,,official/openai/gpt-image-2,gpt-image-2,,1024x1024,high,"
        ),
        "{added}"
    );
    // All other rows are what they were.
    let others = |log: &str| -> Vec<String> {
        let is_other =
            |row: &&str| !row.contains(",new-prompt-only-1,") && !row.contains(",extra,");
        log.lines().filter(is_other).map(str::to_owned).collect()
    };
    assert_eq!(others(&after), others(&before));
}

/// The verdict is the person's: appending the same replies again, or more of them, leaves it alone.
#[test]
fn what_a_person_wrote_stays() {
    let pilot = Pilot::with(&["new-prompt-only-1.json"]);
    assert_eq!(pilot.append(&[]).code, 0);
    let reviewed = pilot.logged().replacen(
        ",1,,,,1,,,,,\n",
        ",1,,,out/a.png,1,,12.5,0.2111,rejected,too dark\n",
        1,
    );
    assert_ne!(reviewed, pilot.logged());
    // As a spreadsheet saves it, with its byte order mark.
    fs::write(&pilot.log, format!("\u{feff}{reviewed}")).expect("written");
    fs::copy(REPLY, pilot.replies.join("new-repeat-1.json")).expect("a copy");
    let run = pilot.append(&[]);
    assert!(
        run.stderr.contains("logged already, and left as they are: new-prompt-only-1"),
        "{}",
        run.stderr
    );
    let after = pilot.logged();
    assert!(after.starts_with("\u{feff}timestamp"), "{after}");
    assert_eq!(row_of(&after, "new-prompt-only-1"), row_of(&reviewed, "new-prompt-only-1"));
    assert!(row_of(&after, "new-repeat-1").starts_with("2026-09-21,"));
}

#[test]
fn replies_alone_are_read_as_a_log() {
    let pilot = Pilot::with(&["a.json", "b.json"]);
    let args = [text(&pilot.replies), "--route", "openai/gpt-image-2", "--format", "json"];
    let found: Value = read(&args).json();
    // 66 × $5 + 7,024 × $30 a million, twice.
    let one = per_million(66, "5") + per_million(7_024, "30");
    let rated = found["routes"][0]["rated_expected_usd"].as_str().expect("a cost");
    assert_eq!(dec(rated), one + one);
    assert_eq!(found["routes"][0]["images_not_reviewed"], 2);
    let alone = read(&[REPLY, "--route", "openai/gpt-image-2"]);
    assert_eq!(alone.code, 0, "{}", alone.stderr);
    assert!(alone.stdout.starts_with("Pilot log of replies: 1 attempt"), "{}", alone.stdout);
}

#[test]
fn a_log_is_written_with_all_replies_or_not_at_all() {
    let pilot = Pilot::with(&["new-prompt-only-1.json", "extra.json"]);
    let before = pilot.logged();
    // The reply names no model, and no row of the plan has its route.
    let run = pilot.append(&[]);
    assert_eq!((run.code, run.stdout.as_str()), (3, ""), "{}", run.stderr);
    assert!(
        run.stderr.contains("extra.json:1:1") && run.stderr.contains("--route"),
        "{}",
        run.stderr
    );
    assert!(!run.stderr.contains("new-prompt-only-1"), "its route is planned: {}", run.stderr);
    assert_eq!(pilot.logged(), before);
    fs::write(pilot.replies.join("broken.json"), "{\"created\": ").expect("written");
    let run = pilot.append(&["--route", "openai/gpt-image-2"]);
    assert_eq!(run.code, 3, "{}", run.stderr);
    assert_eq!(pilot.logged(), before);
    let several = r#"{"created": 1790000000, "data": [{"b64_json": "AA=="}, {"b64_json": "AA=="}], "usage": {"input_tokens": 5, "output_tokens": 400, "total_tokens": 405, "input_tokens_details": {"text_tokens": 5, "image_tokens": 0}}}"#;
    fs::write(pilot.replies.join("broken.json"), several).expect("written");
    let run = pilot.append(&["--route", "openai/gpt-image-2"]);
    assert!(run.stderr.contains("has 2 images, and a row is one"), "{}", run.stderr);
    assert_eq!((run.code, pilot.logged()), (3, before));
}

#[test]
fn a_new_log_is_begun_and_a_log_takes_no_flag_of_replies() {
    let pilot = Pilot::with(&["a.json"]);
    fs::remove_file(&pilot.log).expect("removed");
    assert_eq!(pilot.append(&["--route", "openai/gpt-image-2"]).code, 0);
    assert_eq!(pilot.logged().lines().count(), 2);
    for flags in [&["--append", "x.csv"][..], &["--route", "openai/gpt-image-2"]] {
        let run = read(&[&[text(&pilot.log)], flags].concat());
        assert_eq!(run.code, 2, "{}", run.stderr);
        assert!(run.stderr.contains("is of replies, and a log is read"), "{}", run.stderr);
    }
}

#[test]
fn a_reply_of_a_later_day_is_named_by_its_file() {
    let pilot = Pilot::with(&["extra.json"]);
    let before = pilot.logged();
    // It was made on 2026-09-21.
    let args = ["--append", text(&pilot.log), text(&pilot.replies), "--as-of", "2026-09-20"];
    let run = run(&[&["pilot", "read"], &args[..]].concat());
    assert_eq!((run.code, pilot.logged()), (3, before), "{}", run.stderr);
    let said = "the reply was made on 2026-09-21, after 2026-09-20, as of which the log is read";
    assert!(run.stderr.contains(said), "{}", run.stderr);
    assert!(run.stderr.contains("extra.json:1"), "{}", run.stderr);
    assert!(!run.stderr.contains("log.csv"), "{}", run.stderr);
}
