//! What a file holds → an estimate: a request or a reply, with what is said of it beside the file.

use std::sync::Arc;

use chrono::NaiveDate;

use super::{Estimate, EstimateError, ReplyContext, Terms, estimate_reply, price_request};
use crate::catalog::Catalog;
use crate::items::Asked;
use crate::request::Draft;
use crate::usage_log::reply::Reply;

/// What is said of requests and replies beside themselves.
#[derive(Debug, Clone)]
pub struct Beside<'a> {
    /// What goes before the values of a request.
    pub draft: Draft,
    /// What is known of a reply.
    pub context: ReplyContext,
    /// Where and when to price, and how attempts turn out.
    pub terms: Terms<'a>,
    /// Whether a reply is priced on the day on which it was made, where it says so.
    pub on_own_day: bool,
}

impl Beside<'_> {
    /// The same for many at once, of which each reply keeps the model that it names.
    #[must_use]
    pub fn of_many(&self) -> Self {
        let context = ReplyContext { keeps_named: true, ..self.context.clone() };
        Beside { context, ..self.clone() }
    }

    /// The day whose prices hold for a reply.
    pub fn day_of(&self, reply: &Reply) -> NaiveDate {
        reply.created.filter(|_| self.on_own_day).unwrap_or(self.terms.as_of)
    }
}

/// Prices a request or a reply.
///
/// # Errors
/// All reasons why it cannot be priced, or the problems of the tables it needs.
pub fn price_asked(
    catalog: &Catalog,
    asked: &Asked,
    beside: &Beside,
) -> Result<Estimate, EstimateError> {
    match asked {
        Asked::Request(draft) => {
            let draft = beside.draft.clone().over(Draft::clone(draft));
            price_request(catalog, &draft, &beside.terms)
        }
        Asked::Reply(reply) => {
            let terms = Terms { as_of: beside.day_of(reply), ..beside.terms.clone() };
            estimate_reply(catalog, Arc::clone(reply), &beside.context, &terms)
        }
    }
}
