//! Shares, changes and factors as people write them, one reader for each quantity. Never through a float.
//!
//! A number without its percent sign has two readings, `3` as 3% and as 300%: where either can be meant it is
//! refused, and both are named. Of a share, bare numbers below 1 have one reading: `0.7` is 70%.

use rust_decimal::Decimal;

use crate::errors::NotAValue;
use crate::money::parse_price;

/// The most that a volume grows in a month, a price changes, a margin or a tolerance is: 1000%.
const MOST: Decimal = Decimal::TEN;

/// The most decimal places of a share that is proposed for a quotient: what does not end by then is not proposed.
const MOST_PLACES: u32 = 6;

/// A share of a whole, such as an acceptance: `70%` or `0.7`, from 0% to 100%.
///
/// # Errors
/// Why it is none, in words.
pub fn parse_share(text: &str) -> Result<Decimal, NotAValue> {
    match number(text) {
        Some(Number { value, bare: true, negative: false }) if value >= Decimal::ONE => {
            Err(NotAValue(two_readings(value)))
        }
        Some(Number { negative: true, .. }) | None => {
            Err(of_quotient(text).unwrap_or_else(|| "not a share such as 70% or 0.7".into()))
        }
        Some(Number { value, .. }) if value > Decimal::ONE => Err("above 100%".into()),
        Some(Number { value, .. }) => Ok(value),
    }
}

/// The growth of a volume from one month to the next: `3%` or `-5%`, from −100% to 1000%.
///
/// # Errors
/// Why it is none, in words.
pub fn parse_growth(text: &str) -> Result<Decimal, NotAValue> {
    change(text)
}

/// A change of a price: `-20%` or `+5%`, from −100% to 1000%.
///
/// # Errors
/// Why it is none, in words.
pub fn parse_price_change(text: &str) -> Result<Decimal, NotAValue> {
    change(text)
}

/// A margin on a cost: `10%`, from 0% to 1000%.
///
/// # Errors
/// Why it is none, in words.
pub fn parse_margin(text: &str) -> Result<Decimal, NotAValue> {
    percentage(text, MOST)
}

/// By how much something may differ from what was asked: `10%`, from 0% to 1000%.
///
/// # Errors
/// Why it is none, in words.
pub fn parse_tolerance(text: &str) -> Result<Decimal, NotAValue> {
    percentage(text, MOST)
}

/// By how much a cost may exceed another one: `10%`, from 0% to 100,000%.
///
/// # Errors
/// Why it is none, in words.
pub fn parse_increase(text: &str) -> Result<Decimal, NotAValue> {
    percentage(text, Decimal::ONE_THOUSAND)
}

/// A factor, which is no share: `×1.2`, `x1.2` or `1.2`, from 0 to 1000.
///
/// # Errors
/// Why it is none, in words.
pub fn parse_factor(text: &str) -> Result<Decimal, NotAValue> {
    let digits = text.strip_prefix(['×', 'x', 'X']).unwrap_or(text);
    let factor = parse_price(digits).ok().filter(|factor| *factor <= Decimal::ONE_THOUSAND);
    factor.ok_or_else(|| "not a factor from 0 to 1000".into())
}

/// A share or a change as a percentage, exactly: `70%`.
pub fn percent(value: Decimal) -> String {
    format!("{}%", (value * Decimal::ONE_HUNDRED).normalize())
}

/// A number as it is written.
struct Number {
    /// As a share of one: 0.7 for `70%` and for `0.7`.
    value: Decimal,
    /// Whether it stands without a percent sign.
    bare: bool,
    /// Whether it has a minus.
    negative: bool,
}

fn number(text: &str) -> Option<Number> {
    let (digits, negative) = match text.strip_prefix('-') {
        Some(digits) => (digits, true),
        None => (text.strip_prefix('+').unwrap_or(text), false),
    };
    let (value, bare) = match digits.strip_suffix('%') {
        Some(percent) => ((parse_price(percent).ok()? / Decimal::ONE_HUNDRED).normalize(), false),
        None => (parse_price(digits).ok()?, true),
    };
    Some(Number { value: if negative { -value } else { value }, bare, negative })
}

fn change(text: &str) -> Result<Decimal, NotAValue> {
    match number(text) {
        None => Err("not a change such as 3% or -5%".into()),
        Some(Number { value, bare: true, .. }) if !value.is_zero() => {
            Err(NotAValue(two_readings(value)))
        }
        Some(Number { value, .. }) if value < Decimal::NEGATIVE_ONE => Err("below -100%".into()),
        Some(Number { value, .. }) if value > MOST => {
            Err(NotAValue(format!("above {}", percent(MOST))))
        }
        Some(Number { value, .. }) => Ok(value),
    }
}

fn percentage(text: &str, most: Decimal) -> Result<Decimal, NotAValue> {
    match number(text) {
        None | Some(Number { negative: true, .. }) => Err("not a percentage such as 10%".into()),
        Some(Number { value, bare: true, .. }) if !value.is_zero() => {
            Err(NotAValue(two_readings(value)))
        }
        Some(Number { value, .. }) if value > most => {
            Err(NotAValue(format!("above {}", percent(most))))
        }
        Some(Number { value, .. }) => Ok(value),
    }
}

/// What is to be written for `3/4`; `None` where that is no share, or does not end as a decimal.
fn of_quotient(text: &str) -> Option<NotAValue> {
    let (part, whole) = text.split_once('/')?;
    let [part, whole] = [part, whole].map(|number| parse_price(number.trim()).ok());
    let (part, whole) = (part?, whole?);
    let share = part.checked_div(whole)?.normalize();
    let is_exact = share.checked_mul(whole) == Some(part) && share.scale() <= MOST_PLACES;
    let is_share = share < Decimal::ONE;
    (is_exact && is_share)
        .then(|| NotAValue(format!("a quotient: write {} or {share}", percent(share))))
}

fn two_readings(value: Decimal) -> String {
    format!("either {}% or {}: write the one that is meant", value.normalize(), percent(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A share, a margin and a growth as they are read.
    type Read = fn(&str) -> Result<Decimal, NotAValue>;

    const PERCENTAGES: [Read; 5] =
        [parse_growth, parse_price_change, parse_margin, parse_tolerance, parse_increase];

    #[test]
    fn a_share_is_read_from_a_percentage_or_a_decimal_below_one() {
        assert_eq!(parse_share("70%"), Ok(Decimal::new(7, 1)));
        assert_eq!(parse_share("70%"), parse_share("0.7"));
        assert_eq!(parse_share("100%"), Ok(Decimal::ONE));
        assert_eq!(parse_share("120%"), Err("above 100%".into()));
        let refused = |text: &str| parse_share(text).expect_err(text);
        assert_eq!(refused("70"), "either 70% or 7000%: write the one that is meant".into());
        assert_eq!(refused("1"), "either 1% or 100%: write the one that is meant".into());
        assert_eq!(refused("3/4"), "a quotient: write 75% or 0.75".into(), "3 ÷ 4");
        for no_decimal_below_one in ["1/3", "4/4", "5/4", "3/0", "3/", "/4", "3/4/5"] {
            assert_eq!(refused(no_decimal_below_one), "not a share such as 70% or 0.7".into());
        }
        for wrong in ["", "%", "-1%", "70 %", "1,5%", "1e-1", "x0.7"] {
            assert!(parse_share(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_change_a_margin_and_a_tolerance_stand_with_their_percent_sign() {
        for read in PERCENTAGES {
            assert_eq!(read("3%"), Ok(Decimal::new(3, 2)));
            assert_eq!(read("0"), Ok(Decimal::ZERO), "of nothing there is one reading");
            let refused = read("3").expect_err("3% or 300%");
            assert_eq!(refused, "either 3% or 300%: write the one that is meant".into());
            let refused = read("0.2").expect_err("0.2% or 20%");
            assert_eq!(refused, "either 0.2% or 20%: write the one that is meant".into());
        }
    }

    #[test]
    fn a_change_has_a_sign_and_goes_down_to_nothing() {
        assert_eq!(parse_growth("-5%"), Ok(Decimal::new(-5, 2)));
        assert_eq!(parse_growth("+3%"), parse_growth("3%"));
        assert_eq!(parse_growth("-101%"), Err("below -100%".into()));
        assert_eq!(parse_growth("1001%"), Err("above 1000%".into()));
        let refused = parse_price_change("-0.2").expect_err("-0.2% or -20%");
        assert_eq!(refused, "either -0.2% or -20%: write the one that is meant".into());
        assert!(parse_growth("--5%").is_err());
        assert_eq!(percent(Decimal::new(-5, 2)), "-5%");
    }

    #[test]
    fn a_factor_is_no_share() {
        let fifth_more = Ok(Decimal::new(12, 1));
        assert_eq!([parse_factor("×1.2"), parse_factor("x1.2")], [fifth_more.clone(), fifth_more]);
        assert_eq!(parse_factor("1.2"), Ok(Decimal::new(12, 1)));
        assert!(parse_factor("120%").is_err());
    }
}
