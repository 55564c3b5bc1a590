//! Rating what a route offers; what it does not offer is refused with the source.

use super::{EstimateError, Terms};
use crate::rating::{self, Facts, PriceTable, Rated};
use crate::request::refusals::Unoffered;
use crate::request::{QualityChoice, RequestError};
use crate::usage::Usage;

pub(super) fn rate(
    usage: &Usage,
    facts: &Facts,
    table: &PriceTable,
    terms: &Terms,
) -> Result<Rated, EstimateError> {
    check(facts, table)?;
    Ok(rating::rate(usage, facts, table, terms.fx)?)
}

/// The same without the floor of its calls.
pub(super) fn rate_before_floor(
    usage: &Usage,
    facts: &Facts,
    table: &PriceTable,
    terms: &Terms,
) -> Result<Rated, EstimateError> {
    check(facts, table)?;
    Ok(rating::rate_before_floor(usage, facts, table, terms.fx)?)
}

pub(super) fn check(facts: &Facts, table: &PriceTable) -> Result<(), RequestError> {
    check_offered(facts, table)?;
    check_resolution(facts, table)
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
            (Some(processing), _) => Unoffered::Processing(processing),
            (_, Some(mode)) => Unoffered::Mode(mode),
            _ if row.quality.is_some() && row.quality.as_ref() == quality => {
                Unoffered::Quality(row.quality.clone().unwrap_or_default())
            }
            _ => continue,
        };
        return Err(RequestError::NotOffered {
            route: table.route.id.to_string(),
            what,
            evidence: Box::new((*row.evidence).clone()),
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
