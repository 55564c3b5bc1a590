//! `imgcost prices diff`: which prices differ between two sides, by worked examples, and what its
//! reader sees of it.

mod common;

use std::fs;
use std::path::Path;

use imgcost::catalog::Catalog;
use imgcost::catalog::conditions::{Conditions, Processing};
use imgcost::estimate::Terms;
use imgcost::price_changes::{
    CostOf, DetailChange, PriceChanges, PricedSides, RateChange, RateState, RouteChange, Selection,
    Sides, What, Work, price_changes,
};
use imgcost::rating::FxRates;
use imgcost::request::{Draft, Prompt};
use imgcost::unit::Meter;
use proptest::prelude::*;
use rust_decimal::Decimal;
use serde_json::Value;

use common::cli::{Run, run, run_at};
use common::*;

fn compared(sides: Sides, work: Option<Work>) -> PriceChanges {
    price_changes(&sides, &Selection::default(), work.as_ref(), &FxRates::new()).expect("prices")
}

fn between(catalog: &Catalog, a: &str, b: &str) -> PriceChanges {
    compared(Sides::Days(catalog, [day(a), day(b)]), None)
}

fn of_routes(catalog: &Catalog, a: &str, b: &str, work: Option<Work>) -> RouteChange {
    compared(Sides::Routes(catalog, [a, b], day(TODAY)), work).routes.remove(0)
}

fn route<'a>(changes: &'a PriceChanges, id: &str) -> &'a RouteChange {
    let is = |change: &&RouteChange| {
        change.sides.iter().filter_map(|side| side.route()).any(|route| route.id.to_string() == id)
    };
    changes.routes.iter().find(is).unwrap_or_else(|| panic!("{id} did not change"))
}

/// The change of a meter without conditions.
fn rate(change: &RouteChange, meter: Meter) -> &RateChange {
    rate_when(change, meter, &Conditions::none())
}

fn rate_when<'a>(change: &'a RouteChange, meter: Meter, when: &Conditions) -> &'a RateChange {
    let is = |rate: &&RateChange| rate.meter == meter && rate.when == *when;
    change.rates.changed.iter().find(is).unwrap_or_else(|| panic!("{meter} did not move"))
}

fn quality(label: &str) -> Conditions {
    Conditions { quality: Some(label.into()), ..Conditions::none() }
}

fn price(state: &RateState) -> Decimal {
    match state {
        RateState::Priced(rate) => rate.price,
        other => panic!("no price: {other:?}"),
    }
}

/// B − A, and its share of A.
fn difference(rate: &RateChange) -> (Decimal, Option<Decimal>) {
    let found = rate.difference.as_ref().expect("a difference");
    (found.amount, found.relative)
}

/// A high generation of 1024x1024 with a prompt of 60 tokens (66 billed), as one request.
fn high() -> Work<'static> {
    let draft = Draft {
        prompt: Some(Prompt::Tokens(60)),
        ..generation("gpt-image-2", "1024x1024", "high")
    };
    Work { draft: Draft { model: None, ..draft }, terms: terms(TODAY) }
}

/// A catalogue with the versions of `provider/acme/<name>` beside the shipped tables.
fn with_acme(routes: &[(&str, &str)]) -> Catalog {
    let mut files = vec![table_file("provider/acme/owner.yaml", "name: Acme\n")];
    for (name, versions) in routes {
        let head = "model: gpt-image-2\nalias: a\nendpoint: not_stated\nbilling_unit: not_stated\n";
        let text = format!("{head}versions:\n{versions}");
        files.push(table_file(&format!("provider/acme/{name}.yaml"), text));
    }
    Catalog::shipped().with_files(files).expect("valid tables")
}

/// A version, with its days and the rest of it.
fn version(days: &str, rest: &str) -> String {
    format!(
        "  - {{{days}, evidence: {{source: made up, seen: 2026-01-01, confidence: high}}, {rest}}}\n"
    )
}

#[test]
fn a_rate_that_goes_is_not_billed_and_not_zero() {
    let changes = between(&Catalog::shipped(), "2026-05-08", "2026-05-09");
    let openai = route(&changes, "official/openai/gpt-image-2");
    let text_output = rate(openai, Meter::TextOutput);
    assert_eq!(price(&text_output.sides[0]), dec("10"));
    assert!(matches!(text_output.sides[1], RateState::NotBilled));
    assert_eq!(text_output.difference, None, "no percentage leads from a price to none");
    let batch = Conditions { processing: Processing::Batch, ..Conditions::none() };
    let batch = rate_when(openai, Meter::ImageOutput, &batch);
    assert!(matches!(&batch.sides[0], RateState::NotStated(Some(_))), "it was looked for");
    assert_eq!(price(&batch.sides[1]), dec("15"));
}

#[test]
fn a_price_in_credits_moves_in_credits() {
    let changes = between(&Catalog::shipped(), "2026-08-06", "2026-08-07");
    let comfy = route(&changes, "provider/comfy-org/gpt-image-2");
    assert_eq!(comfy.rates.changed.len(), 1, "only the output rose");
    // 7,600 − 6,330 = 1,270 credits; 1,270 ÷ 6,330 = 0.200631911532…
    let moved = difference(rate(comfy, Meter::ImageOutput));
    assert_eq!(moved, (dec("1270"), Some(dec("0.200631911532"))));
    assert!(comfy.details.is_empty(), "the credit is worth the same");
    assert_eq!(changes.routes.len(), 1, "nothing else moved that day");
}

#[test]
fn two_routes_at_a_factor_of_each_other() {
    let catalog = Catalog::shipped();
    let change = of_routes(&catalog, "openai/gpt-image-2", "therouter/gpt-image-2", Some(high()));
    // 36 − 30 = 6, and 6 ÷ 30 = 0.2.
    assert_eq!(difference(rate(&change, Meter::ImageOutput)), (dec("6"), Some(dec("0.2"))));
    // A: 66 × 5 + 7,024 × 30 = 211,050; B: 66 × 6 + 7,024 × 36 = 253,260 millionths of a dollar.
    let cost = change.cost.expect("a cost");
    let of = |side: usize| {
        let estimate = cost.sides[side].as_ref().expect("an estimate");
        CostOf::Request.figure(estimate).exact().expect("an exact cost")
    };
    assert_eq!((of(0), of(1)), (dec("0.21105"), dec("0.25326")));
    assert_eq!(cost.difference, Some(dec("0.25326") - dec("0.21105")));
    assert_eq!(cost.relative, Some(dec("0.2")), "0.04221 ÷ 0.21105");
}

#[test]
fn tokens_against_images_are_shown_and_only_the_request_is_compared() {
    let catalog = Catalog::shipped();
    let change = of_routes(&catalog, "openai/gpt-image-2", "replicate/gpt-image-2", Some(high()));
    let output = rate(&change, Meter::ImageOutput);
    assert_eq!(price(&output.sides[0]), dec("30"));
    assert!(matches!(output.sides[1], RateState::NotBilled));
    let image = rate_when(&change, Meter::Images, &quality("high"));
    assert!(matches!(image.sides[0], RateState::NotBilled));
    assert_eq!(price(&image.sides[1]), dec("0.128"));
    assert!(change.rates.changed.iter().all(|rate| rate.difference.is_none()));
    let cost = change.cost.expect("a cost");
    assert_eq!(cost.difference, Some(dec("0.128") - dec("0.21105")));
}

#[test]
fn a_moved_list_shows_up_on_the_tables_that_rest_on_it() {
    let list = version(
        "from: 2026-01-01, until: 2026-06-01, currency: USD",
        "rates: [{meter: images, price: \"0.10\", per: 1}], not_billed: [tokens, calls]",
    ) + &version(
        "from: 2026-06-01, currency: USD",
        "rates: [{meter: images, price: \"0.12\", per: 1}], not_billed: [tokens, calls]",
    );
    let resale = version(
        "from: 2026-01-01, currency: USD",
        "basis: {route: provider/acme/list, factor: \"1.5\"}",
    );
    let catalog = with_acme(&[("list", &list), ("resale", &resale)]);
    let changes = between(&catalog, "2026-05-31", "2026-06-01");
    // 0.10 × 1.5 = 0.15 and 0.12 × 1.5 = 0.18: 0.03 more, a fifth of 0.15.
    let resale = rate(route(&changes, "provider/acme/resale"), Meter::Images);
    assert_eq!((price(&resale.sides[0]), price(&resale.sides[1])), (dec("0.15"), dec("0.18")));
    assert_eq!(difference(resale), (dec("0.03"), Some(dec("0.2"))));
}

#[test]
fn a_credit_that_is_worth_more_moves_every_price_in_it() {
    let at = |value: &str| {
        format!(
            "credit: {{name: credit, usd_each: \"{value}\"}}, rates: [{{meter: calls, price: \"6\", per: 1}}], not_billed: [tokens, images]"
        )
    };
    let versions = version("from: 2026-01-01, until: 2026-06-01", &at("0.005"))
        + &version("from: 2026-06-01", &at("0.006"));
    let catalog = with_acme(&[("credits", &versions)]);
    let changes = between(&catalog, "2026-05-31", "2026-06-01");
    let change = route(&changes, "provider/acme/credits");
    assert!(matches!(change.details[..], [DetailChange::Unit(_)]));
    // 6 credits on both days: 6 × $0.005 = $0.03, then 6 × $0.006 = $0.036.
    assert_eq!(difference(rate(change, Meter::Calls)), (dec("0.006"), Some(dec("0.2"))));
}

#[test]
fn a_price_that_splits_by_quality_is_compared_quality_by_quality() {
    let flat = "currency: USD, rates: [{meter: images, price: \"0.10\", per: 1}], not_billed: [tokens, calls]";
    let split = "currency: USD, rates: [{meter: images, price: \"0.05\", per: 1, when: {quality: low}}, {meter: images, price: \"0.10\", per: 1, when: {quality: medium}}], not_billed: [tokens, calls]";
    let catalog = with_acme(&[
        ("flat", &version("from: 2026-01-01", flat)),
        ("split", &version("from: 2026-01-01", split)),
    ]);
    let change = of_routes(&catalog, "acme/flat", "acme/split", None);
    let low = rate_when(&change, Meter::Images, &quality("low"));
    // The flat price counts for low as well: 0.05 − 0.10 = −0.05, half of it.
    assert_eq!(difference(low), (dec("-0.05"), Some(dec("-0.5"))));
    let medium = |rate: &RateChange| rate.when == quality("medium");
    assert!(!change.rates.changed.iter().any(medium), "medium costs the same");
    let otherwise = rate(&change, Meter::Images);
    assert!(matches!(otherwise.sides[1], RateState::ByCondition), "high has no price any more");
}

#[test]
fn the_scale_of_a_price_is_no_difference() {
    let by = |price: &str, per: &str| {
        format!("currency: USD, rates: [{{meter: image_output, price: \"{price}\", per: {per}}}]")
    };
    let catalog = with_acme(&[
        ("thousand", &version("from: 2026-01-01", &by("0.03", "1K"))),
        ("million", &version("from: 2026-01-01", &by("30", "1M"))),
    ]);
    let change = of_routes(&catalog, "acme/thousand", "acme/million", None);
    assert!(change.rates.changed.is_empty(), "0.03 × 1,000 = 30");
    assert!(!change.differs());
}

#[test]
fn the_order_of_two_rates_that_can_both_hold_is_a_difference() {
    let high = "{meter: images, price: \"0.2\", per: 1, when: {quality: high}}";
    let square = "{meter: images, price: \"0.1\", per: 1, when: {aspect: square}}";
    let rates = |first: &str, second: &str| {
        let rest =
            format!("currency: USD, rates: [{first}, {second}], not_billed: [tokens, calls]");
        version("from: 2026-01-01", &rest)
    };
    let catalog = with_acme(&[("a", &rates(high, square)), ("b", &rates(square, high))]);
    let change = of_routes(&catalog, "acme/a", "acme/b", None);
    let moved = rate_when(&change, Meter::Images, &quality("high"));
    assert_eq!(price(&moved.sides[0]), dec("0.2"), "the first that fits counts");
    let RateState::Depends(prices) = &moved.sides[1] else { panic!("{moved:?}") };
    let prices: Vec<Decimal> = prices.iter().map(|rate| rate.price).collect();
    assert_eq!(prices, [dec("0.1"), dec("0.2")], "0.1 for a square, else 0.2");
}

#[test]
fn a_second_list_is_a_difference_of_its_own() {
    let list = |price: &str| format!("[{{meter: images, price: \"{price}\", per: 1}}]");
    let rest =
        |lists: &str| format!("currency: USD, cheapest_of: [{lists}], not_billed: [tokens, calls]");
    let one = version("from: 2026-01-01", &rest(&list("0.2")));
    let two = version("from: 2026-01-01", &rest(&format!("{}, {}", list("0.2"), list("0.1"))));
    let catalog = with_acme(&[("one", &one), ("two", &two)]);
    let change = of_routes(&catalog, "acme/one", "acme/two", None);
    assert!(matches!(change.details[..], [DetailChange::Lists([1, 2])]));
    let second = rate(&change, Meter::Images);
    assert_eq!((second.list, price(&second.sides[1])), (Some(2), dec("0.1")));
    assert!(matches!(second.sides[0], RateState::OtherList));
}

#[test]
fn a_price_of_no_known_value_is_shown_without_a_difference() {
    let in_credits = "credit: {name: credit}, rates: [{meter: images, price: \"5\", per: 1}], not_billed: [tokens, calls]";
    let in_dollars = "currency: USD, rates: [{meter: images, price: \"5\", per: 1}], not_billed: [tokens, calls]";
    let catalog = with_acme(&[
        ("credits", &version("from: 2026-01-01", in_credits)),
        ("dollars", &version("from: 2026-01-01", in_dollars)),
    ]);
    let change = of_routes(&catalog, "acme/credits", "acme/dollars", Some(high()));
    assert_eq!(rate(&change, Meter::Images).difference, None, "5 credits are not $5");
    let cost = change.cost.expect("a cost");
    assert_eq!((cost.difference, cost.relative), (None, None));
}

#[test]
fn two_models_make_two_products_whose_costs_are_not_compared() {
    let catalog = Catalog::shipped();
    let change =
        of_routes(&catalog, "openai/gpt-image-2", "openai/gpt-image-2.5-flare", Some(high()));
    let cost = change.cost.expect("costs of both");
    assert!(cost.sides.iter().all(Result::is_ok));
    assert_eq!(cost.difference, None, "the same quality is not the same picture");
}

#[test]
fn a_volume_counts_the_attempts_that_it_takes() {
    let work = Work { terms: Terms { accepted_images: Some(1_000), ..terms(TODAY) }, ..high() };
    let catalog = Catalog::shipped();
    let change = of_routes(&catalog, "openai/gpt-image-2", "therouter/gpt-image-2", Some(work));
    // 1,000 × 0.04221
    assert_eq!(change.cost.expect("a cost").difference, Some(dec("42.21")));
}

#[test]
fn a_shutdown_between_the_days_ends_the_makers_route() {
    let changes = between(&Catalog::shipped(), "2026-10-22", "2026-10-23");
    let ended: Vec<&str> = changes.shutdowns.iter().map(|model| model.id.as_str()).collect();
    assert_eq!(ended, ["gpt-image-1"]);
    assert_eq!(route(&changes, "official/openai/gpt-image-1").priced_sides(), PricedSides::Ends);
    let before = between(&Catalog::shipped(), "2026-10-21", "2026-10-22");
    assert!(before.shutdowns.is_empty(), "the day before the last is like the last");
}

#[test]
fn two_folders_differ_in_routes_versions_and_models() {
    let catalog = |price: &str, source: &str, more: Option<&str>| {
        let old = version(
            "from: 2026-01-01, until: 2026-02-01, currency: USD",
            "rates: [{meter: images, price: \"0.2\", per: 1}], not_billed: [tokens, calls]",
        );
        let now = version(
            "from: 2026-02-01, currency: USD",
            &format!(
                "rates: [{{meter: images, price: \"{price}\", per: 1}}], not_billed: [tokens, calls]"
            ),
        );
        let versions = old.replace("made up", source) + &now;
        let both = [("one", versions.as_str()), (more.unwrap_or("one"), versions.as_str())];
        with_acme(if more.is_some() { &both } else { &both[..1] })
    };
    let (a, b) = (catalog("0.1", "a mail", None), catalog("0.15", "a call", Some("two")));
    let changes = compared(Sides::Catalogs([&a, &b], day(TODAY)), None);
    assert_eq!(changes.routes.len(), 2, "the shipped tables are the same");
    let one = route(&changes, "provider/acme/one");
    assert_eq!(difference(rate(one, Meter::Images)), (dec("0.05"), Some(dec("0.5"))));
    let what: Vec<What> = one.versions.iter().map(|version| version.what).collect();
    assert_eq!(what, [What::Evidence, What::Content], "an older version has another source");
    assert_eq!(route(&changes, "provider/acme/two").priced_sides(), PricedSides::Starts);
}

// ---- laws

/// A day from the launch of the oldest table to a while after today.
fn a_day() -> impl Strategy<Value = String> {
    (0_i64..700).prop_map(|days| (day("2025-04-01") + chrono::Days::new(days as u64)).to_string())
}

fn json_of(sides: Sides) -> Value {
    use imgcost::report::{
        Format,
        price_changes::{View, report},
        render,
    };
    let labels = sides.days().map(|day| day.to_string());
    let changes = compared(sides, None);
    let view = View { labels, today: day(TODAY) };
    let text =
        render(&report(&changes, &sides, &view), Format::Json, &imgcost::report::Page::new(100));
    serde_json::from_str(&text).expect("an object")
}

/// The same key of the other side: `b` of `a`, `cost_b_low_usd` of `cost_a_low_usd`.
fn of_the_other_side(key: &str) -> String {
    if key.starts_with("b_minus_a") {
        return key.to_owned();
    }
    let swapped = |part: &str| match part {
        "a" => "b".to_owned(),
        "b" => "a".to_owned(),
        other => other.to_owned(),
    };
    key.split('_').map(swapped).collect::<Vec<_>>().join("_")
}

/// An object with its sides swapped: what stands under `a` under `b`, and differences negated.
fn mirrored(value: &Value) -> Value {
    let word = |text: &str| match text {
        "starts" => "ends".to_owned(),
        "ends" => "starts".to_owned(),
        "only_a" => "only_b".to_owned(),
        "only_b" => "only_a".to_owned(),
        other => other.to_owned(),
    };
    match value {
        Value::Object(object) => {
            let pair = |(key, value): (&String, &Value)| match (key.as_str(), value) {
                ("b_minus_a", Value::String(amount)) => {
                    let negated = -dec(amount);
                    (key.clone(), Value::String(negated.to_string()))
                }
                // A share of A on one side is a share of B on the other.
                ("relative_change" | "assumptions", _) => (key.clone(), Value::Null),
                (key, value) => (of_the_other_side(key), mirrored(value)),
            };
            let mut pairs: Vec<(String, Value)> = object.iter().map(pair).collect();
            pairs.sort_by(|a, b| a.0.cmp(&b.0));
            Value::Object(pairs.into_iter().collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(mirrored).collect()),
        Value::String(text) => Value::String(word(text)),
        other => other.clone(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_day_does_not_differ_from_itself(any in a_day()) {
        let changes = between(&Catalog::shipped(), &any, &any);
        prop_assert!(!changes.anything());
        prop_assert!(changes.routes.is_empty() && changes.shutdowns.is_empty());
    }

    #[test]
    fn to_swap_the_days_mirrors_what_changed(a in a_day(), b in a_day()) {
        let catalog = Catalog::shipped();
        let there = json_of(Sides::Days(&catalog, [day(&a), day(&b)]));
        let back = json_of(Sides::Days(&catalog, [day(&b), day(&a)]));
        prop_assert_eq!(mirrored(&there), mirrored(&mirrored(&back)));
    }

    #[test]
    fn to_swap_the_routes_mirrors_what_differs(a in any::<prop::sample::Index>(), b in any::<prop::sample::Index>()) {
        let catalog = Catalog::shipped();
        let ids: Vec<String> = catalog.route_ids().iter().map(|id| id.to_string()).collect();
        let (a, b) = (a.get(&ids).as_str(), b.get(&ids).as_str());
        let there = json_of(Sides::Routes(&catalog, [a, b], day(TODAY)));
        let back = json_of(Sides::Routes(&catalog, [b, a], day(TODAY)));
        prop_assert_eq!(mirrored(&there), mirrored(&mirrored(&back)));
        if a == b {
            prop_assert_eq!(&there["differs"], &Value::Bool(false));
        }
    }
}

// ---- as a reader sees it

fn diff(arguments: &[&str]) -> Run {
    run(&[&["prices", "diff"], arguments].concat())
}

fn printed(arguments: &[&str]) -> String {
    let run = diff(arguments);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    run.stdout
}

/// The day on which the output rate of this route rose, and the one before.
const COMFY: [&str; 4] = ["2026-08-06", "2026-08-07", "--routes", "comfy-org/gpt-image-2"];

const HIGH: [&str; 4] = ["--quality", "high", "--prompt-tokens", "60"];

fn with_high<'a>(arguments: &[&'a str]) -> Vec<&'a str> {
    [arguments, &HIGH].concat()
}

#[test]
fn days() {
    let some = "openai/gpt-image-1,openai/gpt-image-2,openai/gpt-image-2.5-flare,\
                openai/chatgpt-image-latest,openai/chatgpt-plus";
    let openai = ["2026-05-08", TODAY, "--routes", some];
    assert_matches_snapshot!("prices_diff__days", printed(&with_high(&openai)));
    let comfy = [&COMFY[..], &["--images", "12000", "--acceptance", "70%"]].concat();
    assert_matches_snapshot!("prices_diff__volume", printed(&with_high(&comfy)));
    let markdown = printed(&[&COMFY[..], &["--format", "markdown"]].concat());
    assert_matches_snapshot!("prices_diff__markdown", markdown);
}

#[test]
fn no_rate_moved_is_said_plainly() {
    let same = printed(&["2026-11-19", "2026-11-20", "--routes", "openai/gpt-image-2"]);
    assert!(same.contains("No rate moved."), "{same}");
    assert_matches_snapshot!("prices_diff__nothing", same);
}

#[test]
fn a_future_day_is_an_assumption() {
    let ahead =
        run(&["prices", "diff", "2026-11-20", "2199-01-01", "--routes", "openai/gpt-image-2"]);
    assert!(ahead.stdout.contains("Assumed:\n- the prices of 2199-01-01 are those known on "));
}

#[test]
fn routes() {
    let of = |b: &str| printed(&with_high(&["openai/gpt-image-2", b, "--as-of", TODAY]));
    assert_matches_snapshot!("prices_diff__factor", of("therouter/gpt-image-2"));
    assert_matches_snapshot!("prices_diff__per_image", of("replicate/gpt-image-2"));
    assert_matches_snapshot!("prices_diff__credits", of("comfy-org/gpt-image-2"));
    assert_matches_snapshot!("prices_diff__models", of("openai/gpt-image-2.5-flare"));
    let columns =
        ["prices", "diff", "openai/gpt-image-2", "comfy-org/gpt-image-2", "--as-of", TODAY];
    assert_matches_snapshot!("prices_diff__credits_80", run_at(80, &columns).stdout);
}

#[test]
fn files_for_spreadsheets_and_programs() {
    let csv = printed(&[&with_high(&COMFY)[..], &["--format", "csv"]].concat());
    assert_matches_snapshot!("prices_diff__csv", csv.as_str());
    let plain = printed(&[&COMFY[..], &["--format", "csv"]].concat());
    assert_eq!(plain.lines().next(), csv.lines().next(), "headings depend on the command alone");
    let mut json = diff(&[&with_high(&COMFY)[..], &["--format", "json"]].concat()).json();
    json["catalog_digest"] = "(digest)".into();
    for side in ["a", "b"] {
        json[side]["catalog_digest"] = "(digest)".into();
    }
    let text = serde_json::to_string_pretty(&json).expect("JSON");
    assert_matches_snapshot!("prices_diff__json", text);
}

#[test]
fn whole_catalogues_as_folders() {
    let folder = tempfile::tempdir().expect("a folder");
    let (old, new) = (folder.path().join("old"), folder.path().join("new"));
    let pricing = Path::new(env!("CARGO_MANIFEST_DIR")).join("pricing");
    common::copied(&pricing, &old);
    common::copied(&pricing, &new);
    let path = new.join("provider/replicate/gpt-image-2.yaml");
    let text = fs::read_to_string(&path).expect("a table").replace("\"0.128\"", "\"0.14\"");
    fs::write(path, text).expect("a table");
    fs::remove_file(new.join("provider/vercel/gpt-image-2.yaml")).expect("it was there");
    let (old, new) = (old.to_str().expect("UTF-8"), new.to_str().expect("UTF-8"));
    let routes = "replicate/gpt-image-2,vercel/gpt-image-2";
    let folders = [old, new, "--as-of", TODAY, "--routes", routes];
    let shown = printed(&with_high(&folders));
    // How the title is wrapped depends on the length of the paths.
    let (title, shown) = shown.split_once("\n\n").expect("a title");
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(title.ends_with("on 2026-11-21: 1 of 2 routes changed, 1 ends, before tax"), "{title}");
    assert_matches_snapshot!("prices_diff__folders", shown.replace(old, "old").replace(new, "new"));
    // A whole catalogue against tables beside the shipped ones: the official tables are the same.
    let own = printed(&[old, "fixtures/pricing/valid", "--as-of", TODAY, "--owners", "openai"]);
    assert!(own.contains("No rate moved."), "{own}");
}

/// The factor of high goes from 96 to 100: an image of 1024 × 1024 has 7,622 tokens in place of 7,024.
#[test]
fn a_model_or_a_term_that_differs_is_priced_on_both_sides() {
    let folder = tempfile::tempdir().expect("a folder");
    let (old, new) = (folder.path().join("old"), folder.path().join("new"));
    common::copy_tables(&old);
    common::copy_tables(&new);
    let changed = |table: &str, from: &str, to: &str| {
        let text = fs::read_to_string(old.join(table)).expect("a table");
        assert!(text.contains(from), "{table}");
        fs::write(new.join(table), text.replacen(from, to, 1)).expect("a table");
    };
    let cost = |routes: &str, more: &[&str]| {
        let [old, new] = [&old, &new].map(|it| it.to_str().expect("UTF-8"));
        let args = [old, new, "--as-of", TODAY, "--routes", routes, "--format", "json"];
        let object = diff(&[&with_high(&args)[..], more].concat()).json();
        let rows = object["rows"].as_array().expect("rows").clone();
        rows.into_iter().find(|row| row["kind"] == "cost")
    };
    let routes = "official/openai/gpt-image-2";
    assert!(cost(routes, &[]).is_none(), "nothing differs");
    changed("models/gpt-image-2.yaml", "high: 96}", "high: 100}");
    let of_model = cost(routes, &[]).expect("a cost");
    let difference = of_model["b_minus_a"].as_str().expect("a number");
    // (7,622 − 7,024) × $30 ÷ 1,000,000 = $0.01794
    assert_eq!(difference, "0.01794", "{of_model:#}");
    changed("models/gpt-image-2.yaml", "high: 96}", "high: 96}");
    let open = "server_error: {charge: not_stated}";
    let charged = "server_error: {charge: all_meters, evidence: {source: \"a mail\", \
                   locators: not_recorded, seen: 2026-10-01, confidence: high}}";
    changed("official/openai/owner.yaml", open, charged);
    let of_term = cost(routes, &["--failure-rate", "5%"]).expect("a cost");
    assert!(of_term["reason_codes_a"] != of_term["reason_codes_b"], "{of_term:#}");
}

#[test]
fn an_exit_code_for_a_gate() {
    let code = |a: &str, b: &str, more: &[&str]| diff(&[&[a, b], more].concat()).code;
    assert_eq!(code("2026-08-06", "2026-08-07", &[]), 0);
    assert_eq!(code("2026-08-06", "2026-08-07", &["--exit-code"]), 1);
    assert_eq!(code("2026-11-18", "2026-11-19", &["--exit-code"]), 0);
}

#[test]
fn what_cannot_be_compared_is_refused() {
    let refused = [
        vec!["2026-11-20", "openai/gpt-image-2"],
        vec!["openai/gpt-image-2", "fixtures/pricing/valid"],
        vec!["2026-11-31", "2026-11-30"],
        vec!["no-such/route", "openai/gpt-image-2"],
        vec!["2026-11-19", "2026-11-20", "--as-of", "2026-11-20"],
        vec!["openai/gpt-image-2", "fal/gpt-image-2", "--owners", "openai"],
        vec!["2026-11-19", "2026-11-20", "--owners", "opanai"],
        vec![
            "fixtures/pricing/valid",
            "fixtures/pricing/valid",
            "--pricing",
            "fixtures/pricing/valid",
        ],
    ];
    let shown = |arguments: &Vec<&str>| {
        let run = diff(arguments);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{arguments:?}");
        format!("$ imgcost prices diff {}\n{}", arguments.join(" "), run.stderr)
    };
    let all: Vec<String> = refused.iter().map(shown).collect();
    assert_matches_snapshot!("prices_diff__refused", all.join("\n"));
    let broken = "fixtures/pricing/invalid/bad-price";
    assert_eq!(diff(&[broken, "fixtures/pricing/valid"]).code, 3);
}

#[test]
fn help() {
    let help = diff(&["--help"]).stdout;
    let (own, shared) = help.split_once("\nRequest:").expect("flags that other commands share");
    let (_, examples) = shared.split_once("\nExamples:").expect("examples");
    assert_matches_snapshot!("prices_diff__help", format!("{own}\n…\nExamples:{examples}"));
}
