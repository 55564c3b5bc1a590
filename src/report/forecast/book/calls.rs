//! What a call costs, line by line, and what a wanted image costs of it.

use std::rc::Rc;

use rust_decimal::Decimal;

use super::columns::end_word;
use super::plan::{CallKey, Plan, calls};
use super::{HEADER, above, assumptions, prices};
use crate::budget::{Call, CallLine, Case, Charged, StepFactors, Undelivered};
use crate::fraction;
use crate::report::workbook::{BookCell, BookSheet, Kind, Role, down, fixed};

pub(super) const SHEET: &str = "Calls";
const LINES: &str = "Call lines";

/// The first columns of the lines that have an end each: quantities, and amounts behind rate, per and unit.
const QUANTITY: u16 = 4;

/// The column of the price of a call, from 0; what is sent and what a wanted image costs stand behind it.
const PRICE: u16 = 7;

fn amount(plan: &Plan) -> u16 {
    QUANTITY + plan.columns.ends.len() as u16 + 3
}

/// The cell of what a wanted image costs at an end.
pub(super) fn each_cell(plan: &Plan, key: CallKey, end: Case) -> Option<String> {
    let row = *plan.calls.get(&key)?;
    let ends = plan.columns.ends.len() as u16;
    Some(format!("{SHEET}!{}", fixed(row, PRICE + 2 * ends + 3 + place(plan, end))))
}

fn place(plan: &Plan, end: Case) -> u16 {
    plan.columns.ends.iter().position(|it| *it == end).unwrap_or(0) as u16
}

/// A heading for each end.
fn by_end(plan: &Plan, what: &str) -> Vec<String> {
    plan.columns.ends.iter().map(|end| format!("{what}, {}", end_word(*end))).collect()
}

pub(super) fn lines<'a>(plan: &Rc<Plan<'a>>) -> BookSheet<'a> {
    let mut headings = ["Workload", "Step", "Route", "Charged for"].map(str::to_owned).to_vec();
    headings.extend(by_end(plan, "Quantity"));
    headings.extend(["Rate", "Per", "US dollars a unit"].map(str::to_owned));
    headings.extend(by_end(plan, "US dollars"));
    let text = "What one call is charged: quantity × rate ÷ per × what the unit is worth. Blue cells on yellow may \
                be changed.";
    let above = above(LINES, text, headings);
    let lines = |(key, call): (CallKey, &'a Call)| call.lines.iter().map(move |line| (key, line));
    let count = calls(plan.behind).map(|(_, call)| call.lines.len()).sum();
    let plan = Rc::clone(plan);
    let rows = calls(plan.behind).flat_map(lines).zip(super::FIRST..);
    let rows = rows.map(move |((key, line), row)| line_row(&plan, key, line, row));
    let widths = [24, 6, 38, 20, 12, 12, 12, 12, 12, 14, 14, 14];
    BookSheet::made((LINES, &widths), above, (count, rows)).headed(HEADER, 1)
}

fn line_row(plan: &Plan, key: CallKey, line: &CallLine, row: u32) -> Vec<BookCell> {
    let ends = &plan.columns.ends;
    let count = |end: Case| match end {
        Case::Low => Some(line.quantity.low()),
        Case::Expected => line.quantity.expected(),
        Case::High => line.quantity.high(),
    };
    let mut cells = vec![
        BookCell::text(plan.workload(key.0).name.clone()),
        BookCell::number(Decimal::from(key.1 as u64 + 1), Kind::Count),
        BookCell::text(line.route.id.to_string()),
        BookCell::fixed(line.meter.label()),
    ];
    cells.extend(ends.iter().map(|end| {
        let count = count(*end).map(Decimal::from);
        BookCell::maybe(count, Kind::Count).with_role(Role::Input)
    }));
    let rate_row = plan.rate_row(line);
    let rate_columns = [
        (prices::RATE, line.unit_price.price, Kind::SmallUsd),
        (prices::PER, line.unit_price.per.count().into(), Kind::Count),
        (prices::USD_EACH, line.usd_each, Kind::SmallUsd),
    ];
    cells.extend(rate_columns.map(|(column, value, kind)| {
        let cell = format!("'{}'!{}", prices::SHEET, fixed(rate_row, column));
        BookCell::formula(cell, Some(value), kind)
    }));
    let first = QUANTITY + ends.len() as u16;
    for (at, end) in (0..).zip(ends) {
        let [quantity, rate, per, unit] =
            [QUANTITY + at, first, first + 1, first + 2].map(|column| fixed(row, column));
        let product = format!("{quantity}*{rate}/{per}*{unit}");
        let formula = match end {
            Case::Expected => format!("IF({quantity}=\"\",\"\",{product})"),
            _ => product,
        };
        let usd = line.usd(*end).and_then(|usd| fraction::to_decimal(&usd).ok());
        cells.push(BookCell::formula(formula, usd, Kind::SmallUsd));
    }
    cells
}

pub(super) fn sheet<'a>(plan: &Rc<Plan<'a>>) -> BookSheet<'a> {
    let mut headings = ["Workload", "Step", "Route", "From", "Until", "Version", "Images a call"]
        .map(str::to_owned)
        .to_vec();
    headings.extend(by_end(plan, "A call"));
    headings.extend(by_end(plan, "What is sent"));
    headings.extend(["failed", "timed out", "blocked"].map(|it| format!("Charged if {it}")));
    headings.extend(by_end(plan, "A wanted image"));
    let text = "A call in US dollars is the sum of its lines. A wanted image: images of the step × attempts ÷ images a \
                call × (delivered × a call + what is charged for calls that deliver nothing).";
    let above = above(SHEET, text, headings);
    let (count, plan) = (plan.calls.len(), Rc::clone(plan));
    let rows = calls(plan.behind).map(move |(key, call)| call_row(&plan, key, call));
    let widths = [24, 6, 38, 12, 12, 22, 9, 13, 13, 13, 13, 17, 17, 17, 13, 13, 13];
    BookSheet::made((SHEET, &widths), above, (count, rows)).headed(HEADER, 1)
}

fn call_row(plan: &Plan, key: CallKey, call: &Call) -> Vec<BookCell> {
    let step = &plan.behind.factors[key.0].steps[key.1];
    let stretch = &step.stretches[key.2];
    let route = stretch.route.as_ref().map(|route| route.id.to_string());
    let version = call.lines.first().map(|line| line.version.clone());
    let mut cells = vec![
        BookCell::text(plan.workload(key.0).name.clone()),
        BookCell::number(Decimal::from(key.1 as u64 + 1), Kind::Count),
        BookCell::text(route.unwrap_or_default()),
        BookCell::day(stretch.from, Kind::Day),
        BookCell::day(stretch.until, Kind::Day),
        BookCell::text(version.unwrap_or_default()),
        BookCell::number(call.images.into(), Kind::Count),
    ];
    for part in [Charged::All, Charged::Input] {
        cells.extend(plan.columns.ends.iter().map(|end| part_cell(plan, (key, call), part, *end)));
    }
    cells.extend(call.undelivered.map(|it| BookCell::fixed(charged_in_words(it))));
    cells.extend(plan.columns.ends.iter().map(|end| each(plan, (key, call), step, *end)));
    cells
}

/// The sum of the lines of a call, or of those for what is sent.
fn part_cell(plan: &Plan, (key, call): (CallKey, &Call), part: Charged, end: Case) -> BookCell {
    let first = plan.first_line.get(&key).copied().unwrap_or(0);
    let column = amount(plan) + place(plan, end);
    let cell = |at: usize| format!("'{LINES}'!{}", fixed(first + at as u32, column));
    let usd = call.part(part, end).and_then(|usd| fraction::to_decimal(&usd).ok());
    let lines = call.lines.len() as u32;
    let formula = match part {
        _ if lines == 0 => "0".to_owned(),
        Charged::All => {
            let cells = format!("'{LINES}'!{}", down(column, [first, first + lines - 1]));
            match end {
                Case::Expected => format!("IF(COUNT({cells})<{lines},\"\",SUM({cells}))"),
                _ => format!("SUM({cells})"),
            }
        }
        _ => {
            let sent = call.lines.iter().enumerate().filter(|(_, line)| line.meter.is_input());
            let sent: Vec<String> = sent.map(|(at, _)| cell(at)).collect();
            if sent.is_empty() { "0".to_owned() } else { format!("SUM({})", sent.join(",")) }
        }
    };
    BookCell::formula(formula, usd, Kind::SmallUsd)
}

/// What a wanted image costs at an end.
fn each(plan: &Plan, (key, call): (CallKey, &Call), step: &StepFactors, end: Case) -> BookCell {
    let row = plan.calls.get(&key).copied().unwrap_or(0);
    let ends = plan.columns.ends.len() as u16;
    let (all, sent) =
        (fixed(row, PRICE + place(plan, end)), fixed(row, PRICE + ends + place(plan, end)));
    let of = |column| assumptions::cell(plan.step_row(key.0, key.1), column);
    let shares = [assumptions::FAILED, assumptions::TIMED_OUT, assumptions::BLOCKED];
    let mut average = format!("{all}*{}", of(assumptions::DELIVERED));
    let mut open = Vec::new();
    for (share, undelivered) in shares.into_iter().zip(call.undelivered) {
        match undelivered.at(end) {
            Some(Charged::Nothing) => {}
            Some(Charged::Input) => average += &format!("+{sent}*{}", of(share)),
            Some(Charged::All) => average += &format!("+{all}*{}", of(share)),
            None => open.push(of(share)),
        }
    }
    let formula = format!(
        "{}*{}/{}*({average})",
        of(assumptions::ATTEMPTS_PER_IMAGE),
        of(assumptions::PER_WANTED),
        fixed(row, PRICE - 1),
    );
    let formula = match end {
        Case::Expected if open.is_empty() => format!("IF({all}=\"\",\"\",{formula})"),
        Case::Expected => format!("IF(OR({all}=\"\",SUM({})>0),\"\",{formula})", open.join(",")),
        _ => formula,
    };
    BookCell::formula(formula, step.stretches[key.2].each(end), Kind::SmallUsd)
}

fn charged_in_words(undelivered: Undelivered) -> &'static str {
    match (undelivered.low, undelivered.high) {
        (Charged::Nothing, Charged::Nothing) => "nothing",
        (Charged::Input, Charged::Input) => "what is sent",
        (Charged::All, Charged::All) => "all",
        (Charged::Nothing, Charged::Input) => "nothing to what is sent",
        (Charged::Input, Charged::All) => "what is sent to all",
        _ => "nothing to all",
    }
}
