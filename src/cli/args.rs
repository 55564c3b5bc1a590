//! Groups of flags that several commands share, as typed and as meant.

use chrono::NaiveDate;
use clap::Args;
use rust_decimal::Decimal;
use std::collections::BTreeSet;
use std::path::PathBuf;

use super::exit::Failure;
use super::input::{self, Input};
use super::mainline::MainlineArgs;
use super::values::{above_zero, at_least_one, count, day, processing};
use super::{clock, config, made_of};
use crate::attempts::{AttemptRates, RatesError, parse_attempts};
use crate::budget::RateChanges;
use crate::catalog::Catalog;
use crate::catalog::conditions::Processing;
use crate::errors::Errors;
use crate::estimate::Terms;
use crate::exchange::{ExchangeRate, FxRates, parse_rate};
use crate::problem::{Place, Problem, ProblemCode};
use crate::report::flags::WithoutEffect;
use crate::request::{Draft, Prompt, RequestError, image_file};
use crate::shape::Other;
use crate::share::parse_share;

/// The request: what would be sent.
#[derive(Debug, Args)]
#[command(next_help_heading = "Request")]
pub(super) struct RequestArgs {
    /// Model id or snapshot, such as gpt-image-2
    #[arg(long, value_name = "ID")]
    pub model: Option<String>,
    /// WIDTHxHEIGHT or auto [default: 1024x1024]
    #[arg(long, value_name = "WxH")]
    pub size: Option<String>,
    /// Quality label or auto [default: medium]
    #[arg(long, value_name = "LABEL")]
    pub quality: Option<String>,
    /// Images in one request, each billed [default: 1]
    #[arg(long, value_name = "N", value_parser = count, allow_hyphen_values = true)]
    pub n: Option<u64>,
    /// Text of the prompt, counted with o200k_base
    #[arg(long, value_name = "TEXT", group = "prompt_source")]
    pub prompt: Option<String>,
    /// File with the prompt; `-` reads standard input
    #[arg(long, value_name = "FILE", group = "prompt_source")]
    pub prompt_file: Option<String>,
    /// Tokens of the prompt, as o200k_base counts them
    ///
    /// Without those that the service adds by itself.
    #[arg(long, value_name = "N", group = "prompt_source", value_parser = count, allow_hyphen_values = true)]
    pub prompt_tokens: Option<u64>,
    /// Text tokens that a reply reported for the whole request, taken as they are
    #[arg(long, value_name = "N", group = "prompt_source", value_parser = count, allow_hyphen_values = true)]
    pub billed_text_tokens: Option<u64>,
    /// Reference image, which makes it an edit
    ///
    /// A PNG, JPEG or WebP file, or the size of one (repeatable).
    #[arg(long, value_name = "FILE|WxH")]
    pub input_image: Vec<String>,
    /// How closely reference images are read, where the model lets you choose: low or high
    #[arg(long, value_name = "LEVEL")]
    pub input_fidelity: Option<String>,
    /// Preview images to stream, per image
    #[arg(long, value_name = "N", value_parser = count, allow_hyphen_values = true)]
    pub partial_images: Option<u64>,
    /// Processing: standard, batch, flex or priority [default: standard; batch for a Batch file]
    #[arg(long, value_name = "KIND", value_parser = processing)]
    pub processing: Option<Processing>,
    /// Text tokens that the model writes for an image, where their number is open
    #[arg(long, value_name = "N", value_parser = count, allow_hyphen_values = true)]
    pub text_output_tokens: Option<u64>,
    /// Billed text tokens read from a cache, of the whole request
    #[arg(long, value_name = "N", value_parser = count, allow_hyphen_values = true)]
    pub cached_text_tokens: Option<u64>,
    /// Billed image tokens read from a cache, of the whole request
    #[arg(long, value_name = "N", value_parser = count, allow_hyphen_values = true)]
    pub cached_image_tokens: Option<u64>,
    #[command(flatten)]
    pub mainline: MainlineArgs,
}

impl RequestArgs {
    /// What the flags say of a request, read once: files are not read again for every line of a Batch file.
    pub(super) fn draft(&self) -> Result<Draft, Failure> {
        Ok(Draft {
            model: self.model.clone(),
            size: self.size.clone(),
            quality: self.quality.clone(),
            n: self.n,
            prompt: self.prompt()?,
            edit: false,
            input_images: self.input_images()?,
            input_fidelity: self.input_fidelity.clone(),
            partial_images: self.partial_images,
            processing: self.processing,
            cached_text_tokens: self.cached_text_tokens,
            cached_image_tokens: self.cached_image_tokens,
            text_output_tokens: self.text_output_tokens,
            output_format: None,
            mainline: self.mainline.turn(),
            turns: self.mainline.turns,
            ..Draft::default()
        })
    }

    /// The flags that say what is asked for, as far as they are given: none of them says anything of a reply.
    pub(super) fn said_of_requests(&self) -> Vec<&'static str> {
        let mainline = &self.mainline;
        let said = [
            ("--size", self.size.is_some()),
            ("--quality", self.quality.is_some()),
            ("--n", self.n.is_some()),
            ("--prompt", self.prompt.is_some()),
            ("--prompt-file", self.prompt_file.is_some()),
            ("--prompt-tokens", self.prompt_tokens.is_some()),
            ("--billed-text-tokens", self.billed_text_tokens.is_some()),
            ("--input-image", !self.input_image.is_empty()),
            ("--input-fidelity", self.input_fidelity.is_some()),
            ("--partial-images", self.partial_images.is_some()),
            ("--mainline-input-tokens", mainline.mainline_input_tokens.is_some()),
            ("--mainline-cached-tokens", mainline.mainline_cached_tokens.is_some()),
            ("--mainline-output-tokens", mainline.mainline_output_tokens.is_some()),
            ("--turns", mainline.turns.is_some()),
        ];
        said.into_iter().filter(|(_, is_said)| *is_said).map(|(flag, _)| flag).collect()
    }

    fn prompt(&self) -> Result<Option<Prompt>, Failure> {
        let from_file = match &self.prompt_file {
            Some(path) => Some(prompt_in(&input::read(path)?)?),
            None => None,
        };
        Ok(from_file
            .or_else(|| self.prompt.clone().map(Prompt::Text))
            .or_else(|| self.prompt_tokens.map(Prompt::Tokens))
            .or_else(|| self.billed_text_tokens.map(Prompt::BilledTokens)))
    }

    fn input_images(&self) -> Result<Vec<crate::request::InputImage>, Failure> {
        let mut images = Vec::new();
        let mut problems = Vec::new();
        for argument in &self.input_image {
            match image_file::from_argument(argument) {
                Ok(image) => {
                    if image.bytes.is_some() {
                        made_of::image(argument);
                    }
                    images.push(image);
                }
                Err(why) => problems.push(broken_image(argument, why.to_string())),
            }
        }
        if problems.is_empty() { Ok(images) } else { Err(Failure::Data(problems)) }
    }
}

/// The prompt of a file, which ends with a line break that is no part of it.
fn prompt_in(file: &Input) -> Result<Prompt, Failure> {
    let text = file.text.trim_end_matches(['\n', '\r']);
    if !text.is_empty() {
        return Ok(Prompt::Text(text.to_owned()));
    }
    Err(Failure::Data(vec![Problem {
        code: ProblemCode::BadValue,
        message: Other::Empty.to_string(),
        place: Place::file(&*file.name),
        help: "a prompt has a character at least; check whether it was written at all".into(),
    }]))
}

fn broken_image(argument: &str, why: String) -> Problem {
    Problem {
        code: ProblemCode::BrokenImage,
        message: why,
        place: Place::file(argument),
        help: "give a PNG, JPEG or WebP file, or its size as WIDTHxHEIGHT".into(),
    }
}

/// How many images are wanted, and how attempts turn out.
#[derive(Debug, Default, PartialEq, Args)]
#[command(next_help_heading = "Attempts")]
pub(super) struct AttemptArgs {
    /// Accepted images wanted: adds the cost of them all
    #[arg(long, value_name = "N", value_parser = at_least_one, allow_hyphen_values = true)]
    pub images: Option<u64>,
    #[command(flatten)]
    pub rates: RateArgs,
}

/// How attempts turn out.
#[derive(Debug, Default, PartialEq, Args)]
#[command(next_help_heading = "Attempts")]
pub(super) struct RateArgs {
    /// Share of delivered images that is accepted: 70%
    #[arg(long, value_name = "SHARE", value_parser = parse_share, conflicts_with = "attempts", allow_hyphen_values = true)]
    pub acceptance: Option<Decimal>,
    /// Attempts for each accepted image, failed ones included, such as 1.4
    #[arg(long, value_name = "NUMBER", value_parser = parse_attempts, allow_hyphen_values = true)]
    pub attempts: Option<Decimal>,
    /// Share of attempts in which the service fails, such as 2%
    #[arg(long, value_name = "SHARE", value_parser = parse_share, allow_hyphen_values = true)]
    pub failure_rate: Option<Decimal>,
    /// Share of attempts that moderation blocks, such as 1%
    #[arg(long, value_name = "SHARE", value_parser = parse_share, allow_hyphen_values = true)]
    pub block_rate: Option<Decimal>,
    /// Share of attempts that are not answered in time, such as 1%
    #[arg(long, value_name = "SHARE", value_parser = parse_share, allow_hyphen_values = true)]
    pub timeout_rate: Option<Decimal>,
}

/// What looking at images costs.
#[derive(Debug, Default, PartialEq, Args)]
#[command(next_help_heading = "Attempts")]
pub(super) struct ReviewArgs {
    /// Cost of looking at a delivered image, such as 0.05
    ///
    /// In US dollars, for accepted and rejected ones alike; in a budget file, it stands under `other_costs`.
    #[arg(long, value_name = "USD", value_parser = above_zero, allow_hyphen_values = true)]
    pub review_cost: Option<Decimal>,
}

impl AttemptArgs {
    /// Whether any of the flags is given.
    pub(super) fn any(&self) -> bool {
        *self != AttemptArgs::default()
    }
}

impl RateArgs {
    /// What the flags say of the rates.
    pub(super) fn changes(&self) -> RateChanges {
        RateChanges {
            acceptance: self.acceptance,
            attempts: self.attempts,
            failure_rate: self.failure_rate,
            block_rate: self.block_rate,
            timeout_rate: self.timeout_rate,
            maximum: None,
        }
    }

    /// The same, with the acceptance of the settings where nothing is said of it.
    pub(super) fn or_settings(&self) -> Result<RateChanges, Failure> {
        let changes = self.changes();
        let is_said = changes.acceptance.is_some() || changes.attempts.is_some();
        let acceptance = if is_said { changes.acceptance } else { config::acceptance()? };
        Ok(RateChanges { acceptance, ..changes })
    }

    /// How attempts turn out by the flags, else by the settings.
    pub(super) fn rates_or_settings(&self) -> Result<AttemptRates, Failure> {
        self.or_settings()?.applied_to(&AttemptRates::ONE_ATTEMPT, true).map_err(wrong_rates)
    }

    pub(super) fn rates(&self) -> Result<AttemptRates, Failure> {
        self.changes().applied_to(&AttemptRates::ONE_ATTEMPT, true).map_err(wrong_rates)
    }
}

/// Rates that cannot be.
pub(super) fn wrong_rates(errors: Errors<RatesError>) -> Failure {
    Failure::Request(errors.into_iter().map(RequestError::Rates).collect())
}

/// Which tables hold on which day.
#[derive(Debug, Args)]
#[command(next_help_heading = "Prices")]
pub(super) struct DayArgs {
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
    pub(super) fn catalog(&self) -> Result<Catalog, Failure> {
        if self.pricing.is_empty() {
            config::pricing_is_used()?;
        }
        self.catalog_unsaid()
    }

    /// The same, where it is not known yet whether a price of it is used.
    pub(super) fn catalog_unsaid(&self) -> Result<Catalog, Failure> {
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
    pub(super) fn known(&self, today: NaiveDate) -> Result<(Catalog, NaiveDate), Failure> {
        let day = self.as_of.unwrap_or(today);
        Ok((self.catalog()?.known_on(day), day))
    }
}

/// Which tables hold on which day, by what was known on which day.
#[derive(Debug, Args)]
#[command(next_help_heading = "Prices")]
pub(super) struct DaysArgs {
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
    pub(super) fn catalog(&self) -> Result<Catalog, Failure> {
        self.prices.catalog().map(|catalog| self.known(catalog))
    }

    /// The same, where it is not known yet whether a price of it is used.
    pub(super) fn catalog_unsaid(&self) -> Result<Catalog, Failure> {
        self.prices.catalog_unsaid().map(|catalog| self.known(catalog))
    }

    /// A catalogue as far as it was known on the day that is named.
    pub(super) fn known(&self, catalog: Catalog) -> Catalog {
        match self.known_on {
            Some(day) => catalog.known_on(day),
            None => catalog,
        }
    }

    /// The day whose prices hold, and the one after which a day is yet to come.
    pub(super) fn days(&self, today: NaiveDate) -> [NaiveDate; 2] {
        [self.prices.as_of.unwrap_or(today), self.known_on.unwrap_or(today)]
    }
}

/// What the user supposes of the start of prices.
#[derive(Debug, Clone, Copy, Default, Args)]
#[command(next_help_heading = "Prices")]
pub(super) struct HeldArgs {
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
pub(super) struct ResidencyArgs {
    /// Keep data in a region: what that adds at the maker of the model
    ///
    /// Lines of their own, a range where the maker leaves it open; at other owners it is not stated.
    #[arg(long)]
    pub data_residency: bool,
}

/// Whose prices, of which day, and what a price depends on besides the request.
#[derive(Debug, Args)]
#[command(next_help_heading = "Prices")]
pub(super) struct PriceArgs {
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
pub(super) struct FxArgs {
    /// Exchange rate of your own: CNY/USD=0.14 means that 1 CNY is 0.14 US dollars, USD/CNY=7.2 the other
    /// way round (repeatable)
    #[arg(long, value_name = "PAIR=RATE", value_parser = parse_rate)]
    fx: Vec<(String, ExchangeRate)>,
}

impl FxArgs {
    /// The rates of the flags, and of the settings for other currencies.
    pub(super) fn rates(&self) -> Result<FxRates, Failure> {
        let mut rates = config::fx()?;
        rates.extend(self.given()?);
        Ok(rates)
    }

    /// The rates of the flags by the code of the foreign currency.
    pub(super) fn given(&self) -> Result<FxRates, Failure> {
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
    pub(super) fn codes(&self) -> BTreeSet<String> {
        self.fx.iter().map(|(code, _)| code.clone()).collect()
    }

    /// Whether no rate is given.
    pub(super) fn is_empty(&self) -> bool {
        self.fx.is_empty()
    }

    /// The flags with rates of currencies that no price is in; `used` says of a code whether one is. Of the settings,
    /// a rate that is used is noted as such, and another one is nobody's mistake.
    pub(super) fn without_effect(
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

/// What flags ask for, of the model of the settings where they name neither a model nor a route.
pub(super) fn or_model_of_settings(draft: Draft, terms: &Terms) -> Result<Draft, Failure> {
    let is_said = draft.model.is_some() || terms.route.is_some();
    Ok(Draft { model: if is_said { draft.model } else { config::model()? }, ..draft })
}

/// Where, when and for how many attempts to price.
pub(super) fn terms<'a>(
    prices: &'a PriceArgs,
    attempts: &AttemptArgs,
    fx: &'a FxRates,
    today: NaiveDate,
) -> Result<Terms<'a>, Failure> {
    let [as_of, today] = prices.days.days(today);
    Ok(Terms {
        route: None,
        as_of,
        today,
        held_since: None,
        rates: attempts.rates.rates()?,
        accepted_images: attempts.images,
        review: None,
        resolution: prices.resolution.as_deref(),
        fx,
        top_up: prices.top_up,
        data_residency: false,
    })
}
