//! A request → an estimate.

use rust_decimal::Decimal;

use super::offered::rate;
use super::place::Place;
use super::{Estimate, EstimateError, Subject, Terms};
use crate::catalog::Catalog;
use crate::catalog::model::ModelRules;
use crate::catalog::price::{Mode, Processing};
use crate::catalog::route::Route;
use crate::figure::Figure;
use crate::metering::{self, Metered};
use crate::note::{Note, NoteCode};
use crate::rating::{Facts, PriceTable};
use crate::request::{Draft, QualityChoice, Request, SizeChoice, settle};
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
    let mut place = Place::find(catalog, draft.model.as_deref(), terms)?;
    let rules = place.rules(terms.as_of)?.clone();
    let (request, mut assumptions) = settle(draft, &place.model, &rules)?;
    let Metered { mut usage, notes, assumptions: metering_assumptions } =
        metering::meter(&request, &rules)?;
    assumptions.extend(metering_assumptions);
    place.assumptions.extend(assumptions);
    place.notes.extend(draft.notes.clone());
    place.notes.extend(notes);
    place.notes.extend(cached_note(&place.table.route, &usage));
    let published_estimate = published_estimate(&request, &place.table.route);
    let images = request.n;
    place.notes.extend(set_calls(&mut usage, images, request.input_images.len(), &place.table));
    let facts = request_facts(&request, &rules, terms);
    let rated = rate(&usage, &facts, &place.table, terms)?;
    place.finish(Subject::Request(request), usage, rated, images, published_estimate, terms)
}

/// The calls that a request takes on a route, with the reference images that each of them sends.
fn set_calls(
    usage: &mut Usage,
    images: u32,
    input_images: usize,
    table: &PriceTable,
) -> Option<Note> {
    let (calls, stated) = table.calls(images);
    let how = if stated {
        "as the owner states"
    } else {
        "one image a call, since the owner states no more"
    };
    usage.set(Meter::Calls, Figure::Exact(u64::from(calls)), vec![how.into()]);
    let sent = (input_images as u64).saturating_mul(u64::from(calls));
    usage.set(
        Meter::InputImages,
        Figure::Exact(sent),
        vec![format!("{input_images} in each of {calls} calls")],
    );
    (!stated && images > 1 && table.bills_calls()).then(|| {
        let text = format!("how many images a call makes is not stated, so {images} images are priced as {images} calls");
        Note::new(NoteCode::ImagesPerCallNotStated, text)
    })
}

fn request_facts(request: &Request, rules: &ModelRules, terms: &Terms) -> Facts {
    Facts {
        processing: request.processing,
        mode: if request.edit { Mode::Edit } else { Mode::Generate },
        quality: Some(request.quality.clone()),
        size: Some(request.size),
        labels: rules.qualities.labels.clone(),
        resolution: terms.resolution.map(str::to_owned),
        format: request.output_format.clone(),
    }
}

fn cached_note(route: &Route, usage: &Usage) -> Option<Note> {
    let cached = [Meter::CachedTextInput, Meter::CachedImageInput];
    let any = cached.into_iter().any(|meter| usage.count(meter) != Figure::Exact(0));
    (any && route.cached_discount_seen == Some(false)).then(|| {
        let text = "no reply of the Images API has shown the cached discount; count on it only where your replies do";
        Note::new(NoteCode::CachedDiscountNotSeen, text)
    })
}

fn published_estimate(request: &Request, route: &Route) -> Option<Decimal> {
    match (&request.quality, request.size, request.processing) {
        (QualityChoice::Label(label), SizeChoice::Exact(size), Processing::Standard) => {
            route.published_estimates.as_ref()?.of(label, size)
        }
        _ => None,
    }
}
