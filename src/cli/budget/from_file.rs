//! The budget of a file or of a spreadsheet of volumes, at the exchange rates of flags, file and settings.

use std::collections::BTreeSet;
use std::fmt::Display;
use std::path::Path;

use chrono::NaiveDate;

use super::currency::FileRates;
use super::found::{Found, currency_of};
use super::no_budget;
use super::overrides::{CountArgs, OverrideArgs, Read, worked_in};
use super::read_args::ReadArgs;
use super::step::StepArgs;
use super::written_in::WrittenIn;
use crate::budget::file::{BudgetFile, Rates};
use crate::budget::{Assumption, Budget, file};
use crate::catalog::Catalog;
use crate::cli::args::FxArgs;
use crate::cli::config;
use crate::cli::exit::Failure;
use crate::cli::files;
use crate::cli::input::{self, Input};
use crate::cli::made_of;
use crate::cli::message::{self, About};
use crate::exchange::FxRates;

/// The budget of a file, or of a spreadsheet of volumes, as every command of the group reads it; with what flags say in
/// place of it.
pub(super) fn from_file(
    path: &str,
    (given, files): (&OverrideArgs, &ReadArgs),
    catalog: &Catalog,
    today: NaiveDate,
) -> Result<Found, Failure> {
    let input = input::read_plan(path)?;
    let is_csv = is_spreadsheet(&input);
    of_input(input, is_csv, ((&given.step, &given.count), files), catalog, today)
}

/// The budget of a file that was read, with what flags say in place of it.
pub(super) fn of_input(
    input: Input,
    is_csv: bool,
    (given, files): ((&StepArgs, &CountArgs), &ReadArgs),
    catalog: &Catalog,
    today: NaiveDate,
) -> Result<Found, Failure> {
    let fx = given.1.fx.given()?;
    if !is_csv {
        files.refuse_without_spreadsheet()?;
    }
    let read = of_text(&input, is_csv, (files, &fx), (catalog, today))?;
    let BudgetFile {
        budget: at_given_rates,
        currency,
        stated_in,
        stated_rates,
        rates_of,
        sheet,
        ..
    } = read;
    let (day, source) = (rates_of.day, rates_of.source.as_deref());
    for code in &stated_rates {
        let rate = at_given_rates.fx.get(code);
        rate.into_iter().for_each(|rate| match fx.contains_key(code) {
            true => made_of::rate(code, *rate),
            false => made_of::rate_of(code, *rate, day, source),
        });
    }
    let rates = FileRates { currency: stated_in, stated: stated_rates.clone(), rates_of };
    let of_settings = of_settings(&given.1.fx, stated_rates)?;
    let at_own_rates = match (fx.is_empty(), is_csv) {
        (true, _) => None,
        (false, true) => Some(Budget { fx: config::fx()?, ..at_given_rates.clone() }),
        (false, false) => {
            let named = files.files.named_in(&input)?;
            let rates = Rates { before: &FxRates::new(), after: &config::fx()? };
            let read =
                file::read_at_rates(&input.name, &input.text, (&named, catalog), today, rates);
            read.map(|read| read.budget).ok()
        }
    };
    let read = Read {
        at_given_rates,
        at_own_rates,
        currency,
        of_file: rates.currency.clone(),
        of_settings,
    };
    let written_in = WrittenIn::of(input, is_csv, sheet);
    let (budget, mut flags, written) = worked_in(read, given, (catalog, &written_in), today)?;
    let currency = currency_of(given.1, (&rates, &budget), &mut flags)?;
    let (written, replaced) = (Some(written), Vec::new());
    Ok(Found { budget, written_in, flags, written, replaced, currency })
}

/// A file that was read as it is, and where it stands; `count` says what its prices are counted with.
pub(super) fn from_text(
    input: Input,
    (count, files): (&CountArgs, &ReadArgs),
    (catalog, today): (&Catalog, NaiveDate),
) -> Result<(Budget, WrittenIn), Failure> {
    let is_csv = is_spreadsheet(&input);
    let BudgetFile { mut budget, sheet, .. } =
        of_text(&input, is_csv, (files, &count.fx.given()?), (catalog, today))?;
    count.put_into(&mut budget);
    Ok((budget, WrittenIn::of(input, is_csv, sheet)))
}

/// The budget of a text: a spreadsheet of volumes, or YAML; at exchange rates that go before its own.
fn of_text(
    input: &Input,
    is_csv: bool,
    (files, fx): (&ReadArgs, &FxRates),
    (catalog, today): (&Catalog, NaiveDate),
) -> Result<BudgetFile, Failure> {
    no_budget::refuse(input)?;
    if is_csv {
        let (budget, notes) = files.volumes(input)?;
        say(&input.name, &notes);
        let known = config::fx()?.into_iter().chain(fx.clone()).collect();
        let budget = in_fiscal_years_of_settings(Budget { fx: known, ..budget })?;
        return Ok(BudgetFile::in_dollars(budget));
    }
    let named = files.files.named_in(input)?;
    let rates = Rates { before: fx, after: &config::fx()? };
    let mut read = file::read_at_rates(&input.name, &input.text, (&named, catalog), today, rates)?;
    files::say_unused(&named);
    read.sheet.iter().for_each(|sheet| say(&sheet.name, &sheet.told));
    read.budget = in_fiscal_years_of_settings(read.budget)?;
    Ok(read)
}

/// Says what of a spreadsheet is left out or is to be looked at.
fn say<T: Display>(name: &str, told: &[T]) {
    told.iter().for_each(|note| message::hint(About::Reading, &format!("{name}: {note}")));
}

/// The currencies whose rate only the settings say.
pub(super) fn of_settings(
    given: &FxArgs,
    stated: BTreeSet<String>,
) -> Result<BTreeSet<String>, Failure> {
    let said = given.codes().into_iter().chain(stated).collect();
    Ok(config::fx()?.into_keys().collect::<BTreeSet<_>>().difference(&said).cloned().collect())
}

/// A budget that does not say when fiscal years begin has those of the settings.
pub(super) fn in_fiscal_years_of_settings(mut budget: Budget) -> Result<Budget, Failure> {
    if budget.assumptions.contains(&Assumption::FiscalYears)
        && let Some(month) = config::fiscal_year_start()?
    {
        budget.assumptions.retain(|known| *known != Assumption::FiscalYears);
        budget.fiscal_year_start = month;
    }
    Ok(budget)
}

/// A spreadsheet is told by its name, and where that says nothing, as of standard input, by its first line.
pub(super) fn is_spreadsheet(input: &Input) -> bool {
    let says = |extensions| ends_with(&input.name, extensions);
    input.is_workbook()
        || says(&["csv", "tsv"])
        || (!says(&["yaml", "yml"]) && starts_as_spreadsheet(&input.text))
}

/// Whether the first line is a row of names, as no line of YAML is that begins a budget.
fn starts_as_spreadsheet(text: &str) -> bool {
    let first = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    let is_yaml = first.starts_with(['#', '{', '[', '-', '%'])
        || first.contains(": ")
        || first.ends_with(':');
    !is_yaml && first.contains([',', ';', '\t'])
}

/// Whether a path has one of these extensions.
pub(super) fn ends_with(path: &str, extensions: &[&str]) -> bool {
    let extension = Path::new(path).extension();
    extensions.iter().any(|it| extension.is_some_and(|of_path| of_path.eq_ignore_ascii_case(it)))
}
