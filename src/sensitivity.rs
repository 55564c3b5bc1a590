//! What moves a cost: what it takes for granted, what was tried in its place, and what the cost then is.

use std::cmp::Reverse;

use rust_decimal::Decimal;

use crate::difference::difference;
use crate::figure::Figure;
use crate::money::AmountTooLarge;
use crate::reason::{Attempts, Reason, ReasonKind};
use crate::size::Size;

/// How many premises stand beside a cost.
pub const MOST_SENSITIVITIES: usize = 5;

/// By which share prices of later days are tried higher: 10%.
pub(crate) const HIGHER_PRICES: Decimal = Decimal::from_parts(1, 0, 0, false, 1);

coded! {
    /// What a cost takes for granted, with what was tried in its place.
    #[derive(Debug, Clone, PartialEq, Eq)]
    #[non_exhaustive]
    pub enum Premise {
        /// Every delivered image is accepted, since no acceptance was given; a share of them was tried.
        AllAccepted(Decimal) => "all_accepted",
        /// Attempts without an image are free where nobody states who pays for them; that they are charged in full was
        /// tried.
        UnstatedChargesFree => "unstated_charges_free",
        /// A quality stands for one that was not named; the one that costs most was tried.
        DefaultQuality {
            /// The quality that was taken.
            taken: String,
            /// The one that was tried.
            tried: String,
        } => "default_quality",
        /// A size stands for one that was not named; the common size that costs most was tried.
        DefaultSize {
            /// The size that was taken.
            taken: Size,
            /// The one that was tried.
            tried: Size,
        } => "default_size",
        /// No prompt is sent, since none was given; one of so many tokens was tried.
        NoPrompt(u64) => "no_prompt",
        /// The volume does not grow, since no growth was given; growth by this share a month was tried.
        SameVolume(Decimal) => "default_growth",
        /// Days after today have today's list price; one that is higher by this share was tried.
        PricesStay(Decimal) => "prices_stay",
        /// As `prices_stay`, of the prices of images alone: seats of the same budget stay at theirs.
        ImagePricesStay(Decimal) => "image_prices_stay",
    }
}

impl Premise {
    /// What was tried, as it is written on the command line or in a file; nothing where there is one other case only.
    pub fn tried(&self) -> Option<String> {
        match self {
            Premise::AllAccepted(share)
            | Premise::SameVolume(share)
            | Premise::PricesStay(share)
            | Premise::ImagePricesStay(share) => Some(share.normalize().to_string()),
            Premise::UnstatedChargesFree => None,
            Premise::DefaultQuality { tried, .. } => Some(tried.clone()),
            Premise::DefaultSize { tried, .. } => Some(tried.to_string()),
            Premise::NoPrompt(tokens) => Some(tokens.to_string()),
        }
    }
}

/// A premise of a cost, and the cost without it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sensitivity {
    /// What is taken for granted, and what was tried.
    pub premise: Premise,
    /// The workloads of a budget that it is of, in their order; none where it is of all, or of one request.
    pub workloads: Vec<String>,
    /// The cost with what was tried, in US dollars.
    pub cost: Figure<Decimal>,
    /// By how much it is more than the cost that it stands beside; `None` where either is not known in full.
    pub change: Option<Figure<Decimal>>,
}

impl Sensitivity {
    /// A premise with the cost now and the one that was tried; `None` where it moves nothing, or it is not known by how
    /// much. What is known at another acceptance is said nevertheless.
    ///
    /// # Errors
    /// [`AmountTooLarge`] if the difference cannot be kept exact.
    pub(crate) fn between(
        premise: Premise,
        now: &Figure<Decimal>,
        cost: Figure<Decimal>,
    ) -> Result<Option<Sensitivity>, AmountTooLarge> {
        let change = difference(&cost, now)?;
        let moves = match &change {
            None => matches!(premise, Premise::AllAccepted(_)) && !cost.low().is_zero(),
            Some(change) => {
                !change.low().is_zero() || change.high().is_some_and(|it| !it.is_zero())
            }
        };
        Ok(moves.then_some(Sensitivity { premise, workloads: Vec::new(), cost, change }))
    }

    /// By how much it moves the cost at the most.
    fn most(&self) -> Decimal {
        let ends = self.change.iter().flat_map(|it| [Some(it.low()), it.high()]).flatten();
        ends.map(|end| end.abs()).max().unwrap_or_default()
    }
}

/// From nobody who pays for attempts without an image, which is the low end, to a charge in full, which is the high one;
/// nothing where a cost is open for another reason as well.
///
/// # Errors
/// [`AmountTooLarge`] if the difference cannot be kept exact.
pub(crate) fn unstated_charges(
    cost: &Figure<Decimal>,
) -> Result<Option<Sensitivity>, AmountTooLarge> {
    let is_charge = |reason: &Reason| {
        matches!(reason.kind(), ReasonKind::Attempts(Attempts::ChargeNotStated(_)))
    };
    match cost {
        Figure::Range { low, high, reasons, .. } if reasons.iter().all(is_charge) => {
            let [free, charged] = [*low, *high].map(Figure::Exact);
            Sensitivity::between(Premise::UnstatedChargesFree, &free, charged)
        }
        _ => Ok(None),
    }
}

/// The few that stand beside a cost: the acceptance first, which few know when they ask, then what moves the cost most.
pub(crate) fn largest(mut all: Vec<Sensitivity>) -> Vec<Sensitivity> {
    let is_acceptance = |it: &Sensitivity| matches!(it.premise, Premise::AllAccepted(_));
    all.sort_by_key(|it| (!is_acceptance(it), Reverse(it.most())));
    all.truncate(MOST_SENSITIVITIES);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moved(premise: Premise, by: i64) -> Sensitivity {
        let now = Figure::Exact(Decimal::from(100));
        let then = Figure::Exact(Decimal::from(100 + by));
        Sensitivity::between(premise, &now, then).expect("fits").expect("moves")
    }

    #[test]
    fn the_acceptance_comes_first_and_then_what_moves_most() {
        let percent = |share| Decimal::new(share, 2);
        let all = vec![
            moved(Premise::NoPrompt(100), 1),
            moved(Premise::SameVolume(percent(3)), -40),
            moved(Premise::PricesStay(percent(10)), 10),
            moved(Premise::AllAccepted(percent(70)), 5),
        ];
        let codes: Vec<&str> = largest(all).iter().map(|it| it.premise.code()).collect();
        assert_eq!(codes, ["all_accepted", "default_growth", "prices_stay", "no_prompt"]);
    }

    #[test]
    fn what_moves_nothing_is_not_said() {
        let cost = Figure::Exact(Decimal::ONE);
        let same = Sensitivity::between(Premise::NoPrompt(100), &cost, cost.clone());
        assert_eq!(same, Ok(None));
    }
}
