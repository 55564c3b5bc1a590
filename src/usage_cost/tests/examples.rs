//! Worked examples.

use super::*;

const COLUMNS: &str = "timestamp,model,processing,size,quality,images,text_input_tokens,\
                       cached_text_input_tokens,image_input_tokens,cached_image_input_tokens,\
                       image_output_tokens,text_output_tokens,status\n";

fn log(rows: &[&str]) -> String {
    format!("{COLUMNS}{}\n", rows.join("\n"))
}

/// 126 × 5.00/1M + 5,488 × 30.00/1M = 0.00063 + 0.16464 = 0.16527.
#[test]
fn a_row_costs_its_counts_at_the_prices_of_its_day() {
    let row = "2026-10-12T08:00:00Z,gpt-image-2,standard,1024x1536,high,1,126,0,0,0,5488,0,ok";
    assert_eq!(total(&log(&[row])), "0.16527");
    // Two of them are two: rows that are equal are added.
    assert_eq!(total(&log(&[row, row])), "0.33054");
}

/// On 2026-05-08 a million text output tokens were 10.00; from 2026-05-09 on they are not billed.
/// 126 × 5/1M + 5,488 × 30/1M + 1,000 × 10/1M = 0.16527 + 0.01 = 0.17527.
#[test]
fn a_price_holds_on_its_own_days() {
    let before =
        "2026-05-08T23:59:59Z,gpt-image-2,standard,1024x1536,high,1,126,0,0,0,5488,1000,ok";
    let after = "2026-05-09T00:00:00Z,gpt-image-2,standard,1024x1536,high,1,126,0,0,0,5488,1000,ok";
    assert_eq!(total(&log(&[before])), "0.17527");
    assert_eq!(total(&log(&[after])), "0.16527");
}

/// Batch: 126 × 2.50/1M + 1,372 × 15.00/1M = 0.000315 + 0.02058 = 0.020895.
/// Cached: 48,640 × 8/1M + 15,360 × 2/1M + 2,400 × 5/1M + 34,300 × 30/1M = 0.38912 + 0.03072 + 0.012 + 1.029 = 1.46084.
#[test]
fn batch_and_cached_tokens_have_their_own_prices() {
    let batch = "2026-10-14,gpt-image-2,batch,1024x1536,medium,1,126,0,0,0,1372,0,ok";
    let cached = "2026-10-13,gpt-image-2,,1024x1536,medium,25,2400,0,48640,15360,34300,0,ok";
    assert_eq!(total(&log(&[batch])), "0.020895");
    assert_eq!(total(&log(&[cached])), "1.46084");
    assert_eq!(total(&log(&[batch, cached])), "1.481735");
}

/// An image has output: what a log does not count is not free.
#[test]
fn an_absence_is_never_zero() {
    for row in [
        "2026-10-12,gpt-image-2,standard,1024x1536,high,1,126,0,0,0,0,0,ok",
        "2026-10-12,gpt-image-2,standard,1024x1536,high,1,126,0,0,0,,0,ok",
        "2026-10-12,gpt-image-2,standard,1024x1536,high,1,0,0,0,0,5488,0,ok",
        "2026-10-12,gpt-image-2,standard,1024x1536,high,1,126,0,,0,5488,0,ok",
        // No image of the model has so few tokens.
        "2026-10-12,gpt-image-2,standard,1024x1536,high,1,126,0,0,0,10,0,ok",
    ] {
        assert!(total(&log(&[row])).starts_with('≥'), "{row}");
    }
    // Without cached counts none are taken, which is said and not hidden.
    let catalog = Catalog::shipped();
    let row = "2026-10-12,gpt-image-2,standard,1024x1536,high,1,126,,0,,5488,0,ok";
    let (found, _) = cost(&log(&[row]), &terms(&catalog), &Dimension::USUAL, (1, false));
    assert_eq!(found.rows_without_cached, 1);
    assert_eq!(found.total.exact().map(|it| it.to_string()).as_deref(), Some("0.16527"));
}

/// The rule counts 5,488 output tokens for 1024x1536 at high: 0.16464, and a prompt that nobody knows.
#[test]
fn tokens_that_are_missing_are_counted_by_the_rule_and_marked() {
    let catalog = Catalog::shipped();
    let row = "2026-10-12,gpt-image-2,standard,1024x1536,high,1,,,,,,,ok";
    let (found, _) = cost(&log(&[row]), &terms(&catalog), &Dimension::USUAL, (1, false));
    assert_eq!(found.whole.estimated, 1);
    assert_eq!(found.total.low().to_string(), "0.16464");
    assert_eq!(found.total.high(), None, "the prompt is not known");
}

#[test]
fn what_cannot_be_priced_is_rejected_with_its_line_and_the_rest_is_priced() {
    let catalog = Catalog::shipped();
    let text = log(&[
        "2026-10-12,gpt-image-2,standard,1024x1536,high,1,126,0,0,0,5488,0,ok",
        "2026-10-12,gpt-imoge-2,standard,1024x1536,high,1,126,0,0,0,5488,0,ok",
        "",
        "2026-13-12,gpt-image-2,standard,1024x1536,high,1,126,0,0,0,5488,0,ok",
        "2026-10-12,gpt-image-2,standard,1024x1536,high,1,1e3,0,0,0,5488,0,ok",
        "2026-10-12,gpt-image-2,standard",
        "2020-01-01,gpt-image-2,standard,1024x1536,high,1,126,0,0,0,5488,0,ok",
        "2026-10-12,gpt-image-2,standard,\"1024x1536\",high,1,126,0,0,0,5488,0,\"o\nk\"",
        "2026-10-12,gpt-image-2,standard,1024x1536,high,1,126,0,0,0,5488,0,cut",
    ]);
    let (found, heard) = cost(&text, &terms(&catalog), &Dimension::USUAL, (1, false));
    let lines: Vec<u64> = heard.rejected.iter().map(|(line, _)| *line).collect();
    assert_eq!(lines, [3, 5, 6, 7, 8], "{:?}", heard.rejected);
    assert_eq!(found.whole.tally.rows, 3);
    assert_eq!(found.rejected_rows(), 5);
    assert_eq!(found.total.low().to_string(), "0.49581");
    assert_eq!(found.total.high(), None, "what the rejected rows cost is not known");
}

/// A reply counts cached tokens within its details: 48,640 + 15,360 = 64,000. It costs what the row of cells costs.
#[test]
fn a_reply_on_a_line_costs_what_its_row_costs() {
    let usage = r#"{"input_tokens":66400,"input_tokens_details":{"text_tokens":2400,"image_tokens":64000,"cached_tokens":15360,"cached_tokens_details":{"text_tokens":0,"image_tokens":15360}},"output_tokens":34300,"output_tokens_details":{"image_tokens":34300,"text_tokens":0},"total_tokens":100700}"#;
    let images = vec![r#"{"url":"https://example.com/a.png"}"#; 25].join(",");
    let reply = format!(
        r#"{{"created":1791849600,"model":"gpt-image-2","size":"1024x1536","quality":"medium","data":[{images}],"usage":{usage}}}"#
    );
    assert_eq!(total(&format!("{reply}\n{reply}\n")), "2.92168");
}

/// The first days of a model on a provider have no price: the row is rejected, and priced where its user says since when
/// the next price held.
#[test]
fn nothing_is_priced_before_the_first_price() {
    let row = "2026-04-20,gpt-image-2,standard,1024x1536,high,1,126,0,0,0,5488,0,ok";
    assert_eq!(total(&log(&[row])), "≥ 0");
}
