//! What is asked for and how attempts turn out: of a workload in flags, or in place of what a file says of each.

use clap::Args;

use crate::attempts::AttemptRates;
use crate::budget::file::kept;
use crate::budget::{RateChanges, Step, StepChanges};
use crate::cli::args::{RateArgs, RequestArgs, wrong_rates};
use crate::cli::config;
use crate::cli::exit::Failure;
use crate::cli::values::at_least_one;
use crate::request::{Draft, RequestError};

/// The flags of a step.
#[derive(Debug, Args)]
pub(super) struct StepArgs {
    #[command(flatten)]
    asked: RequestArgs,
    #[command(flatten)]
    pub rates: RateArgs,
    /// Attempts after which an image is given up [default: it never is]
    #[arg(long, value_name = "K", value_parser = at_least_one, help_heading = "Attempts", allow_hyphen_values = true)]
    max_attempts: Option<u64>,
    /// Route, or the end of its id [default: the maker's]
    ///
    /// As many parts of the id from its end as tell it from all others: fal/gpt-image-2.
    #[arg(long, value_name = "ID", help_heading = "Prices")]
    route: Option<String>,
    /// Resolution class to ask for, such as 1K, 2K or 4K, on routes that price by class
    #[arg(long, value_name = "CLASS", help_heading = "Prices")]
    resolution: Option<String>,
}

impl StepArgs {
    /// What the flags say, and what is to be said of it.
    pub(super) fn changes(&self) -> Result<(StepChanges, Vec<String>), Failure> {
        let (draft, notes) = kept(self.asked.draft()?);
        let maximum = match self.max_attempts {
            None => None,
            Some(most) => AttemptRates::ONE_ATTEMPT
                .giving_up_after(most)
                .map_err(RequestError::Rates)?
                .maximum(),
        };
        let rates = RateChanges { maximum, ..self.rates.changes() };
        let (route, resolution) = (self.route.clone(), self.resolution.clone());
        Ok((StepChanges { draft, route, resolution, rates }, notes))
    }

    /// Takes from the settings what the flags of a workload leave open.
    pub(super) fn fill_in(&self, changes: &mut StepChanges) -> Result<(), Failure> {
        if changes.draft.model.is_none() && changes.route.is_none() {
            changes.draft.model = config::model()?;
        }
        let maximum = changes.rates.maximum;
        changes.rates = RateChanges { maximum, ..self.rates.or_settings()? };
        Ok(())
    }

    /// The step of a workload of these flags alone.
    pub(super) fn step(changes: &StepChanges) -> Result<Step, Failure> {
        changes.applied_to(&Step::of(Draft::default()), true).map_err(wrong_rates)
    }
}

/// Takes one value of the changes over into others.
type Take = fn(&StepChanges, &mut StepChanges);

/// Each flag by itself, as far as it says anything.
pub(super) fn one_by_one(all: &StepChanges) -> Vec<(&'static str, StepChanges)> {
    let alone = |(flag, take): (&'static str, Take)| {
        let mut one = StepChanges::default();
        take(all, &mut one);
        (one != StepChanges::default()).then_some((flag, one))
    };
    flags().into_iter().filter_map(alone).collect()
}

/// Each flag that says anything, with what all the others say.
pub(super) fn all_but_one(all: &StepChanges) -> Vec<(&'static str, StepChanges)> {
    let others = |(flag, _): (&'static str, StepChanges)| {
        let mut rest = StepChanges::default();
        let of_others = flags().into_iter().filter(|(other, _)| *other != flag);
        of_others.for_each(|(_, take)| take(all, &mut rest));
        (flag, rest)
    };
    one_by_one(all).into_iter().map(others).collect()
}

fn flags() -> [(&'static str, Take); 25] {
    [
        ("--model", |from, to| to.draft.model.clone_from(&from.draft.model)),
        ("--size", |from, to| to.draft.size.clone_from(&from.draft.size)),
        ("--quality", |from, to| to.draft.quality.clone_from(&from.draft.quality)),
        ("--n", |from, to| to.draft.n = from.draft.n),
        ("the prompt", |from, to| to.draft.prompt.clone_from(&from.draft.prompt)),
        ("--input-image", |from, to| to.draft.input_images.clone_from(&from.draft.input_images)),
        ("--input-fidelity", |from, to| {
            to.draft.input_fidelity.clone_from(&from.draft.input_fidelity);
        }),
        ("--partial-images", |from, to| to.draft.partial_images = from.draft.partial_images),
        ("--processing", |from, to| to.draft.processing = from.draft.processing),
        ("--text-output-tokens", |from, to| {
            to.draft.text_output_tokens = from.draft.text_output_tokens;
        }),
        ("--cached-text-tokens", |from, to| {
            to.draft.cached_text_tokens = from.draft.cached_text_tokens;
        }),
        ("--cached-image-tokens", |from, to| {
            to.draft.cached_image_tokens = from.draft.cached_image_tokens;
        }),
        ("--mainline-model", |from, to| {
            to.draft.mainline.model.clone_from(&from.draft.mainline.model)
        }),
        ("--mainline-input-tokens", |from, to| {
            to.draft.mainline.input_tokens = from.draft.mainline.input_tokens;
        }),
        ("--mainline-cached-tokens", |from, to| {
            to.draft.mainline.cached_tokens = from.draft.mainline.cached_tokens;
        }),
        ("--mainline-output-tokens", |from, to| {
            to.draft.mainline.output_tokens = from.draft.mainline.output_tokens;
        }),
        ("--turns", |from, to| to.draft.turns = from.draft.turns),
        ("--route", |from, to| to.route.clone_from(&from.route)),
        ("--resolution", |from, to| to.resolution.clone_from(&from.resolution)),
        ("--acceptance", |from, to| to.rates.acceptance = from.rates.acceptance),
        ("--attempts", |from, to| to.rates.attempts = from.rates.attempts),
        ("--failure-rate", |from, to| to.rates.failure_rate = from.rates.failure_rate),
        ("--block-rate", |from, to| to.rates.block_rate = from.rates.block_rate),
        ("--timeout-rate", |from, to| to.rates.timeout_rate = from.rates.timeout_rate),
        ("--max-attempts", |from, to| to.rates.maximum = from.rates.maximum),
    ]
}
