//! What was known on a day: what became public later is not used, and what ended later was open.

mod common;

use imgcost::catalog::{Catalog, LookupError};
use rust_decimal::Decimal;
use serde_json::Value;

use common::cli::{Run, finished, imgcost, run};
use common::*;

/// The price of this node rose on 2026-08-07.
const NODE: &str = "provider/comfy-org/gpt-image-2";

fn known_on(text: &str) -> Catalog {
    Catalog::shipped().known_on(day(text))
}

fn first_days(catalog: &Catalog, route: &str) -> Vec<(String, Option<String>)> {
    let route = catalog.route(route).expect("a route");
    let days = |it: &imgcost::catalog::price::PriceVersion| {
        (it.period.first.to_string(), it.period.until.map(|day| day.to_string()))
    };
    route.versions.iter().map(days).collect()
}

fn version(first: &str, until: Option<&str>) -> (String, Option<String>) {
    (first.to_owned(), until.map(str::to_owned))
}

#[test]
fn a_version_is_there_from_the_day_it_is_known_and_the_one_before_is_open_until_then() {
    let all = [
        version("2026-04-22", Some("2026-06-30")),
        version("2026-06-30", Some("2026-08-07")),
        version("2026-08-07", None),
    ];
    assert_eq!(first_days(&Catalog::shipped(), NODE), all);
    assert_eq!(first_days(&known_on("2026-08-07"), NODE), all, "the day of the change");
    let before = [version("2026-04-22", Some("2026-06-30")), version("2026-06-30", None)];
    assert_eq!(first_days(&known_on("2026-08-06"), NODE), before, "the day before it");
    assert_eq!(first_days(&known_on("2026-06-29"), NODE), [version("2026-04-22", None)]);
    assert_eq!(first_days(&known_on("2026-04-21"), NODE), [], "the day before the first reading");
}

#[test]
fn a_model_is_not_known_before_its_launch_and_no_list_holds_it() {
    let before = known_on("2026-09-07");
    let (name, on, from) = ("gpt-image-2.5-flare".into(), day("2026-09-07"), day("2026-09-08"));
    assert_eq!(before.model("gpt-image-2.5-flare"), Err(LookupError::NotKnown { name, on, from }));
    let name = "official/openai/gpt-image-2.5-flare".to_owned();
    assert_eq!(before.route(&name), Err(LookupError::NotKnown { name, on, from }));
    let is_listed = |catalog: &Catalog| {
        let models = catalog.models().expect("models");
        let model = models.iter().any(|model| model.id == "gpt-image-2.5-flare");
        let route = catalog.route_ids().iter().any(|id| id.name == "gpt-image-2.5-flare");
        (model, route)
    };
    assert_eq!(is_listed(&before), (false, false));
    assert_eq!(is_listed(&known_on("2026-09-08")), (true, true));
}

#[test]
fn a_shutdown_is_known_from_its_announcement() {
    let shutdown =
        |on: &str| known_on(on).model("gpt-image-1.5").expect("a model").shutdown.clone();
    assert_eq!(shutdown("2026-06-01"), None, "the day before it was announced");
    assert_eq!(shutdown("2026-06-02").map(|it| it.on), Some(day("2026-12-01")));
}

#[test]
fn the_files_and_their_digest_are_the_same_whatever_was_known() {
    let all = Catalog::shipped();
    assert_eq!(all.known_on(day("2026-06-01")).digest(), all.digest());
}

fn forecast(as_of: &str, more: &[&str]) -> Run {
    let posters = ["--images", "1000", "--start", "2026-09", "--months", "2", "--quality=medium"];
    let day = ["budget", "forecast", "--format", "json", "--size=1024x1024", "--as-of", as_of];
    run(&[&day[..], &posters, &["--acceptance=100%", "--prompt-tokens=60"], more].concat())
}

fn cost(found: &Value) -> Decimal {
    dec(found["total"]["cost_high_usd"].as_str().expect("an amount"))
}

/// 60 tokens of the prompt and 6 that are added, and 1,756 of the image, for 1,000 images in each of 2 months: credits
/// per million tokens, at 211 to the dollar.
fn by_hand(text_input: u64, image_output: u64) -> Decimal {
    let credits = (60 + 6) * text_input + 1_756 * image_output;
    Decimal::from(2 * 1_000 * credits) / Decimal::from(211 * 1_000_000_u64)
}

#[test]
fn a_budget_at_three_days_of_knowledge_is_what_each_of_them_foresaw() {
    for (as_of, text_input, image_output) in
        [("2026-06-01", 1_055, 6_330), ("2026-08-01", 1_688, 6_330), ("2026-08-10", 1_688, 7_600)]
    {
        let found = forecast(as_of, &["--route", NODE]).json();
        let expected = by_hand(text_input, image_output);
        assert_eq!(cost(&found).round_dp(6), expected.round_dp(6), "as known on {as_of}");
        assert_eq!(found["known_on"], as_of);
        assert_eq!(found["total"]["price_basis"], "assumed", "both months lie ahead of {as_of}");
    }
}

#[test]
fn a_forecast_knows_no_model_that_was_launched_later() {
    let found = forecast("2026-08-01", &["--model", "gpt-image-2.5-flare"]);
    assert_eq!(found.code, 2);
    let said = "gpt-image-2.5-flare was not known on 2026-08-01: it is known from 2026-09-08";
    assert!(found.stderr.contains(said), "{}", found.stderr);
    assert_eq!(forecast("2026-09-08", &["--model", "gpt-image-2.5-flare"]).code, 0);
}

#[test]
fn a_forecast_knows_no_shutdown_that_was_announced_later() {
    let december = ["--model", "gpt-image-1.5", "--start", "2026-12", "--months", "1"];
    let status = |as_of: &str| {
        let args = ["budget", "forecast", "--images", "10", "--as-of", as_of, "--format", "json"];
        run(&[&args[..], &december].concat()).json()["total"]["status"].clone()
    };
    assert_eq!(status("2026-06-01"), "made", "nobody knew");
    assert_eq!(status("2026-06-02"), "not_made", "it ends with November");
}

#[test]
fn a_day_after_the_day_of_knowledge_is_foreseen_and_one_before_it_is_restated() {
    let output = |known_on: &str| {
        let (as_of, node) = (["--as-of", "2026-08-20"], ["--route", NODE]);
        let days = [&["estimate", "--format", "json", "--known-on", known_on], &as_of[..]].concat();
        run(&[&days[..], &node, &["--billed-text-tokens=0"]].concat()).json()
    };
    // 1,756 tokens at 6,330 credits, and at 7,600; 211 credits are a dollar.
    let foreseen = output("2026-08-01");
    assert_eq!(foreseen["cost_expected_usd"], "0.05268");
    assert_eq!(foreseen["price_basis"], "assumed");
    assert_eq!(foreseen["known_on"], "2026-08-01");
    let restated = output("2026-09-01");
    assert_eq!(restated["cost_expected_usd"], "0.0632492891");
    assert_eq!(restated["price_basis"], "dated");
}

#[test]
fn a_rate_that_was_read_later_is_not_stated_until_then() {
    let batch = |known_on: &str| {
        let args = ["estimate", "--processing=batch", "--as-of=2026-10-02", "--format=json"];
        run(&[&args[..], &["--known-on", known_on, "--billed-text-tokens=0"]].concat()).json()
    };
    let before = batch("2026-09-30");
    let codes: Vec<_> = before["reason_codes"].as_array().expect("codes").iter().collect();
    assert!(codes.contains(&&"rate_not_known_yet".into()), "{codes:?}");
    // By OpenAI's word Batch costs no more than standard processing: 1,756 tokens at $30 a million at the most.
    assert!(codes.contains(&&"at_most_standard_rate".into()), "{codes:?}");
    assert_eq!([&before["cost_low_usd"], &before["cost_high_usd"]], ["0", "0.05268"]);
    assert_eq!(before["certainty"], "range");
    // 1,756 tokens at $15 a million.
    assert_eq!(batch("2026-10-01")["cost_expected_usd"], "0.02634");
}

#[test]
fn a_route_without_a_known_price_says_from_which_day_it_has_one() {
    let found = run(&["estimate", "--route=fal/gpt-image-2", "--known-on=2026-11-20"]);
    assert_eq!(found.code, 2);
    let said = "the price of provider/fal/gpt-image-2 was not known on 2026-11-20: it is known from \
                2026-11-21";
    assert!(found.stderr.contains(said), "{}", found.stderr);
}

#[test]
fn every_list_leaves_out_what_was_not_known() {
    for command in [&["models"][..], &["routes", "list"]] {
        let listed = |known_on: &str| {
            let args = [command, &["--format=csv", "--as-of=2026-11-21", "--known-on", known_on]];
            run(&args.concat()).stdout.contains("gpt-image-2.6-flare")
        };
        assert_eq!([listed("2026-11-03"), listed("2026-11-04")], [false, true], "{command:?}");
    }
}

#[test]
fn a_rate_priced_for_a_day_before_it_was_read_is_assumed_and_says_so() {
    let batch = |as_of: &str| {
        let args = ["estimate", "--processing=batch", "--format=json", "--billed-text-tokens=0"];
        run(&[&args[..], &["--as-of", as_of]].concat()).json()
    };
    let before = batch("2026-09-30");
    assert_eq!(before["price_basis"], "assumed");
    assert_eq!(before["certainty"], "exact", "the arithmetic is");
    // 1,756 tokens at $15 a million, as after it.
    assert_eq!(before["cost_expected_usd"], "0.02634");
    let said = before["assumptions"].as_array().expect("a list");
    let read = said.iter().find(|it| it["code"] == "read_later").expect("one of the day");
    let text = "the rates of official/openai/gpt-image-2 for image output: read on 2026-10-01, start not \
                stated";
    assert_eq!(read["text"], text);
    assert_eq!(batch("2026-10-01")["price_basis"], "dated");
}

#[test]
fn the_months_of_a_budget_before_a_rate_was_read_are_assumed() {
    let args =
        ["budget", "forecast", "--images=10", "--start=2026-09", "--months=2", "--format=csv"];
    let found = run(&[&args[..], &["--processing=batch", "--as-of=2026-11-21"]].concat());
    let basis = column(&found.stdout, "price_basis");
    assert_eq!(basis, ["assumed", "dated"], "read on 2026-10-01");
}

fn column(csv: &str, name: &str) -> Vec<String> {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let at = reader.headers().expect("headings").iter().position(|it| it == name);
    let at = at.expect("the column");
    reader.records().map(|row| row.expect("a row")[at].to_owned()).collect()
}

/// Its output was 33.00 on 2026-08-21 and 19.50 on 2026-11-20, and nobody states since when. It ends on 2026-10-01.
const FLASH: &str = "official/microsoft/mai-image-2.5-flash";

/// What a million tokens of its output cost on a day.
fn flash(as_of: &str, more: &[&str]) -> Run {
    let reply = r#"{"usage": {"input_tokens": 0, "output_tokens": 1000000, "total_tokens": 1000000,
        "input_tokens_details": {"text_tokens": 0, "image_tokens": 0}}}"#;
    let args = ["estimate", "--usage=-", "--format=json", "--route", FLASH, "--as-of", as_of];
    finished(imgcost().args(args).args(more).write_stdin(reply))
}

const SEPTEMBER: [&str; 1] = ["--assume-held-since=2026-09-01"];

#[test]
fn a_price_without_a_stated_start_is_taken_to_have_held_since_the_day_that_the_user_names() {
    let cost = |as_of: &str, more: &[&str]| {
        let found = flash(as_of, more).json();
        (found["cost_low_usd"].clone(), found["price_basis"].clone())
    };
    assert_eq!(cost("2026-08-21", &SEPTEMBER), ("33".into(), "undated".into()), "quoted then");
    assert_eq!(cost("2026-09-15", &[]), ("33".into(), "undated".into()));
    assert_eq!(cost("2026-09-15", &SEPTEMBER), ("19.5".into(), "user".into()));
    let found = flash("2026-09-15", &SEPTEMBER).json();
    let said = found["assumptions"].as_array().expect("a list");
    let held = said.iter().find(|it| it["code"] == "held_since").expect("the user's assumption");
    let text = "a price first read on 2026-11-20 is taken to have held since 2026-09-01: your own \
                assumption";
    assert_eq!(held["text"], text);
}

#[test]
fn what_is_taken_to_have_held_ends_with_its_model() {
    let found = flash("2026-10-01", &SEPTEMBER);
    assert_eq!(found.code, 2);
    assert!(found.stderr.contains("shut down"), "{}", found.stderr);
}

#[test]
fn a_price_whose_start_is_stated_is_not_taken_to_have_held_before() {
    let args = ["estimate", "--route", NODE, "--as-of=2026-08-01"];
    let found = run(&[&args[..], &["--assume-held-since=2026-07-15"]].concat());
    assert_eq!(found.code, 2);
    let said = "the next price of provider/comfy-org/gpt-image-2 is stated to begin on 2026-08-07";
    assert!(found.stderr.contains(said), "{}", found.stderr);
}

#[test]
fn an_assumption_that_no_price_rests_on_is_named() {
    let args = ["estimate", "--as-of=2026-11-21", "--assume-held-since=2026-06-01"];
    let found = run(&args);
    assert_eq!(found.code, 0, "{}", found.stderr);
    assert!(found.shown().contains("--assume-held-since 2026-06-01"), "{}", found.shown());
    assert!(found.shown().contains("without effect"), "{}", found.shown());
}

/// A workload on the node, whose price of 2026-06-30 for input was read on that day; nobody states since when it held.
fn node_budget(keys: &str) -> String {
    format!(
        "months: 1\n{keys}workloads:\n  - name: nodes\n    route: {NODE}\n    accepted_images: 1000\n    request: \
         {{model: gpt-image-2, size: 1024x1024, quality: medium, prompt_tokens: 60}}\n    attempts: {{acceptance: \
         \"100%\"}}\n    growth: \"0%\"\n"
    )
}

fn forecast_of(budget: &str, more: &[&str]) -> Value {
    let args = ["budget", "forecast", "-", "--as-of=2026-11-21", "--format=json"];
    finished(imgcost().args(args).args(more).write_stdin(budget)).json()
}

#[test]
fn a_budget_takes_a_price_to_have_held_by_a_key_or_a_flag() {
    let june = "start: 2026-06\n";
    let whole_june_at_the_later_price = by_hand(1_688, 6_330) / Decimal::from(2);
    let by_key = forecast_of(&node_budget(&format!("{june}assume_held_since: 2026-06-01\n")), &[]);
    let by_flag = forecast_of(&node_budget(june), &["--assume-held-since=2026-06-01"]);
    for found in [&by_key, &by_flag] {
        assert_eq!(cost(found).round_dp(6), whole_june_at_the_later_price.round_dp(6));
        assert_eq!(found["total"]["price_basis"], "user");
        let said = found["assumptions"].as_array().expect("a list");
        assert!(said.iter().any(|it| it["text"].to_string().contains("your own assumption")));
    }
    // 29 of 30 days at 1,055 credits for input, the last at 1,688.
    let plain = cost(&forecast_of(&node_budget(june), &[]));
    let days = by_hand(1_055, 6_330) * dec("29") + by_hand(1_688, 6_330);
    assert_eq!(plain.round_dp(6), (days / dec("60")).round_dp(6));
}

#[test]
fn a_key_of_a_budget_that_no_price_rests_on_is_named() {
    let found = forecast_of(&node_budget("start: 2026-07\nassume_held_since: 2026-06-15\n"), &[]);
    assert_eq!(found["flags"]["idle_keys"][0]["code"], "not_held_earlier", "July is after 06-30");
}
