//! Budgets: from volumes to a monthly forecast, limits and what can be done.
//!
//! ```text
//! flags, volumes CSV, budget.yaml ─► Budget (workloads × months)
//! step ─ prices (one estimate for each stretch of days with one price) ─┐
//! volume ─ attempts, fallback (legs) ────────────────────────────────── ┴─► rows (month × workload × route)
//! rows ─ limits ─► within, margin not covered, over, unknown
//! rows ─ totals, amount ─► sums with their split by price owner; the amount to request
//! Budget changed in one thing ─ forecast again (levers) ─► what it would save
//! each uncertain input drawn, run by run (simulate) ─► percentiles, the risk of each limit
//! limit ─ afford (forecast again) ─► images or quality that fit
//! ```
//!
//! A month's volume is whole images, spread evenly over its days. Days after today stand at today's
//! prices and say so; a model that is shut down stops being priced on that day. What is planned and cannot be
//! made has an unknown cost ([`Made`]); what is not planned costs nothing.

pub mod afford;
mod assumption;
mod alerts;
mod amount;
mod at_acceptance;
mod bench;
mod break_even;
mod causes;
mod changes;
pub mod check;
mod comparison;
pub mod defaults;
mod error;
mod factors;
pub mod file;
mod forecast;
mod idle;
mod legs;
mod levers;
mod limit;
mod limit_places;
mod limits;
mod lines;
mod made;
mod mix;
mod month;
mod images;
mod monthly_images;
mod not_told_apart;
mod open;
mod overrides;
mod own_months;
mod period;
mod periods;
mod prices;
mod scenario;
mod scale;
mod season;
mod seats;
mod sensitivities;
mod shown;
pub mod simulate;
mod split;
mod spread;
mod step;
mod total;
mod totals;
mod volume;
pub mod volumes;
mod workload;

pub use alerts::{Alert, Reached, alerts};
pub use amount::{AmountToRequest, Case, LeftOut, MonthOfCase, amount_to_request, whose};
pub use assumption::{Assumption, OfWorkload};
pub use at_acceptance::{AtAcceptance, at_acceptance};
pub use break_even::{BreakEven, Subscribed, cash};
pub use causes::{Causes, Change, causes};
pub use changes::{Changes, RateChanges, Scenario, StepChanges};
pub use comparison::{
    AtOwner, Axis, Comparison, PlacedStep, Placement, Raised, Variant, VariantCost, compare,
};
pub use error::BudgetError;
pub use factors::{
    Call, CallLine, Charged, NotAProduct, StepFactors, StretchFactors, Undelivered,
    WorkloadFactors, call_of, factors, price_factor,
};
pub use forecast::{
    CostKind, Finding, FindingKind, Forecast, ForecastLine, NotMade, PriceBasis, UsedPrice,
    forecast,
};
pub use idle::{Idle, IdleReason, Written, idle_keys, is_idle_change};
pub use images::{Images, MOST_IMAGES};
pub use levers::{GivenUp, Lever, LeverChange, MOST_LEVERS, MOST_WORKLOADS, OtherSize, levers};
pub use limit::{Limit, Scope};
pub use limits::{LimitStatus, NotHeld, limits, sum, verdict};
pub use lines::{Line, lines, shortfalls};
pub use made::Made;
pub use month::{Month, NotAMonth};
pub use monthly_images::MonthlyImages;
pub use not_told_apart::NotToldApart;
pub use open::OpenCost;
pub use overrides::{Converts, NoLongerKnown, Reach, estimates, overridden, reach};
pub use period::{FiscalYear, Period, Unit};
pub use periods::Held;
pub use scenario::under;
pub use season::{Season, month_of_year};
pub use seats::{MOST_SEATS, NoOffer, Offered, Seats, SeatsPriced};
pub use sensitivities::sensitivities;
pub use shown::NotAPart;
pub use split::{Split, SplitPeriod, split};
pub use spread::{MOST_TRIALS, Misfit, RateSpread, Spread, Weights};
pub use step::Step;
pub use total::{Paid, Payee, Total};
pub use totals::{By, totals};
pub use volume::Volume;
pub use workload::{
    Assumptions, Budget, Capacity, CostPer, Fallback, FallbackWhen, MOST_MONTHS, OtherCost,
    Workload,
};
