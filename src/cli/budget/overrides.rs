//! Flags over a file of workloads: applied to each, and what that changes.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use clap::Args;

use super::currency::CurrencyArgs;
use super::step::{StepArgs, one_by_one};
use super::written_in::WrittenIn;
use crate::budget::Assumption;
use crate::budget::{
    Budget, Converts, IdleReason, RateChanges, Reach, Step, StepChanges, Workload, Written,
    estimates, overridden, reach,
};
use crate::catalog::Catalog;
use crate::cli::args::{FxArgs, HeldArgs, ResidencyArgs};
use crate::cli::config;
use crate::cli::exit::Failure;
use crate::cli::idle::{Given, given};
use crate::report::flags::{FlagEffects, WithoutEffect};
use crate::request::Draft;

/// What prices are counted with.
#[derive(Debug, Args)]
pub(super) struct CountArgs {
    /// Count with prices that are quoted only, on weak evidence; else they are unknown
    #[arg(long, help_heading = "Prices")]
    pub quoted: bool,
    #[command(flatten)]
    pub held: HeldArgs,
    #[command(flatten)]
    pub residency: ResidencyArgs,
    #[command(flatten)]
    pub fx: FxArgs,
    #[command(flatten)]
    pub currency: CurrencyArgs,
}

impl CountArgs {
    /// Whether none of its flags is given.
    fn says_nothing(&self) -> bool {
        self.fx.is_empty() && self.says_rates_alone()
    }

    /// Whether it says nothing but exchange rates, if anything.
    fn says_rates_alone(&self) -> bool {
        !self.quoted && self.held.assume_held_since.is_none() && !self.residency.data_residency
    }

    /// Has the prices of a budget counted as the flags say, and as it says itself.
    pub(super) fn put_into(&self, budget: &mut Budget) {
        budget.quoted |= self.quoted;
        budget.held_since = self.held.assume_held_since.or(budget.held_since);
        budget.data_residency |= self.residency.data_residency;
    }
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
    /// The currency in which the file states amounts, if that is not the US dollar.
    pub currency: Option<String>,
    /// The currency of the file, whether it states amounts or not.
    pub of_file: Option<String>,
    /// The currencies whose rate is that of the settings.
    pub of_settings: BTreeSet<String>,
}

/// The budget with the flags worked into every workload, and what they changed.
pub(super) fn worked_in(
    read: Read,
    (step, count): (&StepArgs, &CountArgs),
    (catalog, written_in): (&Catalog, &WrittenIn),
    today: NaiveDate,
) -> Result<(Budget, FlagEffects, Written), Failure> {
    let (changes, notes) = step.changes()?;
    let file = read.at_given_rates;
    let mut after = overridden(&file, &changes).map_err(|wrong| written_in.failure(wrong))?;
    refuse_outside_spread(&after, &changes.rates)?;
    after.assumptions.extend(notes.into_iter().map(Assumption::OfFile));
    count.put_into(&mut after);
    let given_rates = count.fx.given()?;
    let of_report = count.currency.code(read.of_file.as_deref()).map(str::to_owned);
    let own_currencies = read.currency.iter().chain(&of_report).cloned().collect();
    let of_spreadsheet = written_in.of_spreadsheet(file.workloads.len());
    let idle_of_reading = written_in.idle();
    let given_codes = count.fx.codes().into_iter().chain(read.of_settings.clone()).collect();
    let written = |file, changes| Written {
        file,
        changes,
        own_currencies,
        given_rates: given_codes,
        of_spreadsheet,
        idle_of_reading,
    };
    if read.currency.as_ref().is_some_and(|code| read.of_settings.contains(code)) {
        config::rate_is_used(read.currency.as_deref().unwrap_or_default())?;
    }
    say_rates_of_settings((catalog, &after), &read.of_settings, today)?;
    if changes == StepChanges::default() && count.says_nothing() {
        return Ok((after, FlagEffects::default(), written(file, changes)));
    }
    let currency = read.currency.as_deref().filter(|code| given_rates.contains_key(*code));
    let mut without_effect = said_already(&file, &changes);
    let used: Vec<&str> = currency.into_iter().chain(of_report.as_deref()).collect();
    without_effect.extend(unused(count, (catalog, &after), &used, today)?);
    let before = read.at_own_rates.as_ref().unwrap_or(&file);
    let converts = currency.map_or_else(Converts::default, |_| Converts::all_of(&file));
    let reach = Reach { converts, ..reach(catalog, before, &after, today) };
    // A rate by which amounts are shown alone is told with them.
    let shows_alone = changes == StepChanges::default()
        && count.says_rates_alone()
        && given_rates.keys().all(|code| of_report.as_ref() == Some(code));
    let reach = (!shows_alone || reach.changed > 0 || currency.is_some()).then_some(reach);
    let flags = FlagEffects { reach, without_effect, ..FlagEffects::default() };
    Ok((after, flags, written(file, changes)))
}

/// A rate stands inside its `spread`: a flag that moves it out would leave the other behind, as no file may say it.
fn refuse_outside_spread(after: &Budget, rates: &RateChanges) -> Result<(), Failure> {
    let flag_of = |rate: &str| match rate {
        "acceptance" if rates.attempts.is_some() => "--attempts",
        "acceptance" => "--acceptance",
        "failure_rate" => "--failure-rate",
        "block_rate" => "--block-rate",
        _ => "--timeout-rate",
    };
    let mut refused = Vec::new();
    for workload in &after.workloads {
        let Some(last) = workload.steps.last() else { continue };
        for (rate, misfit) in workload.spread.misfits(&last.rates) {
            let (flag, name, why) = (flag_of(rate), &workload.name, misfit.in_words());
            refused.push((
                format!("{flag} would move {rate} of {name} out of its `spread`: it {why}"),
                "change the rate and its spread together in the file".to_owned(),
            ));
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

/// Exchange rates and weak evidence that no price of the budget rests on. The rates of `used` currencies are: that in which
/// the file states its amounts, and that of the report.
pub(super) fn unused(
    count: &CountArgs,
    (catalog, budget): (&Catalog, &Budget),
    used: &[&str],
    today: NaiveDate,
) -> Result<Vec<WithoutEffect>, Failure> {
    if count.says_nothing() {
        return Ok(Vec::new());
    }
    let priced = estimates(catalog, budget, today);
    let is_used =
        |code: &str| used.contains(&code) || priced.iter().any(|it| it.rests_on_unit(code));
    let mut unused = count.fx.without_effect(is_used)?;
    if count.quoted && !priced.iter().any(|it| it.is_quoted()) {
        let why = "no price here is quoted only".to_owned();
        unused.push(WithoutEffect { flag: "--quoted".to_owned(), why });
    }
    if let Some(day) = count.held.assume_held_since
        && !priced.iter().any(|it| it.is_supposed())
    {
        let (flag, why) = (format!("--assume-held-since {day}"), IdleReason::NotHeldEarlier);
        unused.push(WithoutEffect { flag, why: why.to_string() });
    }
    if count.residency.data_residency && !priced.iter().any(|it| it.adds_residency()) {
        let (flag, why) = ("--data-residency".to_owned(), IdleReason::NoResidency.to_string());
        unused.push(WithoutEffect { flag, why });
    }
    Ok(unused)
}

/// Notes the rates of the settings that a price of the budget rests on.
pub(super) fn say_rates_of_settings(
    (catalog, budget): (&Catalog, &Budget),
    codes: &BTreeSet<String>,
    today: NaiveDate,
) -> Result<(), Failure> {
    if codes.is_empty() {
        return Ok(());
    }
    let priced = estimates(catalog, budget, today);
    let used = codes.iter().filter(|code| priced.iter().any(|it| it.rests_on_unit(code)));
    used.into_iter().try_for_each(|code| config::rate_is_used(code))
}

/// The flags of a workload that can be idle, with the budget without each. Over a file, the steps that flags change
/// are counted instead.
pub(super) fn can_be_idle(
    args: &StepArgs,
    (written_in, budget): (&WrittenIn, &Budget),
) -> Result<Vec<Option<Given<Budget>>>, Failure> {
    let (WrittenIn::Flags, [workload]) = (written_in, &budget.workloads[..]) else {
        return Ok(Vec::new());
    };
    let [step] = &workload.steps[..] else { return Ok(Vec::new()) };
    let with = |step: Step| {
        let workloads = vec![Workload { steps: vec![step], ..workload.clone() }];
        Budget { workloads, ..budget.clone() }
    };
    let with_draft = |draft: Draft| with(Step { draft, ..step.clone() });
    let of_season = workload.idle_season(budget).map(|month| {
        let factor =
            workload.volume.season().and_then(|season| season.iter().find(|it| it.0 == month));
        given(
            "--seasonality",
            factor.map(|(_, factor)| format!("{month}={factor}")),
            IdleReason::NoSuchMonth.in_words(),
            || {
                let season =
                    workload.volume.season().map(|it| it.without(month)).unwrap_or_default();
                let volume = workload.volume.clone().in_season(season);
                Budget {
                    workloads: vec![Workload { volume, ..workload.clone() }],
                    ..budget.clone()
                }
            },
        )
    });
    let unlimited = args.rates.rates_or_settings()?;
    let draft = || step.draft.clone();
    let mut all: Vec<_> = of_season.collect();
    all.extend([
        // One image is what is asked for without the flag: said by name, it is applied.
        given("--n", step.draft.n.filter(|n| *n != 1), "an accepted image costs the same", || {
            with_draft(Draft { n: None, ..draft() })
        }),
        given(
            "--text-output-tokens",
            step.draft.text_output_tokens,
            IdleReason::NoTextOutput.in_words(),
            || with_draft(Draft { text_output_tokens: None, ..draft() }),
        ),
        given(
            "--input-fidelity",
            step.draft.input_fidelity.as_ref(),
            IdleReason::of_fidelity(&step.draft).in_words(),
            || with_draft(Draft { input_fidelity: None, ..draft() }),
        ),
        given("--resolution", step.resolution.as_ref(), IdleReason::NoClass.in_words(), || {
            with(Step { resolution: None, ..step.clone() })
        }),
        given(
            "--max-attempts",
            step.rates.maximum(),
            "no image takes so many at these rates",
            || with(Step { rates: unlimited, ..step.clone() }),
        ),
    ]);
    Ok(all)
}
