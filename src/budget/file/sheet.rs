//! The spreadsheet that a budget file names → its workloads; what is wrong in it stands at its own rows and cells.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use super::named::bytes_of;
use super::raw::{RawVolumes, RawWrittenVolumes};
use crate::budget::Assumption;
use crate::budget::idle::{Idle, IdleReason};
use crate::budget::month::Month;
use crate::budget::volumes::{self, SaidMonths, Sheet, WithNotes, Written};
use crate::budget::workload::Workload;
use crate::catalog::check::Checker;
use crate::catalog::yaml::span;
use crate::help::{Help, Sentence};
use crate::input_limits::VOLUME_BYTES;
use crate::problem::{Place, Problem, ProblemCode};
use crate::request::NamedFiles;

/// How the names of spreadsheets end. Nothing else is opened: what is wrong in it would be shown.
const ENDINGS: [&str; 4] = ["csv", "tsv", "xlsx", "ods"];

/// A spreadsheet that a budget file names, as it was read.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct NamedSheet {
    /// Its path for messages, from the working folder.
    pub name: String,
    /// What it holds.
    pub sheet: Sheet,
    /// How many workloads are its own; they are the first ones of the budget.
    pub workloads: usize,
    /// What of it was left out or is to be looked at.
    pub told: Vec<Assumption>,
    /// What the budget file says of how it is written, and changes nothing.
    pub idle: Vec<Idle>,
}

/// What a budget has of its spreadsheet.
pub(super) struct OfSheet {
    /// Where each workload stands, also where it cannot be read.
    pub places: BTreeMap<String, Place>,
    /// What was read; `None` where something is wrong.
    pub read: Option<ReadSheet>,
}

/// What was read of a spreadsheet.
pub(super) struct ReadSheet {
    pub workloads: Vec<Workload>,
    pub months: (Month, u32),
    pub assumptions: Vec<Assumption>,
    /// The tags of its workloads as `key:value`.
    pub tags: BTreeSet<String>,
    pub named: NamedSheet,
}

/// The workloads of the spreadsheet that is named, for a budget whose months are said; every problem of it is reported.
pub(super) fn of_sheet(
    check: &mut Checker,
    raw: &RawVolumes,
    files: &NamedFiles,
    said: SaidMonths,
) -> OfSheet {
    let written = match raw {
        RawVolumes::File(_) => Some(Written::default()),
        RawVolumes::Written(raw) => written(check, raw),
    };
    let Some((name, path, sheet)) = opened(check, raw, files) else {
        return OfSheet { places: BTreeMap::new(), read: None };
    };
    let places = volumes::places(&name, &sheet);
    let read = match volumes::read_in(&name, &sheet, written.unwrap_or_default(), said) {
        Ok(read) => written.map(|written| {
            let idle = idle((&name, &sheet), (written, said), &read);
            of_budget(read, &path, |workloads, told| NamedSheet {
                name,
                sheet,
                workloads,
                told,
                idle,
            })
        }),
        Err(problems) => {
            // What is open, since it could not be read how it is written, was reported there.
            let is_open =
                |it: &Problem| matches!(it.help, Help::GiveDecimalMark | Help::GiveDayOrder);
            let told = problems.into_iter().filter(|it| written.is_some() || !is_open(it));
            check.extend(told.map(in_keys).collect());
            None
        }
    };
    OfSheet { places, read }
}

/// What a budget file takes of the budget of its spreadsheet.
fn of_budget(
    (budget, notes): WithNotes,
    path: &str,
    named: impl FnOnce(usize, Vec<Assumption>) -> NamedSheet,
) -> ReadSheet {
    let tags = budget.workloads.iter().flat_map(|it| &it.tags);
    let tags = tags.map(|(key, value)| format!("{key}:{value}")).collect();
    let told = notes.into_iter().map(Assumption::OfFile).collect();
    let assumptions = budget.assumptions.into_iter().filter_map(|it| of_file(it, path));
    ReadSheet {
        months: (budget.start, budget.months),
        assumptions: assumptions.collect(),
        tags,
        named: named(budget.workloads.len(), told),
        workloads: budget.workloads,
    }
}

/// How it is written, as far as that is said.
fn written(check: &mut Checker, raw: &RawWrittenVolumes) -> Option<Written> {
    let decimal = raw.decimal.as_ref().map_or(Some(None), |it| check.word(it).map(Some));
    let days = raw.dates.as_ref().map_or(Some(None), |it| check.word(it).map(Some));
    Some(Written { decimal: decimal?, days: days? })
}

/// The sheet of a file with its name for messages and its path as written; why there is none is said at the place that names
/// it.
fn opened(
    check: &mut Checker,
    raw: &RawVolumes,
    files: &NamedFiles,
) -> Option<(String, String, Sheet)> {
    let (file, sheet) = match raw {
        RawVolumes::File(file) => (file, None),
        RawVolumes::Written(raw) => (&raw.file, raw.sheet.as_ref()),
    };
    let (path, named) = (check.text(file), check.optional_text(sheet));
    let (path, named) = (path?, named?);
    let bytes = match bytes(&path, files) {
        Ok(bytes) => bytes,
        Err(why) => {
            let help =
                why.help.unwrap_or_else(|| "name a spreadsheet (.csv, .xlsx or .ods)".into());
            check.report(ProblemCode::Unreadable, span(file), why.text, help);
            return None;
        }
    };
    let name = files.shown(&path);
    match (volumes::plan_of(&name, bytes, named.as_deref()), sheet) {
        (Ok((_, Some(sheet))), _) => Some((name, path, sheet)),
        (Ok((text, None)), None) => Some((name, path, Sheet::csv(&Arc::from(text)))),
        (Ok(_), Some(at)) => {
            let message = format!("{path} is no workbook, and has no sheets");
            check.report(ProblemCode::EitherOr, span(at), message, "leave `sheet` out");
            None
        }
        (Err(problems), _) => {
            check.extend(problems.into());
            None
        }
    }
}

/// The bytes of a spreadsheet by its path.
fn bytes(path: &str, files: &NamedFiles) -> Result<Vec<u8>, Sentence> {
    let found = files.find(path).map_err(|why| why.sentence(path))?;
    if !ends_so(Path::new(path)) || !ends_so(&found) {
        return Err(format!("{path} does not end as a spreadsheet does").into());
    }
    bytes_of(&found, &VOLUME_BYTES).map_err(|why| format!("{path} cannot be read: {why}").into())
}

fn ends_so(path: &Path) -> bool {
    let extension = path.extension();
    extension.is_some_and(|it| ENDINGS.iter().any(|known| it.eq_ignore_ascii_case(known)))
}

/// A problem whose cure is a key of the budget file.
fn in_keys(problem: Problem) -> Problem {
    let help = match problem.help {
        Help::GiveDecimalMark => {
            "say `volumes: {file: …, decimal: comma}` or `decimal: point`, or write the numbers without marks".into()
        }
        Help::GiveDayOrder => {
            "say `volumes: {file: …, dates: dmy}` or `dates: mdy`, or write YYYY-MM".into()
        }
        help => help,
    };
    Problem { help, ..problem }
}

/// What is said of how it is written and changes nothing.
fn idle(
    (name, sheet): (&str, &Sheet),
    (written, said): (Written, SaidMonths),
    read: &WithNotes,
) -> Vec<Idle> {
    let keys = [
        ("volumes.decimal", IdleReason::NoOpenNumber, Written { decimal: None, ..written }),
        ("volumes.dates", IdleReason::NoOpenDay, Written { days: None, ..written }),
    ];
    let is_idle = |without: &Written| {
        *without != written && volumes::is_same(name, sheet, (*without, said), read)
    };
    let idle = keys.into_iter().filter(|(_, _, without)| is_idle(without));
    idle.map(|(key, why, _)| Idle { key: key.to_owned(), why }).collect()
}

/// What the budget takes for granted with its spreadsheet; margin and fiscal years are those of the budget file.
fn of_file(assumed: Assumption, path: &str) -> Option<Assumption> {
    match assumed {
        Assumption::Margin | Assumption::FiscalYears => None,
        Assumption::OfFile(note) => Some(Assumption::OfFile(format!("{path}: {note}"))),
        other => Some(other),
    }
}
