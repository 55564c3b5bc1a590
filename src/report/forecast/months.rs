//! The months of a forecast for people: the budget as a whole, its split by price owner, and each
//! workload on each route.

use rust_decimal::Decimal;

use super::lines::{have_the_same_versions, prices, prices_of, work};
use super::{Found, amounts, cost_cell, cost_cells, cost_columns};
use crate::budget::{ForecastLine, LimitStatus, Line, Made, Paid, Payee, Scope, Total, whose};
use crate::figure::Figure;
use crate::report::estimate::owner;
use crate::report::number;
use crate::report::sheet::{Block, Cell, Column, Sheet};

/// The most workloads and routes that are shown month by month; of more, their sums are.
const MOST_TABLES: usize = 6;
/// The most price owners that have a column each; of more, their kinds have.
const MOST_PAYEES: usize = 4;

pub(super) fn blocks(found: &Found) -> Vec<Block> {
    let (images, others): (Vec<&Line>, Vec<&Line>) =
        found.lines.iter().partition(|line| line.first().route.is_some());
    if let ([line], []) = (&images[..], &others[..]) {
        return vec![Block::Facts(facts(line)), Block::Sheet(whole(found, Some(line)))];
    }
    let mut blocks = vec![Block::Sheet(whole(found, None))];
    blocks.extend(split(found));
    if images.len() > MOST_TABLES {
        let text = "By workload and route (every month of each is in CSV):";
        blocks.extend([Block::Text(text.into()), Block::Sheet(sums(&images))]);
    } else {
        for line in images {
            blocks.extend([Block::Text(heading(found, line)), Block::Sheet(of_line(line))]);
        }
    }
    if !others.is_empty() {
        let text = "Other costs, which no price table holds:";
        blocks.extend([Block::Text(text.into()), Block::Sheet(sums(&others))]);
    }
    blocks
}

/// Where the images of the only line are made, and by which prices.
fn facts(line: &Line) -> Vec<(String, String)> {
    let Some(route) = &line.first().route else { return Vec::new() };
    let mut facts =
        vec![("Route".into(), route.id.to_string()), ("Price owner".into(), owner(route))];
    facts.extend(prices_of(line).map(|prices| ("Prices".into(), prices)));
    facts
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
fn whole(found: &Found, only: Option<&Line>) -> Sheet {
    let case = found.amount.case;
    let limits: Vec<&LimitStatus> = monthly_limit(found.limits).collect();
    let exact = found.months.iter().all(|month| month.cost.exact().is_some());
    let title =
        if exact { "Cumulative".into() } else { format!("Cumulative\n({})", case.as_str()) };
    let costs: Vec<&Figure<Decimal>> = found.months.iter().map(|month| &month.cost).collect();
    let mut more = vec![amounts(title, &costs)];
    more.extend(limits.first().map(|status| {
        let places = if status.limit.fract().is_zero() { 0 } else { 2 };
        let limit = number::dollars_at(status.limit, places);
        Column::ids(format!("Limit\n{limit}"))
    }));
    let mut made_so_far = Made::NotPlanned;
    let of_month =
        |key: &str| only.and_then(|line| line.rows.iter().find(|row| row.month.to_string() == key));
    let entries = found.months.iter().zip(&found.amount.months).map(|(month, of_case)| {
        made_so_far = made_so_far.and(month.made);
        let status = limits.iter().find(|it| it.month == Some(of_case.month));
        let mut more = vec![cost_cell(&of_case.so_far, made_so_far)];
        more.extend(status.map(|status| Cell::text(status.verdict.in_words())));
        let Total { key, accepted, attempts, cost, made, .. } = month;
        let (month, row, made) = (key.clone(), of_month(key), *made);
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
    let mut columns =
        vec![Column::ids("Month"), Column::number("Accepted"), Column::number("Attempts")];
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
        std::iter::once(Cell::text(of.key.clone())).chain(parts).collect()
    };
    let rows = found.months.iter().map(cells).collect();
    let mut total: Vec<Cell> = cells(whole);
    total[0] = Cell::text("total");
    let sheet = Sheet { columns, rows, total: Some(total) };
    vec![Block::Text("Of which, by price owner:".into()), Block::Sheet(sheet)]
}

/// What is paid of a total to each payee of the whole; to each kind of them where they are many.
fn paid(of: &Total, whole: &Total) -> Vec<(String, Paid)> {
    let mut payees: Vec<&Payee> = whole.split.keys().collect();
    if payees.len() <= MOST_PAYEES {
        let of_one = |payee: &&Payee| of.split.get(*payee).cloned().unwrap_or_default();
        return payees.iter().map(|payee| (payee.in_words(), of_one(payee))).collect();
    }
    payees.dedup_by_key(|payee| payee.owner_kind());
    let of_kind = |payee: &Payee| of.by_kind.get(&payee.owner_kind()).cloned().unwrap_or_default();
    payees.into_iter().map(|payee| (payee.kind().to_owned(), of_kind(payee))).collect()
}

/// Lines with what they come to over all months.
fn sums(lines: &[&Line]) -> Sheet {
    let cost_columns = cost_columns(lines.iter().map(|line| &line.total.cost));
    let images = lines.iter().any(|line| line.first().route.is_some());
    let mut columns = vec![Column::text("Cost of")];
    columns.extend(images.then(|| Column::number("Accepted")));
    columns.extend(cost_columns.iter().cloned());
    let rows = lines.iter().map(|line| {
        let Total { accepted, cost, made, .. } = &line.total;
        let mut cells = vec![Cell::text(whose(line.first()))];
        cells.extend(images.then(|| Cell::Quantity(accepted.clone())));
        cells.extend(cost_cells(cost, *made, cost_columns.len()));
        cells
    });
    Sheet { rows: rows.collect(), columns, total: None }
}

/// The months of the first limit on the whole budget.
fn monthly_limit(limits: &[LimitStatus]) -> impl Iterator<Item = &LimitStatus> {
    let of_budget = |it: &&LimitStatus| it.scope == Scope::Budget && it.month.is_some();
    let most = limits.iter().find(of_budget).map(|it| it.limit);
    limits.iter().filter(of_budget).filter(move |it| Some(it.limit) == most)
}
