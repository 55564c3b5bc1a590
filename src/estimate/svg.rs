//! The model that writes an SVG file: billed by its maker beside the image that it draws from.

use super::{EstimateError, Terms, mainline};
use crate::catalog::Catalog;
use crate::catalog::owner::OwnerKind;
use crate::catalog::price::Processing;
use crate::catalog::route::Route;
use crate::figure::Figure;
use crate::note::SecondModel;
use crate::rating::{Part, Rated};
use crate::reason::{self, Metering};
use crate::request::Draft;
use crate::unit::Meter;
use crate::usage::Usage;

/// Its lines, at the rates of the model that a body names: what it reads and writes stands in the reply alone. Another
/// owner's price of an SVG file is its own.
pub(super) fn author(
    catalog: &Catalog,
    draft: &Draft,
    route: &Route,
    terms: &Terms,
) -> Result<Rated, EstimateError> {
    let is_asked = draft.svg_author.is_some() || draft.output_format.as_deref() == Some("svg");
    if !is_asked || route.id.kind != OwnerKind::Official {
        return Ok(Rated::default());
    }
    let mut usage = Usage::default();
    for meter in [Meter::TextInput, Meter::TextOutput] {
        usage.set(meter, Figure::unknown(0, Metering::SvgAuthorOpen), Vec::new());
    }
    let processing = draft.processing.unwrap_or(Processing::Standard);
    let rated = match &draft.svg_author {
        None => mainline::unpriced(&usage, reason::Reply::SvgAuthorNotNamed),
        Some(name) => {
            let own = Terms { route: None, ..terms.clone() };
            mainline::charges(catalog, name, SecondModel::WroteSvg, &usage, processing, &own)?
        }
    };
    Ok(rated.of(&Part::SvgAuthor))
}
