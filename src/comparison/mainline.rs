//! What is said of a mainline model concerns some routes only: what is wrong about it for all of them.

use super::{Question, RouteEstimate};
use crate::catalog::Catalog;
use crate::estimate::{EstimateError, refuse_mainline};
use crate::request::RequestError;

/// Whether the mainline model is a mistake of the user's, and not something that a route lacks.
pub(super) fn is_mistaken(error: &RequestError) -> bool {
    matches!(error, RequestError::UnknownMainlineModel { .. })
}

/// Refuses what is said of a mainline model where it is of no use to any row.
pub(super) fn refuse_without_tool_route(
    catalog: &Catalog,
    question: &Question,
    rows: &[RouteEstimate],
) -> Result<(), EstimateError> {
    let asked = question.drafts.iter().find(|draft| draft.is_conversation());
    let of_use = question.reply.is_some() || rows.iter().any(|row| row.route.image_tool.is_some());
    match (asked, rows.first()) {
        (Some(draft), Some(row)) if !of_use => refuse_mainline(catalog, draft, &row.route),
        _ => Ok(()),
    }
}
