//! Where a budget comes from: flags, a spreadsheet of volumes or a file.

use std::collections::BTreeSet;
use std::path::Path;

use chrono::NaiveDate;
use clap::Args;
use rust_decimal::Decimal;

use super::currency::FileRates;
use super::cut::refuse_cut_volumes;
use super::flags::WorkloadArgs;
use super::no_budget;
use super::overrides::{CountArgs, OverrideArgs, Read, say_rates_of_settings, unused, worked_in};
use super::part::PartArgs;
use super::read_args::ReadArgs;
use super::step::{StepArgs, all_but_one};
use super::written_in::WrittenIn;
use crate::budget::Assumption;
use crate::budget::defaults::{DEFAULT_MARGIN, DEFAULT_MONTHS};
use crate::budget::file::{BudgetFile, Rates};
use crate::budget::{
    Budget, Idle, IdleReason, Limit, MOST_MONTHS, Month, Scope, Written, file, idle_keys,
    is_idle_change,
};
use crate::catalog::Catalog;
use crate::cli::args::FxArgs;
use crate::cli::config;
use crate::cli::exit::Failure;
use crate::cli::files;
use crate::cli::idle::{Given, given};
use crate::cli::input::{self, Input};
use crate::cli::made_of;
use crate::cli::message;
use crate::cli::message::About;
use crate::cli::values::{at_least_one, dollars};
use crate::estimate::find_model;
use crate::exchange::FxRates;
use crate::input_limits::BUDGET_MONTHS;
use crate::report::currency::ReportCurrency;
use crate::report::flags::{FlagEffects, IdleKey, WithoutEffect};
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

/// A budget, where it was written, and what flags changed in it.
pub(super) struct Found {
    pub budget: Budget,
    pub written_in: WrittenIn,
    pub flags: FlagEffects,
    /// Where it is that of a file: the file as it is.
    pub written: Option<Written>,
    /// Replacements of models that flags give, with the budget without each.
    pub replaced: Vec<Option<Given<Budget>>>,
    /// The currency in which its amounts are shown; `None` of US dollars.
    pub currency: Option<ReportCurrency>,
}

impl Found {
    /// The months of it that are to be shown.
    pub(super) fn shown(self, part: &PartArgs) -> Result<Found, Failure> {
        Ok(Found { budget: part.of(self.budget)?, ..self })
    }

    /// Names the keys of the file, and the flags over it, on which no figure of the budget depends.
    pub(super) fn naming_what_is_idle(mut self, catalog: &Catalog, today: NaiveDate) -> Found {
        // What the file says is read for the last time: a large budget is not held twice while it is priced.
        if let Some(written) = &self.written.take() {
            let idle = idle_keys(catalog, written, &self.budget, today);
            let key = |idle: Idle| IdleKey {
                key: idle.key,
                code: idle.why.code(),
                why: idle.why.to_string(),
            };
            self.flags.idle_keys = idle.into_iter().map(key).collect();
            let known = self.flags.without_effect.iter().map(|it| it.flag.clone());
            let known: Vec<String> = known.collect();
            let mut any_counts = false;
            for (flag, others) in all_but_one(&written.changes) {
                let is_named = known.iter().any(|it| it == flag);
                if !is_named && is_idle_change(catalog, written, (&others, &self.budget), today) {
                    let why = "no figure of this budget depends on it".to_owned();
                    self.flags.without_effect.push(WithoutEffect { flag: flag.to_owned(), why });
                } else {
                    any_counts |= !is_named;
                }
            }
            // Steps that are asked for otherwise and cost the same under every flag are not changed by them.
            if let Some(reach) = self.flags.reach.as_mut().filter(|_| !any_counts) {
                (reach.changed, reach.raised) = (0, 0);
            }
        }
        self
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

/// The currency of the report of a budget, whose file may have one; a flag that says so already is named.
fn currency_of(
    count: &CountArgs,
    (file, budget): (&FileRates, &Budget),
    flags: &mut FlagEffects,
) -> Result<Option<ReportCurrency>, Failure> {
    if count.currency.is_idle(file.currency.as_deref()) {
        let why = "amounts are in that currency without it".to_owned();
        flags.without_effect.push(WithoutEffect { flag: "--currency".to_owned(), why });
    }
    count.currency.of_report(file, (&budget.fx, &count.fx))
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

fn of_input(
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
    let BudgetFile { budget: at_given_rates, currency, stated_in, stated_rates, rates_of, .. } =
        of_text(&input, is_csv, (files, &fx), (catalog, today))?;
    for code in &stated_rates {
        at_given_rates.fx.get(code).into_iter().for_each(|rate| made_of::rate(code, *rate));
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
    let written_in = if is_csv { WrittenIn::Volumes(input) } else { WrittenIn::File(input) };
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
    let mut budget = of_text(&input, is_csv, (files, &count.fx.given()?), (catalog, today))?.budget;
    count.put_into(&mut budget);
    let written_in = if is_csv { WrittenIn::Volumes(input) } else { WrittenIn::File(input) };
    Ok((budget, written_in))
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
        notes
            .iter()
            .for_each(|note| message::hint(About::Reading, &format!("{}: {note}", input.name)));
        let known = config::fx()?.into_iter().chain(fx.clone()).collect();
        let budget = in_fiscal_years_of_settings(Budget { fx: known, ..budget })?;
        return Ok(BudgetFile::in_dollars(budget));
    }
    let named = files.files.named_in(input)?;
    let rates = Rates { before: fx, after: &config::fx()? };
    let mut read = file::read_at_rates(&input.name, &input.text, (&named, catalog), today, rates)?;
    files::say_unused(&named);
    read.budget = in_fiscal_years_of_settings(read.budget)?;
    Ok(read)
}

/// The currencies whose rate only the settings say.
fn of_settings(given: &FxArgs, stated: BTreeSet<String>) -> Result<BTreeSet<String>, Failure> {
    let said = given.codes().into_iter().chain(stated).collect();
    Ok(config::fx()?.into_keys().collect::<BTreeSet<_>>().difference(&said).cloned().collect())
}

/// A budget that does not say when fiscal years begin has those of the settings.
fn in_fiscal_years_of_settings(mut budget: Budget) -> Result<Budget, Failure> {
    if budget.assumptions.contains(&Assumption::FiscalYears)
        && let Some(month) = config::fiscal_year_start()?
    {
        budget.assumptions.retain(|known| *known != Assumption::FiscalYears);
        budget.fiscal_year_start = month;
    }
    Ok(budget)
}

/// A spreadsheet is told by its name, and where that says nothing, as of standard input, by its first line.
fn is_spreadsheet(input: &Input) -> bool {
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
fn ends_with(path: &str, extensions: &[&str]) -> bool {
    let extension = Path::new(path).extension();
    extensions.iter().any(|it| extension.is_some_and(|of_path| of_path.eq_ignore_ascii_case(it)))
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
