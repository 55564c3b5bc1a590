//! The Responses image tool ahead of time: the image model's tokens and those of the mainline model that
//! calls it, for one turn and for a conversation.

use imgcost::attempts::{AttemptRates, Failures};
use imgcost::catalog::Catalog;
use imgcost::catalog::conditions::Processing;
use imgcost::catalog::price::Rate;
use imgcost::estimate::{Estimate, EstimateError, Terms, estimate_request, estimate_work};
use imgcost::figure::{Certainty, Figure};
use imgcost::request::{Draft, MainlineTurn, Prompt, RequestError};
use imgcost::unit::Meter;
use rust_decimal::Decimal;
use std::num::NonZeroU32;
use std::sync::Arc;

use crate::common::*;

/// gpt-image-2 at 1024x1024 high with 60 prompt tokens, called by gpt-6.1-sol, which reads 3,000 tokens
/// and writes 200.
fn asked() -> Draft {
    let mainline = MainlineTurn {
        model: Some("gpt-6.1-sol".into()),
        input_tokens: Some(3_000),
        cached_tokens: None,
        output_tokens: Some(200),
        text: None,
    };
    let draft = generation("gpt-image-2", "1024x1024", "high");
    Draft { prompt: Some(Prompt::Tokens(60)), mainline, ..draft }
}

fn in_turns(turns: u32, draft: Draft) -> Draft {
    Draft { turns: NonZeroU32::new(turns), ..draft }
}

/// The lines of one meter: amounts in the order of tables, the image model's first.
fn amounts_of(estimate: &Estimate, meter: Meter) -> Vec<Decimal> {
    let lines = estimate.charges.iter().filter(|charge| charge.meter == meter);
    lines.map(|charge| charge.amount.exact().expect("an exact amount")).collect()
}

#[test]
fn one_turn_is_the_image_and_what_the_mainline_model_reads_and_writes() {
    let priced = price(&asked());
    // The image model: 60 + 6 text tokens in at $5, 7,024 image tokens out at $30 per million.
    // gpt-6.1-sol: 3,000 in at $2, 200 out at $10.
    assert_eq!(
        amounts_of(&priced, Meter::TextInput),
        [per_million(66, "5.00"), per_million(3_000, "2.00")]
    );
    assert_eq!(amounts_of(&priced, Meter::ImageOutput), [per_million(7_024, "30.00")]);
    assert_eq!(amounts_of(&priced, Meter::TextOutput), [per_million(200, "10.00")]);
    // (330 + 210,720 + 6,000 + 2,000) ÷ 1,000,000
    assert_eq!(total(&priced), dec("0.21905"));
    assert_eq!(priced.table.route.id.to_string(), "official/openai/responses/gpt-image-2");
    let of_mainline = priced.charges.last().and_then(|charge| charge.table.clone());
    assert_eq!(of_mainline.expect("a table").route.id.to_string(), "official/openai/gpt-6.1-sol");
}

#[test]
fn three_turns_are_a_generation_and_two_edits_of_the_image_before() {
    let priced = price(&in_turns(3, asked()));
    // Text: 3 × 66 × 5. The image carried into turns 2 and 3: 32 × 32 patches each, 2 × 1,024 × 8.
    // Images: 3 × 7,024 × 30. gpt-6.1-sol: 3 × (3,000 × 2 + 200 × 10).
    assert_eq!(
        amounts_of(&priced, Meter::TextInput),
        [per_million(198, "5.00"), per_million(9_000, "2.00")]
    );
    assert_eq!(amounts_of(&priced, Meter::ImageInput), [per_million(2_048, "8.00")]);
    assert_eq!(amounts_of(&priced, Meter::ImageOutput), [per_million(21_072, "30.00")]);
    assert_eq!(amounts_of(&priced, Meter::TextOutput), [per_million(600, "10.00")]);
    // (990 + 18,000 + 16,384 + 632,160 + 6,000) ÷ 1,000,000
    assert_eq!(total(&priced), dec("0.673534"));
    assert_eq!(priced.usage.count(Meter::Images), Figure::Exact(3));
}

#[test]
fn a_conversation_ends_in_one_image_that_is_accepted_or_not() {
    let half = AttemptRates::with_acceptance(dec("0.5"), Failures::NONE);
    let terms = Terms { rates: half.expect("rates"), accepted_images: Some(100), ..terms(TODAY) };
    let draft = in_turns(3, asked());
    let priced = estimate_request(&Catalog::shipped(), &draft, &terms).expect("priced");
    // 0.673534 a conversation; every second last image is accepted: 0.673534 ÷ 0.5.
    assert_eq!(priced.attempts.per_accepted_image, Figure::Exact(dec("1.347068")));
    let volume = priced.attempts.volume.expect("asked for");
    assert_eq!((volume.attempts, volume.total), (dec("200"), Figure::Exact(dec("134.7068"))));
}

#[test]
fn a_conversation_that_fails_has_cost_nothing_at_least_and_all_of_it_at_most() {
    let rates = AttemptRates::with_acceptance(
        Decimal::ONE,
        Failures { failure_rate: dec("0.2"), ..Failures::NONE },
    );
    let terms = Terms { rates: rates.expect("rates"), ..terms(TODAY) };
    let draft = in_turns(3, asked());
    let priced = estimate_request(&Catalog::shipped(), &draft, &terms).expect("priced");
    // OpenAI does not say who pays. Free and at the first turn: 0.8 × 0.673534 ÷ 0.8.
    // Charged and at the last turn: (0.8 × 0.673534 + 0.2 × 0.673534) ÷ 0.8 = 0.673534 ÷ 0.8.
    let per_image = &priced.attempts.per_accepted_image;
    assert_eq!(bounds(per_image), (dec("0.673534"), None, Some(dec("0.8419175"))));
    assert!(per_image.reasons().in_words().contains("at any of its turns"));
}

#[test]
fn cached_tokens_of_the_mainline_model_are_a_part_of_what_it_reads() {
    let mainline = MainlineTurn { cached_tokens: Some(1_000), ..asked().mainline };
    let priced = price(&Draft { mainline, ..asked() });
    assert_eq!(
        amounts_of(&priced, Meter::TextInput),
        [per_million(66, "5.00"), per_million(2_000, "2.00")]
    );
    assert_eq!(amounts_of(&priced, Meter::CachedTextInput), [per_million(1_000, "0.10")]);
}

#[test]
fn the_limit_of_272_000_tokens_is_one_of_each_turn() {
    let reads = |tokens| {
        let mainline = MainlineTurn { input_tokens: Some(tokens), ..asked().mainline };
        amounts_of(&price(&in_turns(3, Draft { mainline, ..asked() })), Meter::TextInput)[1]
    };
    // 816,000 tokens in all, and no turn above the limit: $2. One more in each turn: $4.
    assert_eq!(reads(272_000), per_million(3 * 272_000, "2.00"));
    assert_eq!(reads(272_001), per_million(3 * 272_001, "4.00"));
}

#[test]
fn what_is_not_given_is_unknown_and_says_what_to_give() {
    let known = per_million(66, "5.00") + per_million(7_024, "30.00");
    let without = |mainline| price(&Draft { mainline, ..asked() });
    let cases = [
        (MainlineTurn { input_tokens: None, ..asked().mainline }, "give its input tokens"),
        (MainlineTurn { output_tokens: None, ..asked().mainline }, "give its output tokens"),
        (MainlineTurn { model: None, ..asked().mainline }, "give the mainline model"),
    ];
    for (mainline, help) in cases {
        let priced = without(mainline);
        assert_eq!(priced.total.certainty(), Certainty::Unknown, "{help}");
        assert!(priced.total.low() >= known, "{help}");
        assert!(priced.total.reasons().in_words().contains(help), "{help}");
    }
}

#[test]
fn what_is_written_has_two_rates_while_what_is_read_is_open() {
    let mainline = MainlineTurn { input_tokens: None, ..asked().mainline };
    let priced = price(&Draft { mainline, ..asked() });
    // Up to 272,000 tokens read $10 per million written, beyond them $15.
    let written = &line(&priced, Meter::TextOutput).amount;
    let expected = (per_million(200, "10.00"), None, Some(per_million(200, "15.00")));
    assert_eq!(bounds(written), expected);
}

#[test]
fn the_image_carried_from_an_open_size_is_at_most_the_budget_of_patches() {
    let auto = Draft { size: Some("auto".into()), ..asked() };
    let priced = price(&in_turns(2, auto));
    let carried = &line(&priced, Meter::ImageInput).amount;
    assert_eq!(bounds(carried), (per_million(1, "8.00"), None, Some(per_million(1_536, "8.00"))));
    assert!(carried.reasons().in_words().contains("size is open"));
}

#[test]
fn reference_images_stay_and_the_image_before_comes_to_them() {
    let images = |count| edit("gpt-image-2", 0, &vec!["1024x1536"; count]).input_images;
    let with = |count| in_turns(2, Draft { input_images: images(count), ..asked() });
    // Turn 1: 1,536. Turn 2: 1,536 + 1,024.
    let priced = price(&with(1));
    assert_eq!(amounts_of(&priced, Meter::ImageInput), [per_million(4_096, "8.00")]);
    // 16 are the most that a call takes, and turn 2 would send 17.
    let refused = refusal_on(&with(16), TODAY);
    assert!(matches!(refused, RequestError::OutOfRange { value: 17, .. }), "{refused:?}");
}

#[test]
fn what_cannot_be_counted_ahead_is_said_with_its_source() {
    let notes = |turns| {
        let priced = price(&in_turns(turns, asked()));
        let notes = priced.notes.into_iter().filter(|note| note.code() == "not_counted");
        notes.map(|note| note.to_string()).collect::<Vec<_>>()
    };
    let [tool] = &notes(1)[..] else { panic!("one note: {:?}", notes(1)) };
    assert!(tool.contains("at least twice") && tool.contains("1277438"), "{tool}");
    let [_, later] = &notes(2)[..] else { panic!("two notes: {:?}", notes(2)) };
    assert!(later.contains("all that came before") && later.contains("OpenAI"), "{later}");
}

#[test]
fn a_mainline_model_that_is_not_priced_there_is_refused() {
    let mainline = MainlineTurn { model: Some("gpt-6-lunar".into()), ..asked().mainline };
    let refused = refusal_on(&Draft { mainline, ..asked() }, TODAY);
    let help = refused.help().expect("help");
    assert!(help.starts_with("did you mean `gpt-6-luna`"), "{help}");
}

#[test]
fn a_mainline_model_is_priced_until_its_maker_shuts_it_down() {
    let with = |model: &str| {
        let mainline = MainlineTurn {
            model: Some(model.into()),
            input_tokens: Some(900),
            output_tokens: Some(50),
            ..MainlineTurn::default()
        };
        Draft { mainline, ..asked() }
    };
    let own = |model, day| amounts_of(&price_on(&with(model), day), Meter::TextOutput);
    // 50 × 10.00 ÷ 1,000,000 and, of the model that costs a twenty-fifth, 50 × 0.40 ÷ 1,000,000.
    assert_eq!(own("gpt-5", "2026-12-10"), [per_million(50, "10.00")]);
    assert_eq!(own("gpt-5-nano-2025-08-07", "2026-12-10"), [per_million(50, "0.40")]);
    let warned = price_on(&with("gpt-5"), "2026-12-10");
    let note = warned.notes.iter().find(|note| note.code() == "shutdown_ahead").expect("a note");
    assert_eq!(
        note.to_string(),
        "gpt-5: its maker shuts it down on 2026-12-11 and names gpt-6.1-sol instead"
    );
    let refused = refusal_on(&with("gpt-5"), "2026-12-11");
    assert!(matches!(refused, RequestError::ShutDown { .. }), "{refused:?}");
}

#[test]
fn every_mainline_model_has_its_standard_rates_in_batch_at_half() {
    // Both price files state it; what OpenAI prints of gpt-5.4 is 0.13 for half of 0.25.
    let catalog = Catalog::shipped();
    let tool = catalog.route("official/openai/responses/gpt-image-2").expect("the tool");
    let tool = tool.image_tool.as_ref().expect("a tool");
    assert!(tool.mainline_models.len() > 15);
    for model in &tool.mainline_models {
        let route = catalog.route(&format!("official/openai/{model}")).expect("a table");
        let version = route.versions.last().expect("a version");
        let of = |processing, meter, within: bool| {
            let fits = |rate: &&Arc<Rate>| {
                rate.meter == meter
                    && rate.when.processing == processing
                    && rate.when.input_tokens_up_to.is_some() == within
            };
            version.rates.iter().find(fits).map(|rate| rate.price)
        };
        for meter in [Meter::TextInput, Meter::CachedTextInput, Meter::TextOutput] {
            for within in [true, false] {
                let in_batch = of(Processing::Batch, meter, within);
                let otherwise = of(Processing::Standard, meter, within);
                let Some((batch, standard)) = in_batch.zip(otherwise) else { continue };
                let printed = batch * dec("2") == standard || batch == dec("0.13");
                assert!(printed, "{model} {meter:?}: {batch} in Batch, {standard} otherwise");
            }
        }
    }
}

#[test]
fn a_route_without_a_mainline_model_refuses_what_is_said_of_one() {
    let on_images_api = Terms { route: Some("official/openai/gpt-image-2"), ..terms(TODAY) };
    let refused = estimate_request(&Catalog::shipped(), &in_turns(2, asked()), &on_images_api);
    let Err(EstimateError::Request(errors)) = refused else { panic!("{refused:?}") };
    let [RequestError::NoMainlineModel { said, instead, .. }] = &errors[..] else {
        panic!("{errors:?}")
    };
    assert_eq!(
        said[..],
        ["the mainline model", "its input tokens", "its output tokens", "the number of turns"]
    );
    assert_eq!(instead.as_deref(), Some("official/openai/responses/gpt-image-2"));
}

#[test]
fn a_model_without_a_stated_tool_route_is_refused() {
    for model in ["gpt-image-2.6-flare", "gpt-image-1.5"] {
        let refused = refusal_on(&Draft { model: Some(model.into()), ..asked() }, TODAY);
        assert!(matches!(refused, RequestError::NoToolRoute { .. }), "{refused:?}");
    }
}

#[test]
fn turns_make_one_image_each() {
    let refused = refusal_on(&in_turns(2, Draft { n: Some(2), ..asked() }), TODAY);
    assert_eq!(refused, RequestError::TurnsOfSeveralImages { turns: 2, images: 2 });
}

#[test]
fn the_same_image_calls_on_a_route_without_a_mainline_model() {
    // A generation and two edits of one's own: the conversation without 3 × 0.008 for gpt-6.1-sol.
    let on_images_api = Terms { route: Some("official/openai/gpt-image-2"), ..terms(TODAY) };
    let work = estimate_work(&Catalog::shipped(), &in_turns(3, asked()), &on_images_api);
    assert_eq!(total(&work.expect("priced")), dec("0.673534") - dec("0.024"));
}
