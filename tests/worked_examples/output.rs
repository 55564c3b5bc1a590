//! Tokens of the images made, and what they cost.

use imgcost::catalog::conditions::Processing;
use imgcost::figure::{Certainty, Figure};
use imgcost::request::Draft;
use imgcost::unit::Meter;

use crate::common::*;

#[test]
fn high_at_1024x1024_on_gpt_image_2_costs_21_cents() {
    // q = 96 and u = 96: 96 × 96 × (2,000,000 + 1,048,576) ÷ 4,000,000 = 7,023.9…, rounded up.
    let by_hand = (96 * 96 * (2_000_000 + 1024 * 1024_u64)).div_ceil(4_000_000);
    assert_eq!(by_hand, 7_024);
    let priced = price(&generation("gpt-image-2", "1024x1024", "high"));
    assert_eq!(
        counted(&generation("gpt-image-2", "1024x1024", "high"), Meter::ImageOutput),
        Figure::Exact(7_024)
    );
    // 7,024 × 30 ÷ 1,000,000
    assert_eq!(total(&priced), dec("0.21072"));
}

#[test]
fn high_at_3840x2160_on_gpt_image_2_costs_40_cents() {
    // u = 96 × 2160 ÷ 3840 = 54: 96 × 54 × (2,000,000 + 8,294,400) ÷ 4,000,000 = 13,341.5…
    let by_hand = (96 * 54 * (2_000_000 + 3840 * 2160_u64)).div_ceil(4_000_000);
    assert_eq!(by_hand, 13_342);
    let priced = price(&generation("gpt-image-2", "3840x2160", "high"));
    // 13,342 × 30 ÷ 1,000,000
    assert_eq!(total(&priced), dec("0.40026"));
    assert!(has_note(&priced, "experimental_size"));
}

#[test]
fn high_on_2_5_is_a_quarter_of_high_on_2() {
    for model in ["gpt-image-2.5-sunburst", "gpt-image-2.5-flare"] {
        // 48 × 48 × (2,000,000 + 1,048,576) ÷ 4,000,000 = 1,755.98…, rounded up; × 30 ÷ 1,000,000
        assert_eq!(
            total(&price(&generation(model, "1024x1024", "high"))),
            per_million(1_756, "30.00")
        );
    }
    assert_eq!(7_024, 4 * 1_756);
}

#[test]
fn experimental_starts_above_2560x1440() {
    let noted =
        |size| has_note(&price(&generation("gpt-image-2", size, "low")), "experimental_size");
    assert!(!noted("2560x1440"), "2560 × 1440 = 3,686,400 itself is not");
    assert!(noted("2576x1440"));
}

#[test]
fn the_1_x_models_have_a_fixed_table() {
    let table = [
        ("low", [272, 408, 400]),
        ("medium", [1_056, 1_584, 1_568]),
        ("high", [4_160, 6_240, 6_208]),
    ];
    let models = [
        ("gpt-image-1", "40.00"),
        ("gpt-image-1-mini", "8.00"),
        ("gpt-image-1.5", "32.00"),
        ("chatgpt-image-latest", "32.00"),
    ];
    for (model, rate) in models {
        for (quality, counts) in table {
            for (shape, count) in ["1024x1024", "1024x1536", "1536x1024"].iter().zip(counts) {
                let priced = price_on(&generation(model, shape, quality), "2026-10-22");
                assert_eq!(
                    amount(&priced, Meter::ImageOutput),
                    per_million(count, rate),
                    "{model} {quality} {shape}"
                );
            }
        }
    }
}

#[test]
fn published_estimates_stand_beside_the_rated_figure() {
    let published = [
        // 196 × 30 ÷ 1e6 = 0.00588, printed as 0.006; and so on.
        ("gpt-image-2", "low", "1024x1024", "0.006", 196, "30.00"),
        ("gpt-image-2", "medium", "1024x1024", "0.053", 1_756, "30.00"),
        ("gpt-image-2", "high", "1024x1024", "0.211", 7_024, "30.00"),
        ("gpt-image-2", "high", "1024x1536", "0.165", 5_488, "30.00"),
        ("gpt-image-1", "medium", "1024x1024", "0.042", 1_056, "40.00"),
        ("gpt-image-1", "high", "1536x1024", "0.25", 6_208, "40.00"),
        // The table of mini is not output only: 272 × 8 ÷ 1e6 = 0.002176, printed as 0.005.
        ("gpt-image-1-mini", "low", "1024x1024", "0.005", 272, "8.00"),
        ("gpt-image-1-mini", "high", "1536x1024", "0.052", 6_208, "8.00"),
    ];
    for (model, quality, size, estimate, count, rate) in published {
        let priced = price_on(&generation(model, size, quality), "2026-10-22");
        assert_eq!(priced.published_estimate, Some(dec(estimate)), "{model} {quality} {size}");
        assert_eq!(total(&priced), per_million(count, rate), "{model} {quality} {size}");
        assert_ne!(total(&priced), dec(estimate));
    }
}

#[test]
fn models_without_a_published_table_show_no_estimate() {
    for model in ["gpt-image-2.5-flare", "gpt-image-2.6-flare"] {
        assert_eq!(price(&generation(model, "1024x1024", "low")).published_estimate, None);
    }
    let batch = Draft {
        processing: Some(Processing::Batch),
        ..generation("gpt-image-2", "1024x1024", "low")
    };
    assert_eq!(
        price(&batch).published_estimate,
        None,
        "the published table is for standard processing"
    );
}

#[test]
fn each_of_n_images_bills_its_own_output() {
    let three = Draft { n: Some(3), ..generation("gpt-image-2", "1024x1024", "high") };
    // 3 × 7,024 × 30 ÷ 1,000,000
    assert_eq!(total(&price(&three)), per_million(3 * 7_024, "30.00"));
    assert_eq!(total(&price(&three)), dec("0.63216"));
}

#[test]
fn partial_images_are_a_range_with_the_documented_100_each_expected() {
    let draft = Draft {
        n: Some(2),
        partial_images: Some(3),
        ..generation("gpt-image-2", "1024x1024", "high")
    };
    let low = 2 * 7_024;
    let high = low + 100 * 3 * 2;
    assert_eq!(bounds(&counted(&draft, Meter::ImageOutput)), (low, Some(high), Some(high)));
    let priced = price(&draft);
    assert_eq!(
        bounds(&priced.total),
        (
            per_million(low, "30.00"),
            Some(per_million(high, "30.00")),
            Some(per_million(high, "30.00"))
        )
    );
    assert!(has_note(&priced, "partial_images"));
}

#[test]
fn text_output_of_1_5_is_open_from_nothing_to_the_most_seen() {
    for model in ["gpt-image-1.5", "chatgpt-image-latest"] {
        let draft = Draft { n: Some(2), ..generation(model, "1024x1024", "high") };
        assert_eq!(bounds(&counted(&draft, Meter::TextOutput)), (0, None, Some(2 * 856)));
        let priced = price(&draft);
        let image = per_million(2 * 4_160, "32.00");
        let text = per_million(2 * 856, "10.00");
        assert_eq!(bounds(&priced.total), (image, None, Some(image + text)));
        assert!(has_note(&priced, "text_output_open"));
    }
    let other = price(&generation("gpt-image-2", "1024x1024", "high"));
    assert_eq!(other.usage.count(Meter::TextOutput), Figure::Exact(0));
}

#[test]
fn tokens_of_2_6_are_a_range_around_the_one_measurement() {
    // The 2.5 count times 3 to 4.25 (low, medium), times 0.98 to 1.01 (high and above).
    let cases = [
        ("1536x1024", "low", 158 * 3, (158 * 425_u64).div_ceil(100), 664),
        ("1536x1024", "high", 1_372 * 98 / 100, (1_372 * 101_u64).div_ceil(100), 1_353),
        ("3840x2160", "high", 3_336 * 98 / 100, (3_336 * 101_u64).div_ceil(100), 3_337),
    ];
    for model in ["gpt-image-2.6-sunburst", "gpt-image-2.6-flare"] {
        for (shape, quality, low, high, measured) in cases {
            let count = counted(&generation(model, shape, quality), Meter::ImageOutput);
            assert_eq!(bounds(&count), (low, None, Some(high)), "{quality} {shape}");
            assert!((low..=high).contains(&measured));
            assert!(count.reasons().in_words().contains("no token rule of 2.6"));
        }
        let priced = price(&generation(model, "1536x1024", "low"));
        assert_eq!(priced.total.certainty(), Certainty::Range);
        assert!(has_note(&priced, "rule_not_known"));
    }
}

#[test]
fn quality_auto_is_from_the_cheapest_to_the_dearest_label() {
    for model in ["gpt-image-2", "gpt-image-2.5-flare"] {
        let draft = generation(model, "1024x1024", "auto");
        assert_eq!(bounds(&counted(&draft, Meter::ImageOutput)), (196, None, Some(7_024)));
        assert!(has_note(&price(&draft), "quality_auto"));
    }
    let fixed = generation("gpt-image-1-mini", "1024x1024", "auto");
    assert_eq!(bounds(&counted(&fixed, Meter::ImageOutput)), (272, None, Some(4_160)));
}

#[test]
fn size_auto_is_from_the_least_to_the_most_of_the_legal_sizes() {
    let draft = generation("gpt-image-2", "auto", "high");
    // Least 480x1424, u = 32: 96 × 32 × (2,000,000 + 683,520) ÷ 4,000,000 = 2,060.9…
    // Most 2880x2880, u = 96: 96 × 96 × (2,000,000 + 8,294,400) ÷ 4,000,000 = 23,718.3
    assert_eq!(bounds(&counted(&draft, Meter::ImageOutput)), (2_061, None, Some(23_719)));
    assert!(has_note(&price(&draft), "size_auto"));
    let fixed = generation("gpt-image-1-mini", "auto", "high");
    assert_eq!(bounds(&counted(&fixed, Meter::ImageOutput)), (4_160, None, Some(6_240)));
    let both = generation("gpt-image-2", "auto", "auto");
    assert_eq!(bounds(&counted(&both, Meter::ImageOutput)), (54, None, Some(23_719)));
}

#[test]
fn what_is_left_out_is_1024x1024_and_medium_and_is_announced() {
    let draft = Draft { model: Some("gpt-image-2".into()), ..Draft::default() };
    let priced = price(&draft);
    assert_eq!(total(&priced), per_million(1_756, "30.00"));
    for words in ["size 1024x1024", "quality medium", "no prompt was given"] {
        assert!(priced.assumptions.iter().any(|it| it.to_string().starts_with(words)), "{words}");
    }
}
