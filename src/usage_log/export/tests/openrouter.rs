//! Activity of OpenRouter.

use super::*;
use crate::usage_log::reply::Cached;

const ACTIVITY: &str = include_str!("../../../../fixtures/usage/openrouter-activity.csv");
const DAYS: &str = include_str!("../../../../fixtures/usage/openrouter-days.json");

fn unread(row: &UsageRow) -> Vec<String> {
    let Measured::Reply(reply) = &row.measured else { panic!("{:?}", row.measured) };
    reply.unread.iter().map(|it| format!("{} {}", it.key, it.value)).collect()
}

/// 0.16527 + 0 + 0.008264 = 0.173534 was taken from credits; the 0.16527 on a key of one's own was paid to another.
#[test]
fn what_it_cost_is_recorded_and_what_another_was_paid_is_not_added() {
    let rows = rows(ACTIVITY);
    let recorded = |row: &UsageRow| row.recorded.expect("a cost");
    assert_eq!(total(&rows, recorded), "0.173534");
    assert_eq!(
        rows.iter().map(unread).collect::<Vec<_>>().concat(),
        ["byok_usage_inference 0.165270"]
    );
    assert_eq!(rows[1].labels.status.as_deref(), Some("cancelled"));
    assert_eq!(rows[2].labels.tag.as_deref(), Some("=studio"), "as it stands there");
    assert_eq!(rows[0].request_id.as_deref(), Some("gen-1791796473-a"));
    assert!(rows.iter().all(|row| row.day.is_some_and(|day| day.to_string() == "2026-10-12")));
}

/// No column tells what is text and what is image, so that nothing is split; 26 of 126 tokens were cached.
#[test]
fn its_modalities_stay_open() {
    let row = &rows(ACTIVITY)[2];
    let Measured::Reply(reply) = &row.measured else { panic!("open") };
    let tokens = reply.tokens.tokens().expect("tokens");
    assert_eq!((tokens.input, tokens.input_split), (126, None));
    assert_eq!(tokens.cached, Cached::Together(26));
    assert_eq!((tokens.output, tokens.output_split), (5488, None));
    let more = ACTIVITY.replace(",5488,0,26,", ",5488,0,127,");
    assert!(problems(&more)[0].contains("`tokens_cached`: is 127, and `tokens_prompt`"));
}

/// The time is UTC: 23:59 is the next day one hour further east.
#[test]
fn a_time_is_of_the_day_in_the_time_zone_of_the_reading() {
    let east = |time: chrono::NaiveDateTime| (time + chrono::TimeDelta::hours(1)).date();
    let source = Source { day_of: &east, ..Source::utc("f", ACTIVITY) };
    let mut days = Vec::new();
    let mut take = |numbered: Numbered| match numbered.found {
        Ok(Found::Row(row)) => days.extend(row.day.map(|day| day.to_string())),
        other => panic!("{other:?}"),
    };
    read(Export::OpenRouterActivity, &source, &mut take).expect("read");
    assert_eq!(days, ["2026-10-12", "2026-10-12", "2026-10-13"]);
}

#[test]
fn a_day_of_the_api_has_the_requests_of_a_model() {
    let rows = rows(DAYS);
    assert_eq!((rows.len(), rows[0].requests), (1, 3));
    assert_eq!(total(&rows, |row| row.recorded.expect("a cost")), "0.173534");
    assert_eq!(unread(&rows[0]), ["byok_usage_inference 0.16527"]);
    let Measured::Reply(reply) = &rows[0].measured else { panic!("open") };
    assert_eq!(reply.tokens.tokens().map(|it| it.cached), Some(Cached::NotStated));
}
