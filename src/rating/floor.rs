//! The floor of a call: what its owner charges for it at the least.
//!
//! It holds for what all lines add up to, so that it comes after every other rule of a table.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::value::unit_value;
use super::{Charge, FxRates, Part, PriceTable, UnitPrice};
use crate::catalog::evidence::Evidence;
use crate::catalog::figures;
use crate::figure::Figure;
use crate::money::{self, AmountTooLarge};
use crate::reason::{Pricing, Reasons};
use crate::unit::{Meter, Per};
use crate::usage::{Quantity, Usage};

/// How what a request costs is shared by its calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Calls {
    /// As many images in each, by the number of images that the owner states for a call.
    Images,
    /// What each of several costs is not told apart.
    NotToldApart,
}

/// The lines of an image model with one that brings them to the floor of their calls, where the table states one.
/// What is open and the floor are then one line: a line for each would add up to less than the floor.
///
/// # Errors
/// [`AmountTooLarge`] if an amount cannot be kept exact.
pub fn with_floor(
    lines: Vec<Charge>,
    usage: &Usage,
    calls: Calls,
    table: &PriceTable,
    fx: &FxRates,
) -> Result<Vec<Charge>, AmountTooLarge> {
    let Some(each) = table.version().floor else { return Ok(lines) };
    let sum = Figure::sum(lines.iter().map(|line| &line.native))?;
    let floor = Floor { each, calls: usage.count(Meter::Calls), table, fx };
    let raised = floor.raised(&sum, is_alike(usage, calls, table))?;
    if raised.low() == sum.low() && raised.high() == sum.high() {
        return Ok(lines);
    }
    floor.added(lines, &raised)
}

/// Whether every call costs the same.
fn is_alike(usage: &Usage, calls: Calls, table: &PriceTable) -> bool {
    let counts = usage.count(Meter::Images).exact().zip(usage.count(Meter::Calls).exact());
    let per_call = u64::from(table.version().images_per_call.unwrap_or(1));
    let in_full = |(images, calls): (u64, u64)| images == calls.saturating_mul(per_call);
    match calls {
        _ if usage.count(Meter::Calls) == Figure::Exact(1) => true,
        Calls::Images => counts.is_some_and(in_full),
        Calls::NotToldApart => false,
    }
}

struct Floor<'a> {
    each: Decimal,
    calls: Figure<u64>,
    table: &'a PriceTable,
    fx: &'a FxRates,
}

impl Floor<'_> {
    /// What is charged for a sum: at least the floor of all calls. Where calls differ, each below the floor is raised
    /// to it whatever the others cost.
    fn raised(
        &self,
        sum: &Figure<Decimal>,
        alike: bool,
    ) -> Result<Figure<Decimal>, AmountTooLarge> {
        let floor = self.calls.try_map(|calls| money::times(calls, self.each))?;
        let low = sum.low().max(floor.low());
        let mut reasons = sum.reasons().and(floor.reasons());
        let (Some(most), Some(floors)) = (sum.high(), floor.high()) else {
            return Ok(Figure::Unknown { at_least: low, reasons });
        };
        let all_but_one = money::add(floors, -self.each)?.max(Decimal::ZERO);
        let high = match alike {
            true => most.max(floors),
            false => money::add(most, all_but_one)?.max(floors),
        };
        if high == low {
            return Ok(Figure::Exact(low));
        }
        if !alike {
            reasons = reasons.and(&Reasons::from(Pricing::FloorOfEachCall));
        }
        let expected = sum.expected().zip(floor.exact()).filter(|_| alike);
        let expected = expected.map(|(sum, floor)| sum.max(floor));
        Ok(Figure::Range { low, expected, high, reasons })
    }

    /// The lines with the one that adds up with them to this.
    fn added(
        &self,
        lines: Vec<Charge>,
        raised: &Figure<Decimal>,
    ) -> Result<Vec<Charge>, AmountTooLarge> {
        let is_exact = |line: &Charge| line.native.exact().is_some();
        let (mut kept, open): (Vec<Charge>, Vec<Charge>) = lines.into_iter().partition(is_exact);
        let known = Figure::sum(kept.iter().map(|line| &line.native))?;
        let native = raised.try_map(|amount| money::add(amount, -known.low()))?;
        kept.push(self.line(native, &open)?);
        Ok(kept)
    }

    fn line(&self, native: Figure<Decimal>, open: &[Charge]) -> Result<Charge, AmountTooLarge> {
        let version = self.table.version();
        let amount = match unit_value(&version.unit, self.fx) {
            Ok(value) => native.try_map(|amount| value.dollars(amount, Decimal::ONE))?,
            Err(reason) => Figure::unknown(Decimal::ZERO, reason),
        };
        let unit_price = native.exact().map(|price| UnitPrice {
            price,
            per: Per::One,
            unit: version.unit.clone(),
            evidence: version.evidence.clone(),
            basis: None,
        });
        Ok(Charge {
            part: Part::ImageModel,
            meter: Meter::FloorAdjustment,
            quantity: Quantity { count: Figure::Exact(1), how: self.how(open) },
            unit_price,
            rests_on: rests_on(&version.evidence, open),
            native,
            amount,
            read_on: open.iter().filter_map(|line| line.read_on).max(),
            table: Some(self.table.clone()),
            assumed: None,
        })
    }

    fn how(&self, open: &[Charge]) -> Vec<String> {
        let mut how = vec![figures::floor(self.each, &self.table.version().unit)];
        if !open.is_empty() {
            let meters: Vec<&str> = open.iter().map(|line| line.meter.label()).collect();
            how.push(format!("with what is open of {}", meters.join(", ")));
        }
        how
    }
}

fn rests_on(floor: &Arc<Evidence>, open: &[Charge]) -> Arc<[Arc<Evidence>]> {
    let mut all = vec![floor.clone()];
    for evidence in open.iter().flat_map(|line| &*line.rests_on) {
        if !all.contains(evidence) {
            all.push(evidence.clone());
        }
    }
    all.into()
}
