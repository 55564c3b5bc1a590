use super::*;

fn day(text: &str) -> chrono::NaiveDate {
    text.parse().expect("a date")
}

static NO_FX: crate::rating::FxRates = crate::rating::FxRates::new();

fn place<'a>(model: &'a str, quality: &'a str) -> PricedOn<'a> {
    let (as_of, today) = (day("2026-11-21"), day("2026-11-21"));
    PricedOn {
        model: Some(model),
        quality: Some(quality),
        route: None,
        as_of,
        today,
        resolution: None,
        fx: &NO_FX,
    }
}

fn prices(model: &str, quality: &str) -> SizePrices {
    SizePrices::of(&Catalog::shipped(), &place(model, quality)).expect("shipped prices")
}

fn size(text: &str) -> Size {
    text.parse().expect("a size")
}

fn dollars(text: &str) -> Decimal {
    Decimal::from_str_exact(text).expect("an amount")
}

fn about(asked: &str) -> Question {
    Question { size: Some(size(asked)), ..within(None, None) }
}

fn within(min_pixels: Option<u64>, max_cost: Option<&str>) -> Question {
    Question {
        size: None,
        min_pixels,
        max_cost: max_cost.map(dollars),
        aspect_tolerance: Decimal::ZERO,
        top: 3,
    }
}

fn found(answer: &Answer) -> Vec<(String, Vec<Why>)> {
    let row = |shown: &Candidate| (shown.priced.size.to_string(), shown.why.clone());
    answer.candidates.iter().map(row).collect()
}

#[test]
fn every_legal_size_is_metered_and_rated() {
    let prices = prices("gpt-image-2", "high");
    assert_eq!(prices.sizes.len(), 29_146);
    // 96 × 96 × (2000000 + 1024 × 1024) ÷ 4000000 = 7023.9 → 7024; 7024 × $30 ÷ 1000000
    let square = prices.get(size("1024x1024")).expect("legal");
    assert_eq!(
        (square.tokens.exact(), square.cost.exact()),
        (Some(7024), Some(dollars("0.21072")))
    );
    // 96 × 54 × (2000000 + 3840 × 2160) ÷ 4000000 = 13341.5 → 13342; 13342 × $30 ÷ 1000000
    let large = prices.get(size("3840x2160")).expect("legal");
    assert_eq!((large.tokens.exact(), large.cost.exact()), (Some(13342), Some(dollars("0.40026"))));
    assert!(large.experimental && !square.experimental);
}

#[test]
fn an_illegal_size_gets_its_broken_rules_and_the_nearest() {
    let answer = answer(&prices("gpt-image-2", "medium"), &about("1920x1080"));
    let Verdict::Illegal(_, broken) = &answer.verdict else { panic!("{:?}", answer.verdict) };
    assert_eq!(broken[..], [BrokenRule::OffGrid { multiple: 16 }]);
    assert_eq!(broken[0].to_string(), "both edges must be multiples of 16");
    assert_eq!(
        found(&answer)[..2],
        [("1920x1072".into(), vec![Why::Nearest]), ("1920x1088".into(), vec![Why::Nearest])]
    );
}

#[test]
fn a_cheaper_size_has_no_fewer_pixels_and_the_shape_within_the_tolerance() {
    let prices = prices("gpt-image-2", "high");
    let question = Question { aspect_tolerance: Decimal::new(1, 1), ..about("2048x2048") };
    let cheaper = answer(&prices, &question);
    // 2048x2048: 96 × 96 × (2000000 + 4194304) ÷ 4000000 = 14271.7 → 14272.
    // 1968x2160: u = 96 × 1968 ÷ 2160 = 87.47 → 87; 96 × 87 × (2000000 + 4250880) ÷ 4000000 = 13051.8
    let first = &cheaper.candidates[0].priced;
    assert_eq!((first.size, first.tokens.exact()), (size("1968x2160"), Some(13_052)));
    for shown in &cheaper.candidates {
        assert!(shown.priced.size.pixels() >= 2048 * 2048, "{}", shown.priced.size);
        assert!(shown.priced.tokens.low() < 14_272, "{}", shown.priced.size);
        let (long, short) = (shown.priced.size.long_edge(), shown.priced.size.short_edge());
        assert!(u64::from(long) * 100 <= u64::from(short) * 110, "{}", shown.priced.size);
    }
    assert_eq!(cheaper.candidates.len(), 3);
    assert!(cheaper.found > 3, "more than are shown are counted");
}

#[test]
fn the_cheapest_of_a_shape_is_the_same_whether_all_sizes_are_priced_or_those_in_question() {
    let (catalog, tolerance) = (Catalog::shipped(), Decimal::new(1, 1));
    for (model, quality) in [("gpt-image-2", "high"), ("gpt-image-2.6-flare", "low")] {
        let prices = prices(model, quality);
        for asked in ["2048x2048", "1024x1024", "1536x1024", "3840x2160", "480x1408"] {
            let question = Question { aspect_tolerance: tolerance, ..about(asked) };
            let of_all = answer(&prices, &question).candidates.into_iter().next();
            let cheaper = of_all.filter(|shown| shown.why == [Why::Cheaper]);
            let place = place(model, quality);
            let found = cheaper_of_its_shape(&catalog, &place, size(asked), tolerance);
            assert_eq!(found, Ok(cheaper.map(|shown| shown.priced)), "{model} {quality} {asked}");
        }
    }
}

#[test]
fn where_the_shape_has_none_the_cheapest_of_any_shape_is_shown() {
    let answer = answer(&prices("gpt-image-2", "medium"), &about("2048x2048"));
    assert_eq!(answer.found, 0);
    // u = 48 × 1184 ÷ 3552 = 16; 48 × 16 × (2000000 + 4205568) ÷ 4000000 = 1191.5 → 1192
    assert_eq!(found(&answer), [("1184x3552".into(), vec![Why::CheaperOtherShape])]);
    assert_eq!(answer.candidates[0].priced.tokens.exact(), Some(1192));
}

#[test]
fn bounds_give_the_cheapest_and_the_most_pixels() {
    let prices = prices("gpt-image-2", "medium");
    let fits = answer(&prices, &within(Some(2_000_000), Some("0.05")));
    assert_eq!(fits.verdict, Verdict::Within);
    assert_eq!(fits.candidates.len(), 4, "three, and the one with the most pixels");
    assert_eq!(fits.candidates[3].why, [Why::MostPixels]);
    for shown in &fits.candidates {
        assert!(shown.priced.size.pixels() >= 2_000_000);
        assert!(shown.priced.cost.exact().expect("exact") <= dollars("0.05"));
    }
    // The limit itself is within the limit: 7024 × $30 ÷ 1000000 = $0.21072.
    let square =
        super::prices::PricedSize { ..prices.get(size("1024x1024")).expect("legal").clone() };
    let cost = square.cost.exact();
    assert!(within_limit(&square, cost));
    assert!(!within_limit(&square, cost.map(|cost| cost - dollars("0.000001"))));
}

#[test]
fn where_nothing_fits_the_nearest_are_shown_for_each_bound() {
    let prices = prices("gpt-image-2", "high");
    let of = |question: &Question| found(&answer(&prices, question));
    let too_large = of(&within(Some(9_000_000), None));
    assert_eq!(too_large, [("2160x3840".into(), vec![Why::TooFewPixels])], "8294400 is the most");
    let both = of(&within(Some(8_000_000), Some("0.08")));
    assert_eq!(both.len(), 2);
    assert_eq!(
        (&both[0].1[..], &both[1].1[..]),
        (&[Why::NotWithinLimit][..], &[Why::TooFewPixels][..])
    );
    let too_cheap = of(&within(None, Some("0.01")));
    assert_eq!(too_cheap.len(), 1, "the nearest to the limit is the cheapest of all");
    assert_eq!(too_cheap[0].1, [Why::NotWithinLimit, Why::Cheapest]);
}

#[test]
fn a_range_is_within_a_limit_only_with_its_high_end() {
    let prices = prices("gpt-image-2.6-flare", "low");
    // 2.5 low at 1536x1024 is 158 tokens; 3 to 4.25 times: 474 to 672 tokens, $0.01422 to $0.02016.
    let wide = prices.get(size("1536x1024")).expect("legal");
    assert_eq!((wide.tokens.low(), wide.tokens.high()), (474, Some(672)));
    assert!(within_limit(wide, Some(dollars("0.02016"))));
    assert!(!within_limit(wide, Some(dollars("0.02"))));
}

#[test]
fn the_overview_marks_the_cheapest_and_the_dearest() {
    let answer = answer(&prices("gpt-image-2", "medium"), &within(None, None));
    let marked = |why| {
        let mut shown = answer.candidates.iter().filter(|shown| shown.why.contains(&why));
        shown.next().map(|shown| shown.priced.size.to_string())
    };
    assert_eq!(marked(Why::Dearest).as_deref(), Some("2880x2880"));
    assert_eq!(marked(Why::Cheapest).as_deref(), Some("480x1408"));
    assert_eq!(answer.candidates.len(), Size::COMMON.len() + 2);
}

#[test]
fn shapes_are_compared_by_the_ratio_of_their_edges() {
    assert!(same_shape(size("1024x1024"), size("2048x2048"), Decimal::ZERO));
    assert!(!same_shape(size("1024x1536"), size("1536x1024"), Decimal::ZERO), "turned");
    // 1056 ÷ 1024 is 3.125% more than 1.
    assert!(same_shape(size("1056x1024"), size("1024x1024"), dollars("0.03125")));
    assert!(same_shape(size("1024x1056"), size("1024x1024"), dollars("0.03125")));
    assert!(!same_shape(size("1056x1024"), size("1024x1024"), dollars("0.03124")));
}
