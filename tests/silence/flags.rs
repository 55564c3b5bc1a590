//! Flags over files: they go before what the file says, the first lines say what they change, and what a file
//! says of each workload is not said by a flag.

use std::fs;

use crate::common::TODAY;
use crate::common::cli::{finished, imgcost};

const BATCH: &str = "fixtures/requests/batch.jsonl";
const YAML: &str = "fixtures/budgets/posters.yaml";
const CSV: &str = "fixtures/budgets/valid/volumes.csv";

#[test]
fn what_flags_change_in_a_file_is_said_first_in_every_format() {
    let run = |format: &str| {
        let args = ["budget", "forecast", YAML, "--quality", "high", "--as-of", TODAY];
        finished(imgcost().args(args).args(["--format", format]))
    };
    // Posters are high already; banners are raised from medium.
    let said = "What the flags say changes 1 of 2 steps, 1 of them raised.";
    for format in ["table", "markdown"] {
        let first: Vec<String> = run(format).stdout.lines().take(3).map(str::to_owned).collect();
        assert!(first.iter().any(|line| line == said), "{format}: {first:?}");
    }
    assert!(run("csv").stderr.contains(said));
    let flags = run("json").json()["flags"].clone();
    assert_eq!(
        (&flags["steps"], &flags["changed"], &flags["raised"]),
        (&2.into(), &1.into(), &1.into())
    );
}

#[test]
fn a_flag_over_a_file_is_the_file_edited_by_hand() {
    let text = fs::read_to_string(YAML).expect("a fixture");
    let on_posters = "{model: gpt-image-2, size: 1024x1024, quality: high, prompt_tokens: 60}";
    let on_banners = "{model: gpt-image-2, size: 1024x1024, quality: medium, prompt_tokens: 60}";
    let edits: [(&[&str], &str, &str); 5] = [
        (
            &["--quality", "low"],
            "{model: gpt-image-2, size: 1024x1024, quality: low, prompt_tokens: 60}",
            "",
        ),
        (
            &["--size", "1536x1024", "--processing", "batch", "--prompt-tokens", "90"],
            "{model: gpt-image-2, size: 1536x1024, QUALITY, prompt_tokens: 90, processing: batch}",
            "",
        ),
        (
            &["--acceptance", "50%", "--failure-rate", "2%", "--max-attempts", "3"],
            "",
            "{acceptance: \"50%\", failure_rate: \"2%\", maximum: 3}",
        ),
        (&["--attempts", "2.5"], "", "{attempts: \"2.5\"}"),
        (
            &["--model", "gpt-image-2.5-flare", "--input-image", "1024x1536", "--n", "2"],
            "{model: gpt-image-2.5-flare, size: 1024x1024, QUALITY, prompt_tokens: 60, input_images: [1024x1536], n: 2}",
            "",
        ),
    ];
    for (flags, request, attempts) in edits {
        let mut edited = text.clone();
        if !request.is_empty() {
            edited = edited.replace(on_posters, &request.replace("QUALITY", "quality: high"));
            edited = edited.replace(on_banners, &request.replace("QUALITY", "quality: medium"));
        }
        if !attempts.is_empty() {
            edited = edited.replace("    attempts: {acceptance: \"70%\"}\n", "");
            edited = edited.replace(
                "    accepted_images",
                &format!("    attempts: {attempts}\n    accepted_images"),
            );
        }
        for command in ["forecast", "check", "compare"] {
            let run = |file: &str, more: &[&str], stdin: &str| {
                let args = ["budget", command, file, "--as-of", TODAY, "--format", "json"];
                let run = finished(imgcost().args(args).args(more).write_stdin(stdin));
                let mut object = run.json();
                // The files are two.
                for key in ["flags", "inputs"] {
                    object.as_object_mut().expect("an object").remove(key);
                }
                (run.code, object)
            };
            let (by_flags, by_hand) = (run(YAML, flags, ""), run("-", &[], &edited));
            assert_eq!(by_flags, by_hand, "budget {command} {flags:?}");
        }
    }
}

#[test]
fn what_a_file_says_of_each_workload_is_not_said_by_a_flag() {
    for file in [&[YAML][..], &[CSV], &["--volumes", CSV]] {
        let args = ["budget", "forecast", "--images", "5", "--growth", "3%", "--name", "x"];
        let args = [&args[..], &["--seasonality", "11=2.2"]].concat();
        let run = finished(imgcost().args(args).args(file));
        assert_eq!(run.code, 2);
        for flag in ["--images", "--growth", "--name", "--seasonality"] {
            assert!(run.stderr.contains(&format!("error: {flag} ")), "{file:?}: {}", run.stderr);
        }
        assert_eq!(run.stderr.matches("  help: change ").count(), 4, "{}", run.stderr);
    }
}

#[test]
fn a_limit_of_a_batch_file_is_not_kept_by_dropping_its_attempts() {
    let args = ["estimate", "--request", BATCH, "--max-cost", "1000", "--as-of", TODAY];
    for more in [&["--images", "12000"][..], &["--acceptance", "50%"], &["--attempts", "3"]] {
        let run = finished(imgcost().args(args).args(more));
        assert_eq!(run.code, 2, "{more:?}");
        assert!(run.stderr.contains(more[0]) && run.stdout.is_empty(), "{}", run.stderr);
    }
}

#[test]
fn a_flag_that_no_figure_depends_on_is_named_in_every_format() {
    // OpenAI's own route bills by tokens: a resolution class changes none of them.
    let run = |format: &str| {
        let args = ["estimate", "--prompt-tokens", "60", "--resolution", "2K", "--as-of", TODAY];
        finished(imgcost().args(args).args(["--format", format]))
    };
    let why = "no price here depends on a resolution class";
    let said = format!("--resolution 2K is without effect: {why}.");
    assert!(run("table").stdout.lines().any(|line| line == said));
    assert!(run("markdown").stdout.contains(&said));
    assert!(run("csv").stderr.contains(&said));
    let named = run("json").json()["flags"]["without_effect"][0].clone();
    assert_eq!((&named["flag"], &named["reason"]), (&"--resolution 2K".into(), &why.into()));
}

#[test]
fn a_period_in_flags_leaves_out_no_month_that_a_file_plans() {
    // 1,000 and 2,000 images at $0.05268: a budget that starts or ends between them would cost a part of it.
    let sheet = "workload,size,quality,2027-01,2027-02\nposters,1024x1024,medium,1000,2000\n";
    let of = |args: &[&str]| {
        let named = ["budget", "forecast", "--volumes", "-", "--as-of", TODAY];
        finished(imgcost().args(named).args(args).write_stdin(sheet))
    };
    for (args, said) in [
        (&["--start", "2027-02"][..], "--start is of a budget in flags"),
        (&["--months", "1"], "--months 1 leaves out 2000 images that posters plans for 2027-02"),
    ] {
        let refused = of(args);
        assert_eq!(refused.code, 2, "{args:?}: {}", refused.stdout);
        assert!(refused.stderr.contains(said), "{}", refused.stderr);
    }
    assert_eq!(of(&["--months", "3"]).code, 0, "a longer one leaves nothing out");
}

#[test]
fn a_rate_flag_does_not_leave_the_spread_of_its_rate_behind() {
    let of = |args: &[&str]| {
        let file = ["budget", "simulate", "fixtures/budgets/uncertain.yaml", "--runs", "20"];
        finished(imgcost().args(file).args(["--as-of", TODAY]).args(args))
    };
    let refused = of(&["--failure-rate", "9%"]);
    assert_eq!(refused.code, 2, "{}", refused.stdout);
    let said = "--failure-rate would move failure_rate of";
    assert!(refused.stderr.contains(said), "{}", refused.stderr);
}

#[test]
fn an_exchange_rate_that_moves_a_limit_is_not_without_effect() {
    let budget = "start: 2027-01
months: 1
currency: EUR
fx: {EUR/USD: \"1.10\"}
limits: {total: \"50\"}
workloads:
  - {name: posters, request: {model: gpt-image-2, size: 1024x1024, quality: medium}, accepted_images: 1000}
";
    let of = |args: &[&str]| {
        let file = ["budget", "forecast", "-", "--as-of", TODAY];
        finished(imgcost().args(file).args(args).write_stdin(budget))
    };
    // 1,000 × $0.05268 = $52.68, with the margin $57.948: above €50 at $1.10, within at $2.20.
    assert_eq!((of(&[]).code, of(&["--fx", "EUR/USD=2.20"]).code), (1, 0));
    let shown = of(&["--fx", "EUR/USD=2.20"]).stdout;
    assert!(shown.contains("Limits of the file are converted at the rate given."), "{shown}");
    assert!(!shown.contains("without effect"), "{shown}");
}

#[test]
fn a_flag_that_states_a_default_by_name_is_applied_and_not_idle() {
    let defaults: [&[&str]; 9] = [
        &["--n", "1"],
        &["--turns", "1"],
        &["--partial-images", "0"],
        &["--cached-text-tokens", "0"],
        &["--cached-image-tokens", "0"],
        &["--processing", "standard"],
        &["--acceptance", "100%"],
        &["--attempts", "1"],
        &["--failure-rate", "0%"],
    ];
    let commands: [&[&str]; 2] = [
        &["estimate", "--prompt-tokens", "60"],
        &["budget", "forecast", "--images", "1000", "--prompt-tokens", "60", "--months", "2"],
    ];
    for command in commands {
        for default in defaults {
            let run = finished(imgcost().args(command).args(default).args(["--as-of", TODAY]));
            assert_eq!(run.code, 0, "{command:?} {default:?}: {}", run.stderr);
            assert!(!run.stdout.contains("without effect"), "{default:?}: {}", run.stdout);
        }
    }
    // What is no default and changes nothing is named.
    let fidelity = ["--model", "gpt-image-1", "--input-fidelity", "high", "--as-of", "2026-05-01"];
    let run = finished(imgcost().args(commands[0]).args(fidelity));
    assert!(
        run.stdout.contains("--input-fidelity high is without effect"),
        "{}{}",
        run.stdout,
        run.stderr
    );
}

#[test]
fn an_idle_input_fidelity_of_a_body_is_named_as_its_key() {
    let body = r#"{"model":"gpt-image-1","prompt":"A fox","size":"1024x1024","quality":"low","input_fidelity":"high"}"#;
    let estimate = ["estimate", "-", "--as-of", "2026-05-01"];
    let run = finished(imgcost().args(estimate).write_stdin(body));
    let named = "input_fidelity: high is without effect: no reference image is sent";
    assert!(run.stdout.contains(named), "{}{}", run.stdout, run.stderr);
    assert!(!run.stdout.contains("--input-fidelity"), "no such flag is given: {}", run.stdout);
}
