//! Whether usage can be added up before it is priced.

use super::PriceTable;
use crate::catalog::conditions::Conditions;
use crate::unit::Meter;

impl PriceTable {
    /// Whether what the sum of several usages costs is the sum of what they cost, to the last digit: each unit of a meter
    /// has one price, whatever else the call took, and nothing is rounded on the way to dollars. What a rate may still
    /// depend on is the processing, the quality and the size.
    pub fn is_additive(&self) -> bool {
        let version = self.version();
        let depends_on_call = |when: &Conditions| {
            when.mode.is_some() || when.format.is_some() || when.input_tokens_up_to.is_some()
        };
        self.lists().len() == 1
            && version.rounding.is_none()
            && version.floor.is_none()
            && version.unit.is_usd()
            && !self.rate_conditions().any(|(_, when)| depends_on_call(when))
            && !version.not_offered.iter().any(|row| row.mode.is_some())
    }

    /// Whether a price may depend on the size.
    pub fn depends_on_size(&self) -> bool {
        let of_size = |when: &Conditions| {
            when.size.is_some() || when.class.is_some() || when.aspect.is_some()
        };
        self.version().classes.is_some()
            || self.rate_conditions().any(|(meter, when)| meter == Meter::Pixels || of_size(when))
    }

    /// Whether a price may depend on the quality.
    pub fn depends_on_quality(&self) -> bool {
        self.rate_conditions().any(|(_, when)| when.quality.is_some())
            || self.version().not_offered.iter().any(|row| row.quality.is_some())
    }

    /// Whether a meter is billed: it has a rate, or the table does not say that it costs nothing.
    pub fn bills(&self, meter: Meter) -> bool {
        let has_rate = self.rate_conditions().any(|(rated, _)| rated == meter);
        has_rate || !self.not_billed().contains(&meter) && !meter.is_surcharge()
    }
}
