//! A reply → an estimate: its counts are rated as they are, and what it does not say stays open.
//!
//! ```text
//! reply ─┬─ image (ends of what is open; a delivered image without usage is unknown) ─┐
//!        │   └─ not_delivered (calls that failed and are in no count) ─────────────────┤
//!        ├─ others (mainline model, SVG authors, by their own tables) ────────────────┼─► charges
//!        ├─ not_read (what may bill, less what is known to be free or left out) ──────┘
//!        └─ by_rule (what the rule says where usage is missing), said (days, models, remarks)
//! ```

mod by_rule;
mod ends;
mod image;
mod not_delivered;
mod not_read;
mod others;
mod said;

use std::sync::Arc;

use super::place::{Priced, PricedOn, find_model, makers_own, rules_on};
use super::{Estimate, EstimateError, Subject, Terms, residency, sensitivities};
use crate::catalog::Catalog;
use crate::catalog::conditions::Processing;
use crate::rating::PriceTable;
use crate::request::RequestError;
use crate::usage_log::reply::{Reply, Stated};

pub use by_rule::ByRule;
pub use not_read::not_read;

/// What the user knows of a reply besides the reply itself.
#[derive(Debug, Clone, Default)]
pub struct ReplyContext {
    /// The image model: of one reply, also where it names another one, which is said.
    pub model: Option<String>,
    /// Whether `model` is for replies alone that name no model of the catalogue: of many at once, each keeps its own.
    pub keeps_named: bool,
    /// The mainline model of a Responses reply, where the reply does not name it.
    pub mainline_model: Option<String>,
    /// How it was processed.
    pub processing: Option<Processing>,
    /// Cached text tokens, where the reply does not tell them.
    pub cached_text_tokens: Option<u64>,
    /// Cached image tokens, where the reply does not tell them.
    pub cached_image_tokens: Option<u64>,
    /// Keys of the reply that bill nothing, as the user says.
    pub ignored_keys: Vec<String>,
}

impl ReplyContext {
    fn processing(&self) -> Processing {
        self.processing.unwrap_or(Processing::Standard)
    }

    /// With what the reply itself tells, where the user says nothing.
    fn with(&self, catalog: &Catalog, reply: &Reply) -> ReplyContext {
        let model = self.model.clone().filter(|_| !self.keeps_named || is_nameless(catalog, reply));
        let processing = self.processing.or_else(|| reply.processed());
        ReplyContext { model, processing, ..self.clone() }
    }

    /// What the reply says of its tier is what was billed: another kind of processing is a mistake. Work in a Batch is
    /// served at the standard tier.
    fn check_tier(&self, reply: &Reply) -> Result<(), RequestError> {
        let Some((tier, asked)) = reply.service_tier.as_ref().zip(self.processing) else {
            return Ok(());
        };
        match (Processing::of_tier(tier), asked) {
            (None, _) | (Some(Processing::Standard), Processing::Batch) => Ok(()),
            (Some(served), asked) if served == asked => Ok(()),
            _ => Err(RequestError::OtherTier { tier: tier.clone(), asked }),
        }
    }

    /// Whether a table has no rates at all for the tier.
    fn is_not_rated(&self, table: &PriceTable) -> bool {
        let processing = self.processing();
        matches!(processing, Processing::Flex | Processing::Priority)
            && !table.has_rates_for(processing)
    }
}

/// Whether a reply names no image model of the catalogue, so that its user has to.
pub fn is_nameless(catalog: &Catalog, reply: &Reply) -> bool {
    reply.model.as_deref().is_none_or(|named| find_model(catalog, named).is_err())
}

/// Rates a reply: its counts are taken as they are.
///
/// # Errors
/// All reasons why it cannot be rated, or the problems of the tables it needs.
pub fn estimate_reply(
    catalog: &Catalog,
    reply: impl Into<Arc<Reply>>,
    context: &ReplyContext,
    terms: &Terms,
) -> Result<Estimate, EstimateError> {
    let reply = reply.into();
    context.check_tier(&reply)?;
    let context = &context.with(catalog, &reply);
    let named = context.model.as_deref().or(reply.model.as_deref());
    if named.is_none() && terms.route.is_none() {
        return Err(RequestError::ReplyWithoutModel.into());
    }
    let mut place = PricedOn::find(catalog, named, terms, makers_own)?;
    check_cached(&reply, context)?;
    let model = Arc::clone(&place.model);
    let rules = rules_on(&model, terms.as_of)?;
    let image = image::rated(&reply, rules, context, &mut place, terms)?;
    let others = others::rated(catalog, &reply, context, &place, terms)?;
    let left = not_read::left(catalog, &reply, context)?;
    let mut rated = image.rated;
    rated.charges.extend(others.charges);
    rated.notes.extend(others.notes);
    residency::add(catalog, &mut rated, terms)?;
    rated.charges.extend(left.charges);
    let mut by_rule = by_rule::of_images(&reply, rules, &image.usage, &image.facts, &place, terms)?;
    if context.is_not_rated(&place.table) {
        let standard = ReplyContext { processing: Some(Processing::Standard), ..context.clone() };
        let mut whole = image::rated(&reply, rules, &standard, &mut place, terms)?.rated;
        let others = others::rated(catalog, &reply, &standard, &place, terms)?;
        whole.charges.extend(others.charges);
        residency::add(catalog, &mut whole, terms)?;
        by_rule = by_rule::at_standard_rates(&whole.charges)?.or(by_rule);
    }
    if let Some(reason) = left.other_tier {
        by_rule = by_rule::at_standard_rates(&rated.charges)?.or(by_rule);
        not_read::open(&mut rated.charges, &reason);
    }
    let (notes, assumptions) = said::of(catalog, &reply, context, &place, terms);
    place.say(notes.into_iter().chain(left.notes).collect(), assumptions);
    let subject = Subject::Reply(reply, context.processing());
    let (usage, images) = (image.usage, image.images);
    let priced =
        Priced { subject, usage, rated, images, turns: None, by_rule, published_estimate: None };
    let mut estimate = place.finish(priced, terms)?;
    estimate.sensitivities = sensitivities(&estimate, None)?;
    Ok(estimate)
}

/// Cached counts of the user's own are no more than what the reply bills of their kind.
fn check_cached(reply: &Reply, context: &ReplyContext) -> Result<(), EstimateError> {
    let Stated::Tokens(tokens) = &reply.tokens else { return Ok(()) };
    let given = [
        ("text", context.cached_text_tokens, tokens.most_text()),
        ("image", context.cached_image_tokens, tokens.most_image()),
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
