//! The charges of a conversation: each turn is rated by its own counts, and lines of one price add up.

use std::num::NonZeroU32;

use rust_decimal::Decimal;

use super::{Charge, Rated};
use crate::figure::Figure;
use crate::money::{self, AmountTooLarge};
use crate::usage::Quantity;

/// The lines of a conversation of this first turn and later ones that are all alike. What both bill at
/// the same price of the same table is one line; a line of one of them stands by itself.
///
/// # Errors
/// [`AmountTooLarge`] if an amount cannot be kept exact.
pub fn over_turns(first: Rated, later: Rated, turns: NonZeroU32) -> Result<Rated, AmountTooLarge> {
    if turns == NonZeroU32::MIN {
        return Ok(first);
    }
    let mut of_later = later.charges;
    let mut charges = Vec::new();
    for charge in &first.charges {
        let same = of_later.iter().position(|other| is_same_line(charge, other));
        let other = same.map_or_else(|| nothing_of(charge), |index| of_later.remove(index));
        charges.push(added(charge, &other, turns)?);
    }
    for charge in of_later {
        charges.push(added(&nothing_of(&charge), &charge, turns)?);
    }
    charges.sort_by_key(|charge| charge.meter);
    let mut notes = first.notes;
    let more = later.notes.into_iter().filter(|note| !notes.contains(note)).collect::<Vec<_>>();
    notes.extend(more);
    Ok(Rated { charges, notes })
}

fn is_same_line(a: &Charge, b: &Charge) -> bool {
    let route = |charge: &Charge| charge.table.as_ref().map(|table| table.route.id.clone());
    a.meter == b.meter && a.part == b.part && a.unit_price == b.unit_price && route(a) == route(b)
}

/// The line of a turn in which nothing of it is billed.
fn nothing_of(charge: &Charge) -> Charge {
    let zero = Figure::Exact(Decimal::ZERO);
    Charge { quantity: Quantity::none(), native: zero.clone(), amount: zero, ..charge.clone() }
}

fn added(first: &Charge, later: &Charge, turns: NonZeroU32) -> Result<Charge, AmountTooLarge> {
    let more = Decimal::from(turns.get() - 1);
    let sum = |first: &Figure<Decimal>, later: &Figure<Decimal>| {
        let later = later.try_map(|amount| money::multiply(amount, more))?;
        first.try_join(&later, money::add)
    };
    Ok(Charge {
        quantity: Quantity::over_turns(&first.quantity, &later.quantity, turns)?,
        native: sum(&first.native, &later.native)?,
        amount: sum(&first.amount, &later.amount)?,
        rests_on: first.rests_on_both(later),
        ..first.clone()
    })
}
