//! `imgcost pilot`: what a set of trials will cost, its log, and what the filled log shows.

mod read;
mod replies;

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Subcommand};

use super::args::{DaysArgs, FxArgs};
use super::exit::{Exit, Failure};
use super::idle::{figures, given, idle};
use super::message::About;
use super::output::OutputArgs;
use super::values::{at_least_one, one_of};
use super::{config, message, output, save};
use crate::attempts::AttemptRates;
use crate::budget::IdleReason;
use crate::cli::help::Help;
use crate::estimate::Terms;
use crate::pilot::{Question, Role, Set, log, plan};
use crate::problem::{Place, Problem, ProblemCode};
use crate::report;
use crate::report::flags::FlagEffects;
use crate::request::{InputImage, image_file};

/// The size in which images will be used, where none is named.
const DEFAULT_FINAL_SIZE: &str = "2048x2048";

const EXAMPLES: &str = "\
Examples:
  imgcost pilot                                     # the first hour
  imgcost pilot --quality high --trials 5 --log pilot.csv
  imgcost pilot --set migration --baseline openai/gpt-image-1.5 --model gpt-image-2 --log move.csv
  imgcost pilot --set migration --baseline openai/gpt-image-2 --route replicate/gpt-image-2
  imgcost pilot read pilot.csv --max-cost-per-accepted 0.10 --min-acceptance 60% --max-p90 45

Nothing is sent: the trials are yours to run.";

/// The most trials of a sample: more rows than anyone reviews by eye.
const MOST_TRIALS: u64 = 1_000;

/// The flags of `-h`.
const COMMON: [&str; 12] = [
    "set", "baseline", "route", "model", "quality", "trials", "log", "as_of", "pricing", "format",
    "output", "explain",
];

#[derive(Debug, Args)]
#[command(common(&COMMON), examples(EXAMPLES), args_conflicts_with_subcommands = true)]
pub(super) struct PilotArgs {
    #[command(subcommand)]
    read: Option<PilotCommand>,
    #[command(flatten)]
    plan: PlanArgs,
}

#[derive(Debug, Subcommand)]
enum PilotCommand {
    /// Read a filled log: cost per accepted image, acceptance, latency, rates for a budget
    Read(read::ReadArgs),
}

#[derive(Debug, Args)]
struct PlanArgs {
    /// Samples to make: first-hour, or migration from one route to another
    #[arg(long, value_name = "SET", value_parser = set, default_value = "first-hour")]
    set: Set,
    /// Route of today, on which each sample is made as well (needed for migration)
    #[arg(long, value_name = "ROUTE", required_if_eq("set", "migration"))]
    baseline: Option<String>,
    /// Route to try, or a unique ending of its id [default: the model maker's own]
    #[arg(long, value_name = "ROUTE")]
    route: Option<String>,
    /// Model to try [default: that of the route, else gpt-image-2]
    #[arg(long, value_name = "ID")]
    model: Option<String>,
    /// Quality of every image [default: the usual one of each model]
    #[arg(long, value_name = "LABEL")]
    quality: Option<String>,
    /// Times that each sample is made on each route
    #[arg(long, value_name = "N", value_parser = trials, default_value = "1", allow_hyphen_values = true)]
    trials: u64,
    /// Reference image of the edit: a PNG, JPEG or WebP file, or its size
    #[arg(long, value_name = "FILE|WxH", default_value = "1024x1024")]
    reference: String,
    /// Size in which images will be used, for the last sample of migration
    #[arg(long, value_name = "WxH", default_value = DEFAULT_FINAL_SIZE)]
    final_size: String,
    /// Write the log to fill in, as CSV with a row for each trial; never over a file that is there
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    log: Option<PathBuf>,
    #[command(flatten)]
    prices: LogPriceArgs,
    #[command(flatten)]
    output: OutputArgs,
    /// Show the formula, source and date behind each line
    #[arg(long, help_heading = "Output")]
    explain: bool,
}

/// Whose prices, of which day.
#[derive(Debug, Args)]
struct LogPriceArgs {
    #[command(flatten)]
    days: DaysArgs,
    /// Resolution class to ask for, such as 1K, 2K or 4K, on routes that price by class
    #[arg(long, value_name = "CLASS", help_heading = "Prices")]
    resolution: Option<String>,
    #[command(flatten)]
    fx: FxArgs,
}

/// Prices a set of trials, or reads a log.
pub(super) fn run(args: &PilotArgs, today: NaiveDate) -> Result<Exit, Failure> {
    match &args.read {
        Some(PilotCommand::Read(args)) => read::run(args, today),
        None => plan_trials(&args.plan, today),
    }
}

fn plan_trials(args: &PlanArgs, today: NaiveDate) -> Result<Exit, Failure> {
    let catalog = args.prices.days.catalog()?;
    let fx = args.prices.fx.rates()?;
    let model = match (&args.model, &args.route) {
        (None, None) => config::model()?,
        (model, _) => model.clone(),
    };
    let question = Question {
        set: args.set,
        model: model.as_deref(),
        route: args.route.as_deref(),
        baseline: args.baseline.as_deref(),
        quality: args.quality.as_deref(),
        reference: reference(&args.reference)?,
        final_size: &args.final_size,
        trials: args.trials,
    };
    let [as_of, known_on] = args.prices.days.days(today);
    let terms = Terms {
        route: None,
        as_of,
        today: known_on,
        held_since: None,
        rates: AttemptRates::ONE_ATTEMPT,
        accepted_images: None,
        review: None,
        resolution: args.prices.resolution.as_deref(),
        fx: &fx,
        top_up: None,
        data_residency: false,
        assumed_rates: &[],
    };
    let plan = plan(&catalog, &question, &terms)?;
    if let (Some(baseline), Some(new)) = (plan.route(Role::Baseline), plan.route(Role::New))
        && baseline.id == new.id
    {
        let message = format!("the baseline is the new route: {}", new.id);
        let help = "name another route with --route or --model, or leave out --baseline";
        return Err(Failure::usage(message, help));
    }
    if let Some(path) = &args.log {
        save::save_new(path, log::template(&plan))?;
    }
    let report = report::pilot::plan_report(&plan, &catalog, args.explain);
    let routes = || [Role::Baseline, Role::New].into_iter().filter_map(|role| plan.route(role));
    let used = |code: &str| routes().any(|route| route.is_priced_in(code));
    let final_size = (args.final_size != DEFAULT_FINAL_SIZE).then_some(&args.final_size);
    let only_migration = "only the last sample of the set `migration` has it";
    let can_be_idle = [
        given("--resolution", terms.resolution, IdleReason::NoClass.in_words(), || {
            (question.clone(), Terms { resolution: None, ..terms.clone() })
        }),
        given("--final-size", final_size, only_migration, || {
            (Question { final_size: DEFAULT_FINAL_SIZE, ..question.clone() }, terms.clone())
        }),
    ];
    let again = |(question, terms): (Question, Terms)| {
        let plan = crate::pilot::plan(&catalog, &question, &terms).ok()?;
        Some(figures(&report::pilot::plan_report(&plan, &catalog, args.explain)))
    };
    let mut without_effect = args.prices.fx.without_effect(used)?;
    without_effect.extend(idle(&report, can_be_idle, again));
    let flags = FlagEffects { without_effect, ..FlagEffects::default() };
    output::write(report.with_flags(flags), &args.output)?;
    if let Some(path) = &args.log {
        let (path, rows) = (path.display(), log::template_rows(&plan));
        message::hint(
            About::Written,
            &format!(
                "wrote {path}: {rows} row{} to fill in; then `imgcost pilot read {path}`",
                if rows == 1 { "" } else { "s" }
            ),
        );
    }
    Ok(Exit::Done)
}

fn reference(argument: &str) -> Result<InputImage, Failure> {
    image_file::from_argument(argument).map_err(|why| {
        Failure::Data(vec![Problem {
            code: ProblemCode::BrokenImage,
            message: why.to_string(),
            place: Place::file(argument),
            help: "give a PNG, JPEG or WebP file, or its size as WIDTHxHEIGHT".into(),
        }])
    })
}

fn set(text: &str) -> Result<Set, String> {
    one_of(text, Set::ALL.map(|set| (set.as_str(), set)))
}

fn trials(text: &str) -> Result<u64, String> {
    at_least_one(text)
        .and_then(|it| if it > MOST_TRIALS { Err("above 1,000".into()) } else { Ok(it) })
}
