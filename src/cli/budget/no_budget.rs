//! What is given in the place of a budget and is none: named, with the command that takes it.

use crate::cli::exit::Failure;
use crate::cli::input::Input;
use crate::problem::{Place, Problem, ProblemCode};
use crate::shape::{self, Kind, Other};

/// Refuses what is for certain no budget: any other text is read as one, so that each wrong key is named.
pub(super) fn refuse(input: &Input) -> Result<(), Failure> {
    let (message, help) = match shape::holds(&input.text) {
        Kind::Request(_) => (
            "this is a request, and a budget says how many of it".to_owned(),
            "`imgcost estimate FILE` prices it; the `request` of a workload names the body of an Images API call as \
             `{file: FILE}`"
                .into(),
        ),
        Kind::Reply(_) | Kind::Progress(_) => (
            "this is a reply, and a budget says what is to be asked for".to_owned(),
            "`imgcost estimate FILE` prices it, `imgcost pilot read FILE` shows the rates of several for a budget".into(),
        ),
        Kind::Other(other) if is_elsewhere(&other) => {
            (other.to_string(), other.help())
        }
        Kind::Other(_) => return Ok(()),
    };
    let place = Place::file(&*input.name);
    Err(Failure::Data(vec![Problem { code: ProblemCode::BadValue, message, place, help }]))
}

fn is_elsewhere(other: &Other) -> bool {
    matches!(
        other,
        Other::Empty
            | Other::PilotLog
            | Other::PriceTable
            | Other::PriceMap
            | Other::Output(_)
            | Other::UsagePage
            | Other::CostPage
            | Other::BatchJob(_)
            | Other::AiSdkStream
            | Other::ChatRequest
            | Other::GeminiRequest
    )
}
