//! What of a reply may bill and is not read: known to be free, left out by the user, or an open line.

use rust_decimal::Decimal;

use super::super::EstimateError;
use super::ReplyContext;
use crate::catalog::Catalog;
use crate::catalog::reply_keys::ReplyKeys;
use crate::figure::Figure;
use crate::near::near_matches;
use crate::note::{Note, NoteCode};
use crate::rating::{self, Charge};
use crate::usage_log::reply::{Reply, Unread};

/// The tiers whose rates the tables have.
const STANDARD_TIERS: [&str; 2] = ["default", "standard"];
const TIER: &str = "service_tier";

/// What is left of a reply beside what is read.
pub(super) struct Left {
    /// A line for each value that may bill.
    pub charges: Vec<Charge>,
    /// Why the reply is not priced at the standard rates, if it is not.
    pub other_tier: Option<String>,
    /// What is said of the rest.
    pub notes: Vec<Note>,
}

pub(super) fn sorted(
    catalog: &Catalog,
    reply: &Reply,
    context: &ReplyContext,
) -> Result<Left, EstimateError> {
    let known = catalog.reply_keys().map_err(EstimateError::Data)?;
    let is_ignored =
        |unread: &Unread| context.ignored_keys.iter().any(|key| unread.is_meant_by(key));
    let tier = other_tier(reply);
    let all: Vec<&Unread> = reply.unread.iter().chain(&tier).collect();
    let (ignored, rest): (Vec<&Unread>, Vec<&Unread>) = all.iter().partition(|it| is_ignored(it));
    let (free, open): (Vec<&Unread>, Vec<&Unread>) =
        rest.into_iter().partition(|unread| is_free(&known, unread));
    let mut notes = Vec::new();
    notes.extend(list("left out, as --ignore-key says", &ignored, NoteCode::LeftOut));
    notes.extend(list("bills nothing by itself", &free, NoteCode::BillsNothing));
    notes.extend(context.ignored_keys.iter().filter_map(|key| without_effect(key, &all)));
    let is_open_tier = |unread: &&Unread| unread.key == TIER;
    let other_tier = open.iter().copied().find(is_open_tier).map(|tier| {
        format!(
            "the reply was served at the tier `{}`, for which no rates are stated; --ignore-key {TIER} \
             takes the standard ones",
            tier.value
        )
    });
    let lines = open.into_iter().filter(|unread| !is_open_tier(unread));
    let charges = lines.map(|unread| rating::not_read(&unread.key, &unread.value)).collect();
    Ok(Left { charges, other_tier, notes })
}

/// The tier, where it is not the standard one.
fn other_tier(reply: &Reply) -> Option<Unread> {
    let value = reply.service_tier.clone().filter(|tier| !STANDARD_TIERS.contains(&&**tier))?;
    Some(Unread { key: TIER.into(), path: TIER.into(), value })
}

fn is_free(known: &ReplyKeys, unread: &Unread) -> bool {
    let free = known.free.iter().flat_map(|free| &free.keys);
    free.into_iter().any(|key| {
        let rest = unread.key.strip_prefix(key.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    })
}

fn list(what: &str, unread: &[&Unread], code: NoteCode) -> Option<Note> {
    let named: Vec<String> = unread.iter().map(|it| format!("{} ({})", it.key, it.value)).collect();
    (!named.is_empty()).then(|| Note::new(code, format!("{what}: {}", named.join(", "))))
}

/// A key to leave out that leaves nothing out.
fn without_effect(name: &str, all: &[&Unread]) -> Option<Note> {
    if all.iter().any(|unread| unread.is_meant_by(name)) {
        return None;
    }
    let near = near_matches(name, all.iter().map(|unread| unread.key.as_str()));
    let hint = near.first().map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
    let text = format!(
        "without effect: --ignore-key {name}, since nothing of that name is left unread in the reply{hint}"
    );
    Some(Note::new(NoteCode::NoPriceEffect, text))
}

/// Makes every line unknown, for one reason.
pub(super) fn open(charges: &mut [Charge], reason: &str) {
    for charge in charges {
        charge.native = Figure::unknown(Decimal::ZERO, reason);
        charge.amount = Figure::unknown(Decimal::ZERO, reason);
    }
}
