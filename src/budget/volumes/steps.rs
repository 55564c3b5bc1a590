//! Rows of one workload → its steps: drafts, then the image that is accepted.

use std::collections::BTreeMap;

use super::column::Column;
use super::row::RowOf;
use super::said::name;
use crate::budget::workload::Workload;
use crate::catalog::check::Checker;
use crate::problem::ProblemCode;
use crate::spreadsheet::Row;

/// The workloads in the order of their first rows. The rows of a name are its steps, numbered from 1; what holds for the
/// whole workload stands in the last one.
pub(super) fn joined(
    check: &mut Checker,
    rows: &[&Row],
    columns: &[Column],
    read: Vec<Option<RowOf>>,
) -> Option<Vec<Workload>> {
    let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        groups.entry(name(row, columns)).or_default().push(at);
    }
    groups.remove("");
    let has_steps = columns.contains(&Column::Step);
    let mut firsts: Vec<(usize, Vec<usize>)> = Vec::new();
    let mut is_whole = true;
    for mut group in groups.into_values() {
        let first = group[0];
        if group.len() > 1 {
            let step = |at: &usize| read[*at].as_ref().and_then(|row| row.step);
            group.sort_by_key(step);
            is_whole &= match has_steps {
                true => is_in_steps(check, (rows, columns), &read, &group),
                false => report_same(check, (rows, columns), &group[1..]),
            };
        }
        firsts.push((first, group));
    }
    firsts.sort();
    let mut read: Vec<Option<RowOf>> = read;
    if !is_whole || read.iter().any(Option::is_none) {
        return None;
    }
    let of_group = |group: Vec<usize>| {
        let mut rows = group.into_iter().filter_map(|at| read[at].take());
        let first = rows.next()?.workload;
        Some(rows.fold(first, |before, row| {
            let steps = before.steps.into_iter().chain(row.workload.steps).collect();
            Workload { steps, ..row.workload }
        }))
    };
    firsts.into_iter().map(|(_, group)| group).map(of_group).collect()
}

/// Reports rows that have the name of another and are no steps; never whole.
fn report_same(check: &mut Checker, (rows, columns): (&[&Row], &[Column]), same: &[usize]) -> bool {
    let column = columns.iter().position(|known| *known == Column::Workload).unwrap_or(0);
    for row in same.iter().map(|at| rows[*at]) {
        let what = format!("`{}` is the name of another row", name(row, columns));
        let help = "give each row a name of its own, such as `poster high`, or number the steps of one workload in a \
                    column `step`";
        let place = row.cells.get(column).map_or(0..0, |cell| cell.at.clone());
        check.report(ProblemCode::DuplicateName, place, row.message("workload", what), help);
    }
    false
}

/// Whether rows of one name are its steps 1, 2, … with the volume in the last one; what is not so is reported.
fn is_in_steps(
    check: &mut Checker,
    (rows, columns): (&[&Row], &[Column]),
    read: &[Option<RowOf>],
    group: &[usize],
) -> bool {
    let mut is_whole = true;
    for (index, at) in group.iter().enumerate() {
        let (Some(row), cells) = (&read[*at], rows[*at]) else {
            is_whole = false;
            continue;
        };
        let is_last = index + 1 == group.len();
        let name = &row.workload.name;
        let wrong = if row.step.is_none() {
            is_whole &= report_same(check, (rows, columns), &[*at]);
            continue;
        } else if row.step != Some(index as u64 + 1) {
            let what = format!("`{name}` has no step {}, or one of its steps twice", index + 1);
            Some((
                ProblemCode::DuplicateName,
                Column::Step,
                what,
                "number the steps of a workload from 1",
            ))
        } else if !is_last && (row.says_volume || !row.workload.tags.is_empty()) {
            let what = format!(
                "`{name}` has steps after this one, which say how many images are accepted"
            );
            let help = "leave the volume, growth, months and tags of earlier steps empty; `per_accepted` says how many \
                        images of a step go into one that is accepted";
            Some((ProblemCode::EitherOr, Column::Step, what, help))
        } else {
            None
        };
        let Some((code, column, what, help)) = wrong else { continue };
        let index = columns.iter().position(|known| *known == column).unwrap_or(0);
        let place = cells.cells.get(index).map_or(0..0, |cell| cell.at.clone());
        check.report(code, place, cells.message(&column.name(), what), help);
        is_whole = false;
    }
    is_whole
}
