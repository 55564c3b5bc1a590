//! The nine concepts of a price table, each by a table of a made-up owner, with the arithmetic visible.

mod acme;

use acme::{dec, price, request};
use imgcost::catalog::conditions::Processing;
use imgcost::exchange::ExchangeRate;
use imgcost::figure::Figure;
use imgcost::request::Draft;

const TOKENS_FREE: &str = "not_billed: [tokens, images, calls]";

fn exact(figure: &Figure<rust_decimal::Decimal>) -> rust_decimal::Decimal {
    figure.exact().unwrap_or_else(|| panic!("not exact: {figure:?}"))
}

#[test]
fn rates_meters_add_up_and_the_first_that_fits_counts() {
    let table = r#"
    currency: USD
    rates:
      - {meter: images, price: "0.05", per: 1, when: {quality: high}}
      - {meter: images, price: "0.02", per: 1}
      - {meter: calls, price: "0.03", per: 1}
    not_billed: [tokens]"#;
    // One image and one call: 0.05 + 0.03.
    assert_eq!(exact(&price(table, &request("high", "1024x1024")).total), dec("0.08"));
    // A quality without a rate of its own takes the second row.
    assert_eq!(exact(&price(table, &request("low", "1024x1024")).total), dec("0.05"));
}

#[test]
fn a_meter_without_a_rate_is_unknown_and_never_zero() {
    let table = r#"
    currency: USD
    rates:
      - {meter: image_output, price: "27", per: 1M}
    not_billed: [images, calls]
    not_stated:
      - {meters: [text_input], reason: "text is not listed"}"#;
    let estimate = price(table, &request("high", "1024x1024"));
    // 7,024 × 27 ÷ 1,000,000, without the text.
    assert_eq!(estimate.total.low(), dec("0.189648"));
    assert_eq!(estimate.total.high(), None);
    assert!(estimate.total.reasons().in_words().contains("text is not listed"));
}

#[test]
fn when_mode_aspect_and_format_decide() {
    let table = r#"
    currency: USD
    rates:
      - {meter: images, price: "0.40", per: 1, when: {mode: edit, aspect: not_square}}
      - {meter: images, price: "0.30", per: 1, when: {mode: edit}}
      - {meter: images, price: "0.20", per: 1, when: {aspect: not_square}}
      - {meter: images, price: "0.10", per: 1}
    not_billed: [tokens, calls]"#;
    let edit = |size: &str| Draft { edit: true, ..request("high", size) };
    assert_eq!(exact(&price(table, &request("high", "1024x1024")).total), dec("0.10"));
    assert_eq!(exact(&price(table, &request("high", "1024x1536")).total), dec("0.20"));
    assert_eq!(exact(&price(table, &edit("1024x1024")).total), dec("0.30"));
    assert_eq!(exact(&price(table, &edit("1536x1024")).total), dec("0.40"));
}

#[test]
fn after_charges_only_what_is_beyond_in_each_call() {
    let table = r#"
    currency: USD
    images_per_call: 1
    rates:
      - {meter: calls, price: "0.06", per: 1}
      - {meter: input_images, price: "0.015", per: 1, after: 1}
    not_billed: [tokens, images]"#;
    let images = acme::images(3);
    let draft = Draft { n: Some(2), input_images: images, ..request("high", "1024x1024") };
    // Two calls with three images each, of which one is included: 2 × 0.06 + 2 × 2 × 0.015.
    assert_eq!(exact(&price(table, &draft).total), dec("0.18"));
}

#[test]
fn whole_units_count_a_part_as_one() {
    let table = r#"
    currency: USD
    rates:
      - {meter: pixels, price: "0.01", per: 1M, whole_units: true}
    not_billed: [tokens, images, calls]"#;
    // 1536 × 1024 = 1.57 megapixels are billed as 2.
    assert_eq!(exact(&price(table, &request("high", "1536x1024")).total), dec("0.02"));
}

#[test]
fn classes_by_pixels_and_auto_by_the_owners_word() {
    let table = r#"
    credit: {name: credit, per_usd: "68"}
    classes:
      by: pixels
      buckets: [{name: 1K, up_to: 1700000}, {name: 2K, up_to: 4400000}, {name: 4K}]
    auto_means: {class: 1K}
    rates:
      - {meter: calls, price: "1.02", per: 1, when: {class: 1K}}
      - {meter: calls, price: "1.734", per: 1, when: {class: 2K}}
      - {meter: calls, price: "2.652", per: 1, when: {class: 4K}}
    not_billed: [tokens, images]"#;
    let cost = |size: &str| exact(&price(table, &request("high", size)).total);
    assert_eq!(cost("1536x1024"), dec("0.015"), "1.02 credits ÷ 68, 1.57 megapixels");
    assert_eq!(cost("2048x2048"), dec("0.0255"), "1.734 ÷ 68, 4.19 megapixels");
    assert_eq!(cost("3840x2160"), dec("0.039"), "2.652 ÷ 68");
    assert_eq!(cost("auto"), dec("0.015"));
}

#[test]
fn borders_that_are_not_stated_give_a_range_until_the_caller_names_the_class() {
    let table = r#"
    credit: {name: credit, usd_each: "0.005"}
    classes: {by: parameter, buckets: [{name: 1K}, {name: 2K}, {name: 4K}]}
    rates:
      - {meter: calls, price: "6", per: 1, when: {class: 1K}}
      - {meter: calls, price: "10", per: 1, when: {class: 2K}}
      - {meter: calls, price: "16", per: 1, when: {class: 4K}}
    not_billed: [tokens, images]"#;
    let open = price(table, &request("high", "1024x1024")).total;
    assert_eq!((open.low(), open.expected(), open.high()), (dec("0.03"), None, Some(dec("0.08"))));
    let named = acme::price_with(table, &request("high", "1024x1024"), |terms| {
        terms.resolution = Some("2K")
    });
    assert_eq!(exact(&named.total), dec("0.05"), "10 credits × $0.005");
}

#[test]
fn quality_auto_is_what_the_owner_says_or_a_range() {
    let rates = r#"
    rates:
      - {meter: images, price: "0.012", per: 1, when: {quality: low}}
      - {meter: images, price: "0.047", per: 1, when: {quality: medium}}
      - {meter: images, price: "0.128", per: 1, when: {quality: high}}
    not_billed: [tokens, calls]"#;
    let stated = format!("\n    currency: USD\n    auto_means: {{quality: high}}{rates}");
    assert_eq!(exact(&price(&stated, &request("auto", "1024x1024")).total), dec("0.128"));
    let open = price(&format!("\n    currency: USD{rates}"), &request("auto", "1024x1024")).total;
    assert_eq!((open.low(), open.high()), (dec("0.012"), Some(dec("0.128"))));
}

#[test]
fn a_foreign_currency_keeps_its_amount_and_is_unknown_in_dollars() {
    let table = "\n    currency: CNY\n    rates: [{meter: calls, price: \"0.04\", per: 1}]\n    not_billed: [tokens, images]";
    let estimate = price(table, &request("high", "1024x1024"));
    assert_eq!(estimate.total.high(), None);
    assert_eq!(estimate.charges[0].native, Figure::Exact(dec("0.04")));
    let fx = imgcost::rating::FxRates::from([(
        "CNY".to_owned(),
        ExchangeRate::DollarsForOne(dec("0.14")),
    )]);
    let known = acme::price_with(table, &request("high", "1024x1024"), |terms| {
        terms.fx = Box::leak(Box::new(fx))
    });
    assert_eq!(exact(&known.total), dec("0.0056"), "0.04 × 0.14");
}

#[test]
fn a_credit_without_a_public_value_is_unknown_in_dollars() {
    let table = "\n    credit: {name: point}\n    rates: [{meter: image_output, price: \"2840000\", per: 1M}]\n    not_billed: [text_input, images, calls]";
    let estimate = price(table, &request("high", "1024x1024"));
    // 7,024 × 40 × 7.1 × 10,000 ÷ 1,000,000 points.
    assert_eq!(estimate.charges[0].native, Figure::Exact(dec("19948.16")));
    assert_eq!(estimate.total.high(), None);
}

#[test]
fn a_factor_on_own_rates_and_a_basis_that_names_both_owners() {
    let own = r#"
    currency: USD
    factor: "0.75"
    rates: [{meter: image_output, price: "30", per: 1M}]
    not_billed: [text_input, images, calls]"#;
    // 7,024 × 30 × 0.75 ÷ 1,000,000.
    assert_eq!(exact(&price(own, &request("high", "1024x1024")).total), dec("0.15804"));
    let basis = r#"
    currency: USD
    basis: {route: official/openai/gpt-image-2, factor: "1.2"}
    not_billed: [images, calls]"#;
    let estimate = price(basis, &request("high", "1024x1024"));
    // (16 × 5 + 7,024 × 30) × 1.2 ÷ 1,000,000, with a prompt of 10 + 6 tokens.
    assert_eq!(exact(&estimate.total), dec("0.25296"));
    let unit_price = estimate.charges[0].unit_price.as_ref().expect("priced");
    let basis = unit_price.basis.as_ref().expect("rests on another table");
    assert!(basis.contains("1.2 × official/openai/gpt-image-2 (OpenAI)"), "{basis}");
    assert_eq!(estimate.table.route.id.owner, "acme", "billed by its owner");
}

#[test]
fn a_basis_is_taken_at_the_same_day() {
    let basis = r#"
    currency: USD
    from: 2026-04-21
    basis: {route: official/openai/gpt-image-2}
    not_billed: [images, calls]"#;
    let on = |day: &str| {
        let day = acme::day(day);
        acme::try_price_with(basis, &request("high", "1024x1024"), move |terms| terms.as_of = day)
    };
    assert!(on("2026-04-21").is_ok());
    assert!(on("2026-04-20").is_err(), "neither has a version for the day before");
}

#[test]
fn rounding_of_a_line_and_of_the_total_in_the_owners_unit() {
    let per_line = r#"
    credit: {name: credit, usd_each: "0.01"}
    rounding: {of: line, mode: up, to: "1"}
    rates:
      - {meter: images, price: "2.4", per: 1}
      - {meter: calls, price: "0.3", per: 1}
    not_billed: [tokens]"#;
    // 2.4 → 3 credits and 0.3 → 1 credit.
    assert_eq!(exact(&price(per_line, &request("high", "1024x1024")).total), dec("0.04"));
    let of_total = per_line.replace("of: line", "of: total");
    let estimate = price(&of_total, &request("high", "1024x1024"));
    // 2.4 + 0.3 = 2.7 → 3 credits, the difference as a line of its own.
    assert_eq!(exact(&estimate.total), dec("0.03"));
    let adjustment = estimate.charges.last().expect("a line");
    assert_eq!(adjustment.native, Figure::Exact(dec("0.3")));
}

#[test]
fn a_rounding_that_is_disputed_is_from_what_is_not_rounded_to_what_is() {
    let of_total = r#"
    currency: USD
    rounding: {of: total, mode: up, to: "0.01", disputed: true}
    rates:
      - {meter: images, price: "0.031", per: 1}
      - {meter: calls, price: "0.002", per: 1}
    not_billed: [tokens]"#;
    // 0.031 + 0.002 = 0.033, or rounded up to 0.04; the difference is a line of its own.
    let total = price(of_total, &request("high", "1024x1024")).total;
    assert_eq!(
        (total.low(), total.expected(), total.high()),
        (dec("0.033"), None, Some(dec("0.04")))
    );
    assert_eq!(total.reasons().in_words(), "whether the owner rounds what it charges is disputed");
    // Down: 0.03 to 0.033.
    let down =
        price(&of_total.replace("mode: up", "mode: down"), &request("high", "1024x1024")).total;
    assert_eq!((down.low(), down.high()), (dec("0.03"), Some(dec("0.033"))));
    // Each line: 0.031 to 0.04 and 0.002 to 0.01.
    let lines =
        price(&of_total.replace("of: total", "of: line"), &request("high", "1024x1024")).total;
    assert_eq!((lines.low(), lines.high()), (dec("0.033"), Some(dec("0.05"))));
    // Where rounding changes nothing, nothing is open.
    let even = of_total.replace("0.031", "0.038");
    assert_eq!(exact(&price(&even, &request("high", "1024x1024")).total), dec("0.04"));
}

#[test]
fn a_label_that_is_inferred_is_a_range_over_what_may_be_meant() {
    // Three prices were read without their labels: that they go by quality, in this order, is inferred.
    let table = r#"
    currency: USD
    rates:
      - {meter: images, price: "0.06", per: 1, when: {quality: low}, inferred: true}
      - {meter: images, price: "0.12", per: 1, when: {quality: medium}, inferred: true}
      - {meter: images, price: "0.21", per: 1, when: {quality: high}}
      - {meter: input_images, price: "0.015", per: 1, after: 1}
    not_billed: [tokens, calls]"#;
    let low = price(table, &request("low", "1024x1024"));
    assert_eq!(
        (low.total.low(), low.total.expected(), low.total.high()),
        (dec("0.06"), None, Some(dec("0.12")))
    );
    let why = low.total.reasons().in_words();
    assert_eq!(why, "which of the owner's prices is that of the label is inferred, not stated");
    assert!(low.charges[0].unit_price.is_none(), "one of two");
    // A label that is stated has its own price.
    assert_eq!(exact(&price(table, &request("high", "1024x1024")).total), dec("0.21"));
    // Only a label can be inferred.
    let wrong = table.replace(", when: {quality: low}, inferred", ", inferred");
    let added = imgcost::catalog::Catalog::shipped().with_files(acme::files(&wrong, ""));
    let problems = added.err().expect("a problem");
    assert!(problems.iter().any(|it| it.one_line().contains("no label that could be inferred")));
}

/// OpenAI's rates with a floor of $0.08 a call.
const FLOOR: &str = r#"
    currency: USD
    basis: {route: official/openai/gpt-image-2}
    floor: "0.08"
    not_billed: [images, calls]"#;

#[test]
fn a_floor_is_what_a_call_costs_at_the_least() {
    // Low: 16 × 5 + 196 × 30 = $0.00596 is brought to $0.08 by a line of its own.
    let low = price(FLOOR, &request("low", "1024x1024"));
    assert_eq!(exact(&low.total), dec("0.08"));
    let floor = low.charges.last().expect("a line");
    assert_eq!(floor.meter, imgcost::unit::Meter::FloorAdjustment);
    assert_eq!(exact(&floor.amount), dec("0.07404"));
    assert_eq!(floor.quantity.how, ["a call costs 0.08 USD at the least"]);
    // High: 16 × 5 + 7,024 × 30 = $0.2108 is above it, and has no such line.
    let high = price(FLOOR, &request("high", "1024x1024"));
    assert_eq!(exact(&high.total), dec("0.2108"));
    assert!(high.charges.iter().all(|line| line.meter.label() != "floor of the call"));
}

#[test]
fn a_floor_is_of_each_call() {
    // Three images are three calls, of which each costs $0.00596 by its lines: 3 × 0.08.
    let three = Draft { n: Some(3), ..request("low", "1024x1024") };
    assert_eq!(exact(&price(FLOOR, &three).total), dec("0.24"));
    // One call of up to four images: 3 × (7,024 × 30 + 16 × 5) is above its floor.
    let four = FLOOR.replace("currency: USD", "currency: USD\n    images_per_call: 4");
    let three = Draft { n: Some(3), ..request("high", "1024x1024") };
    assert_eq!(exact(&price(&four, &three).total), dec("0.6324"));
    // Six images are a call of four and one of two. 6 × $0.00596 is below the floor of one, so that both are brought to it.
    let six = Draft { n: Some(6), ..request("low", "1024x1024") };
    assert_eq!(exact(&price(&four, &six).total), dec("0.16"));
    let dear = price(&four, &Draft { n: Some(6), ..request("high", "1024x1024") }).total;
    // 6 × $0.2108 = $1.2648; what each call costs of it is not told apart, and one that were free adds its floor.
    assert_eq!((dear.low(), dear.high()), (dec("1.2648"), Some(dec("1.3448"))));
    assert!(dear.reasons().in_words().contains("not told apart"), "{}", dear.reasons().in_words());
}

#[test]
fn both_ends_of_a_range_are_brought_to_the_floor() {
    // Quality auto is low to high, of which the least is below the floor.
    let labels = r#"
    currency: USD
    rates:
      - {meter: images, price: "0.012", per: 1, when: {quality: low}}
      - {meter: images, price: "0.047", per: 1, when: {quality: medium}}
      - {meter: images, price: "0.128", per: 1, when: {quality: high}}
      - {meter: calls, price: "0.001", per: 1}
    floor: "0.08"
    not_billed: [tokens]"#;
    let auto = price(labels, &request("auto", "1024x1024"));
    // 0.012 + 0.001 is brought to 0.08, 0.128 + 0.001 is above it.
    assert_eq!((auto.total.low(), auto.total.high()), (dec("0.08"), Some(dec("0.129"))));
    let lines: Vec<_> = auto.charges.iter().map(|line| line.meter.label()).collect();
    assert_eq!(lines, ["calls", "floor of the call"], "what is open and the floor are one line");
    // Where the most is below it as well, nothing is open.
    let higher =
        price(&labels.replace("floor: \"0.08\"", "floor: \"0.2\""), &request("auto", "1024x1024"));
    assert_eq!(exact(&higher.total), dec("0.2"));
    // What is unknown is at least the floor.
    let open = labels
        .replace(
            "- {meter: calls, price: \"0.001\", per: 1}",
            "- {meter: text_input, price: \"5\", per: 1M}",
        )
        .replace("not_billed: [tokens]", "not_billed: [calls]");
    let open = price(&open, &request("low", "1024x1024")).total;
    assert_eq!((open.low(), open.high()), (dec("0.08"), None));
}

#[test]
fn a_floor_stands_in_the_owners_unit() {
    let table = r#"
    credit: {name: credit, per_usd: "211"}
    rates: [{meter: images, price: "1", per: 1}]
    floor: "2.11"
    not_billed: [tokens, calls]"#;
    let estimate = price(table, &request("high", "1024x1024"));
    // 1 credit is brought to 2.11 credits ÷ 211 = $0.01, divided once in each line.
    assert_eq!(estimate.in_owners_unit().expect("a sum"), Figure::Exact(dec("2.11")));
    assert_eq!(exact(&estimate.total).round_dp(10), dec("0.01"));
}

/// A reply of so many images with 10 + 6 tokens of text and so many output tokens each, at the floor of $0.08 a call.
fn reply_at_floor(images: usize, output: u64) -> Figure<rust_decimal::Decimal> {
    let data = vec![r#"{"b64_json": "QUJD"}"#; images].join(", ");
    let output = output * images as u64;
    let json = format!(
        r#"{{"created": 1795000000, "size": "1024x1024", "data": [{data}], "usage": {{
            "input_tokens": 16, "input_tokens_details": {{"image_tokens": 0, "text_tokens": 16}},
            "output_tokens": {output}, "total_tokens": {}}}}}"#,
        output + 16
    );
    let reply = imgcost::usage_log::reply::read("reply.json", &json, &[]).expect("a reply");
    let catalog = imgcost::catalog::Catalog::shipped().with_files(acme::files(FLOOR, ""));
    let catalog = catalog.unwrap_or_else(|_| panic!("tables that can be read"));
    let context = imgcost::estimate::ReplyContext::default();
    let estimate = imgcost::estimate::estimate_reply(&catalog, reply, &context, &acme::terms());
    estimate.expect("an estimate").total
}

#[test]
fn a_reply_is_brought_to_the_floor_of_its_call() {
    assert_eq!(exact(&reply_at_floor(1, 196)), dec("0.08"));
    // 16 × 5 + 7,024 × 30.
    assert_eq!(exact(&reply_at_floor(1, 7_024)), dec("0.2108"));
    // A reply of several images is of one call.
    assert_eq!(exact(&reply_at_floor(2, 196)), dec("0.08"));
}

#[test]
fn first_and_further_megapixels_are_a_price_an_image_and_one_beyond_it() {
    // $0.03 for the first megapixel of each image and $0.015 for each further one, a part of one as a whole.
    let table = r#"
    currency: USD
    rates:
      - {meter: images, price: "0.03", per: 1}
      - {meter: pixels, price: "0.015", per: 1M, after: 1000000, whole_units: true}
    not_billed: [tokens, calls]"#;
    let cost =
        |size: &str, n| exact(&price(table, &Draft { n: Some(n), ..request("high", size) }).total);
    assert_eq!(cost("1024x960", 1), dec("0.03"), "0.98 megapixels are the first");
    assert_eq!(cost("1536x1024", 1), dec("0.045"), "1.57 are 2: 0.03 + 0.015");
    assert_eq!(cost("2048x1152", 1), dec("0.06"), "2.36 are 3: 0.03 + 2 × 0.015");
    assert_eq!(cost("2048x1152", 2), dec("0.12"), "in each image");
}

#[test]
fn class_borders_in_pixels_and_a_surcharge_for_each_further_image() {
    // Up to 2.36 megapixels $0.045, above $0.09; each image of the call beyond the first adds $0.003.
    let table = r#"
    currency: USD
    images_per_call: 1
    classes: {by: pixels, buckets: [{name: 1K, up_to: 2360000}, {name: 2K}]}
    rates:
      - {meter: images, price: "0.045", per: 1, when: {class: 1K}}
      - {meter: images, price: "0.09", per: 1, when: {class: 2K}}
      - {meter: input_images, price: "0.003", per: 1, after: 1}
    not_billed: [tokens, calls]"#;
    let cost = |size: &str, references| {
        let images = acme::images(references);
        let draft = Draft { edit: references > 0, input_images: images, ..request("high", size) };
        exact(&price(table, &draft).total)
    };
    assert_eq!(cost("2048x1152", 0), dec("0.045"), "2,359,296 pixels are within the border");
    assert_eq!(cost("2048x1168", 0), dec("0.09"), "2,392,064 are not");
    assert_eq!(cost("1024x1024", 1), dec("0.045"), "the first image is included");
    assert_eq!(cost("1024x1024", 4), dec("0.054"), "0.045 + 3 × 0.003");
}

#[test]
fn the_cheaper_of_two_lists_is_charged() {
    let table = r#"
    currency: USD
    cheapest_of:
      - [{meter: image_output, price: "30", per: 1M}]
      - [{meter: images, price: "0.05", per: 1}]
    not_billed: [text_input, image_output, images, calls]"#;
    // Low: 196 × 30 ÷ 1,000,000 = 0.00588 is below 0.05; high: 0.21072 is above it.
    assert_eq!(exact(&price(table, &request("low", "1024x1024")).total), dec("0.00588"));
    assert_eq!(exact(&price(table, &request("high", "1024x1024")).total), dec("0.05"));
}

#[test]
fn a_flat_price_is_per_call_and_images_per_call_are_the_owners_word() {
    let one = "\n    currency: USD\n    rates: [{meter: calls, price: \"0.03\", per: 1}]\n    not_billed: [tokens, images]";
    let four = one.replace("currency: USD", "currency: USD\n    images_per_call: 4");
    let draft = Draft { n: Some(6), ..request("high", "1024x1024") };
    let not_stated = price(one, &draft);
    assert_eq!(exact(&not_stated.total), dec("0.18"), "six images are six calls");
    assert!(not_stated.notes.iter().any(|note| note.to_string().contains("not stated")));
    assert_eq!(exact(&price(&four, &draft).total), dec("0.06"), "six images are two calls of four");
}

#[test]
fn a_status_without_a_price_is_refused_and_not_free() {
    let files = acme::files("", "status: not_found\n");
    let error = acme::try_price_files(files, &request("high", "1024x1024")).expect_err("no price");
    assert!(format!("{error:?}").contains("NotPriced"), "{error:?}");
}

#[test]
fn terms_never_change_a_rate() {
    let table = format!(
        "\n    currency: USD\n    rates: [{{meter: pixels, price: \"1\", per: 1M}}]\n    {TOKENS_FREE}"
    );
    assert_eq!(exact(&price(&table, &request("high", "1024x1024")).total), dec("1.048576"));
}

#[test]
fn a_condition_that_can_never_hold_is_refused() {
    let refused = |rate: &str| {
        let table =
            format!("\n    currency: USD\n    rates: [{rate}]\n    not_billed: [tokens, calls]");
        let added = imgcost::catalog::Catalog::shipped().with_files(acme::files(&table, ""));
        added
            .err()
            .expect("a problem")
            .iter()
            .map(imgcost::problem::Problem::one_line)
            .collect::<String>()
    };
    let quality = refused("{meter: images, price: \"0.1\", per: 1, when: {quality: hi}}");
    assert!(quality.contains("`hi` is not a quality of the model"), "{quality}");
    let class = refused("{meter: images, price: \"0.1\", per: 1, when: {class: 2K}}");
    assert!(class.contains("`2K` is not a class of this version"), "{class}");
}

#[test]
fn a_limit_of_input_tokens_holds_for_counts_up_to_it_and_an_open_count_is_a_range() {
    let table = r#"
    currency: USD
    rates:
      - {meter: images, price: "0.10", per: 1, when: {input_tokens_up_to: 16}}
      - {meter: images, price: "0.30", per: 1}
    not_billed: [tokens, calls]"#;
    let prompt = |tokens| Draft {
        prompt: Some(imgcost::request::Prompt::BilledTokens(tokens)),
        ..request("high", "1024x1024")
    };
    assert_eq!(exact(&price(table, &prompt(16)).total), dec("0.10"), "up to 16 includes 16");
    assert_eq!(exact(&price(table, &prompt(17)).total), dec("0.30"));
    // An edit without its images: 16 tokens of the prompt at least, and no known most.
    let open = price(table, &Draft { edit: true, ..prompt(16) }).total;
    assert_eq!((open.low(), open.expected(), open.high()), (dec("0.10"), None, Some(dec("0.30"))));
    // Where the least is beyond the limit already, nothing is open.
    assert_eq!(exact(&price(table, &Draft { edit: true, ..prompt(17) }).total), dec("0.30"));
}

/// The days, the confidence and the sources that a figure rests on.
fn rests_on(estimate: &imgcost::estimate::Estimate) -> (String, &'static str, String) {
    let rests_on = estimate.rests_on();
    let seen = rests_on.seen().map_or("undated".to_owned(), |day| day.to_string());
    (seen, rests_on.confidence().as_str(), rests_on.sources())
}

#[test]
fn a_figure_is_as_old_as_the_oldest_of_its_rates_and_as_well_supported_as_the_weakest() {
    // The version was read on 2026-01-01 with high confidence; one of its rates elsewhere, in April and with medium.
    let table = r#"
    currency: USD
    rates:
      - {meter: images, price: "0.10", per: 1, when: {quality: high}}
      - meter: images
        price: "0.05"
        per: 1
        evidence: {source: "a list", seen: 2025-04-22, confidence: medium}
      - meter: calls
        price: "0.01"
        per: 1
        evidence: {source: "a reader", seen: undated, confidence: high}
        when: {mode: edit}
    not_billed: [tokens]"#;
    let of = |draft: &Draft| {
        let estimate = price(table, draft);
        let (seen, confidence, sources) = rests_on(&estimate);
        format!("{seen}, {confidence}: {sources}")
    };
    assert_eq!(of(&request("high", "1024x1024")), "2026-01-01, high: made up");
    assert_eq!(of(&request("low", "1024x1024")), "2025-04-22, medium: a list");
    // A quality that is open may be charged at either: both count.
    assert_eq!(of(&request("auto", "1024x1024")), "2025-04-22, medium: a list; made up");
    // One statement without a day makes the age of the whole unknown.
    let edit = Draft { edit: true, input_images: acme::images(1), ..request("high", "1024x1024") };
    assert_eq!(of(&edit), "undated, high: a reader; made up");
}

#[test]
fn a_price_by_way_of_another_list_rests_on_both() {
    let table = r#"
    currency: USD
    basis: {route: official/openai/gpt-image-2, factor: "0.9"}"#;
    let estimate = price(table, &request("high", "1024x1024"));
    // 7,024 × 30 × 0.9 ÷ 1,000,000 + 16 × 5 × 0.9 ÷ 1,000,000.
    assert_eq!(exact(&estimate.total), dec("0.189648") + dec("0.000072"));
    let statements = estimate.rests_on().statements().len();
    let (seen, confidence, sources) = rests_on(&estimate);
    assert_eq!((statements, &*seen, confidence), (2, "2026-01-01", "high"));
    assert!(sources.starts_with("made up; copies of OpenAI's pricing page"), "{sources}");
}

#[test]
fn each_kind_of_processing_has_rates_of_its_own_and_never_those_of_another() {
    let table = r#"
    currency: USD
    rates:
      - {meter: image_output, price: "120", per: 1M}
      - {meter: image_output, price: "60", per: 1M, when: {processing: flex}}
      - {meter: image_output, price: "216", per: 1M, when: {processing: priority}}
    not_billed: [text_input, images, calls]"#;
    let cost = |processing| {
        let draft = Draft { processing: Some(processing), ..request("high", "1024x1024") };
        price(table, &draft).total
    };
    // 7,024 tokens at 120, 60 and 216 per 1M.
    assert_eq!(exact(&cost(Processing::Standard)), dec("0.84288"));
    assert_eq!(exact(&cost(Processing::Flex)), dec("0.42144"));
    assert_eq!(exact(&cost(Processing::Priority)), dec("1.517184"));
    let batch = cost(Processing::Batch);
    assert_eq!((batch.low(), batch.high()), (dec("0"), None));
    assert_eq!(batch.reasons().in_words(), "the Batch rate for image output is not stated");
}

/// A request for an SVG file with gpt-image-2, and what the author of a reply to it read and wrote.
fn svg_request() -> Draft {
    Draft { output_format: Some("svg".into()), ..request("high", "1024x1024") }
}

fn svg_reply(table: &str) -> Figure<rust_decimal::Decimal> {
    let json = r#"{"created": 1795000000, "size": "1024x1024", "quality": "high", "output_format": "svg",
        "data": [{"b64_json": "QUJD"}],
        "usage": {"input_tokens": 16, "input_tokens_details": {"image_tokens": 0, "text_tokens": 16},
            "output_tokens": 7024, "total_tokens": 7040},
        "svg_usage": {"model": "gpt-6-luna", "input_tokens": 1572, "output_tokens": 850, "reasoning_tokens": 350,
            "total_tokens": 2422}}"#;
    let reply = imgcost::usage_log::reply::read("reply.json", json, &[]).expect("a reply");
    let catalog = imgcost::catalog::Catalog::shipped().with_files(acme::files(table, ""));
    let catalog = catalog.unwrap_or_else(|_| panic!("tables that can be read"));
    let context = imgcost::estimate::ReplyContext::default();
    let estimate = imgcost::estimate::estimate_reply(&catalog, reply, &context, &acme::terms());
    estimate.expect("an estimate").total
}

#[test]
fn writing_an_svg_file_is_charged_as_its_owner_states() {
    let of_tokens = r#"
    currency: USD
    rates:
      - {meter: text_input, price: "5", per: 1M}
      - {meter: image_output, price: "30", per: 1M}
    svg_authoring:
      rates:
        - {meter: text_input, price: "0.10", per: 1M}
        - {meter: text_output, price: "0.50", per: 1M}
    not_billed: [images, calls]"#;
    // 16 × 5 + 7,024 × 30 of the image, and what is read and written for the file, which a reply tells.
    let asked = price(of_tokens, &svg_request()).total;
    assert_eq!((asked.low(), asked.high()), (dec("0.2108"), None));
    // 1,572 × 0.10 + 850 × 0.50, the 350 of reasoning among them.
    assert_eq!(exact(&svg_reply(of_tokens)), dec("0.2108") + dec("0.0005822"));
    // A still has no such lines.
    assert_eq!(exact(&price(of_tokens, &request("high", "1024x1024")).total), dec("0.2108"));
}

#[test]
fn writing_an_svg_file_is_included_or_not_stated() {
    let flat = r#"
    currency: USD
    rates: [{meter: images, price: "0.06", per: 1}]
    not_billed: [tokens, calls]"#;
    let open = price(flat, &svg_request()).total;
    assert_eq!((open.low(), open.high()), (dec("0.06"), None), "never free in silence");
    assert!(
        open.reasons().in_words().contains("writing the SVG file"),
        "{}",
        open.reasons().in_words()
    );
    assert_eq!(svg_reply(flat).high(), None, "nor at the rates of another owner");
    let included = flat.replace("not_billed:", "svg_authoring: {included: true}\n    not_billed:");
    assert_eq!(exact(&price(&included, &svg_request()).total), dec("0.06"));
    assert_eq!(exact(&svg_reply(&included)), dec("0.06"));
    // A price of the format itself, such as $0.02 more.
    let of_format = flat.replace(
        "rates: [",
        "rates: [{meter: images, price: \"0.08\", per: 1, when: {format: svg}}, ",
    );
    assert_eq!(exact(&price(&of_format, &svg_request()).total), dec("0.08"));
}
