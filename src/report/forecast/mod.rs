//! A forecast as a report: what is budgeted, whether it fits, what can go wrong and what would lower it.

mod beside;
#[cfg(feature = "cli")]
mod book;
mod charts;
mod fields;
mod handout;
mod identity;
mod limits;
mod lines;
mod months;
mod output;
mod parts;
mod payees;
mod totals;
mod wide;
mod words;

use std::borrow::Cow;
use std::io::Write;

#[cfg(feature = "cli")]
pub use book::Behind;
pub use fields::{ForecastRow, columns, rows};
pub(super) use limits::{each, in_period, limits_in_words, not_held};
pub use output::ForecastOutput;
pub(crate) use output::output;
pub use parts::Whole;
pub(super) use parts::scope;
pub use totals::TotalOutput;
pub(super) use words::{
    as_facts, at_acceptance, not_made as not_made_in_words, not_planned, part_in_words, period,
    to_pay, total_in_words,
};

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::block::Block;
use super::block::Counted;
use super::document::Report;
use super::number;
use super::record::Columns;
use super::sheet::{Amounts, Cell, Column, Sheet};
use crate::budget::{
    Alert, AmountToRequest, Assumption, AtAcceptance, Budget, By, Forecast, Lever, LimitStatus,
    Line, MOST_WORKLOADS, Made, NotMade, Total,
};
use crate::catalog::Catalog;
use crate::figure::Figure;
use crate::help::View as Open;
use crate::long::name_in_cell;
use crate::sensitivity::Sensitivity;

/// What was found of a budget.
#[derive(Debug)]
pub struct Found<'a> {
    /// The budget.
    pub budget: &'a Budget,
    /// Its forecast.
    pub forecast: &'a Forecast,
    /// Month by month, with those that cost nothing.
    pub months: &'a [Total],
    /// What the months come to.
    pub whole: &'a Total,
    /// The rows by workload and route; files of rows need none.
    pub lines: &'a [Line],
    /// The images that are wanted and not accepted, by workload.
    pub short: &'a [(String, Figure<Decimal>)],
    /// How its limits stand.
    pub limits: &'a [LimitStatus],
    /// When shares of them are reached.
    pub alerts: &'a [Alert],
    /// What leaves the account, each month's credit bought at once; nothing where that is the cost.
    pub cash: Option<&'a Figure<Decimal>>,
    /// The amount to request.
    pub amount: &'a AmountToRequest,
    /// What it would cost at another acceptance, where none was given.
    pub at_acceptance: Option<&'a AtAcceptance>,
    /// What moves it most, of what was taken for granted.
    pub sensitivities: &'a [Sensitivity],
    /// The budget by quarter, for tables of more months than a screen has room for.
    pub quarters: &'a [Total],
    /// The largest levers.
    pub levers: &'a [Lever],
    /// What its rows are the product of, for a workbook; nothing for other formats.
    #[cfg(feature = "cli")]
    pub behind: Option<&'a Behind>,
    /// The day of knowledge.
    pub today: NaiveDate,
}

/// How a forecast is shown.
#[derive(Debug)]
pub enum View<'a> {
    /// A row for each month, workload and route, with these columns in files.
    Rows(Columns<ForecastRow<'a>>),
    /// A row for each workload and route, a column for each month.
    Wide,
    /// Totals, and what they are gathered by.
    Totals(&'a [By], &'a [Total]),
}

/// A forecast as a report.
pub fn report<'a>(found: &'a Found<'a>, view: &'a View<'a>, catalog: &'a Catalog) -> Report<'a> {
    let place = (catalog, Some(found.today));
    let csv = move |out: &mut dyn Write| match view {
        View::Rows(columns) => columns.write_csv(rows(found, catalog), out),
        View::Wide => wide::write_csv(found, place, out),
        View::Totals(by, totals) => totals::write_csv((by, totals), place, out),
    };
    let object = move || output(found, view, catalog);
    let report = Report::streamed(place, move || blocks(found, view), csv, object)
        .handed_on(move || handout::answer(found), move || handout::parts(found, view));
    #[cfg(feature = "cli")]
    if let Some(behind) = found.behind {
        return report.with_book(move |currency| book::book(found, behind, currency));
    }
    report
}

fn blocks(found: &Found, view: &View) -> Vec<Block> {
    let not_made = found.forecast.not_made();
    let mut blocks = vec![Block::Title(words::title(found))];
    blocks.extend(not_made_line(&not_made));
    blocks.push(Block::Facts(words::answer(found)));
    blocks.extend(why_not_made(&not_made));
    let without = found.amount.without.iter().map(|it| it.to_string().into()).collect();
    let words = ("part without a price", "parts without a price");
    blocks.extend(Block::first_open("Without:", without, MOST_WITHOUT, words, Open::Notes));
    blocks.extend(match view {
        View::Rows(_) => months::blocks(found),
        View::Wide => wide::blocks(found),
        View::Totals(by, totals) => totals::blocks(found.budget, (by, totals), found.whole),
    });
    blocks.extend(lever_blocks(found, view));
    blocks.extend(findings_of(found));
    let (_, more) = words::limits(found);
    blocks.extend(Block::notes("All limits:", ("limit", "limits"), more));
    let (_, more) = limits::alerts_in_words(found.alerts);
    blocks.extend(Block::notes("All alerts:", ("alert", "alerts"), more));
    blocks.extend(Block::notes(
        "Yours:",
        ("term of yours", "terms of yours"),
        words::yours(found.forecast),
    ));
    blocks.extend(Block::open_notes(
        "Not exact, because:",
        ("reason", "reasons"),
        words::open(found),
    ));
    blocks.extend(assumed(&found.forecast.assumptions));
    blocks
}

/// What stands in the way of the budget as it was written.
fn findings_of(found: &Found) -> Option<Block> {
    let (title, words) = ("What stands in the way:", ("finding", "findings"));
    Block::first_open(title, words::findings(found), MOST_FINDINGS, words, Open::All)
}

/// The most parts without a price, and the most findings, that are shown at once.
const MOST_WITHOUT: usize = 1;
const MOST_FINDINGS: usize = 2;

/// The amount from which a column is shown in whole dollars.
const WHOLE_DOLLARS_FROM: Decimal = Decimal::from_parts(100_000, 0, 0, false, 0);

/// How many levers are shown at once.
const SHOWN_LEVERS: usize = 3;

fn lever_blocks(found: &Found, view: &View) -> Vec<Block> {
    let (text, sheet) = levers(found);
    let (title, words) = (Block::Text(text), ("saving", "savings"));
    let Some(sheet) = sheet else { return vec![title] };
    if words::is_crowded(found) || matches!(view, View::Wide) {
        let what = Counted::new(found.levers.len(), words);
        return vec![Block::folded(what, Open::All, vec![title, Block::Sheet(sheet)])];
    }
    vec![title, sheet.first(SHOWN_LEVERS, words, Open::All)]
}

/// What would lower the cost, with its title; without a table where nothing is sure to.
fn levers(found: &Found) -> (String, Option<Sheet>) {
    let only = found.budget.workloads.len() > MOST_WORKLOADS;
    let only = if only {
        format!(", in the {MOST_WORKLOADS} workloads that cost most")
    } else {
        String::new()
    };
    if found.levers.is_empty() {
        let text = "No change saves for certain: lower quality, cheaper size, Batch, fewer attempts, \
                    another model";
        return (format!("{text}{only}."), None);
    }
    let several = found.budget.workloads.len() > 1;
    let saved: Vec<&Figure<Decimal>> = found.levers.iter().map(|it| &it.saving).collect();
    let mut columns =
        vec![Column::text("Lever"), amounts("Saves", &saved), Column::text("What you lose")];
    if several {
        columns.insert(0, Column::text("Workload"));
    }
    let row = |lever: &Lever| {
        let mut cells = vec![
            Cell::text(lever.change_in_words()),
            Cell::Money(lever.saving.clone()),
            Cell::text(lever.given_up.to_string()),
        ];
        if several {
            cells.insert(0, Cell::text(name_in_cell(&lever.workload)));
        }
        cells
    };
    let rows = found.levers.iter().map(row).collect();
    let over = words::months(found.budget.months);
    let title = match only.is_empty() {
        true => format!("What would lower it over {over}, each by itself (savings do not add up):"),
        false => format!("Savings over {over}, each by itself{only}:"),
    };
    (title, Some(Sheet { columns, rows, total: None }))
}

/// What is not made, for the first lines of an output.
pub(in crate::report) fn not_made_line(not_made: &[NotMade]) -> Option<Block> {
    not_made_sentence(not_made).map(Block::Text)
}

/// The same as a sentence.
pub(in crate::report) fn not_made_sentence(not_made: &[NotMade]) -> Option<String> {
    let names = words::not_made_names(not_made)?;
    let text = "Not made, so that every total over it is \"at least\"";
    Some(format!("{text}: {names}."))
}

/// What is assumed: at once what must be, the rest on request.
pub(in crate::report) fn assumed(all: &[Assumption]) -> Vec<Block> {
    let (at_once, rest): (Vec<_>, Vec<_>) = all.iter().partition(|it| it.is_said_at_once());
    let words = ("assumption", "assumptions");
    let said = |all: Vec<&Assumption>| all.into_iter().map(Assumption::said).collect();
    let at_once = said(at_once);
    let at_once = Block::first_open("Assumed:", at_once, MOST_ASSUMED, words, Open::Notes);
    let title = if at_once.is_some() { "Also assumed:" } else { "Assumed:" };
    let rest = Block::open_notes(title, words, said(rest));
    at_once.into_iter().chain(rest).collect()
}

/// How many assumptions are said at once.
const MOST_ASSUMED: usize = 3;

/// Why it is not made, and what can be done.
pub(in crate::report) fn why_not_made(not_made: &[NotMade]) -> Option<Block> {
    let words = ("workload that is not made", "workloads that are not made");
    Block::first_open(
        "Why it is not made:",
        words::not_made(not_made),
        MOST_NOT_MADE,
        words,
        Open::All,
    )
}

/// Of how many workloads it is said why they are not made.
const MOST_NOT_MADE: usize = 2;

/// The columns of a cost for people: one where every figure is exact, else its ends, with what is
/// expected where that is known of any.
fn cost_columns<'a>(figures: impl IntoIterator<Item = &'a Figure<Decimal>>) -> Vec<Column> {
    let figures: Vec<_> = figures.into_iter().collect();
    let open: Vec<_> = figures.iter().filter(|figure| figure.exact().is_none()).collect();
    let titles = match &open[..] {
        // Of what is not known there is one amount, the least.
        open if open.iter().all(|figure| figure.high().is_none()) => &["Cost"][..],
        open if open.iter().any(|figure| figure.expected().is_some()) => {
            &["Low", "Expected", "High"]
        }
        _ => &["Low", "High"],
    };
    titles.iter().map(|title| amounts(*title, &figures)).collect()
}

/// A column of amounts: whole dollars where any is from $100,000 on, so that it stays narrow.
pub(in crate::report) fn amounts(
    title: impl Into<Cow<'static, str>>,
    figures: &[&Figure<Decimal>],
) -> Column {
    let most = figures.iter().flat_map(|figure| number::shown_amounts(figure)).max();
    let large = most.is_some_and(|most| most >= WHOLE_DOLLARS_FROM);
    let column = Column::number(title);
    if large { Column { amounts: Amounts::WholeDollars, ..column } } else { column }
}

/// A cost for people, or the word for what is not made or not planned.
pub(in crate::report) fn cost_cell(cost: &Figure<Decimal>, made: Made) -> Cell {
    made.in_place_of(cost).map_or_else(|| Cell::Money(cost.clone()), Cell::Missing)
}

/// The cells of a cost under so many [`cost_columns`].
fn cost_cells(figure: &Figure<Decimal>, made: Made, columns: usize) -> Vec<Cell> {
    if let Some(word) = made.in_place_of(figure) {
        return vec![Cell::Missing(word); columns];
    }
    let open = if figure.high().is_some() { "not known" } else { "unknown" };
    let known = |value: Option<Decimal>| {
        value.map_or(Cell::Missing(open), |value| Cell::Money(Figure::Exact(value)))
    };
    let low = match figure {
        Figure::Unknown { .. } => Cell::Money(figure.clone()),
        figure => known(Some(figure.low())),
    };
    match columns {
        1 => vec![low],
        2 => vec![low, known(figure.high())],
        _ => vec![low, known(figure.expected()), known(figure.high())],
    }
}

/// An amount by itself.
fn dollars(amount: Decimal) -> String {
    number::dollars(amount)
}
