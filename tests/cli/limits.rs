//! `--max-cost`: the exit code says whether the cost is within the limit.

use crate::assert_matches_snapshot;
use crate::common::cli::{Run, estimate};

/// 56 × 5 + 7,024 × 30 ÷ 1,000,000 = $0.211.
const EXACT: [&str; 4] = ["--quality", "high", "--prompt-tokens", "50"];
/// $0.033792 of image output, and 0 to 856 text tokens at 10: up to $0.042352.
const RANGE: [&str; 2] = ["--model", "gpt-image-1.5"];
/// Cached tokens of MAI-Image-2.6 have no price.
const UNKNOWN: [&str; 6] =
    ["--model", "mai-image-2.6", "--billed-text-tokens", "50", "--cached-text-tokens", "20"];

fn limited(args: &[&str], limit: &str) -> Run {
    estimate(&[args, &["--max-cost", limit]].concat())
}

#[test]
fn a_cost_within_the_limit_or_equal_to_it_is_0() {
    for limit in ["0.25", "$0.25", "0.211"] {
        let run = limited(&EXACT, limit);
        assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{limit}");
    }
    assert_eq!(limited(&RANGE, "0.042352").code, 0, "the most that it can be is within");
}

#[test]
fn a_cost_above_the_limit_is_1_and_still_printed() {
    let run = limited(&EXACT, "0.21");
    assert_eq!(run.code, 1);
    assert!(run.stdout.contains("$0.21100"), "{}", run.stdout);
    assert_matches_snapshot!("limit__above", run.stderr);
}

#[test]
fn a_range_that_reaches_above_the_limit_is_1() {
    let run = limited(&RANGE, "0.04");
    assert_eq!(run.code, 1);
    assert_matches_snapshot!("limit__range", run.stderr);
    let above = limited(&RANGE, "0.03");
    assert_eq!(above.code, 1);
    assert!(above.stderr.contains("above"), "{}", above.stderr);
}

#[test]
fn an_unknown_cost_is_never_within_a_limit() {
    let run = limited(&UNKNOWN, "1000");
    assert_eq!(run.code, 1);
    assert_matches_snapshot!("limit__unknown", run.stderr);
}

#[test]
fn with_a_volume_the_limit_is_for_the_volume() {
    let volume = [&EXACT[..], &["--images", "1000"]].concat();
    assert_eq!(limited(&volume, "211").code, 0);
    let run = limited(&volume, "210.99");
    assert_eq!(run.code, 1);
    assert_matches_snapshot!("limit__volume", run.stderr);
}

#[test]
fn a_batch_file_is_compared_as_a_whole() {
    let files = ["fixtures/requests/batch.jsonl", "fixtures/requests/batch-edits.jsonl"];
    let request = [&files[..], &["--allow-files", "fixtures/images"]].concat();
    assert_eq!(limited(&request, "0.141976").code, 0);
    assert_eq!(limited(&request, "0.141975").code, 1);
}
