//! Models: what each makes, how long it lives, and what a move to another does to the bill.
//!
//! ```text
//! catalog, day ─► Entry (life cycle, rules of the day)
//! Entry + replacements, newer models ─ moves ─► Profile
//! ```

mod gaps;
mod moves;

use chrono::{Months, NaiveDate};
use std::sync::Arc;

use crate::catalog::dated::in_force;
use crate::catalog::model::Model;
use crate::catalog::model_rules::{ModelRules, SizeRule};
use crate::catalog::sizes;
use crate::catalog::{Catalog, LookupError};
use crate::estimate::{EstimateError, find_model};

pub use gaps::{LeftOut, NotCompared, Seen};
pub use moves::{LabelMove, LikeForLike, Move};

/// A model on a day.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The model.
    pub model: Arc<Model>,
    /// Where it stands in its life.
    pub status: Status,
    /// Its rules of the day; `None` if it makes no images or has no rules for the day.
    pub rules: Option<ModelRules>,
    /// How many sizes are legal; 0 where sizes are not given in pixels.
    pub size_count: usize,
}

impl Entry {
    /// Whether no end of the model within 12 months of a day is known.
    pub fn lasts(&self, day: NaiveDate) -> bool {
        let year = day.checked_add_months(Months::new(12)).unwrap_or(NaiveDate::MAX);
        self.model.shutdown.as_ref().is_none_or(|shutdown| shutdown.on >= year)
    }
}

/// Where a model stands in its life at its maker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Status {
    /// Launched on a later day.
    NotLaunched,
    /// In service, without an end that is known.
    InService,
    /// In service until a day that is announced.
    Ending,
    /// Shut down.
    ShutDown,
    /// Neither a launch nor an end is stated.
    NotStated,
}

impl Status {
    /// The name in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Status::NotLaunched => "not_launched",
            Status::InService => "in_service",
            Status::Ending => "ending",
            Status::ShutDown => "shut_down",
            Status::NotStated => "not_stated",
        }
    }
}

/// A model with what a move to another one does to the bill.
#[derive(Debug, Clone)]
pub struct Profile {
    /// The model.
    pub entry: Entry,
    /// The day.
    pub as_of: NaiveDate,
    /// The moves that its maker names, then those to newer models with the same token formula.
    pub moves: Vec<Move>,
    /// Replacements that cannot be compared, each with the reason.
    pub not_compared: Vec<NotCompared>,
}

/// Every model on a day, by id.
///
/// # Errors
/// The problems of a model file that is wrong.
pub fn list(catalog: &Catalog, day: NaiveDate) -> Result<Vec<Entry>, EstimateError> {
    let models = all_models(catalog)?;
    let mut counted: Vec<(SizeRule, usize)> = Vec::new();
    let mut entries: Vec<Entry> =
        models.into_iter().map(|model| entry(model, day, &mut counted)).collect();
    // The order of their files is not quite that of their ids: `gpt-image-1.yaml` follows `gpt-image-1.5.yaml`.
    entries.sort_by(|a, b| a.model.id.cmp(&b.model.id));
    Ok(entries)
}

/// A model with its moves.
///
/// # Errors
/// [`UnknownModel`](crate::request::RequestError::UnknownModel), or
/// [`NoVersion`](crate::request::RequestError::NoVersion) for a day without rules, or the
/// problems of a table.
pub fn profile(catalog: &Catalog, name: &str, day: NaiveDate) -> Result<Profile, EstimateError> {
    let model = find_model(catalog, name)?;
    let (moves, not_compared) = moves_from(catalog, &model, day)?;
    Ok(Profile { entry: entry(model, day, &mut Vec::new()), as_of: day, moves, not_compared })
}

/// The moves from a model and the replacements that cannot be compared; none of one that makes no images.
///
/// # Errors
/// Those of [`profile`].
pub(crate) fn moves_from(
    catalog: &Catalog,
    model: &Arc<Model>,
    day: NaiveDate,
) -> Result<(Vec<Move>, Vec<NotCompared>), EstimateError> {
    match model.rules[..] {
        [] => Ok((Vec::new(), Vec::new())),
        _ => moves::from(catalog, model, day),
    }
}

fn entry(model: Arc<Model>, day: NaiveDate, counted: &mut Vec<(SizeRule, usize)>) -> Entry {
    let rules = in_force(&model.rules, day).ok().cloned();
    let size_count = rules.as_ref().map_or(0, |rules| count_sizes(&rules.sizes.rule, counted));
    Entry { status: status(&model, day), model, rules, size_count }
}

/// Models share their size rules, and each rule is counted once.
fn count_sizes(rule: &SizeRule, counted: &mut Vec<(SizeRule, usize)>) -> usize {
    if let Some((_, count)) = counted.iter().find(|(known, _)| known == rule) {
        return *count;
    }
    let count = sizes::legal_sizes(rule).len();
    counted.push((rule.clone(), count));
    count
}

fn status(model: &Model, day: NaiveDate) -> Status {
    match (&model.launch, &model.shutdown) {
        (_, Some(shutdown)) if shutdown.on <= day => Status::ShutDown,
        (Some(launch), _) if launch.on > day => Status::NotLaunched,
        (_, Some(_)) => Status::Ending,
        (Some(_), None) => Status::InService,
        (None, None) => Status::NotStated,
    }
}

fn all_models(catalog: &Catalog) -> Result<Vec<Arc<Model>>, EstimateError> {
    catalog.models().map_err(|error| match error {
        LookupError::Broken(problems) => EstimateError::Data(problems),
        LookupError::NotFound { .. }
        | LookupError::Ambiguous { .. }
        | LookupError::NotKnown { .. } => EstimateError::Data(Vec::new().into()),
    })
}
