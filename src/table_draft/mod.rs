//! A first table from the one line that an offer usually is.
//!
//! ```text
//! offer, catalogue ─ check ─► its meaning ─ text (yaml, template) ─► owner.yaml, <alias>.yaml ─ load ─► files
//! ```
//!
//! What the line does not say stays `not_stated`, with a comment that tells what to find out. The files
//! are loaded with the catalogue that they are meant for before anyone gets them.

mod check;
mod error;
mod template;
mod text;
mod unstated;
mod yaml;

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::catalog::Catalog;
use crate::catalog::evidence::Confidence;
use crate::catalog::files::{Origin, TableFile};
use crate::catalog::model::Model;
use crate::catalog::owner::OwnerKind;
use crate::catalog::price::PriceUnit;
use crate::catalog::route::RouteId;

pub use error::{DraftError, OfferError};
pub use unstated::Unstated;

/// An offer as given.
#[derive(Debug, Clone)]
pub struct Offer {
    /// The id of the price owner, which names its folder.
    pub owner: String,
    /// What the owner is to the model.
    pub kind: OwnerKind,
    /// The price.
    pub price: OfferedPrice,
    /// The model; without one, that of the route that the price is a multiple of, or gpt-image-2.
    pub model: Option<String>,
    /// What the caller sends as the model; without one, the model's id.
    pub alias: Option<String>,
    /// The currency; without one, that of the route that the price is a multiple of, or USD.
    pub currency: Option<String>,
    /// Who says so.
    pub source: Option<String>,
    /// The offer's own date.
    pub seen: Option<NaiveDate>,
    /// How well it is supported.
    pub confidence: Option<Confidence>,
}

/// The price of an offer.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum OfferedPrice {
    /// For each image, by quality; without a label for any quality.
    PerImage(Vec<(Option<String>, Decimal)>),
    /// For each call.
    PerCall(Decimal),
    /// A factor on another route's list.
    Multiple {
        /// The factor.
        factor: Decimal,
        /// The other route, by a unique ending of its id.
        of: String,
    },
}

/// Files that are ready to be written.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The files: that of the owner unless there is one already, then that of the route.
    pub files: Vec<TableFile>,
    /// The route.
    pub route: RouteId,
    /// The model behind it.
    pub model: String,
    /// Owners to compare with: the model's maker, and whose list the price is a multiple of.
    pub beside: Vec<String>,
    /// A quality that the offer prices, where it names any.
    pub quality: Option<String>,
    /// Whether the price rests on weak evidence, so that it is shown on request only.
    pub quoted: bool,
    /// What is still to be found out.
    pub open: Vec<Unstated>,
}

/// What an offer means, with everything resolved.
struct Meaning<'a> {
    offer: &'a Offer,
    route: RouteId,
    model: Arc<Model>,
    /// The labels of the model, the cheapest first.
    labels: Vec<String>,
    alias: String,
    unit: PriceUnit,
    /// The full id of the route that the price is a multiple of.
    basis: Option<RouteId>,
}

/// Drafts the files of an offer for a folder that holds these files already.
///
/// # Errors
/// [`DraftError`]: the offer cannot be entered, or a table is wrong.
pub fn draft(existing: &[TableFile], offer: &Offer, today: NaiveDate) -> Result<Draft, DraftError> {
    let catalog = Catalog::of_files(existing.to_vec())?;
    let meaning = check::meaning(&catalog, offer, today)?;
    let files = files(&catalog, &meaning, today);
    Catalog::of_files(existing.iter().chain(&files).cloned().collect())?;
    let maker = &meaning.model.maker;
    let official = catalog.route(&format!("official/{maker}/{}", meaning.model.id)).is_ok();
    let mut beside: Vec<String> = official.then(|| maker.clone()).into_iter().collect();
    beside.extend(meaning.basis.as_ref().map(|basis| basis.owner.clone()));
    beside.dedup();
    Ok(Draft {
        files,
        model: meaning.model.id.clone(),
        beside,
        quality: dearest_label(&meaning),
        quoted: offer.confidence.unwrap_or(Confidence::Low) == Confidence::Low,
        open: text::open(&meaning, catalog.has_owner(offer.kind, &offer.owner)),
        route: meaning.route,
    })
}

fn files(catalog: &Catalog, meaning: &Meaning, today: NaiveDate) -> Vec<TableFile> {
    let offer = meaning.offer;
    let folder = format!("{}/{}", offer.kind.as_str(), offer.owner);
    let file = |path: String, text: String| TableFile {
        shown: path.clone(),
        path,
        text: text.into(),
        origin: Origin::Own,
    };
    let route = file(format!("{}.yaml", meaning.route), text::route(meaning, today));
    match catalog.has_owner(offer.kind, &offer.owner) {
        true => vec![route],
        false => vec![file(format!("{folder}/owner.yaml"), text::owner(meaning)), route],
    }
}

/// The last label of the model that the offer has a price for.
fn dearest_label(meaning: &Meaning) -> Option<String> {
    let OfferedPrice::PerImage(prices) = &meaning.offer.price else { return None };
    let priced = |label: &&String| prices.iter().any(|(named, _)| named.as_ref() == Some(*label));
    meaning.labels.iter().rev().find(priced).cloned()
}
