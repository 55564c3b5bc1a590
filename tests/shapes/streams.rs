//! A stream costs what its whole reply costs, however it was saved: as `data:` lines, as a list, or an event on each line.

use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::common::cli::estimate_stdin;
use crate::common::dec;

/// A stream and the reply that it is.
struct Stream {
    name: &'static str,
    /// Where it can be read in public that the last counts stand for the whole.
    source: &'static str,
    model: &'static [&'static str],
    events: Vec<Value>,
    whole: Value,
    images: u64,
}

/// A chunk of Gemini's answer: its parts, its counts of output tokens so far, and how it ended.
fn gemini(parts: Value, drawn: u64, ended: Option<&str>) -> Value {
    let mut chunk = json!({
        "candidates": [{"content": {"role": "model", "parts": parts}, "index": 0}],
        "usageMetadata": {
            "promptTokenCount": 20, "candidatesTokenCount": drawn, "totalTokenCount": 20 + drawn,
            "promptTokensDetails": [{"modality": "TEXT", "tokenCount": 20}],
            "candidatesTokensDetails": [{"modality": "IMAGE", "tokenCount": drawn / 1_120 * 1_120}],
        },
        "modelVersion": "gemini-3-pro-image", "responseId": "r1",
    });
    if let Some(reason) = ended {
        chunk["candidates"][0]["finishReason"] = json!(reason);
    }
    chunk
}

fn chat(delta: Value, usage: Value, ended: Option<&str>) -> Value {
    json!({
        "id": "gen-1", "object": "chat.completion.chunk", "created": 1_795_500_000,
        "model": "google/gemini-2.5-flash-image", "usage": usage,
        "choices": [{"index": 0, "delta": delta, "finish_reason": ended}],
    })
}

fn chat_usage(written: u64, images: u64) -> Value {
    json!({
        "prompt_tokens": 12, "completion_tokens": written, "total_tokens": 12 + written,
        "prompt_tokens_details": {"cached_tokens": 0},
        "completion_tokens_details": {"image_tokens": images, "reasoning_tokens": 0},
    })
}

fn response(status: &str, is_done: bool) -> Value {
    let mut response = json!({
        "id": "resp_1", "object": "response", "created_at": 1_795_500_000, "status": status,
        "model": "gpt-6.1-sol", "service_tier": "default", "output": [], "usage": null,
        "tools": [{"type": "image_generation", "model": "gpt-image-2"}],
    });
    if is_done {
        response["output"] = json!([{
            "id": "ig_1", "type": "image_generation_call", "status": "completed",
            "size": "1024x1024", "quality": "high", "result": "QUJD",
        }]);
        response["usage"] = json!({
            "input_tokens": 900, "output_tokens": 120, "total_tokens": 1_020,
            "input_tokens_details": {"cached_tokens": 0, "cache_write_tokens": 0},
        });
        response["tool_usage"] = json!({"image_gen": {
            "input_tokens": 40, "output_tokens": 7_024, "total_tokens": 7_064,
            "input_tokens_details": {"image_tokens": 0, "text_tokens": 40, "cached_tokens": 0},
            "output_tokens_details": {"image_tokens": 7_024, "text_tokens": 0},
        }});
    }
    response
}

fn event(kind: &str, response: Value) -> Value {
    json!({"type": kind, "response": response})
}

fn image(index: u64) -> Value {
    json!({"inlineData": {"mimeType": "image/png", "data": format!("QUJ{index}")}})
}

fn streams() -> Vec<Stream> {
    let image_event = |kind: &str| {
        json!({
            "type": format!("image_generation.{kind}"), "b64_json": "QUJD", "size": "1024x1024",
            "created_at": 1_795_500_000, "quality": "low", "output_format": "png",
        })
    };
    let mut completed = image_event("completed");
    completed["usage"] = json!({
        "input_tokens": 14, "output_tokens": 196, "total_tokens": 210,
        "input_tokens_details": {"image_tokens": 0, "text_tokens": 14},
    });
    let without_id = |mut chunk: Value| {
        chunk.as_object_mut().expect("an object").remove("responseId");
        chunk
    };
    let both = json!([{"text": "Two."}, image(1), image(2)]);
    let by_image = vec![
        gemini(json!([{"text": "Two."}]), 5, None),
        gemini(json!([image(1)]), 1_125, None),
        gemini(json!([image(2)]), 2_245, Some("STOP")),
    ];
    let drawn = |index: u64| json!({"url": format!("data:image/png;base64,QUJ{index}")});
    let delta = |index: u64| json!({"images": [{"type": "image_url", "image_url": drawn(index)}]});
    let mut chat_whole = chat(json!({}), chat_usage(2_590, 2_580), Some("stop"));
    chat_whole["object"] = json!("chat.completion");
    chat_whole["choices"][0] = json!({"index": 0, "finish_reason": "stop", "message": {
        "role": "assistant", "content": "Two.",
        "images": [{"image_url": drawn(1)}, {"image_url": drawn(2)}],
    }});
    let chunks = |usages: [Value; 4]| {
        let [first, second, third, last] = usages;
        vec![
            chat(json!({"role": "assistant", "content": "Two."}), first, None),
            chat(delta(1), second, None),
            chat(delta(2), third, Some("stop")),
            json!({
                "id": "gen-1", "object": "chat.completion.chunk", "created": 1_795_500_000,
                "model": "google/gemini-2.5-flash-image", "choices": [], "usage": last,
            }),
        ]
    };
    let completed_response = event("response.completed", response("completed", true));
    let gemini_source = "googleapis/python-genai issue 1204 (the last chunk has the total); langchain-ai/langchainjs PR \
                         10164 (usageMetadata is cumulative); vercel/ai, packages/google, google-language-model.ts";
    let chat_source = "openai-python, types/chat/chat_completion_chunk.py (usage: the last chunk, null in all others); \
                       langchain-ai/langchain PR 35615 (cumulative where in several); openrouter.ai/docs, image generation \
                       (delta.images)";
    vec![
        Stream {
            name: "Gemini, an image in each chunk",
            source: gemini_source,
            model: &[],
            whole: gemini(both.clone(), 2_245, Some("STOP")),
            events: by_image.clone(),
            images: 2,
        },
        Stream {
            name: "Gemini without response ids",
            source: gemini_source,
            model: &[],
            whole: gemini(both, 2_245, Some("STOP")),
            events: by_image.into_iter().map(without_id).collect(),
            images: 2,
        },
        Stream {
            name: "chat, usage in the last chunk",
            source: chat_source,
            model: &["--model", "gemini-2.5-flash-image"],
            events: chunks([Value::Null, Value::Null, Value::Null, chat_usage(2_590, 2_580)]),
            whole: chat_whole.clone(),
            images: 2,
        },
        Stream {
            name: "chat, usage so far in each chunk",
            source: chat_source,
            model: &["--model", "gemini-2.5-flash-image"],
            events: chunks([
                chat_usage(10, 0),
                chat_usage(1_300, 1_290),
                chat_usage(2_590, 2_580),
                chat_usage(2_590, 2_580),
            ]),
            whole: chat_whole,
            images: 2,
        },
        Stream {
            name: "Images API",
            source: "openai-python, types/image_gen_completed_event.py, image_gen_partial_image_event.py",
            model: &["--model", "gpt-image-2"],
            events: vec![
                image_event("partial_image"),
                image_event("partial_image"),
                completed.clone(),
            ],
            whole: completed,
            images: 1,
        },
        Stream {
            name: "Responses API",
            source: "openai-python, types/responses/response_created_event.py, response_completed_event.py",
            model: &[],
            events: vec![
                event("response.created", response("in_progress", false)),
                event("response.in_progress", response("in_progress", false)),
                json!({"type": "response.image_generation_call.partial_image", "item_id": "ig_1"}),
                completed_response,
            ],
            whole: response("completed", true),
            images: 1,
        },
        Stream {
            name: "Responses API, asked for until it was done",
            source: "platform.openai.com/docs/guides/background (poll until the status is final)",
            model: &[],
            events: vec![
                response("queued", false),
                response("in_progress", false),
                response("completed", true),
            ],
            whole: response("completed", true),
            images: 1,
        },
        Stream {
            name: "AI SDK",
            source: "vercel/ai, packages/ai/src/generate-text/stream-text-result.ts (finish-step has the usage of a step)",
            model: &["--model", "gpt-image-2"],
            events: vec![json!({"images": [{"mediaType": "image/png"}], "usage": {
                "inputTokens": 14, "outputTokens": 196, "totalTokens": 210,
                "inputTokensDetails": {"textTokens": 14, "imageTokens": 0},
            }})],
            whole: json!({"images": [{"mediaType": "image/png"}], "usage": {
                "inputTokens": 14, "outputTokens": 196, "totalTokens": 210,
                "inputTokensDetails": {"textTokens": 14, "imageTokens": 0},
            }}),
            images: 1,
        },
    ]
}

/// The events as they are saved.
fn saved(events: &[Value]) -> [(&'static str, String); 3] {
    let joined = |before: &str, between: &str| {
        let events: Vec<String> = events.iter().map(|event| format!("{before}{event}")).collect();
        events.join(between)
    };
    [
        ("events", format!("{}\n\ndata: [DONE]\n", joined("data: ", "\n\n"))),
        ("a list", format!("[{}]", joined("", ",\n"))),
        ("lines", format!("{}\n", joined("", "\n"))),
    ]
}

fn cost(text: &str, model: &[&str]) -> (Option<Decimal>, Value) {
    let args = [&["-", "--format", "json"][..], model].concat();
    let run = estimate_stdin(&args, text);
    assert_eq!(run.code, 0, "{text}\n{}", run.stderr);
    let json = run.json();
    let whole = json.get("total").unwrap_or(&json);
    let cost = whole["cost_expected_usd"].as_str().map(dec);
    (cost, json)
}

#[test]
fn a_stream_costs_what_its_whole_reply_costs() {
    for Stream { name, source, model, events, whole, images } in streams() {
        assert!(!source.is_empty());
        let (expected, _) = cost(&whole.to_string(), model);
        assert!(expected.is_some(), "{name}");
        for (how, text) in saved(&events) {
            let (found, json) = cost(&text, model);
            assert_eq!(found, expected, "{name} as {how}");
            let row = json.get("rows").map_or(&json, |rows| &rows[0]);
            assert_eq!(row["request"]["images"], images, "{name} as {how}");
        }
    }
}

#[test]
fn of_two_streams_in_one_file_each_is_counted_once_even_where_their_chunks_alternate() {
    for Stream { name, model, events, whole, .. } in streams() {
        if events.len() < 2 || name == "Images API" || name == "Gemini without response ids" {
            continue;
        }
        let rename = |value: &Value| -> Value {
            let text = value.to_string();
            let other = text
                .replace("\"r1\"", "\"r2\"")
                .replace("gen-1", "gen-2")
                .replace("resp_1", "resp_2");
            serde_json::from_str(&other).expect("JSON")
        };
        let (one, _) = cost(&whole.to_string(), model);
        let alternating: Vec<Value> =
            events.iter().flat_map(|event| [event.clone(), rename(event)]).collect();
        for (how, text) in saved(&alternating) {
            assert_eq!(cost(&text, model).0, one.map(|one| one * dec("2")), "{name} as {how}");
        }
    }
}

#[test]
fn a_stream_that_was_cut_off_is_no_smaller_bill() {
    for Stream { name, model, events, .. } in streams() {
        if events.len() < 2
            || name.ends_with("until it was done")
            || name.contains("in each chunk") && name.starts_with("chat")
        {
            continue;
        }
        for (how, text) in saved(&events[..events.len() - 1]) {
            let args = [&["-", "--format", "json"][..], model].concat();
            let run = estimate_stdin(&args, &text);
            if name.starts_with("chat") {
                assert_eq!(
                    run.json().get("total").unwrap_or(&run.json())["certainty"],
                    "unknown",
                    "{name} as {how}"
                );
                continue;
            }
            assert_eq!(run.code, 3, "{name} as {how}: {}", run.stdout);
            assert!(run.stderr.contains("breaks off"), "{name} as {how}: {}", run.stderr);
            assert!(run.stderr.contains("save the stream to its end"), "{name}: {}", run.stderr);
        }
    }
}

/// openai-python, types/responses/response_error_event.py: code, message and param stand beside the type.
#[test]
fn an_error_ends_the_stream_that_was_begun() {
    let begun = event("response.created", response("in_progress", false));
    let error = json!({"type": "error", "code": "server_error", "message": "x", "param": null});
    for (how, text) in saved(&[begun, error]) {
        let run = estimate_stdin(&["-", "--model", "gpt-image-2"], &text);
        assert_eq!(run.code, 0, "{how}: {}", run.stderr);
        let said = run.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(!said.contains("breaks off"), "{how}: {said}");
        assert!(
            how != "events" || said.contains("the service failed (`server_error`)"),
            "{how}: {said}"
        );
    }
}

/// A chunk with a text and the same chunk again are two, as they were sent; the last says how it ended.
#[test]
fn equal_chunks_in_a_row_are_each_counted() {
    let same = gemini(json!([{"text": "a"}]), 0, None);
    let last =
        gemini(json!([{"inlineData": {"mimeType": "image/png", "data": ""}}]), 1_120, Some("STOP"));
    let events = [&same, &same, &last].map(|event| format!("data: {event}\n\n")).concat();
    let run = estimate_stdin(&["-", "--notes"], &events);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.contains("it came in 3 chunks"), "{}", run.stdout);
}
