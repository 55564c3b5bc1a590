//! Units of measure that count in thousands or millions: `1K`, `1M`, `100 Hours`.

use rust_decimal::Decimal;

/// What one of the quantity stands for, and the word behind it: `1M` is a million of what the meter counts.
pub(super) fn scale(unit: &str) -> Option<(Decimal, Option<&str>)> {
    let unit = unit.trim();
    let digits = unit.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 || digits > 12 {
        return None;
    }
    let (number, rest) = unit.split_at(digits);
    let number = Decimal::from(number.parse::<u64>().ok()?);
    let (factor, rest) = match rest.split_at_checked(1) {
        Some(("K" | "k", rest)) if ends_word(rest) => (1_000, rest),
        Some(("M", rest)) if ends_word(rest) => (1_000_000, rest),
        Some(("B", rest)) if ends_word(rest) => (1_000_000_000, rest),
        _ => (1, rest),
    };
    let word = Some(rest.trim()).filter(|word| !word.is_empty());
    (!number.is_zero()).then_some((number * Decimal::from(factor), word))
}

fn ends_word(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with([' ', '/'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quantity_counts_in_its_unit() {
        let of = |unit: &'static str| scale(unit).map(|(factor, word)| (factor.to_string(), word));
        assert_eq!(of("1M"), Some(("1000000".into(), None)));
        assert_eq!(of("1K"), Some(("1000".into(), None)));
        assert_eq!(of("10K Tokens"), Some(("10000".into(), Some("Tokens"))));
        assert_eq!(of("100 Hours"), Some(("100".into(), Some("Hours"))));
        assert_eq!(of("1 MB"), Some(("1".into(), Some("MB"))));
        assert_eq!(of("1 Month"), Some(("1".into(), Some("Month"))));
        assert_eq!(of("Tokens"), None);
        assert_eq!(of("0K"), None);
    }
}
