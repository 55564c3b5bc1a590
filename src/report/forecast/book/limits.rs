//! How each limit of the budget stands, in a word and its colour.

use rust_decimal::Decimal;

use super::columns::{Columns, Figures};
use super::ends::of;
use super::months::sum_where;
use super::plan::Plan;
use super::{FIRST, HEADER, MARGIN, above};
use crate::budget::{Case, LimitStatus, Month, Scope};
use crate::report::workbook::limits::verdict;
use crate::report::workbook::{BookCell, BookSheet, Kind, Role, down, fixed};

pub(super) const SHEET: &str = "Limits";

/// The columns from 0: whose, which period, its first and last month, the key, the amount; ends of the cost; the status.
const FROM: u16 = 2;
const TO: u16 = 3;
const KEY: u16 = 4;
const LIMIT: u16 = 5;

fn status_column(plan: &Plan) -> u16 {
    LIMIT + 1 + plan.columns.ends.len() as u16
}

/// The cells of the words for how limits stand.
pub(super) fn statuses(plan: &Plan) -> Option<String> {
    let rows = u32::try_from(plan.found.limits.len()).ok().filter(|rows| *rows > 0)?;
    Some(format!("{SHEET}!{}", down(status_column(plan), [FIRST, FIRST + rows - 1])))
}

/// The sheet of limits, where there is one.
pub(super) fn sheet<'a>(plan: &Plan<'a>) -> Option<BookSheet<'a>> {
    let limits = plan.found.limits;
    if limits.is_empty() {
        return None;
    }
    let mut headings =
        ["Limit of", "Period", "From", "To", "Key", "Limit"].map(str::to_owned).to_vec();
    headings.extend(plan.columns.ends.iter().map(|end| format!("Cost, {}", end.as_str())));
    headings.push("Status".to_owned());
    let text = "Over: by the expected cost, else the low one. Margin not covered: the high cost with the margin of Summary \
                exceeds it. Unknown: a part of the cost is not known.";
    let mut rows = above(SHEET, text, headings);
    rows.extend((FIRST..).zip(limits).map(|(row, limit)| cells(plan, row, limit)));
    let widths = [30, 12, 11, 11, 12, 14, 14, 14, 20, 20];
    Some(BookSheet::new(SHEET, &widths, rows).headed(HEADER, 1))
}

fn cells(plan: &Plan, row: u32, limit: &LimitStatus) -> Vec<BookCell> {
    let [first, last] = months(plan, limit);
    let ends = &plan.columns.ends;
    let month = plan.all(Columns::MONTH);
    let mut holds =
        format!("{month},\">=\"&{},{month},\"<=\"&{}", fixed(row, FROM), fixed(row, TO));
    let key = match &limit.scope {
        Scope::Owner(id) => Some((Columns::OWNER, BookCell::text(id.clone()))),
        Scope::Workload(name) => Some((plan.columns.number(), number(plan.number(name)))),
        Scope::Tag(name, value) => {
            let tag = plan.behind.by_tag.iter().position(|(it, _)| it == name).unwrap_or(0);
            Some((plan.columns.tag_number(tag), number(plan.value_number(tag, value))))
        }
        _ => None,
    };
    let key = key.map(|(column, cell)| {
        holds += &format!(",{},{}", plan.all(column), fixed(row, KEY));
        cell
    });
    let mut cells = vec![
        BookCell::text(limit.scope.in_words()),
        BookCell::text(limit.period.to_string()),
        BookCell::day(first.first_day(), Kind::Month),
        BookCell::day(last.first_day(), Kind::Month),
        key.unwrap_or(BookCell::EMPTY),
        BookCell::number(limit.limit, Kind::Usd).with_role(Role::Input),
    ];
    cells.extend(ends.iter().map(|end| {
        let formula = sum_where(plan, (Figures::Cost, *end), &holds);
        BookCell::formula(formula, of(&limit.cost, *end), Kind::Usd)
    }));
    let cost = |end: Case| {
        let at = ends.iter().position(|it| *it == end).unwrap_or(0) as u16;
        fixed(row, LIMIT + 1 + at)
    };
    let expected = ends.contains(&Case::Expected).then(|| cost(Case::Expected));
    let (low, high) = (cost(Case::Low), cost(Case::High));
    let formula = verdict([&low, &high], expected.as_deref(), (&fixed(row, LIMIT), MARGIN));
    cells.push(BookCell::word(formula, limit.verdict.in_words()));
    cells
}

fn number(number: usize) -> BookCell {
    BookCell::number(Decimal::from(number as u64), Kind::Count)
}

/// The first and the last month of the budget in the period of a limit.
fn months(plan: &Plan, limit: &LimitStatus) -> [Month; 2] {
    let budget = plan.found.budget;
    let all: Vec<Month> = budget.months().collect();
    let held = budget.periods(limit.period.unit()).into_iter().find(|it| it.period == limit.period);
    let months = held.and_then(|held| all.get(held.months)).unwrap_or(&all);
    [months.first(), months.last()].map(|month| month.copied().unwrap_or(budget.start))
}
