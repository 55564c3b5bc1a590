//! What a budget takes in cash where credit has to be bought, and from which volume that pays.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::forecast::{CostKind, Forecast};
use super::images::MOST_IMAGES;
use super::month::Month;
use super::scale::add;
use crate::catalog::funding::{Funding, Subscription};
use crate::catalog::route::Route;
use crate::exchange::FxRates;
use crate::figure::Figure;
use crate::fraction::{self, Fraction};
use crate::money::{AmountTooLarge, WholeRounding};
use crate::rating::purchase;

/// From how many accepted images of a month on a route takes no more cash than the base costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BreakEven {
    /// From this many on.
    From(u64),
    /// At no volume.
    Never,
}

/// A subscription of a route, and the accepted images that the base makes for the same money.
#[derive(Debug, Clone)]
pub struct Subscribed {
    /// The route that it belongs to.
    pub route: Arc<Route>,
    /// The subscription.
    pub subscription: Subscription,
    /// The first number of accepted images that costs at least as much; `None` where that is not exact.
    pub images: Option<u64>,
}

/// The cash of a forecast in US dollars, where each month's credit is bought at once; `None` where no route sells
/// credit with fees, bonuses or least purchases.
///
/// # Errors
/// [`AmountTooLarge`] if an amount cannot be kept exact.
pub fn cash(forecast: &Forecast, fx: &FxRates) -> Result<Option<Figure<Decimal>>, AmountTooLarge> {
    let funding = |route: &Route| route.funding.clone().filter(Funding::changes_the_cash);
    // Most budgets buy nothing ahead, and need no second making of their months.
    if !forecast.prices.iter().any(|price| funding(&price.route).is_some()) {
        return Ok(None);
    }
    let mut bought: BTreeMap<(Month, String), (Funding, Figure<Decimal>)> = BTreeMap::new();
    let mut cash = Figure::Exact(Decimal::ZERO);
    for row in forecast.rows() {
        // Seats are paid as they are, without buying credit first.
        let bought_on = row.route.filter(|_| row.kind == CostKind::Images);
        match bought_on.and_then(|route| Some((funding(&route)?, route))) {
            None => cash = add(&cash, &row.cost)?,
            Some((funding, route)) => {
                let credit = bought
                    .entry((row.month, route.id.owner.clone()))
                    .or_insert((funding, Figure::Exact(Decimal::ZERO)));
                credit.1 = add(&credit.1, &row.cost)?;
            }
        }
    }
    if bought.is_empty() {
        return Ok(None);
    }
    for (funding, value) in bought.values() {
        cash = add(&cash, &purchase::cash(value, funding, None, fx)?.cash)?;
    }
    Ok(Some(cash))
}

/// The exact cost of an accepted image over a whole forecast, to a thousand-millionth of a dollar: the
/// rows are fixed at twelve places, and what that leaves over is no difference between two routes.
pub(super) fn per_accepted(forecast: &Forecast) -> Result<Option<Fraction>, AmountTooLarge> {
    let total = forecast.cost()?;
    let accepted = accepted(forecast)?;
    let both = total.exact().zip(accepted.exact()).filter(|(_, accepted)| !accepted.is_zero());
    let Some((total, accepted)) = both else { return Ok(None) };
    let each = crate::money::quotient(total, accepted)?.round_dp(9);
    Ok(Some(fraction::from_decimal(each)))
}

/// The accepted images of a forecast.
pub(super) fn accepted(forecast: &Forecast) -> Result<Figure<Decimal>, AmountTooLarge> {
    let none = Figure::Exact(Decimal::ZERO);
    forecast.months()?.iter().try_fold(none, |sum, month| add(&sum, &month.accepted))
}

/// Where a route at this cost of an accepted image breaks even with a base without fees. The cash for a
/// dollar of credit never rises with the amount, so that there is one border.
pub(super) fn break_even(
    route: &Fraction,
    (funding, fx): (&Funding, &FxRates),
    base: &Fraction,
) -> Result<Option<BreakEven>, AmountTooLarge> {
    let pays = |images: u64| -> Result<Option<bool>, AmountTooLarge> {
        let images = fraction::from_count(images);
        let value = fraction::to_decimal(&(route * &images))?;
        let cash = purchase::cash(&Figure::Exact(value), funding, None, fx)?.cash;
        let Some(cash) = cash.exact() else { return Ok(None) };
        Ok(Some(fraction::from_decimal(cash) <= base * &images))
    };
    let (mut below, mut from) = (0, MOST_IMAGES);
    match pays(from)? {
        None => return Ok(None),
        Some(false) => return Ok(Some(BreakEven::Never)),
        Some(true) => {}
    }
    while from - below > 1 {
        let middle = below + (from - below) / 2;
        if pays(middle)? == Some(true) { from = middle } else { below = middle }
    }
    Ok(Some(BreakEven::From(from)))
}

/// The subscriptions of routes beside what the base makes for the same money; one in another currency than US dollars
/// is compared where its rate is given.
pub(super) fn subscribed(
    routes: &[Arc<Route>],
    base: Option<&Fraction>,
    fx: &FxRates,
) -> Vec<Subscribed> {
    let images = |subscription: &Subscription| {
        let images = fraction::from_decimal(subscription.in_dollars(fx)?) / base?;
        fraction::to_whole(&images, WholeRounding::Up).ok()
    };
    let of = |route: &Arc<Route>| {
        let subscriptions = route.funding.iter().flat_map(|funding| funding.subscriptions.clone());
        let with = |subscription: Subscription| Subscribed {
            route: route.clone(),
            images: images(&subscription),
            subscription,
        };
        subscriptions.map(with).collect::<Vec<_>>()
    };
    routes.iter().flat_map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::funding::{FeeTaken, PurchaseFee};

    fn dec(text: &str) -> Decimal {
        Decimal::from_str_exact(text).expect("a decimal")
    }

    fn with_fee(share: &str, minimum: &str) -> Funding {
        let fee = PurchaseFee { share: dec(share), minimum: dec(minimum), taken: FeeTaken::OnTop };
        Funding { purchase_fee: Some(fee), ..Funding::nothing_stated() }
    }

    fn even(route: &str, funding: &Funding, base: &str) -> Option<BreakEven> {
        let of = |text: &str| fraction::from_decimal(dec(text));
        break_even(&of(route), (funding, &FxRates::new()), &of(base)).expect("fits")
    }

    #[test]
    fn a_least_fee_is_earned_back_by_the_volume() {
        // $0.18 against $0.20 with 5%, at least $0.80: at N images the fee is max(0.009 N, 0.80) and
        // the saving 0.02 N. 0.02 × 40 = 0.80 and 0.009 × 40 = 0.36, so that 40 is the first.
        let fee = with_fee("0.05", "0.80");
        assert_eq!(even("0.18", &fee, "0.20"), Some(BreakEven::From(40)));
        assert_eq!(even("0.199", &fee, "0.20"), Some(BreakEven::Never), "5% is more than 0.5%");
        let no_least = with_fee("0.05", "0");
        assert_eq!(even("0.18", &no_least, "0.20"), Some(BreakEven::From(1)));
    }

    #[test]
    fn an_unknown_fee_has_no_border() {
        let fee = Funding { fee_not_stated: Some("a fee".into()), ..with_fee("0.05", "0") };
        assert_eq!(even("0.1", &fee, "0.2"), None);
    }
}
