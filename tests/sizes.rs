//! `imgcost sizes` as its reader sees it.

mod common;

use std::fs;

use common::TODAY;
use common::cli::{Run, finished, imgcost, run};

fn sizes(arguments: &[&str], columns: &str) -> Run {
    let arguments = [&["sizes", "--as-of", TODAY], arguments].concat();
    finished(imgcost().env("COLUMNS", columns).args(arguments))
}

fn shown(arguments: &[&str], columns: &str) -> String {
    sizes(arguments, columns).shown()
}

#[test]
fn common_sizes_with_the_cheapest_and_the_dearest() {
    assert_matches_snapshot!("sizes_overview_80", shown(&[], "80"));
    assert_matches_snapshot!(
        "sizes_overview_listed_80",
        shown(&["--model", "gpt-image-1.5"], "80")
    );
}

#[test]
fn a_legal_size_and_what_costs_less() {
    let question = ["2048x2048", "--quality", "high", "--aspect-tolerance", "10%"];
    assert_matches_snapshot!("sizes_cheaper_80", shown(&question, "80"));
    assert_matches_snapshot!("sizes_cheaper_other_shape_100", shown(&["2048x2048"], "100"));
    assert_matches_snapshot!("sizes_nothing_cheaper_80", shown(&["480x1408"], "80"));
}

#[test]
fn an_illegal_size_is_refused_with_every_broken_rule() {
    assert_matches_snapshot!("sizes_illegal_80", shown(&["1920x1080"], "80"));
    assert_matches_snapshot!(
        "sizes_illegal_four_rules_100",
        shown(&["4001x100", "--top", "2"], "100")
    );
}

#[test]
fn a_range_of_tokens_stays_a_range() {
    let question = ["1536x1024", "--model", "gpt-image-2.6-flare", "--aspect-tolerance", "5%"];
    assert_matches_snapshot!("sizes_range_80", shown(&question, "80"));
}

#[test]
fn the_cheapest_within_bounds() {
    let bounds = ["--min-pixels", "2000000", "--max-cost", "$0.05"];
    assert_matches_snapshot!("sizes_within_80", shown(&bounds, "80"));
}

#[test]
fn where_nothing_fits_the_nearest_stand_there_with_exit_code_1() {
    let both = ["--min-pixels", "8000000", "--max-cost", "0.08", "--quality", "high"];
    assert_matches_snapshot!("sizes_none_within_80", shown(&both, "80"));
    assert_matches_snapshot!("sizes_too_many_pixels_80", shown(&["--min-pixels", "9000000"], "80"));
    assert_matches_snapshot!("sizes_limit_80", shown(&["2048x2048", "--max-cost", "0.10"], "80"));
}

#[test]
fn for_files() {
    let question = ["2048x2048", "--aspect-tolerance", "10%", "--top", "2"];
    for format in ["csv", "markdown"] {
        let arguments: Vec<&str> = question.iter().copied().chain(["--format", format]).collect();
        let text = shown(&arguments, "80").replace(&catalog_digest(), "(digest)");
        assert_matches_snapshot!(format!("sizes_cheaper_{format}"), text);
    }
}

/// The digest of the shipped catalogue, which every change of a table moves.
fn catalog_digest() -> String {
    let object = sizes(&["2048x2048", "--format", "json"], "80").json();
    object["catalog_digest"].as_str().expect("a digest").to_owned()
}

#[test]
fn the_object_for_programs() {
    let run = sizes(&["1920x1080", "--format", "json", "--top", "1"], "80");
    assert_eq!(run.code, 2);
    let mut object = run.json();
    assert_eq!(object["schema"], "imgcost.sizes/1");
    // u = 48 × 1072 ÷ 1920 = 26.8 → 27; 48 × 27 × (2000000 + 2058240) ÷ 4000000 = 1314.9 → 1315;
    // 1315 × $30 ÷ 1000000 = $0.03945
    assert_eq!(object["rows"][0]["size"], "1920x1072");
    assert_eq!(object["rows"][0]["image_output_tokens"], 1315);
    assert_eq!(object["rows"][0]["cost_expected_usd"], "0.03945");
    object["catalog_digest"] = "(digest)".into();
    let text = serde_json::to_string_pretty(&object).expect("JSON");
    assert_matches_snapshot!("sizes_illegal_json", text);
}

#[test]
fn wrong_names_are_refused_as_in_an_estimate() {
    for (name, arguments) in [
        ("unknown_model", vec!["--model", "gpt-image2"]),
        ("unknown_quality", vec!["--quality", "hihg"]),
        ("text_model", vec!["--model", "gpt-6-sol"]),
        ("shut_down", vec!["--model", "gpt-image-1"]),
    ] {
        assert_matches_snapshot!(format!("sizes_{name}"), shown(&arguments, "100"));
    }
}

/// Routes of a made-up owner in a folder of one's own.
fn own_routes(routes: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let owner = folder.path().join("provider/made-up");
    fs::create_dir_all(&owner).expect("a folder");
    fs::write(owner.join("owner.yaml"), "name: Made-up Cloud\n").expect("a file");
    for (name, version) in routes {
        let route = format!("{HEAD}{version}");
        fs::write(owner.join(format!("{name}.yaml")), route).expect("a file");
    }
    folder
}

const HEAD: &str = r#"model: gpt-image-2
alias: gpt-image-2
endpoint: "POST https://api.example.com/v1/images/generations"
billing_unit: made up
versions:
  - from: 2026-10-01
    currency: USD
    evidence: {source: "a made-up page", seen: 2026-10-01, confidence: low}
"#;

const NO_OUTPUT_PRICE: &str = r#"    rates:
      - {meter: text_input, price: "5.00", per: 1M}
    not_billed: [images, calls]
"#;

const BY_CLASS: &str = r#"    classes:
      by: pixels
      buckets:
        - {name: 1K, up_to: 1048576}
        - {name: 4K}
    rates:
      - {meter: images, price: "0.03", per: 1, when: {class: 1K}}
      - {meter: images, price: "0.09", per: 1, when: {class: 4K}}
    not_billed: [text_input, image_output, calls]
"#;

#[test]
fn an_unknown_price_is_not_ranked() {
    let folder = own_routes(&[("tokens", NO_OUTPUT_PRICE)]);
    let pricing = folder.path().to_str().expect("text");
    let with = |more: &[&str]| {
        shown(&[&["--pricing", pricing, "--route", "made-up/tokens"], more].concat(), "80")
    };
    assert_matches_snapshot!("sizes_unpriced_overview_80", with(&[]));
    assert_matches_snapshot!("sizes_unpriced_size_80", with(&["1024x1024"]));
    assert_matches_snapshot!("sizes_unpriced_limit_80", with(&["--max-cost", "0.05"]));
}

#[test]
fn where_every_size_costs_the_same_none_is_the_cheapest() {
    let replicate = ["--route", "provider/replicate/gpt-image-2"];
    assert_matches_snapshot!("sizes_flat_price_80", shown(&replicate, "80"));
}

#[test]
fn a_price_by_class_changes_at_the_border_and_not_with_the_tokens() {
    let folder = own_routes(&[("classes", BY_CLASS)]);
    let pricing = folder.path().to_str().expect("text");
    let cost = |size: &str| {
        let route = ["--pricing", pricing, "--route", "made-up/classes", "--format", "json"];
        sizes(&[&[size], &route[..]].concat(), "80").json()["rows"][0]["cost_high_usd"].clone()
    };
    assert_eq!(cost("1024x1024"), "0.03", "1048576 pixels, the most of 1K");
    assert_eq!(cost("1536x704"), "0.09", "1081344 pixels and fewer tokens: 4K");
    assert_eq!(cost("2880x2880"), "0.09");
}

#[test]
fn help() {
    assert_matches_snapshot!("sizes_help", run(&["sizes", "--help"]).stdout);
}
