//! Totals in a spreadsheet of volumes: rows and columns that say what the others add up to are no volumes.
//!
//! They are known by their name alone, or since they are the sums of the others. A row that names a request of its own
//! is a workload, whatever its name: a workload may well be called `total recall`.

use super::header::Column;
use super::{number, subtotals};
use crate::spreadsheet::Row;

/// What totals are called in the languages in which spreadsheets are kept, in small letters.
const NAMES: [&str; 52] = [
    "total",
    "totals",
    "grand total",
    "overall total",
    "subtotal",
    "sub-total",
    "sub total",
    "sum",
    "sums",
    "gesamt",
    "gesamtsumme",
    "summe",
    "zwischensumme",
    "insgesamt",
    "total général",
    "sous-total",
    "somme",
    "total general",
    "suma",
    "total geral",
    "soma",
    "totale",
    "totale generale",
    "somma",
    "subtotale",
    "totaal",
    "subtotaal",
    "som",
    "razem",
    "łącznie",
    "celkem",
    "spolu",
    "összesen",
    "yhteensä",
    "totalt",
    "i alt",
    "toplam",
    "итого",
    "всего",
    "сумма",
    "разом",
    "всього",
    "合計",
    "総計",
    "小計",
    "总计",
    "合计",
    "總計",
    "小计",
    "합계",
    "총계",
    "소계",
];

/// The columns that say what is asked for.
const REQUEST: [Column; 5] =
    [Column::Model, Column::Size, Column::Quality, Column::PromptTokens, Column::Route];

/// Whether a row or column is called a total.
pub(super) fn is_name(text: &str) -> bool {
    let name = text.trim().trim_end_matches([':', '：']).trim_end().to_lowercase();
    NAMES.contains(&name.as_str())
}

/// Whether a column holds the sum of the month columns in every row: of at least two months.
pub(super) fn is_sum_of_months(column: usize, months: &[usize], rows: &[Row]) -> bool {
    let of = |row: &Row| {
        let sum = months.iter().try_fold(0, |sum, at| Some(sum + images(row, *at)?))?;
        (images(row, column)? == sum).then_some(sum)
    };
    let rows = rows.iter().filter(|row| !row.is_blank());
    let sums: Option<Vec<u128>> = rows.map(of).collect();
    months.len() >= 2 && sums.is_some_and(|sums| sums.iter().any(|sum| *sum > 0))
}

/// The images in a cell, none in an empty one; `None` where it is no number.
pub(super) fn images(row: &Row, column: usize) -> Option<u128> {
    match row.cells.get(column).map(|cell| cell.value.trim()) {
        None | Some("") => Some(0),
        Some(text) => number::whole(text).ok().map(u128::from),
    }
}

pub(super) fn name<'r>(row: &'r Row, columns: &[Column]) -> &'r str {
    let at = columns.iter().position(|column| *column == Column::Workload);
    at.and_then(|at| row.cells.get(at)).map_or("", |cell| cell.value.trim())
}

pub(super) fn names_a_request(row: &Row, columns: &[Column]) -> bool {
    let mut cells = row.cells.iter().zip(columns);
    cells.any(|(cell, column)| REQUEST.contains(column) && !cell.value.trim().is_empty())
}

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

/// Whether a row says more than a name and numbers: a total has no acceptance, rate or tag of its own.
pub(super) fn says_more(row: &Row, columns: &[Column]) -> bool {
    let is_plain = |column: &Column| {
        matches!(column, Column::Workload | Column::Month(_) | Column::Total(_) | Column::Unnamed)
    };
    let mut cells = row.cells.iter().zip(columns);
    cells.any(|(cell, column)| !is_plain(column) && !cell.value.trim().is_empty())
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
