//! The worked vectors of provider tables: one 1024x1024 high image of gpt-image-2 (7,024 output
//! tokens), the image-output part only, each at its owner's own price.

mod common;

use common::{TODAY, dec, generation, terms};
use imgcost::catalog::Catalog;
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
fn laozhang_has_one_alias_and_three_prices() {
    let catalog = Catalog::shipped();
    let groups: Vec<_> = catalog
        .route_ids()
        .filter(|id| id.owner == "laozhang" && id.name.starts_with("gpt-image-2@"))
        .collect();
    assert_eq!(groups.len(), 3, "{groups:?}");
    for id in &groups {
        let route = catalog.route(&id.to_string()).expect("a route");
        assert_eq!(route.alias.as_deref(), Some("gpt-image-2"), "the alias alone is not a key");
    }
    assert_eq!(at("laozhang/gpt-image-2@default", &high()), dec("0.03"));
}

#[test]
fn bananarouter_keeps_its_yuan_until_the_user_gives_a_rate() {
    let estimate = on("bananarouter/gpt-image-2@basic", &high(), &terms(TODAY));
    assert_eq!(estimate.total.high(), None, "unknown in dollars");
    assert_eq!(estimate.charges[0].native, Figure::Exact(dec("0.04")));
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
    let draft = Draft { input_images: images_of_one(), ..high() };
    let estimate = on("vercel/gpt-image-2", &draft, &terms(TODAY));
    assert_eq!(estimate.total.high(), None);
    assert!(at("vercel/gpt-image-2", &high()) == dec("0.21072"), "without one it is known");
}

fn images_of_one() -> Vec<imgcost::request::InputImage> {
    let size = Ok("1024x1024".parse().expect("a size"));
    vec![imgcost::request::InputImage { name: "1024x1024".into(), size }]
}

#[test]
fn routes_without_a_public_price_are_there_and_refused() {
    let catalog = Catalog::shipped();
    for id in
        ["openrouter/gpt-image-2", "cloudflare/gpt-image-2", "hiapi/gpt-image-2-text-to-image"]
    {
        let terms = Terms { route: Some(id), ..terms(TODAY) };
        let error = estimate_request(&catalog, &high(), &terms).expect_err("no price");
        assert!(format!("{error:?}").contains("NotPriced"), "{id}: {error:?}");
    }
}

#[test]
fn what_must_not_be_loaded_is_absent() {
    // MyRouter's "$21.00 per request" and Segmind's "~$5" are mis-scaled or of an unclear unit.
    let owners: Vec<String> = Catalog::shipped().route_ids().map(|id| id.owner).collect();
    for owner in ["myrouter", "segmind"] {
        assert!(!owners.iter().any(|known| known == owner), "{owner}");
    }
}

#[test]
fn an_official_route_never_rests_on_a_provider() {
    let catalog = Catalog::shipped();
    for id in catalog.route_ids().filter(|id| id.kind.as_str() == "official") {
        let route = catalog.route(&id.to_string()).expect("a route");
        for version in &route.versions {
            let basis = version.basis.as_ref().map_or("official/", |basis| &basis.route);
            assert!(basis.starts_with("official/"), "{id} rests on {basis}");
        }
    }
}
