//! What an owner charges for writing an SVG file, beside the image that it is drawn from.

use std::sync::Arc;

use super::circumstances::Circumstances;
use super::lines::charges_of;
use super::{FxRates, Part, PriceTable, Rated, TableRate, without_table};
use crate::catalog::conditions::{Mode, Processing};
use crate::catalog::owner::OwnerKind;
use crate::catalog::price::{Rate, SvgAuthoring};
use crate::money::AmountTooLarge;
use crate::reason::Pricing;
use crate::usage::Usage;

/// The format of a file that a second model writes.
const SVG: &str = "svg";

/// Who prices the model that writes an SVG file on a route.
#[derive(Debug, Clone)]
pub enum SvgPrice {
    /// The maker of the image model bills it by the table of the model that writes.
    OfMaker,
    /// The price of the image includes it, or the table has rates for the format.
    Included,
    /// These lines, by the owner of the route or not stated.
    Lines(Rated),
}

/// What a table says of writing an SVG file with so many tokens.
///
/// # Errors
/// [`AmountTooLarge`] if an amount cannot be kept exact.
pub fn svg_price(
    usage: &Usage,
    processing: Processing,
    table: &PriceTable,
    fx: &FxRates,
) -> Result<SvgPrice, AmountTooLarge> {
    let is_svg = |format: &Option<String>| format.as_deref() == Some(SVG);
    if table.rate_conditions().any(|(_, when)| is_svg(&when.format)) {
        return Ok(SvgPrice::Included);
    }
    let rates = match &table.version().svg_authoring {
        Some(SvgAuthoring::Included) => return Ok(SvgPrice::Included),
        Some(SvgAuthoring::Rates(rates)) => rates,
        None if table.route.id.kind == OwnerKind::Official => return Ok(SvgPrice::OfMaker),
        None => {
            let rated = without_table(usage, Pricing::SvgAuthoringNotStated);
            return Ok(SvgPrice::Lines(rated.of(&Part::SvgAuthor)));
        }
    };
    let list: Vec<TableRate> = rates.iter().map(|rate| of_table(rate, table)).collect();
    let charges = charges_of(usage, &circumstances(processing), (table, &list), fx)?;
    Ok(SvgPrice::Lines(Rated { charges, notes: Vec::new() }.of(&Part::SvgAuthor)))
}

fn of_table(rate: &Arc<Rate>, table: &PriceTable) -> TableRate {
    let evidence = rate.evidence.as_ref().unwrap_or(&table.version().evidence).clone();
    let evidence = [evidence].into();
    TableRate { rate: rate.clone(), basis: None, evidence, read_on: None, assumed: None }
}

fn circumstances(processing: Processing) -> Circumstances {
    Circumstances {
        processing,
        mode: Mode::Generate,
        quality: None,
        size: None,
        aspect: None,
        class: None,
        format: None,
        input_tokens: 0,
    }
}
