//! `imgcost budget afford`: what fits within a limit.

use chrono::NaiveDate;
use clap::Args;
use rust_decimal::Decimal;

use super::budget_file::BudgetFileArgs;
use super::found::Found;
use crate::budget::afford::{Answer, FitsBy, Question, Span, afford};
use crate::budget::{Budget, Case};
use crate::cli::exit::{Exit, Failure};
use crate::cli::help::Help;
use crate::cli::message::About;
use crate::cli::output::OutputArgs;
use crate::cli::values::dollars;
use crate::cli::{message, output};
use crate::near::near_matches;
use crate::report::budget_afford::report;

const EXAMPLES: &str = "\
Examples:
  imgcost budget afford budget.yaml --limit 3000                 # in total
  imgcost budget afford budget.yaml --limit 3000 --per month     # in each month
  imgcost budget afford budget.yaml --limit 3000 --case expected --workload posters
  imgcost budget afford budget.yaml --limit 3000 --most          # more than is wanted, too
  imgcost budget afford budget.yaml --limit 3000 --format csv > fits.csv

The flags of a request, of its attempts and of prices go before what the file says of every
workload; the first lines say how many steps they change.

What does not fit as it is planned is tried with one change of a workload: a lower quality, Batch,
another route or model that the file names; then with several; then with fewer images, of which
one more would not fit. --most looks beyond what is planned, at every quality, size and route of the file.

Exit code 1: nothing fits, or it is not known whether anything does";

/// The flags of `-h`.
const COMMON: [&str; 12] = [
    "limit",
    "per",
    "case",
    "workload",
    "most",
    "model",
    "quality",
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
pub(super) struct AffordArgs {
    /// Most that it may cost, in US dollars, other costs included
    #[arg(long, value_name = "USD", value_parser = dollars, allow_hyphen_values = true)]
    limit: Decimal,
    /// What the limit is for: all months together, or each one
    #[arg(long, value_enum, value_name = "SPAN", default_value = "total")]
    per: Span,
    /// End of the forecast that has to keep to the limit
    #[arg(long, value_enum, value_name = "CASE", default_value = "high")]
    case: Case,
    /// Only workload to look at; the others still cost what they cost
    #[arg(long, value_name = "NAME")]
    workload: Option<String>,
    /// The most images that fit, whether they are wanted or not, and every quality
    #[arg(long)]
    most: bool,
    #[command(flatten)]
    budget: BudgetFileArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Finds what fits, and prints it.
pub(super) fn run(args: &AffordArgs, today: NaiveDate) -> Result<Exit, Failure> {
    let (catalog, today, found) = args.budget.read(today)?;
    let Found { budget, written_in, flags, currency, .. } = found.shown(&args.budget.part)?;
    check_workload(args.workload.as_deref(), &budget)?;
    let question = Question {
        limit: args.limit,
        span: args.per,
        case: args.case,
        workload: args.workload.clone(),
        most: args.most,
    };
    let answer =
        afford(&catalog, &budget, &question, today).map_err(|errors| written_in.failure(errors))?;
    let report = report(&budget, &question, &answer, (&catalog, today)).with_flags(flags);
    let report = report.in_currency(currency);
    output::write(report, &args.output)?;
    Ok(exit(&answer))
}

fn exit(answer: &Answer) -> Exit {
    if !matches!(answer.fits_by(), FitsBy::Nothing | FitsBy::Unknown) {
        return Exit::Done;
    }
    message::finding(About::Limit, "limit: nothing is shown to fit within it");
    Exit::Finding
}

fn check_workload(name: Option<&str>, budget: &Budget) -> Result<(), Failure> {
    let Some(name) = name else { return Ok(()) };
    let known: Vec<&str> = budget.workloads.iter().map(|it| it.name.as_str()).collect();
    if known.contains(&name) {
        return Ok(());
    }
    let near = near_matches(name, known.iter().copied());
    let help = match near.is_empty() {
        true => format!("use one of {}", known.join(", ")),
        false => format!("near: {}", near.join(", ")),
    };
    Err(Failure::usage(format!("no workload is named `{name}`"), help))
}
