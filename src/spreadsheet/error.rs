//! Why a workbook is not read.

use std::fmt::Display;

use crate::input_limits::InputLimit;

/// Why a workbook is not read.
#[derive(Debug)]
pub(crate) enum WorkbookError {
    /// It is above a limit.
    Limit(&'static InputLimit),
    /// It cannot be read, and why.
    Broken(String),
}

impl From<&'static InputLimit> for WorkbookError {
    fn from(limit: &'static InputLimit) -> WorkbookError {
        WorkbookError::Limit(limit)
    }
}

/// A workbook that its reader cannot read, with what that says.
pub(super) fn broken<E: Display>(error: E) -> WorkbookError {
    WorkbookError::Broken(error.to_string())
}
