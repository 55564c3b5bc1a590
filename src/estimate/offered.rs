//! Rating what a route offers; what it does not offer is refused with the source.

use super::{EstimateError, Terms};
use crate::rating::{self, Facts, PriceTable, Rated};
use crate::request::{QualityChoice, RequestError};
use crate::usage::Usage;

pub(super) fn rate(
    usage: &Usage,
    facts: &Facts,
    table: &PriceTable,
    terms: &Terms,
) -> Result<Rated, EstimateError> {
    check_offered(facts, table)?;
    check_resolution(facts, table)?;
    Ok(rating::rate(usage, facts, table, terms.fx)?)
}

fn check_offered(facts: &Facts, table: &PriceTable) -> Result<(), RequestError> {
    let quality = match &facts.quality {
        Some(QualityChoice::Label(label)) => Some(label),
        _ => None,
    };
    for row in &table.version().not_offered {
        let processing = row.processing.filter(|kind| *kind == facts.processing);
        let mode = row.mode.filter(|mode| *mode == facts.mode);
        let what = match (processing, mode) {
            (Some(processing), _) => format!("{} processing", processing.as_str()),
            (_, Some(mode)) => mode.plural().to_owned(),
            _ if row.quality.is_some() && row.quality.as_ref() == quality => {
                format!("quality {}", row.quality.as_deref().unwrap_or_default())
            }
            _ => continue,
        };
        return Err(RequestError::NotOffered {
            route: table.route.id.to_string(),
            what,
            is_processing: processing.is_some(),
            source_in_words: row.evidence.in_words(),
        });
    }
    Ok(())
}

fn check_resolution(facts: &Facts, table: &PriceTable) -> Result<(), RequestError> {
    let (Some(named), Some(classes)) = (&facts.resolution, &table.version().classes) else {
        return Ok(());
    };
    let known: Vec<String> = classes.buckets.iter().map(|bucket| bucket.name.clone()).collect();
    if known.contains(named) {
        return Ok(());
    }
    Err(RequestError::UnknownResolution {
        resolution: named.clone(),
        of: table.route.id.to_string(),
        known,
    })
}
