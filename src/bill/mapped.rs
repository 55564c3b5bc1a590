//! Any CSV, by the mapping of a user.

use std::borrow::Cow;
use std::sync::Arc;

use chrono::Days;

use super::cells::{Cells, said_of};
use super::collected::NewLine;
use super::header::{Finder, Header};
use super::line::BillKind;
use super::mapping::{Mapping, meter_of, processing_of};
use super::number::{NotANumber, Written, number};
use super::openai_dashboard::of_sign;
use super::row::{Row, RowReader};
use super::texts::Matcher;
use crate::errors::Errors;
use crate::problem::{Problem, ProblemCode};

/// The columns.
pub(super) struct Mapped<'m> {
    mapping: &'m Mapping,
    matcher: &'m Matcher<'m>,
    day: usize,
    billed: usize,
    owner: Option<usize>,
    currency: Option<usize>,
    names: [Option<usize>; 6],
    processing: Option<usize>,
    meter: Option<usize>,
    numbers: [Option<usize>; 3],
    kind: Option<usize>,
}

impl<'m> Mapped<'m> {
    pub(super) fn of(
        file: &str,
        header: &Header,
        (mapping, matcher): (&'m Mapping, &'m Matcher<'m>),
    ) -> Result<(Mapped<'m>, Vec<String>), Errors<Problem>> {
        let mut find = Finder::new(file, header);
        let columns = &mapping.columns;
        // What a mapping names has to be there.
        let mut named =
            |name: &Option<String>| name.as_ref().map(|name| find.required(&[name.as_str()]));
        let found = Mapped {
            mapping,
            matcher,
            owner: named(&columns.owner),
            currency: named(&columns.currency),
            names: [
                named(&columns.account),
                named(&columns.project),
                named(&columns.model),
                named(&columns.unit),
                named(&columns.text),
                None,
            ],
            processing: named(&columns.processing),
            meter: named(&columns.meter),
            numbers: [
                named(&columns.quantity),
                named(&columns.list_cost),
                named(&columns.agreed_cost),
            ],
            kind: named(&columns.kind),
            day: find.required(&[&columns.day]),
            billed: find.required(&[&columns.billed_cost]),
        };
        find.finish().map(|ignored| (found, ignored))
    }

    /// A number, where the file writes a comma before decimals as well.
    fn number(&self, cells: &mut Cells, column: usize) -> Option<Written> {
        let text = cells.said(Some(column))?;
        let found = match self.mapping.decimal_comma {
            true => with_point(text).and_then(|text| number(&text)),
            false => number(text),
        };
        found
            .map_err(|wrong| {
                let (code, why, help) = said_of(wrong);
                cells.report(Some(column), code, &format!("`{text}` {why}"), help);
            })
            .ok()
    }

    fn kind(&self, cells: &mut Cells, billed: Written) -> Option<BillKind> {
        let is_negative = billed.value.is_sign_negative() && !billed.value.is_zero();
        let Some(text) = cells.said(self.kind) else { return Some(of_sign(is_negative)) };
        let word = text.to_lowercase();
        let own = self.mapping.kinds.iter().find(|(name, _)| *name == word).map(|(_, kind)| *kind);
        let found = own.or_else(|| BillKind::ALL.into_iter().find(|it| it.as_str() == word));
        match found {
            Some(BillKind::Usage) => Some(of_sign(is_negative)),
            Some(kind) => Some(kind),
            None => {
                let help = "say under `kinds` of the mapping what it is";
                let what = format!("`{text}` is no kind that the mapping knows");
                cells.report(self.kind, ProblemCode::UnknownWord, &what, help);
                None
            }
        }
    }
}

/// A number with a comma before its decimals and points between thousands, as one with a point.
fn with_point(text: &str) -> Result<Cow<'_, str>, NotANumber> {
    let (whole, decimals) = match text.split_once(',') {
        Some((whole, decimals)) => (whole, Some(decimals)),
        None => (text, None),
    };
    let mut groups = whole.split('.');
    let first = groups.next().unwrap_or_default();
    let digits = first.trim_start_matches(['-', '+']).len();
    let mut is_grouped = true;
    let mut joined = first.to_owned();
    for group in groups {
        is_grouped &= group.len() == 3 && (1..=3).contains(&digits);
        joined.push_str(group);
    }
    if !is_grouped || decimals.is_some_and(|it| it.contains(['.', ','])) {
        return Err(NotANumber::Other);
    }
    Ok(match decimals {
        Some(decimals) => Cow::Owned(format!("{joined}.{decimals}")),
        None => Cow::Owned(joined),
    })
}

impl RowReader for Mapped<'_> {
    fn row(&self, cells: &mut Cells) -> Option<Row> {
        let day = cells.day(self.day, &[self.mapping.days]);
        if cells.said(Some(self.billed)).is_none() {
            let help = "fill it in: an amount that is not there is not zero";
            cells.report(
                Some(self.billed),
                ProblemCode::Empty,
                "is empty, and a number must stand there",
                help,
            );
        }
        let billed = self.number(cells, self.billed);
        let [quantity, list, agreed] =
            self.numbers.map(|column| column.and_then(|column| self.number(cells, column)));
        let currency = match (&self.mapping.currency, self.currency) {
            (_, Some(column)) => cells.currency(column),
            (code, None) => code.as_deref().map(Arc::from),
        };
        let owner = match (&self.mapping.owner, self.owner) {
            (_, Some(column)) => {
                let name = cells.name(Some(column));
                if name.is_none() {
                    let help = "every price has an owner: fill it in";
                    cells.report(Some(column), ProblemCode::Empty, "is empty", help);
                }
                name
            }
            (name, None) => name.as_deref().map(Arc::from),
        };
        let [account, project, model, unit, text, _] = self.names.map(|it| cells.name(it));
        let processing = self.word(cells, self.processing, processing_of);
        let meter = self.word(cells, self.meter, meter_of);
        let (day, billed, currency, owner) = (day?, billed?, currency?, owner?);
        let kind = self.kind(cells, billed)?;
        let until = day.checked_add_days(Days::new(1))?;
        let owner = self.matcher.owner(&owner);
        // What the mapping calls the model is one, whether the tables know it or not.
        let model = model.map(|name| self.matcher.model(&owner, &name).unwrap_or(name));
        let mut line = NewLine::of((day, until), (owner, currency), billed, cells.place());
        line.quantity = quantity.map(|it| it.value);
        line.list_cost = list.map(|it| it.value);
        line.agreed_cost = agreed.map(|it| it.value);
        line.what.kind = kind;
        (line.what.account, line.what.project, line.what.model) = (account, project, model);
        (line.what.unit, line.what.text) = (unit, text);
        (line.what.processing, line.what.meter) = (processing, meter);
        Some(Row::Line(Box::new(line)))
    }
}

impl Mapped<'_> {
    /// A word of a closed list; one that is not in it is a problem of the row.
    fn word<T>(
        &self,
        cells: &mut Cells,
        column: Option<usize>,
        of: fn(&str) -> Option<T>,
    ) -> Option<T> {
        let text = cells.said(column)?;
        let found = of(text);
        if found.is_none() {
            let what = format!("`{text}` is not known");
            let help = "write the word of the tables, or name the column as `text` and say in rules what its texts mean";
            cells.report(column, ProblemCode::UnknownWord, &what, help);
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comma_before_decimals_takes_points_between_thousands() {
        let of = |text: &str| with_point(text).map(|it| it.into_owned());
        assert_eq!(of("1.234,56"), Ok("1234.56".into()));
        assert_eq!(of("-0,5"), Ok("-0.5".into()));
        assert_eq!(of("12.345.678"), Ok("12345678".into()));
        for text in ["1.23,5", "1.2345", "1,2,3", "1,2.3", "1234.567,8"] {
            assert_eq!(of(text), Err(NotANumber::Other), "{text}");
        }
    }
}
