//! The months of a forecast for people: the budget as a whole, its split by price owner, and each
//! workload on each route.

use rust_decimal::Decimal;

use super::beside;
use super::lines::{have_the_same_versions, prices, prices_of, work};
use super::payees::{paid, short_owner};
use super::words;
use super::{Found, amounts, cost_cell, cost_cells, cost_columns};
use crate::budget::{ForecastLine, LimitStatus, Line, Made, Paid, Scope, Total, Unit, whose};
use crate::catalog::route::Route;
use crate::figure::Figure;
use crate::help::View;
use crate::long::name_in_cell;
use crate::report::block::{Block, Counted, Fold};
use crate::report::estimate::owner;
use crate::report::number;
use crate::report::sheet::{Cell, Column, Sheet};

/// The most workloads and routes that are shown month by month on request.
const MOST_TABLES: usize = 6;
/// What is shown month by month on request.
const BY_MONTH: (&str, &str) = ("table by month", "tables by month");
/// How many rows the tables of a budget have together before the rest is folded.
const MOST_ROWS: usize = 12;
/// How many quarters are shown at once: those that three years touch.
const MOST_QUARTERS: usize = 13;
/// How many workloads are shown at once beside a few months.
const MOST_WORKLOADS: usize = 6;

pub(super) fn blocks(found: &Found) -> Vec<Block> {
    let images: Vec<&Line> = found.lines.iter().filter(|line| line.first().is_images()).collect();
    let only = match found.lines {
        [line] if line.first().is_images() => Some(line),
        _ => None,
    };
    let (main, rows) = periods(found, only);
    let mut blocks = vec![main];
    if only.is_none() {
        blocks.extend(split(found));
        let room = if words::is_crowded(found) { 0 } else { MOST_ROWS.saturating_sub(rows) };
        blocks.extend(workloads(&images, room));
        blocks.extend(monthly(found, &images));
    }
    blocks.extend(beside::blocks(found));
    blocks
}

/// The budget by month, or by quarter where a screen has no room for its months; and how many rows it has.
fn periods(found: &Found, only: Option<&Line>) -> (Block, usize) {
    let months = whole(found, only);
    let count = months.rows.len();
    let saves_room = !found.quarters.is_empty() && count > found.quarters.len() * 2;
    if count <= MOST_ROWS && !(words::is_crowded(found) && saves_room) {
        return (Block::Sheet(months), count);
    }
    let quarters = by_quarter(found);
    let shown = quarters.rows.len().min(MOST_QUARTERS);
    let instead = vec![
        Block::Text(words::quarters(found.budget)),
        quarters.first(MOST_QUARTERS, ("quarter", "quarters"), View::All),
    ];
    let what = Counted::new(count, ("month", "months"));
    let fold = Fold { what, view: View::All, inside: vec![Block::Sheet(months)], instead };
    (Block::Folded(fold), shown)
}

/// The budget by quarter, each with the worst of its months against the monthly limit.
fn by_quarter(found: &Found) -> Sheet {
    let limits: Vec<&LimitStatus> = monthly_limit(found.limits).collect();
    let worst = |key: &str| {
        let quarter = |month| found.budget.period(Unit::Quarter, month).to_string();
        let of_quarter = |it: &&&LimitStatus| it.month().is_some_and(|month| quarter(month) == key);
        limits.iter().filter(of_quarter).map(|it| it.verdict).max()
    };
    let costs: Vec<&Figure<Decimal>> = found.quarters.iter().map(|it| &it.cost).collect();
    let mut more = vec![amounts("Cumulative", &costs).ranked(2)];
    more.extend(limits.first().map(|status| limit_column(status, "Worst month,\nlimit ")));
    let entries = found.quarters.iter().map(|quarter| {
        let Total { accepted, attempts, cost, made, cumulative, .. } = quarter;
        let key = quarter.key();
        let so_far = cumulative.clone().map_or(Cell::Empty, Cell::Money);
        let verdict = worst(key).map(|verdict| Cell::text(verdict.in_words()));
        let more = std::iter::once(so_far).chain(verdict).collect();
        let (month, made, row) = (key.to_owned(), *made, None);
        Entry { month, accepted, attempts, row, cost, made, more }
    });
    let mut sheet = table(entries.collect(), more, found.whole);
    sheet.columns[0].title = "Quarter".into();
    sheet
}

/// How a month stands to its limit, which is named where it is another than that of the heading.
fn verdict(status: &LimitStatus, heading: &LimitStatus) -> Cell {
    let word = status.verdict.in_words();
    Cell::text(match status.limit == heading.limit {
        true => word.to_owned(),
        false => format!("{word} ({})", number::dollars(status.limit)),
    })
}

fn limit_column(status: &LimitStatus, title: &str) -> Column {
    let places = if status.limit.fract().is_zero() { 0 } else { 2 };
    Column::ids(format!("{title}{}", number::dollars_at(status.limit, places)))
}

/// What each workload costs on each route, as far as there is room.
fn workloads(images: &[&Line], room: usize) -> Vec<Block> {
    if images.len() < 2 {
        return Vec::new();
    }
    let words = ("workload on a route", "workloads on routes");
    let title = Block::Text("By workload and route:".into());
    let sheet = sums(images);
    match room {
        0 | 1 => vec![Block::folded(
            Counted::new(images.len(), words),
            View::All,
            vec![title, Block::Sheet(sheet)],
        )],
        room => vec![title, sheet.first(room.min(MOST_WORKLOADS), words, View::All)],
    }
}

/// Each workload on each route month by month, on request.
fn monthly(found: &Found, images: &[&Line]) -> Option<Block> {
    let tables = images.iter().take(MOST_TABLES);
    let tables =
        tables.flat_map(|line| [Block::Text(heading(found, line)), Block::Sheet(of_line(line))]);
    let mut inside: Vec<Block> = tables.collect();
    if images.len() > MOST_TABLES {
        let text = format!(
            "Of the other {} workloads, every month is in CSV.",
            images.len() - MOST_TABLES
        );
        inside.push(Block::Text(text));
    }
    let what = Counted::new(images.len().min(MOST_TABLES), BY_MONTH);
    (!images.is_empty()).then(|| Block::folded(what, View::All, inside))
}

fn heading(found: &Found, line: &Line) -> String {
    let row = line.first();
    let Some(route) = &row.route else { return whose(row) };
    let work = work(found.budget, &row.workload, Some(&route.model));
    let prices = prices_of(line).map_or_else(String::new, |prices| format!("; {prices}"));
    format!("{} ({work}) on {}, {}{prices}", row.workload, route.id, owner(route))
}

/// A month of a table.
struct Entry<'a> {
    month: String,
    accepted: &'a Figure<Decimal>,
    attempts: &'a Figure<Decimal>,
    /// The row of the only line, if the table is of one.
    row: Option<&'a ForecastLine>,
    cost: &'a Figure<Decimal>,
    made: Made,
    /// What stands to the right of the cost.
    more: Vec<Cell>,
}

/// The budget month by month, held against its monthly limit; with what is to be said of the only line.
pub(super) fn whole(found: &Found, only: Option<&Line>) -> Sheet {
    let case = found.amount.case;
    let limits: Vec<&LimitStatus> = monthly_limit(found.limits).collect();
    let exact = found.months.iter().all(|month| month.cost.exact().is_some());
    let title =
        if exact { "Cumulative".into() } else { format!("Cumulative\n({})", case.as_str()) };
    let costs: Vec<&Figure<Decimal>> = found.months.iter().map(|month| &month.cost).collect();
    let mut more = vec![amounts(title, &costs).ranked(2)];
    more.extend(limits.first().map(|status| limit_column(status, "Limit\n")));
    let mut made_so_far = Made::NotPlanned;
    let of_month =
        |key: &str| only.and_then(|line| line.rows.iter().find(|row| row.month.to_string() == key));
    let entries = found.months.iter().zip(&found.amount.months).map(|(month, of_case)| {
        made_so_far = made_so_far.and(month.made);
        let status = limits.iter().find(|it| it.month() == Some(of_case.month));
        let mut more = vec![cost_cell(&of_case.so_far, made_so_far)];
        if let Some(first) = limits.first() {
            more.push(status.map_or(Cell::Empty, |status| verdict(status, first)));
        }
        let Total { accepted, attempts, cost, made, .. } = month;
        let (month, row, made) = (month.key().to_owned(), of_month(month.key()), *made);
        Entry { month, accepted, attempts, row, cost, made, more }
    });
    table(entries.collect(), more, found.whole)
}

/// A workload on a route, month by month.
fn of_line(line: &Line) -> Sheet {
    let entries = line.rows.iter().map(|row| Entry {
        month: row.month.to_string(),
        accepted: &row.accepted,
        attempts: &row.attempts,
        row: Some(row),
        cost: &row.cost,
        made: row.made,
        more: Vec::new(),
    });
    table(entries.collect(), Vec::new(), &line.total)
}

/// Months as a table, with columns for what differs: a shortfall, the ends of the cost, the prices; and with what
/// they come to.
fn table(entries: Vec<Entry>, more: Vec<Column>, whole: &Total) -> Sheet {
    let costs = cost_columns(entries.iter().map(|entry| entry.cost));
    let rows = || entries.iter().filter_map(|entry| entry.row);
    let short = rows().any(ForecastLine::is_short);
    let mut known = rows().map(prices);
    let first = known.next();
    let varying = known.any(|prices| Some(prices) != first);
    let same_versions = have_the_same_versions(&rows().collect::<Vec<_>>());
    let of_prices = |row: &ForecastLine| match same_versions {
        true => Cell::text(row.price_basis.as_str()),
        false => Cell::text(prices(row)),
    };
    let mut columns = vec![
        Column::ids("Month"),
        Column::number("Accepted"),
        Column::number("Attempts").ranked(3),
    ];
    columns.extend(short.then(|| Column::number("Short")));
    columns.extend(costs.iter().cloned());
    columns.extend(more);
    columns.extend(varying.then(|| Column::text("Prices")));
    let cells = |entry: &Entry| {
        let of_row = |cell: fn(&ForecastLine) -> Cell| entry.row.map_or(Cell::Empty, cell);
        let mut cells = vec![
            Cell::text(entry.month.clone()),
            Cell::Quantity(entry.accepted.clone()),
            Cell::Quantity(entry.attempts.clone()),
        ];
        cells.extend(short.then(|| of_row(|row| Cell::Quantity(row.shortfall.clone()))));
        cells.extend(cost_cells(entry.cost, entry.made, costs.len()));
        cells.extend(entry.more.iter().cloned());
        cells.extend(varying.then(|| entry.row.map_or(Cell::Empty, of_prices)));
        cells
    };
    let mut total = vec![
        Cell::text("total"),
        Cell::Quantity(whole.accepted.clone()),
        Cell::Quantity(whole.attempts.clone()),
    ];
    total.extend(short.then(|| Cell::Quantity(whole.shortfall.clone())));
    total.extend(cost_cells(&whole.cost, whole.made, costs.len()));
    total.resize(columns.len(), Cell::Empty);
    Sheet { rows: entries.iter().map(cells).collect(), columns, total: Some(total) }
}

/// A sum across price owners by who is paid, month by month.
fn split(found: &Found) -> Vec<Block> {
    let whole = found.whole;
    if whole.split.len() < 2 {
        return Vec::new();
    }
    let parts = paid(whole, whole);
    let costs: Vec<&Figure<Decimal>> =
        found.months.iter().flat_map(|month| month.split.values()).map(|paid| &paid.cost).collect();
    let mut columns = vec![Column::ids("Month")];
    let column = |(word, _): &(String, Paid)| amounts(word.replace(" (", "\n("), &costs);
    columns.extend(parts.iter().map(column));
    let cells = |of: &Total| {
        let parts = paid(of, whole).into_iter();
        let parts = parts.map(|(_, paid)| cost_cell(&paid.cost, paid.made));
        std::iter::once(Cell::text(of.key().to_owned())).chain(parts).collect()
    };
    let rows = found.months.iter().map(cells).collect();
    let mut total: Vec<Cell> = cells(whole);
    total[0] = Cell::text("total");
    let sheet = Sheet { columns, rows, total: Some(total) };
    let inside = vec![Block::Text("Of which, by price owner:".into()), Block::Sheet(sheet)];
    vec![Block::folded(Counted::new(1, BY_MONTH), View::All, inside)]
}

/// Workloads on routes with what they come to over all months; those that cost most first, where they are many.
fn sums(lines: &[&Line]) -> Sheet {
    let cost_columns = cost_columns(lines.iter().map(|line| &line.total.cost));
    let mut columns = vec![
        Column::text("Workload"),
        Column::text("Route").ranked(3),
        Column::text("Price owner"),
        Column::number("Accepted").ranked(2),
    ];
    columns.extend(cost_columns.iter().cloned());
    let mut lines = lines.to_vec();
    if lines.len() > MOST_WORKLOADS {
        lines.sort_by_key(|line| {
            std::cmp::Reverse(line.total.cost.high().unwrap_or(line.total.cost.low()))
        });
    }
    let rows = lines.iter().map(|line| {
        let Total { accepted, cost, made, .. } = &line.total;
        let route = line.first().route.as_ref();
        let of_route =
            |text: fn(&Route) -> String| route.map_or(Cell::Empty, |it| Cell::text(text(it)));
        let mut cells = vec![
            Cell::text(name_in_cell(&line.first().workload)),
            of_route(|route| route.id.name.clone()),
            of_route(short_owner),
            Cell::Quantity(accepted.clone()),
        ];
        cells.extend(cost_cells(cost, *made, cost_columns.len()));
        cells
    });
    Sheet { rows: rows.collect(), columns, total: None }
}

/// The months of the limit on the whole budget.
pub(super) fn monthly_limit(limits: &[LimitStatus]) -> impl Iterator<Item = &LimitStatus> {
    limits.iter().filter(|it| it.scope == Scope::Budget && it.month().is_some())
}
