//! Life cycles and versions: which price of which day.

use imgcost::catalog::Catalog;
use imgcost::catalog::dated::FirstDay;
use imgcost::estimate::{Estimate, EstimateError, ReplyContext, Terms, estimate_request};
use imgcost::figure::Figure;
use imgcost::request::RequestError;
use imgcost::unit::Meter;

use crate::common::*;

/// A reply of gpt-image-2 with 100 text tokens of output beside the image.
const WITH_TEXT_OUTPUT: &str = include_str!("../../fixtures/replies/text-output.json");

fn with_text_output(as_of: &str) -> Estimate {
    let context = ReplyContext { model: Some("gpt-image-2".into()), ..ReplyContext::default() };
    rate_reply(WITH_TEXT_OUTPUT, &context, as_of)
}

#[test]
fn gpt_image_1_is_refused_as_shut_down() {
    let draft = generation("gpt-image-1", "1024x1024", "high");
    for as_of in ["2026-10-23", TODAY] {
        let RequestError::ShutDown { on, last_day, replacements, .. } = refusal_on(&draft, as_of)
        else {
            panic!("not refused as shut down on {as_of}");
        };
        assert_eq!((on.as_str(), last_day.as_str()), ("2026-10-23", "2026-10-22"));
        assert_eq!(replacements, ["gpt-image-2.5-sunburst"]);
    }
}

#[test]
fn gpt_image_1_is_priced_on_its_last_day() {
    let priced = price_on(&generation("gpt-image-1", "1024x1024", "high"), "2026-10-22");
    // 4,160 × 40 ÷ 1,000,000
    assert_eq!(total(&priced), dec("0.1664"));
    assert!(has_note(&priced, "shutdown_ahead"));
}

#[test]
fn a_route_ends_when_its_own_owner_says_so() {
    // OpenAI shuts gpt-image-1-mini down on 2026-12-01; Microsoft states 2027-04-07 for its own route.
    let draft = generation("gpt-image-1-mini", "1024x1024", "low");
    let on_azure = |day| {
        let terms = Terms { route: Some("provider/microsoft/gpt-image-1-mini"), ..terms(day) };
        estimate_request(&Catalog::shipped(), &draft, &terms)
    };
    for day in ["2026-11-30", "2026-12-01", "2027-04-06"] {
        let priced = on_azure(day).expect("priced");
        // 272 × 8 ÷ 1,000,000
        assert_eq!(total(&priced), dec("0.002176"));
        let note = priced.notes.iter().find(|note| note.code() == "shutdown_ahead");
        let said = note.expect("a note on the end").to_string();
        assert_eq!(said, "gpt-image-1-mini: Microsoft shuts it down on 2027-04-07");
    }
    let Err(EstimateError::Request(errors)) = on_azure("2027-04-07") else { panic!("not refused") };
    assert_eq!(
        errors.0[0].to_string(),
        "gpt-image-1-mini is shut down by Microsoft from 2027-04-07 on"
    );
    let RequestError::ShutDown { on, .. } = refusal_on(&draft, "2026-12-01") else {
        panic!("OpenAI's own route is shut down by then");
    };
    assert_eq!(on, "2026-12-01");
}

#[test]
fn models_that_end_on_2026_12_01_carry_the_day() {
    for model in ["gpt-image-1.5", "gpt-image-1-mini", "chatgpt-image-latest"] {
        let draft = generation(model, "1024x1024", "low");
        let priced = price(&draft);
        let note = priced.notes.iter().find(|note| note.code() == "shutdown_ahead");
        let message = note.expect("a note on the shutdown").to_string();
        assert!(
            message.contains("2026-12-01") && message.contains("gpt-image-2.6-sunburst"),
            "{message}"
        );
        assert!(!has_note(
            &price(&generation("gpt-image-2", "1024x1024", "low")),
            "shutdown_ahead"
        ));
        assert!(try_price_on(&draft, "2026-11-30").is_ok(), "the day before");
        assert!(
            matches!(refusal_on(&draft, "2026-12-01"), RequestError::ShutDown { .. }),
            "the day itself"
        );
    }
}

#[test]
fn text_output_of_gpt_image_2_is_billed_the_day_before_2026_05_09() {
    let rated = with_text_output("2026-05-08");
    assert_eq!(amount(&rated, Meter::TextOutput), per_million(100, "10.00"));
    assert_eq!(
        total(&rated),
        per_million(11, "5.00") + per_million(196, "30.00") + per_million(100, "10.00")
    );
}

#[test]
fn text_output_of_gpt_image_2_is_not_billed_on_2026_05_09_and_the_day_after() {
    for as_of in ["2026-05-09", "2026-05-10", TODAY] {
        let rated = with_text_output(as_of);
        assert!(rated.charges.iter().all(|charge| charge.meter != Meter::TextOutput), "{as_of}");
        assert_eq!(
            rated.usage.count(Meter::TextOutput),
            Figure::Exact(100),
            "counted, and not billed"
        );
        assert!(has_note(&rated, "not_billed"));
        assert_eq!(total(&rated), per_million(11, "5.00") + per_million(196, "30.00"));
    }
}

#[test]
fn the_first_day_counts_and_the_day_before_names_the_nearest_version() {
    let launches = [
        ("gpt-image-2", "2026-04-20", "2026-04-21"),
        ("gpt-image-2.5-sunburst", "2026-09-07", "2026-09-08"),
        ("gpt-image-2.5-flare", "2026-09-07", "2026-09-08"),
        ("gpt-image-2.6-sunburst", "2026-11-03", "2026-11-04"),
        ("gpt-image-2.6-flare", "2026-11-03", "2026-11-04"),
        ("gpt-image-1.5", "2025-12-15", "2025-12-16"),
        ("gpt-image-1-mini", "2025-10-05", "2025-10-06"),
        ("gpt-image-1", "2025-04-22", "2025-04-23"),
    ];
    for (model, before, first) in launches {
        let draft = generation(model, "1024x1024", "low");
        assert!(try_price_on(&draft, first).is_ok(), "{model} on {first}");
        let RequestError::NoVersion { nearest, .. } = refusal_on(&draft, before) else {
            panic!("{model} is priced before its launch");
        };
        assert!(nearest.is_some_and(|period| period.contains(first)), "{model}");
    }
}

#[test]
fn a_version_without_a_stated_first_day_holds_from_the_day_its_source_was_seen() {
    let draft = generation("chatgpt-image-latest", "1024x1024", "low");
    assert!(try_price_on(&draft, "2026-08-21").is_ok());
    assert!(matches!(refusal_on(&draft, "2026-08-20"), RequestError::NoVersion { .. }));
    assert_eq!(price(&draft).table.version().period.first_day, FirstDay::Seen);
}

#[test]
fn a_future_day_is_priced_at_the_open_version_and_marked_as_assumed() {
    let draft = generation("gpt-image-2", "1024x1024", "high");
    let priced = price_on(&draft, "2026-12-24");
    assert!(priced.assumed);
    assert_eq!(total(&priced), dec("0.21072"));
    assert!(!price(&draft).assumed, "today is not the future");
}

#[test]
fn a_snapshot_id_is_the_same_model() {
    for (snapshot, model) in [
        ("gpt-image-2-2026-04-21", "gpt-image-2"),
        ("gpt-image-2.5-sunburst-2026-09-08", "gpt-image-2.5-sunburst"),
        ("gpt-image-2.5-flare-2026-09-08", "gpt-image-2.5-flare"),
        ("gpt-image-1.5-2025-12-16", "gpt-image-1.5"),
    ] {
        assert_eq!(price(&generation(snapshot, "1024x1024", "low")).model.id, model);
    }
}
