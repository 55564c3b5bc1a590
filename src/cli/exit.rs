//! Exit codes, each with its one meaning.

use std::process::ExitCode;

use super::rejected::Rejected;
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

impl Rejected {
    /// What is said where nothing is rejected, or that something is.
    pub(super) fn or_failure<T>(self, done: T) -> Result<T, Failure> {
        if self.first.is_empty() { Ok(done) } else { Err(Failure::Rejected(self)) }
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
