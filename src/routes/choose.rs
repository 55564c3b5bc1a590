//! Which route fits a kind of work: the guidance of its channel, and what its contract leaves open.

use chrono::NaiveDate;

use super::{Entry, Filter, FitReason, Unanswered, list};
use crate::catalog::Catalog;
use crate::catalog::conditions::Processing;
use crate::catalog::guidance::{Channel, Fit, GuidanceTable, Work};
use crate::catalog::readiness::not_said;
use crate::catalog::route::Status;
use crate::catalog::terms::Clause;
use crate::estimate::EstimateError;

/// What sensitive material needs to know of a contract.
const SENSITIVE: [Clause; 4] =
    [Clause::UploadPolicy, Clause::Retention, Clause::Processors, Clause::OutputRights];

/// A route for a kind of work.
#[derive(Debug, Clone)]
pub struct SuitedRoute {
    /// The route.
    pub entry: Entry,
    /// Whether offers of its kind fit the work.
    pub fit: Fit,
    /// Why.
    pub reason: FitReason,
    /// What must be known before this route is used for the work, and is not stated.
    pub open: Vec<Unanswered>,
}

/// The routes for a kind of work, those that fit best and leave the least open first.
///
/// # Errors
/// As [`list`]; or a table of guidance that is wrong.
pub fn choose(
    catalog: &Catalog,
    filter: &Filter,
    work: Work,
    day: NaiveDate,
) -> Result<Vec<SuitedRoute>, EstimateError> {
    let guidance = catalog.guidance().map_err(EstimateError::from)?;
    let guidance = guidance.as_deref();
    let entries = list(catalog, filter, day)?.into_iter();
    let mut choices: Vec<SuitedRoute> = entries
        .filter(|entry| entry.status != Status::DoNotUse)
        .map(|entry| choice(entry, guidance, work))
        .collect();
    choices.sort_by(|a, b| {
        let key = |choice: &SuitedRoute| {
            let in_doubt = choice.entry.doubt().is_some();
            (choice.fit, choice.open.len(), in_doubt, choice.entry.route.id.clone())
        };
        key(a).cmp(&key(b))
    });
    Ok(choices)
}

fn choice(entry: Entry, guidance: Option<&GuidanceTable>, work: Work) -> SuitedRoute {
    let rules = guidance.and_then(|table| table.of(entry.route.channel()));
    let found = rules.and_then(|rules| rules.fits.iter().find(|(of, ..)| *of == work));
    let (fit, reason) = match found {
        Some((_, fit, reason)) => (*fit, FitReason::Guidance(reason.clone())),
        None => (Fit::Conditional, FitReason::NoGuidance),
    };
    // What ends, or makes no image, fits no work with images.
    let (fit, reason) = entry.lasting.why_not().map_or((fit, reason), |why| (Fit::No, why));
    let open = if fit == Fit::No { Vec::new() } else { open(&entry, work) };
    SuitedRoute { entry, fit, reason, open }
}

/// What a kind of work needs to know of a contract.
fn open(entry: &Entry, work: Work) -> Vec<Unanswered> {
    let by_hand = entry.route.channel() == Channel::App;
    let terms = match work {
        Work::Manual => Vec::new(),
        Work::Product | Work::Batch => entry.missing.clone(),
        Work::Sensitive => not_said(&entry.route, &SENSITIVE).collect(),
    };
    let lacks_batch = work == Work::Batch && !has_batch_rate(entry);
    let has_no_price = !by_hand && !matches!(entry.status, Status::Priced | Status::Quoted);
    let prices = [
        (Unanswered::BatchRate, lacks_batch),
        (Unanswered::Price, has_no_price),
        (Unanswered::SupportedPrice, entry.status == Status::Quoted),
    ];
    let prices = prices.into_iter().filter(|(_, is_open)| *is_open).map(|(what, _)| what);
    terms.into_iter().map(Unanswered::Term).chain(prices).collect()
}

/// Whether the route has Batch rates of its own, or takes those of a list over.
fn has_batch_rate(entry: &Entry) -> bool {
    let Some(version) = entry.version() else { return false };
    let batch = |processing: Processing| processing == Processing::Batch;
    version.rates.iter().any(|rate| batch(rate.when.processing))
        || version.basis.as_ref().is_some_and(|basis| basis.covers.iter().copied().any(batch))
}
