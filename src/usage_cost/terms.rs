//! By which terms a log is priced, and what is given for rows that do not say it themselves.

use chrono::NaiveDate;

use super::elsewhere::Elsewhere;
use crate::catalog::Catalog;
use crate::catalog::conditions::Processing;
use crate::estimate::{ReplyContext, Terms};
use crate::unit::Meter;

/// By which terms a log is priced, and what is given for rows that do not say it themselves.
#[derive(Clone)]
pub struct LogTerms<'a> {
    /// The price tables.
    pub catalog: &'a Catalog,
    /// The terms of prices; the route is for rows that name none, and the day is that of each row.
    pub terms: Terms<'a>,
    /// The model of rows that name none.
    pub model: Option<&'a str>,
    /// The day of rows that have none.
    pub day: Option<NaiveDate>,
    /// How rows were processed that do not say it; `None` is standard processing, which is said.
    pub processing: Option<Processing>,
    /// Counts of which a row that leaves them out has none, as the user says.
    pub absent_is_none: Vec<Meter>,
    /// What the user knows of replies besides.
    pub replies: ReplyContext,
    /// Where rows are priced, if not where they were used.
    pub elsewhere: Option<Elsewhere<'a>>,
    /// The day whose prices hold for all rows, if not that of each.
    pub priced_on: Option<NaiveDate>,
}

impl LogTerms<'_> {
    /// The terms on the day of a row.
    pub(super) fn on(&self, day: NaiveDate) -> Terms<'_> {
        Terms { as_of: self.priced_on.unwrap_or(day), ..self.terms.clone() }
    }
}

impl std::fmt::Debug for LogTerms<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LogTerms").field("model", &self.model).finish_non_exhaustive()
    }
}
