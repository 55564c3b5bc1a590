//! Bodies as they are sent: images that lie elsewhere, parameters that are legal, and what a Batch refuses.

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
    let mut edit = body.clone();
    edit["image"] = json!("1024x1024");
    let mixed = [line("/v1/images/generations", body), line("/v1/images/edits", edit)].join("\n");
    let run = estimate_stdin(&["-"], &mixed);
    assert_eq!(run.code, 0, "each line is priced: {}", run.stderr);
    assert!(run.stderr.contains("takes one endpoint"), "{}", run.stderr);
}
