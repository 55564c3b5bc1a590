//! Known mistakes of other tools, a test each: the wrong figure beside the right one.

#[path = "common/mod.rs"]
mod common;

use imgcost::catalog::Catalog;
use imgcost::catalog::conditions::Processing;
use imgcost::estimate::{EstimateError, ReplyContext, Terms, estimate_reply, estimate_request};
use imgcost::figure::Certainty;
use imgcost::request::{Draft, RequestError};
use imgcost::unit::Meter;
use imgcost::usage_log::reply;
use rust_decimal::Decimal;

use common::*;

fn rated(json: &str, model: &str) -> Decimal {
    let context = ReplyContext { model: Some(model.into()), ..ReplyContext::default() };
    total(&rate_reply(json, &context, TODAY))
}

#[test]
fn image_output_at_the_text_rate() {
    // BerriAI/litellm issue 31142: 4,160 image tokens of 1.5 at the text rate of 10 and not at 32.
    let reply = r#"{"usage":{"input_tokens":66,"input_tokens_details":{"text_tokens":66,"image_tokens":0},
        "output_tokens":4369,"output_tokens_details":{"image_tokens":4160,"text_tokens":209},
        "total_tokens":4435}}"#;
    let input = per_million(66, "5.00");
    let wrong = input + per_million(4_160 + 209, "10.00");
    let right = input + per_million(4_160, "32.00") + per_million(209, "10.00");
    assert_eq!((wrong, right), (dec("0.04402"), dec("0.13554")));
    assert_eq!(rated(reply, "gpt-image-1.5"), right);
}

/// An edit at 3840x2160 of which 1,000 of 1,450 image tokens and no text came from a cache.
const CACHED_IMAGE: &str = r#"{"usage":{"input_tokens":1678,"input_tokens_details":
    {"text_tokens":228,"image_tokens":1450,"cached_tokens_details":{"text_tokens":0,"image_tokens":1000}},
    "output_tokens":13342,"total_tokens":15020}}"#;

#[test]
fn cached_image_tokens_at_the_uncached_rate() {
    let rest = per_million(228, "5.00") + per_million(450, "8.00") + per_million(13_342, "30.00");
    let wrong = rest + per_million(1_000, "8.00");
    let right = rest + per_million(1_000, "2.00");
    assert_eq!((wrong, right), (dec("0.413"), dec("0.407")));
    assert_eq!(rated(CACHED_IMAGE, "gpt-image-2"), right);
}

#[test]
fn cached_image_tokens_left_out() {
    let wrong = per_million(228, "5.00") + per_million(450, "8.00") + per_million(13_342, "30.00");
    let right = wrong + per_million(1_000, "2.00");
    assert_eq!((wrong, right), (dec("0.405"), dec("0.407")));
    assert_eq!(rated(CACHED_IMAGE, "gpt-image-2"), right);
}

#[test]
fn input_tokens_of_an_edit_forgotten() {
    let draft = edit("gpt-image-2", 50, &["1024x1024", "1024x1536"]);
    let wrong = per_million(1_756, "30.00");
    let right = per_million(50 + 6, "5.00") + per_million(1_024 + 1_536, "8.00") + wrong;
    assert_eq!((wrong, right), (dec("0.05268"), dec("0.07344")));
    assert_eq!(total(&price(&draft)), right);
}

#[test]
fn gpt_image_2_at_the_rates_of_gpt_image_1() {
    // Helicone PR 5698 has 10 for image input and 40 for output.
    let draft = edit("gpt-image-2", 50, &["1024x1024"]);
    let text = per_million(56, "5.00");
    let wrong = text + per_million(1_024, "10.00") + per_million(1_756, "40.00");
    let right = text + per_million(1_024, "8.00") + per_million(1_756, "30.00");
    assert_eq!((wrong, right), (dec("0.08076"), dec("0.061152")));
    assert_eq!(total(&price(&draft)), right);
}

#[test]
fn one_price_for_every_quality() {
    let of = |quality| total(&price(&generation("gpt-image-2", "1024x1024", quality)));
    let wrong = per_million(1_756, "30.00");
    assert_eq!(of("low"), per_million(196, "30.00"));
    assert_eq!(of("medium"), wrong, "right for one label only");
    assert_eq!(of("high"), per_million(7_024, "30.00"));
    assert!(of("high") == wrong * dec("4") && of("low") < wrong / dec("8"));
}

#[test]
fn one_price_for_the_same_label_on_two_models() {
    let of = |model| total(&price(&generation(model, "1024x1024", "high")));
    let wrong = per_million(7_024, "30.00");
    assert_eq!(of("gpt-image-2"), wrong, "right for gpt-image-2 only");
    assert_eq!(of("gpt-image-2.5-flare"), per_million(1_756, "30.00"));
}

#[test]
fn batch_ignored() {
    let draft = Draft { processing: Some(Processing::Batch), ..prompted("gpt-image-2", 50) };
    let wrong = per_million(56, "5.00") + per_million(1_756, "30.00");
    let right = per_million(56, "2.50") + per_million(1_756, "15.00");
    assert_eq!((wrong, right), (dec("0.05296"), dec("0.02648")));
    assert_eq!(total(&price(&draft)), right);
}

#[test]
fn batch_halved_where_no_batch_price_is_stated() {
    // Of gpt-image-1 in Batch the rates for input were found, and none for output; by the word of OpenAI it is at most the
    // standard one.
    let draft = Draft { processing: Some(Processing::Batch), ..prompted("gpt-image-1", 50) };
    let wrong = (per_million(56, "5.00") + per_million(1_056, "40.00")) / dec("2");
    let priced = price_on(&draft, "2026-10-22");
    let least = per_million(56, "2.50");
    let most = least + per_million(1_056, "40.00");
    assert_eq!(bounds(&priced.total), (least, None, Some(most)), "and not {wrong}");
    assert_eq!(line(&priced, Meter::TextInput).amount.exact(), Some(per_million(56, "2.50")));
    assert!(line(&priced, Meter::ImageOutput).unit_price.is_none());
}

#[test]
fn zero_dollars_for_a_missing_price() {
    // infracost issue 3270: a price that is not found became $0.00, and the report praised a saving.
    let catalog = acme_route("      - {meter: image_output, price: \"30.00\", per: 1M}\n");
    let terms = Terms { route: Some("provider/acme/paint"), ..terms(TODAY) };
    let draft = Draft { model: None, ..prompted("gpt-image-2", 50) };
    let priced = estimate_request(&catalog, &draft, &terms).expect("priced as far as known");
    let text = &line(&priced, Meter::TextInput).amount;
    assert_eq!((text.certainty(), text.exact()), (Certainty::Unknown, None), "and not $0.00");
    assert!(text.reasons().in_words().contains("text input is not stated"));
    assert_eq!(bounds(&priced.total), (per_million(1_756, "30.00"), None, None));
}

#[test]
fn the_uncached_rate_for_a_missing_cached_rate() {
    let catalog = acme_route(
        "      - {meter: text_input, price: \"5.00\", per: 1M}\n      - {meter: image_input, price: \"8.00\", per: 1M}\n      - {meter: image_output, price: \"30.00\", per: 1M}\n",
    );
    let terms = Terms { route: Some("provider/acme/paint"), ..terms(TODAY) };
    let reply = reply::read("reply.json", CACHED_IMAGE, &[]).expect("a reply");
    let priced = estimate_reply(&catalog, reply, &ReplyContext::default(), &terms).expect("rated");
    let known = per_million(228, "5.00") + per_million(450, "8.00") + per_million(13_342, "30.00");
    let wrong = known + per_million(1_000, "8.00");
    assert_eq!((known, wrong), (dec("0.405"), dec("0.413")));
    assert_eq!(bounds(&priced.total), (known, None, None));
    assert!(line(&priced, Meter::CachedImageInput).unit_price.is_none());
}

#[test]
fn gpt_5_4_image_2_taken_for_gpt_image_2() {
    for name in ["gpt-5.4-image-2", "gpt-image-2 ", "gpt-image-2.5"] {
        let refused = refusal_on(&generation(name, "1024x1024", "high"), TODAY);
        let is_refused = match name.contains('/') {
            true => matches!(refused, RequestError::OwnerBeforeModel { .. }),
            false => matches!(refused, RequestError::UnknownModel { .. }),
        };
        assert!(is_refused, "{name}: {refused:?}");
    }
    let refused = refusal_on(&generation("azure/gpt-image-2", "1024x1024", "high"), TODAY);
    assert!(matches!(refused, RequestError::OwnerBeforeModel { .. }), "{refused:?}");
    // Another case, and its maker before it, are the same name.
    for name in ["GPT-image-2", "openai/gpt-image-2"] {
        assert_eq!(price(&generation(name, "1024x1024", "high")).model.id, "gpt-image-2");
    }
    let on_route = Terms { route: Some("image-2"), ..terms(TODAY) };
    let asked = Draft { model: None, ..generation("", "1024x1024", "high") };
    let refused =
        estimate_request(&Catalog::shipped(), &asked, &on_route).expect_err("half a name");
    let EstimateError::Request(errors) = refused else { panic!("{refused:?}") };
    assert!(matches!(errors[..], [RequestError::UnknownRoute { .. }]), "{errors:?}");
}

#[test]
fn tokens_of_the_image_tool_ignored_in_a_responses_reply() {
    // Wei-Shaw/sub2api issue 4644 rates `usage` alone, which is the mainline model's.
    let reply = include_str!("../fixtures/replies/responses.json");
    let context = ReplyContext {
        model: Some("gpt-image-2".into()),
        mainline_model: Some("gpt-6-sol".into()),
        ..ReplyContext::default()
    };
    let wrong = per_million(43_792, "2.00") + per_million(1_005, "10.00");
    let right =
        wrong + per_million(298, "5.00") + per_million(7_620, "8.00") + per_million(186, "30.00");
    assert_eq!((wrong, right), (dec("0.097634"), dec("0.165664")));
    // The reply counts no cached tokens, so that this is the most that it can be.
    assert_eq!(rate_reply(reply, &context, TODAY).total.high(), Some(right));
}

#[test]
fn prompt_and_reference_images_billed_once_for_several_images() {
    let draft = Draft { n: Some(4), ..edit("gpt-image-2", 50, &["1024x1024"]) };
    let output = per_million(4 * 1_756, "30.00");
    let input = per_million(56, "5.00") + per_million(1_024, "8.00");
    let (wrong, right) = (output + input, output + input * dec("4"));
    assert_eq!((wrong, right), (dec("0.219192"), dec("0.244608")));
    assert_eq!(total(&price(&draft)), right);
}

/// The shipped catalogue with a route of the made-up provider `acme` for gpt-image-2.
fn acme_route(rates: &str) -> Catalog {
    let route = format!(
        "model: gpt-image-2\nalias: paint\nendpoint: \"POST https://acme.example/paint\"\n\
         billing_unit: tokens\nversions:\n  - from: 2026-06-01\n    currency: USD\n    evidence:\n      \
         source: acme offer\n      seen: 2026-06-01\n      confidence: high\n    rates:\n{rates}    \
         not_billed: [images, calls]\n"
    );
    let files = vec![
        table_file("provider/acme/owner.yaml", "name: Acme\n"),
        table_file("provider/acme/paint.yaml", route),
    ];
    Catalog::shipped().with_files(files).expect("good tables")
}
