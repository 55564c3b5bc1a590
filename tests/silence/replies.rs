//! Replies: what bills and is not read is not exact, a value of the wrong type is a problem, zero is not free,
//! and what is left open lies between its ends.

use imgcost::catalog::Catalog;
use imgcost::estimate::{Estimate, ReplyContext, Terms, estimate_reply};
use imgcost::figure::{Certainty, Figure};
use imgcost::problem::Problem;
use imgcost::unit::Meter;
use imgcost::usage_log::reply;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use crate::common::cli::{estimate, run};
use crate::common::*;

pub(crate) const IMAGES: &str = include_str!("../../fixtures/replies/images-sdk.json");
pub(crate) const RESPONSES: &str = include_str!("../../fixtures/replies/responses-sdk.json");
const ZERO: &str = include_str!("../../fixtures/replies/zero-usage.json");
pub(crate) const EMPTY: &str = include_str!("../../fixtures/replies/empty-data.json");
const NO_TOOL_USAGE: &str =
    include_str!("../../fixtures/replies/responses-without-tool-usage.json");
const CACHED: &str = include_str!("../../fixtures/replies/cached-not-split.json");

pub(crate) fn gpt_image_2() -> ReplyContext {
    ReplyContext { model: Some("gpt-image-2".into()), ..ReplyContext::default() }
}

pub(crate) fn ignoring(key: &str) -> ReplyContext {
    ReplyContext { ignored_keys: vec![key.into()], ..gpt_image_2() }
}

/// Rates a reply, or says what is wrong with it.
pub(crate) fn try_rate(json: &str, context: &ReplyContext) -> Result<Estimate, Vec<Problem>> {
    let reply = reply::read("reply.json", json, &context.ignored_keys)?;
    Ok(estimate_reply(&Catalog::shipped(), reply, context, &terms(TODAY)).expect("rated"))
}

pub(crate) fn rate(reply: &Value) -> Estimate {
    rate_reply(&reply.to_string(), &gpt_image_2(), TODAY)
}

pub(crate) fn value(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

/// A reply with another value at a JSON pointer.
pub(crate) fn with(reply: &str, pointer: &str, new: Value) -> Value {
    let mut reply = value(reply);
    let (parent, key) = pointer.rsplit_once('/').expect("a pointer");
    match reply.pointer_mut(parent).expect("the parent") {
        Value::Object(keys) => drop(keys.insert(key.to_owned(), new)),
        Value::Array(items) => items[key.parse::<usize>().expect("a number")] = new,
        other => panic!("{pointer} stands in {other}"),
    }
    reply
}

/// Everything that is said of an estimate, in words.
pub(crate) fn said(estimate: &Estimate) -> Vec<String> {
    let notes = estimate.notes.iter().map(|note| note.to_string());
    notes.chain(estimate.assumptions.iter().map(ToString::to_string)).collect()
}

/// Every place in a value, as a JSON pointer, with what stands there.
pub(crate) fn places(value: &Value, pointer: &str, found: &mut Vec<(String, Value)>) {
    if !pointer.is_empty() {
        found.push((pointer.to_owned(), value.clone()));
    }
    match value {
        Value::Object(keys) => {
            keys.iter().for_each(|(key, value)| places(value, &format!("{pointer}/{key}"), found));
        }
        Value::Array(items) => {
            let numbered = items.iter().enumerate();
            numbered.for_each(|(at, item)| places(item, &format!("{pointer}/{at}"), found));
        }
        _ => {}
    }
}

/// Stamps, indexes and echoes: what the reply repeats of the request, or says of itself beside the bill.
const BESIDE_THE_BILL: [&str; 24] = [
    "/id",
    "/object",
    "/status",
    "/completed_at",
    "/temperature",
    "/top_logprobs",
    "/background",
    "/type",
    "/output/0/id",
    "/output/0/summary",
    "/output/1/id",
    "/output/2/id",
    "/output/2/status",
    "/output/2/role",
    "/output/2/content",
    "/tools/0/quality",
    "/tools/0/size",
    "/tools/0/output_compression",
    "/tools/0/partial_images",
    "/tools/1",
    "/output_format",
    "/output/1/output_format",
    "/svg_usage/model",
    "/usage/output_tokens_details/reasoning_tokens",
];

pub(crate) fn is_beside_the_bill(pointer: &str) -> bool {
    BESIDE_THE_BILL.iter().any(|known| {
        pointer.strip_prefix(known).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    })
}

#[test]
fn the_base_of_these_tests_is_exact() {
    // gpt-image-2: 66 × 5 + 7,024 × 30; with it gpt-6.1-sol: 1,820 × 2 + 210 × 10.
    assert_eq!(total(&rate(&value(IMAGES))), dec("0.21105"));
    assert_eq!(total(&rate(&value(RESPONSES))), dec("0.21105") + dec("0.00574"));
}

#[test]
fn a_wrong_type_at_any_place_is_a_problem_a_note_or_not_exact() {
    let wrong = [
        json!(null),
        json!(true),
        json!(7),
        json!(-1),
        json!(1.5),
        json!("words"),
        json!([]),
        json!({}),
    ];
    let is_same_type = |a: &Value, b: &Value| {
        let whole = |value: &Value| value.is_u64();
        std::mem::discriminant(a) == std::mem::discriminant(b)
            && (!a.is_number() || whole(a) == whole(b))
    };
    let fixtures = [
        IMAGES,
        RESPONSES,
        include_str!("../../fixtures/replies/responses.json"),
        include_str!("../../fixtures/replies/edit-3840x2160-high.json"),
        include_str!("../../fixtures/replies/edit-cached.json"),
        include_str!("../../fixtures/replies/text-output.json"),
        include_str!("../../fixtures/replies/completed-event.txt"),
    ];
    let mut silent = Vec::new();
    for text in fixtures {
        let text = text.trim().trim_start_matches("data:");
        let base = rate(&value(text));
        let mut all = Vec::new();
        places(&value(text), "", &mut all);
        for (pointer, there) in all.iter().filter(|(pointer, _)| !is_beside_the_bill(pointer)) {
            for new in wrong.iter().filter(|new| !is_same_type(new, there)) {
                let reply = with(text, pointer, new.clone()).to_string();
                let Ok(rated) = try_rate(&reply, &gpt_image_2()) else { continue };
                let is_unchanged = rated.total == base.total && rated.total.exact().is_some();
                if is_unchanged && said(&rated) == said(&base) {
                    silent.push(format!("{pointer} = {new}"));
                }
            }
        }
    }
    assert!(silent.is_empty(), "an unchanged exact total, and not a word: {silent:#?}");
}

#[test]
fn a_wrong_type_is_named_with_its_path() {
    for (pointer, new, message) in [
        ("/usage", json!([]), "`usage` must be an object, and is a list"),
        (
            "/usage/output_tokens_details",
            json!(3),
            "`usage.output_tokens_details` must be an object, and is a number",
        ),
        ("/data", json!({}), "`data` must be a list, and is an object"),
        ("/data/0", json!("x"), "`data[0]` must be an object, and is text"),
        ("/created", json!("x"), "`created` must be a time in seconds since 1970"),
        // Milliseconds.
        (
            "/created",
            json!(1_790_000_000_000_u64),
            "`created` must be a time in seconds since 1970",
        ),
    ] {
        let problems = try_rate(&with(IMAGES, pointer, new).to_string(), &gpt_image_2());
        let messages: Vec<String> =
            problems.expect_err("a problem").into_iter().map(|it| it.message).collect();
        assert_eq!(messages, [message]);
    }
}

#[test]
fn a_responses_reply_without_usage_of_its_mainline_model_is_not_exact() {
    let missing = with(RESPONSES, "/usage", json!(null));
    assert_eq!(bounds(&rate(&missing).total), (dec("0.21105"), None, None));
    let list = try_rate(&with(RESPONSES, "/usage", json!([])).to_string(), &gpt_image_2());
    assert!(list.is_err());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn raising_any_number_changes_the_total_or_is_refused_or_is_not_exact(
        text in select(vec![IMAGES, RESPONSES]),
        more in prop_oneof![1..40u64, 1..5_000_000u64],
    ) {
        let base = rate(&value(text));
        let mut all = Vec::new();
        places(&value(text), "", &mut all);
        let numbers = all.iter().filter_map(|(at, there)| Some((at, there.as_u64()?)));
        for (pointer, there) in numbers.filter(|(at, _)| !is_beside_the_bill(at)) {
            if pointer.starts_with("/created") {
                continue;
            }
            let raised = with(text, pointer, json!(there + more)).to_string();
            if let Ok(rated) = try_rate(&raised, &gpt_image_2()) {
                let is_silent = rated.total.exact().is_some() && rated.total == base.total;
                prop_assert!(!is_silent, "{pointer} raised by {more}");
            }
        }
    }
}

#[test]
fn what_bills_and_is_not_read_makes_the_total_at_least() {
    let exact = rate(&value(RESPONSES)).total.low();
    for (pointer, new, name) in [
        (
            "/usage/input_tokens_details/cache_write_tokens",
            json!(900),
            "usage.input_tokens_details.cache_write_tokens",
        ),
        ("/tool_usage/web_search/num_requests", json!(3), "tool_usage.web_search.num_requests"),
        ("/tool_usage/file_search", json!({"calls": 2}), "tool_usage.file_search.calls"),
        ("/usage/audio_tokens", json!(5), "usage.audio_tokens"),
        ("/video_usage", json!({"seconds": 5}), "video_usage.seconds"),
        ("/output/0/type", json!("code_interpreter_call"), "output.code_interpreter_call"),
        ("/tools/0/seconds", json!(4), "tools.seconds"),
    ] {
        let mut reply = with(RESPONSES, pointer, new);
        if pointer.ends_with("cache_write_tokens") {
            reply["usage"]["input_tokens_details"]["cache_write_tokens_details"] = json!(null);
        }
        let text = reply.to_string();
        let rated = rate_reply(&text, &gpt_image_2(), TODAY);
        assert_eq!(bounds(&rated.total), (exact, None, None), "{name}");
        assert!(rated.total.reasons().in_words().contains(&format!("`{name}`")), "{name}");
        // One who knows that it bills nothing says so, and the output repeats it.
        let ignored = rate_reply(&text, &ignoring(name), TODAY);
        assert_eq!(total(&ignored), exact);
        assert!(said(&ignored).iter().any(|text| text.contains("left out, as asked")));
    }
}

#[test]
fn reasoning_is_a_part_of_the_output_by_the_dated_list() {
    let reasoning = |tokens: u64| {
        with(RESPONSES, "/usage/output_tokens_details/reasoning_tokens", json!(tokens)).to_string()
    };
    let rated = rate_reply(&reasoning(180), &gpt_image_2(), TODAY);
    assert_eq!(rated.total, rate(&value(RESPONSES)).total);
    let free = "usage.output_tokens_details.reasoning_tokens (180)";
    assert!(said(&rated).iter().any(|text| text.contains(free)), "{:#?}", said(&rated));
    assert!(try_rate(&reasoning(211), &gpt_image_2()).is_err(), "more than all output");
}

#[test]
fn a_tier_that_no_table_prices_leaves_every_line_open() {
    // The mainline model has rates of its own for two of them: 1,820 tokens at $1.00 a million and 210 at $5.00 in flex, at
    // $4.00 and $20.00 with priority, which is also called fast. The image model has none, and what its lines cost stays open.
    let known = [
        ("flex", "0.00287"),
        ("priority", "0.01148"),
        ("fast", "0.01148"),
        ("scale", "0"),
        ("auto", "0"),
    ];
    for (tier, of_mainline) in known {
        let reply = with(RESPONSES, "/service_tier", json!(tier)).to_string();
        let rated = rate_reply(&reply, &gpt_image_2(), TODAY);
        assert_eq!(
            bounds(&rated.total),
            (dec(of_mainline), None, None),
            "flex is cheaper, priority dearer: {tier}"
        );
        let standard = rated.by_rule.expect("the standard rates beside it").amount;
        assert_eq!(standard, rate(&value(RESPONSES)).total);
        let ignored = rate_reply(&reply, &ignoring("service_tier"), TODAY);
        assert_eq!(
            bounds(&ignored.total),
            (dec(of_mainline), None, None),
            "a tier cannot be ignored"
        );
    }
}

#[test]
fn the_tool_names_the_image_model_and_not_the_top_of_the_reply() {
    let of = |model: &str| {
        let reply = with(RESPONSES, "/tools/0/model", json!(model)).to_string();
        rate_reply(&reply, &ReplyContext::default(), TODAY)
    };
    assert_eq!(of("gpt-image-2").model.id, "gpt-image-2");
    // 1.5 bills 8 for text output and 32 for image output: 66 × 5 + 7,024 × 32, and the mainline model.
    let older = of("gpt-image-1.5");
    assert_eq!(older.model.id, "gpt-image-1.5");
    assert_eq!(amount(&older, Meter::ImageOutput), per_million(7_024, "32"));
    let mut two = value(RESPONSES);
    two["tools"][1] = json!({"type": "image_generation", "model": "gpt-image-1.5"});
    assert!(
        try_rate(&two.to_string(), &gpt_image_2()).is_err(),
        "whose tokens they are is not told"
    );
}

#[test]
fn cached_counts_of_the_image_tool_are_read() {
    let mut reply = value(RESPONSES);
    let image_gen = &mut reply["tool_usage"]["image_gen"];
    image_gen["cached_tokens"] = json!(60);
    image_gen["cached_tokens_details"] =
        json!({"cached_image_tokens": 0, "cached_text_tokens": 60});
    // 60 of the 66 text tokens at 1.25 and not at 5.00.
    assert_eq!(total(&rate(&reply)), dec("0.21679") - per_million(60, "3.75"));
    reply["tool_usage"]["image_gen"]["cached_tokens"] = json!(59);
    assert!(try_rate(&reply.to_string(), &gpt_image_2()).is_err(), "59 is not 60");
}

#[test]
fn the_author_of_an_svg_is_a_line_of_its_own() {
    let mut reply = value(IMAGES);
    reply["output_format"] = json!("svg");
    reply["svg_usage"] = json!({
        "model": "gpt-6.1-sol", "input_tokens": 1572, "output_tokens": 850, "reasoning_tokens": 350,
        "total_tokens": 2422
    });
    // 1,572 × 2 + 850 × 10 for gpt-6.1-sol; reasoning is a part of the output.
    let author = per_million(1_572, "2") + per_million(850, "10");
    assert_eq!(total(&rate(&reply)), dec("0.21105") + author);
    for missing in
        [json!(null), json!({"model": "gpt-6.1-sol", "input_tokens": 0, "output_tokens": 0})]
    {
        reply["svg_usage"] = missing;
        assert_eq!(
            bounds(&rate(&reply).total),
            (dec("0.21105"), None, None),
            "an SVG has an author"
        );
    }
    reply["svg_usage"] = json!({"model": "gpt-5-x", "input_tokens": 9, "output_tokens": 9});
    assert_eq!(rate(&reply).total.certainty(), Certainty::Unknown, "no table for the author");
}

#[test]
fn a_delivered_image_with_zero_usage_is_unknown_with_the_rule_beside_it() {
    let rated = rate(&value(ZERO));
    assert_eq!(bounds(&rated.total), (dec("0"), None, None));
    // 7,024 × 30 ÷ 1,000,000, the output alone.
    assert_eq!(rated.by_rule.expect("by rule").amount, Figure::Exact(dec("0.21072")));
    let file = "fixtures/replies/zero-usage.json";
    let run = estimate(&["--model", "gpt-image-2", "--usage", file, "--max-cost", "1000"]);
    assert_eq!(run.code, 1, "what is unknown is within no limit");
    assert!(run.stdout.contains("By rule"), "{}", run.stdout);
    let json = estimate(&["--model", "gpt-image-2", "--usage", file, "--format", "json"]).json();
    assert_eq!(json["by_rule"]["by_rule_expected_usd"], "0.21072");
    assert_eq!(json["by_rule"]["image_output_tokens"], 7024);
    assert_eq!(json["certainty"], "unknown");
}

#[test]
fn usage_that_is_missing_or_null_is_as_unknown_as_zero() {
    for usage in [
        json!(null),
        json!({}),
        json!({"input_tokens": null, "output_tokens": null, "total_tokens": 0}),
    ] {
        let rated = rate(&with(ZERO, "/usage", usage));
        assert_eq!(rated.total.certainty(), Certainty::Unknown);
        assert_eq!(rated.by_rule.expect("by rule").amount, Figure::Exact(dec("0.21072")));
    }
    // Without size or quality there is no rule to go by.
    let mut bare = with(ZERO, "/quality", json!(null));
    assert!(rate(&bare).by_rule.is_none());
    bare["usage"] = json!({"input_tokens": 66, "output_tokens": 0, "total_tokens": 66,
        "input_tokens_details": {"text_tokens": 66, "image_tokens": 0}});
    assert_eq!(
        bounds(&rate(&bare).total),
        (per_million(66, "5"), None, None),
        "at least its input"
    );
}

#[test]
fn an_empty_list_of_images_has_no_cost_per_accepted_image() {
    let rated = rate(&value(EMPTY));
    assert_eq!(total(&rated), dec("0"));
    assert_eq!(rated.attempts.per_accepted_image.certainty(), Certainty::Unknown);
    assert!(
        rated.assumptions.iter().all(|it| !it.to_string().contains("one image")),
        "{:?}",
        rated.assumptions
    );
    let file = "fixtures/replies/empty-data.json";
    let run = estimate(&["--model", "gpt-image-2", "--usage", file]);
    assert!(
        run.stdout.contains("Per accepted image  none: no image was delivered"),
        "{}",
        run.stdout
    );
}

#[test]
fn a_responses_reply_without_tool_usage_has_the_image_by_rule_beside_the_mainline_model() {
    let rated = rate(&value(NO_TOOL_USAGE));
    // gpt-6.1-sol: 2,279 × 2 + 73 × 10. The image is not in these tokens: by rule 5,488 × 30.
    assert_eq!(bounds(&rated.total), (per_million(2_279, "2") + per_million(73, "10"), None, None));
    assert_eq!(rated.by_rule.expect("by rule").amount, Figure::Exact(dec("0.16464")));
    // gpt-image-1 on a day on which it was sold: 6,240 × 40.
    let older = NO_TOOL_USAGE.replace("gpt-image-2", "gpt-image-1");
    let rated = rate_reply(&older, &ReplyContext::default(), "2025-09-13");
    assert_eq!(rated.by_rule.expect("by rule").amount, Figure::Exact(dec("0.2496")));
}

#[test]
fn the_usage_of_several_image_calls_may_lack_some() {
    let mut reply = value(RESPONSES);
    let call = reply["output"][1].clone();
    reply["output"].as_array_mut().expect("items").push(call);
    // Two images of 7,024 tokens by the rule, and 7,024 are counted.
    let lacking = rate(&reply);
    assert_eq!(bounds(&lacking.total), (dec("0.21679"), None, None));
    assert_eq!(lacking.by_rule.expect("by rule").amount, Figure::Exact(dec("0.42144")));
    let image_gen = &mut reply["tool_usage"]["image_gen"];
    image_gen["output_tokens"] = json!(14_048);
    image_gen["output_tokens_details"]["image_tokens"] = json!(14_048);
    image_gen["total_tokens"] = json!(14_114);
    let complete = rate(&reply);
    assert_eq!(total(&complete), dec("0.21679") + dec("0.21072"));
    assert_eq!(complete.request_cost.images, 2);
}

#[test]
fn no_image_output_or_no_input_of_a_delivered_image_is_unknown_and_not_free() {
    let mut text_alone = value(IMAGES);
    text_alone["usage"]["output_tokens_details"] = json!({"image_tokens": 0, "text_tokens": 7_024});
    let rated = rate(&text_alone);
    // The rule: 7,024 × 30. What is counted is 66 × 5.
    assert_eq!(bounds(&rated.total), (per_million(66, "5"), None, None));
    assert_eq!(rated.by_rule.expect("by rule").amount, Figure::Exact(dec("0.21072")));
    let mut no_input = value(IMAGES);
    no_input["usage"] = json!({"input_tokens": 0, "output_tokens": 7_024});
    assert_eq!(bounds(&rate(&no_input).total), (per_million(7_024, "30"), None, None));
}

#[test]
fn more_images_than_the_tokens_can_hold_are_at_least_what_is_counted() {
    let mut reply = value(IMAGES);
    let image = reply["data"][0].clone();
    reply["data"] = json!([image.clone(), image]);
    // Two high images take 14,048 tokens, and 7,024 are counted.
    assert_eq!(bounds(&rate(&reply).total), (dec("0.21105"), None, None));
}

#[test]
fn several_calls_of_which_one_does_not_tell_its_size_are_at_least() {
    let mut reply = value(RESPONSES);
    let mut call = reply["output"][1].clone();
    call["size"] = json!("auto");
    reply["output"].as_array_mut().expect("items").push(call);
    // 66 × 5 + 7,024 × 30, and 1,820 × 2 + 210 × 10 of the mainline model.
    assert_eq!(bounds(&rate(&reply).total), (dec("0.21679"), None, None));
}

#[test]
fn what_is_called_like_usage_and_is_not_read_is_not_exact() {
    let keys = ["/tokens", "/edit_usages", "/output/1/tokens", "/output/1/edit_usages"];
    for key in keys {
        let rated = rate(&with(RESPONSES, key, json!(9)));
        assert_eq!(bounds(&rated.total), (dec("0.21679"), None, None), "{key}");
    }
    let rated = rate(&with(IMAGES, "/data/0/tokens", json!(9)));
    assert_eq!(bounds(&rated.total), (dec("0.21105"), None, None));
    assert_eq!(total(&rate(&with(RESPONSES, "/max_output_tokens", json!(9)))), dec("0.21679"));
}

#[test]
fn a_mainline_model_that_counts_nothing_is_unknown() {
    let mut reply = value(RESPONSES);
    reply["usage"] = json!({"input_tokens": 0, "output_tokens": 0, "total_tokens": 0});
    assert_eq!(bounds(&rate(&reply).total), (dec("0.21105"), None, None));
}

#[test]
fn cached_tokens_that_are_not_split_are_a_range() {
    // 90 cached of 20 text and 80 image: 70 to 80 of them are image tokens. With 10 text cached
    // 10 × 5 + 10 × 1.25 + 80 × 2, with 20 text cached 20 × 1.25 + 10 × 8 + 70 × 2; and 196 × 30.
    let rated = rate(&value(CACHED));
    assert_eq!(bounds(&rated.total), (dec("0.0061025"), None, Some(dec("0.006125"))));
}

#[test]
fn input_without_any_split_lies_between_all_text_and_all_images() {
    let mut reply = value(IMAGES);
    reply["usage"]["input_tokens_details"] = json!({"cached_tokens": 6});
    // 60 × 5 + 6 × 1.25 if all is text, 60 × 8 + 6 × 2 if all is of images.
    let output = per_million(7_024, "30");
    let low = output + per_million(60, "5") + per_million(6, "1.25");
    let high = output + per_million(60, "8") + per_million(6, "2");
    assert_eq!(bounds(&rate(&reply).total), (low, None, Some(high)));
}

#[test]
fn a_reply_is_priced_on_its_own_day_unless_another_is_named() {
    // 1,790,000,000 seconds are 2026-09-21.
    let file = ["--model", "gpt-image-2", "--usage", "fixtures/replies/images-sdk.json"];
    let own = run(&[&["estimate"], &file[..]].concat());
    assert!(own.stdout.contains("Prices of    2026-09-21"), "{}", own.stdout);
    assert!(own.stdout.contains("priced on its own day"), "{}", own.stdout);
    let named = run(&[&["estimate", "--as-of", TODAY], &file[..]].concat());
    assert!(named.stdout.contains(&format!("Prices of    {TODAY}")), "{}", named.stdout);
    assert!(named.stdout.contains("the reply was made on 2026-09-21"), "{}", named.stdout);
    let compared = run(&[&["compare", "--format", "json"], &file[..]].concat()).json();
    assert_eq!(compared["as_of"], "2026-09-21");
}

#[test]
fn a_later_price_does_not_reach_back() {
    // Comfy Org raised its price on 2026-08-07; the reply is of 2026-08-01, when a million input tokens cost 1,688
    // credits and output tokens 6,330, at 211 credits a dollar.
    let reply = with(IMAGES, "/created", json!(1_785_542_400)).to_string();
    let read = reply::read("reply.json", &reply, &[]).expect("a reply");
    assert_eq!(read.created, Some(day("2026-08-01")));
    let terms = Terms { route: Some("comfy-org/gpt-image-2"), ..terms("2026-08-01") };
    let rated = estimate_reply(&Catalog::shipped(), read, &gpt_image_2(), &terms).expect("rated");
    assert_eq!(total(&rated), (per_million(66, "1688") + per_million(7_024, "6330")) / dec("211"));
    assert_eq!(total(&rated), dec("0.211248"));
}

#[test]
fn what_is_no_reply_is_told_what_it_is() {
    let message = |text: &str| {
        let problems = reply::read("reply.json", text, &[]).expect_err("no reply");
        problems.into_iter().map(|it| it.message).collect::<Vec<_>>().join("; ")
    };
    let request = message(r#"{"model":"gpt-image-2","prompt":"A fox"}"#);
    assert!(request.contains("give the reply to it"), "{request}");
    let event = message(r#"{"type":"response.in_progress","response":{"usage":null}}"#);
    assert!(event.contains(".completed"), "{event}");
    let partial = message(r#"{"type":"image_generation.partial_image","b64_json":"QUJD"}"#);
    assert!(partial.contains(".completed"), "{partial}");
    let cut = message("data: {\"type\":\"image_edit.partial_image\",\"b64_json\":\"QUJD\"}\n");
    assert!(cut.contains("breaks off"), "{cut}");
    let lines = message("{\"usage\":{}}\n{\"usage\":{}}\n");
    assert!(lines.contains("2 replies"), "{lines}");
    let differ = message(
        r#"{"data":[{"b64_json":"QUJD"}],"usage":{"input_tokens":4,"prompt_tokens":3,"output_tokens":9}}"#,
    );
    assert!(differ.contains("`usage.prompt_tokens` is 3"), "{differ}");
}

/// A reply with the counts of an estimate.
fn reply_of(priced: &Estimate, images: u32) -> Value {
    let count = |meter| priced.usage.count(meter).exact().expect("an exact count");
    let [text, cached_text] = [Meter::TextInput, Meter::CachedTextInput].map(count);
    let [image, cached_image] = [Meter::ImageInput, Meter::CachedImageInput].map(count);
    let [image_out, text_out] = [Meter::ImageOutput, Meter::TextOutput].map(count);
    let input = text + cached_text + image + cached_image;
    json!({
        "data": vec![json!({"b64_json": "QUJD"}); images as usize],
        "usage": {
            "input_tokens": input,
            "input_tokens_details": {
                "text_tokens": text + cached_text,
                "image_tokens": image + cached_image,
                "cached_tokens_details": {"text_tokens": cached_text, "image_tokens": cached_image},
            },
            "output_tokens": image_out + text_out,
            "output_tokens_details": {"image_tokens": image_out, "text_tokens": text_out},
            "total_tokens": input + image_out + text_out,
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_reply_with_the_counts_of_an_estimate_costs_the_estimate(
        model in select(vec!["gpt-image-2", "gpt-image-1.5", "gpt-image-1-mini"]),
        quality in select(vec!["low", "medium", "high"]),
        size in select(vec!["1024x1024", "1024x1536", "1536x1024"]),
        images in 1..4u32,
        billed in 10..4_000u64,
        cached in 0..10u64,
        references in 0..3usize,
    ) {
        let mut draft = edit(model, 0, &vec!["1024x1024"; references]);
        draft.size = Some(size.into());
        draft.quality = Some(quality.into());
        draft.n = Some(u64::from(images));
        draft.prompt = Some(imgcost::request::Prompt::BilledTokens(billed));
        draft.cached_text_tokens = Some(cached);
        draft.text_output_tokens = (model == "gpt-image-1.5").then_some(100);
        let priced = price(&draft);
        let reply = reply_of(&priced, images).to_string();
        let context = ReplyContext { model: Some(model.into()), ..ReplyContext::default() };
        let rated = rate_reply(&reply, &context, TODAY);
        prop_assert_eq!(rated.total, priced.total);
        prop_assert_eq!(
            rated.attempts.per_accepted_image,
            priced.attempts.per_accepted_image
        );
    }
}
