//! A page is one file that is the same on every machine, and asks for nothing; every command writes one, and those with a
//! chart a drawing.

use crate::common::TODAY;
use crate::common::cli::{finished, imgcost, run};
use crate::reader::{Piece, attribute, pieces};
use crate::sums::{BUDGETS, page};

/// The commands that have a chart.
pub const CHARTED: [&[&str]; 8] = [
    &["budget", "forecast", "fixtures/budgets/studio.yaml"],
    &["budget", "compare", "fixtures/budgets/posters.yaml"],
    &["budget", "compare", "fixtures/budgets/posters.yaml", "--routes", "all"],
    &["budget", "check", "fixtures/budgets/studio.yaml"],
    &["budget", "simulate", "fixtures/budgets/uncertain.yaml", "--runs", "50"],
    &["budget", "afford", "fixtures/budgets/uncertain.yaml", "--limit", "12000"],
    &["compare", "--prompt-tokens", "60"],
    &["estimate", "--prompt-tokens", "60"],
];

#[test]
fn a_page_asks_for_nothing_and_runs_nothing() {
    for command in CHARTED {
        let page = page(command);
        for piece in pieces(&page) {
            let Piece::Start(name, attributes) = piece else { continue };
            assert!(!["script", "img", "iframe", "object", "embed", "form"].contains(&name));
            assert!(!attributes.contains("src=") && !attributes.contains("url("), "{attributes}");
            if let Some(address) = attribute(attributes, "href") {
                let is_link =
                    name == "a" && ["https://", "http://"].iter().any(|it| address.starts_with(it));
                assert!(is_link || (name, address) == ("link", "data:,"), "<{name} {attributes}>");
            }
        }
        let styles = page.split("<style>").nth(1).and_then(|it| it.split("</style>").next());
        let styles = styles.expect("styles");
        assert!(!styles.contains("url(") && !styles.contains("@import"), "{command:?}");
    }
}

#[test]
fn the_bytes_depend_on_no_machine() {
    for command in CHARTED {
        let args = [command, &["--as-of", TODAY, "--format", "html"]].concat();
        let there = |zone: &str, columns: &str| {
            let env =
                [("TZ", zone), ("COLUMNS", columns), ("LANG", "tr_TR.UTF-8"), ("HOME", "/nowhere")];
            finished(imgcost().envs(env).args(&args)).stdout
        };
        assert_eq!(there("Pacific/Kiritimati", "60"), there("America/Los_Angeles", "200"));
    }
}

#[test]
fn a_chart_has_a_title_and_words_and_its_table() {
    for command in CHARTED {
        let page = page(command);
        let pieces = pieces(&page);
        let start = |tag: &str| {
            pieces.iter().filter(|it| matches!(it, Piece::Start(name, _) if *name == tag)).count()
        };
        let charts = start("figure");
        assert!(charts > 0, "{command:?}");
        // One for a page and one for a telephone, of which one is shown.
        assert_eq!((start("svg"), start("desc")), (2 * charts, 2 * charts), "{command:?}");
        let tables = page.matches("<details class=\"table\">").count();
        assert_eq!(tables, charts, "{command:?}");
    }
}

#[test]
fn a_drawing_is_the_first_chart_with_its_title_and_what_made_it() {
    for command in CHARTED {
        let run = run(&[command, &["--as-of", TODAY, "--format", "svg"]].concat());
        assert!(matches!(run.code, 0 | 1), "{command:?}: {}", run.stderr);
        assert!(run.stdout.starts_with("<svg class=\"chart slide\" xmlns="), "{}", run.stdout);
        let pieces = pieces(&run.stdout);
        assert!(
            pieces
                .iter()
                .any(|it| matches!(it, Piece::Text(text) if text.starts_with("Made by imgcost")))
        );
    }
}

#[test]
fn what_has_no_chart_says_what_to_take() {
    let refused = run(&["routes", "list", "--as-of", TODAY, "--format", "svg"]);
    assert_eq!((refused.code, refused.stdout.as_str()), (2, ""));
    assert!(refused.stderr.contains("--format html"), "{}", refused.stderr);
}

#[test]
fn every_budget_has_a_page_with_its_command() {
    for budget in BUDGETS {
        let page = page(&["budget", "forecast", budget]);
        let command = format!("<code>imgcost budget forecast {budget} --as-of {TODAY}</code>");
        assert!(page.contains(&command), "{budget}");
    }
}

#[test]
fn an_axis_has_round_amounts_of_the_currency_that_is_shown() {
    let euros = ["--currency", "EUR", "--fx", "EUR/USD=1.25"];
    let drawn = run(&[
        &["budget", "forecast", BUDGETS[1], "--as-of", TODAY, "--format", "svg"][..],
        &euros,
    ]
    .concat());
    assert_eq!(drawn.code, 1, "{}", drawn.stderr);
    let words = |it: &Piece| match it {
        Piece::Text(text) => Some(text.trim().to_owned()),
        _ => None,
    };
    let all: Vec<String> = pieces(&drawn.stdout).iter().filter_map(words).collect();
    // The dearest month is at most $4,107.91, which is €3,286.33.
    for tick in ["€0", "€1,000", "€2,000", "€3,000", "€4,000"] {
        assert!(all.iter().any(|text| text == tick), "{tick}: {all:?}");
    }
    assert!(!all.iter().any(|text| text.starts_with('$')), "{all:?}");
}
