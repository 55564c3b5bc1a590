//! Objects of logs, with what a row of each must be.

use rust_decimal::Decimal;

use super::*;
use crate::catalog::conditions::Processing;
use crate::usage_log::row::{COUNTED, Counts};

const LITELLM: &str = include_str!("../../../fixtures/usage/litellm-spend-logs.jsonl");
const GATEWAY: &str = include_str!("../../../fixtures/usage/gateway-log.jsonl");

/// Each line as a row, or what is wrong with it.
fn found(text: &str) -> Vec<Result<UsageRow, Vec<String>>> {
    let mut all = Vec::new();
    read(&Source::utc("f", text), &[], &mut |numbered| {
        all.push(match numbered.found {
            Ok(Found::Row(row)) => Ok(*row),
            Ok(other) => panic!("{other:?}"),
            Err(problems) => Err(problems.iter().map(|it| it.one_line()).collect()),
        });
    })
    .expect("read");
    all
}

fn row(text: &str) -> UsageRow {
    found(text).remove(0).unwrap_or_else(|problems| panic!("{problems:?}"))
}

fn wrong(text: &str) -> Vec<String> {
    found(text).remove(0).expect_err("wrong")
}

fn tokens(row: &UsageRow) -> (u64, u64) {
    let Measured::Reply(reply) = &row.measured else { panic!("{:?}", row.measured) };
    reply.tokens.tokens().map(|it| (it.input, it.output)).expect("tokens")
}

fn text(label: &Option<Box<str>>) -> &str {
    label.as_deref().unwrap_or("none")
}

#[test]
fn request_and_reply_make_one_row_and_the_request_speaks_where_the_reply_is_silent() {
    let row = row(GATEWAY.lines().next().expect("a line"));
    assert_eq!(
        row.day.map(|day| day.to_string()).as_deref(),
        Some("2026-10-13"),
        "23:30 at -05:00"
    );
    let labels = &row.labels;
    assert_eq!(
        [&labels.model, &labels.project, &labels.tag].map(text),
        ["gpt-image-2", "lantern", "autumn,hero"]
    );
    // The reply says its size, another than was asked for, and no quality.
    assert_eq!([&labels.size, &labels.quality].map(text), ["1024x1536", "high"]);
    assert_eq!([&row.asked.size, &row.asked.quality].map(text), ["1024x1024", "none"]);
    assert_eq!((row.images, row.accepted, row.requests), (Some(2), Some(1), 1));
    assert_eq!(tokens(&row), (126, 10_976));
    assert_eq!(row.recorded, Some(Decimal::new(4, 2)), "as it was recorded, flat");
    assert_eq!(text(&row.request_id), "req-1");
}

#[test]
fn a_reply_is_found_as_text_as_a_body_of_http_and_among_the_keys_of_the_log() {
    let found: Vec<UsageRow> = found(GATEWAY).into_iter().map(|row| row.expect("a row")).collect();
    assert_eq!(found.len(), 5);
    assert_eq!(
        found[1..4].iter().map(tokens).collect::<Vec<_>>(),
        [(10, 272), (20, 544), (30, 816)]
    );
    assert_eq!(found[3].processing, Some(Processing::Flex));
    let days = found.iter().map(|row| row.day.map(|day| day.to_string()).unwrap_or_default());
    assert_eq!(days.skip(1).collect::<Vec<_>>(), ["2026-10-12"; 4]);
}

/// A call that failed delivered nothing, and what can have happened is said by its status.
#[test]
fn a_call_that_failed_is_a_row_without_images() {
    let row = found(GATEWAY).pop().expect("a line").expect("a row");
    let Measured::Reply(reply) = &row.measured else { panic!("{:?}", row.measured) };
    assert!(reply.delivered_none());
    assert_eq!(reply.not_delivered.len(), 1);
    assert_eq!((row.images, text(&row.labels.status)), (Some(0), "504"));
}

#[test]
fn a_call_of_which_only_the_request_is_logged_has_its_images_size_and_quality() {
    let row = row(
        r#"{"timestamp": "2026-10-12", "request": {"model": "gpt-image-2", "size": "1024x1024", "quality": "low", "n": 3}}"#,
    );
    assert!(matches!(&row.measured, Measured::Counts(counts) if counts.are_silent()));
    assert_eq!(
        (row.images, text(&row.labels.size), text(&row.labels.quality)),
        (Some(3), "1024x1024", "low")
    );
}

#[test]
fn what_is_wrong_in_a_wrapper_or_inside_of_it_is_told_at_its_place_all_at_once() {
    let told = wrong(
        r#"{"timestamp": "yesterday", "cost": "much", "accepted": 3, "response": {"data": [{"b64_json": "x"}], "usage": {"input_tokens": 1, "output_tokens": 2, "total_tokens": 4}}}"#,
    );
    assert_eq!(told.len(), 3, "{told:?}");
    assert!(told[0].starts_with("f:1:15: `timestamp` must be a time"), "{told:?}");
    assert!(told[1].starts_with("f:1:36: `cost` is no amount"), "{told:?}");
    assert!(told[2].contains("is 4, but its parts are 1 and 2"), "{told:?}");
    let told = wrong(
        r#"{"timestamp": "2026-10-12", "accepted": 3, "response": {"data": [{"b64_json": "x"}], "usage": {"input_tokens": 1, "output_tokens": 2}}}"#,
    );
    assert_eq!(told, ["f:1:41: `accepted` is 3, but all that was delivered is 1 [bad-value]"]);
    let told = wrong(
        r#"{"timestamp": "2026-10-12", "response": "{\"usage\": {\"input_tokens\": -1, \"output_tokens\": 2}}"}"#,
    );
    assert!(
        told[0].starts_with("f:1:41: `response.usage.input_tokens` must be a whole number"),
        "{told:?}"
    );
    assert!(wrong(r#"{"timestamp": "2026-10-12", "project": "x"}"#)[0].contains("nothing to rate"));
}

/// The splits of LiteLLM's `usage_object` are read by the one reader; its totals alone split nothing; spend 0 is what it
/// recorded, and no price.
#[test]
fn spend_logs_are_rated_by_their_usage_and_not_by_their_spend() {
    let rows: Vec<UsageRow> =
        found(LITELLM).into_iter().map(|row| row.unwrap_or_else(|it| panic!("{it:?}"))).collect();
    let [full, totals, cached, failed, azure] = &rows[..] else { panic!("{}", rows.len()) };
    assert_eq!(tokens(full), (126, 5_488));
    assert_eq!((full.recorded, text(&full.labels.project)), (Some(Decimal::ZERO), "team-a"));
    assert_eq!(
        [&full.labels.size, &full.labels.quality, &full.labels.route].map(text),
        ["1024x1536", "high", "none"]
    );
    let Measured::Reply(reply) = &totals.measured else { panic!("open") };
    let open = reply.tokens.tokens().expect("tokens");
    assert_eq!((open.input, open.input_split, open.output_split), (126, None, None));
    assert_eq!(totals.recorded, Some(Decimal::new(145, 3)), "one price for all sizes");
    // What LiteLLM answered from its own cache was sent to nobody.
    assert_eq!(cached.measured, Measured::Counts(Counts([Some(0); COUNTED.len()])));
    assert_eq!((cached.images, text(&cached.labels.status)), (Some(0), "cache_hit"));
    assert_eq!((failed.images, text(&failed.labels.status)), (Some(0), "failure"));
    // What LiteLLM counts of a call that failed is in no reply: it may bill, and is named.
    let Measured::Reply(reply) = &failed.measured else { panic!("failed") };
    let named: Vec<_> =
        reply.unread.iter().map(|it| (it.key.as_str(), it.value.as_str())).collect();
    assert_eq!(named, [("prompt_tokens", "126")]);
    assert_eq!(text(&azure.labels.route), "azure/gpt-image-2", "no other owner's price is taken");
}

#[test]
fn totals_that_contradict_the_usage_beside_them_are_refused() {
    let told = wrong(
        r#"{"request_id": "a", "call_type": "aimage_generation", "prompt_tokens": 5, "completion_tokens": 7, "metadata": {"usage_object": {"prompt_tokens": 6, "completion_tokens": 7}}}"#,
    );
    assert!(
        told[0].contains("`prompt_tokens` is 5, and `metadata.usage_object.prompt_tokens` is 6"),
        "{told:?}"
    );
}

#[test]
fn replies_requests_and_lines_of_batch_files_are_not_wrapped() {
    let is = |text: &str| {
        let Ok(crate::json::Json::Object(entries)) = crate::json::parse(text) else {
            panic!("an object")
        };
        is_wrapped(&Object::new(&entries, ""))
    };
    for bare in [
        r#"{"created": 1, "data": [], "usage": {"input_tokens": 1, "output_tokens": 2}}"#,
        r#"{"object": "response", "output": [], "usage": {}, "created_at": 1}"#,
        r#"{"model": "gpt-image-2", "prompt": "fox", "size": "auto"}"#,
        r#"{"custom_id": "a", "response": {"status_code": 200, "body": {"usage": {}}}}"#,
        r#"{"custom_id": "a", "method": "POST", "url": "/v1/images/generations", "body": {"model": "gpt-image-2"}}"#,
        r#"{"type": "response.completed", "response": {"output": [], "usage": {}}}"#,
        r#"{"choices": [], "usage": {"cost": 0.1}}"#,
    ] {
        assert!(!is(bare), "{bare}");
    }
    assert!(is(r#"{"response": {"usage": {}}}"#) && is(r#"{"spend": 0, "prompt_tokens": 1}"#));
}
