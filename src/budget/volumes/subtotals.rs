//! Subtotals in a spreadsheet of volumes: rows that are the sum of the rows above them, since the last subtotal or in all.

use std::collections::BTreeSet;

use super::header::Column;
use super::said::{name, names_a_request, says_more};
use super::sums::images;
use crate::spreadsheet::Row;

/// Takes the subtotals out, and says which and why. `some_name`: whether some rows name a request, so that one that names
/// none stands out.
///
/// A row that repeats the one above it may be a subtotal of one row, or as many images by chance. It is a subtotal where
/// more rows below it add up without it than with it.
pub(super) fn left_out(rows: &mut Vec<&Row>, columns: &[Column], some_name: bool) -> Vec<String> {
    let walk = |repeats| Walk { rows, columns, some_name, repeats }.found();
    let kept = walk(Repeats::AreRows);
    let found = match kept.repeats {
        0 => kept,
        _ => {
            let without = walk(Repeats::AreSubtotals);
            if without.sums > kept.sums { without } else { kept }
        }
    };
    rows.retain(|row| !found.left_out.contains(&row.number));
    found.notes
}

/// What a row is taken for that repeats the one above it.
#[derive(Clone, Copy, PartialEq)]
enum Repeats {
    AreRows,
    AreSubtotals,
}

/// One way through the rows, from the first to the last.
struct Walk<'a> {
    rows: &'a [&'a Row],
    columns: &'a [Column],
    some_name: bool,
    repeats: Repeats,
}

/// What was found on the way.
#[derive(Default)]
struct Found {
    notes: Vec<String>,
    left_out: BTreeSet<usize>,
    /// How many rows add up others.
    sums: usize,
    /// How many rows repeat the one above.
    repeats: usize,
}

impl Walk<'_> {
    fn found(self) -> Found {
        let months = self.columns.iter().enumerate().filter(|(_, column)| column.month().is_some());
        let months: Vec<usize> = months.map(|(at, _)| at).collect();
        let mut found = Found::default();
        let (mut all, mut group) = (Above::none(&months), Above::none(&months));
        for row in self.rows {
            let own: Vec<Option<u128>> = months.iter().map(|at| images(row, *at)).collect();
            let sum = match says_more(row, self.columns) {
                true => Sum::No,
                false => group.sum(&own, self.some_name).or(all.sum(&own, self.some_name)),
            };
            if self.leaves_out(row, &sum, &mut found) {
                group = Above::none(&months);
                continue;
            }
            let named = names_a_request(row, self.columns);
            all.take(&own, named);
            group.take(&own, named);
        }
        found
    }

    /// Whether a row is left out; notes what is to be said of it.
    fn leaves_out(&self, row: &Row, sum: &Sum, found: &mut Found) -> bool {
        let (number, name) = (row.number, name(row, self.columns));
        let left_out = match sum {
            Sum::No => return false,
            Sum::Perhaps(above) => {
                found.notes.push(format!(
                    "row {number}, `{name}`, has in every month the images of the {above} above it: if it is a \
                     subtotal, remove it"
                ));
                return false;
            }
            Sum::Repeat => {
                found.repeats += 1;
                if self.repeats == Repeats::AreRows {
                    found.notes.push(format!(
                        "row {number}, `{name}`, has in every month the images of the row above it: if it is a \
                         subtotal, remove it"
                    ));
                    return false;
                }
                "it repeats the row above it, and rows below add up without it".to_owned()
            }
            Sum::Of(above) => {
                found.sums += 1;
                format!("in every month it is the sum of the {above} above it")
            }
        };
        found.notes.push(format!("row {number}, `{name}`, is left out: {left_out}"));
        found.left_out.insert(number);
        true
    }
}

/// Whether a row adds up others.
enum Sum {
    No,
    /// Of one row: it may as well be by chance.
    Repeat,
    /// Of these, in words, in one month alone: it may as well be by chance.
    Perhaps(String),
    /// Of these, in words.
    Of(String),
}

impl Sum {
    fn or(self, other: Sum) -> Sum {
        if matches!(self, Sum::No) { other } else { self }
    }
}

/// Rows above one, added up.
struct Above {
    rows: usize,
    /// Whether each of them names a request.
    all_named: bool,
    /// The images of each month; `None` where a cell is no number.
    sums: Vec<Option<u128>>,
}

impl Above {
    fn none(months: &[usize]) -> Above {
        Above { rows: 0, all_named: true, sums: vec![Some(0); months.len()] }
    }

    fn take(&mut self, own: &[Option<u128>], named: bool) {
        self.rows += 1;
        self.all_named &= named;
        for (sum, own) in self.sums.iter_mut().zip(own) {
            *sum = sum.zip(*own).map(|(sum, own)| sum + own);
        }
    }

    fn sum(&self, own: &[Option<u128>], some_name: bool) -> Sum {
        let is_sum = own.iter().zip(&self.sums).all(|(own, sum)| own.is_some() && own == sum);
        let filled = self.sums.iter().filter(|sum| sum.is_some_and(|sum| sum > 0)).count();
        match (self.rows, filled) {
            _ if !is_sum => Sum::No,
            (0, _) | (_, 0) | (1, 1) => Sum::No,
            (1, _) if some_name && self.all_named => Sum::Of("row".into()),
            (1, _) => Sum::Repeat,
            // One number alone may be the sum of others by chance.
            (rows, 1) if !some_name => Sum::Perhaps(format!("{rows} rows")),
            (rows, _) => Sum::Of(format!("{rows} rows")),
        }
    }
}
