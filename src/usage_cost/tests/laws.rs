//! Laws: whoever reads, and however the rows lie, the figures are the same.

use proptest::prelude::*;

use super::*;
use crate::figure::Figure;

const COLUMNS: &str = "timestamp,project,model,processing,size,quality,images,accepted,text_input_tokens,\
                       cached_text_input_tokens,image_input_tokens,image_output_tokens,cost_usd";

fn cell(
    any: impl Strategy<Value = String> + 'static,
    odd: &'static [&'static str],
) -> BoxedStrategy<String> {
    prop_oneof![12 => any, 1 => proptest::sample::select(odd).prop_map(str::to_owned)].boxed()
}

fn one_of(all: &'static [&'static str]) -> impl Strategy<Value = String> {
    proptest::sample::select(all).prop_map(str::to_owned)
}

/// A row as logs have it, and now and then a cell that no log should have.
fn row() -> impl Strategy<Value = String> {
    let count = |most: u64| (0..most).prop_map(|count| count.to_string());
    let time = (0..300_u32, 0..86_400_u32).prop_map(|(day, second)| {
        let day = super::day("2026-03-01") + chrono::TimeDelta::days(day.into());
        let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
        format!("{day}T{hour:02}:{minute:02}:{second:02}Z")
    });
    let cells = vec![
        cell(
            time,
            &[
                "2026-10-12",
                "1791763200",
                "2026-02-30T10:00:00Z",
                "",
                "2026-10-12T10:00:00+02:00",
                "later",
            ],
        ),
        cell(one_of(&["a", "b"]), &["", "\"c, d\"", "é", "\"e\ne\""]),
        cell(
            one_of(&["gpt-image-2", "gpt-image-1.5", "gpt-image-2.5-flare"]),
            &["", "gpt-2-image", "dall-e-3", "grok-imagine-image"],
        ),
        cell(one_of(&["standard", "batch", ""]), &["flex", "sometimes"]),
        cell(one_of(&["1024x1024", "1024x1536"]), &["", "1x1", "auto"]),
        cell(one_of(&["low", "medium", "high"]), &["", "best"]),
        cell(one_of(&["1", "1", "2"]), &["", "0", "-1", "1.0", "1.5"]),
        cell(one_of(&["", "0", "1"]), &["true", "rejected", "9"]),
        cell(count(3000), &["", "x", "1.0", "99999999999999999999"]),
        cell(one_of(&["0", "5", ""]), &["x"]),
        cell(one_of(&["0", "1024"]), &[""]),
        cell((196_u64..9000).prop_map(|count| count.to_string()), &["", "0", "3", "1e3"]),
        cell(one_of(&["", "0.17", "0.0000001"]), &["free", "1e-05", "0.12345678901234567"]),
    ];
    cells.prop_map(|cells| cells.join(","))
}

fn log(rows: &[String]) -> String {
    let lines = std::iter::once(COLUMNS).chain(rows.iter().map(String::as_str));
    lines.map(|line| format!("{line}\n")).collect()
}

/// What is found, as far as it is to be the same.
fn shown((found, heard): &(UsageCost, Heard)) -> String {
    let groups: Vec<_> = found
        .groups
        .iter()
        .map(|group| {
            let values: Vec<_> = found.by.iter().map(|by| group.value(*by)).collect();
            format!(
                "{values:?} {:?} {:?} {:?} {:?}",
                group.tally,
                ends(&group.cost),
                group.recorded,
                group.estimated
            )
        })
        .collect();
    format!("{groups:#?}\n{:?}\n{:#?}", ends(&found.total), heard.rejected)
}

fn ends(figure: &Figure<rust_decimal::Decimal>) -> String {
    let reasons: std::collections::BTreeSet<&str> = figure.reasons().codes().collect();
    let low = figure.low().normalize();
    format!("{low} {:?} {reasons:?}", figure.high().map(|high| high.normalize()))
}

const BY: [Dimension; 4] =
    [Dimension::Month, Dimension::Model, Dimension::Project, Dimension::Processing];

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// The way by bytes and the way cell by cell, row by row, find the same to the last digit; rejected rows, too.
    #[test]
    fn the_fast_way_is_the_slow_way(rows in proptest::collection::vec(row(), 1..40)) {
        let catalog = Catalog::shipped();
        let terms = terms(&catalog);
        let text = log(&rows);
        let fast = cost(&text, &terms, &BY, (1, false));
        let slow = cost(&text, &terms, &BY, (1, true));
        prop_assert_eq!(shown(&fast), shown(&slow), "{}", text);
        // And the rows add up to the total, as far as it is of rated rows.
        let sum = Figure::sum(slow.1.priced.iter().map(|row| &row.cost.cost)).expect("a sum");
        prop_assert_eq!(sum.low(), slow.0.whole.cost.low());
        prop_assert_eq!(sum.high(), slow.0.whole.cost.high());
        let counted = slow.0.whole.tally.rows + slow.0.rejected_rows();
        prop_assert_eq!(slow.1.priced.len() as u64, slow.0.whole.tally.rows);
        prop_assert!(counted >= rows.iter().filter(|row| !row.contains('\n')).count() as u64);
    }

    /// The order of rows is no matter, and a log in two parts is one log.
    #[test]
    fn order_and_parts_are_no_matter(
        rows in proptest::collection::vec(row(), 2..30),
        cut in 0..30_usize,
    ) {
        let catalog = Catalog::shipped();
        let terms = terms(&catalog);
        let groups = |rows: &[String]| {
            let (found, heard) = cost(&log(rows), &terms, &BY, (1, false));
            shown(&(found, Heard { rejected: Vec::new(), ..heard }))
        };
        let mut turned = rows.clone();
        turned.reverse();
        prop_assert_eq!(groups(&rows), groups(&turned));
        let cut = cut.min(rows.len());
        let names = ColumnNames::default();
        let mut whole = Logs::new(LogReading {
            terms: &terms, with: None, by: &BY, names: &names, zone: Zone::UTC, threads: 1, each_row: false,
        });
        let mut heard = Heard::default();
        for part in [&rows[..cut], &rows[cut..]] {
            let text = log(part);
            whole.read("log", text.as_bytes(), text.as_bytes(), &mut heard).expect("a log");
        }
        let (found, _) = whole.into_cost().expect("sums are kept");
        prop_assert_eq!(shown(&(found, Heard::default())), groups(&rows));
    }
}

/// A reply on a line, as programs write it; now and then with a number that does not add up, or with more to be said.
fn reply() -> impl Strategy<Value = String> {
    let number = |most: u64| 0..most;
    let parts = (number(300), number(2000), 190_u64..9000, number(200), 0..40_u8, 0..300_u64);
    parts.prop_map(|(text, image, output, minute, odd, day)| {
        let created = 1_772_323_200 + day * 86_400 + minute * 60;
        let model = ["gpt-image-2", "gpt-image-1.5"][usize::from(odd % 5 == 4)];
        let size = ["1024x1024", "1024x1536"][usize::from(odd % 2 == 1)];
        let url = format!("https://example.com/{minute}.png");
        let image_url = if odd == 7 { String::new() } else { url };
        let cached = if odd == 9 { 5 } else { 0 };
        let total = text + image + output + u64::from(odd == 11);
        let more = match odd {
            13 => r#","service_tier":"flex""#,
            14 => r#","audio_seconds":4"#,
            15 => r#","background":"auto""#,
            16 => r#","created_at":0"#,
            _ => "",
        };
        let split = match odd {
            17 => String::new(),
            _ => format!(r#","output_tokens_details":{{"image_tokens":{output},"text_tokens":0}}"#),
        };
        let count = if odd == 19 { format!("{text}.0") } else { text.to_string() };
        format!(
            r#"{{"created":{created},"model":"{model}","size":"{size}","quality":"low","data":[{{"url":"{image_url}"}}]{more},"usage":{{"input_tokens":{},"input_tokens_details":{{"text_tokens":{count},"image_tokens":{image},"cached_tokens":{cached}}},"output_tokens":{output}{split},"total_tokens":{total}}}}}"#,
            text + image
        )
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// Replies that are written alike are read by their numbers, and find what the reader of replies finds.
    #[test]
    fn replies_that_are_written_alike_cost_what_each_costs(
        replies in proptest::collection::vec(reply(), 2..30),
    ) {
        let catalog = Catalog::shipped();
        let terms = terms(&catalog);
        let text: String = replies.iter().map(|reply| format!("{reply}\n")).collect();
        let by = [Dimension::Day, Dimension::Model, Dimension::Size];
        let fast = cost(&text, &terms, &by, (1, false));
        let slow = cost(&text, &terms, &by, (1, true));
        prop_assert_eq!(shown(&fast), shown(&slow), "{}", text);
    }
}

/// Several threads find what one does, in the order of the log.
#[test]
fn threads_are_no_matter() {
    let catalog = Catalog::shipped();
    let terms = terms(&catalog);
    let good = "2026-10-12T08:00:00Z,a,gpt-image-2,standard,1024x1024,low,1,1,100,0,0,196,";
    let bad = "2026-10-12T08:00:00Z,a,gpt-image-9,standard,1024x1024,low,1,1,100,0,0,196,";
    let rows: Vec<String> =
        (0..30_000).map(|number| if number % 997 == 0 { bad } else { good }.to_owned()).collect();
    let text = log(&rows);
    let one = cost(&text, &terms, &BY, (1, false));
    assert!(text.len() > 8 * (1 << 18), "it takes several blocks");
    assert_eq!(one.1.rejected.len(), 31);
    for threads in [2, 3, 8] {
        assert_eq!(shown(&cost(&text, &terms, &BY, (threads, false))), shown(&one));
    }
}
