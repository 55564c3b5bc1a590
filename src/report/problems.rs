//! What is said on standard error, for programs: one object with a row for each problem, finding and hint.

use std::io::{self, Write};

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;
use serde_json::Value as Json;

use super::dictionary::terms;
use super::envelope::TOOL;
use super::json;
use super::record::{Field, Record, Recorded};
#[cfg(feature = "cli")]
use crate::help::HelpWords;
#[cfg(feature = "cli")]
use crate::line_marks::LineMarks;
use crate::long::shortened;
use crate::problem::{Problem, SheetCell};

/// The name of the object, as in `imgcost schema output NAME`.
pub(super) const NAME: &str = "problems";

/// The id of its schema.
const SCHEMA: &str = "imgcost.problems/1";

/// How much it matters what is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Severity {
    /// It is wrong, and stops what was asked or a part of it.
    Error,
    /// It stops nothing, and should be looked at.
    Warning,
    /// What was found: why the exit code is 1, or what was given in vain.
    Finding,
    /// Good to know.
    Hint,
}

impl Severity {
    /// That of a problem in a file.
    pub fn of(problem: &Problem) -> Severity {
        if problem.code.is_warning() { Severity::Warning } else { Severity::Error }
    }

    /// The word in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Finding => "finding",
            Severity::Hint => "hint",
        }
    }
}

/// Something that is said on standard error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// How much it matters.
    pub severity: Severity,
    /// The stable name of what it is about.
    pub code: &'static str,
    /// The file that it is about.
    pub file: Option<String>,
    /// Line and column in the file, from 1.
    pub at: Option<(usize, usize)>,
    /// The cell that it is about, of a workbook.
    pub cell: Option<SheetCell>,
    /// What is the case, in words.
    pub message: String,
    /// What to do next.
    pub help: Option<String>,
}

impl Message {
    /// What is said without a place.
    pub fn new(severity: Severity, code: &'static str, message: impl Into<String>) -> Message {
        let message = shortened(&message.into()).into_owned();
        Message { severity, code, file: None, at: None, cell: None, message, help: None }
    }

    /// What is said, with what to do next.
    #[must_use]
    pub fn with_help(self, help: Option<String>) -> Message {
        Message { help: help.map(|help| shortened(&help).into_owned()), ..self }
    }
}

/// Problems in files, each with its place, and with what to do in these words.
#[cfg(feature = "cli")]
pub(crate) fn messages(problems: &[Problem], words: HelpWords) -> impl Iterator<Item = Message> {
    let mut marks = LineMarks::default();
    problems.iter().map(move |problem| {
        let at = marks.line_and_column(&problem.place);
        Message {
            severity: Severity::of(problem),
            code: problem.code.as_str(),
            file: Some(problem.place.file.clone()),
            at,
            cell: problem.place.cell.clone(),
            message: shortened(&problem.message).into_owned(),
            help: Some(shortened(&words(&problem.help)).into_owned()),
        }
    })
}

impl Recorded for &Message {
    const NAME: &'static str = "message";

    fn fields() -> Vec<Field<Self>> {
        vec![
            terms::SEVERITY.of(|it| it.severity.as_str().into()),
            terms::CODE.of(|it| it.code.into()),
            terms::FILE.of(|it| it.file.as_deref().into()),
            terms::LINE.of(|it| it.at.map(|(line, _)| line).into()),
            terms::COLUMN.of(|it| it.at.map(|(_, column)| column).into()),
            terms::SHEET.of(|it| it.cell.as_ref().map(|it| &*it.sheet).into()),
            terms::CELL.of(|it| it.cell.as_ref().map(|it| it.address.as_str()).into()),
            terms::MESSAGE.of(|it| it.message.as_str().into()),
            terms::HELP.of(|it| it.help.as_deref().into()),
        ]
    }
}

/// The object that any command writes on standard error with `--format json`, if it says anything there.
///
/// Keys may be added in later versions and never change their meaning.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct ProblemsOutput<'a> {
    /// The id of its schema.
    pub schema: &'static str,
    /// The version of imgcost that wrote it.
    pub tool: &'static str,
    /// The exit code of the command.
    pub exit_code: u8,
    /// Everything that is said, in the order in which it came up.
    pub rows: Vec<Record<&'a Message>>,
}

/// Writes messages as one object.
///
/// # Errors
/// What cannot be written.
pub fn write(messages: &[Message], exit_code: u8, out: &mut dyn Write) -> io::Result<()> {
    let rows = messages.iter().map(Record::of).collect();
    let output = ProblemsOutput { schema: SCHEMA, tool: TOOL, exit_code, rows };
    json::write(&output, out)
}

/// The JSON Schema of the object, draft 2020-12.
pub(super) fn json_schema() -> Json {
    let generator = SchemaSettings::draft2020_12().into_generator();
    let mut schema = generator.into_root_schema_for::<ProblemsOutput>().to_value();
    schema["title"] = "imgcost problems".into();
    schema["properties"]["schema"]["const"] = SCHEMA.into();
    schema
}
