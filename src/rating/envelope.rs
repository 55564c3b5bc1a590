//! The range over all ways in which a usage can be charged.

use rust_decimal::Decimal;

use super::Charge;
use crate::figure::Figure;
use crate::reason::Reasons;

/// Each line from the least to the most that it is in any alternative. A line that an alternative
/// does not have is zero there.
pub(super) fn over(mut alternatives: Vec<Vec<Charge>>, reasons: &Reasons) -> Vec<Charge> {
    let Some(mut lines) = alternatives.pop() else { return Vec::new() };
    if alternatives.is_empty() {
        return lines;
    }
    for other in alternatives {
        for line in &mut lines {
            let same = other.iter().find(|charge| charge.meter == line.meter);
            widen(line, same, reasons);
        }
        for charge in other {
            if !lines.iter().any(|line| line.meter == charge.meter) {
                let mut line = charge;
                widen(&mut line, None, reasons);
                lines.push(line);
            }
        }
    }
    lines.sort_by_key(|line| line.meter);
    lines
}

/// Widens a line to what another one is, or to nothing.
pub(super) fn widen(line: &mut Charge, other: Option<&Charge>, reasons: &Reasons) {
    let zero = Figure::Exact(Decimal::ZERO);
    line.amount = between(&line.amount, other.map_or(&zero, |other| &other.amount), reasons);
    line.native = between(&line.native, other.map_or(&zero, |other| &other.native), reasons);
    if let Some(other) = other {
        line.rests_on = line.rests_on_both(other);
    }
    line.read_on = line.read_on.max(other.and_then(|other| other.read_on));
    if other.is_none_or(|other| other.unit_price != line.unit_price) {
        line.unit_price = None;
    }
}

fn between(a: &Figure<Decimal>, b: &Figure<Decimal>, open: &Reasons) -> Figure<Decimal> {
    if a == b {
        return a.clone();
    }
    let low = a.low().min(b.low());
    let reasons = open.and(a.reasons()).and(b.reasons());
    match (a.high(), b.high()) {
        (Some(a), Some(b)) => Figure::Range { low, expected: None, high: a.max(b), reasons },
        _ => Figure::Unknown { at_least: low, reasons },
    }
}
