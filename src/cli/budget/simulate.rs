//! `imgcost budget simulate`: how likely a budget costs what, and exceeds its limits.

use std::io::IsTerminal;
use std::num::NonZero;

use chrono::NaiveDate;
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use super::budget_file::BudgetFileArgs;
use super::found::Found;
use super::nothing_priced;
use super::written_in::WrittenIn;
use crate::budget::simulate::{Input, NotDrawable, Refused, Settings, simulate};
use crate::cli::exit::{Exit, Failure};
use crate::cli::help::Help;
use crate::cli::output::OutputArgs;
use crate::cli::values::{at_least_one, count};
use crate::cli::{advice, message, output};
use crate::help::Sentence;
use crate::input_limits::RUN_MONTHS;
use crate::report::budget_simulation::report;

const EXAMPLES: &str = "\
Examples:
  imgcost budget simulate budget.yaml
  imgcost budget simulate budget.yaml --runs 100000 --seed 7
  imgcost budget simulate budget.yaml --format csv > spread.csv

The flags of a request, of its attempts and of prices go before what the file says of every
workload; the first lines say how many steps they change.

What is drawn is what the file says is uncertain: volumes with low, expected and high; rates and
who pays for failures under `spread` (see `imgcost budget init --all`). The same seed gives the same result everywhere.";

/// Shorter simulations end before a bar could be read.
const RUNS_WITH_A_BAR: u64 = 50_000;

/// The flags of `-h`.
const COMMON: [&str; 9] =
    ["runs", "seed", "model", "quality", "acceptance", "as_of", "pricing", "format", "output"];

#[derive(Debug, Args)]
#[command(
    common(&COMMON), examples(EXAMPLES),
    day_of_knowledge(),
)]
pub(super) struct SimulateArgs {
    /// Number of runs
    #[arg(long, value_name = "N", value_parser = at_least_one, default_value = "10000", allow_hyphen_values = true)]
    runs: u64,
    /// What the random numbers start from
    #[arg(long, value_name = "S", value_parser = count, default_value = "1", allow_hyphen_values = true)]
    seed: u64,
    /// Number of threads, which changes no result [default: as many as the machine has]
    #[arg(long, value_name = "N", value_parser = at_least_one, allow_hyphen_values = true)]
    threads: Option<u64>,
    #[command(flatten)]
    budget: BudgetFileArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Simulates, and prints what came of it.
pub(super) fn run(args: &SimulateArgs, today: NaiveDate) -> Result<Exit, Failure> {
    let (catalog, today, found) = args.budget.read(today)?;
    let Found { budget, written_in, flags, currency, .. } =
        found.naming_what_is_idle(&catalog, today).shown(&args.budget.part)?;
    let threads = args.threads.and_then(|threads| usize::try_from(threads).ok());
    let threads = threads.unwrap_or_else(of_machine).min(MOST_THREADS);
    let settings = Settings { runs: args.runs, seed: args.seed, threads };
    let bar = bar(args.runs);
    let progress = |done: u64, of: u64| {
        bar.set_length(of);
        bar.inc(done);
    };
    let found = simulate(&catalog, &budget, settings, today, &progress);
    bar.finish_and_clear();
    let found = found.map_err(|why| failure(why, &written_in))?;
    let report = report(&budget, &found, (&catalog, today)).with_flags(flags);
    let report = report.in_currency(currency);
    output::write(report, &args.output)?;
    Ok(Exit::Done)
}

/// As many threads as the machine has.
pub(super) fn of_machine() -> usize {
    std::thread::available_parallelism().map_or(1, NonZero::get).min(MOST_THREADS)
}

/// More threads than any machine of today makes use of.
const MOST_THREADS: usize = 256;

/// A bar for those who wait at a terminal; nothing in a pipe.
fn bar(runs: u64) -> ProgressBar {
    let is_seen = std::io::stderr().is_terminal() && message::may_show_progress();
    if runs < RUNS_WITH_A_BAR || !is_seen {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{wide_bar} {human_pos} of {human_len} runs");
    let bar = ProgressBar::new(runs);
    match style {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

/// What is to be stated for a budget to be uncertain, and why that is asked.
pub(super) fn no_spread(inputs: &[Input], why: &str) -> Failure {
    let inputs: Vec<String> = inputs.iter().map(Input::with_its_spread).collect();
    let inputs = inputs.join("; ");
    Failure::usage(
        format!("nothing in the budget is uncertain, so that {why}"),
        format!("state a spread, as `imgcost budget init --all` shows, for one of: {inputs}"),
    )
}

pub(super) fn failure(refused: Refused, written_in: &WrittenIn) -> Failure {
    match refused {
        Refused::Budget(errors) => written_in.failure(errors),
        Refused::NoSpread(inputs) => no_spread(&inputs, "there is nothing to simulate"),
        Refused::TooManyRuns(most) => {
            let help = format!("give --runs up to {most} for so many months");
            Failure::usage(RUN_MONTHS.message(), help)
        }
        Refused::NotDrawable(wrong) => {
            let said = |it: &NotDrawable| (it.to_string(), advice::of_help(&it.help()));
            Failure::Usage(wrong.iter().map(said).collect())
        }
        Refused::NoPrice(reasons) => nothing_priced(reasons),
        Refused::Unknown(reasons) => {
            let help = "give what is missing, or another route: an unknown cost has no percentiles";
            let unknown = |reason: Sentence| {
                let why = reason.in_words(advice::of_help);
                (format!("the cost is unknown: {why}"), help.to_owned())
            };
            Failure::Usage(reasons.into_iter().map(unknown).collect())
        }
    }
}
