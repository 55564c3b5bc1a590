//! What is sent: prompts, reference images and cached tokens.

use imgcost::catalog::conditions::Processing;
use imgcost::figure::{Certainty, Figure};
use imgcost::metering::prompt::count_tokens;
use imgcost::request::{Draft, Prompt, RequestError};
use imgcost::unit::Meter;

use crate::common::*;

const FIVE_TOKENS: &str = "a poster of a fox";

fn text_input(draft: &Draft) -> Figure<u64> {
    counted(draft, Meter::TextInput)
}

#[test]
fn a_prompt_of_5_tokens_is_billed_11() {
    assert_eq!(count_tokens(FIVE_TOKENS), 5);
    let draft = Draft {
        prompt: Some(Prompt::Text(FIVE_TOKENS.into())),
        ..generation("gpt-image-2", "1024x1024", "medium")
    };
    assert_eq!(text_input(&draft), Figure::Exact(5 + 6));
    assert_eq!(
        text_input(&prompted("gpt-image-2", 5)),
        Figure::Exact(11),
        "--prompt-tokens is the same count"
    );
    assert_eq!(amount(&price(&draft), Meter::TextInput), per_million(11, "5.00"));
}

#[test]
fn three_images_of_that_prompt_are_billed_33() {
    let draft = Draft { n: Some(3), ..prompted("gpt-image-2", 5) };
    assert_eq!(text_input(&draft), Figure::Exact(3 * (5 + 6)));
    assert_eq!(amount(&price(&draft), Meter::TextInput), per_million(33, "5.00"));
}

#[test]
fn billed_text_tokens_are_neither_raised_nor_multiplied() {
    let draft =
        Draft { n: Some(3), prompt: Some(Prompt::BilledTokens(228)), ..prompted("gpt-image-2", 0) };
    assert_eq!(text_input(&draft), Figure::Exact(228));
}

#[test]
fn marks_of_the_tokenizer_in_a_prompt_are_ordinary_text() {
    assert!(count_tokens("<|endoftext|>") > 1);
}

#[test]
fn an_edit_on_2_and_2_5_adds_6_by_a_stated_assumption() {
    for model in ["gpt-image-2", "gpt-image-2.5-sunburst", "gpt-image-2.5-flare"] {
        let draft = edit(model, 5, &["1024x1024"]);
        assert_eq!(text_input(&draft), Figure::Exact(5 + 6));
        assert!(
            metered(&draft)
                .assumptions
                .iter()
                .any(|it| it.to_string().contains("the same 6 tokens"))
        );
    }
}

#[test]
fn an_edit_on_gpt_image_1_adds_32_with_one_image_and_47_with_two() {
    let billed = |images: &[&str]| {
        price_on(&edit("gpt-image-1", 5, images), "2026-10-22").usage.count(Meter::TextInput)
    };
    assert_eq!(billed(&["1024x1024"]), Figure::Exact(5 + 32));
    assert_eq!(billed(&["1024x1024", "1024x1536"]), Figure::Exact(5 + 47));
    let three = billed(&["1024x1024"; 3]);
    assert_eq!(three.certainty(), Certainty::Unknown, "never seen with three");
    assert_eq!(bounds(&three), (5, None, None));
}

#[test]
fn an_edit_on_mini_adds_38_with_two_images_and_is_unknown_otherwise() {
    assert_eq!(text_input(&edit("gpt-image-1-mini", 5, &["1024x1024"; 2])), Figure::Exact(5 + 38));
    let one = text_input(&edit("gpt-image-1-mini", 5, &["1024x1024"]));
    assert_eq!((one.certainty(), one.low()), (Certainty::Unknown, 5));
}

#[test]
fn an_edit_on_1_5_adds_15_to_81_and_22_with_one_square_image() {
    let square = text_input(&edit("gpt-image-1.5", 5, &["1024x1024"]));
    assert_eq!(bounds(&square), (5 + 15, Some(5 + 22), Some(5 + 81)));
    let portrait = text_input(&edit("gpt-image-1.5", 5, &["1024x1536"]));
    assert_eq!(bounds(&portrait), (5 + 15, None, Some(5 + 81)));
    let twice = Draft { n: Some(2), ..edit("gpt-image-1.5", 5, &["1024x1024"]) };
    assert_eq!(bounds(&text_input(&twice)), (2 * 20, Some(2 * 27), Some(2 * 86)));
}

#[test]
fn an_edit_on_2_6_is_unknown_in_prompt_and_images() {
    let draft = edit("gpt-image-2.6-flare", 5, &["1024x1024"]);
    assert_eq!(text_input(&draft).certainty(), Certainty::Unknown);
    assert_eq!(counted(&draft, Meter::ImageInput).certainty(), Certainty::Unknown);
    assert_eq!(price(&draft).total.high(), None, "a total with an unknown line has no upper end");
}

#[test]
fn check_points_of_reference_images_on_2_and_2_5() {
    // Patches of 32 pixels, at most 1,536 of them; small images are enlarged at most twice.
    let points = [
        ("1024x1024", 32 * 32),
        ("1536x1024", 48 * 32),
        ("1024x1536", 32 * 48),
        ("341x512", 22 * 32),   // enlarged to 682 × 1024
        ("1179x2556", 26 * 57), // shrunk to 832 × 1803
        ("1280x1280", 39 * 39), // any square above about 1,250 pixels
        ("4096x4096", 39 * 39),
        ("256x256", 16 * 16), // enlarged to 512 × 512 and no further
        ("300x300", 19 * 19), // enlarged to 600 × 600: without the cap it would be 1,024
    ];
    for model in ["gpt-image-2", "gpt-image-2.5-flare"] {
        for (image, tokens) in points {
            let draft = edit(model, 5, &[image]);
            assert_eq!(
                counted(&draft, Meter::ImageInput),
                Figure::Exact(tokens),
                "{model} {image}"
            );
        }
        let priced = price(&edit(model, 5, &["1024x1024"]));
        assert_eq!(amount(&priced, Meter::ImageInput), per_million(1_024, "8.00"));
        assert!(has_note(&priced, "rule_measured"));
    }
}

#[test]
fn reference_images_add_up_and_repeat_for_each_returned_image() {
    let draft = Draft { n: Some(2), ..edit("gpt-image-2", 5, &["1024x1024", "256x256"]) };
    assert_eq!(counted(&draft, Meter::ImageInput), Figure::Exact(2 * (1_024 + 256)));
}

#[test]
fn beyond_three_to_one_a_reference_image_is_at_most_the_budget_of_patches() {
    let at = |image: &str| counted(&edit("gpt-image-2", 5, &[image]), Meter::ImageInput);
    assert_eq!(at("3072x1024").certainty(), Certainty::Exact);
    assert_eq!(bounds(&at("3073x1024")), (1, None, Some(1_536)));
}

#[test]
fn check_points_of_reference_images_on_1_x() {
    // 65 + 129 for each tile of 512 pixels after the short edge was scaled to 512.
    let points = [
        ("1024x1024", 65 + 129),
        ("1024x1025", 65 + 129), // 512 × 512.5: the scaled edge is rounded down, so one tile and not two
        ("1024x1536", 65 + 129 * 2),
        ("1536x1024", 65 + 129 * 2),
        ("256x256", 65 + 129),
        ("512x2048", 65 + 129 * 4),
    ];
    for model in ["gpt-image-1-mini", "gpt-image-1.5", "chatgpt-image-latest"] {
        for (image, tokens) in points {
            let draft = edit(model, 5, &[image]);
            assert_eq!(
                counted(&draft, Meter::ImageInput),
                Figure::Exact(tokens),
                "{model} {image}"
            );
        }
    }
}

#[test]
fn high_input_fidelity_adds_to_the_low_count() {
    let high =
        |image| Draft { input_fidelity: Some("high".into()), ..edit("gpt-image-1.5", 5, &[image]) };
    assert_eq!(counted(&high("1024x1024"), Meter::ImageInput), Figure::Exact(65 + 129 + 4_160));
    assert_eq!(counted(&high("1024x1536"), Meter::ImageInput), Figure::Exact(65 + 129 * 2 + 6_240));
    assert_eq!(counted(&high("1536x1024"), Meter::ImageInput), Figure::Exact(65 + 129 * 2 + 6_240));
}

#[test]
fn input_fidelity_is_refused_where_the_model_does_not_let_the_caller_choose() {
    for model in ["gpt-image-2", "gpt-image-2.5-flare", "gpt-image-2.6-flare", "gpt-image-1-mini"] {
        let draft = Draft { input_fidelity: Some("high".into()), ..edit(model, 5, &["1024x1024"]) };
        assert!(
            matches!(refusal_on(&draft, TODAY), RequestError::FidelityRefused { .. }),
            "{model}"
        );
    }
}

#[test]
fn cached_tokens_are_a_part_of_the_billed_input() {
    let draft = Draft {
        cached_text_tokens: Some(8),
        cached_image_tokens: Some(1_000),
        ..edit("gpt-image-2", 5, &["1024x1024"])
    };
    let priced = price(&draft);
    assert_eq!(amount(&priced, Meter::TextInput), per_million(11 - 8, "5.00"));
    assert_eq!(amount(&priced, Meter::CachedTextInput), per_million(8, "1.25"));
    assert_eq!(amount(&priced, Meter::ImageInput), per_million(1_024 - 1_000, "8.00"));
    assert_eq!(amount(&priced, Meter::CachedImageInput), per_million(1_000, "2.00"));
    assert!(has_note(&priced, "cached_discount_not_seen"));
}

#[test]
fn all_of_the_whole_request_may_be_cached_and_no_more() {
    // Three images bill 33 text tokens: 33 may be cached, 34 may not.
    let cached = |tokens| Draft {
        n: Some(3),
        cached_text_tokens: Some(tokens),
        ..prompted("gpt-image-2", 5)
    };
    assert_eq!(text_input(&cached(33)), Figure::Exact(0));
    let refused = refusal_on(&cached(34), TODAY);
    assert_eq!(
        refused,
        RequestError::CachedMoreThanBilled { what: "text", cached: 34, billed: 33 }
    );
}

#[test]
fn batch_rates_of_2_are_stated_for_every_meter() {
    let draft = Draft {
        processing: Some(Processing::Batch),
        cached_text_tokens: Some(1),
        cached_image_tokens: Some(24),
        ..edit("gpt-image-2", 5, &["1024x1024"])
    };
    let by_hand = per_million(10, "2.50")
        + per_million(1, "0.625")
        + per_million(1_000, "4.00")
        + per_million(24, "1.00")
        + per_million(1_756, "15.00");
    assert_eq!(total(&price(&draft)), by_hand);
}

#[test]
fn batch_rates_of_2_5_price_text_and_images() {
    let batch = Draft {
        processing: Some(Processing::Batch),
        ..edit("gpt-image-2.5-flare", 5, &["1024x1024"])
    };
    // 11 × 2.50 + 1,024 × 4 + 439 × 15, ÷ 1,000,000.
    let by_hand = per_million(11, "2.50") + per_million(1_024, "4.00") + per_million(439, "15.00");
    assert_eq!(total(&price(&batch)), by_hand);
    let without_prompt = Draft {
        processing: Some(Processing::Batch),
        ..generation("gpt-image-2.5-flare", "1024x1024", "medium")
    };
    assert_eq!(total(&price(&without_prompt)), per_million(439, "15.00"));
}

#[test]
fn batch_rates_of_1_x_are_priced_and_2_6_has_no_batch() {
    let batch = |model| Draft { processing: Some(Processing::Batch), ..prompted(model, 5) };
    // 11 × 1.00 + 1,056 × 4.00, ÷ 1,000,000.
    let mini = per_million(11, "1.00") + per_million(1_056, "4.00");
    assert_eq!(total(&price(&batch("gpt-image-1-mini"))), mini);
    assert!(matches!(
        refusal_on(&batch("gpt-image-2.6-flare"), TODAY),
        RequestError::NotOffered { .. }
    ));
}
