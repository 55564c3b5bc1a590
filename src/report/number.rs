//! Numbers for people. The one place that rounds, and it rounds for display only. Amounts are shown in the currency of
//! the report ([`super::currency`] converts them), unit prices in that of their owner.
//!
//! The rule for amounts, half to even: cents from $1 on, four significant digits below, at least cents. Lines that
//! add up to a total in front of the reader share so many places that the sum can be followed ([`shared_places`]),
//! and unit prices have all their digits. What is not zero never prints as zero.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::catalog::price::PriceUnit;
use crate::figure::Figure;
use crate::unit::{Per, grouped, grouped_digits};

use super::currency::{self, as_shown};

/// The most decimal places that lines of a sum are shown with.
const MOST_PLACES: u32 = 6;
/// The fewest decimal places shown of an amount.
const CENTS: u32 = 2;
/// The digits of an amount below $1.
const SIGNIFICANT_DIGITS: u32 = 4;

/// How the amounts of a column, or the ends of a figure, are rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Rounding {
    /// Each by itself: cents from $1 on, four significant digits below.
    #[default]
    Each,
    /// To so many places.
    Places(u32),
}

impl Rounding {
    fn places(self, amount: Decimal) -> u32 {
        match self {
            Rounding::Each => shown_places(amount),
            Rounding::Places(places) => places,
        }
    }
}

/// The decimal places of an amount by itself.
fn own_places(amount: Decimal) -> u32 {
    let amount = amount.abs();
    if amount >= Decimal::ONE {
        return CENTS;
    }
    let shown =
        amount.round_sf_with_strategy(SIGNIFICANT_DIGITS, RoundingStrategy::MidpointNearestEven);
    shown.unwrap_or(amount).normalize().scale().max(CENTS)
}

/// The decimal places of an amount of US dollars as it is shown.
fn shown_places(amount: Decimal) -> u32 {
    own_places(as_shown(amount).1)
}

/// How many decimal places the lines of a sum are shown with, so that it can be followed: as many as the finest needs,
/// from 2 to 6, but no more than 4 from $1 and no more than 2 from $100 on.
pub fn shared_places(amounts: impl IntoIterator<Item = Decimal>) -> u32 {
    let (mut finest, mut largest) = (CENTS, Decimal::ZERO);
    for amount in amounts {
        finest = finest.max(amount.normalize().scale());
        largest = largest.max(amount.abs());
    }
    let most = match largest {
        large if large >= Decimal::ONE_HUNDRED => 2,
        large if large >= Decimal::ONE => 4,
        _ => MOST_PLACES,
    };
    finest.min(most)
}

/// The amounts of a figure as they are shown, for [`shared_places`].
pub fn shown_amounts(figure: &Figure<Decimal>) -> impl Iterator<Item = Decimal> {
    let amounts = [Some(figure.low()), figure.expected(), figure.high()];
    amounts.into_iter().flatten().map(|amount| as_shown(amount).1)
}

/// An amount of US dollars: `$3,010.29`, `$0.2107`; in the currency of the report, where that is another.
pub fn dollars(amount: Decimal) -> String {
    dollars_at(amount, shown_places(amount))
}

/// An amount of US dollars at so many places: `$0.21072`, `<$0.01` for a trace; in the currency of the report, where that
/// is another.
pub fn dollars_at(amount: Decimal, places: u32) -> String {
    let (sign, amount) = as_shown(amount);
    amount_at(&sign, amount, places)
}

/// A figure in US dollars to stand beside what is shown in another currency: ` ($8,741.29)`; nothing where dollars are
/// shown, or nothing is known.
pub fn dollars_aside(figure: &Figure<Decimal>) -> String {
    let is_unknown = figure.high().is_none() && figure.low().is_zero();
    if currency::shown().is_none() || is_unknown {
        return String::new();
    }
    currency::showing(None, || format!(" ({})", dollar_figure_alone(figure)))
}

/// An amount behind a sign of currency, at so many places.
pub(super) fn amount_at(currency: &str, amount: Decimal, places: u32) -> String {
    let rounded = round(amount, places);
    if rounded.is_zero() && !amount.is_zero() {
        return format!("<{currency}{}", fixed(Decimal::new(1, places), places));
    }
    let sign = if rounded.is_sign_negative() && !rounded.is_zero() { "-" } else { "" };
    format!("{sign}{currency}{}", fixed(rounded.abs(), places))
}

/// An amount in a currency that is shown as it is, and not in that of the report: `EUR 5.42`, `$8.91`.
pub fn amount_in(code: &str, amount: Decimal) -> String {
    amount_in_at(code, amount, Rounding::Each)
}

/// The same, rounded as its column is.
pub fn amount_in_at(code: &str, amount: Decimal, rounding: Rounding) -> String {
    let places = match rounding {
        Rounding::Each => own_places(amount),
        Rounding::Places(places) => places,
    };
    let sign = if code == "USD" { "$".to_owned() } else { format!("{code} ") };
    amount_at(&sign, amount, places)
}

/// A figure in US dollars: one amount, a range, or the part that is known.
pub fn dollar_figure(figure: &Figure<Decimal>, rounding: Rounding) -> String {
    match figure {
        Figure::Exact(amount) => dollars_at(*amount, rounding.places(*amount)),
        Figure::Range { low, high, .. } => ends(*low, *high, rounding).join(" to "),
        Figure::Unknown { at_least, .. } if at_least.is_zero() => "unknown".into(),
        Figure::Unknown { at_least, .. } => {
            format!("at least {}", dollars_at(*at_least, rounding.places(*at_least)))
        }
    }
}

/// A figure in US dollars for a cell of a table, as narrow as it gets: `$0.06–0.15`.
pub fn dollar_cell(figure: &Figure<Decimal>, rounding: Rounding) -> String {
    match figure {
        Figure::Range { low, high, .. } => {
            let [low, high] = ends(*low, *high, rounding);
            let sign = as_shown(Decimal::ONE).0;
            format!("{low}–{}", high.strip_prefix(&*sign).unwrap_or(&high))
        }
        Figure::Unknown { at_least, .. } if !at_least.is_zero() => {
            format!("≥ {}", dollars_at(*at_least, rounding.places(*at_least)))
        }
        figure => dollar_figure(figure, rounding),
    }
}

/// A figure by itself as narrow as it gets: `$0.012–0.036`.
pub fn dollar_range(figure: &Figure<Decimal>) -> String {
    dollar_cell(figure, Rounding::Each)
}

/// The ends of a range, which differ in print where they differ.
fn ends(low: Decimal, high: Decimal, rounding: Rounding) -> [String; 2] {
    let shown = [low, high].map(|end| dollars_at(end, rounding.places(end)));
    match rounding {
        Rounding::Each if shown[0] == shown[1] && low != high => {
            [dollars_beside(low, high), dollars_beside(high, low)]
        }
        _ => shown,
    }
}

/// A figure by itself, with the value to expect of a range.
pub fn dollar_figure_alone(figure: &Figure<Decimal>) -> String {
    let text = dollar_figure(figure, Rounding::Each);
    match (figure, figure.expected()) {
        (Figure::Range { .. }, Some(expected)) => format!("{text}, expected {}", dollars(expected)),
        _ => text,
    }
}

/// A line of a sum by itself, at the places that it needs.
pub fn dollar_line(figure: &Figure<Decimal>) -> String {
    dollar_figure(figure, Rounding::Places(shared_places(shown_amounts(figure))))
}

/// An amount beside another one, at as many places as it takes to see on which side of it it lies: `$3,000.0004`
/// beside $3,000.
pub fn dollars_beside(amount: Decimal, other: Decimal) -> String {
    let scale = |amount| as_shown(amount).1.normalize().scale();
    let fewest = shown_places(amount).max(shown_places(other));
    let most = scale(amount).max(scale(other)).max(fewest);
    let differs = |places: &u32| dollars_at(amount, *places) != dollars_at(other, *places);
    let places = (fewest..=most).find(differs).unwrap_or(fewest);
    dollars_at(amount, places)
}

/// A count with separators: `7,024`.
pub fn count(count: u64) -> String {
    grouped(count)
}

/// A count that may be a range or unknown.
pub fn count_figure(figure: &Figure<u64>) -> String {
    match figure {
        Figure::Exact(value) => count(*value),
        Figure::Range { low, high, .. } => format!("{}–{}", count(*low), count(*high)),
        Figure::Unknown { at_least: 0, .. } => "unknown".into(),
        Figure::Unknown { at_least, .. } => format!("≥ {}", count(*at_least)),
    }
}

/// A number that need not be whole: `17,143`, and two places below ten: `1.43`, `<0.01` for a trace.
pub fn quantity(value: Decimal) -> String {
    let places = if value.abs() < Decimal::TEN { 2 } else { 0 };
    match rounded(value, places) {
        zero if zero == "0" && !value.is_zero() => "<0.01".into(),
        text => text,
    }
}

/// A number that need not be whole and may be a range or unknown.
pub fn quantity_figure(figure: &Figure<Decimal>) -> String {
    match figure {
        Figure::Exact(value) => quantity(*value),
        Figure::Range { low, high, .. } => format!("{}–{}", quantity(*low), quantity(*high)),
        Figure::Unknown { at_least, .. } if at_least.is_zero() => "unknown".into(),
        Figure::Unknown { at_least, .. } => format!("≥ {}", quantity(*at_least)),
    }
}

/// A unit price with all its digits, at least two after the point for dollars: `$30.00 per 1M`,
/// `7,600 credits per 1M`. Never rounded.
pub fn unit_price(price: Decimal, per: Per, unit: &PriceUnit) -> String {
    let amount = native(price, unit);
    match per {
        Per::One => amount,
        per => format!("{amount} per {}", per.as_str()),
    }
}

/// An amount in the unit of its table with all its digits: `$0.03`, `CNY 0.04`, `6 credits`.
pub fn native(amount: Decimal, unit: &PriceUnit) -> String {
    let amount = amount.normalize();
    let sign = if amount.is_sign_negative() { "-" } else { "" };
    let digits = |places: u32| fixed(amount.abs(), amount.scale().max(places));
    match unit {
        unit if unit.is_usd() => dollars_in_full(amount),
        PriceUnit::Currency(code) => format!("{sign}{code} {}", digits(CENTS)),
        PriceUnit::Credit(name, _) => {
            let name = if amount == Decimal::ONE || name.chars().all(char::is_uppercase) {
                name.clone()
            } else {
                format!("{name}s")
            };
            format!("{sign}{} {name}", digits(0))
        }
    }
}

/// US dollars with all digits: `$0.03`.
pub fn dollars_in_full(amount: Decimal) -> String {
    amount_at("$", amount, amount.normalize().scale().max(CENTS))
}

/// A price in US dollars that was converted from the owner's unit, which stands beside it in full.
pub fn converted_price(amount: Decimal) -> String {
    amount_at("$", amount, shared_places([amount]))
}

/// A figure in the unit of its table.
pub fn native_figure(figure: &Figure<Decimal>, unit: &PriceUnit) -> String {
    match figure {
        Figure::Exact(amount) => native(*amount, unit),
        Figure::Range { low, high, .. } => {
            format!("{} to {}", native(*low, unit), native(*high, unit))
        }
        Figure::Unknown { .. } => "unknown".into(),
    }
}

/// A share of one as a percentage with the digits it needs, up to 4 places: `70%`.
pub fn percent(share: Decimal) -> String {
    let percent = round(share * Decimal::ONE_HUNDRED, 4).normalize();
    format!("{percent}%")
}

/// A share as a percentage at one place, with more where it would be shown as none or as all: `71.4%`.
pub fn percent_rounded(share: Decimal) -> String {
    let hundredfold = share * Decimal::ONE_HUNDRED;
    let shown = |places| round(hundredfold, places).normalize();
    let ends = [Decimal::ZERO, Decimal::ONE_HUNDRED];
    let hides =
        |places: &u32| ends.contains(&shown(*places)) && !ends.contains(&hundredfold.normalize());
    let places = (1..28).find(|places| !hides(places)).unwrap_or(28);
    format!("{}%", shown(places))
}

/// A share that is known roughly: `71%`, `<1%` for a trace.
pub fn percent_whole(share: Decimal) -> String {
    let shown = round(share * Decimal::ONE_HUNDRED, 0).normalize();
    if shown.is_zero() && !share.is_zero() { "<1%".into() } else { format!("{shown}%") }
}

/// A relative change with its sign, at two places: `+20%`, `-0.13%`, `+<0.01%` for a trace.
pub fn change(share: Decimal) -> String {
    let Some(percent) = share.checked_mul(Decimal::ONE_HUNDRED) else {
        return format!("{}{} times", sign(share), fixed(round(share.abs(), 0), 0));
    };
    let shown = round(percent, 2).normalize();
    let digits = match shown.is_zero() && !percent.is_zero() {
        true => "<0.01".into(),
        false => fixed(shown.abs(), shown.scale()),
    };
    format!("{}{digits}%", sign(percent))
}

/// A difference of US dollars with its sign: `+$0.0422`.
pub fn dollar_difference(amount: Decimal) -> String {
    format!("{}{}", sign(amount), dollars(amount.abs()))
}

/// A difference of unit prices with its sign and all its digits: `+$6.00 per 1M`.
pub fn unit_price_difference(amount: Decimal, per: Per, unit: &PriceUnit) -> String {
    format!("{}{}", sign(amount), unit_price(amount.abs(), per, unit))
}

/// The same in US dollars, into which the owner's unit was converted.
pub fn converted_price_difference(amount: Decimal, per: Per) -> String {
    let amount = format!("{}{}", sign(amount), converted_price(amount.abs()));
    match per {
        Per::One => amount,
        per => format!("{amount} per {}", per.as_str()),
    }
}

fn sign(amount: Decimal) -> &'static str {
    match amount {
        zero if zero.is_zero() => "",
        below if below.is_sign_negative() => "-",
        _ => "+",
    }
}

/// A ratio that may be a range: `0.80–1.25`.
pub fn ratio_figure(figure: &Figure<Decimal>) -> String {
    match figure {
        Figure::Exact(value) => ratio(*value),
        Figure::Range { low, high, .. } => format!("{}–{}", ratio(*low), ratio(*high)),
        Figure::Unknown { .. } => "unknown".into(),
    }
}

/// A ratio for people: two places from 0.1 on, else three: `0.61`.
pub fn ratio(ratio: Decimal) -> String {
    let places = if ratio < Decimal::new(1, 1) { 3 } else { 2 };
    fixed(round(ratio, places), places)
}

/// A plain number rounded to so many places, without trailing zeros.
pub fn rounded(value: Decimal, places: u32) -> String {
    let value = round(value, places).normalize();
    fixed(value, value.scale())
}

/// An amount at full precision for files and programs: digits and a point, no sign of currency.
pub fn raw(amount: Decimal) -> String {
    let amount = amount.normalize();
    // Nearly all amounts are short, and a file has hundreds of thousands of them.
    match u64::try_from(amount.mantissa()) {
        Ok(digits) => with_point(digits, amount.scale() as usize),
        Err(_) => amount.to_string(),
    }
}

/// A number as text, so many of its digits after the point, which are at most 28, and at least one before it.
fn with_point(number: u64, places: usize) -> String {
    let mut text = [b'0'; 32];
    let (mut rest, mut start, mut digits) = (number, text.len(), 0);
    while rest > 0 || digits <= places {
        if digits == places && places > 0 {
            start -= 1;
            text[start] = b'.';
        }
        start -= 1;
        text[start] = b'0' + (rest % 10) as u8;
        (rest, digits) = (rest / 10, digits + 1);
    }
    text[start..].iter().map(|byte| char::from(*byte)).collect()
}

fn round(amount: Decimal, places: u32) -> Decimal {
    amount.round_dp_with_strategy(places, RoundingStrategy::MidpointNearestEven)
}

/// Digits with separators before the point; the value must not have more places than asked for.
fn fixed(value: Decimal, places: u32) -> String {
    let text = format!("{value:.places$}", places = places as usize);
    match text.split_once('.') {
        Some((whole, fraction)) => format!("{}.{fraction}", grouped_digits(whole)),
        None => grouped_digits(&text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_raw_amount_has_all_its_digits_and_no_more() {
        let texts = ["0", "0.1", "0.000000000001", "10", "12.5", "120000.000407", "-0.5", "-120"];
        for text in texts.into_iter().chain(["18446744073709551616", "1.8446744073709551616"]) {
            assert_eq!(raw(dec(text)), text);
        }
        assert_eq!([dec("1.50"), dec("100.00"), dec("0.000")].map(raw), ["1.5", "100", "0"]);
    }

    #[test]
    fn an_amount_beside_a_limit_shows_on_which_side_it_lies() {
        let beside = |amount: &str| dollars_beside(dec(amount), Decimal::from(3000));
        assert_eq!(beside("3000.00041"), "$3,000.0004");
        assert_eq!(beside("2999.998"), "$2,999.998");
        assert_eq!(beside("2999.736904"), "$2,999.74");
        assert_eq!(beside("3000"), "$3,000.00");
    }

    fn dec(text: &str) -> Decimal {
        Decimal::from_str_exact(text).expect("a decimal")
    }

    #[test]
    fn an_amount_has_cents_from_a_dollar_on_and_four_digits_below() {
        let shown = |amount: &str| dollars(dec(amount));
        assert_eq!([shown("3010.285714285714"), shown("52.6801")], ["$3,010.29", "$52.68"]);
        assert_eq!([shown("0.21072"), shown("0.008012345")], ["$0.2107", "$0.008012"]);
        assert_eq!([shown("0.23"), shown("0.5"), shown("0")], ["$0.23", "$0.50", "$0.00"]);
        assert_eq!(shown("0.0000001234567"), "$0.0000001235", "a trace is not zero");
        assert_eq!([shown("0.99996"), shown("0.99994")], ["$1.00", "$0.9999"]);
    }

    #[test]
    fn the_ends_of_a_range_differ_in_print() {
        let range = |low: &str, high: &str| {
            let figure =
                Figure::range(dec(low), None, dec(high), crate::reason::Budgeting::VolumeRange);
            dollar_cell(&figure, Rounding::Each)
        };
        assert_eq!(range("0.052684", "1.5"), "$0.05268–1.50");
        assert_eq!(range("12.3412", "12.3433"), "$12.341–12.343");
    }

    #[test]
    fn lines_of_a_sum_share_their_places() {
        let shown = |amounts: &[&str]| {
            let amounts: Vec<Decimal> = amounts.iter().map(|text| dec(text)).collect();
            let places = shared_places(amounts.iter().copied());
            amounts.into_iter().map(|amount| dollars_at(amount, places)).collect::<Vec<_>>()
        };
        assert_eq!(shown(&["0.00114", "0.0116", "0.40026"]), ["$0.00114", "$0.01160", "$0.40026"]);
        assert_eq!(shown(&["0.000055", "0.21072"]), ["$0.000055", "$0.210720"]);
        assert_eq!(shown(&["3010.285714285714", "0.5"]), ["$3,010.29", "$0.50"]);
    }

    #[test]
    fn rounding_is_half_to_even_and_not_cut() {
        assert_eq!(dollars_at(dec("2.349"), 2), "$2.35");
        assert_eq!(dollars_at(dec("2.345"), 2), "$2.34");
        assert_eq!(dollars_at(dec("2.355"), 2), "$2.36");
    }

    #[test]
    fn a_trace_is_not_zero() {
        assert_eq!(dollars_at(dec("0.0000001"), 6), "<$0.000001");
        assert_eq!(dollars_at(dec("0.004"), 2), "<$0.01");
        assert_eq!(dollars_at(dec("0"), 2), "$0.00");
    }

    #[test]
    fn a_unit_price_keeps_all_its_digits() {
        let usd = PriceUnit::Currency("USD".into());
        assert_eq!(unit_price(dec("30"), Per::Million, &usd), "$30.00 per 1M");
        assert_eq!(unit_price(dec("0.625"), Per::Million, &usd), "$0.625 per 1M");
        let cny = PriceUnit::Currency("CNY".into());
        assert_eq!(unit_price(dec("0.04"), Per::One, &cny), "CNY 0.04");
        let credit =
            PriceUnit::Credit("credit".into(), crate::catalog::price::CreditValue::NotFound);
        assert_eq!(unit_price(dec("7600"), Per::Million, &credit), "7,600 credits per 1M");
    }

    #[test]
    fn a_change_has_its_sign_and_a_trace_is_not_nothing() {
        assert_eq!(change(dec("0.2")), "+20%");
        assert_eq!(change(dec("0.200631911532")), "+20.06%");
        assert_eq!(change(dec("-0.125")), "-12.5%");
        assert_eq!(change(dec("-0.00001")), "-<0.01%");
        assert_eq!(change(dec("0")), "0%");
        assert_eq!(change(dec("41.5")), "+4,150%");
        assert_eq!(dollar_difference(dec("-0.0422")), "-$0.0422");
        assert_eq!(dollar_difference(dec("0.0000001")), "+$0.0000001");
        let usd = PriceUnit::Currency("USD".into());
        assert_eq!(unit_price_difference(dec("6"), Per::Million, &usd), "+$6.00 per 1M");
    }

    #[test]
    fn a_number_of_attempts_is_whole_from_ten_on_and_a_trace_is_not_zero() {
        let shown = |text: &str| quantity(dec(text));
        assert_eq!(shown("17142.857142857143"), "17,143");
        assert_eq!((shown("1.4286"), shown("0.001")), ("1.43".into(), "<0.01".into()));
        assert_eq!((shown("12000"), shown("0")), ("12,000".into(), "0".into()));
    }

    #[test]
    fn a_rounded_share_is_neither_none_nor_all_where_it_is_not() {
        let five_of_seven = Decimal::from(5) / Decimal::from(7);
        assert_eq!(percent_rounded(five_of_seven), "71.4%");
        assert_eq!(percent_rounded(dec("0.7")), "70%");
        assert_eq!(percent_rounded(dec("0.00025")), "0.02%", "1 of 4,000, half to even");
        assert_eq!(percent_rounded(dec("0.99975")), "99.98%");
        assert_eq!([dec("0"), dec("1")].map(percent_rounded), ["0%", "100%"]);
    }

    #[test]
    fn counts_have_separators() {
        assert_eq!(count(0), "0");
        assert_eq!(count(999), "999");
        assert_eq!(count(13_342), "13,342");
        assert_eq!(count(1_000_000), "1,000,000");
    }
}
