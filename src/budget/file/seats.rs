//! Seats as written → [`Seats`], each held against the offers of the catalogue.

use super::frame::Frame;
use super::raw::RawSeats;
use super::span::within;
use super::tags::tags;
use crate::budget::seats::{MOST_SEATS, NoOffer, Seats};
use crate::catalog::check::{Checker, optional};
use crate::catalog::yaml::span;
use crate::problem::ProblemCode;

/// Seats, in the order of the file. What no offer prices, or several do, is refused with the offers that there are.
pub(super) fn seats(check: &mut Checker, raw: &[RawSeats], frame: &Frame) -> Option<Vec<Seats>> {
    raw.iter().map(|raw| of_plan(check, raw, frame)).collect::<Vec<_>>().into_iter().collect()
}

fn of_plan(check: &mut Checker, raw: &RawSeats, frame: &Frame) -> Option<Seats> {
    let plan = check.text(&raw.plan);
    let offer = check.optional_text(raw.offer.as_ref());
    let paid = optional(raw.paid.as_ref(), |raw| check.word(raw));
    let number = check.count(&raw.number, 1, MOST_SEATS);
    let months = within(check, "plan", [raw.from.as_ref(), raw.to.as_ref()], frame.months);
    let tags = tags(check, &raw.tags);
    let [from, to] = months?;
    let (plan, offer, paid) = (plan?, offer?, paid?);
    let seats = Seats { plan, offer, paid, number: number?, from, to, tags: tags? };
    if let Err(why) = seats.offer(frame.catalog) {
        let (code, at) = match &why {
            NoOffer::TooFew { .. } => (ProblemCode::OutOfRange, span(&raw.number)),
            NoOffer::Several { .. } => (ProblemCode::MissingKey, span(&raw.plan)),
            NoOffer::NoneFits { .. } => {
                let named = raw.offer.as_ref().map(span);
                let at = named.or_else(|| raw.paid.as_ref().map(span));
                (ProblemCode::UnknownWord, at.unwrap_or_else(|| span(&raw.plan)))
            }
            NoOffer::NoPlan { .. } | NoOffer::NotSold { .. } => {
                (ProblemCode::UnknownWord, span(&raw.plan))
            }
        };
        check.report(code, at, why.to_string(), why.help());
        return None;
    }
    Some(seats)
}
