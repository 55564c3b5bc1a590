//! `imgcost models` as its reader sees it.

mod common;

use common::TODAY;
use common::cli::{Run, finished, imgcost, run};
use imgcost::Catalog;

fn models(arguments: &[&str], columns: &str) -> Run {
    let arguments = [&["models", "--as-of", TODAY], arguments].concat();
    finished(imgcost().env("COLUMNS", columns).args(arguments))
}

fn printed(arguments: &[&str], columns: &str) -> String {
    let run = models(arguments, columns);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    run.stdout
}

#[test]
fn the_list_keeps_ids_and_dates_whole_at_80_columns() {
    let list = printed(&[], "80");
    assert!(list.lines().all(|line| line.chars().count() <= 80), "{list}");
    assert_matches_snapshot!("models_list_80", list);
}

#[test]
fn the_list_for_files() {
    assert_matches_snapshot!("models_list_csv", printed(&["--format", "csv"], "80"));
    assert_matches_snapshot!("models_list_markdown", printed(&["--format", "markdown"], "80"));
}

#[test]
fn a_model_with_newer_ones_of_the_same_formula() {
    let model = printed(&["gpt-image-2"], "80");
    assert!(model.lines().all(|line| line.chars().count() <= 80), "{model}");
    assert_matches_snapshot!("models_gpt_image_2_80", model);
    assert_matches_snapshot!("models_gpt_image_2_100", printed(&["gpt-image-2-2026-04-21"], "100"));
}

#[test]
fn a_model_that_ends_and_has_replacements_of_another_rule() {
    assert_matches_snapshot!("models_gpt_image_1_5_80", printed(&["gpt-image-1.5"], "80"));
}

#[test]
fn a_model_whose_tokens_are_a_range() {
    assert_matches_snapshot!(
        "models_gpt_image_2_6_flare_80",
        printed(&["gpt-image-2.6-flare"], "80")
    );
}

#[test]
fn a_text_model_makes_no_images() {
    assert_matches_snapshot!("models_gpt_6_sol_80", printed(&["gpt-6-sol"], "80"));
}

#[test]
fn moves_for_files() {
    assert_matches_snapshot!(
        "models_gpt_image_2_csv",
        printed(&["gpt-image-2", "--format", "csv"], "80")
    );
}

#[test]
fn the_object_for_programs() {
    let read = |arguments: &[&str]| models(arguments, "80").json();
    let list = read(&["--format", "json"]);
    assert_eq!(list["schema"], "imgcost.models/1");
    let rows = list["rows"].as_array().map(Vec::len);
    assert_eq!(rows, Catalog::shipped().models().ok().map(|models| models.len()));
    let one = read(&["gpt-image-2", "--format", "json"]);
    assert_eq!(one["schema"], "imgcost.model/1");
    let high = &one["rows"][2];
    assert_eq!(high["quality"], "high");
    assert_eq!(high["token_ratio"], "0.25", "1756 ÷ 7024");
    assert_eq!(high["like_for_like"], "max");
    let mut shown = one;
    shown["catalog_digest"] = "(digest)".into();
    assert_matches_snapshot!(
        "models_gpt_image_2_json",
        serde_json::to_string_pretty(&shown).expect("JSON")
    );
}

#[test]
fn names_and_days_without_rules_are_refused_with_the_nearest() {
    assert_matches_snapshot!("models_unknown", models(&["gpt-image2"], "80").shown());
    let early = run(&["models", "gpt-image-2", "--as-of", "2026-01-01"]);
    assert_matches_snapshot!("models_no_rules", early.shown());
}

#[test]
fn help() {
    assert_matches_snapshot!("models_help", run(&["models", "--help"]).stdout);
}
