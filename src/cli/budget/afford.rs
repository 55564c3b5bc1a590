//! `imgcost budget afford`: what fits within a limit.

use chrono::NaiveDate;
use clap::Args;
use rust_decimal::Decimal;

use super::budget_file::BudgetFileArgs;
use super::source::Found;
use crate::budget::afford::{Answer, Question, Span, afford};
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
  imgcost budget afford budget.yaml --limit 3000 --format csv > fits.csv

The flags of a request, of its attempts and of prices go before what the file says of every
workload; the first lines say how many steps they change.

The answer is the forecast turned round: with the images shown the case keeps to the limit, and with
one image more it does not. Every quality, size and route that the file names is tried.

Exit code 1: nothing fits, or it is not known whether anything does";

/// The flags of `-h`.
const COMMON: [&str; 11] = [
    "limit",
    "per",
    "case",
    "workload",
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
    #[command(flatten)]
    budget: BudgetFileArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Finds what fits, and prints it.
pub(super) fn run(args: &AffordArgs, today: NaiveDate) -> Result<Exit, Failure> {
    let (catalog, today, found) = args.budget.read(today)?;
    let Found { budget, written_in, flags, .. } = found.shown(&args.budget.part)?;
    check_workload(args.workload.as_deref(), &budget)?;
    let question = Question {
        limit: args.limit,
        span: args.per,
        case: args.case,
        workload: args.workload.clone(),
    };
    let answer =
        afford(&catalog, &budget, &question, today).map_err(|errors| written_in.failure(errors))?;
    let report = report(&budget, &question, &answer, (&catalog, today)).with_flags(flags);
    output::write(report, &args.output)?;
    Ok(exit(&question, &answer))
}

fn exit(question: &Question, answer: &Answer) -> Exit {
    let of_all = question.workload.is_none() && answer.all.has_images();
    if of_all || answer.alternatives.iter().any(|alternative| alternative.fits.has_images()) {
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
