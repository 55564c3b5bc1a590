//! `imgcost prices diff` beside a price map of others: small maps of our own, in the shapes of LiteLLM, genai-prices and
//! models.dev.

mod common;

use common::TODAY;
use common::cli::{Run, run};
use serde_json::Value;

const LITELLM: &str = "fixtures/price_maps/litellm.json";
const GENAI: &str = "fixtures/price_maps/genai-prices.json";
const DEV: &str = "fixtures/price_maps/models-dev.json";

fn diff(a: &str, map: &str, more: &[&str]) -> Run {
    run(&[&["prices", "diff", a, map], more].concat())
}

fn object(map: &str, more: &[&str]) -> Value {
    let run = diff(TODAY, map, &[more, &["--format", "json"]].concat());
    assert_eq!(run.code, 0, "{}", run.shown());
    run.json()
}

/// The rows of a key of the map: its field, how it stands, the price here and there.
fn rows(map: &str, key: &str) -> Vec<String> {
    let text = |row: &Value, key: &str| row[key].as_str().unwrap_or("-").to_owned();
    let object = object(map, &[]);
    let rows = object["rows"].as_array().expect("rows");
    let of_key = rows.iter().filter(|row| row["map_key"] == key);
    let keys = [
        "map_field",
        "meter",
        "processing",
        "map_state",
        "price_in_usd",
        "map_price",
        "map_reason_code",
    ];
    of_key.map(|row| keys.map(|key| text(row, key)).join(" ")).collect()
}

#[test]
fn a_price_of_a_token_is_held_beside_the_rate_of_its_meter() {
    // 1e-05 a token is $10 a million; the route charges $8, so that the map has 1.25 times as much.
    assert_eq!(
        rows(LITELLM, "gpt-image-2"),
        [
            "input_cost_per_token text_input standard equal 5 5 -",
            "cache_read_input_token_cost cached_text_input standard equal 1.25 1.25 -",
            "input_cost_per_image_token image_input standard differing 8 10 -",
            "cache_read_input_image_token_cost cached_image_input standard equal 2 2 -",
            "output_cost_per_image_token image_output standard equal 30 30 -",
            "output_cost_per_image_token_batches image_output batch equal 15 15 -",
        ]
    );
    let object = object(LITELLM, &[]);
    let rows = object["rows"].as_array().expect("rows");
    let differing: Vec<_> = rows.iter().filter(|row| row["map_state"] == "differing").collect();
    assert_eq!(differing[0]["map_ratio"], "1.25");
    assert_eq!(differing[0]["seen"], "2026-09-24", "who says so here stands beside it");
    assert_eq!(object["not_read"][0]["field"], "output_cost_per_reasoning_token");
}

#[test]
fn a_name_leads_to_a_route_by_what_the_tables_call_it() {
    // The snapshot is a name of the model, and `azure` one of Microsoft.
    let route = |map: &str, key: &str| {
        let object = object(map, &[]);
        let rows = object["rows"].as_array().expect("rows").clone();
        let row = rows.into_iter().find(|row| row["map_key"] == key).expect("a row");
        row["route"].as_str().unwrap_or("-").to_owned()
    };
    assert_eq!(route(LITELLM, "gpt-image-2-2026-04-21"), "official/openai/gpt-image-2");
    assert_eq!(route(LITELLM, "azure/gpt-image-2"), "provider/microsoft/gpt-image-2");
    let edit = "fal_ai/low/1024-x-1024/openai/gpt-image-2.5/flare/edit";
    assert_eq!(route(LITELLM, edit), "provider/fal/gpt-image-2.5-flare-edit");
    assert_eq!(
        route(GENAI, "google/gemini-3-pro-image-preview"),
        "official/google/gemini-3-pro-image"
    );
    // Of laozhang.ai several account groups have this alias, and acme is no price owner.
    assert_eq!(
        rows(LITELLM, "laozhang/gpt-image-2"),
        ["output_cost_per_image_token image_output standard not_told_apart - 30 several_routes"]
    );
    assert_eq!(
        rows(LITELLM, "acme/paint-1"),
        ["output_cost_per_image images standard missing_here - 0.02 no_owner"]
    );
    assert_eq!(object(LITELLM, &[])["not_compared"], 1, "the chat model of acme");
}

#[test]
fn what_is_charged_otherwise_here_is_not_called_a_difference() {
    assert_eq!(
        rows(LITELLM, "high/1024-x-1024/gpt-image-1.5"),
        ["input_cost_per_image images standard equal 0.133 0.133 published_estimate"]
    );
    assert_eq!(
        rows(LITELLM, "standard/1024-x-1024/gpt-image-1.5"),
        [
            "input_cost_per_image images standard charged_otherwise - 0.009 billed_otherwise",
            // 8.58e-09 a pixel is 0.00858 a million.
            "input_cost_per_pixel pixels standard charged_otherwise - 0.00858 billed_otherwise",
        ]
    );
    assert_eq!(
        rows(LITELLM, "gpt-image-1"),
        ["output_cost_per_image_token image_output standard not_priced_here - 40 unpriced"]
    );
    assert_eq!(
        rows(LITELLM, "xai/grok-imagine-image-2.0"),
        [
            "input_cost_per_image images standard one_of_several - 0.06 by_condition",
            "output_cost_per_image_1K images standard one_of_several - 0.04 by_condition",
        ]
    );
    // Beside prices of tokens, the price of an image is that of a reference image, and one beyond 200,000 tokens bounds
    // the other.
    assert_eq!(
        rows(LITELLM, "gemini/gemini-3-pro-image"),
        [
            "input_cost_per_image input_images standard charged_otherwise - 0.0011 billed_otherwise",
            "input_cost_per_token text_input standard equal 2 2 -",
            "input_cost_per_token image_input standard equal 2 2 -",
            "input_cost_per_token_above_200k_tokens text_input standard differing 2 4 -",
            "output_cost_per_image images standard charged_otherwise - 0.134 billed_otherwise",
            "output_cost_per_image_token image_output standard equal 120 120 -",
            "output_cost_per_token text_output standard equal 12 12 -",
            "output_cost_per_token_batches text_output batch equal 6 6 -",
        ]
    );
}

#[test]
fn a_unit_without_a_value_waits_for_an_exchange_rate() {
    let key = "bananarouter/gpt-image-2@official-token";
    assert_eq!(
        rows(LITELLM, key),
        ["output_cost_per_image_token image_output standard not_in_dollars - 30 other_unit"]
    );
    // 199.50 yuan × 0.14 = $27.93, beside $30.
    let object = object(LITELLM, &["--fx", "CNY/USD=0.14", "--owners", "bananarouter"]);
    let row = object["rows"].as_array().expect("rows")[0].clone();
    assert_eq!((&row["map_state"], &row["price_in_usd"]), (&"differing".into(), &"27.93".into()));
}

#[test]
fn the_prices_of_a_day_are_those_whose_day_has_come() {
    assert_eq!(
        rows(GENAI, "openai/gpt-5.4"),
        [
            "input_mtok text_input standard equal 2.5 2.5 -",
            "input_mtok text_input standard equal 5 5 -",
        ]
    );
    // `output_mtok` is for whatever output has no price of its own: here images.
    assert_eq!(
        rows(GENAI, "openai/gpt-image-2")[2..],
        [
            "output_mtok image_output standard equal 30 30 -",
            "input_image_mtok image_input standard equal 8 8 -",
            "cache_image_read_mtok cached_image_input standard equal 2 2 -",
            "input_mtok text_input batch equal 2.5 2.5 -",
            "output_mtok image_output batch differing 15 16 -",
        ]
    );
    let not_read = object(GENAI, &[])["not_read"].clone();
    let fields: Vec<&str> =
        not_read.as_array().expect("a list").iter().filter_map(|it| it["field"].as_str()).collect();
    assert_eq!(fields, ["price_variants", "prices.constraint", "web_searches_kcount"]);
}

#[test]
fn data_that_tell_no_text_from_images_are_held_beside_each() {
    assert_eq!(
        rows(DEV, "openai/gpt-image-1-mini"),
        [
            "input text_input standard equal 2 2 -",
            "output image_output standard equal 8 8 -",
            "cache_read cached_text_input standard equal 0.2 0.2 -",
        ]
    );
    assert_eq!(
        rows(DEV, "openai/gpt-5.4"),
        [
            "input text_input standard equal 2.5 2.5 -",
            "output text_output standard equal 15 15 -",
            "context_over_272k.input text_input standard equal 5 5 -",
            "context_over_272k.output text_output standard equal 22.5 22.5 -",
        ]
    );
    assert_eq!(rows(DEV, "painters/paint-1").len(), 1);
    assert!(rows(DEV, "painters/write-1").is_empty(), "it makes no images");
}

#[test]
fn what_the_map_does_not_have_is_listed_route_by_route() {
    let object = object(LITELLM, &["--routes", "openai/gpt-image-2"]);
    let rows = object["rows"].as_array().expect("rows");
    let missing: Vec<String> = rows
        .iter()
        .filter(|row| row["map_state"] == "missing_there")
        .map(|row| {
            format!(
                "{} {} {}",
                row["meter"].as_str().unwrap_or("-"),
                row["processing"].as_str().unwrap_or("-"),
                row["price_in_usd"]
            )
        })
        .collect();
    assert_eq!(
        missing,
        [
            "text_input batch \"2.5\"",
            "cached_text_input batch \"0.625\"",
            "image_input batch \"4\"",
            "cached_image_input batch \"1\"",
        ]
    );
    assert!(rows.iter().all(|row| row["route"] == "official/openai/gpt-image-2"));
}

#[test]
fn the_exit_code_tells_a_difference_and_a_map_stands_second() {
    assert_eq!(diff(TODAY, LITELLM, &["--exit-code"]).code, 1);
    assert_eq!(diff(TODAY, DEV, &["--exit-code"]).code, 0, "what is missing is no difference");
    let turned = diff(LITELLM, TODAY, &[]);
    assert_eq!(turned.code, 2);
    assert!(turned.stderr.contains("stands second"), "{}", turned.stderr);
    assert_eq!(diff(LITELLM, DEV, &[]).code, 2);
    let cost = diff(TODAY, LITELLM, &["--quality", "high", "--images", "9"]);
    assert!(cost.code == 2 && cost.stderr.contains("--quality, --images"), "{}", cost.stderr);
}

#[test]
fn a_file_that_is_no_map_is_refused_with_what_to_give() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("map.json");
    for text in ["{}", "[1, 2]", "{\"a\": ", "{\"a\": {\"b\": 1}}", "{\"a\": 1, \"a\": 2}"] {
        std::fs::write(&file, text).expect("a file");
        let run = diff(TODAY, &file.display().to_string(), &[]);
        assert_eq!(run.code, 3, "{text}: {}", run.shown());
        assert!(run.stderr.contains("LiteLLM") || text.contains("\"a\": 2"), "{}", run.stderr);
    }
}

/// Our rates of images in LiteLLM's shape, and what was said of them.
fn for_litellm(more: &[&str]) -> Run {
    let run = run(&[&["prices", "list", "--for", "litellm", "--as-of", TODAY], more].concat());
    assert_eq!(run.code, 0, "{}", run.shown());
    run
}

#[test]
fn our_rates_stand_in_the_shape_of_litellm_digit_by_digit() {
    let written = for_litellm(&["official/openai/gpt-image-2"]).stdout;
    // $30 a million is 0.00003 a token.
    let expected = r#"{
  "gpt-image-2": {
    "litellm_provider": "openai",
    "mode": "image_generation",
    "cache_read_input_image_token_cost": 0.000002,
    "cache_read_input_token_cost": 0.00000125,
    "cache_read_input_token_cost_batches": 0.000000625,
    "input_cost_per_image_token": 0.000008,
    "input_cost_per_image_token_batches": 0.000004,
    "input_cost_per_token": 0.000005,
    "input_cost_per_token_batches": 0.0000025,
    "output_cost_per_image_token": 0.00003,
    "output_cost_per_image_token_batches": 0.000015,
    "source": "https://"#;
    assert!(written.starts_with(expected), "{written}");
    let map: Value = serde_json::from_str(&written).expect("JSON");
    let notes = map["gpt-image-2"]["metadata"]["notes"].as_str().expect("notes");
    assert!(
        notes.contains("official/openai/gpt-image-2") && notes.contains("2026-09-24"),
        "{notes}"
    );
}

#[test]
fn a_price_by_quality_and_size_stands_under_a_key_of_its_own() {
    let map = for_litellm(&["fal/gpt-image-2.5-flare", "fal/gpt-image-2.5-flare-edit"]).json();
    assert_eq!(map.as_object().expect("entries").len(), 60, "30 cells each");
    let cell = &map["fal_ai/low/1024-x-768/openai/gpt-image-2.5/flare/edit"];
    assert_eq!(cell["output_cost_per_image"].to_string(), "0.00402");
    assert_eq!(cell["mode"], "image_edit");
}

#[test]
fn what_the_shape_cannot_say_is_left_out_and_counted() {
    let said = |routes: &[&str]| {
        let run = for_litellm(routes);
        assert_eq!(run.json(), serde_json::json!({}), "{}", run.shown());
        run.stderr
    };
    assert!(said(&["xai/grok-imagine-image-2.0"]).contains("1 left out: priced by conditions"));
    assert!(
        said(&["bananarouter/gpt-image-2@official-token"]).contains("1 left out: priced in a unit")
    );
    assert!(
        said(&["openai/responses/gpt-image-2"]).contains("1 left out: called by a mainline model")
    );
    assert!(said(&["openai/gpt-5.4"]).contains("1 left out: of models that make no images"));
    let groups = ["laozhang/gpt-image-2@official", "laozhang/gpt-image-2@enterprise"];
    assert!(said(&groups).contains("2 left out: under a name that several routes"));
    assert!(
        for_litellm(&groups[..1]).json()["laozhang/gpt-image-2"].is_object(),
        "alone it has the name"
    );
}

/// Everything that was written stands equal in the tables, and what is missing in the map was left out.
#[test]
fn what_is_written_for_litellm_is_read_again_without_a_difference() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("map.json").display().to_string();
    let written = for_litellm(&["--output", &file]);
    let map: Value =
        serde_json::from_str(&std::fs::read_to_string(&file).expect("a map")).expect("JSON");
    let of = |entry: &Value| {
        let notes = entry["metadata"]["notes"].as_str().expect("notes").to_owned();
        notes.trim_start_matches("imgcost: ").split(';').next().expect("a route").to_owned()
    };
    let routes: std::collections::BTreeSet<String> =
        map.as_object().expect("entries").values().map(of).collect();
    let rows = object(&file, &[])["rows"].as_array().expect("rows").clone();
    let without_field = |row: &&Value| {
        let text = |key: &str| row[key].as_str().unwrap_or_default();
        (text("meter"), text("processing")) == ("cached_image_input", "batch")
    };
    let mut no_field = 0;
    for row in &rows {
        let route = row["route"].as_str().unwrap_or_default();
        match row["map_state"].as_str().expect("a state") {
            "equal" => assert!(routes.contains(route), "{row:#}"),
            "missing_there" if without_field(&row) && routes.contains(route) => no_field += 1,
            "missing_there" => assert!(!routes.contains(route), "{row:#}"),
            _ => panic!("{row:#}"),
        }
    }
    assert!(rows.iter().filter(|row| row["map_state"] == "equal").count() > 300);
    assert!(
        written.stderr.contains(&format!("{no_field} left out: rates of Batch")),
        "{}",
        written.stderr
    );
}
