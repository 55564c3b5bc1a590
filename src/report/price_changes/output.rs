//! Price changes for programs.

use schemars::JsonSchema;
use serde::Serialize;

use super::View;
use super::rows::{ChangeRow, rows};
use crate::estimate::PriceBasis;
use crate::price_changes::{CostOf, PriceChanges, RouteChange, Sides};
use crate::report::envelope::{Output, Said, said};
use crate::report::record::{Each, Record};

/// What changed from side A to side B.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct PricesDiffOutput<'a> {
    /// What the sides are: `days`, `routes` or `folders`.
    pub compares: &'static str,
    /// The one side.
    pub a: SideOutput<'a>,
    /// The other side.
    pub b: SideOutput<'a>,
    /// Whether anything differs.
    pub differs: bool,
    /// How many routes have a price on at least one side.
    pub compared: usize,
    /// How many routes have a price on neither side and are the same on both.
    pub unpriced: usize,
    /// What costs are of, where a request or volume is compared.
    pub cost_of: Option<CostOfOutput>,
    /// The routes that changed, by id; of two routes the pair.
    pub routes: Each<'a, Record<&'a RouteChange>>,
    /// A row for each thing that differs.
    pub rows: Each<'a, Record<ChangeRow<'a>>>,
    /// What was assumed.
    pub assumptions: Vec<Said>,
}

impl Output for PricesDiffOutput<'_> {
    const NAME: &'static str = "prices-diff";
    const COMMAND: &'static str = "prices diff";
}

/// A side of a comparison of prices.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct SideOutput<'a> {
    /// The side as the user named it.
    pub label: &'a str,
    /// The day whose prices hold.
    pub as_of: String,
    /// `assumed` of a day after today, else `dated`.
    pub price_basis: &'static str,
    /// The digest of all its price tables.
    pub catalog_digest: &'a str,
}

/// What costs are of.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct CostOfOutput {
    /// `request`, `accepted_image` or `volume`.
    pub what: &'static str,
    /// The accepted images; none of a request.
    pub accepted_images: Option<u64>,
}

pub(super) fn output<'a>(
    changes: &'a PriceChanges,
    sides: &Sides<'a>,
    view: &'a View,
) -> PricesDiffOutput<'a> {
    let side = |index: usize| SideOutput {
        label: &view.labels[index],
        as_of: changes.days[index].to_string(),
        price_basis: PriceBasis::of_day(changes.days[index], view.today).as_str(),
        catalog_digest: sides.catalogs()[index].digest(),
    };
    PricesDiffOutput {
        compares: match sides {
            Sides::Days(..) => "days",
            Sides::Routes(..) => "routes",
            Sides::Catalogs(..) => "folders",
        },
        a: side(0),
        b: side(1),
        differs: changes.anything(),
        compared: changes.compared,
        unpriced: changes.unpriced,
        cost_of: changes.cost_of.map(cost_of),
        routes: Each::row(|| changes.routes.iter()),
        rows: Each::row(|| rows(changes)),
        assumptions: said(&super::assumptions(changes, view)),
    }
}

fn cost_of(of: CostOf) -> CostOfOutput {
    let (what, accepted_images) = match of {
        CostOf::Request => ("request", None),
        CostOf::AcceptedImage => ("accepted_image", Some(1)),
        CostOf::Volume(images) => ("volume", Some(images)),
    };
    CostOfOutput { what, accepted_images }
}
