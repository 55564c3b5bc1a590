//! A row of a usage log, whatever its shape: what was used, and what it is booked on.
//!
//! Every reader of usage makes these, and nothing else is rated. What a row does not say is `None`: it is never zero, and
//! what is taken in its place is decided in one place, where it is rated.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::reply::Reply;
use crate::catalog::conditions::Processing;
use crate::errors::Errors;
use crate::problem::Problem;
use crate::unit::Meter;

/// The meters that a row can count one by one, in the order of [`Counts`].
pub const COUNTED: [Meter; 6] = [
    Meter::TextInput,
    Meter::CachedTextInput,
    Meter::ImageInput,
    Meter::CachedImageInput,
    Meter::ImageOutput,
    Meter::TextOutput,
];

/// Disjoint token counts by meter, in the order of [`COUNTED`]: text input leaves out what was read from a cache, and
/// image input likewise. `None` is what the row does not say.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Counts(pub [Option<u64>; COUNTED.len()]);

/// What was used, as far as a row says it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Measured {
    /// Token counts by meter; all `None` where the row has only its images.
    Counts(Counts),
    /// An API reply, or counts that leave a split open, as a reply has them.
    Reply(Arc<Reply>),
}

/// What a row is called by: the words of the log, as they stand there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Labels {
    /// The model.
    pub model: Option<Box<str>>,
    /// The route.
    pub route: Option<Box<str>>,
    /// The project, key or cost centre that it is booked on.
    pub project: Option<Box<str>>,
    /// A tag of the user's own.
    pub tag: Option<Box<str>>,
    /// How it ended.
    pub status: Option<Box<str>>,
    /// The size that was delivered, else the one that was asked for.
    pub size: Option<Box<str>>,
    /// The quality that was delivered, else the one that was asked for.
    pub quality: Option<Box<str>>,
}

/// A row of usage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsageRow {
    /// The day on which it was used, in the time zone of the reading.
    pub day: Option<NaiveDate>,
    /// What it is called by.
    pub labels: Labels,
    /// How it was processed.
    pub processing: Option<Processing>,
    /// How many requests it stands for: 1 in a log of requests.
    pub requests: u64,
    /// How many images were delivered.
    pub images: Option<u64>,
    /// How many of them were accepted.
    pub accepted: Option<u64>,
    /// What was used.
    pub measured: Measured,
    /// What the log says that it cost, in US dollars.
    pub recorded: Option<Decimal>,
    /// The caller's or the API's own id of the request.
    pub request_id: Option<Box<str>>,
    /// The size or quality that was asked for, where the row says that another one was delivered.
    pub asked: Asked,
}

/// What a reader found on a line, or at a place of a list.
#[derive(Debug)]
pub struct Numbered {
    /// The number of the line, or the place in the list, from 1.
    pub line: u64,
    /// What stands there, or all that is wrong with it.
    pub found: Result<Found, Errors<Problem>>,
}

/// What stands on a line that can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Found {
    /// A row of usage.
    Row(Box<UsageRow>),
    /// A day, or another part of an export, without usage.
    NoUsage,
}

/// What was asked for, where a row says both that and what was delivered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// The size.
    pub size: Option<Box<str>>,
    /// The quality.
    pub quality: Option<Box<str>>,
}

impl Counts {
    /// The count of a meter, where the row says one.
    pub fn of(&self, meter: Meter) -> Option<u64> {
        COUNTED.iter().position(|known| *known == meter).and_then(|at| self.0[at])
    }

    /// Sets the count of a meter; a meter that is none of [`COUNTED`] is left out.
    pub fn set(&mut self, meter: Meter, count: u64) {
        if let Some(at) = COUNTED.iter().position(|known| *known == meter) {
            self.0[at] = Some(count);
        }
    }

    /// Whether no count is said.
    pub fn are_silent(&self) -> bool {
        self.0.iter().all(Option::is_none)
    }
}

impl UsageRow {
    /// One request of which nothing is said.
    pub fn of_request() -> UsageRow {
        UsageRow {
            day: None,
            labels: Labels::default(),
            processing: None,
            requests: 1,
            images: None,
            accepted: None,
            measured: Measured::Counts(Counts::default()),
            recorded: None,
            request_id: None,
            asked: Asked::default(),
        }
    }
}
