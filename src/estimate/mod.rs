//! The estimate: one request or one reply, through every room in order.
//!
//! ```text
//! model, route, day ─► price version ─┐
//! request ─ settle ─ meter ─► usage ──┼─ rate ─► charges ─ attempts ─► cost per accepted image
//! reply ─────────────────────► usage ─┘
//! ```
//!
//! On a route on which a mainline model calls the image model, its own lines are added (`mainline`); a
//! conversation is the same rooms for its first and its later turns (`conversation`).

mod asked;
mod conversation;
mod file;
mod groups;
mod kinds;
mod left_out;
mod mainline;
mod notes;
mod offered;
mod place;
mod price_basis;
mod recounted;
mod reply;
mod request;
mod residency;
mod selection;
mod sensitivities;
mod settled;
mod sums;
mod svg;
mod used;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use std::sync::Arc;

use crate::attempts::{AttemptCost, AttemptRates, RequestCost};
use crate::catalog::conditions::Processing;
use crate::catalog::evidence::{Doubt, RestsOn};
use crate::catalog::model::Model;
use crate::errors::Errors;
use crate::figure::Figure;
use crate::money;
use crate::note::Note;
use crate::problem::Problem;
use crate::rating::purchase::Purchase;
use crate::rating::{AssumedRate, Charge, FxRates, PriceTable};
use crate::request::{Request, RequestError};
use crate::sensitivity::Sensitivity;
use crate::usage::Usage;
use crate::usage_log::reply::Reply;

pub use crate::note::Assumption;
pub use asked::{Beside, price_asked};
pub use file::{Added, FileLine, FileLines, LinePlace, Rejected, RejectedLines};
pub use groups::{Group, GroupBy};
pub(crate) use mainline::{makers_tool_route, refuse_mainline};
pub(crate) use place::{PricedOn, call_cost, find_model, find_route, find_table, offering};
pub use price_basis::PriceBasis;
pub(crate) use recounted::with_counts_of;
pub use recounted::{BilledBy, NotRecounted};
pub use reply::{ByRule, ReplyContext, estimate_reply, is_nameless, not_read};
pub use request::{estimate_request, estimate_work};
pub(crate) use selection::{all_known, find_routes};
pub(crate) use sensitivities::{Tried, sensitivities};
pub use settled::{Settled, price_request};
pub use sums::EstimatedFile;
pub(crate) use used::UsedCost;

/// The model of a request or reply that names none: the main subject of the catalogue.
pub const DEFAULT_MODEL: &str = "gpt-image-2";

/// Where and when to price, and how attempts turn out.
#[derive(Debug, Clone)]
pub struct Terms<'a> {
    /// The route, or a unique ending of its id; the model maker's own where none is given.
    pub route: Option<&'a str>,
    /// The day whose prices hold.
    pub as_of: NaiveDate,
    /// Today: a later day is priced at the open version and marked as assumed.
    pub today: NaiveDate,
    /// The first price that begins after this day is taken to have held since then, where its source does not state
    /// its start.
    pub held_since: Option<NaiveDate>,
    /// How attempts turn out.
    pub rates: AttemptRates,
    /// How many accepted images are wanted in all.
    pub accepted_images: Option<u64>,
    /// What looking at each delivered image costs, in US dollars; `None` where nobody is paid for it.
    pub review: Option<Decimal>,
    /// The resolution class to ask for, such as `2K`, on routes that price by class.
    pub resolution: Option<&'a str>,
    /// Exchange rates of the user's own.
    pub fx: &'a FxRates,
    /// The amount of each purchase, in US dollars, on routes whose credit is bought.
    pub top_up: Option<Decimal>,
    /// Whether data is to be kept in a region.
    pub data_residency: bool,
    /// Rates that are taken for granted where the table of a route states none.
    pub assumed_rates: &'a [AssumedRate],
}

/// No exchange rates.
static NO_RATES: FxRates = FxRates::new();

impl Terms<'static> {
    /// The prices of a day, known on that day: each image is accepted at the first attempt, and the route is the
    /// model maker's own.
    pub fn on(day: NaiveDate) -> Terms<'static> {
        Terms {
            route: None,
            as_of: day,
            today: day,
            held_since: None,
            rates: AttemptRates::ONE_ATTEMPT,
            accepted_images: None,
            review: None,
            resolution: None,
            fx: &NO_RATES,
            top_up: None,
            data_residency: false,
            assumed_rates: &[],
        }
    }
}

impl From<NaiveDate> for Terms<'static> {
    fn from(day: NaiveDate) -> Terms<'static> {
        Terms::on(day)
    }
}

/// A priced request or reply.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Estimate {
    /// What was priced.
    pub subject: Subject,
    /// The day whose prices hold.
    pub as_of: NaiveDate,
    /// The day to which the ages of sources count: the day of knowledge where one is named, else that of the prices.
    pub aged_on: NaiveDate,
    /// Whether the day is after today, so that its prices are an assumption.
    pub assumed: bool,
    /// The model that makes the image.
    pub model: Arc<Model>,
    /// The route and the version of its prices.
    pub table: PriceTable,
    /// What the image model counts.
    pub usage: Usage,
    /// The lines, for the whole request.
    pub charges: Vec<Charge>,
    /// The sum of the lines.
    pub total: Figure<Decimal>,
    /// What attempts are costed from: the sum with its parts.
    pub request_cost: RequestCost,
    /// The cost of attempts and accepted images.
    pub attempts: AttemptCost,
    /// What the volume takes in cash, where the owner sells its unit with fees or bonuses.
    pub purchase: Option<Purchase>,
    /// What was assumed, a sentence each.
    pub assumptions: Vec<Assumption>,
    /// What is to be said of the figures.
    pub notes: Vec<Note>,
    /// What it costs once a size or quality that is left to the model is settled; filled by [`price_request`].
    pub settled: Vec<Settled>,
    /// What moves the cost of an accepted image most; filled by [`price_request`] and [`estimate_reply`], and of the
    /// rows of a comparison for those that answer it.
    pub sensitivities: Vec<Sensitivity>,
    /// What the model's rule says of an image whose usage is not stated. Never part of the total.
    pub by_rule: Option<ByRule>,
    /// What the owner itself publishes as an estimate of one such image. Never part of the total.
    pub published_estimate: Option<Decimal>,
}

impl Estimate {
    /// Whether a line of it is priced in this currency or credit, or the cash for its volume rests on it.
    pub fn is_priced_in(&self, unit: &str) -> bool {
        self.units().any(|it| it == unit) || self.purchase.is_some() && self.is_bought_in(unit)
    }

    /// Whether the cost of any volume of it, or the cash for it, rests on what this currency or credit is worth.
    pub fn rests_on_unit(&self, unit: &str) -> bool {
        self.units().any(|it| it == unit) || self.is_bought_in(unit)
    }

    /// Whether the cash for a volume on its route rests on this currency.
    fn is_bought_in(&self, currency: &str) -> bool {
        let funding = self.table.route.funding.as_ref();
        funding.and_then(|funding| funding.rate_needed()) == Some(currency)
    }

    /// The currencies and credits of its prices.
    pub fn units(&self) -> impl Iterator<Item = &str> {
        let of_lines = self.charges.iter().filter_map(|charge| charge.table.as_ref());
        of_lines.chain([&self.table]).map(|table| table.version().unit.name())
    }

    /// Whether data residency adds, or may add, something to it.
    pub fn adds_residency(&self) -> bool {
        self.charges.iter().any(|charge| charge.meter.is_residency())
    }

    /// Whether a price in it is taken, by the user's word, to have held before its first day.
    pub fn is_supposed(&self) -> bool {
        let tables = self.charges.iter().filter_map(|charge| charge.table.as_ref());
        tables.chain([&self.table]).any(|table| table.supposed.is_some())
    }

    /// Whether a price in it rests on weak evidence: it is then quoted, and never called the cheapest.
    pub fn is_quoted(&self) -> bool {
        notes::is_quoted(&self.table, &self.charges)
    }

    /// The statements that its prices rest on: those of its lines, or of the version where no line has a price.
    pub fn rests_on(&self) -> RestsOn<'_> {
        price_basis::rests_on(&self.table, &self.charges)
    }

    /// Why its price may not be named the cheapest on a day.
    pub fn doubt(&self, day: NaiveDate) -> Option<Doubt> {
        price_basis::doubt(&self.table, &self.charges, day)
    }

    /// The lines together in the unit of the table, where all of them are of it.
    ///
    /// # Errors
    /// [`money::AmountTooLarge`] if the sum cannot be kept.
    pub fn in_owners_unit(&self) -> Result<Figure<Decimal>, money::AmountTooLarge> {
        let zero = Figure::Exact(Decimal::ZERO);
        self.charges.iter().try_fold(zero, |sum, charge| sum.try_join(&charge.native, money::add))
    }

    /// What a limit is held against: the volume if one is wanted, else the request; with the cost of looking at its
    /// images, if one was given.
    ///
    /// # Errors
    /// [`money::AmountTooLarge`] if the sum cannot be kept.
    pub fn limited_cost(&self) -> Result<Figure<Decimal>, money::AmountTooLarge> {
        match (&self.attempts.volume, &self.attempts.review) {
            (Some(volume), _) => Ok(volume.total.clone()),
            (None, Some(review)) => self.total.try_map(|it| money::add(it, review.of_request)),
            (None, None) => Ok(self.total.clone()),
        }
    }
}

/// What was priced.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Subject {
    /// A request that would be sent.
    Request(Box<Request>),
    /// A reply that came back, and how it was processed.
    Reply(Arc<Reply>, Processing),
}

impl Subject {
    /// The request, if it is one.
    pub fn request(&self) -> Option<&Request> {
        match self {
            Subject::Request(request) => Some(request),
            Subject::Reply(..) => None,
        }
    }

    /// How it is or was processed.
    pub fn processing(&self) -> Processing {
        match self {
            Subject::Request(request) => request.processing,
            Subject::Reply(_, processing) => *processing,
        }
    }
}

/// Why there is no estimate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EstimateError {
    /// It cannot be priced as asked.
    #[error("{0}")]
    Request(Errors<RequestError>),
    /// A file is wrong: a table, or the body that was to be priced.
    #[error("{0}")]
    Data(Errors<Problem>),
}

impl From<Errors<Problem>> for EstimateError {
    fn from(problems: Errors<Problem>) -> EstimateError {
        EstimateError::Data(problems)
    }
}

impl From<Errors<RequestError>> for EstimateError {
    fn from(errors: Errors<RequestError>) -> EstimateError {
        EstimateError::Request(errors)
    }
}

impl From<RequestError> for EstimateError {
    fn from(error: RequestError) -> EstimateError {
        EstimateError::Request(Errors(vec![error]))
    }
}

impl From<Vec<RequestError>> for EstimateError {
    fn from(errors: Vec<RequestError>) -> EstimateError {
        EstimateError::Request(Errors(errors))
    }
}

impl From<money::AmountTooLarge> for EstimateError {
    fn from(_: money::AmountTooLarge) -> EstimateError {
        RequestError::TooLarge.into()
    }
}
