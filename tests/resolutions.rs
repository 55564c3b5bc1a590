//! Models that are asked for by the name of a resolution, or whose sizes and qualities are not known.

mod common;

use common::cli::{run, run_at};
use common::*;

use imgcost::catalog::Catalog;
use imgcost::estimate::{EstimateError, Terms, estimate_request};
use imgcost::request::{Draft, RequestError};
use imgcost::unit::Meter;

const PRO: &str = "gemini-3-pro-image";

fn asked(model: &str, size: Option<&str>) -> Draft {
    Draft { model: Some(model.into()), size: size.map(str::to_owned), ..Draft::default() }
}

fn refusals(draft: &Draft, resolution: Option<&str>) -> Vec<RequestError> {
    let terms = Terms { resolution, ..terms(TODAY) };
    match estimate_request(&Catalog::shipped(), draft, &terms) {
        Err(EstimateError::Request(errors)) => errors.into(),
        other => panic!("not refused: {other:?}"),
    }
}

#[test]
fn a_resolution_is_named_by_either_flag() {
    let of = |size, resolution| {
        let terms = Terms { resolution, ..terms(TODAY) };
        let estimate = estimate_request(&Catalog::shipped(), &asked(PRO, size), &terms);
        amount(&estimate.expect("an estimate"), Meter::ImageOutput)
    };
    let four = per_million(2_000, "120");
    assert_eq!((of(Some("4K"), None), of(None, Some("4K"))), (four, four));
    assert_eq!(of(Some("4K"), Some("4K")), four);
    assert_eq!(of(Some("4096x2304"), Some("4K")), four, "the pixels behind 4K are not stated");
}

#[test]
fn an_open_resolution_is_a_range_and_a_single_one_is_taken() {
    for size in [None, Some("auto"), Some("1024x1024")] {
        let output = &price(&asked(PRO, size));
        let output = &line(output, Meter::ImageOutput).amount;
        // 1,120 tokens at 1K and 2K, 2,000 at 4K.
        let range = (per_million(1_120, "120"), Some(per_million(2_000, "120")));
        assert_eq!((output.low(), output.high()), range, "{size:?}");
        assert!(output.reasons().in_words().contains("give the resolution 1K or 2K or 4K"));
    }
    let lite = price(&asked("gemini-3.1-flash-lite-image", None));
    assert_eq!(amount(&lite, Meter::ImageOutput), per_million(1_120, "30"));
    assert!(
        lite.assumptions.iter().any(|it| it.to_string().contains("resolution 1K, the only one"))
    );
}

#[test]
fn what_the_model_cannot_be_asked_for_is_refused() {
    let unknown = refusals(&asked(PRO, None), Some("8K"));
    assert!(matches!(&unknown[..], [RequestError::UnknownResolution { .. }]), "{unknown:?}");
    let two = refusals(&asked(PRO, Some("1K")), Some("2K"));
    assert!(matches!(&two[..], [RequestError::TwoResolutions { .. }]), "{two:?}");
    let quality = Draft { quality: Some("high".into()), ..asked(PRO, None) };
    let quality = refusals(&quality, Some("1K"));
    assert!(matches!(&quality[..], [RequestError::NoQuality { .. }]), "{quality:?}");
    let elsewhere = refusals(&asked("gpt-image-2", Some("1K")), None);
    assert!(matches!(&elsewhere[..], [RequestError::NotASize(_)]), "{elsewhere:?}");
}

#[test]
fn sizes_that_are_not_known_are_taken_and_said_to_be_unchecked() {
    let estimate = price(&asked("muse-image-1.0", Some("1234x567")));
    assert_eq!(total(&estimate), dec("0.01"));
    let said = "muse-image-1.0 makes 1234x567: its sizes in pixels are not stated";
    assert!(
        estimate.assumptions.iter().any(|it| it.to_string() == said),
        "{:?}",
        estimate.assumptions
    );
    assert!(price(&asked("muse-image-1.0", None)).usage.count(Meter::Pixels).exact() == Some(0));
}

#[test]
fn there_is_no_list_of_sizes_to_choose_from() {
    for (model, why) in [(PRO, "1K, 2K, 4K"), ("ideogram-4.0", "were not read")] {
        let run = run(&["sizes", "--model", model, "--as-of", TODAY]);
        assert_eq!(run.code, 2);
        assert!(run.stderr.contains("no list of sizes in pixels"), "{}", run.stderr);
        assert!(run.stderr.contains(why), "{}", run.stderr);
    }
}

#[test]
fn a_comparison_says_which_work_it_leaves_out() {
    let models = format!("gpt-image-2,{PRO}");
    let args = ["compare", "--models", &models, "--quality", "high", "--owners", "openai,google"];
    let text = run_at(200, &[&args[..], &["--as-of", TODAY]].concat()).stdout;
    assert!(text.contains("Left out, since the model cannot be asked for it:"), "{text}");
    assert!(
        text.contains("gemini-3-pro-image high: gemini-3-pro-image is not known to take"),
        "{text}"
    );
}

#[test]
fn a_matrix_of_resolutions_has_one_column() {
    let args = ["compare", "--layout", "matrix", "--routes", "black-forest-labs/flux-3-image"];
    let text = run(&[&args[..], &["--as-of", TODAY, "--format", "csv"]].concat()).stdout;
    let rows: Vec<&str> =
        text.lines().map(|line| line.split(',').next().expect("a cell")).collect();
    assert_eq!(rows, ["size", "768", "1K", "2K"]);
    assert!(text.contains("0.048"), "{text}");
}

#[test]
fn a_model_whose_rules_do_not_fit_together_is_refused() {
    const EVIDENCE: &str = "{source: made up, seen: 2026-01-01, confidence: low}";
    let problems = |sizes: &str, tokens: &str| -> String {
        let text = format!(
            "name: Made up\nmaker: acme\nrules:\n  - from: 2026-01-01\n    sizes:\n{sizes}      \
             evidence: {EVIDENCE}\n    output_tokens:\n      rule: {tokens}\n      evidence: {EVIDENCE}\n    \
             input_images:\n      rule: {{not_known: not read}}\n      evidence: {EVIDENCE}\n"
        );
        let found = Catalog::from_files(vec![table_file("models/made-up.yaml", text)]);
        let problems = found.err().map_or_else(Vec::new, Vec::from);
        problems.iter().map(imgcost::problem::Problem::one_line).collect()
    };
    let tiers = "      rule: {tiers: [1K, 2K]}\n";
    assert_eq!(problems(tiers, "{by_tier: {1K: 10, 2K: 20}}"), "", "as it should be");
    let missing = problems(tiers, "{by_tier: {1K: 10}}");
    assert!(missing.contains("the resolution `2K` has no output tokens"), "{missing}");
    let by_quality = problems(tiers, "{table: {low: {1024x1024: 10}}}");
    assert!(by_quality.contains("there are no `qualities`"), "{by_quality}");
    let no_default = problems("      rule: {listed: [1024x1024]}\n", "{each: 10}");
    assert!(no_default.contains("the sizes have no `default`"), "{no_default}");
    let idle = problems(&format!("      default: 1024x1024\n{tiers}"), "{each: 10}");
    assert!(idle.contains("a default size has no meaning"), "{idle}");
}
