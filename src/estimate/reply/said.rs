//! What is to be said of a reply: its day, its models, and how it was read.

use super::super::Terms;
use super::super::place::{PricedOn, find_model};
use super::ReplyContext;
use crate::catalog::Catalog;
use crate::note::{Assumption, Note};
use crate::usage_log::reply::Reply;

/// Notes and assumptions.
pub(super) fn of(
    catalog: &Catalog,
    reply: &Reply,
    context: &ReplyContext,
    place: &PricedOn,
    terms: &Terms,
) -> (Vec<Note>, Vec<Assumption>) {
    let mut notes = vec![day_note(reply, terms)];
    notes.push(mainline_note(reply, context));
    notes.push(no_image_note(reply, place));
    notes.push(cached_note(reply, context));
    let remarks = reply.remarks.iter().cloned().map(Note::ReplyReading);
    let notes = notes.into_iter().flatten().chain(remarks).collect();
    let is_todays = reply.created.is_none() && terms.as_of == terms.today;
    let undated = is_todays.then_some(Assumption::UndatedReply);
    let other_model = other_image_model(catalog, reply, context, place);
    (notes, undated.into_iter().chain(other_model).collect())
}

fn day_note(reply: &Reply, terms: &Terms) -> Option<Note> {
    let (created, day) = (reply.created?, terms.as_of);
    Some(match created == day {
        true => Note::ReplyOfItsDay(day),
        false => Note::ReplyOfAnotherDay { created, day },
    })
}

/// A model that is named by the user goes before the reply's; where they differ, it is said.
fn other_image_model(
    catalog: &Catalog,
    reply: &Reply,
    context: &ReplyContext,
    place: &PricedOn,
) -> Option<Assumption> {
    context.model.as_ref()?;
    let named = reply.model.as_deref()?;
    let id = find_model(catalog, named).map_or_else(|_| named.to_owned(), |model| model.id.clone());
    let (asked, named) = (place.model.id.clone(), named.to_owned());
    (id != asked).then_some(Assumption::OtherImageModel { asked, named })
}

fn mainline_note(reply: &Reply, context: &ReplyContext) -> Option<Note> {
    let given = context.mainline_model.as_deref()?;
    let Some(mainline) = &reply.mainline else {
        return Some(Note::MainlineWithoutEffect(given.to_owned()));
    };
    let named = mainline.model.as_deref().filter(|named| *named != given)?;
    Some(Note::OtherMainlineModel { given: given.to_owned(), named: named.to_owned() })
}

fn cached_note(reply: &Reply, context: &ReplyContext) -> Option<Note> {
    let given = context.cached_text_tokens.is_some() || context.cached_image_tokens.is_some();
    (given && reply.tokens.tokens().is_none()).then_some(Note::CachedWithoutEffect)
}

fn no_image_note(reply: &Reply, place: &PricedOn) -> Option<Note> {
    (reply.delivered_none() || reply.leaves_out_images()).then(|| {
        if reply.images.is_none() {
            Note::ImagesNotListed
        } else if reply.leaves_out_images() {
            Note::NoImageCallListed
        } else {
            Note::NoImage { route: place.table.route.id.to_string() }
        }
    })
}
