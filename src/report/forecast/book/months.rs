//! What each month comes to: sums of the rows of the plan, from the first month on, and against its limit.

use rust_decimal::Decimal;

use super::columns::{Columns, Figures, end_word};
use super::ends::{exact, of};
use super::plan::Plan;
use super::{FIRST, HEADER, MARGIN, above};
use crate::budget::{Case, Limit, Period, Scope, Total};
use crate::figure::Figure;
use crate::report::workbook::limits::verdict as verdict_of;
use crate::report::workbook::{BookCell, BookSheet, Kind, Role, down, fixed};

pub(super) const SHEET: &str = "Months";

/// The first column of figures; those of the cost come behind the images and the attempts.
const FIGURES: u16 = 1;

/// The column of an end of the cost of a month, from 0.
pub(super) fn cost_column(plan: &Plan, end: Case) -> u16 {
    column(plan, 2, end)
}

/// The column of the limit of a month, from 0.
pub(super) fn limit_column(plan: &Plan) -> u16 {
    FIGURES + 4 * plan.columns.ends.len() as u16
}

/// The first and the last row of the months, from 0.
pub(super) fn rows(plan: &Plan) -> [u32; 2] {
    [FIRST, FIRST + plan.found.budget.months.max(1) - 1]
}

/// The cell of a column in the row of totals.
pub(super) fn total_cell(plan: &Plan, column: u16) -> String {
    format!("{SHEET}!{}", fixed(rows(plan)[1] + 1, column))
}

/// The column of an end of accepted images, attempts, cost or the cost so far.
pub(super) fn column(plan: &Plan, figure: u16, end: Case) -> u16 {
    let ends = &plan.columns.ends;
    let at = ends.iter().position(|it| *it == end).unwrap_or(0) as u16;
    FIGURES + figure * ends.len() as u16 + at
}

pub(super) fn sheet<'a>(plan: &Plan<'a>) -> BookSheet<'a> {
    let mut headings = vec!["Month".to_owned()];
    for what in ["Accepted", "Attempts", "Cost", "So far"] {
        headings.extend(plan.columns.ends.iter().map(|end| format!("{what}, {}", end_word(*end))));
    }
    headings.extend(["Limit", "Status", "Cost, exact as forecast"].map(str::to_owned));
    let text = "Sums over Workloads, in US dollars before tax. A cost that is not known is blank at its high end, and \
                its status is unknown.";
    let mut rows = above(SHEET, text, headings);
    let mut so_far = Figure::Exact(Decimal::ZERO);
    for (index, (month, total)) in plan.found.budget.months().zip(plan.found.months).enumerate() {
        so_far = sum(&so_far, &total.cost);
        let limit = of_month(plan, Period::Month(month));
        let row = FIRST + index as u32;
        let mut cells = vec![BookCell::day(month.first_day(), Kind::Month)];
        cells.extend(sums(plan, row, total));
        cells.extend(cumulated(plan, row, &so_far));
        cells.extend(status(plan, row, &total.cost, limit));
        cells.push(exact(&total.cost));
        rows.push(cells);
    }
    rows.push(totals(plan));
    let mut widths = vec![12; usize::from(limit_column(plan))];
    widths.extend([12, 20, 30]);
    BookSheet::new(SHEET, &widths, rows).headed(HEADER, 1)
}

/// The limit of the whole budget in a period.
fn of_month(plan: &Plan, period: Period) -> Option<Decimal> {
    let limits = plan.found.budget.limits.iter().filter(|limit| limit.scope == Scope::Budget);
    limits.filter_map(|limit: &Limit| limit.amount(period)).min()
}

fn sum(a: &Figure<Decimal>, b: &Figure<Decimal>) -> Figure<Decimal> {
    // What could not be added was an error of the forecast.
    a.try_join(b, |a, b| Ok::<_, ()>(a + b)).unwrap_or_else(|()| b.clone())
}

/// Accepted images, attempts and cost.
fn sums(plan: &Plan, row: u32, total: &Total) -> Vec<BookCell> {
    let month = plan.all(Columns::MONTH);
    let is_month = format!("{month},{}", fixed(row, 0));
    let figures = [
        (Figures::Accepted, &total.accepted, Kind::Count),
        (Figures::Attempts, &total.attempts, Kind::Count),
        (Figures::Cost, &total.cost, Kind::Usd),
    ];
    let mut cells = Vec::new();
    for (figures, comes_to, kind) in figures {
        cells.extend(plan.columns.ends.iter().map(|end| {
            let formula = sum_where(plan, (figures, *end), &is_month);
            BookCell::formula(formula, of(comes_to, *end), kind)
        }));
    }
    cells
}

/// The sum of an end of a figure over rows of which something holds: blank where a cost among them is not known, or of one
/// nothing is expected.
pub(super) fn sum_where(plan: &Plan, (figures, end): (Figures, Case), holds: &str) -> String {
    let cells = plan.all(plan.columns.of(figures, end));
    let sum = format!("SUMIFS({cells},{holds})");
    match (figures, end) {
        (Figures::Cost, Case::Low) => {
            format!("IF(AND({},{sum}=0),\"\",{sum})", any_unknown(plan, holds))
        }
        (Figures::Cost, Case::High) => format!("IF({},\"\",{sum})", any_unknown(plan, holds)),
        (_, Case::Expected) => {
            let low = plan.all(plan.columns.of(figures, Case::Low));
            // Blank cells and those without a number count as nothing is expected.
            format!(
                "IF(COUNTIFS({holds},{low},\">=0\")>COUNTIFS({holds},{cells},\">=0\"),\"\",{sum})"
            )
        }
        _ => sum,
    }
}

/// Whether a cost is not known, of rows of which something holds.
fn any_unknown(plan: &Plan, holds: &str) -> String {
    let certainty = plan.all(plan.columns.certainty());
    format!("COUNTIFS({holds},{certainty},\"unknown\")>0")
}

fn cumulated(plan: &Plan, row: u32, so_far: &Figure<Decimal>) -> Vec<BookCell> {
    let of_end = |end: &Case| {
        let cells = down(cost_column(plan, *end), [FIRST, row]);
        let formula = match end {
            Case::Low => format!("IF(COUNT({cells})=0,\"\",SUM({cells}))"),
            _ => format!("IF(COUNT({cells})<ROWS({cells}),\"\",SUM({cells}))"),
        };
        BookCell::formula(formula, of(so_far, *end), Kind::Usd)
    };
    plan.columns.ends.iter().map(of_end).collect()
}

/// A limit and how a cost stands to it.
fn status(plan: &Plan, row: u32, cost: &Figure<Decimal>, limit: Option<Decimal>) -> Vec<BookCell> {
    let Some(limit) = limit else { return vec![BookCell::EMPTY; 2] };
    let limit_cell = fixed(row, limit_column(plan));
    let ends = |end| fixed(row, cost_column(plan, end));
    let expected = plan.columns.ends.contains(&Case::Expected).then(|| ends(Case::Expected));
    let (low, high) = (ends(Case::Low), ends(Case::High));
    let formula = verdict_of([&low, &high], expected.as_deref(), (&limit_cell, MARGIN));
    let verdict = crate::budget::verdict(cost, limit, plan.found.budget.margin);
    let word = verdict.map_or("", |verdict| verdict.in_words());
    vec![BookCell::number(limit, Kind::Usd).with_role(Role::Input), BookCell::word(formula, word)]
}

fn totals(plan: &Plan) -> Vec<BookCell> {
    let whole = plan.found.whole;
    let mut cells = vec![BookCell::text("Total").with_role(Role::Total)];
    let figures = [
        (0, &whole.accepted, Kind::Count),
        (1, &whole.attempts, Kind::Count),
        (2, &whole.cost, Kind::Usd),
    ];
    for (at, figure, kind) in figures {
        cells.extend(plan.columns.ends.iter().map(|end| {
            let months = down(column(plan, at, *end), rows(plan));
            let formula = match end {
                Case::Low => format!("IF(COUNT({months})=0,\"\",SUM({months}))"),
                _ => format!("IF(COUNT({months})<ROWS({months}),\"\",SUM({months}))"),
            };
            BookCell::formula(formula, of(figure, *end), kind).with_role(Role::Total)
        }));
    }
    cells.extend(vec![BookCell::EMPTY; plan.columns.ends.len() + 2]);
    cells.push(exact(&whole.cost));
    cells
}
