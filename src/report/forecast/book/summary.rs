//! The first sheet: what to ask for, what it costs, how the limits stand, and the cost by month as a picture.

use rust_decimal::Decimal;

use super::columns::WORKLOADS;
use super::ends::of;
use super::months::{self, cost_column, limit_column, total_cell};
use super::plan::Plan;
use super::{HEADER, exchanged, limits};
use crate::budget::Case;
use crate::limit::LimitVerdict;
use crate::report::currency::ReportCurrency;
use crate::report::forecast::words;
use crate::report::workbook::{BookCell, BookChart, BookSheet, Kind, Role, down, fixed};

const SHEET: &str = "Summary";

/// Rows from 0.
const ASK: u32 = 2;
const MARGIN: u32 = 3;
const LOW: u32 = 4;
const HIGH: u32 = 6;

/// The row of the exchange rate, where the report is in another currency.
const RATE: u32 = HIGH + 1;

/// Names of what is asked for.
pub(super) fn names(currency: Option<&ReportCurrency>) -> Vec<(String, String)> {
    let mut named = vec![("ask", ASK), ("margin", MARGIN), ("cost_low", LOW), ("cost_high", HIGH)];
    named.extend(currency.map(|_| (exchanged::RATE, RATE)));
    let named = named.into_iter();
    named.map(|(name, row)| (name.to_owned(), format!("{SHEET}!{}", fixed(row, 1)))).collect()
}

pub(super) fn sheet<'a>(plan: &Plan<'a>, currency: Option<&ReportCurrency>) -> BookSheet<'a> {
    let found = plan.found;
    let title = words::title(found) + ", before tax";
    let mut rows = vec![vec![BookCell::title(title)], Vec::new(), ask(plan)];
    rows.push(vec![
        BookCell::text("Margin"),
        BookCell::number(found.budget.margin, Kind::Share).with_role(Role::Input),
        BookCell::text("on top of the cost; may be changed"),
    ]);
    for (end, name) in
        [(Case::Low, "Cost, low"), (Case::Expected, "Cost, expected"), (Case::High, "Cost, high")]
    {
        rows.push(cost(plan, end, name));
    }
    debug_assert_eq!(rows.len(), RATE as usize);
    rows.extend(currency.into_iter().flat_map(|it| exchanged::rows(plan, it, [ASK, LOW, HIGH])));
    rows.extend(images(plan));
    rows.extend(standing(plan));
    rows.push(how_much_follows(plan));
    rows.push(Vec::new());
    rows.push(vec![BookCell::text("Colours").with_role(Role::Total)]);
    let legend = [
        (Role::Input, "may be changed: what follows from it is worked out again"),
        (Role::Plain, "a formula, or a name"),
        (Role::Held, "a value that does not follow; the reason stands beside it"),
    ];
    let words = ["blue on yellow", "black", "grey italics"];
    rows.extend(legend.into_iter().zip(words).map(|((role, text), word)| {
        vec![BookCell::text(word).with_role(role), BookCell::EMPTY, BookCell::text(text)]
    }));
    let chart_at = rows.len() as u32 + 1;
    // Room for the picture, so that it is printed.
    rows.resize(rows.len() + 20, Vec::new());
    let mut sheet = BookSheet::new(SHEET, &[28, 18, 84], rows);
    sheet.charts.push(chart(plan, (chart_at, 0)));
    sheet
}

/// The amount to request, by its name and how it came about.
fn ask(plan: &Plan) -> Vec<BookCell> {
    let amount = plan.found.amount;
    let comes_to = of(&amount.amount, Case::Low);
    let asked = plan.all(plan.columns.asked());
    let sum = format!("IF(COUNT({asked})=0,\"\",SUM({asked})*(1+{}))", fixed(MARGIN, 1));
    let live = || BookCell::formula(sum.clone(), comes_to, Kind::Usd);
    let (cell, how) = match amount.probability {
        Some(_) => {
            (BookCell::maybe(comes_to, Kind::Usd).with_role(Role::Held), words::to_request(amount))
        }
        None => (live(), words::to_request(amount)),
    };
    vec![
        BookCell::text("Amount to request").with_role(Role::Total),
        cell.with_role(if amount.probability.is_some() { Role::Held } else { Role::Total }),
        BookCell::wrapped(how + ", as forecast"),
    ]
}

fn cost(plan: &Plan, end: Case, name: &str) -> Vec<BookCell> {
    let cost = &plan.found.whole.cost;
    let has = plan.columns.ends.contains(&end);
    let cell = match has {
        true => {
            BookCell::formula(total_cell(plan, cost_column(plan, end)), of(cost, end), Kind::Usd)
        }
        false => BookCell::EMPTY,
    };
    let unknown = cost.high().is_none();
    let why = match end {
        Case::Low if unknown => "at least: a part of the cost is not known",
        Case::High if unknown => "not known: see Why in Workloads",
        Case::Expected if !has => "no range of volume with an expected number is stated",
        _ => "",
    };
    vec![BookCell::text(name), cell, BookCell::text(why)]
}

/// Accepted images, and what one costs.
fn images(plan: &Plan) -> Vec<Vec<BookCell>> {
    let accepted = &plan.found.whole.accepted;
    let cell = |end| total_cell(plan, months::column(plan, 0, end));
    let number = |end| BookCell::formula(cell(end), of(accepted, end), Kind::Count);
    let each = |cost: u32, end: Case| {
        let formula = format!("IF(OR({0}=\"\",{1}=0),\"\",{0}/{1})", fixed(cost, 1), cell(end));
        let comes_to = of(&plan.found.whole.cost, end).zip(of(accepted, end));
        let comes_to = comes_to.and_then(|(cost, images)| cost.checked_div(images));
        BookCell::formula(formula, comes_to, Kind::SmallUsd)
    };
    vec![
        vec![BookCell::text("Accepted images, low"), number(Case::Low)],
        vec![BookCell::text("Accepted images, high"), number(Case::High)],
        vec![
            BookCell::text("An accepted image, low"),
            each(LOW, Case::Low),
            BookCell::text("on average"),
        ],
        vec![
            BookCell::text("An accepted image, high"),
            each(HIGH, Case::High),
            BookCell::text("on average"),
        ],
    ]
}

/// How the limits stand: a word, and how many there are of each.
fn standing(plan: &Plan) -> Vec<Vec<BookCell>> {
    let Some(statuses) = limits::statuses(plan) else {
        return vec![vec![BookCell::text("Limits"), BookCell::text("none is stated")]];
    };
    let worst = plan.found.limits.iter().map(|limit| limit.verdict).max();
    let count = |word: &str| format!("COUNTIF({statuses},\"{word}\")");
    let [over, unknown, margin] = ["over", "unknown", "margin not covered"].map(count);
    let formula = format!(
        "IF({over}>0,\"over\",IF({unknown}>0,\"unknown\",IF({margin}>0,\"margin not covered\",\"within\")))"
    );
    let word = BookCell::word(formula, worst.map_or("", |worst| worst.in_words()));
    let mut rows = vec![vec![
        BookCell::text("Limits, the worst"),
        word,
        BookCell::text("each stands in Limits"),
    ]];
    let verdicts = [
        LimitVerdict::Over,
        LimitVerdict::Unknown,
        LimitVerdict::MarginNotCovered,
        LimitVerdict::Within,
    ];
    for verdict in verdicts {
        let all = plan.found.limits.iter().filter(|limit| limit.verdict == verdict).count();
        let word = verdict.in_words();
        let number = BookCell::formula(count(word), Some(Decimal::from(all as u64)), Kind::Count);
        rows.push(vec![BookCell::text(format!("  {word}")), number]);
    }
    rows
}

/// How many rows of the plan are formulas.
fn how_much_follows(plan: &Plan) -> Vec<BookCell> {
    let held = plan.all(plan.columns.held());
    let live = plan.products.iter().filter(|product| product.is_ok()).count();
    let all = plan.rows();
    vec![
        BookCell::text("Rows that follow"),
        BookCell::formula(
            format!("COUNTIF({held},\"formula\")"),
            Some(Decimal::from(live as u64)),
            Kind::Count,
        ),
        BookCell::text(format!(
            "of {all} in {WORKLOADS}; Notes counts the others with their reasons"
        )),
    ]
}

fn chart(plan: &Plan, at: (u32, u16)) -> BookChart {
    let rows = months::rows(plan);
    let of_column = |column: u16| {
        let name = format!("{}!{}", months::SHEET, fixed(HEADER, column));
        (name, format!("{}!{}", months::SHEET, down(column, rows)))
    };
    let limited = plan.found.budget.limits.iter().any(|it| {
        it.scope == crate::budget::Scope::Budget
            && (it.per_month.is_some() || !it.months.is_empty())
    });
    BookChart {
        title: "Cost by month, US dollars before tax",
        at,
        categories: format!("{}!{}", months::SHEET, down(0, rows)),
        columns: [Case::Low, Case::High].map(|end| of_column(cost_column(plan, end))).to_vec(),
        line: limited.then(|| of_column(limit_column(plan))),
    }
}
