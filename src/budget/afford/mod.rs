//! What fits within a limit: the budget as it is written; else what has to change for all that is wanted to fit; else how many
//! images do. All of it is found by asking the forecast itself.
//!
//! ```text
//! limit ─ search ─► images ─ apportion over months ─► Budget ─ forecast ─► cost in the case that counts ─┐
//!            ▲                                                                                           │
//!            └──────────────── keeps to the limit, or not ───────────────────────────────────────────────┘
//! ```
//!
//! There is no second way to price: the answer is a number of images for which the forecast keeps to the
//! limit while that of one image more does not. What the rest of the budget costs is taken from its forecast
//! and not priced again. Months in which a workload cannot be made in full get none of its images; beside what is
//! planned and not made nothing is shown to fit, since that costs something somewhere.

mod alternatives;
mod answer;
mod apportion;
mod asking;
mod beyond;
mod choice;
mod choices;
mod mix;
mod part;
mod search;

use chrono::NaiveDate;

pub use self::answer::{
    Alternative, Answer, Fits, FitsBy, ImagesByMonth, Most, Plan, Qualities, Question, Span,
};
pub use self::choice::{Choice, ChoiceChange, Mix};
pub use self::mix::MOST_IN_A_MIX;

use self::asking::Asking;
use self::part::Part;
use super::at_acceptance::at_acceptance;
use super::error::{BudgetError, too_large};
use super::forecast::forecast;
use super::images::Images;
use super::month::Month;
use super::volume::Volume;
use super::workload::{Budget, Workload};
use crate::catalog::Catalog;
use crate::errors::Errors;

/// Finds what fits.
///
/// # Errors
/// Every workload that cannot be priced as written, or the problems of the tables.
pub fn afford(
    catalog: &Catalog,
    budget: &Budget,
    question: &Question,
    today: NaiveDate,
) -> Result<Answer, Errors<BudgetError>> {
    let written = forecast(catalog, budget, today)?;
    let asking = Asking { catalog, question, today };
    let as_written = asking.as_it_is(&Part::whole(budget));
    let asked = |workload: &&Workload| question.concerns(&workload.name);
    let mut parts = Vec::new();
    for workload in budget.workloads.iter().filter(asked) {
        parts.push((workload, Part::of(budget, &workload.name, &written)?));
    }
    let fits = matches!(as_written, Fits::Within(_));
    let choices = if fits { Vec::new() } else { asking.choices(budget, &parts, &as_written) };
    let fewer = || match (&question.workload, parts.first()) {
        (Some(_), Some((_, part))) => asking.most(part),
        _ => asking.most(&Part::whole(budget)),
    };
    let fewer = (!fits).then(fewer);
    let wanted = asking.shape(budget, None).map(|shape| shape.values().sum());
    Ok(Answer {
        mix: asking.mix(budget, &choices, &as_written),
        most: question.most.then(|| asking.beyond(budget, &parts)),
        as_written,
        wanted: wanted.ok(),
        choices,
        fewer,
        at_acceptance: at_acceptance(catalog, budget, &written, today).map_err(too_large)?,
        not_made: written.not_made(),
        not_planned: written.not_planned,
        assumptions: written.assumptions,
        findings: written.findings,
    })
}

/// The budget with certain images in place of the volumes that they are for.
pub fn planned(budget: &Budget, images: &ImagesByMonth) -> Budget {
    let mut planned = budget.clone();
    for workload in &mut planned.workloads {
        let own = images.iter().filter(|((name, _), _)| *name == workload.name);
        let own: Vec<(Month, Images)> =
            own.map(|((_, month), images)| (*month, Images::exactly(*images))).collect();
        if !own.is_empty() {
            workload.volume = Volume::ByMonth(own.into_iter().collect());
        }
    }
    planned
}
