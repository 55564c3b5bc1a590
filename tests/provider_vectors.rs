//! The worked vectors of provider tables: one 1024x1024 high image of gpt-image-2 (7,024 output
//! tokens), the image-output part only, each at its owner's own price.

mod common;

use common::{TODAY, dec, generation, terms};
use imgcost::catalog::Catalog;
use imgcost::catalog::terms::{ChargeRule, Event};
use imgcost::estimate::{Estimate, Terms, estimate_request};
use imgcost::figure::Figure;
use imgcost::request::Draft;
use imgcost::unit::Meter;
use rust_decimal::Decimal;

fn on(route: &str, draft: &Draft, terms: &Terms) -> Estimate {
    let terms = Terms { route: Some(route), ..terms.clone() };
    estimate_request(&Catalog::shipped(), draft, &terms).expect("an estimate")
}

fn high() -> Draft {
    generation("gpt-image-2", "1024x1024", "high")
}

fn at(route: &str, draft: &Draft) -> Decimal {
    on(route, draft, &terms(TODAY)).total.exact().expect("an exact total")
}

/// The cost of the image output of a route, of which other meters may be unknown.
fn output_part(route: &str, day: &str) -> Decimal {
    let estimate = on(route, &high(), &terms(day));
    let line = estimate.charges.iter().find(|charge| charge.meter == Meter::ImageOutput);
    line.expect("a line for image output").amount.exact().expect("an exact amount")
}

#[test]
fn token_routes_at_list() {
    for route in ["microsoft", "vercel", "xairouter", "fal", "apiyi", "piapi"] {
        let route = format!("provider/{route}/gpt-image-2");
        assert_eq!(output_part(&route, TODAY), dec("0.21072"), "{route}: 7,024 × 30 ÷ 1,000,000");
    }
    assert_eq!(output_part("laozhang/gpt-image-2@official", TODAY), dec("0.21072"));
}

#[test]
fn token_routes_above_and_below_list() {
    assert_eq!(output_part("evolink/gpt-image-2", TODAY), dec("0.189648"), "7,024 × 27");
    assert_eq!(output_part("synapse-garden/gpt-image-2", TODAY), dec("0.231792"), "7,024 × 33");
    assert_eq!(output_part("therouter/gpt-image-2", TODAY), dec("0.252864"), "7,024 × 36");
    let enterprise = output_part("laozhang/gpt-image-2@enterprise", TODAY);
    assert_eq!(enterprise, dec("0.252864"), "7,024 × 30 × 1.2");
}

#[test]
fn databricks_bills_dbu() {
    // 7,024 × 428.571 ÷ 1,000,000 DBU at $0.070; the source prints 0.2107198.
    let exact = output_part("databricks/gpt-image-2", TODAY);
    assert_eq!(exact.round_dp(7), dec("0.2107198"));
    // 1M tokens are 457.143, 571.429 and 114.286 DBU, printed as 32.00001, 40.00003 and 8.00002.
    for (dbu, printed) in [("457.143", "32.00001"), ("571.429", "40.00003"), ("114.286", "8.00002")]
    {
        assert_eq!(dec(dbu) * dec("0.070"), dec(printed));
    }
    // 4,160 × 571.429 ÷ 1,000,000 × 0.070 = 0.1664001248.
    let one = generation("gpt-image-1", "1024x1024", "high");
    let estimate = on("databricks/gpt-image-1", &one, &terms(TODAY));
    assert_eq!(common::amount(&estimate, Meter::ImageOutput), dec("0.1664001248"));
}

#[test]
fn quoted_token_routes() {
    assert_eq!(output_part("poe/gpt-image-2", TODAY), dec("0.2270381568"), "7,024 × 32.3232");
    assert_eq!(output_part("atlascloud/gpt-image-2@tokens", TODAY), dec("0.224768"), "7,024 × 32");
    // Skytells: 30 for a square, 32 for the two others that it lists, nothing for any other size.
    assert_eq!(output_part("skytells/gpt-image-2", TODAY), dec("0.21072"), "7,024 × 30");
    let of =
        |size| on("skytells/gpt-image-2", &generation("gpt-image-2", size, "high"), &terms(TODAY));
    let portrait = common::amount(&of("1024x1536"), Meter::ImageOutput);
    assert_eq!(portrait, dec("0.175616"), "5,488 × 32");
    assert_eq!(of("2560x1440").total.high(), None, "not listed");
}

#[test]
fn open_hk_bills_points_with_its_exchange_rate_worked_in() {
    let estimate = on("open-hk/gpt-image-2", &high(), &terms(TODAY));
    // 7,024 × 40 × 7.1 × 10,000 ÷ 1,000,000 points, whose dollar value is not public.
    let output = common::line(&estimate, Meter::ImageOutput);
    assert_eq!(output.native, Figure::Exact(dec("19948.16")));
    assert_eq!(estimate.total.high(), None);
}

#[test]
fn comfy_on_the_day_before_and_on_the_day_of_its_change() {
    let route = "comfy-org/gpt-image-2";
    // 7,024 × 6,330 ÷ 1,000,000 ÷ 211 = 0.21072.
    assert_eq!(output_part(route, "2026-08-06"), dec("0.21072"));
    // 7,024 × 7,600 ÷ 1,000,000 = 53.3824 credits, ÷ 211 = 0.25299715…
    assert_eq!(output_part(route, "2026-08-07"), dec("0.252997156398"));
    let until = |day| on(route, &high(), &terms(day)).table.version().period.until;
    assert_ne!(until("2026-08-06"), until("2026-08-07"), "each day has its own version");
}

#[test]
fn replicate_has_a_price_by_quality_and_auto_is_its_high() {
    let quality =
        |label| at("replicate/gpt-image-2", &generation("gpt-image-2", "1024x1024", label));
    assert_eq!((quality("low"), quality("medium")), (dec("0.012"), dec("0.047")));
    assert_eq!((quality("high"), quality("auto")), (dec("0.128"), dec("0.128")));
    let any_size = at("replicate/gpt-image-2", &generation("gpt-image-2", "3840x2160", "high"));
    assert_eq!(any_size, dec("0.128"));
}

#[test]
fn kie_bills_credits_by_class() {
    let route = "kie/gpt-image-2-text-to-image";
    for (class, dollars) in [("1K", "0.03"), ("2K", "0.05"), ("4K", "0.08")] {
        let terms = Terms { resolution: Some(class), ..terms(TODAY) };
        let total = on(route, &high(), &terms).total;
        assert_eq!(total, Figure::Exact(dec(dollars)), "6, 10 and 16 credits × $0.005");
    }
    let open = on(route, &high(), &terms(TODAY)).total;
    assert_eq!(
        (open.low(), open.high()),
        (dec("0.03"), Some(dec("0.08"))),
        "borders are not stated"
    );
}

#[test]
fn evolink_beta_bills_credits_by_pixels() {
    let size = |size| at("evolink/gpt-image-2-beta", &generation("gpt-image-2", size, "high"));
    assert_eq!(size("1024x1024"), dec("0.015"), "1.02 credits ÷ 68");
    assert_eq!(size("2048x2048"), dec("0.0255"), "1.734 ÷ 68; the page shows .025");
    assert_eq!(size("3840x2160"), dec("0.039"), "2.652 ÷ 68");
}

#[test]
fn bananarouter_keeps_its_yuan_until_the_user_gives_a_rate() {
    let estimate = on("bananarouter/gpt-image-2@basic", &high(), &terms(TODAY));
    assert_eq!(estimate.total.high(), None, "unknown in dollars");
    assert_eq!(estimate.charges[0].native, Figure::Exact(dec("0.04")));
}

#[test]
fn a_bonus_lowers_the_cash_of_a_flat_call() {
    // $500 give $575: 19,166 calls × 0.03 = 574.98, so that a call takes 0.03 ÷ 1.15 = 0.0260870.
    let terms = Terms { accepted_images: Some(19_166), ..terms(TODAY) };
    let estimate = on("laozhang/gpt-image-2@default", &high(), &terms);
    assert_eq!(estimate.purchase.expect("it has to be bought").cash, Figure::Exact(dec("500")));
    assert_eq!((dec("0.03") / dec("1.15")).round_dp(7), dec("0.0260870"));
}

#[test]
fn muapi_has_a_table_of_quality_by_class_and_surcharges() {
    let of = |quality, class| {
        let terms = Terms { resolution: Some(class), ..terms(TODAY) };
        let draft = generation("gpt-image-2", "1024x1024", quality);
        on("muapi/gpt-image-2-text-to-image", &draft, &terms).total
    };
    assert_eq!(of("medium", "2K"), Figure::Exact(dec("0.045")));
    assert_eq!(of("high", "4K"), Figure::Exact(dec("0.150")));
    // An edit at 4K with three input images: 0.225, and 0.015 for each after the first.
    let draft = Draft {
        input_images: images(3),
        ..generation("gpt-image-2.6-sunburst", "1024x1024", "high")
    };
    let ultra = Terms { resolution: Some("4K"), ..terms(TODAY) };
    let edit = on("muapi/gpt-image-2.6-sunburst", &draft, &ultra).total;
    assert_eq!(edit, Figure::Exact(dec("0.255")), "0.225 + 2 × 0.015");
}

#[test]
fn prices_by_shape() {
    let of =
        |route, size| at(route, &Draft { prompt: None, ..generation("gpt-image-1", size, "high") });
    assert_eq!(of("wavespeed/gpt-image-1", "1024x1024"), dec("0.167"));
    assert_eq!(of("wavespeed/gpt-image-1", "1024x1536"), dec("0.250"));
    assert_eq!(of("fal/gpt-image-1", "1024x1536"), dec("0.25"));
    // fal adds the input: 60 tokens and what the tokenizer adds, at 0.002 per 1,000.
    let estimate = on("fal/gpt-image-1", &common::prompted("gpt-image-1", 60), &terms(TODAY));
    let text = common::line(&estimate, Meter::TextInput);
    let tokens = text.quantity.count.exact().expect("an exact count");
    assert_eq!(text.amount, Figure::Exact(Decimal::from(tokens) * dec("0.002") / dec("1000")));
}

#[test]
fn flat_calls_and_fees() {
    for (route, dollars) in [
        ("piapi/gpt-image-2-preview", "0.10"),
        ("atlascloud/gpt-image-2-text-to-image", "0.008"),
        ("atlascloud/gpt-image-2-developer", "0.012"),
        ("apiyi/gpt-image-2-all", "0.03"),
        ("laozhang/gpt-image-2-vip", "0.03"),
        ("bytespike/gpt-image-2", "0.08"),
        ("blackmagic/gpt-image-2", "0.10"),
        ("aisa/gpt-image-2@both", "0.08"), // 0.03 a request + 0.05 an image
        ("aisa/gpt-image-2@image-only", "0.05"),
    ] {
        assert_eq!(at(route, &high()), dec(dollars), "{route}");
    }
    // A label carries no price: a call of max costs what a call of low costs.
    for quality in ["low", "xhigh", "max"] {
        let draft = generation("gpt-image-2.5-flare", "1024x1024", quality);
        assert_eq!(at("laozhang/gpt-image-2.5-flare-vip", &draft), dec("0.03"));
    }
    let ext = Terms { resolution: Some("4K"), ..terms(TODAY) };
    let draft = generation("gpt-image-2.5-sunburst", "3840x2160", "high");
    assert_eq!(
        on("apimart/gpt-image-2.5-ext@sunburst", &draft, &ext).total,
        Figure::Exact(dec("0.021"))
    );
}

#[test]
fn fals_price_of_2_5_is_the_token_count_at_thirty_dollars() {
    let of = |quality| {
        let draft = generation("gpt-image-2.5-flare", "1024x1024", quality);
        on("fal/gpt-image-2.5-flare", &draft, &terms(TODAY)).total
    };
    for (quality, tokens) in
        [("low", 196), ("medium", 439), ("high", 1_756), ("xhigh", 3_122), ("max", 7_024)]
    {
        let dollars = common::per_million(tokens, "30.00");
        assert_eq!(of(quality), Figure::Exact(dollars), "{quality}");
    }
    // A quality name carries no price across models: max here is high of gpt-image-2, high is medium.
    assert_eq!(of("max"), Figure::Exact(dec("0.21072")));
    assert_eq!(of("auto"), of("high"), "auto is priced as high");
}

#[test]
fn wrappers_bill_credits() {
    let native = |route, size, quality, class| {
        let terms = Terms { resolution: class, ..terms(TODAY) };
        let estimate = on(route, &generation("gpt-image-2", size, quality), &terms);
        (estimate.charges[0].native.clone(), estimate.total.exact())
    };
    let credits = |text| Figure::Exact(dec(text));
    let square = "1024x1024";
    assert_eq!(
        native("apiframe/gpt-image-2", square, "auto", None),
        (credits("23"), Some(dec("0.23")))
    );
    // 50 and 300 credits, 1,000 of which are a dollar.
    let stratizon = |class| native("stratizon/gpt-image-2", square, "high", Some(class));
    assert_eq!(stratizon("standard"), (credits("50"), Some(dec("0.05"))));
    assert_eq!(stratizon("hd"), (credits("300"), Some(dec("0.3"))));
    // By the longer edge: 1536 is 1K, 2048 is 2K, above it 4K; no value in dollars.
    let pixapi = |size, quality| native("pixapi/gpt-image-2", size, quality, None);
    assert_eq!(pixapi("1536x1024", "high"), (credits("14"), None));
    assert_eq!(pixapi("2048x2048", "medium"), (credits("17"), None));
    assert_eq!(pixapi("2560x1440", "auto"), (credits("133"), None), "auto is high");
    assert_eq!(
        native("gptimage2-online/gpt-image-2", square, "high", Some("4K")),
        (credits("40"), None)
    );
    for (route, each) in [
        ("gptimage2api/gpt-image-2", "3"),
        ("gpt-image-2-art/gpt-image-2", "10"),
        ("gptimage2-top/gpt-image-2", "22"),
        ("core-today/gpt-image-2", "480"),
    ] {
        assert_eq!(native(route, square, "high", None), (credits(each), None), "{route}");
    }
}

#[test]
fn nano_banana_by_resolution() {
    let of = |route, model: &str, class| {
        let terms = Terms { resolution: Some(class), ..terms(TODAY) };
        let draft = Draft { model: Some(model.into()), ..Draft::default() };
        on(route, &draft, &terms)
    };
    let pro = "gemini-3-pro-image";
    let exact = |estimate: Estimate| estimate.total.exact().expect("an exact total");
    assert_eq!(exact(of("fal/gemini-3-pro-image", pro, "2K")), dec("0.15"));
    assert_eq!(exact(of("fal/gemini-3-pro-image", pro, "4K")), dec("0.30"));
    assert_eq!(exact(of("aimlapi/gemini-3-pro-image", pro, "1K")), dec("0.195"));
    assert_eq!(exact(of("laozhang/gemini-3-pro-image", pro, "4K")), dec("0.09"));
    assert_eq!(exact(of("venice/gemini-3-pro-image", pro, "1K")), dec("0.18"));
    let second = "gemini-3.1-flash-image";
    for (class, fal) in [("512px", "0.06"), ("1K", "0.08"), ("2K", "0.12"), ("4K", "0.16")] {
        assert_eq!(exact(of("fal/gemini-3.1-flash-image", second, class)), dec(fal), "{class}");
    }
    assert_eq!(exact(of("kie/gemini-3.1-flash-image", second, "4K")), dec("0.09"));
    let latest = "gemini-nano-banana-2.1";
    assert_eq!(exact(of("laozhang/gemini-nano-banana-2.1", latest, "1K")), dec("0.045"));
    let output = |route| common::amount(&of(route, pro, "1K"), Meter::ImageOutput);
    assert_eq!(output("poe/gemini-3-pro-image"), dec("0.1344"), "1,120 × 120 ÷ 1,000,000");
    // 1,120 × 30.38 ÷ 1,000 = 34.0256 credits, ÷ 211.
    assert_eq!(output("comfy-org/gemini-3-pro-image").round_dp(6), dec("0.161259"));
}

#[test]
fn laozhang_charges_a_refusal_of_nano_banana_and_none_of_gpt_image() {
    let rule = |id: &str| {
        let route = Catalog::shipped().route(id).expect("a route");
        route.terms.charge(Event::BlockAtOutput).rule
    };
    assert_eq!(rule("provider/laozhang/gemini-3-pro-image"), ChargeRule::AllMeters);
    assert_eq!(rule("provider/laozhang/gpt-image-2@official"), ChargeRule::Free);
}

#[test]
fn apiyi_charges_the_cheaper_of_two_methods() {
    let cost = |quality, size| {
        at(
            "apiyi/gpt-image-1.5",
            &Draft { prompt: None, ..generation("gpt-image-1.5", size, quality) },
        )
    };
    // Tokens would be 4,160 × 32 ÷ 1,000,000 = 0.13312 and text output on top; the image is 0.133.
    assert_eq!(cost("high", "1024x1024"), dec("0.133"));
}

#[test]
fn vercel_states_no_price_for_reference_images() {
    let draft = Draft { input_images: images(1), ..high() };
    let estimate = on("vercel/gpt-image-2", &draft, &terms(TODAY));
    assert_eq!(estimate.total.high(), None);
    assert!(at("vercel/gpt-image-2", &high()) == dec("0.21072"), "without one it is known");
}

fn images(count: usize) -> Vec<imgcost::request::InputImage> {
    let size = Ok("1024x1024".parse().expect("a size"));
    vec![imgcost::request::InputImage::new("1024x1024", size); count]
}

#[test]
fn routes_without_a_public_price_are_there_and_refused() {
    let catalog = Catalog::shipped();
    for id in [
        "cloudflare/gpt-image-2",
        "digitalocean/gpt-image-2",
        "hiapi/gpt-image-2-text-to-image",
        "higgsfield/gpt-image-2",
        "openrouter/gpt-image-2",
        "runware/gpt-image-2",
        "smartaipi/gpt-image-2",
        "venice/gpt-image-2",
        "wavespeed/gpt-image-2-text-to-image",
        "gpt-image-2-ink/gpt-image-2",
        "gptimage2ai/gpt-image-2",
        "yingtu/gpt-image-2",
    ] {
        let terms = Terms { route: Some(id), ..terms(TODAY) };
        let error = estimate_request(&catalog, &high(), &terms).expect_err("no price");
        assert!(format!("{error:?}").contains("NotPriced"), "{id}: {error:?}");
    }
}

#[test]
fn an_official_route_never_rests_on_a_provider() {
    let catalog = Catalog::shipped();
    for id in catalog.route_ids().iter().filter(|id| id.kind.as_str() == "official") {
        let route = catalog.route(&id.to_string()).expect("a route");
        for version in &route.versions {
            let basis = version.basis.as_ref().map_or("official/", |basis| &basis.route);
            assert!(basis.starts_with("official/"), "{id} rests on {basis}");
        }
    }
}
