//! Every example in the help of every command runs: an example that does not teaches a mistake.

use std::path::Path;

use crate::common::cli::{Run, finished, imgcost, run};
use crate::common::copied;

/// The files that the examples name, each made as its reader would make it.
fn prepared(folder: &Path) {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let made = [
        ("photo.png", "fixtures/images/1024x1024.png"),
        ("body.json", "fixtures/requests/generation.json"),
        ("batch.jsonl", "fixtures/examples/batch.jsonl"),
        ("reply.json", "fixtures/examples/reply.json"),
        ("pilot.csv", "fixtures/examples/pilot.csv"),
        ("litellm.json", "fixtures/price_maps/litellm.json"),
        ("requests.csv", "fixtures/usage/requests.csv"),
        ("completions.json", "fixtures/usage/openai-completions.json"),
        ("costs.json", "fixtures/bills/openai_costs.json"),
        ("october.csv", "fixtures/bills/azure_mca.csv"),
        ("november.csv", "fixtures/bills/azure_ea.csv"),
        ("cost-details.csv", "fixtures/bills/azure_mca.csv"),
        ("export.csv", "fixtures/bills/mapped.csv"),
        ("acme.yaml", "fixtures/bills/mapping.yaml"),
    ];
    for (name, from) in made {
        std::fs::copy(project.join(from), folder.join(name)).expect("a fixture");
    }
    std::fs::create_dir(folder.join("replies")).expect("a folder");
    let reply = folder.join("replies/new-prompt-only-1.json");
    std::fs::copy(project.join("fixtures/replies/images-sdk.json"), reply).expect("a fixture");
    std::fs::create_dir(folder.join("logs")).expect("a folder");
    let log = folder.join("logs/october.csv");
    std::fs::copy(project.join("fixtures/usage/requests.csv"), log).expect("a fixture");
    let volumes = "workload,2027-01,2027-02\nposters,1200,2400\n";
    std::fs::write(folder.join("volumes.csv"), volumes).expect("a file");
    let template = run(&["budget", "init"]).stdout;
    std::fs::write(folder.join("budget.yaml"), &template).expect("a file");
    std::fs::write(folder.join("main-budget.yaml"), &template).expect("a file");
    let forecast = run(&["budget", "forecast", "--images", "9", "--format", "json"]).stdout;
    std::fs::write(folder.join("forecast.json"), forecast).expect("a file");
    let log = std::fs::read_to_string(project.join(made[4].1)).expect("a fixture");
    let [old, new] = ["gpt-image-1.5", "gpt-image-2"];
    let on = |model: &str| format!("official/openai/{model},{model},");
    let moved = log.replace(&on(new), &on(old));
    std::fs::write(folder.join("move.csv"), moved).expect("a file");
    copied(&project.join("pricing"), &folder.join("pricing"));
    let offer = ["prices", "init", "ours", "--multiplier", "0.9", "--of", "openai/gpt-image-2"];
    for name in ["my-pricing", "old-pricing", "new-pricing"] {
        let made = finished(imgcost().current_dir(folder).args(offer).args(["--dir", name]));
        assert_eq!(made.code, 0, "{}", made.stderr);
    }
}

/// The words of a command line of an example, without the remark behind it and the file that it is sent to.
fn words(example: &str) -> Vec<String> {
    let (mut words, mut word, mut quoted) = (Vec::new(), String::new(), false);
    for c in example.chars().chain([' ']) {
        match c {
            '"' => quoted = !quoted,
            '#' | '>' if !quoted && word.is_empty() => break,
            ' ' if !quoted => words.extend((!word.is_empty()).then(|| std::mem::take(&mut word))),
            c => word.push(c),
        }
    }
    words
}

/// The examples of a help: the lines below `Examples:` that begin with the name of the program, each with the lines
/// on which it goes on, by its own mark or since it is too long for one.
fn examples(help: &str) -> Vec<String> {
    let mut examples: Vec<String> = Vec::new();
    let below = help.lines().skip_while(|line| *line != "Examples:").skip(1);
    for line in below.take_while(|line| !line.is_empty()) {
        match (line.trim().strip_prefix("imgcost "), examples.last_mut()) {
            (Some(example), _) => examples.push(example.into()),
            (None, Some(last)) => {
                *last = format!("{} {}", last.trim_end_matches('\\'), line.trim())
            }
            (None, None) => {}
        }
    }
    examples
}

/// The commands below one, by its own help.
fn subcommands(help: &str) -> Vec<String> {
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let names = listed
        .take_while(|line| !line.is_empty())
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    let names = names.filter_map(|line| line.split_whitespace().next());
    names.filter(|name| *name != "help").map(str::to_owned).collect()
}

/// The examples of a command and of all below it.
fn all_examples(command: &[String]) -> Vec<String> {
    let mut args: Vec<&str> = command.iter().map(String::as_str).collect();
    args.push("--help");
    let help = run(&args).stdout;
    let mut all = examples(&help);
    for name in subcommands(&help) {
        all.extend(all_examples(&[command, &[name]].concat()));
    }
    all
}

/// Runs an example in the folder, in which the file that it writes is not there yet.
fn run_example(example: &str, folder: &Path) -> Run {
    let words = words(example);
    let writes = |pair: &&[String]| ["--save", "--output", "--log"].contains(&&*pair[0]);
    let written = words.windows(2).find(writes).map(|pair| folder.join(&pair[1]));
    let before = written.as_ref().and_then(|path| std::fs::read(path).ok());
    if let (Some(path), Some(_)) = (&written, &before) {
        std::fs::remove_file(path).expect("a file of this test");
    }
    if example.contains("--corrected official/openai/gpt-image-2") {
        let table = folder.join("pricing/official/openai/gpt-image-2.yaml");
        let text = std::fs::read_to_string(&table).expect("a table");
        std::fs::write(table, text.replacen("\"30.00\"", "\"30.01\"", 1)).expect("a table");
    }
    let ended = finished(imgcost().current_dir(folder).args(words));
    if let (Some(path), Some(text)) = (&written, before) {
        std::fs::write(path, text).expect("a file of this test");
    }
    ended
}

#[test]
fn every_example_of_every_help_runs() {
    let folder = tempfile::tempdir().expect("a folder");
    prepared(folder.path());
    let examples = all_examples(&[]);
    assert!(examples.len() > 70, "{} examples", examples.len());
    let mut wrong = Vec::new();
    for example in &examples {
        let ended = run_example(example, folder.path());
        let meant = if example.contains("exit code 2") { 2..=2 } else { 0..=1 };
        if !meant.contains(&ended.code) {
            wrong.push(format!("imgcost {example}\n  ends with {}: {}", ended.code, ended.stderr));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_template_of_a_budget_passes_its_own_check_and_its_forecast_finds_nothing_in_the_way() {
    let template = run(&["budget", "init"]).stdout;
    let fed = |args: &[&str]| {
        finished(imgcost().args(args).args(["--as-of", "2026-11-21"]).write_stdin(&*template))
    };
    let check = fed(&["budget", "check", "-", "--format", "json"]);
    assert_eq!(check.code, 0, "{}", check.stderr);
    // What a contract leaves open is no matter of the template.
    let findings = check.json()["findings"].as_array().expect("a list").clone();
    let classes: Vec<&str> = findings.iter().filter_map(|it| it["class"].as_str()).collect();
    assert_eq!(classes, ["readiness"]);
    let forecast = fed(&["budget", "forecast", "-", "--format", "json"]);
    assert_eq!((forecast.code, forecast.json()["findings"].as_array().map(Vec::len)), (0, Some(0)));
}
