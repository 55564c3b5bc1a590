//! The values of flags that several commands read, each by one reader.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::catalog::conditions::Processing;
use crate::catalog::evidence::Confidence;
use crate::catalog::owner::OwnerKind;
use crate::catalog::parse_date;
use crate::money::parse_price;

/// An amount of US dollars: `0.25` or `$0.25`.
pub(super) fn dollars(text: &str) -> Result<Decimal, String> {
    parse_price(text.strip_prefix('$').unwrap_or(text)).map_err(|error| error.to_string())
}

pub(super) fn above_zero(text: &str) -> Result<Decimal, String> {
    dollars(text).and_then(|amount| {
        if amount.is_zero() { Err("must be above zero".into()) } else { Ok(amount) }
    })
}

pub(super) fn count(text: &str) -> Result<u64, String> {
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|_| digits).ok_or_else(|| "not a whole number from 0 up".into())
}

pub(super) fn at_least_one(text: &str) -> Result<u64, String> {
    count(text).ok().filter(|count| *count > 0).ok_or_else(|| "not a whole number from 1 up".into())
}

pub(super) fn day(text: &str) -> Result<NaiveDate, String> {
    parse_date(text).ok_or_else(|| "not a day of the form YYYY-MM-DD".into())
}

/// A number of days: `90d` or `90`.
pub(super) fn age(text: &str) -> Result<u64, String> {
    let digits = text.strip_suffix('d').unwrap_or(text);
    let is_count = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    let days = digits.parse().ok().filter(|days| is_count && *days <= 36_500);
    days.ok_or_else(|| "not a number of days such as 90d".into())
}

pub(super) fn processing(text: &str) -> Result<Processing, String> {
    one_of(text, Processing::ALL.map(|kind| (kind.as_str(), kind)))
}

pub(super) fn owner_kind(text: &str) -> Result<OwnerKind, String> {
    one_of(text, OwnerKind::ALL.map(|kind| (kind.as_str(), kind)))
}

pub(super) fn confidence(text: &str) -> Result<Confidence, String> {
    one_of(text, Confidence::ALL.map(|level| (level.as_str(), level)))
}

pub(super) fn one_of<T: Copy, const N: usize>(
    text: &str,
    words: [(&str, T); N],
) -> Result<T, String> {
    let found = words.iter().find(|(word, _)| *word == text);
    found.map(|(_, value)| *value).ok_or_else(|| {
        let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        format!("use one of {}", known.join(", "))
    })
}
