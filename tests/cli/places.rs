//! Every problem of a request or a reply points at what is wrong: at the value or the key, and at the object where a
//! key is missing. `§` stands before it in the texts here, and is not in the file.

use serde_json::Value;

use crate::common::TODAY;
use crate::common::cli::{estimate, run};

/// The text without its marks, and the line and column of each mark, both from 1.
fn marked(text: &str) -> (String, Vec<(u64, u64)>) {
    let mut places = Vec::new();
    let (mut line, mut column) = (1, 1);
    for letter in text.chars() {
        match letter {
            '§' => places.push((line, column)),
            '\n' => (line, column) = (line + 1, 1),
            _ => column += 1,
        }
    }
    (text.replace('§', ""), places)
}

/// Runs `estimate` with a file of this text; what is said for programs, and the same for people.
fn said(name: &str, text: &str) -> (Vec<Value>, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    std::fs::write(&path, text).expect("a file");
    let path = path.display().to_string();
    let said = estimate(&[&path, "--format", "json"]).stderr;
    let said: Value = serde_json::from_str(&said).unwrap_or_else(|_| panic!("{text}\n{said}"));
    let rows = said["rows"].as_array().expect("rows").clone();
    (rows, estimate(&[&path]).stderr)
}

/// Holds the problems of a text to its marks and to these codes, for programs and for people.
fn assert_at_the_marks(name: &str, text: &str, codes: &[&str]) {
    let (plain, expected) = marked(text);
    let (rows, shown) = said(name, &plain);
    let errors = || rows.iter().filter(|row| row["severity"] == "error");
    let place = |row: &Value| (row["line"].as_u64(), row["column"].as_u64());
    let mut places: Vec<_> = errors().map(place).collect();
    places.sort_unstable();
    let expected: Vec<_> =
        expected.into_iter().map(|(line, column)| (Some(line), Some(column))).collect();
    assert_eq!(places, expected, "{text}\n{rows:#?}");
    let mut found: Vec<&str> = errors().filter_map(|row| row["code"].as_str()).collect();
    found.sort_unstable();
    assert_eq!(found, codes, "{text}\n{rows:#?}");
    for (line, column) in places {
        let at = format!("{name}:{}:{}", line.unwrap_or(0), column.unwrap_or(0));
        assert!(shown.contains(&at), "{at} is not said:\n{shown}");
    }
}

#[test]
fn of_a_body_each_problem_stands_at_its_value_or_its_key() {
    for (code, text) in [
        ("wrong-type", r#"{"prompt": "a", "size": §7}"#),
        ("wrong-type", "{\n  \"prompt\": \"ü\",\n  \"size\": §[\"1024x1024\"]\n}"),
        ("wrong-type", r#"{"prompt": §null, "size": "1024x1024"}"#),
        ("wrong-type", r#"{"prompt": "a", "image": ["1024x1024", §5]}"#),
        ("out-of-range", r#"{"prompt": "a", "n": §-1}"#),
        ("out-of-range", r#"{"prompt": "a", "n": §1.5}"#),
        ("wrong-type", r#"{"prompt": "a", "n": §"two"}"#),
        ("unknown-key", r#"{"prompt": "a", §"sise": "1024x1024"}"#),
        ("duplicate-key", r#"{"prompt": "a", §"prompt": "b"}"#),
        ("duplicate-key", r#"{"prompt": "a", "x": {"b\"": 1, §"b\"" : 2}}"#),
        ("missing-key", r#"{"prompt": "a", "image": [§{"detail": "low"}]}"#),
        ("missing-key", r#"{"prompt": "a", "mask": §"mask.png"}"#),
        ("empty", r#"{"prompt": "a", "image": §[]}"#),
        ("broken-image", r#"{"prompt": "a", "image": §"data:image/png,AAAA"}"#),
        ("broken-image", r#"{"prompt": "a", "image": [{"image_url": §"data:image/png,A"}]}"#),
        (
            "wrong-type",
            r#"{"model": "gpt-5", "input": "a", "tools": [{"type": "image_generation", "size": §7}]}"#,
        ),
        (
            "bad-value",
            r#"{"model": "gpt-5", "input": "a", "tools": §[{"type": "image_generation"}, {"type": "image_generation"}]}"#,
        ),
    ] {
        assert_at_the_marks("body.json", text, &[code]);
    }
}

/// What no model takes is found when the body is priced: the place is the same.
#[test]
fn what_cannot_be_asked_for_stands_where_it_is_asked_for() {
    let tool = r#"{"model": "gpt-6-sol", "input": "a", "tools": [{"type": "web_search"}, {"type": "image_generation", "model": "gpt-image-2", "size": §"7x7"}]}"#;
    for (code, text) in [
        ("illegal-size", r#"{"prompt": "a", "size": §"7x7"}"#),
        ("unknown-quality", r#"{"prompt": "a", "quality": §"ultra"}"#),
        ("unknown-model", r#"{"prompt": "a", "model": §"gpt-image-9"}"#),
        ("out-of-range", r#"{"prompt": "a", "n": §99}"#),
        ("body-without-model", r#"§{"prompt": "a", "size": "1024x1024", "quality": "low"}"#),
        ("illegal-size", tool),
        (
            "body-without-model",
            r#"§{"model": "gpt-6-sol", "input": "a", "tools": [{"type": "image_generation"}]}"#,
        ),
    ] {
        let text = match code {
            "unknown-model" | "body-without-model" => text.to_owned(),
            _ => text.replacen("\"prompt\"", "\"model\": \"gpt-image-2\", \"prompt\"", 1),
        };
        assert_at_the_marks("body.json", &text, &[code]);
    }
}

#[test]
fn what_a_flag_says_instead_is_not_looked_for_in_the_body() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("body.json");
    let body = r#"{"model": "gpt-image-2", "prompt": "a", "size": "1024x1024"}"#;
    std::fs::write(&path, body).expect("a file");
    let path = path.display().to_string();
    let found = estimate(&[&path, "--size", "7x7", "--format", "json"]);
    let said: Value = serde_json::from_str(&found.stderr).expect("one object");
    assert_eq!((found.code, &said["rows"][0]["line"]), (2, &Value::Null), "{said:#}");
}

/// A line has the number that it has in its file, and its columns are counted within it.
#[test]
fn of_lines_each_problem_has_the_line_of_the_file() {
    let line = |body: &str| {
        format!(
            r#"{{"custom_id": "a", "method": "POST", "url": "/v1/images/generations", "body": {body}}}"#
        )
    };
    let right = line(r#"{"model": "gpt-image-2", "prompt": "a", "size": "1024x1024"}"#);
    for (code, broken) in [
        ("wrong-type", line(r#"{"model": "gpt-image-2", "prompt": "ä", "size": §7}"#)),
        ("unknown-key", line(r#"{"model": "gpt-image-2", "prompt": "a", §"sise": "1024x1024"}"#)),
        ("rejected-line", line(r#"{"model": "gpt-image-2", "prompt": "a", "size": §"7x7"}"#)),
        ("duplicate-key", line(r#"{"model": "gpt-image-2", "prompt": "a", §"prompt": "b"}"#)),
        ("bad-value", line(r#"{"model": "gpt-image-2", "prompt": "a", "stream": §true}"#)),
        ("missing-key", line("null").replacen('{', "§{", 1)),
        ("unknown-word", right.replace(r#""POST""#, r#"§"GET""#)),
        ("unknown-word", right.replace("\"/v1/images/generations\"", "§\"/v1/files\"")),
        ("wrong-type", right.replace(r#""a", "method""#, r#"§1, "method""#)),
    ] {
        // Ids of their own, since a Batch refuses a file in which one stands twice.
        let [first, last] =
            ["first", "last"].map(|id| right.replacen(r#""a""#, &format!("\"{id}\""), 1));
        assert_at_the_marks("batch.jsonl", &format!("{first}\n\n{broken}\n{last}\n"), &[code]);
    }
}

#[test]
fn of_a_list_each_problem_has_its_own_place_however_the_items_stand() {
    let right = r#"{"model": "gpt-image-2", "prompt": "a"}"#;
    let broken = r#"{"model": "gpt-image-2", "prompt": "a", "size": §7, "n": §-1}"#;
    let codes = ["out-of-range", "wrong-type"];
    for text in [
        format!("[{right}, {broken}]"),
        format!("[\n  {right},\n\n  {broken}\n]"),
        format!("[{right},{broken}\n,{right}]"),
        // The line before it is longer than any that is shown.
        format!("[{}{broken}]", format!("{right}, ").repeat(30)),
    ] {
        assert_at_the_marks("list.json", &text, &codes);
    }
    assert_at_the_marks("list.json", &format!("[{right}, §5]"), &["bad-value"]);
}

#[test]
fn of_a_reply_each_problem_stands_at_its_value_or_its_key() {
    for (code, text) in [
        ("missing-key", r#"{"created": 1790000000, "usage": §{"input_tokens": 5}}"#),
        (
            "wrong-type",
            r#"{"created": §"today", "usage": {"input_tokens": 5, "output_tokens": 5}}"#,
        ),
        ("wrong-type", r#"{"usage": {"input_tokens": §"5", "output_tokens": 5}}"#),
        ("out-of-range", r#"{"usage": {"input_tokens": 5, "output_tokens": §-5}}"#),
        ("bad-value", r#"{"usage": {"input_tokens": 5, "output_tokens": 5, "total_tokens": §11}}"#),
        (
            "unknown-key",
            r#"{"usage": {"input_tokens": 5, "output_tokens": 5, §"total_token": 10}}"#,
        ),
        (
            "unknown-key",
            r#"{"data": [{"b64_json": "AA=="}, {§"b64_jsom": "AA=="}], "usage": {"input_tokens": 5, "output_tokens": 5}}"#,
        ),
        ("wrong-type", r#"{"data": [§5], "usage": {"input_tokens": 5, "output_tokens": 5}}"#),
        ("duplicate-key", r#"{"usage": {"input_tokens": 5, §"input_tokens": 5}}"#),
        (
            "bad-value",
            r#"{"object": "response", "output": [], "tools": §[{"type": "image_generation", "model": "gpt-image-2"}, {"type": "image_generation", "model": "gpt-image-1"}], "usage": {"input_tokens": 5, "output_tokens": 5}}"#,
        ),
        (
            "bad-value",
            r#"{"usageMetadata": {"promptTokenCount": 5, "candidatesTokenCount": 5, "totalTokenCount": §11}}"#,
        ),
        (
            "bad-value",
            r#"{"choices": [], "usage": {"prompt_tokens": 5, "completion_tokens": 5, "total_tokens": §11}}"#,
        ),
    ] {
        assert_at_the_marks("reply.json", text, &[code]);
    }
}

#[test]
fn what_wraps_a_reply_counts_for_its_place() {
    let usage = r#"{"input_tokens": 5, "output_tokens": 5, "total_tokens": §11}"#;
    let reply = format!(r#"{{"created": 1790000000, "usage": {usage}}}"#);
    let line = format!(
        r#"{{"custom_id": "a", "response": {{"status_code": 200, "body": {reply}}}, "error": null}}"#
    );
    assert_at_the_marks("output.jsonl", &format!("{line}\n{line}\n"), &["bad-value"; 2]);
    let event = format!(r#"{{"type": "image_generation.completed", "usage": {usage}}}"#);
    let stream = format!("event: image_generation.completed\ndata: {event}\n\ndata: [DONE]\n");
    assert_at_the_marks("stream.txt", &stream, &["bad-value"]);
}

/// A reply that is put together of several lines says on one of them what is wrong.
#[test]
fn of_a_reply_in_chunks_the_line_that_says_it_is_named() {
    let first = r#"{"responseId": "a", "candidates": [{"content": {"parts": []}}]}"#;
    let last = r#"{"responseId": "a", "candidates": [{"finishReason": "STOP"}], "usageMetadata": {"promptTokenCount": §-5}}"#;
    assert_at_the_marks("chunks.jsonl", &format!("{first}\n{last}\n"), &["out-of-range"]);
}

/// Of a line that holds whole images the part around the place is shown, and no letter of the images.
#[test]
fn of_a_long_line_the_part_around_the_place_is_shown() {
    let image = "A".repeat(100_000);
    let text = format!(
        r#"{{"data": [{{"b64_json": "{image}"}}], "usage": {{"input_tokens": 5, "output_tokens": §-5}}}}"#
    );
    assert_at_the_marks("reply.json", &text, &["out-of-range"]);
    let (_, shown) = said("reply.json", &marked(&text).0);
    assert!(!shown.contains("AAAA"), "{shown}");
    assert!(
        shown.contains(r#"1 | "}], "usage": {"input_tokens": 5, "output_tokens": -5}}"#),
        "{shown}"
    );
}

#[test]
fn the_one_body_of_compare_and_of_a_budget_has_its_places_as_well() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("a file");
        path.display().to_string()
    };
    let body = write("body.json", "{\"prompt\": \"a\",\n \"size\": 7}");
    let found = run(&["compare", "--as-of", TODAY, "--request", &body]);
    assert!(found.stderr.contains("body.json:2:10"), "{}", found.stderr);
    let budget = write(
        "budget.yaml",
        "start: 2026-12\nmonths: 1\nworkloads:\n  - name: a\n    accepted_images: 10\n    request: {file: body.json}\n",
    );
    let found = run(&["budget", "forecast", &budget, "--as-of", TODAY]);
    assert!(found.stderr.contains("line 2, column 10"), "{}", found.stderr);
}

/// What a reply says on several lines, or in several chunks, has its place where it is said.
#[test]
fn of_what_is_put_together_each_problem_stands_where_it_is_written() {
    for (code, text) in [
        (
            "wrong-type",
            "data: {\"type\": \"image_generation.completed\",\ndata: \"ü\": 1, \"usage\": §7}\n",
        ),
        (
            "wrong-type",
            "data: {\"object\": \"chat.completion.chunk\", \"id\": \"c\", \"choices\": [{\"index\": 0, \"delta\": {}}]}\n\n\
             data: {\"object\": \"chat.completion.chunk\", \"id\": \"c\", \"choices\": [{\"index\": 0, \"delta\": {}, \"finish_reason\": \"stop\"}], \"usage\": §true}\n",
        ),
        (
            "wrong-type",
            "[{\"object\": \"chat.completion.chunk\", \"id\": \"c\", \"choices\": [], \"usage\": §true},\n \
             {\"object\": \"chat.completion.chunk\", \"id\": \"c\", \"choices\": [{\"index\": 0, \"delta\": {}, \"finish_reason\": \"stop\"}]}]",
        ),
    ] {
        assert_at_the_marks("stream.txt", text, &[code]);
    }
}

/// In a saved HTTP message of two chunks the second object stands after the sizes of both.
#[test]
fn of_a_message_in_chunks_each_problem_stands_on_its_line() {
    let (one, two) = (r#"{"prompt": "a"}"#, r#"{"prompt": "a", "size": 7}"#);
    let chunk = |text: &str| format!("{:x}\r\n{text}\n\r\n", text.len() + 1);
    let head = "POST /v1/images/generations HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n";
    let (rows, _) = said("saved.http", &format!("{head}{}{}0\r\n\r\n", chunk(one), chunk(two)));
    // Three lines of headers, a size, the first object, the end of its chunk, a size: line 8.
    let places = rows.iter().map(|row| (row["line"].as_u64(), row["column"].as_u64()));
    let places: Vec<_> = places.collect();
    // The first names no model, and is rejected on line 5.
    assert_eq!(places, [(Some(5), Some(1)), (Some(8), Some(25))], "{rows:#?}");
    let (rows, _) = said("saved.http", &format!("{head}{}", chunk(one)));
    let message = rows[0]["message"].as_str().unwrap_or_default();
    assert!(message.contains("one of them is missing or cut off"), "{message}");
}

/// What is wrong with one line is told at once: with the line itself, and with its body.
#[test]
fn of_a_line_of_a_batch_every_problem_is_told() {
    let first = r#"{"custom_id": §7, "method": §"GET", "url": §"/v1/chat/completions", "body": {"model": "gpt-image-2", "prompt": "a", "size": §7, "stream": §true}}"#;
    let second = r#"{"custom_id": "b", "method": "POST", "url": §"/v1/responses", "body": {"model": "gpt-image-2", "prompt": §5}}"#;
    let codes = [
        "bad-value",
        "bad-value",
        "unknown-word",
        "unknown-word",
        "wrong-type",
        "wrong-type",
        "wrong-type",
    ];
    assert_at_the_marks("batch.jsonl", &format!("{first}\n{second}\n"), &codes);
}
