//! A row of a spreadsheet → a [`Workload`].

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::header::Column;
use super::number;
use crate::attempts::{AttemptRates, Failures};
use crate::budget::Assumption;
use crate::budget::MonthlyImages;
use crate::budget::images::{Images, MOST_IMAGES};
use crate::budget::volume::Volume;
use crate::budget::workload::{Step, Workload};
use crate::catalog::check::{Checker, MOST_TOKENS};
use crate::errors::Errors;
use crate::help::Help;
use crate::hidden::first_hidden;
use crate::problem::ProblemCode;
use crate::request::{Draft, Prompt};
use crate::share::parse_share;
use crate::size::Size;
use crate::spreadsheet::{Cell, Row};

/// A workload, every cell that is wrong reported.
pub(super) fn workload(
    check: &mut Checker,
    row: &Row,
    columns: &[Column],
    assumptions: &mut Vec<Assumption>,
) -> Option<Workload> {
    if row.cells.len() != columns.len() {
        report_uneven(check, row, columns.len());
        return None;
    }
    let mut reader = RowReader { check, row, columns, whole: true };
    let name = reader.text(&Column::Workload);
    if name.is_none() && reader.whole {
        let help = "name the workload, or empty the whole row";
        reader.report_at(&Column::Workload, ProblemCode::BlankText, "the name is blank", help);
    }
    let draft = Draft {
        model: reader.text(&Column::Model),
        size: reader.size(),
        quality: reader.text(&Column::Quality),
        prompt: reader.count(&Column::PromptTokens, MOST_TOKENS).map(Prompt::Tokens),
        ..Draft::default()
    };
    let route = reader.text(&Column::Route);
    let rates = reader.rates();
    let (tags, volume) = (reader.tags(), reader.volume());
    reader.unnamed();
    if !reader.whole {
        return None;
    }
    let name = name?;
    if rates.as_ref()? == &AttemptRates::ONE_ATTEMPT && !has_rates(row, columns) {
        assumptions.push(Assumption::Rates(name.clone()));
    }
    let step = Step { route, rates: rates?, ..Step::of(draft) };
    Some(Workload { tags, ..Workload::of(name, step, Volume::ByMonth(volume)) })
}

fn report_uneven(check: &mut Checker, row: &Row, columns: usize) {
    let at = row.cells.first().map_or(0..0, |cell| cell.at.clone());
    let message = format!(
        "row {} has {} cells, and the header names {columns} columns",
        row.number,
        row.cells.len()
    );
    let help = "a number with a comma in it is two cells: write 1000, not 1,000; a text with one \
                stands in quotes";
    check.report(ProblemCode::UnevenRow, at, message, help);
}

fn has_rates(row: &Row, columns: &[Column]) -> bool {
    const RATES: [Column; 5] = [
        Column::Acceptance,
        Column::FailureRate,
        Column::BlockRate,
        Column::TimeoutRate,
        Column::MaximumAttempts,
    ];
    let mut cells = row.cells.iter().zip(columns);
    cells.any(|(cell, column)| RATES.contains(column) && !cell.value.trim().is_empty())
}

/// Reads the cells of a row and reports those that are wrong.
struct RowReader<'a, 'f> {
    check: &'a mut Checker<'f>,
    row: &'a Row<'a>,
    columns: &'a [Column],
    whole: bool,
}

impl RowReader<'_, '_> {
    fn report(
        &mut self,
        code: ProblemCode,
        cell: &Cell,
        column: &Column,
        what: impl Into<String>,
        help: impl Into<Help>,
    ) {
        let message = self.row.message(&column.name(), what.into());
        self.check.report(code, cell.at.clone(), message, help);
        self.whole = false;
    }

    /// Reports at a column, or at the row where it has none.
    fn report_at(&mut self, column: &Column, code: ProblemCode, what: &str, help: impl Into<Help>) {
        let index = self.columns.iter().position(|known| known == column);
        let row = self.row;
        if let Some(cell) = row.cells.get(index.unwrap_or(0)) {
            self.report(code, cell, column, what, help);
        }
    }

    /// The text of a cell that says something.
    fn text(&mut self, column: &Column) -> Option<String> {
        let index = self.columns.iter().position(|known| known == column)?;
        let row = self.row;
        self.of_cell(row.cells.get(index)?, column)
    }

    fn of_cell(&mut self, cell: &Cell, column: &Column) -> Option<String> {
        let text = cell.value.trim();
        if text.starts_with('=') {
            let help = "save the sheet with values in place of formulas";
            let what = format!("`{text}` is a formula");
            self.report(ProblemCode::Formula, cell, column, what, help);
            return None;
        }
        if let Some(hidden) = first_hidden(text).or(text.contains('\n').then_some('\n')) {
            let what = format!("the text holds U+{:04X}, which no reader sees", u32::from(hidden));
            let help = "remove it: two texts that look alike must be alike";
            self.report(ProblemCode::HiddenCharacter, cell, column, what, help);
            return None;
        }
        (!text.is_empty()).then(|| text.to_owned())
    }

    fn size(&mut self) -> Option<String> {
        let text = self.text(&Column::Size)?;
        if text != "auto"
            && let Err(error) = text.parse::<Size>()
        {
            let help = "write WIDTHxHEIGHT, such as 1024x1536, or auto";
            self.report_at(&Column::Size, ProblemCode::BadSize, &error.to_string(), help);
        }
        Some(text)
    }

    fn count(&mut self, column: &Column, most: u64) -> Option<u64> {
        let text = self.text(column)?;
        let (what, help) = match number::whole(&text) {
            Ok(count) if count <= most => return Some(count),
            Ok(_) => (format!("`{text}` is more than {most}"), "correct the number".to_owned()),
            Err(wrong) => wrong,
        };
        self.report_at(column, ProblemCode::BadNumber, &what, help);
        None
    }

    fn share(&mut self, column: &Column) -> Option<Decimal> {
        let text = self.text(column)?;
        match parse_share(&text) {
            Ok(share) => Some(share),
            Err(why) => {
                let what = format!("`{text}` is {why}");
                let help = "write it as 70% or 0.7, with a point";
                self.report_at(column, ProblemCode::BadShare, &what, help);
                None
            }
        }
    }

    fn rates(&mut self) -> Option<AttemptRates> {
        let failures = Failures {
            failure_rate: self.share(&Column::FailureRate).unwrap_or_default(),
            block_rate: self.share(&Column::BlockRate).unwrap_or_default(),
            timeout_rate: self.share(&Column::TimeoutRate).unwrap_or_default(),
        };
        let acceptance = self.share(&Column::Acceptance).unwrap_or(Decimal::ONE);
        let maximum = self.count(&Column::MaximumAttempts, u64::MAX);
        let rates =
            AttemptRates::with_acceptance(acceptance, failures).and_then(|rates| match maximum {
                Some(maximum) => {
                    rates.giving_up_after(maximum).map_err(|error| Errors(vec![error]))
                }
                None => Ok(rates),
            });
        rates
            .map_err(|errors| {
                for error in errors {
                    let (column, help) = column_of(&error);
                    self.report_at(&column, ProblemCode::BadShare, &error.to_string(), help);
                }
            })
            .ok()
    }

    fn tags(&mut self) -> BTreeMap<String, String> {
        // Each cell by its place: looking its column up would make the work grow with the square of the columns.
        let tags =
            self.row.cells.iter().zip(self.columns).filter_map(|(cell, column)| match column {
                Column::Tag(key) => Some((key.clone(), self.of_cell(cell, column)?)),
                _ => None,
            });
        tags.collect()
    }

    /// The images of each month; an empty cell is none.
    fn volume(&mut self) -> MonthlyImages {
        let columns = self.columns;
        let months = columns.iter().filter_map(|column| {
            let month = column.month()?;
            let images = self.count(column, MOST_IMAGES).unwrap_or(0);
            Some((month, Images::exactly(images)))
        });
        months.collect()
    }

    fn unnamed(&mut self) {
        let row = self.row;
        for (index, (cell, column)) in row.cells.iter().zip(self.columns).enumerate() {
            if *column == Column::Unnamed && !cell.value.trim().is_empty() {
                let message = format!("row {}: column {} has no name", row.number, index + 1);
                let help = "name the column in the first row, or empty it";
                self.check.report(ProblemCode::MissingKey, cell.at.clone(), message, help);
                self.whole = false;
            }
        }
    }
}

/// The column that an error is about, and what to do.
fn column_of(error: &crate::attempts::RatesError) -> (Column, &'static str) {
    use crate::attempts::RatesError as E;
    match error {
        E::NothingDelivered(_) => {
            (Column::FailureRate, "the shares are disjoint: together they are less than 100%")
        }
        E::NotAMaximum(_) => (Column::MaximumAttempts, "correct the number"),
        E::NothingAccepted | E::NotAShare { .. } | E::TooFewAttempts { .. } => {
            (Column::Acceptance, "write the share that passes review, above 0%")
        }
    }
}
