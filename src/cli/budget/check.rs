//! `imgcost budget check`: a budget as a gate for CI.

use chrono::NaiveDate;
use clap::Args;

use super::budget_file::BudgetFileArgs;
use super::found::Found;
use super::from_file::from_text;
use super::nothing_priced;
use crate::budget::check::{Baseline, Class, MaxIncrease, Rules, check, read_older_forecast};
use crate::budget::forecast;
use crate::catalog::Catalog;
use crate::catalog::evidence::FRESH_DAYS;
use crate::cli::config;
use crate::cli::exit::{Exit, Failure};
use crate::cli::help::Help;
use crate::cli::output::OutputArgs;
use crate::cli::values::{age, dollars};
use crate::cli::{input, output};
use crate::report::budget_check::report;
use crate::share::parse_increase;

const EXAMPLES: &str = "\
Examples:
  imgcost budget check budget.yaml
  imgcost budget check budget.yaml --baseline main-budget.yaml
  imgcost budget check budget.yaml --fail-on limit,margin_not_covered,shutdown,readiness,unknown
  imgcost budget check budget.yaml --baseline forecast.json --max-increase 50USD --format markdown

The flags of a request, of its attempts and of prices go before what the file says of every
workload; the first lines say how many steps they change.

Classes: limit, margin_not_covered, shutdown, not_made, increase, readiness, source_age, capacity, unknown, shortfall, quoted.
What is not named with --fail-on warns.

Exit code 0: nothing fails; 1: a finding fails; 2: cannot be priced as asked; 3: a file is missing or
wrong";

/// The flags of `-h`.
const COMMON: [&str; 9] = [
    "fail_on",
    "max_age",
    "baseline",
    "max_increase",
    "acceptance",
    "as_of",
    "pricing",
    "format",
    "output",
];

#[derive(Debug, Args)]
#[command(
    common(&COMMON), examples(EXAMPLES),
    day_of_knowledge(),
)]
pub(super) struct CheckArgs {
    /// Classes of findings that end with exit code 1, separated by commas
    #[arg(long, value_name = "CLASSES", value_delimiter = ',', value_parser = class, default_value = "limit,margin_not_covered,shutdown,not_made,increase")]
    fail_on: Vec<Class>,
    /// Oldest that the source of a price may be
    #[arg(long, value_name = "DAYS", value_parser = age, default_value_t = FRESH_DAYS, allow_hyphen_values = true)]
    max_age: u64,
    /// Older budget file, or JSON of an older forecast
    ///
    /// A file is priced on the same tables.
    #[arg(long, value_name = "FILE", help_heading = "Baseline")]
    baseline: Option<String>,
    /// Most that it may be above the baseline
    ///
    /// In the months that both have: a share such as 10%, or an amount such as 50USD.
    #[arg(long, value_name = "INCREASE", value_parser = increase, default_value = "0%", requires = "baseline", help_heading = "Baseline", allow_hyphen_values = true)]
    max_increase: MaxIncrease,
    #[command(flatten)]
    budget: BudgetFileArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Checks, and prints what was found.
pub(super) fn run(args: &CheckArgs, today: NaiveDate) -> Result<Exit, Failure> {
    let (catalog, today, found) = args.budget.read(today)?;
    let Found { mut budget, written_in, flags, currency, .. } =
        found.naming_what_is_idle(&catalog, today).shown(&args.budget.part)?;
    if budget.capacity.tier.is_none() {
        budget.capacity.tier = config::account_tier()?;
    }
    let baseline = args
        .baseline
        .as_ref()
        .map(|path| read_baseline(args, &catalog, path, today))
        .transpose()?;
    let rules = Rules {
        fail_on: args.fail_on.iter().copied().collect(),
        max_age: args.max_age,
        max_increase: args.max_increase,
    };
    let found = check(&catalog, &budget, &rules, baseline.as_ref(), today)
        .map_err(|errors| written_in.failure(errors))?;
    let report = report(&found, &catalog, today).with_flags(flags).in_currency(currency);
    output::write(report, &args.output)?;
    if !found.no_price.is_empty() {
        return Err(nothing_priced(found.no_price));
    }
    Ok(if found.failures().next().is_some() { Exit::Finding } else { Exit::Done })
}

/// A JSON object is an older forecast, anything else a budget file.
fn read_baseline(
    args: &CheckArgs,
    catalog: &Catalog,
    path: &str,
    today: NaiveDate,
) -> Result<Baseline, Failure> {
    let found = input::read_plan(path)?;
    if found.text.trim_start().starts_with('{') {
        return Ok(Baseline::Forecast(read_older_forecast(&found.name, &found.text)?));
    }
    let given = (&args.budget.given.count, &args.budget.read);
    let (older, written_in) = from_text(found, given, (catalog, today))?;
    // What cannot be priced of it is said here, at its own places.
    forecast(catalog, &older, today).map_err(|errors| written_in.failure(errors))?;
    Ok(Baseline::Budget(Box::new(older)))
}

fn class(text: &str) -> Result<Class, String> {
    let found = Class::ALL.into_iter().find(|class| class.as_str() == text.replace('-', "_"));
    found.ok_or_else(|| {
        let known: Vec<&str> = Class::ALL.into_iter().map(Class::as_str).collect();
        format!("use one of {}", known.join(", "))
    })
}

/// `10%` of the baseline, or an amount: `50USD` or `$50`.
fn increase(text: &str) -> Result<MaxIncrease, String> {
    if text.ends_with('%') {
        return parse_increase(text).map(MaxIncrease::Share).map_err(|why| why.to_string());
    }
    match (text.strip_suffix("USD"), text.strip_prefix('$')) {
        (None, None) => Err("write a share such as 10%, or an amount such as 50USD".into()),
        (amount, _) => dollars(amount.unwrap_or(text).trim()).map(MaxIncrease::Amount),
    }
}
