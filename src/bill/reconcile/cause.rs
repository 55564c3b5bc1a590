//! Why a bill and the rated usage differ.

/// A cause, in the order in which they are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Cause {
    /// It is billed, and the usage has nothing, or less, of it.
    NotInUsage,
    /// It was used, and the bill has nothing, or less, of it.
    NotInBill,
    /// It is billed on a day beside the one of its use: Batch, or the edge of a time zone.
    DayShift,
    /// It is billed as another kind of processing.
    Processing,
    /// Tokens that were read from a cache are billed as others, or the other way round.
    CachedTokens,
    /// The same quantity is billed at another price.
    Price,
    /// Attempts that failed are billed.
    FailedBilled,
    /// The usage gives a range, and what is billed lies in it.
    WithinRange,
    /// A fee, a credit, a refund or an adjustment.
    FeeCreditAdjustment,
    /// Another exchange rate than that of the bill.
    ExchangeRate,
    /// Amounts of the bill are rounded.
    Rounding,
    /// None of these.
    Unexplained,
}

impl Cause {
    /// Every cause, in order.
    pub const ALL: [Cause; 12] = [
        Cause::NotInUsage,
        Cause::NotInBill,
        Cause::DayShift,
        Cause::Processing,
        Cause::CachedTokens,
        Cause::Price,
        Cause::FailedBilled,
        Cause::WithinRange,
        Cause::FeeCreditAdjustment,
        Cause::ExchangeRate,
        Cause::Rounding,
        Cause::Unexplained,
    ];

    /// The word in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Cause::NotInUsage => "not_in_usage",
            Cause::NotInBill => "not_in_bill",
            Cause::DayShift => "day_shift",
            Cause::Processing => "processing",
            Cause::CachedTokens => "cached_tokens",
            Cause::Price => "price",
            Cause::FailedBilled => "failed_billed",
            Cause::WithinRange => "within_range",
            Cause::FeeCreditAdjustment => "fee_credit_adjustment",
            Cause::ExchangeRate => "exchange_rate",
            Cause::Rounding => "rounding",
            Cause::Unexplained => "unexplained",
        }
    }

    /// The name for people.
    pub fn label(self) -> &'static str {
        match self {
            Cause::NotInUsage => "Not in the usage",
            Cause::NotInBill => "Not in the bill",
            Cause::DayShift => "Billed on another day",
            Cause::Processing => "Processing",
            Cause::CachedTokens => "Cached tokens",
            Cause::Price => "Price",
            Cause::FailedBilled => "Failed, and billed",
            Cause::WithinRange => "Within the range of the usage",
            Cause::FeeCreditAdjustment => "Fee, credit or adjustment",
            Cause::ExchangeRate => "Exchange rate",
            Cause::Rounding => "Rounding",
            Cause::Unexplained => "Unexplained",
        }
    }
}
