//! Routes for programs: the list, the verdicts of the stop rule, the choice for a kind of work.

use schemars::JsonSchema;
use serde::Serialize;

use super::fields::{ChosenRoute, choices};
use crate::catalog::guidance::Work;
use crate::report::envelope::Output;
use crate::report::record::{Each, Record};
use crate::routes::{Entry, SuitedRoute};

/// The routes that were asked for.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct RoutesOutput<'a> {
    /// A row for each route, by kind and id.
    pub rows: Each<'a, Record<&'a Entry>>,
}

impl Output for RoutesOutput<'_> {
    const NAME: &'static str = "routes";
    const HAS_AMOUNTS: bool = false;
    const COMMAND: &'static str = "routes list";
}

/// What the stop rule says of routes.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct RoutesCheckOutput<'a> {
    /// How many routes are ready for production.
    pub ready_routes: usize,
    /// A row for each route, by kind and id.
    pub rows: Each<'a, Record<&'a Entry>>,
}

impl Output for RoutesCheckOutput<'_> {
    const NAME: &'static str = "routes-check";
    const HAS_AMOUNTS: bool = false;
    const COMMAND: &'static str = "routes check";
}

/// Which routes fit a kind of work.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct RoutesChoiceOutput<'a> {
    /// A row for each kind of work and route, those that fit best and leave the least open first.
    pub rows: Each<'a, Record<ChosenRoute<'a>>>,
}

impl Output for RoutesChoiceOutput<'_> {
    const NAME: &'static str = "routes-choice";
    const HAS_AMOUNTS: bool = false;
    const COMMAND: &'static str = "routes choose";
}

impl<'a> RoutesOutput<'a> {
    pub(super) fn of(entries: &'a [Entry]) -> RoutesOutput<'a> {
        RoutesOutput { rows: Each::row(|| entries.iter()) }
    }
}

impl<'a> RoutesCheckOutput<'a> {
    pub(super) fn of(entries: &'a [Entry]) -> RoutesCheckOutput<'a> {
        let ready_routes = entries.iter().filter(|entry| entry.is_ready()).count();
        RoutesCheckOutput { ready_routes, rows: Each::row(|| entries.iter()) }
    }
}

impl<'a> RoutesChoiceOutput<'a> {
    pub(super) fn of(found: &'a [(Work, Vec<SuitedRoute>)]) -> RoutesChoiceOutput<'a> {
        RoutesChoiceOutput { rows: Each::row(|| choices(found)) }
    }
}
