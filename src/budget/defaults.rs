//! What holds where a budget says nothing.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::month::Month;
use super::workload::{Budget, Capacity, Workload};
use crate::exchange::FxRates;

/// How many months a budget has.
pub const DEFAULT_MONTHS: u32 = 12;

/// The margin: 10%.
pub const DEFAULT_MARGIN: Decimal = Decimal::from_parts(1, 0, 0, false, 1);

/// The month in which fiscal years begin.
pub const DEFAULT_FISCAL_YEAR_START: u32 = 1;

impl Budget {
    /// A budget of these workloads with the usual length and margin, and nothing else in it.
    pub fn of(start: Month, workloads: Vec<Workload>) -> Budget {
        Budget {
            start,
            months: DEFAULT_MONTHS,
            part_of: None,
            fiscal_year_start: DEFAULT_FISCAL_YEAR_START,
            fx: FxRates::new(),
            workloads,
            other_costs: Vec::new(),
            seats: Vec::new(),
            limits: Vec::new(),
            margin: DEFAULT_MARGIN,
            capacity: Capacity::default(),
            scenarios: Vec::new(),
            replacements: BTreeMap::new(),
            quoted: false,
            held_since: None,
            data_residency: false,
            assumptions: Vec::new(),
        }
    }
}
