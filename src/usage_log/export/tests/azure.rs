//! Cost details of Azure.

use super::*;
use crate::unit::Meter;
use crate::usage_log::export::{MeterNames, NamedMeter};

const DETAILS: &str = include_str!("../../../../fixtures/usage/azure-cost-details.csv");

/// All that is found where these meters are named.
fn with_names(text: &str, names: &[(&str, Meter)]) -> Vec<Numbered> {
    let mut meters = MeterNames::NONE;
    for (name, meter) in names {
        meters.say(name, NamedMeter { meter: *meter, model: Some("gpt-image-2".into()) });
    }
    let source = Source { meters: &meters, ..Source::utc("f", text) };
    let mut all = Vec::new();
    let mut take = |numbered| all.push(numbered);
    read(Export::of_text(text).expect("an export"), &source, &mut take).expect("read");
    all
}

fn row(numbered: &Numbered) -> &UsageRow {
    match &numbered.found {
        Ok(Found::Row(row)) => row,
        other => panic!("line {}: {other:?}", numbered.line),
    }
}

#[test]
fn a_meter_whose_name_is_free_text_is_not_guessed() {
    let told = problems(DETAILS);
    assert_eq!(found(DETAILS).iter().filter(|it| it.found.is_ok()).count(), 0);
    let first = "column `meterName`: `EXAMPLE image out global` is free text, and which meter it is cannot be told";
    assert!(told[0].contains(first), "{told:?}");
    assert!(told.iter().any(|it| it.contains("`chargeType`: is `Refund`, which is a charge")));
}

/// 0.21952 of 1M is 219,520 tokens, 5.04 of 1K is 5,040, and 0.005488 of 1M is 5,488; a refund of as many is no usage.
#[test]
fn a_quantity_counts_in_its_unit_and_both_forms_of_date_are_days() {
    let names = [("METER-OUT", Meter::ImageOutput), ("example text in global", Meter::TextInput)];
    let found = with_names(DETAILS, &names);
    let shown = |at: usize| {
        let row = row(&found[at]);
        let Measured::Counts(counts) = &row.measured else { panic!("{:?}", row.measured) };
        let of = [Meter::TextInput, Meter::ImageOutput].map(|meter| counts.of(meter));
        (row.day.expect("a day").to_string(), of, row.recorded.expect("a cost").to_string())
    };
    let output = |count| [None, Some(count)];
    assert_eq!(shown(0), ("2026-10-12".into(), output(219_520), "6.25632".into()));
    assert_eq!(shown(1), ("2026-10-12".into(), [Some(5_040), None], "0.02394".into()));
    assert_eq!(shown(2), ("2026-10-13".into(), output(5_488), "0.156408".into()));
    assert!(found[3..].iter().all(|it| it.found.is_err()), "a refund and a disk");
    let labels = &row(&found[0]).labels;
    assert_eq!(labels.project.as_deref(), Some("rg-lantern"));
    assert_eq!(labels.tag.as_deref(), Some(r#"{"team":"marketing"}"#));
    assert_eq!(row(&found[0]).requests, 0, "a quantity does not say how many");
}

/// A cost in euros is not one in dollars, and no rate is taken in its place.
#[test]
fn a_cost_is_recorded_in_dollars_alone() {
    let details = |currency: &str| {
        format!(
            "Date,MeterId,MeterName,Quantity,UnitOfMeasure,ChargeType,BillingCurrencyCode,Cost\n\
             10/12/2026,m,M,1.5,1K,Usage,{currency},0.045\n"
        )
    };
    let recorded = |currency: &str| {
        let found = with_names(&details(currency), &[("m", Meter::ImageOutput)]);
        row(&found[0]).recorded.map(|cost| cost.to_string())
    };
    assert_eq!(recorded("USD").as_deref(), Some("0.045"));
    assert_eq!(recorded("EUR"), None);
}

#[test]
fn what_is_no_count_is_refused_with_its_unit() {
    let of = |quantity: &str, unit: &str| {
        let text = format!(
            "date,meterId,meterName,quantity,unitOfMeasure\n2026-10-12,m,M,{quantity},{unit}\n"
        );
        let found = with_names(&text, &[("m", Meter::TextInput)]).remove(0).found;
        found.err().map(|problems| problems[0].message.clone()).unwrap_or_default()
    };
    assert_eq!(of("1.5", "1K"), "");
    assert!(of("1.5", "1").contains("`1.5` times `1` is not a whole number"));
    assert!(of("-1", "1M").contains("is not a whole number, from 0 up"));
    assert!(of("1", "1 GB").contains("`1 GB` is not a unit"));
    assert!(of("1", "1 Hour").contains("is not a unit"));
    assert!(of("79228162514264337593543950335", "1M").contains("is not a whole number"));
}
