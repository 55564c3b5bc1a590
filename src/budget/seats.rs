//! Seats: subscriptions of price owners, by number and months, at the offers that the catalogue has of them.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use super::month::Month;
use crate::catalog::evidence::Evidence;
use crate::catalog::funding::{Payment, Subscription};
use crate::catalog::route::Route;
use crate::catalog::{Catalog, LookupError};
use crate::help::Help;

/// The most seats of a plan in one entry.
pub const MOST_SEATS: u64 = 1_000_000;

/// So many seats of a plan, from month to month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seats {
    /// The id of the route that the plan is sold under, or a unique ending of it.
    pub plan: String,
    /// The name of the offer, where the plan is sold by several.
    pub offer: Option<String>,
    /// How it is paid, where its offers differ by that.
    pub paid: Option<Payment>,
    /// How many, from 1 to [`MOST_SEATS`].
    pub number: u64,
    /// The first month, from which the years of a yearly payment count; the budget's where it is left out.
    pub from: Option<Month>,
    /// The last month, included; the budget's where it is left out.
    pub to: Option<Month>,
    /// Team, cost centre and the like.
    pub tags: BTreeMap<String, String>,
}

/// The offer that seats are priced by, and the route that it stands with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    /// The route of the plan.
    pub route: Arc<Route>,
    /// The offer.
    pub offer: Subscription,
}

/// Why no offer of the catalogue prices seats.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum NoOffer {
    /// The catalogue has no such plan, or not yet on the day of knowledge.
    NoPlan {
        /// The name.
        plan: String,
        /// Why it leads to no route.
        why: LookupError,
    },
    /// No price of a seat is known.
    NotSold {
        /// The id of the route.
        plan: String,
    },
    /// The plan has offers, and none of this name or payment.
    NoneFits {
        /// The id of the route.
        plan: String,
        /// Its offers.
        offers: Vec<Subscription>,
    },
    /// Several offers fit.
    Several {
        /// The id of the route.
        plan: String,
        /// Those that fit.
        offers: Vec<Subscription>,
    },
    /// The offer is not sold in so small a number.
    TooFew {
        /// How many are planned.
        number: u64,
        /// The least that is sold.
        at_least: u64,
        /// The name of the offer.
        offer: String,
    },
}

impl Seats {
    /// The one offer of the catalogue that fits.
    ///
    /// # Errors
    /// [`NoOffer`]: why there is none, or not one alone.
    pub fn offer(&self, catalog: &Catalog) -> Result<Offered, NoOffer> {
        let no_plan = |why| NoOffer::NoPlan { plan: self.plan.clone(), why };
        let route = catalog.route(&self.plan).map_err(no_plan)?;
        let plan = route.id.to_string();
        let offers = offers_of(&route);
        if offers.is_empty() {
            return Err(NoOffer::NotSold { plan });
        }
        let fits = |offer: &&Subscription| {
            let named = self.offer.as_ref().is_none_or(|it| it.eq_ignore_ascii_case(&offer.name));
            named && self.paid.is_none_or(|paid| paid == offer.paid)
        };
        let fitting: Vec<&Subscription> = offers.iter().filter(fits).collect();
        let offer = match &fitting[..] {
            [] => return Err(NoOffer::NoneFits { plan, offers: offers.to_vec() }),
            [only] => Subscription::clone(only),
            several => {
                let offers = several.iter().copied().cloned().collect();
                return Err(NoOffer::Several { plan, offers });
            }
        };
        if self.number < offer.at_least {
            let (number, at_least) = (self.number, offer.at_least);
            return Err(NoOffer::TooFew { number, at_least, offer: offer.name });
        }
        Ok(Offered { route, offer })
    }
}

/// The offers of a route.
fn offers_of(route: &Route) -> &[Subscription] {
    route.funding.as_ref().map_or(&[], |funding| &funding.subscriptions)
}

/// The plans of the catalogue that have an offer, those for work by hand first.
pub(super) fn plans(catalog: &Catalog) -> Vec<String> {
    let routes = catalog.route_ids().iter().filter_map(|id| catalog.route(&id.to_string()).ok());
    let mut sold: Vec<Arc<Route>> = routes.filter(|it| !offers_of(it).is_empty()).collect();
    sold.sort_by_key(|route| route.status != crate::catalog::route::Status::SubscriptionOnly);
    sold.iter().map(|route| route.id.to_string()).collect()
}

impl Offered {
    /// Who states the price.
    pub fn evidence(&self) -> Option<&Evidence> {
        self.route.funding.as_ref().map(|funding| &funding.evidence)
    }
}

/// An offer in words: `"Plus" at 20 USD a month, paid monthly`.
fn in_words(offer: &Subscription) -> String {
    let Subscription { name, price, currency, every, paid, .. } = offer;
    let (price, every) = (price.normalize(), every.in_words());
    format!("\"{name}\" at {price} {currency} {every}, paid {}", paid.as_str())
}

fn all_in_words(offers: &[Subscription]) -> String {
    offers.iter().map(in_words).collect::<Vec<_>>().join("; ")
}

impl NoOffer {
    /// What to write instead.
    pub fn help(&self) -> Help {
        match self {
            NoOffer::NoPlan { why: LookupError::Ambiguous { candidates }, .. } => {
                format!("name one of {}", candidates.join(", ")).into()
            }
            NoOffer::NoPlan { .. } | NoOffer::NotSold { .. } => {
                "name a plan of the catalogue, such as openai/chatgpt-business; a cost that it does not have \
                 stands under `other_costs`"
                    .into()
            }
            NoOffer::NoneFits { .. } => "take the name or the payment of one of them".into(),
            NoOffer::Several { offers, .. } => match &offers[..] {
                [a, b] if a.paid != b.paid => "add `paid: monthly` or `paid: yearly`".into(),
                [first, ..] => format!("add `offer: \"{}\"`, or another of them", first.name).into(),
                [] => "name one".into(),
            },
            NoOffer::TooFew { at_least, .. } => {
                format!("plan {at_least} or more, or take another plan").into()
            }
        }
    }
}

impl fmt::Display for NoOffer {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            NoOffer::NoPlan { plan, why: LookupError::NotFound { .. } } => {
                write!(f, "the catalogue has no plan `{plan}`")
            }
            NoOffer::NoPlan { plan, why } => write!(f, "`{plan}` leads to no plan: {why}"),
            NoOffer::NotSold { plan, .. } => {
                write!(f, "no price of a subscription to {plan} is known")
            }
            NoOffer::NoneFits { plan, offers } => {
                write!(f, "{plan} is not sold so, but as {}", all_in_words(offers))
            }
            NoOffer::Several { plan, offers } => {
                write!(f, "{plan} is sold at several prices: {}", all_in_words(offers))
            }
            NoOffer::TooFew { number, at_least, offer } => {
                write!(f, "\"{offer}\" is sold from {at_least} on, and {number} is planned")
            }
        }
    }
}

/// How seats of a budget are priced.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SeatsPriced {
    /// How many.
    pub number: u64,
    /// The id of the route of the plan.
    pub plan: String,
    /// The name of the price owner for people.
    pub owner_name: String,
    /// The offer.
    pub offer: Subscription,
    /// The first month in which something is due.
    pub first: Month,
    /// Whether that month begins before the day of the source.
    pub before_source: bool,
    /// Who states the price.
    pub evidence: Evidence,
}

impl fmt::Display for SeatsPriced {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let SeatsPriced { number, plan, owner_name, offer, first, evidence, .. } = self;
        let Subscription { name, price, currency, every, .. } = offer;
        let (price, every) = (price.normalize(), every.in_words());
        let unit = if *number == 1 { "seat" } else { "seats" };
        write!(
            f,
            "{number} {unit} of {plan} ({owner_name}), \"{name}\": {price} {currency} {every} each"
        )?;
        match offer.paid {
            Payment::Monthly => write!(f, ", due each month from {first} on")?,
            Payment::Yearly => {
                write!(f, ", due for a year in advance in {first} and each year after it")?
            }
        }
        write!(f, "; by {}", evidence.in_words())?;
        if self.before_source {
            f.write_str("; months before that day at the same price, which no source states")?;
        }
        Ok(())
    }
}
