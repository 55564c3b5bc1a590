//! The log of a pilot: a CSV with a row for each attempt at an image.

mod append;
mod cells;
mod columns;
mod ending;
mod heading;
mod of_reply;
mod read;
mod template;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::catalog::conditions::Processing;
use crate::catalog::route::Route;
use crate::catalog::terms::Event;
use crate::problem::Problem;
use crate::size::Size;
use crate::unit::Meter;

pub use append::{Appended, append, empty};
pub use columns::Field;
pub use of_reply::{CellsOfReply, LoggedReply, NoRow, cells as cells_of_reply};
pub use read::read;
pub use template::{rows as template_rows, text as template};

/// A log that was read.
#[derive(Debug, Clone)]
pub struct Log {
    /// The attempts that were made.
    pub rows: Vec<LoggedAttempt>,
    /// Planned rows in which nothing is filled in yet.
    pub not_run: u64,
    /// Rows that cannot be read, which are counted apart and in no figure.
    pub rejected: Vec<Rejected>,
    /// Columns that are not read.
    pub ignored: Vec<String>,
}

impl Log {
    /// The ids of the routes on which attempts were made, in the order of their first rows.
    pub fn routes(&self) -> Vec<String> {
        let mut routes = Vec::new();
        for id in self.rows.iter().filter_map(|row| Some(row.route.as_ref()?.id.to_string())) {
            if !routes.contains(&id) {
                routes.push(id);
            }
        }
        routes
    }
}

/// An attempt at one image.
#[derive(Debug, Clone)]
pub struct LoggedAttempt {
    /// The row as a spreadsheet counts it, the heading being row 1.
    pub number: usize,
    /// The id of the request.
    pub request_id: String,
    /// The attempt at it, from 1.
    pub attempt: u64,
    /// The sample, if it is named.
    pub sample: String,
    /// The tokenizer's count of the prompt, if it is filled in.
    pub prompt_tokens: Option<u64>,
    /// The day, UTC.
    pub day: NaiveDate,
    /// The route; `None` for an image that was made by hand and is paid by a seat.
    pub route: Option<Arc<Route>>,
    /// The size asked for, in pixels.
    pub requested: Option<Size>,
    /// The size that came back.
    pub delivered: Option<Size>,
    /// The quality asked for.
    pub quality: Option<String>,
    /// How it was processed; `None` where the log does not say.
    pub processing: Option<Processing>,
    /// What was counted, as far as it is filled in.
    pub counts: BTreeMap<Meter, u64>,
    /// How it ended.
    pub ending: Ending,
    /// Seconds until the answer.
    pub latency: Option<Decimal>,
    /// US dollars that were charged for it.
    pub cost: Option<Decimal>,
}

/// How an attempt ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// An image that the reviewer accepted.
    Accepted,
    /// An image that the reviewer rejected.
    Rejected,
    /// An image that nobody has reviewed yet.
    NotReviewed,
    /// No image.
    Undelivered(Event),
}

impl Ending {
    /// The word in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Ending::Accepted => "accepted",
            Ending::Rejected => "rejected",
            Ending::NotReviewed => "not_reviewed",
            Ending::Undelivered(event) => event.as_str(),
        }
    }

    /// Whether an image was delivered.
    pub fn is_delivered(self) -> bool {
        !matches!(self, Ending::Undelivered(_))
    }
}

/// A row that cannot be read.
#[derive(Debug, Clone)]
pub struct Rejected {
    /// The row as a spreadsheet counts it, the heading being row 1.
    pub number: usize,
    /// The id of the request, as far as it is there.
    pub request_id: String,
    /// Every reason, with row and column.
    pub problems: Vec<Problem>,
}
