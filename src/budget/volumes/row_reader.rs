//! The cells of a row: each by its column, in the one way of writing that they are in; what is wrong is reported.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::column::Column;
use super::number;
use crate::attempts::{AttemptRates, Failures, MOST_ATTEMPTS, RatesError, parse_attempts};
use crate::budget::month::Month;
use crate::budget::season::{Season, month_of_year};
use crate::catalog::check::Checker;
use crate::catalog::conditions::Processing;
use crate::errors::{Errors, NotAValue};
use crate::help::Help;
use crate::hidden::first_hidden;
use crate::near::near_matches;
use crate::problem::ProblemCode;
use crate::request::InputImage;
use crate::share::{parse_factor, parse_growth, parse_share};
use crate::size::{NoSize, Size};
use crate::spreadsheet::{Cell, CellKind, Row};

/// A reader of a percentage.
type Parse = fn(&str) -> Result<Decimal, NotAValue>;

/// Reads the cells of a row and reports those that are wrong.
pub(super) struct RowReader<'a, 'f> {
    pub check: &'a mut Checker<'f>,
    pub row: &'a Row<'a>,
    pub columns: &'a [Column],
    /// Whether nothing was wrong so far.
    pub whole: bool,
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
    pub(super) fn report_at(
        &mut self,
        column: &Column,
        code: ProblemCode,
        what: &str,
        help: impl Into<Help>,
    ) {
        let index = self.columns.iter().position(|known| known == column);
        let row = self.row;
        if let Some(cell) = row.cells.get(index.unwrap_or(0)) {
            self.report(code, cell, column, what, help);
        }
    }

    /// The text of a cell that says something.
    pub(super) fn text(&mut self, column: &Column) -> Option<String> {
        let index = self.columns.iter().position(|known| known == column)?;
        let row = self.row;
        self.of_cell(row.cells.get(index)?, column)
    }

    fn of_cell(&mut self, cell: &Cell, column: &Column) -> Option<String> {
        let text = cell.value.trim();
        if cell.kind == CellKind::Error {
            let what = format!("`{text}` is an error in the place of a value");
            self.report(
                ProblemCode::Formula,
                cell,
                column,
                what,
                "correct the formula of the cell",
            );
            return None;
        }
        if text.starts_with('=') {
            let help = "save the sheet with the values of its formulas: open it, recalculate it and save it";
            let what = format!("`{text}` is a formula without its value");
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

    pub(super) fn size(&mut self) -> Option<String> {
        let text = self.text(&Column::Size)?;
        if text != "auto"
            && let Err(error) = text.parse::<Size>()
        {
            let help = "write WIDTHxHEIGHT, such as 1024x1536, or auto";
            self.report_at(&Column::Size, ProblemCode::BadSize, &error.to_string(), help);
        }
        Some(text)
    }

    pub(super) fn count(&mut self, column: &Column, most: u64) -> Option<u64> {
        let text = self.text(column)?;
        let (what, help) = match number::whole(&text) {
            Ok(count) if count <= most => return Some(count),
            Ok(_) => (format!("`{text}` is more than {most}"), "correct the number".to_owned()),
            Err(wrong) => wrong,
        };
        self.report_at(column, ProblemCode::BadNumber, &what, help);
        None
    }

    /// A share: 70% or 0.7; a cell of a workbook that shows 70% is the number 0.7.
    fn share(&mut self, column: &Column) -> Option<Decimal> {
        let help = "write it as 70% or 0.7";
        self.percentage(column, (parse_share, help), |number| number <= Decimal::ONE)
    }

    /// Growth each month: 3%; a cell of a workbook that shows 3% is the number 0.03.
    pub(super) fn growth(&mut self) -> Option<Decimal> {
        let help = "write it as 3%, or -5% for less each month";
        self.percentage(&Column::Growth, (parse_growth, help), |number| number.abs() < Decimal::ONE)
    }

    /// Factors by calendar month, with a decimal point: 11=2.2 7=0.7.
    pub(super) fn season(&mut self) -> Option<Season> {
        let text = self.text(&Column::Seasonality)?;
        let parts = text.split([' ', ',', ';']).filter(|part| !part.is_empty());
        let factors = parts.map(|part| {
            let (month, factor) = part.split_once('=')?;
            Some((month_of_year(month)?, parse_factor(factor).ok()?))
        });
        let factors: Option<Vec<(u32, Decimal)>> = factors.collect();
        let months =
            |all: &Vec<(u32, Decimal)>| all.iter().map(|it| it.0).collect::<BTreeSet<_>>().len();
        let found = factors.filter(|all| months(all) == all.len() && !all.is_empty());
        if found.is_none() {
            let help = "write a factor for each calendar month that differs, once: 11=2.2 7=0.7";
            let what = format!("`{text}` is no season");
            self.report_at(&Column::Seasonality, ProblemCode::BadNumber, &what, help);
        }
        found.map(Season::from_iter)
    }

    fn percentage(
        &mut self,
        column: &Column,
        (parse, help): (Parse, &'static str),
        is_fraction: impl Fn(Decimal) -> bool,
    ) -> Option<Decimal> {
        let text = self.text(column)?;
        let number = self.number_cell(column).filter(|number| is_fraction(*number));
        let typed =
            number.map(|number| format!("{}%", (number * Decimal::ONE_HUNDRED).normalize()));
        match parse(typed.as_deref().unwrap_or(&text)) {
            Ok(share) => Some(share),
            Err(why) => {
                self.report_at(column, ProblemCode::BadShare, &format!("`{text}` is {why}"), help);
                None
            }
        }
    }

    /// The number of a cell that its file has as a number.
    fn number_cell(&self, column: &Column) -> Option<Decimal> {
        let index = self.columns.iter().position(|known| known == column)?;
        let cell = self.row.cells.get(index).filter(|cell| cell.kind == CellKind::Number)?;
        cell.value.parse().ok()
    }

    /// Attempts for each accepted image.
    fn attempts(&mut self) -> Option<Decimal> {
        let text = self.text(&Column::Attempts)?;
        let found = parse_attempts(&text);
        if let Err(why) = &found {
            let help = "write the attempts for each accepted image, such as 1.4";
            let what = format!("`{text}` is {why}");
            self.report_at(&Column::Attempts, ProblemCode::BadNumber, &what, help);
        }
        found.ok()
    }

    /// A month, of which every way of writing is one by now.
    pub(super) fn month(&mut self, column: &Column) -> Option<Month> {
        let text = self.text(column)?;
        let found = text.parse();
        if found.is_err() {
            let help = "write it as YYYY-MM or Jan 2027";
            let what = format!("`{text}` is not a month");
            self.report_at(column, ProblemCode::BadMonth, &what, help);
        }
        found.ok()
    }

    pub(super) fn processing(&mut self) -> Option<Processing> {
        let text = self.text(&Column::Processing)?;
        let found = Processing::ALL.into_iter().find(|it| text.eq_ignore_ascii_case(it.as_str()));
        if found.is_none() {
            let words = Processing::ALL.map(Processing::as_str);
            let help = match near_matches(&text, words.into_iter()).first() {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("write one of {}", words.join(", ")),
            };
            let what = format!("`{text}` is no way of processing");
            self.report_at(&Column::Processing, ProblemCode::UnknownWord, &what, help);
        }
        found
    }

    /// Reference images by their sizes, separated by blanks, commas or semicolons; `unknown` stands for one of unknown size.
    pub(super) fn input_images(&mut self) -> Vec<InputImage> {
        let Some(text) = self.text(&Column::InputImages) else { return Vec::new() };
        let names = text.split([' ', ',', ';']).filter(|name| !name.is_empty());
        let mut images = Vec::new();
        for name in names {
            images.push(match name.parse::<Size>() {
                Ok(size) => InputImage::new(size.to_string(), Ok(size)),
                Err(_) if name == "unknown" => InputImage::new("a reference image", Err(NoSize::SaidUnknown)),
                Err(error) => {
                    let help = "write WIDTHxHEIGHT for each reference image, or unknown: 1024x1024 unknown";
                    self.report_at(&Column::InputImages, ProblemCode::BadSize, &error.to_string(), help);
                    return images;
                }
            });
        }
        images
    }

    pub(super) fn rates(&mut self) -> Option<AttemptRates> {
        let failures = Failures {
            failure_rate: self.share(&Column::FailureRate).unwrap_or_default(),
            block_rate: self.share(&Column::BlockRate).unwrap_or_default(),
            timeout_rate: self.share(&Column::TimeoutRate).unwrap_or_default(),
        };
        let acceptance = self.share(&Column::Acceptance);
        let attempts = self.attempts();
        if acceptance.is_some() && attempts.is_some() {
            let help = "keep one of the two";
            let what = "`acceptance` and `attempts` say the same in two ways";
            self.report_at(&Column::Attempts, ProblemCode::EitherOr, what, help);
        }
        let maximum = self.count(&Column::MaximumAttempts, MOST_ATTEMPTS.into());
        let rates = match attempts {
            Some(attempts) => AttemptRates::with_attempts(attempts, failures),
            None => AttemptRates::with_acceptance(acceptance.unwrap_or(Decimal::ONE), failures),
        };
        let rates = rates.and_then(|rates| match maximum {
            Some(maximum) => rates.giving_up_after(maximum).map_err(|error| Errors(vec![error])),
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

    pub(super) fn tags(&mut self) -> BTreeMap<String, String> {
        // Each cell by its place: looking its column up would make the work grow with the square of the columns.
        let tags =
            self.row.cells.iter().zip(self.columns).filter_map(|(cell, column)| match column {
                Column::Tag(key) => Some((key.clone(), self.of_cell(cell, column)?)),
                _ => None,
            });
        tags.collect()
    }

    pub(super) fn unnamed(&mut self) {
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
fn column_of(error: &RatesError) -> (Column, &'static str) {
    use RatesError as E;
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
