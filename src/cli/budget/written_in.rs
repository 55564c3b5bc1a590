//! Where a budget was written, and what cannot be priced at its places.

use crate::budget::{BudgetError, file, volumes};
use crate::cli::advice;
use crate::cli::exit::Failure;
use crate::cli::input::Input;
use crate::errors::Errors;
use crate::estimate::EstimateError;
use crate::help::Help;
use crate::problem::{Place, Problem, ProblemCode};

/// Where a budget was written, for messages about what cannot be priced.
pub(super) enum WrittenIn {
    /// In flags.
    Flags,
    /// In a budget file.
    File(Input),
    /// In a spreadsheet.
    Volumes(Input),
}

impl WrittenIn {
    /// What cannot be priced, at the places of its workloads.
    pub(super) fn failure(&self, errors: Errors<BudgetError>) -> Failure {
        let (input, places) = match self {
            WrittenIn::Flags => return errors.into(),
            WrittenIn::File(input) => (input, file::places(&input.name, &input.text)),
            WrittenIn::Volumes(input) => (input, volumes::places(&input.name, &input.sheet())),
        };
        let mut problems = Vec::new();
        for BudgetError { workload, error } in errors {
            let errors = match error {
                EstimateError::Data(problems) => return Failure::Data(problems.into()),
                EstimateError::Request(errors) => errors,
            };
            let place = places.get(&workload).cloned();
            let place = place.unwrap_or_else(|| Place::file(&input.name));
            problems.extend(errors.into_iter().map(|error| Problem {
                code: ProblemCode::CannotBePriced,
                message: match workload.is_empty() {
                    true => error.to_string(),
                    false => format!("{workload}: {error}"),
                },
                place: place.clone(),
                help: advice::of_request(&error).map_or("correct the budget".into(), Help::from),
            }));
        }
        Failure::Data(problems)
    }
}
