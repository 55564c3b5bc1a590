//! What an API refuses, by the day: values of parameters, files that are too large, Batch files as a whole.

use std::fs::File;
use std::io::Write;

use serde_json::{Value, json};

use crate::common::cli::{Run, estimate_stdin, finished, imgcost, run};

fn body(more: &[(&str, Value)]) -> Value {
    let mut body =
        json!({"model": "gpt-image-2", "prompt": "A cat", "size": "1024x1024", "quality": "low"});
    for (key, value) in more {
        body[*key] = value.clone();
    }
    body
}

fn on(day: &str, body: &Value) -> Run {
    finished(imgcost().args(["estimate", "-", "--as-of", day]).write_stdin(body.to_string()))
}

fn said(run: &Run) -> String {
    let all = format!("{} {}", run.stdout, run.stderr);
    all.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_transparent_background_is_taken_from_the_day_of_its_preview_on() {
    let transparent = body(&[("background", json!("transparent"))]);
    let before = on("2026-08-19", &transparent);
    assert_eq!(before.code, 2, "{}", before.stdout);
    assert!(
        said(&before).contains("background transparent before 2026-08-20"),
        "{}",
        said(&before)
    );
    let first = on("2026-08-20", &transparent);
    assert_eq!(first.code, 0, "{}", first.stderr);
    assert!(!said(&first).contains("shut down"), "{}", said(&first));
    // Two sources disagree on what became of it: it is priced, and what one of them says is noted.
    let later = on("2026-11-21", &transparent);
    assert_eq!(later.code, 0, "{}", later.stderr);
    assert!(said(&later).contains("said to be shut down since 2026-09-30"), "{}", said(&later));
    let next =
        body(&[("background", json!("transparent")), ("model", json!("gpt-image-2.5-flare"))]);
    let next = on("2026-11-21", &next);
    assert!(next.code == 0 && !said(&next).contains("shut down"), "{}", said(&next));
}

#[test]
fn a_transparent_jpeg_is_refused_in_every_kind_of_body() {
    let jpeg = [("background", json!("transparent")), ("output_format", json!("jpeg"))];
    let refused = on("2026-09-17", &body(&jpeg));
    assert_eq!(refused.code, 2, "{}", refused.stdout);
    assert!(said(&refused).contains("JPEG has no transparency"), "{}", said(&refused));
    let webp = [("background", json!("transparent")), ("output_format", json!("webp"))];
    assert_eq!(on("2026-09-17", &body(&webp)).code, 0);
    let tool = json!({"type": "image_generation", "model": "gpt-image-2", "background": "transparent", "output_format": "jpeg"});
    let responses = json!({"model": "gpt-6-luna", "input": "A cat", "tools": [tool]});
    assert_eq!(on("2026-11-21", &responses).code, 2);
}

/// A PNG image of 1024 x 1024 in a file of so many bytes.
fn image_of(folder: &std::path::Path, bytes: u64) -> String {
    let path = folder.join(format!("{bytes}.png"));
    let mut file = File::create(&path).expect("a file");
    let header = std::fs::read("fixtures/images/1024x1024.png").expect("an image");
    file.write_all(&header).expect("written");
    file.set_len(bytes).expect("a length");
    path.to_str().expect("a path").to_owned()
}

#[test]
fn an_image_file_above_50_mb_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let edit = |bytes| {
        let image = image_of(folder.path(), bytes);
        run(&["estimate", "--input-image", &image, "--quality", "low", "--prompt-tokens", "9"])
    };
    assert_eq!(edit(52_428_800).code, 0, "{}", edit(52_428_800).stderr);
    let refused = edit(52_428_801);
    assert_eq!(refused.code, 2, "{}", refused.stdout);
    assert!(said(&refused).contains("takes at most 52,428,800"), "{}", said(&refused));

    // The same of a body that is compared, and of one that a budget names.
    let write = |name: &str, text: String| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("a file");
        path.to_str().expect("a path").to_owned()
    };
    let image = body(&[("image", json!("52428801.png"))]);
    let image = write("body.json", image.to_string());
    let compared = run(&["compare", &image]);
    assert_eq!(compared.code, 2, "{}", compared.stdout);
    let budget =
        "months: 1\nworkloads:\n- name: a\n  request: {file: body.json}\n  accepted_images: 1\n";
    let planned = run(&["budget", "forecast", &write("budget.yaml", budget.to_owned())]);
    assert_eq!(planned.code, 3, "{}", planned.stdout);
    for refused in [compared, planned] {
        assert!(said(&refused).contains("takes at most 52,428,800"), "{}", said(&refused));
    }
}

fn line(id: &str, method: &str, url: &str, body: &Value) -> String {
    json!({"custom_id": id, "method": method, "url": url, "body": body}).to_string()
}

#[test]
fn a_batch_that_is_refused_as_a_whole_is_priced_as_if_that_was_put_right() {
    const MAKE: &str = "/v1/images/generations";
    let made = body(&[]);
    let edit = body(&[("image", json!("1024x1024"))]);
    for (lines, why) in [
        (
            [line("a", "POST", MAKE, &made), line("a", "POST", MAKE, &made)],
            "no two may have the same",
        ),
        (
            [line("a", "POST", MAKE, &made), line("b", "POST", "/v1/images/edits", &edit)],
            "takes one endpoint",
        ),
    ] {
        let run = estimate_stdin(&["-", "--format", "json"], &lines.join("\n"));
        assert_eq!(run.code, 3, "{}", run.stdout);
        assert!(said(&run).contains("refuses this file as a whole"), "{}", said(&run));
        assert!(said(&run).contains(why), "{}", said(&run));
    }
    let get = estimate_stdin(&["-"], &line("a", "GET", MAKE, &made));
    assert!(get.code == 3 && said(&get).contains("`method` must be POST"), "{}", said(&get));
}
