//! The currency of the report of a budget: that of a flag, else that of the file.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use clap::Args;

use crate::budget::file::RatesOf;
use crate::cli::args::FxArgs;
use crate::cli::config;
use crate::cli::exit::Failure;
use crate::cli::made_of;
use crate::cli::values::day;
use crate::exchange::{FxRates, is_currency};
use crate::report::currency::ReportCurrency;

/// The currency in which amounts are shown, and whose rate that is.
#[derive(Debug, Args)]
pub(super) struct CurrencyArgs {
    /// Currency of the report, such as EUR [default: the file's]
    ///
    /// Its rate is that of --fx, of the file or of the settings. Prices stay in the unit of their owner, and files for
    /// programs keep their columns in US dollars beside those in the currency.
    #[arg(long, value_name = "CODE", value_parser = code, help_heading = "Budget")]
    currency: Option<String>,
    /// Day of the rate of the report's currency
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day, help_heading = "Budget")]
    fx_day: Option<NaiveDate>,
    /// Who states the rate of the report's currency
    #[arg(long, value_name = "TEXT", help_heading = "Budget")]
    fx_source: Option<String>,
}

/// What a budget file says of currencies.
#[derive(Debug, Default)]
pub(super) struct FileRates {
    /// The currency that it names.
    pub currency: Option<String>,
    /// The currencies of which it states the rate.
    pub stated: BTreeSet<String>,
    /// Whose rates these are.
    pub rates_of: RatesOf,
}

const DOLLAR: &str = "USD";

fn code(text: &str) -> Result<String, String> {
    match is_currency(text) {
        true => Ok(text.to_owned()),
        false => Err("not the code of a currency: three capital letters, such as EUR".into()),
    }
}

impl CurrencyArgs {
    /// The code of the currency in which amounts are shown, that of the file where no flag says one; `None` of US dollars.
    pub(super) fn code<'a>(&'a self, of_file: Option<&'a str>) -> Option<&'a str> {
        self.currency.as_deref().or(of_file).filter(|code| *code != DOLLAR)
    }

    /// The currency of the report, at one of these rates; `None` of US dollars.
    pub(super) fn of_report(
        &self,
        file: &FileRates,
        (fx, given): (&FxRates, &FxArgs),
    ) -> Result<Option<ReportCurrency>, Failure> {
        let Some(code) = self.code(file.currency.as_deref()) else {
            self.refuse_in_dollars()?;
            return Ok(None);
        };
        let Some(rate) = fx.get(code).copied() else {
            let what = format!("--currency {code} needs the exchange rate of {code}");
            let help = format!("give it, as --fx {code}/USD=…, the US dollars for 1 {code}");
            return Err(Failure::usage(what, help));
        };
        if !given.codes().contains(code) && config::fx()?.get(code) == Some(&rate) {
            config::rate_is_used(code)?;
        }
        // What a file says is of its own rates.
        let is_of_file = !given.codes().contains(code) && file.stated.contains(code);
        let RatesOf { day, source } = match is_of_file {
            true => file.rates_of.clone(),
            false => RatesOf::default(),
        };
        let given = self.fx_source.as_deref().map(str::trim).filter(|it| !it.is_empty());
        let source = given.map(str::to_owned).or(source);
        let day = self.fx_day.or(day);
        made_of::rate_of(code, rate, day, source.as_deref());
        Ok(Some(ReportCurrency { code: code.to_owned(), rate, day, source }))
    }

    /// What is said of a rate that nothing is converted by.
    fn refuse_in_dollars(&self) -> Result<(), Failure> {
        let given =
            [("--fx-day", self.fx_day.is_some()), ("--fx-source", self.fx_source.is_some())];
        let given: Vec<&str> = given.iter().filter(|(_, is)| *is).map(|(flag, _)| *flag).collect();
        if given.is_empty() {
            return Ok(());
        }
        let what = format!(
            "{} is said of the rate of the report's currency, and the report is in US dollars",
            given.join(" and ")
        );
        Err(Failure::usage(what, "give the currency, as --currency EUR, or leave it out"))
    }

    /// Whether it says what is so without it: US dollars, where the file names no other currency.
    pub(super) fn is_idle(&self, of_file: Option<&str>) -> bool {
        let of_file = of_file.unwrap_or(DOLLAR);
        self.currency.as_deref().is_some_and(|given| given == of_file)
    }
}
