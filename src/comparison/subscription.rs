//! Subscriptions: what they would buy at API prices. They are no price for API work.

use std::sync::Arc;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::{RouteEstimate, Section};
use crate::catalog::funding::Subscription;
use crate::catalog::route::{Route, Status};
use crate::exchange::FxRates;
use crate::figure::Figure;
use crate::money::{self, WholeRounding};
use crate::unit::Meter;

/// A subscription beside the API price of the same work.
#[derive(Debug, Clone)]
pub struct Offer {
    /// The route that it belongs to.
    pub route: Arc<Route>,
    /// The subscription.
    pub subscription: Subscription,
    /// How many whole API images of the first piece of work cost as much; `None` where that is not exact.
    pub equal_api_images: Option<u64>,
    /// How many whole images of the first piece of work its credits make on its own route; `None` where
    /// that is not exact.
    pub own_images: Option<u64>,
    /// Whether the route is for work by hand only.
    pub by_hand_only: bool,
}

/// The subscriptions of the routes, with their break-even against the official price of the first row.
pub fn offers(routes: &[Arc<Route>], rows: &[RouteEstimate], fx: &FxRates) -> Vec<Offer> {
    // The API price of an image is that of the image model itself.
    let official =
        rows.iter().find(|row| row.section == Section::Official && row.route.image_tool.is_none());
    let api_cost = official.and_then(billed_per_image).filter(|cost| !cost.is_zero());
    let offered =
        routes.iter().filter(|route| rows.iter().any(|row| row.route.model == route.model));
    let mut offers = Vec::new();
    for route in offered {
        let funding = route.funding.iter().flat_map(|funding| &funding.subscriptions);
        offers.extend(funding.map(|subscription| {
            Offer {
                route: route.clone(),
                subscription: subscription.clone(),
                equal_api_images: api_cost
                    .filter(|_| !subscription.price.is_zero())
                    .zip(subscription.in_dollars(fx))
                    .and_then(|(cost, price)| whole_images(price, cost)),
                own_images: own_images(subscription, route, rows),
                by_hand_only: route.status == Status::SubscriptionOnly,
            }
        }));
    }
    offers
}

/// What the owner is paid for an accepted image: whoever looks at images does so whatever makes them.
fn billed_per_image(row: &RouteEstimate) -> Option<Decimal> {
    let attempts = &row.outcome.as_ref().ok()?.attempts;
    let review = attempts.review.map_or(Decimal::ZERO, |review| review.per_accepted_image);
    attempts.per_accepted_image.exact()?.checked_sub(review)
}

/// The credits of a subscription over the credits of an image on the same route.
fn own_images(subscription: &Subscription, route: &Route, rows: &[RouteEstimate]) -> Option<u64> {
    let estimate = rows.iter().find(|row| row.route.id == route.id)?.outcome.as_ref().ok()?;
    let zero = Figure::Exact(Decimal::ZERO);
    let credits = estimate
        .charges
        .iter()
        .try_fold(zero, |sum, charge| sum.try_join(&charge.native, money::add));
    let per_request = credits.ok()?.exact().filter(|credits| !credits.is_zero())?;
    let images = Decimal::from(estimate.usage.count(Meter::Images).exact()?);
    let all = money::multiply(subscription.credits?, images).ok()?;
    whole_images(all, per_request)
}

fn whole_images(price: Decimal, cost: Decimal) -> Option<u64> {
    money::whole_quotient(price, cost, WholeRounding::Down).ok()?.to_u64()
}

impl Offer {
    /// `a month` or `a year`.
    pub fn every(&self) -> &'static str {
        self.subscription.every.in_words()
    }
}
