//! Replies that do not say all: keys that bill and are not read, images that are not listed, and contradictions.

use imgcost::figure::{Certainty, Figure};
use serde_json::{Value, json};

use crate::common::*;
use crate::replies::{IMAGES, RESPONSES, rate, said, value, with};

/// The total is at least what is counted, and no more is known.
fn is_at_least(reply: &Value, pointer: &str, new: Value) {
    let base = rate(reply).total.low();
    let rated = rate(&with(&reply.to_string(), pointer, new.clone()));
    assert_eq!(bounds(&rated.total), (base, None, None), "{pointer} {new}");
}

#[test]
fn a_key_that_says_it_bills_is_not_read_wherever_it_stands() {
    let top = [
        "/billing",
        "/usage_extra",
        "/cost",
        "/total_cost",
        "/totalCost",
        "/cost_usd",
        "/credits",
        "/fees",
        "/charges",
        "/price",
        "/amount",
        "/surcharge_usd",
        "/audio_tokens",
    ];
    for key in top.into_iter().chain(["/data/0/image_tokens", "/data/0/cost", "/data/0/usage"]) {
        is_at_least(&value(IMAGES), key, json!(9));
        is_at_least(&value(IMAGES), key, json!({"of": [{"usd": "0.5"}]}));
    }
    let items = [
        "/output/1/usage",
        "/output/1/cost",
        "/output/2/usage",
        "/output/2/content/0/usage",
        "/tools/1/cost",
    ];
    for key in top.into_iter().chain(items) {
        let mut reply = value(RESPONSES);
        reply["tools"] = json!([reply["tools"][0], {"type": "web_search"}]);
        reply["output"][2] =
            json!({"type": "message", "content": [{"type": "output_text", "text": "here"}]});
        is_at_least(&reply, key, json!(9));
    }
    is_at_least(&value(RESPONSES), "/output/1/n", json!(3));
}

#[test]
fn zero_limits_and_what_the_caller_sent_bill_nothing() {
    for (key, beside) in [
        ("/cost", json!(0)),
        ("/billing", json!({"payer": "developer"})),
        ("/max_output_tokens", json!(4096)),
        ("/metadata", json!({"cost_center": "north"})),
        ("/output/1/n", json!(1)),
    ] {
        let exact = total(&rate(&value(RESPONSES)));
        assert_eq!(total(&rate(&with(RESPONSES, key, beside))), exact, "{key}");
    }
}

#[test]
fn a_reply_that_does_not_list_its_images_has_no_cost_per_image() {
    for (text, key) in [(IMAGES, "data"), (RESPONSES, "output")] {
        let mut reply = value(text);
        let exact = total(&rate(&reply));
        reply.as_object_mut().expect("an object").remove(key);
        let rated = rate(&reply);
        assert_eq!(total(&rated), exact, "what is counted is known all the same");
        assert_eq!(rated.attempts.per_accepted_image.certainty(), Certainty::Unknown);
        assert!(said(&rated).iter().any(|text| text.contains("does not list its images")));
    }
}

#[test]
fn a_search_beside_a_count_of_no_searches_is_at_least() {
    let mut reply = value(RESPONSES);
    let exact = total(&rate(&reply));
    let items = reply["output"].as_array_mut().expect("items");
    items.push(json!({"type": "web_search_call", "status": "completed"}));
    reply["tool_usage"]["web_search"] = json!({"num_requests": 0});
    assert_eq!(bounds(&rate(&reply).total), (exact, None, None));
}

#[test]
fn a_call_that_failed_and_holds_a_picture_is_said_and_not_counted_as_delivered() {
    for status in ["failed", "in_progress", "incomplete"] {
        let rated = rate(&with(RESPONSES, "/output/1/status", json!(status)));
        assert_eq!(rated.attempts.per_accepted_image.certainty(), Certainty::Unknown, "{status}");
        let contradiction = format!("has the status `{status}` and holds a picture");
        assert!(said(&rated).iter().any(|text| text.contains(&contradiction)), "{status}");
    }
    // With a picture, usage of zero is not free.
    let mut zero = with(RESPONSES, "/output/1/status", json!("failed"));
    zero["tool_usage"]["image_gen"] =
        json!({"input_tokens": 0, "output_tokens": 0, "total_tokens": 0});
    assert_eq!(rate(&zero).total.certainty(), Certainty::Unknown);
}

#[test]
fn a_delivered_image_has_no_fewer_tokens_than_the_least_that_the_model_makes() {
    // 66 × 5 and 10 × 30 are counted; by the rule the image has 7,024 × 30.
    let mut reply = value(IMAGES);
    reply["usage"] = json!({
        "input_tokens": 66, "output_tokens": 10, "total_tokens": 76,
        "input_tokens_details": {"text_tokens": 66, "image_tokens": 0},
    });
    let rated = rate(&reply);
    assert_eq!(bounds(&rated.total), (per_million(66, "5") + per_million(10, "30"), None, None));
    assert_eq!(rated.by_rule.expect("by rule").amount, Figure::Exact(dec("0.21072")));
}
