//! The token formula of gpt-image-2 and 2.5 against the table of researched figures and measured replies.

use imgcost::catalog::model_rules::{EdgeGrid, OutputRule};
use imgcost::catalog::sizes::legal_sizes;
use imgcost::figure::Figure;
use imgcost::metering::output_tokens::tokens;
use imgcost::size::Size;
use imgcost::unit::Meter;

use crate::common::*;

/// The columns of the table of researched figures: a factor and the labels that have it.
const COLUMNS: [&[(&str, &str)]; 5] = [
    &[("gpt-image-2", "low"), ("gpt-image-2.5-sunburst", "low"), ("gpt-image-2.5-flare", "low")],
    &[("gpt-image-2.5-sunburst", "medium"), ("gpt-image-2.5-flare", "medium")],
    &[
        ("gpt-image-2", "medium"),
        ("gpt-image-2.5-sunburst", "high"),
        ("gpt-image-2.5-flare", "high"),
    ],
    &[("gpt-image-2.5-sunburst", "xhigh"), ("gpt-image-2.5-flare", "xhigh")],
    &[("gpt-image-2", "high"), ("gpt-image-2.5-sunburst", "max"), ("gpt-image-2.5-flare", "max")],
];

/// A row of that table: sizes, and per factor (16, 24, 48, 64, 96) tokens and dollars.
type Row = (&'static [&'static str], [(u64, &'static str); 5]);

const SEVEN_ROWS: [Row; 7] = [
    (
        &["1024x1024"],
        [(196, "0.0059"), (439, "0.0132"), (1756, "0.0527"), (3122, "0.0937"), (7024, "0.2107")],
    ),
    (
        &["1024x1536", "1536x1024"],
        [(158, "0.0047"), (343, "0.0103"), (1372, "0.0412"), (2459, "0.0738"), (5488, "0.1646")],
    ),
    (
        &["2048x1152"],
        [(157, "0.0047"), (367, "0.0110"), (1413, "0.0424"), (2511, "0.0753"), (5650, "0.1695")],
    ),
    (
        &["2048x2048"],
        [(397, "0.0119"), (892, "0.0268"), (3568, "0.1070"), (6343, "0.1903"), (14272, "0.4282")],
    ),
    (
        &["2560x1440"],
        [(205, "0.0062"), (478, "0.0143"), (1843, "0.0553"), (3276, "0.0983"), (7370, "0.2211")],
    ),
    (
        &["3840x2160"],
        [(371, "0.0111"), (865, "0.0260"), (3336, "0.1001"), (5930, "0.1779"), (13342, "0.4003")],
    ),
    (
        &["2880x2880"],
        [(659, "0.0198"), (1483, "0.0445"), (5930, "0.1779"), (10542, "0.3163"), (23719, "0.7116")],
    ),
];

#[test]
fn the_35_cells_of_seven_sizes_and_five_factors() {
    for (sizes, cells) in SEVEN_ROWS {
        for ((count, dollars), labels) in cells.into_iter().zip(COLUMNS) {
            for size in sizes {
                for (model, quality) in labels {
                    let priced = price(&generation(model, size, quality));
                    let what = format!("{model} {quality} at {size}");
                    assert_eq!(
                        priced.usage.count(Meter::ImageOutput),
                        Figure::Exact(count),
                        "{what}"
                    );
                    // tokens × 30 ÷ 1,000,000, which the table rounds to four places.
                    assert_eq!(total(&priced), per_million(count, "30.00"), "{what}");
                    assert_eq!(total(&priced).round_dp(4), dec(dollars), "{what}");
                }
            }
        }
    }
}

#[test]
fn counts_measured_in_replies_agree() {
    let measured = [
        ("gpt-image-2", "976x704", "low", 129),
        ("gpt-image-2", "960x720", "low", 130),
        ("gpt-image-2", "1024x1024", "high", 7_024),
        ("gpt-image-2", "1536x1024", "high", 5_488),
        ("gpt-image-2", "1792x1024", "high", 5_063),
        ("gpt-image-2", "3584x2048", "high", 12_329),
        ("gpt-image-2", "3840x2160", "high", 13_342),
        ("gpt-image-2.5-flare", "1024x1024", "low", 196),
        ("gpt-image-2.5-flare", "1024x1024", "medium", 439),
        ("gpt-image-2.5-flare", "1024x1024", "high", 1_756),
        ("gpt-image-2.5-sunburst", "1024x1024", "xhigh", 3_122),
        ("gpt-image-2.5-sunburst", "1024x1024", "max", 7_024),
        ("gpt-image-2.5-flare", "1536x1024", "low", 158),
        ("gpt-image-2.5-flare", "2560x1440", "low", 205),
    ];
    for (model, shape, quality, count) in measured {
        let rule = rules_on(model, TODAY).output_tokens.rule;
        assert_eq!(
            tokens(&rule, quality, size(shape)),
            Figure::Exact(count),
            "{model} {quality} {shape}"
        );
    }
}

#[test]
fn the_token_function_takes_sizes_that_no_request_can_ask_for() {
    // A log of the Codex route holds 1254x1254 at 515 tokens: factor 24, which is medium on 2.5.
    // 24 × 24 × (2,000,000 + 1,572,516) ÷ 4,000,000 = 514.4…
    let rule = rules_on("gpt-image-2.5-flare", TODAY).output_tokens.rule;
    assert_eq!(tokens(&rule, "medium", size("1254x1254")), Figure::Exact(515));
}

#[test]
fn an_exact_half_goes_to_the_even_integer() {
    let low_2560x1040 = counted(&generation("gpt-image-2", "2560x1040", "low"), Meter::ImageOutput);
    // u = 16 × 1040 ÷ 2560 = 6.5 → 6: 16 × 6 × (2,000,000 + 2,662,400) ÷ 4,000,000 = 111.9
    assert_eq!(
        low_2560x1040,
        Figure::Exact((16 * 6 * (2_000_000 + 2560 * 1040_u64)).div_ceil(4_000_000))
    );
    assert_eq!(low_2560x1040, Figure::Exact(112), "half up would be 131");
    // u = 48 × 944 ÷ 1536 = 29.5 → 30, where a float can land on either side.
    let medium_1536x944 =
        counted(&generation("gpt-image-2", "1536x944", "medium"), Meter::ImageOutput);
    assert_eq!(
        medium_1536x944,
        Figure::Exact((48 * 30 * (2_000_000 + 1536 * 944_u64)).div_ceil(4_000_000))
    );
}

#[test]
fn half_up_would_differ_in_362_of_145_730_cases() {
    let OutputRule::EdgeGrid(grid) = rules_on("gpt-image-2.5-flare", TODAY).output_tokens.rule
    else {
        panic!("2.5 has the formula");
    };
    let sizes = legal_sizes(&rules_on("gpt-image-2.5-flare", TODAY).sizes.rule);
    let rule = OutputRule::EdgeGrid(grid.clone());
    let differs = |quality: &str, size| {
        tokens(&rule, quality, size).exact() != Some(half_up(&grid, quality, size))
    };
    let cases =
        grid.factors.keys().flat_map(|quality| sizes.iter().map(move |size| (quality, *size)));
    let (all, differing) = cases.fold((0, 0), |(all, differing), (quality, size)| {
        (all + 1, differing + u32::from(differs(quality, size)))
    });
    assert_eq!((all, differing), (5 * 29_146, 362));
}

/// The formula with exact halves rounded up, as a community thread has it.
fn half_up(grid: &EdgeGrid, quality: &str, size: Size) -> u64 {
    let factor = u64::from(grid.factors[quality]);
    let (long, short) = (u64::from(size.long_edge()), u64::from(size.short_edge()));
    let short_factor = (2 * factor * short + long) / (2 * long);
    (factor * short_factor * (grid.pixel_offset + size.pixels())).div_ceil(grid.divisor)
}
