//! What a budget file says is applied, refused or named as without effect, as it is with flags; and a body that it names
//! costs what it costs in an estimate.

use serde_json::{Value, json};

use crate::common::TODAY;
use crate::common::cli::{Run, finished, imgcost, run};

/// 1,000 images of 1024x1024 at medium, in each of two months.
const POSTERS: &str = "start: 2027-01
months: 2
workloads:
  - name: posters
    request: {model: gpt-image-2, size: 1024x1024, quality: medium, prompt_tokens: 60}
    accepted_images: 1000
";

/// Feeds a budget to a command of the group.
fn fed(command: &str, args: &[&str], budget: &str) -> Run {
    let named = ["budget", command, "-", "--as-of", TODAY];
    finished(imgcost().args(named).args(args).write_stdin(budget))
}

fn idle_keys(budget: &str) -> Vec<String> {
    let found = fed("forecast", &["--format", "json"], budget);
    assert_eq!(found.code, 0, "{budget}\n{}", found.stderr);
    let keys = found.json()["flags"]["idle_keys"].as_array().cloned().unwrap_or_default();
    keys.iter().filter_map(|it| it["key"].as_str()).map(str::to_owned).collect()
}

fn with_request(keys: &str) -> String {
    POSTERS.replace("prompt_tokens: 60}", &format!("prompt_tokens: 60, {keys}}}"))
}

fn with_line(line: &str) -> String {
    POSTERS.replace("    accepted_images", &format!("    {line}\n    accepted_images"))
}

#[test]
fn a_key_on_which_no_figure_depends_is_named() {
    for (budget, key) in [
        (format!("fx: {{CNY/USD: \"0.14\"}}\n{POSTERS}"), "fx CNY/USD"),
        (format!("quoted: true\n{POSTERS}"), "quoted: true"),
        (
            format!("replace: {{gpt-image-1.5: gpt-image-2}}\n{POSTERS}"),
            "replace gpt-image-1.5: gpt-image-2",
        ),
        (with_request("resolution: 2K"), "request.resolution of posters"),
        (with_request("text_output_tokens: 9"), "request.text_output_tokens of posters"),
        (with_request("output_format: png"), "request.output_format of posters"),
        (with_line("attempts: {maximum: 3}"), "attempts.maximum of posters"),
        (with_line("assume: {failed: free}"), "assume.failed of posters"),
        (with_line("assume: {text_output_tokens: 9}"), "assume.text_output_tokens of posters"),
        (with_line("fallback: {route: fal/gpt-image-2, when: [timeout]}"), "fallback of posters"),
        (
            with_line("price_changes: [{from: 2028-01, percent: \"+10%\"}]"),
            "price_changes from 2028-01 of posters",
        ),
    ] {
        assert_eq!(idle_keys(&budget), [key], "{budget}");
        for command in ["forecast", "check"] {
            let shown = fed(command, &[], &budget).stdout.replace('\n', " ");
            assert!(
                shown.contains(&format!("Keys of the file without effect: {key} (")),
                "{shown}"
            );
        }
    }
    let columns = "workload,quality,maximum_attempts,2027-01\nposters,medium,3,1000\n";
    assert_eq!(idle_keys(columns), ["maximum_attempts of posters"], "as the spreadsheet calls it");
}

#[test]
fn a_key_that_counts_or_states_a_default_is_not_named() {
    assert_eq!(idle_keys(POSTERS), [""; 0]);
    for budget in [
        // Said by name, a default is applied.
        with_request("n: 1, partial_images: 0, cached_text_tokens: 0, processing: standard"),
        with_line("attempts: {acceptance: \"100%\", failure_rate: \"0%\"}"),
        format!("quoted: false\n{POSTERS}"),
        format!("data_residency: false\n{POSTERS}"),
        format!("data_residency: true\n{POSTERS}"),
        // These change figures.
        with_line("attempts: {acceptance: \"70%\", maximum: 3}"),
        with_line("attempts: {failure_rate: \"10%\"}\n    assume: {failed: all_meters}"),
        with_line(
            "attempts: {timeout_rate: \"5%\"}\n    fallback: {route: fal/gpt-image-2, when: [timeout]}",
        ),
        with_line("price_changes: [{from: 2027-02, percent: \"+10%\"}]"),
        // The rate converts a limit.
        format!("currency: EUR\nfx: {{EUR/USD: \"1.1\"}}\nlimits: {{total: \"500\"}}\n{POSTERS}"),
        // A scenario asks a route on which the class decides.
        with_request("resolution: 4K")
            + "scenarios: [{name: other, route: kie/gpt-image-2-text-to-image}]\n",
    ] {
        assert_eq!(idle_keys(&budget), [""; 0], "{budget}");
    }
}

#[test]
fn a_currency_without_an_amount_is_that_of_the_report_and_converts_nothing_else() {
    let budget = format!("currency: EUR\nfx: {{EUR/USD: \"1.1\"}}\n{POSTERS}");
    let shown = fed("forecast", &[], &budget).stdout;
    // 2,000 × $0.05301 = $106.02, ÷ 1.1 = €96.38; ÷ 1.2 = €88.35.
    assert!(shown.contains("€96.38 ($106.02) for 2 months"), "{shown}");
    assert_eq!(idle_keys(&budget), [""; 0], "the rate is used");
    let given = fed("forecast", &["--fx", "EUR/USD=1.2"], &budget);
    assert!(given.stdout.contains("€88.35 ($106.02)"), "{}", given.stdout);
    assert!(!given.stdout.contains("are converted"), "{}", given.stdout);
    assert!(!given.stdout.contains("without effect"), "{}", given.stdout);
    let seats = format!("{budget}other_costs: [{{name: seats, amount: \"10\", per: month}}]\n");
    let given = fed("forecast", &["--fx", "EUR/USD=1.2"], &seats);
    assert!(
        given.stdout.contains("Other costs of the file are converted at the rate given."),
        "{}",
        given.stdout
    );
    // Where the file states no rate itself, the given one is what its amounts rest on.
    let without = seats.replace("fx: {EUR/USD: \"1.1\"}\n", "");
    let given = fed("forecast", &["--fx", "EUR/USD=1.2", "--fx", "CNY/USD=0.14"], &without);
    assert_eq!(given.code, 0, "{}", given.stderr);
    assert!(!given.stdout.contains("--fx EUR/USD is without"), "{}", given.stdout);
    assert!(given.stdout.contains("--fx CNY/USD is without effect"), "{}", given.stdout);
}

#[test]
fn a_replacement_in_flags_that_replaces_nothing_is_named() {
    let replace = ["--replace", "gpt-image-1.5=gpt-image-2.5-flare"];
    let shown = |model: &str| {
        let args = ["budget", "forecast", "--images", "10", "--months", "2", "--model", model];
        run(&[&args[..], &replace, &["--as-of", TODAY]].concat()).stdout
    };
    let said = "--replace gpt-image-1.5=gpt-image-2.5-flare is without effect";
    assert!(shown("gpt-image-2").contains(said), "{}", shown("gpt-image-2"));
    let used = shown("gpt-image-1.5");
    assert!(!used.contains("without effect") && used.contains("takes the place of"), "{used}");
    assert!(fed("forecast", &replace, POSTERS).stdout.contains(said), "over a file");
}

#[test]
fn a_shorter_period_is_refused_whole_or_saves_a_file_that_can_be_read() {
    // `b` plans nothing in February, and says so; `c` starts in March.
    let budget = POSTERS.replace("months: 2", "months: 3").replace(
        "accepted_images: 1000",
        "accepted_images: {2027-01: 10, 2027-02: 20, 2027-03: 30}",
    ) + "  - name: b
    request: {size: 1024x1024, quality: low}
    accepted_images: {2027-01: 10, 2027-02: 0}
  - name: c
    request: {size: 1024x1024, quality: low}
    accepted_images: 7
    from: 2027-03
";
    let refused = fed("forecast", &["--months", "1"], &budget);
    assert_eq!(refused.code, 2, "{}", refused.stdout);
    for said in [
        "--months 1 leaves out 20 images that posters plans for 2027-02, 30 for 2027-03",
        "--months 1 leaves out 0 images that b plans for 2027-02",
        "--months 1 leaves out c, which starts in 2027-03",
    ] {
        assert!(refused.stderr.contains(said), "{}", refused.stderr);
    }
    let folder = tempfile::tempdir().expect("a folder");
    for months in ["1", "2", "3", "4"] {
        let path = folder.path().join(format!("{months}.yaml"));
        let path = path.to_str().expect("UTF-8");
        let saved = fed("forecast", &["--months", months, "--save", path], &budget);
        if saved.code == 0 {
            let read = run(&["budget", "forecast", path, "--as-of", TODAY]);
            assert_eq!(read.code, 0, "--months {months}: {}", read.stderr);
        } else {
            assert_eq!((saved.code, months < "3"), (2, true), "{}", saved.stderr);
        }
    }
}

#[test]
fn a_rate_in_flags_keeps_to_the_spread_of_the_file_as_the_file_itself_does() {
    // The spread of failures is from 1% to 4%, and that of the acceptance a sample of 40, in which any share was seen.
    let of = |args: &[&str]| {
        let file = ["budget", "simulate", "fixtures/budgets/uncertain.yaml", "--runs", "20"];
        run(&[&file[..], &["--as-of", TODAY], args].concat())
    };
    for within in [["--failure-rate", "3%"], ["--acceptance", "60%"]] {
        assert_eq!(of(&within).code, 0, "{within:?}: {}", of(&within).stderr);
    }
    for (out, said) in [
        (["--failure-rate", "9%"], "is stated as 9%, which is not from 1% to 4%"),
        (["--attempts", "2"], "has a spread, and `attempts` states none"),
    ] {
        let refused = of(&out);
        assert_eq!(refused.code, 2, "{out:?}");
        assert!(
            refused.stderr.contains(said) && refused.stderr.contains(out[0]),
            "{}",
            refused.stderr
        );
    }
}

#[test]
fn what_flags_make_unknown_is_said_beside_what_they_raise() {
    let shown = fed("forecast", &["--processing", "batch", "--route", "fal/gpt-image-2"], POSTERS);
    let first = shown.stdout.replace('\n', " ");
    assert!(
        first.contains(
            "changes 1 of 1 step, 1 of them at a cost that is not known any more (posters: the"
        ),
        "{first}"
    );
    assert!(!first.contains("none of them raised"), "{first}");
    let ended = fed("forecast", &["--model", "gpt-image-1.5", "--format", "json"], POSTERS).json();
    let unknown = &ended["flags"]["unknown"];
    assert_eq!(unknown[0]["workload"], "posters");
    assert!(unknown.to_string().contains("is shut down"), "{unknown}");
}

#[test]
fn an_exchange_rate_that_lacks_leaves_nothing_priced_and_says_what_to_give() {
    let of = |more: &[&str]| {
        let args = ["--images", "1000", "--route", "bananarouter/gpt-image-2@pro", "--months", "1"];
        run(&[&["budget", "forecast", "--as-of", TODAY], &args[..], more].concat())
    };
    let refused = of(&[]);
    assert_eq!(refused.code, 2, "{}", refused.stdout);
    assert!(refused.stderr.contains("give --fx CNY/USD=RATE"), "{}", refused.stderr);
    assert_eq!(of(&["--fx", "CNY/USD=0.14"]).code, 0);
}

#[test]
fn a_simulation_says_how_its_stated_budget_stands_to_each_limit() {
    let of = |command: &str, more: &[&str]| {
        let file = ["budget", command, "fixtures/budgets/uncertain.yaml", "--as-of", TODAY];
        run(&[&file[..], &["--format", "json"], more].concat()).json()["limits"].clone()
    };
    let simulated = of("simulate", &["--runs", "20"]);
    assert!(simulated[0]["verdict"].is_string(), "{simulated}");
    assert_eq!(simulated, of("forecast", &[]), "the same limits, the same verdicts");
}

/// The cost of one image of a body as an estimate has it, and as a budget of one such image a month does.
fn both_costs(body: &Value, more: &[&str]) -> [Value; 2] {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_str().expect("UTF-8").to_owned();
    std::fs::write(path("body.json"), body.to_string()).expect("a file");
    let text = "start: 2026-12\nmonths: 1\nworkloads: [{name: one, accepted_images: 1, request: {file: body.json}}]\n";
    std::fs::write(path("budget.yaml"), text).expect("a file");
    let day = ["--as-of", TODAY, "--format", "json"];
    let estimate = run(&[&["estimate", "--request", &path("body.json")], &day[..], more].concat());
    let budget = run(&[&["budget", "forecast", &path("budget.yaml")], &day[..], more].concat());
    assert!(estimate.code <= 1 && budget.code <= 1, "{}{}", estimate.stderr, budget.stderr);
    let ends = |it: &Value| json!([it["cost_low_usd"], it["cost_high_usd"], it["certainty"]]);
    [ends(&estimate.json()), ends(&budget.json()["rows"][0])]
}

#[test]
fn a_body_that_a_budget_names_costs_what_it_costs_in_an_estimate() {
    let whole =
        json!({"model": "gpt-image-2", "prompt": "A cat", "size": "1024x1024", "quality": "low"});
    let without = |key: &str| {
        let mut body = whole.clone();
        body.as_object_mut().expect("an object").remove(key);
        body
    };
    let with = |key: &str, value: Value| {
        let mut body = whole.clone();
        body[key] = value;
        body
    };
    for (body, certainty) in [
        (whole.clone(), "exact"),
        (with("moderation", json!("low")), "exact"),
        (without("prompt"), "unknown"),
        (without("size"), "range"),
        (without("quality"), "range"),
        (with("seed", json!(7)), "unknown"),
        (with("markup", json!("overlay.png")), "unknown"),
    ] {
        let [estimate, budget] = both_costs(&body, &[]);
        assert_eq!(estimate, budget, "{body}");
        assert_eq!(budget[2], certainty, "{body}");
    }
    // On a route that states its own default, a body without a quality takes it in both.
    let [estimate, budget] = both_costs(&without("quality"), &["--route", "fal/gpt-image-2"]);
    assert_eq!(estimate, budget);
}

#[test]
fn what_a_body_has_unread_is_told_with_what_a_budget_can_do_and_is_not_saved() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_str().expect("UTF-8").to_owned();
    let text = "start: 2026-12\nmonths: 1\nworkloads: [{name: one, accepted_images: 1, request: {file: body.json}}]\n";
    std::fs::write(path("budget.yaml"), text).expect("a file");
    let of = |body: &Value, more: &[&str]| {
        std::fs::write(path("body.json"), body.to_string()).expect("a file");
        run(&[&["budget", "forecast", &path("budget.yaml"), "--as-of", TODAY], more].concat())
    };
    let body = json!({"model": "gpt-image-2", "prompt": "A cat", "size": "1024x1024", "quality": "low", "seed": 7});
    let shown = of(&body, &[]).stdout.replace('\n', " ");
    assert!(
        shown.contains("take it out of the body") && !shown.contains("--ignore-key"),
        "{shown}"
    );
    let saved = of(&body, &["--save", &path("saved.yaml")]);
    assert_eq!(saved.code, 2, "{}", saved.stdout);
    assert!(saved.stderr.contains("has what is not read: seed"), "{}", saved.stderr);
    let near = of(&json!({"prompt": "A cat", "sise": "1024x1024"}), &[]);
    assert_eq!(near.code, 3);
    let cure = "take it out of the body to leave it out of the total";
    assert!(near.stderr.contains("did you mean `size`?"), "{}", near.stderr);
    assert!(near.stderr.contains(cure), "{}", near.stderr);
}

#[test]
fn a_flag_over_a_file_on_which_no_figure_depends_is_named_beside_one_that_changes_all() {
    // OpenAI's route has no resolution classes; the quality raises every image.
    let args = ["--quality", "high", "--resolution", "4K", "--text-output-tokens", "50"];
    let shown = fed("forecast", &args, POSTERS).stdout.replace('\n', " ");
    assert!(shown.contains("changes 1 of 1 step, 1 of them raised"), "{shown}");
    for flag in ["--resolution", "--text-output-tokens"] {
        assert!(shown.contains(&format!("{flag} is without effect: no figure")), "{shown}");
    }
    assert!(!shown.contains("--quality is without effect"), "{shown}");
}

#[test]
fn what_no_figure_depends_on_changes_no_step() {
    for flag in [&["--text-output-tokens", "30"][..], &["--max-attempts", "3"]] {
        let shown = fed("forecast", flag, POSTERS);
        assert!(
            shown.stdout.contains("changes none of 1 step: without effect"),
            "{}",
            shown.stdout
        );
    }
    let both = ["--text-output-tokens", "30", "--quality", "high"];
    let shown = fed("forecast", &both, POSTERS);
    assert!(shown.stdout.contains("changes 1 of 1 step, 1 of them raised"), "{}", shown.stdout);
}

#[test]
fn images_are_written_in_plain_digits() {
    for number in ["0x10", "0o20", "010"] {
        let refused =
            fed("forecast", &[], &POSTERS.replace("images: 1000", &format!("images: {number}")));
        assert_eq!(refused.code, 3, "{number}");
        assert!(refused.stderr.contains("this is not a number of images"), "{}", refused.stderr);
    }
}
