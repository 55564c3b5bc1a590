//! The answer to a comparison: which route is the cheapest, what costs the same, and what is lower and may not be named.

use rust_decimal::Decimal;

use super::{Candidate, Comparison, RouteEstimate, Section, Work, cheapest};
use crate::figure::Figure;

/// The answer for one piece of work.
#[derive(Debug)]
pub struct Answer<'a> {
    /// The work.
    pub work: &'a Work,
    /// The model maker's own row, if it is among them.
    pub official: Option<&'a RouteEstimate>,
    /// The cheapest that may be named.
    pub cheapest: Option<&'a RouteEstimate>,
    /// Others that may be named and cost the same.
    pub same: Vec<&'a RouteEstimate>,
    /// What is lower, at a price that is undated or old.
    pub lower_in_doubt: Vec<&'a RouteEstimate>,
    /// What is lower, and is not stated to make the size and the quality asked for.
    pub lower_not_stated: Vec<&'a RouteEstimate>,
    /// A row that may be named and takes less cash for the volume than the cheapest, with that cash.
    pub less_cash: Option<(&'a RouteEstimate, &'a Figure<Decimal>)>,
}

/// An answer for each piece of work, in the order in which they were asked for.
pub fn answers(comparison: &Comparison) -> Vec<Answer<'_>> {
    comparison.works.iter().map(|work| answer(comparison, work)).collect()
}

fn answer<'a>(comparison: &'a Comparison, work: &'a Work) -> Answer<'a> {
    let rows = || comparison.rows.iter().filter(|row| row.work == *work);
    let mut ranked: Vec<&RouteEstimate> =
        rows().filter(|row| row.section.is_comparable() && !row.corrected).collect();
    ranked.sort_by(|a, b| a.route.id.cmp(&b.route.id));
    let candidate = |row: &&'a RouteEstimate| {
        Some(Candidate {
            item: *row,
            most: row.cost()?.high()?,
            doubt: row.doubt(comparison.aged_on),
            is_the_product: row.is_the_product(),
            goes_first: row.section == Section::Official,
        })
    };
    let candidates: Vec<Candidate<&RouteEstimate>> = ranked.iter().filter_map(candidate).collect();
    let nameable: Vec<&RouteEstimate> = candidates
        .iter()
        .filter(|it| it.is_the_product && it.doubt.is_none())
        .map(|it| it.item)
        .collect();
    let found = cheapest(candidates);
    Answer {
        work,
        official: rows()
            .find(|row| row.section == Section::Official && row.route.image_tool.is_none()),
        less_cash: found.named.and_then(|named| less_cash(&nameable, named)),
        cheapest: found.named,
        same: found.same,
        lower_in_doubt: found.lower_in_doubt,
        lower_not_stated: found.lower_not_stated,
    }
}

/// The row that takes the least cash for the volume, if that is less than the cheapest takes. Cash without a known
/// most is not ranked: a fee of unknown rate may make it any amount.
fn less_cash<'a>(
    rows: &[&'a RouteEstimate],
    cheapest: &RouteEstimate,
) -> Option<(&'a RouteEstimate, &'a Figure<Decimal>)> {
    let paid = cheapest.cash()?.high()?;
    let known = rows.iter().filter_map(|row| Some((row.cash()?.high()?, *row, row.cash()?)));
    let (least, row, cash) = known.min_by_key(|(most, ..)| *most)?;
    (least < paid).then_some((row, cash))
}

impl RouteEstimate {
    /// What the owner takes in cash for the volume: the purchases that it needs, or what it bills where nothing is
    /// bought ahead.
    fn cash(&self) -> Option<&Figure<Decimal>> {
        let estimate = self.outcome.as_ref().ok()?;
        let volume = estimate.attempts.volume.as_ref()?;
        Some(estimate.purchase.as_ref().map_or(&volume.billed, |purchase| &purchase.cash))
    }
}
