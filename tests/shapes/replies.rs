//! Shapes of replies. Each has a public source, from which its keys are; the values of the samples are our own.

use serde_json::Value;

use crate::common::cli::{Run, estimate};
use crate::common::{dec, per_million};
use rust_decimal::Decimal;

/// A sample of a shape.
struct Shape {
    file: &'static str,
    /// Where it can be read in public.
    source: &'static str,
    /// What the reply does not say.
    flags: &'static [&'static str],
    /// What it costs at least, by hand.
    at_least: Decimal,
    certainty: &'static str,
}

fn shapes() -> Vec<Shape> {
    let text = |tokens| per_million(tokens, "5");
    let image = |tokens| per_million(tokens, "30");
    vec![
        Shape {
            file: "images-stream.txt",
            source: "docs.zenmux.ai/api/openai/image-generation-streaming-events; maximhq/bifrost issue 4777",
            flags: &["--model", "gpt-image-2"],
            at_least: text(14) + image(296),
            certainty: "exact",
        },
        Shape {
            file: "responses-stream.txt",
            source: "icebear0828/codex-proxy PR 422; openai-python, types/responses/response_completed_event.py",
            flags: &[],
            // gpt-6.1-sol read 900 tokens at $2 and wrote 120 at $10.
            at_least: text(40) + image(7_024) + per_million(900, "2") + per_million(120, "10"),
            certainty: "exact",
        },
        Shape {
            file: "batch-output.jsonl",
            source: "tourze/open-ai-api-bundle, openai-docs/batch/request-output.md",
            flags: &["--model", "gpt-image-2"],
            // Half of both rates; two lines failed, and who pays for them is not stated.
            at_least: per_million(60, "2.5") + per_million(5_488, "15"),
            certainty: "unknown",
        },
        Shape {
            file: "replies-list.json",
            source: "openai-python, types/images_response.py, a list of its objects",
            flags: &[],
            at_least: text(20) + image(196) + text(20) + image(196),
            certainty: "exact",
        },
        Shape {
            file: "chat-usage.json",
            source: "BerriAI/litellm issue 21902",
            flags: &["--model", "gpt-image-1.5"],
            at_least: text(50)
                + per_million(350, "8")
                + per_million(300, "10")
                + per_million(6_200, "32"),
            certainty: "exact",
        },
        Shape {
            file: "openrouter.json",
            source: "yapi-ai 0.4.1 on docs.rs, src/api/images.rs; reVrost/go-openrouter, common.go (cost)",
            flags: &["--model", "gemini-2.5-flash-image"],
            // Text and image input have one price, $0.30; 10 of 1,300 output tokens are text.
            at_least: per_million(12, "0.30") + per_million(1_290, "30") + per_million(10, "2.5"),
            certainty: "exact",
        },
        Shape {
            file: "gemini.json",
            source: "googleapis/python-genai, google/genai/types.py (GenerateContentResponseUsageMetadata)",
            flags: &[],
            // 200 thoughts and 5 of 1,125 tokens of the answer are text.
            at_least: per_million(20, "2") + per_million(1_120, "120") + per_million(205, "12"),
            certainty: "exact",
        },
        Shape {
            file: "ai-sdk.json",
            source: "vercel/ai, packages/provider/src/image-model/v3/image-model-v3-usage.ts; PR 12382",
            flags: &[],
            at_least: text(37) + per_million(704, "8") + image(3_512),
            certainty: "exact",
        },
        Shape {
            file: "seedream.json",
            source: "wangboy91/dify-plus, doubaotoImage/api.md",
            flags: &[],
            at_least: dec("0.04") * dec("2"),
            certainty: "exact",
        },
    ]
}

fn priced(file: &str, flags: &[&str]) -> Run {
    let path = format!("fixtures/shapes/{file}");
    estimate(&[&[&path, "--format", "json"][..], flags].concat())
}

/// The cost of one request or reply, or of a file of them.
fn whole(json: &Value) -> &Value {
    json.get("total").unwrap_or(json)
}

#[test]
fn each_shape_is_priced_as_by_hand() {
    for Shape { file, source, flags, at_least, certainty } in shapes() {
        assert!(!source.is_empty());
        let run = priced(file, flags);
        assert_eq!(run.code, 0, "{file}: {}", run.stderr);
        let json = run.json();
        let found = whole(&json)["cost_low_usd"].as_str().map(dec);
        assert_eq!(found, Some(at_least), "{file}");
        assert_eq!(whole(&json)["certainty"], certainty, "{file}");
    }
}

#[test]
fn a_shape_costs_the_same_as_a_file_of_its_own_in_a_list_and_on_a_line() {
    for file in ["ai-sdk.json", "gemini.json", "seedream.json", "openrouter.json"] {
        let text = std::fs::read_to_string(format!("fixtures/shapes/{file}")).expect("a sample");
        let line = text.replace('\n', " ");
        let model = if file == "openrouter.json" {
            &["--model", "gemini-2.5-flash-image"][..]
        } else {
            &[]
        };
        // The same answer of Gemini twice would be one: each has its own id.
        let other = line.replace("\"r1\"", "\"r2\"");
        let alone = priced(file, model).json()["cost_low_usd"].as_str().map(dec).expect("a cost");
        for (name, text) in
            [("list", format!("[{line},{other}]")), ("lines", format!("{line}\n{other}\n"))]
        {
            let args = [&["-", "--format", "json"][..], model].concat();
            let run = crate::common::cli::estimate_stdin(&args, &text);
            let twice = run.json()["total"]["cost_low_usd"].as_str().map(dec);
            assert_eq!(twice, Some(alone * dec("2")), "{file} as {name}: {}", run.stderr);
        }
    }
}

#[test]
fn what_a_gateway_says_that_it_charged_stands_beside_the_figure() {
    let run = priced("openrouter.json", &["--model", "gemini-2.5-flash-image"]);
    assert!(run.stdout.contains("says that it cost 0.0387286"), "{}", run.stdout);
}

#[test]
fn counts_that_contradict_each_other_are_refused_in_every_shape() {
    for (file, from, to, what) in [
        ("chat-usage.json", "\"total_tokens\":6900", "\"total_tokens\":6901", "total_tokens"),
        ("chat-usage.json", "\"text_tokens\":50", "\"text_tokens\":51", "prompt_tokens"),
        ("openrouter.json", "\"image_tokens\":1290", "\"image_tokens\":1301", "image_tokens"),
        ("gemini.json", "\"totalTokenCount\":1345", "\"totalTokenCount\":1145", "totalTokenCount"),
        ("gemini.json", "\"tokenCount\":1120", "\"tokenCount\":1126", "candidatesTokensDetails"),
        ("ai-sdk.json", "\"textTokens\":18", "\"textTokens\":28", "inputTokens"),
        ("seedream.json", "\"generated_images\":2", "\"generated_images\":3", "generated_images"),
    ] {
        let run = refused_with(file, from, to);
        assert!(run.stderr.contains(what), "{file}: {}", run.stderr);
    }
}

/// What is said of a sample with one thing changed, which is refused.
fn refused_with(file: &str, from: &str, to: &str) -> crate::common::cli::Run {
    let text = std::fs::read_to_string(format!("fixtures/shapes/{file}")).expect("a sample");
    let changed = text.replacen(from, to, 1);
    assert_ne!(text, changed, "{file}: {from}");
    let args = ["-", "--model", "gpt-image-2"];
    let run = crate::common::cli::estimate_stdin(&args, &changed);
    assert_eq!(run.code, 3, "{file}: {}", run.stdout);
    run
}

/// That the counts beside it do not add up follows from it, and is no second problem.
#[test]
fn a_wrong_count_is_one_problem() {
    for (file, from, to, what) in [
        ("chat-usage.json", "\"text_tokens\":50", "\"text_tokens\":-50", "text_tokens"),
        (
            "gemini.json",
            "\"candidatesTokenCount\":",
            "\"candidatesTokenCount\":-",
            "candidatesTokenCount",
        ),
        ("ai-sdk.json", "\"inputTokens\":", "\"inputTokens\":-", "inputTokens"),
    ] {
        let run = refused_with(file, from, to);
        assert_eq!(run.stderr.matches("error[").count(), 1, "{file}: {}", run.stderr);
        assert!(run.stderr.contains(what) && run.stderr.contains("^^"), "{file}: {}", run.stderr);
    }
}

#[test]
fn what_bills_and_is_not_read_leaves_no_shape_exact() {
    for (file, from, to) in [
        ("chat-usage.json", "\"usage\":{", "\"usage\":{\"audio_tokens\":5,"),
        ("openrouter.json", "\"cached_tokens\":0", "\"cached_tokens\":0,\"video_tokens\":4"),
        (
            "gemini.json",
            "\"usageMetadata\":{",
            "\"usageMetadata\":{\"trafficType\":\"PROVISIONED_THROUGHPUT\",",
        ),
        ("ai-sdk.json", "\"usage\":{", "\"usage\":{\"audioTokens\":5,"),
        ("seedream.json", "\"usage\":{", "\"usage\":{\"tool_usage\":5,"),
    ] {
        let text = std::fs::read_to_string(format!("fixtures/shapes/{file}")).expect("a sample");
        let changed = text.replacen(from, to, 1);
        let model = match file {
            "chat-usage.json" => "gpt-image-1.5",
            "openrouter.json" => "gemini-2.5-flash-image",
            "gemini.json" => "gemini-3-pro-image",
            "seedream.json" => "seedream-4.5",
            _ => "gpt-image-2",
        };
        let args = ["-", "--model", model, "--format", "json"];
        let run = crate::common::cli::estimate_stdin(&args, &changed);
        assert_eq!(run.code, 0, "{file}: {}", run.stderr);
        assert_eq!(run.json()["certainty"], "unknown", "{file}");
    }
}

#[test]
fn an_error_says_what_failed_by_its_code_its_stage_or_its_status() {
    for (error, what) in [
        (
            r#"{"code":"moderation_blocked","moderation_details":{"moderation_stage":"input"}}"#,
            "stopped the prompt",
        ),
        (
            r#"{"code":"moderation_blocked","moderation_stage":"output"}"#,
            "withheld the finished image",
        ),
        (r#"{"code":"moderation_blocked"}"#, "before or after the image was made"),
        (r#"{"code":"rate_limit_exceeded","type":"requests"}"#, "the request was refused"),
        (r#"{"type":"server_error","code":null}"#, "the service failed"),
        (r#"{"code":500,"message":"x","status":"INTERNAL"}"#, "the service failed"),
    ] {
        let args = ["-", "--model", "gpt-image-2"];
        let run = crate::common::cli::estimate_stdin(&args, &format!(r#"{{"error":{error}}}"#));
        assert_eq!(run.code, 0, "{error}: {}", run.stderr);
        // Lines are broken at the width of the terminal.
        let said = run.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(said.contains(what) && said.contains("not stated"), "{error}: {}", run.stdout);
        // A route whose owner charges for no failure says so.
        let free =
            ["-", "--model", "gpt-image-2", "--route", "fal/gpt-image-2", "--format", "json"];
        let free = crate::common::cli::estimate_stdin(&free, &format!(r#"{{"error":{error}}}"#));
        assert_eq!(free.code, 0, "{error}: {}", free.stderr);
    }
}

/// A gateway's own charge is shown as it is written, however many digits it has, also of a stream and of a line.
#[test]
fn what_a_gateway_charged_is_shown_digit_by_digit() {
    for cost in ["0.12345678901234567891", "0.0412", "1e-7", "-0.50", "3"] {
        let usage = format!(
            r#"{{"prompt_tokens": 12, "completion_tokens": 1290, "total_tokens": 1302, "cost": {cost}}}"#
        );
        let reply = format!(
            r#"{{"object": "chat.completion", "model": "google/gemini-2.5-flash-image", "choices": [], "usage": {usage}}}"#
        );
        let chunk = |id: &str, usage: &str| {
            format!(
                r#"{{"object": "chat.completion.chunk", "id": "{id}", "model": "google/gemini-2.5-flash-image", "choices": [{{"index": 0, "delta": {{}}, "finish_reason": "stop"}}], "usage": {usage}}}"#
            )
        };
        let stream = format!("data: {}\n\ndata: {}\n", chunk("c", "null"), chunk("c", &usage));
        for text in [reply.clone(), format!("[{reply}]"), stream] {
            let run = crate::common::cli::estimate_stdin(&["-", "--notes"], &text);
            let said = run.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(said.contains(&format!("says that it cost {cost} (")), "{text}: {said}");
        }
    }
}
