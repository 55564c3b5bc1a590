//! Parameters of today: what each does to the bill, or that it is not known, by name.

use serde_json::{Value, json};

use crate::common::cli::estimate_stdin;

fn said(key: &str, value: Value) -> String {
    let mut body = json!({"model": "gpt-image-2.6-sunburst", "prompt": "A cat", "size": "1024x1024", "quality": "low"});
    body[key] = value;
    let run = estimate_stdin(&["-", "--notes"], &body.to_string());
    assert_eq!(run.code, 0, "{}", run.stderr);
    run.stdout.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn what_is_not_known_to_be_free_is_named_with_what_it_does() {
    for (key, value, what) in [
        ("frame_count", json!(4), "laid out on one sheet"),
        (
            "markup",
            json!("data:image/png;base64,AA=="),
            "billed as one more input image is not stated",
        ),
        ("prompt_rewriter", json!(true), "written anew before the image is made"),
    ] {
        let said = said(key, value);
        assert!(said.contains(&format!("`{key}`")) && said.contains(what), "{said}");
    }
    let free = said("frame_duration_ms", json!(100));
    assert!(free.contains("without effect on the price: frame_duration_ms"), "{free}");
}

#[test]
fn the_author_of_an_svg_file_has_lines_of_its_own_table() {
    let mut body = json!({
        "model": "gpt-image-2.6-sunburst", "prompt": "A cat", "size": "1024x1024", "quality": "low",
        "output_format": "svg", "svg": {"model": "gpt-6-luna", "reasoning": {"effort": "low"}},
    });
    let run = estimate_stdin(&["-", "--format", "json"], &body.to_string());
    assert_eq!(run.code, 0, "{}", run.stderr);
    let json = run.json();
    assert_eq!(json["cost_high_usd"], Value::Null);
    let of_author = |line: &&Value| line["route"] == "official/openai/gpt-6-luna";
    let lines = json["lines"].as_array().expect("lines").iter().filter(of_author);
    // What it reads and what it writes: its rates hang on how much that is, which the reply alone tells.
    assert_eq!(lines.count(), 2, "{json}");
    assert!(run.stdout.contains("svg_author_open"), "{}", run.stdout);
    body["svg"] = Value::Null;
    let unnamed = estimate_stdin(&["-", "--format", "json"], &body.to_string());
    assert!(unnamed.stdout.contains("svg_author_not_named"), "{}", unnamed.stdout);
}
