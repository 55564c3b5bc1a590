//! A reply → an estimate: its counts are rated as they are.

use super::offered::rate;
use super::place::{Place, Priced, makers_own};
use super::{Estimate, EstimateError, Subject, Terms, mainline};
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
    let mut place = Place::find(catalog, named, terms, makers_own)?;
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
    let more = mainline_charges(catalog, &reply, context, &place, terms)?;
    rated.charges.extend(more.charges);
    rated.notes.extend(more.notes);
    let subject = Subject::Reply(Box::new(reply), processing);
    let priced = Priced { subject, usage, rated, images, turns: None, published_estimate: None };
    place.finish(priced, terms)
}

fn reply_facts(reply: &Reply, rules: &ModelRules, processing: Processing, terms: &Terms) -> Facts {
    let labels = rules.labels().to_vec();
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

/// The charges of the mainline model of a Responses reply. A reply of the image model alone lacks them
/// on a route that bills both.
fn mainline_charges(
    catalog: &Catalog,
    reply: &Reply,
    context: &ReplyContext,
    place: &Place,
    terms: &Terms,
) -> Result<Rated, EstimateError> {
    let Some(mainline) = &reply.mainline else {
        let billed_as_well = place.table.route.image_tool.is_some();
        return Ok(if billed_as_well { without_mainline() } else { Rated::default() });
    };
    let usage = reply::usage(&mainline.tokens, None, (None, None));
    match context.mainline_model.as_deref().or(mainline.model.as_deref()) {
        None => {
            let reason = "the reply does not name its mainline model; give --mainline-model";
            Ok(mainline::unpriced(&usage, reason.to_owned()))
        }
        Some(model) => {
            let processing = context.processing.unwrap_or(Processing::Standard);
            let own_route = Terms { route: None, ..terms.clone() };
            mainline::charges(catalog, model, "made the call", &usage, processing, &own_route)
        }
    }
}

fn without_mainline() -> Rated {
    let reason = "the reply has no tokens of a mainline model, which this route bills as well";
    let mut usage = Usage::default();
    for meter in [Meter::TextInput, Meter::TextOutput] {
        usage.set(meter, Figure::unknown(0, reason), Vec::new());
    }
    rating::without_table(&usage, reason)
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
