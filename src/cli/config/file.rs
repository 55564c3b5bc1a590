//! `imgcost.yaml` as written → [`Config`], or every problem.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::budget::file::amounts::fx;
use crate::budget::file::leaves::{Pairs, ShareText};
use crate::catalog::check::Checker;
use crate::catalog::raw::{Count, NameOrNumber, Price, Text};
use crate::catalog::schema::document_of;
use crate::catalog::yaml::{FileKind, keys, span};
use crate::errors::Errors;
use crate::exchange::FxRates;
use crate::input_limits::{CONFIG_BYTES, CONFIG_VALUES};
use crate::problem::{Problem, ProblemCode};

pub(super) const CONFIG: FileKind = FileKind {
    holds: "setting",
    shape: "`imgcost schema config`",
    currency: "US dollars or the currency",
    bytes: &CONFIG_BYTES,
    values: &CONFIG_VALUES,
};

/// What holds for all commands where no flag says otherwise.
#[derive(Debug, schemars::JsonSchema)]
struct RawConfig {
    /// Folders with price tables of your own, or a whole catalogue: paths from the folder of this file. As --pricing.
    #[schemars(default)]
    pricing: Vec<Text>,
    /// Exchange rates, each with its direction: `CNY/USD: "0.14"` says that 1 CNY is 0.14 US dollars. As --fx; a rate
    /// of a budget file goes before it.
    #[schemars(default)]
    fx: Pairs<Price>,
    /// The currency of offers that `imgcost prices init` enters. As --currency.
    currency: Option<Text>,
    /// The tier of the account, for `imgcost budget check` of a budget that names none.
    account_tier: Option<Text<NameOrNumber>>,
    /// The month in which fiscal years begin, from 1 to 12, for budgets that name none.
    #[schemars(range(min = 1, max = 12))]
    fiscal_year_start: Option<Count>,
    /// The model of a request in flags that names neither a model nor a route. As --model.
    model: Option<Text>,
    /// The share of delivered images that is accepted, of what is asked in flags. As --acceptance.
    acceptance: Option<Text<ShareText>>,
}

keys! {
    RawConfig:
    pricing or empty, fx or empty, currency, account_tier, fiscal_year_start, model, acceptance
}

/// The settings of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Config {
    /// The file, as a reader finds it.
    pub file: String,
    pub pricing: Vec<PathBuf>,
    pub fx: FxRates,
    pub currency: Option<String>,
    pub account_tier: Option<String>,
    pub fiscal_year_start: Option<u32>,
    pub model: Option<String>,
    pub acceptance: Option<Decimal>,
}

/// Reads the settings of a file that lies in this folder.
///
/// # Errors
/// Everything that is wrong with it.
pub(super) fn read(file: &str, text: &Arc<str>, folder: &Path) -> Result<Config, Errors<Problem>> {
    let mut check = Checker::of_own(&CONFIG, file, text);
    let raw = check.raw();
    let config = raw.and_then(|raw| config(&mut check, &raw, (file, folder)));
    check.finish(config)
}

fn config(check: &mut Checker, raw: &RawConfig, (file, folder): (&str, &Path)) -> Option<Config> {
    let paths = raw.pricing.iter().map(|raw| check.text(raw).map(|path| folder.join(path)));
    let pricing: Vec<Option<PathBuf>> = paths.collect();
    let fx = fx(check, &raw.fx);
    let currency =
        raw.currency.as_ref().map_or(Some(None), |raw| check.users_currency(raw).map(Some));
    let account_tier = check.optional_text(raw.account_tier.as_ref());
    let month = raw.fiscal_year_start.as_ref().map_or(Some(None), |raw| {
        check.count(raw, 1, 12).and_then(|month| u32::try_from(month).ok()).map(Some)
    });
    let model = check.optional_text(raw.model.as_ref());
    let acceptance =
        raw.acceptance.as_ref().map_or(Some(None), |raw| acceptance(check, raw).map(Some));
    Some(Config {
        file: file.to_owned(),
        pricing: pricing.into_iter().collect::<Option<_>>()?,
        fx: fx?,
        currency: currency?,
        account_tier: account_tier?,
        fiscal_year_start: month?,
        model: model?,
        acceptance: acceptance?,
    })
}

/// A share above zero, as the flag takes it.
fn acceptance(check: &mut Checker, raw: &Text<ShareText>) -> Option<Decimal> {
    let share = check.share(raw)?;
    if share.is_zero() {
        let message = "no image would ever be accepted";
        check.report(ProblemCode::BadShare, span(raw), message, "write it as \"70%\" or \"0.7\"");
        return None;
    }
    Some(share)
}

/// The JSON Schema of such a file, as the text of a file.
pub(in crate::cli) fn schema() -> String {
    document_of::<RawConfig>("config")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Result<Config, Vec<String>> {
        let found = read("imgcost.yaml", &Arc::from(text), Path::new("up"));
        found.map_err(|problems| problems.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn every_key_is_read_and_paths_start_at_the_file() {
        let text = "pricing: [ours, ../acme]\nfx: {CNY/USD: \"0.14\"}\ncurrency: EUR\naccount_tier: 2\n\
                    fiscal_year_start: 4\nmodel: gpt-image-1.5\nacceptance: \"70%\"\n";
        let config = of(text).expect("settings");
        assert_eq!(config.pricing, [Path::new("up/ours"), Path::new("up/../acme")]);
        assert_eq!(config.fx.keys().collect::<Vec<_>>(), ["CNY"]);
        assert_eq!(
            (config.currency.as_deref(), config.account_tier.as_deref()),
            (Some("EUR"), Some("2"))
        );
        assert_eq!(
            (config.fiscal_year_start, config.acceptance),
            (Some(4), Some(Decimal::new(7, 1)))
        );
    }

    #[test]
    fn all_that_is_wrong_is_said_at_its_place() {
        let text =
            "acceptence: \"70%\"\nfiscal_year_start: 13\ncurrency: euro\nfx: {CNY: \"7.2\"}\n";
        let wrong = of(text).expect_err("four problems");
        assert_eq!(wrong.len(), 4, "{wrong:#?}");
        assert!(wrong[0].contains("imgcost.yaml:1:1"), "{}", wrong[0]);
        assert_eq!(of("acceptance: \"0%\"\n").expect_err("a share of zero").len(), 1);
    }
}
