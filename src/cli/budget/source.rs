//! Where the budget of a forecast comes from: flags alone, or a file with what flags say in place of it.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use clap::Args;
use rust_decimal::Decimal;

use super::currency::FileRates;
use super::cut::refuse_cut_volumes;
use super::flags::WorkloadArgs;
use super::found::{Found, currency_of};
use super::from_file::{
    ends_with, in_fiscal_years_of_settings, is_spreadsheet, of_input, of_settings,
};
use super::overrides::{CountArgs, say_rates_of_settings, unused};
use super::part::PartArgs;
use super::read_args::ReadArgs;
use super::step::StepArgs;
use super::written_in::WrittenIn;
use crate::budget::Assumption;
use crate::budget::defaults::{DEFAULT_MARGIN, DEFAULT_MONTHS};
use crate::budget::{Budget, IdleReason, Limit, MOST_MONTHS, Month, Scope};
use crate::catalog::Catalog;
use crate::cli::exit::Failure;
use crate::cli::idle::{Given, given};
use crate::cli::input::{self, Input};
use crate::cli::values::{at_least_one, dollars};
use crate::estimate::find_model;
use crate::input_limits::BUDGET_MONTHS;
use crate::report::flags::FlagEffects;
use crate::share::parse_margin;

/// The budget, by one of three ways, and what goes before the values of a file.
#[derive(Debug, Args)]
pub(super) struct SourceArgs {
    /// Budget file (YAML) or spreadsheet of volumes (.csv, .xlsx, .ods)
    ///
    /// As `imgcost budget init` writes one; `-` reads standard input.
    #[arg(value_name = "FILE", conflicts_with = "volumes")]
    file: Option<String>,
    /// Spreadsheet: a workload a row, a month a column
    #[arg(long, value_name = "FILE")]
    volumes: Option<String>,
    #[command(flatten)]
    read: ReadArgs,
    #[command(flatten)]
    workload: WorkloadArgs,
    /// First month [default: the one after today]
    #[arg(long, value_name = "YYYY-MM", help_heading = "Budget")]
    start: Option<Month>,
    /// Number of months [default: 12]
    #[arg(long, value_name = "N", value_parser = at_least_one, help_heading = "Budget", allow_hyphen_values = true)]
    months: Option<u64>,
    #[command(flatten)]
    pub part: PartArgs,
    /// Limit of each month in US dollars
    #[arg(long, value_name = "USD", value_parser = dollars, help_heading = "Budget", allow_hyphen_values = true)]
    limit: Option<Decimal>,
    /// Limit of all months together in US dollars
    #[arg(long, value_name = "USD", value_parser = dollars, help_heading = "Budget", allow_hyphen_values = true)]
    total_limit: Option<Decimal>,
    /// Added to the high case before limits [default: 10%]
    ///
    /// And to the amount to request.
    #[arg(long, value_name = "PERCENT", value_parser = parse_margin, help_heading = "Budget", allow_hyphen_values = true)]
    margin: Option<Decimal>,
    /// Model that takes the place of one that is shut down, from that day on (repeatable)
    #[arg(long, value_name = "MODEL=MODEL", value_parser = replacement, help_heading = "Prices")]
    replace: Vec<(String, String)>,
    #[command(flatten)]
    count: CountArgs,
}

impl SourceArgs {
    /// What is asked for, and how attempts turn out.
    pub(super) fn step(&self) -> &StepArgs {
        &self.workload.step
    }
}

/// The budget of the arguments, on the day of knowledge.
pub(super) fn budget(
    args: &SourceArgs,
    catalog: &Catalog,
    today: NaiveDate,
) -> Result<Found, Failure> {
    let input = match (&args.file, &args.volumes) {
        (Some(path), _) => Some((input::read_plan(path)?, false)),
        (None, Some(path)) => Some((volumes_file(path)?, true)),
        (None, None) => None,
    };
    if !matches!(input, Some((_, false))) {
        args.read.files.refuse_without_file("a budget file")?;
    }
    let of_flags = |budget| Found {
        budget,
        written_in: WrittenIn::Flags,
        flags: FlagEffects::default(),
        written: None,
        replaced: Vec::new(),
        currency: None,
    };
    let Found { mut budget, written_in, mut flags, written, mut currency, .. } = match input {
        None => {
            args.read.refuse_without_spreadsheet()?;
            of_flags(from_flags(args, today)?)
        }
        Some((input, is_csv)) => {
            let is_csv = is_csv || is_spreadsheet(&input);
            args.workload.refuse_of_one_workload(is_csv)?;
            refuse_start(args.start, is_csv)?;
            let said = (&args.workload.step, &args.count);
            of_input(input, is_csv, (said, &args.read), catalog, today)?
        }
    };
    // What is given here is no assumption any more.
    let mut given = |assumed: Assumption| budget.assumptions.retain(|known| *known != assumed);
    if let Some(start) = args.start {
        given(Assumption::Start(budget.start));
        budget.start = start;
    }
    if let Some(months) = args.months {
        given(Assumption::Months);
        budget.months = number_of_months(months)?;
    }
    if let Some(margin) = args.margin {
        given(Assumption::Margin);
        budget.margin = margin;
    }
    if args.months.is_some() {
        refuse_cut_volumes(&budget)?;
    }
    set_limit(&mut budget, args.limit, |limit, amount| {
        limit.months.clear();
        limit.per_month = amount;
    });
    set_limit(&mut budget, args.total_limit, |limit, amount| limit.total = amount);
    if matches!(written_in, WrittenIn::Flags) {
        budget.fx = args.count.fx.rates()?;
        args.count.put_into(&mut budget);
        let of_report: Vec<&str> = args.count.currency.code(None).into_iter().collect();
        flags.without_effect = unused(&args.count, (catalog, &budget), &of_report, today)?;
        currency = currency_of(&args.count, (&FileRates::default(), &budget), &mut flags)?;
        let of_settings = of_settings(&args.count.fx, BTreeSet::new())?;
        say_rates_of_settings((catalog, &budget), &of_settings, today)?;
    }
    let replaced = replace(&mut budget, &args.replace, catalog)?;
    Ok(Found { budget, written_in, flags, written, replaced, currency })
}

/// Puts models in the place of others, and gives the budget without each of these replacements.
fn replace(
    budget: &mut Budget,
    flags: &[(String, String)],
    catalog: &Catalog,
) -> Result<Vec<Option<Given<Budget>>>, Failure> {
    let before = budget.replacements.clone();
    let mut given_by_flags = Vec::new();
    for (old, new) in flags {
        let [old, new] = [find_model(catalog, old)?, find_model(catalog, new)?];
        budget.replacements.insert(old.id.clone(), new.id.clone());
        given_by_flags.push((old.id.clone(), new.id.clone()));
    }
    let without = |(old, new): (String, String)| {
        given("--replace", Some(format!("{old}={new}")), IdleReason::NotReplaced.in_words(), || {
            let mut replacements = budget.replacements.clone();
            match before.get(&old) {
                Some(of_file) => replacements.insert(old, of_file.clone()),
                None => replacements.remove(&old),
            };
            Budget { replacements, ..budget.clone() }
        })
    };
    Ok(given_by_flags.into_iter().map(without).collect())
}

fn volumes_file(path: &str) -> Result<Input, Failure> {
    if ends_with(path, &["yaml", "yml"]) {
        let help = "give it without --volumes";
        return Err(Failure::usage(format!("{path} is a budget file, not a spreadsheet"), help));
    }
    Ok(input::read_plan(path)?)
}

fn from_flags(args: &SourceArgs, today: NaiveDate) -> Result<Budget, Failure> {
    let next = Month::of(today).plus(1);
    let budget = args.workload.budget(next, DEFAULT_MONTHS, DEFAULT_MARGIN)?;
    let Some(mut budget) = budget else {
        return Err(Failure::usage(
            "a forecast needs a volume",
            "give --images 12000, --volumes FILE.csv, or a budget file, which `imgcost budget init` \
             writes",
        ));
    };
    let defaults = [Assumption::Start(next), Assumption::Months, Assumption::Margin];
    budget.assumptions.splice(0..0, defaults);
    in_fiscal_years_of_settings(budget)
}

fn number_of_months(months: u64) -> Result<u32, Failure> {
    let within = u32::try_from(months).ok().filter(|months| *months <= MOST_MONTHS);
    within.ok_or_else(|| {
        let help = format!("give --months from 1 to {MOST_MONTHS}");
        Failure::usage(BUDGET_MONTHS.message(), help)
    })
}

/// Another first month would move growth and leave out months that the file plans.
fn refuse_start(start: Option<Month>, is_csv: bool) -> Result<(), Failure> {
    let (file, help) = match is_csv {
        true => ("spreadsheet", "change the columns of months"),
        false => ("budget file", "change `start` in the file"),
    };
    let help = format!(
        "--from and --to show a part of it and change no volume; for another first month {help}"
    );
    match start {
        None => Ok(()),
        Some(_) => Err(Failure::usage(
            format!("--start is of a budget in flags, and the {file} says it"),
            help,
        )),
    }
}

/// Sets a limit on the whole budget in place of that of a file.
fn set_limit(budget: &mut Budget, amount: Option<Decimal>, set: fn(&mut Limit, Option<Decimal>)) {
    let Some(amount) = amount else { return };
    if !budget.limits.iter().any(|limit| limit.scope == Scope::Budget) {
        budget.limits.insert(0, Limit::of(Scope::Budget));
    }
    let of_budget = budget.limits.iter_mut().filter(|limit| limit.scope == Scope::Budget);
    for (index, limit) in of_budget.enumerate() {
        set(limit, (index == 0).then_some(amount));
    }
}

fn replacement(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((old, new)) if !old.is_empty() && !new.is_empty() => Ok((old.into(), new.into())),
        _ => Err("write it as OLD=NEW, such as gpt-image-1.5=gpt-image-2.5-flare".into()),
    }
}
