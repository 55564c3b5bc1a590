//! Pasted API replies: their counts are rated as they are.

use imgcost::catalog::Catalog;
use imgcost::catalog::conditions::Processing;
use imgcost::estimate::{Estimate, ReplyContext, estimate_reply};
use imgcost::figure::{Certainty, Figure};
use imgcost::unit::Meter;
use imgcost::usage_log::reply;
use rust_decimal::Decimal;

use crate::common::*;

/// An edit at 3840x2160 high: 228 text and 1,450 image tokens in, 13,342 image tokens out.
const EDIT: &str = include_str!("../../fixtures/replies/edit-3840x2160-high.json");
/// The same with 100 of the text and 1,000 of the image tokens from a cache.
const EDIT_CACHED: &str = include_str!("../../fixtures/replies/edit-cached.json");
/// A Responses reply: 43,792 in and 1,005 out by the mainline model, 298 text and 7,620 image tokens
/// in and 186 out by the image model.
const RESPONSES: &str = include_str!("../../fixtures/replies/responses.json");

fn rate(json: &str, processing: Processing) -> Estimate {
    let context = ReplyContext {
        model: Some("gpt-image-2".into()),
        processing: Some(processing),
        ..ReplyContext::default()
    };
    rate_reply(json, &context, TODAY)
}

fn responses(mainline: Option<&str>) -> Estimate {
    let context = ReplyContext {
        model: Some("gpt-image-2".into()),
        mainline_model: mainline.map(str::to_owned),
        ..ReplyContext::default()
    };
    rate_reply(RESPONSES, &context, TODAY)
}

#[test]
fn the_edit_at_3840x2160_costs_exactly_41_3_cents() {
    let rated = rate(EDIT, Processing::Standard);
    assert_eq!(amount(&rated, Meter::TextInput), per_million(228, "5.00"));
    assert_eq!(amount(&rated, Meter::ImageInput), per_million(1_450, "8.00"));
    assert_eq!(amount(&rated, Meter::ImageOutput), per_million(13_342, "30.00"));
    // (228 × 5 + 1,450 × 8 + 13,342 × 30) ÷ 1,000,000 = (1,140 + 11,600 + 400,260) ÷ 1,000,000
    assert_eq!(total(&rated), dec("0.413"));
}

#[test]
fn in_batch_it_costs_exactly_half() {
    let rated = rate(EDIT, Processing::Batch);
    // (228 × 2.50 + 1,450 × 4 + 13,342 × 15) ÷ 1,000,000
    assert_eq!(
        total(&rated),
        per_million(228, "2.50") + per_million(1_450, "4.00") + per_million(13_342, "15.00")
    );
    assert_eq!(total(&rated), dec("0.2065"));
}

#[test]
fn cached_tokens_are_rated_each_at_its_own_rate() {
    let by_hand = |rates: [&str; 5]| -> Decimal {
        let counts = [128, 100, 450, 1_000, 13_342];
        counts.iter().zip(rates).map(|(count, rate)| per_million(*count, rate)).sum()
    };
    let standard = rate(EDIT_CACHED, Processing::Standard);
    assert_eq!(total(&standard), by_hand(["5.00", "1.25", "8.00", "2.00", "30.00"]));
    assert_eq!(total(&standard), dec("0.406625"), "0.413 less 100 × 3.75 and 1,000 × 6.00");
    let batch = rate(EDIT_CACHED, Processing::Batch);
    assert_eq!(total(&batch), by_hand(["2.50", "0.625", "4.00", "1.00", "15.00"]));
}

#[test]
fn cached_tokens_of_the_caller_go_before_the_reply() {
    let context = ReplyContext {
        model: Some("gpt-image-2".into()),
        cached_text_tokens: Some(100),
        cached_image_tokens: Some(1_000),
        ..ReplyContext::default()
    };
    assert_eq!(total(&rate_reply(EDIT, &context, TODAY)), dec("0.406625"));
}

#[test]
fn cached_tokens_that_are_not_split_are_a_range_between_the_two_kinds() {
    let together =
        EDIT.replace("\"text_tokens\":228", "\"text_tokens\":228,\"cached_tokens\":1100");
    assert_ne!(together, EDIT);
    let rated = rate(&together, Processing::Standard);
    // Of 1,100 cached tokens 0 to 228 are text. A cached text token saves 5.00 − 1.25, an image token
    // 8.00 − 2.00 per million: all 1,100 image tokens save most, 228 text and 872 image tokens least.
    let full = dec("0.413");
    let low = full - per_million(1_100, "6.00");
    let high = full - per_million(228, "3.75") - per_million(872, "6.00");
    assert_eq!(bounds(&rated.total), (low, None, Some(high)));
    let open = line(&rated, Meter::OpenInput);
    assert_eq!(open.quantity.count, Figure::Exact(1_678), "all input, in one line");
}

#[test]
fn a_responses_reply_rates_both_models_where_the_mainline_model_is_known() {
    let rated = responses(Some("gpt-6-sol"));
    let image = per_million(298, "5.00") + per_million(7_620, "8.00") + per_million(186, "30.00");
    let mainline = per_million(43_792, "2.00") + per_million(1_005, "10.00");
    assert_eq!((image, mainline), (dec("0.06803"), dec("0.097634")));
    // The reply counts no cached tokens: at most that, and at least with all input from a cache.
    let cached_image =
        per_million(298, "1.25") + per_million(7_620, "2.00") + per_million(186, "30.00");
    let cached_mainline = per_million(43_792, "0.20") + per_million(1_005, "10.00");
    assert_eq!(
        bounds(&rated.total),
        (cached_image + cached_mainline, None, Some(image + mainline))
    );
    let tables: Vec<String> = rated
        .charges
        .iter()
        .map(|charge| charge.table.as_ref().expect("a table").route.id.to_string())
        .collect();
    let (image_route, text_route) = ("official/openai/gpt-image-2", "official/openai/gpt-6-sol");
    assert_eq!(tables, [image_route, image_route, text_route, text_route]);
}

#[test]
fn a_responses_reply_with_counts_of_cached_tokens_is_exact() {
    let mut reply: serde_json::Value = serde_json::from_str(RESPONSES).expect("JSON");
    reply["usage"]["input_tokens_details"] = serde_json::json!({"cached_tokens": 40_000});
    reply["tool_usage"]["image_gen"]["cached_tokens"] = 0.into();
    let context = ReplyContext {
        model: Some("gpt-image-2".into()),
        mainline_model: Some("gpt-6-sol".into()),
        ..ReplyContext::default()
    };
    let rated = rate_reply(&reply.to_string(), &context, TODAY);
    let mainline =
        per_million(3_792, "2.00") + per_million(40_000, "0.20") + per_million(1_005, "10.00");
    assert_eq!(total(&rated), dec("0.06803") + mainline);
}

#[test]
fn a_responses_reply_says_which_lines_are_unknown_where_the_mainline_model_is_not_known() {
    for mainline in [None, Some("gpt-9-nova")] {
        let rated = responses(mainline);
        // At least the image model with all of its input from a cache: 298 × 1.25 + 7,620 × 2 + 186 × 30.
        assert_eq!(bounds(&rated.total), (dec("0.0211925"), None, None));
        let unknown: Vec<(Meter, u64)> = rated
            .charges
            .iter()
            .filter(|charge| charge.amount.certainty() == Certainty::Unknown)
            .map(|charge| (charge.meter, charge.quantity.count.low()))
            .collect();
        assert_eq!(unknown, [(Meter::TextOutput, 1_005), (Meter::OpenInput, 43_792)]);
        assert!(has_note(&rated, "mainline_not_priced"));
    }
}

#[test]
fn a_mainline_call_above_272_000_input_tokens_is_rated_dearer_as_a_whole() {
    let long = RESPONSES
        .replace("\"input_tokens\":43792", "\"input_tokens\":272001")
        .replace("\"total_tokens\":44797", "\"total_tokens\":273006");
    let context = ReplyContext {
        model: Some("gpt-image-2".into()),
        mainline_model: Some("gpt-6-sol".into()),
        ..ReplyContext::default()
    };
    let rated = rate_reply(&long, &context, TODAY);
    // None cached at most, all cached at least, and the long call either way.
    let most = per_million(272_001, "4.00") + per_million(1_005, "15.00");
    let least = per_million(272_001, "0.40") + per_million(1_005, "15.00");
    let bound = (dec("0.0211925") + least, None, Some(dec("0.06803") + most));
    assert_eq!(bounds(&rated.total), bound);
}

#[test]
fn a_reply_of_1_5_without_an_output_split_is_a_range_from_all_text_to_all_image() {
    let unsplit = r#"{"usage":{"input_tokens":11,"input_tokens_details":{"text_tokens":11,"image_tokens":0},"output_tokens":4369,"total_tokens":4380}}"#;
    let rated = |model: &str| {
        rate_reply(
            unsplit,
            &ReplyContext { model: Some(model.into()), ..ReplyContext::default() },
            TODAY,
        )
    };
    // The 4,369 may be 4,160 of image at 32 and 209 of text at 10: the reply does not say.
    let input = per_million(11, "5.00");
    let bound = (input + per_million(4_369, "10.00"), input + per_million(4_369, "32.00"));
    assert_eq!(bounds(&rated("gpt-image-1.5").total), (bound.0, None, Some(bound.1)));
    // gpt-image-2 writes no text, so all of it is image.
    assert_eq!(total(&rated("gpt-image-2")), per_million(11, "5.00") + per_million(4_369, "30.00"));
}

#[test]
fn a_cached_count_of_ones_own_leaves_the_other_kind_to_the_reply() {
    let text = |cached: &str| {
        format!(
            "{{\"data\":[],\"usage\":{{\"input_tokens\":1678,\"input_tokens_details\":{{\"image_tokens\":1450,\"text_tokens\":228,{cached}}},\"output_tokens\":0,\"total_tokens\":1678}}}}"
        )
    };
    let rated = |cached: &str| {
        let reply = reply::read("reply", &text(cached), &[]).expect("a reply");
        let context = ReplyContext {
            model: Some("gpt-image-2".into()),
            cached_text_tokens: Some(100),
            ..ReplyContext::default()
        };
        estimate_reply(&Catalog::shipped(), reply, &context, &terms(TODAY))
            .expect("an estimate")
            .total
    };
    // Text 128 × 5 + 100 × 1.25, image 1,400 × 8 + 50 × 2, ÷ 1,000,000: 50 cached image tokens either way.
    let expected = Figure::Exact(
        per_million(128, "5")
            + per_million(100, "1.25")
            + per_million(1_400, "8")
            + per_million(50, "2"),
    );
    assert_eq!(
        rated("\"cached_tokens_details\":{\"text_tokens\":20,\"image_tokens\":50}"),
        expected
    );
    assert_eq!(rated("\"cached_tokens\":150"), expected, "150 in all, 100 of them text");
}
