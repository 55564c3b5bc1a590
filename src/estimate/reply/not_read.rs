//! What of a reply may bill and is not read: known to be free, left out by the user, or an open line.

use rust_decimal::Decimal;

use super::super::EstimateError;
use super::ReplyContext;
use crate::catalog::Catalog;
use crate::figure::Figure;
use crate::note::Note;
use crate::rating::{self, Charge};
use crate::reason::Pricing;
use crate::unread::{LeaveOut, Sorted, Unread};
use crate::usage_log::reply::Reply;

const TIER: &str = "service_tier";

/// What is left of a reply beside what is read.
pub(super) struct Left {
    /// A line for each value that may bill.
    pub charges: Vec<Charge>,
    /// Why the reply is priced at no rates, where its tier does not tell them.
    pub other_tier: Option<Pricing>,
    /// What is said of the rest.
    pub notes: Vec<Note>,
}

pub(super) fn left(
    catalog: &Catalog,
    reply: &Reply,
    context: &ReplyContext,
) -> Result<Left, EstimateError> {
    let sorted = not_read(catalog, reply, &context.ignored_keys)?;
    let notes = Note::left_out(&sorted).into_iter().chain(Note::bills_nothing(&sorted)).collect();
    let is_open_tier = |unread: &&Unread| unread.key == TIER;
    let other_tier = sorted
        .open
        .iter()
        .find(is_open_tier)
        .map(|tier| Pricing::TierNotRated(tier.value.as_str().into()));
    let lines = sorted.open.iter().filter(|unread| !is_open_tier(unread));
    let charges = lines.map(rating::not_read).collect();
    Ok(Left { charges, other_tier, notes })
}

/// What of a reply is not read, by what becomes of it.
///
/// # Errors
/// The problems of the list of keys that bill nothing.
pub fn not_read(
    catalog: &Catalog,
    reply: &Reply,
    ignored_keys: &[String],
) -> Result<Sorted, EstimateError> {
    let known = catalog.free_keys().map_err(EstimateError::from)?;
    let mut sorted = Sorted::default();
    for unread in reply.unread.iter().cloned() {
        sorted.put(unread, &known.replies, ignored_keys);
    }
    // A tier sets every price of the reply: to ignore it would rate another tier's tokens at standard rates.
    if let Some(tier) = other_tier(reply) {
        sorted.put(tier, &known.replies, &[]);
    }
    Ok(sorted)
}

/// The tier, where no rates can be told by it.
fn other_tier(reply: &Reply) -> Option<Unread> {
    let value = reply.other_tier()?.to_owned();
    Some(Unread {
        key: TIER.into(),
        path: TIER.into(),
        value,
        count: 1,
        left_out_by: LeaveOut::Flag,
        known: String::new(),
    })
}

/// Makes every line unknown, for one reason.
pub(super) fn open(charges: &mut [Charge], reason: &Pricing) {
    for charge in charges {
        charge.native = Figure::unknown(Decimal::ZERO, reason.clone());
        charge.amount = Figure::unknown(Decimal::ZERO, reason.clone());
    }
}
