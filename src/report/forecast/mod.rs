//! A forecast as a report: what is budgeted, whether it fits, what can go wrong and what would lower it.

mod fields;
mod identity;
mod lines;
mod months;
mod output;
mod parts;
mod totals;
mod wide;
mod words;

use std::borrow::Cow;
use std::io::Write;

pub use fields::{ForecastRow, columns, rows};
pub use output::ForecastOutput;
pub(crate) use output::output;
pub use parts::Whole;
pub(super) use parts::scope;
pub use totals::TotalOutput;
pub(super) use words::{cost_in_words, not_planned};

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::document::Report;
use super::number;
use super::record::Columns;
use super::sheet::{Amounts, Block, Cell, Column, Sheet};
use crate::budget::Assumption;
use crate::budget::{
    AmountToRequest, Budget, By, Forecast, Lever, LimitStatus, Line, MOST_WORKLOADS, Made, NotMade,
    Total,
};
use crate::catalog::Catalog;
use crate::figure::Figure;

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
    /// The amount to request.
    pub amount: &'a AmountToRequest,
    /// The largest levers.
    pub levers: &'a [Lever],
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
    Totals(&'a By, &'a [Total]),
}

/// A forecast as a report.
pub fn report<'a>(found: &'a Found<'a>, view: &'a View<'a>, catalog: &'a Catalog) -> Report<'a> {
    let csv = move |out: &mut dyn Write| match view {
        View::Rows(columns) => columns.write_csv(rows(found, catalog), out),
        View::Wide => wide::write_csv(found, out),
        View::Totals(by, totals) => totals::write_csv(by, totals, out),
    };
    let place = (catalog, Some(found.today));
    let object = move || output(found, view, catalog);
    Report::streamed(place, move || blocks(found, view), csv, object)
}

fn blocks(found: &Found, view: &View) -> Vec<Block> {
    let mut blocks = vec![Block::Title(words::title(found))];
    blocks.extend(not_made_block(&found.forecast.not_made()));
    blocks.extend(match view {
        View::Rows(_) => months::blocks(found),
        View::Wide => wide::blocks(found),
        View::Totals(by, totals) => totals::blocks((by, totals), found.whole),
    });
    blocks.push(Block::Facts(words::amount(found)));
    blocks.extend(list("Without:", found.amount.without.clone()));
    blocks.extend(list("Limits:", words::limits(found.limits, found.budget.margin)));
    blocks.extend(list("Yours:", words::yours(found.forecast)));
    blocks.extend(Block::open("What stands in the way:", words::findings(found)));
    blocks.extend(Block::open("Not exact, because:", words::open(found)));
    blocks.extend(Block::open("Assumed:", found.forecast.assumptions.iter().map(Assumption::said)));
    blocks.extend(lever_blocks(found));
    blocks
}

/// The amount from which a column is shown in whole dollars.
const WHOLE_DOLLARS_FROM: Decimal = Decimal::from_parts(100_000, 0, 0, false, 0);

fn list(title: &str, items: Vec<String>) -> Option<Block> {
    (!items.is_empty()).then(|| Block::List(title.to_owned(), items))
}

fn lever_blocks(found: &Found) -> Vec<Block> {
    let only = if found.budget.workloads.len() > MOST_WORKLOADS {
        format!(", of the {MOST_WORKLOADS} dearest workloads")
    } else {
        String::new()
    };
    if found.levers.is_empty() {
        let text = "No lever saves for certain: lower quality, cheaper size, Batch, fewer attempts, \
                    another model";
        return vec![Block::Text(format!("{text}{only}."))];
    }
    let several = found.budget.workloads.len() > 1;
    let mut columns =
        vec![Column::text("Lever"), Column::number("Saves"), Column::text("Given up")];
    if several {
        columns.insert(0, Column::text("Workload"));
    }
    let row = |lever: &Lever| {
        let mut cells = vec![
            Cell::text(lever.change.clone()),
            Cell::Money(lever.saving.clone()),
            Cell::text(lever.given_up.clone()),
        ];
        if several {
            cells.insert(0, Cell::text(lever.workload.clone()));
        }
        cells
    };
    let rows = found.levers.iter().map(row).collect();
    let title = format!(
        "The largest levers, each by itself over {}{only}; savings do not add up:",
        words::months(found.budget.months)
    );
    vec![Block::Text(title), Block::Sheet(Sheet { columns, rows, total: None })]
}

/// What is not made, for the first lines of an output.
pub(in crate::report) fn not_made_block(not_made: &[NotMade]) -> Option<Block> {
    Block::open("Not made, so that every total over it is \"at least\":", words::not_made(not_made))
}

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
fn amounts(title: impl Into<Cow<'static, str>>, figures: &[&Figure<Decimal>]) -> Column {
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
