//! `imgcost compare`: the same work over every route that offers it.

mod given;

use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use rust_decimal::Decimal;

use crate::catalog::Catalog;
use crate::cli::args::{RequestArgs, TermArgs};
use crate::cli::axes::{Axes, AxesArgs};
use crate::cli::bodies::{ReplyArgs, day_of};
use crate::cli::exit::{Exit, Failure};
use crate::cli::files::FilesArgs;
use crate::cli::help::Help;
use crate::cli::idle::{self, figures, idle};
use crate::cli::message::About;
use crate::cli::output::OutputArgs;
use crate::cli::values::dollars;
use crate::cli::{config, message, output, piped};
use crate::comparison::{self, Baseline, Comparison, Order, Question};
use crate::estimate::{Terms, not_read};
use crate::limit::{HeldLimit, LimitVerdict};
use crate::report::Report;
use crate::report::comparison::{
    DEFAULT, RouteColumn, View, WIDE, WITH_VOLUME, columns_of, matrix, report,
};
use crate::report::dictionary::{Term, terms};
use crate::report::flags::{FlagEffects, WithoutEffect};
use crate::request::{Draft, RequestError};
use crate::unread::Sorted;
use given::Given;

const EXAMPLES: &str = "\
Examples:
  imgcost compare --quality high --prompt-tokens 60
  imgcost compare --quality high --images 12000 --acceptance 70% --wide
  imgcost compare --models gpt-image-2,gpt-image-2.5-flare --qualities medium,high --owners openai,fal
  imgcost compare --quality high --baseline 0.15 --top 3 --format markdown
  imgcost compare reply.json --model gpt-image-2
  imgcost compare --mainline-model gpt-6-luna --mainline-input-tokens 900 --mainline-output-tokens 50
  imgcost compare --layout matrix --routes replicate/gpt-image-2
  imgcost compare --quality high --resolution 2K --fx CNY/USD=0.14 --all";

/// The flags of `-h`.
const COMMON: [&str; 16] = [
    "given",
    "model",
    "size",
    "quality",
    "prompt_tokens",
    "models",
    "qualities",
    "owners",
    "images",
    "acceptance",
    "review_cost",
    "as_of",
    "format",
    "output",
    "all",
    "max_cost",
];

#[derive(Debug, Args)]
#[command(common(&COMMON), examples(EXAMPLES))]
pub(super) struct CompareArgs {
    /// Requests or a reply as the API has them
    ///
    /// What a file holds is told by its content; `-` reads standard input. Requests that differ are compared each.
    #[arg(value_name = "FILE", conflicts_with_all = ["request", "usage"])]
    given: Vec<String>,
    /// Body of a request (JSON); `-` reads standard input
    #[arg(long, value_name = "FILE")]
    request: Option<String>,
    #[command(flatten)]
    files: FilesArgs,
    #[command(flatten)]
    reply: ReplyArgs,
    #[command(flatten)]
    asked: RequestArgs,
    #[command(flatten)]
    axes: AxesArgs,
    #[command(flatten)]
    terms: TermArgs,
    #[command(flatten)]
    output: OutputArgs,
    /// Show the formula, source and date behind each line
    #[arg(long, help_heading = "Output")]
    explain: bool,
    /// What costs are related to [default: official]
    ///
    /// A route, or today's cost per accepted image in US dollars.
    #[arg(long, value_name = "ROUTE|USD", help_heading = "Output")]
    baseline: Option<String>,
    /// Rows of routes, or a matrix of size × quality for one route
    #[arg(
        long,
        value_enum,
        value_name = "LAYOUT",
        default_value = "rows",
        help_heading = "Output"
    )]
    layout: Layout,
    /// More columns: billing unit, volume, what is honoured, terms missing, confidence
    #[arg(long, conflicts_with = "columns", help_heading = "Output")]
    wide: bool,
    /// The columns of the table, separated by commas
    #[arg(long, value_enum, value_name = "NAMES", value_delimiter = ',', help_heading = "Output")]
    columns: Vec<RouteColumn>,
    /// Order within a section
    #[arg(long, value_enum, value_name = "ORDER", default_value = "cost", help_heading = "Output")]
    sort: Order,
    /// Most rows beside official and cheapest [default: 8]
    ///
    /// With --all, at most so many rows of each section.
    #[arg(long, value_name = "N", help_heading = "Output")]
    top: Option<usize>,
    /// US dollars: exit code 1 if no route is within
    ///
    /// For the volume with --images, else for the request. A comparable route has to be shown to be within the limit.
    #[arg(long, value_name = "USD", value_parser = dollars, help_heading = "Output", allow_hyphen_values = true)]
    max_cost: Option<Decimal>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Layout {
    /// A row for each route.
    Rows,
    /// A row for each size and a column for each quality, of one route.
    Matrix,
}

/// Compares, and prints the result.
pub(super) fn run(args: &CompareArgs, today: NaiveDate) -> Result<Exit, Failure> {
    let catalog = args.terms.prices.days.catalog()?;
    let fx = args.terms.prices.fx.rates()?;
    let given = args.given(&catalog)?;
    let as_of = day_of(given.reply(), args.terms.prices.days.prices.as_of, today);
    let terms = args.terms.of_requests(args.terms.stated(&fx, today)?)?;
    let terms = Terms { as_of, ..terms };
    let question = question(args, &catalog, &terms, given)?;
    let comparison = comparison::compare(&catalog, &question, &terms)?;
    let unused = ignored_in_vain(args, &catalog, &question)?;
    let view = view(args, &question.baseline);
    let report = written(&comparison, (args, &view), &catalog);
    let estimates = || comparison.rows.iter().filter_map(|row| row.outcome.as_ref().ok());
    let is_offered_in =
        |code: &str| comparison.offers.iter().any(|offer| offer.subscription.currency == code);
    let used =
        |code: &str| estimates().any(|estimate| estimate.is_priced_in(code)) || is_offered_in(code);
    let text_output_tokens = args.asked.text_output_tokens;
    let asked = (Draft { text_output_tokens, ..Draft::default() }, terms);
    let again = |(draft, terms): (Draft, Terms)| {
        let text_output_tokens = draft.text_output_tokens;
        let drafts = question.drafts.iter().map(|it| Draft { text_output_tokens, ..it.clone() });
        let question = Question { drafts: drafts.collect(), ..question.clone() };
        comparison::compare(&catalog, &question, &terms)
            .ok()
            .map(|it| figures(&written(&it, (args, &view), &catalog)))
    };
    let can_be_idle = idle::of_request(&asked).into_iter().chain([idle::top_up(&asked)]);
    let mut without_effect = args.terms.prices.fx.without_effect(used)?;
    without_effect.extend(unused);
    without_effect.extend(idle(&report, can_be_idle, again));
    let flags = FlagEffects { without_effect, ..FlagEffects::default() };
    let held = args.max_cost.map(|usd| held(&comparison, usd));
    output::write(report.with_flags(flags).answering_limit(held), &args.output)?;
    Ok(against_limit(held))
}

/// The keys to leave out that leave nothing out.
fn ignored_in_vain(
    args: &CompareArgs,
    catalog: &Catalog,
    question: &Question,
) -> Result<Vec<WithoutEffect>, Failure> {
    match &question.reply {
        Some((reply, context)) => {
            Ok(args.reply.without_effect(&[&not_read(catalog, reply, &context.ignored_keys)?]))
        }
        None => {
            let sorted: Vec<&Sorted> = question.drafts.iter().map(|draft| &draft.unread).collect();
            Ok(args.reply.without_effect(&sorted))
        }
    }
}

fn written<'a>(
    comparison: &'a Comparison,
    (args, view): (&CompareArgs, &'a View),
    catalog: &'a Catalog,
) -> Report<'a> {
    match args.layout {
        Layout::Matrix => matrix::report(comparison, catalog, args.explain),
        Layout::Rows => report(comparison, catalog, view),
    }
}

/// A limit holds if some route that is known to make what is asked keeps to it.
fn held(comparison: &Comparison, usd: Decimal) -> HeldLimit {
    let products = comparison.rows.iter().filter(|row| row.is_the_product());
    let verdicts = products.map(|row| {
        row.limited_cost().map_or(LimitVerdict::Unknown, |cost| LimitVerdict::of(&cost, usd))
    });
    HeldLimit { usd, verdict: LimitVerdict::of_any(verdicts) }
}

fn against_limit(held: Option<HeldLimit>) -> Exit {
    if held.is_none_or(|held| held.verdict == LimitVerdict::Within) {
        return Exit::Done;
    }
    message::finding(About::Limit, "limit: no comparable route is shown to be within it");
    Exit::Finding
}

fn view(args: &CompareArgs, baseline: &Baseline) -> View {
    let usual = match args.wide {
        true => WIDE,
        false if args.terms.attempts.images.is_some() => WITH_VOLUME,
        false => DEFAULT,
    };
    // A ratio is to the baseline that is asked for.
    let ratio: &Term = match baseline {
        Baseline::Official => &terms::RATIO_TO_OFFICIAL,
        _ => &terms::RATIO_TO_BASELINE,
    };
    let of_usual = |term: &&'static Term| match term.key == terms::RATIO_TO_OFFICIAL.key {
        true => ratio,
        false => *term,
    };
    let columns = match &args.columns[..] {
        [] => columns_of(&usual.iter().map(of_usual).collect::<Vec<_>>()),
        named => named.to_vec(),
    };
    View { columns, as_named: !args.columns.is_empty(), top: args.top, explain: args.explain }
}

fn question(
    args: &CompareArgs,
    catalog: &Catalog,
    terms: &Terms,
    given: Given,
) -> Result<Question, Failure> {
    let bases = bases(args, &given)?;
    let mut routes = args.axes.routes.clone();
    let mut drafts = Vec::new();
    for base in &bases {
        let mut axes = Axes::of(&args.axes, base, catalog);
        if args.layout == Layout::Matrix {
            refuse_several_in_a_matrix(&bases)?;
            let conversation = base.is_conversation() && given.reply().is_none();
            routes = vec![axes.fill(&routes, conversation, catalog, terms)?];
        }
        drafts.extend(axes.drafts(base));
    }
    given::refuse_alike(&drafts, catalog)?;
    Ok(Question {
        drafts,
        reply: given.into_reply(),
        routes,
        owners: args.axes.owners.clone(),
        baseline: baseline(args.baseline.as_deref(), catalog)?,
        order: args.sort,
    })
}

fn refuse_several_in_a_matrix(bases: &[Draft]) -> Result<(), Failure> {
    if bases.len() == 1 {
        return Ok(());
    }
    let what = "a matrix is of one request, and there are several";
    Err(Failure::usage(what, "give one of them, or leave out --layout matrix"))
}

/// What is asked for before it is varied: what flags say, beside each request of the files.
fn bases(args: &CompareArgs, given: &Given) -> Result<Vec<Draft>, Failure> {
    let mut flags = args.asked.draft()?;
    match given {
        Given::Requests(drafts) => {
            let all = drafts.iter().map(|draft| flags.clone().over(draft.clone()));
            let same = all.map(|draft| comparison::same_for_all(draft, &args.axes.models));
            return Ok(same.collect::<Result<_, _>>()?);
        }
        Given::Reply(reply) => {
            flags.model = flags.model.or_else(|| reply.0.model.clone());
            if flags.model.is_none() && args.axes.models.is_empty() {
                return Err(RequestError::ReplyWithoutModel.into());
            }
        }
        Given::Nothing => {
            piped::refuse_unasked(&flags, piped::REQUEST)?;
            if flags.model.is_none() && args.axes.models.is_empty() && args.axes.routes.is_empty() {
                flags.model = config::model()?;
            }
        }
    }
    Ok(vec![flags])
}

fn baseline(named: Option<&str>, catalog: &Catalog) -> Result<Baseline, Failure> {
    let Some(named) = named else { return Ok(Baseline::Official) };
    match dollars(named) {
        Ok(amount) if amount > Decimal::ZERO => Ok(Baseline::Amount(amount)),
        _ => {
            let route = crate::estimate::find_route(catalog, named)?;
            Ok(Baseline::Route(route.id.to_string()))
        }
    }
}
