//! Standard input: what is piped in and not asked for stops the run; what nobody wrote is not waited for.

use std::fs::File;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::common::cli::{finished, imgcost};

const BODY: &str = r#"{"model": "gpt-image-2", "prompt": "a red fox", "quality": "high"}"#;
const STOPPED: &str = "standard input holds data, and no flag says what it is";

#[test]
fn a_body_that_is_piped_in_without_a_flag_stops_the_run() {
    for args in [&["estimate"][..], &["compare"], &["estimate", "--images", "12000"]] {
        let run = finished(imgcost().args(args).write_stdin(BODY));
        assert_eq!(run.code, 2, "{args:?}: {}", run.stdout);
        assert!(
            run.stderr.contains(STOPPED) && run.stderr.contains("--request -"),
            "{}",
            run.stderr
        );
    }
}

#[test]
fn flags_that_go_with_a_reply_as_well_do_not_say_the_request() {
    for args in [
        &["estimate", "--model", "gpt-image-2", "--max-cost", "0.1"][..],
        &["estimate", "--route", "fal/gpt-image-2"],
        &["estimate", "--model", "gpt-image-2", "--cached-text-tokens", "5"],
        &["estimate", "--mainline-model", "gpt-6.1-sol"],
        &["estimate", "--processing", "batch"],
        &["compare", "--model", "gpt-image-2"],
    ] {
        let run = finished(imgcost().args(args).write_stdin(BODY));
        assert_eq!(run.code, 2, "{args:?}: {}", run.stdout);
        assert!(run.stderr.contains(STOPPED) && run.stderr.contains("--usage -"), "{}", run.stderr);
    }
}

#[test]
fn a_file_as_standard_input_stops_the_run() {
    let file = File::open("fixtures/budgets/valid/body.json");
    let mut command = Command::new(env!("CARGO_BIN_EXE_imgcost"));
    command.env("IMGCOST_CONFIG", "");
    let output = command.arg("estimate").stdin(file.expect("a file")).output().expect("it runs");
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn with_a_flag_of_the_request_standard_input_is_not_touched() {
    let args = ["estimate", "--quality", "high", "--format", "json"];
    let piped = finished(imgcost().args(args).write_stdin(BODY));
    let alone = finished(imgcost().args(args).write_stdin(""));
    assert_eq!((piped.code, &piped.stdout), (0, &alone.stdout), "{}", piped.stderr);
}

#[test]
fn an_open_pipe_without_a_byte_is_not_waited_for() {
    for command in ["estimate", "compare"] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_imgcost"))
            .arg(command)
            .env("IMGCOST_CONFIG", "")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("it starts");
        let ends = |child: &mut std::process::Child| {
            for _ in 0..600 {
                if let Some(status) = child.try_wait().expect("it can be waited for") {
                    return Some(status);
                }
                std::thread::sleep(Duration::from_millis(50));
            }
            None
        };
        // The pipe stays open until here: the child's end of it is held by `child`.
        let status = ends(&mut child);
        let _ = child.kill();
        assert_eq!(status.and_then(|it| it.code()), Some(0), "{command}");
    }
}

#[test]
fn nothing_on_standard_input_is_an_example() {
    let run = finished(imgcost().arg("estimate").write_stdin(""));
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stderr.contains("this is an example"), "{}", run.stderr);
}

#[test]
fn a_budget_that_is_piped_in_without_a_dash_stops_the_run() {
    let sheet = "workload,quality,2027-01,2027-02\nposters,high,100,200\n";
    for args in [&["--images", "10"][..], &[]] {
        let run = finished(imgcost().args(["budget", "forecast"]).args(args).write_stdin(sheet));
        assert_eq!(run.code, 2, "{args:?}: {}", run.stdout);
        assert!(run.stderr.contains(STOPPED) && run.stderr.contains("give `-`"), "{}", run.stderr);
    }
    let asked = ["budget", "forecast", "--images", "10", "--quality", "high"];
    assert_eq!(finished(imgcost().args(asked).write_stdin(sheet)).code, 0, "it is not touched");
}

#[test]
fn a_spreadsheet_on_standard_input_is_read_as_one_by_every_command_of_budgets() {
    let sheets = [
        "workload,quality,2027-01,2027-02\nposters,high,100,200\n",
        "workload;quality;tag:team;2027-01\nposters;high;north;100\n",
        "workload\tquality\t2027-01\nposters\thigh\t100\n",
    ];
    for sheet in sheets {
        for command in [
            &["forecast"][..],
            &["check"],
            &["compare", "--routes", "openai/gpt-image-2"],
            &["afford", "--limit", "15"],
        ] {
            let args = [&["budget"], &command[..1], &["-"], &command[1..]].concat();
            let run = finished(imgcost().args(&args).write_stdin(sheet));
            assert!(run.code <= 1, "{args:?}: {}", run.stderr);
            assert!(run.stdout.contains("posters") || command[0] == "check", "{}", run.stdout);
        }
    }
    let odd = "poster,2027-01\nhigh,100\n";
    let run = finished(imgcost().args(["budget", "forecast", "-"]).write_stdin(odd));
    assert!(run.code == 3 && run.stderr.contains("workload"), "{}", run.stderr);
}
