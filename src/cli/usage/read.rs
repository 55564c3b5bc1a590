//! Logs, read one after the other: what is wrong with one of them is said, and the others are read.

use super::heard::Heard;
use super::opened::{OpenedLog, open};
use crate::cli::bodies::files_of;
use crate::cli::exit::Failure;
use crate::estimate::EstimateError;
use crate::usage_cost::NotTaken;
use crate::usage_cost::stream::{LogError, Logs, StreamError};

/// Reads all files, and those of folders.
pub(in crate::cli) fn read_all(
    files: &[String],
    logs: &mut Logs,
    heard: &mut Heard,
) -> Result<(), Failure> {
    for path in files_of(files) {
        read(&path, logs, heard)?;
    }
    heard.end();
    Ok(())
}

fn read(path: &str, logs: &mut Logs, heard: &mut Heard) -> Result<(), Failure> {
    let OpenedLog { name, length, bytes, start } = match open(path) {
        Ok(opened) => opened,
        Err(problems) => {
            logs.not_opened();
            heard.not_read(problems);
            return Ok(());
        }
    };
    heard.begin(&name, length);
    match logs.read(&name, &start, bytes, heard) {
        Ok(()) => Ok(()),
        Err(LogError::Wrong(problems)) => {
            heard.not_read(problems);
            Ok(())
        }
        Err(LogError::Stream(error)) => stopped(error),
    }
}

/// Why reading ended, where that is no matter of a log.
fn stopped(error: StreamError) -> Result<(), Failure> {
    match error {
        StreamError::Write(error) => Err(Failure::Write(error)),
        StreamError::NotTaken(NotTaken::Broken(problems)) => Err(Failure::Data(problems.into())),
        StreamError::NotTaken(NotTaken::Rejected(_)) => {
            Err(Failure::from(EstimateError::from(crate::money::AmountTooLarge)))
        }
    }
}
