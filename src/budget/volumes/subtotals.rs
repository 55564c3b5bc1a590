//! Subtotals in a spreadsheet of volumes: rows that are the sum of the rows above or below them, since the last subtotal or
//! in all.

use std::collections::BTreeSet;

use super::called::{Called, called};
use super::column::Column;
use super::said::{Said, line, name, names_a_request, says_more};
use super::sums::images;
use crate::spreadsheet::Row;

/// The subtotals, and in `said` which and why. `left_out`: the rows that are totals already, behind which a group begins.
/// `some_name`: whether some rows name a request, so that one that names none stands out.
///
/// Only what adds up two rows or more is a sum. A row that repeats the one beside it may be a subtotal of one row, or as many
/// images by chance: it is a subtotal where more rows add up without it than with it.
pub(super) fn find(
    rows: &[&Row],
    columns: &[Column],
    left_out: &BTreeSet<usize>,
    some_name: bool,
    said: &mut Said,
) -> BTreeSet<usize> {
    let upwards: Vec<&Row> = rows.iter().rev().copied().collect();
    let walk =
        |rows, side, repeats| Walk { rows, columns, left_out, some_name, side, repeats }.found();
    let above = walk(rows, "above", Repeats::AreRows);
    let below = walk(&upwards, "below", Repeats::AreRows);
    // Where totals are known by their names, they tell on which side of their rows they stand.
    let may_be_below =
        left_out.is_empty() || rows.first().is_some_and(|row| left_out.contains(&row.number));
    let more_below = (below.sums, below.chances) > (above.sums, above.chances);
    let (kept, rows, side) = match may_be_below && more_below {
        true => (below, &upwards[..], "below"),
        false => (above, rows, "above"),
    };
    let found = match kept.repeats {
        0 => kept,
        _ => {
            let without = walk(rows, side, Repeats::AreSubtotals);
            if without.sums > kept.sums { without } else { kept }
        }
    };
    for (number, what) in found.said {
        // That a row is left out goes before what was said of it when it was not.
        if found.left_out.contains(&number) || !said.contains_key(&number) {
            said.insert(number, what);
        }
    }
    found.left_out
}

/// What a row is taken for that repeats the one beside it.
#[derive(Clone, Copy, PartialEq)]
enum Repeats {
    AreRows,
    AreSubtotals,
}

/// One way through the rows, from one end to the other.
struct Walk<'a> {
    rows: &'a [&'a Row<'a>],
    columns: &'a [Column],
    left_out: &'a BTreeSet<usize>,
    some_name: bool,
    /// Where the rows stand that were passed: above or below.
    side: &'static str,
    repeats: Repeats,
}

/// What was found on the way.
#[derive(Default)]
struct Found {
    said: Said,
    left_out: BTreeSet<usize>,
    /// How many rows add up others.
    sums: usize,
    /// How many rows may add up others by chance.
    chances: usize,
    /// How many rows repeat the one beside it.
    repeats: usize,
}

impl Walk<'_> {
    fn found(self) -> Found {
        let months = self.columns.iter().enumerate().filter(|(_, column)| column.month().is_some());
        let months: Vec<usize> = months.map(|(at, _)| at).collect();
        let mut found = Found::default();
        let (mut all, mut group) = (Passed::none(&months), Passed::none(&months));
        for row in self.rows {
            let own: Vec<Option<u128>> = months.iter().map(|at| images(row, *at)).collect();
            if self.left_out.contains(&row.number)
                || self.leaves_out(row, &own, [&group, &all], &mut found)
            {
                group = Passed::none(&months);
                continue;
            }
            all.take(&own);
            group.take(&own);
        }
        found
    }

    /// Whether a row is left out; notes what is to be said of it.
    fn leaves_out(
        &self,
        row: &Row,
        own: &[Option<u128>],
        passed: [&Passed; 2],
        found: &mut Found,
    ) -> bool {
        let called = called(name(row, self.columns));
        if called == Called::No && says_more(row, self.columns) {
            return false;
        }
        // One number alone is the sum of others by chance, unless it stands right behind a subtotal, or is called a total.
        let is_behind = passed[0].rows == 0 && passed[1].rows > 0;
        let is_sure = self.some_name || is_behind || called != Called::No;
        let [group, all] = passed.map(|passed| passed.sum(own, is_sure));
        let sum = if matches!(group, Sum::No) { all } else { group };
        let is_out = match (called, sum) {
            (_, Sum::Of(rows)) => {
                found.sums += 1;
                Ok(format!("in every month it is the sum of the {rows} rows {} it", self.side))
            }
            (Called::No, sum) => self.chance(row, &sum, found),
            (_, _) => self.by_name(row, own, passed),
        };
        let (is_out, what) = match is_out {
            Ok(why) => (true, line(row, self.columns, &why)),
            Err(what) if what.is_empty() => return false,
            Err(what) => (false, what),
        };
        found.said.insert(row.number, what);
        if is_out {
            found.left_out.insert(row.number);
        }
        is_out
    }

    /// Why a row is left out that may be a sum by chance, else what is to be said of it, if anything.
    fn chance(&self, row: &Row, sum: &Sum, found: &mut Found) -> Result<String, String> {
        let (number, name, side) = (row.number, name(row, self.columns), self.side);
        let perhaps = |rows: &str| {
            format!(
                "row {number}, `{name}`, has in every month the images of the {rows} {side} it: if it is a subtotal, \
                 remove it"
            )
        };
        match sum {
            Sum::Repeat => {
                found.repeats += 1;
                match self.repeats {
                    Repeats::AreRows => Err(perhaps("row")),
                    Repeats::AreSubtotals => Ok(format!(
                        "it repeats the row {side} it, and other rows add up without it"
                    )),
                }
            }
            Sum::Perhaps(rows) => {
                found.chances += 1;
                Err(perhaps(&format!("{rows} rows")))
            }
            Sum::No | Sum::Of(_) => Err(String::new()),
        }
    }

    /// Why a row is left out that is called a total and adds up nothing exactly, else that it is kept.
    fn by_name(
        &self,
        row: &Row,
        own: &[Option<u128>],
        passed: [&Passed; 2],
    ) -> Result<String, String> {
        let near = passed.into_iter().find(|passed| passed.is_near(own));
        let (number, name, side) = (row.number, name(row, self.columns), self.side);
        match near {
            Some(near) if !names_a_request(row, self.columns) => Ok(format!(
                "by its name it is a total of other rows, and the rows {side} it have {} images",
                near.in_words()
            )),
            _ => Err(format!(
                "row {number}, `{name}`, is called a total and is kept since it is not the sum of other rows, or names a \
                 request of its own: if it is no workload, remove it"
            )),
        }
    }
}

/// Whether a row adds up others.
enum Sum {
    No,
    /// Of one row: it may as well be by chance.
    Repeat,
    /// Of so many rows, in one month alone: it may as well be by chance.
    Perhaps(usize),
    /// Of so many rows.
    Of(usize),
}

/// Rows that were passed, added up.
struct Passed {
    rows: usize,
    /// The images of each month; `None` where a cell is no number.
    sums: Vec<Option<u128>>,
}

impl Passed {
    fn none(months: &[usize]) -> Passed {
        Passed { rows: 0, sums: vec![Some(0); months.len()] }
    }

    fn take(&mut self, own: &[Option<u128>]) {
        self.rows += 1;
        for (sum, own) in self.sums.iter_mut().zip(own) {
            *sum = sum.zip(*own).map(|(sum, own)| sum + own);
        }
    }

    /// Whether a row is their sum; `is_sure`: whether one number alone tells.
    fn sum(&self, own: &[Option<u128>], is_sure: bool) -> Sum {
        let is_sum = own.iter().zip(&self.sums).all(|(own, sum)| own.is_some() && own == sum);
        let filled = self.sums.iter().filter(|sum| sum.is_some_and(|sum| sum > 0)).count();
        match (self.rows, filled) {
            _ if !is_sum => Sum::No,
            (0, _) | (_, 0) | (1, 1) => Sum::No,
            (1, _) => Sum::Repeat,
            (rows, 1) if !is_sure => Sum::Perhaps(rows),
            (rows, _) => Sum::Of(rows),
        }
    }

    /// Whether a row is their sum but for a few images, as totals are that were typed or rounded.
    fn is_near(&self, own: &[Option<u128>]) -> bool {
        let mut months = own.iter().zip(&self.sums);
        let is_near = |(own, sum): (&Option<u128>, &Option<u128>)| {
            own.zip(*sum).is_some_and(|(own, sum)| own.abs_diff(sum) <= (sum / 50).max(FEW))
        };
        let any = self.sums.iter().any(|sum| sum.is_some_and(|sum| sum > FEW));
        any && months.all(is_near)
    }

    fn in_words(&self) -> String {
        let sums = self.sums.iter().map(|sum| sum.unwrap_or(0).to_string());
        sums.collect::<Vec<_>>().join(", ")
    }
}

/// So many images make no other total.
const FEW: u128 = 3;
