//! What moves the cost of the rows that answer a comparison.

use super::{Comparison, Question, answers, is_work_of};
use crate::catalog::Catalog;
use crate::estimate::{EstimateError, Terms, Tried, estimate_work, sensitivities};

/// Says of the cheapest row of each piece of work what moves its cost most.
///
/// # Errors
/// Those of pricing.
pub(super) fn of_answers(
    comparison: &mut Comparison,
    catalog: &Catalog,
    question: &Question,
    terms: &Terms,
) -> Result<(), EstimateError> {
    let cheapest = answers(comparison).into_iter().filter_map(|answer| answer.cheapest);
    let cheapest: Vec<(String, super::Work)> =
        cheapest.map(|row| (row.route.id.to_string(), row.work.clone())).collect();
    let is_reply = question.reply.is_some();
    for row in &mut comparison.rows {
        let id = row.route.id.to_string();
        if !cheapest.iter().any(|(route, work)| *route == id && *work == row.work) {
            continue;
        }
        let (Ok(estimate), Some(draft)) =
            (&mut row.outcome, question.drafts.iter().find(|draft| is_work_of(&row.work, draft)))
        else {
            continue;
        };
        let at_route = Terms { route: Some(&id), ..terms.clone() };
        let price = |draft: &_| estimate_work(catalog, draft, &at_route);
        let tried = (!is_reply).then_some(Tried { draft, price: &price });
        estimate.sensitivities = sensitivities(estimate, tried)?;
    }
    Ok(())
}
