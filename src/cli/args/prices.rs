//! Whose prices hold, of which day and by what was known, as flags say it.

use std::collections::BTreeSet;
use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Args;
use rust_decimal::Decimal;

use crate::catalog::Catalog;
use crate::cli::exit::Failure;
use crate::cli::values::{above_zero, day};
use crate::cli::{clock, config, made_of};
use crate::exchange::{ExchangeRate, FxRates, parse_rate};
use crate::report::flags::WithoutEffect;

/// Which tables hold on which day.
#[derive(Debug, Args)]
#[command(next_help_heading = "Prices")]
pub(in crate::cli) struct DayArgs {
    /// Day whose prices hold, UTC [default: today]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub as_of: Option<NaiveDate>,
    /// Price tables of your own, beside the shipped ones
    ///
    /// Or a whole catalogue in place of the shipped one: a folder, or a .tar.gz, with a catalog.yaml (repeatable: one
    /// catalogue, and tables of your own beside it).
    #[arg(long, value_name = "DIR")]
    pub pricing: Vec<PathBuf>,
}

impl DayArgs {
    /// The shipped tables, or those in their place, with the user's own beside them.
    pub(in crate::cli) fn catalog(&self) -> Result<Catalog, Failure> {
        if self.pricing.is_empty() {
            config::pricing_is_used()?;
        }
        self.catalog_unsaid()
    }

    /// The same, where it is not known yet whether a price of it is used.
    pub(in crate::cli) fn catalog_unsaid(&self) -> Result<Catalog, Failure> {
        let catalog = match &self.pricing[..] {
            [] => Catalog::of_pricing(&config::pricing()?),
            given => Catalog::of_pricing(given),
        }?;
        if self.as_of.is_none() {
            clock::say_if_far(&catalog);
        }
        Ok(catalog)
    }

    /// The tables as they stood on the day of knowledge, and that day.
    pub(in crate::cli) fn known(&self, today: NaiveDate) -> Result<(Catalog, NaiveDate), Failure> {
        let day = self.as_of.unwrap_or(today);
        Ok((self.catalog()?.known_on(day), day))
    }
}

/// Which tables hold on which day, by what was known on which day.
#[derive(Debug, Args)]
#[command(next_help_heading = "Prices")]
pub(in crate::cli) struct DaysArgs {
    #[command(flatten)]
    pub prices: DayArgs,
    /// Use only what was known on this day, UTC [default: all that the tables hold]
    ///
    /// A price, rule or shutdown that became public later is not used: a day after this one is priced as it was
    /// foreseen then, an earlier one as it was restated then.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub known_on: Option<NaiveDate>,
}

impl DaysArgs {
    /// The tables, as far as they were known on the day that is named.
    pub(in crate::cli) fn catalog(&self) -> Result<Catalog, Failure> {
        self.prices.catalog().map(|catalog| self.known(catalog))
    }

    /// The same, where it is not known yet whether a price of it is used.
    pub(in crate::cli) fn catalog_unsaid(&self) -> Result<Catalog, Failure> {
        self.prices.catalog_unsaid().map(|catalog| self.known(catalog))
    }

    /// A catalogue as far as it was known on the day that is named.
    pub(in crate::cli) fn known(&self, catalog: Catalog) -> Catalog {
        match self.known_on {
            Some(day) => catalog.known_on(day),
            None => catalog,
        }
    }

    /// The day whose prices hold, and the one after which a day is yet to come.
    pub(in crate::cli) fn days(&self, today: NaiveDate) -> [NaiveDate; 2] {
        [self.prices.as_of.unwrap_or(today), self.known_on.unwrap_or(today)]
    }
}

/// What the user supposes of the start of prices.
#[derive(Debug, Clone, Copy, Default, Args)]
#[command(next_help_heading = "Prices")]
pub(in crate::cli) struct HeldArgs {
    /// Take the next price to have held since this day, where its start is not stated
    ///
    /// The first price that begins after this day: its source says when it was read, not since when it holds. It is
    /// then printed as your own assumption; where its start is stated, the request is refused.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub assume_held_since: Option<NaiveDate>,
}

/// Where data is kept.
#[derive(Debug, Clone, Copy, Default, Args)]
#[command(next_help_heading = "Prices")]
pub(in crate::cli) struct ResidencyArgs {
    /// Keep data in a region: what that adds at the maker of the model
    ///
    /// Lines of their own, a range where the maker leaves it open; at other owners it is not stated.
    #[arg(long)]
    pub data_residency: bool,
}

/// Whose prices, of which day, and what a price depends on besides the request.
#[derive(Debug, Args)]
#[command(next_help_heading = "Prices")]
pub(in crate::cli) struct PriceArgs {
    #[command(flatten)]
    pub days: DaysArgs,
    /// Resolution class to ask for, such as 1K, 2K or 4K, on routes that price by class
    #[arg(long, value_name = "CLASS")]
    pub resolution: Option<String>,
    #[command(flatten)]
    pub fx: FxArgs,
    /// Amount of each purchase, on routes whose credit is bought [default: the volume in one purchase]
    #[arg(long, value_name = "USD", value_parser = above_zero)]
    pub top_up: Option<Decimal>,
}

/// What foreign currencies are worth.
#[derive(Debug, Args)]
#[command(next_help_heading = "Prices")]
pub(in crate::cli) struct FxArgs {
    /// Exchange rate of your own: CNY/USD=0.14 means that 1 CNY is 0.14 US dollars, USD/CNY=7.2 the other
    /// way round (repeatable)
    #[arg(long, value_name = "PAIR=RATE", value_parser = parse_rate)]
    fx: Vec<(String, ExchangeRate)>,
}

impl FxArgs {
    /// The rates of the flags, and of the settings for other currencies.
    pub(in crate::cli) fn rates(&self) -> Result<FxRates, Failure> {
        let mut rates = config::fx()?;
        rates.extend(self.given()?);
        Ok(rates)
    }

    /// The rates of the flags by the code of the foreign currency.
    pub(in crate::cli) fn given(&self) -> Result<FxRates, Failure> {
        let mut rates = FxRates::new();
        for (code, rate) in &self.fx {
            if rates.insert(code.clone(), *rate).is_some() {
                let message = format!("--fx gives the rate of {code} twice");
                return Err(Failure::usage(message, "keep one of them"));
            }
            made_of::rate(code, *rate);
        }
        Ok(rates)
    }

    /// The codes of the foreign currencies.
    pub(in crate::cli) fn codes(&self) -> BTreeSet<String> {
        self.fx.iter().map(|(code, _)| code.clone()).collect()
    }

    /// Whether no rate is given.
    pub(in crate::cli) fn is_empty(&self) -> bool {
        self.fx.is_empty()
    }

    /// The flags with rates of currencies that no price is in; `used` says of a code whether one is. Of the settings,
    /// a rate that is used is noted as such, and another one is nobody's mistake.
    pub(in crate::cli) fn without_effect(
        &self,
        used: impl Fn(&str) -> bool,
    ) -> Result<Vec<WithoutEffect>, Failure> {
        let given = self.codes();
        for code in config::fx()?.keys().filter(|code| !given.contains(*code) && used(code)) {
            config::rate_is_used(code)?;
        }
        let unused = self.fx.iter().filter(|(code, _)| !used(code));
        let name = |(code, rate): &(String, ExchangeRate)| WithoutEffect {
            flag: format!("--fx {}", rate.stated(code).0),
            why: format!("no price here is in {code}"),
        };
        Ok(unused.map(name).collect())
    }
}
