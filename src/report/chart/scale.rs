//! From amounts to lengths, in decimals: a drawing is the same on every machine. An axis has round amounts of the currency in
//! which the report is shown.

use rust_decimal::Decimal;

use crate::report::currency::as_shown;
use crate::report::number;

/// About how many steps an axis has.
const STEPS: u32 = 5;

/// An axis from zero on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scale {
    /// The amount at its end, as it is shown.
    most: Decimal,
    /// Its length in units of the drawing.
    length: Decimal,
    step: Decimal,
}

impl Scale {
    /// An axis of a length for amounts up to the most.
    pub fn of(most: Decimal, length: u32) -> Scale {
        let most = shown(most);
        let step = step(most);
        let steps = most.checked_div(step).unwrap_or(Decimal::ONE).ceil();
        let end = step.checked_mul(steps).unwrap_or(most);
        Scale { most: end, length: length.into(), step }
    }

    /// A length for amounts of which the most fills it, without steps to name.
    pub fn filled(most: Decimal, length: u32) -> Scale {
        let most = shown(most);
        Scale { most, length: length.into(), step: most }
    }

    /// How far an amount lies from zero; one beyond the end lies at the end.
    pub fn at(&self, amount: Decimal) -> Decimal {
        self.at_shown(as_shown(amount).1)
    }

    /// The same of an amount of the currency that is shown.
    fn at_shown(&self, amount: Decimal) -> Decimal {
        // Divided first: an amount may be as large as a decimal can be.
        let share = amount.checked_div(self.most).unwrap_or_default();
        let share = share.clamp(Decimal::ZERO, Decimal::ONE);
        (share * self.length).round_dp(1).normalize()
    }

    /// The places that the axis names, from zero on, each with the words for its amount.
    pub fn ticks(&self) -> Vec<(Decimal, String)> {
        let (places, sign) = (self.step.normalize().scale(), as_shown(Decimal::ONE).0);
        let amounts = (0..=2 * STEPS).map_while(|n| self.step.checked_mul(n.into()));
        let amounts = amounts.take_while(|amount| *amount <= self.most);
        let words = |amount| (self.at_shown(amount), number::amount_at(&sign, amount, places));
        amounts.map(words).collect()
    }
}

/// The most as it is shown; one where it is nothing, so that there is an axis.
fn shown(most: Decimal) -> Decimal {
    if most > Decimal::ZERO { as_shown(most).1 } else { Decimal::ONE }
}

/// The step of an axis: 1, 2 or 5 of a power of ten.
fn step(most: Decimal) -> Decimal {
    let rough = most / Decimal::from(STEPS);
    let ten = Decimal::TEN;
    let mut power = Decimal::ONE;
    while power > rough && power.scale() < 12 {
        power /= ten;
    }
    while let Some(next) = power.checked_mul(ten).filter(|next| *next <= rough) {
        power = next;
    }
    let steps = [1, 2, 5, 10].map(|factor| power.checked_mul(Decimal::from(factor)));
    steps.into_iter().flatten().find(|step| *step >= rough).unwrap_or(power)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dec(text: &str) -> Decimal {
        Decimal::from_str_exact(text).expect("a decimal")
    }

    #[test]
    fn an_axis_by_hand() {
        // $2,900 in steps of $1,000 ends at $3,000, of which $1,500 is half the way.
        let scale = Scale::of(dec("2900"), 200);
        let ticks: Vec<String> = scale.ticks().into_iter().map(|(_, words)| words).collect();
        assert_eq!(ticks, ["$0", "$1,000", "$2,000", "$3,000"]);
        assert_eq!(scale.at(dec("1500")), dec("100"));
        assert_eq!(scale.at(dec("9000")), dec("200"), "what lies beyond lies at the end");
        let cents = Scale::of(dec("0.043"), 100).ticks();
        assert_eq!(cents.last().map(|(_, words)| words.as_str()), Some("$0.05"));
    }

    #[test]
    fn no_amount_is_too_large_or_too_small() {
        for most in [Decimal::MAX, Decimal::ZERO, Decimal::new(1, 28)] {
            let scale = Scale::of(most, 100);
            assert!(scale.at(most) <= dec("100"), "{most}");
            assert!(scale.ticks().len() <= 11, "{most}");
        }
    }
}
