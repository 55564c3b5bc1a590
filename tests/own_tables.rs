//! Tables of one's own beside the shipped ones: a private provider, a negotiated discount, terms in
//! writing, a correction; and what an own table cannot do.

mod common;

use common::cli::{Run, run};
use serde_json::Value;

const OWN: [&str; 4] = ["--pricing", "fixtures/pricing/amended", "--as-of", "2026-11-21"];

fn with_own(args: &[&str]) -> Run {
    run(&[args, &OWN].concat())
}

fn rows(more: &[&str]) -> Vec<Value> {
    let work = ["compare", "--quality", "high", "--prompt-tokens", "60", "--format", "json"];
    let json = with_own(&[&work[..], more].concat()).json();
    json["rows"].as_array().expect("rows").clone()
}

fn row<'a>(rows: &'a [Value], id: &str) -> &'a Value {
    rows.iter().find(|row| row["route"] == id).expect("a row of this route")
}

#[test]
fn list_and_contracted_price_stand_side_by_side() {
    let rows = rows(&["--owners", "openai"]);
    // (60 + 6) × 5 ÷ 1,000,000 + 7,024 × 30 ÷ 1,000,000 = 0.00033 + 0.21072 = 0.21105
    let list = row(&rows, "official/openai/gpt-image-2");
    assert_eq!(list["per_accepted_image_high_usd"], "0.21105");
    // 8% less: 0.21105 × 0.92 = 0.194166
    let ours = row(&rows, "official/openai/gpt-image-2@ours");
    assert_eq!(ours["per_accepted_image_high_usd"], "0.194166");
    assert_eq!(ours["by_list_high_usd"], "0.21105");
    assert_eq!((&ours["contract"], &ours["section"]), (&"ours".into(), &"yours".into()));
    assert_eq!(list["section"], "official", "the list stays where it is");
    assert_eq!((&list["price_basis"], &ours["price_basis"]), (&"dated".into(), &"user".into()));
    let shown = with_own(&[
        "compare",
        "--quality",
        "high",
        "--prompt-tokens",
        "60",
        "--owners",
        "openai,replicate,acme",
    ]);
    assert_matches_snapshot!("own_tables__compare", shown.shown());
}

#[test]
fn a_discount_covers_what_it_says() {
    let price = |processing: &str| {
        let args =
            ["estimate", "--route", "gpt-image-2@ours", "--quality", "high", "--format", "json"];
        let more = ["--prompt-tokens", "60", "--processing", processing];
        with_own(&[&args[..], &more].concat()).json()
    };
    // Batch: 66 × 2.50 × 0.92 ÷ 1,000,000 + 7,024 × 15 × 0.92 ÷ 1,000,000 = 0.0001518 + 0.0969312
    assert_eq!(price("batch")["cost_high_usd"], "0.097083");
    let basis = price("standard")["lines"][0].to_string();
    assert!(basis.contains("4.6"), "$5.00 less 8% is $4.60: {basis}");
}

#[test]
fn a_correction_is_marked_and_the_list_it_corrects_is_not_ranked() {
    let rows = rows(&["--owners", "replicate"]);
    let corrected = row(&rows, "provider/replicate/gpt-image-2@correction");
    assert_eq!(
        (&corrected["contract"], &corrected["section"]),
        (&"correction".into(), &"yours".into())
    );
    assert_eq!(corrected["by_list_high_usd"], "0.128");
    let words = with_own(&["compare", "--quality", "high", "--owners", "replicate"]).stdout;
    let answer = words.split("\n\n").nth(1).expect("the answer under the title");
    assert!(answer.contains("$0.15") && !answer.contains("$0.128"), "{words}");
}

#[test]
fn terms_in_writing_make_a_route_ready() {
    let run = with_own(&["routes", "check", "openai/gpt-image-2"]);
    assert_eq!(run.code, 0, "{}", run.shown());
    assert!(run.stdout.contains("ready: 7 of 7"), "{}", run.stdout);
    let shown = with_own(&["routes", "show", "gpt-image-2@ours", "--all"]);
    assert!(shown.stdout.contains("yours in writing: contract 2026-118"), "{}", shown.stdout);
    assert_matches_snapshot!("own_tables__route", shown.shown());
}

#[test]
fn without_them_the_makers_own_route_is_not_ready() {
    let run = run(&["routes", "check", "openai/gpt-image-2", "--as-of", "2026-11-21"]);
    assert_eq!(run.code, 1);
    assert!(run.stdout.contains("6 of 7, missing: failure-charge rule"), "{}", run.stdout);
}

#[test]
fn terms_in_writing_change_the_cost_of_failures() {
    let cost = |pricing: &[&str]| {
        let args =
            ["estimate", "--quality", "high", "--prompt-tokens", "60", "--failure-rate", "10%"];
        let more = ["--as-of", "2026-11-21", "--format", "json"];
        run(&[&args[..], &more, pricing].concat()).json()
    };
    // Not stated: from 0.21105 (free) to 0.21105 ÷ 0.9 = 0.2345 (charged). In writing: free.
    assert_eq!(cost(&[])["per_accepted_image_low_usd"], "0.21105");
    assert_eq!(cost(&[])["per_accepted_image_high_usd"], "0.2345");
    assert_eq!(cost(&OWN[..2])["per_accepted_image_high_usd"], "0.21105");
}

#[test]
fn an_own_table_cannot_pass_itself_off_as_official() {
    // At the place of a shipped table, beside one in the maker's folder, and under another name.
    for rule in ["shipped-already", "owner-kind", "not-here"] {
        let folder = format!("fixtures/pricing/invalid/{rule}");
        let run = run(&["compare", "--pricing", &folder]);
        assert_eq!(run.code, 3, "{rule}");
        assert!(run.stderr.starts_with(&format!("error[{rule}]")), "{}", run.stderr);
    }
    let official = rows(&[]).into_iter().filter(|row| row["section"] == "official");
    for row in official {
        assert_eq!(row["contract"], "list", "{}", row["route"]);
    }
}

#[test]
fn terms_of_an_owner_hold_for_all_its_routes() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("amendments/provider/fal");
    std::fs::create_dir_all(&path).expect("a folder");
    let charge = "{charge: free, attested: true, evidence: {source: \"our order form, §3\", seen: 2026-11-01, confidence: high}}";
    let text = format!(
        "terms:\n  upload_policy:\n    attested: {{text: \"not used for training\", evidence: {{source: \"our order form, §2\", seen: 2026-11-01, confidence: high}}}}\n  failure_charges:\n    block_at_input: {charge}\n    block_at_output: {charge}\n    timeout: {charge}\n"
    );
    std::fs::write(path.join("owner.yaml"), text).expect("a file");
    let folder = folder.path().to_str().expect("UTF-8");
    let run =
        run(&["routes", "check", "--pricing", folder, "fal/gpt-image-2", "fal/gpt-image-2-edit"]);
    assert_eq!(run.code, 0, "{}", run.shown());
}

/// An own table in dollars of an owner whose least purchase is in euros.
fn bought_in_euros() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let put = |name: &str, text: &str| {
        let path = folder.path().join("provider/atelier").join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    };
    let evidence = "evidence: {source: \"made up\", seen: 2026-11-01, confidence: high}";
    put(
        "owner.yaml",
        &format!(
            "name: Atelier\nfunding:\n  currency: EUR\n  minimum_top_up: \"250\"\n  {evidence}\n"
        ),
    );
    put(
        "brush.yaml",
        &format!(
            "model: gpt-image-2\nalias: brush\nendpoint: not_stated\nbilling_unit: image\nversions:\n  - currency: USD\n    \
             {evidence}\n    rates: [{{meter: images, price: \"0.04\", per: 1}}]\n    not_billed: [tokens, calls]\n"
        ),
    );
    folder
}

#[test]
fn a_rate_that_the_purchase_alone_needs_is_used_where_there_is_a_volume() {
    let folder = bought_in_euros();
    let tables = folder.path().to_str().expect("UTF-8");
    let work = ["estimate", "--route", "atelier/brush", "--prompt-tokens", "5", "--quality", "low"];
    let more = ["--pricing", tables, "--as-of", "2026-11-21", "--fx", "EUR/USD=1.08"];
    let of_one = run(&[&work[..], &more].concat());
    assert!(of_one.stdout.contains("without effect: no price here is in EUR"), "{}", of_one.stdout);
    // 1,000 × $0.04 = $40; the least purchase is 250 × 1.08 = $270.
    let of_volume = run(&[&work[..], &more, &["--images", "1000"]].concat());
    assert!(of_volume.stdout.contains("To pay                 $270.00"), "{}", of_volume.stdout);
    assert!(!of_volume.stdout.contains("without effect"), "{}", of_volume.stdout);
}
