//! Bills of every format, read from text.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::*;
use crate::catalog::Catalog;
use crate::problem::Problem;

fn dec(text: &str) -> Decimal {
    Decimal::from_str_exact(text).expect("a decimal")
}

fn read_mapped(text: &str, mapping: Option<&Mapping>) -> (ReadBill, Vec<Problem>) {
    let catalog = Catalog::shipped();
    let reader = Reader::new(&catalog, mapping).expect("rules");
    let mut rejected = Vec::new();
    let found = reader.read("bill", text.as_bytes(), &mut |problem| rejected.push(problem));
    (found.unwrap_or_else(|problems| panic!("{problems}")), rejected)
}

/// A bill without a problem.
fn read(text: &str) -> ReadBill {
    let (bill, rejected) = read_mapped(text, None);
    assert!(rejected.is_empty(), "{rejected:#?}");
    bill
}

fn refused(text: &str) -> String {
    let catalog = Catalog::shipped();
    let reader = Reader::new(&catalog, None).expect("rules");
    let found = reader.read("bill", text.as_bytes(), &mut |_| {});
    found.expect_err("refused").iter().map(Problem::one_line).collect::<Vec<_>>().join("\n")
}

fn fixture(name: &str) -> String {
    std::fs::read_to_string(format!("fixtures/bills/{name}")).expect("a fixture")
}

fn billed(bill: &ReadBill) -> Decimal {
    let sums = by_currency(&bill.lines).expect("fits");
    assert_eq!(sums.len(), 1, "one currency");
    sums.into_values().next().expect("a sum")
}

/// 6.6108 + 1.46084 + 2.0895 − 1.25 = 8.91114: 40 posters, 25 edits, 100 images by Batch that are billed a day later, and an
/// adjustment that says no more.
#[test]
fn costs_of_openai_are_read_to_the_last_digit() {
    let bill = read(&fixture("openai_costs.json"));
    assert_eq!((bill.format, billed(&bill)), (BillFormat::OpenAiCosts, dec("8.91114")));
    // Of three days with costs and one without.
    assert_eq!((bill.rows, bill.empty), (9, 1));
    let of = |text: &str| {
        let mut lines = bill.lines.iter().filter(|it| it.text.as_deref() == Some(text));
        lines.next().expect("a line").clone()
    };
    let cached = of("gpt-image-2-2026-04-21, cached image input");
    assert_eq!(cached.model.as_deref(), Some("gpt-image-2"));
    assert_eq!(cached.meter.map(|it| it.as_str()), Some("cached_image_input"));
    assert_eq!((cached.quantity, cached.billed_cost), (Some(dec("15360")), dec("0.03072")));
    assert_eq!(cached.processing, None, "the bill does not say standard");
    let batch = of("gpt-image-2-2026-04-21, batch, image output");
    assert_eq!(batch.processing.map(|it| it.as_str()), Some("batch"));
    assert_eq!(batch.day.to_string(), "2026-10-15");
    let adjustment = bill.lines.iter().find(|it| it.kind == BillKind::Adjustment).expect("one");
    assert_eq!(adjustment.billed_cost, dec("-1.25"));
    assert_eq!((&adjustment.text, &adjustment.project, &adjustment.model), (&None, &None, &None));
}

#[test]
fn the_dashboard_says_the_same_by_day() {
    let comma = fixture("openai_dashboard.csv");
    let tabs = comma.replace(',', "\t");
    for text in [&comma, &tabs] {
        let bill = read(text);
        assert_eq!((bill.format, billed(&bill)), (BillFormat::OpenAiDashboard, dec("8.91114")));
        assert_eq!((bill.rows, bill.empty), (3, 2), "days without costs are no rows");
        let days: Vec<_> =
            bill.lines.iter().map(|it| (it.day.to_string(), it.billed_cost)).collect();
        // 2.0895 − 1.25 = 0.8395.
        assert_eq!(days[2], ("2026-10-15".to_owned(), dec("0.8395")));
        assert!(bill.ignored.is_empty(), "{:?}", bill.ignored);
    }
}

/// 0.21952 M output tokens at 28.5 are 6.25632 dollars; × 0.8634 are 5.4017066880 euros.
#[test]
fn azure_has_three_costs_and_counts_in_its_units() {
    let bill = read(&fixture("azure_mca.csv"));
    assert_eq!(bill.format, BillFormat::AzureCostDetails);
    let is_output = |it: &&BillLine| it.meter.is_some_and(|it| it.as_str() == "image_output");
    let first = bill.lines.iter().find(is_output).expect("a line");
    assert_eq!(first.owner.as_ref(), "microsoft");
    assert_eq!((first.billed_cost, first.currency.as_ref()), (dec("5.401706688"), "EUR"));
    assert_eq!(first.priced_cost, Some(dec("6.25632")));
    assert_eq!(first.quantity, Some(dec("219520")));
    // 219,520 tokens at the list price of 30 per million are 6.5856 dollars, × 0.8634 are 5.68600704 euros.
    assert_eq!(first.list_cost, Some(dec("5.68600704")));
    assert_eq!(first.agreed_cost, Some(dec("5.68600704")));
    let rate = first.rate.as_ref().expect("a rate");
    assert_eq!((rate.priced_in.as_ref(), rate.rate), ("USD", dec("0.8634")));
    assert_eq!(first.model.as_deref(), Some("gpt-image-2"));
    assert_eq!(first.project.as_deref(), Some("rg-images"), "names of groups differ in case");
    // Two forms of days in one feed, and a refund that takes a row of the day before back.
    let refund = bill.lines.iter().find(|it| it.kind == BillKind::Refund).expect("a refund");
    assert_eq!(
        (refund.day.to_string(), refund.billed_cost),
        ("2026-10-14".into(), dec("-0.1350426672"))
    );
    let again = bill.lines.iter().find(|it| it.day.to_string() == "2026-10-13").expect("a day");
    assert_eq!(again.billed_cost, dec("0.1350426672"));
    // 5.401706688 + 0.020669796 + 0.1350426672 − 0.1350426672 = 5.422376484.
    assert_eq!(billed(&bill), dec("5.422376484"));
}

#[test]
fn older_headers_of_azure_are_read_by_their_own_names() {
    let ea = read(&fixture("azure_ea.csv"));
    assert_eq!((ea.format, billed(&ea)), (BillFormat::AzureCostDetails, dec("6.7")));
    assert_eq!(ea.lines[0].list_cost, Some(dec("6")), "0.2 of 1M at 30");
    assert_eq!(ea.lines[0].project.as_deref(), Some("posters"), "a tag goes before the group");
    let legacy = read(&fixture("azure_legacy.csv"));
    // Without a type of charge, what is below zero corrects others: 1.5 − 0.25.
    assert_eq!(billed(&legacy), dec("1.25"));
    let kinds: Vec<_> = legacy.lines.iter().map(|it| it.kind).collect();
    assert_eq!(kinds, [BillKind::Usage, BillKind::Adjustment]);
}

/// What the upstream was paid on the user's own key is on its bill, and not on this one.
#[test]
fn openrouter_bills_its_own_cost_alone() {
    let bill = read(&fixture("openrouter_activity.csv"));
    assert_eq!((bill.format, billed(&bill)), (BillFormat::OpenRouterActivity, dec("0.173534")));
    let [elsewhere] = &bill.elsewhere[..] else { panic!("{:?}", bill.elsewhere) };
    assert_eq!((elsewhere.payee.as_ref(), elsewhere.amount), ("OpenAI", dec("0.16527")));
    assert_eq!(bill.lines[0].model.as_deref(), Some("gpt-image-2"));
    assert_eq!(bill.lines.len(), 2, "two projects on one day, three rows");
    let api = read(&fixture("openrouter_activity.json"));
    assert_eq!((api.format, billed(&api)), (BillFormat::OpenRouterActivityApi, dec("0.173534")));
    assert_eq!(api.elsewhere, bill.elsewhere);
}

/// 0.165 units at 1 dollar, and the same less 10%: 0.165 + 0.1485 = 0.3135, of which fal says that it is an estimate.
#[test]
fn fal_estimates_until_it_invoices() {
    let bill = read(&fixture("fal_events.json"));
    assert_eq!((bill.format, billed(&bill)), (BillFormat::FalBillingEvents, dec("0.3135")));
    assert!(bill.lines.iter().all(|it| it.is_estimate));
    assert_eq!(bill.lines[0].agreed_cost, Some(dec("0.33")), "2 × 0.165 × 1");
}

/// 12.5 − 2.5 + 1.9 tax: all amounts of a row are in its billing currency.
#[test]
fn focus_has_categories_and_periods() {
    let bill = read(&fixture("focus.csv"));
    assert_eq!(bill.format, BillFormat::Focus);
    let of = |kind: BillKind| {
        let lines = bill.lines.iter().filter(|it| it.kind == kind);
        by_currency(lines).expect("fits").remove("EUR").expect("euros")
    };
    assert_eq!(of(BillKind::Usage), dec("12.5"));
    assert_eq!(of(BillKind::Credit), dec("-2.5"));
    assert_eq!(of(BillKind::Tax), dec("1.9"));
    let usage = bill.lines.iter().find(|it| it.kind == BillKind::Usage).expect("usage");
    assert_eq!((usage.owner.as_ref(), usage.project.as_deref()), ("openai", Some("posters")));
    let tax = bill.lines.iter().find(|it| it.kind == BillKind::Tax).expect("tax");
    // From 2026-10-01 to 2026-11-01, which is not in it.
    assert_eq!(
        (tax.day.to_string(), tax.until.to_string()),
        ("2026-10-01".into(), "2026-11-01".into())
    );
}

#[test]
fn any_csv_is_read_by_a_mapping() {
    let mapping = Mapping::read("m.yaml", &fixture("mapping.yaml").into()).expect("right");
    let (bill, rejected) = read_mapped(&fixture("mapped.csv"), Some(&mapping));
    assert!(rejected.is_empty(), "{rejected:#?}");
    // 1.234,50 − 34,50 = 1200.
    assert_eq!((bill.format, billed(&bill)), (BillFormat::Mapped, dec("1200")));
    assert_eq!(bill.lines[0].model.as_deref(), Some("gpt-image-2"));
    assert_eq!(bill.lines[1].kind, BillKind::Credit);
    assert_eq!(bill.ignored, ["Bemerkung"]);
}

#[test]
fn a_wrong_row_is_rejected_with_all_of_its_problems_and_counted() {
    let header = "start_time,amount_value,amount_currency\n";
    let rows = "1791763200,1.5,usd\n1791763200,=1+1,usd\nsoon,\"1,5\",dollars\n1791763200,2\n1791763200,2.5,usd\n";
    let (bill, rejected) = read_mapped(&format!("{header}{rows}"), None);
    assert_eq!((bill.rows, bill.rejected, billed(&bill)), (5, 3, dec("4")));
    let said: Vec<String> = rejected.iter().map(Problem::one_line).collect();
    assert_eq!(said.len(), 5, "{said:#?}");
    assert!(
        said[0].starts_with("bill:3:12: column `amount_value`: `=1+1` is a formula"),
        "{said:#?}"
    );
    assert!(said[1].starts_with("bill:4:1: column `start_time`: `soon`"), "{said:#?}");
    assert!(said[2].contains("has a comma") && said[3].contains("`dollars`"), "{said:#?}");
    assert!(said[4].starts_with("bill:5:1: this row has 2 cells"), "{said:#?}");
}

#[test]
fn swapped_days_are_found_where_the_billing_period_tells() {
    let header = "Date,MeterName,CostInBillingCurrency,BillingCurrency,BillingPeriodStartDate,BillingPeriodEndDate\n";
    let row = |day: &str| format!("{day},m,1,EUR,10/01/2026,10/31/2026\n");
    let text = format!("{header}{}{}{}", row("10/05/2026"), row("05/10/2026"), row("13/10/2026"));
    let (bill, rejected) = read_mapped(&text, None);
    assert_eq!((bill.rows, bill.rejected), (3, 2));
    assert!(rejected[0].message.contains("2026-05-10 is outside of the billing period"));
    assert!(rejected[1].help.to_string().contains("swapped"), "{}", rejected[1]);
}

#[test]
fn what_is_no_bill_says_what_it_is_or_what_is_missing() {
    assert!(refused("").contains("empty"));
    assert!(refused("a,b\n1,2\n").contains("no bill that is known has these columns"));
    assert!(refused("{\"x\": 1}").contains("no bill that is known"));
    assert!(refused("start_time,num_model_requests,amount\n").contains("usage and not its costs"));
    let usage = r#"{"object": "page", "data": [{"start_time": 1, "results": [{"object": "organization.usage.completions.result"}]}]}"#;
    assert!(refused(usage).contains("usage and not its costs"));
    let missing = refused("metername,Cost\nm,1\n");
    assert!(
        missing.contains("`date` is missing") && missing.contains("`billingcurrency` is missing")
    );
    let twice = refused("start_time,amount_value,Amount_Value,amount_currency\n");
    assert!(twice.contains("stands twice"), "{twice}");
    assert!(refused("PK\u{3}\u{4}x").contains("workbook"));
    assert!(refused("\"a\n1\n2\n").contains("never closed"));
}

/// Equal rows of one file are added; the days that a later file has as well count there alone.
#[test]
fn of_restated_days_the_later_file_counts() {
    let header = "start_time,amount_value,amount_currency\n";
    let [first, second] = [0, 86_400].map(|later| 1_791_763_200 + later);
    let one = read(&format!("{header}{first},1,usd\n{first},1,usd\n{second},5,usd\n"));
    let two = read(&format!("{header}{first},2.5,usd\n"));
    let mut bill = Bill::default();
    bill.add(one).expect("fits");
    bill.add(ReadBill { file: "later".into(), ..two }).expect("fits");
    // 2.5 of the later file and 5 of the day that it does not have.
    assert_eq!(by_currency(&bill.lines).expect("fits")["USD"], dec("7.5"));
    let [restated] = &bill.restated[..] else { panic!("{:?}", bill.restated) };
    assert_eq!((restated.was["USD"], restated.is["USD"]), (dec("2"), dec("2.5")));
    assert_eq!((restated.days, &*restated.by), (1, "later"));
    // The dashboard says the account and the API does not: the same days, which are not billed twice.
    let mut bill = Bill::default();
    for name in ["openai_dashboard.csv", "openai_costs.json"] {
        bill.add(read(&fixture(name))).expect("fits");
    }
    assert_eq!(by_currency(&bill.lines).expect("fits")["USD"], dec("8.91114"));
    assert_eq!((bill.restated[0].days, bill.restated[0].is["USD"]), (3, dec("8.91114")));
    // Two subscriptions are two bills.
    let of = |id: &str| read(&fixture("azure_ea.csv").replace("-000000000002", id));
    let mut bill = Bill::default();
    bill.add(of("-a")).expect("fits");
    bill.add(of("-b")).expect("fits");
    assert_eq!(by_currency(&bill.lines).expect("fits")["USD"], dec("13.4"));
}

#[test]
fn rows_are_summed_up_by_what_is_asked_for_and_never_over_kinds_and_currencies() {
    let bill = read(&fixture("openai_costs.json"));
    let rows = sum_by(&bill.lines, &[BillBy::Project]).expect("fits");
    let of = |project: Option<&str>| {
        let mut found = rows.iter().filter(|row| row.project.as_deref() == project);
        found.next().expect("a row").billed_cost
    };
    // 6.6108 + 2.0895 = 8.7003.
    assert_eq!(of(Some("proj_posters")), dec("8.7003"));
    assert_eq!(of(Some("proj_shop")), dec("1.46084"));
    assert_eq!(of(None), dec("-1.25"));
    assert_eq!(rows.len(), 3);
    let whole = sum_by(&bill.lines, &[]).expect("fits");
    assert_eq!(
        whole.iter().map(|row| row.kind).collect::<Vec<_>>(),
        [BillKind::Usage, BillKind::Adjustment]
    );
}

#[test]
fn texts_that_no_rule_knows_stay_lines_of_their_own() {
    let page = |text: &str, value: &str| {
        format!(
            r#"{{"object": "organization.costs.result", "amount": {{"value": {value}, "currency": "usd"}}, "line_item": "{text}"}}"#
        )
    };
    let results = [page("gpt-4o-2024-08-06, Input", "0.5"), page("Web search tool calls", "0.25")];
    let text = format!(
        r#"{{"object": "page", "data": [{{"start_time": 1791763200, "results": [{}]}}]}}"#,
        results.join(", ")
    );
    let bill = read(&text);
    assert_eq!(bill.lines.iter().filter(|it| it.is_unmatched).count(), 2);
    let rows = sum_by(&bill.lines, &[BillBy::Model]).expect("fits");
    let texts: Vec<_> = rows.iter().map(|row| row.text.as_deref()).collect();
    assert_eq!(texts, [Some("Web search tool calls"), Some("gpt-4o-2024-08-06, Input")]);
}

#[test]
fn pages_stand_in_a_list_or_on_lines_as_well() {
    let page = fixture("openai_costs.json");
    let on_one_line = page.replace('\n', "");
    let twice = dec("8.91114") + dec("8.91114");
    assert_eq!(billed(&read(&format!("[{page},{page}]"))), twice);
    assert_eq!(billed(&read(&format!("{on_one_line}\n{on_one_line}\n"))), twice);
    assert!(read(&page.replace("\"has_more\": false", "\"has_more\": true")).goes_on);
    let wrong = on_one_line.replacen("6.5856", "\"=1\"", 1);
    let (bill, rejected) = read_mapped(&format!("[\n{wrong}]"), None);
    assert_eq!((bill.rejected, rejected.len()), (1, 1));
    assert!(rejected[0].one_line().contains("is a formula"), "{}", rejected[0]);
    assert_eq!(rejected[0].place.line_and_column().map(|(line, _)| line), Some(2));
}

#[test]
fn the_fixtures_have_names_of_their_own() {
    // The reader takes a header in any case.
    let upper = fixture("openrouter_activity.csv").to_uppercase();
    let bill = read(&upper.replace("GEN-", "gen-"));
    assert_eq!(billed(&bill), dec("0.173534"));
    let _: Arc<str> = bill.file;
}
