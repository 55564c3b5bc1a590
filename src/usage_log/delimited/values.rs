//! The cells of a row → what they say. No number goes through a float.

use rust_decimal::Decimal;

use crate::catalog::conditions::Processing;
use crate::json;

/// A count: digits, or digits with a point and zeros, as programs print whole numbers that they keep as others.
pub(crate) fn count(text: &str) -> Option<u64> {
    let (whole, rest) = text.split_once('.').unwrap_or((text, "0"));
    let is_whole = !whole.is_empty()
        && whole.bytes().all(|byte| byte.is_ascii_digit())
        && !rest.is_empty()
        && rest.bytes().all(|byte| byte == b'0');
    if is_whole { whole.parse().ok() } else { None }
}

/// An amount in US dollars, as it is written: digits with a point, or with an exponent, which programs write for small ones.
pub(crate) fn dollars(text: &str) -> Option<Decimal> {
    let text = text.strip_prefix('$').unwrap_or(text);
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit() || b".eE+-".contains(&byte));
    let begins = text.bytes().next().is_some_and(|byte| byte.is_ascii_digit());
    if is_number && begins && !text.ends_with('.') { json::exact(text) } else { None }
}

/// Yes or no.
pub(crate) fn flag(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "yes" | "1" | "accepted" => Some(true),
        "false" | "no" | "0" | "rejected" => Some(false),
        _ => None,
    }
}

/// How a request was processed: the word of tables, or the tier at which it was served.
pub(crate) fn processing(text: &str) -> Option<Processing> {
    let word = text.to_ascii_lowercase();
    match word.as_str() {
        "batch" => Some(Processing::Batch),
        _ => Processing::of_tier(&word),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_whole_and_never_guessed() {
        assert_eq!(count("5488"), Some(5488));
        assert_eq!(count("10.0"), Some(10));
        for text in
            ["", "-1", "1e3", "1,000", "10.5", "10.", ".0", "+1", "99999999999999999999", "٥"]
        {
            assert_eq!(count(text), None, "{text:?}");
        }
    }

    #[test]
    fn amounts_are_exact() {
        let of = |text| dollars(text).map(|amount| amount.to_string());
        assert_eq!(of("0.8958740000000000").as_deref(), Some("0.895874"));
        assert_eq!(of("3e-05").as_deref(), Some("0.00003"));
        assert_eq!(of("$1.50").as_deref(), Some("1.5"));
        for text in ["", "-1", "abc", "1,5", "e5", "NaN", "0."] {
            assert_eq!(of(text), None, "{text:?}");
        }
    }
}
