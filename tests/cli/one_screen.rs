//! What every command shows where nothing else is asked for: the answer in the first lines, and all of it on one screen,
//! at 80 and at 120 columns. The budgets have theirs in `one_screen_budgets`; what is a file for another program or for an
//! editor, such as a script of completions, a schema or a first price table, is as long as it is.

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
    ("estimate_example", &["estimate"]),
    ("estimate_defaults", &["estimate", "--model", "gpt-image-2.5-flare", "--images", "5000"]),
    (
        "estimate_failures",
        &["estimate", "--quality", "high", "--images", "12000", "--failure-rate", "3%"],
    ),
    (
        "estimate_conversation",
        &[
            "estimate",
            "--quality",
            "high",
            "--turns",
            "4",
            "--images",
            "100",
            "--mainline-model",
            "gpt-6-sol",
            "--mainline-input-tokens",
            "1000",
            "--mainline-output-tokens",
            "500",
        ],
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
    (
        "compare_usage",
        &["compare", "--usage", "fixtures/examples/reply.json", "--model", "gpt-image-2"],
    ),
    (
        "compare_review",
        &[
            "compare",
            "--quality",
            "high",
            "--images",
            "12000",
            "--acceptance",
            "70%",
            "--review-cost",
            "0.05",
        ],
    ),
    ("compare_matrix", &["compare", "--layout", "matrix"]),
    ("routes", &["routes"]),
    ("routes_list", &["routes", "list", "--model", "gpt-image-2"]),
    ("routes_show", &["routes", "show", "openai/gpt-image-2"]),
    ("routes_show_provider", &["routes", "show", "fal/gpt-image-2"]),
    ("routes_list_all", &["routes", "list"]),
    ("routes_check_all", &["routes", "check"]),
    ("routes_check", &["routes", "check", "--model", "gpt-image-2"]),
    ("routes_choose", &["routes", "choose"]),
    ("routes_choose_manual", &["routes", "choose", "--for", "manual"]),
    ("routes_choose_sensitive", &["routes", "choose", "--for", "sensitive"]),
    ("routes_choose_product", &["routes", "choose", "--for", "product"]),
    ("routes_choose_batch", &["routes", "choose", "--for", "batch"]),
    ("models", &["models"]),
    ("models_one", &["models", "gpt-image-2"]),
    ("models_text", &["models", "gpt-6-sol"]),
    ("sizes", &["sizes", "2048x2048"]),
    ("sizes_common", &["sizes"]),
    ("sizes_range", &["sizes", "--model", "gpt-image-2.6-flare"]),
    ("sizes_bounds", &["sizes", "--min-pixels", "2000000", "--max-cost", "0.30"]),
    ("prices", &["prices", "check", "--as-of", "2026-11-29"]),
    ("prices_check_own", &["prices", "check", "fixtures/pricing/amended", "--as-of", "2026-11-21"]),
    (
        "prices_diff_cost",
        &["prices", "diff", "2026-05-08", "2026-11-21", "--quality", "high", "--images", "12000"],
    ),
    ("prices_diff", &["prices", "diff", "2026-05-08", "2026-11-21"]),
    (
        "prices_diff_map",
        &[
            "prices",
            "diff",
            "2026-11-21",
            "fixtures/price_maps/litellm.json",
            "--owners",
            "openai,microsoft,google,xai",
        ],
    ),
    ("prices_list", &["prices", "list", "--as-of", "2026-11-29"]),
    ("prices_list_route", &["prices", "list", "openai/gpt-image-2", "--as-of", "2026-11-29"]),
    ("prices_list_sources", &["prices", "list", "--sources", "--as-of", "2026-11-29"]),
    ("pilot", &["pilot"]),
    ("pilot_move", &["pilot", "--set", "migration", "--baseline", "openai/gpt-image-1.5"]),
    ("pilot_beside", &["pilot", "--baseline", "fal/gpt-image-2"]),
    ("bill", &["bill", "reconcile", "fixtures/bills/openai_costs.json"]),
    ("bill_focus", &["bill", "reconcile", "fixtures/bills/focus.csv", "--by", "kind,model"]),
    (
        "bill_beside",
        &[
            "bill",
            "reconcile",
            "fixtures/bills/openai_costs.json",
            "--usage",
            "fixtures/usage/openai-completions.json",
            "--tolerance",
            "0.5%",
        ],
    ),
    (
        "bill_several",
        &[
            "bill",
            "reconcile",
            "fixtures/bills/openai_dashboard.csv",
            "fixtures/bills/openai_costs.json",
            "fixtures/bills/azure_mca.csv",
            "fixtures/bills/openrouter_activity.csv",
            "fixtures/bills/fal_events.json",
        ],
    ),
    ("schema", &["schema"]),
    ("budget_init", &["budget", "init"]),
    ("usage_cost", &["usage", "cost", "fixtures/usage/requests.csv"]),
    (
        "usage_cost_by",
        &["usage", "cost", "fixtures/usage/requests.csv", "--by", "day,project,size,quality"],
    ),
    ("usage_cost_export", &["usage", "cost", "fixtures/usage/openai-completions.json"]),
    ("pilot_read", &["pilot", "read", "fixtures/examples/pilot.csv"]),
];

/// The most lines of a default output.
const MOST_LINES: usize = 45;

/// Commands that take no day, or two of them.
const WITHOUT_DAY: [&str; 4] = ["prices", "pilot read", "schema", "budget init"];

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
            let is_answer = !matches!(*name, "schema" | "budget_init");
            if is_answer
                && !lines.iter().take(5).any(|line| line.chars().any(|c| c.is_ascii_digit()))
            {
                wrong.push(format!("{name} at {columns}: no figure in the first lines"));
            }
            insta::with_settings!({ snapshot_path => "snapshots/one_screen", prepend_module_to_snapshot => false }, {
                insta::assert_snapshot!(format!("{name}_{columns}"), run.stdout);
            });
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
