//! What is neither a request nor a reply: named, with what takes it, whichever way it is given.

use crate::common::cli::{estimate_stdin, finished, imgcost};

/// A text, what it is called, and what takes it.
const ELSEWHERE: &[(&str, &str, &str)] = &[
    ("", "this is empty", "written at all"),
    (" \n\n", "this is empty", "written at all"),
    ("months: 3\nworkloads:\n  - name: posters\n", "this is a budget", "budget forecast FILE"),
    ("{\"workloads\": []}", "this is a budget", "budget forecast FILE"),
    (
        "workload,quality,2027-01\nposters,high,100\n",
        "spreadsheet of volumes",
        "budget forecast FILE",
    ),
    ("model: gpt-image-2\nversions:\n  - from: 2026-10-01\n", "price table", "prices check DIR"),
    ("a,b,c,d\n1,2,3,4\n", "this is a spreadsheet", "give the replies themselves"),
    ("A red fox in the snow", "this is text", "--prompt-file FILE"),
    (
        r#"{"object":"page","data":[{"object":"bucket","results":[{"object":"organization.usage.images.result","images":3}]}]}"#,
        "page of an organisation's usage",
        "give the replies themselves",
    ),
    (
        r#"{"object":"page","data":[{"object":"bucket","results":[{"object":"organization.costs.result","amount":{"value":1.5}}]}]}"#,
        "page of an organisation's costs",
        "give the replies themselves",
    ),
    (
        r#"{"id":"batch_1","object":"batch","status":"completed","output_file_id":"file-9"}"#,
        "the record of a Batch, whose replies stand in the file file-9",
        "fetch that file",
    ),
    (r#"{"model":"gpt-6-sol","messages":[]}"#, "Chat Completions API", "--mainline-model"),
    // The parts of a stream as the AI SDK's page of stream protocols and its `fullStream` have them (ai-sdk.dev).
    (
        r#"{"type":"finish","finishReason":"stop","totalUsage":{"inputTokens":9,"outputTokens":2}}"#,
        "a stream of the AI SDK",
        "`usage` and `providerMetadata`",
    ),
    (r#"{"contents":[{"parts":[]}]}"#, "body of the Gemini API", "--model"),
    (r#"{"schema":"imgcost.forecast/1","rows":[]}"#, "imgcost.forecast/1", "--baseline FILE"),
    (r#"{"colour":"red"}"#, "none of its keys is one of a request", "as the API sent it"),
    ("12", "JSON, but a number", "as the API sent it"),
];

#[test]
fn what_belongs_elsewhere_is_named_with_what_takes_it() {
    for (text, what, taker) in ELSEWHERE {
        let run = estimate_stdin(&["-"], text);
        assert_eq!((run.code, run.stdout.as_str()), (3, ""), "{text}");
        let said = run.stderr.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(said.contains(what) && said.contains(taker), "{text}: {}", run.stderr);
    }
}

#[test]
fn bytes_that_are_no_text_are_named() {
    let utf16: Vec<u8> = "\u{feff}{}".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let png = std::fs::read("fixtures/images/1024x1024.png").expect("an image");
    for (bytes, what, taker) in [
        (utf16, "UTF-16", "save it as UTF-8"),
        (png, "a PNG image", "--input-image FILE"),
        (b"PK\x03\x04....".to_vec(), "packed file", "unpack it"),
    ] {
        let run = finished(imgcost().args(["estimate", "-"]).write_stdin(bytes));
        assert_eq!(run.code, 3);
        assert!(run.stderr.contains(what) && run.stderr.contains(taker), "{}", run.stderr);
    }
}

#[test]
fn of_several_files_each_is_priced_or_named() {
    let args = [
        "fixtures/requests/generation.json",
        "fixtures/shapes/ai-sdk.json",
        "fixtures/budgets/posters.yaml",
    ];
    let run = crate::common::cli::estimate(&[&args[..], &["--format", "json"]].concat());
    assert_eq!(run.code, 3, "one of them is a budget");
    let rows = run.json()["rows"].as_array().cloned().expect("rows");
    let outcomes: Vec<(&str, &str)> = rows
        .iter()
        .map(|row| {
            (row["file"].as_str().expect("a file"), row["outcome"].as_str().expect("a word"))
        })
        .collect();
    assert_eq!(outcomes, [(args[0], "priced"), (args[1], "priced"), (args[2], "rejected")]);
    assert!(run.stderr.contains("this is a budget"), "{}", run.stderr);
}

#[test]
fn a_byte_order_mark_changes_nothing_wherever_it_stands() {
    let body = r#"{"model":"gpt-image-2","prompt":"A fox","size":"1024x1024","quality":"low"}"#;
    let plain = estimate_stdin(&["-"], body);
    for marked in [format!("\u{feff}{body}"), format!("\u{feff}\u{feff}{body}")] {
        assert_eq!(estimate_stdin(&["-"], &marked).stdout, plain.stdout);
    }
}

#[test]
fn flags_that_say_what_is_asked_for_are_refused_of_replies_alone() {
    let reply = "fixtures/shapes/ai-sdk.json";
    let run = crate::common::cli::estimate(&[reply, "--size", "1024x1024", "--n", "2"]);
    assert_eq!(run.code, 2, "{}", run.stdout);
    assert!(run.stderr.contains("--size, --n say what is asked for"), "{}", run.stderr);
    let mixed = ["fixtures/requests/generation.json", reply, "--quality", "low"];
    assert_eq!(crate::common::cli::estimate(&mixed).code, 0, "the request takes it");
}

#[test]
fn a_stream_of_the_ai_sdk_in_the_place_of_a_budget_is_named() {
    let part = r#"{"type":"text-delta","delta":"a fox"}"#;
    let streams =
        [part.to_owned(), format!("{part}\n{part}\n"), format!("data: {part}\n\ndata: [DONE]\n\n")];
    for stream in streams {
        let run = finished(imgcost().args(["budget", "forecast", "-"]).write_stdin(stream.clone()));
        assert_eq!(run.code, 3, "{stream}: {}", run.stderr);
        assert!(
            run.stderr.contains("a part of a stream of the AI SDK"),
            "{stream}: {}",
            run.stderr
        );
        assert!(run.stderr.contains("`usage` and `providerMetadata`"), "{stream}: {}", run.stderr);
        assert!(!run.stderr.contains("no key"), "{stream}: {}", run.stderr);
    }
}
