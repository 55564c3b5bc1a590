//! Subtotals in a spreadsheet of volumes: rows that are the sum of the rows above them, since the last subtotal or in all.

use super::header::Column;
use super::totals::{images, name, names_a_request, says_more};
use crate::spreadsheet::Row;

/// Takes the subtotals out, and says which and why. `some_name`: whether some rows name a request, so that one that names
/// none stands out.
pub(super) fn left_out(rows: &mut Vec<&Row>, columns: &[Column], some_name: bool) -> Vec<String> {
    let months = columns.iter().enumerate().filter(|(_, column)| column.month().is_some());
    let months: Vec<usize> = months.map(|(at, _)| at).collect();
    let mut notes = Vec::new();
    let (mut all, mut group) = (Above::none(&months), Above::none(&months));
    rows.retain(|row| {
        let own: Vec<Option<u128>> = months.iter().map(|at| images(row, *at)).collect();
        let found = match says_more(row, columns) {
            true => Sum::No,
            false => group.sum(&own, some_name).or(all.sum(&own, some_name)),
        };
        let (number, name) = (row.number, name(row, columns));
        match &found {
            Sum::No => {}
            Sum::Perhaps => notes.push(format!(
                "row {number}, `{name}`, has in every month the images of the row above it: if it is a subtotal, remove it"
            )),
            Sum::Of(above) => {
                notes.push(format!(
                    "row {number}, `{name}`, is left out: in every month it is the sum of the {above} above it"
                ));
                group = Above::none(&months);
                return false;
            }
        }
        let named = names_a_request(row, columns);
        all.take(&own, named);
        group.take(&own, named);
        true
    });
    notes
}

/// Whether a row adds up others.
enum Sum {
    No,
    /// It may as well be by chance.
    Perhaps,
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
            (1, _) => Sum::Perhaps,
            // One number alone may be the sum of others by chance.
            (_, 1) if !some_name => Sum::No,
            (rows, _) => Sum::Of(format!("{rows} rows")),
        }
    }
}
