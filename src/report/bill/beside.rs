//! A bill beside the rated usage: how much is explained, by which causes, and the largest differences.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::Serialize;

use super::{BillView, words};
use crate::bill::Bill;
use crate::bill::reconcile::{Cause, Difference, NotCompared, Reconciliation, Tolerance};
use crate::catalog::Catalog;
use crate::figure::Figure;
use crate::help::{Help, Sentence, View};
use crate::report::block::{Block, Counted};
use crate::report::dictionary::terms;
use crate::report::document::Report;
use crate::report::envelope::Output;
use crate::report::number::{self, raw};
use crate::report::record::{Columns, Each, Field, Record, Recorded};
use crate::report::sheet::{Cell, Column, Sheet};
use crate::usage_log::zone::Zone;

/// The most differences that are shown without being asked for.
const FEW: usize = 10;

/// What was held against each other, and how it is shown.
#[derive(Clone, Copy)]
pub struct BesideView<'a> {
    /// The tables by which names are known and the usage is rated.
    pub catalog: &'a Catalog,
    /// The day on which it is read.
    pub as_of: NaiveDate,
    /// How much may stay unexplained, where that is asked for.
    pub tolerance: Option<Tolerance>,
    /// What is billed in currencies without a rate.
    pub not_compared: &'a [NotCompared],
    /// The bill as it was read.
    pub bill: &'a Bill,
    /// The usage as it was read.
    pub usage: UsageBeside<'a>,
}

/// Usage that a bill is held against.
#[derive(Debug, Clone, Copy)]
pub struct UsageBeside<'a> {
    /// What it costs, in US dollars: with a rejected row, at least that.
    pub rated: &'a Figure<Decimal>,
    /// How many files were read.
    pub files: u64,
    /// How many rows were read, rejected ones among them.
    pub rows: u64,
    /// How many of them were rejected, and are not in what is rated.
    pub rejected: u64,
    /// The time zone in which its days begin.
    pub zone: Zone,
}

impl<'a> BesideView<'a> {
    /// The bill by itself.
    fn of_bill(self) -> BillView<'a> {
        BillView { catalog: self.catalog, as_of: self.as_of, by: &[], rows: &[] }
    }
}

/// A reconciliation as a report.
pub fn report<'a>(found: &'a Reconciliation, view: BesideView<'a>) -> Report<'a> {
    let place = (view.catalog, Some(view.as_of));
    let columns = Columns { fields: <&Difference>::fields(), with_ends: false }.made_of(place);
    Report::streamed(
        place,
        move || blocks(found, view),
        move |out| columns.write_csv(found.differences.iter(), out),
        move || ReconciliationOutput::of(found, view),
    )
}

fn blocks(found: &Reconciliation, view: BesideView) -> Vec<Block> {
    let mut blocks = vec![Block::Title(title(found, view)), Block::Facts(facts(found, view))];
    let causes = found.by_cause().unwrap_or_default();
    if !causes.is_empty() {
        blocks.push(Block::Sheet(of_causes(found, &causes)));
        blocks.push(largest(found, view).first(
            FEW,
            ("more difference", "more differences"),
            View::All,
        ));
    }
    let without = |(code, amount): &NotCompared| {
        let text = format!(
            "{} is not compared: no exchange rate of {code}",
            number::amount_in(code, *amount)
        );
        Sentence::new(text, Help::GiveExchangeRate(code.clone()))
    };
    blocks.extend(Block::open("Not compared:", view.not_compared.iter().map(without)));
    let notes = words::notes(view.bill, view.of_bill());
    blocks.extend(Block::notes("Notes:", ("note", "notes"), notes));
    blocks
}

fn title(found: &Reconciliation, view: BesideView) -> String {
    let explained = match found.coverage {
        Some(share) => format!("{} explained", number::percent_rounded(share)),
        None => "nothing billed".to_owned(),
    };
    let rated = number::dollar_figure_alone(view.usage.rated);
    let (billed, difference) =
        (number::dollars(found.billed), number::dollar_difference(found.difference));
    format!("Bill beside the usage: {explained}; {billed} billed, {rated} rated, {difference}")
}

fn facts(found: &Reconciliation, view: BesideView) -> Vec<(String, String)> {
    let mut facts = Vec::new();
    if let Some(tolerance) = view.tolerance {
        let most = tolerance.of(found).unwrap_or_default();
        let is_within = match (found.unexplained <= most, view.not_compared) {
            (false, _) => "over",
            (true, []) => "within",
            (true, _) => "and not all is compared; within",
        };
        let [unexplained, most] = [found.unexplained, most].map(number::dollars);
        facts.push(("Tolerance".into(), format!("{unexplained} unexplained, {is_within} {most}")));
    }
    facts.extend(words::facts(view.bill, view.of_bill()));
    let UsageBeside { files, rows, rejected, zone, .. } = view.usage;
    let days = if zone.is_utc() { String::new() } else { format!(", days begin in {zone}") };
    let left_out = if rejected > 0 { ", and in none of these sums" } else { "" };
    let files = Counted::new(usize::try_from(files).unwrap_or(usize::MAX), ("file", "files"));
    let [rows, rejected] = [rows, rejected].map(number::count);
    let read = format!("{rows} rows of {}, {rejected} rejected{left_out}{days}", files.in_words());
    facts.push(("Usage read".into(), read));
    facts
}

/// The causes with their sums: of one whose differences make up for each other, how much moves.
fn of_causes(found: &Reconciliation, causes: &[(Cause, Decimal)]) -> Sheet {
    let columns = vec![
        Column::text(terms::BILL_CAUSE.title),
        Column::lines(terms::BILL_DIFFERENCE.title),
        Column::number("Lines"),
        Column::lines("Moved"),
    ];
    let row = |(cause, sum): &(Cause, Decimal)| {
        let of_cause = || found.differences.iter().filter(|it| it.cause == *cause);
        let moved: Decimal = of_cause().map(|it| it.amount).filter(Decimal::is_sign_positive).sum();
        let has_moved = *cause == Cause::DayShift;
        vec![
            Cell::text(cause.label()),
            Cell::InCurrency(*sum, "USD".into()),
            Cell::Count(Figure::Exact(of_cause().count() as u64)),
            if has_moved { Cell::InCurrency(moved, "USD".into()) } else { Cell::Empty },
        ]
    };
    let total = vec![
        Cell::text("together"),
        Cell::InCurrency(found.difference, "USD".into()),
        Cell::Count(Figure::Exact(found.differences.len() as u64)),
        Cell::Empty,
    ];
    Sheet { columns, rows: causes.iter().map(row).collect(), total: Some(total) }
}

/// The differences, the largest first.
fn largest(found: &Reconciliation, view: BesideView) -> Sheet {
    let mut all: Vec<&Difference> = found.differences.iter().collect();
    all.sort_by_key(|it| (std::cmp::Reverse(it.amount.abs()), it.day));
    let columns = vec![
        Column::ids(terms::DAY.title),
        Column::text(terms::PROJECT.title),
        Column::text(terms::MODEL.title),
        Column::text(terms::METER.title).ranked(2),
        Column::text(terms::OWNER_NAME.title).ranked(3),
        Column::text(terms::BILL_CAUSE.title),
        Column::lines(terms::BILL_DIFFERENCE.title),
    ];
    let said = |text: Option<String>| text.map_or(Cell::Empty, Cell::Text);
    let row = |it: &&Difference| {
        vec![
            Cell::text(it.day.to_string()),
            said(it.dims.project.as_ref().map(ToString::to_string)),
            said(it.dims.model.as_ref().map(ToString::to_string)),
            said(it.dims.meter.map(|it| it.label().to_owned())),
            said(it.dims.owner.as_ref().map(|id| words::owner_name(view.catalog, id))),
            Cell::text(it.cause.label()),
            Cell::InCurrency(it.amount, "USD".into()),
        ]
    };
    Sheet { columns, rows: all.iter().map(row).collect(), total: None }
}

impl Recorded for &Difference {
    const NAME: &'static str = "bill_difference";

    fn fields() -> Vec<Field<Self>> {
        vec![
            terms::DAY.of(|it: &Self| it.day.into()),
            terms::OWNER.of(|it: &Self| it.dims.owner.as_deref().into()),
            terms::PROJECT.of(|it: &Self| it.dims.project.as_deref().into()),
            terms::MODEL.of(|it: &Self| it.dims.model.as_deref().into()),
            terms::PROCESSING.of(|it: &Self| it.dims.processing.map(|it| it.as_str()).into()),
            terms::METER.of(|it: &Self| it.dims.meter.map(|it| it.as_str()).into()),
            terms::BILL_CAUSE.of(|it: &Self| it.cause.as_str().into()),
            terms::BILL_DIFFERENCE.of(|it: &Self| it.amount.into()),
            terms::RATED_BY.of(|it: &Self| it.rated_by.as_deref().into()),
        ]
    }
}

/// A bill beside the rated usage.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct ReconciliationOutput<'a> {
    /// The share of what is billed that is explained; null where nothing is billed.
    pub coverage: Option<String>,
    /// What is billed before tax, in US dollars.
    pub billed_usd: String,
    /// What the usage costs at least, as it is rated.
    pub rated_low_usd: String,
    /// What it costs at most; null where that is not known.
    pub rated_high_usd: Option<String>,
    /// Billed less rated; of a range its low end.
    pub difference_usd: String,
    /// Tax, which the usage does not have.
    pub tax_usd: String,
    /// The sum of what is unexplained, each without its sign.
    pub unexplained_usd: String,
    /// How much may stay unexplained; null where that was not asked for.
    pub tolerance_usd: Option<String>,
    /// How many rows of the bill were rejected.
    pub bill_rows_rejected: u64,
    /// How many rows of the usage were read.
    pub usage_rows: u64,
    /// How many of them were rejected: with any, the usage costs at least what is rated.
    pub usage_rows_rejected: u64,
    /// The causes in their order, each with its sum.
    pub causes: Vec<CauseSum>,
    /// What is billed in currencies without a rate.
    pub not_compared: Vec<InCurrency<'a>>,
    /// A row for each difference.
    pub rows: Each<'a, Record<&'a Difference>>,
}

/// A cause and its sum.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct CauseSum {
    /// The cause.
    pub cause: &'static str,
    /// Billed less rated by it, in US dollars.
    pub difference_usd: String,
}

/// What is billed in a currency.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct InCurrency<'a> {
    /// The currency.
    pub currency: &'a str,
    /// How much.
    pub billed_cost: String,
}

impl Output for ReconciliationOutput<'_> {
    const NAME: &'static str = "reconciliation";
    const COMMAND: &'static str = "bill reconcile";
}

impl<'a> ReconciliationOutput<'a> {
    fn of(found: &'a Reconciliation, view: BesideView<'a>) -> ReconciliationOutput<'a> {
        let cause = |(cause, sum): (Cause, Decimal)| CauseSum {
            cause: cause.as_str(),
            difference_usd: raw(sum),
        };
        let without = |(code, amount): &'a NotCompared| InCurrency {
            currency: code,
            billed_cost: raw(*amount),
        };
        ReconciliationOutput {
            coverage: found.coverage.map(raw),
            billed_usd: raw(found.billed),
            rated_low_usd: raw(found.computed.low()),
            rated_high_usd: view.usage.rated.high().map(raw),
            difference_usd: raw(found.difference),
            tax_usd: raw(found.tax),
            unexplained_usd: raw(found.unexplained),
            tolerance_usd: view.tolerance.and_then(|it| it.of(found).ok()).map(raw),
            bill_rows_rejected: view.bill.rows().1,
            usage_rows: view.usage.rows,
            usage_rows_rejected: view.usage.rejected,
            causes: found.by_cause().unwrap_or_default().into_iter().map(cause).collect(),
            not_compared: view.not_compared.iter().map(without).collect(),
            rows: Each::row(|| found.differences.iter()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::bill::BillKind;
    use crate::bill::reconcile::{BilledCost, Computed, Dims, reconcile};
    use crate::report::{Format, Page, render};

    fn dec(text: &str) -> Decimal {
        Decimal::from_str_exact(text).expect("a decimal")
    }

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 10, day).expect("a day")
    }

    fn dims(project: &str) -> Dims {
        let (owner, model) = (Some("openai".into()), Some("gpt-image-2".into()));
        Dims { owner, project: Some(project.into()), model, ..Dims::default() }
    }

    /// 2.0895 of the 14th is billed on the 15th, 1.25 is taken off, and of 4 that are billed for odd work 1 is unexplained.
    fn found() -> Reconciliation {
        let used = |at, project, cost| Computed {
            day: day(at),
            dims: dims(project),
            quantity: None,
            cost: Figure::Exact(dec(cost)),
            otherwise: BTreeMap::new(),
            rated_by: None,
        };
        let billed = |at, dims, kind, amount| BilledCost {
            day: day(at),
            until: day(at + 1),
            dims,
            kind,
            quantity: None,
            amount: dec(amount),
            exchange: Decimal::ZERO,
            rounding: Decimal::ZERO,
        };
        let usage = [used(14, "posters", "2.0895"), used(12, "odd", "3")];
        let bill = [
            billed(15, dims("posters"), BillKind::Usage, "2.0895"),
            billed(12, dims("odd"), BillKind::Usage, "4"),
            billed(15, Dims::default(), BillKind::Adjustment, "-1.25"),
        ];
        reconcile(&usage, &bill).expect("fits")
    }

    /// 1 of 2.0895 + 4 + 1.25 = 7.3395 is unexplained: 1 − 0.13625 = 86.4% are explained.
    #[test]
    fn the_answer_is_first_and_the_causes_add_up() {
        let (catalog, found) = (Catalog::shipped(), found());
        let tolerance = Some(Tolerance::Share(dec("0.5")));
        let bill = Bill::default();
        let (files, rows, rejected, zone) = (1, 2, 0, Zone::UTC);
        let usage = UsageBeside { rated: &found.computed, files, rows, rejected, zone };
        let (catalog, as_of) = (&catalog, day(21));
        let view = BesideView { catalog, as_of, tolerance, not_compared: &[], bill: &bill, usage };
        let shown = render(&report(&found, view), Format::Markdown, &Page::new(100));
        let first = shown.lines().next().expect("a title");
        assert!(first.contains("86.4% explained; $4.84 billed, $5.09 rated"), "{shown}");
        for cause in ["Billed on another day", "Fee, credit or adjustment", "Unexplained"] {
            assert!(shown.contains(cause), "{cause}: {shown}");
        }
        let csv = render(&report(&found, view), Format::Csv, &Page::new(100));
        let mut rows = csv::Reader::from_reader(csv.as_bytes());
        let at =
            rows.headers().expect("a heading").iter().position(|it| it == "bill_difference_usd");
        let at = at.expect("a column");
        let amounts = rows.records().map(|row| dec(&row.expect("a row")[at]));
        // 4.8395 − 5.0895.
        assert_eq!(amounts.sum::<Decimal>(), dec("-0.25"));
        let json = render(&report(&found, view), Format::Json, &Page::new(100));
        assert!(json.contains("\"unexplained_usd\": \"1\""), "{json}");
    }
}
