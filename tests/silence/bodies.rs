//! Request bodies and Batch lines: an absence has the API's own meaning, a key that is not read makes the
//! figure not exact, and a value of a wrong type is never passed over.

use serde_json::{Value, json};

use crate::common::TODAY;
use crate::common::cli::{Run, estimate, estimate_stdin, finished, imgcost, run};

fn asked(body: &Value, more: &[&str]) -> Run {
    estimate_stdin(&[&["--request", "-", "--format", "json"], more].concat(), &body.to_string())
}

fn priced(body: &Value, more: &[&str]) -> Value {
    let run = asked(body, more);
    assert_eq!(run.code, 0, "{body}: {}", run.stderr);
    run.json()
}

/// "A cat" is 2 tokens, and the service adds 6.
fn cat() -> Value {
    json!({"model": "gpt-image-2", "prompt": "A cat"})
}

fn with(body: &Value, key: &str, value: Value) -> Value {
    let mut body = body.clone();
    body[key] = value;
    body
}

fn line(body: &Value) -> Value {
    json!({"custom_id": "a", "method": "POST", "url": "/v1/images/generations", "body": body})
}

#[test]
fn a_size_and_quality_that_a_body_leaves_out_are_auto_with_the_range_and_what_settles_it() {
    // Output tokens of gpt-image-2: from 54 (low, the smallest size) to 23,719 (high, the largest), at $30
    // per 1M; and 8 tokens of text at $5.
    let total = |tokens: &str| format!("0.{tokens}");
    for body in [cat(), with(&cat(), "size", Value::Null), with(&cat(), "quality", json!("auto"))] {
        let json = priced(&body, &[]);
        assert_eq!(json["certainty"], "range", "{body}");
        assert_eq!(json["cost_low_usd"], total("00166"), "54 × 30 + 8 × 5");
        assert_eq!(json["cost_high_usd"], total("71161"), "23,719 × 30 + 8 × 5");
        assert_eq!(json["cost_expected_usd"], Value::Null, "no midpoint");
        // At 1024x1024: 196, 1,756 and 7,024 tokens.
        let settled: Vec<_> = json["settled"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|one| {
                assert_eq!(one["size"], "1024x1024");
                (one["quality"].as_str().expect("a label"), one["cost_expected_usd"].clone())
            })
            .collect();
        let expected = [("low", "0.00592"), ("medium", "0.05272"), ("high", "0.21076")];
        assert_eq!(settled, expected.map(|(label, total)| (label, json!(total))));
    }
}

#[test]
fn flags_settle_what_a_body_leaves_out() {
    let json = priced(&cat(), &["--size", "1024x1024", "--quality", "high"]);
    assert_eq!(json["cost_expected_usd"], "0.21076");
    assert_eq!(json["settled"], json!([]));
    let half = priced(&with(&cat(), "quality", json!("high")), &[]);
    assert_eq!(half["settled"].as_array().map(Vec::len), Some(1), "high alone, at 1024x1024");
    let table = estimate_stdin(&["--request", "-"], &cat().to_string()).stdout;
    assert!(table.contains("Settled by size and quality:\n- 1024x1024 low: $0.00592"), "{table}");
    assert!(table.contains("quality auto, which the API takes where a body names none"), "{table}");
}

#[test]
fn lines_of_a_batch_file_and_bodies_of_a_budget_leave_out_as_any_body_does() {
    // Half of the prices of a body alone: (196 × 30 + 8 × 5) ÷ 2 for low.
    let json = priced(&line(&cat()), &[]);
    assert_eq!(json["total"]["certainty"], "range");
    let expected = [("low", "0.00296"), ("medium", "0.02636"), ("high", "0.10538")];
    let settled = json["settled"].as_array().expect("a list").iter();
    let settled: Vec<_> = settled
        .map(|one| (one["quality"].as_str().expect("a label"), one["cost_expected_usd"].clone()))
        .collect();
    assert_eq!(settled, expected.map(|(label, total)| (label, json!(total))));
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("budget.yaml");
    let write = |more: &str| {
        let text = format!(
            "months: 1\nworkloads:\n  - name: cats\n    accepted_images: 1\n    request: {{file: body.json{more}}}\n"
        );
        std::fs::write(&path, text).expect("a file");
        let budget = path.to_str().expect("UTF-8");
        run(&["budget", "forecast", budget, "--as-of", TODAY, "--format", "csv"]).stdout
    };
    std::fs::write(folder.path().join("body.json"), cat().to_string()).expect("a file");
    assert!(write("").contains("range") && write("").contains("0.71161"), "{}", write(""));
    let settled = write(", size: 1024x1024, quality: low");
    assert!(settled.contains("0.00592"), "the same body, settled by the budget: {settled}");
}

#[test]
fn flags_alone_keep_the_announced_defaults() {
    let run = estimate(&["--prompt", "A cat", "--format", "json"]);
    assert_eq!(run.json()["cost_expected_usd"], "0.05272", "1024x1024, medium");
}

#[test]
fn a_single_route_that_states_its_own_default_takes_it_and_says_so() {
    let fal = ["--route", "fal/gpt-image-2"];
    let json = priced(&cat(), &fal);
    let by_flags =
        priced(&cat(), &[&fal[..], &["--size", "1024x768", "--quality", "high"]].concat());
    assert_eq!(json["cost_expected_usd"], by_flags["cost_expected_usd"]);
    assert!(json["assumptions"].to_string().contains("quality high, which fal.ai makes"), "{json}");
    let low = priced(&with(&cat(), "quality", json!("low")), &fal);
    assert_eq!(low["request"]["quality"], "low", "what the body says goes before");
    let flags = estimate(&["--prompt", "A cat", "--route", "fal/gpt-image-2"]).stdout;
    assert!(flags.contains("fal.ai itself makes size 1024x768 and quality high"), "{flags}");
}

#[test]
fn compare_sends_one_size_and_quality_to_every_route_and_says_which() {
    let mut command = imgcost();
    command.args(["compare", "--as-of", TODAY, "--request", "-", "--owners", "openai,fal"]);
    let run = finished(command.write_stdin(cat().to_string()));
    assert_eq!(run.code, 0, "{}", run.stderr);
    for said in ["size 1024x1024, since none was given", "quality medium, since none was given"] {
        assert!(run.stdout.contains(said), "{}", run.stdout);
    }
    // 8 × 5 + 1,756 × 30 on both: fal.ai's own default would be four times that.
    assert!(run.stdout.matches("$0.0527").count() >= 2, "{}", run.stdout);
    assert!(!run.stdout.contains("$0.2107"), "{}", run.stdout);
}

/// The cost of one request, or of a file of them.
fn whole(json: &Value) -> &Value {
    json.get("total").unwrap_or(json)
}

#[test]
fn a_key_that_is_not_read_makes_the_total_at_least_and_a_limit_fail() {
    let body = with(&with(&cat(), "size", json!("1024x1024")), "quality", json!("high"));
    let exact = priced(&body, &["--max-cost", "0.22"]);
    assert_eq!(exact["certainty"], "exact");
    let unknown = with(&body, "seed", json!(7));
    for (asked_for, read) in [(unknown.clone(), "0.21076"), (line(&unknown), "0.10538")] {
        let run = asked(&asked_for, &["--max-cost", "5"]);
        assert_eq!(run.code, 1, "{}", run.stderr);
        assert_eq!(whole(&run.json())["certainty"], "unknown");
        let named = "`seed` (7) is not read here; ignoring the key seed leaves it out";
        assert!(run.stdout.contains(named), "{}", run.stdout);
        // What is read is the least: 7,024 × 30 + 8 × 5 for a body, half of it in a Batch file.
        assert_eq!(whole(&run.json())["cost_low_usd"], read);
        let ignored = asked(&asked_for, &["--max-cost", "5", "--ignore-key", "seed"]);
        assert_eq!(ignored.code, 0, "{}", ignored.stderr);
        assert!(ignored.stdout.contains("left out, as asked: "), "{}", ignored.stdout);
    }
    let unused = asked(&body, &["--ignore-key", "seed"]);
    assert_eq!(in_vain(&unused), ["--ignore-key seed"], "{}", unused.stdout);
    assert_eq!(estimate(&["--quality", "low", "--ignore-key", "seed"]).code, 2);
    let nested =
        with(&body, "image", json!({"image_url": "https://example.com/fox.png", "crop": 1}));
    let run = asked(&nested, &["--input-image", "1024x1024"]);
    assert!(run.stdout.contains("`image.crop` (1) is not read here"), "{}", run.stdout);
}

/// The flags that a report for programs names as without effect.
fn in_vain(run: &Run) -> Vec<String> {
    assert_eq!(run.code, 0, "{}", run.stderr);
    let json = run.json();
    let flags = json["flags"]["without_effect"].as_array().cloned().unwrap_or_default();
    flags.iter().map(|it| it["flag"].as_str().expect("a flag").to_owned()).collect()
}

#[test]
fn one_flag_leaves_keys_out_of_bodies_batch_lines_and_replies_in_estimate_and_compare() {
    let body = with(&with(&cat(), "size", json!("1024x1024")), "quality", json!("high"));
    let unknown = with(&body, "seed", json!(7));
    let text = include_str!("../../fixtures/replies/images-sdk.json");
    let mut reply: Value = serde_json::from_str(text).expect("JSON");
    reply["usage"]["seed"] = json!(7);
    let cases = [
        ("estimate", "--request", &unknown),
        ("estimate", "--request", &line(&unknown)),
        ("estimate", "--usage", &reply),
        ("compare", "--request", &unknown),
        ("compare", "--usage", &reply),
    ];
    for (command, flag, given) in cases {
        let run = |more: &[&str]| {
            let mut run = imgcost();
            run.args([command, flag, "-", "--as-of", TODAY, "--format", "json"]).args(more);
            if flag == "--usage" {
                run.args(["--model", "gpt-image-2"]);
            }
            if command == "compare" {
                run.args(["--owners", "openai"]);
            }
            finished(run.write_stdin(given.to_string()))
        };
        let open = run(&[]);
        assert!(
            open.stdout.contains("seed` (7) is not read here"),
            "{command} {flag}: {}",
            open.stdout
        );
        let settled = run(&["--ignore-key", "seed", "--ignore-key", "sed"]);
        assert_eq!(in_vain(&settled), ["--ignore-key sed"], "{command} {flag}");
        let read = run(&["--ignore-key", "size"]);
        match flag {
            "--usage" => assert_eq!((read.code, read.stdout.as_str()), (2, ""), "{command}"),
            _ => assert_eq!(in_vain(&read), ["--ignore-key size"], "{command} {flag}"),
        }
        assert!(!settled.stdout.contains("is not read here"), "{}", settled.stdout);
        let said = settled.stdout.contains("left out, as asked: ");
        assert!(said, "{command} {flag}: {}", settled.stdout);
        let near = run(&["--ignore-key", "seeds"]).stdout;
        assert!(near.contains("did you mean `"), "{command} {flag}: {near}");
    }
    for command in ["estimate", "compare"] {
        assert_eq!(
            run(&[command, "--quality", "low", "--ignore-key", "seed"]).code,
            2,
            "{command}"
        );
    }
}

#[test]
fn what_bills_nothing_by_the_dated_list_is_named_and_leaves_the_total_exact() {
    let catalog = imgcost::catalog::Catalog::shipped();
    let known = catalog.free_keys().expect("a list");
    let keys: Vec<&str> = known.requests.keys().collect();
    assert!(keys.contains(&"moderation") && keys.contains(&"mask"), "{keys:?}");
    let mut body = with(&with(&cat(), "size", json!("1024x1024")), "quality", json!("high"));
    for key in keys.iter().filter(|key| !["background", "mask"].contains(key)) {
        body[key] = json!("low");
    }
    for given in [body.clone(), line(&body)] {
        let run = asked(&given, &["--ignore-key", "user"]);
        assert_eq!(whole(&run.json())["certainty"], "exact", "{}", run.stdout);
        assert!(run.stdout.contains("without effect on the price: "), "{}", run.stdout);
        assert_eq!(in_vain(&run), ["--ignore-key user"], "it bills nothing anyway");
    }
    // A mask is that of an edit, whose total it leaves as it is.
    let pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";
    let edit = with(&body, "image", json!(format!("data:image/png;base64,{pixel}")));
    let masked = priced(&with(&edit, "mask", json!("mask.png")), &[]);
    assert_eq!(masked["lines"], priced(&edit, &[])["lines"]);
    assert!(masked.to_string().contains("mask"), "it is named: {masked}");
}

#[test]
fn a_key_that_is_spelled_like_a_known_one_is_an_error() {
    for (key, near) in [("sise", "size"), ("qualty", "quality"), ("promt", "prompt")] {
        let run = asked(&with(&cat(), key, json!("1024x1024")), &[]);
        assert_eq!(run.code, 3, "{key}: {}", run.stdout);
        assert!(run.stderr.contains(&format!("did you mean `{near}`?")), "{}", run.stderr);
    }
    let line = with(&line(&cat()), "custom_idd", json!("b"));
    assert!(asked(&line, &[]).stderr.contains("did you mean `custom_id`?"));
}

#[test]
fn what_is_no_request_says_how_to_give_it() {
    let reply = std::fs::read_to_string("fixtures/examples/reply.json").expect("a fixture");
    let run = estimate_stdin(&["--request", "-"], &reply);
    assert_eq!(run.code, 3);
    assert!(run.stderr.contains("give it as a reply"), "{}", run.stderr);
    for nothing in [json!({}), json!({"name": "posters", "token": "x"})] {
        let run = asked(&nothing, &[]);
        assert_eq!(run.code, 3, "{nothing}");
        assert!(run.stderr.contains("has no key that is a parameter"), "{}", run.stderr);
    }
}

#[test]
fn a_body_without_a_model_or_a_prompt_is_not_completed_by_guess() {
    let no_model = json!({"prompt": "A cat", "size": "1024x1024", "quality": "low"});
    let run = asked(&no_model, &[]);
    assert_eq!(run.code, 2);
    assert!(
        run.stderr.contains("names no image model") && run.stderr.contains("--model"),
        "{}",
        run.stderr
    );
    priced(&no_model, &["--model", "gpt-image-2"]);
    priced(&no_model, &["--route", "openai/gpt-image-2"]);
    let no_prompt = json!({"model": "gpt-image-2", "size": "1024x1024", "quality": "low"});
    let run = asked(&no_prompt, &["--max-cost", "5"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(run.stdout.contains("without the prompt"), "{}", run.stdout);
    assert_eq!(priced(&no_prompt, &["--prompt-tokens", "2"])["cost_expected_usd"], "0.00592");
}

#[test]
fn a_transparent_jpeg_is_no_request() {
    // xorbitsai/xagent PR 2460: the API takes transparency with png and webp only.
    let transparent = with(&cat(), "background", json!("transparent"));
    let run = asked(&with(&transparent, "output_format", json!("jpeg")), &[]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("JPEG has no transparency; png and webp have"), "{}", run.stderr);
    assert_eq!(asked(&with(&transparent, "output_format", json!("webp")), &[]).code, 0);
}

/// Puts every wrong type at every path of a value, and tells the path.
fn wrong_at_every_path(whole: &Value) -> Vec<(String, Value)> {
    let wrong = [
        Value::Null,
        json!(true),
        json!(3),
        json!(-3),
        json!(1.5),
        json!("words"),
        json!([1]),
        json!({"a": 1}),
    ];
    let mut pointers = Vec::new();
    collect(whole, String::new(), &mut pointers);
    let mut found = Vec::new();
    for pointer in pointers {
        for value in &wrong {
            let mut changed = whole.clone();
            let place = changed.pointer_mut(&pointer).expect("a path");
            // Other words are no other type.
            if place != value && !(place.is_string() && value.is_string()) {
                *place = value.clone();
                found.push((format!("{pointer} = {value}"), changed));
            }
        }
    }
    found
}

fn collect(value: &Value, path: String, found: &mut Vec<String>) {
    let children: Vec<(String, &Value)> = match value {
        Value::Object(entries) => entries.iter().map(|(key, value)| (key.clone(), value)).collect(),
        Value::Array(items) => {
            items.iter().enumerate().map(|(i, it)| (i.to_string(), it)).collect()
        }
        _ => Vec::new(),
    };
    for (key, child) in children {
        let path = format!("{path}/{key}");
        found.push(path.clone());
        collect(child, path, found);
    }
}

#[test]
fn a_wrong_type_at_any_path_is_a_problem_a_note_or_a_failed_limit() {
    let full = json!({
        "model": "gpt-image-2", "prompt": "A cat", "size": "1024x1024", "quality": "high", "n": 2,
        "partial_images": 1, "output_format": "png", "background": "opaque", "moderation": "low",
        "user": "u-1", "stream": true, "output_compression": 80,
    });
    let edit = json!({
        "model": "gpt-image-1", "prompt": "A cat", "size": "1024x1024", "quality": "low",
        "input_fidelity": "high", "mask": "mask.png",
        "images": [{"image_url": "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAQAAAAEAAQAAAAB0CZXLAAAAH0lEQVR42u3BAQ0AAADCoPdPbQ43oAAAAAAAAAAAvg0hAAABYOSdlwAAAABJRU5ErkJggg=="}],
    });
    let day = ["--as-of", "2026-05-01"];
    // A Batch answers with no stream.
    let mut sent = full.clone();
    for key in ["stream", "partial_images"] {
        sent.as_object_mut().expect("a body").remove(key);
    }
    let mut bodies: Vec<(Value, &[&str])> =
        vec![(full.clone(), &[]), (edit, &day), (line(&sent), &[])];
    let images = ["--allow-files", "fixtures/images"];
    bodies.extend(fixtures().into_iter().map(|body| (body, &images[..])));
    for (body, more) in &bodies {
        let more = [more, &["--max-cost", "5"][..]].concat();
        let right = run_on(body, &more);
        assert!(right.code <= 1, "{}", right.stderr);
        let right = right.json();
        for (what, changed) in wrong_at_every_path(body) {
            let run = run_on(&changed, &more);
            if run.code != 0 {
                assert!(run.stderr.contains("error") || run.stderr.contains("limit"), "{what}");
                continue;
            }
            let json = run.json();
            let cost = |json: &Value| {
                let ends = ["low", "expected", "high"];
                ends.map(|end| whole(json)[format!("cost_{end}_usd")].clone())
            };
            let said = cost(&json) != cost(&right)
                || json["rows"] != right["rows"]
                || json["notes"] != right["notes"]
                || json.to_string().contains("without effect on the price");
            assert!(said, "{what} is passed over in silence");
        }
    }
}

/// The bodies and Batch lines under fixtures/, as they are read from standard input.
fn fixtures() -> Vec<Value> {
    let read = |file: &str| {
        let text = std::fs::read_to_string(format!("fixtures/requests/{file}")).expect("a fixture");
        text.replace("../images/", "fixtures/images/")
    };
    let bodies =
        ["generation.json", "edit.json", "edit-by-address.json", "unknown-parameters.json"];
    let bodies = bodies.map(|file| serde_json::from_str(&read(file)).expect("JSON"));
    let lines = read("batch.jsonl");
    let lines = lines.lines().map(|line| serde_json::from_str(line).expect("JSON"));
    lines.chain(bodies).collect()
}

fn run_on(body: &Value, more: &[&str]) -> Run {
    let mut command = imgcost();
    command.args(["estimate", "--request", "-", "--format", "json"]).args(more);
    if !more.contains(&"--as-of") {
        command.args(["--as-of", TODAY]);
    }
    finished(command.write_stdin(body.to_string()))
}

#[test]
fn a_current_parameter_that_is_not_read_is_named_and_is_no_mistake_in_spelling() {
    let catalog = imgcost::catalog::Catalog::shipped();
    let known = catalog.free_keys().expect("the lists");
    let keys: Vec<&str> = known.not_read.keys().collect();
    assert!(keys.contains(&"frame_count") && keys.contains(&"prompt_rewriter"), "{keys:?}");
    for key in keys {
        let body = with(&with(&cat(), "quality", json!("low")), key, json!("2"));
        let run = asked(&body, &["--max-cost", "100"]);
        assert_eq!(run.code, 1, "{key}: {}", run.stderr);
        assert!(run.stdout.contains(key), "{key}: {}", run.stdout);
    }
}

#[test]
fn a_body_of_another_api_or_an_edit_without_its_image_is_refused_with_the_reason() {
    let model = json!({"model": "gpt-image-2"});
    for (body, why) in [
        (with(&model, "messages", json!([])), "Chat Completions API"),
        (with(&model, "input", json!("A cat")), "Responses API"),
        (with(&model, "tools", json!([{"type": "image_generation"}])), "Responses API"),
        (with(&cat(), "tools", json!([{"type": "image_generation"}])), "Responses API (`tools`)"),
        (with(&cat(), "input", json!("A cat")), "Responses API (`input`)"),
        (json!({"output": [], "tools": [], "prompt": null}), "this is a reply"),
        (with(&cat(), "image", json!([])), "`image` is empty"),
        (with(&cat(), "images", json!([])), "`images` is empty"),
        (with(&cat(), "mask", json!("2")), "has no `image`"),
    ] {
        let run = asked(&body, &[]);
        assert_ne!(run.code, 0, "{body}");
        assert!(run.stderr.contains(why), "{body}: {}", run.stderr);
        assert!(!run.stderr.contains("did you mean"), "{body}: {}", run.stderr);
        let of_another = why.contains("API") || why.contains("reply");
        assert!(!of_another || !run.stderr.contains("Images API reference"), "{}", run.stderr);
        let how = ["give its reply", "give it as a reply"];
        let says_how = how.iter().any(|how| run.stderr.contains(how));
        assert!(!of_another || says_how, "what takes it: {}", run.stderr);
    }
}

#[test]
fn a_batch_line_for_generations_that_holds_an_image_is_rejected() {
    let body = with(&cat(), "image", json!({"file_id": "file-1"}));
    let run = asked(&line(&body), &[]);
    assert_ne!(run.code, 0, "{}", run.stdout);
    let said = format!("{}{}", run.stdout, run.stderr);
    assert!(said.contains("send it to /v1/images/edits"), "{said}");
}

#[test]
fn a_body_without_a_prompt_is_not_exact_in_a_comparison_either() {
    let body = json!({"model": "gpt-image-2", "n": 2, "size": "1536x1024", "quality": "high"});
    let path = std::env::temp_dir().join(format!("imgcost-no-prompt-{}.json", std::process::id()));
    std::fs::write(&path, body.to_string()).expect("a file");
    let file = path.to_str().expect("a path");
    // 2 images cost $0.32928 before the prompt, which $0.33 would let pass.
    let gate = ["--routes", "openai/gpt-image-2", "--max-cost", "0.33"];
    let compare = |more: &[&str]| run(&[&["compare", "--request", file], &gate[..], more].concat());
    let (open, given) = (compare(&[]), compare(&["--prompt-tokens", "2"]));
    std::fs::remove_file(&path).expect("the file");
    assert_eq!(open.code, 1, "{}{}", open.stdout, open.stderr);
    assert_eq!(given.code, 0, "{}{}", given.stdout, given.stderr);
}
