//! Numbers as they are written: none of them goes through a float.

use rust_decimal::Decimal;

use super::Json;

/// A value that was read from a text, with its numbers that are no counts as they are written there.
pub(super) fn with_written_numbers<'t>(json: Json<'t>, text: &'t str) -> Json<'t> {
    take(json, &mut Numbers { text, at: 0 })
}

/// A value keeps the order of the text, so that its numbers are those of the text one after the other.
fn take<'t>(json: Json<'t>, numbers: &mut Numbers<'t>) -> Json<'t> {
    match json {
        Json::Whole(count) => {
            numbers.next();
            Json::Whole(count)
        }
        Json::OtherNumber(_) => Json::OtherNumber(numbers.next().unwrap_or_default().into()),
        Json::List(items) => Json::List(items.into_iter().map(|it| take(it, numbers)).collect()),
        Json::Object(entries) => {
            let entry = |(key, value)| (key, take(value, numbers));
            Json::Object(entries.into_iter().map(entry).collect())
        }
        other => other,
    }
}

/// The numbers of a text that is known to be JSON, as they are written.
struct Numbers<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Iterator for Numbers<'t> {
    type Item = &'t str;

    fn next(&mut self) -> Option<&'t str> {
        let bytes = self.text.as_bytes();
        while let Some(byte) = bytes.get(self.at) {
            match byte {
                b'"' => self.skip_string(),
                b'-' | b'0'..=b'9' => {
                    let start = self.at;
                    let part = |byte: &u8| byte.is_ascii_alphanumeric() || b"+-.".contains(byte);
                    self.at += bytes[start..].iter().take_while(|byte| part(byte)).count();
                    return Some(&self.text[start..self.at]);
                }
                _ => self.at += 1,
            }
        }
        None
    }
}

impl Numbers<'_> {
    /// To behind the quote that ends a string. Images are strings of megabytes, so that the next quote is looked for and not
    /// each byte: it is a letter of the string where an odd number of slashes stands before it.
    fn skip_string(&mut self) {
        self.at += 1;
        while let Some(length) = self.text[self.at..].find('"') {
            let before = self.text[..self.at + length].bytes();
            let slashes = before.rev().take_while(|byte| *byte == b'\\').count();
            self.at += length + 1;
            if slashes % 2 == 0 {
                return;
            }
        }
        self.at = self.text.len();
    }
}

/// Whether a number that is written so is zero: no digit before its exponent is another one.
pub(crate) fn is_zero(number: &str) -> bool {
    let digits = number.split(['e', 'E']).next().unwrap_or_default();
    digits.bytes().all(|byte| b"-.0".contains(&byte))
}

/// The decimal that a number is: `3e-05` is 0.00003: the digits, with the point moved by the exponent;
/// `None` where a decimal has too few of them.
pub(crate) fn exact(text: &str) -> Option<Decimal> {
    let (digits, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let exponent: i64 = exponent.parse().ok()?;
    let digits = Decimal::from_str_exact(digits).ok()?.normalize();
    if digits.is_zero() {
        return Some(Decimal::ZERO);
    }
    let scale = i64::from(digits.scale()).checked_sub(exponent)?;
    let moved = match u32::try_from(scale) {
        Ok(scale) => Decimal::try_from_i128_with_scale(digits.mantissa(), scale).ok()?,
        Err(_) => {
            let zeros = u32::try_from(-scale).ok()?;
            let factor = 10_i128.checked_pow(zeros)?;
            Decimal::try_from_i128_with_scale(digits.mantissa().checked_mul(factor)?, 0).ok()?
        }
    };
    Some(moved.normalize())
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;

    #[test]
    fn numbers_that_are_no_counts_stay_as_they_are_written() {
        let text = r#"{"a 1": "2 \" 3\\", "b": [1e-400, -0.10, 7, {"c": 18446744073709551616}], "e": 1E+2}"#;
        let Ok(Json::Object(entries)) = parse(text) else { panic!("an object") };
        let other = |text: &'static str| Json::OtherNumber(text.into());
        let inner = Json::Object(vec![("c".into(), other("18446744073709551616"))]);
        let list = vec![other("1e-400"), other("-0.10"), Json::Whole(7), inner];
        assert_eq!(entries[1].1, Json::List(list));
        assert_eq!(entries[2].1, other("1E+2"));
    }

    #[test]
    fn a_number_is_zero_by_its_digits() {
        for zero in ["0", "-0", "0.0", "-0.00", "0e5", "0E-400"] {
            assert!(is_zero(zero), "{zero}");
        }
        for other in ["1e-400", "0.0001", "-1", "10"] {
            assert!(!is_zero(other), "{other}");
        }
    }

    fn read(text: &str) -> Option<String> {
        exact(text).map(|it| it.to_string())
    }

    #[test]
    fn a_number_is_read_digit_by_digit() {
        for (text, value) in [
            ("3e-05", "0.00003"),
            ("1.25E-06", "0.00000125"),
            ("5", "5"),
            ("0.10", "0.1"),
            ("12.5e1", "125"),
            ("1E+3", "1000"),
            ("0e-99", "0"),
            ("2.9999999999999997e-05", "0.000029999999999999997"),
        ] {
            assert_eq!(read(text).as_deref(), Some(value), "{text}");
        }
    }

    #[test]
    fn what_does_not_fit_is_no_decimal() {
        for text in ["1e-40", "1e40", "1e99999999999999999999", "0.12345678901234567890123456789"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
