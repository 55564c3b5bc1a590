//! What is to be said of a reply: its day, its models, and how it was read.

use super::super::Terms;
use super::super::place::PricedOn;
use super::ReplyContext;
use crate::catalog::Catalog;
use crate::note::{Note, NoteCode};
use crate::usage_log::reply::Reply;

/// Notes and assumptions.
pub(super) fn of(
    catalog: &Catalog,
    reply: &Reply,
    context: &ReplyContext,
    place: &PricedOn,
    terms: &Terms,
) -> (Vec<Note>, Vec<String>) {
    let mut notes = vec![day_note(reply, terms)];
    notes.push(image_model_note(catalog, reply, context, place));
    notes.push(mainline_note(reply, context));
    notes.push(no_image_note(reply, place));
    notes.push(cached_note(reply, context));
    let remarks = reply.remarks.iter().map(|text| Note::new(NoteCode::ReplyReading, text.clone()));
    let notes = notes.into_iter().flatten().chain(remarks).collect();
    let is_todays = reply.created.is_none() && terms.as_of == terms.today;
    let undated = is_todays.then(|| {
        "the prices of today, since the reply does not say on which day it was made".to_owned()
    });
    (notes, undated.into_iter().collect())
}

fn day_note(reply: &Reply, terms: &Terms) -> Option<Note> {
    let (created, day) = (reply.created?, terms.as_of);
    let text = if created == day {
        format!("priced on its own day: the reply was made on {created}")
    } else {
        format!(
            "the reply was made on {created} and is rated at the prices of {day}, not at those of its own day"
        )
    };
    Some(Note::new(NoteCode::ReplyOfAnotherDay, text))
}

/// A model that is named by the user goes before the reply's; where they differ, it is said.
fn image_model_note(
    catalog: &Catalog,
    reply: &Reply,
    context: &ReplyContext,
    place: &PricedOn,
) -> Option<Note> {
    context.model.as_ref()?;
    let named = reply.model.as_deref()?;
    let id = catalog.model(named).map_or_else(|_| named.to_owned(), |model| model.id.clone());
    (id != place.model.id).then(|| {
        let text = format!(
            "rated as {}, as asked; the reply names `{named}` as its image model",
            place.model.id
        );
        Note::new(NoteCode::ReplyReading, text)
    })
}

fn mainline_note(reply: &Reply, context: &ReplyContext) -> Option<Note> {
    let given = context.mainline_model.as_deref()?;
    let text = match &reply.mainline {
        None => format!(
            "without effect: the mainline model {given}, since the reply has no tokens of a mainline model"
        ),
        Some(mainline) => {
            let named = mainline.model.as_deref().filter(|named| *named != given)?;
            format!("the mainline model is {given}, as asked; the reply names `{named}`")
        }
    };
    Some(Note::new(NoteCode::MainlineModel, text))
}

fn cached_note(reply: &Reply, context: &ReplyContext) -> Option<Note> {
    let given = context.cached_text_tokens.is_some() || context.cached_image_tokens.is_some();
    (given && reply.tokens.tokens().is_none()).then(|| {
        let text = "without effect: the cached text and image tokens, since the reply has no usage \
                    of the image model that they could be a part of";
        Note::new(NoteCode::NoPriceEffect, text)
    })
}

fn no_image_note(reply: &Reply, place: &PricedOn) -> Option<Note> {
    (reply.delivered_none() || reply.leaves_out_images()).then(|| {
        let text = if reply.images.is_none() {
            "the reply does not list its images, as copies without them do: how many there are is not told, so that none has \
             a cost"
                .to_owned()
        } else if reply.leaves_out_images() {
            "the reply counts image output and lists no image call, as copies without their items do: how many \
             images it is of is not told, so that none has a cost"
                .to_owned()
        } else {
            format!(
                "the reply holds no image, so that no image has a cost; who pays for an attempt without one is \
                 a term of the route (imgcost routes show {})",
                place.table.route.id
            )
        };
        Note::new(NoteCode::NoImage, text)
    })
}
