//! Laws that hold for every request: by random requests, and by every legal size of every model.

mod common;

use std::collections::BTreeMap;
use std::num::NonZeroU32;
use std::sync::{Arc, LazyLock};

use proptest::prelude::*;
use proptest::sample::{Index, select};
use rust_decimal::Decimal;

use imgcost::attempts::{AttemptRates, Failures};
use imgcost::catalog::Catalog;
use imgcost::catalog::conditions::Processing;
use imgcost::catalog::files::{TableFile, read_folder};
use imgcost::catalog::model::Model;
use imgcost::catalog::model_rules::{OutputRule, SizeRule};
use imgcost::catalog::sizes::legal_sizes;
use imgcost::estimate::ReplyContext;
use imgcost::estimate::{Estimate, Terms, estimate_request};
use imgcost::figure::Figure;
use imgcost::metering::meter;
use imgcost::rating::PriceTable;
use imgcost::request::{
    Draft, InputImage, MainlineTurn, Prompt, QualityChoice, Request, RequestError, SizeChoice,
    settle,
};
use imgcost::size::Size;
use imgcost::unit::Meter;

use serde_json::json;

use common::*;

/// How many sizes or resolutions some models can be asked for, and how many labels they have, as their makers state it.
const STATED: [(&str, usize, usize); 17] = [
    ("gpt-image-1", 3, 3),
    ("gpt-image-1-mini", 3, 3),
    ("gpt-image-1.5", 3, 3),
    ("chatgpt-image-latest", 3, 3),
    ("gpt-image-2", 29_146, 3),
    ("gpt-image-2.5-sunburst", 29_146, 5),
    ("gpt-image-2.5-flare", 29_146, 5),
    ("gpt-image-2.6-sunburst", 29_146, 5),
    ("gpt-image-2.6-flare", 29_146, 5),
    ("gemini-nano-banana-2.1", 3, 0),
    ("gemini-3-pro-image", 3, 0),
    ("gemini-3.1-flash-lite-image", 1, 0),
    ("gemini-2.5-flash-image", 0, 0),
    ("flux-3-image", 3, 0),
    ("grok-imagine-image", 2, 0),
    ("grok-imagine-image-2.0", 2, 2),
    ("ideogram-4.0", 0, 3),
];

static SHIPPED: LazyLock<Catalog> = LazyLock::new(Catalog::shipped);

/// Every image model of the catalogue: those that are shut down on [`TODAY`], and those that are not.
static MODELS: LazyLock<[Vec<Arc<Model>>; 2]> = LazyLock::new(|| {
    let models = SHIPPED.models().expect("good models");
    let of_images = models.into_iter().filter(|model| !model.rules.is_empty());
    let is_ended = |model: &Arc<Model>| {
        model.shutdown.as_ref().is_some_and(|shutdown| shutdown.on <= day(TODAY))
    };
    let (ended, live) = of_images.partition(is_ended);
    [ended, live]
});

/// What the maker of a model charges on [`TODAY`]; nothing where it publishes no price.
fn makers_table(model: &str) -> Option<PriceTable> {
    let model = SHIPPED.model(model).expect("a shipped model");
    let route = SHIPPED.route(&model.makers_route()).ok()?;
    PriceTable::of(&SHIPPED, route, day(TODAY)).ok()
}

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

/// What a model can be asked for as its size: legal sizes, or names of resolutions.
fn sizes_of(rule: &SizeRule) -> Vec<String> {
    match rule {
        SizeRule::Tiers(tiers) => tiers.clone(),
        rule => legal_sizes(rule).iter().map(ToString::to_string).collect(),
    }
}

fn a_size(model: &'static str) -> BoxedStrategy<Option<String>> {
    let sizes = sizes_of(&rules_on(model, TODAY).sizes.rule);
    if sizes.is_empty() {
        return Just(None).boxed();
    }
    prop_oneof![
        9 => any::<Index>().prop_map(move |index| Some(index.get(&sizes).clone())),
        1 => Just(Some("auto".to_owned())),
    ]
    .boxed()
}

fn a_quality(model: &'static str) -> BoxedStrategy<Option<String>> {
    let labels = rules_on(model, TODAY).labels().to_vec();
    if labels.is_empty() {
        return Just(None).boxed();
    }
    let auto = std::iter::once("auto".to_owned());
    select(labels.into_iter().chain(auto).map(Some).collect::<Vec<_>>()).boxed()
}

fn an_image() -> impl Strategy<Value = InputImage> {
    (1_u32..4_000, 1_u32..4_000)
        .prop_map(|(width, height)| InputImage::new("image", Ok(Size { width, height })))
}

/// Any request that a model takes, Batch only where it is offered.
fn a_request_of(model: &'static str) -> BoxedStrategy<Draft> {
    let table = makers_table(model).expect("a price of its maker");
    let is_offered = |processing: &Processing| {
        !table.version().not_offered.iter().any(|it| it.processing == Some(*processing))
    };
    let processing = select(Processing::ALL.into_iter().filter(is_offered).collect::<Vec<_>>());
    let images = prop::collection::vec(an_image(), 0..4);
    let partial = match rules_on(model, TODAY).partial_images {
        Some(partial) => 0..=u64::from(partial.max),
        None => 0..=0,
    };
    (a_size(model), a_quality(model), 1_u64..=10, 0_u64..100_000, images, partial, processing)
        .prop_map(move |(size, quality, n, tokens, input_images, partial_images, processing)| {
            Draft {
                model: Some(model.into()),
                size,
                quality,
                n: Some(n),
                prompt: Some(Prompt::Tokens(tokens)),
                input_images,
                partial_images: Some(partial_images),
                processing: Some(processing),
                ..Draft::default()
            }
        })
        .boxed()
}

fn a_request() -> impl Strategy<Value = Draft> {
    let [_, live] = &*MODELS;
    let priced = live.iter().filter(|model| makers_table(&model.id).is_some());
    prop::strategy::Union::new(priced.map(|model| a_request_of(&model.id)).collect::<Vec<_>>())
}

/// A share from 1% to 100%.
fn a_share() -> impl Strategy<Value = Decimal> {
    (1_i64..=100).prop_map(|percent| Decimal::new(percent, 2))
}

fn losing(failure_rate: Decimal, block_rate: Decimal) -> Failures {
    Failures { failure_rate, block_rate, ..Failures::NONE }
}

/// Shares of failed and blocked attempts, at most 98% together.
fn losses() -> impl Strategy<Value = (Decimal, Decimal)> {
    (0_i64..50, 0_i64..50).prop_map(|(a, b)| (Decimal::new(a, 2), Decimal::new(b, 2)))
}

fn priced(catalog: &Catalog, draft: &Draft, rates: AttemptRates) -> Estimate {
    let terms = Terms { rates, accepted_images: Some(1_000), ..terms(TODAY) };
    estimate_request(catalog, draft, &terms).expect("a legal request")
}

/// Every amount that an estimate states.
fn amounts(estimate: &Estimate) -> Vec<Figure<Decimal>> {
    let attempts = &estimate.attempts;
    let lines = estimate.charges.iter().map(|charge| charge.amount.clone());
    let volume = attempts.volume.iter().map(|volume| volume.total.clone());
    let results = [&estimate.total, &attempts.per_attempt, &attempts.per_accepted_image];
    lines.chain(volume).chain(results.into_iter().cloned()).collect()
}

fn in_order<T: PartialOrd + Copy + PartialEq>(figure: &Figure<T>) -> bool {
    let most = figure.high().is_none_or(|high| figure.low() <= high);
    let expected = figure.expected().is_none_or(|expected| {
        figure.low() <= expected && figure.high().is_none_or(|high| expected <= high)
    });
    most && expected
}

proptest! {
    #![proptest_config(config(128))]

    #[test]
    fn lines_sum_to_the_total(draft in a_request()) {
        let estimate = priced(&SHIPPED, &draft, AttemptRates::ONE_ATTEMPT);
        let low: Decimal = estimate.charges.iter().map(|charge| charge.amount.low()).sum();
        let high: Option<Decimal> = estimate.charges.iter().map(|charge| charge.amount.high()).sum();
        prop_assert_eq!((estimate.total.low(), estimate.total.high()), (low, high));
        let expected: Option<Decimal> =
            estimate.charges.iter().map(|charge| charge.amount.expected()).sum();
        prop_assert_eq!(estimate.total.expected(), expected);
    }

    #[test]
    fn the_counts_of_an_estimate_cost_the_same_as_a_reply(draft in a_request_of("gpt-image-2")) {
        // What a request leaves open, such as `auto` or a preview that may not arrive, a reply counts.
        let settled = |value: &Option<String>| value.clone().filter(|value| value != "auto");
        let (size, quality) = (settled(&draft.size), settled(&draft.quality));
        // References beyond 3:1 have a bound and no count.
        let is_counted = |image: &InputImage| {
            image.size.as_ref().is_ok_and(|size| size.long_edge() <= 3 * size.short_edge())
        };
        let input_images = draft.input_images.iter().filter(|image| is_counted(image)).cloned().collect();
        let draft = Draft { size, quality, input_images, partial_images: None, ..draft };
        let estimate = priced(&SHIPPED, &draft, AttemptRates::ONE_ATTEMPT);
        let exact = |meter: Meter| estimate.usage.count(meter).exact();
        let counts = [Meter::TextInput, Meter::ImageInput, Meter::ImageOutput].map(exact);
        let [text, image, output] = counts.map(|count| count.expect("a count that follows from a rule"));
        let images: Vec<_> = (0..draft.n.unwrap_or(1)).map(|_| json!({"b64_json": "x"})).collect();
        let reply = json!({
            "data": images,
            "usage": {
                "input_tokens": text + image,
                "input_tokens_details": {"text_tokens": text, "image_tokens": image},
                "output_tokens": output,
                "total_tokens": text + image + output,
            },
        });
        let context = ReplyContext {
            model: draft.model.clone(),
            processing: draft.processing,
            ..ReplyContext::default()
        };
        let rated = rate_reply(&reply.to_string(), &context, TODAY);
        prop_assert_eq!(rated.total, estimate.total);
    }

    #[test]
    fn each_exact_line_is_quantity_times_price(draft in a_request()) {
        for charge in priced(&SHIPPED, &draft, AttemptRates::ONE_ATTEMPT).charges {
            if let (Some(count), Some(price)) = (charge.quantity.count.exact(), charge.unit_price) {
                let by_hand = Decimal::from(count) * price.price / Decimal::from(price.per.count());
                prop_assert_eq!(charge.amount, Figure::Exact(by_hand));
            }
        }
    }

    #[test]
    fn low_expected_and_high_are_in_order(
        draft in a_request(), acceptance in a_share(), (failed, blocked) in losses(),
    ) {
        let rates = AttemptRates::with_acceptance(acceptance, losing(failed, blocked)).expect("rates");
        let estimate = priced(&SHIPPED, &draft, rates);
        for figure in amounts(&estimate) {
            prop_assert!(in_order(&figure), "{figure:?}");
        }
        for meter in Meter::ALL {
            let count = estimate.usage.count(meter);
            prop_assert!(in_order(&count), "{count:?}");
        }
    }

    #[test]
    fn full_acceptance_and_no_failures_is_the_plain_estimate(draft in a_request()) {
        let all = AttemptRates::with_acceptance(Decimal::ONE, Failures::NONE);
        let plain = priced(&SHIPPED, &draft, AttemptRates::ONE_ATTEMPT);
        let accepted = priced(&SHIPPED, &draft, all.expect("rates"));
        prop_assert_eq!(amounts(&plain), amounts(&accepted));
        let once = AttemptRates::with_attempts(Decimal::ONE, Failures::NONE);
        prop_assert_eq!(amounts(&plain), amounts(&priced(&SHIPPED, &draft, once.expect("rates"))));
        if draft.n == Some(1) {
            prop_assert_eq!(&plain.attempts.per_accepted_image, &plain.total);
        }
    }

    #[test]
    fn lower_acceptance_never_costs_less(draft in a_request(), a in a_share(), b in a_share()) {
        let at = |share| {
            let rates = AttemptRates::with_acceptance(share, Failures::NONE);
            priced(&SHIPPED, &draft, rates.expect("rates")).attempts.per_accepted_image
        };
        let (picky, easy) = (at(a.min(b)), at(a.max(b)));
        prop_assert!(picky.low() >= easy.low() && picky.high() >= easy.high());
    }

    #[test]
    fn a_dearer_price_never_costs_less(
        draft in prop_oneof![a_request_of("gpt-image-2"), a_request_of("gpt-image-1.5")],
        prices in prop::array::uniform6((0_i64..100_000, 0_i64..10_000)),
        acceptance in a_share(),
        (failed, blocked) in losses(),
    ) {
        let rates = AttemptRates::with_acceptance(acceptance, losing(failed, blocked)).expect("rates");
        let standard = Draft { processing: None, ..draft };
        let cheap = acme(prices.map(|(price, _)| Decimal::new(price, 3)));
        let dear = acme(prices.map(|(price, more)| Decimal::new(price + more, 3)));
        let on = |catalog| amounts(&priced(catalog, &standard, rates));
        for (cheap, dear) in on(&cheap).iter().zip(on(&dear)) {
            prop_assert!(cheap.low() <= dear.low(), "{cheap:?} {dear:?}");
            prop_assert!(cheap.expected() <= dear.expected(), "{cheap:?} {dear:?}");
            prop_assert!(cheap.high() <= dear.high(), "{cheap:?} {dear:?}");
        }
    }
}

/// A request of a model that a mainline model can call, and what that reads and writes.
fn a_conversation() -> impl Strategy<Value = Draft> {
    let request = prop_oneof![a_request_of("gpt-image-2"), a_request_of("gpt-image-2.5-flare")];
    (request, 0_u64..400_000, 0_u64..10_000).prop_map(|(draft, reads, writes)| {
        let mainline = MainlineTurn {
            model: Some("gpt-6-sol".into()),
            input_tokens: Some(reads),
            cached_tokens: None,
            output_tokens: Some(writes),
            text: None,
        };
        Draft { n: None, processing: None, mainline, ..draft }
    })
}

proptest! {
    #![proptest_config(config(64))]

    #[test]
    fn one_turn_is_the_request_and_each_later_turn_adds_the_same(draft in a_conversation()) {
        let of = |turns| {
            let draft = Draft { turns: NonZeroU32::new(turns), ..draft.clone() };
            priced(&SHIPPED, &draft, AttemptRates::ONE_ATTEMPT)
        };
        let plain = priced(&SHIPPED, &draft, AttemptRates::ONE_ATTEMPT);
        prop_assert_eq!(amounts(&of(1)), amounts(&plain));
        let totals = [1, 2, 3, 4].map(|turns| of(turns).total);
        let added = |value: fn(&Figure<Decimal>) -> Option<Decimal>| {
            let values = totals.each_ref().map(value);
            values.windows(2).map(|pair| Some(pair[1]? - pair[0]?)).collect::<Vec<_>>()
        };
        for added in [added(|total| Some(total.low())), added(Figure::high)] {
            prop_assert!(added.windows(2).skip(1).all(|pair| pair[0] == pair[1]), "{added:?}");
        }
        let lines: Decimal = of(3).charges.iter().map(|charge| charge.amount.low()).sum();
        prop_assert_eq!(totals[2].low(), lines);
    }
}

proptest! {
    #![proptest_config(config(12))]

    #[test]
    fn the_order_of_files_does_not_matter(
        files in Just(shipped_files()).prop_shuffle(), draft in a_request(),
    ) {
        let shuffled = Catalog::from_files(files).expect("good tables");
        let in_order = Catalog::from_files(shipped_files()).expect("good tables");
        prop_assert_eq!(shuffled.digest(), in_order.digest());
        prop_assert_eq!(shuffled.digest(), SHIPPED.digest());
        let on = |catalog| amounts(&priced(catalog, &draft, AttemptRates::ONE_ATTEMPT));
        prop_assert_eq!(on(&shuffled), on(&in_order));
        prop_assert_eq!(on(&shuffled), on(&SHIPPED));
    }
}

/// The files of `pricing/` as a user's own.
fn shipped_files() -> Vec<TableFile> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/pricing");
    read_folder(folder.as_ref()).expect("the shipped tables")
}

/// A catalogue of two models whose maker's routes have these prices per million, in the order of meters.
fn acme(prices: [Decimal; 6]) -> Catalog {
    let rate = |(meter, price): (&Meter, Decimal)| {
        format!("      - {{meter: {meter}, price: \"{price}\", per: 1M}}\n")
    };
    let rates: String = Meter::ALL.iter().zip(prices).map(rate).collect();
    let route = |model: &str| {
        let text = format!(
            "model: {model}\nalias: {model}\nendpoint: test\nbilling_unit: tokens\nversions:\n  \
             - from: 2026-01-01\n    currency: USD\n    evidence: {{source: test, seen: 2026-01-01, \
             confidence: low}}\n    rates:\n{rates}    not_billed: [images, calls]\n"
        );
        table_file(&format!("official/openai/{model}.yaml"), text)
    };
    let files = vec![
        table_file("models/gpt-image-2.yaml", include_str!("../pricing/models/gpt-image-2.yaml")),
        table_file(
            "models/gpt-image-1.5.yaml",
            include_str!("../pricing/models/gpt-image-1.5.yaml"),
        ),
        table_file("official/openai/owner.yaml", "name: OpenAI\n"),
        route("gpt-image-2"),
        route("gpt-image-1.5"),
    ];
    Catalog::from_files(files).expect("good tables")
}

#[test]
fn every_legal_size_of_every_model_meters_for_every_label() {
    let stated: BTreeMap<&str, (usize, usize)> =
        STATED.into_iter().map(|(model, sizes, labels)| (model, (sizes, sizes * labels))).collect();
    let counted: BTreeMap<&str, (usize, usize)> = std::thread::scope(|scope| {
        let models = MODELS.iter().flatten();
        let count = |model: &'static Arc<Model>| {
            (model.id.as_str(), scope.spawn(|| meter_everything(&model.id)))
        };
        let threads: Vec<_> = models.map(count).collect();
        threads.into_iter().map(|(id, it)| (id, it.join().expect("counts"))).collect()
    });
    for (model, counts) in stated {
        assert_eq!(counted.get(model), Some(&counts), "{model}");
    }
}

/// Meters every label at every size or resolution and returns how many there are of these, and of both.
/// A count is above zero and has a most; only a model that is not counted in tokens has none.
fn meter_everything(id: &str) -> (usize, usize) {
    let model = SHIPPED.model(id).expect("a shipped model");
    // Of a model that came later, the day on which its rules begin.
    let first = model.rules.first().map(|rules| rules.period.first);
    let today = day(TODAY).max(first.unwrap_or(day(TODAY)));
    let rules = rules_on(id, &today.to_string());
    let counted = |request: &Request| match &rules.output_tokens.rule {
        OutputRule::NotKnown(_) => false,
        // At the sizes whose count is known, and at no other.
        OutputRule::BySize(sizes, _) => {
            matches!(request.size, Some(SizeChoice::Exact(size)) if sizes.contains_key(&size))
        }
        _ => true,
    };
    let sizes = sizes_of(&rules.sizes.rule);
    let (mut request, _) = settle(&Draft::default(), &model, &rules, None, today).expect("legal");
    let check = |request: &Request, what: &str| {
        let count = meter(request, &rules).expect("counts").usage.count(Meter::ImageOutput);
        let known = count.low() > 0 && count.high().is_some();
        assert_eq!(known, counted(request), "{id} {what}: {count:?}");
    };
    check(&request, "as it comes");
    let labels: Vec<Option<QualityChoice>> = match rules.labels() {
        [] => vec![None],
        labels => labels.iter().map(|label| Some(QualityChoice::Label(label.clone()))).collect(),
    };
    for size in &sizes {
        for label in &labels {
            match size.parse() {
                Ok(size) => request.size = Some(SizeChoice::Exact(size)),
                Err(_) => request.resolution = Some(size.clone()),
            }
            request.quality = label.clone();
            check(&request, size);
        }
    }
    (sizes.len(), sizes.len() * rules.labels().len())
}

#[test]
fn a_model_that_its_maker_shut_down_is_priced_on_no_later_day() {
    let [ended, live] = &*MODELS;
    assert!(ended.len() > 5 && live.len() > 30, "{} and {}", ended.len(), live.len());
    for model in ended {
        let draft = Draft { model: Some(model.id.clone()), ..Draft::default() };
        let refused = refusal_on(&draft, TODAY);
        assert!(matches!(refused, RequestError::ShutDown { .. }), "{}: {refused}", model.id);
    }
}
