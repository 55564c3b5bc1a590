//! How logs are read, and why one is not.

use super::run::StreamError;
use crate::errors::Errors;
use crate::problem::Problem;
use crate::usage_cost::dimension::Dimension;
use crate::usage_cost::not_taken::NotTaken;
use crate::usage_cost::terms::LogTerms;
use crate::usage_log::delimited::ColumnNames;
use crate::usage_log::zone::Zone;

/// How logs are read.
#[derive(Debug, Clone)]
pub struct LogReading<'a> {
    /// By which terms they are priced.
    pub terms: &'a LogTerms<'a>,
    /// By which terms they are priced as well, to be compared.
    pub with: Option<&'a LogTerms<'a>>,
    /// What they are summed up by.
    pub by: &'a [Dimension],
    /// How the user calls columns.
    pub names: &'a ColumnNames,
    /// The time zone in which days begin.
    pub zone: Zone,
    /// How many threads read.
    pub threads: usize,
    /// Whether each row is asked for.
    pub each_row: bool,
}

/// Why a log is not read, or not to its end.
#[derive(Debug)]
pub enum LogError {
    /// It is no log, or its first row is wrong.
    Wrong(Errors<Problem>),
    /// It could not be read to its end, or what was found could not be written.
    Stream(StreamError),
}

impl From<NotTaken> for LogError {
    fn from(error: NotTaken) -> LogError {
        LogError::Stream(StreamError::NotTaken(error))
    }
}
