//! The lines of a usage that lies between ends: what is alike at all ends, and one line for the rest.
//!
//! Ranges of several lines would add up to more than what is open: what one kind of token has more, another
//! has less. So the open tokens are one line, from the least to the most that they cost together.

use rust_decimal::Decimal;

use super::Charge;
use crate::figure::Figure;
use crate::money::AmountTooLarge;
use crate::reason::Reasons;
use crate::unit::Meter;
use crate::usage::Quantity;

/// The lines over all ends; `meter` is that of the line for what is open, and `expected` the number of the
/// end that is, if one is.
///
/// # Errors
/// [`AmountTooLarge`] if a sum cannot be kept exact.
pub fn over_ends(
    ends: Vec<Vec<Charge>>,
    meter: Meter,
    expected: Option<usize>,
    reason: &Reasons,
) -> Result<Vec<Charge>, AmountTooLarge> {
    let is_alike =
        |line: &Charge| ends.iter().all(|end| end.iter().any(|other| is_same(line, other)));
    let (alike, rest): (Vec<Vec<Charge>>, Vec<Vec<Charge>>) =
        ends.iter().map(|end| end.iter().cloned().partition(|line| is_alike(line))).unzip();
    let Some(model) = rest.iter().flatten().next() else {
        return Ok(alike.into_iter().next().unwrap_or_default());
    };
    let open = Charge {
        meter,
        quantity: Quantity { count: counted(&rest, reason), how: vec![reason.in_words()] },
        unit_price: None,
        rests_on: rest.iter().flatten().fold(model.clone(), joined).rests_on,
        native: between(&rest, |line| &line.native, expected, reason)?,
        amount: between(&rest, |line| &line.amount, expected, reason)?,
        ..model.clone()
    };
    let mut lines = alike.into_iter().next().unwrap_or_default();
    lines.push(open);
    Ok(lines)
}

/// A line that rests on what a second one rests on as well.
fn joined(line: Charge, other: &Charge) -> Charge {
    Charge { rests_on: line.rests_on_both(other), ..line }
}

fn is_same(a: &Charge, b: &Charge) -> bool {
    a.meter == b.meter && a.quantity.count == b.quantity.count && a.amount == b.amount
}

/// The tokens of the open lines together, which are as many at all ends.
fn counted(ends: &[Vec<Charge>], reason: &Reasons) -> Figure<u64> {
    let sum = |end: &Vec<Charge>| {
        end.iter().fold(0u64, |sum, line| sum.saturating_add(line.quantity.count.low()))
    };
    let (low, high) = (ends.iter().map(sum).min(), ends.iter().map(sum).max());
    match (low.unwrap_or(0), high.unwrap_or(0)) {
        (low, high) if low == high => Figure::Exact(low),
        (low, high) => Figure::range(low, None, high, reason.clone()),
    }
}

fn between(
    ends: &[Vec<Charge>],
    of: fn(&Charge) -> &Figure<Decimal>,
    expected: Option<usize>,
    reason: &Reasons,
) -> Result<Figure<Decimal>, AmountTooLarge> {
    let sum = |end: &Vec<Charge>| Figure::sum(end.iter().map(of));
    let sums = ends.iter().map(sum).collect::<Result<Vec<_>, _>>()?;
    let low = sums.iter().map(Figure::low).min().unwrap_or_default();
    let high = sums.iter().map(Figure::high).collect::<Option<Vec<_>>>();
    let reasons = sums.iter().fold(reason.clone(), |all, sum| all.and(sum.reasons()));
    Ok(match high.and_then(|highs| highs.into_iter().max()) {
        Some(high) if high == low => Figure::Exact(low),
        Some(high) => {
            let expected = expected.and_then(|end| sums[end].expected());
            Figure::Range { low, expected, high, reasons }
        }
        None => Figure::Unknown { at_least: low, reasons },
    })
}
