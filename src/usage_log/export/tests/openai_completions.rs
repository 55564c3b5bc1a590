//! Tokens of an OpenAI organization, with what a wrong reading would make of them.

use super::*;

/// Dollars for a million of each meter of a row: gpt-image-2, list of 2026-05-09; half of it in a Batch.
const LIST: [i64; 6] = [5_00, 1_25, 8_00, 2_00, 30_00, 10_00];

fn cost(row: &UsageRow, counts: [u64; 6]) -> Decimal {
    let cents: i128 =
        counts.iter().zip(LIST).map(|(count, price)| i128::from(*count) * i128::from(price)).sum();
    let half = if row.processing == Some(Processing::Batch) { 2 } else { 1 };
    Decimal::from_i128_with_scale(cents, 8) / Decimal::from(half)
}

fn counts(row: &UsageRow) -> [u64; 6] {
    let Measured::Counts(counts) = &row.measured else { panic!("{:?}", row.measured) };
    COUNTED.map(|meter| counts.of(meter).expect("a count"))
}

#[test]
fn pages_and_the_dashboard_say_the_same_with_commas_and_with_tabs() {
    let rows_of_pages = rows(PAGES);
    assert_eq!(rows_of_pages.len(), 4);
    assert_eq!(rows(DASHBOARD), rows_of_pages);
    assert_eq!(rows(&DASHBOARD.replace(',', "\t")), rows_of_pages);
    assert_eq!(rows(&format!("\u{feff}{}", DASHBOARD.replace('\n', "\r\n"))), rows_of_pages);
    // One page by itself, and both on lines of their own.
    let pages: serde_json::Value = serde_json::from_str(PAGES).expect("JSON");
    let [first, second] = [0, 1].map(|at| pages[at].to_string());
    assert_eq!(rows(&first), rows_of_pages[..3]);
    assert_eq!(rows(&format!("{first}\n{second}\n")), rows_of_pages);
}

/// 2026-10-12: 5,040 × $5 + 219,520 × $30 a million = 0.0252 + 6.5856 = 6.6108. 10-13: 2,400 × 5 + 48,640 × 8 + 15,360 × 2 +
/// 34,300 × 30 = 0.012 + 0.38912 + 0.03072 + 1.029 = 1.46084. 10-14, in a Batch: (12,600 × 5 + 137,200 × 30) ÷ 2 = 2.0895.
#[test]
fn the_usage_is_rated_at_10_16114() {
    let rows = rows(PAGES);
    let of = |row: &UsageRow| cost(row, counts(row));
    let by_day = |day| {
        let on = rows.iter().filter(|row| row.day.is_some_and(|it| it.to_string() == day));
        on.map(of).sum::<Decimal>().normalize().to_string()
    };
    assert_eq!(by_day("2026-10-12"), "6.6108");
    assert_eq!(by_day("2026-10-13"), "1.46084");
    assert_eq!(by_day("2026-10-14"), "2.0895");
    assert_eq!(total(&rows, of), "10.16114");
    assert_eq!(rows.iter().map(|row| row.requests).sum::<u64>(), 38 + 2 + 25 + 100);
}

/// On 10-13 the image tokens are 48,640 beside 15,360 cached ones: 64,000 in all. Whoever takes 64,000 for the uncached ones
/// bills 15,360 × $8 = 0.12288 more, and has 81,760 tokens where `input_tokens` says 66,400.
#[test]
fn cached_tokens_that_are_counted_twice_rate_10_13_at_1_58372() {
    let of_13 = &rows(PAGES)[2];
    let right = counts(of_13);
    assert_eq!(right, [2_400, 0, 48_640, 15_360, 34_300, 0]);
    let twice = [right[0], right[1], right[2] + right[3], right[3], right[4], right[5]];
    assert_eq!(cost(of_13, twice).normalize().to_string(), "1.58372");
    let totals_by_modality = DASHBOARD.replace("48640.0", "64000.0");
    let problems = problems(&totals_by_modality);
    assert_eq!(problems.len(), 1, "{problems:?}");
    let sums = "`66400`, and its parts add up to 81760";
    assert!(problems[0].contains(&sums.replace('`', "")), "{problems:?}");
}

/// 15,360 cached tokens at the price of uncached ones: 15,360 × (8 − 2) = 0.09216 more.
#[test]
fn cached_tokens_at_the_uncached_price_rate_10_13_at_1_55300() {
    let of_13 = &rows(PAGES)[2];
    let [text, _, image, cached_image, output, _] = counts(of_13);
    let uncached = [text, 0, image + cached_image, 0, output, 0];
    assert_eq!(cost(of_13, uncached).to_string(), "1.55300000");
}

/// Two records of 10-12 are alike in day, project, user, key, model, batch and tier. Without the second, 2 × (126 × 5 + 5,488 ×
/// 30) a million = 0.33054 is lost; and two that are alike in everything are two.
#[test]
fn records_of_one_key_are_added_and_none_is_dropped_as_a_duplicate() {
    let all = rows(PAGES);
    assert_eq!((&all[0].labels, all[0].day), (&all[1].labels, all[1].day));
    let of = |row: &UsageRow| cost(row, counts(row));
    assert_eq!(of(&all[1]).normalize().to_string(), "0.33054");
    let second = DASHBOARD.lines().nth(2).expect("a row");
    let doubled = rows(&format!("{DASHBOARD}{second}\n"));
    assert_eq!(total(&doubled, of), "10.49168", "10.16114 + 0.33054");
}

#[test]
fn a_day_without_usage_is_neither_a_row_nor_a_problem() {
    for text in [PAGES, DASHBOARD] {
        let found = found(text);
        let none = found.iter().filter(|it| matches!(it.found, Ok(Found::NoUsage))).count();
        assert_eq!((found.len(), none), (5, 1));
    }
    // 4 rows under the header: the empty day is on line 6.
    assert_eq!(found(DASHBOARD).last().map(|it| it.line), Some(6));
}

#[test]
fn an_export_of_which_a_page_is_missing_says_so() {
    let pages: serde_json::Value = serde_json::from_str(PAGES).expect("JSON");
    let ended = |text: &str| {
        let export = Export::of_text(text).expect("an export");
        read(export, &Source::utc("f", text), &mut |_| {}).expect("read")
    };
    assert_eq!(ended(PAGES), Ended { goes_on: false });
    assert_eq!(ended(&pages[0].to_string()), Ended { goes_on: true });
}

#[test]
fn what_an_export_is_is_told_by_its_content() {
    assert_eq!(Export::of_text(PAGES), Some(Export::OpenAiCompletions));
    assert_eq!(Export::of_text(DASHBOARD), Some(Export::OpenAiCompletions));
    assert_eq!(rows(&format!("\u{feff}{PAGES}")), rows(PAGES), "with a byte order mark");
    let nothing = r#"{"object": "page", "data": [{"object": "bucket", "start_time": 1791763200, "results": []}]}"#;
    assert_eq!(Export::of_text(nothing), Some(Export::OpenAiCompletions), "a day without usage");
    for other in [
        "",
        "workload,2026-10\nposter,5\n",
        r#"{"data": [{"b64_json": "x"}], "usage": {}}"#,
        r#"{"object": "page", "data": [{"results": [{"object": "organization.usage.embeddings.result"}]}]}"#,
        r#"{"object": "page", "data": [{"results": [{"object": "organization.costs.result"}]}]}"#,
        "start_time,end_time,amount_value,amount_currency,line_item\n1791763200,1791849600,6.61,usd,\n",
    ] {
        assert_eq!(Export::of_text(other), None, "{other}");
    }
}
