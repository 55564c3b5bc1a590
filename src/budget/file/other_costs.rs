//! Costs that no price table holds, as written → [`OtherCost`]s in US dollars.

use super::amounts::dollars;
use super::frame::Frame;
use super::raw::RawOtherCost;
use super::span::within;
use super::tags::tags;
use crate::budget::workload::{CostPer, OtherCost};
use crate::catalog::check::Checker;
use crate::catalog::yaml::span;
use crate::problem::ProblemCode;

/// Other costs; those of a whole budget come each month.
pub(super) fn other_costs(
    check: &mut Checker,
    raw: &[RawOtherCost],
    frame: &Frame,
    monthly_only: bool,
) -> Option<Vec<OtherCost>> {
    let costs = raw.iter().map(|raw| {
        let name = check.text(&raw.name);
        let amount = dollars(check, &raw.amount, frame.rate);
        let months = within(check, "cost", [raw.from.as_ref(), raw.to.as_ref()], frame.months);
        let tags = tags(check, &raw.tags);
        let per = check.word(&raw.per);
        if monthly_only && per.is_some_and(|per| per != CostPer::Month) {
            let message = "a cost of the whole budget comes each month";
            let help = "write `per: month`, or move it to the workload that it comes with";
            check.report(ProblemCode::UnknownWord, span(&raw.per), message, help);
            return None;
        }
        let [from, to] = months?;
        Some(OtherCost { name: name?, amount: amount?, per: per?, from, to, tags: tags? })
    });
    costs.collect::<Vec<_>>().into_iter().collect()
}
