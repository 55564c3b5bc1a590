//! Parts of replies that are missing, not counted or spelled in another way: none of them is taken for zero.

use imgcost::catalog::Catalog;
use imgcost::estimate::{Estimate, ReplyContext, estimate_reply};
use imgcost::figure::Certainty;
use imgcost::unit::Meter;
use imgcost::usage_log::reply;
use serde_json::{Value, json};

use crate::common::cli::{estimate, estimate_stdin};
use crate::common::*;
use crate::replies::{
    EMPTY, IMAGES, RESPONSES, gpt_image_2, is_beside_the_bill, places, rate, said, try_rate, value,
    with,
};

/// Rates a reply, if it can be.
fn rated(reply: &Value, context: &ReplyContext) -> Option<Estimate> {
    let read = reply::read("reply.json", &reply.to_string(), &[]).ok()?;
    estimate_reply(&Catalog::shipped(), read, context, &terms(TODAY)).ok()
}

/// A reply without what stands at a JSON pointer.
fn without(reply: &Value, pointer: &str) -> Value {
    let mut reply = reply.clone();
    let (parent, key) = pointer.rsplit_once('/').expect("a pointer");
    if let Some(Value::Object(keys)) = reply.pointer_mut(parent) {
        keys.remove(key);
    }
    reply
}

/// The reply with the fields of its image call set anew, and the counts of the image tool all zero.
fn failed_call(status: &str) -> Value {
    let mut reply = value(RESPONSES);
    let call = &mut reply["output"][1];
    call["status"] = json!(status);
    call["result"] = json!(null);
    reply["tool_usage"]["image_gen"] = json!({
        "input_tokens": 0, "output_tokens": 0, "total_tokens": 0,
        "input_tokens_details": {"image_tokens": 0, "text_tokens": 0},
        "output_tokens_details": {"image_tokens": 0, "text_tokens": 0},
    });
    reply
}

/// The mainline model of the Responses fixture, gpt-6.1-sol: 1,820 × 2 + 210 × 10.
const MAINLINE: &str = "0.00574";
/// Its image: 7,024 × 30, and its prompt: 66 × 5.
const OUTPUT: &str = "0.21072";

/// What the law of dropped leaves does not hold for: what a reply repeats of the request, and a count of searches
/// beside items of which none is a search.
const REPEATED: [&str; 7] = [
    "/size",
    "/quality",
    "/output/1/size",
    "/output/1/quality",
    "/output/0/status",
    "/output/1/status",
    "/tool_usage/web_search/num_requests",
];

#[test]
fn dropping_any_leaf_is_a_problem_or_open_or_said_or_proved_by_the_rest() {
    let named = ReplyContext::default();
    let mainline = ReplyContext { mainline_model: Some("gpt-6-sol".into()), ..gpt_image_2() };
    let of_images = gpt_image_2();
    let fixtures: [(&str, &ReplyContext); 9] = [
        (IMAGES, &of_images),
        (RESPONSES, &named),
        (include_str!("../../fixtures/replies/responses.json"), &mainline),
        (include_str!("../../fixtures/replies/responses-without-tool-usage.json"), &named),
        (include_str!("../../fixtures/replies/edit-3840x2160-high.json"), &of_images),
        (include_str!("../../fixtures/replies/edit-cached.json"), &of_images),
        (include_str!("../../fixtures/replies/cached-not-split.json"), &of_images),
        (include_str!("../../fixtures/replies/text-output.json"), &of_images),
        (EMPTY, &of_images),
    ];
    let mut silent = Vec::new();
    for (text, context) in fixtures {
        let reply = value(text);
        let base = rated(&reply, context).expect("a reply that can be rated");
        let mut all = Vec::new();
        places(&reply, "", &mut all);
        let leaves = all.iter().filter(|(at, there)| {
            let is_leaf = !there.is_object() && !there.is_array() && !there.is_null();
            is_leaf && !is_beside_the_bill(at) && !REPEATED.contains(&at.as_str())
        });
        for (at, there) in leaves {
            let Some(less) = rated(&without(&reply, at), context) else { continue };
            let is_proved = there.as_u64().is_some_and(|count| {
                let text = with(text, at, json!(count + 1)).to_string();
                reply::read("reply.json", &text, &[]).is_err()
            });
            let is_told = is_proved || said(&less) != said(&base) || less.by_rule != base.by_rule;
            let is_open = match less.total.certainty() {
                Certainty::Exact => false,
                Certainty::Range => {
                    less.total.low() <= base.total.low() && less.total.high() >= base.total.high()
                }
                Certainty::Unknown => less.total.low() <= base.total.low(),
            };
            let is_unchanged = less.total == base.total;
            if !(is_told || is_open && !is_unchanged) {
                silent.push(format!("{at} of {}: {:?}", &text[..40], less.total));
            }
        }
    }
    assert!(silent.is_empty(), "{silent:#?}");
}

#[test]
fn a_mainline_model_without_a_count_of_cached_tokens_lies_between_none_and_all() {
    // 1,820 × 2 if none is cached, 1,820 × 0.10 if all is; and 210 × 10, and the image.
    let image = dec("0.21105");
    let low = image + per_million(1_820, "0.10") + per_million(210, "10");
    let high = image + dec(MAINLINE);
    for missing in ["/usage/input_tokens_details/cached_tokens", "/usage/input_tokens_details"] {
        let rated = rate(&without(&value(RESPONSES), missing));
        assert_eq!(bounds(&rated.total), (low, None, Some(high)), "{missing}");
    }
    let writes = "/usage/input_tokens_details/cache_write_tokens";
    let rated = rate(&without(&value(RESPONSES), writes));
    assert_eq!(total(&rated), high);
    assert!(
        said(&rated).iter().any(|text| text.contains("written to a cache")),
        "{:?}",
        said(&rated)
    );
}

#[test]
fn an_image_tool_without_a_count_of_cached_tokens_lies_between_none_and_all() {
    let mut reply = value(RESPONSES);
    let image_gen = reply["tool_usage"]["image_gen"].as_object_mut().expect("an object");
    image_gen.remove("cached_tokens");
    image_gen.remove("cached_tokens_details");
    // 66 × 1.25 to 66 × 5, which is what is expected; 7,024 × 30; and the mainline model.
    let rest = dec(OUTPUT) + dec(MAINLINE);
    let (low, high) = (rest + per_million(66, "1.25"), rest + per_million(66, "5"));
    assert_eq!(bounds(&rate(&reply).total), (low, Some(high), Some(high)));
    // One who knows says so.
    let context =
        ReplyContext { cached_text_tokens: Some(0), cached_image_tokens: Some(0), ..gpt_image_2() };
    assert_eq!(rated(&reply, &context).expect("rated").total.exact(), Some(high));
    let context = ReplyContext { cached_text_tokens: Some(60), ..gpt_image_2() };
    let of_60 = high - per_million(60, "3.75");
    assert_eq!(rated(&reply, &context).expect("rated").total.exact(), Some(of_60));
}

#[test]
fn the_reply_of_a_stream_without_items_has_a_total_and_no_cost_per_image() {
    // icebear0828/codex-proxy PR 422: `output` is empty, and the image tokens are counted all the same.
    let reply = json!({
        "object": "response", "created_at": 1_793_000_000, "status": "completed", "model": "gpt-6.1-sol",
        "output": [], "usage": {"input_tokens": 1820, "output_tokens": 210, "total_tokens": 2030},
        "tool_usage": {"image_gen": {
            "input_tokens": 30, "input_tokens_details": {"image_tokens": 0, "text_tokens": 30},
            "output_tokens": 7024, "output_tokens_details": {"image_tokens": 7024}, "total_tokens": 7054,
        }},
    });
    let rated = rate(&reply);
    // At most 30 × 5 + 7,024 × 30 + 1,820 × 2 + 210 × 10.
    assert_eq!(rated.total.high(), Some(dec("0.21661")));
    assert_eq!(rated.attempts.per_accepted_image.certainty(), Certainty::Unknown);
    let run = estimate_stdin(&["--model", "gpt-image-2", "--usage", "-"], &reply.to_string());
    assert!(run.stdout.contains("none: the reply does not tell how many images"), "{}", run.stdout);
}

#[test]
fn a_reply_with_a_message_alone_has_no_image_and_no_cost_of_one() {
    let mut reply = value(RESPONSES);
    reply["output"].as_array_mut().expect("items").remove(1);
    reply.as_object_mut().expect("an object").remove("tool_usage");
    let rated = rate(&reply);
    assert_eq!(total(&rated), dec(MAINLINE));
    assert_eq!(rated.attempts.per_accepted_image.certainty(), Certainty::Unknown);
}

/// The Responses fixture with two SVG calls, each with an author, and the image tokens of both.
fn two_svgs() -> Value {
    let mut reply = value(RESPONSES);
    let call = &mut reply["output"][1];
    call["output_format"] = json!("svg");
    call["svg_usage"] = json!({
        "model": "gpt-6.1-sol", "input_tokens": 1572, "output_tokens": 850, "reasoning_tokens": 350,
        "total_tokens": 2422
    });
    let mut second = call.clone();
    second["id"] = json!("ig_2");
    reply["output"].as_array_mut().expect("items").push(second);
    let image_gen = &mut reply["tool_usage"]["image_gen"];
    image_gen["output_tokens"] = json!(14_048);
    image_gen["output_tokens_details"]["image_tokens"] = json!(14_048);
    image_gen["total_tokens"] = json!(14_114);
    reply
}

#[test]
fn each_svg_has_an_author_of_its_own() {
    let author = per_million(1_572, "2") + per_million(850, "10");
    let images = per_million(66, "5") + per_million(14_048, "30") + dec(MAINLINE);
    let reply = two_svgs();
    assert_eq!(total(&rate(&reply)), images + author + author);
    for of_none in ["/output/1/svg_usage", "/output/3/svg_usage"] {
        let lacking = rate(&without(&reply, of_none));
        assert_eq!(bounds(&lacking.total), (images + author, None, None), "{of_none}");
    }
    // One that stands in the reply as a whole is the author of the calls that name none.
    let mut whole = without(&reply, "/output/3/svg_usage");
    whole["svg_usage"] = reply["output"][1]["svg_usage"].clone();
    assert_eq!(total(&rate(&whole)), images + author + author);
}

#[test]
fn raising_any_number_is_seen_in_replies_that_are_not_exact_as_well() {
    let counted_input = |mut reply: Value| {
        let image_gen = &mut reply["tool_usage"]["image_gen"];
        image_gen["input_tokens"] = json!(66);
        image_gen["input_tokens_details"]["text_tokens"] = json!(66);
        image_gen["total_tokens"] = json!(66);
        reply
    };
    let bases = [
        two_svgs(),
        failed_call("failed"),
        counted_input(failed_call("incomplete")),
        value(include_str!("../../fixtures/replies/edit-cached.json")),
        value(include_str!("../../fixtures/replies/cached-not-split.json")),
        value(include_str!("../../fixtures/replies/text-output.json")),
        value(include_str!("../../fixtures/replies/zero-usage.json")),
        value(EMPTY),
    ];
    let mut silent = Vec::new();
    for reply in bases {
        let base = rate(&reply);
        let mut all = Vec::new();
        places(&reply, "", &mut all);
        let numbers = all.iter().filter_map(|(at, there)| Some((at, there.as_u64()?)));
        // Stamps, and reasoning, which is a part of the output and billed with it.
        let is_beside = |at: &str| {
            is_beside_the_bill(at)
                || at.starts_with("/created")
                || at.ends_with("/reasoning_tokens")
        };
        for (at, there) in numbers.filter(|(at, _)| !is_beside(at)) {
            for more in [1, 5_000] {
                let raised = with(&reply.to_string(), at, json!(there + more)).to_string();
                let Ok(rated) = try_rate(&raised, &gpt_image_2()) else { continue };
                if rated.total == base.total && said(&rated) == said(&base) {
                    silent.push(format!("{at} raised by {more}"));
                }
            }
        }
    }
    assert!(silent.is_empty(), "{silent:#?}");
}

#[test]
fn a_call_that_delivered_nothing_and_is_not_counted_is_not_free() {
    for status in ["failed", "in_progress", "incomplete", "blocked"] {
        let rated = rate(&failed_call(status));
        // OpenAI does not say who pays: none, or the 7,024 tokens of the rule; of the input nothing is known.
        assert_eq!(bounds(&rated.total), (dec(MAINLINE), None, None), "{status}");
        let output = &line(&rated, Meter::ImageOutput).amount;
        assert_eq!(bounds(output), (dec("0"), None, Some(dec(OUTPUT))), "{status}");
        assert_eq!(rated.attempts.per_accepted_image.certainty(), Certainty::Unknown);
    }
    let mut counted = failed_call("failed");
    let image_gen = &mut counted["tool_usage"]["image_gen"];
    image_gen["input_tokens"] = json!(66);
    image_gen["input_tokens_details"]["text_tokens"] = json!(66);
    image_gen["total_tokens"] = json!(66);
    image_gen["cached_tokens"] = json!(0);
    // With its input counted the whole lies between ends: 66 × 5 and the mainline model, or the image as well.
    let low = per_million(66, "5") + dec(MAINLINE);
    assert_eq!(bounds(&rate(&counted).total), (low, None, Some(low + dec(OUTPUT))));
    let without_usage = without(&failed_call("failed"), "/tool_usage");
    assert_eq!(rate(&without_usage).total.certainty(), Certainty::Unknown);
    let unknown_size = without(&counted, "/output/1/size");
    assert_eq!(bounds(&rate(&unknown_size).total), (low, None, None), "no rule without a size");
}

#[test]
fn a_blocked_call_is_charged_by_the_terms_of_a_route_that_bills_by_call() {
    // laozhang: $0.03 a call, and one that is blocked or failed is free; one that ran out of time may be charged.
    let of = |status: &str| {
        let at_route = imgcost::estimate::Terms {
            route: Some("provider/laozhang/gpt-image-2-vip"),
            ..terms(TODAY)
        };
        let read =
            reply::read("reply.json", &failed_call(status).to_string(), &[]).expect("a reply");
        estimate_reply(&Catalog::shipped(), read, &gpt_image_2(), &at_route).expect("rated").total
    };
    for free in ["blocked", "failed"] {
        assert_eq!(of(free).exact(), Some(dec(MAINLINE)), "{free}");
    }
    let most = dec(MAINLINE) + dec("0.03");
    assert_eq!(bounds(&of("in_progress")), (dec(MAINLINE), None, Some(most)), "may be charged");
}

#[test]
fn a_call_that_failed_beside_one_that_is_counted_may_be_charged_besides() {
    let mut reply = value(RESPONSES);
    let mut failed = reply["output"][1].clone();
    failed["status"] = json!("failed");
    failed["result"] = json!(null);
    reply["output"].as_array_mut().expect("items").push(failed);
    let rated = rate(&reply);
    assert_eq!(bounds(&line(&rated, Meter::ImageOutput).amount).2, Some(dec(OUTPUT) * dec("2")));
    assert_eq!(bounds(&rated.total), (dec("0.21105") + dec(MAINLINE), None, None));
    // Counts that cover both are of both.
    let image_gen = &mut reply["tool_usage"]["image_gen"];
    image_gen["output_tokens"] = json!(14_048);
    image_gen["output_tokens_details"]["image_tokens"] = json!(14_048);
    image_gen["total_tokens"] = json!(14_114);
    assert_eq!(rate(&reply).total.certainty(), Certainty::Exact);
}

#[test]
fn a_reply_that_failed_is_named_as_an_error() {
    let failed = json!({
        "object": "response", "status": "failed", "output": [], "usage": null,
        "error": {"code": "server_error", "message": "The model failed"},
    });
    let nothing = rate(&failed);
    assert_eq!(bounds(&nothing.total), (dec("0"), None, None), "who pays is not stated");
    assert!(said(&nothing).iter().any(|text| text.contains("is an error (`server_error`)")));
    let mut counted = value(RESPONSES);
    counted["status"] = json!("failed");
    counted["error"] = failed["error"].clone();
    let said = said(&rate(&counted));
    assert!(said.iter().any(|text| text.contains("is an error (`server_error`)")), "{said:?}");
    let mut incomplete = value(RESPONSES);
    incomplete["status"] = json!("incomplete");
    incomplete["incomplete_details"] = json!({"reason": "max_output_tokens"});
    let said = self::said(&rate(&incomplete));
    assert!(
        said.iter().any(|text| text.contains("`incomplete` (`max_output_tokens`)")),
        "{said:?}"
    );
}

#[test]
fn a_key_that_is_spelled_like_one_that_is_read_is_a_problem_that_names_it() {
    let levels = [
        (RESPONSES, "/service_teir", "service_tier"),
        (RESPONSES, "/Usage", "usage"),
        (RESPONSES, "/tool_usages", "tool_usage"),
        (RESPONSES, "/usage/total_token", "total_tokens"),
        (RESPONSES, "/usage/input_tokens_details/cache_tokens", "cached_tokens"),
        (RESPONSES, "/usage/output_token_details", "output_tokens_details"),
        (RESPONSES, "/tool_usage/imge_gen", "image_gen"),
        (
            RESPONSES,
            "/tool_usage/image_gen/cached_tokens_details/cached_image_token",
            "cached_image_tokens",
        ),
        (RESPONSES, "/tool_usage/web_search/num_request", "num_requests"),
        (RESPONSES, "/output/1/statsu", "status"),
        (RESPONSES, "/output/1/svg_usge", "svg_usage"),
        (RESPONSES, "/tools/0/modle", "model"),
        (IMAGES, "/qualtiy", "quality"),
        (IMAGES, "/data/0/b64_jsn", "b64_json"),
        (IMAGES, "/usage/input_token_details", "input_tokens_details"),
        (IMAGES, "/svg_usage/reasoning_token", "reasoning_tokens"),
    ];
    for (text, pointer, key) in levels {
        let reply = with(text, pointer, json!(9)).to_string();
        let problems = try_rate(&reply, &gpt_image_2()).expect_err("a problem");
        let named = format!("did you mean `{key}`?");
        assert!(problems.iter().any(|it| it.message.contains(&named)), "{pointer}: {problems:?}");
        // One who knows that it bills nothing leaves it out.
        let path = pointer[1..].replace('/', ".").replace(".0.", "[0].").replace(".1.", "[1].");
        let ignoring = ReplyContext { ignored_keys: vec![path], ..gpt_image_2() };
        let rated = try_rate(&reply, &ignoring).expect("left out");
        assert!(said(&rated).iter().any(|text| text.contains("left out, as asked")), "{pointer}");
    }
}

#[test]
fn a_key_that_is_read_cannot_be_left_out() {
    for key in
        ["service_tier", "usage", "usage.input_tokens", "output_tokens", "tools.model", "size"]
    {
        let file = "fixtures/replies/responses-sdk.json";
        let run = estimate(&["--model", "gpt-image-2", "--usage", file, "--ignore-key", key]);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{key}");
        assert!(run.stderr.contains("such a key is read"), "{key}: {}", run.stderr);
    }
}

#[test]
fn a_reference_image_of_unknown_size_is_at_most_the_budget_of_patches() {
    let body = json!({
        "model": "gpt-image-2", "prompt": "A cat", "size": "1024x1024", "quality": "low",
        "image": ["https://example.com/a.png", "https://example.com/b.png"],
    });
    let run = estimate_stdin(&["--request", "-", "--format", "json"], &body.to_string());
    let json = run.json();
    // 1 to 1,536 patches each.
    assert_eq!(json["usage"]["image_input_tokens_low"], 2, "{}", run.stdout);
    assert_eq!(json["usage"]["image_input_tokens_high"], 3_072);
    assert_eq!(json["certainty"], "range");
}
