//! Requests that cannot be priced as asked: one clear message each, and exit code 2.

use crate::assert_matches_snapshot;
use crate::common::TODAY;
use crate::common::cli::{assert_same_for_programs, estimate, estimate_stdin, run};

const OWN: [&str; 2] = ["--pricing", "fixtures/pricing/valid"];

/// A name for the snapshot, and the flags.
type Case = (&'static str, &'static [&'static str]);

fn check(cases: &[Case]) {
    for (name, args) in cases {
        let run = estimate(args);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{name}: {}", run.stderr);
        assert!(run.stderr.starts_with("error: "), "{name}: {}", run.stderr);
        assert_matches_snapshot!(format!("error__{name}"), run.shown());
        assert_same_for_programs(&[&["estimate", "--as-of", TODAY], *args].concat(), &run);
    }
}

#[test]
fn models() {
    check(&[
        ("unknown-model-near", &["--model", "gpt-image2"]),
        ("unknown-model-far", &["--model", "sdxl"]),
        ("unknown-model-lookalike", &["--model", "gpt-5.4-image-2"]),
        ("retired-model", &["--model", "gpt-image-1"]),
        ("text-model", &["--model", "gpt-6-sol"]),
        ("batch-not-offered", &["--model", "gpt-image-2.6-flare", "--processing", "batch"]),
    ]);
}

#[test]
fn routes() {
    check(&[
        ("unknown-route-near", &["--route", "openai/gpt-image-3"]),
        ("unknown-route-far", &["--route", "acme"]),
        (
            "route-of-another-model",
            &["--route", "openai/gpt-image-2", "--model", "gpt-image-2.5-flare"],
        ),
    ]);
    let ambiguous = estimate(&[&OWN[..], &["--route", "gpt-image-2"]].concat());
    assert_eq!(ambiguous.code, 2);
    assert_matches_snapshot!("error__ambiguous-route", ambiguous.shown());
}

#[test]
fn sizes_and_qualities() {
    check(&[
        ("unknown-quality", &["--quality", "ultra"]),
        ("unknown-quality-near", &["--quality", "hihg"]),
        ("quality-of-another-model", &["--quality", "max"]),
        ("illegal-size", &["--size", "1920x1080"]),
        ("illegal-size-many-rules", &["--size", "4001x100"]),
        ("illegal-size-listed", &["--model", "gpt-image-1.5", "--size", "2048x2048"]),
        ("not-a-size", &["--size", "1024"]),
    ]);
}

#[test]
fn counts() {
    check(&[
        ("n-zero", &["--n", "0"]),
        ("n-eleven", &["--n", "11"]),
        ("n-negative", &["--n", "-1"]),
        ("partial-images-four", &["--partial-images", "4"]),
        ("prompt-empty", &["--prompt", ""]),
        ("prompt-tokens-negative", &["--prompt-tokens", "-5"]),
        ("counts-too-large", &["--prompt-tokens", "18446744073709551615"]),
        ("cached-text-more-than-billed", &["--prompt-tokens", "5", "--cached-text-tokens", "12"]),
        ("cached-image-more-than-billed", &["--cached-image-tokens", "1"]),
        ("max-cost-not-a-number", &["--max-cost", "1e3"]),
    ]);
}

#[test]
fn more_reference_images_than_the_model_takes() {
    let run = estimate(&["--input-image=64x64"; 17]);
    assert_eq!(run.code, 2);
    assert_matches_snapshot!("error__input-images-seventeen", run.shown());
}

#[test]
fn input_fidelity() {
    let edit = |args: &[&'static str]| [&["--input-image", "1024x1024"], args].concat();
    for (name, args) in [
        ("fidelity-refused", edit(&["--input-fidelity", "high"])),
        ("fidelity-mini", edit(&["--input-fidelity", "high", "--model", "gpt-image-1-mini"])),
        ("fidelity-unknown", edit(&["--input-fidelity", "medium", "--model", "gpt-image-1.5"])),
    ] {
        let run = estimate(&args);
        assert_eq!(run.code, 2);
        assert_matches_snapshot!(format!("error__{name}"), run.shown());
    }
}

#[test]
fn attempts() {
    check(&[
        ("failure-rate-over-100", &["--failure-rate", "120%"]),
        ("acceptance-without-percent", &["--acceptance", "70"]),
        ("acceptance-zero", &["--acceptance", "0%"]),
        ("rates-over-100-together", &["--failure-rate", "60%", "--block-rate", "50%"]),
        ("attempts-too-few", &["--attempts", "1.1", "--failure-rate", "20%"]),
        ("attempts-below-one", &["--attempts", "0.5"]),
        ("attempts-and-acceptance", &["--attempts", "2", "--acceptance", "70%"]),
        ("images-zero", &["--images", "0"]),
    ]);
}

#[test]
fn days() {
    for (name, day, model) in [
        ("day-before-launch", "2026-04-20", "gpt-image-2"),
        ("day-of-shutdown", "2026-12-01", "gpt-image-1.5"),
        ("not-a-day", "2026-13-01", "gpt-image-2"),
        ("day-in-words", "tomorrow", "gpt-image-2"),
    ] {
        let run = run(&["estimate", "--as-of", day, "--model", model, "--prompt-tokens", "5"]);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{name}");
        assert_matches_snapshot!(format!("error__{name}"), run.shown());
    }
}

#[test]
fn a_prompt_longer_than_the_model_takes() {
    let run = estimate_stdin(&["--prompt-file", "-"], &"fox ".repeat(8_001));
    assert_eq!(run.code, 2);
    assert_matches_snapshot!("error__prompt-too-long", run.shown());
    // 32,000 characters are counted, not bytes: ü has two bytes.
    assert_eq!(estimate_stdin(&["--prompt-file", "-"], &"ü".repeat(32_000)).code, 0);
}

#[test]
fn mainline_models() {
    check(&[
        ("unknown-mainline-model", &["--mainline-model", "gpt-6-lunar"]),
        ("no-mainline-model", &["--turns", "2", "--route", "replicate/gpt-image-2"]),
        ("no-tool-route", &["--mainline-model", "gpt-6-sol", "--model", "gpt-image-2.6-flare"]),
        ("turns-of-several-images", &["--turns", "2", "--n", "2"]),
        ("turns-zero", &["--turns", "0"]),
        (
            "cached-mainline-more-than-read",
            &["--mainline-input-tokens", "5", "--mainline-cached-tokens", "6"],
        ),
    ]);
}

#[test]
fn flags_that_exclude_each_other() {
    check(&[
        ("usage-and-turns", &["--usage", "fixtures/replies/responses.json", "--turns", "2"]),
        ("usage-and-size", &["--usage", "fixtures/replies/responses.json", "--size", "1024x1024"]),
        ("two-prompts", &["--prompt", "fox", "--prompt-tokens", "1"]),
        ("misspelled-flag", &["--sise", "1024x1024"]),
    ]);
}

#[test]
fn everything_that_is_wrong_comes_out_in_one_run() {
    check(&[(
        "several",
        &[
            "--model",
            "gpt-image-1-mini",
            "--size",
            "1x1",
            "--quality",
            "ultra",
            "--n",
            "99",
            "--input-fidelity",
            "high",
        ],
    )]);
}
