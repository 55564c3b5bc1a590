//! Contradictions and traps, each settled as a note, a risk or a second route.

use imgcost::catalog::Catalog;
use imgcost::catalog::dated::in_force;
use imgcost::catalog::owner::OwnerKind;
use imgcost::catalog::price::{CreditValue, PriceUnit, PriceVersion, Rate};
use imgcost::catalog::route::{PublishedEstimates, Status, UpstreamModel};
use imgcost::estimate::{Estimate, Terms, estimate_request};
use imgcost::figure::Certainty;
use imgcost::unit::Meter;
use rust_decimal::Decimal;

use crate::common::{TODAY, day, dec, generation, per_million, size, terms, total};
use crate::{ROUTES, note, route, version};

fn estimates(id: &str) -> PublishedEstimates {
    route(id).published_estimates.clone().expect("published estimates")
}

fn on(route: &str, size: &str, quality: &str) -> Estimate {
    let terms = Terms { route: Some(route), ..terms(TODAY) };
    let draft = generation("gpt-image-2", size, quality);
    estimate_request(&Catalog::shipped(), &draft, &terms).expect("an estimate")
}

fn is_quoted(id: &str) -> bool {
    route(id).status_on(day(TODAY)) == Status::Quoted
}

fn has_risk(id: &str, words: &str) -> bool {
    route(id).risks.iter().any(|risk| risk.contains(words))
}

#[test]
fn c1_vercels_page_by_token_stands_beside_its_faq_by_image() {
    let table = route("provider/vercel/gpt-image-2");
    assert!(version(&table).rates.iter().all(|rate| rate.meter.is_tokens()), "the token row");
    assert!(note("provider/vercel/gpt-image-2").contains("FAQ speaks of a price per image"));
}

#[test]
fn c2_runflow_has_two_prices_and_no_default() {
    let [docs, sales] =
        ["docs", "sales-page"].map(|page| format!("provider/runflow/gpt-image-2@{page}"));
    let high = |id: &str| total(&on(id, "1024x1024", "high"));
    assert_eq!((high(&docs), high(&sales)), (dec("0.133"), dec("0.211")));
    assert!(is_quoted(&docs) && is_quoted(&sales));
    let catalog = Catalog::shipped();
    assert!(catalog.route("provider/runflow/gpt-image-2").is_err(), "neither is the default");
}

#[test]
fn c3_runapi_has_two_prices_and_no_default() {
    let [by_size, call] =
        ["by-resolution", "per-call"].map(|page| format!("provider/runapi/gpt-image-2@{page}"));
    let range = on(&by_size, "1024x1024", "high").total;
    assert_eq!((range.low(), range.high()), (dec("0.06"), Some(dec("0.16"))));
    assert_eq!(total(&on(&call, "1024x1024", "high")), dec("0.240"));
    assert!(is_quoted(&by_size) && is_quoted(&call));
    assert!(Catalog::shipped().route("provider/runapi/gpt-image-2").is_err());
}

/// A rate in US dollars for one unit; `None` where the unit of the table has no value in dollars.
fn dollars(version: &PriceVersion, price: Decimal, per: u32) -> Option<Decimal> {
    let value = match &version.unit {
        unit if unit.is_usd() => Decimal::ONE,
        PriceUnit::Credit(_, CreditValue::UsdEach(usd)) => *usd,
        PriceUnit::Credit(_, CreditValue::PerUsd(credits)) => Decimal::ONE / credits,
        _ => return None,
    };
    Some(price * version.factor * value / Decimal::from(per))
}

#[test]
fn c4_no_shipped_rate_is_mis_scaled() {
    // Skytells prints a base of $0.02 a token, 4,000 times the list; MyRouter $21.00 a request.
    for route in ROUTES.iter().filter(|route| route.id.kind != OwnerKind::Official) {
        let maker = Catalog::shipped().model(&route.model).expect("a model").maker.clone();
        let list = Catalog::shipped().route(&format!("official/{maker}/{}", route.model));
        let Some(list) = list.ok().filter(|_| !route.versions.is_empty()) else { continue };
        let list = list.versions.last().expect("a version of the list");
        let newest = route.versions.last().expect("a version");
        for rate in &newest.rates {
            let Some(ours) = dollars(newest, rate.price, rate.per.count()) else {
                continue;
            };
            let same = list.rates.iter().find(|other| other.meter == rate.meter);
            let Some(same) = same else {
                assert!(
                    ours < dec("1"),
                    "{}: {ours} for {} is no price of an image",
                    route.id,
                    rate.meter
                );
                continue;
            };
            let theirs = dollars(list, same.price, same.per.count()).expect("in dollars");
            assert!(ours <= theirs * dec("10"), "{}: {} at {ours}", route.id, rate.meter);
            assert!(ours >= theirs * dec("0.05"), "{}: {} at {ours}", route.id, rate.meter);
        }
    }
}

#[test]
fn c5_piapis_tokens_win_over_its_own_estimates() {
    let id = "provider/piapi/gpt-image-2";
    let size = size("1024x1024");
    for (quality, tokens, printed) in
        [("low", 196, "0.008"), ("medium", 1_756, "0.032"), ("high", 7_024, "0.125")]
    {
        assert_eq!(estimates(id).of(quality, size), Some(dec(printed)), "shown");
        assert_eq!(total(&on(id, "1024x1024", quality)), per_million(tokens, "30.00"), "rated");
    }
    assert!(
        estimates(id).evidence.note.is_some_and(|note| note.contains("the tokens are the price"))
    );
}

#[test]
fn c6_only_what_cites_fal_itself_is_entered_for_fal() {
    let uhd = size("3840x2160");
    for id in ["provider/fal/gpt-image-2", "provider/fal/gpt-image-2-edit"] {
        assert!(estimates(id).evidence.source.contains("citing fal.ai"), "{id}");
    }
    let shown = estimates("provider/fal/gpt-image-2");
    let of = |quality| shown.of(quality, uhd);
    // gptimage2api.com has 1.48 and ezkit .016, .139 and .565 for 4K, Portkey a flat .04.
    assert_eq!(
        (of("low"), of("medium"), of("high")),
        (Some(dec("0.012")), Some(dec("0.101")), Some(dec("0.401")))
    );
    assert!(
        version(&route("provider/fal/gpt-image-2"))
            .rates
            .iter()
            .all(|rate| rate.meter != Meter::Images)
    );
}

#[test]
fn c7_poes_output_rate_of_another_model_is_flagged_and_quoted() {
    let id = "provider/poe/gpt-image-2";
    assert_eq!(dec("32") * dec("1.0101"), dec("32.3232"), "5 became 5.0505 by the same factor");
    assert!(is_quoted(id) && has_risk(id, "gpt-image-1.5"));
}

#[test]
fn c8_fals_stricter_expiry_is_taken() {
    for id in ["provider/fal/gpt-image-2", "provider/fal/gpt-image-1"] {
        let expiry =
            route(id).funding.clone().and_then(|funding| funding.expiry).expect("an expiry");
        assert!(
            expiry.starts_with("365 days") && expiry.contains("older FAQ says never"),
            "{expiry}"
        );
    }
}

#[test]
fn c9_wavespeeds_own_figure_stands_against_a_press_site() {
    for mode in ["text-to-image", "edit"] {
        let id = format!("provider/wavespeed/gpt-image-2-{mode}");
        let (text, evidence) = route(&id).advertised.clone().expect("advertised");
        assert!(text.contains("from $0.060") && !text.contains("0.10"), "{text}");
        assert!(evidence.note.is_some_and(|note| note.contains("press site")));
        assert!(route(&id).versions.is_empty(), "a price 'from' is no price");
    }
}

#[test]
fn c10_what_muapi_says_of_replicate_is_no_source() {
    assert_eq!(
        total(&on("provider/replicate/gpt-image-2", "1024x1024", "high")),
        dec("0.128"),
        "it is there"
    );
    assert!(note("provider/muapi/gpt-image-2-text-to-image").contains("not on Replicate"));
}

#[test]
fn c11_open_hk_keeps_the_rates_of_another_model() {
    let table = route("provider/open-hk/gpt-image-2");
    let rate = |meter| {
        version(&table).rates.iter().find(|rate| rate.meter == meter).expect("a rate").price
    };
    assert_eq!(
        (rate(Meter::ImageInput), rate(Meter::ImageOutput)),
        (dec("10"), dec("40")),
        "not corrected to 8 and 30"
    );
    assert!(has_risk("provider/open-hk/gpt-image-2", "gpt-image-1"));
}

#[test]
fn c12_an_alias_alone_is_no_key() {
    let same: Vec<_> = ROUTES
        .iter()
        .filter(|route| {
            route.id.owner == "laozhang" && route.alias.as_deref() == Some("gpt-image-2")
        })
        .collect();
    let groups: Vec<_> = same.iter().map(|route| route.id.group().expect("a group")).collect();
    assert_eq!(groups, ["default", "enterprise", "official"]);
    let cost = |group: &str| {
        total(&on(&format!("provider/laozhang/gpt-image-2@{group}"), "1024x1024", "high"))
    };
    assert_eq!((cost("default"), cost("official")), (dec("0.03"), dec("0.21072")));
    assert_eq!(cost("enterprise"), cost("official") * dec("1.2"));
}

#[test]
fn c13_a_changed_price_is_two_versions() {
    let versions = route("provider/comfy-org/gpt-image-2").versions.clone();
    let [.., before, after] = &versions[..] else { panic!("{} versions", versions.len()) };
    assert_eq!(
        (before.period.until, after.period.first),
        (Some(day("2026-08-07")), day("2026-08-07"))
    );
}

#[test]
fn c14_states_of_a_page_without_dates_are_quoted_side_by_side() {
    let bounds = |state: &str| {
        let id = format!("wrapper/aivideoapi/gpt-image-2@{state}");
        assert!(is_quoted(&id) && version(&route(&id)).evidence.seen.is_none());
        let total = on(&id, "1024x1024", "high").total;
        (total.low(), total.high())
    };
    // 2.4 to 7.2 credits × $0.005, and 4.7 to 14.1.
    assert_eq!(bounds("snapshot-a"), (dec("0.012"), Some(dec("0.036"))));
    assert_eq!(bounds("snapshot-b"), (dec("0.0235"), Some(dec("0.0705"))));
}

#[test]
fn c15_auto_is_each_owners_own() {
    let meant = |id: &str| {
        let auto = version(&route(id)).auto_means.clone();
        (auto.quality, auto.class)
    };
    for id in [
        "provider/replicate/gpt-image-2",
        "wrapper/apiframe/gpt-image-2",
        "wrapper/pixapi/gpt-image-2",
    ] {
        assert_eq!(meant(id), (Some("high".into()), None), "{id}");
    }
    assert_eq!(meant("provider/replicate/gpt-image-2.5-flare"), (Some("xhigh".into()), None));
    assert_eq!(meant("provider/evolink/gpt-image-2-beta"), (None, Some("1K".into())));
    assert!(note("provider/fal/gpt-image-2").contains("names no quality, fal makes high"));
    // Where an owner states nothing, auto is all that it can mean.
    let open = on("provider/muapi/gpt-image-2-text-to-image", "1024x1024", "auto").total;
    assert_eq!(open.certainty(), Certainty::Range);
    assert_eq!((open.low(), open.high()), (dec("0.025"), Some(dec("0.150"))));
}

#[test]
fn c16_flat_calls_of_three_cents_and_less_carry_their_risk() {
    for route in ROUTES.iter().filter(|route| route.id.kind == OwnerKind::Provider) {
        let Some(version) = in_force(&route.versions, day(TODAY)).ok() else { continue };
        let flat = |rate: &Rate| matches!(rate.meter, Meter::Calls | Meter::Images);
        let cheap = |rate: &Rate| {
            let price = dollars(version, rate.price, 1);
            flat(rate) && rate.when.quality.is_none() && price.is_some_and(|p| p <= dec("0.03"))
        };
        if version.basis.is_some()
            || version.rates.is_empty()
            || !version.rates.iter().all(|rate| cheap(rate))
        {
            continue;
        }
        let words = ["consumer accounts", "reverse-engineered"];
        let warned = words.iter().any(|words| has_risk(&route.id.to_string(), words));
        assert!(warned, "{} says nothing of its channel", route.id);
        assert_ne!(route.upstream_model, UpstreamModel::Stated, "{}", route.id);
    }
    // A contract of its own beside the official relay, never a cheaper price of it.
    for id in ["provider/apiyi/gpt-image-2-all", "provider/laozhang/gpt-image-2@default"] {
        assert!(has_risk(id, "consumer accounts"));
    }
}

#[test]
fn c17_gpt_5_4_image_2_is_never_gpt_image_2() {
    let catalog = Catalog::shipped();
    let other = "gpt-5.4-image-2";
    assert!(
        catalog.model(other).is_err(),
        "its token rule is not known, so that it is not entered"
    );
    for route in ROUTES.iter() {
        let names = [Some(&route.model), route.alias.as_ref()];
        assert!(!names.into_iter().flatten().any(|name| name.contains(other)), "{}", route.id);
    }
    assert!(has_risk("provider/openrouter/gpt-image-2", "openai/gpt-5.4-image-2"));
}

#[test]
fn c18_fals_suspect_cell_is_flagged() {
    let hd = size("1920x1080");
    let [made, edited] =
        ["gpt-image-2", "gpt-image-2-edit"].map(|name| estimates(&format!("provider/fal/{name}")));
    assert_eq!(
        made.of("high", hd),
        edited.of("high", hd),
        "the same with and without reference images"
    );
    let others = size("2560x1440");
    assert!(made.of("high", others) < edited.of("high", others), "every other cell is dearer");
    assert!(edited.evidence.note.is_some_and(|note| note.contains("probably an error")));
}
