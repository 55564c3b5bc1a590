//! What holds where a budget says nothing.

use rust_decimal::Decimal;

/// How many months a budget has.
pub const DEFAULT_MONTHS: u32 = 12;

/// The margin: 10%.
pub const DEFAULT_MARGIN: Decimal = Decimal::from_parts(1, 0, 0, false, 1);

/// The month in which fiscal years begin.
pub const DEFAULT_FISCAL_YEAR_START: u32 = 1;
