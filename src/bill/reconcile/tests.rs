//! Each cause alone and all together, by hand.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::*;
use crate::bill::{Reader, by_currency};
use crate::catalog::Catalog;
use crate::catalog::conditions::Processing;
use crate::exchange::parse_rate;
use crate::reason::Attempts;
use crate::unit::Meter;

pub(super) fn dec(text: &str) -> Decimal {
    Decimal::from_str_exact(text).expect("a decimal")
}

pub(super) fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 10, day).expect("a day")
}

fn dims(project: &str, processing: Option<Processing>, meter: Option<Meter>) -> Dims {
    Dims {
        owner: Some("openai".into()),
        project: (!project.is_empty()).then(|| project.into()),
        model: Some("gpt-image-2".into()),
        processing,
        meter,
    }
}

fn of_project(project: &str) -> Dims {
    dims(project, Some(Processing::Standard), None)
}

fn used(of: u32, dims: Dims, quantity: Option<u32>, cost: &str) -> Computed {
    Computed {
        day: day(of),
        dims,
        quantity: quantity.map(Into::into),
        cost: Figure::Exact(dec(cost)),
        otherwise: BTreeMap::new(),
        rated_by: Some("official/openai/gpt-image-2, 2026-05-09".into()),
    }
}

fn otherwise(it: Computed, cause: Cause, cost: &str) -> Computed {
    let mut it = it;
    it.otherwise.insert(cause, dec(cost));
    it
}

fn billed(of: u32, dims: Dims, quantity: Option<u32>, amount: &str) -> BilledCost {
    BilledCost {
        day: day(of),
        until: day(of + 1),
        dims,
        kind: BillKind::Usage,
        quantity: quantity.map(Into::into),
        amount: dec(amount),
        exchange: Decimal::ZERO,
        rounding: Decimal::ZERO,
    }
}

fn found(computed: &[Computed], billed: &[BilledCost]) -> Reconciliation {
    reconcile(computed, billed).expect("fits")
}

/// The causes with their sums.
fn causes(of: &Reconciliation) -> Vec<(Cause, Decimal)> {
    of.by_cause().expect("fits")
}

fn only(computed: &[Computed], billed: &[BilledCost]) -> Vec<(Cause, Decimal)> {
    causes(&found(computed, billed))
}

/// The usage behind the sample bill: 40 posters of 126 text tokens at $5 and 5,488 image tokens at $30 a million, 25 edits, and
/// 100 images by Batch at half the price.
fn usage_of_samples() -> Vec<Computed> {
    let of =
        |at: u32, project: &str, processing: Processing, meter: Meter, count: u32, cost: &str| {
            used(at, dims(project, Some(processing), Some(meter)), Some(count), cost)
        };
    let standard = Processing::Standard;
    vec![
        // 40 × 126 = 5,040 × 0.000005 = 0.0252; 40 × 5,488 = 219,520 × 0.00003 = 6.5856.
        of(12, "proj_posters", standard, Meter::TextInput, 5_040, "0.0252"),
        of(12, "proj_posters", standard, Meter::ImageOutput, 219_520, "6.5856"),
        // 2,400 × 0.000005; 48,640 × 0.000008; 15,360 × 0.000002; 34,300 × 0.00003.
        of(13, "proj_shop", standard, Meter::TextInput, 2_400, "0.012"),
        of(13, "proj_shop", standard, Meter::ImageInput, 48_640, "0.38912"),
        of(13, "proj_shop", standard, Meter::CachedImageInput, 15_360, "0.03072"),
        of(13, "proj_shop", standard, Meter::ImageOutput, 34_300, "1.029"),
        // 12,600 × 0.0000025; 137,200 × 0.000015.
        of(14, "proj_posters", Processing::Batch, Meter::TextInput, 12_600, "0.0315"),
        of(14, "proj_posters", Processing::Batch, Meter::ImageOutput, 137_200, "2.058"),
    ]
}

fn sample_bill() -> Vec<BilledCost> {
    let catalog = Catalog::shipped();
    let text = std::fs::read("fixtures/bills/openai_costs.json").expect("a fixture");
    let reader = Reader::new(&catalog, None).expect("rules");
    let read = reader.read("bill", &text[..], &mut |problem| panic!("{problem}")).expect("a bill");
    assert_eq!(by_currency(&read.lines).expect("fits")["USD"], dec("8.91114"));
    let (billed, without) = in_dollars(&read.lines, &BTreeMap::new()).expect("fits");
    assert!(without.is_empty());
    billed
}

/// Rated 10.16114, billed 8.91114: an adjustment of −1.25, Batch billed a day later, and nothing of price.
#[test]
fn the_sample_pair_reconciles_to_the_last_digit() {
    let it = found(&usage_of_samples(), &sample_bill());
    assert_eq!((it.computed.exact(), it.billed), (Some(dec("10.16114")), dec("8.91114")));
    assert_eq!(it.difference, dec("-1.25"));
    assert_eq!(
        causes(&it),
        [(Cause::DayShift, dec("0")), (Cause::FeeCreditAdjustment, dec("-1.25"))]
    );
    let shifted = |of: u32| {
        let of_day =
            it.differences.iter().filter(|it| it.cause == Cause::DayShift && it.day == day(of));
        of_day.map(|it| it.amount).sum::<Decimal>()
    };
    // 0.0315 + 2.058 = 2.0895 of the use on the 14th, billed on the 15th.
    assert_eq!((shifted(14), shifted(15)), (dec("-2.0895"), dec("2.0895")));
    // |8.91114 + 1.25 + 1.25| = 11.41114 is billed at all, and nothing is unexplained.
    assert_eq!((it.coverage, it.billed_at_all), (Some(Decimal::ONE), dec("11.41114")));
}

/// A bill that says no more than days: what is used on the 14th is 2.0895, and of the 15th 0.8395 is billed. That the one is the
/// other less an adjustment is not said, so that nothing is made of it.
#[test]
fn a_bill_by_day_is_not_forced_to_fit() {
    let of_day = |at: u32, amount: &str| billed(at, Dims::default(), None, amount);
    let bill = [of_day(12, "6.6108"), of_day(13, "1.46084"), of_day(15, "0.8395")];
    let found = only(&usage_of_samples(), &bill);
    assert_eq!(found, [(Cause::NotInUsage, dec("0.8395")), (Cause::NotInBill, dec("-2.0895"))]);
}

#[test]
fn what_one_side_does_not_have_is_told() {
    let usage = [used(1, of_project("a"), None, "3"), used(1, of_project("b"), None, "2")];
    let bill = [billed(1, of_project("a"), None, "3"), billed(1, of_project("c"), None, "5")];
    assert_eq!(only(&usage, &bill), [(Cause::NotInUsage, dec("5")), (Cause::NotInBill, dec("-2"))]);
}

/// 1,200 tokens are billed and 1,000 used at 0.03 / 1,000: 0.006 more; 800: 0.006 less.
#[test]
fn another_quantity_at_the_same_price_is_what_one_side_lacks() {
    let output = dims("a", None, Some(Meter::ImageOutput));
    let usage = [used(1, output.clone(), Some(1_000), "0.03")];
    let more = [billed(1, output.clone(), Some(1_200), "0.036")];
    assert_eq!(only(&usage, &more), [(Cause::NotInUsage, dec("0.006"))]);
    let fewer = [billed(1, output, Some(800), "0.024")];
    assert_eq!(only(&usage, &fewer), [(Cause::NotInBill, dec("-0.006"))]);
}

/// The edge of a time zone: of 5 a day 1 is billed on the next, and the 2 of the last one too.
#[test]
fn parts_of_days_move_to_the_next() {
    let usage =
        [1, 2, 3].map(|at| used(at, of_project("a"), None, if at == 3 { "0.5" } else { "5" }));
    let bill = [(1, "4"), (2, "5"), (3, "1.5")];
    let bill = bill.map(|(at, amount)| billed(at, of_project("a"), None, amount));
    let it = found(&usage, &bill);
    assert_eq!(causes(&it), [(Cause::DayShift, dec("0"))]);
    let amounts: Vec<_> = it.differences.iter().map(|it| (it.day, it.amount)).collect();
    assert_eq!(amounts, [(day(1), dec("-1")), (day(3), dec("1"))]);
}

/// 1,000 tokens at 30 a million are 0.03, and by Batch 0.015.
#[test]
fn usage_that_is_billed_as_batch_is_told_by_its_quantity_or_its_cost() {
    let standard = dims("a", Some(Processing::Standard), Some(Meter::ImageOutput));
    let batch = dims("a", Some(Processing::Batch), Some(Meter::ImageOutput));
    let usage = [used(1, standard, Some(1_000), "0.03")];
    let bill = [billed(1, batch, Some(1_000), "0.015")];
    assert_eq!(only(&usage, &bill), [(Cause::Processing, dec("-0.015"))]);
    // Without a word of the processing, what Batch would cost tells it.
    let usage = [otherwise(used(1, of_project("a"), None, "0.03"), Cause::Processing, "0.015")];
    let unsaid = [billed(1, dims("a", None, None), None, "0.015")];
    assert_eq!(only(&usage, &unsaid), [(Cause::Processing, dec("-0.015"))]);
}

/// 64,000 image tokens at 8 a million are 0.512; with 15,360 of them read from a cache at 2 they are 0.41984.
#[test]
fn cached_tokens_that_are_billed_as_others_are_told() {
    let of = |meter: Meter| dims("proj_shop", None, Some(meter));
    let bill = [
        billed(13, of(Meter::TextInput), Some(2_400), "0.012"),
        billed(13, of(Meter::ImageInput), Some(64_000), "0.512"),
        billed(13, of(Meter::ImageOutput), Some(34_300), "1.029"),
    ];
    let usage: Vec<Computed> =
        usage_of_samples().into_iter().filter(|it| it.day == day(13)).collect();
    // 0.512 − 0.38912 − 0.03072 = 0.09216.
    assert_eq!(only(&usage, &bill), [(Cause::CachedTokens, dec("0.09216"))]);
    let whole = used(13, of_project("a"), None, "1.46084");
    let whole = [otherwise(whole, Cause::CachedTokens, "1.553")];
    let bill = [billed(13, of_project("a"), None, "1.553")];
    assert_eq!(only(&whole, &bill), [(Cause::CachedTokens, dec("0.09216"))]);
}

/// The same 1,000 tokens at 32 in place of 30 a million.
#[test]
fn another_price_of_the_same_quantity_names_its_table() {
    let output = dims("a", None, Some(Meter::ImageOutput));
    let usage = [used(1, output.clone(), Some(1_000), "0.03")];
    let it = found(&usage, &[billed(1, output.clone(), Some(1_000), "0.032")]);
    assert_eq!(causes(&it), [(Cause::Price, dec("0.002"))]);
    assert_eq!(
        it.differences[0].rated_by.as_deref(),
        Some("official/openai/gpt-image-2, 2026-05-09")
    );
    // Both at once: 1,100 at 32: 100 more at 30 are 0.003, and 1,100 × 2 a million are 0.0022.
    let both = only(&usage, &[billed(1, output, Some(1_100), "0.0352")]);
    assert_eq!(both, [(Cause::NotInUsage, dec("0.003")), (Cause::Price, dec("0.0022"))]);
}

/// 3 for what was delivered, and 0.4 for what failed, of which it is not stated who pays.
#[test]
fn what_failed_is_billed_or_lies_within_the_range() {
    let open = Attempts::ChargeNotStated(crate::reason::Undelivered::Failed);
    let range = Figure::range(dec("3"), None, dec("3.4"), open);
    let usage = Computed { cost: range, ..used(1, of_project("a"), None, "0") };
    let usage = [otherwise(usage, Cause::FailedBilled, "3.4")];
    let of = |amount: &str| only(&usage, &[billed(1, of_project("a"), None, amount)]);
    assert_eq!(of("3.4"), [(Cause::FailedBilled, dec("0.4"))]);
    assert_eq!(of("3.25"), [(Cause::WithinRange, dec("0.25"))]);
    assert_eq!(of("3.5"), [(Cause::WithinRange, dec("0.4")), (Cause::Unexplained, dec("0.1"))]);
    assert_eq!(of("2.9"), [(Cause::Unexplained, dec("-0.1"))]);
}

#[test]
fn fees_credits_and_adjustments_are_apart_and_tax_is_no_difference() {
    let kind = |kind, amount| BilledCost { kind, ..billed(2, Dims::default(), None, amount) };
    let bill = [
        billed(1, of_project("a"), None, "3"),
        kind(BillKind::Fee, "0.5"),
        kind(BillKind::Credit, "-2"),
        kind(BillKind::Tax, "0.3"),
    ];
    let it = found(&[used(1, of_project("a"), None, "3")], &bill);
    assert_eq!(causes(&it), [(Cause::FeeCreditAdjustment, dec("-1.5"))]);
    assert_eq!((it.billed, it.tax, it.difference), (dec("1.5"), dec("0.3"), dec("-1.5")));
}

/// €5.4017066880 are $6.25632 at Microsoft's 0.8634, and at 1.1 dollars for a euro 5.9418773568: 0.3144426432 less.
#[test]
fn another_exchange_rate_is_a_cause_of_its_own() {
    let catalog = Catalog::shipped();
    let text = std::fs::read("fixtures/bills/azure_mca.csv").expect("a fixture");
    let reader = Reader::new(&catalog, None).expect("rules");
    let read = reader.read("bill", &text[..], &mut |problem| panic!("{problem}")).expect("a bill");
    let output = |it: &&BilledCost| {
        it.day == day(12) && it.dims.meter == Some(Meter::ImageOutput) && it.kind == BillKind::Usage
    };
    let (at_bill, _) = in_dollars(&read.lines, &BTreeMap::new()).expect("fits");
    let line = at_bill.iter().find(output).expect("a line");
    assert_eq!((line.amount, line.exchange), (dec("6.25632"), dec("0")));
    let fx = BTreeMap::from([parse_rate("EUR/USD=1.1").expect("a rate")]);
    let (at_own, _) = in_dollars(&read.lines, &fx).expect("fits");
    let line = at_own.iter().find(output).expect("a line").clone();
    assert_eq!((line.amount, line.exchange), (dec("6.25632"), dec("-0.3144426432")));
    let usage = Computed { quantity: None, ..used(12, line.dims.clone(), None, "6.25632") };
    let it = found(&[usage], &[line]);
    assert_eq!(causes(&it), [(Cause::ExchangeRate, dec("-0.3144426432"))]);
}

/// The bill writes six places: 0.165270 may be anything from 0.1652695 to 0.1652705.
#[test]
fn the_last_digit_of_a_bill_is_rounded() {
    let usage = [used(1, of_project("a"), None, "0.1652704")];
    let rounded = |amount: &str| BilledCost {
        rounding: dec("0.0000005"),
        ..billed(1, of_project("a"), None, amount)
    };
    assert_eq!(only(&usage, &[rounded("0.165270")]), [(Cause::Rounding, dec("-0.0000004"))]);
    assert_eq!(only(&usage, &[rounded("0.165271")]), [(Cause::Unexplained, dec("0.0000006"))]);
}

/// 1 of 4 is unexplained: 1 − 1 ÷ 4.
#[test]
fn coverage_is_the_share_that_is_explained() {
    let it =
        found(&[used(1, of_project("a"), None, "3")], &[billed(1, of_project("a"), None, "4")]);
    assert_eq!(causes(&it), [(Cause::Unexplained, dec("1"))]);
    assert_eq!((it.coverage, it.unexplained), (Some(dec("0.75")), dec("1")));
    assert_eq!(found(&[], &[]).coverage, None);
}

/// Each cause in a project of its own: the sums are those of each alone.
#[test]
fn all_causes_together_are_those_of_each_alone() {
    let output = |project: &str| dims(project, None, Some(Meter::ImageOutput));
    let usage = [
        used(1, of_project("gone"), None, "2"),
        used(1, of_project("late"), None, "0.7"),
        otherwise(used(1, of_project("batch"), None, "0.03"), Cause::Processing, "0.015"),
        otherwise(used(1, of_project("cache"), None, "1.46084"), Cause::CachedTokens, "1.553"),
        used(1, output("price"), Some(1_000), "0.03"),
        otherwise(used(1, of_project("failed"), None, "3"), Cause::FailedBilled, "3.4"),
        used(1, of_project("odd"), None, "1"),
    ];
    let bill = [
        billed(1, of_project("new"), None, "5"),
        billed(2, of_project("late"), None, "0.7"),
        billed(1, of_project("batch"), None, "0.015"),
        billed(1, of_project("cache"), None, "1.553"),
        billed(1, output("price"), Some(1_000), "0.032"),
        billed(1, of_project("failed"), None, "3.4"),
        billed(1, of_project("odd"), None, "1.11"),
        BilledCost { kind: BillKind::Adjustment, ..billed(1, Dims::default(), None, "-1.25") },
    ];
    let expected = [
        (Cause::NotInUsage, "5"),
        (Cause::NotInBill, "-2"),
        (Cause::DayShift, "0"),
        (Cause::Processing, "-0.015"),
        (Cause::CachedTokens, "0.09216"),
        (Cause::Price, "0.002"),
        (Cause::FailedBilled, "0.4"),
        (Cause::FeeCreditAdjustment, "-1.25"),
        (Cause::Unexplained, "0.11"),
    ];
    assert_eq!(only(&usage, &bill), expected.map(|(cause, amount)| (cause, dec(amount))));
    let _: Option<Arc<str>> = usage[0].rated_by.clone();
}
