//! What holds of any bill beside any usage.

use std::collections::BTreeMap;
use std::sync::Arc;

use proptest::prelude::*;
use rust_decimal::Decimal;

use super::tests::day;
use super::*;
use crate::catalog::conditions::Processing;
use crate::unit::Meter;

fn dims() -> impl Strategy<Value = Dims> {
    let word = |all: &'static [&'static str]| {
        proptest::option::weighted(0.8, proptest::sample::select(all))
            .prop_map(|it| it.map(Arc::<str>::from))
    };
    let processing = proptest::option::of(proptest::sample::select(vec![
        Processing::Standard,
        Processing::Batch,
    ]));
    let meter = proptest::option::of(proptest::sample::select(vec![
        Meter::ImageInput,
        Meter::CachedImageInput,
        Meter::ImageOutput,
    ]));
    (word(&["posters", "shop"]), word(&["gpt-image-2", "gpt-image-1.5"]), processing, meter)
        .prop_map(|(project, model, processing, meter)| Dims {
            owner: Some("openai".into()),
            project,
            model,
            processing,
            meter,
        })
}

fn cents() -> impl Strategy<Value = Decimal> {
    (0..1_000_i64).prop_map(|cents| Decimal::new(cents, 2))
}

fn usage() -> impl Strategy<Value = Computed> {
    let quantity = proptest::option::of((1..2_000_u32).prop_map(Decimal::from));
    let causes = vec![Cause::Processing, Cause::CachedTokens, Cause::Price, Cause::FailedBilled];
    let otherwise =
        proptest::collection::btree_map(proptest::sample::select(causes), cents(), 0..3);
    let more = proptest::option::weighted(0.2, cents());
    (1..6_u32, dims(), quantity, cents(), otherwise, more).prop_map(
        |(at, dims, quantity, cost, otherwise, more)| Computed {
            day: day(at),
            dims,
            quantity,
            cost: match more {
                None => Figure::Exact(cost),
                Some(more) => {
                    Figure::range(cost, None, cost + more, crate::reason::Attempts::BilledShare)
                }
            },
            otherwise,
            rated_by: None,
        },
    )
}

fn line() -> impl Strategy<Value = BilledCost> {
    let quantity = proptest::option::of((1..2_000_u32).prop_map(Decimal::from));
    let kind = proptest::sample::select(BillKind::ALL.to_vec());
    let kind = prop_oneof![3 => Just(BillKind::Usage), 1 => kind];
    let amounts = (cents(), (-20..20_i64).prop_map(|cents| Decimal::new(cents, 2)), 0..2_i64);
    (1..6_u32, 1..3_u32, dims(), quantity, kind, amounts).prop_map(
        |(at, days, dims, quantity, kind, (amount, exchange, rounded))| BilledCost {
            day: day(at),
            until: day(at + days),
            dims,
            kind,
            quantity,
            amount,
            exchange,
            rounding: Decimal::new(5 * rounded, 3),
        },
    )
}

/// The lines of a bill that charges what the usage costs.
fn as_rated(usage: &[Computed]) -> Vec<BilledCost> {
    let line = |it: &Computed| BilledCost {
        day: it.day,
        until: it.day.succ_opt().expect("a day"),
        dims: it.dims.clone(),
        kind: BillKind::Usage,
        quantity: it.quantity,
        amount: it.cost.low(),
        exchange: Decimal::ZERO,
        rounding: Decimal::ZERO,
    };
    usage.iter().map(line).collect()
}

fn sum(all: impl IntoIterator<Item = Decimal>) -> Decimal {
    all.into_iter().sum()
}

fn held(usage: &[Computed], bill: &[BilledCost]) -> Reconciliation {
    reconcile(usage, bill).expect("fits")
}

fn is_charged(it: &&BilledCost) -> bool {
    it.kind != BillKind::Tax
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn causes_add_up_to_the_difference(
        usage in proptest::collection::vec(usage(), 0..14),
        bill in proptest::collection::vec(line(), 0..14),
    ) {
        let it = held(&usage, &bill);
        let rated = sum(usage.iter().map(|it| it.cost.low()));
        let billed = sum(bill.iter().filter(is_charged).map(|it| it.amount + it.exchange));
        prop_assert_eq!(it.difference, billed - rated);
        prop_assert_eq!(sum(it.differences.iter().map(|it| it.amount)), it.difference);
        prop_assert_eq!(sum(it.by_cause().expect("fits").into_iter().map(|(_, it)| it)), it.difference);
    }

    /// On each day of a bill of days, and of what each side says to be of a project.
    #[test]
    fn splitting_by_day_adds_up(
        usage in proptest::collection::vec(usage(), 0..14),
        bill in proptest::collection::vec(line(), 0..14),
    ) {
        let bill: Vec<BilledCost> = bill
            .into_iter()
            .map(|it| BilledCost { until: it.day.succ_opt().expect("a day"), ..it })
            .collect();
        let it = held(&usage, &bill);
        for at in (1..8).map(day) {
            let rated = sum(usage.iter().filter(|it| it.day == at).map(|it| it.cost.low()));
            let lines = bill.iter().filter(is_charged).filter(|it| it.day == at);
            let billed = sum(lines.map(|it| it.amount + it.exchange));
            let found = sum(it.differences.iter().filter(|it| it.day == at).map(|it| it.amount));
            prop_assert_eq!(found, billed - rated, "{}", at);
        }
    }

    #[test]
    fn splitting_by_project_adds_up_where_every_line_says_its_own(
        usage in proptest::collection::vec(usage(), 0..14),
        bill in proptest::collection::vec(line(), 0..14),
    ) {
        let named = |dims: &Dims| Dims {
            project: Some(dims.project.clone().unwrap_or_else(|| "rest".into())),
            ..dims.clone()
        };
        let usage: Vec<Computed> =
            usage.into_iter().map(|it| Computed { dims: named(&it.dims), ..it }).collect();
        let bill: Vec<BilledCost> =
            bill.into_iter().map(|it| BilledCost { dims: named(&it.dims), ..it }).collect();
        // Without usage nothing says what a project is.
        prop_assume!(!usage.is_empty());
        let it = held(&usage, &bill);
        for project in ["posters", "shop", "rest"] {
            let is_it = |dims: &Dims| dims.project.as_deref() == Some(project);
            let rated = sum(usage.iter().filter(|it| is_it(&it.dims)).map(|it| it.cost.low()));
            let lines = bill.iter().filter(is_charged).filter(|it| is_it(&it.dims));
            let billed = sum(lines.map(|it| it.amount + it.exchange));
            let found = it.differences.iter().filter(|it| is_it(&it.dims)).map(|it| it.amount);
            prop_assert_eq!(sum(found), billed - rated, "{}", project);
        }
    }

    #[test]
    fn the_order_does_not_matter(
        usage in proptest::collection::vec(usage(), 0..12),
        bill in proptest::collection::vec(line(), 0..12),
    ) {
        let it = held(&usage, &bill);
        let (mut usage, mut bill) = (usage, bill);
        usage.reverse();
        bill.reverse();
        prop_assert_eq!(held(&usage, &bill).differences, it.differences);
    }

    #[test]
    fn a_bill_equal_to_the_rated_usage_reconciles_to_zero(
        usage in proptest::collection::vec(usage(), 0..14),
        coarse in proptest::bool::ANY,
    ) {
        let mut bill = as_rated(&usage);
        if coarse {
            // A bill that says less than the usage, of all lines alike.
            for line in &mut bill {
                line.dims = Dims { owner: line.dims.owner.clone(), ..Dims::default() };
                line.quantity = None;
            }
        }
        let it = held(&usage, &bill);
        prop_assert_eq!(it.difference, Decimal::ZERO);
        prop_assert!(it.differences.is_empty(), "{:?}", it.differences);
        prop_assert!(it.coverage.is_none_or(|it| it == Decimal::ONE));
        let _: BTreeMap<Cause, Decimal> = it.by_cause().expect("fits").into_iter().collect();
    }

    /// Each reconciled by itself and all together come to the same, where nothing of them is alike.
    #[test]
    fn projects_by_themselves_add_up_to_all(
        usage in proptest::collection::vec(usage(), 1..10),
        bill in proptest::collection::vec(line(), 1..10),
    ) {
        let of = |dims: &Dims, project: &str| Dims { project: Some(project.into()), ..dims.clone() };
        let split = |project: &str| {
            let usage: Vec<Computed> = usage
                .iter()
                .map(|it| Computed { dims: of(&it.dims, project), ..it.clone() })
                .collect();
            let bill: Vec<BilledCost> = bill
                .iter()
                .map(|it| BilledCost { dims: of(&it.dims, project), ..it.clone() })
                .collect();
            (usage, bill)
        };
        let [(a_usage, a_bill), (b_usage, b_bill)] = ["a", "b"].map(split);
        let [a, b] = [held(&a_usage, &a_bill), held(&b_usage, &b_bill)];
        let both = held(&[a_usage, b_usage].concat(), &[a_bill, b_bill].concat());
        prop_assert_eq!(both.difference, a.difference + b.difference);
        for (cause, amount) in both.by_cause().expect("fits") {
            let of = |it: &Reconciliation| {
                let all = it.by_cause().expect("fits").into_iter();
                sum(all.filter(|(it, _)| *it == cause).map(|(_, it)| it))
            };
            prop_assert_eq!(amount, of(&a) + of(&b), "{:?}", cause);
        }
    }
}
