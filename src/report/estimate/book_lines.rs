//! The lines of estimates: quantity × rate ÷ per × what the owner's unit is worth, with who says so.

use rust_decimal::Decimal;

use super::book::{ENDS, Priced};
use super::label;
use crate::budget::{CallLine, Case};
use crate::figure::Figure;
use crate::rating::{Charge, FxRates};
use crate::report::workbook::table::{FIRST, HEADER, above, ends, held};
use crate::report::workbook::{BookCell, BookSheet, Kind, Role, down, fixed};

const SHEET: &str = "Lines";

/// Columns from 0.
const QUANTITY: u16 = 3;
const RATE: u16 = 5;
const PER: u16 = 6;
const USD_EACH: u16 = 8;
const AMOUNT: u16 = 9;

const HEADINGS: [&str; 17] = [
    "Route",
    "Work",
    "Charged for",
    "Quantity, low",
    "Quantity, high",
    "Rate",
    "Per",
    "Unit",
    "US dollars a unit",
    "US dollars, low",
    "US dollars, high",
    "Cell",
    "Why",
    "Version",
    "Source",
    "Dated",
    "Link",
];

const WIDTHS: [u16; 17] = [38, 30, 22, 11, 11, 12, 10, 8, 11, 13, 13, 9, 50, 22, 52, 12, 60];

/// Where the lines of each estimate stand.
pub(super) struct Lines(Vec<Option<[u32; 2]>>);

impl Lines {
    pub(super) fn of(all: &[Priced]) -> Lines {
        let counts = all.iter().map(|priced| priced.estimate.charges.len() as u32);
        let places = counts.scan(FIRST, |next, count| {
            let first = *next;
            *next += count;
            Some(count.checked_sub(1).map(|more| [first, first + more]))
        });
        Lines(places.collect())
    }

    /// The first and the last line of an estimate, by its place.
    pub(super) fn of_estimate(&self, at: usize) -> Option<[u32; 2]> {
        self.0.get(at).copied().flatten()
    }
}

fn column(end: Case) -> u16 {
    AMOUNT + u16::from(end == Case::High)
}

/// The amounts of lines at an end.
pub(super) fn amounts(end: Case, lines: [u32; 2]) -> String {
    format!("{SHEET}!{}", down(column(end), lines))
}

/// The amount of a line at an end.
pub(super) fn amount(end: Case, line: u32) -> String {
    format!("{SHEET}!{}", fixed(line, column(end)))
}

pub(super) fn sheet<'a>(all: &[Priced<'a>]) -> BookSheet<'a> {
    let text = "What a request is charged: quantity × rate ÷ per × what the unit is worth. Blue cells on yellow may be \
                changed; grey ones in italics are values, and the reason stands beside.";
    let above = above(SHEET, text, HEADINGS);
    let lines: Vec<_> = all
        .iter()
        .flat_map(|priced| priced.estimate.charges.iter().map(move |it| (priced.clone(), it)))
        .collect();
    let count = lines.len();
    let rows = (FIRST..).zip(lines).map(|(row, (priced, charge))| cells(row, &priced, charge));
    BookSheet::made((SHEET, &WIDTHS), above, (count, rows)).headed(HEADER, 3)
}

fn cells(row: u32, priced: &Priced, charge: &Charge) -> Vec<BookCell> {
    let route = charge.table.as_ref().map_or_else(String::new, |it| it.route.id.to_string());
    let mut cells = vec![
        BookCell::text(route),
        BookCell::text(priced.work.clone()),
        BookCell::text(label(charge)),
    ];
    let line = CallLine::of(charge, &FxRates::new());
    let role = if line.is_ok() { Role::Input } else { Role::Held };
    cells.extend(quantities(charge).map(|cell| cell.with_role(role)));
    let price = charge.unit_price.as_ref();
    let rate = BookCell::maybe(price.map(|it| it.price), Kind::SmallUsd);
    cells.push(rate.with_role(role));
    cells.push(BookCell::maybe(price.map(|it| it.per.count().into()), Kind::Count));
    cells.push(BookCell::text(price.map_or("", |it| it.unit.name())));
    let worth = BookCell::maybe(line.as_ref().ok().map(|it| it.usd_each), Kind::SmallUsd);
    let is_usd = price.is_some_and(|it| it.unit.is_usd());
    cells.push(if is_usd { worth } else { worth.with_role(role) });
    match line {
        Ok(_) => {
            cells.extend(formulas(row, &charge.amount));
            cells.extend([BookCell::fixed("formula"), BookCell::EMPTY]);
        }
        Err(why) => {
            cells.extend(held(&charge.amount, Kind::SmallUsd));
            let open = charge.amount.reasons().in_words();
            let why = [why.to_string(), open].into_iter().filter(|it| !it.is_empty());
            cells.push(BookCell::fixed("value").with_role(Role::Held));
            cells.push(BookCell::wrapped(why.collect::<Vec<_>>().join("; ")));
        }
    }
    cells.extend(evidence(charge));
    cells
}

fn quantities(charge: &Charge) -> [BookCell; 2] {
    let count = &charge.quantity.count;
    let is_nothing_known = count.high().is_none() && count.low() == 0;
    let low = Some(count.low()).filter(|_| !is_nothing_known);
    [low, count.high()].map(|count| BookCell::maybe(count.map(Decimal::from), Kind::Count))
}

fn formulas(row: u32, amount: &Figure<Decimal>) -> Vec<BookCell> {
    let cell = |column| fixed(row, column);
    let each = ends(amount).into_iter().zip(ENDS);
    each.map(|(comes_to, end)| {
        let quantity = cell(QUANTITY + u16::from(end == Case::High));
        let [rate, per, unit] = [RATE, PER, USD_EACH].map(cell);
        let formula = format!("IF({quantity}=\"\",\"\",{quantity}*{rate}/{per}*{unit})");
        BookCell::formula(formula, comes_to, Kind::SmallUsd)
    })
    .collect()
}

/// The version of the price, and who says so.
fn evidence(charge: &Charge) -> Vec<BookCell> {
    let version = charge.table.as_ref().map(|it| it.version().period.in_words());
    let mut cells = vec![BookCell::text(version.unwrap_or_default())];
    let Some(source) = charge.unit_price.as_ref().map(|it| &it.evidence) else { return cells };
    let link = source.locators.addresses().first();
    cells.extend([
        BookCell::wrapped(source.source.clone()),
        source.seen.map_or_else(|| BookCell::fixed("undated"), |day| BookCell::day(day, Kind::Day)),
        link.map_or_else(|| BookCell::fixed("not recorded"), |it| BookCell::link(it.as_str())),
    ]);
    cells
}
