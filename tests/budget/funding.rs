//! How the unit is bought: amounts in the owner's currency, discounts on volume and credit that is given away, of a made-up
//! owner whose image costs $0.15.

use imgcost::budget::{Axis, cash as cash_of, compare, forecast};
use imgcost::catalog::Catalog;
use imgcost::estimate::{Terms, estimate_request};
use imgcost::exchange::{ExchangeRate, FxRates};
use imgcost::figure::Figure;
use imgcost::problem::ProblemCode;
use rust_decimal::Decimal;

use crate::acme::{self, dec, request};
use crate::builder::*;
use crate::common::{TODAY, day};

const FIFTEEN_CENTS: &str = r#"
    currency: USD
    rates: [{meter: images, price: "0.15", per: 1}]
    not_billed: [tokens, calls]"#;

fn funding(keys: &str) -> String {
    let evidence = "evidence: {source: \"made up\", seen: 2026-01-01, confidence: high}";
    format!("funding:\n{keys}\n  {evidence}\n")
}

fn catalog(keys: &str) -> Catalog {
    let files = acme::files(FIFTEEN_CENTS, &funding(keys));
    Catalog::shipped().with_files(files).unwrap_or_else(|problems| {
        panic!("{:#?}", problems.iter().map(|it| it.one_line()).collect::<Vec<_>>())
    })
}

fn euros_at(rate: &str) -> FxRates {
    FxRates::from([("EUR".to_owned(), ExchangeRate::DollarsForOne(dec(rate)))])
}

/// The cash for 1,000 images, which are worth $150, and what is said of it.
fn cash(keys: &str, fx: &FxRates) -> (Figure<Decimal>, String) {
    let terms = Terms { accepted_images: Some(1000), fx, ..acme::terms() };
    let estimate = estimate_request(&catalog(keys), &request("high", "1024x1024"), &terms);
    let purchase = estimate.expect("an estimate").purchase.expect("it is bought");
    (purchase.cash, purchase.notes[0].to_string())
}

#[test]
fn a_least_top_up_in_euros_takes_its_rate() {
    let (at_rate, said) = cash("  currency: EUR\n  minimum_top_up: \"250\"", &euros_at("1.08"));
    // The volume is worth $150; 250 euros are 250 × 1.08 = $270.
    assert_eq!(at_rate, Figure::Exact(dec("270")));
    assert!(said.contains("a least purchase of EUR 250; 1 EUR is taken as 1.08 USD"), "{said}");

    let (unknown, said_without) =
        cash("  currency: EUR\n  minimum_top_up: \"250\"", &FxRates::new());
    assert_eq!((unknown.low(), unknown.high()), (dec("150"), None), "at least what it is worth");
    assert!(unknown.reasons().in_words().contains("exchange rate"), "{unknown:?}");
    assert!(said_without.contains("no exchange rate of EUR is given"), "{said_without}");
}

#[test]
fn every_amount_of_money_needs_its_currency() {
    for keys in [
        "  minimum_top_up: \"250\"",
        "  purchase_fee: {percent: \"5\", minimum: \"1\", taken: on_top}",
        "  bonuses: [{from: \"50\", percent: \"5\"}]",
        "  volume_discount: {on: whole, tiers: [{from: \"50\", percent: \"5\"}]}",
        "  promotional_credits: [{amount: \"5\", given: once}]",
        "  subscriptions: [{name: Plus, price: \"20\", every: month}]",
        "  packs: [{price: \"9\", credits: \"500\"}]",
    ] {
        let files = acme::files(FIFTEEN_CENTS, &funding(keys));
        let problems = Catalog::shipped().with_files(files).err().expect(keys);
        let problem = problems.iter().next().expect("a problem");
        assert_eq!(problem.code, ProblemCode::MissingKey, "{keys}: {}", problem.one_line());
    }
    let _ = catalog("  purchase_fee: {percent: \"5\", taken: on_top}");
}

#[test]
fn a_discount_on_volume_is_of_a_months_use() {
    let keys = |on| {
        format!(
            "  currency: USD\n  volume_discount: {{on: {on}, tiers: [{{from: \"100\", percent: \"10\"}}]}}"
        )
    };
    // $150 × 0.90, or $100 and the $50 beyond × 0.90.
    assert_eq!(cash(&keys("whole"), &FxRates::new()).0, Figure::Exact(dec("135")));
    let (beyond, said) = cash(&keys("beyond"), &FxRates::new());
    assert_eq!(beyond, Figure::Exact(dec("145")));
    assert!(said.contains("the volume is taken as that of a month"), "{said}");
}

#[test]
fn a_comparison_of_routes_takes_the_discount_month_by_month() {
    let keys = "  currency: USD\n  volume_discount: {on: whole, tiers: [{from: \"100\", percent: \"10\"}]}";
    let files = acme::files(
        FIFTEEN_CENTS,
        &format!("size_honoured: yes\nquality_honoured: yes\n{}", funding(keys)),
    );
    let catalog = Catalog::shipped().with_files(files).expect("a catalogue");
    let work = accepted("posters", poster("gpt-image-2", "high"), 500);
    let axis = Axis::Routes(vec!["provider/acme/route".into()]);
    let found = compare(&catalog, &budget("2027-01", 2, vec![work]), &axis, day(TODAY));
    let cost = found.expect("a comparison").variants[0].cost.clone().expect("a number");
    // Two months of 500 × $0.15 = $75 reach no discount, though both together are worth $150.
    assert_eq!(cost.total.exact(), Some(dec("150")));
    assert_eq!(cost.cash.as_ref().and_then(|cash| cash.exact()), Some(dec("150")));
}

#[test]
fn a_forecast_says_what_each_months_credit_takes() {
    let keys = "  currency: USD\n  bonuses: [{from: \"50\", percent: \"25\"}]";
    let files = acme::files(FIFTEEN_CENTS, &funding(keys));
    let catalog = Catalog::shipped().with_files(files).expect("a catalogue");
    let of = |images| {
        let mut work = accepted("posters", poster("gpt-image-2", "high"), images);
        work.steps[0].route = Some("provider/acme/route".into());
        let budget = budget("2027-01", 2, vec![work]);
        let found = forecast(&catalog, &budget, day(TODAY)).expect("a forecast");
        cash_of(&found, &budget.fx).expect("fits").expect("it is bought")
    };
    // Two months of 500 × $0.15 = $75, for which $60 give 60 × 1.25.
    assert_eq!(of(500), Figure::Exact(dec("120")));
    // Two of $30, below the bonus.
    assert_eq!(of(200), Figure::Exact(dec("60")));
}

#[test]
fn credit_that_is_given_away_is_told_and_never_taken_off() {
    let keys = "  currency: USD\n  minimum_top_up: \"10\"\n  promotional_credits: [{amount: \"5\", given: \"once, to new accounts\", expires_after_days: 30}]";
    let (cash, said) = cash(keys, &FxRates::new());
    assert_eq!(cash, Figure::Exact(dec("150")));
    assert!(said.contains("a promotional credit of $5 not taken off"), "{said}");
}

#[test]
fn tiers_that_do_not_rise_are_refused() {
    let keys = "  currency: USD\n  volume_discount: {on: whole, tiers: [{from: \"500\", percent: \"10\"}, {from: \"100\", percent: \"5\"}]}";
    let files = acme::files(FIFTEEN_CENTS, &funding(keys));
    let problems = Catalog::shipped().with_files(files).err().expect("they fall");
    assert!(problems.iter().any(|it| it.message == "the tiers of a discount must rise"));
}
