//! Shares and changes as people write them: `70%`, `0.7`, `-5%`. Never through a float.

use rust_decimal::Decimal;

use crate::money::parse_price;

/// A share of at most so many times the whole: `70%` or `0.7`.
///
/// # Errors
/// Why it is none, in words.
pub fn parse_share(text: &str, most: Decimal) -> Result<Decimal, String> {
    let value = plain(text).ok_or("not a share such as 70% or 0.7")?;
    if value <= most {
        return Ok(value);
    }
    let hint = match text.ends_with('%') {
        true => String::new(),
        false => format!("; for a percentage write {text}%"),
    };
    Err(format!("above {}%{hint}", (most * Decimal::ONE_HUNDRED).normalize()))
}

/// A change from −100% to so many times the whole: `3%`, `-5%` or `0.03`.
///
/// # Errors
/// Why it is none, in words.
pub fn parse_change(text: &str, most: Decimal) -> Result<Decimal, String> {
    match text.strip_prefix('-') {
        Some(less) => match plain(less) {
            Some(value) if value <= Decimal::ONE => Ok(-value),
            Some(_) => Err("below -100%".into()),
            None => Err(NOT_A_CHANGE.into()),
        },
        None => {
            let more = text.strip_prefix('+').unwrap_or(text);
            plain(more).ok_or(NOT_A_CHANGE)?;
            parse_share(more, most)
        }
    }
}

const NOT_A_CHANGE: &str = "not a change such as 3% or -5%";

fn plain(text: &str) -> Option<Decimal> {
    match text.strip_suffix('%') {
        Some(percent) => Some((parse_price(percent).ok()? / Decimal::ONE_HUNDRED).normalize()),
        None => parse_price(text).ok(),
    }
}

/// A share or a change as a percentage, exactly: `70%`.
pub fn percent(value: Decimal) -> String {
    format!("{}%", (value * Decimal::ONE_HUNDRED).normalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_read_from_a_percentage_or_a_decimal() {
        let most = Decimal::ONE;
        assert_eq!(parse_share("70%", most), parse_share("0.7", most));
        assert_eq!(parse_share("120%", most), Err("above 100%".into()));
        assert_eq!(
            parse_share("70", most),
            Err("above 100%; for a percentage write 70%".into()),
            "70 is not taken for 70%"
        );
        for wrong in ["", "%", "-1%", "70 %", "1,5%", "1e-1"] {
            assert!(parse_share(wrong, most).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_change_has_a_sign_and_goes_down_to_nothing() {
        let most = Decimal::TEN;
        assert_eq!(parse_change("-5%", most), Ok(Decimal::new(-5, 2)));
        assert_eq!(parse_change("+3%", most), parse_change("0.03", most));
        assert_eq!(parse_change("-101%", most), Err("below -100%".into()));
        assert!(parse_change("--5%", most).is_err());
        assert_eq!(percent(Decimal::new(-5, 2)), "-5%");
    }
}
