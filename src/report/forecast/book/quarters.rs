//! The cost by quarter and tag, at the low and the high end.

use std::collections::HashMap;

use rust_decimal::Decimal;

use super::columns::Figures;
use super::ends::of;
use super::months::sum_where;
use super::plan::Plan;
use super::workloads::NONE;
use super::{HEADER, above};
use crate::budget::Case;
use crate::figure::Figure;
use crate::report::workbook::{BookCell, BookSheet, Kind, Role, fixed};

pub(super) const SHEET: &str = "Quarters x tags";

/// The column of the quarters in the workloads, from 0.
const QUARTER: u16 = 1;

/// The ends that a quarter has a column for.
const ENDS: [Case; 2] = [Case::Low, Case::High];

pub(super) fn sheet<'a>(plan: &Plan<'a>) -> BookSheet<'a> {
    let quarters = plan.quarters();
    let mut headings = ["Tag", "Value", "No."].map(str::to_owned).to_vec();
    for quarter in &quarters {
        headings.extend(ENDS.map(|end| format!("{quarter}, {}", end.as_str())));
    }
    let text = "Cost in US dollars before tax, by quarters of the fiscal year: sums over Workloads. Each tag adds up to \
                all by itself; tags do not add up.";
    let mut rows = above("Quarters × tags", text, headings);
    rows.push(all(plan, &quarters));
    for tag in 0..plan.behind.by_tag.len() {
        let costs = plan.behind.by_tag[tag].1.iter().map(|total| {
            let value = total.keys.get(1).map_or("", String::as_str);
            ((value, total.key()), &total.cost)
        });
        let costs: Costs = costs.collect();
        for (at, value) in plan.values(tag).into_iter().enumerate() {
            let row = rows.len() as u32;
            rows.push(of_value(plan, (tag, at, value), row, (&quarters, &costs)));
        }
    }
    let mut widths = vec![20, 24, 5];
    widths.resize(3 + quarters.len() * 2, 14);
    BookSheet::new(SHEET, &widths, rows).headed(HEADER, 3)
}

/// The cost of a value of a tag in a quarter.
type Costs<'a> = HashMap<(&'a str, &'a str), &'a Figure<Decimal>>;

fn all(plan: &Plan, quarters: &[String]) -> Vec<BookCell> {
    let mut cells = vec![BookCell::text("All"), BookCell::EMPTY, BookCell::EMPTY];
    for (held, quarter) in
        plan.found.budget.periods(crate::budget::Unit::Quarter).iter().zip(quarters)
    {
        let months = plan.found.months.get(held.months.clone()).unwrap_or_default();
        let cost = Figure::sum(months.iter().map(|month| &month.cost));
        for end in ENDS {
            let holds = format!("{},\"{quarter}\"", plan.all(QUARTER));
            let formula = sum_where(plan, (Figures::Cost, end), &holds);
            let comes_to = cost.as_ref().ok().and_then(|cost| of(cost, end));
            cells.push(BookCell::formula(formula, comes_to, Kind::Usd).with_role(Role::Total));
        }
    }
    cells
}

fn of_value(
    plan: &Plan,
    (tag, at, value): (usize, usize, &str),
    row: u32,
    (quarters, costs): (&[String], &Costs),
) -> Vec<BookCell> {
    let name = &plan.behind.by_tag[tag].0;
    let shown = if value.is_empty() { NONE } else { value };
    let mut cells = vec![
        BookCell::text(name.clone()),
        BookCell::text(shown),
        BookCell::number(Decimal::from(at as u64 + 1), Kind::Count),
    ];
    let nothing = Figure::Exact(Decimal::ZERO);
    for quarter in quarters {
        let cost = costs.get(&(value, quarter.as_str())).copied().unwrap_or(&nothing);
        for end in ENDS {
            let number = plan.all(plan.columns.tag_number(tag));
            let holds = format!("{},\"{quarter}\",{number},{}", plan.all(QUARTER), fixed(row, 2));
            let formula = sum_where(plan, (Figures::Cost, end), &holds);
            cells.push(BookCell::formula(formula, of(cost, end), Kind::Usd));
        }
    }
    cells
}
