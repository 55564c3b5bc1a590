//! The wide layout: a row for each workload and route, a column for each month, as budget tools import it.

use rust_decimal::Decimal;

use super::identity::{IDENTITY, columns, identity, tag_key, tags};
use super::lines::{Line, lines};
use super::{Found, added, cost_cell};
use crate::budget::{Case, Made, whose};
use crate::figure::{Certainty, Figure};
use crate::report::sheet::{Block, Cell, Column, Sheet};

/// How many months stand side by side for people.
const MONTHS_ABREAST: usize = 6;

/// A line with one amount a month, all lines in the same case, so that a column adds up to what the forecast says.
struct Wide<'a> {
    line: Line<'a>,
    case: Case,
}

impl Wide<'_> {
    fn all<'a>(found: &'a Found) -> Vec<Wide<'a>> {
        let wide = |line: Line<'a>| Wide { case: found.amount.case, line };
        lines(found.budget, found.forecast).into_iter().map(wide).collect()
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

    fn whole(&self) -> Figure<Decimal> {
        added(self.line.rows.iter().map(|row| &row.cost))
    }
}

pub(super) fn file(found: &Found) -> Sheet {
    let tags = tags(found.budget);
    let mut keys: Vec<String> = IDENTITY.map(str::to_owned).to_vec();
    keys.extend(tags.iter().map(|tag| tag_key(tag)));
    keys.extend(["currency", "case", "certainty", "reason"].map(str::to_owned));
    keys.extend(found.months.iter().map(|month| month.key.clone()));
    let rows = Wide::all(found).into_iter().map(|wide| {
        let first = wide.line.first();
        let whole = wide.whole();
        let mut cells = identity(first).to_vec();
        cells.extend(
            tags.iter()
                .map(|tag| first.tags.get(tag).map_or(Cell::Empty, |it| Cell::text(it.clone()))),
        );
        cells.push(Cell::text("USD"));
        cells.push(Cell::text(wide.case.as_str()));
        cells.push(Cell::text(whole.certainty().as_str()));
        cells.push(Cell::text(whole.reasons().collect::<Vec<_>>().join("; ")));
        // What is unknown in a month stays empty there, whatever part of it is known.
        let amount = |figure: Figure<Decimal>| figure.exact().map_or(Cell::Empty, Cell::Number);
        cells.extend(found.months.iter().map(|month| amount(wide.of(&month.key).0)));
        cells
    });
    Sheet { rows: rows.collect(), columns: columns(keys), total: None }
}

/// For people, so many months at a time.
pub(super) fn blocks(found: &Found) -> Vec<Block> {
    let wide = Wide::all(found);
    let open = wide.iter().any(|wide| wide.whole().certainty() != Certainty::Exact);
    let sheet = |months: &[crate::budget::Total]| {
        let case = if open {
            format!("Cost of\n({} case)", found.amount.case.as_str())
        } else {
            "Cost of".into()
        };
        let mut columns = vec![Column::text("cost_of", case)];
        columns.extend(
            months.iter().map(|month| Column::number(month.key.clone(), month.key.clone())),
        );
        let rows = wide.iter().map(|wide| {
            let mut cells = vec![Cell::text(whose(wide.line.first()))];
            cells.extend(months.iter().map(|month| {
                let (cost, made) = wide.of(&month.key);
                cost_cell(&cost, made)
            }));
            cells
        });
        let sum = |month: &crate::budget::Total| {
            let of_month: Vec<_> = wide.iter().map(|it| it.of(&month.key)).collect();
            cost_cell(&added(of_month.iter().map(|(cost, _)| cost)), month.made)
        };
        let total = std::iter::once(Cell::text("total")).chain(months.iter().map(sum)).collect();
        Block::Sheet(Sheet { rows: rows.collect(), columns, total: Some(total) })
    };
    found.months.chunks(MONTHS_ABREAST).map(sheet).collect()
}
