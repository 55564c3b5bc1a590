//! The model that writes an SVG file: billed by its maker beside the image that it draws from.

use super::{EstimateError, Terms, mainline};
use crate::catalog::Catalog;
use crate::catalog::conditions::Processing;
use crate::figure::Figure;
use crate::note::SecondModel;
use crate::rating::{self, Part, PriceTable, Rated, SvgPrice};
use crate::reason::{self, Metering, Whose};
use crate::request::Draft;
use crate::unit::Meter;
use crate::usage::Usage;

/// Its lines: what it reads and writes stands in the reply alone. The maker of the image model bills it at the rates of
/// the model that a body names; what another owner charges is its own, and not stated where its table does not say.
pub(super) fn author(
    catalog: &Catalog,
    draft: &Draft,
    table: &PriceTable,
    terms: &Terms,
) -> Result<Rated, EstimateError> {
    let is_asked = draft.svg_author.is_some() || draft.output_format.as_deref() == Some("svg");
    if !is_asked {
        return Ok(Rated::default());
    }
    let mut usage = Usage::default();
    for meter in [Meter::TextInput, Meter::TextOutput] {
        usage.set(meter, Figure::unknown(0, Metering::SvgAuthorOpen), Vec::new());
    }
    let processing = draft.processing.unwrap_or(Processing::Standard);
    match rating::svg_price(&usage, processing, table, terms.fx)? {
        SvgPrice::Included => return Ok(Rated::default()),
        SvgPrice::Lines(rated) => return Ok(rated.located(&Whose::of(&table.route))),
        SvgPrice::OfMaker => {}
    }
    let rated = match &draft.svg_author {
        None => mainline::unpriced(&usage, reason::Reply::SvgAuthorNotNamed),
        Some(name) => {
            let own = Terms { route: None, ..terms.clone() };
            mainline::charges(catalog, name, SecondModel::WroteSvg, &usage, processing, &own)?
        }
    };
    Ok(rated.of(&Part::SvgAuthor))
}
