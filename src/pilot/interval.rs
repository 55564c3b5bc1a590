//! The exact (Clopper–Pearson) interval of a share: what 5 of 7 says of all images to come.
//!
//! Its lower end is the share *p* at which *k* or more of *n* would be seen in 2.5% of all samples:
//! P(X ≥ k) = 2.5%; its upper end is the lower end of what was not seen, taken from one. It holds at least
//! 95% of the time however few the trials are, and is wider than an approximation would say.
//!
//! Both ends are rounded outward to a hundredth of a percent. The arithmetic is in whole numbers, so that
//! it is the same on every machine; a probability is right to better than one part in 10¹⁰.

use rust_decimal::Decimal;

/// The steps in which ends are given: hundredths of a percent.
const GRID: u64 = 10_000;
/// One half of what lies outside the interval is 1 ÷ 40 = 2.5%.
const ONE_IN: u128 = 40;
/// The most trials for which an interval is computed.
pub const MOST_TRIALS: u64 = 1_000_000;

/// Where a share lies, with 95% confidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    /// The lower end, from 0 to 1.
    pub low: Decimal,
    /// The upper end, from 0 to 1.
    pub high: Decimal,
}

impl Interval {
    /// How far its ends lie apart.
    pub fn width(&self) -> Decimal {
        self.high - self.low
    }
}

/// The interval of `seen` among `trials`; `None` without trials, or with more than [`MOST_TRIALS`].
pub fn interval(seen: u64, trials: u64) -> Option<Interval> {
    if trials == 0 || trials > MOST_TRIALS || seen > trials {
        return None;
    }
    let on_grid = |steps: u64| Decimal::new(steps as i64, 4).normalize();
    let high = GRID - lower_end(trials - seen, trials);
    Some(Interval { low: on_grid(lower_end(seen, trials)), high: on_grid(high) })
}

/// How many more trials narrow the interval to a width, if as large a share of them is seen as so far;
/// `None` where not even [`MOST_TRIALS`] do.
pub fn more_trials(seen: u64, trials: u64, width: Decimal) -> Option<u64> {
    let narrow = |all: u64| {
        let half = u128::from(trials) / 2;
        let alike = (u128::from(all) * u128::from(seen) + half) / u128::from(trials.max(1));
        interval(alike as u64, all).is_some_and(|interval| interval.width() <= width)
    };
    if trials == 0 {
        return None;
    }
    let (mut wide, mut enough) = (trials, trials);
    while !narrow(enough) {
        if enough == MOST_TRIALS {
            return None;
        }
        (wide, enough) = (enough, (enough * 2).min(MOST_TRIALS));
    }
    while enough - wide > 1 {
        let middle = wide + (enough - wide) / 2;
        if narrow(middle) { enough = middle } else { wide = middle }
    }
    Some(enough - trials)
}

/// The largest share on the grid at which `seen` or more are seen in at most 2.5% of all samples.
fn lower_end(seen: u64, trials: u64) -> u64 {
    if seen == 0 {
        return 0;
    }
    let ways = ways(seen, trials);
    // At the observed share and above, half of all samples or more have as many: it is never below this.
    let (mut low, mut high) = (0, (seen * GRID).div_ceil(trials));
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if rarely_as_many(seen, trials, middle, ways) { low = middle } else { high = middle }
    }
    low
}

/// Whether P(X ≥ seen) is at most 2.5% at a share of `steps` on the grid, which is below the observed one.
fn rarely_as_many(seen: u64, trials: u64, steps: u64, ways: Scaled) -> bool {
    let (hit, miss) = (u128::from(steps), u128::from(GRID - steps));
    let share = |part: u128| Scaled::new(part).over(u128::from(GRID));
    let exactly = ways.times(share(hit).power(seen)).times(share(miss).power(trials - seen));
    // P(X = i + 1) is P(X = i) × (n − i) ÷ (i + 1) × p ÷ (1 − p), and less than it from here on.
    let mut term = 1_u128 << 64;
    let mut sum = term;
    for at in seen..trials {
        term = term * u128::from(trials - at) * hit / (u128::from(at + 1) * miss);
        if term == 0 {
            break;
        }
        sum += term;
    }
    exactly.times(Scaled::new(sum)).times(Scaled::new(ONE_IN)).at_most_two_to(64)
}

/// In how many ways `seen` can be chosen among `trials`.
fn ways(seen: u64, trials: u64) -> Scaled {
    let fewer = seen.min(trials - seen);
    (0..fewer).fold(Scaled::new(1), |ways, at| {
        ways.times(Scaled::new(u128::from(trials - at))).over(u128::from(at + 1))
    })
}

/// A number above zero as 64 leading bits × a power of two: probabilities get far too small for a count.
#[derive(Debug, Clone, Copy)]
struct Scaled {
    bits: u128,
    exponent: i64,
}

impl Scaled {
    /// `value` must be above zero.
    fn new(value: u128) -> Scaled {
        Scaled { bits: value, exponent: 0 }.trimmed()
    }

    fn trimmed(self) -> Scaled {
        let length = 128 - i64::from(self.bits.leading_zeros());
        let shift = length - 64;
        let bits = if shift > 0 { self.bits >> shift } else { self.bits << -shift };
        Scaled { bits, exponent: self.exponent + shift }
    }

    fn times(self, other: Scaled) -> Scaled {
        let (bits, exponent) = (self.bits * other.bits, self.exponent + other.exponent);
        Scaled { bits, exponent }.trimmed()
    }

    fn over(self, divisor: u128) -> Scaled {
        Scaled { bits: (self.bits << 63) / divisor, exponent: self.exponent - 63 }.trimmed()
    }

    fn power(self, exponent: u64) -> Scaled {
        let (mut square, mut product, mut rest) = (self, Scaled::new(1), exponent);
        while rest > 0 {
            if rest % 2 == 1 {
                product = product.times(square);
            }
            square = square.times(square);
            rest /= 2;
        }
        product
    }

    fn at_most_two_to(self, power: i64) -> bool {
        let top = 63 + self.exponent;
        top < power || (top == power && self.bits == 1 << 63)
    }
}

#[cfg(test)]
mod tests {
    use num_bigint::BigInt;

    use super::*;

    fn ends(seen: u64, trials: u64) -> (String, String) {
        let interval = interval(seen, trials).expect("trials");
        (interval.low.to_string(), interval.high.to_string())
    }

    fn are(seen: u64, trials: u64, low: &str, high: &str) {
        assert_eq!(ends(seen, trials), (low.into(), high.into()), "{seen} of {trials}");
    }

    /// R. G. Newcombe, "Two-sided confidence intervals for the single proportion: comparison of seven
    /// methods", Statistics in Medicine 17 (1998), 857–872, Table I, method 5 (Clopper–Pearson). Its ends are
    /// rounded to the nearest step; those here outward, and so up to one step farther out.
    #[test]
    fn the_published_table_is_met() {
        let published = [
            (81, 263, "0.2527", "0.3676"),
            (15, 148, "0.0578", "0.1617"),
            (0, 20, "0", "0.1684"),
            (1, 29, "0.0009", "0.1776"),
        ];
        let step = Decimal::new(1, 4);
        for (seen, trials, low, high) in published {
            let found = interval(seen, trials).expect("trials");
            let [low, high]: [Decimal; 2] = [low, high].map(|end| end.parse().expect("a number"));
            assert!((low - step..=low).contains(&found.low), "{seen} of {trials}: {found:?}");
            assert!((high..=high + step).contains(&found.high), "{seen} of {trials}: {found:?}");
        }
    }

    #[test]
    fn ends_are_rounded_outward() {
        are(81, 263, "0.2527", "0.3677"); // 0.252736… and 0.367622…
        are(15, 148, "0.0578", "0.1617"); // 0.057844… and 0.161651…
        are(0, 20, "0", "0.1685"); // 1 − 0.025^(1/20) = 0.168433…
        are(1, 29, "0.0008", "0.1777"); // 0.000872… and 0.177645…
        are(5, 7, "0.2904", "0.9634"); // 0.290420… and 0.963307…
        are(7, 7, "0.5903", "1"); // 0.025^(1/7) = 0.590384…
        are(1, 1, "0.025", "1");
    }

    /// P(X ≥ k) · Dⁿ in whole numbers of any length.
    fn rarely_exactly(seen: u64, trials: u64, steps: u64) -> bool {
        let (hit, miss) = (BigInt::from(steps), BigInt::from(GRID - steps));
        let choose = |k: u64| {
            (0..k).fold(BigInt::from(1), |ways, at| ways * BigInt::from(trials - at) / (at + 1))
        };
        let sum: BigInt = (seen..=trials)
            .map(|k| choose(k) * hit.pow(k as u32) * miss.pow((trials - k) as u32))
            .sum();
        sum * BigInt::from(ONE_IN) <= BigInt::from(GRID).pow(trials as u32)
    }

    #[test]
    fn every_small_sample_agrees_with_whole_numbers_of_any_length() {
        for trials in 1..=25 {
            for seen in 1..=trials {
                let low = lower_end(seen, trials);
                assert!(rarely_exactly(seen, trials, low), "{seen} of {trials}: {low}");
                assert!(!rarely_exactly(seen, trials, low + 1), "{seen} of {trials}: {low}");
            }
        }
    }

    #[test]
    fn more_trials_narrow_it_and_many_do_not_break_it() {
        let width = Decimal::new(1, 1);
        let more = more_trials(5, 7, width).expect("a number");
        let all = 7 + more;
        let alike = (all * 5 + 3) / 7;
        assert!(interval(alike, all).expect("trials").width() <= width);
        assert_eq!(more_trials(300, 400, width), Some(0), "narrow enough already");
        assert_eq!(more_trials(0, 0, width), None);
        assert_eq!(more_trials(1, 2, Decimal::new(1, 4)), None, "0.01% needs too many");
        let many = interval(700_000, 1_000_000).expect("trials");
        assert!(many.width() < Decimal::new(2, 3), "{many:?}");
        assert_eq!(interval(1, MOST_TRIALS + 1), None);
    }
}
