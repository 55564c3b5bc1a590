//! `imgcost budget compare`: a budget beside its scenarios, or beside itself on other routes or at other price owners.

use chrono::NaiveDate;
use clap::Args;

use super::budget_file::BudgetFileArgs;
use super::found::Found;
use super::nothing_priced;
use crate::budget::{Axis, compare};
use crate::catalog::Catalog;
use crate::cli::exit::{Exit, Failure};
use crate::cli::help::Help;
use crate::cli::output;
use crate::cli::output::OutputArgs;
use crate::estimate::find_routes;
use crate::report::budget_comparison::report;

const EXAMPLES: &str = "\
Examples:
  imgcost budget compare budget.yaml                       # its scenarios
  imgcost budget compare budget.yaml --routes all          # all of it on one route
  imgcost budget compare budget.yaml --owners all          # each part at the owner's cheapest
  imgcost budget compare budget.yaml --routes openai/gpt-image-2,fal/gpt-image-2 --format markdown
  imgcost budget compare budget.yaml --routes all --quoted --format csv > routes.csv

The flags of a request, of its attempts and of prices go before what the file says of every
workload; the first lines say how many steps they change.

A difference is told in four parts that sum to it, each what one replacement changes after the ones
before it: volume, attempts, tokens (counts, at the prices of the budget as it is), price (all the rest).";

/// The flags of `-h`.
const COMMON: [&str; 10] = [
    "routes",
    "owners",
    "model",
    "quality",
    "acceptance",
    "quoted",
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
pub(super) struct CompareArgs {
    /// Compare routes in place of scenarios: `all`, or unique endings of ids, separated by commas
    #[arg(long, value_name = "all|IDS", value_delimiter = ',')]
    routes: Option<Vec<String>>,
    /// Compare price owners: `all`, or ids, separated by commas
    ///
    /// Each workload goes to the owner's cheapest comparable route for its model; what the owner does not sell stays
    /// where it is, marked and counted.
    #[arg(long, value_name = "all|OWNERS", value_delimiter = ',', conflicts_with = "routes")]
    owners: Option<Vec<String>>,
    #[command(flatten)]
    budget: BudgetFileArgs,
    #[command(flatten)]
    output: OutputArgs,
}

impl CompareArgs {
    fn axis(&self) -> Axis {
        let named = |names: &[String]| match names.iter().any(|name| name == "all") {
            true => Vec::new(),
            false => names.to_vec(),
        };
        match (&self.routes, &self.owners) {
            (Some(names), _) => Axis::Routes(named(names)),
            (None, Some(names)) => Axis::Owners(named(names)),
            (None, None) => Axis::Scenarios,
        }
    }
}

/// Compares, and prints the result.
pub(super) fn run(args: &CompareArgs, today: NaiveDate) -> Result<Exit, Failure> {
    let (catalog, today, found) = args.budget.read(today)?;
    let axis = args.axis();
    // On other routes, what is idle on a file's own may count.
    let found = match axis {
        Axis::Scenarios => found.naming_what_is_idle(&catalog, today),
        _ => found,
    };
    let Found { budget, written_in, flags, currency, .. } = found.shown(&args.budget.part)?;
    if axis == Axis::Scenarios && budget.scenarios.is_empty() {
        return Err(Failure::usage(
            format!("{} has no scenarios to compare", args.budget.file),
            "add `scenarios` to the file, or compare routes with --routes all or price owners with --owners all",
        ));
    }
    known_names(&catalog, &axis)?;
    let comparison =
        compare(&catalog, &budget, &axis, today).map_err(|errors| written_in.failure(errors))?;
    let report = report(&comparison, &budget, (&catalog, today)).with_flags(flags);
    let report = report.in_currency(currency);
    output::write(report, &args.output)?;
    match comparison.no_price() {
        why if why.is_empty() => Ok(Exit::Done),
        why => Err(nothing_priced(why)),
    }
}

/// Refuses routes and owners that nobody has: flags name them, and nothing is wrong with the file.
fn known_names(catalog: &Catalog, axis: &Axis) -> Result<(), Failure> {
    match axis {
        Axis::Scenarios => {}
        Axis::Routes(names) => drop(find_routes(catalog, names, &[])?),
        Axis::Owners(names) => drop(find_routes(catalog, &[], names)?),
    }
    Ok(())
}
