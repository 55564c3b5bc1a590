//! Usage as it is rated → what is held against a bill.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rust_decimal::Decimal;

use super::dims::Dims;
use super::input::Computed;
use crate::catalog::route::RouteId;
use crate::figure::Figure;
use crate::money::AmountTooLarge;
use crate::rating::Charge;
use crate::usage_cost::RatedCell;

/// The cost of usage by day, owner, project, model and kind of processing; by meter as well where every cell is told by
/// meters alone. Where a part of it was priced row by row, no meter is told of any: half of it could not be held against a
/// bill that tells them.
///
/// What it would cost otherwise is not worked out.
///
/// # Errors
/// [`AmountTooLarge`] if a sum cannot be kept exact.
pub fn of_usage(cells: &[RatedCell]) -> Result<Vec<Computed>, AmountTooLarge> {
    let mut by_meter = Vec::new();
    for cell in cells {
        let sum = Figure::sum(cell.charges.iter().map(|charge| &charge.amount))?;
        if (sum.low(), sum.high()) != (cell.cost.low(), cell.cost.high()) {
            return Ok(cells.iter().map(of_cell).collect());
        }
        by_meter.extend(cell.charges.iter().filter(|it| is_used(it)).map(|it| of_charge(cell, it)));
    }
    Ok(by_meter)
}

fn is_used(charge: &Charge) -> bool {
    charge.quantity.count.exact() != Some(0) || charge.amount.exact() != Some(Decimal::ZERO)
}

fn of_cell(cell: &RatedCell) -> Computed {
    let tables: BTreeSet<Option<Arc<str>>> = cell.charges.iter().map(rated_by).collect();
    let only = tables.into_iter().filter(Option::is_some).collect::<Vec<_>>();
    Computed {
        day: cell.key.day,
        dims: dims(cell),
        quantity: None,
        cost: cell.cost.clone(),
        otherwise: BTreeMap::new(),
        rated_by: if let [one] = &only[..] { one.clone() } else { None },
    }
}

fn of_charge(cell: &RatedCell, charge: &Charge) -> Computed {
    Computed {
        day: cell.key.day,
        dims: Dims { meter: Some(charge.meter), ..dims(cell) },
        quantity: charge.quantity.count.exact().map(Decimal::from),
        cost: charge.amount.clone(),
        otherwise: BTreeMap::new(),
        rated_by: rated_by(charge),
    }
}

fn dims(cell: &RatedCell) -> Dims {
    let key = &cell.key;
    Dims {
        owner: RouteId::from_path(&key.route).map(|route| route.owner.into()),
        project: key.project.clone(),
        model: Some(Arc::clone(&key.model)),
        processing: Some(key.processing),
        meter: None,
    }
}

/// The table and the first day of its version.
fn rated_by(charge: &Charge) -> Option<Arc<str>> {
    let table = charge.table.as_ref()?;
    Some(format!("{}, {}", table.route.id, table.version().period.first).into())
}
