//! `imgcost compare`: the same work over every route that offers it.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use rust_decimal::Decimal;

use super::args::{AttemptArgs, PriceArgs, RequestArgs, terms};
use super::bodies::{ReplyArgs, day_of};
use super::exit::{Exit, Failure};
use super::files::FilesArgs;
use super::help::Help;
use super::idle::{self, figures, idle};
use super::message::About;
use super::output::OutputArgs;
use super::values::dollars;
use super::{bodies, config, message, output, piped};
use crate::catalog::Catalog;
use crate::catalog::model::SizeRule;
use crate::catalog::sizes;
use crate::comparison::{self, Baseline, Comparison, Order, Question};
use crate::estimate::{DEFAULT_MODEL, ReplyContext, Terms, find_model, not_read};
use crate::limit::{HeldLimit, LimitVerdict};
use crate::report::Report;
use crate::report::comparison::{ColumnName, View, matrix, report};
use crate::report::flags::{FlagEffects, WithoutEffect};
use crate::request::{Draft, RequestError};
use crate::unread::Sorted;
use crate::usage_log::reply::Reply;

const EXAMPLES: &str = "\
Examples:
  imgcost compare --quality high --prompt-tokens 60
  imgcost compare --quality high --images 12000 --acceptance 70% --wide
  imgcost compare --models gpt-image-2,gpt-image-2.5-flare --qualities medium,high --owners openai,fal
  imgcost compare --quality high --baseline 0.15 --top 3 --format markdown
  imgcost compare --usage reply.json --model gpt-image-2
  imgcost compare --mainline-model gpt-6-luna --mainline-input-tokens 900 --mainline-output-tokens 50
  imgcost compare --layout matrix --routes replicate/gpt-image-2
  imgcost compare --quality high --resolution 2K --fx CNY/USD=0.14 --all";

/// The sizes of a matrix where none are named and the model takes any.
const MATRIX_SIZES: [&str; 5] = ["1024x1024", "1024x1536", "1536x1024", "2048x2048", "3840x2160"];

/// The flags of `-h`.
const COMMON: [&str; 18] = [
    "request",
    "model",
    "size",
    "quality",
    "prompt_tokens",
    "models",
    "qualities",
    "owners",
    "images",
    "acceptance",
    "as_of",
    "pricing",
    "format",
    "output",
    "baseline",
    "top",
    "all",
    "max_cost",
];

#[derive(Debug, Args)]
#[command(common(&COMMON), examples(EXAMPLES))]
pub(super) struct CompareArgs {
    /// Images API body (JSON); `-` reads standard input
    #[arg(long, value_name = "FILE")]
    request: Option<String>,
    #[command(flatten)]
    files: FilesArgs,
    #[command(flatten)]
    reply: ReplyArgs,
    #[command(flatten)]
    asked: RequestArgs,
    /// Models to compare, separated by commas
    #[arg(
        long,
        value_name = "IDS",
        value_delimiter = ',',
        conflicts_with = "model",
        help_heading = "Axes"
    )]
    models: Vec<String>,
    /// Qualities to compare, separated by commas
    #[arg(
        long,
        value_name = "LABELS",
        value_delimiter = ',',
        conflicts_with_all = ["quality", "usage"],
        help_heading = "Axes"
    )]
    qualities: Vec<String>,
    /// Sizes to compare, separated by commas
    #[arg(
        long,
        value_name = "SIZES",
        value_delimiter = ',',
        conflicts_with_all = ["size", "usage"],
        help_heading = "Axes"
    )]
    sizes: Vec<String>,
    /// Only these routes (unique endings of ids), separated by commas
    #[arg(long, value_name = "IDS", value_delimiter = ',', help_heading = "Axes")]
    routes: Vec<String>,
    /// Only these price owners (ids), separated by commas
    #[arg(long, value_name = "IDS", value_delimiter = ',', help_heading = "Axes")]
    owners: Vec<String>,
    #[command(flatten)]
    attempts: AttemptArgs,
    #[command(flatten)]
    prices: PriceArgs,
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
    columns: Vec<ColumnName>,
    /// Order within a section
    #[arg(long, value_enum, value_name = "ORDER", default_value = "cost", help_heading = "Output")]
    sort: Order,
    /// At most so many rows beside the official and the cheapest one [default: 8]
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
    let catalog = args.prices.day.catalog()?;
    let fx = args.prices.fx.rates()?;
    args.reply.refuse_ignored_without_file(args.request.is_some())?;
    let reply = args.reply.read(&args.asked)?;
    let as_of = day_of(reply.as_ref(), args.prices.day.as_of, today);
    let rates = args.attempts.rates.rates_or_settings()?;
    let terms = Terms { as_of, rates, ..terms(&args.prices, &args.attempts, &fx, today)? };
    let question = question(args, &catalog, &terms, reply)?;
    let comparison = comparison::compare(&catalog, &question, &terms)?;
    let unused = ignored_in_vain(args, &catalog, &question)?;
    let view = view(args, &question.baseline);
    let report = written(&comparison, (args, &view), &catalog);
    let estimates = || comparison.rows.iter().filter_map(|row| row.outcome.as_ref().ok());
    let used = |code: &str| estimates().any(|estimate| estimate.is_priced_in(code));
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
    let mut without_effect = args.prices.fx.without_effect(used)?;
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
    let sorted = match &question.reply {
        Some((reply, context)) => not_read(catalog, reply, &context.ignored_keys)?,
        None => question.drafts.first().map_or_else(Sorted::default, |it| it.unread.clone()),
    };
    Ok(args.reply.without_effect(&[&sorted]))
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
        row.limited_cost().map_or(LimitVerdict::Unknown, |cost| LimitVerdict::of(cost, usd))
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
    let usual: &[ColumnName] = match args.wide {
        true => &ColumnName::WIDE,
        false if args.attempts.images.is_some() => &ColumnName::WITH_VOLUME,
        false => &ColumnName::DEFAULT,
    };
    let columns = match (&args.columns[..], baseline) {
        ([], Baseline::Official) => usual.to_vec(),
        ([], _) => usual.iter().map(|column| column.of_baseline()).collect(),
        (named, _) => named.to_vec(),
    };
    View { columns, as_named: !args.columns.is_empty(), top: args.top, explain: args.explain }
}

fn question(
    args: &CompareArgs,
    catalog: &Catalog,
    terms: &Terms,
    reply: Option<(Reply, ReplyContext)>,
) -> Result<Question, Failure> {
    let matrix = args.layout == Layout::Matrix;
    let base = base_draft(args, catalog, reply.as_ref())?;
    let mut routes = args.routes.clone();
    let mut axes = Axes {
        models: or_one("--models", &args.models, base.model.clone(), |name| {
            catalog.model(name).map_or_else(|_| name.to_owned(), |model| model.id.clone())
        }),
        sizes: or_one("--sizes", &args.sizes, base.size.clone(), str::to_owned),
        qualities: or_one("--qualities", &args.qualities, base.quality.clone(), str::to_owned),
    };
    if matrix {
        let conversation = base.is_conversation() && reply.is_none();
        routes = vec![matrix_axes(&mut axes, &routes, conversation, catalog, terms)?];
    }
    Ok(Question {
        drafts: axes.drafts(&base),
        reply,
        routes,
        owners: args.owners.clone(),
        baseline: baseline(args.baseline.as_deref(), catalog)?,
        order: args.sort,
    })
}

/// The values of each axis; `None` leaves the value to the default.
struct Axes {
    models: Vec<Option<String>>,
    sizes: Vec<Option<String>>,
    qualities: Vec<Option<String>>,
}

impl Axes {
    fn drafts(&self, base: &Draft) -> Vec<Draft> {
        let mut drafts = Vec::new();
        for model in &self.models {
            for size in &self.sizes {
                for quality in &self.qualities {
                    drafts.push(Draft {
                        model: model.clone(),
                        size: size.clone(),
                        quality: quality.clone(),
                        ..base.clone()
                    });
                }
            }
        }
        drafts
    }
}

/// The values that a flag names, each once and by `id` where it has several names; else the one that is asked for.
fn or_one(
    flag: &str,
    named: &[String],
    one: Option<String>,
    id: impl Fn(&str) -> String,
) -> Vec<Option<String>> {
    if named.is_empty() {
        return vec![one];
    }
    let mut ids = BTreeSet::new();
    let mut once = Vec::new();
    for name in named {
        match ids.insert(id(name)) {
            true => once.push(Some(name.clone())),
            false => message::hint(
                About::Twice,
                &format!("{flag} names {name} twice: it is compared once\n"),
            ),
        }
    }
    once
}

/// The values of an axis; one that is left to the default where there are none.
fn or_none(values: &[String]) -> Vec<Option<String>> {
    if values.is_empty() { vec![None] } else { values.iter().cloned().map(Some).collect() }
}

/// Fills the axes of a matrix with the sizes and qualities of the route's model; returns the route.
fn matrix_axes(
    axes: &mut Axes,
    routes: &[String],
    conversation: bool,
    catalog: &Catalog,
    terms: &Terms,
) -> Result<String, Failure> {
    let route = match routes {
        [] => {
            let name = axes.models[0].as_deref().unwrap_or(DEFAULT_MODEL);
            let model = find_model(catalog, name)?;
            model.makers_route_for(conversation)
        }
        [one] => one.clone(),
        _ => {
            return Err(RequestError::AmbiguousRoute {
                name: routes.join(","),
                candidates: routes.to_vec(),
            }
            .into());
        }
    };
    let found = crate::estimate::find_route(catalog, &route)?;
    let model = find_model(catalog, &found.model)?;
    let rules = crate::catalog::dated::in_force(&model.rules, terms.as_of).map_err(|nearest| {
        let nearest = nearest.map(|period| period.in_words());
        RequestError::NoVersion { what: model.id.clone(), day: terms.as_of.to_string(), nearest }
    })?;
    axes.models = vec![Some(model.id.clone())];
    if axes.sizes == [None] {
        axes.sizes = or_none(&matrix_sizes(&rules.sizes.rule));
    }
    if axes.qualities == [None] {
        axes.qualities = or_none(rules.labels());
    }
    Ok(found.id.to_string())
}

/// The sizes or resolutions that a matrix shows where none are named.
fn matrix_sizes(rule: &SizeRule) -> Vec<String> {
    match rule {
        SizeRule::Listed(sizes) => sizes.iter().map(ToString::to_string).collect(),
        SizeRule::Tiers(tiers) => tiers.clone(),
        SizeRule::NotKnown(_) => Vec::new(),
        SizeRule::Grid(_) => {
            let legal = |size: &&'static str| {
                size.parse().is_ok_and(|size| sizes::broken_rules(rule, size).is_empty())
            };
            MATRIX_SIZES.into_iter().filter(legal).map(str::to_owned).collect()
        }
    }
}

fn base_draft(
    args: &CompareArgs,
    catalog: &Catalog,
    reply: Option<&(Reply, ReplyContext)>,
) -> Result<Draft, Failure> {
    let mut flags = args.asked.draft()?;
    if let Some((reply, _)) = reply {
        flags.model = flags.model.or_else(|| reply.model.clone());
        if flags.model.is_none() && args.models.is_empty() {
            return Err(RequestError::ReplyWithoutModel.into());
        }
    }
    let Some(path) = &args.request else {
        args.files.refuse_without_file("--request FILE")?;
        if reply.is_none() {
            piped::refuse_unasked(&flags, piped::REQUEST)?;
            if flags.model.is_none() && args.models.is_empty() && args.routes.is_empty() {
                flags.model = config::model()?;
            }
        }
        return Ok(flags);
    };
    let given = (&args.files, &args.reply.ignore_key[..]);
    let help = "compare one of its bodies, or price the file with `imgcost estimate --request`";
    let draft = bodies::request_file(path, given, catalog, help)?;
    Ok(comparison::same_for_all(flags.clone().over(draft), &args.models)?)
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
