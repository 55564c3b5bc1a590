//! Billing events of fal.

use super::*;

const EVENTS: &str = include_str!("../../../../fixtures/usage/fal-events.json");

/// 165,000,000 nanodollars are 0.165; with a discount of 10%, 0.165 × 0.9 = 0.1485; half a nanodollar is not nothing. In all
/// 0.165 + 0.1485 + 0.0000000005 = 0.3135000005.
#[test]
fn nanodollars_are_recorded_to_the_last_digit() {
    let rows = rows(EVENTS);
    assert_eq!(total(&rows, |row| row.recorded.expect("a cost")), "0.3135000005");
    assert_eq!(rows[2].day.map(|day| day.to_string()).as_deref(), Some("2026-10-13"));
    assert_eq!(rows[1].request_id.as_deref(), Some("req-b"));
}

/// An event does not name the unit of its endpoint, so that 0.165 units measure nothing.
#[test]
fn units_without_a_name_are_what_bills_and_is_not_read() {
    for row in rows(EVENTS) {
        let Measured::Reply(reply) = &row.measured else { panic!("{:?}", row.measured) };
        assert_eq!(reply.tokens.tokens(), None);
        assert_eq!(reply.unread.len(), 1);
        assert_eq!(reply.unread[0].key, "output_units");
    }
}

#[test]
fn a_page_that_goes_on_says_so_and_one_without_events_has_none() {
    let ended = read(Export::FalEvents, &Source::utc("f", EVENTS), &mut |_| {});
    assert_eq!(ended.expect("read"), Ended { goes_on: true });
    assert!(rows(r#"{"billing_events": [], "has_more": false}"#).is_empty());
}
