//! Seats as written → [`Seats`], each held against the offers of the catalogue.

use std::cell::OnceCell;

use super::frame::Frame;
use super::raw::RawSeats;
use super::span::within;
use super::tags::tags;
use crate::budget::seats::{MOST_SEATS, NoOffer, Seats, plans};
use crate::catalog::LookupError;
use crate::catalog::check::{Checker, optional};
use crate::catalog::yaml::span;
use crate::help::Help;
use crate::problem::ProblemCode;

/// Seats, in the order of the file. What no offer prices, or several do, is refused with the offers that there are.
pub(super) fn seats(check: &mut Checker, raw: &[RawSeats], frame: &Frame) -> Option<Vec<Seats>> {
    // Looked for where a plan is not there, and once for all that are not.
    let known = OnceCell::new();
    let read = raw.iter().map(|raw| of_plan(check, raw, frame, &known)).collect::<Vec<_>>();
    read.into_iter().collect()
}

fn of_plan(
    check: &mut Checker,
    raw: &RawSeats,
    frame: &Frame,
    known: &OnceCell<Vec<String>>,
) -> Option<Seats> {
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
        if let NoOffer::NoPlan { why: LookupError::Broken(problems), .. } = why {
            check.extend(problems.into());
            return None;
        }
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
        let help = near(check, &why, || known.get_or_init(|| plans(frame.catalog)));
        let help = help.unwrap_or_else(|| why.help());
        check.report(code, at, why.to_string(), help);
        return None;
    }
    Some(seats)
}

/// The plans that may be meant by a name that none has.
fn near<'k>(
    check: &Checker,
    why: &NoOffer,
    known: impl FnOnce() -> &'k Vec<String>,
) -> Option<Help> {
    let NoOffer::NoPlan { plan, why: LookupError::NotFound { .. } } = why else { return None };
    let known = known();
    let ends: Vec<&str> = known.iter().map(|name| last_part(name)).collect();
    let near = check.near(last_part(plan), ends.into_iter());
    let of_end = |end: &&str| known.iter().find(|name| last_part(name) == *end);
    let near: Vec<&str> = near.iter().filter_map(of_end).map(String::as_str).collect();
    (!near.is_empty()).then(|| format!("did you mean {}?", near.join(", ")).into())
}

/// What an id ends in.
fn last_part(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}
