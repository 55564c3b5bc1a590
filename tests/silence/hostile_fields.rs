//! A hostile text in every field that takes text: the fields are those of the schemas, of the samples of requests and
//! replies, and of the headings of sheets, so that a field that comes later joins by itself.
//!
//! Each field has one of the fifty texts, in one format and one command, in turn. `IMGCOST_TEXTS=20` gives it twenty such
//! turns, and `IMGCOST_TEXTS=all` all texts in all formats and commands, which takes hours.

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::Value;

use super::hostile_texts::{FORMATS, HIDDEN, SEEN, json as one_object, on_a_terminal, quoted};
use super::schema_fields::{HOLE, in_sample, in_schema};
use super::workbook_text::finished;
use crate::common::TODAY;
use crate::common::cli::{imgcost, run};

/// A kind of input: the file that it stands in, the commands that read it, and a text for each of its fields.
struct Input {
    kind: &'static str,
    file: &'static str,
    commands: &'static [&'static [&'static str]],
    /// What each field is called, and the file with [`HOLE`] in it.
    fields: Vec<(String, String)>,
}

/// What commands call the folder of their files.
const FOLDER: &str = "{folder}";

const BUDGETS: &[&[&str]] = &[
    &["budget", "forecast", "{folder}/b.yaml", "--all"],
    &["budget", "check", "{folder}/b.yaml"],
    &["budget", "compare", "{folder}/b.yaml"],
    &["budget", "simulate", "{folder}/b.yaml", "--runs", "20"],
    &["budget", "afford", "{folder}/b.yaml", "--limit", "3000"],
];
const VOLUMES: &[&[&str]] = &[
    &["budget", "forecast", "{folder}/v.csv", "--all"],
    &["budget", "check", "{folder}/v.csv"],
    &["budget", "afford", "{folder}/v.csv", "--limit", "3000"],
];
const TABLES: &[&[&str]] = &[
    &["prices", "check", "{folder}"],
    &["routes", "list", "--pricing", "{folder}", "--all"],
    &["routes", "show", "acme/paint", "--pricing", "{folder}"],
    &["models", "--pricing", "{folder}"],
    &["compare", "--prompt-tokens", "9", "--pricing", "{folder}", "--all"],
];
const SETTINGS: &[&[&str]] = &[&["estimate", "--prompt-tokens", "9"], &["models"], &["pilot"]];
const BODIES: &[&[&str]] = &[
    &["estimate", "{folder}/r.json", "--all"],
    &["estimate", "{folder}/r.json", "--model", "gpt-image-2"],
    &["compare", "{folder}/r.json"],
];
const MAPPINGS: &[&[&str]] =
    &[&["bill", "reconcile", "fixtures/bills/mapped.csv", "--mapping", "{folder}/m.yaml", "--all"]];
const LOGS: &[&[&str]] = &[&["pilot", "read", "{folder}/l.csv", "--all"]];

/// The kinds of files that have a schema: what `imgcost schema` calls them, where they stand, and what reads them.
type OfSchema = (&'static str, &'static str, &'static [&'static [&'static str]]);

const OF_SCHEMAS: [OfSchema; 9] = [
    ("model", "models/paint.yaml", TABLES),
    ("owner", "provider/acme/owner.yaml", TABLES),
    ("route", "provider/acme/paint.yaml", TABLES),
    ("guidance", "guidance.yaml", TABLES),
    ("free_keys", "free_keys.yaml", TABLES),
    ("amendment", "amendments/official/openai/gpt-image-2.yaml", TABLES),
    ("budget", "b.yaml", BUDGETS),
    ("bill-mapping", "m.yaml", MAPPINGS),
    ("config", "imgcost.yaml", SETTINGS),
];

/// Samples of requests and replies.
const SAMPLES: [&str; 7] = [
    "fixtures/requests/generation.json",
    "fixtures/requests/edit.json",
    "fixtures/replies/images-sdk.json",
    "fixtures/replies/responses.json",
    "fixtures/replies/error.json",
    "fixtures/replies/text-output.json",
    "fixtures/examples/reply.json",
];

fn inputs() -> Vec<Input> {
    let of_schema = |(kind, file, commands): OfSchema| {
        let schema: Value = serde_json::from_str(&run(&["schema", kind]).stdout).expect("a schema");
        let fields = in_schema(&schema).into_iter().map(|(name, it)| (name, it.to_string()));
        Input { kind, file, commands, fields: fields.collect() }
    };
    let of_sample = |path: &&'static str| {
        let sample = fs::read_to_string(path).expect("a sample");
        let sample: Value = serde_json::from_str(&sample).expect("JSON");
        let fields = in_sample(&sample).into_iter().map(|(name, it)| (name, it.to_string()));
        Input { kind: path, file: "r.json", commands: BODIES, fields: fields.collect() }
    };
    let batch = fs::read_to_string("fixtures/examples/batch.jsonl").expect("a Batch file");
    let line: Value =
        batch.lines().next().map(serde_json::from_str).expect("a line").expect("JSON");
    let of_line = in_sample(&line).into_iter().map(|(name, it)| (name, format!("{it}\n{line}\n")));
    let of_line = of_line.collect();
    let lines = Input { kind: "a Batch file", file: "r.json", commands: BODIES, fields: of_line };
    let mut all: Vec<Input> = OF_SCHEMAS.into_iter().map(of_schema).collect();
    all.extend(SAMPLES.iter().map(of_sample));
    all.push(lines);
    all.push(sheet("a log", "l.csv", LOGS, "fixtures/examples/pilot.csv"));
    all.push(sheet("volumes", "v.csv", VOLUMES, "fixtures/budgets/valid/volumes.csv"));
    all
}

/// The columns of a sheet: in each the text stands in the first row, and once in the place of its name.
fn sheet(
    kind: &'static str,
    file: &'static str,
    commands: &'static [&'static [&'static str]],
    sample: &str,
) -> Input {
    let text = fs::read_to_string(sample).expect("a sample");
    let rows: Vec<csv::StringRecord> = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text.as_bytes())
        .records()
        .map(|row| row.expect("a row"))
        .collect();
    let with_hole = |at: usize, column: usize| {
        let mut sheet = csv::Writer::from_writer(Vec::new());
        for (number, row) in rows.iter().take(4).enumerate() {
            let cells = row.iter().enumerate();
            let cells = cells.map(|it| if (number, it.0) == (at, column) { HOLE } else { it.1 });
            sheet.write_record(cells).expect("a row");
        }
        String::from_utf8(sheet.into_inner().expect("a sheet")).expect("UTF-8")
    };
    let columns = rows[0].iter().enumerate();
    let fields = columns.flat_map(|(column, name)| {
        let of_name = (format!("the name of {name}"), with_hole(0, column));
        [(name.to_owned(), with_hole(1, column)), of_name]
    });
    Input { kind, file, commands, fields: fields.collect() }
}

/// A file with a text in the place of the hole.
fn filled(file: &str, with_hole: &str, text: &str) -> String {
    match file.ends_with(".csv") {
        true => with_hole.replace(HOLE, &format!("\"{}\"", text.replace('"', "\"\""))),
        false => with_hole.replace(&quoted(HOLE), &quoted(text)),
    }
}

/// A folder with a file, and what stands beside it.
fn folder(input: &Input, text: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let put = |file: &str, text: &str| {
        let path = folder.path().join(file);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    };
    if input.file == "provider/acme/paint.yaml" {
        put("provider/acme/owner.yaml", "name: Acme\n");
    }
    put(input.file, text);
    folder
}

/// A run with a text in a field: it is shown as text, or refused in words.
fn tried(input: &Input, field: &(String, String), text: &str, [format, command]: [usize; 2]) {
    let (name, with_hole) = field;
    let folder = folder(input, &filled(input.file, with_hole, text));
    let path = folder.path().to_str().expect("UTF-8");
    let command = input.commands[command % input.commands.len()];
    let (format, holds) = FORMATS[format % FORMATS.len()];
    let settings = match input.kind {
        "config" => folder.path().join(input.file),
        _ => Path::new("").to_owned(),
    };
    let day: &[&str] =
        if command.starts_with(&["pilot", "read"]) { &[] } else { &["--as-of", TODAY] };
    let args = command.iter().map(|arg| arg.replace(FOLDER, path));
    let run = finished(
        imgcost().args(args).args(day).args(["--format", format]).env("IMGCOST_CONFIG", settings),
    );
    let said = format!("{}, {name}, {text:?}, {command:?}, {format}: {}", input.kind, run.stderr);
    assert!((0..=3).contains(&run.code), "{said}");
    assert!(!(run.stderr.is_empty() && run.stdout.is_empty()), "{said}");
    let held = std::panic::catch_unwind(|| {
        holds(&run.stdout);
        match format {
            "json" => one_object(&run.stderr),
            _ => on_a_terminal(&run.stderr),
        }
    });
    assert!(held.is_ok(), "{said}\n{}", run.stdout);
}

fn in_all(input: &Input, field: &(String, String), text: &str) {
    for format in 0..FORMATS.len() {
        (0..input.commands.len()).for_each(|command| tried(input, field, text, [format, command]));
    }
}

#[test]
fn a_hostile_text_in_any_field_is_shown_as_text_or_refused() {
    let inputs = inputs();
    let asked = std::env::var("IMGCOST_TEXTS").unwrap_or_else(|_| "1".into());
    let all = asked == "all";
    let turns = if all { 0 } else { asked.parse().expect("a number of turns, or all") };
    let texts: Vec<&str> = SEEN.into_iter().chain(HIDDEN).collect();
    let fields: Vec<_> =
        inputs.iter().flat_map(|input| input.fields.iter().map(move |it| (input, it))).collect();
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some((input, field)) = fields.get(at) else { break };
                    match all {
                        // They turn at different speeds, so that neighbours share little.
                        false => (0..turns).for_each(|turn| {
                            let text = texts[(at * 17 + turn * 7) % texts.len()];
                            tried(input, field, text, [at / 3 + turn, at / 7 + turn / 3]);
                        }),
                        true => texts.iter().for_each(|text| in_all(input, field, text)),
                    }
                }
            });
        }
    });
}

/// Every kind of file that has a schema is an input, and every one has fields: names, keys and values among them.
#[test]
fn every_kind_of_file_with_a_schema_is_tried_with_its_fields() {
    let listed = run(&["schema"]).stdout;
    let kinds = listed.lines().filter_map(|line| line.split_whitespace().next());
    // Rules for texts on bills are compiled in; those of a user stand in a mapping.
    let no_files = ["columns", "output", "bill-texts"];
    let kinds: Vec<&str> = kinds.filter(|kind| !no_files.contains(kind)).collect();
    assert_eq!(kinds, OF_SCHEMAS.map(|(kind, ..)| kind));
    let inputs = inputs();
    for input in &inputs {
        let with_hole = input.fields.iter().filter(|(_, text)| text.matches(HOLE).count() == 1);
        assert_eq!(with_hole.count(), input.fields.len(), "{}", input.kind);
        assert!(input.fields.len() >= 4, "{} has fields", input.kind);
    }
    let names = |kind: &str| {
        let input = inputs.iter().find(|input| input.kind == kind).expect("a kind");
        input.fields.iter().map(|(name, _)| name).collect::<Vec<_>>()
    };
    for (kind, field) in [
        ("budget", "workloads[].name"),
        ("budget", "workloads[].tags{}"),
        ("budget", "scenarios[].name"),
        ("route", "defaults.evidence.source"),
        ("owner", "name"),
        ("config", "pricing[]"),
        ("a Batch file", "custom_id"),
        ("a Batch file", "body.prompt"),
        ("a log", "request_id"),
    ] {
        assert!(names(kind).iter().any(|it| *it == field), "{kind}: {field} in {:?}", names(kind));
    }
}
