//! A text that is read as a whole → the ledger: an export, an object over several lines, a list, a saved stream.

use super::found::BlockFound;
use super::reading::{LogError, LogReading};
use super::taking;
use crate::errors::Errors;
use crate::problem::{Place, Problem, ProblemCode};
use crate::shape;
use crate::usage_cost::not_taken::NotTaken;
use crate::usage_cost::sides::Sides;
use crate::usage_log::export::{self, Export, Source};
use crate::usage_log::row::{Found, Numbered, UsageRow};

/// The owner whose routes are those of the maker, which holds for models by any of their names.
const MAKER: &str = "openai";

/// Adds what a text holds to a ledger.
pub(super) fn take(
    (file, text): (&str, &str),
    export: Option<Export>,
    sides: &mut Sides,
    reading: &LogReading,
) -> Result<BlockFound, LogError> {
    let mut found = BlockFound::default();
    match export {
        Some(export) => take_export(export, (file, text), sides, reading, &mut found)?,
        None => take_objects((file, text), sides, reading, &mut found)?,
    }
    Ok(found)
}

fn take_export(
    export: Export,
    (file, text): (&str, &str),
    sides: &mut Sides,
    reading: &LogReading,
    found: &mut BlockFound,
) -> Result<(), LogError> {
    let day_of = |time| reading.zone.day(time);
    let source = Source { day_of: &day_of, ..Source::utc(file, text) };
    let mut broken: Option<NotTaken> = None;
    let mut each = |Numbered { line, found: one }: Numbered| {
        if broken.is_some() {
            return;
        }
        let row = match one {
            Ok(Found::NoUsage) => {
                found.without_usage += 1;
                return;
            }
            Ok(Found::Row(mut row)) => {
                name_owner(export, &mut row);
                Ok(*row)
            }
            Err(problems) => Err(problems.into_iter().collect()),
        };
        found.rows += 1;
        broken = taking::take(sides, (line, row), reading.each_row, found).err();
    };
    let ended = export::read(export, &source, &mut each).map_err(LogError::Wrong)?;
    if let Some(broken) = broken {
        return Err(broken.into());
    }
    if ended.goes_on {
        let message = "the last page of this export says that there are more".to_owned();
        let help = "add the other pages: without them the usage is not whole".into();
        let place = Place::file(file);
        let problem = Problem { code: ProblemCode::MissingKey, message, place, help };
        found.problems.push(problem);
    }
    Ok(())
}

/// A model without the day of its snapshot: owners sell the model, and name the snapshot that they called.
fn undated(model: &str) -> &str {
    let is_day = |day: &str| day.len() == 8 && day.bytes().all(|byte| byte.is_ascii_digit());
    match model.rsplit_once('-') {
        Some((model, day)) if is_day(day) => model,
        _ => model,
    }
}

/// The route of an export's owner, where its rows name none: no table of another owner prices what that owner billed.
fn name_owner(export: Export, row: &mut UsageRow) {
    let model = row.labels.model.as_deref().and_then(|model| model.rsplit('/').next());
    let model = model.map(undated);
    if let (None, Some(model)) = (&row.labels.route, model) {
        let owner = export.owner();
        row.labels.route = (owner != MAKER).then(|| format!("{owner}/{model}").into());
    }
}

fn take_objects(
    (file, text): (&str, &str),
    sides: &mut Sides,
    reading: &LogReading,
    found: &mut BlockFound,
) -> Result<(), LogError> {
    let wrong = |problems: Vec<Problem>| LogError::Wrong(Errors::from(problems));
    let form = shape::form(text).map_err(|other| {
        let (message, place) = (other.to_string(), Place::file(file));
        wrong(vec![Problem { code: ProblemCode::BadValue, message, place, help: other.help() }])
    })?;
    let values = shape::values(file, text, form).map_err(|problem| wrong(vec![*problem]))?;
    for value in values {
        found.rows += 1;
        let line = value.number as u64;
        let how = (&reading.terms.replies.ignored_keys[..], reading.zone);
        let row = taking::row(file, value, how);
        taking::take(sides, (line, row), reading.each_row, found)?;
    }
    Ok(())
}
