//! Law: a budget that is written and read again is the same budget.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use imgcost::attempts::{AttemptRates, Failures};
use imgcost::budget::{
    Assumption, Assumptions, Budget, Capacity, Changes, CostPer, Fallback, FallbackWhen, Images,
    Limit, MOST_SEATS, MOST_TRIALS, Month, OtherCost, RateChanges, RateSpread, Scenario, Scope,
    Seats, Spread, Step, Volume, Weights, Workload, file,
};
use imgcost::catalog::conditions::Processing;
use imgcost::catalog::funding::Payment;
use imgcost::catalog::terms::ChargeRule;
use imgcost::exchange::ExchangeRate;
use imgcost::rating::{AssumedPrice, AssumedRate};
use imgcost::request::{Draft, MainlineTurn, NamedFiles, Prompt};
use imgcost::unit::{Meter, Per};
use proptest::collection::{btree_map, btree_set, vec};
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;
use rust_decimal::Decimal;

/// Names that are hard on YAML: numbers, words that stand for values, marks, quotes.
const HARD: [&str; 13] =
    ["no", "null", "~", "1", "1e3", "- a", "a: b", "# a", "\"a\"", "'", "{a}", "a\\", "×"];

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        select(&HARD[..]).prop_map(str::to_owned),
        "[A-Za-z0-9äß&*!%@`,. #'\"-]{1,12}"
            .prop_map(|text| text.trim().to_owned())
            .prop_filter("not blank", |text| !text.is_empty()),
    ]
}

fn tag() -> impl Strategy<Value = String> {
    name().prop_map(|text| text.replace(':', ";"))
}

/// A percentage with up to four places, as a share.
fn share() -> impl Strategy<Value = Decimal> {
    (0..=1_000_000_i64).prop_map(|share| Decimal::new(share, 6))
}

fn amount() -> impl Strategy<Value = Decimal> {
    (0..=1_000_000_000_i64, 0..=12_u32).prop_map(|(digits, places)| Decimal::new(digits, places))
}

fn month() -> impl Strategy<Value = Month> {
    (0..24_u32).prop_map(|index| start().plus(index))
}

/// The first month of every budget here; each has 24.
fn start() -> Month {
    "2027-01".parse().expect("a month")
}

fn rates() -> impl Strategy<Value = AttemptRates> {
    let failures = (0..300_i64, 0..300_i64, 0..300_i64);
    (failures, of(1..=100_i64), 0..900_i64, of(1..=100_u64)).prop_map(
        |((failed, blocked, late), acceptance, attempts, maximum)| {
            let share = |thousandths| Decimal::new(thousandths, 3);
            let failures = Failures {
                failure_rate: share(failed),
                block_rate: share(blocked),
                timeout_rate: share(late),
            };
            let rates = match acceptance {
                Some(percent) => AttemptRates::with_acceptance(Decimal::new(percent, 2), failures),
                // At least 10% is delivered, so that ten attempts are enough.
                None => AttemptRates::with_attempts(Decimal::from(10 + attempts), failures),
            };
            let rates = rates.expect("rates");
            maximum.map_or(rates, |maximum| rates.giving_up_after(maximum).expect("a maximum"))
        },
    )
}

fn prompt() -> impl Strategy<Value = Prompt> {
    prop_oneof![
        any::<String>().prop_map(Prompt::Text),
        (0..1_000_000_u64).prop_map(Prompt::Tokens),
        (0..1_000_000_u64).prop_map(Prompt::BilledTokens),
    ]
}

fn draft() -> impl Strategy<Value = Draft> {
    let words = (of(name()), of(select(&["auto", "1024x1536"][..])), of(name()), of(prompt()));
    let images = vec(select(&["1024x1024", "unknown"][..]), 0..3);
    let counts = (of(0..10_u64), of(0..4_u64), of(0..99_u64), of(1..9_u32));
    let processing = of(select(Processing::ALL.to_vec()));
    (words, images, counts, processing, any::<bool>(), of(name())).prop_map(
        |((model, size, quality, prompt), images, counts, processing, edit, mainline)| {
            let (n, partial_images, tokens, turns) = counts;
            let image = |text: &str| {
                let known = text.parse();
                imgcost::request::InputImage::new(
                    text,
                    known.map_err(|_| imgcost::size::NoSize::SaidUnknown),
                )
            };
            let draft = Draft {
                model,
                size: size.map(str::to_owned),
                quality,
                n,
                prompt,
                edit,
                input_images: images.into_iter().map(image).collect(),
                partial_images,
                processing,
                cached_text_tokens: tokens,
                text_output_tokens: tokens,
                mainline: MainlineTurn {
                    model: mainline,
                    input_tokens: tokens,
                    ..MainlineTurn::default()
                },
                turns: turns.and_then(std::num::NonZeroU32::new),
                ..Draft::default()
            };
            file::kept(draft).0
        },
    )
}

fn step() -> impl Strategy<Value = Step> {
    (draft(), of(name()), of(name()), 1..=1000_u64, rates()).prop_map(
        |(draft, route, resolution, per_accepted, rates)| Step {
            draft,
            route,
            resolution,
            per_accepted,
            rates,
        },
    )
}

fn images() -> impl Strategy<Value = Images> {
    prop_oneof![
        (0..1_000_000_u64).prop_map(Images::exactly),
        (0..1000_u64, 0..1000_u64, 1..1000_u64, any::<bool>()).prop_map(
            |(low, more, most, known)| {
                let expected = known.then_some(low + more);
                Images { low, expected, high: low + more + most }
            }
        ),
    ]
}

fn volume() -> impl Strategy<Value = Volume> {
    prop_oneof![
        (images(), -1000..=500_i64, btree_map(1..=12_u32, 0..3000_i64, 0..4)).prop_map(
            |(first, growth, season)| {
                let factor = |(month, factor)| (month, Decimal::new(factor, 3));
                let season = season.into_iter().map(factor).collect();
                Volume::growing(first, Decimal::new(growth, 3)).in_season(season)
            }
        ),
        btree_map(month(), images(), 1..5).prop_map(|months| Volume::ByMonth(months.into())),
    ]
}

fn other_cost() -> impl Strategy<Value = OtherCost> {
    let months = of((0..12_u32, 0..12_u32));
    let tags = btree_map(tag(), name(), 0..2);
    (name(), 0..1_000_000_i64, select(CostPer::ALL.to_vec()), months, tags).prop_map(
        |(name, cents, per, months, tags)| {
            let month = |index| Some(start().plus(index));
            let [from, to] =
                months.map_or([None, None], |(first, more)| [first, first + more].map(month));
            OtherCost { from, to, tags, ..OtherCost::of(name, Decimal::new(cents, 2), per) }
        },
    )
}

/// Seats of a plan that is sold at two prices.
fn seats() -> impl Strategy<Value = Seats> {
    let offer = of(Just("Business, a seat paid by the year".to_owned()));
    (offer, 2..=MOST_SEATS, of(0..12_u32), btree_map(tag(), name(), 0..2)).prop_map(
        |(offer, number, first, tags)| Seats {
            plan: "openai/chatgpt-business".into(),
            paid: Some(if offer.is_some() { Payment::Yearly } else { Payment::Monthly }),
            offer,
            number,
            from: first.map(|index| start().plus(index)),
            to: None,
            tags,
        },
    )
}

fn assume() -> impl Strategy<Value = Assumptions> {
    let rule = || of(select(ChargeRule::ALL.to_vec()));
    (rule(), rule(), rule(), of(0..999_u64), vec(assumed_rate(), 0..2)).prop_map(
        |(failed, blocked, timeout, text_output_tokens, rates)| Assumptions {
            failed,
            blocked,
            timeout,
            text_output_tokens,
            rates,
        },
    )
}

fn assumed_rate() -> impl Strategy<Value = AssumedRate> {
    let price = (0..100_000_i64, select(Per::ALL.to_vec()));
    let price = price.prop_map(|(price, per)| AssumedPrice::Of(Decimal::new(price, 3), per));
    let price = prop_oneof![Just(AssumedPrice::AsStandard), price];
    (select(Meter::ALL.to_vec()), price).prop_map(|(meter, price)| AssumedRate {
        meter,
        processing: Processing::Batch,
        price,
    })
}

fn workload() -> impl Strategy<Value = Workload> {
    let fallback = (name(), btree_set(select(FallbackWhen::ALL.to_vec()), 1..4));
    let fallback = of(fallback.prop_map(|(route, when)| Fallback { route, when }));
    let months = prop_oneof![
        Just([None, None]),
        (0..12_u32, 0..12_u32)
            .prop_map(|(first, more)| [first, first + more].map(|index| Some(start().plus(index)))),
    ];
    let changes = vec((month(), (0..11_000_i64).prop_map(|it| Decimal::new(it, 3))), 0..3);
    let costs = vec(other_cost(), 0..3);
    let about = (months, btree_map(tag(), name(), 0..3), assume(), costs, changes);
    let steps = vec(step(), 1..3).prop_flat_map(|steps| {
        let spread = spread(&steps[steps.len() - 1].rates);
        (Just(steps), spread)
    });
    (name(), steps, fallback, volume(), about).prop_map(
        |(name, (steps, spread), fallback, volume, about)| {
            let ([from, to], tags, assume, other_costs, changes) = about;
            Workload {
                name,
                steps,
                fallback,
                volume,
                from,
                to,
                tags,
                assume,
                other_costs,
                price_changes: changes,
                spread,
            }
        },
    )
}

/// How sure the rates are about which the last step says what is likely.
fn spread(rates: &AttemptRates) -> BoxedStrategy<Spread> {
    let failures = rates.failures();
    let acceptance = match rates.acceptance() {
        Some(share) => rate_spread(share).boxed(),
        None => Just(None).boxed(),
    };
    let rates = (
        acceptance,
        rate_spread(failures.failure_rate),
        rate_spread(failures.block_rate),
        rate_spread(failures.timeout_rate),
    );
    let weights = (weights(), weights(), weights());
    (rates, weights)
        .prop_map(|((acceptance, failure_rate, block_rate, timeout_rate), weights)| {
            let (failed, blocked, timeout) = weights;
            Spread { acceptance, failure_rate, block_rate, timeout_rate, failed, blocked, timeout }
        })
        .boxed()
}

fn rate_spread(share: Decimal) -> impl Strategy<Value = Option<RateSpread>> {
    let range = (0..=100_i64, 0..=100_i64).prop_map(move |(below, above)| RateSpread::Range {
        low: share * Decimal::new(below, 2),
        high: share + (Decimal::ONE - share) * Decimal::new(above, 2),
    });
    of(prop_oneof![(1..=MOST_TRIALS).prop_map(|of| RateSpread::Sample { of }), range])
}

/// None, or shares that add up to the whole.
fn weights() -> impl Strategy<Value = Weights> {
    let charges = [ChargeRule::Free, ChargeRule::InputMeters, ChargeRule::AllMeters];
    let shares = (0..=1000_i64, 0..=1000_i64).prop_map(move |(a, b)| {
        let (first, second) = (a.min(b), a.max(b));
        let shares = [first, second - first, 1000 - second];
        charges.into_iter().zip(shares.map(|share| Decimal::new(share, 3))).collect()
    });
    prop_oneof![Just(Weights::new()), shares]
}

/// Changes that go with any rates: an acceptance, and a maximum.
fn changes() -> impl Strategy<Value = Changes> {
    let words = (of(name()), of(name()), of(name()), of(select(&["auto", "1024x1024"][..])));
    let factors = (of(0..=1_000_000_i64), of((month(), 0..11_000_i64)));
    let rates = (of(1..=100_i64), of(1..=100_u32));
    (words, factors, rates).prop_map(
        |((model, quality, route, size), (volume, price), (acceptance, maximum))| Changes {
            model,
            quality: Some(quality.unwrap_or_else(|| "low".into())),
            size: size.map(str::to_owned),
            processing: None,
            route,
            volume_factor: volume.map(|factor| Decimal::new(factor, 3)),
            rates: RateChanges {
                acceptance: acceptance.map(|percent| Decimal::new(percent, 2)),
                maximum,
                ..RateChanges::default()
            },
            from: price.map(|(from, _)| from),
            price_factor: price.map(|(_, factor)| Decimal::new(factor, 3)),
            ..Changes::default()
        },
    )
}

/// A limit with at least one amount.
fn amounts() -> impl Strategy<Value = [Option<Decimal>; 2]> {
    (amount(), of(amount()), any::<bool>())
        .prop_map(|(one, other, first)| if first { [Some(one), other] } else { [other, Some(one)] })
}

fn exchange_rate() -> impl Strategy<Value = ExchangeRate> {
    (1..10_000_000_i64, any::<bool>()).prop_map(|(rate, of_one)| match of_one {
        true => ExchangeRate::DollarsForOne(Decimal::new(rate, 6)),
        false => ExchangeRate::ForOneDollar(Decimal::new(rate, 6)),
    })
}

prop_compose! {
    fn budget()(
        mut workloads in vec(workload(), 1..4),
        scenarios in btree_map(name(), changes(), 0..3),
        fiscal_year_start in 1..=12_u32,
        margin in share(),
        fx in btree_map("[A-Z]{3}", exchange_rate(), 0..3),
        limits in vec(amounts(), 4),
        owner in name(),
        capacity in (of(name()), of(1..=2400_i64), of(100..=100_000_i64)),
        replacements in btree_map(name(), name(), 0..3),
        assumptions in vec(name(), 0..3),
        other_cost in of(amount()),
        seats in vec(seats(), 0..3),
        of_first in any::<bool>(),
    ) -> Budget {
        let mut seen = BTreeSet::new();
        workloads.retain(|workload| seen.insert(workload.name.clone()));
        let first = &workloads[0];
        let mut scopes = vec![Scope::Budget, Scope::Workload(first.name.clone()), Scope::Owner(owner)];
        scopes.extend(first.tags.iter().next().map(|(key, it)| Scope::Tag(key.clone(), it.clone())));
        // What a month may cost, a year may as well; what all months may, a quarter; and a month has a limit of its own.
        let limit = |(scope, [per_month, total]): (Scope, [Option<Decimal>; 2])| Limit {
            per_month,
            total,
            per_quarter: total,
            per_fiscal_year: per_month,
            months: per_month.into_iter().map(|amount| (start().plus(3), amount)).collect(),
            alert_at: total.iter().map(|_| Decimal::new(8, 1)).collect(),
            ..Limit::of(scope)
        };
        let named: BTreeSet<String> =
            workloads.iter().take(usize::from(of_first)).map(|it| it.name.clone()).collect();
        let scenario = |(name, changes): (String, Changes)| Scenario {
            name,
            changes: vec![
                Changes { workloads: named.clone(), steps: [1].into(), ..changes.clone() },
                Changes { from: Some(start().plus(2)), to: Some(start().plus(5)), ..changes },
            ],
        };
        let (tier, hours, peak) = capacity;
        Budget {
            start: start(),
            months: 24,
            part_of: None,
            fiscal_year_start,
            quoted: of_first,
            held_since: of_first.then(|| "2026-09-01".parse().expect("a day")),
            data_residency: of_first,
            fx: fx.into_iter().filter(|(code, _)| code != "USD").collect(),
            other_costs: other_cost
                .map(|amount| OtherCost::of("fonts", amount, CostPer::Month))
                .into_iter()
                .collect(),
            seats,
            limits: scopes.into_iter().zip(limits).map(limit).collect(),
            margin,
            capacity: Capacity {
                tier,
                hours_per_day: hours.map(|hours| Decimal::new(hours, 2)),
                peak_factor: peak.map(|factor| Decimal::new(factor, 2)),
            },
            scenarios: scenarios.into_iter().map(scenario).collect(),
            replacements: replacements
                .into_iter()
                .filter(|(old, new)| old != new)
                .collect::<BTreeMap<_, _>>(),
            assumptions: assumptions.into_iter().map(Assumption::Own).collect(),
            workloads,
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_budget_that_is_written_and_read_again_is_the_same(budget in budget()) {
        let text = file::write(&budget);
        let today = "2026-11-21".parse().expect("a day");
        let files = NamedFiles::of(Path::new(""), &[]);
        match file::read("budget.yaml", &text.as_str().into(), &files, today) {
            Ok(again) => prop_assert_eq!(budget, again, "{}", text),
            Err(problems) => {
                let said: Vec<String> = problems.iter().map(|it| it.one_line()).collect();
                prop_assert!(false, "{}\n{}", said.join("\n"), text);
            }
        }
    }
}

/// A line of the user's own is kept, though it says what a default says; the defaults themselves become keys.
#[test]
fn every_assumption_that_a_user_wrote_is_kept_in_a_budget_that_is_written() {
    let own = [
        "the margin is 10%",
        "posters: every attempt delivers an image that is accepted",
        "agreed with print on 2026-11-20",
    ];
    let lines: String = own.iter().map(|line| format!("  - \"{line}\"\n")).collect();
    let text = format!(
        "workloads:\n  - name: posters\n    request: {{size: 1024x1024, quality: high}}\n    accepted_images: 100\n\
         assumptions:\n{lines}"
    );
    let read = |text: &str| {
        let today = "2026-11-21".parse().expect("a day");
        let files = NamedFiles::of(Path::new(""), &[]);
        file::read("budget.yaml", &text.into(), &files, today).expect("a budget")
    };
    let defaults = |budget: &Budget| budget.assumptions.iter().filter(|it| it.is_default()).count();
    let budget = read(&text);
    assert_eq!(defaults(&budget), 6, "start, months, margin, fiscal years, rates and growth");
    let again = read(&file::write(&budget));
    assert_eq!(again.assumptions, own.map(|line| Assumption::Own(line.to_owned())));
}
