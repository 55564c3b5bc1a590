//! Fifty texts that mean something to a spreadsheet, a document, a terminal or a parser, in every field that takes text, in
//! every format: each stays text, or is refused with its place.
//!
//! A format that comes later joins by a line in [`FORMATS`], a field by one in [`fields`].

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::terminal::passed;
use super::workbook_text::{FORMULA, finished};
use crate::common::TODAY;
use crate::common::cli::{Run, imgcost};

/// What a reader sees: formulas, marks of Markdown, HTML, quotes, and what looks like a value.
#[rustfmt::skip]
pub(super) const SEEN: [&str; 32] = [
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "=HYPERLINK(\"http://x.example\",\"y\")", "=cmd|' /C calc'!A0", "\u{ff1d}1+1",
    "\u{ff0b}1", "\u{ff20}a", "'=1", "\"=1\"", "a|b", "||", "a\\|b", "**bold**", "_it_ `code`", "[x](http://x.example)",
    "<script>alert(1)</script>", "<!-- x -->", "&lt;b&gt;", "# x", "~~x~~ $x$", "{{x}}", "%s%n %x", "null", "NaN", "1e999",
    "../../etc/passwd", "C:\\x\\y", "'; DROP TABLE x; --", "画像 Žižka 🎨", "a  b",
];

/// What no reader sees, or what changes what one sees.
#[rustfmt::skip]
pub(super) const HIDDEN: [&str; 18] = [
    "a\u{0}b", "a\u{7}b", "a\u{8}b", "a\u{1b}[2Jb", "a\u{1b}]0;t\u{7}b", "a\u{7f}b", "a\u{85}b", "a\u{9b}31mb",
    "a\u{ad}b", "a\u{200b}b", "a\u{200e}b", "a\u{202e}b", "a\u{2066}b", "a\u{2028}b", "a\u{feff}b", "a\u{e0041}b",
    "\u{2060}=1+1", "a\rb",
];

/// A format, and what holds of all that is written in it.
pub(super) type Format = (&'static str, fn(&str));

pub(super) const FORMATS: [Format; 7] = [
    ("table", on_a_terminal),
    ("csv", csv),
    ("json", json),
    ("markdown", markdown),
    ("html", html),
    ("svg", svg),
    ("xlsx", workbook),
];

pub(super) fn on_a_terminal(out: &str) {
    assert_eq!(passed(out), [""; 0], "{out}");
}

/// No cell is a formula, and none holds what is not seen.
fn csv(out: &str) {
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(out.as_bytes());
    for record in reader.records() {
        for cell in &record.expect("CSV") {
            assert_eq!(passed(&cell.replace('\n', "")), [""; 0], "{cell:?}");
            let first = cell.trim_start().chars().next().unwrap_or(' ');
            let is_formula = "=+-@\u{ff1d}\u{ff0b}\u{ff0d}\u{ff20}".contains(first);
            assert!(!is_formula || cell.parse::<f64>().is_ok(), "{cell:?} is a formula");
        }
    }
}

/// One object, in which nothing stands that is not seen before it is read.
pub(super) fn json(out: &str) {
    if !out.is_empty() {
        serde_json::from_str::<Value>(out).expect("one JSON object");
    }
    assert_eq!(passed(out), [""; 0], "{out}");
}

/// Every row of a table has the cells of its heading, and no tag, link or mark of a text is one of Markdown; nor does a
/// reader see a backslash. Tags are those of what is folded alone.
fn markdown(out: &str) {
    const FOLDED: [&str; 2] = ["<details><summary>Details</summary>", "</details>"];
    assert_eq!(passed(out), [""; 0], "{out}");
    let (mut columns, mut fence) = (None, None);
    for line in out.lines().filter(|line| !FOLDED.contains(line)) {
        // Within a fence a text is what it is.
        match (fence, line.starts_with("```")) {
            (None, true) => fence = Some(line),
            (Some(open), _) if open == line => fence = None,
            _ => {}
        }
        if fence.is_some() || line.starts_with("```") {
            continue;
        }
        assert!(!line.contains(['<', '\\', '`']) && !line.contains("]("), "{line}");
        let pipes = line.matches('|').count();
        match columns.filter(|_| line.starts_with('|')) {
            Some(columns) => assert_eq!(pipes, columns, "{line}"),
            None => columns = line.starts_with('|').then_some(pipes),
        }
        columns = columns.filter(|_| line.starts_with('|'));
    }
}

/// Markup whose tags are all of the page itself, with no link but to http and https, and nothing that is fetched or run.
fn html(out: &str) {
    #[rustfmt::skip]
    const TAGS: [&str; 47] = [
        "html", "head", "meta", "link", "title", "style", "body", "header", "main", "footer", "section", "div", "h1", "h2", "p",
        "span", "strong", "ul", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tfoot", "tr", "th", "td", "data", "br",
        "details", "summary", "figure", "figcaption", "pre", "code", "a", "svg", "g", "rect", "path", "line", "text", "circle",
        "desc", "!DOCTYPE",
    ];
    assert_eq!(passed(out), [""; 0], "{out}");
    for tag in out.split('<').skip(1) {
        let tag = tag.strip_prefix('/').unwrap_or(tag);
        let name = tag.split(|c: char| !(c.is_ascii_alphanumeric() || c == '!')).next();
        assert!(name.is_some_and(|name| !name.is_empty() && TAGS.contains(&name)), "<{tag}");
        // A value stands between quotes and has none of its own: every second part is one.
        let within = tag.split('>').next().unwrap_or_default();
        let parts: Vec<&str> = within.split('"').collect();
        assert!(parts.len() % 2 == 1, "<{within}>");
        for pair in parts.chunks_exact(2) {
            let attribute = pair[0].rsplit(' ').next().unwrap_or_default().trim_end_matches('=');
            let is_link =
                ["https://", "http://", "data:,"].iter().any(|it| pair[1].starts_with(it));
            assert!(attribute != "href" || is_link, "<{within}>");
            let runs = ["src", "srcset", "style", "action"].contains(&attribute)
                || attribute.starts_with("on");
            assert!(!runs, "<{within}>");
        }
    }
}

/// A drawing is held to the same, without a link.
fn svg(out: &str) {
    html(out);
    assert!(!out.contains("href"), "{out}");
}

/// Every cell as the helper beside says it: none holds what is not seen, and no formula has a word of a text.
fn workbook(out: &str) {
    for line in out.lines() {
        assert_eq!(passed(&line.replace('\t', "")), [""; 0], "{line:?}");
        let Some(formula) = line.strip_prefix(FORMULA) else { continue };
        let is_of = |text: &&str| {
            let text = text.trim_start_matches(['=', '+', '-', '@', '\'', '"']);
            formula == text || text.len() > 5 && formula.contains(text)
        };
        assert!(!SEEN.iter().chain(&HIDDEN).any(is_of), "{formula:?}");
        assert!(!formula.contains("HYPERLINK") && !formula.contains("://"), "{formula:?}");
    }
}

/// A field: what it is called, the commands that show it, and how a folder is filled with texts in it.
struct Field {
    name: &'static str,
    commands: &'static [&'static [&'static str]],
    fill: fn(&Path, &[&str]),
}

pub(super) fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

fn put(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, text).expect("a file");
}

const REQUEST: &str = "{model: gpt-image-2, quality: low, size: 1024x1024, prompt_tokens: 9}";

fn budget(folder: &Path, workloads: impl Iterator<Item = String>, more: &str) {
    let workloads: String = workloads.collect();
    put(folder, "b.yaml", &format!("start: 2027-01\nmonths: 2\nworkloads:\n{workloads}{more}"));
}

const BUDGETS: &[&[&str]] = &[
    &["budget", "forecast", "b.yaml", "--all"],
    &["budget", "check", "b.yaml"],
    &["budget", "compare", "b.yaml"],
];

fn fields() -> Vec<Field> {
    vec![
        Field {
            name: "the name of a workload",
            commands: BUDGETS,
            fill: |folder, texts| {
                let workload = |text: &&str| {
                    format!(
                        "- name: {}\n  request: {REQUEST}\n  accepted_images: 5\n",
                        quoted(text)
                    )
                };
                budget(folder, texts.iter().map(workload), "");
            },
        },
        Field {
            name: "a tag",
            commands: BUDGETS,
            fill: |folder, texts| {
                let workload = |(at, text): (usize, &&str)| {
                    format!(
                        "- name: w{at}\n  request: {REQUEST}\n  accepted_images: 5\n  tags: {{team: {}}}\n",
                        quoted(text)
                    )
                };
                budget(folder, texts.iter().enumerate().map(workload), "");
            },
        },
        Field {
            name: "the name of a scenario",
            commands: BUDGETS,
            fill: |folder, texts| {
                let one = format!("- name: w\n  request: {REQUEST}\n  accepted_images: 5\n");
                let scenarios: String = texts
                    .iter()
                    .map(|text| format!("- {{name: {}, volume: \"×1.2\"}}\n", quoted(text)))
                    .collect();
                budget(folder, std::iter::once(one), &format!("scenarios:\n{scenarios}"));
            },
        },
        Field {
            name: "a key of a budget",
            commands: BUDGETS,
            fill: |folder, texts| {
                let keys: String =
                    texts.iter().map(|text| format!("{}: 1\n", quoted(text))).collect();
                budget(folder, std::iter::empty(), &keys);
            },
        },
        Field {
            name: "a row of a spreadsheet of volumes",
            commands: &[&["budget", "forecast", "v.csv", "--all"], &["budget", "check", "v.csv"]],
            fill: |folder, texts| {
                let rows = texts
                    .iter()
                    .map(|text| format!("\"{}\",low,1024x1024,9,5\n", text.replace('"', "\"\"")));
                let head = "workload,quality,size,prompt_tokens,2027-01\n".to_owned();
                put(folder, "v.csv", &std::iter::once(head).chain(rows).collect::<String>());
            },
        },
        Field {
            name: "the id of a line of a Batch file",
            commands: &[&["estimate", "b.jsonl", "--rows"], &["estimate", "b.jsonl"]],
            fill: |folder, texts| {
                let line = |text: &&str| {
                    format!(
                        r#"{{"custom_id": {}, "method": "POST", "url": "/v1/images/generations", "body": {{"model": "gpt-image-2", "prompt": "x", "size": "1024x1024", "quality": "low"}}}}"#,
                        quoted(text)
                    ) + "\n"
                };
                put(folder, "b.jsonl", &texts.iter().map(line).collect::<String>());
            },
        },
        Field {
            name: "values of a body",
            commands: &[&["estimate", "r.jsonl", "--rows"]],
            fill: |folder, texts| {
                let line = |text: &&str| {
                    let keys = ["model", "size", "quality", "background", "user", "odd"];
                    let lines = keys.map(|key| {
                        format!(r#"{{"prompt": "x", "{key}": {}}}"#, quoted(text)) + "\n"
                    });
                    lines.concat() + &format!("{{\"prompt\": \"x\", {}: 1}}\n", quoted(text))
                };
                put(folder, "r.jsonl", &texts.iter().map(line).collect::<String>());
            },
        },
        Field {
            name: "texts of a price table",
            commands: &[
                &["prices", "check", "prices"],
                &["prices", "list", "--pricing", "prices", "--all"],
                &["prices", "list", "--sources", "--pricing", "prices", "--all"],
                &["routes", "list", "--pricing", "prices", "--all"],
                &["compare", "--prompt-tokens", "9", "--pricing", "prices", "--all"],
            ],
            fill: |folder, texts| {
                for (at, text) in texts.iter().enumerate() {
                    let text = quoted(text);
                    put(
                        folder,
                        &format!("prices/provider/acme{at}/owner.yaml"),
                        &format!("name: {text}\n"),
                    );
                    put(
                        folder,
                        &format!("prices/provider/acme{at}/paint.yaml"),
                        &format!(
                            "model: gpt-image-2\nalias: {text}\nendpoint: {text}\nbilling_unit: {text}\nversions:\n- from: 2026-06-01\n  \
                             currency: USD\n  evidence: {{source: {text}, seen: 2026-06-01, confidence: high, note: {text}}}\n  rates:\n  \
                             - {{meter: images, price: \"0.04\", per: 1}}\n"
                        ),
                    );
                }
            },
        },
        Field {
            name: "texts of a price map",
            commands: &[&["prices", "diff", "prices", "m.json", "--all"]],
            fill: |folder, texts| {
                put(folder, "prices/provider/acme/owner.yaml", "name: Acme\n");
                let entry = |text: &&str| {
                    let text = quoted(text);
                    format!(
                        r#"{text}: {{"litellm_provider": {text}, "mode": "image_generation", "source": {text}, "output_cost_per_image": 0.1}}"#
                    )
                };
                let of_fields =
                    texts.iter().map(|text| format!("{}: 1", quoted(&format!("{text}_cost"))));
                let of_fields = format!(
                    r#""gpt-image-2": {{"litellm_provider": "openai", {}}}"#,
                    of_fields.collect::<Vec<_>>().join(", ")
                );
                let entries: Vec<String> = texts.iter().map(entry).chain([of_fields]).collect();
                put(folder, "m.json", &format!("{{{}}}", entries.join(",\n")));
            },
        },
        Field {
            name: "cells of a bill",
            commands: &[
                &["bill", "reconcile", "bill.csv", "--all"],
                &["bill", "reconcile", "bill.csv", "--by", "text,kind"],
                &["bill", "reconcile", "bill.csv", "--usage", "log.csv", "--all"],
            ],
            fill: |folder, texts| {
                let head = "start_time,amount_value,amount_currency,line_item,project_id,odd\n";
                let row = |text: &&str| {
                    let text = format!("\"{}\"", text.replace('"', "\"\""));
                    format!("1791763200,1.5,usd,{text},{text},{text}\n1791763200,{text},usd,,,\n")
                };
                let rows: String = texts.iter().map(row).collect();
                put(folder, "bill.csv", &format!("{head}{rows}"));
                let head = "timestamp,model,project,text_input_tokens,image_output_tokens\n";
                let row = |text: &&str| {
                    format!("2026-10-12,gpt-image-2,\"{}\",5,5\n", text.replace('"', "\"\""))
                };
                let rows: String = texts.iter().map(row).collect();
                put(folder, "log.csv", &format!("{head}{rows}"));
            },
        },
        Field {
            name: "cells of a log",
            commands: &[&["pilot", "read", "l.csv"]],
            fill: |folder, texts| {
                let example = include_str!("../../fixtures/examples/pilot.csv");
                let mut rows = example.lines();
                let head = rows.next().expect("a heading");
                let row: Vec<&str> = rows.next().expect("a row").split(',').collect();
                let mut log = format!("{head}\n");
                for text in texts {
                    let text = format!("\"{}\"", text.replace('"', "\"\""));
                    let mut cells = row.clone();
                    (cells[1], cells[2]) = (&text, &text);
                    log += &(cells.join(",") + "\n");
                }
                put(folder, "l.csv", &log);
            },
        },
        Field {
            name: "cells of a log of usage",
            commands: &[
                &["usage", "cost", "u.csv", "--by", "project,tag,status,size,quality"],
                &["usage", "cost", "u.csv", "--rows"],
            ],
            fill: |folder, texts| {
                let head = "timestamp,request_id,project,tag,status,model,size,quality,images,text_input_tokens,\
                            image_input_tokens,image_output_tokens,unread";
                let mut log = format!("{head}\n");
                for text in texts {
                    let text = format!("\"{}\"", text.replace('"', "\"\""));
                    let labels = format!("{text},{text},{text},{text}");
                    log += &format!(
                        "2026-10-12,{labels},gpt-image-2,{text},{text},1,100,0,5488,{text}\n2026-10-12,{labels},{text},,,1,1,1,1,\n"
                    );
                }
                put(folder, "u.csv", &log);
            },
        },
    ]
}

/// A run in the format, of the files of a folder.
fn shown(folder: &Path, command: &[&str], format: &str) -> Run {
    let known =
        ["bill.csv", "b.yaml", "v.csv", "b.jsonl", "r.jsonl", "l.csv", "u.csv", "m.json", "prices"];
    let mut args: Vec<String> = Vec::new();
    for arg in command {
        let is_file = known.contains(arg) && !(*arg == "prices" && args.is_empty());
        let path = || folder.join(arg).to_string_lossy().into_owned();
        args.push(if is_file { path() } else { (*arg).to_owned() });
    }
    if !matches!(command[..2], ["pilot", "read"] | ["usage", "cost"]) {
        args.extend(["--as-of", TODAY].map(str::to_owned));
    }
    args.extend(["--format", format].map(str::to_owned));
    finished(imgcost().args(args))
}

#[test]
fn fifty_texts_stay_text_in_every_field_and_format() {
    assert_eq!(SEEN.len() + HIDDEN.len(), 50);
    let trial = |field: &Field| {
        for texts in [&SEEN[..], &HIDDEN[..]] {
            let folder = tempfile::tempdir().expect("a folder");
            (field.fill)(folder.path(), texts);
            for command in field.commands {
                for (format, holds) in FORMATS {
                    let run = shown(folder.path(), command, format);
                    let said = format!("{}, {command:?}, {format}: {}", field.name, run.stderr);
                    assert!((0..=3).contains(&run.code), "{said}");
                    let is_silent = run.stderr.is_empty() && run.stdout.is_empty();
                    assert!(!is_silent, "{said}");
                    holds(&run.stdout);
                    match format {
                        "json" => json(&run.stderr),
                        _ => on_a_terminal(&run.stderr),
                    }
                }
            }
        }
    };
    let fields = fields();
    std::thread::scope(|scope| {
        for half in fields.chunks(fields.len().div_ceil(2)) {
            scope.spawn(|| half.iter().for_each(trial));
        }
    });
}

/// What a program reads is the text itself: a key for people to find it by.
#[test]
fn a_text_in_json_is_the_text_that_was_given() {
    let fields = fields();
    for (field, key) in [(&fields[0], "workload"), (&fields[5], "custom_id")] {
        let folder = tempfile::tempdir().expect("a folder");
        (field.fill)(folder.path(), &SEEN);
        let object = shown(folder.path(), field.commands[0], "json").json();
        let rows = object["rows"].as_array().expect("rows");
        for text in SEEN {
            assert!(rows.iter().any(|row| row[key] == text), "{text} in {}", field.name);
        }
    }
}
