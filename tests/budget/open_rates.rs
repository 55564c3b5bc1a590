//! A rate that no source states: bounded by the standard one where the owner says that the processing is not dearer, or
//! settled by the user.

use std::path::Path;
use std::sync::Arc;

use imgcost::budget::file::{self, Rates};
use imgcost::budget::{
    Budget, Forecast, IdleReason, OfWorkload, PriceBasis, Written, forecast, idle_keys,
};
use imgcost::catalog::Catalog;
use imgcost::estimate::{Terms, estimate_request};
use imgcost::figure::Figure;
use imgcost::rating::{AssumedPrice, AssumedRate, FxRates};
use imgcost::request::NamedFiles;
use imgcost::unit::{Meter, Per};

use crate::acme;
use crate::builder::*;
use crate::common::{TODAY, day};

/// Acme states Batch for the image alone: $15 per 1M, half of its standard rate.
const RATES: &str = "
    from: 2026-01-01
    currency: USD
    rates:
      - {meter: text_input, price: \"5\", per: 1M}
      - {meter: image_output, price: \"30\", per: 1M}
      - {meter: image_output, price: \"15\", per: 1M, when: {processing: batch}}
    not_billed: [text_output, images, calls]";

const NOT_DEARER: &str = "at_most_standard:\n  - {processing: batch, evidence: {source: made up, seen: 2026-11-01, confidence: high}}\n";

fn catalog(of_owner: &str) -> Catalog {
    let mut files = acme::files(RATES, "");
    files[0].text = format!("name: Acme\n{of_owner}").as_str().into();
    Catalog::shipped().with_files(files).unwrap_or_else(|problems| panic!("{problems}"))
}

/// 350,000 images in a Batch, of 66 text tokens and 1,756 image tokens each.
/// Image: 350,000 × 1,756 × $15 / 1M = $9,219. Text at the standard rate: 350,000 × 66 × $5 / 1M = $115.50.
fn read(catalog: &Catalog, assume: &str) -> Budget {
    let text = format!(
        "start: 2026-12\nmonths: 1\nworkloads:\n  - name: shots\n    request: {{model: gpt-image-2, size: 1024x1024, quality: medium, billed_text_tokens: 66, processing: batch}}\n    route: provider/acme/route\n    accepted_images: 350000\n    growth: \"0%\"\n    attempts: {{acceptance: \"100%\"}}\n{assume}"
    );
    read_text(catalog, &text).unwrap_or_else(|problems| panic!("{problems}"))
}

fn read_text(
    catalog: &Catalog,
    text: &str,
) -> Result<Budget, imgcost::errors::Errors<imgcost::problem::Problem>> {
    let files = NamedFiles::of(Path::new(""), &[]);
    let none = FxRates::new();
    let rates = Rates { before: &none, after: &none };
    let text = Arc::from(text);
    file::read_at_rates("b.yaml", &text, (&files, catalog), day(TODAY), rates).map(|it| it.budget)
}

fn priced(catalog: &Catalog, assume: &str) -> Forecast {
    forecast(catalog, &read(catalog, assume), day(TODAY)).expect("a forecast")
}

#[test]
fn a_batch_rate_that_is_not_stated_is_unknown_or_at_most_the_standard_one() {
    let unknown = priced(&catalog(""), "").cost().expect("fits");
    assert_eq!((unknown.low(), unknown.high()), (dec("9219"), None));
    let bounded = priced(&catalog(NOT_DEARER), "").cost().expect("fits");
    assert_eq!((bounded.low(), bounded.high()), (dec("9219"), Some(dec("9334.5"))));
    assert_eq!(bounded.expected(), None, "never a midpoint");
    let codes: Vec<_> = bounded.reasons().codes().collect();
    assert_eq!(codes, ["at_most_standard_rate"]);
    // The same of one request: 1,756 × 15 / 1M = $0.02634, and up to 66 × 5 / 1M = $0.00033 more.
    let mut draft = poster("gpt-image-2", "medium");
    draft.processing = Some(imgcost::catalog::conditions::Processing::Batch);
    let terms = Terms { route: Some("provider/acme/route"), ..Terms::on(day(TODAY)) };
    let one = estimate_request(&catalog(NOT_DEARER), &draft, &terms).expect("an estimate");
    assert_eq!((one.total.low(), one.total.high()), (dec("0.02634"), Some(dec("0.02667"))));
    // A standard rate that is not stated is bounded by nothing.
    let rates = RATES.replace("      - {meter: text_input, price: \"5\", per: 1M}\n", "");
    let mut files = acme::files(&rates, "");
    files[0].text = format!("name: Acme\n{NOT_DEARER}").as_str().into();
    let without = Catalog::shipped().with_files(files).expect("a catalogue");
    assert_eq!(priced(&without, "").cost().expect("fits").high(), None);
}

#[test]
fn an_open_rate_is_what_the_user_takes_it_to_be() {
    let standard = "    assume: {rates: [{meter: text_input, processing: batch, as: standard}]}\n";
    for of_owner in ["", NOT_DEARER] {
        let found = priced(&catalog(of_owner), standard);
        assert_eq!(found.cost().expect("fits"), exact("9334.5"));
        assert_eq!(found.price_basis(), Some(PriceBasis::User));
        let said = found.assumptions.iter().find(|it| it.kind_code() == "rate_given");
        let expected = "the Batch rate of provider/acme/route for text input: the standard one, your own assumption";
        assert_eq!(said.map(ToString::to_string).as_deref(), Some(expected));
    }
    // 350,000 × 66 × $2.50 / 1M = $57.75, and $9,219.
    let price =
        "    assume: {rates: [{meter: text_input, processing: batch, price: \"2.50\", per: 1M}]}\n";
    let found = priced(&catalog(""), price);
    assert_eq!(found.cost().expect("fits"), exact("9276.75"));
    assert_eq!(found.price_basis(), Some(PriceBasis::User));
    // What is written is read again.
    let budget = read(&catalog(""), price);
    let again = read_text(&catalog(""), &file::write(&budget)).expect("a budget");
    assert_eq!(again.workloads, budget.workloads);
    let rate = AssumedRate {
        meter: Meter::TextInput,
        processing: imgcost::catalog::conditions::Processing::Batch,
        price: AssumedPrice::Of(dec("2.5"), Per::Million),
    };
    assert_eq!(again.workloads[0].assume.rates, [rate]);
}

#[test]
fn a_rate_that_is_stated_stands_and_one_that_settles_nothing_is_told() {
    let catalog = catalog("");
    let idle = |assume: &str| {
        let file = read(&catalog, assume);
        let written = Written {
            file: file.clone(),
            changes: Default::default(),
            own_currencies: Default::default(),
            given_rates: Default::default(),
            of_spreadsheet: 0,
            idle_of_reading: Vec::new(),
        };
        let found = idle_keys(&catalog, &written, &file, day(TODAY));
        found.into_iter().map(|it| (it.key, it.why)).collect::<Vec<_>>()
    };
    let told = |key: &str| vec![(key.to_owned(), IdleReason::RateNotOpen)];
    // The image has a Batch rate of its own, reference images are not sent, calls are not billed.
    let assume =
        "    assume: {rates: [{meter: image_output, processing: batch, price: \"1\", per: 1M}]}\n";
    assert_eq!(idle(assume), told("assume.rates[1] of shots"));
    assert_eq!(priced(&catalog, assume).cost().expect("fits").low(), dec("9219"));
    for meter in ["image_input", "calls"] {
        let rate = format!("{{meter: {meter}, processing: batch, price: \"1\", per: 1M}}");
        let text = "{meter: text_input, processing: batch, as: standard}";
        let assume = format!("    assume: {{rates: [{text}, {rate}]}}\n");
        assert_eq!(idle(&assume), told("assume.rates[2] of shots"), "{meter}");
        assert_eq!(priced(&catalog, &assume).cost().expect("fits"), exact("9334.5"));
    }
    let found = priced(&catalog, assume);
    let is_given = |it: &imgcost::budget::Assumption| {
        matches!(it, imgcost::budget::Assumption::OfWorkload(_, OfWorkload::Request(_)))
            && it.kind_code() == "rate_given"
    };
    assert!(!found.assumptions.iter().any(is_given), "what is not used is not taken for granted");
}

#[test]
fn an_assumed_rate_says_what_it_is_in_one_way() {
    let refused = |rate: &str| {
        let text = format!(
            "workloads:\n  - name: a\n    request: {{size: 1024x1024, quality: low}}\n    accepted_images: 1\n    assume: {{rates: [{rate}]}}\n"
        );
        let problems = read_text(&SHIPPED, &text).expect_err("a problem");
        problems.iter().map(|it| it.one_line()).collect::<Vec<_>>().join("\n")
    };
    for (rate, said) in [
        ("{meter: text_input, processing: batch}", "an assumed rate says what it is in one way"),
        (
            "{meter: text_input, processing: batch, price: \"1\"}",
            "an assumed rate says what it is in one way",
        ),
        (
            "{meter: text_input, processing: batch, as: standard, price: \"1\", per: 1M}",
            "an assumed rate says what it is in one way",
        ),
        ("{meter: text_input, as: standard}", "cannot be taken to be itself"),
        ("{meter: text_inputs, processing: batch, as: standard}", "`text_inputs` is not a meter"),
        (
            "{meter: text_input, processing: batch, as: batch}",
            "is not a rate that another can be taken to be",
        ),
    ] {
        let found = refused(rate);
        assert!(found.contains(said), "{rate}: {found}");
    }
}

#[test]
fn an_open_batch_of_the_shipped_tables_is_a_range() {
    // On 2026-05-01 no Batch rate of gpt-image-2 was stated: at most the standard $0.05301 of a poster.
    let mut draft = poster("gpt-image-2", "medium");
    draft.processing = Some(imgcost::catalog::conditions::Processing::Batch);
    let found = estimate_request(&SHIPPED, &draft, &Terms::on(day("2026-05-01"))).expect("priced");
    assert!(matches!(found.total, Figure::Range { .. }), "{:?}", found.total);
    assert_eq!((found.total.low(), found.total.high()), (dec("0"), Some(dec("0.05301"))));
}
