//! What a row of a forecast is the product of, and what is no product.

use imgcost::budget::{
    Case, Charged, Fallback, FallbackWhen, Images, NotAProduct, Volume, Workload, WorkloadFactors,
    factors,
};

use crate::builder::*;
use crate::common::{TODAY, day};

fn high() -> imgcost::request::Draft {
    // 1024x1024 high of gpt-image-2: 7,024 output tokens × $30 + 66 text tokens × $5, each per million: $0.21105.
    request("gpt-image-2", "1024x1024", "high", 66)
}

fn of_all(workloads: Vec<Workload>) -> (Vec<WorkloadFactors>, imgcost::budget::Budget) {
    let budget = budget("2027-01", 3, workloads);
    let mut all = Vec::new();
    factors(&SHIPPED, &budget, day(TODAY), |it| all.push(it)).expect("priced");
    (all, budget)
}

#[test]
fn the_lines_of_a_call_are_quantities_times_rates() {
    let (all, _) = of_all(vec![workload("posters", high(), 1000, rates("0.7", "0.1"))]);
    let stretch = &all[0].steps[0].stretches[0];
    let call = stretch.call.as_ref().expect("a product");
    let lines: Vec<_> =
        call.lines.iter().map(|line| (line.quantity.low(), line.unit_price.price)).collect();
    assert_eq!(lines, [(66, dec("5")), (7024, dec("30"))]);
    // 0.00033 + 0.21072 = 0.21105.
    let usd = call.part(Charged::All, Case::High).expect("its price");
    assert_eq!(imgcost::fraction::to_decimal(&usd), Ok(dec("0.21105")));
    // Who pays for a failed call is not stated: nothing to all of it, and nothing is expected.
    let failed = call.undelivered[0];
    assert_eq!((failed.low, failed.high), (Charged::Nothing, Charged::All));
    let each = |end| stretch.each(end);
    // 1 ÷ (0.9 × 0.7) attempts × 0.21105 × 0.9 = 0.3015; with those that fail × 1 = 0.335.
    assert_eq!((each(Case::Low), each(Case::High)), (Some(dec("0.3015")), Some(dec("0.335"))));
    assert_eq!(each(Case::Expected), None);
}

#[test]
fn factors_multiply_to_the_cost_of_every_row_at_both_ends() {
    let mut growing = workload("growing", high(), 1000, rates("0.7", "0.1"));
    growing.volume =
        Volume::growing(Images { low: 900, expected: Some(1000), high: 1300 }, dec("0.03"));
    growing.price_changes = vec![(month("2027-02"), dec("0.9"))];
    let elsewhere =
        on("provider/replicate/gpt-image-2", workload("elsewhere", high(), 500, rates("1", "0")));
    let (all, budget) = of_all(vec![growing, elsewhere]);
    let rows: Vec<_> = of(&budget).rows().collect();
    assert_eq!(rows.len(), 6);
    for row in rows {
        let at =
            budget.workloads.iter().position(|it| *it.name == *row.workload).expect("its workload");
        let places = all[at].of_row(&budget.workloads[at], &row).expect("a product");
        for (end, cost) in [(Case::Low, Some(row.cost.low())), (Case::High, row.cost.high())] {
            let product =
                all[at].product(&budget.workloads[at], &row, (&places, end)).expect("a product");
            let off = (product - cost.expect("known")).abs();
            assert!(
                off <= dec("0.000000000001"),
                "{} {}: {product}, {cost:?}",
                row.workload,
                row.month
            );
        }
    }
}

#[test]
fn what_is_no_product_says_why() {
    let of_one = |workload: Workload| {
        let (all, budget) = of_all(vec![workload]);
        let row = of(&budget).rows().next().expect("a row");
        all[0].of_row(&budget.workloads[0], &row).err()
    };
    let plain = || workload("posters", high(), 1000, rates("0.7", "0"));
    assert_eq!(of_one(plain()), None);
    let mut given_up = plain();
    given_up.steps[0].rates = rates("0.7", "0").giving_up_after(3).expect("rates");
    assert_eq!(of_one(given_up), Some(NotAProduct::Maximum));
    let with = |when: FallbackWhen| {
        let route = "provider/replicate/gpt-image-2".to_owned();
        Workload { fallback: Some(Fallback { route, when: [when].into() }), ..plain() }
    };
    assert_eq!(of_one(with(FallbackWhen::Blocked)), Some(NotAProduct::SentOn));
    assert_eq!(of_one(with(FallbackWhen::OverLimit)), Some(NotAProduct::OverLimit));
}
