//! The currency in which a report shows its amounts: the one place that converts them.
//!
//! What is worked out stays in US dollars. An amount is converted when it is written, once and by one rule: multiplied or
//! divided by the rate as it was stated, exact where the quotient ends and else at 12 decimals, half to even. A report
//! has its currency for as long as it is written, and nothing outside of that does.

use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::exchange::ExchangeRate;

thread_local! {
    /// The currency of the report that is being written, if that is not the US dollar.
    static SHOWN: RefCell<Option<Rc<ReportCurrency>>> = const { RefCell::new(None) };
}

/// A currency in which amounts are shown, and what it is worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportCurrency {
    /// Its code, of three capital letters.
    pub code: String,
    /// The rate, by which amounts in US dollars are converted.
    pub rate: ExchangeRate,
    /// The day of the rate, where that is said.
    pub day: Option<NaiveDate>,
    /// Who states it, where that is said.
    pub source: Option<String>,
}

impl ReportCurrency {
    /// What stands before an amount: the sign of euros and pounds, which no other currency has, else the code.
    pub(super) fn sign(&self) -> Cow<'static, str> {
        match &*self.code {
            "EUR" => "€".into(),
            "GBP" => "£".into(),
            code => format!("{code} ").into(),
        }
    }

    /// What a report says of it under its title.
    pub(super) fn in_words(&self) -> String {
        let of = match (&self.day, &self.source) {
            (None, None) => String::new(),
            (Some(day), None) => format!(", a rate of {day}"),
            (None, Some(source)) => format!(", a rate of {source}"),
            (Some(day), Some(source)) => format!(", a rate of {day}, {source}"),
        };
        let (code, rate) = (&self.code, self.rate.in_words(&self.code));
        format!("Amounts in {code}: {rate}{of}. Prices stay in the unit of their owner.")
    }
}

/// Does something with the amounts of a report shown in a currency; in US dollars without one.
pub(super) fn showing<T>(currency: Option<&ReportCurrency>, then: impl FnOnce() -> T) -> T {
    /// Puts back what was shown before, whatever happens.
    struct Before(Option<Rc<ReportCurrency>>);

    impl Drop for Before {
        fn drop(&mut self) {
            SHOWN.set(self.0.take());
        }
    }

    let _before = Before(SHOWN.replace(currency.cloned().map(Rc::new)));
    then()
}

/// The currency of the report that is being written, if that is not the US dollar.
pub(super) fn shown() -> Option<Rc<ReportCurrency>> {
    SHOWN.with_borrow(Clone::clone)
}

/// An amount of US dollars in the currency that is shown; `None` where that is the dollar, or the amount is beyond what
/// can be kept in it.
pub(super) fn converted(dollars: Decimal) -> Option<Decimal> {
    shown()?.rate.units(dollars).ok()
}

/// An amount of US dollars as it is shown, and what stands before it. What cannot be kept in the currency is shown in
/// dollars, and says so by their sign.
pub(super) fn as_shown(dollars: Decimal) -> (Cow<'static, str>, Decimal) {
    let found = shown().and_then(|it| Some((it.sign(), it.rate.units(dollars).ok()?)));
    found.unwrap_or((Cow::Borrowed("$"), dollars))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::number;
    fn dec(text: &str) -> Decimal {
        Decimal::from_str_exact(text).expect("a decimal")
    }

    fn currency(code: &str, rate: ExchangeRate) -> ReportCurrency {
        ReportCurrency { code: code.into(), rate, day: None, source: None }
    }

    #[test]
    fn an_amount_is_divided_or_multiplied_once_by_the_rate_as_it_is_stated() {
        // $2,700 ÷ 1.08 = €2,500; $100 ÷ 1.08 = 92.592592592593, at 12 decimals half to even.
        let euros = currency("EUR", ExchangeRate::DollarsForOne(dec("1.08")));
        showing(Some(&euros), || {
            assert_eq!(converted(dec("2700")), Some(dec("2500")));
            assert_eq!(converted(dec("100")), Some(dec("92.592592592593")));
            assert_eq!(number::dollars(dec("2700")), "€2,500.00");
            assert_eq!(number::dollar_difference(dec("-2700")), "-€2,500.00");
            assert_eq!(number::dollars(dec("0.108")), "€0.10");
            assert_eq!(number::dollars_in_full(dec("0.108")), "$0.108", "a price of its owner");
        });
        // $1.5 × 157.25 = 235.875 yen.
        let yen = currency("JPY", ExchangeRate::ForOneDollar(dec("157.25")));
        showing(Some(&yen), || assert_eq!(number::dollars(dec("1.5")), "JPY 235.88"));
        assert_eq!((converted(dec("1")), number::dollars(dec("2700"))), (None, "$2,700.00".into()));
    }

    #[test]
    fn what_cannot_be_kept_in_the_currency_stays_in_dollars() {
        let tiny = currency("XXX", ExchangeRate::DollarsForOne(dec("0.000000000001")));
        let huge = dec("79228162514264337593543950335");
        showing(Some(&tiny), || assert!(number::dollars(huge).starts_with('$')));
    }

    #[test]
    fn a_currency_is_shown_for_as_long_as_its_report_is_written() {
        let euros = currency("EUR", ExchangeRate::DollarsForOne(Decimal::TWO));
        let inner = showing(Some(&euros), || showing(None, || number::dollars(Decimal::TEN)));
        assert_eq!((inner, shown()), ("$10.00".to_owned(), None));
    }
}
