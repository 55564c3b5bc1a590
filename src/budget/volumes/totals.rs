//! Totals in a spreadsheet of volumes: rows and columns that say what the others add up to are no volumes.
//!
//! They are known by their name alone, or since they are the sums of others. A row that names a request of its own is a
//! workload, unless it is called a total and adds others up: a workload may well be called `total recall`.

use std::collections::BTreeSet;

use super::called::{Called, called};
use super::column::Column;
use super::said::{Said, line, name, names_a_request, says_more};
use super::subtotals;
use super::sums::images;
use crate::spreadsheet::Row;

/// Takes the rows of totals out, and says which and why; warns of rows that name no request where others do.
pub(super) fn left_out(rows: &mut Vec<&Row>, columns: &[Column]) -> Vec<String> {
    let mut notes = columns_left_out(rows, columns);
    let mut said = Said::new();
    let by_name = by_name(rows, columns, &mut said);
    let some_name =
        rows.iter().any(|row| !by_name.contains(&row.number) && names_a_request(row, columns));
    let mut left_out = by_name.clone();
    sums_left_out(rows, columns, some_name, &mut left_out, &mut said);
    left_out.extend(subtotals::find(rows, columns, &left_out, some_name, &mut said));
    // Subtotals that are out may have hidden the total of all.
    sums_left_out(rows, columns, some_name, &mut left_out, &mut said);
    rows.retain(|row| !left_out.contains(&row.number));
    notes.extend(said.into_values());
    notes.extend(without_request(rows, columns));
    notes
}

/// The rows that are totals by their name, and name no request of their own.
fn by_name(rows: &[&Row], columns: &[Column], said: &mut Said) -> BTreeSet<usize> {
    let is_total =
        |row: &&&Row| called(name(row, columns)) == Called::Total && !names_a_request(row, columns);
    let totals: Vec<_> = rows.iter().filter(is_total).collect();
    let why = "by its name it is a total of other rows";
    for row in &totals {
        said.insert(row.number, line(row, columns, why));
    }
    totals.into_iter().map(|row| row.number).collect()
}

/// The rows that are in every month the sum of all others. `some_name`: whether some rows name a request, so that one
/// number of one that names none is not taken for a sum by chance.
fn sums_left_out(
    rows: &[&Row],
    columns: &[Column],
    some_name: bool,
    left_out: &mut BTreeSet<usize>,
    said: &mut Said,
) {
    let rows: Vec<&Row> =
        rows.iter().filter(|row| !left_out.contains(&row.number)).copied().collect();
    let Some(sums) = sums(&rows, columns).filter(|_| rows.len() >= 3) else { return };
    for row in rows.into_iter().filter(|row| is_sum_of_others(row, columns, &sums)) {
        let is_called_so = called(name(row, columns)) != Called::No;
        let number = row.number;
        if says_more(row, columns) && !is_called_so {
            if !names_a_request(row, columns) {
                said.insert(
                    number,
                    kept(
                        row,
                        columns,
                        "is kept since it gives an acceptance, a rate or a tag of its own",
                    ),
                );
            }
        } else if some_name || is_called_so || sums.len() >= 2 {
            left_out.insert(number);
            said.insert(
                number,
                line(row, columns, "in every month it is the sum of the other rows"),
            );
        } else {
            said.insert(
                number,
                kept(row, columns, "is kept since one number alone may be so by chance"),
            );
        }
    }
}

fn kept(row: &Row, columns: &[Column], why: &str) -> String {
    let (number, name) = (row.number, name(row, columns));
    format!(
        "row {number}, `{name}`, is in every month the sum of the other rows, and {why}: if it is a total, remove it"
    )
}

/// The most rows of a column that are told to disagree with their months.
const MOST_TOLD: usize = 5;

/// The columns of totals, each with the rows in which it does not say what the months add up to.
fn columns_left_out(rows: &[&Row], columns: &[Column]) -> Vec<String> {
    let totals = columns.iter().enumerate().filter_map(|(at, column)| match column {
        Column::Total(name) => Some((at, name)),
        _ => None,
    });
    let line = |(at, name): (usize, &String)| {
        let left_out = format!("the column `{name}` is left out: ");
        let others: Vec<String> =
            rows.iter().filter_map(|row| disagreement(row, at, columns)).collect();
        if others.is_empty() {
            return left_out + "it is a total of the months";
        }
        let told = others.iter().take(MOST_TOLD).cloned().collect::<Vec<_>>().join("; ");
        let more = match others.len().saturating_sub(MOST_TOLD) {
            0 => String::new(),
            more => format!("; and {more} rows more"),
        };
        format!(
            "{left_out}by its name it is a total of the months, and it disagrees with them: {told}{more}"
        )
    };
    totals.map(line).collect()
}

/// What a cell says that is not the sum of the months of its row; an empty one says nothing.
fn disagreement(row: &Row, at: usize, columns: &[Column]) -> Option<String> {
    let text = row.cells.get(at)?.value.trim();
    let months = columns.iter().enumerate().filter(|(_, column)| column.month().is_some());
    let sum = months.into_iter().try_fold(0, |sum, (at, _)| Some(sum + images(row, at)?))?;
    (!text.is_empty() && images(row, at) != Some(sum))
        .then(|| format!("row {} has `{text}`, its months {sum}", row.number))
}

/// The images of all rows in each month; `None` where a cell is no number.
fn sums(rows: &[&Row], columns: &[Column]) -> Option<Vec<(usize, u128)>> {
    let months = columns.iter().enumerate().filter(|(_, column)| column.month().is_some());
    let sum = |at: usize| {
        let sum = rows.iter().try_fold(0, |sum, row| Some(sum + images(row, at)?));
        sum.map(|sum| (at, sum))
    };
    months.map(|(at, _)| sum(at)).collect()
}

/// Whether a row is the sum of the others in every month: all rows are then twice as many images as it has.
fn is_sum_of_others(row: &Row, columns: &[Column], sums: &[(usize, u128)]) -> bool {
    row.cells.len() <= columns.len()
        && sums.iter().all(|(at, sum)| images(row, *at).is_some_and(|own| own * 2 == *sum))
        && sums.iter().any(|(_, sum)| *sum > 0)
}

fn without_request(rows: &[&Row], columns: &[Column]) -> Vec<String> {
    let without: Vec<&&Row> = rows.iter().filter(|row| !names_a_request(row, columns)).collect();
    if without.len() == rows.len() {
        return Vec::new();
    }
    let line = |row: &&&Row| {
        format!(
            "row {}, `{}`, names no model, size, quality, prompt_tokens or route, and other rows do: it is priced \
             with the defaults below; if it is no workload, remove it",
            row.number,
            name(row, columns)
        )
    };
    without.iter().map(line).collect()
}
