//! A row of any reader → the ledger, or why it is not taken.

use std::sync::Arc;

use super::found::{BlockFound, RejectedRow, RowTaken};
use crate::estimate::Rejected;
use crate::json::{Object, problems};
use crate::problem::{Problem, ProblemCode};
use crate::shape::Value;
use crate::usage_cost::not_taken::NotTaken;
use crate::usage_cost::sides::Sides;
use crate::usage_log::row::UsageRow;
use crate::usage_log::zone::Zone;
use crate::usage_log::{reply, wrapped};

/// The row of a value, or what is wrong with it.
pub(super) fn row(
    file: &str,
    value: Value,
    (ignored_keys, zone): (&[String], Zone),
) -> Result<UsageRow, Vec<Problem>> {
    let entries = value.entries.map_err(|problem| vec![*problem])?;
    let object = Object::new(&entries, "");
    let row = match wrapped::is_wrapped(&object) {
        true => wrapped::row(&object, &value.spot, ignored_keys, &|time| zone.day(time)),
        false => reply::of_object(&object, &value.spot, ignored_keys)
            .map(|reply| wrapped::of_reply(reply.came_in(value.chunks))),
    };
    row.map_err(|wrong| problems(file, &value.spot, &wrong, || "".into()))
}

/// Adds a row to a ledger, or keeps why it is not added.
pub(super) fn take(
    sides: &mut Sides,
    (line, row): (u64, Result<UsageRow, Vec<Problem>>),
    each_row: bool,
    found: &mut BlockFound,
) -> Result<(), NotTaken> {
    let row = match row {
        Ok(row) => row,
        Err(problems) => {
            found.rejected.push(RejectedRow::of_problems(line, problems));
            return Ok(());
        }
    };
    found.meet_row(&row);
    let taken = match each_row {
        true => sides.take_and_tell(&row).map(Some),
        false => sides.take(&row).map(|()| None),
    };
    match taken {
        Ok(cost) => {
            let told = cost.map(|cost| RowTaken { line, row, cost });
            found.taken.extend(told);
            Ok(())
        }
        Err(NotTaken::Rejected(why)) => {
            found.rejected.push(RejectedRow::refused(line, why));
            Ok(())
        }
        Err(broken) => Err(broken),
    }
}

impl RejectedRow {
    pub(super) fn unreadable(line: u64, wrong: Vec<(ProblemCode, String)>) -> RejectedRow {
        RejectedRow { line, cell: None, why: Arc::new(Rejected::Unreadable(wrong)) }
    }

    fn of_problems(line: u64, problems: Vec<Problem>) -> RejectedRow {
        let wrong = problems.into_iter().map(|problem| (problem.code, problem.message));
        RejectedRow::unreadable(line, wrong.collect())
    }
}
