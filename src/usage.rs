//! Usage: how much was or will be counted of each meter.

use std::collections::BTreeMap;
use std::convert::Infallible;

use crate::figure::Figure;
use crate::unit::Meter;

/// A count of one meter and how it came about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantity {
    /// The count, for the whole request.
    pub count: Figure<u64>,
    /// How it was counted, a sentence a step, with the source of the rule.
    pub how: Vec<String>,
}

/// Counted meters, from a request or from a reply. The counts are disjoint.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Usage {
    quantities: BTreeMap<Meter, Quantity>,
}

impl Usage {
    /// Sets the count of a meter.
    pub fn set(&mut self, meter: Meter, count: Figure<u64>, how: Vec<String>) {
        self.quantities.insert(meter, Quantity { count, how });
    }

    /// The count of a meter; exactly 0 if it was not set.
    pub fn count(&self, meter: Meter) -> Figure<u64> {
        self.quantities.get(&meter).map_or(Figure::Exact(0), |quantity| quantity.count.clone())
    }

    /// The meters of which anything was or may be counted, in the order of lines.
    pub fn counted(&self) -> impl Iterator<Item = (Meter, &Quantity)> {
        self.quantities
            .iter()
            .filter(|(_, quantity)| quantity.count != Figure::Exact(0))
            .map(|(meter, quantity)| (*meter, quantity))
    }

    /// All input tokens together; a sum beyond all measure stays at the largest count there is.
    pub fn input_tokens(&self) -> Figure<u64> {
        let inputs = Meter::ALL.into_iter().filter(|meter| meter.is_input() && meter.is_tokens());
        inputs.fold(Figure::Exact(0), |sum, meter| {
            let Ok(sum) =
                sum.try_join(&self.count(meter), |a, b| Ok::<_, Infallible>(a.saturating_add(b)));
            sum
        })
    }
}
