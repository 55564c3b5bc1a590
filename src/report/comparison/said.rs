//! What is said of rows below their tables, each thing once.

use std::collections::BTreeMap;

use super::{View, list, position};
use crate::comparison::{Comparison, Offer, RouteEstimate};
use crate::estimate::Assumption;
use crate::help::{self, Sentence};
use crate::note::Note;
use crate::reason::ReasonKind;
use crate::report::block::Block;
use crate::report::dictionary::terms;
use crate::report::estimate as estimate_view;
use crate::report::number;
use crate::request::RequestError;

pub(super) fn offers(offers: &[Offer]) -> Vec<String> {
    offers.iter().map(offer).collect()
}

fn offer(offer: &Offer) -> String {
    let subscription = &offer.subscription;
    let every = offer.every();
    let price = number::native(
        subscription.price,
        &crate::catalog::price::PriceUnit::Currency(subscription.currency.clone()),
    );
    let price = match offer.equal_api_images {
        _ if subscription.price.is_zero() => "free of charge, and no price for API work".into(),
        Some(images) => {
            let images = number::count(images);
            format!("{price} {every} equals about {images} API images of this kind")
        }
        None => format!("{price} {every} has no exact equal in API images"),
    };
    let quota = match subscription.credits {
        Some(credits) => {
            let own = offer.own_images.map_or_else(String::new, |images| {
                format!(", enough for about {} such images there", number::count(images))
            });
            format!("gives {} credits{own}", number::rounded(credits, 0))
        }
        None => "quota not known".into(),
    };
    let kind = if offer.by_hand_only { "; not API credit, for work by hand" } else { "" };
    let (owner, name) = (&offer.route.owner_name, &subscription.name);
    format!("{owner}, {name}: {price}; {quota}{kind}")
}

/// Routes that were and are no more: always named.
pub(super) fn retired(comparison: &Comparison) -> Vec<String> {
    comparison.rows.iter().filter(|row| row.retired).map(why_not_priced).collect()
}

pub(super) fn why_not_priced(row: &RouteEstimate) -> String {
    let errors = row.outcome.as_ref().err().into_iter().flat_map(|errors| errors.iter());
    let reasons: Vec<String> = errors.map(RequestError::beside_its_route).collect();
    format!("{} ({}): {}", row.route.owner_name, row.route.id, reasons.join("; "))
}

/// How each line of the rows came about.
pub(super) fn explanations(rows: &[&RouteEstimate]) -> Vec<Block> {
    let estimates = rows.iter().filter_map(|row| row.outcome.as_ref().ok());
    estimates.flat_map(|estimate| estimate_view::whole(estimate, true)).collect()
}

/// Each reason once, with the routes it holds for.
pub(super) fn open(rows: &[&RouteEstimate]) -> Option<Block> {
    let mut by_reason: BTreeMap<&ReasonKind, (Sentence, Vec<String>)> = BTreeMap::new();
    for row in rows {
        let native =
            row.outcome.as_ref().ok().and_then(|estimate| estimate_view::native_total(estimate));
        for reason in row.cost().into_iter().flat_map(crate::figure::Figure::reasons) {
            let unknown = row.cost().is_some_and(|cost| cost.high().is_none());
            let native = native
                .as_ref()
                .filter(|_| unknown)
                .map_or_else(String::new, |native| format!(" ({native})"));
            let route = format!("{}/{}{native}", row.route.id.owner, row.route.id.name);
            let entry = by_reason.entry(reason.kind());
            let (_, routes) = entry.or_insert_with(|| (reason.said(), Vec::new()));
            if !routes.contains(&route) {
                routes.push(route);
            }
        }
    }
    let open = by_reason.into_values().map(|(reason, routes)| reason.of(&routes.join(", ")));
    Block::open("Not exact, because:", open)
}

/// The same of the few rows of the short table, the first of them, and the others on request; of several pieces of work
/// all on request.
pub(super) fn few_open(rows: &[&RouteEstimate], works: usize) -> Option<Block> {
    let most = if works > 1 { 0 } else { 2 };
    match open(rows)? {
        Block::Open(title, all) => {
            Block::first_open(&title, all, most, ("reason", "reasons"), help::View::Notes)
        }
        other => Some(other),
    }
}

/// What was assumed for any row, each once.
pub(super) fn assumptions(comparison: &Comparison) -> Vec<Sentence> {
    let mut assumptions: Vec<&Assumption> = Vec::new();
    for estimate in comparison.rows.iter().filter_map(|row| row.outcome.as_ref().ok()) {
        for assumption in &estimate.assumptions {
            if !assumptions.contains(&assumption) {
                assumptions.push(assumption);
            }
        }
    }
    assumptions.into_iter().map(Assumption::said).collect()
}

/// Notes of the routes, each once with the owners it is of.
pub(super) fn notes(rows: &[&RouteEstimate], view: &View) -> Vec<Sentence> {
    let mut by_note: Vec<(&Note, Vec<&str>)> = Vec::new();
    for row in rows {
        let owner = row.route.id.owner.as_str();
        for note in of_row(row, view) {
            match by_note.iter_mut().find(|(known, _)| *known == note) {
                Some((_, owners)) if owners.contains(&owner) => {}
                Some((_, owners)) => owners.push(owner),
                None => by_note.push((note, vec![owner])),
            }
        }
    }
    by_note.into_iter().map(|(note, owners)| note.said().of(&owners.join(", "))).collect()
}

/// The notes of a row that stand nowhere else; those on cash only where it is shown.
pub(super) fn of_row<'a>(row: &'a RouteEstimate, view: &View) -> impl Iterator<Item = &'a Note> {
    let with_cash = position(&view.columns, &terms::VOLUME_CASH).is_some();
    let said_elsewhere = move |note: &Note| match note {
        Note::FailureChargeOpen(_) => true,
        Note::Purchase { .. } => !with_cash,
        note => note.is_of_sources(),
    };
    let notes = row.outcome.as_ref().ok().into_iter().flat_map(|estimate| &estimate.notes);
    notes.filter(move |note| !said_elsewhere(note))
}

/// Work that a model cannot be asked for.
pub(super) fn left_out(comparison: &Comparison) -> Option<Block> {
    list(
        "Left out, since the model cannot be asked for it:",
        comparison.left_out.iter().map(ToString::to_string).collect(),
    )
}
