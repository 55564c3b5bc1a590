//! `imgcost pilot read`: what a filled log shows.

use chrono::NaiveDate;
use clap::Args;
use rust_decimal::Decimal;

use super::LogPriceArgs;
use super::replies::{LogText, ReplyArgs};
use crate::budget::IdleReason;
use crate::catalog::route::Route;
use crate::cli::exit::{Exit, Failure};
use crate::cli::help::Help;
use crate::cli::idle::{figures, given, idle};
use crate::cli::message::About;
use crate::cli::output::OutputArgs;
use crate::cli::values::{above_zero, dollars};
use crate::cli::{message, output};
use crate::estimate::find_route;
use crate::money::{PriceTextError, parse_price};
use crate::near::near_matches;
use crate::pilot::log::Log;
use crate::pilot::{Goals, log, results};
use crate::problem::Problem;
use crate::report;
use crate::report::flags::FlagEffects;
use crate::report::pilot::View;
use crate::share::parse_share;

const EXAMPLES: &str = "\
Examples:
  imgcost pilot read pilot.csv
  imgcost pilot read pilot.csv --max-cost-per-accepted 0.10 --min-acceptance 60% --max-p90 45
  imgcost pilot read move.csv --baseline openai/gpt-image-1.5 --width 5%
  imgcost pilot read pilot.csv --rows --format csv > rated.csv
  imgcost pilot read replies/ --route openai/gpt-image-2   # no log yet: what the replies show
  imgcost pilot read --append pilot.csv replies/ --route openai/gpt-image-2

A row is one attempt at one image. Every count stands in one column:
text_input_tokens are those that were not read from a cache. A row that
delivered an image has a verdict (accepted or rejected; empty if it is not
reviewed yet); any other names its error stage: server_error, timeout,
block_at_input, block_at_output, client_error or client_disconnect. The column
`processing` says standard, batch, flex or priority; a row without it is rated
at standard prices.

--append writes what a reply says into the row of its request: the one that
is planned under its id (the name of the file, or the custom_id of a Batch), where
it is empty, else a new one. What stands in the log stays; the verdict, the
latency and the cost that was charged are for a person to fill in. A reply that
does not say when it was made is of the day of --as-of.

Exit code 1: a goal is missed, or not shown to be met; 3: rows cannot be read
(the others are shown)";

/// The flags of `-h`.
const COMMON: [&str; 10] = [
    "append",
    "baseline",
    "max_cost_per_accepted",
    "min_acceptance",
    "max_p90",
    "as_of",
    "pricing",
    "rows",
    "format",
    "output",
];

#[derive(Debug, Args)]
#[command(common(&COMMON), examples(EXAMPLES))]
pub(super) struct ReadArgs {
    /// Filled log as CSV, or replies: files, folders, JSON Lines; `-` reads standard input
    #[arg(value_name = "FILE", required = true)]
    files: Vec<String>,
    #[command(flatten)]
    replies: ReplyArgs,
    /// Route of today, to stand first; it has no goals to meet
    #[arg(long, value_name = "ROUTE")]
    baseline: Option<String>,
    /// Most that an accepted image may cost in US dollars, as logged, else as rated
    #[arg(long, value_name = "USD", value_parser = dollars, help_heading = "Goals", allow_hyphen_values = true)]
    max_cost_per_accepted: Option<Decimal>,
    /// Least acceptance, which the whole 95% interval must reach, such as 60%
    #[arg(long, value_name = "SHARE", value_parser = parse_share, help_heading = "Goals", allow_hyphen_values = true)]
    min_acceptance: Option<Decimal>,
    /// Most seconds that nine of ten delivered images may take
    #[arg(long, value_name = "SECONDS", value_parser = seconds, help_heading = "Goals", allow_hyphen_values = true)]
    max_p90: Option<Decimal>,
    /// Wanted width of the interval of the acceptance, for the number of further trials
    #[arg(long, value_name = "SHARE", value_parser = width, default_value = "10%", help_heading = "Goals", allow_hyphen_values = true)]
    width: Decimal,
    #[command(flatten)]
    prices: LogPriceArgs,
    /// Show every row with its rated and logged cost
    #[arg(long, help_heading = "Output")]
    rows: bool,
    #[command(flatten)]
    output: OutputArgs,
}

/// Reads a log, prints what it shows, and compares it with the goals.
pub(super) fn run(args: &ReadArgs, today: NaiveDate) -> Result<Exit, Failure> {
    let catalog = args.prices.days.catalog()?;
    let as_of = args.prices.days.prices.as_of;
    let today = as_of.unwrap_or(today);
    let baseline = args.baseline.as_deref();
    let baseline = baseline.map(|name| find_route(&catalog, name)).transpose()?;
    let LogText { name, text } = args.replies.log(&args.files, &catalog, (as_of, today))?;
    let log = log::read(&catalog, &name, &text, today)?;
    if let Some(route) = &baseline {
        check_tried(route, &log)?;
    }
    let goals = Goals {
        max_cost_per_accepted: args.max_cost_per_accepted,
        min_acceptance: args.min_acceptance,
        max_p90: args.max_p90,
        width: args.width,
    };
    let fx = args.prices.fx.rates()?;
    let priced = |log: Log, resolution: Option<&str>| {
        results(&catalog, log, baseline.as_deref(), &goals, (&fx, resolution))
    };
    let resolution = args.prices.resolution.as_deref();
    let without_resolution =
        given("--resolution", resolution, IdleReason::NoClass.in_words(), || log.clone());
    let results = priced(log, resolution)?;
    let view = View { file: &name, rows: args.rows, width: args.width };
    let routes = || results.routes.iter().filter_map(|it| it.route.as_ref());
    let used = |code: &str| routes().any(|route| route.is_priced_in(code));
    let report = report::pilot::results_report(&results, &catalog, &view);
    let again = |log| {
        let results = priced(log, None).ok()?;
        Some(figures(&report::pilot::results_report(&results, &catalog, &view)))
    };
    let mut without_effect = args.prices.fx.without_effect(used)?;
    without_effect.extend(idle(&report, [without_resolution], again));
    let report = report.with_flags(FlagEffects { without_effect, ..FlagEffects::default() });
    output::write(report, &args.output)?;
    let all_met = results.all_met();
    let problems: Vec<Problem> =
        results.rejected.into_iter().flat_map(|row| row.problems).collect();
    if !problems.is_empty() {
        return Err(Failure::Data(problems));
    }
    if all_met {
        return Ok(Exit::Done);
    }
    message::finding(About::Goals, "goals: not all are shown to be met");
    Ok(Exit::Finding)
}

/// A baseline without an attempt is a mistyped one. Rows that cannot be read may be the ones that are meant.
fn check_tried(baseline: &Route, log: &Log) -> Result<(), Failure> {
    let baseline = baseline.id.to_string();
    let routes = log.routes();
    if routes.contains(&baseline) || !log.rejected.is_empty() {
        return Ok(());
    }
    let near = near_matches(&baseline, routes.iter().map(String::as_str));
    let help = match (near.first(), routes.is_empty()) {
        (_, true) => "none of its rows is filled in yet".to_owned(),
        (Some(near), _) => format!("did you mean `{near}`? Its routes are {}", routes.join(", ")),
        (None, _) => format!("its routes are {}", routes.join(", ")),
    };
    Err(Failure::usage(format!("the log has no attempt on `{baseline}`, the --baseline"), help))
}

/// A time from zero up.
fn seconds(text: &str) -> Result<Decimal, String> {
    parse_price(text).map_err(|error| match error {
        PriceTextError::Negative => "a time cannot be negative".to_owned(),
        PriceTextError::NotANumber => "not a plain number of seconds such as 45".to_owned(),
        PriceTextError::OutOfRange => error.to_string(),
    })
}

fn width(text: &str) -> Result<Decimal, String> {
    let width = parse_share(text).map_err(|why| why.to_string())?;
    above_zero(&width.normalize().to_string())
}
