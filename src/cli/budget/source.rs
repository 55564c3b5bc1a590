//! Where a budget comes from: flags, a spreadsheet of volumes or a file.

use std::path::Path;
use std::sync::Arc;

use chrono::NaiveDate;
use clap::Args;
use rust_decimal::Decimal;

use super::flags::WorkloadArgs;
use crate::budget::defaults::{
    DEFAULT_MARGIN, DEFAULT_MONTHS, margin_assumed, months_assumed, start_assumed,
};
use crate::budget::{Budget, BudgetError, Limit, MOST_MONTHS, Month, Scope, file, volumes};
use crate::catalog::Catalog;
use crate::cli::args::{FxArgs, at_least_one, dollars};
use crate::cli::exit::Failure;
use crate::cli::files::{self, FilesArgs};
use crate::cli::input::{self, Input};
use crate::cli::message;
use crate::estimate::{EstimateError, find_model};
use crate::problem::{Place, Problem, ProblemCode};
use crate::share::parse_margin;

/// The flags of a workload, which a file holds itself.
const OF_A_WORKLOAD: [&str; 6] =
    ["WorkloadArgs", "RequestArgs", "AttemptArgs", "MainlineArgs", "prompt_source", "growth"];

/// The budget, by one of three ways, and what goes before the values of a file.
#[derive(Debug, Args)]
pub(super) struct SourceArgs {
    /// Budget file, as `imgcost budget init` writes one, or spreadsheet of volumes (.csv); `-` reads standard input
    #[arg(value_name = "FILE", conflicts_with_all = OF_A_WORKLOAD, conflicts_with = "volumes")]
    file: Option<String>,
    /// Spreadsheet of volumes (CSV): a workload a row, a month a column (see below)
    #[arg(long, value_name = "FILE.csv", conflicts_with_all = OF_A_WORKLOAD)]
    volumes: Option<String>,
    #[command(flatten)]
    files: FilesArgs,
    #[command(flatten)]
    workload: WorkloadArgs,
    /// First month [default: the one after today]
    #[arg(long, value_name = "YYYY-MM", help_heading = "Period")]
    start: Option<Month>,
    /// Number of months [default: 12]
    #[arg(long, value_name = "N", value_parser = at_least_one, help_heading = "Period", allow_hyphen_values = true)]
    months: Option<u64>,
    /// Limit of each month in US dollars, for the whole budget
    #[arg(long, value_name = "USD", value_parser = dollars, help_heading = "Limits", allow_hyphen_values = true)]
    limit: Option<Decimal>,
    /// Limit of all months together in US dollars
    #[arg(long, value_name = "USD", value_parser = dollars, help_heading = "Limits", allow_hyphen_values = true)]
    total_limit: Option<Decimal>,
    /// What is added to the high case before it is held against a limit, and to the amount to
    /// request [default: 10%]
    #[arg(long, value_name = "PERCENT", value_parser = parse_margin, help_heading = "Limits", allow_hyphen_values = true)]
    margin: Option<Decimal>,
    /// Model that takes the place of one that is shut down, from that day on (repeatable)
    #[arg(long, value_name = "MODEL=MODEL", value_parser = replacement, help_heading = "Prices")]
    replace: Vec<(String, String)>,
    /// Count with prices that are quoted only, on weak evidence; else they are unknown
    #[arg(long, help_heading = "Prices")]
    quoted: bool,
    #[command(flatten)]
    fx: FxArgs,
}

/// Where a budget was written, for messages about what cannot be priced.
pub(super) enum Origin {
    /// In flags.
    Flags,
    /// In a budget file.
    File(Input),
    /// In a spreadsheet.
    Volumes(Input),
}

impl Origin {
    /// What cannot be priced, at the places of its workloads.
    pub(super) fn failure(&self, errors: Vec<BudgetError>) -> Failure {
        let (input, places) = match self {
            Origin::Flags => return errors.into(),
            Origin::File(input) => (input, file::places(&input.name, &Arc::from(&*input.text))),
            Origin::Volumes(input) => {
                (input, volumes::places(&input.name, &Arc::from(&*input.text)))
            }
        };
        let mut problems = Vec::new();
        for BudgetError { workload, error } in errors {
            let errors = match error {
                EstimateError::Data(problems) => return Failure::Data(problems),
                EstimateError::Request(errors) => errors,
            };
            let place = places.get(&workload).cloned();
            let place = place.unwrap_or_else(|| Place::file(&input.name));
            problems.extend(errors.into_iter().map(|error| Problem {
                code: ProblemCode::CannotBePriced,
                message: match workload.is_empty() {
                    true => error.to_string(),
                    false => format!("{workload}: {error}"),
                },
                place: place.clone(),
                help: error.help().unwrap_or_else(|| "correct the budget".into()),
            }));
        }
        Failure::Data(problems)
    }
}

/// The budget of the arguments, on the day of knowledge.
pub(super) fn budget(
    args: &SourceArgs,
    catalog: &Catalog,
    today: NaiveDate,
) -> Result<(Budget, Origin), Failure> {
    let (mut budget, origin) = match (&args.file, &args.volumes) {
        (Some(path), _) => from_file(path, &args.files, today)?,
        (None, volumes) => {
            args.files.refuse_without_file("a budget file")?;
            match volumes {
                Some(path) => from_volumes(path)?,
                None => (from_flags(args, today)?, Origin::Flags),
            }
        }
    };
    // What is given here is no assumption any more.
    let mut given = |assumed: String| budget.assumptions.retain(|known| *known != assumed);
    if let Some(start) = args.start {
        given(start_assumed(budget.start));
        budget.start = start;
    }
    if let Some(months) = args.months {
        given(months_assumed());
        budget.months = number_of_months(months)?;
    }
    if let Some(margin) = args.margin {
        given(margin_assumed());
        budget.margin = margin;
    }
    budget.fx.extend(args.fx.rates()?);
    set_limit(&mut budget, args.limit, |limit| &mut limit.per_month);
    set_limit(&mut budget, args.total_limit, |limit| &mut limit.total);
    budget.quoted |= args.quoted;
    for (old, new) in &args.replace {
        let [old, new] = [find_model(catalog, old)?, find_model(catalog, new)?];
        budget.replacements.insert(old.id.clone(), new.id.clone());
    }
    Ok((budget, origin))
}

/// The budget of a file, or of a spreadsheet of volumes, as every command of the group reads it.
pub(super) fn from_file(
    path: &str,
    files: &FilesArgs,
    today: NaiveDate,
) -> Result<(Budget, Origin), Failure> {
    from_text(input::read(path)?, files, today)
}

/// The budget of a file that was read: a spreadsheet by its name, anything else as YAML.
pub(super) fn from_text(
    input: Input,
    files: &FilesArgs,
    today: NaiveDate,
) -> Result<(Budget, Origin), Failure> {
    if ends_with(&input.name, &["csv", "tsv"]) {
        files.refuse_without_file("a budget file")?;
        return of_volumes(input);
    }
    let named = files.named_in(&input)?;
    let budget = file::read(&input.name, &Arc::from(&*input.text), &named, today)?;
    files::say_unused(&named);
    Ok((budget, Origin::File(input)))
}

/// Whether a path has one of these extensions.
fn ends_with(path: &str, extensions: &[&str]) -> bool {
    let extension = Path::new(path).extension();
    extensions.iter().any(|it| extension.is_some_and(|of_path| of_path.eq_ignore_ascii_case(it)))
}

fn from_volumes(path: &str) -> Result<(Budget, Origin), Failure> {
    if ends_with(path, &["yaml", "yml"]) {
        let help = "give it without --volumes";
        return Err(Failure::usage(format!("{path} is a budget file, not a spreadsheet"), help));
    }
    of_volumes(input::read(path)?)
}

fn of_volumes(input: Input) -> Result<(Budget, Origin), Failure> {
    let (budget, notes) = volumes::read(&input.name, &Arc::from(&*input.text))?;
    notes.iter().for_each(|note| message::hint(&format!("{}: {note}", input.name)));
    Ok((budget, Origin::Volumes(input)))
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
    let defaults = [start_assumed(next), months_assumed(), margin_assumed()];
    budget.assumptions.splice(0..0, defaults);
    Ok(budget)
}

fn number_of_months(months: u64) -> Result<u32, Failure> {
    let within = u32::try_from(months).ok().filter(|months| *months <= MOST_MONTHS);
    within.ok_or_else(|| {
        let what = format!("{months} months are more than a budget takes");
        Failure::usage(what, format!("give --months from 1 to {MOST_MONTHS}"))
    })
}

/// Sets a limit on the whole budget in place of that of a file.
fn set_limit(
    budget: &mut Budget,
    amount: Option<Decimal>,
    which: fn(&mut Limit) -> &mut Option<Decimal>,
) {
    let Some(amount) = amount else { return };
    if !budget.limits.iter().any(|limit| limit.scope == Scope::Budget) {
        let limit = Limit { scope: Scope::Budget, per_month: None, total: None };
        budget.limits.insert(0, limit);
    }
    let of_budget = budget.limits.iter_mut().filter(|limit| limit.scope == Scope::Budget);
    for (index, limit) in of_budget.enumerate() {
        *which(limit) = (index == 0).then_some(amount);
    }
}

fn replacement(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((old, new)) if !old.is_empty() && !new.is_empty() => Ok((old.into(), new.into())),
        _ => Err("write it as OLD=NEW, such as gpt-image-1.5=gpt-image-2.5-flare".into()),
    }
}
