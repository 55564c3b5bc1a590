//! The wide layout: a row for each workload and route, a column for each month, as budget tools import it.

use std::io::{self, Write};

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::identity::{OfRow, identity, tags};
use super::limits::spans;
use super::{Found, cost_cell};
use crate::budget::{Case, ForecastLine, Line, Made, MonthOfCase, Total, whose};
use crate::catalog::Catalog;
use crate::figure::{Certainty, Figure};
use crate::help::View;
use crate::reason::Reasons;
use crate::report::block::Block;
use crate::report::block::Counted;
use crate::report::currency;
use crate::report::dictionary::terms;
use crate::report::record::{Columns, Field};
use crate::report::sheet::{Cell, Column, Sheet};

/// How many months stand side by side for people.
const MONTHS_ABREAST: usize = 6;

/// How many tables of months are shown at once where each has few lines, and how many lines of each.
const MOST_SHEETS: usize = 2;
const FEW_LINES: usize = 3;
const MOST_LINES: usize = 5;

/// A line with one amount a month, all lines in the same case, so that a column adds up to what the forecast says.
struct Wide<'a> {
    line: &'a Line,
    case: Case,
}

impl Wide<'_> {
    fn all<'a>(found: &'a Found) -> Vec<Wide<'a>> {
        let wide = |line| Wide { case: found.amount.case, line };
        found.lines.iter().map(wide).collect()
    }

    /// What a month costs, and how much of what is planned of it is made.
    fn of(&self, month: &str) -> (Figure<Decimal>, Made) {
        let row = self.line.rows.iter().find(|row| row.month.to_string() == month);
        let nothing = (Figure::Exact(Decimal::ZERO), Made::NotPlanned);
        row.map_or(nothing, |row| {
            // Adding nothing to an amount does not make it too large.
            let cost = self.case.of_row(row).unwrap_or_else(|_| row.cost.clone());
            (cost, row.made)
        })
    }

    /// In which months what is planned is not made and why, and why the rest is not exact.
    fn reason(&self) -> String {
        let mut rest = self.line.total.cost.reasons().clone();
        let mut parts = Vec::new();
        for (made, what) in [(Made::Nothing, "not made"), (Made::Part, "not all is made")] {
            let rows: Vec<&ForecastLine> =
                self.line.rows.iter().filter(|row| row.made == made).collect();
            let [first, others @ ..] = &rows[..] else { continue };
            let both = |why: Reasons, row: &&ForecastLine| why.and(row.cost.reasons());
            let why = others.iter().fold(first.cost.reasons().clone(), both);
            let months: Vec<_> = rows.iter().map(|row| row.month).collect();
            parts.push(format!("{what} in {}: {}", spans(&months), why.in_words()));
            rest = rest.without(&why);
        }
        if !rest.is_empty() {
            parts.push(rest.in_words());
        }
        parts.join("; ")
    }
}

/// Writes the lines, a column for each month.
pub(super) fn write_csv(
    found: &Found,
    place: (&Catalog, Option<NaiveDate>),
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut fields = identity(tags(found.budget));
    fields.extend([
        terms::CURRENCY
            .of(|_: &Wide| currency::shown().map_or("USD".to_owned(), |it| it.code.clone()).into()),
        terms::CASE.of(|it| it.case.as_str().into()),
        terms::CERTAINTY.of(|it| it.line.total.cost.certainty().as_str().into()),
        terms::REASON.of(|it| it.reason().into()),
    ]);
    let of_month = |month: &Total| {
        Field::named(
            &terms::COST_OF_MONTH,
            month.key().to_owned(),
            month.key().to_owned(),
            |it: &Wide, key| {
                // What is unknown in a month stays empty there, whatever part of it is known.
                // One column, in the currency that the row names.
                let exact = it.of(key).0.exact();
                match currency::shown() {
                    None => exact.into(),
                    Some(_) => exact.and_then(currency::converted).into(),
                }
            },
        )
    };
    // The months stay the last ones.
    let mut columns = Columns { fields, with_ends: false }.made_of(place).of_report();
    columns.fields.extend(found.months.iter().map(of_month));
    columns.write_csv(Wide::all(found).into_iter(), out)
}

impl OfRow for Wide<'_> {
    fn of_row(&self) -> &ForecastLine {
        self.line.first()
    }
}

/// For people, so many months at a time.
pub(super) fn blocks(found: &Found) -> Vec<Block> {
    let wide = Wide::all(found);
    let open = wide.iter().any(|wide| wide.line.total.cost.certainty() != Certainty::Exact);
    let sheet = |(months, of_case): (&[Total], &[MonthOfCase])| {
        let case = if open {
            format!("Cost of\n({} case)", found.amount.case.as_str())
        } else {
            "Cost of".into()
        };
        let mut columns = vec![Column::text(case)];
        columns.extend(months.iter().map(|month| Column::number(month.key().to_owned())));
        let rows = wide.iter().map(|wide| {
            let mut cells = vec![Cell::text(whose(wide.line.first()))];
            cells.extend(months.iter().map(|month| {
                let (cost, made) = wide.of(month.key());
                cost_cell(&cost, made)
            }));
            cells
        });
        let sums = months.iter().zip(of_case).map(|(of, case)| cost_cell(&case.cost, of.made));
        let total = std::iter::once(Cell::text("total")).chain(sums).collect();
        let sheet = Sheet { rows: rows.collect(), columns, total: Some(total) };
        sheet.first(MOST_LINES, ("more line", "more lines"), View::All)
    };
    let of_case = found.amount.months.chunks(MONTHS_ABREAST);
    let mut sheets: Vec<Block> =
        found.months.chunks(MONTHS_ABREAST).zip(of_case).map(sheet).collect();
    let shown = if wide.len() > FEW_LINES { 1 } else { MOST_SHEETS };
    let later = sheets.split_off(sheets.len().min(shown));
    if !later.is_empty() {
        let months = found.months.len() - shown * MONTHS_ABREAST;
        sheets.push(Block::folded(Counted::new(months, ("month", "months")), View::All, later));
    }
    sheets
}
