//! The makers' own prices as their sources have them: rates, history, what must not be there.

mod common;

use common::*;

use imgcost::catalog::Catalog;
use imgcost::catalog::conditions::Processing;
use imgcost::catalog::dated::in_force;
use imgcost::catalog::evidence::Confidence;
use imgcost::catalog::model_rules::OutputRule;
use imgcost::catalog::owner::OwnerKind;
use imgcost::catalog::price::Rate;
use imgcost::catalog::route::{Route, Status};
use imgcost::catalog::terms::{ChargeRule, Event};
use imgcost::estimate::{Estimate, EstimateError, Terms, estimate_request};
use imgcost::figure::{Certainty, Figure};
use imgcost::request::{Draft, InputImage, Prompt, RequestError};
use imgcost::unit::Meter;
use rust_decimal::Decimal;
use std::sync::Arc;

const BATCH: Processing = Processing::Batch;
const STANDARD: Processing = Processing::Standard;

fn route(id: &str) -> Arc<Route> {
    Catalog::shipped().route(&format!("official/{id}")).expect("a shipped route")
}

/// Every route whose owner makes the model.
fn official_routes() -> Vec<Arc<Route>> {
    let catalog = Catalog::shipped();
    let ids = catalog.route_ids().iter().filter(|id| id.kind == OwnerKind::Official);
    ids.map(|id| catalog.route(&id.to_string()).expect("a shipped route")).collect()
}

fn rates_on(route: &Route, as_of: &str) -> Vec<Rate> {
    in_force(&route.versions, day(as_of))
        .map_or(Vec::new(), |version| version.rates.iter().map(|rate| Rate::clone(rate)).collect())
}

/// The price per million of a token meter, where it has one that depends on nothing else.
fn per_million_of(id: &str, meter: Meter, processing: Processing, as_of: &str) -> Option<Decimal> {
    let rates = rates_on(&route(id), as_of);
    let rate = rates.iter().find(|rate| rate.meter == meter && rate.when.processing == processing);
    rate.map(|rate| {
        assert_eq!(rate.per.count(), 1_000_000, "{id} {meter}");
        rate.price
    })
}

fn try_price_at(draft: &Draft, resolution: Option<&str>, as_of: &str) -> Estimate {
    let terms = Terms { resolution, ..terms(as_of) };
    estimate_request(&Catalog::shipped(), draft, &terms).expect("a request that can be priced")
}

fn of_model(model: &str) -> Draft {
    Draft { model: Some(model.into()), ..Draft::default() }
}

#[test]
fn token_rates_of_the_makers() {
    // Per million: text in, cached text in, image in, cached image in, image out, text out.
    let table = [
        ("openai/gpt-image-1", "2026-10-22", ["5", "1.25", "10", "2.5", "40", ""]),
        ("openai/gpt-image-1-mini", TODAY, ["2", "0.2", "2.5", "0.25", "8", ""]),
        ("openai/gpt-image-1.5", TODAY, ["5", "1.25", "8", "2", "32", "10"]),
        ("openai/chatgpt-image-latest", TODAY, ["5", "1.25", "8", "2", "32", "10"]),
        ("openai/gpt-image-2", TODAY, ["5", "1.25", "8", "2", "30", ""]),
        ("openai/gpt-image-2.5-flare", TODAY, ["5", "1.25", "8", "2", "30", ""]),
        ("openai/gpt-image-2.5-sunburst", TODAY, ["5", "1.25", "8", "2", "30", ""]),
        ("openai/gpt-image-2.6-flare", TODAY, ["5", "1.25", "8", "2", "30", ""]),
        ("openai/gpt-image-2.6-sunburst", TODAY, ["5", "1.25", "8", "2", "30", ""]),
        ("google/gemini-nano-banana-2.1", TODAY, ["1.5", "", "1.5", "", "30", "7.5"]),
        ("google/gemini-3.1-flash-image", "2026-10-28", ["0.5", "", "0.5", "", "60", "3"]),
        ("google/gemini-3.1-flash-lite-image", TODAY, ["0.25", "", "0.25", "", "30", "1.5"]),
        ("google/gemini-3-pro-image", TODAY, ["2", "", "2", "", "120", "12"]),
        ("google/gemini-2.5-flash-image", TODAY, ["0.3", "0.03", "0.3", "", "30", "2.5"]),
        ("microsoft/mai-image-2.5", "2026-09-30", ["5", "", "8", "", "47", ""]),
        ("microsoft/mai-image-2.5-flash", "2026-09-30", ["1.75", "", "1.75", "", "33", ""]),
        ("microsoft/mai-image-2.6", "2026-11-19", ["", "", "", "", "38", ""]),
        ("microsoft/mai-image-2.6", TODAY, ["5", "", "8", "", "38", ""]),
        ("microsoft/mai-image-2.6-flash", TODAY, ["1.75", "", "2.5", "", "19", ""]),
    ];
    let meters = [
        Meter::TextInput,
        Meter::CachedTextInput,
        Meter::ImageInput,
        Meter::CachedImageInput,
        Meter::ImageOutput,
        Meter::TextOutput,
    ];
    for (id, as_of, prices) in table {
        for (meter, price) in meters.into_iter().zip(prices) {
            let stated = (!price.is_empty()).then(|| dec(price));
            assert_eq!(per_million_of(id, meter, STANDARD, as_of), stated, "{id} {meter}");
        }
    }
}

#[test]
fn batch_rates_are_there_where_they_are_stated() {
    let of = |id: &str, meter| per_million_of(id, meter, BATCH, TODAY);
    let two = "openai/gpt-image-2";
    assert_eq!(of(two, Meter::TextInput), Some(dec("2.50")));
    assert_eq!(of(two, Meter::CachedTextInput), Some(dec("0.625")));
    assert_eq!(of(two, Meter::ImageInput), Some(dec("4.00")));
    assert_eq!(of(two, Meter::CachedImageInput), Some(dec("1.00")));
    assert_eq!(of(two, Meter::ImageOutput), Some(dec("15.00")));
    let flare = "openai/gpt-image-2.5-flare";
    assert_eq!(of(flare, Meter::ImageOutput), Some(dec("15.00")));
    assert_eq!(of(flare, Meter::TextInput), Some(dec("2.50")));
    for (id, output) in
        [("gpt-image-1-mini", "4"), ("gpt-image-1.5", "16"), ("chatgpt-image-latest", "16")]
    {
        assert_eq!(of(&format!("openai/{id}"), Meter::ImageOutput), Some(dec(output)), "{id}");
    }
    let one = per_million_of("openai/gpt-image-1", Meter::ImageOutput, BATCH, "2026-10-22");
    assert_eq!(
        one, None,
        "the price map that lists Batch rates of gpt-image-1 has none for its output"
    );
    // Google states Batch at half, and the printed prices an image agree: 1,120 × 60 ÷ 1,000,000.
    assert_eq!(of("google/gemini-3-pro-image", Meter::ImageOutput), Some(dec("60.00")));
    assert_eq!(per_million(1_120, "60.00").round_dp(3), dec("0.067"));
    assert_eq!(of("google/gemini-nano-banana-2.1", Meter::TextInput), Some(dec("0.75")));
}

#[test]
fn batch_of_2_6_is_refused() {
    for model in ["gpt-image-2.6-flare", "gpt-image-2.6-sunburst"] {
        let draft = Draft { processing: Some(BATCH), ..generation(model, "1024x1024", "high") };
        assert!(matches!(refusal_on(&draft, TODAY), RequestError::NotOffered { .. }), "{model}");
    }
}

#[test]
fn the_text_output_cell_of_gpt_image_2_is_the_only_change_of_its_rates() {
    let text = |as_of| per_million_of("openai/gpt-image-2", Meter::TextOutput, STANDARD, as_of);
    assert_eq!(text("2026-05-08"), Some(dec("10.00")), "the launch-day page");
    assert_eq!(text("2026-05-09"), None, "a dash on the pricing page");
    for meter in [Meter::TextInput, Meter::ImageInput, Meter::ImageOutput] {
        let of = |as_of| per_million_of("openai/gpt-image-2", meter, STANDARD, as_of);
        assert_eq!(of("2026-04-21"), of(TODAY), "{meter}");
    }
}

#[test]
fn dall_e_has_its_prices_until_the_day_before_its_end() {
    let cost = |model, quality: Option<&str>, size: &str| {
        let quality = quality.map(str::to_owned);
        let draft = Draft { quality, size: Some(size.into()), ..of_model(model) };
        total(&price_on(&draft, "2026-05-11"))
    };
    let three = |quality, size| cost("dall-e-3", Some(quality), size);
    assert_eq!(three("standard", "1024x1024"), dec("0.04"));
    assert_eq!(three("standard", "1024x1792"), dec("0.08"));
    assert_eq!(three("hd", "1024x1024"), dec("0.08"));
    assert_eq!(three("hd", "1792x1024"), dec("0.12"));
    let two = |size| cost("dall-e-2", None, size);
    assert_eq!((two("256x256"), two("512x512")), (dec("0.016"), dec("0.018")));
    assert_eq!(two("1024x1024"), dec("0.02"));
    for model in ["dall-e-2", "dall-e-3"] {
        let refused = refusal_on(&of_model(model), "2026-05-12");
        assert!(matches!(refused, RequestError::ShutDown { .. }), "{refused:?}");
    }
}

#[test]
fn gemini_counts_by_resolution_whatever_the_shape() {
    let table = [
        // 1,120 × $120 ÷ 1,000,000 = $0.1344
        ("gemini-3-pro-image", "1K", 1_120, "120", "0.1344", TODAY),
        ("gemini-3-pro-image", "2K", 1_120, "120", "0.1344", TODAY),
        ("gemini-3-pro-image", "4K", 2_000, "120", "0.24", TODAY),
        ("gemini-3.1-flash-image", "512px", 747, "60", "0.04482", "2026-10-28"),
        ("gemini-3.1-flash-image", "1K", 1_120, "60", "0.0672", "2026-10-28"),
        ("gemini-3.1-flash-image", "2K", 1_680, "60", "0.1008", "2026-10-28"),
        ("gemini-3.1-flash-image", "4K", 2_520, "60", "0.1512", "2026-10-28"),
        ("gemini-3.1-flash-lite-image", "1K", 1_120, "30", "0.0336", TODAY),
        ("gemini-nano-banana-2.1", "1K", 1_120, "30", "0.0336", TODAY),
        ("gemini-nano-banana-2.1", "2K", 1_680, "30", "0.0504", TODAY),
        ("gemini-nano-banana-2.1", "4K", 3_780, "30", "0.1134", TODAY),
    ];
    for (model, resolution, tokens, rate, dollars, as_of) in table {
        assert_eq!(per_million(tokens, rate), dec(dollars), "{model} {resolution}");
        for size in [None, Some("1376x768".to_owned())] {
            let draft = Draft { size, ..of_model(model) };
            let estimate = try_price_at(&draft, Some(resolution), as_of);
            assert_eq!(amount(&estimate, Meter::ImageOutput), dec(dollars), "{model} {resolution}");
        }
    }
    // 1,290 × $30 ÷ 1,000,000 = $0.0387 at every shape.
    let flash = price(&of_model("gemini-2.5-flash-image"));
    assert_eq!(amount(&flash, Meter::ImageOutput), per_million(1_290, "30"));
}

#[test]
fn thinking_text_is_billed_and_keeps_the_total_open() {
    let draft = Draft { prompt: Some(Prompt::BilledTokens(60)), ..of_model("gemini-3-pro-image") };
    let estimate = try_price_at(&draft, Some("2K"), TODAY);
    // 60 × $2 + 1,120 × $120, per million, and text that nobody counted.
    let known = per_million(60, "2") + per_million(1_120, "120");
    assert_eq!((known, bounds(&estimate.total)), (dec("0.13452"), (known, None, None)));
    assert_eq!(line(&estimate, Meter::TextOutput).amount.certainty(), Certainty::Unknown);
}

#[test]
fn a_reference_image_of_gemini_3_pro_is_560_tokens() {
    let image = InputImage::new("photo", Err(imgcost::size::NoSize::NotLogged));
    let draft = Draft { input_images: vec![image], ..of_model("gemini-3-pro-image") };
    let estimate = try_price_at(&draft, Some("1K"), TODAY);
    assert_eq!(amount(&estimate, Meter::ImageInput), per_million(560, "2"), "about $0.0011");
    let flash = Draft { model: Some("gemini-nano-banana-2.1".into()), ..draft };
    let estimate = try_price_at(&flash, Some("1K"), TODAY);
    let input = &line(&estimate, Meter::ImageInput).amount;
    assert_eq!(input.certainty(), Certainty::Unknown, "no number for the flash models");
}

#[test]
fn prices_by_the_image() {
    let cost = |model: &str, resolution, quality: Option<&str>, as_of| {
        let draft = Draft { quality: quality.map(str::to_owned), ..of_model(model) };
        try_price_at(&draft, resolution, as_of).total
    };
    let table = [
        ("imagen-4-fast", None, None, "2026-08-16", "0.02"),
        ("imagen-4", None, None, "2026-08-16", "0.04"),
        ("imagen-4-ultra", None, None, "2026-08-16", "0.06"),
        ("flux-3-image", Some("768"), None, TODAY, "0.041"),
        ("flux-3-image", Some("1K"), None, TODAY, "0.048"),
        ("flux-3-image", Some("2K"), None, TODAY, "0.100"),
        ("grok-imagine-image", Some("1K"), None, TODAY, "0.02"),
        ("grok-imagine-image", Some("2K"), None, TODAY, "0.02"),
        ("grok-imagine-image-2.0", Some("1K"), Some("low"), TODAY, "0.04"),
        ("grok-imagine-image-2.0", Some("1K"), Some("medium"), TODAY, "0.06"),
        ("grok-imagine-image-2.0", Some("2K"), Some("low"), TODAY, "0.06"),
        ("grok-imagine-image-2.0", Some("2K"), Some("medium"), TODAY, "0.08"),
        ("grok-imagine-image-quality", Some("1K"), None, "2026-11-01", "0.05"),
        ("grok-imagine-image-quality", Some("2K"), None, "2026-11-01", "0.07"),
        ("seedream-4.0", None, None, TODAY, "0.03"),
        ("seedream-4.5", None, None, TODAY, "0.04"),
        ("seedream-5.0-lite", None, None, TODAY, "0.035"),
        ("ideogram-4.0", None, Some("turbo"), TODAY, "0.03"),
        ("ideogram-4.0", None, None, TODAY, "0.06"),
        ("ideogram-4.0", None, Some("quality"), TODAY, "0.10"),
        ("recraft-v4", None, None, TODAY, "0.04"),
        ("recraft-v4-pro", None, None, TODAY, "0.25"),
        ("recraft-v4-vector", None, None, TODAY, "0.08"),
        ("recraft-v4-pro-vector", None, None, TODAY, "0.30"),
        ("recraft-v4.1-flash", None, None, TODAY, "0.007"),
        ("recraft-v4.1", None, None, TODAY, "0.035"),
        ("recraft-v4.1-pro", None, None, TODAY, "0.21"),
        ("recraft-v4.1-vector", None, None, TODAY, "0.08"),
        ("recraft-v4.1-pro-vector", None, None, TODAY, "0.30"),
        ("muse-image-1.0", None, None, TODAY, "0.01"),
        // Billed by tokens, as many for every image: 1,024 × $38 ÷ 1,000,000.
        ("mai-image-2.6", None, None, TODAY, "0.038912"),
    ];
    for (model, resolution, quality, as_of, dollars) in table {
        let found = cost(model, resolution, quality, as_of);
        assert_eq!(found, Figure::Exact(dec(dollars)), "{model} {resolution:?} {quality:?}");
    }
}

#[test]
fn the_gpt_image_1_rates_stand_at_gpt_image_1_only() {
    // Helicone PR 5698 and a provisional list have 10 in and 40 out for gpt-image-2.
    for route in official_routes().iter().filter(|route| route.model != "gpt-image-1") {
        for rate in route.versions.iter().flat_map(|version| &version.rates) {
            let wrong = [(Meter::ImageInput, dec("10")), (Meter::ImageOutput, dec("40"))];
            assert!(!wrong.contains(&(rate.meter, rate.price)), "{}", route.id);
        }
    }
}

#[test]
fn image_output_never_stands_at_the_text_rate() {
    for route in official_routes() {
        let price = |meter| {
            let rates = rates_on(&route, "2026-10-22");
            let found =
                rates.into_iter().find(|r| r.meter == meter && r.when.processing == STANDARD);
            found.map(|rate| rate.price)
        };
        if let Some((image, text)) = price(Meter::ImageOutput).zip(price(Meter::TextOutput)) {
            assert!(image > text, "{}: {image} and {text}", route.id);
        }
    }
}

#[test]
fn the_factors_of_2_5_are_those_of_the_calculator() {
    for model in ["gpt-image-2.5-flare", "gpt-image-2.5-sunburst"] {
        let OutputRule::EdgeGrid(grid) = rules_on(model, TODAY).output_tokens.rule else {
            panic!("{model} counts by the formula");
        };
        // 32 and 72 for medium and xhigh are an interpolation that measured replies contradict.
        assert_eq!((grid.factors["medium"], grid.factors["xhigh"]), (24, 64), "{model}");
    }
}

#[test]
fn there_is_no_bare_2_5_or_2_6_and_no_maker_without_a_figure() {
    for name in ["gpt-image-2.5", "gpt-image-2.6"] {
        let refused = refusal_on(&of_model(name), TODAY);
        assert!(matches!(refused, RequestError::UnknownModel { .. }), "{name}: {refused:?}");
    }
    // No reliable figure of 2026 was found for Stability AI.
    assert!(official_routes().iter().all(|route| !route.id.owner.contains("stability")));
}

#[test]
fn published_estimates_are_shown_and_never_rated() {
    let mini = price(&generation("gpt-image-1-mini", "1024x1024", "low"));
    assert_eq!(mini.published_estimate, Some(dec("0.005")), "about 0.0025 above tokens × rate");
    assert_eq!(total(&mini), per_million(272, "8"), "$0.002176");
    let two = price(&generation("gpt-image-2", "1024x1024", "low"));
    assert_eq!(two.published_estimate, Some(dec("0.006")), "0.005 is the cell of 1536x1024");
}

#[test]
fn what_is_only_advertised_is_no_price() {
    for model in ["flux-2-klein-4b", "flux-2-klein-9b", "flux-2-flex"] {
        let refused = refusal_on(&of_model(model), TODAY);
        assert!(matches!(refused, RequestError::NotPriced { .. }), "{model}: {refused:?}");
        let help = refused.help().expect("help");
        assert!(help.contains("what is said of it: from $"), "{model}: {help}");
        let address = "read it at https://docs.bfl.ai/quick_start/pricing, and enter the price";
        assert!(help.contains(address), "{model}: {help}");
    }
}

#[test]
fn sources_that_stand_alone_are_quoted_and_not_more() {
    let today = day(TODAY);
    let alone = ["bytedance/seedream-4.0", "ideogram/ideogram-4.0", "recraft/recraft-v4.1"];
    // Of grok-imagine-image-quality two prices were read, and not what they are the prices of.
    for id in alone.iter().chain(&["meta/muse-image-1.0", "xai/grok-imagine-image-quality"]) {
        assert_eq!(route(id).status_on(today), Status::Quoted, "{id}");
    }
    let agreed = ["openai/gpt-image-2", "google/gemini-3-pro-image", "xai/grok-imagine-image-2.0"];
    for id in agreed.iter().chain(&["microsoft/mai-image-2.6"]) {
        assert_eq!(route(id).status_on(today), Status::Priced, "{id}");
    }
    for version in official_routes().iter().flat_map(|route| &route.versions) {
        let undated = version.evidence.seen.is_none();
        assert!(
            !undated || version.evidence.confidence < Confidence::High,
            "{:?}",
            version.evidence
        );
    }
}

#[test]
fn a_plan_or_an_app_is_no_price_for_api_work() {
    let catalog = Catalog::shipped();
    let apps: Vec<_> = official_routes()
        .into_iter()
        .filter(|route| route.status == Status::SubscriptionOnly)
        .collect();
    let ids: Vec<&str> = apps.iter().map(|route| route.id.name.as_str()).collect();
    assert_eq!(
        ids,
        [
            "chatgpt-business-premium",
            "chatgpt-business",
            "chatgpt-enterprise",
            "chatgpt-free",
            "chatgpt-go",
            "chatgpt-images-with-thinking",
            "chatgpt-plus",
            "chatgpt-pro",
            "codex-images"
        ]
    );
    for route in apps {
        let id = route.id.to_string();
        let terms = Terms { route: Some(&id), ..terms(TODAY) };
        let refused = estimate_request(&catalog, &Draft::default(), &terms);
        let Err(EstimateError::Request(errors)) = refused else { panic!("{id}: {refused:?}") };
        let said = errors[0].to_string();
        assert!(said.contains("app access is not API credit"), "{id}: {said}");
        assert!(route.versions.is_empty() && route.rate_limits.is_none(), "{id}: no quota either");
        let credits = route.funding.iter().flat_map(|funding| &funding.subscriptions);
        assert!(credits.into_iter().all(|plan| plan.credits.is_none()), "{id}: not published");
    }
}

#[test]
fn plans_have_the_prices_of_their_sources() {
    let prices = |plan: &str| -> Vec<String> {
        let route = route(&format!("openai/{plan}"));
        let plans = route.funding.iter().flat_map(|funding| &funding.subscriptions);
        plans.map(|plan| plan.price.to_string()).collect()
    };
    assert_eq!(prices("chatgpt-free"), ["0"]);
    assert_eq!(prices("chatgpt-go"), ["8"]);
    assert_eq!(prices("chatgpt-plus"), ["20"]);
    assert_eq!(prices("chatgpt-pro"), ["100", "200", "500"]);
    assert_eq!(prices("chatgpt-business"), ["25", "20"], "by the month, and by the year");
    for plan in ["chatgpt-business-premium", "chatgpt-enterprise", "chatgpt-images-with-thinking"] {
        assert!(prices(plan).is_empty(), "{plan}: no price was found");
    }
}

#[test]
fn rate_limits_stand_where_they_are_confirmed() {
    for model in ["gpt-image-1", "gpt-image-1-mini", "gpt-image-2", "gpt-image-2.5-flare"] {
        let route = route(&format!("openai/{model}"));
        let limits = route.rate_limits.as_ref().expect("limits");
        let tiers: Vec<_> = limits
            .tiers
            .iter()
            .map(|tier| (tier.paid, tier.tokens_per_minute, tier.images_per_minute))
            .collect();
        let tier = |paid, tokens, images| (Some(dec(paid)), Some(tokens), Some(images));
        assert_eq!(
            tiers,
            [
                tier("5", 100_000, 5),
                tier("50", 250_000, 20),
                tier("100", 800_000, 50),
                tier("250", 3_000_000, 150),
                tier("1000", 8_000_000, 250)
            ],
            "{model}"
        );
    }
    assert!(route("openai/gpt-image-2.6-flare").rate_limits.is_none(), "not confirmed for 2.6");
}

#[test]
fn who_pays_for_failures_is_stated_by_no_reseller() {
    let openai = route("openai/gpt-image-2");
    for event in Event::ALL {
        assert_eq!(openai.terms.charge(event).rule, ChargeRule::NotStated, "{event:?}");
    }
    let meta = route("meta/muse-image-1.0");
    assert_eq!(meta.terms.charge(Event::BlockAtOutput).rule, ChargeRule::Free);
}

#[test]
fn several_sources_hold_from_the_earliest_and_are_as_old_as_the_latest() {
    let route = route("google/gemini-3-pro-image");
    let version = &route.versions[0];
    assert_eq!(version.period.in_words(), "from 2026-07-22 (first seen)");
    assert_eq!(version.evidence.seen, Some(day("2026-10-06")));
}

#[test]
fn the_first_of_several_sources_is_not_after_the_last() {
    let table = "model: gpt-image-2\nalias: paint\nendpoint: test\nbilling_unit: images\nversions:\n  \
                 - first_seen: 2026-10-07\n    currency: USD\n    evidence: {source: made up, seen: \
                 2026-10-06, confidence: low}\n    rates: [{meter: images, price: \"1\", per: 1}]\n    \
                 not_billed: [tokens, calls]\n";
    let files = vec![
        table_file("provider/acme/owner.yaml", "name: Acme\n"),
        table_file("provider/acme/paint.yaml", table),
    ];
    let problems = Catalog::shipped().with_files(files).err().expect("a problem");
    let said = problems[0].one_line();
    assert!(said.contains("2026-10-07 is not a day before that of the source"), "{said}");
}

#[test]
fn disputed_ends_follow_two_sources_or_are_left_open() {
    let shutdown = |model: &str| {
        let model = Catalog::shipped().model(model).expect("a shipped model");
        model.shutdown.as_ref().map(|shutdown| (shutdown.on, shutdown.evidence.confidence))
    };
    assert_eq!(shutdown("gemini-3.1-flash-image"), None, "two sources against two");
    let said = route("google/gemini-3.1-flash-image").risks.join(" ");
    assert!(said.contains("say 2026-10-29; another note says that none was announced"), "{said}");
    let older = shutdown("gemini-2.5-flash-image");
    assert_eq!(older, Some((day("2027-03-15"), Confidence::Medium)), "two sources against one");
    let said = route("google/gemini-2.5-flash-image").risks.join(" ");
    assert!(said.contains("a research note has 2026-10-02"), "{said}");
}

/// US dollars for a million tokens.
#[test]
fn text_models_have_the_tiers_on_which_two_price_maps_agree() {
    let rate = |model: &str, meter: Meter, processing: Processing| {
        let version = route(&format!("openai/{model}")).versions.last().expect("a version").clone();
        let of_tier = |rate: &&Arc<Rate>| rate.meter == meter && rate.when.processing == processing;
        version.rates.iter().find(of_tier).map(|rate| rate.price.normalize().to_string())
    };
    for (model, meter, flex, priority) in [
        ("gpt-6-sol", Meter::TextInput, "1", "4"),
        ("gpt-6-sol", Meter::TextOutput, "5", "20"),
        ("gpt-5.5", Meter::TextInput, "2.5", "12.5"),
        ("gpt-5.5", Meter::CachedTextInput, "0.25", "1.25"),
        ("gpt-5-mini", Meter::TextOutput, "1", "3.6"),
    ] {
        let of = |tier| rate(model, meter, tier);
        assert_eq!(of(Processing::Flex).as_deref(), Some(flex), "{model}");
        assert_eq!(of(Processing::Priority).as_deref(), Some(priority), "{model}");
    }
    assert_eq!(rate("gpt-5-nano", Meter::TextInput, Processing::Priority), None, "neither has one");
}

/// 1,024 tokens × $34 ÷ 1M; of another size no count was read.
#[test]
fn a_count_of_one_size_is_a_price_of_that_size_alone() {
    use imgcost::metering::output_tokens::tokens;
    let model = Catalog::shipped().model("mai-image-2.7").expect("a shipped model");
    let rule = &model.rules[0].output_tokens.rule;
    let at = |size: &str| tokens(rule, "", size.parse().expect("a size"));
    assert_eq!(at("1024x1024").exact(), Some(1_024));
    assert_eq!(at("1536x1024").high(), None);
}
