//! Rows of a pilot log: a delivered image whose usage is zero or not logged is unknown, and an attempt without
//! an image costs between nothing and all that it would have been charged.

use imgcost::catalog::Catalog;
use imgcost::figure::Figure;
use imgcost::pilot::{Goals, RatedRow, Results, log, results};
use imgcost::rating::FxRates;

use crate::common::*;

const HEADING: &str = "timestamp,request_id,prompt_tokens,route,model,requested_size,delivered_size,quality,input_images,\
    text_input_tokens,cached_text_input_tokens,image_input_tokens,cached_image_input_tokens,image_output_tokens,\
    text_output_tokens,images,calls,pixels,error_stage,latency_seconds,cost_usd,verdict";

/// What a log of one row shows: the cells from `prompt_tokens` to `quality` and from `input_images` on.
fn shown(row: &str) -> Results {
    let text = format!("{HEADING}\n2026-11-20,r1,{row}\n");
    let log = log::read(&Catalog::shipped(), "log.csv", &text.as_str().into(), day(TODAY));
    let log = log.expect("a log");
    assert!(log.rejected.is_empty(), "{:?}", log.rejected);
    let goals = Goals { width: dec("0.1"), ..Goals::default() };
    results(&Catalog::shipped(), log, None, &goals, (&FxRates::new(), None)).expect("results")
}

fn row(row: &str) -> RatedRow {
    shown(row).rows.remove(0)
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
