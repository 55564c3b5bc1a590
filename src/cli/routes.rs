//! `imgcost routes`: which routes there are, what each states, which is ready and which fits.

use chrono::NaiveDate;
use clap::{Args, Subcommand};

use super::args::DaysArgs;
use super::exit::{Exit, Failure};
use super::help::Help;
use super::message::About;
use super::output::OutputArgs;
use super::values::{at_least_one, confidence, one_of, owner_kind};
use super::{message, output};
use crate::catalog::evidence::Confidence;
use crate::catalog::guidance::Work;
use crate::catalog::owner::OwnerKind;
use crate::catalog::route::Status;
use crate::estimate::find_route;
use crate::report;
use crate::routes::{self, Entry, Filter};

const EXAMPLES: &str = "\
Examples:
  imgcost routes --model gpt-image-2 --kind provider
  imgcost routes --status quoted --format csv > quoted.csv
  imgcost routes show openai/gpt-image-2           # rates, versions, terms, verdict
  imgcost routes check fal/gpt-image-2             # exit code 1: not ready
  imgcost routes check --pricing my-pricing openai/gpt-image-2   # with terms you have in writing
  imgcost routes choose --for batch --model gpt-image-2

Exit code 1 of `check`: a route that was named is not ready for production";

/// The flags of `-h`.
const COMMON: [&str; 8] =
    ["owner", "kind", "model", "status", "as_of", "pricing", "format", "output"];

#[derive(Debug, Args)]
#[command(common(&COMMON), examples(EXAMPLES), args_conflicts_with_subcommands = true)]
pub(super) struct RoutesArgs {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    list: ListArgs,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// List routes (as without a command)
    List(ListArgs),
    /// Show one route as a contract: rates, all versions and what changed, terms, verdict
    Show(ShowArgs),
    /// Apply the stop rule: ready only if owner, model, endpoint, unit, uploads, rights and charges are stated
    Check(CheckArgs),
    /// Choose a route for manual work, a product, a batch or sensitive material
    Choose(ChooseArgs),
}

const LIST_EXAMPLES: &str = "\
Examples:
  imgcost routes list --model gpt-image-2 --kind provider
  imgcost routes list --owners openai,fal --format csv > routes.csv";

#[derive(Debug, Args)]
#[command(examples(LIST_EXAMPLES))]
struct ListArgs {
    #[command(flatten)]
    filter: FilterArgs,
    /// Only prices with this support on the day
    #[arg(long, value_name = "LEVEL", value_parser = confidence)]
    confidence: Option<Confidence>,
    /// Only routes of this status: priced, quoted, not_entered, not_public, not_found, subscription_only, do_not_use
    #[arg(long, value_name = "STATUS", value_parser = status)]
    status: Option<Status>,
    #[command(flatten)]
    days: DaysArgs,
    #[command(flatten)]
    output: OutputArgs,
}

#[derive(Debug, Args)]
pub(super) struct FilterArgs {
    /// Only routes of these price owners, by id
    #[arg(long, value_name = "ID,…", value_delimiter = ',', visible_alias = "owners")]
    owner: Vec<String>,
    /// Only routes whose owner is this to the model: official, provider or wrapper
    #[arg(long, value_name = "KIND", value_parser = owner_kind)]
    kind: Option<OwnerKind>,
    /// Only routes of this model
    #[arg(long, value_name = "ID")]
    model: Option<String>,
}

impl FilterArgs {
    pub(super) fn filter(&self, routes: &[String]) -> Filter {
        Filter {
            routes: routes.to_vec(),
            owners: self.owner.clone(),
            kind: self.kind,
            model: self.model.clone(),
            ..Filter::default()
        }
    }
}

const SHOW_EXAMPLES: &str = "\
Examples:
  imgcost routes show openai/gpt-image-2
  imgcost routes show fal/gpt-image-2 --as-of 2026-09-01 --format markdown";

#[derive(Debug, Args)]
#[command(examples(SHOW_EXAMPLES))]
struct ShowArgs {
    /// Route, or a unique ending of its id
    #[arg(value_name = "ROUTE")]
    route: String,
    #[command(flatten)]
    days: DaysArgs,
    #[command(flatten)]
    output: OutputArgs,
}

const CHECK_EXAMPLES: &str = "\
Examples:
  imgcost routes check fal/gpt-image-2             # exit code 1: not ready
  imgcost routes check --pricing my-pricing openai/gpt-image-2";

#[derive(Debug, Args)]
#[command(examples(CHECK_EXAMPLES))]
struct CheckArgs {
    /// Routes, or unique endings of their ids; without one, all are listed
    #[arg(value_name = "ROUTE")]
    routes: Vec<String>,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    days: DaysArgs,
    #[command(flatten)]
    output: OutputArgs,
}

const CHOOSE_EXAMPLES: &str = "\
Examples:
  imgcost routes choose --for batch --model gpt-image-2
  imgcost routes choose --for product --kind provider --top 3";

#[derive(Debug, Args)]
#[command(examples(CHOOSE_EXAMPLES))]
struct ChooseArgs {
    /// Kind of work; without one, all of them
    #[arg(long = "for", value_name = "WORK", value_enum)]
    work: Option<Work>,
    /// Most routes to show for each kind of work [default: 5, or 3 of each where all are shown]
    #[arg(long, value_name = "N", value_parser = at_least_one, allow_hyphen_values = true)]
    top: Option<u64>,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    days: DaysArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Lists, shows, checks or chooses routes.
pub(super) fn run(args: &RoutesArgs, today: NaiveDate) -> Result<Exit, Failure> {
    match &args.command {
        None => list(&args.list, today),
        Some(Command::List(args)) => list(args, today),
        Some(Command::Show(args)) => show(args, today),
        Some(Command::Check(args)) => check(args, today),
        Some(Command::Choose(args)) => choose(args, today),
    }
}

fn list(args: &ListArgs, today: NaiveDate) -> Result<Exit, Failure> {
    let catalog = args.days.catalog()?;
    let [day, _] = args.days.days(today);
    let filter =
        Filter { confidence: args.confidence, status: args.status, ..args.filter.filter(&[]) };
    let entries = routes::list(&catalog, &filter, day)?;
    output::write(report::routes::list(&entries, day, &catalog), &args.output)?;
    Ok(Exit::Done)
}

fn show(args: &ShowArgs, today: NaiveDate) -> Result<Exit, Failure> {
    let catalog = args.days.catalog()?;
    let [day, _] = args.days.days(today);
    let entry = Entry::of(&catalog, find_route(&catalog, &args.route)?, day)?;
    let guidance = catalog.guidance()?;
    let report = report::routes::contract(&entry, guidance.as_deref(), day, &catalog);
    output::write(report, &args.output)?;
    Ok(Exit::Done)
}

fn check(args: &CheckArgs, today: NaiveDate) -> Result<Exit, Failure> {
    let catalog = args.days.catalog()?;
    let [day, _] = args.days.days(today);
    let entries = routes::list(&catalog, &args.filter.filter(&args.routes), day)?;
    output::write(report::routes::verdicts(&entries, day, &catalog), &args.output)?;
    let not_ready = entries.iter().filter(|entry| !entry.is_ready()).count();
    if args.routes.is_empty() || not_ready == 0 {
        return Ok(Exit::Done);
    }
    message::finding(
        About::NotReady,
        &format!("not ready for production: {not_ready} of {}", entries.len()),
    );
    Ok(Exit::Finding)
}

fn choose(args: &ChooseArgs, today: NaiveDate) -> Result<Exit, Failure> {
    let catalog = args.days.catalog()?;
    let [day, _] = args.days.days(today);
    let filter = args.filter.filter(&[]);
    let works = args.work.map_or(Work::ALL.to_vec(), |work| vec![work]);
    let mut choices = Vec::new();
    for work in works {
        choices.push((work, routes::choose(&catalog, &filter, work, day)?));
    }
    let guidance = catalog.guidance()?;
    let top = args.top.unwrap_or(if args.work.is_some() { 5 } else { 3 });
    let each = usize::try_from(top).unwrap_or(usize::MAX);
    let report = report::routes::choice(&choices, guidance.as_deref(), day, &catalog, each);
    output::write(report, &args.output)?;
    Ok(Exit::Done)
}

fn status(text: &str) -> Result<Status, String> {
    one_of(text, Status::ALL.map(|status| (status.as_str(), status)))
}
