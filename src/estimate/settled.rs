//! What a request that leaves size or quality to the model costs once they are settled.

use rust_decimal::Decimal;

use super::{Estimate, EstimateError, Subject, Terms, Tried, estimate_request, sensitivities};
use crate::catalog::Catalog;
use crate::catalog::dated::in_force;
use crate::figure::Figure;
use crate::request::{Draft, QualityChoice, SizeChoice};
use crate::size::Size;

/// The cost of a request at one size and quality.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// The size.
    pub size: Size,
    /// The quality; `None` where the model takes none.
    pub quality: Option<String>,
    /// The total.
    pub total: Figure<Decimal>,
}

/// Prices a request, with what it costs once a size or quality that it leaves to the model is settled, and what moves
/// its cost.
///
/// # Errors
/// Those of [`estimate_request`].
pub fn price_request(
    catalog: &Catalog,
    draft: &Draft,
    terms: &Terms,
) -> Result<Estimate, EstimateError> {
    let mut estimate = estimate_request(catalog, draft, terms)?;
    estimate.settled = settled(catalog, draft, &estimate, terms)?;
    let price = |draft: &Draft| estimate_request(catalog, draft, terms);
    estimate.sensitivities = sensitivities(&estimate, Some(Tried { draft, price: &price }))?;
    Ok(estimate)
}

/// The same request at each quality that `auto` can mean, at the size asked for or else the default one;
/// nothing for a request that leaves neither open.
///
/// # Errors
/// Those of [`estimate_request`].
fn settled(
    catalog: &Catalog,
    draft: &Draft,
    estimate: &Estimate,
    terms: &Terms,
) -> Result<Vec<Settled>, EstimateError> {
    let Subject::Request(request) = &estimate.subject else { return Ok(Vec::new()) };
    let open =
        request.size == Some(SizeChoice::Auto) || request.quality == Some(QualityChoice::Auto);
    let Ok(rules) = in_force(&estimate.model.rules, estimate.as_of) else { return Ok(Vec::new()) };
    let size = match request.size {
        Some(SizeChoice::Exact(size)) => Some(size),
        _ => rules.sizes.default,
    };
    let Some(size) = size.filter(|_| open) else { return Ok(Vec::new()) };
    let labels: Vec<Option<String>> = match &request.quality {
        Some(QualityChoice::Label(label)) => vec![Some(label.clone())],
        Some(QualityChoice::Auto) => rules.labels().iter().cloned().map(Some).collect(),
        None => vec![None],
    };
    let mut figures = Vec::new();
    for quality in labels {
        let asked =
            Draft { size: Some(size.to_string()), quality: quality.clone(), ..draft.clone() };
        match estimate_request(catalog, &asked, terms) {
            Ok(estimate) => figures.push(Settled { size, quality, total: estimate.total }),
            // What the route refuses is no way to settle it.
            Err(EstimateError::Request(_)) => {}
            Err(broken) => return Err(broken),
        }
    }
    Ok(figures)
}
