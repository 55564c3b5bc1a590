//! Rows of a pilot log: a delivered image whose usage is zero or not logged is unknown, an attempt without an
//! image costs between nothing and all that it would have been charged, and a logged zero is no price.

use imgcost::catalog::Catalog;
use imgcost::figure::Figure;
use imgcost::pilot::{Basis, Difference, GoalVerdict, Goals, RatedRow, Results, log, results};
use imgcost::rating::FxRates;

use crate::common::*;

const HEADING: &str = "timestamp,request_id,prompt_tokens,route,model,requested_size,delivered_size,quality,input_images,\
    text_input_tokens,cached_text_input_tokens,image_input_tokens,cached_image_input_tokens,image_output_tokens,\
    text_output_tokens,images,calls,pixels,error_stage,latency_seconds,cost_usd,verdict";

/// What a log of rows shows: the cells from `prompt_tokens` on.
fn shown(rows: &[String]) -> Results {
    let rows = rows.iter().enumerate().map(|(at, row)| format!("2026-11-21,r{at},{row}\n"));
    let text = format!("{HEADING}\n{}", rows.collect::<String>());
    let log = log::read(&Catalog::shipped(), "log.csv", &text.as_str().into(), day(TODAY));
    let log = log.expect("a log");
    assert!(log.rejected.is_empty(), "{:?}", log.rejected);
    let max_cost_per_accepted = Some(dec("0.06"));
    let goals = Goals { width: dec("0.1"), max_cost_per_accepted, ..Goals::default() };
    results(&Catalog::shipped(), log, None, &goals, (&FxRates::new(), None)).expect("results")
}

fn row(row: &str) -> RatedRow {
    shown(&[row.to_owned()]).rows.remove(0)
}

#[test]
fn a_delivered_image_with_zero_or_no_usage_is_unknown_with_the_rule_beside_it() {
    for usage in ["0,,,,0", "0,,,,", "27,,,,0", ",,,,0", "27,,,,"] {
        let row = row(&format!(
            "21,openai/gpt-image-2,,1024x1024,1024x1024,high,0,{usage},,1,,,,,,accepted"
        ));
        let rated = row.rated.expect("an API route");
        assert_eq!(rated.high(), None, "{usage}");
        let input = if usage.starts_with("27") { per_million(27, "5") } else { dec("0") };
        assert_eq!(rated.low(), input, "{usage}: at least what was logged");
        // 7,024 × 30 ÷ 1,000,000, the output alone.
        assert_eq!(row.by_rule, Some(Figure::Exact(dec("0.21072"))), "{usage}");
    }
    let logged =
        row("21,openai/gpt-image-2,,1024x1024,1024x1024,high,0,27,,,,7024,,1,,,,,,accepted");
    assert_eq!(logged.rated, Some(Figure::Exact(per_million(27, "5") + dec("0.21072"))));
    assert_eq!(logged.by_rule, None);
}

#[test]
fn a_blocked_attempt_costs_from_nothing_to_all_that_it_would_have_been_charged() {
    let blocked = row("21,openai/gpt-image-2,,1024x1024,,high,0,,,,,,,0,,,block_at_output,,,");
    // Who pays for a block is not stated: nothing, or the 27 tokens of the prompt of 21 and 7,024 of the image.
    let in_full = per_million(27, "5") + per_million(7_024, "30");
    let rated = blocked.rated.expect("an API route");
    assert_eq!(bounds(&rated), (dec("0"), None, Some(in_full)));
}

#[test]
fn a_blocked_edit_reads_no_more_than_the_budget_of_each_reference() {
    let blocked = row("21,openai/gpt-image-2,,1024x1024,,high,2,60,,,,,,0,,,block_at_output,,,");
    // 60 text tokens are logged; two images are at most 1,536 tokens each.
    let in_full = per_million(60, "5") + per_million(2 * 1_536, "8") + per_million(7_024, "30");
    assert_eq!(bounds(&blocked.rated.expect("an API route")), (dec("0"), None, Some(in_full)));
}

#[test]
fn what_a_row_does_not_say_at_all_stays_unknown() {
    let blocked = row(",openai/gpt-image-2,,,,,0,,,,,,,0,,,block_at_output,,,");
    assert_eq!(blocked.rated.expect("an API route").high(), None);
}

/// A medium square of 1,756 output tokens, and what it costs: (27 × $5 + 1,756 × $30) ÷ 1,000,000 = $0.052815.
fn square(cost: &str) -> String {
    format!("21,openai/gpt-image-2,,1024x1024,1024x1024,medium,0,27,,,,1756,,1,,,,,{cost},accepted")
}

#[test]
fn a_logged_cost_of_zero_of_a_delivered_image_is_no_price() {
    let results = shown(&[square("0"), square("0.0528"), square("0.0528")]);
    let zero = &results.rows[0];
    assert_eq!((zero.difference, zero.logged()), (Difference::ZeroLogged, None));
    assert_eq!(zero.known(), Some(Figure::Exact(dec("0.052815"))), "what it is rated by");
    let route = &results.routes[0];
    let costs = route.costs.as_ref().expect("an API route");
    assert_eq!(costs.logged.map(|it| (it.cost, it.attempts)), Some((dec("0.1056"), 2)));
    assert_eq!(costs.known, Figure::Exact(dec("0.1056") + dec("0.052815")));
    assert_eq!(costs.basis, Basis { logged: 2, rated: 1, neither: 0 });
    let each = route.per_accepted.as_ref().expect("three");
    assert_eq!((each.logged, &each.known), (None, &Figure::Exact(dec("0.052805")))); // 0.158415 ÷ 3
    assert_eq!(route.goals[0].verdict, GoalVerdict::Met, "$0.052805 is no more than $0.06");

    // Without usage the zero leaves nothing to go by, whatever its places.
    for cost in ["0", "0.00", "0.000000"] {
        let nothing = format!(
            "21,openai/gpt-image-2,,1024x1024,1024x1024,medium,0,0,0,0,0,0,0,1,0,0,,,{cost},accepted"
        );
        let results = shown(&[nothing, square("0.0528")]);
        assert_eq!(results.rows[0].known().expect("an API route").high(), None, "{cost}");
        assert_eq!(results.rows[0].by_rule, Some(Figure::Exact(dec("0.05268"))), "1,756 × $30");
        let goal = &results.routes[0].goals[0];
        assert!(matches!(goal.verdict, GoalVerdict::NotShown(_)), "{cost}: {goal:?}");
    }
}

#[test]
fn a_logged_cost_is_rounded_to_cents_at_most() {
    let difference = |cost: &str| row(&square(cost)).difference;
    assert_eq!(difference("0.05"), Difference::Rounding(dec("-0.002815")));
    // To whole dollars nobody rounds an image: 0.1 is 0.10, and 1 is 1.00.
    assert_eq!(difference("0.1"), Difference::By(dec("0.047185")));
    assert_eq!(difference("1"), Difference::By(dec("0.947185")));
}

#[test]
fn zeros_of_an_attempt_without_an_image_say_no_more_than_empty_cells() {
    let square_in_full = Some(dec("0.052815"));
    for event in ["block_at_input", "block_at_output", "server_error", "timeout"] {
        for counts in [",,,,,", "0,0,0,0,0,0", "0,,,,0,", "27,,,,0,"] {
            for cost in ["", "0", "0.00"] {
                let asked = format!(
                    "21,openai/gpt-image-2,,1024x1024,,medium,0,{counts},0,0,0,{event},,{cost},"
                );
                let results = shown(&[square(""), asked]);
                let rated = results.rows[1].known().expect("an API route");
                assert_eq!(bounds(&rated), (dec("0"), None, square_in_full), "{event} {counts}");
                // One image was accepted: from $0.052815 to $0.10563, and the goal is $0.06.
                let each = results.routes[0].per_accepted.as_ref().expect("one");
                assert_eq!(
                    bounds(&each.known),
                    (dec("0.052815"), None, Some(dec("0.10563"))),
                    "{event} {counts}"
                );
                let goal = &results.routes[0].goals[0];
                assert!(
                    matches!(goal.verdict, GoalVerdict::NotShown(_)),
                    "{event} {counts}: {goal:?}"
                );
            }
        }
    }
}

#[test]
fn a_zero_is_a_price_where_the_terms_say_that_it_is_free() {
    let blocked =
        row("21,fal/gpt-image-2,,1024x1024,,medium,0,0,0,0,0,0,0,0,0,0,block_at_output,,0,");
    assert_eq!(blocked.rated, Some(Figure::Exact(dec("0"))));
    assert_eq!((blocked.difference, blocked.logged()), (Difference::None, Some(dec("0"))));
}

#[test]
fn a_reference_that_was_sent_was_read() {
    for zero in ["0", ""] {
        let edit = row(&format!(
            "38,openai/gpt-image-2,,1024x1024,1024x1024,medium,1,44,,{zero},,1756,,1,,,,,,accepted"
        ));
        let rated = edit.rated.expect("an API route");
        // At least 44 × $5 + 1,756 × $30 per million: what was read of the reference is not logged.
        assert_eq!(bounds(&rated), (per_million(44, "5") + dec("0.05268"), None, None), "`{zero}`");
    }
    // All of it may come from a cache, and without a reference there is none to read.
    for counts in ["1,44,,0,1024,1756", "0,44,,0,,1756"] {
        let edit = row(&format!(
            "38,openai/gpt-image-2,,1024x1024,1024x1024,medium,{counts},,1,,,,,,accepted"
        ));
        assert!(edit.rated.expect("an API route").exact().is_some(), "{counts}");
    }
}

#[test]
fn every_request_bills_some_text() {
    let text = |counts: &str| {
        let row = row(&format!(
            "21,openai/gpt-image-2,,1024x1024,1024x1024,medium,0,{counts},,,1756,,1,,,,,,accepted"
        ));
        row.rated.expect("an API route")
    };
    assert_eq!(bounds(&text("0,0")), (dec("0.05268"), None, None), "at least the image");
    assert!(text("0,27").exact().is_some(), "its text came from a cache");
}
