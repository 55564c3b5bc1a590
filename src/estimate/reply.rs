//! A reply → an estimate: its counts are rated as they are.

use super::offered::rate;
use super::place::Place;
use super::{Estimate, EstimateError, Subject, Terms};
use crate::catalog::Catalog;
use crate::catalog::model::ModelRules;
use crate::catalog::price::{Mode, Processing};
use crate::figure::Figure;
use crate::note::{Note, NoteCode};
use crate::rating::{self, Facts, Rated};
use crate::request::{QualityChoice, RequestError, SizeChoice};
use crate::unit::Meter;
use crate::usage::Usage;
use crate::usage_log::reply::{self, Reply, ReplyTokens};

/// What the user knows of a reply besides the reply itself.
#[derive(Debug, Clone, Default)]
pub struct ReplyContext {
    /// The image model, where the reply does not name it.
    pub model: Option<String>,
    /// The mainline model of a Responses reply, where the reply does not name it.
    pub mainline_model: Option<String>,
    /// How it was processed.
    pub processing: Option<Processing>,
    /// Cached text tokens, where the reply does not tell them.
    pub cached_text_tokens: Option<u64>,
    /// Cached image tokens, where the reply does not tell them.
    pub cached_image_tokens: Option<u64>,
}

/// Rates a reply: its counts are taken as they are.
///
/// # Errors
/// All reasons why it cannot be rated, or the problems of the tables it needs.
pub fn estimate_reply(
    catalog: &Catalog,
    reply: Reply,
    context: &ReplyContext,
    terms: &Terms,
) -> Result<Estimate, EstimateError> {
    let named = context.model.as_deref().or(reply.model.as_deref());
    let mut place = Place::find(catalog, named, terms)?;
    check_cached(&reply.tokens, context)?;
    let processing = context.processing.unwrap_or(Processing::Standard);
    let rules = place.rules(terms.as_of)?.clone();
    let cached = (context.cached_text_tokens, context.cached_image_tokens);
    let mut usage = reply::usage(&reply.tokens, Some(&rules), cached);
    let images = reply.images.unwrap_or_else(|| {
        place.assumptions.push("one image, since the reply does not list its images".into());
        1
    });
    usage.set(Meter::Images, Figure::Exact(u64::from(images)), Vec::new());
    usage.set(Meter::Calls, Figure::Exact(1), Vec::new());
    place.notes.extend(other_day_note(&reply, terms));
    let facts = reply_facts(&reply, &rules, processing, terms);
    let mut rated = rate(&usage, &facts, &place.table, terms)?;
    if let Some(mainline) = &reply.mainline {
        let named = context.mainline_model.as_deref().or(mainline.model.as_deref());
        let usage = reply::usage(&mainline.tokens, None, (None, None));
        let more = mainline_charges(catalog, named, &usage, processing, terms)?;
        rated.charges.extend(more.charges);
        rated.notes.extend(more.notes);
    }
    place.finish(Subject::Reply(Box::new(reply), processing), usage, rated, images, None, terms)
}

fn reply_facts(reply: &Reply, rules: &ModelRules, processing: Processing, terms: &Terms) -> Facts {
    let labels = rules.qualities.labels.clone();
    let quality = reply.quality.clone().filter(|label| labels.contains(label));
    let size = reply.size.as_deref().and_then(|size| size.parse().ok());
    Facts {
        processing,
        mode: if reply.tokens.image_input > 0 { Mode::Edit } else { Mode::Generate },
        quality: quality.map(QualityChoice::Label),
        size: size.map(SizeChoice::Exact),
        labels,
        resolution: terms.resolution.map(str::to_owned),
        format: None,
    }
}

/// The mainline model of a Responses reply has a table of its own. Where there is none for it, its
/// tokens are charges without a price, so that the total says what it lacks.
fn mainline_charges(
    catalog: &Catalog,
    model: Option<&str>,
    usage: &Usage,
    processing: Processing,
    terms: &Terms,
) -> Result<Rated, EstimateError> {
    let own_route = Terms { route: None, ..terms.clone() };
    let place = match model {
        Some(model) => Place::find(catalog, Some(model), &own_route).map_err(|_| {
            format!("no price table for the mainline model `{model}` on {}", terms.as_of)
        }),
        None => Err("the reply does not name its mainline model; give --mainline-model".to_owned()),
    };
    match place {
        Ok(place) => {
            let facts = mainline_facts(processing);
            let mut rated = rating::rate(usage, &facts, &place.table, terms.fx)?;
            let text = format!(
                "{} made the call; its own tokens are priced by {}",
                place.model.id, place.table.route.id
            );
            rated.notes.push(Note::new(NoteCode::MainlineModel, text));
            Ok(rated)
        }
        Err(reason) => {
            let mut rated = rating::without_table(usage, &reason);
            rated.notes.push(Note::new(NoteCode::MainlineModel, reason));
            Ok(rated)
        }
    }
}

fn mainline_facts(processing: Processing) -> Facts {
    Facts {
        processing,
        mode: Mode::Generate,
        quality: None,
        size: None,
        labels: Vec::new(),
        resolution: None,
        format: None,
    }
}

fn check_cached(tokens: &ReplyTokens, context: &ReplyContext) -> Result<(), EstimateError> {
    let given = [
        ("text", context.cached_text_tokens, tokens.text_input),
        ("image", context.cached_image_tokens, tokens.image_input),
    ];
    let errors: Vec<RequestError> = given
        .into_iter()
        .filter_map(|(what, cached, billed)| {
            let cached = cached.filter(|cached| *cached > billed)?;
            Some(RequestError::CachedMoreThanBilled { what, cached, billed })
        })
        .collect();
    if errors.is_empty() { Ok(()) } else { Err(errors.into()) }
}

fn other_day_note(reply: &Reply, terms: &Terms) -> Option<Note> {
    let created = reply.created.filter(|created| *created != terms.as_of)?;
    let text = format!(
        "the reply was made on {created} and is rated at the prices of {}; --as-of {created} takes those of its own day",
        terms.as_of
    );
    Some(Note::new(NoteCode::ReplyOfAnotherDay, text))
}
