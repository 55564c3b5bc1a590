//! Totals in a spreadsheet of volumes: rows and columns that say what the others add up to are no volumes.
//!
//! They are known by their name alone, or since they are the sums of the others. A row that names a request of its own
//! is a workload, whatever its name: a workload may well be called `total recall`.

use super::header::Column;
use super::said::{name, names_a_request, says_more};
use super::subtotals;
use super::sums::{images, is_name};
use crate::spreadsheet::Row;

/// Takes the rows of totals out, and says which and why; warns of rows that name no request where others do.
pub(super) fn left_out(rows: &mut Vec<&Row>, columns: &[Column]) -> Vec<String> {
    let mut notes = columns_left_out(rows, columns);
    let mut leave_out = |rows: &mut Vec<&Row>, is: &dyn Fn(&Row) -> bool, why: &str| {
        rows.retain(|row| {
            let is = is(row);
            if is {
                let (number, name) = (row.number, name(row, columns));
                notes.push(format!("row {number}, `{name}`, is left out: {why}"));
            }
            !is
        });
    };
    let is_called_so = |row: &Row| is_name(name(row, columns)) && !names_a_request(row, columns);
    leave_out(rows, &is_called_so, "by its name it is a total of other rows");
    let sums = sums(rows, columns);
    let is_sum = |row: &Row| sums.as_ref().is_some_and(|sums| is_sum_of_others(row, columns, sums));
    let some_name = rows.iter().any(|row| names_a_request(row, columns));
    // One number alone may be the sum of the others by chance.
    if rows.len() >= 3 && (some_name || sums.as_ref().is_some_and(|sums| sums.len() >= 2)) {
        let is_total = |row: &Row| !says_more(row, columns) && is_sum(row);
        leave_out(rows, &is_total, "in every month it is the sum of the other rows");
        let is_kept = |row: &&&Row| !names_a_request(row, columns) && is_sum(row);
        notes.extend(rows.iter().filter(is_kept).map(|row| {
            format!(
                "row {}, `{}`, is in every month the sum of the other rows, and is kept since it gives an acceptance, \
                 a rate or a tag of its own: if it is a total, remove it",
                row.number,
                name(row, columns)
            )
        }));
    }
    notes.extend(subtotals::left_out(rows, columns, some_name));
    notes.extend(without_request(rows, columns));
    notes
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
