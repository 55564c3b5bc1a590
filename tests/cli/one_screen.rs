//! What every command shows where nothing else is asked for: the answer in the first lines, and all of it on one screen,
//! at 80 and at 120 columns.

use crate::common::cli::{Run, run_at};

/// What is looked at: a name for its snapshots, and the arguments.
const COMMANDS: &[(&str, &[&str])] = &[
    ("estimate", &["estimate", "--quality", "high", "--prompt-tokens", "60"]),
    (
        "estimate_volume",
        &[
            "estimate",
            "--quality",
            "high",
            "--images",
            "12000",
            "--acceptance",
            "70%",
            "--max-cost",
            "3000",
        ],
    ),
    (
        "estimate_range",
        &["estimate", "--size", "auto", "--quality", "auto", "--prompt-tokens", "60"],
    ),
    (
        "estimate_reply",
        &["estimate", "--usage", "fixtures/examples/reply.json", "--model", "gpt-image-2"],
    ),
    ("estimate_file", &["estimate", "--request", "fixtures/examples/batch.jsonl"]),
    ("compare", &["compare", "--quality", "high", "--prompt-tokens", "60"]),
    (
        "compare_failures",
        &[
            "compare",
            "--quality",
            "high",
            "--prompt-tokens",
            "60",
            "--failure-rate",
            "3%",
            "--owners",
            "openai,fal,replicate,microsoft",
        ],
    ),
    (
        "compare_wide",
        &["compare", "--quality", "high", "--images", "12000", "--acceptance", "70%", "--wide"],
    ),
    (
        "compare_works",
        &[
            "compare",
            "--models",
            "gpt-image-2,gpt-image-2.5-flare",
            "--qualities",
            "medium,high",
            "--owners",
            "openai,fal",
        ],
    ),
    ("compare_matrix", &["compare", "--layout", "matrix"]),
    ("routes", &["routes"]),
    ("routes_list", &["routes", "list", "--model", "gpt-image-2"]),
    ("routes_show", &["routes", "show", "openai/gpt-image-2"]),
    ("routes_show_provider", &["routes", "show", "fal/gpt-image-2"]),
    ("routes_check", &["routes", "check", "--model", "gpt-image-2"]),
    ("routes_choose_product", &["routes", "choose", "--for", "product"]),
    ("routes_choose_batch", &["routes", "choose", "--for", "batch"]),
    ("models", &["models"]),
    ("models_one", &["models", "gpt-image-2"]),
    ("sizes", &["sizes", "2048x2048"]),
    ("sizes_bounds", &["sizes", "--min-pixels", "2000000", "--max-cost", "0.30"]),
    ("prices_diff", &["prices", "diff", "2026-05-08", "2026-11-21"]),
    ("pilot", &["pilot"]),
    ("pilot_read", &["pilot", "read", "fixtures/examples/pilot.csv"]),
];

/// The most lines of a default output.
const MOST_LINES: usize = 45;

/// Commands that take no day, or two of them.
const WITHOUT_DAY: [&str; 2] = ["prices", "pilot read"];

fn shown(args: &[&str], columns: u16) -> Run {
    let has_day = !WITHOUT_DAY.iter().any(|command| args.join(" ").starts_with(command));
    let day: &[&str] = if has_day { &["--as-of", crate::common::TODAY] } else { &[] };
    run_at(columns, &[args, day].concat())
}

#[test]
fn every_default_output_is_one_screen_with_the_answer_first() {
    let mut wrong = Vec::new();
    for (name, args) in COMMANDS {
        for columns in [80, 120] {
            let run = shown(args, columns);
            assert!(matches!(run.code, 0 | 1), "{name}: {}", run.stderr);
            let lines: Vec<&str> = run.stdout.lines().collect();
            let widest = lines.iter().map(|line| line.chars().count()).max().unwrap_or(0);
            if widest > usize::from(columns) {
                wrong.push(format!("{name} at {columns}: {widest} columns"));
            }
            if lines.len() > MOST_LINES {
                wrong.push(format!("{name} at {columns}: {} lines", lines.len()));
            }
            if !lines.iter().take(5).any(|line| line.chars().any(|c| c.is_ascii_digit())) {
                wrong.push(format!("{name} at {columns}: no figure in the first lines"));
            }
            insta::with_settings!({ snapshot_path => "snapshots/one_screen", prepend_module_to_snapshot => false }, {
                insta::assert_snapshot!(format!("{name}_{columns}"), run.stdout);
            });
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
