//! Prices that were entered wrong or not at all, each as its sources have it now: what was read as a price of
//! one thing and was one of another, rates that the owner lists and the tables did not.

use imgcost::NaiveDate;
use imgcost::catalog::Catalog;
use imgcost::catalog::conditions::Processing;
use imgcost::catalog::route::Status;
use imgcost::catalog::terms::{ChargeRule, Event};

use imgcost::estimate::{Estimate, EstimateError, Terms, estimate_request};
use imgcost::figure::{Certainty, Figure};
use imgcost::request::{Draft, InputImage, Prompt, RequestError};
use imgcost::unit::Meter;
use rust_decimal::Decimal;

use crate::common::{
    amount, day, dec, generation, line, per_million, price_on, refusal_on, size, terms, total,
};

/// The day on which these tables were read last.
const READ: &str = "2026-11-28";

/// An estimate of a route on a day, in a resolution class where it has some.
fn on(route: &str, draft: &Draft, as_of: &str, resolution: Option<&str>) -> Estimate {
    let terms = Terms { route: Some(route), resolution, ..terms(as_of) };
    estimate_request(&Catalog::shipped(), draft, &terms).expect("an estimate")
}

fn of_model(model: &str) -> Draft {
    Draft { model: Some(model.into()), ..Draft::default() }
}

fn edit_of(draft: Draft, images: usize) -> Draft {
    let image = |index| InputImage::new(format!("{index}.png"), Ok(size("1024x1024")));
    Draft { input_images: (0..images).map(image).collect(), ..draft }
}

fn exact(dollars: &str) -> Figure<Decimal> {
    Figure::Exact(dec(dollars))
}

#[test]
fn muapi_prices_2_6_by_resolution_and_not_by_quality() {
    let route = "muapi/gpt-image-2.6-sunburst";
    let of = |quality, class| {
        on(route, &generation("gpt-image-2.6-sunburst", "1024x1024", quality), READ, Some(class))
    };
    for (class, dollars) in [("1K", "0.06"), ("2K", "0.12"), ("4K", "0.21")] {
        for quality in ["low", "medium", "high", "max"] {
            assert_eq!(of(quality, class).total, exact(dollars), "{class} {quality}");
        }
    }
    // An edit at 2K with three images: one is included, 0.135 + 2 × 0.015.
    let edit = edit_of(generation("gpt-image-2.6-sunburst", "1024x1024", "low"), 3);
    assert_eq!(on(route, &edit, READ, Some("2K")).total, exact("0.165"));
    let flare = edit_of(generation("gpt-image-2.6-flare", "1024x1024", "low"), 1);
    assert_eq!(on("muapi/gpt-image-2.6-flare", &flare, READ, Some("4K")).total, exact("0.225"));
    // SVG takes 0.02 more, a GIF nothing.
    let as_format = |format: &str| {
        let still = generation("gpt-image-2.6-sunburst", "1024x1024", "low");
        on(route, &Draft { output_format: Some(format.into()), ..still }, READ, Some("1K")).total
    };
    assert_eq!((as_format("svg"), as_format("gif")), (exact("0.08"), exact("0.06")));
    // Without a class it is any of them, and the size in pixels does not say which.
    let open = on(route, &generation("gpt-image-2.6-sunburst", "3840x2160", "low"), READ, None);
    assert_eq!((open.total.low(), open.total.high()), (dec("0.06"), Some(dec("0.21"))));
}

#[test]
fn comfy_lists_one_rate_for_all_input_and_none_for_cached_tokens() {
    let route = "comfy-org/gpt-image-2";
    let text = |tokens, as_of| {
        let low = generation("gpt-image-2", "1024x1024", "low");
        on(route, &Draft { prompt: Some(Prompt::BilledTokens(tokens)), ..low }, as_of, None)
    };
    // (1,000 × 1,688 + 196 × 7,600) ÷ 1,000,000 = 1.688 + 1.4896 credits, ÷ 211 = 0.008 + 0.00705971…
    let now = text(1_000, READ);
    assert_eq!(amount(&now, Meter::TextInput), dec("0.008"));
    assert_eq!(total(&now).round_dp(5), dec("0.01506"));
    // Until 2026-06-30 text had a rate of its own: 1,055 ÷ 211 = $5 per 1M.
    let rate_on = |as_of| amount(&text(1_000, as_of), Meter::TextInput);
    assert_eq!((rate_on("2026-06-29"), rate_on("2026-06-30")), (dec("0.005"), dec("0.008")));
    let cached = |as_of| {
        let draft = Draft {
            cached_text_tokens: Some(1_000),
            ..generation("gpt-image-2", "1024x1024", "low")
        };
        let draft = Draft { prompt: Some(Prompt::BilledTokens(1_000)), ..draft };
        line(&on(route, &draft, as_of, None), Meter::CachedTextInput).amount.clone()
    };
    // 1,000 × 263.75 ÷ 1,000,000 ÷ 211.
    assert_eq!(cached("2026-06-29"), exact("0.00125"));
    assert_eq!(cached("2026-06-30").certainty(), Certainty::Unknown);
}

#[test]
fn comfys_older_nodes_bill_text_at_their_one_input_rate() {
    // 1,000 × 2,110 and 1,000 × 1,688 ÷ 1,000,000 ÷ 211.
    for (model, dollars) in [("gpt-image-1", "0.01"), ("gpt-image-1.5", "0.008")] {
        let draft = Draft {
            prompt: Some(Prompt::BilledTokens(1_000)),
            ..generation(model, "1024x1024", "low")
        };
        let estimate = on(&format!("comfy-org/{model}"), &draft, READ, None);
        assert_eq!(amount(&estimate, Meter::TextInput), dec(dollars), "{model}");
    }
}

#[test]
fn comfys_nodes_of_2_5_are_a_table_of_their_own() {
    let draft = |images| {
        let high = generation("gpt-image-2.5-flare", "1024x1024", "high");
        edit_of(Draft { prompt: Some(Prompt::BilledTokens(66)), ..high }, images)
    };
    let of = |images| on("comfy-org/gpt-image-2.5-flare", &draft(images), READ, None);
    // (66 × 1,508.65 + 1,756 × 9,051.9) ÷ 1,000,000 = 0.0995709 + 15.8951364 credits, ÷ 211 = 0.07580…
    assert_eq!(total(&of(0)).round_dp(4), dec("0.0758"));
    // 1,024 × 2,413.84 ÷ 1,000,000: the owner prints about 2.47 credits for the reference image.
    let image = line(&of(1), Meter::ImageInput).native.exact().expect("exact");
    assert_eq!(image.round_dp(2), dec("2.47"));
}

#[test]
fn mai_flash_keeps_the_rate_of_its_day_and_ends_with_its_model() {
    let rate = |as_of| {
        let estimate = price_on(&of_model("mai-image-2.5-flash"), as_of);
        line(&estimate, Meter::ImageOutput).unit_price.as_ref().expect("a rate").price
    };
    assert_eq!(rate("2026-08-21"), dec("33.00"));
    // Retired on 2026-10-01; the 19.50 of the newest source was read after that.
    let refused = refusal_on(&of_model("mai-image-2.5-flash"), "2026-10-01");
    let RequestError::ShutDown { replacements, .. } = refused else { panic!("{refused:?}") };
    assert_eq!(replacements, ["mai-image-2.6-flash"]);
    let route =
        Catalog::shipped().route("official/microsoft/mai-image-2.5-flash").expect("a route");
    let newest = route.versions.last().expect("a version");
    let output = newest.rates.iter().find(|rate| rate.meter == Meter::ImageOutput);
    assert_eq!(output.expect("a rate").price, dec("19.50"));
    // 1,024 × 19.50 ÷ 1,000,000 = 0.019968, which the source prints as 0.02 an image.
    assert_eq!(per_million(1_024, "19.50").round_dp(2), dec("0.02"));
}

#[test]
fn mai_2_6_has_rates_for_what_it_reads() {
    // (1,000 × 5 + 1,024 × 38) ÷ 1,000,000 = 0.005 + 0.038912.
    let draft = Draft { prompt: Some(Prompt::BilledTokens(1_000)), ..of_model("mai-image-2.6") };
    assert_eq!(price_on(&draft, READ).total, exact("0.043912"));
    let route = Catalog::shipped().route("official/microsoft/mai-image-2.6").expect("a route");
    assert_eq!(route.status_on(day(READ)), Status::Priced, "an invoice and a price map agree");
}

#[test]
fn replacements_are_those_that_the_maker_names_now() {
    for model in ["gpt-image-1.5", "gpt-image-1-mini", "chatgpt-image-latest"] {
        let model = Catalog::shipped().model(model).expect("a model");
        let shutdown = model.shutdown.clone().expect("a shutdown");
        assert_eq!(shutdown.replacements, ["gpt-image-2.6-sunburst", "gpt-image-2.6-flare"]);
        assert_eq!(shutdown.on, day("2026-12-01"));
    }
}

#[test]
fn batch_rates_of_1_x_are_half_of_the_standard_ones() {
    let of = |model: &str, as_of| {
        let draft = Draft {
            prompt: Some(Prompt::BilledTokens(8)),
            processing: Some(Processing::Batch),
            ..generation(model, "1024x1024", "high")
        };
        price_on(&draft, as_of).total
    };
    // 8 × 2.50 + 4,160 × 16.00 per 1M = 0.00002 + 0.06656, and 0 to 856 tokens of text at 5.00: at most 0.00428.
    for (model, as_of) in [("gpt-image-1.5", "2026-03-01"), ("chatgpt-image-latest", READ)] {
        let total = of(model, as_of);
        assert_eq!((total.low(), total.high()), (dec("0.06658"), Some(dec("0.07086"))), "{model}");
    }
    // 8 × 1.00 + 4,160 × 4.00 per 1M.
    assert_eq!(of("gpt-image-1-mini", READ), exact("0.016648"));
    // Of gpt-image-1 the input alone was read: 8 × 2.50 per 1M, and at most the standard 4,160 × 40.00 per 1M = 0.1664.
    let one = of("gpt-image-1", "2026-10-22");
    assert_eq!((one.low(), one.high()), (dec("0.00002"), Some(dec("0.16642"))));
}

#[test]
fn batch_text_of_2_5_is_priced_to_the_end() {
    // 60 × 2.50 + 1,756 × 15.00 per 1M = 0.00015 + 0.02634.
    let draft = Draft {
        prompt: Some(Prompt::BilledTokens(60)),
        processing: Some(Processing::Batch),
        ..generation("gpt-image-2.5-flare", "1024x1024", "high")
    };
    assert_eq!(price_on(&draft, READ).total, exact("0.02649"));
}

#[test]
fn fals_price_of_2_5_is_published_by_quality_and_size() {
    let of = |route, draft: &Draft| on(route, draft, READ, None).total;
    let wide = generation("gpt-image-2.5-sunburst", "3840x2160", "max");
    // 13,342 tokens × 30 ÷ 1,000,000.
    assert_eq!(of("fal/gpt-image-2.5-sunburst", &wide), exact("0.40026"));
    let other = generation("gpt-image-2.5-sunburst", "1536x1024", "max");
    assert_eq!(of("fal/gpt-image-2.5-sunburst", &other).certainty(), Certainty::Unknown);
    // What an edit costs beyond its included image is not stated: at least the price of the table.
    let edit = edit_of(generation("gpt-image-2.5-flare", "1024x1024", "high"), 2);
    let edit = of("fal/gpt-image-2.5-flare-edit", &edit);
    assert_eq!((edit.low(), edit.high()), (dec("0.05268"), None));
}

#[test]
fn grok_2_0_has_four_prices_and_one_for_an_input_image() {
    let of = |draft: &Draft, class, quality: &str| {
        let draft = Draft { quality: Some(quality.into()), ..draft.clone() };
        on("xai/grok-imagine-image-2.0", &draft, READ, Some(class)).total
    };
    let image = of_model("grok-imagine-image-2.0");
    assert_eq!(
        (of(&image, "1K", "low"), of(&image, "1K", "medium")),
        (exact("0.04"), exact("0.06"))
    );
    assert_eq!(
        (of(&image, "2K", "low"), of(&image, "2K", "medium")),
        (exact("0.06"), exact("0.08"))
    );
    // 0.06 for the output and 0.01 for the input.
    assert_eq!(of(&edit_of(image, 1), "1K", "medium"), exact("0.07"));
}

#[test]
fn megapixels_and_borders_that_are_not_stated_stay_open() {
    let of = |model, class| {
        on(&format!("black-forest-labs/{model}"), &of_model(model), READ, class).total
    };
    // 0.03 and 0.015 for each further megapixel; 0.07 and 0.03.
    for (class, pro, max) in
        [("1MP", "0.03", "0.07"), ("2MP", "0.045", "0.10"), ("4MP", "0.075", "0.16")]
    {
        assert_eq!(of("flux-2-pro", Some(class)), exact(pro), "{class}");
        assert_eq!(of("flux-2-max", Some(class)), exact(max), "{class}");
    }
    // 1,048,576 pixels are one megapixel by one count and a little more by the other.
    let open = of("flux-2-pro", None);
    assert_eq!((open.low(), open.high()), (dec("0.030"), Some(dec("0.075"))));

    let seedream = |size: &str| {
        let draft = Draft { size: Some(size.into()), ..of_model("seedream-5.0-pro") };
        price_on(&draft, READ).total
    };
    assert_eq!((seedream("1024x1024"), seedream("2048x2048")), (exact("0.045"), exact("0.09")));
    // 2,560,000 pixels are above the one printed border, 2.36 megapixels, and below the other, 2.61.
    assert_eq!(seedream("1600x1600").certainty(), Certainty::Unknown);
}

#[test]
fn databricks_lists_what_is_read_as_well() {
    // 1,000 × 71.429 ÷ 1,000,000 DBU × 0.070, printed as 5.00003 per 1M.
    let draft = Draft {
        prompt: Some(Prompt::BilledTokens(1_000)),
        ..generation("gpt-image-1", "1024x1024", "low")
    };
    let estimate = on("databricks/gpt-image-1", &draft, READ, None);
    assert_eq!(amount(&estimate, Meter::TextInput), dec("0.00500003"));
    // What 1.5 writes: 335 × 142.857 ÷ 1,000,000 × 0.070, printed as 9.99999 per 1M.
    let draft =
        Draft { text_output_tokens: Some(335), ..generation("gpt-image-1.5", "1024x1024", "low") };
    let estimate = on("databricks/gpt-image-1.5", &draft, READ, None);
    assert_eq!(amount(&estimate, Meter::TextOutput), dec("0.00334999665"));
}

#[test]
fn prices_whose_labels_were_guessed_are_quoted() {
    for (route, as_of) in [
        ("official/xai/grok-imagine-image-quality", "2026-10-01"),
        ("provider/fal/gemini-3.1-flash-image", READ),
        ("provider/kie/gemini-3.1-flash-image", READ),
    ] {
        let route = Catalog::shipped().route(route).expect("a route");
        assert_eq!(route.status_on(day(as_of)), Status::Quoted, "{}", route.id);
    }
}

#[test]
fn who_pays_for_a_withheld_image_is_stated_by_two_more_owners() {
    let rule =
        |id: &str, event| Catalog::shipped().route(id).expect("a route").terms.charge(event).rule;
    let ideogram = "official/ideogram/ideogram-4.0";
    assert_eq!(rule(ideogram, Event::BlockAtInput), ChargeRule::Free);
    assert_eq!(rule(ideogram, Event::BlockAtOutput), ChargeRule::AllMeters);
    let fal = "provider/fal/gpt-image-2";
    assert_eq!(rule(fal, Event::BlockAtOutput), ChargeRule::Free);
    assert_eq!(rule(fal, Event::ClientError), ChargeRule::Maybe, "a remark on 422 contradicts");
}

#[test]
fn microsofts_routes_end_on_microsofts_own_days() {
    // LiteLLM 1.110.2 (PyPI, 2026-11-20), citing learn.microsoft.com, model-retirement-schedule.
    for (model, first_day_without) in [
        ("gpt-image-1", "2026-10-23"),
        ("gpt-image-1.5", "2026-12-16"),
        ("gpt-image-1-mini", "2027-04-07"),
        ("gpt-image-2", "2027-10-21"),
        ("gpt-image-2.5-flare", "2027-09-09"),
        ("gpt-image-2.5-sunburst", "2027-09-09"),
    ] {
        let route = format!("microsoft/{model}");
        let draft = generation(model, "1024x1024", "low");
        let first = day(first_day_without);
        let priced_on = |day: NaiveDate| {
            let terms = Terms { route: Some(&route), ..Terms::on(day) };
            estimate_request(&Catalog::shipped(), &draft, &terms)
        };
        let Err(EstimateError::Request(errors)) = priced_on(first) else { panic!("{model}") };
        assert!(matches!(errors.0[0], RequestError::ShutDown { .. }), "{model}: {errors:?}");
        let last = priced_on(first.pred_opt().expect("the day before"));
        // The prices of gpt-image-1 were read after its end.
        assert!(last.is_ok() || model == "gpt-image-1", "{model}: {last:?}");
    }
}
