//! Flags on which no figure depends: what is asked is priced again without each of them that can be idle, and where
//! the report is the same the flag is named as without effect.

use std::fmt::Display;

use chrono::NaiveDate;

use super::args::RequestArgs;
use crate::budget::IdleReason;
use crate::estimate::Terms;
use crate::report::flags::WithoutEffect;
use crate::report::{Format, Open, Page, Report, render};
use crate::request::Draft;

/// The flag of an input fidelity, and the key of a body.
const FIDELITY: &str = "--input-fidelity";
const FIDELITY_OF_BODY: &str = "input_fidelity:";

/// A flag that is given and can be idle.
pub(super) struct Given<Q> {
    /// The flag as it is written, such as `--resolution 2K`.
    flag: String,
    /// Why it changes nothing where it does not, as a clause.
    why: &'static str,
    /// What is asked, without the flag.
    without: Q,
}

impl<Q> Given<Q> {
    /// The same flag with what is made of what is asked.
    pub(super) fn try_map<E>(self, change: impl FnOnce(Q) -> Result<Q, E>) -> Result<Given<Q>, E> {
        let Given { flag, why, without } = self;
        Ok(Given { flag, why, without: change(without)? })
    }
}

/// A flag that is given with a value, and what is asked without it.
pub(super) fn given<Q>(
    flag: &str,
    value: Option<impl Display>,
    why: &'static str,
    without: impl FnOnce() -> Q,
) -> Option<Given<Q>> {
    value.map(|value| Given { flag: format!("{flag} {value}"), why, without: without() })
}

/// The flags without which the report would be the same. What cannot be priced without a flag needs it.
pub(super) fn idle<Q: Clone>(
    found: &Report,
    flags: impl IntoIterator<Item = Option<Given<Q>>>,
    again: impl Fn(Q) -> Option<Figures>,
) -> Vec<WithoutEffect> {
    let mut flags = Idle::of(flags);
    if flags.0.is_empty() {
        return Vec::new();
    }
    let found = figures(found);
    flags.keep(|without| again(without.clone()).is_some_and(|other| other == found));
    flags.into_effects()
}

/// The flags that changed nothing so far.
pub(super) struct Idle<Q>(Vec<Given<Q>>);

impl<Q> Idle<Q> {
    /// Those that are given.
    pub(super) fn of(flags: impl IntoIterator<Item = Option<Given<Q>>>) -> Idle<Q> {
        Idle(flags.into_iter().flatten().collect())
    }

    /// Keeps those without which it `is_same`.
    pub(super) fn keep(&mut self, is_same: impl Fn(&Q) -> bool) {
        self.0.retain(|flag| is_same(&flag.without));
    }

    /// What is to be said of them.
    pub(super) fn into_effects(self) -> Vec<WithoutEffect> {
        let said = |Given { flag, why, .. }| WithoutEffect { flag, why: str::to_owned(why) };
        self.0.into_iter().map(said).collect()
    }
}

/// What a report says to people, and its rows in full.
#[derive(PartialEq)]
pub(super) struct Figures([String; 2]);

/// The figures of a report. The echo of what was asked, in JSON, is none.
pub(super) fn figures(report: &Report) -> Figures {
    let page = Page::new(u16::MAX).opened(Open::ALL);
    Figures([Format::Table, Format::Csv].map(|format| render(report, format, &page)))
}

/// The flags of a request and its terms that can be idle.
pub(super) fn of_request<'a>(asked: &(Draft, Terms<'a>)) -> Vec<Option<Given<(Draft, Terms<'a>)>>> {
    of_request_and(FIDELITY, asked)
}

/// The same of a request of which a body may say the input fidelity: the flag is named where it is given, else the key.
pub(super) fn of_request_or_body<'a>(
    flags: &RequestArgs,
    asked: &(Draft, Terms<'a>),
) -> Vec<Option<Given<(Draft, Terms<'a>)>>> {
    let fidelity = if flags.input_fidelity.is_some() { FIDELITY } else { FIDELITY_OF_BODY };
    of_request_and(fidelity, asked)
}

fn of_request_and<'a>(
    fidelity: &str,
    (draft, terms): &(Draft, Terms<'a>),
) -> Vec<Option<Given<(Draft, Terms<'a>)>>> {
    let (draft, terms) = (draft.clone(), terms.clone());
    vec![
        given(
            "--text-output-tokens",
            draft.text_output_tokens,
            IdleReason::NoTextOutput.in_words(),
            || (Draft { text_output_tokens: None, ..draft.clone() }, terms.clone()),
        ),
        given("--resolution", terms.resolution, IdleReason::NoClass.in_words(), || {
            (draft.clone(), Terms { resolution: None, ..terms.clone() })
        }),
        held_since(terms.held_since, || {
            (draft.clone(), Terms { held_since: None, ..terms.clone() })
        }),
        terms.data_residency.then(|| Given {
            flag: "--data-residency".into(),
            why: "nothing is priced here that could be kept in a region",
            without: (draft.clone(), Terms { data_residency: false, ..terms.clone() }),
        }),
        given(
            "--review-cost",
            terms.review,
            "no image is delivered here that could be looked at",
            || (draft.clone(), Terms { review: None, ..terms.clone() }),
        ),
        given(
            fidelity,
            draft.input_fidelity.as_ref(),
            IdleReason::of_fidelity(&draft).in_words(),
            || (Draft { input_fidelity: None, ..draft.clone() }, terms.clone()),
        ),
    ]
}

/// The day since which a price is taken to have held.
pub(super) fn held_since<Q>(
    day: Option<NaiveDate>,
    without: impl FnOnce() -> Q,
) -> Option<Given<Q>> {
    given("--assume-held-since", day, IdleReason::NotHeldEarlier.in_words(), without)
}

/// The amount of each purchase of credit.
pub(super) fn top_up<'a>((draft, terms): &(Draft, Terms<'a>)) -> Option<Given<(Draft, Terms<'a>)>> {
    let why = match terms.accepted_images {
        None => "what is bought is a volume, which --images names",
        Some(_) => "no cost here depends on how much is bought at once, as far as is stated",
    };
    given("--top-up", terms.top_up, why, || {
        (draft.clone(), Terms { top_up: None, ..terms.clone() })
    })
}
