//! What the maker of a model refuses of a draft on a day.

use chrono::NaiveDate;

use super::{Draft, InputImage, RequestError};
use crate::catalog::model::Model;
use crate::catalog::model_rules::ModelRules;
use crate::catalog::refused::{Parameter, Refusal};
use crate::note::Note;

/// What is refused, each a reason.
pub(super) fn errors(
    draft: &Draft,
    model: &Model,
    rules: &ModelRules,
    day: NaiveDate,
) -> Vec<RequestError> {
    let values = met(draft, model, day).filter(|refusal| !refusal.disputed);
    let values = values.map(|refusal| RequestError::ValuesRefused {
        model: model.id.clone(),
        refusal: Box::new(refusal.clone()),
    });
    values.chain(files(draft, model, rules)).collect()
}

/// What one source says is refused and another says is taken.
pub(crate) fn in_dispute(draft: &Draft, model: &Model, day: NaiveDate) -> Vec<Note> {
    let disputed = met(draft, model, day).filter(|refusal| refusal.disputed);
    disputed.map(|refusal| Note::Risk(refusal.with_source())).collect()
}

fn met<'a>(
    draft: &'a Draft,
    model: &'a Model,
    day: NaiveDate,
) -> impl Iterator<Item = &'a Refusal> {
    let value = |parameter| match parameter {
        Parameter::Background => draft.background.as_deref(),
        Parameter::OutputFormat => draft.output_format.as_deref(),
    };
    let is_met = move |refusal: &&Refusal| {
        refusal.holds_on(day)
            && refusal.when.iter().all(|(name, refused)| value(*name) == Some(refused))
    };
    model.refused.iter().filter(is_met)
}

/// Files of images that are larger than the API takes.
fn files<'a>(
    draft: &'a Draft,
    model: &'a Model,
    rules: &'a ModelRules,
) -> impl Iterator<Item = RequestError> + 'a {
    let too_large = |image: &'a InputImage| {
        let (most, evidence) = rules.input_images.max_bytes.as_ref()?;
        let bytes = image.bytes.filter(|bytes| bytes > most)?;
        Some(RequestError::FileTooLarge {
            image: image.name.clone(),
            bytes,
            model: model.id.clone(),
            most: *most,
            evidence: Box::new(evidence.clone()),
        })
    };
    draft.input_images.iter().filter_map(too_large)
}
