//! The months of a forecast for people: the budget as a whole, its split by price owner, and each
//! workload on each route.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::lines::{Line, have_the_same_versions, lines, prices, work};
use super::{Found, added, amounts, cost_cell, cost_cells, cost_columns, is_short};
use crate::budget::{LimitStatus, Made, Payee, Row, Scope, Total, whose};
use crate::figure::Figure;
use crate::reason::Pricing;
use crate::report::estimate::owner;
use crate::report::number;
use crate::report::sheet::{Block, Cell, Column, Sheet};

/// The most workloads and routes that are shown month by month; of more, their sums are.
const MOST_TABLES: usize = 6;
/// The most price owners that have a column each; of more, their kinds have.
const MOST_PAYEES: usize = 4;

pub(super) fn blocks(found: &Found) -> Vec<Block> {
    let lines = lines(found.budget, found.forecast);
    let (images, others): (Vec<&Line>, Vec<&Line>) =
        lines.iter().partition(|line| line.first().route.is_some());
    if let ([line], []) = (&images[..], &others[..]) {
        return vec![Block::Facts(facts(line)), Block::Sheet(whole(found, Some(line)))];
    }
    let mut blocks = vec![Block::Sheet(whole(found, None))];
    blocks.extend(split(found.months));
    if images.len() > MOST_TABLES {
        let text = "By workload and route (every month of each is in --format csv):";
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
    facts.extend(line.prices().map(|prices| ("Prices".into(), prices)));
    facts
}

fn heading(found: &Found, line: &Line) -> String {
    let row = line.first();
    let Some(route) = &row.route else { return whose(row) };
    let work = work(found.budget, &row.workload, Some(&route.model));
    let prices = line.prices().map_or_else(String::new, |prices| format!("; {prices}"));
    format!("{} ({work}) on {}, {}{prices}", row.workload, route.id, owner(route))
}

/// A month of a table.
struct Entry<'a> {
    month: String,
    accepted: &'a Figure<Decimal>,
    attempts: &'a Figure<Decimal>,
    /// The row of the only line, if the table is of one.
    row: Option<&'a Row>,
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
    let mut more = vec![amounts("cumulative_usd", title, &costs)];
    more.extend(limits.first().map(|status| {
        let places = if status.limit.fract().is_zero() { 0 } else { 2 };
        let limit = number::dollars(status.limit, places);
        Column::ids("limit", format!("Limit\n{limit}"))
    }));
    let zero = Figure::Exact(Decimal::ZERO);
    let mut of_case: BTreeMap<String, Figure<Decimal>> = BTreeMap::new();
    for rows in found.forecast.rows.chunk_by(|a, b| a.month == b.month) {
        let unknown = |_| Figure::unknown(Decimal::ZERO, Pricing::AmountTooLarge);
        of_case.insert(rows[0].month.to_string(), case.of_rows(rows).unwrap_or_else(unknown));
    }
    let mut so_far = zero.clone();
    let mut made_so_far = Made::NotPlanned;
    let entry = |(index, month): (usize, &'_ Total)| -> (usize, Vec<Cell>) {
        let status =
            limits.iter().find(|it| it.month.is_some_and(|it| it.to_string() == month.key));
        so_far = added([&so_far, of_case.get(&month.key).unwrap_or(&zero)]);
        made_so_far = made_so_far.and(month.made);
        let mut more = vec![cost_cell(&so_far, made_so_far)];
        more.extend(status.map(|status| Cell::text(status.verdict.in_words())));
        (index, more)
    };
    let of_month = |key: &str| {
        only.and_then(|line| line.rows.iter().find(|row| row.month.to_string() == key).copied())
    };
    let entries = found.months.iter().enumerate().map(entry).map(|(index, more)| {
        let Total { key, accepted, attempts, cost, made, .. } = &found.months[index];
        Entry {
            month: key.clone(),
            accepted,
            attempts,
            row: of_month(key),
            cost,
            made: *made,
            more,
        }
    });
    table(entries.collect(), more)
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
    table(entries.collect(), Vec::new())
}

/// Months as a table, with columns for what differs: a shortfall, the ends of the cost, the prices.
fn table(entries: Vec<Entry>, more: Vec<Column>) -> Sheet {
    let costs = cost_columns(entries.iter().map(|entry| entry.cost));
    let rows = || entries.iter().filter_map(|entry| entry.row);
    let short = rows().any(is_short);
    let mut known = rows().map(prices);
    let first = known.next();
    let varying = known.any(|prices| Some(prices) != first);
    let same_versions = have_the_same_versions(&rows().collect::<Vec<_>>());
    let of_prices = |row: &Row| match same_versions {
        true => Cell::text(row.price_basis.as_str()),
        false => Cell::text(prices(row)),
    };
    let mut columns = vec![
        Column::ids("month", "Month"),
        Column::number("accepted_images", "Accepted"),
        Column::number("attempts", "Attempts"),
    ];
    columns.extend(short.then(|| Column::number("shortfall_images", "Short")));
    columns.extend(costs.iter().cloned());
    columns.extend(more);
    columns.extend(varying.then(|| Column::text("prices", "Prices")));
    let cells = |entry: &Entry| {
        let of_row = |cell: fn(&Row) -> Cell| entry.row.map_or(Cell::Empty, cell);
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
        Cell::Quantity(added(entries.iter().map(|entry| entry.accepted))),
        Cell::Quantity(added(entries.iter().map(|entry| entry.attempts))),
    ];
    total.extend(short.then(|| Cell::Quantity(added(rows().map(|row| &row.shortfall)))));
    let made = Made::of_all(entries.iter().map(|entry| entry.made));
    total.extend(cost_cells(&added(entries.iter().map(|entry| entry.cost)), made, costs.len()));
    total.resize(columns.len(), Cell::Empty);
    Sheet { rows: entries.iter().map(cells).collect(), columns, total: Some(total) }
}

/// A sum across price owners by who is paid, month by month; by their kind where they are many.
fn split(months: &[Total]) -> Vec<Block> {
    let mut payees: Vec<&Payee> = months.iter().flat_map(|month| month.split.keys()).collect();
    payees.sort();
    payees.dedup();
    if payees.len() < 2 {
        return Vec::new();
    }
    let word = |payee: &Payee| match payees.len() {
        0..=MOST_PAYEES => payee.in_words(),
        _ => payee.kind().to_owned(),
    };
    let mut words: Vec<String> = payees.iter().map(|payee| word(payee)).collect();
    words.dedup();
    let part = |month: &Total, of: &String| {
        let parts = || month.split.iter().filter(|(payee, _)| word(payee) == *of);
        let made = Made::of_all(parts().map(|(_, paid)| paid.made));
        (added(parts().map(|(_, paid)| &paid.cost)), made)
    };
    let mut columns = vec![Column::ids("month", "Month")];
    let costs: Vec<&Figure<Decimal>> =
        months.iter().flat_map(|month| month.split.values()).map(|paid| &paid.cost).collect();
    let column = |word: &String| amounts(word.clone(), word.replace(" (", "\n("), &costs);
    columns.extend(words.iter().map(column));
    let row = |month: &Total| {
        let cell = |word| {
            let (cost, made) = part(month, word);
            cost_cell(&cost, made)
        };
        let parts = words.iter().map(cell);
        std::iter::once(Cell::text(month.key.clone())).chain(parts).collect()
    };
    let sums = words.iter().map(|word| {
        let parts: Vec<_> = months.iter().map(|month| part(month, word)).collect();
        let made = Made::of_all(parts.iter().map(|(_, made)| *made));
        cost_cell(&added(parts.iter().map(|(cost, _)| cost)), made)
    });
    let total = std::iter::once(Cell::text("total")).chain(sums).collect();
    let rows = months.iter().map(row).collect();
    let sheet = Sheet { columns, rows, total: Some(total) };
    vec![Block::Text("Of which, by price owner:".into()), Block::Sheet(sheet)]
}

/// Lines with their sums over all months.
fn sums(lines: &[&Line]) -> Sheet {
    let sum =
        |line: &Line, of: fn(&Row) -> &Figure<Decimal>| added(line.rows.iter().map(|row| of(row)));
    let costs: Vec<Figure<Decimal>> = lines.iter().map(|line| sum(line, |row| &row.cost)).collect();
    let cost_columns = cost_columns(&costs);
    let images = lines.iter().any(|line| line.first().route.is_some());
    let mut columns = vec![Column::text("cost_of", "Cost of")];
    columns.extend(images.then(|| Column::number("accepted_images", "Accepted")));
    columns.extend(cost_columns.iter().cloned());
    let rows = lines.iter().zip(&costs).map(|(line, cost)| {
        let mut cells = vec![Cell::text(whose(line.first()))];
        cells.extend(images.then(|| Cell::Quantity(sum(line, |row| &row.accepted))));
        let made = Made::of_all(line.rows.iter().map(|row| row.made));
        cells.extend(cost_cells(cost, made, cost_columns.len()));
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
