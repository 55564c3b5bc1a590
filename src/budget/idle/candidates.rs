//! The keys of a workload that can be idle, each with the workload without it.

use super::IdleReason;
use crate::budget::spread::Spread;
use crate::budget::step::Step;
use crate::budget::workload::{Assumptions, Workload};

/// A key that can be idle.
pub(super) struct Candidate {
    /// The key as the file has it.
    pub key: String,
    /// Why it changes nothing where it does not.
    pub why: IdleReason,
    /// The workload without it.
    pub without: Workload,
}

/// Every key of a workload that is there and can be idle. Rates of which some are uncertain are not looked at: what is
/// idle at the stated ones counts where others are drawn.
pub(super) fn of(workload: &Workload, is_row: bool) -> Vec<Candidate> {
    let mut found = Vec::new();
    for (index, step) in workload.steps.iter().enumerate() {
        let of_step = |key: &str| match workload.steps.len() {
            1 => key.to_owned(),
            _ => format!("steps[{}].{key}", index + 1),
        };
        for (key, why, without) in of_request(step) {
            let without = with_step(workload, index, without);
            found.push(Candidate { key: of_step(&format!("request.{key}")), why, without });
        }
        if step.rates.maximum().is_some() && workload.spread == Spread::default() {
            let key = match is_row {
                true => "maximum_attempts".to_owned(),
                false => of_step("attempts.maximum"),
            };
            let rates = step.rates.never_giving_up();
            let without = with_step(workload, index, Step { rates, ..step.clone() });
            let why = IdleReason::FewerAttempts;
            found.push(Candidate { key, why, without });
        }
    }
    found.extend(of_all_steps(workload));
    found
}

fn with_step(workload: &Workload, index: usize, step: Step) -> Workload {
    let mut changed = workload.clone();
    changed.steps[index] = step;
    changed
}

/// Leaves a key out of a step.
type LeaveOut = fn(&mut Step);

/// The keys of a request, each with the step without it.
fn of_request(step: &Step) -> Vec<(&'static str, IdleReason, Step)> {
    let draft = &step.draft;
    let keys: [(&str, IdleReason, bool, LeaveOut); 6] = [
        ("n", IdleReason::SameCostAnImage, draft.n.is_some_and(|n| n != 1), |it| {
            it.draft.n = None;
        }),
        ("resolution", IdleReason::NoClass, step.resolution.is_some(), |it| it.resolution = None),
        (
            "text_output_tokens",
            IdleReason::NoTextOutput,
            draft.text_output_tokens.is_some(),
            |it| it.draft.text_output_tokens = None,
        ),
        ("input_fidelity", IdleReason::of_fidelity(draft), draft.input_fidelity.is_some(), |it| {
            it.draft.input_fidelity = None
        }),
        ("output_format", IdleReason::NoFormat, draft.output_format.is_some(), |it| {
            it.draft.output_format = None
        }),
        ("edit", IdleReason::EditAsGeneration, draft.edit && draft.input_images.is_empty(), |it| {
            it.draft.edit = false
        }),
    ];
    let there = keys.into_iter().filter(|(_, _, is_there, _)| *is_there);
    there
        .map(|(key, why, _, leave_out)| {
            let mut without = step.clone();
            leave_out(&mut without);
            (key, why, without)
        })
        .collect()
}

/// The keys of a workload beside its steps.
fn of_all_steps(workload: &Workload) -> Vec<Candidate> {
    let assume = &workload.assume;
    let own = || assume.clone();
    let candidate = |key: &str, why, without| Candidate { key: key.to_owned(), why, without };
    let assuming = |assume: Assumptions| Workload { assume, ..workload.clone() };
    let mut found = Vec::new();
    if assume.text_output_tokens.is_some() {
        let why = IdleReason::NoTextOutput;
        let without = assuming(Assumptions { text_output_tokens: None, ..own() });
        found.push(candidate("assume.text_output_tokens", why, without));
    }
    for (index, (from, _)) in workload.price_changes.iter().enumerate() {
        let mut without = workload.clone();
        without.price_changes.remove(index);
        let key = format!("price_changes from {from}");
        found.push(candidate(&key, IdleReason::PriceNotUsed, without));
    }
    if workload.spread != Spread::default() {
        return found;
    }
    if workload.fallback.is_some() {
        let without = Workload { fallback: None, ..workload.clone() };
        found.push(candidate("fallback", IdleReason::NoFallback, without));
    }
    let answers = [
        ("assume.failed", assume.failed.is_some(), Assumptions { failed: None, ..own() }),
        ("assume.blocked", assume.blocked.is_some(), Assumptions { blocked: None, ..own() }),
        ("assume.timeout", assume.timeout.is_some(), Assumptions { timeout: None, ..own() }),
    ];
    let why = IdleReason::ChargeNotOpen;
    let given = answers.into_iter().filter(|(_, is_given, _)| *is_given);
    found.extend(given.map(|(key, _, without)| candidate(key, why, assuming(without))));
    found
}
