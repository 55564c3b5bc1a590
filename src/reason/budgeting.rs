//! What a budget leaves open, beside what its prices and counts do.

use crate::catalog::model::MAKER;
use std::fmt;
use std::sync::Arc;

use crate::help::Help;
use crate::request::error::{RequestError, joined};

coded! {
    /// Why an amount of a budget is not exact.
    #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
    #[non_exhaustive]
    pub enum Budgeting {
        /// The volume is stated as a range.
        VolumeRange => "volume_is_a_range",
        /// No expected volume of a workload is stated.
        NoExpectedVolume {
            /// The workload.
            workload: Arc<str>,
        } => "no_expected_volume",
        /// The model is shut down, so that nothing is made.
        ShutDown(Arc<RequestError>) => "model_shut_down",
        /// A part of the cost is unknown.
        PartUnknown => "part_unknown",
        /// Some lines of the file are not priced.
        RejectedLines(u64) => "rejected_lines",
        /// A part of what is planned is not made.
        PartNotMade => "part_not_made",
        /// What is planned is not made, so that its cost is not known.
        CostOfNotMade => "cost_of_not_made",
        /// The amount of an older forecast is a range.
        OlderRange => "older_forecast_range",
        /// The amount of an older forecast is not known.
        OlderUnknown => "older_forecast_unknown",
        /// The budget and its baseline have no month in common.
        NoCommonMonth => "no_common_month",
        /// No step of the budget can go to a price owner.
        NothingAtOwner => "nothing_at_owner",
        /// No month of the budget has images.
        NoImages => "no_images_planned",
        /// Images are given up after the most attempts that are allowed.
        GivenUp(u32) => "images_given_up",
        /// The route ignores the quality or the size that is asked for.
        Ignored {
            /// The id of the route.
            route: Arc<str>,
            /// What it ignores: quality or size.
            what: &'static str,
        } => "choice_ignored",
        /// Workloads cannot be priced as asked.
        Refused {
            /// The workloads that are refused for the same.
            workloads: Arc<[Arc<str>]>,
            /// Every error of such a workload.
            errors: Arc<[RequestError]>,
        } => "workload_cannot_be_priced",
        /// No offer of the catalogue prices the seats of a plan.
        SeatsNotPriced {
            /// The plan.
            plan: Arc<str>,
        } => "seats_not_priced",
        /// Price tables are wrong.
        BrokenTables(Arc<[Arc<str>]>) => "price_tables_wrong",
    }
}

impl Budgeting {
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
                    RequestError::ShutDown { by, replacements, .. } if !replacements.is_empty() => {
                        let who = by.as_deref().unwrap_or(MAKER);
                        write!(f, "; {who} names {} instead", replacements.join(", "))
                    }
                    _ => Ok(()),
                }
            }
            Budgeting::PartUnknown => f.write_str("a part of the cost is unknown"),
            Budgeting::RejectedLines(1) => f.write_str("1 rejected line is not priced"),
            Budgeting::RejectedLines(count) => {
                write!(f, "{count} rejected lines are not priced")
            }
            Budgeting::PartNotMade => f.write_str("a part is not made"),
            Budgeting::CostOfNotMade => f.write_str("not made, so that its cost is not known"),
            Budgeting::OlderRange => f.write_str("a range in the older forecast"),
            Budgeting::OlderUnknown => f.write_str("not known in the older forecast"),
            Budgeting::NoCommonMonth => {
                f.write_str("the baseline and the budget have no month in common")
            }
            Budgeting::NothingAtOwner => {
                f.write_str("no part of the budget can go there, so that it is the budget as it is")
            }
            Budgeting::NoImages => f.write_str("no month of the budget has images"),
            Budgeting::GivenUp(maximum) => write!(
                f,
                "images are given up after {maximum} attempts, so that fewer are accepted than wanted"
            ),
            Budgeting::Ignored { route, what } => {
                write!(f, "{route} ignores the {what} that is asked for")
            }
            Budgeting::Refused { workloads, errors } => {
                write!(f, "{}: {}", workloads.join(", "), joined(errors))
            }
            Budgeting::SeatsNotPriced { plan } => {
                write!(f, "no offer of the catalogue prices the seats of {plan}")
            }
            Budgeting::BrokenTables(messages) => f.write_str(&messages.join("; ")),
        }
    }
}
