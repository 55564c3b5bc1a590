//! A model: what it makes and how its usage is counted. It has no prices.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use std::sync::Arc;

use super::evidence::Evidence;
use super::known::Known;
use super::life_cycle::{End, Launch, Shutdown};
use super::model_rules::ModelRules;
use super::owner::OwnerKind;
use super::refused::Refusal;
use super::route::Route;

/// What makes the image: its names, life cycle and dated rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Model {
    /// The id, which is the name of its file.
    pub id: String,
    /// The name for people.
    pub name: String,
    /// The owner id of its maker.
    pub maker: String,
    /// Other ids of the same model, such as dated snapshots.
    pub aliases: Vec<String>,
    /// When its maker launched it.
    pub launch: Option<Launch>,
    /// When its maker shuts it down, if announced.
    pub shutdown: Option<Shutdown>,
    /// Values of parameters that its API refuses on certain days.
    pub refused: Vec<Refusal>,
    /// What data residency costs at its maker's own routes; `None` where nothing is stated.
    pub data_residency: Option<Residency>,
    /// The rules by date; empty for a model that makes no images.
    pub rules: Vec<ModelRules>,
}

/// By what the price of a model is multiplied where its maker keeps data in a region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Residency {
    /// The least and the most that the factor can be.
    pub factors: [Decimal; 2],
    /// What is open, where the two differ, as a clause.
    pub open: Option<String>,
    /// Who says so.
    pub evidence: Arc<Evidence>,
}

impl Residency {
    /// The factor, or the least and the most that it can be: "1 to 1.1".
    pub fn factors_in_words(&self) -> String {
        let [low, high] = self.factors.map(|factor| factor.normalize());
        if low == high { low.to_string() } else { format!("{low} to {high}") }
    }

    /// Whether it is known to cost nothing.
    pub fn adds_nothing(&self) -> bool {
        self.factors.iter().all(|factor| *factor == Decimal::ONE)
    }
}

impl Model {
    /// What is known of the end of a route of this model: what its owner states of the route, else what the
    /// maker states of the model.
    pub fn end_of<'a>(&'a self, route: &'a Route) -> Option<End<'a>> {
        let makers_own = route.id.kind == OwnerKind::Official && route.id.owner == self.maker;
        match (&route.shutdown, &self.shutdown) {
            (Some(own), _) => Some(End::OfRoute(own)),
            (None, Some(makers)) if makers_own => Some(End::OfRoute(makers)),
            (None, Some(makers)) => Some(End::AtMaker(makers)),
            (None, None) => None,
        }
    }

    /// The shutdown that has ended a route of this model by a day.
    pub fn ended<'a>(&'a self, route: &'a Route, day: NaiveDate) -> Option<&'a Shutdown> {
        match self.end_of(route) {
            Some(End::OfRoute(shutdown)) if day >= shutdown.on => Some(shutdown),
            _ => None,
        }
    }

    /// What data residency costs on a route: the maker states it of its own alone.
    pub fn residency_on(&self, route: &Route) -> Option<&Residency> {
        let is_makers = route.id.kind == OwnerKind::Official && route.id.owner == self.maker;
        self.data_residency.as_ref().filter(|_| is_makers)
    }

    /// The id of the maker's route for a call of this model, or for a conversation that calls it.
    pub fn makers_route_for(&self, is_conversation: bool) -> String {
        if is_conversation { self.makers_tool_route() } else { self.makers_route() }
    }

    /// The id of the maker's own route.
    pub fn makers_route(&self) -> String {
        format!("official/{}/{}", self.maker, self.id)
    }

    /// The id of the maker's route on which a mainline model calls this one, if it has one.
    pub fn makers_tool_route(&self) -> String {
        format!("official/{}/responses/{}", self.maker, self.id)
    }
}

/// A model is known with the first of its rules; one that makes no images, with its launch.
impl Known for Model {
    fn known_from(&self) -> Option<NaiveDate> {
        let launch = || self.launch.as_ref().and_then(Known::known_from);
        self.rules.iter().filter_map(Known::known_from).min().or_else(launch)
    }
}

impl Known for Residency {
    fn known_from(&self) -> Option<NaiveDate> {
        self.evidence.seen
    }
}

/// What the maker of a model is called in a sentence about the model.
pub(crate) const MAKER: &str = "its maker";
