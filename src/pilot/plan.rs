//! What the trials of a set will cost: one estimate for each sample and route.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::sets::{Kind, Sample, Set};
use crate::catalog::Catalog;
use crate::catalog::route::Route;
use crate::errors::Errors;
use crate::estimate::{Estimate, EstimateError, PriceBasis, Subject, Terms, estimate_request};
use crate::figure::Figure;
use crate::money::{self, AmountTooLarge};
use crate::reason::Reasons;
use crate::request::{Draft, InputImage, Prompt, RequestError};

/// What is to be tried.
#[derive(Debug, Clone)]
pub struct Question<'a> {
    /// The set of samples.
    pub set: Set,
    /// The model to try.
    pub model: Option<&'a str>,
    /// The route to try; the model maker's own where none is given.
    pub route: Option<&'a str>,
    /// The route of today, to try as well.
    pub baseline: Option<&'a str>,
    /// The quality of every image; each model's usual one where none is given.
    pub quality: Option<&'a str>,
    /// The reference image of edits.
    pub reference: InputImage,
    /// The size in which images will be used.
    pub final_size: &'a str,
    /// How many times each sample is made on each route.
    pub trials: u64,
}

/// Which of the two routes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// The route of today.
    Baseline,
    /// The route to try.
    New,
    /// No route: by hand.
    ByHand,
}

impl Role {
    /// The word in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::New => "new",
            Role::Baseline => "baseline",
            Role::ByHand => "by_hand",
        }
    }
}

/// What a set will cost.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The set.
    pub set: Set,
    /// The day whose prices hold.
    pub as_of: NaiveDate,
    /// The trials, sample by sample.
    pub trials: Vec<Trial>,
    /// The cost of all trials that a route prices.
    pub total: Figure<Decimal>,
}

/// A sample on a route.
#[derive(Debug, Clone)]
pub struct Trial {
    /// The sample.
    pub sample: &'static Sample,
    /// On which route.
    pub role: Role,
    /// How many times it is made.
    pub times: u64,
    /// What it costs.
    pub outcome: TrialCost,
}

impl Trial {
    /// The estimate of one image, where its route makes it.
    pub fn estimate(&self) -> Option<&Estimate> {
        match &self.outcome {
            TrialCost::Priced(estimate, _) => Some(estimate),
            TrialCost::Refused(..) | TrialCost::Seat => None,
        }
    }

    /// The route that is asked for it; none where it is made by hand.
    pub fn route(&self) -> Option<&Arc<Route>> {
        match &self.outcome {
            TrialCost::Priced(estimate, _) => Some(&estimate.table.route),
            TrialCost::Refused(route, _) => Some(route),
            TrialCost::Seat => None,
        }
    }
}

/// What a trial costs.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum TrialCost {
    /// One of them and all of them.
    Priced(Box<Estimate>, Figure<Decimal>),
    /// The route cannot be asked for it, for this reason: it is not made there.
    Refused(Arc<Route>, Reasons),
    /// Paid by a seat: no price of its own, which is not the same as free.
    Seat,
}

impl Plan {
    /// What the trials on one of the routes cost.
    ///
    /// # Errors
    /// [`AmountTooLarge`] if the sum cannot be kept exact.
    pub fn cost_on(&self, role: Role) -> Result<Figure<Decimal>, AmountTooLarge> {
        sum(self.trials.iter().filter(|trial| trial.role == role))
    }

    /// The weakest that the prices of some trials rest on; `None` where none of them is priced.
    pub fn price_basis(&self, of: impl Fn(&Trial) -> bool) -> Option<PriceBasis> {
        let trials = self.trials.iter().filter(|trial| of(trial));
        trials.filter_map(Trial::estimate).map(Estimate::price_basis).max()
    }

    /// Samples that only one of two routes can be asked for, and that route.
    pub fn one_sided(&self) -> Vec<(&'static Sample, Role)> {
        let refused = self.trials.iter().filter(|it| matches!(it.outcome, TrialCost::Refused(..)));
        let is_made = |sample: &Sample, role: Role| {
            self.trials
                .iter()
                .any(|it| it.sample == sample && it.role == role && it.estimate().is_some())
        };
        let other = |role| if role == Role::Baseline { Role::New } else { Role::Baseline };
        refused
            .map(|trial| (trial.sample, other(trial.role)))
            .filter(|(sample, role)| is_made(sample, *role))
            .collect()
    }

    /// What the samples that both routes make cost on one of them.
    ///
    /// # Errors
    /// [`AmountTooLarge`] if the sum cannot be kept exact.
    pub fn cost_of_shared_on(&self, role: Role) -> Result<Figure<Decimal>, AmountTooLarge> {
        let one_sided = self.one_sided();
        let is_shared =
            |trial: &&Trial| one_sided.iter().all(|(sample, _)| *sample != trial.sample);
        sum(self.trials.iter().filter(|trial| trial.role == role).filter(is_shared))
    }

    /// The route of one of the sides.
    pub fn route(&self, role: Role) -> Option<&Arc<Route>> {
        self.trials.iter().filter(|trial| trial.role == role).find_map(Trial::route)
    }

    /// The estimates, each once.
    pub fn estimates(&self) -> impl Iterator<Item = &Estimate> {
        self.trials.iter().filter_map(Trial::estimate)
    }

    /// Whether there is a route of today beside the new one.
    pub fn has_baseline(&self) -> bool {
        self.trials.iter().any(|trial| trial.role == Role::Baseline)
    }
}

/// Prices the trials of a set. What one route cannot be asked for is left out with its reason.
///
/// # Errors
/// Why nothing of the set can be made on a route, or the problems of the tables.
pub fn plan(catalog: &Catalog, question: &Question, terms: &Terms) -> Result<Plan, EstimateError> {
    let sides = [baseline(question), Some((Role::New, question.route))];
    let mut trials = Vec::new();
    for (role, route) in sides.into_iter().flatten() {
        trials.extend(side(catalog, question, role, &Terms { route, ..terms.clone() })?);
    }
    // Sample by sample, so that the two routes of one stand together.
    let place = |sample: &Sample| question.set.samples().iter().position(|it| it == sample);
    trials.sort_by_key(|trial| (place(trial.sample), trial.role));
    let total = sum(&trials)?;
    let by_hand = question.set.samples().iter().filter(|sample| sample.is_by_hand());
    trials.extend(by_hand.map(|sample| Trial {
        sample,
        role: Role::ByHand,
        times: 1,
        outcome: TrialCost::Seat,
    }));
    Ok(Plan { set: question.set, as_of: terms.as_of, trials, total })
}

fn sum<'a>(trials: impl IntoIterator<Item = &'a Trial>) -> Result<Figure<Decimal>, AmountTooLarge> {
    Figure::sum(trials.into_iter().filter_map(|trial| match &trial.outcome {
        TrialCost::Priced(_, cost) => Some(cost),
        // What is not made costs nothing, and a seat is no part of it.
        TrialCost::Refused(..) | TrialCost::Seat => None,
    }))
}

fn baseline<'a>(question: &Question<'a>) -> Option<(Role, Option<&'a str>)> {
    question.baseline.map(|route| (Role::Baseline, Some(route)))
}

/// The trials on one route.
fn side(
    catalog: &Catalog,
    question: &Question,
    role: Role,
    terms: &Terms,
) -> Result<Vec<Trial>, EstimateError> {
    let samples = question.set.samples().iter().filter(|sample| !sample.is_by_hand());
    let mut priced = Vec::new();
    let mut refused = Vec::new();
    let mut route = None;
    for sample in samples {
        match estimate_named(catalog, draft(question, role, sample), terms) {
            Ok(estimate) => {
                let times = |amount| money::times(question.trials, amount);
                let cost = estimate.total.try_map(times)?;
                route.get_or_insert_with(|| estimate.table.route.clone());
                let outcome = TrialCost::Priced(Box::new(estimate), cost);
                priced.push(Trial { sample, role, times: question.trials, outcome });
            }
            Err(EstimateError::Request(errors)) => refused.push((sample, errors)),
            Err(data) => return Err(data),
        }
    }
    let Some(route) = route else { return Err(distinct(refused).into()) };
    let left_out = refused.into_iter().map(|(sample, errors)| {
        let outcome = TrialCost::Refused(route.clone(), errors[..].into());
        Trial { sample, role, times: 0, outcome }
    });
    priced.extend(left_out);
    Ok(priced)
}

/// The estimate of a request that names the usual size and quality of its model where the set leaves them
/// open: the log names them too, so that nothing is left to be assumed.
fn estimate_named(
    catalog: &Catalog,
    draft: Draft,
    terms: &Terms,
) -> Result<Estimate, EstimateError> {
    let usual = estimate_request(catalog, &draft, terms)?;
    let Subject::Request(request) = &usual.subject else { return Ok(usual) };
    let named = |word: &str| Some(word.to_owned()).filter(|word| !word.is_empty());
    let size = draft.size.clone().or_else(|| named(&request.size_in_words()));
    let quality = draft.quality.clone().or_else(|| named(request.quality_in_words()));
    estimate_request(catalog, &Draft { size, quality, ..draft }, terms)
}

/// The reasons of all samples, each once.
fn distinct(refused: Vec<(&Sample, Errors<RequestError>)>) -> Vec<RequestError> {
    let mut errors: Vec<RequestError> = Vec::new();
    for error in refused.into_iter().flat_map(|(_, errors)| errors) {
        if !errors.contains(&error) {
            errors.push(error);
        }
    }
    errors
}

fn draft(question: &Question, role: Role, sample: &Sample) -> Draft {
    let size = match sample.kind {
        Kind::Size(size) => Some(size),
        Kind::FinalSize => Some(question.final_size),
        Kind::UsualSize | Kind::Edit | Kind::ByHand(_) => None,
    };
    let edit = sample.kind == Kind::Edit;
    Draft {
        // The model of the baseline is that of its route.
        model: question.model.filter(|_| role == Role::New).map(str::to_owned),
        size: size.map(str::to_owned),
        quality: question.quality.map(str::to_owned),
        prompt: Some(Prompt::Text(sample.prompt.to_owned())),
        input_images: if edit { vec![question.reference.clone()] } else { Vec::new() },
        ..Draft::default()
    }
}
