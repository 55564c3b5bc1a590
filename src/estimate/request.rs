//! A request → an estimate.

use rust_decimal::Decimal;
use std::num::NonZeroU32;

use super::conversation::{self, Conversation, ImageTurn};
use super::offered::rate;
use super::place::{Priced, PricedOn, makers_own};
use super::{Estimate, EstimateError, Subject, Terms, left_out, mainline, residency, svg};
use crate::catalog::Catalog;
use crate::catalog::conditions::{Mode, Processing};
use crate::catalog::model_rules::ModelRules;
use crate::catalog::route::Route;
use crate::figure::Figure;
use crate::metering::{self, Metered};
use crate::note::{Assumption, Note};
use crate::rating::{self, Facts, PriceTable};
use crate::reason::Whose;
use crate::request::{
    Draft, LeftOut, MainlineTurn, QualityChoice, Request, RequestError, SizeChoice, in_dispute,
    settle,
};
use crate::unit::Meter;
use crate::usage::Usage;

/// Prices a request.
///
/// # Errors
/// All reasons why it cannot be priced as asked, or the problems of the tables it needs.
pub fn estimate_request(
    catalog: &Catalog,
    draft: &Draft,
    terms: &Terms,
) -> Result<Estimate, EstimateError> {
    let makers = if draft.is_conversation() { mainline::makers_tool_route } else { makers_own };
    let mut place = PricedOn::find(catalog, draft.model.as_deref(), terms, makers)?;
    mainline::refuse_mainline(catalog, draft, &place.table.route)?;
    say_of_unnamed_model(draft, &mut place);
    if draft.model.is_none() && terms.route.is_none() && draft.left_out == LeftOut::ByApi {
        return Err(RequestError::BodyWithoutModel.into());
    }
    let alone = left_out::of_route_alone(draft, &place.table.route, terms);
    place.say(Vec::new(), alone.into_iter().collect());
    priced(catalog, draft, place, terms)
}

/// Prices the image calls of a request on a route of any kind: where the image model is called itself,
/// no mainline model is billed, and the turns of a conversation are calls of the user's own.
///
/// # Errors
/// As [`estimate_request`].
pub fn estimate_work(
    catalog: &Catalog,
    draft: &Draft,
    terms: &Terms,
) -> Result<Estimate, EstimateError> {
    let mut place = PricedOn::find(catalog, draft.model.as_deref(), terms, makers_own)?;
    say_of_unnamed_model(draft, &mut place);
    let mut draft = draft.clone();
    if place.table.route.image_tool.is_none() && !draft.mainline.is_empty() {
        draft.mainline = MainlineTurn::default();
        place.say(Vec::new(), vec![Assumption::CalledDirectly]);
    }
    priced(catalog, &draft, place, terms)
}

/// Flags name a model for the price; whether the call names it is up to whoever writes the body.
fn say_of_unnamed_model(draft: &Draft, place: &mut PricedOn) {
    let tool = place.table.route.image_tool.as_ref();
    let said = tool.filter(|_| draft.left_out == LeftOut::Default);
    let said = said.and_then(|tool| tool.unnamed_model.clone()).map(Note::Risk);
    place.say(said.into_iter().collect(), Vec::new());
}

fn priced(
    catalog: &Catalog,
    draft: &Draft,
    mut place: PricedOn,
    terms: &Terms,
) -> Result<Estimate, EstimateError> {
    let rules = place.rules(terms.as_of)?.clone();
    let (draft, by_route) = left_out::by_route(draft, &place.table.route);
    let draft = &draft;
    place.say(Vec::new(), by_route);
    let (request, assumptions) =
        settle(draft, &place.model, &rules, terms.resolution, terms.as_of)?;
    place.say(draft.notes.clone(), assumptions);
    place.say(in_dispute(draft, &place.model, terms.as_of), Vec::new());
    let mut first = image_turn(&request, &rules, &mut place, terms)?;
    residency::add(catalog, &mut first.rated, terms)?;
    let later = match request.turns {
        NonZeroU32::MIN => None,
        _ => {
            let (later, assumptions) = {
                let later = draft.later_turn(&request);
                settle(&later, &place.model, &rules, terms.resolution, terms.as_of)?
            };
            place.say(Vec::new(), assumptions);
            let mut later = image_turn(&later, &rules, &mut place, terms)?;
            residency::add(catalog, &mut later.rated, terms)?;
            Some(later)
        }
    };
    let route = place.table.route.clone();
    let mut mainline = mainline::turn(catalog, &request, &route, terms)?;
    residency::add(catalog, &mut mainline, terms)?;
    // Each turn sends what is not read.
    mainline.charges.extend(draft.unread.open.iter().map(rating::not_read));
    place.say(Vec::new(), conversation::assumptions(&request, route.image_tool.is_some()));
    let mut author = svg::author(catalog, draft, &place.table, terms)?;
    residency::add(catalog, &mut author, terms)?;
    let conversation = Conversation { first, later, mainline, turns: request.turns };
    let turns = conversation.turn_costs()?;
    let (usage, mut rated) = conversation.into_whole()?;
    rated.charges.extend(author.charges);
    rated.notes.extend(author.notes);
    left_out::open(&mut rated, draft);
    let published_estimate = published_estimate(&request, &route);
    let images = request.n;
    let subject = Subject::Request(Box::new(request));
    let by_rule = None;
    place
        .finish(Priced { subject, usage, rated, images, turns, by_rule, published_estimate }, terms)
}

/// Counts and rates the image call of one turn.
fn image_turn(
    request: &Request,
    rules: &ModelRules,
    place: &mut PricedOn,
    terms: &Terms,
) -> Result<ImageTurn, EstimateError> {
    let Metered { mut usage, notes, assumptions } = metering::meter(request, rules)?;
    place.say(notes, assumptions);
    let calls = set_calls(&mut usage, request.n, request.input_images.len(), &place.table);
    let cached = cached_note(&place.table.route, &usage);
    place.say(cached.into_iter().chain(calls).collect(), Vec::new());
    let whose = Whose::of(&place.table.route);
    let usage = usage.located(&whose);
    let rated = rate(&usage, &request_facts(request, rules, terms), &place.table, terms)?;
    Ok(ImageTurn { usage, rated: rated.located(&whose) })
}

/// The calls that a request takes on a route, with the reference images that each of them sends.
pub(super) fn set_calls(
    usage: &mut Usage,
    images: u32,
    input_images: usize,
    table: &PriceTable,
) -> Option<Note> {
    let (calls, stated) = table.calls(images);
    let how =
        if stated { "as the owner states" } else { "one image a call, since more is not stated" };
    usage.set(Meter::Calls, Figure::Exact(u64::from(calls)), vec![how.into()]);
    let sent = (input_images as u64).saturating_mul(u64::from(calls));
    usage.set(
        Meter::InputImages,
        Figure::Exact(sent),
        vec![format!("{input_images} in each of {calls} calls")],
    );
    (!stated && images > 1 && table.bills_calls())
        .then_some(Note::ImagesPerCallNotStated { images, calls })
}

pub(super) fn request_facts(request: &Request, rules: &ModelRules, terms: &Terms) -> Facts {
    Facts {
        processing: request.processing,
        mode: if request.edit { Mode::Edit } else { Mode::Generate },
        quality: request.quality.clone(),
        size: request.size,
        labels: rules.labels().to_vec(),
        resolution: request.resolution.clone().or_else(|| terms.resolution.map(str::to_owned)),
        format: request.output_format.clone(),
    }
}

fn cached_note(route: &Route, usage: &Usage) -> Option<Note> {
    let cached = [Meter::CachedTextInput, Meter::CachedImageInput];
    let any = cached.into_iter().any(|meter| usage.count(meter) != Figure::Exact(0));
    (any && route.cached_discount_seen == Some(false)).then_some(Note::CachedDiscountNotSeen)
}

fn published_estimate(request: &Request, route: &Route) -> Option<Decimal> {
    if request.turns > NonZeroU32::MIN {
        return None;
    }
    match (&request.quality, request.size, request.processing) {
        (
            Some(QualityChoice::Label(label)),
            Some(SizeChoice::Exact(size)),
            Processing::Standard,
        ) => route.published_estimates.as_ref()?.of(label, size),
        _ => None,
    }
}
