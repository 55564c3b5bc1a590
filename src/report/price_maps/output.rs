//! A map beside the tables, for programs.

use schemars::JsonSchema;
use serde::Serialize;

use super::MapView;
use crate::price_maps::{MapComparison, MapRow, MapState};
use crate::report::envelope::Output;
use crate::report::record::{Each, Record};

/// A price map of others beside the tables of a day.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct MapDiffOutput<'a> {
    /// The file of the map as the user named it.
    pub map: &'a str,
    /// Whose shape it has: `litellm`, `genai-prices` or `models.dev`.
    pub shape: &'static str,
    /// Whether a price differs.
    pub differs: bool,
    /// How many models the map has.
    pub models: usize,
    /// How many of them lead to a route here.
    pub led: usize,
    /// How many make images and lead to no route here.
    pub without_route: usize,
    /// How many equal prices were read here in such a map itself: they are no second source.
    pub equal_from_map: usize,
    /// How many are not compared: they lead to no route that is asked for, and are not said to make images.
    pub not_compared: usize,
    /// How many prices stand how, by the words of `map_state`.
    pub counts: Vec<StateCount>,
    /// The fields that bear a price and are not read.
    pub not_read: Vec<NotRead<'a>>,
    /// A row for each price of the map that is compared, and for each one here that it does not have.
    pub rows: Each<'a, Record<&'a MapRow>>,
}

impl Output for MapDiffOutput<'_> {
    const NAME: &'static str = "map-diff";
    const COMMAND: &'static str = "prices diff";
}

/// How many prices stand so to each other.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct StateCount {
    /// How.
    pub map_state: &'static str,
    /// How many.
    pub count: usize,
}

/// A field of a map that bears a price and is not read.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct NotRead<'a> {
    /// The field.
    pub field: &'a str,
    /// How many of the models that are compared have it.
    pub models: usize,
}

impl<'a> MapDiffOutput<'a> {
    pub(super) fn of(found: &'a MapComparison, view: MapView<'a>) -> MapDiffOutput<'a> {
        let count =
            |state: MapState| StateCount { map_state: state.as_str(), count: found.count(state) };
        let not_read = found.not_read.iter();
        MapDiffOutput {
            map: view.file,
            shape: view.shape.as_str(),
            differs: found.count(MapState::Differing) > 0,
            models: found.entries,
            led: found.led,
            without_route: found.without_route,
            equal_from_map: found.equal_from_map,
            not_compared: found.others,
            counts: MapState::ALL.into_iter().map(count).collect(),
            not_read: not_read.map(|(field, models)| NotRead { field, models: *models }).collect(),
            rows: Each::row(|| found.rows.iter()),
        }
    }
}
