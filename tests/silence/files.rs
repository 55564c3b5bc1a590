//! Files that a file names: in or below its folder, or where the user allows; and nothing of their text is
//! shown. A budget of someone else's runs in CI, where other files hold secrets.

use std::path::Path;

use crate::common::TODAY;
use crate::common::cli::{Run, finished, imgcost, run};

const SECRET: &str = "sk-live-0f9e8d7c";

/// A folder `plans`, and beside it `ci` with a secret, an image and a body.
fn folders() -> tempfile::TempDir {
    let root = tempfile::tempdir().expect("a folder");
    let write = |path: &str, bytes: &[u8]| {
        let path = root.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
        std::fs::write(path, bytes).expect("a file");
    };
    let image = std::fs::read("fixtures/images/1024x1024.png").expect("a fixture");
    let body = format!(
        r#"{{"model": "gpt-image-2", "prompt": "{SECRET}", "size": "1024x1024", "quality": "low"}}"#
    );
    write("ci/token", SECRET.as_bytes());
    write("ci/photo.png", &image);
    write("ci/body.json", body.as_bytes());
    write("plans/photo.png", &image);
    write("plans/below/body.json", body.as_bytes());
    write("plans/token", SECRET.as_bytes());
    root
}

/// The commands that take a file of each kind, with a place for what it names.
fn sources(root: &Path, named: &str) -> Vec<Vec<String>> {
    let write = |name: &str, text: String| {
        let path = root.join("plans").join(name);
        std::fs::write(&path, text).expect("a file");
        path.display().to_string()
    };
    let request = format!(
        r#"{{"model": "gpt-image-2", "prompt": "a fox", "size": "1024x1024", "quality": "low", "image": {named:?}}}"#
    );
    let line = format!(
        r#"{{"custom_id": "a", "method": "POST", "url": "/v1/images/edits", "body": {request}}}"#
    );
    let budget = |key: &str| {
        format!(
            "workloads:\n  - name: posters\n    accepted_images: 100\n    request: {{{key}, size: 1024x1024, quality: low}}\n"
        )
    };
    let body = write("request.json", request);
    let batch = write("batch.jsonl", line);
    let mut sources = vec![
        vec!["estimate".to_owned(), "--request".to_owned(), body.clone()],
        vec!["estimate".to_owned(), "--request".to_owned(), batch],
        vec!["compare".to_owned(), "--request".to_owned(), body],
    ];
    for (name, key) in
        [("file", format!("file: {named:?}")), ("image", format!("input_images: [{named:?}]"))]
    {
        let path = write(&format!("{name}.yaml"), budget(&key));
        for command in ["forecast", "check", "afford", "compare"] {
            let more: &[&str] = match command {
                "afford" => &["--limit", "100"],
                "compare" => &["--routes", "openai/gpt-image-2"],
                _ => &[],
            };
            let args = [&["budget", command, &path], more].concat();
            sources.push(args.into_iter().map(str::to_owned).collect());
        }
    }
    sources
}

fn run_of(args: &[String], more: &[&str]) -> Run {
    let args: Vec<&str> = args.iter().map(String::as_str).chain(more.iter().copied()).collect();
    run(&[&args[..], &["--as-of", TODAY]].concat())
}

/// Whether what a source names is a request body rather than an image.
fn names_a_body(args: &[String]) -> bool {
    args.iter().any(|arg| arg.ends_with("file.yaml"))
}

#[test]
fn what_lies_elsewhere_is_refused_in_every_command_and_none_of_it_is_shown() {
    let root = folders();
    let absolute = root.path().join("ci/token").display().to_string();
    for named in ["../ci/token", "../ci/body.json", "../ci/no-such-file", &absolute, "/etc/passwd"]
    {
        for args in sources(root.path(), named) {
            let run = run_of(&args, &[]);
            let all = format!("{}{}", run.stdout, run.stderr);
            assert_eq!(run.code, 3, "{args:?}: {all}");
            assert!(
                run.stderr.contains("lies outside")
                    && all.contains("or allow its own with --allow-files DIR"),
                "{all}"
            );
            assert!(!all.contains(SECRET) && !all.contains("root:"), "{all}");
        }
    }
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_folder_is_no_way_around_it() {
    let root = folders();
    std::os::unix::fs::symlink("../ci/photo.png", root.path().join("plans/linked.png"))
        .expect("a link");
    std::os::unix::fs::symlink("../ci", root.path().join("plans/linked")).expect("a link");
    for named in ["linked.png", "linked/photo.png"] {
        for args in sources(root.path(), named) {
            assert_eq!(run_of(&args, &[]).code, 3, "{named}: {args:?}");
        }
    }
}

#[test]
fn an_allowed_folder_is_read_and_one_without_use_is_named() {
    let root = folders();
    let ci = root.path().join("ci").display().to_string();
    for (named, of_body) in [("../ci/photo.png", false), ("../ci/body.json", true)] {
        for args in sources(root.path(), named).iter().filter(|args| names_a_body(args) == of_body)
        {
            let allowed = run_of(args, &["--allow-files", &ci]);
            assert_eq!(allowed.code, 0, "{args:?}: {}", allowed.stderr);
            assert!(!allowed.stderr.contains("without effect"), "{}", allowed.stderr);
        }
    }
    for args in sources(root.path(), "photo.png").iter().filter(|args| !names_a_body(args)) {
        let unused = run_of(args, &["--allow-files", &ci]);
        assert_eq!(unused.code, 0, "{args:?}: {}", unused.stderr);
        assert!(unused.stderr.contains("without effect: --allow-files"), "{}", unused.stderr);
    }
}

#[test]
fn the_flag_is_refused_where_no_file_names_files() {
    for args in [
        &["estimate", "--quality", "low"][..],
        &["estimate", "--usage", "fixtures/examples/reply.json", "--model", "gpt-image-2"],
        &["compare", "--quality", "low"],
        &["budget", "forecast", "--images", "10"],
        &["budget", "forecast", "fixtures/budgets/valid/volumes.csv"],
    ] {
        let run = run(&[args, &["--allow-files", "fixtures"]].concat());
        assert_eq!(run.code, 2, "{args:?}: {}", run.stderr);
        assert!(run.stderr.contains("--allow-files has no effect"), "{}", run.stderr);
    }
    let missing =
        ["estimate", "--request", "fixtures/requests/generation.json", "--allow-files", "no-such"];
    assert_eq!(run(&missing).code, 3, "a folder that is not there is no folder that is allowed");
}

#[test]
fn below_the_folder_a_file_that_is_no_body_is_told_without_a_word_of_it() {
    let root = folders();
    let other = root.path().join("plans/other.json");
    for text in [
        SECRET.to_owned(),
        format!(r#"{{"{SECRET}": 1}}"#),
        format!(r#"{{"model": "gpt-image-2", "size": ["{SECRET}"]}}"#),
        format!(r#"{{"{SECRET}": 1, "{SECRET}": 2}}"#),
        format!(r#"{{"model": "gpt-image-2", "prompt": "x", "image": "/{SECRET}"}}"#),
        format!(
            r#"{{"model": "gpt-image-2", "prompt": "x", "image": "data:image/png;base64,{SECRET}"}}"#
        ),
    ] {
        std::fs::write(&other, &text).expect("a file");
        for args in sources(root.path(), "other.json").iter().filter(|args| names_a_body(args)) {
            let run = run_of(args, &[]);
            assert_eq!(run.code, 3, "{text}: {}", run.stderr);
            assert!(!run.stderr.contains(SECRET), "{text}: {}", run.stderr);
            assert!(run.stderr.contains("file.yaml:4"), "the place that names it: {}", run.stderr);
        }
    }
}

#[test]
fn an_image_that_a_body_of_a_budget_names_and_that_is_not_there_is_open_and_not_named() {
    let root = folders();
    let body = format!(r#"{{"model": "gpt-image-2", "prompt": "x", "image": "{SECRET}"}}"#);
    std::fs::write(root.path().join("plans/other.json"), body).expect("a file");
    for args in sources(root.path(), "other.json").iter().filter(|args| names_a_body(args)) {
        let run = run_of(args, &[]);
        assert!(run.code <= 1, "{args:?}: {}", run.stderr);
        assert!(!format!("{}{}", run.stdout, run.stderr).contains(SECRET), "{args:?}");
    }
}

#[test]
fn the_body_of_a_budget_may_lie_below_it_and_names_its_images_from_its_own_folder() {
    let root = folders();
    let image = root.path().join("plans/below/photo.png");
    std::fs::copy(root.path().join("plans/photo.png"), image).expect("a copy");
    let body = |named: &str| {
        let text = format!(
            r#"{{"model": "gpt-image-2", "prompt": "a fox", "size": "1024x1024", "quality": "low", "image": "{named}"}}"#
        );
        std::fs::write(root.path().join("plans/below/edit.json"), text).expect("a file");
        let sources = sources(root.path(), "below/edit.json");
        let args = sources.iter().find(|args| names_a_body(args)).expect("a budget");
        run_of(args, &[])
    };
    assert_eq!(body("photo.png").code, 0);
    assert_eq!(
        body("../photo.png").code,
        3,
        "above the body's own folder, though below the budget's"
    );
}

#[test]
fn a_request_from_standard_input_names_files_from_the_working_folder() {
    let root = folders();
    let asked = |named: &str| {
        let body = format!(
            r#"{{"model": "gpt-image-2", "prompt": "a fox", "size": "1024x1024", "quality": "low", "image": "{named}"}}"#
        );
        let mut command = imgcost();
        command.current_dir(root.path().join("plans"));
        finished(command.args(["estimate", "--as-of", TODAY, "--request", "-"]).write_stdin(body))
    };
    assert_eq!(asked("photo.png").code, 0);
    let outside = asked("../ci/photo.png");
    assert_eq!(outside.code, 3);
    assert!(outside.stderr.contains("lies outside"), "{}", outside.stderr);
}
