//! The counts of a row that leaves nothing open.

use super::places::PlaceOn;
use super::rule::RowCounts;
use crate::note::Remark;
use crate::usage_log::reply::{Cached, Reply, Stated};
use crate::usage_log::row::{Counts, Measured, UsageRow};

/// The counts of a row, where it has them one by one; of a reply, where it leaves nothing open.
pub(super) fn plain_counts(row: &UsageRow, place: &PlaceOn) -> Option<RowCounts> {
    match &row.measured {
        Measured::Counts(counts) if counts.are_silent() => None,
        Measured::Counts(counts) => Some(RowCounts::of(counts, row)),
        Measured::Reply(reply) => Some(RowCounts::of(&plain_reply(reply, place.writes_text)?, row)),
    }
}

/// The same of a reply whose output says what of it is text.
pub(super) fn split_counts(reply: &Reply) -> Option<Counts> {
    let Stated::Tokens(tokens) = &reply.tokens else { return None };
    tokens.output_split?;
    plain_reply(reply, true)
}

/// The disjoint counts of a reply that says all of them and nothing else that bills or is to be said.
fn plain_reply(reply: &Reply, writes_text: bool) -> Option<Counts> {
    let Stated::Tokens(tokens) = &reply.tokens else { return None };
    let (text, image) = tokens.input_split?;
    let (made, written) = match tokens.output_split {
        Some((made, written)) => (made, written),
        None if writes_text => return None,
        None => (tokens.output, 0),
    };
    let (cached_text, cached_image) = match tokens.cached {
        Cached::Split(text, image) => (text, image),
        // None is none of either kind.
        Cached::Together(0) => (0, 0),
        Cached::Together(_) | Cached::NotStated => return None,
    };
    let is_counted = |remark: &Remark| !matches!(remark, Remark::NoCachedCount(_));
    let says_more = !reply.not_delivered.is_empty()
        || reply.mainline.is_some()
        || !reply.svg_authors.is_empty()
        || !reply.unread.is_empty()
        || reply.remarks.iter().any(is_counted)
        || reply.other_tier().is_some()
        || reply.leaves_out_images();
    if says_more {
        return None;
    }
    let uncached = [text.checked_sub(cached_text)?, image.checked_sub(cached_image)?];
    let [text, image] = uncached;
    let cached = |count: u64| tokens.states_cached.then_some(count);
    let (cached_text, cached_image) = (cached(cached_text), cached(cached_image));
    Some(Counts([Some(text), cached_text, Some(image), cached_image, Some(made), Some(written)]))
}
