//! The command line: arguments in, text and an exit code out. Everything else is in the library.

mod about;
mod advice;
mod args;
mod axes;
mod bill;
mod bodies;
mod budget;
mod clock;
mod columns;
mod compare;
mod completions;
mod config;
mod deferred;
mod estimate;
mod excerpt;
mod exit;
mod files;
mod finish;
mod gate;
mod help;
mod idle;
mod input;
mod made_of;
mod mainline;
mod message;
mod models;
mod opened;
mod output;
mod pilot;
mod piped;
mod prices;
mod programs;
mod rejected;
mod routes;
mod save;
mod schema;
mod signals;
mod sizes;
mod usage;
mod values;
mod words;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use deferred::Deferred;
pub use exit::Exit;

const HELP: &str = "\
Examples:
  imgcost estimate --quality high --prompt \"A poster of a red fox\"
  imgcost budget forecast --images 12000 --acceptance 70% --limit 3000

Settings: imgcost.yaml, in the working folder or above it, says what flags need
not (`imgcost schema config`)

Exit codes: 0 done; 1 done, and the cost is above the limit (or not shown to
be within it); 2 cannot be priced as asked; 3 a file is missing or wrong;
4 the output cannot be written; 70 a fault of imgcost";

/// Prices image generation from dated, sourced price tables that name their owner.
#[derive(Debug, Parser)]
#[command(name = "imgcost", version, max_term_width = 100, after_help = HELP)]
struct Cli {
    #[command(flatten)]
    messages: message::MessageArgs,
    #[command(flatten)]
    config: config::ConfigArgs,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Price one request, a Batch file or an API reply, line by line
    Estimate(Deferred<estimate::EstimateArgs>),
    /// Compare the same work over every route that offers it, each row its owner's
    Compare(Deferred<compare::CompareArgs>),
    /// List the routes, show one as a contract, apply the stop rule, or choose one
    Routes(Deferred<routes::RoutesArgs>),
    /// Plan budgets: from monthly volumes to a forecast that holds
    Budget(Deferred<budget::BudgetArgs>),
    /// Check and compare price tables, start new ones, and pin what has been published
    Prices(Deferred<prices::PricesArgs>),
    /// Print the JSON Schema of a kind of file, for editors
    Schema(Deferred<schema::SchemaArgs>),
    /// List the models, or show one: its rules, its sources, and what a move to another costs
    Models(Deferred<models::ModelsArgs>),
    /// Look at a size, or find the cheapest: what it costs, and what costs less
    Sizes(Deferred<sizes::SizesArgs>),
    /// Price a set of trials, write their log, and read the filled one
    Pilot(Deferred<pilot::PilotArgs>),
    /// Read bills: what was billed by day, project and model
    Bill(Deferred<bill::BillArgs>),
    /// Price what was really used: logs of requests, exports, replies
    Usage(Deferred<usage::UsageArgs>),
    /// Print what makes a shell complete commands and flags
    Completions(Deferred<completions::CompletionsArgs>),
}

/// Every command and argument, for manual pages, completions and tests that walk them.
pub fn command() -> clap::Command {
    let mut command = Cli::command();
    command.build();
    command
}

/// Runs the program on the process's arguments.
pub fn main() -> ExitCode {
    std::panic::set_hook(Box::new(message::fault));
    signals::take();
    // The hook has said what happened; an output file that was begun is gone with its temporary name.
    let exit = std::panic::catch_unwind(run).unwrap_or(Exit::Fault);
    programs::write_kept(exit);
    exit.into()
}

/// The arguments, read; from here on it holds what they say of messages.
fn arguments() -> Result<Cli, clap::Error> {
    let mut command = Cli::command();
    let mut matches = command.try_get_matches_from_mut(std::env::args_os())?;
    if programs::want_json(&matches) {
        programs::keep_messages();
    }
    let cli =
        Cli::from_arg_matches_mut(&mut matches).map_err(|error| error.format(&mut command))?;
    cli.messages.apply();
    cli.config.apply();
    Ok(cli)
}

fn run() -> Exit {
    let cli = match arguments() {
        Ok(cli) => cli,
        Err(error) => return message::of_arguments(error),
    };
    let today = clock::today();
    let outcome = match cli.command {
        Command::Estimate(args) => estimate::run(&args, today),
        Command::Compare(args) => compare::run(&args, today),
        Command::Routes(args) => routes::run(&args, today),
        Command::Budget(args) => budget::run(&args, today),
        Command::Prices(args) => prices::run(&args, today),
        Command::Schema(args) => schema::run(&args),
        Command::Models(args) => models::run(&args, today),
        Command::Sizes(args) => sizes::run(&args, today),
        Command::Pilot(args) => pilot::run(&args, today),
        Command::Bill(args) => bill::run(&args, today),
        Command::Usage(args) => usage::run(&args, today),
        Command::Completions(args) => completions::run(&args),
    };
    finish::finish(outcome)
}
