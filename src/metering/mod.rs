//! Metering: from a request to usage, by the rules of its model. Exact, in integers.
//!
//! One file per thing that is counted; [`meter`] puts them together for the whole request.

pub mod input_images;
pub mod output_tokens;
pub mod prompt;
mod tokens;

use std::convert::Infallible;

use crate::catalog::evidence::Evidence;
use crate::catalog::model_rules::{ModelRules, OutputRule};
use crate::catalog::sizes;
use crate::errors::Errors;
use crate::figure::Figure;
use crate::note::{Assumption, Note};
use crate::reason::Metering;
use crate::request::{QualityChoice, Request, RequestError, SizeChoice};
use crate::unit::Meter;
use crate::usage::Usage;

/// What a request will be counted as, and what is to be said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Metered {
    /// The counts, for the whole request.
    pub usage: Usage,
    /// Notes on how certain they are.
    pub notes: Vec<Note>,
    /// What was assumed, a sentence each.
    pub assumptions: Vec<Assumption>,
}

/// Counts a request.
///
/// # Errors
/// [`RequestError::CachedMoreThanBilled`] and [`RequestError::TooLarge`].
pub fn meter(request: &Request, rules: &ModelRules) -> Result<Metered, Errors<RequestError>> {
    let mut metered =
        Metered { usage: Usage::default(), notes: Vec::new(), assumptions: Vec::new() };
    let mut errors = Vec::new();
    let steps = [count_output, count_text_output, count_input_images, count_prompt];
    for step in steps {
        errors.extend(step(request, rules, &mut metered).err());
    }
    let one = |n: u32| Figure::Exact(u64::from(n));
    metered.usage.set(Meter::Images, one(request.n), vec![format!("{} asked for", request.n)]);
    metered.usage.set(Meter::Calls, one(1), vec!["one request is one call".into()]);
    if let Some(SizeChoice::Exact(size)) = request.size {
        let pixels = size.pixels() * u64::from(request.n);
        metered.usage.set(
            Meter::Pixels,
            Figure::Exact(pixels),
            vec![format!("{size} × {}", request.n)],
        );
    }
    if errors.is_empty() { Ok(metered) } else { Err(errors.into()) }
}

fn count_output(
    request: &Request,
    rules: &ModelRules,
    metered: &mut Metered,
) -> Result<(), RequestError> {
    let per_image = output_tokens::per_image(rules, request.into());
    let mut how = vec![output_tokens::in_words(rules, request.into())];
    let mut count = multiply(&per_image, request.n)?;
    if request.n > 1 {
        how.push(format!("times {} images, each billed by itself", request.n));
    }
    if let (Some(partial), asked @ 1..) = (&rules.partial_images, request.partial_images) {
        let images = u64::from(asked) * u64::from(request.n);
        let most = partial.tokens_each.checked_mul(images).ok_or(RequestError::TooLarge)?;
        let reason = Metering::PartialImages { asked, tokens_each: partial.tokens_each };
        count = add(&count, &Figure::range(0, Some(most), most, reason.clone()))?;
        how.push(format!("plus 0 to {most} for partial images [{}]", partial.evidence.source));
        metered.notes.push(Note::PartialImages(reason.into()));
    }
    if let Some(format @ ("svg" | "gif")) = request.output_format.as_deref() {
        count = add(&count, &Figure::unknown(0, Metering::OutputFormat(format.into())))?;
    }
    how.push(rule_of(&rules.output_tokens.evidence));
    metered.usage.set(Meter::ImageOutput, count, how);
    metered.notes.extend(output_notes(request, rules));
    Ok(())
}

fn output_notes(request: &Request, rules: &ModelRules) -> Vec<Note> {
    let mut notes = Vec::new();
    if request.quality == Some(QualityChoice::Auto) && rules.output_tokens.rule.is_by_quality() {
        notes.push(Note::QualityAuto);
    }
    match request.size {
        Some(SizeChoice::Auto) => notes.push(Note::SizeAuto),
        Some(SizeChoice::Exact(size)) => {
            if let Some(limit) = sizes::experimental_above(&rules.sizes.rule, size) {
                notes.push(Note::ExperimentalSize { size, limit });
            }
        }
        None => {}
    }
    if let OutputRule::ObservedMultiple(rule) = &rules.output_tokens.rule {
        notes
            .push(Note::RuleNotKnown(Metering::OutputRuleOpen(rule.reason.as_str().into()).into()));
    }
    notes
}

fn count_text_output(
    request: &Request,
    rules: &ModelRules,
    metered: &mut Metered,
) -> Result<(), RequestError> {
    let Some(text) = &rules.text_output else { return Ok(()) };
    if let Some(own) = request.text_output_tokens {
        let count = multiply(&Figure::Exact(own), request.n)?;
        metered.usage.set(Meter::TextOutput, count, vec![format!("{own} an image, as you assume")]);
        metered.assumptions.push(Assumption::TextOutput(own));
        return Ok(());
    }
    let low = text.low_per_image;
    let reason = Metering::TextOutputOpen(text.reason.as_str().into());
    let (per_image, how) = match text.high_per_image {
        Some(high) => {
            (Figure::range(low, None, high, reason.clone()), format!("{low} to {high} an image"))
        }
        None => (Figure::unknown(low, reason.clone()), "no count was seen".to_owned()),
    };
    metered.usage.set(
        Meter::TextOutput,
        multiply(&per_image, request.n)?,
        vec![how, rule_of(&text.evidence)],
    );
    metered.notes.push(Note::TextOutputOpen(reason.into()));
    Ok(())
}

fn count_input_images(
    request: &Request,
    rules: &ModelRules,
    metered: &mut Metered,
) -> Result<(), RequestError> {
    if !request.edit {
        return split_cached(
            metered,
            Meter::ImageInput,
            Figure::Exact(0),
            Vec::new(),
            request.cached_image_tokens,
        );
    }
    let (per_image, mut how) = input_images::all(rules, request)?;
    if request.n > 1 {
        how.push(format!("times {} images, each of which bills its own input", request.n));
    }
    if input_images::is_observed(&rules.input_images.rule) && !request.input_images.is_empty() {
        let evidence = rules.input_images.evidence.clone();
        metered.notes.push(Note::RuleMeasured(evidence));
    }
    let count = multiply(&per_image, request.n)?;
    split_cached(metered, Meter::ImageInput, count, how, request.cached_image_tokens)
}

fn count_prompt(
    request: &Request,
    rules: &ModelRules,
    metered: &mut Metered,
) -> Result<(), RequestError> {
    let Some(asked) = &request.prompt else {
        return split_cached(
            metered,
            Meter::TextInput,
            Figure::Exact(0),
            Vec::new(),
            request.cached_text_tokens,
        );
    };
    let (count, how) = prompt::billed(asked, request, rules, &mut metered.assumptions)?;
    split_cached(metered, Meter::TextInput, count, how, request.cached_text_tokens)
}

/// Where a rule comes from, as the last words on how something was counted.
pub(crate) fn rule_of(evidence: &Evidence) -> String {
    format!("rule: {}", evidence.in_words())
}

/// Puts the cached part of an input beside the rest, so that the counts are disjoint.
pub(crate) fn split_cached(
    metered: &mut Metered,
    meter: Meter,
    billed: Figure<u64>,
    how: Vec<String>,
    cached: u64,
) -> Result<(), RequestError> {
    let (what, cached_meter) = match meter {
        Meter::ImageInput => ("image", Meter::CachedImageInput),
        _ => ("text", Meter::CachedTextInput),
    };
    if let Some(most) = billed.high().filter(|most| cached > *most) {
        return Err(RequestError::CachedMoreThanBilled { what, cached, billed: most });
    }
    let Ok(rest) = billed.try_map(|count| Ok::<_, Infallible>(count.saturating_sub(cached)));
    metered.usage.set(meter, rest, how);
    let how = vec![format!("{cached} of the billed {what} input, as given")];
    metered.usage.set(cached_meter, Figure::Exact(cached), how);
    Ok(())
}

fn multiply(per_image: &Figure<u64>, n: u32) -> Result<Figure<u64>, RequestError> {
    per_image.try_map(|count| count.checked_mul(u64::from(n)).ok_or(RequestError::TooLarge))
}

fn add(a: &Figure<u64>, b: &Figure<u64>) -> Result<Figure<u64>, RequestError> {
    a.try_join(b, |a, b| a.checked_add(b).ok_or(RequestError::TooLarge))
}
