//! Where a budget was written, and what cannot be priced at its places.

use crate::budget::file::NamedSheet;
use crate::budget::{BudgetError, Idle, file, volumes};
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
    /// In a budget file, and in the spreadsheet that it names.
    File(Input, Option<NamedSheet>),
    /// In a spreadsheet.
    Volumes(Input),
}

impl WrittenIn {
    /// In a file that was read, which is a spreadsheet or names one.
    pub(super) fn of(input: Input, is_spreadsheet: bool, named: Option<NamedSheet>) -> WrittenIn {
        if is_spreadsheet { WrittenIn::Volumes(input) } else { WrittenIn::File(input, named) }
    }

    /// How many workloads are those of a spreadsheet, which come first; `all` is how many there are.
    pub(super) fn of_spreadsheet(&self, all: usize) -> usize {
        match self {
            WrittenIn::Flags | WrittenIn::File(_, None) => 0,
            WrittenIn::File(_, Some(sheet)) => sheet.workloads,
            WrittenIn::Volumes(_) => all,
        }
    }

    /// What the file says of how its spreadsheet is written, and changes nothing.
    pub(super) fn idle(&self) -> Vec<Idle> {
        match self {
            WrittenIn::File(_, Some(sheet)) => sheet.idle.clone(),
            _ => Vec::new(),
        }
    }

    /// What cannot be priced, at the places of its workloads.
    pub(super) fn failure(&self, errors: Errors<BudgetError>) -> Failure {
        let (input, places) = match self {
            WrittenIn::Flags => return errors.into(),
            WrittenIn::File(input, named) => {
                let mut places = file::places(&input.name, &input.text);
                let of_sheet = named.iter().map(|it| volumes::places(&it.name, &it.sheet));
                places.extend(of_sheet.flatten());
                (input, places)
            }
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
