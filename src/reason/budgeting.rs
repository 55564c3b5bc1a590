//! What a budget leaves open, beside what its prices and counts do.

use std::fmt;
use std::sync::Arc;

use crate::help::Help;
use crate::request::RequestError;

/// Why an amount of a budget is not exact.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Budgeting {
    /// The volume is stated as a range.
    VolumeRange,
    /// No expected volume of a workload is stated.
    NoExpectedVolume {
        /// The workload.
        workload: Arc<str>,
    },
    /// The model is shut down, so that nothing is made.
    ShutDown(Arc<RequestError>),
    /// A part of the cost is unknown.
    PartUnknown,
    /// Lines of a file that are not priced.
    RejectedLines(u64),
    /// A part of what is planned is not made.
    PartNotMade,
    /// The amount of an older forecast is a range.
    OlderRange,
    /// The amount of an older forecast is not known.
    OlderUnknown,
    /// The budget and its baseline have no month in common.
    NoCommonMonth,
}

impl Budgeting {
    pub(super) fn code(&self) -> &'static str {
        match self {
            Budgeting::VolumeRange => "volume_is_a_range",
            Budgeting::NoExpectedVolume { .. } => "no_expected_volume",
            Budgeting::ShutDown(_) => "model_shut_down",
            Budgeting::PartUnknown => "part_unknown",
            Budgeting::RejectedLines(_) => "rejected_lines",
            Budgeting::PartNotMade => "part_not_made",
            Budgeting::OlderRange => "older_forecast_range",
            Budgeting::OlderUnknown => "older_forecast_unknown",
            Budgeting::NoCommonMonth => "no_common_month",
        }
    }

    pub(super) fn help(&self) -> Option<Help> {
        let Budgeting::ShutDown(error) = self else { return None };
        let RequestError::ShutDown { model, replacements, .. } = &**error else { return None };
        let by = replacements.first().map(|it| Arc::from(it.as_str()));
        Some(Help::Replace { model: model.as_str().into(), by })
    }
}

impl fmt::Display for Budgeting {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Budgeting::VolumeRange => f.write_str("the volume is stated as a range"),
            Budgeting::NoExpectedVolume { workload } => {
                write!(f, "no expected volume of {workload} is stated")
            }
            Budgeting::ShutDown(error) => {
                error.fmt(f)?;
                match &**error {
                    RequestError::ShutDown { replacements, .. } if !replacements.is_empty() => {
                        write!(f, "; its maker names {} instead", replacements.join(", "))
                    }
                    _ => Ok(()),
                }
            }
            Budgeting::PartUnknown => f.write_str("a part of the cost is unknown"),
            Budgeting::RejectedLines(count) => {
                write!(f, "{count} rejected lines are not priced")
            }
            Budgeting::PartNotMade => f.write_str("a part is not made"),
            Budgeting::OlderRange => f.write_str("a range in the older forecast"),
            Budgeting::OlderUnknown => f.write_str("not known in the older forecast"),
            Budgeting::NoCommonMonth => {
                f.write_str("the baseline and the budget have no month in common")
            }
        }
    }
}
