//! Bodies as they are sent: images that lie elsewhere, parameters that are legal, and what a Batch refuses.

use base64::Engine;
use serde_json::json;

use crate::common::cli::{estimate, estimate_stdin};

#[test]
fn an_image_that_is_not_there_is_open_until_its_size_is_given_in_order() {
    let body = json!({
        "model": "gpt-image-2", "prompt": "A fox", "size": "1024x1024", "quality": "low",
        "image": ["1024x1536", "not-here.png", "nor-here.png"],
    })
    .to_string();
    let open = estimate_stdin(&["-"], &body);
    assert_eq!(open.code, 0, "{}", open.stderr);
    let said = open.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("not-here.png: the file is not there"), "{}", open.stdout);
    assert!(said.contains("--input-image WIDTHxHEIGHT for each such image, in order"), "{said}");
    // 1,536 for the size that the body has, and 1,024 and 256 for those of the flags.
    let sizes = ["--input-image", "1024x1024", "--input-image", "256x256"];
    let sized = estimate_stdin(&[&["-", "--format", "json"][..], &sizes].concat(), &body).json();
    assert_eq!(sized["usage"]["image_input_tokens"], 1_536 + 1_024 + 256);
    // Sizes for all of them go before what the body says.
    let three = ["--input-image=256x256"; 3];
    let all = estimate_stdin(&[&["-", "--format", "json"][..], &three].concat(), &body).json();
    assert_eq!(all["usage"]["image_input_tokens"], 3 * 256);
    // One size for two that are open: the other stays open, from 1 token to the 1,536 that none exceeds.
    let one = ["--input-image", "1024x1024"];
    let one = estimate_stdin(&[&["-", "--format", "json"][..], &one].concat(), &body).json();
    assert_eq!(one["certainty"], "range", "{one}");
    assert_eq!(one["usage"]["image_input_tokens_low"], 1_536 + 1_024 + 1, "{one}");
    assert_eq!(one["usage"]["image_input_tokens_high"], 1_536 + 1_024 + 1_536, "{one}");
    // Four for three are four, and it is said.
    let four = ["--input-image=256x256"; 4];
    let four = estimate_stdin(&[&["-", "--format", "json"][..], &four].concat(), &body).json();
    assert_eq!(four["usage"]["image_input_tokens"], 4 * 256);
    let notes = four["notes"].as_array().expect("notes");
    let said = notes.iter().find(|note| note["code"] == "other_number_of_images").expect("a note");
    assert!(said["text"].as_str().expect("words").contains("4 in place of the 3"), "{said}");
}

#[test]
fn low_input_fidelity_is_legal_where_there_is_no_other() {
    let edit =
        ["--model", "gpt-image-1-mini", "--input-image", "1024x1024", "--prompt-tokens", "4"];
    let alone = estimate(&edit);
    let low = estimate(&[&edit[..], &["--input-fidelity", "low"]].concat());
    assert_eq!((alone.code, low.code), (0, 0), "{}", low.stderr);
    let high = estimate(&[&edit[..], &["--input-fidelity", "high"]].concat());
    assert_eq!(high.code, 2, "{}", high.stdout);
}

#[test]
fn what_a_batch_refuses_is_said() {
    let line = |url: &str, body: serde_json::Value| {
        json!({"custom_id": url.len().to_string(), "method": "POST", "url": url, "body": body})
            .to_string()
    };
    let body =
        json!({"model": "gpt-image-2", "prompt": "A cat", "size": "1024x1024", "quality": "low"});
    let mut stream = body.clone();
    stream["stream"] = json!(true);
    let run = estimate_stdin(&["-"], &line("/v1/images/generations", stream));
    assert_eq!(run.code, 3, "{}", run.stdout);
    assert!(run.stderr.contains("a Batch answers with neither"), "{}", run.stderr);
}

/// The body of a Responses call, as the guide of the image tool shows it.
fn responses_body() -> serde_json::Value {
    json!({
        "model": "gpt-6.1-sol", "input": "A poster of a red fox",
        "tools": [{"type": "image_generation", "model": "gpt-image-2", "size": "1024x1024", "quality": "low"}],
    })
}

#[test]
fn a_responses_body_costs_its_tool_call_and_at_least_the_text_that_the_mainline_model_reads() {
    let body = responses_body().to_string();
    let open = estimate_stdin(&["-", "--format", "json"], &body).json();
    // 6 tokens of the prompt and 6 that a request adds, at $5 per 1M; 196 of the image at $30; and the mainline model reads
    // those 6 at $2 at least: 0.00006 + 0.00588 + 0.000012.
    assert_eq!(open["cost_low_usd"], "0.005952");
    assert_eq!(open["cost_high_usd"], json!(null), "what it writes is open, and never zero");
    let flags = ["--mainline-input-tokens", "3000", "--mainline-output-tokens", "200"];
    let whole = estimate_stdin(&[&["-", "--format", "json"][..], &flags].concat(), &body).json();
    // Beside the call, 3,000 tokens at $2 and 200 at $10 per 1M: 0.00594 + 0.006 + 0.002.
    assert_eq!(whole["cost_expected_usd"], "0.01394");
}

#[test]
fn other_tools_of_a_responses_body_and_images_in_its_input_are_open() {
    let mut body = responses_body();
    let image_tool = body["tools"][0].take();
    body["tools"] = json!([image_tool, {"type": "web_search"}]);
    body["input"] = json!([
        {"role": "developer", "content": "Be brief."},
        {"role": "user", "content": [
            {"type": "input_text", "text": "A poster of a red fox"},
            {"type": "input_image", "image_url": "https://example.com/fox.png"},
        ]},
    ]);
    let run = estimate_stdin(&["-"], &body.to_string());
    let said = run.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("input[1].content[1]: its size is not in the request"), "{said}");
    assert!(said.contains("`tools.web_search` (web_search) is not read here"), "{said}");
    assert!(said.contains("low, edit"), "{said}");
}

#[test]
fn every_key_of_the_input_of_a_responses_body_is_read_free_or_named() {
    let mut body = responses_body();
    let image = base64::engine::general_purpose::STANDARD
        .encode(std::fs::read("fixtures/images/1024x1024.png").expect("an image"));
    body["input"] = json!([
        {"role": "user", "content": [
            {"type": "input_text", "text": "A poster of a red fox", "prompt_cache_breakpoint": {"mode": "explicit"}},
            {"type": "input_image", "image_url": "https://example.com/fox.png", "detail": "high"},
        ]},
        {"type": "image_generation_call", "id": "ig_1", "status": "completed", "result": image},
    ]);
    let run = estimate_stdin(&["-"], &body.to_string());
    let said = run.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("`input.content.prompt_cache_breakpoint`"), "it may bill: {said}");
    assert!(said.contains("without effect on the price: input.content.detail"), "{said}");
    // An image of an earlier turn that is sent again has its size: only the one behind the address is open.
    assert!(said.contains("input[0].content[1]: its size is not in the request"), "{said}");
    assert!(!said.contains("input[1]: its size is not in the request"), "{said}");
    let misspelled = body.to_string().replace("image_url", "imageurl");
    let run = estimate_stdin(&["-"], &misspelled);
    assert!(run.stderr.contains("did you mean `image_url`?"), "{}", run.stderr);
}

#[test]
fn a_batch_takes_responses_bodies_at_their_endpoint() {
    let line = |url: &str, body: serde_json::Value| {
        json!({"custom_id": "a", "method": "POST", "url": url, "body": body}).to_string()
    };
    let run = estimate_stdin(&["-"], &line("/v1/responses", responses_body()));
    assert_eq!(run.code, 0, "{}", run.stderr);
    // Nobody states the Batch rates of the tool: open, and not half.
    let said = run.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("that the image tool runs in Batch is not stated"), "{said}");
    for (url, body) in [
        ("/v1/images/generations", responses_body()),
        ("/v1/responses", json!({"model": "gpt-image-2", "prompt": "A fox"})),
    ] {
        let run = estimate_stdin(&["-"], &line(url, body));
        assert_eq!(run.code, 3, "{}", run.stdout);
        assert!(run.stderr.contains("name its endpoint"), "{}", run.stderr);
    }
    let mut text_alone = responses_body();
    text_alone["tools"] = json!([]);
    let run = estimate_stdin(&["-"], &text_alone.to_string());
    assert_eq!(run.code, 3, "{}", run.stdout);
    assert!(run.stderr.contains("without the image tool"), "{}", run.stderr);
}
