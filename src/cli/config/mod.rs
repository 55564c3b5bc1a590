//! `imgcost.yaml`: what holds for all commands where no flag says otherwise.
//!
//! ```text
//! IMGCOST_CONFIG, else the working folder and those above ─ find ─► text ─ file ─► Config
//! command, flag not given ─► a setting, noted as used ─► said in the report (output.rs) or at the end (exit.rs)
//! ```
//!
//! Only the command line knows of it: the library gets arguments. It is read when a command first asks for a
//! setting, so that one that uses none, such as `schema config`, works beside a file that is wrong.

mod file;
mod find;

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, OnceLock};

use clap::Args;
use rust_decimal::Decimal;

use super::exit::Failure;
use super::{made_of, message};
use crate::errors::Errors;
use crate::exchange::FxRates;
use crate::problem::Problem;
use crate::report::configuration::{Configuration, Setting};
use crate::share::percent;

use file::Config;
pub(super) use file::schema;

/// Whether `--no-config` was given.
static IGNORED: AtomicBool = AtomicBool::new(false);
/// The file, read once.
static FOUND: OnceLock<Result<Option<Config>, Errors<Problem>>> = OnceLock::new();
/// What was used of it, in the order of the keys.
static USED: Mutex<Vec<Setting>> = Mutex::new(Vec::new());
/// Whether that was said.
static SAID: AtomicBool = AtomicBool::new(false);

/// Whether settings are looked for.
#[derive(Debug, Args)]
pub(super) struct ConfigArgs {
    /// Use no imgcost.yaml
    ///
    /// Without the flag, settings are taken from the file that IMGCOST_CONFIG names (empty: from none), else from the
    /// first imgcost.yaml in the working folder and those above it.
    #[arg(long, global = true, hide_short_help = true, display_order = message::LAST)]
    no_config: bool,
}

impl ConfigArgs {
    /// Holds from here on.
    pub(super) fn apply(&self) {
        IGNORED.store(self.no_config, Ordering::Relaxed);
    }
}

fn config() -> Result<Option<&'static Config>, Failure> {
    let find = || if IGNORED.load(Ordering::Relaxed) { Ok(None) } else { find::read() };
    match FOUND.get_or_init(find) {
        Ok(config) => Ok(config.as_ref()),
        Err(problems) => Err(problems.clone().into()),
    }
}

/// A setting that is used from here on.
fn used<T>(
    key: &str,
    pick: impl FnOnce(&'static Config) -> Option<T>,
    in_words: impl FnOnce(&T) -> String,
) -> Result<Option<T>, Failure> {
    let found = config()?.and_then(pick);
    if let Some(value) = &found {
        note(key, in_words(value));
    }
    Ok(found)
}

fn note(key: &str, value: String) {
    let setting = Setting { key: key.to_owned(), value };
    let Ok(mut used) = USED.lock() else { return };
    if !used.contains(&setting) {
        used.push(setting);
    }
}

/// Price tables, where `--pricing` is not given.
pub(super) fn pricing() -> Result<Vec<PathBuf>, Failure> {
    Ok(config()?.map(|it| it.pricing.clone()).unwrap_or_default())
}

/// Notes that prices came from the tables of [`pricing`].
pub(super) fn pricing_is_used() -> Result<(), Failure> {
    let paths = pricing()?;
    let shown: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
    if !shown.is_empty() {
        note("pricing", shown.join(", "));
    }
    Ok(())
}

/// Exchange rates, for currencies of which nothing else says one.
pub(super) fn fx() -> Result<FxRates, Failure> {
    Ok(config()?.map(|it| it.fx.clone()).unwrap_or_default())
}

/// Notes that a figure rests on the rate of a currency in [`fx`].
pub(super) fn rate_is_used(code: &str) -> Result<(), Failure> {
    if let Some(rate) = fx()?.get(code) {
        made_of::rate(code, *rate);
        let (pair, number) = rate.stated(code);
        note("fx", format!("{pair} {number}"));
    }
    Ok(())
}

/// The model of a request that names none.
pub(super) fn model() -> Result<Option<String>, Failure> {
    used("model", |it| it.model.clone(), String::clone)
}

/// The share of delivered images that is accepted.
pub(super) fn acceptance() -> Result<Option<Decimal>, Failure> {
    used("acceptance", |it| it.acceptance, |share| percent(*share))
}

/// The currency of an offer.
pub(super) fn currency() -> Result<Option<String>, Failure> {
    used("currency", |it| it.currency.clone(), String::clone)
}

/// The tier of the account.
pub(super) fn account_tier() -> Result<Option<String>, Failure> {
    used("account_tier", |it| it.account_tier.clone(), String::clone)
}

/// The month in which fiscal years begin.
pub(super) fn fiscal_year_start() -> Result<Option<u32>, Failure> {
    used("fiscal_year_start", |it| it.fiscal_year_start, u32::to_string)
}

/// What was used, if anything, as far as it was not said yet: whoever asks says it.
pub(super) fn to_say() -> Option<Configuration> {
    let Ok(Some(config)) = config() else { return None };
    let values = USED.lock().ok()?.clone();
    if values.is_empty() || SAID.swap(true, Ordering::Relaxed) {
        return None;
    }
    Some(Configuration { file: config.file.clone(), values })
}
