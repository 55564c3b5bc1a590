//! Flags over a file of workloads: applied to each, and what that changes.

use chrono::NaiveDate;
use clap::Args;

use super::source::Origin;
use super::step::{StepArgs, one_by_one};
use crate::budget::{
    Budget, RateChanges, Reach, Step, StepChanges, Workload, estimates, overridden, reach,
};
use crate::catalog::Catalog;
use crate::cli::args::FxArgs;
use crate::cli::exit::Failure;
use crate::cli::idle::{Given, NO_CLASS, NO_TEXT_OUTPUT, given};
use crate::report::flags::{FlagEffects, WithoutEffect};
use crate::request::Draft;

/// What prices are counted with.
#[derive(Debug, Args)]
pub(super) struct CountArgs {
    /// Count with prices that are quoted only, on weak evidence; else they are unknown
    #[arg(long, help_heading = "Prices")]
    pub quoted: bool,
    #[command(flatten)]
    pub fx: FxArgs,
}

/// What flags say in place of what a file says.
#[derive(Debug, Args)]
pub(super) struct OverrideArgs {
    #[command(flatten)]
    pub step: StepArgs,
    #[command(flatten)]
    pub count: CountArgs,
}

/// A budget as a file has it: at the rates of the flags, and at its own where it can be read so.
pub(super) struct Read {
    pub at_given_rates: Budget,
    pub at_own_rates: Option<Budget>,
}

/// The budget with the flags worked into every workload, and what they changed.
pub(super) fn worked_in(
    read: Read,
    (step, count): (&StepArgs, &CountArgs),
    (catalog, origin): (&Catalog, &Origin),
    today: NaiveDate,
) -> Result<(Budget, FlagEffects), Failure> {
    let (changes, notes) = step.changes()?;
    refuse_inside_spread(&read.at_given_rates, &changes.rates)?;
    let before = read.at_own_rates.unwrap_or_else(|| read.at_given_rates.clone());
    let mut after =
        overridden(&read.at_given_rates, &changes).map_err(|wrong| origin.failure(wrong))?;
    after.assumptions.extend(notes);
    after.quoted |= count.quoted;
    if changes == StepChanges::default() && !count.quoted && count.fx.is_empty() {
        return Ok((after, FlagEffects::default()));
    }
    let mut without_effect = said_already(&read.at_given_rates, &changes);
    let converts = Budget { fx: after.fx.clone(), ..before.clone() } != read.at_given_rates;
    without_effect.extend(unused(count, (catalog, &after), converts, today));
    let reach = Some(Reach { converts, ..reach(catalog, &before, &after, today) });
    Ok((after, FlagEffects { reach, without_effect }))
}

/// A rate stands inside its `spread`: a flag would move the one and leave the other, as no file may say it.
fn refuse_inside_spread(budget: &Budget, rates: &RateChanges) -> Result<(), Failure> {
    let given = [
        ("acceptance", "--acceptance", rates.acceptance.is_some()),
        ("acceptance", "--attempts", rates.attempts.is_some()),
        ("failure_rate", "--failure-rate", rates.failure_rate.is_some()),
        ("block_rate", "--block-rate", rates.block_rate.is_some()),
        ("timeout_rate", "--timeout-rate", rates.timeout_rate.is_some()),
    ];
    let mut refused = Vec::new();
    for workload in &budget.workloads {
        for (rate, spread) in workload.spread.rates() {
            let moved =
                given.iter().filter(|(of, _, given)| *of == rate && *given && spread.is_some());
            refused.extend(moved.map(|(_, flag, _)| {
                let what =
                    format!("{flag} would move {rate} of {} out of its `spread`", workload.name);
                (what, "change the rate and its spread together in the file".to_owned())
            }));
        }
    }
    if refused.is_empty() { Ok(()) } else { Err(Failure::Usage(refused)) }
}

/// Flags that say what every step says already.
fn said_already(before: &Budget, changes: &StepChanges) -> Vec<WithoutEffect> {
    let changes_nothing = |change: &StepChanges| {
        overridden(before, change).is_ok_and(|after| after.workloads == before.workloads)
    };
    let unchanged = one_by_one(changes).into_iter().filter(|(_, change)| changes_nothing(change));
    let name = |(flag, _): (&str, StepChanges)| WithoutEffect {
        flag: flag.to_owned(),
        why: "every step says so already".to_owned(),
    };
    unchanged.map(name).collect()
}

/// Exchange rates and weak evidence that no price of the budget rests on. A rate that converts the amounts of the file
/// is used.
pub(super) fn unused(
    count: &CountArgs,
    (catalog, budget): (&Catalog, &Budget),
    converts: bool,
    today: NaiveDate,
) -> Vec<WithoutEffect> {
    if !count.quoted && count.fx.is_empty() {
        return Vec::new();
    }
    let priced = estimates(catalog, budget, today);
    let mut unused = match converts {
        true => Vec::new(),
        false => count.fx.without_effect(|code| priced.iter().any(|it| it.is_priced_in(code))),
    };
    if count.quoted && !priced.iter().any(|it| it.is_quoted()) {
        let why = "no price here is quoted only".to_owned();
        unused.push(WithoutEffect { flag: "--quoted".to_owned(), why });
    }
    unused
}

/// The flags of a workload that can be idle, with the budget without each. Over a file, the steps that flags change
/// are counted instead.
pub(super) fn can_be_idle(
    args: &StepArgs,
    (origin, budget): (&Origin, &Budget),
) -> Result<Vec<Option<Given<Budget>>>, Failure> {
    let (Origin::Flags, [workload]) = (origin, &budget.workloads[..]) else {
        return Ok(Vec::new());
    };
    let [step] = &workload.steps[..] else { return Ok(Vec::new()) };
    let with = |step: Step| {
        let workloads = vec![Workload { steps: vec![step], ..workload.clone() }];
        Budget { workloads, ..budget.clone() }
    };
    let with_draft = |draft: Draft| with(Step { draft, ..step.clone() });
    let unlimited = args.rates.rates()?;
    let draft = || step.draft.clone();
    Ok(vec![
        given("--n", step.draft.n, "an accepted image costs the same", || {
            with_draft(Draft { n: None, ..draft() })
        }),
        given("--text-output-tokens", step.draft.text_output_tokens, NO_TEXT_OUTPUT, || {
            with_draft(Draft { text_output_tokens: None, ..draft() })
        }),
        given("--resolution", step.resolution.as_ref(), NO_CLASS, || {
            with(Step { resolution: None, ..step.clone() })
        }),
        given(
            "--max-attempts",
            step.rates.maximum(),
            "no image takes so many at these rates",
            || with(Step { rates: unlimited, ..step.clone() }),
        ),
    ])
}
