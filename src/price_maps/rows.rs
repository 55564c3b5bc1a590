//! What is said of a price of a map, or of one that no map has.

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::catalog::conditions::Conditions;
use crate::catalog::evidence::Evidence;
use crate::catalog::route::Route;
use crate::price_changes::RatePrice;
use crate::rating::PriceTable;
use crate::request::RequestError;
use crate::unit::{Meter, Per};

/// How a price of a map stands to the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum MapState {
    /// The same on both sides.
    Equal,
    /// Another one here.
    Differing,
    /// One of several that hold here under conditions that the map does not name.
    OneOfSeveral,
    /// Charged here in another way, such as by tokens and not by the image.
    ChargedOtherwise,
    /// Not known here in US dollars.
    NotInDollars,
    /// Its route has no price here on the day: it has ended, or none is entered.
    NotPricedHere,
    /// The name of the map stands for several routes here.
    NotToldApart,
    /// Only in the map.
    MissingHere,
    /// Only here.
    MissingThere,
}

impl MapState {
    /// Every state, in the order in which they are counted.
    pub const ALL: [MapState; 9] = [
        MapState::Equal,
        MapState::Differing,
        MapState::OneOfSeveral,
        MapState::ChargedOtherwise,
        MapState::NotInDollars,
        MapState::NotPricedHere,
        MapState::NotToldApart,
        MapState::MissingHere,
        MapState::MissingThere,
    ];

    /// The word in files.
    pub fn as_str(self) -> &'static str {
        match self {
            MapState::Equal => "equal",
            MapState::Differing => "differing",
            MapState::OneOfSeveral => "one_of_several",
            MapState::ChargedOtherwise => "charged_otherwise",
            MapState::NotInDollars => "not_in_dollars",
            MapState::NotPricedHere => "not_priced_here",
            MapState::NotToldApart => "not_told_apart",
            MapState::MissingHere => "missing_here",
            MapState::MissingThere => "missing_there",
        }
    }
}

coded! {
    /// Why two prices are not simply held beside each other.
    #[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
    #[non_exhaustive]
    pub enum MapWhy {
        /// No price owner here is called as the map calls who serves the model.
        #[error("no price owner here is called {0}")]
        NoOwner(String) => "no_owner",
        /// The owner has no route here of this name.
        #[error("{owner} has no route here of that name")]
        NoRoute {
            /// The name of the owner.
            owner: String,
        } => "no_route",
        /// Several routes here have this name.
        #[error("the name stands for {} here", .0.join(", "))]
        SeveralRoutes(Vec<String>) => "several_routes",
        /// The route has no price on the day.
        #[error("{0}")]
        Unpriced(RequestError) => "unpriced",
        /// No price of it is stated here.
        #[error("no price of it is stated here")]
        NotStated => "not_stated",
        /// The owner does not offer it, by what is stated here.
        #[error("by the table here it is not offered")]
        NotOffered => "not_offered",
        /// It is not billed here, and what is billed is something else.
        #[error("it is billed in another way here")]
        BilledOtherwise => "billed_otherwise",
        /// What stands here is what the owner publishes as an estimate of a price by tokens.
        #[error("here it is billed by tokens; beside it stands what the owner publishes as an estimate")]
        PublishedEstimate => "published_estimate",
        /// It holds here under conditions of which the map names none.
        #[error("here it depends on conditions that the map does not name")]
        ByCondition => "by_condition",
        /// The unit of the price here has no value in US dollars.
        #[error("its price here is in {0}")]
        OtherUnit(String) => "other_unit",
        /// The map has the route and no price for this.
        #[error("the map has the route, and no such price")]
        NoRate => "no_rate",
        /// The map does not have the route.
        #[error("the map does not have the route")]
        NoEntry => "no_entry",
    }
}

/// What an owner publishes as an estimate of one image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// US dollars an image.
    pub dollars: Decimal,
    /// Who says so.
    pub evidence: Arc<Evidence>,
}

/// What stands here.
#[derive(Debug, Clone)]
pub enum Here {
    /// Nothing.
    Nothing,
    /// One price.
    Price(RatePrice),
    /// Several, of which further conditions decide.
    Several(Vec<RatePrice>),
    /// An estimate that the owner publishes.
    Estimate(Published),
}

/// A price of a map beside the tables, or one of the tables that a map does not have.
#[derive(Debug, Clone)]
pub struct MapRow {
    /// How they stand to each other.
    pub state: MapState,
    /// Why they are not simply held beside each other.
    pub why: Option<MapWhy>,
    /// The key of the map; none of what it does not have.
    pub key: Option<String>,
    /// The field of the map.
    pub field: Option<String>,
    /// What the map cites.
    pub source: Option<String>,
    /// The route here.
    pub route: Option<Arc<Route>>,
    /// The version of its prices.
    pub table: Option<PriceTable>,
    /// What is counted.
    pub meter: Meter,
    /// When it holds.
    pub when: Conditions,
    /// What stands here.
    pub here: Here,
    /// The price in the map, in US dollars.
    pub there: Option<Decimal>,
    /// For how many units both are.
    pub per: Per,
    /// The price here for as many units in US dollars, where it is one that has a known value.
    pub here_usd: Option<Decimal>,
    /// The price there as a multiple of the one here.
    pub ratio: Option<Decimal>,
}

impl MapRow {
    /// Who states what stands here.
    pub fn evidence(&self) -> Option<&Arc<Evidence>> {
        match &self.here {
            Here::Price(price) => Some(&price.evidence),
            Here::Estimate(found) => Some(&found.evidence),
            Here::Several(prices) => prices.first().map(|price| &price.evidence),
            Here::Nothing => None,
        }
    }
}
