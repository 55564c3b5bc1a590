//! One reader for each quantity: what has two readings is refused with both, in flags, budget files and
//! spreadsheets alike, and what has one is read the same everywhere.

use std::fs;

use crate::common::TODAY;
use crate::common::cli::{Run, finished, imgcost, run};

/// Runs a command with one more flag.
fn with(command: &[&str], flag: &str, value: &str) -> Run {
    run(&[command, &["--as-of", TODAY, flag, value]].concat())
}

const FORECAST: [&str; 6] = ["budget", "forecast", "--images", "100", "--start", "2027-01"];
const SIZES: [&str; 2] = ["sizes", "2048x2048"];
const COMPARE: [&str; 3] = ["compare", "--routes", "bananarouter/gpt-image-2@basic"];

/// A budget file with these lines in its only workload, and these above it.
fn forecast_of(above: &str, workload: &str) -> Run {
    let text = format!(
        "start: 2027-01\nmonths: 3\n{above}\nworkloads:\n  - name: posters\n    request: {{quality: high}}\n    \
         accepted_images: 100\n    {workload}\n"
    );
    let args = ["budget", "forecast", "-", "--as-of", TODAY, "--format", "json"];
    finished(imgcost().args(args).write_stdin(text))
}

#[test]
fn a_bare_number_with_two_readings_is_refused_with_both() {
    let flags: [(&[&str], &str, &str, [&str; 2]); 8] = [
        (&FORECAST, "--growth", "3", ["3%", "300%"]),
        (&FORECAST, "--growth", "-0.02", ["-0.02%", "-2%"]),
        (&FORECAST, "--margin", "10", ["10%", "1000%"]),
        (&FORECAST, "--acceptance", "70", ["70%", "7000%"]),
        (&FORECAST, "--failure-rate", "1", ["1%", "100%"]),
        (&SIZES, "--aspect-tolerance", "10", ["10%", "1000%"]),
        (&COMPARE, "--fx", "CNY=7.2", ["CNY/USD=7.2", "USD/CNY=7.2"]),
        (&FORECAST, "--fx", "CNY=7.2", ["CNY/USD=7.2", "USD/CNY=7.2"]),
    ];
    for (command, flag, value, readings) in flags {
        let run = with(command, flag, value);
        assert_eq!(run.code, 2, "{flag} {value}");
        assert!(
            readings.iter().all(|it| run.stderr.contains(it)),
            "{flag} {value}: {}",
            run.stderr
        );
    }
    let files = [
        ("margin: \"10\"", "", ["10%", "1000%"]),
        ("", "growth: \"3\"", ["3%", "300%"]),
        ("", "price_changes: [{percent: \"-0.2\", from: 2027-02}]", ["-0.2%", "-20%"]),
        ("", "attempts: {acceptance: \"70\"}", ["70%", "7000%"]),
        ("fx: {CNY: \"7.2\"}", "", ["CNY/USD=7.2", "USD/CNY=7.2"]),
    ];
    for (above, workload, readings) in files {
        let run = forecast_of(above, workload);
        assert_eq!(run.code, 3, "{above}{workload}");
        assert!(
            readings.iter().all(|it| run.stderr.contains(it)),
            "{above}{workload}: {}",
            run.stderr
        );
    }
}

#[test]
fn a_flag_and_a_key_of_the_same_text_are_the_same_quantity() {
    let flags = |more: &[&str]| {
        let fixed = ["--months", "3", "--quality", "high", "--as-of", TODAY, "--format", "json"];
        run(&[&FORECAST[..], &fixed, more].concat())
    };
    let pairs: [(&[&str], &str, &str); 5] = [
        (&["--growth", "150%"], "", "growth: \"150%\""),
        (&["--growth", "-2.5%"], "", "growth: \"-2.5%\""),
        (&["--margin", "150%"], "margin: \"150%\"", ""),
        (&["--acceptance", "0.7"], "", "attempts: {acceptance: \"0.7\"}"),
        (&["--attempts", "1.4"], "", "attempts: {attempts: \"1.4\"}"),
    ];
    for (of_flags, above, workload) in pairs {
        let (one, other) = (flags(of_flags), forecast_of(above, workload));
        assert_eq!((one.code, other.code), (0, 0), "{of_flags:?}: {}{}", one.stderr, other.stderr);
        let amount = |run: &Run| run.json()["amount_to_request"].clone();
        assert_eq!(amount(&one), amount(&other), "{of_flags:?}");
    }
}

#[test]
fn a_rate_of_exchange_is_read_in_the_direction_that_it_names() {
    // $0.288 × 1 CNY: at CNY/USD=0.125 as at USD/CNY=8 it is $0.036; at CNY/USD=8 it is $2.304.
    let price = |rate: &str| {
        let run = with(&[&COMPARE[..], &["--format", "json"]].concat(), "--fx", rate);
        assert_eq!(run.code, 0, "{rate}: {}", run.stderr);
        run.stdout
    };
    let cost = |rate: &str| {
        let found: serde_json::Value = serde_json::from_str(&price(rate)).expect("an object");
        found["rows"][0]["ratio_to_official"].clone()
    };
    assert_eq!(cost("CNY/USD=0.125"), cost("USD/CNY=8"));
    assert_ne!(cost("CNY/USD=8"), cost("USD/CNY=8"));
    let twice = run(&[&COMPARE[..], &["--fx", "CNY/USD=0.14", "--fx", "USD/CNY=7.2"]].concat());
    assert_eq!(twice.code, 2, "of two rates neither is dropped");
    assert!(twice.stderr.contains("gives the rate of CNY twice"), "{}", twice.stderr);
}

#[test]
fn what_is_written_for_people_to_copy_is_read() {
    let template = fs::read_to_string("src/budget/file/example.yaml").expect("the template");
    assert!(!template.contains("{EUR: "), "no rate without its direction");
    let run = finished(imgcost().args(["budget", "forecast", "-"]).write_stdin(template));
    assert_eq!(run.code, 0, "{}", run.stderr);
}
