//! The charts of a forecast, each with its table: the cost by month and by what it is of, the cumulative cost, and the cost
//! of an accepted image.

use rust_decimal::Decimal;

use super::months::{monthly_limit, whole};
use super::payees::short_owner;
use super::{Found, amounts, cost_cell, dollars, each};
use crate::budget::{By, Line, Made, Scope, Split, SplitPeriod, Total, Unit, split};
use crate::figure::Figure;
use crate::long::name_in_cell;
use crate::report::block::Block;
use crate::report::chart::{self, Chart, Kind, Series};
use crate::report::handout::Part;
use crate::report::sheet::{Cell, Column, Sheet};

/// How many parts a month is shown in, beside the others together: as many as have colours that are told apart.
const MOST_PARTS: usize = 5;
/// How many bars are drawn.
const MOST_BARS: usize = 8;

/// The cost by month, in parts by team, workload or route, with the limit of each month.
pub(super) fn by_month(found: &Found) -> Option<Part> {
    let of = found.budget.asked_by();
    // What is kept as a whole is kept in parts.
    let by_month = split(found.budget, found.forecast, (&By::Month, of), MOST_PARTS).ok()?;
    let categories = by_month.periods.iter().zip(found.months).map(|(period, month)| {
        let planned = month.made != Made::NotPlanned;
        (period.key.clone(), planned.then(|| period.total.clone()))
    });
    let (title, series) = match by_month.parts() {
        0 | 1 => ("Cost of each month".to_owned(), Vec::new()),
        parts => {
            let title = format!("Cost of each month by {}", key_in_words(&by_month.by));
            (title, (0..parts).map(|at| series(&by_month, at)).collect())
        }
    };
    let chart = Chart::of(Kind::Columns, title, categories)
        .with_series(series)
        .with_lines(monthly_line(found).into_iter().collect());
    let table = parts_sheet(&by_month, "Month");
    Some(Part::charted("Cost by month", chart, vec![Block::Sheet(table)]))
}

fn series(of: &Split, at: usize) -> Series {
    let amounts = of.periods.iter().map(|period| period.parts[at].clone()).collect();
    Series { name: part_name(of, at), amounts }
}

/// The limit of each month on the whole budget.
fn monthly_line(found: &Found) -> Option<chart::Line> {
    let first = monthly_limit(found.limits).next()?;
    let is_one = monthly_limit(found.limits).all(|it| it.limit == first.limit);
    let name = match is_one {
        true => format!("limit of {} {}", dollars(first.limit), each(Unit::Month)),
        false => format!("limits {}", each(Unit::Month)),
    };
    let of_month = |key: &str| {
        let is_it = |month: crate::budget::Month| month.to_string() == key;
        monthly_limit(found.limits).find(|it| it.month().is_some_and(is_it)).map(|it| it.limit)
    };
    let amounts = found.months.iter().map(|month| of_month(month.key())).collect();
    Some(chart::Line { name, amounts })
}

/// The cost from the first month on, with the limit of all months and the amount to request.
pub(super) fn cumulative(found: &Found) -> Option<Part> {
    let so_far = |month: &Total| (month.key().to_owned(), month.cumulative.clone());
    let months = found.months;
    let whole_limit =
        found.limits.iter().find(|it| it.scope == Scope::Budget && it.period.unit() == Unit::Whole);
    let limit = whole_limit
        .map(|it| level(format!("limit of {} in total", dollars(it.limit)), it.limit, months));
    let amount = found.amount.amount.exact();
    let amount = amount.map(|it| level(format!("amount to request, {}", dollars(it)), it, months));
    let lines = limit.into_iter().chain(amount).collect();
    let title = "Cumulative cost against the budget";
    let chart = Chart::of(Kind::Line, title, months.iter().map(so_far)).with_lines(lines);
    let only = match found.lines {
        [line] if line.first().is_images() => Some(line),
        _ => None,
    };
    let table = Block::Sheet(whole(found, only));
    (months.len() > 1).then(|| Part::charted("Against the budget", chart, vec![table]))
}

/// A line at one level over all months.
fn level(name: String, amount: Decimal, months: &[Total]) -> chart::Line {
    chart::Line { name, amounts: vec![Some(amount); months.len()] }
}

/// What an accepted image costs on each route, on average over the months, with how certain that is.
pub(super) fn per_image(found: &Found) -> Option<Part> {
    let images = found.lines.iter().filter(|line| line.first().is_images());
    let mut images: Vec<(&Line, Option<Figure<Decimal>>)> =
        images.map(|line| (line, line.total.per_accepted_image().ok().flatten())).collect();
    images.sort_by_key(|(line, _)| {
        std::cmp::Reverse(line.total.cost.high().unwrap_or(line.total.cost.low()))
    });
    let known = images.iter().filter(|(_, each)| each.is_some());
    let shown = known.clone().take(MOST_BARS);
    let bars = shown.map(|(line, each)| {
        let row = line.first();
        let route = row.route.as_ref().map(|route| route.id.to_string()).unwrap_or_default();
        (format!("{}, {route}", name_in_cell(&row.workload)), each.clone())
    });
    let bars: Vec<_> = bars.collect();
    if bars.is_empty() {
        return None;
    }
    let of = if known.count() > bars.len() { ", where most is spent" } else { "" };
    let title = format!("Cost of an accepted image by route, with its certainty{of}");
    let chart = Chart::of(Kind::Bars, title, bars);
    let columns = vec![
        Column::text("Workload"),
        Column::text("Route"),
        Column::text("Price owner"),
        Column::number("Accepted"),
        amounts("Cost", &images.iter().map(|(line, _)| &line.total.cost).collect::<Vec<_>>()),
        Column::number("An accepted image"),
        Column::text("Certainty"),
    ];
    let rows = images.iter().map(|(line, each)| per_image_row(line, each.as_ref())).collect();
    let table = Sheet { columns, rows, total: None };
    Some(Part::charted("Cost of an accepted image", chart, vec![Block::Sheet(table)]))
}

fn per_image_row(line: &Line, each: Option<&Figure<Decimal>>) -> Vec<Cell> {
    let (row, total) = (line.first(), &line.total);
    let route = row.route.as_deref();
    vec![
        Cell::text(name_in_cell(&row.workload)),
        route.map_or(Cell::Empty, |route| Cell::text(route.id.to_string())),
        route.map_or(Cell::Empty, |route| Cell::text(short_owner(route))),
        Cell::Quantity(total.accepted.clone()),
        cost_cell(&total.cost, total.made),
        each.cloned().map_or(Cell::Missing("none"), Cell::Money),
        each.map_or(Cell::Empty, |each| Cell::text(each.certainty().as_str())),
    ]
}

/// The quarters by each tag that workloads have, else by the workload, as tables.
pub(super) fn quarters(found: &Found) -> Vec<Block> {
    let tags = found.budget.tags_to_split_by().map(|tag| By::Tag(tag.to_owned()));
    let mut keys: Vec<By> = tags.take(MOST_TAGS).collect();
    if keys.is_empty() && found.budget.workloads.len() > 1 {
        keys.push(By::Workload);
    }
    let splits = keys
        .into_iter()
        .filter_map(|by| split(found.budget, found.forecast, (&By::Quarter, by), MOST_PARTS).ok());
    let table = |it: Split| {
        [
            Block::Text(format!("By quarter and {}:", key_in_words(&it.by))),
            Block::Sheet(parts_sheet(&it, "Quarter")),
        ]
    };
    splits.flat_map(table).collect()
}

/// By how many tags the quarters are shown.
const MOST_TAGS: usize = 2;

/// Periods as rows, parts as columns, and what they come to.
fn parts_sheet(of: &Split, period: &'static str) -> Sheet {
    let figures: Vec<&Figure<Decimal>> = of.periods.iter().map(|it| &it.total).collect();
    let mut columns = vec![Column::ids(period)];
    if of.parts() > 1 {
        columns.extend((0..of.parts()).map(|at| amounts(part_name(of, at), &figures)));
    }
    columns.push(amounts("Cost", &figures));
    let cells = |it: &SplitPeriod, name: &str| {
        let parts = it.parts.iter().filter(|_| of.parts() > 1).cloned().map(Cell::Money);
        let all = std::iter::once(Cell::text(name.to_owned())).chain(parts);
        all.chain([Cell::Money(it.total.clone())]).collect::<Vec<Cell>>()
    };
    Sheet {
        columns,
        rows: of.periods.iter().map(|it| cells(it, &it.key)).collect(),
        total: Some(cells(&of.whole, "total")),
    }
}

/// What costs are split by: the name of a tag, or the word.
fn key_in_words(by: &By) -> String {
    match by {
        By::Tag(tag) => tag.clone(),
        by => by.in_words(),
    }
}

/// The name of a part of a split.
fn part_name(of: &Split, at: usize) -> String {
    match (of.names.get(at).map(String::as_str), &of.by) {
        (None, _) => format!("{} others", of.others),
        (Some(""), By::Tag(tag)) => format!("without {tag}"),
        (Some(""), _) => "other costs".to_owned(),
        (Some(name), _) => name_in_cell(name).to_string(),
    }
}
