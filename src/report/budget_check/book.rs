//! A check as sheets that recalculate: the months, the limits with what is left below them, and the change from a baseline.
//! Costs are values of the forecast, whose own workbook recalculates them.

use rust_decimal::Decimal;

use crate::budget::Month;
use crate::budget::check::{BaselineChange, Check};
use crate::budget::{Change, LimitStatus};
use crate::figure::Figure;
use crate::report::workbook::changes::{self, Changed};
use crate::report::workbook::table::{FIRST, HEADER, above, ends, exact, held};
use crate::report::workbook::{
    BookCell, BookChart, BookSheet, Kind, Reckoned, Role, down, fixed, limits,
};

const MONTHS: &str = "Months";

pub(super) fn reckoned<'a>(check: &Check) -> Reckoned<'a> {
    let (months, chart) = months(check);
    let all: Vec<(&str, &LimitStatus)> = check.limits.iter().map(|it| ("the budget", it)).collect();
    let sheets = [Some(months), limits::sheet(&all, check.margin)];
    let change = check.baseline.as_ref().map(changed);
    Reckoned { sheets: sheets.into_iter().flatten().chain(change).collect(), chart: Some(chart) }
}

fn months<'a>(check: &Check) -> (BookSheet<'a>, BookChart) {
    let headings = ["Month", "Cost, low", "Cost, high", "So far, low", "So far, high", "Exact"];
    let text = "In US dollars before tax. Costs are values of the forecast, whose own workbook recalculates them; sums follow.";
    let mut rows = above(MONTHS, text, headings);
    let months = [FIRST, FIRST + check.by_month.len().max(1) as u32 - 1];
    let mut so_far = [Some(Decimal::ZERO); 2];
    for (row, month) in (FIRST..).zip(&check.by_month) {
        let day = month.key().parse::<Month>().map(Month::first_day);
        let mut cells =
            vec![day.map_or_else(
                |_| BookCell::text(month.key()),
                |day| BookCell::day(day, Kind::Month),
            )];
        cells.extend(held(&month.cost, Kind::Usd));
        so_far = added(so_far, &month.cost);
        cells.extend(sums([FIRST, row], so_far));
        cells.push(exact(&month.cost));
        rows.push(cells);
    }
    let mut total = vec![BookCell::text("Total").with_role(Role::Total)];
    let comes_to = added([Some(Decimal::ZERO); 2], &check.total);
    total.extend(sums(months, comes_to).map(|cell| cell.with_role(Role::Total)));
    total.extend([BookCell::EMPTY, BookCell::EMPTY, exact(&check.total)]);
    rows.push(total);
    let of_column = |column: u16| {
        (
            format!("{MONTHS}!{}", fixed(HEADER, column)),
            format!("{MONTHS}!{}", down(column, months)),
        )
    };
    let chart = BookChart {
        title: "Cost by month, US dollars before tax",
        at: (0, 0),
        categories: of_column(0).1,
        columns: [1, 2].map(of_column).to_vec(),
        line: None,
    };
    (BookSheet::new(MONTHS, &[12, 14, 14, 14, 14, 30], rows).headed(HEADER, 1), chart)
}

fn added([low, high]: [Option<Decimal>; 2], cost: &Figure<Decimal>) -> [Option<Decimal>; 2] {
    let sum = |all: Option<Decimal>, cost| {
        all.zip(cost).and_then(|(a, b): (Decimal, _)| a.checked_add(b))
    };
    [sum(low, Some(cost.low())), sum(high, cost.high())]
}

/// The sums of the low and of the high costs of some months: blank where a high one is not known.
fn sums(months: [u32; 2], comes_to: [Option<Decimal>; 2]) -> [BookCell; 2] {
    let [low, high] = [1, 2].map(|column| down(column, months));
    [
        BookCell::formula(format!("SUM({low})"), comes_to[0], Kind::Usd),
        BookCell::formula(
            format!("IF(COUNT({high})<ROWS({high}),\"\",SUM({high}))"),
            comes_to[1],
            Kind::Usd,
        ),
    ]
}

/// The change from the baseline: of each month and workload where that is known, in total, and its causes.
fn changed<'a>(baseline: &BaselineChange) -> BookSheet<'a> {
    let rows = baseline.rows.iter().filter(|row| !row.change.is_none()).map(|row| Changed {
        what: format!("{} {}", row.month, row.workload),
        ends: Some([ends(&row.from), ends(&row.to)]),
        change: row.change.cases(),
    });
    let total = Changed {
        what: "in total".to_owned(),
        ends: Some([ends(&baseline.from), ends(&baseline.to)]),
        change: baseline.change.cases(),
    };
    let parts = baseline.causes.as_ref().map(|causes| {
        let part = |name: &str, change: &Change| Changed {
            what: format!("by {name}"),
            ends: None,
            change: change.cases(),
        };
        let mix = causes.mix.as_ref().map(|mix| part("mix", mix));
        let mut parts = vec![part("volume", &causes.volume)];
        parts.extend(mix);
        parts.extend([
            part("attempts", &causes.attempts),
            part("tokens", &causes.tokens),
            part("price", &causes.price),
        ]);
        parts
    });
    changes::sheet(rows.chain([total]).collect(), parts.unwrap_or_default())
}
