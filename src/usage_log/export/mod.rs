//! Exports of usage, as owners and gateways write them → rows.
//!
//! ```text
//! text ─ told (which it is, by its header or its keys) ─┬─ rows (of CSV) ──────┐
//!                                                       └─ objects (of JSON) ──┴─► record ─ one reader each ─► row
//! openai_completions (tokens by modality) · openai_images (counts of images alone) · openrouter · fal · azure
//! all: tokens (what their counts measure) · processing · ../moment (the day of a time)
//! ```
//!
//! What an export says that its rows cost stands beside what is computed, and is no part of it. Equal rows are added: none
//! of them is left out as one that was read already.

mod azure;
mod fal;
mod objects;
mod openai_completions;
mod openai_images;
mod openrouter;
mod processing;
mod record;
mod rows;
mod told;
mod tokens;

#[cfg(test)]
mod tests;

pub use azure::{MeterNames, NamedMeter};

use super::moment::{DayOf, utc_day};
use super::row::{Found, Numbered, UsageRow};
use crate::errors::Errors;
use crate::problem::{Place, Problem, ProblemCode};
use record::{Part, Record};

/// Whose export a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Export {
    /// Tokens of an OpenAI organization: pages of `usage/completions`, or the dashboard's CSV.
    OpenAiCompletions,
    /// Images and requests of an OpenAI organization: pages of `usage/images`, or the same as CSV. It counts no tokens, and
    /// the work that it counts is also in the export of tokens: whoever adds both counts it twice.
    OpenAiImages,
    /// Activity of OpenRouter as CSV: a row a generation.
    OpenRouterActivity,
    /// Activity of OpenRouter by its API: an item a day and model.
    OpenRouterDays,
    /// Billing events of fal: a request each, with what it cost and in no unit that is known.
    FalEvents,
    /// Cost details of Azure: a quantity a row, read where its meter is named.
    AzureCostDetails,
}

/// A text that is read.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// The file as the user knows it.
    pub file: &'a str,
    /// What it holds.
    pub text: &'a str,
    /// The day of a time, in the time zone of the reading.
    pub day_of: DayOf<'a>,
    /// What the meters of a bill are, as whoever reads says.
    pub meters: &'a MeterNames,
}

/// How an export ended.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ended {
    /// Whether its last page says that there are more: the export is not whole without them.
    pub goes_on: bool,
}

static NONE_NAMED: MeterNames = MeterNames::NONE;

impl<'a> Source<'a> {
    /// A text whose times are taken to their UTC day, and whose meters nobody names.
    pub fn utc(file: &'a str, text: &'a str) -> Source<'a> {
        Source { file, text, day_of: &utc_day, meters: &NONE_NAMED }
    }
}

impl Export {
    /// Which export a text is, told by its content; `None` of what is none.
    pub fn of_text(text: &str) -> Option<Export> {
        told::export(unmarked(text))
    }

    /// The id of the owner by whose contract its rows were billed: no table of another owner prices them.
    pub fn owner(self) -> &'static str {
        match self {
            Export::OpenAiCompletions | Export::OpenAiImages => "openai",
            Export::OpenRouterActivity | Export::OpenRouterDays => "openrouter",
            Export::FalEvents => "fal",
            Export::AzureCostDetails => "microsoft",
        }
    }

    /// What its reader makes of a record.
    fn row(self, record: &mut Record) -> Option<UsageRow> {
        match self {
            Export::OpenAiCompletions => openai_completions::row(record),
            Export::OpenAiImages => openai_images::row(record),
            Export::OpenRouterActivity => openrouter::row(record),
            Export::OpenRouterDays => openrouter::item(record),
            Export::FalEvents => fal::row(record),
            Export::AzureCostDetails => azure::row(record),
        }
    }
}

/// Reads an export: `take` gets each of its rows, each part of it that has no usage, and what is wrong with a row, in the
/// order of the text.
///
/// # Errors
/// Why nothing more can be read: a header that is wrong, a limit, or a list that is not whole.
pub fn read(
    export: Export,
    source: &Source,
    take: &mut dyn FnMut(Numbered),
) -> Result<Ended, Errors<Problem>> {
    let source = Source { text: unmarked(source.text), ..*source };
    let mut each = |part: Part| take(numbered(export, part));
    if told::is_json(source.text) {
        objects::each(&source, &mut each).map_err(|problem| vec![*problem].into())
    } else {
        rows::each(&source, &mut each).map(|()| Ended::default())
    }
}

/// A text without the byte order marks with which it may begin.
fn unmarked(text: &str) -> &str {
    text.trim_start_matches('\u{feff}')
}

fn numbered(export: Export, part: Part) -> Numbered {
    let (line, found) = match part {
        Part::NoUsage { line } => (line, Ok(Found::NoUsage)),
        Part::Wrong { line, problems } => (line, Err(problems.into())),
        Part::Record(mut record) => {
            let row = export.row(&mut record);
            let found = match row {
                Some(row) if record.problems.is_empty() => Ok(Found::Row(Box::new(row))),
                _ => {
                    // A row is never refused without a word.
                    if record.problems.is_empty() {
                        record.problems.push(not_told(&record));
                    }
                    record.problems.sort_by_key(|problem| problem.place.line_and_column());
                    Err(record.problems.into())
                }
            };
            (record.line, found)
        }
    };
    Numbered { line, found }
}

/// A row that says too little to be told as usage.
fn not_told(record: &Record) -> Problem {
    let line = usize::try_from(record.line).unwrap_or(usize::MAX);
    let message = "this row does not say what was used".to_owned();
    let help = "give it as it was exported; the other rows are read without it".into();
    let place = Place::point(record.source.file, line, 1);
    Problem { code: ProblemCode::MissingKey, message, place, help }
}
