//! Exit codes, each with its one meaning.

use std::process::ExitCode;

use super::message::About;
use super::rejected::Rejected;
use super::{config, message};
use crate::errors::Errors;
use crate::estimate::EstimateError;
use crate::problem::{Place, Problem};
use crate::request::RequestError;

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Done.
    Done,
    /// Done, with a finding: a limit is exceeded or cannot be shown to hold, or prices differ.
    Finding,
    /// It cannot be priced as asked: a flag or a value of the request is wrong.
    Usage,
    /// A file is missing or wrong.
    Data,
    /// The output cannot be written.
    Output,
    /// A fault of the program itself.
    Fault,
}

impl Exit {
    /// The code of the process.
    pub fn code(self) -> u8 {
        match self {
            Exit::Done => 0,
            Exit::Finding => 1,
            Exit::Usage => 2,
            Exit::Data => 3,
            Exit::Output => 4,
            Exit::Fault => 70,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(exit.code())
    }
}

/// Why a run ended without a result.
#[derive(Debug)]
pub(super) enum Failure {
    /// It cannot be priced as asked.
    Request(Vec<RequestError>),
    /// The same of a file, with the places of what it says.
    RequestAt(Vec<(RequestError, Option<Place>)>),
    /// The arguments do not fit together: what is wrong, and what to do instead.
    Usage(Vec<(String, String)>),
    /// Files are missing or wrong.
    Data(Vec<Problem>),
    /// Lines of files are wrong.
    Rejected(Rejected),
    /// The output could not be written.
    Write(std::io::Error),
}

impl Failure {
    /// Arguments that do not fit together.
    pub(super) fn usage(message: impl Into<String>, help: impl Into<String>) -> Failure {
        Failure::Usage(vec![(message.into(), help.into())])
    }
}

impl From<EstimateError> for Failure {
    fn from(error: EstimateError) -> Failure {
        match error {
            EstimateError::Request(errors) => Failure::Request(errors.into()),
            EstimateError::Data(problems) => Failure::Data(problems.into()),
        }
    }
}

impl From<Errors<Problem>> for Failure {
    fn from(problems: Errors<Problem>) -> Failure {
        Failure::Data(problems.0)
    }
}

impl From<Vec<Problem>> for Failure {
    fn from(problems: Vec<Problem>) -> Failure {
        Failure::Data(problems)
    }
}

impl From<RequestError> for Failure {
    fn from(error: RequestError) -> Failure {
        Failure::Request(vec![error])
    }
}

/// Says what went wrong and picks the exit code.
pub(super) fn finish(outcome: Result<Exit, Failure>) -> Exit {
    // Of what cannot be priced, a setting may be the reason; a report has said them.
    if let Some(settings) = config::to_say() {
        match outcome {
            Ok(_) => message::hint(About::Settings, &settings.in_words()),
            Err(_) => message::finding(About::Settings, &settings.in_words()),
        }
    }
    match outcome {
        Ok(exit) => exit,
        Err(Failure::Request(errors)) => {
            errors.iter().for_each(message::request_error);
            Exit::Usage
        }
        Err(Failure::RequestAt(errors)) => {
            errors.iter().for_each(|(error, place)| match place {
                Some(place) => message::request_error_at(error, place),
                None => message::request_error(error),
            });
            Exit::Usage
        }
        Err(Failure::Usage(problems)) => {
            problems.iter().for_each(|(what, help)| message::error("arguments", what, Some(help)));
            Exit::Usage
        }
        Err(Failure::Data(problems)) => {
            message::problems(&problems, 0);
            Exit::Data
        }
        Err(Failure::Rejected(Rejected { first, more })) => {
            message::problems(&first, more);
            Exit::Data
        }
        Err(Failure::Write(error)) => {
            message::error("output", &format!("the output cannot be written: {error}"), None);
            Exit::Output
        }
    }
}
