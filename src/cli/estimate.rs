//! `imgcost estimate`: price one request, a Batch file or an API reply.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use clap::Args;
use rust_decimal::Decimal;

use super::args::{AttemptArgs, PriceArgs, RequestArgs, or_model_of_settings, terms};
use super::bodies::{ReplyArgs, day_of};
use super::exit::{Exit, Failure};
use super::files::FilesArgs;
use super::help::Help;
use super::idle::{self, figures, idle};
use super::message::About;
use super::output::OutputArgs;
use super::values::dollars;
use super::{advice, bodies, message, output, piped};
use crate::attempts::AttemptRates;
use crate::catalog::Catalog;
use crate::catalog::price::Processing;
use crate::estimate::{
    Estimate, EstimateError, EstimatedFile, FileLine, Rejected, Terms, estimate_reply, not_read,
    price_request,
};
use crate::figure::Figure;
use crate::limit::{HeldLimit, LimitVerdict};
use crate::problem::Problem;
use crate::report::estimate_file;
use crate::report::flags::{FlagEffects, WithoutEffect};
use crate::report::{self, Format, number};
use crate::request::batch_file::{self, BatchLine, RequestFile};
use crate::request::{Draft, Prompt, RequestError};

const EXAMPLES: &str = "\
Examples:
  imgcost estimate --size 1024x1536 --quality high --prompt \"A red fox\"
  imgcost estimate --quality high --acceptance 70% --images 12000
  imgcost estimate --input-image photo.png --input-image 1024x1024 --prompt-tokens 60 --explain
  imgcost estimate --request body.json --format json
  imgcost estimate --request batch.jsonl --format csv > batch.csv
  imgcost estimate --usage reply.json --model gpt-image-2 --as-of 2026-09-21
  imgcost estimate --mainline-model gpt-6.1-sol --mainline-input-tokens 3000 --mainline-output-tokens 200 --turns 3
  imgcost estimate --quality high --prompt-tokens 100 --max-cost 0.25   # exit code 1 if above";

/// The flags of `-h`.
const COMMON: [&str; 18] = [
    "request",
    "usage",
    "model",
    "size",
    "quality",
    "n",
    "prompt",
    "prompt_tokens",
    "input_image",
    "images",
    "acceptance",
    "route",
    "as_of",
    "pricing",
    "format",
    "output",
    "explain",
    "max_cost",
];

#[derive(Debug, Args)]
#[command(common(&COMMON), examples(EXAMPLES))]
pub(super) struct EstimateArgs {
    /// Images API body (JSON) or Batch input file (JSONL)
    ///
    /// A Batch file is priced at Batch rates; `-` reads standard input.
    #[arg(long, value_name = "FILE")]
    request: Option<String>,
    #[command(flatten)]
    files: FilesArgs,
    #[command(flatten)]
    reply: ReplyArgs,
    #[command(flatten)]
    asked: RequestArgs,
    #[command(flatten)]
    attempts: AttemptArgs,
    /// Route, or the end of its id [default: the maker's]
    ///
    /// As many parts of the id from its end as tell it from all others: fal/gpt-image-2.
    #[arg(long, value_name = "ID", help_heading = "Prices")]
    route: Option<String>,
    #[command(flatten)]
    prices: PriceArgs,
    #[command(flatten)]
    output: OutputArgs,
    /// Show the formula, source and date behind each line
    #[arg(long, help_heading = "Output")]
    explain: bool,
    /// Limit in US dollars: exit code 1 if not within it
    ///
    /// For the volume with --images, else for the request. A cost that cannot be shown to be within the limit is not.
    #[arg(long, value_name = "USD", value_parser = dollars, help_heading = "Output", allow_hyphen_values = true)]
    max_cost: Option<Decimal>,
}

/// Prices what the flags name, prints it and compares it with the limit.
pub(super) fn run(args: &EstimateArgs, today: NaiveDate) -> Result<Exit, Failure> {
    let catalog = args.prices.day.catalog()?;
    let fx = args.prices.fx.rates()?;
    if args.request.is_none() {
        args.files.refuse_without_file("--request FILE")?;
    }
    args.reply.refuse_ignored_without_file(args.request.as_ref())?;
    let reply = args.reply.read(&args.asked)?;
    let terms = Terms {
        route: args.route.as_deref(),
        as_of: day_of(reply.as_ref(), args.prices.day.as_of, today),
        ..terms(&args.prices, &args.attempts, &fx, today)?
    };
    if let Some((reply, context)) = reply {
        let sorted = not_read(&catalog, &reply, &context.ignored_keys)?;
        let unused = args.reply.without_effect(&[&sorted]);
        let asked = (args.asked.draft()?, with_settings(args, terms)?);
        let price =
            |(_, terms): &(Draft, Terms)| estimate_reply(&catalog, reply.clone(), &context, terms);
        return one(args, &catalog, (&asked, unused), price);
    }
    let flags = args.asked.draft()?;
    let price = |(draft, terms): &(Draft, Terms)| price_request(&catalog, draft, terms);
    let Some(path) = &args.request else {
        piped::refuse_unasked(&flags, piped::REQUEST)?;
        let asked = or_model_of_settings(asked_or_example(args, flags), &terms)?;
        let asked = (asked, with_settings(args, terms)?);
        return one(args, &catalog, (&asked, Vec::new()), price);
    };
    let given = (&args.files, &args.reply.ignore_key[..]);
    let (name, asked) = bodies::request_file(path, given, &catalog)?;
    match asked {
        RequestFile::One(draft) => {
            let unused = args.reply.without_effect(&[&draft.unread]);
            let asked = (flags.over(*draft), with_settings(args, terms)?);
            one(args, &catalog, (&asked, unused), price)
        }
        RequestFile::Batch(lines) => batch(args, &catalog, &name, &lines, (flags, terms)),
    }
}

/// The terms of one request or reply, accepted as often as the settings say where no flag does.
fn with_settings<'a>(args: &EstimateArgs, terms: Terms<'a>) -> Result<Terms<'a>, Failure> {
    Ok(Terms { rates: args.attempts.rates.rates_or_settings()?, ..terms })
}

/// With no flag that says anything of a request, a sensible example.
fn asked_or_example(args: &EstimateArgs, flags: Draft) -> Draft {
    if flags != Draft::default() || args.route.is_some() {
        return flags;
    }
    message::hint(
        About::Example,
        "No request was given, so this is an example: change it with --model, --size, --quality, --n,\n\
         --prompt and --input-image; `imgcost estimate --help` has more.\n",
    );
    Draft { prompt: Some(Prompt::Tokens(50)), ..flags }
}

fn one<'a>(
    args: &EstimateArgs,
    catalog: &Catalog,
    (asked, unused): (&(Draft, Terms<'a>), Vec<WithoutEffect>),
    price: impl Fn(&(Draft, Terms<'a>)) -> Result<Estimate, EstimateError>,
) -> Result<Exit, Failure> {
    let estimate = price(asked)?;
    let report = report::estimate::report(&estimate, catalog, args.explain);
    let mut flags = without_effect(args, std::slice::from_ref(&&estimate), unused)?;
    let again = |asked| {
        let estimate = price(&asked).ok()?;
        Some(figures(&report::estimate::report(&estimate, catalog, args.explain)))
    };
    flags.without_effect.extend(idle(&report, idle::of_request(asked), again));
    let report = report.with_flags(flags);
    let held = held(estimate.limited_cost(), args.max_cost);
    output::write(report.held_against(held), &args.output)?;
    let attempts = &estimate.attempts;
    let more_than_lines = attempts.volume.is_some() || attempts.rates != AttemptRates::ONE_ATTEMPT;
    if args.output.format()? == Format::Csv && more_than_lines {
        message::hint(
            About::OtherFormats,
            "The CSV has the lines of one request; attempts and the volume are in the other formats.",
        );
    }
    Ok(against_limit(estimate.limited_cost(), args.max_cost))
}

/// Flags that no figure depends on.
fn without_effect(
    args: &EstimateArgs,
    estimates: &[&Estimate],
    unused: Vec<WithoutEffect>,
) -> Result<FlagEffects, Failure> {
    let used = |code: &str| estimates.iter().any(|estimate| estimate.is_priced_in(code));
    let mut without_effect = args.prices.fx.without_effect(used)?;
    without_effect.extend(unused);
    if args.prices.top_up.is_some() && estimates.iter().all(|it| it.purchase.is_none()) {
        let why = match args.attempts.images {
            None => "what is bought is a volume, which --images names",
            Some(_) => "the credit of this route is not bought in purchases, as far as is stated",
        };
        without_effect.push(WithoutEffect { flag: "--top-up".into(), why: why.into() });
    }
    Ok(FlagEffects { without_effect, ..FlagEffects::default() })
}

/// Refuses flags that say how often a request is sent, and for how many images.
///
/// # Errors
/// Each of them, with what to do.
fn refuse_of_one_request(args: &EstimateArgs) -> Result<(), Failure> {
    let rates = &args.attempts.rates;
    let given = [
        ("--images", args.attempts.images.is_some()),
        ("--acceptance", rates.acceptance.is_some()),
        ("--attempts", rates.attempts.is_some()),
        ("--failure-rate", rates.failure_rate.is_some()),
        ("--block-rate", rates.block_rate.is_some()),
        ("--timeout-rate", rates.timeout_rate.is_some()),
        ("--top-up", args.prices.top_up.is_some()),
    ];
    let refused = given.into_iter().filter(|(_, is_given)| *is_given).map(|(flag, _)| {
        let message = format!("{flag} is of one request, and a Batch file is priced as it is sent, once");
        let help = "leave it out, price one of the bodies with it, or plan the volume with `imgcost budget \
                    forecast --processing batch`";
        (message, help.to_owned())
    });
    let refused: Vec<_> = refused.collect();
    if refused.is_empty() { Ok(()) } else { Err(Failure::Usage(refused)) }
}

fn batch(
    args: &EstimateArgs,
    catalog: &Catalog,
    file: &str,
    lines: &[BatchLine],
    asked: (Draft, Terms),
) -> Result<Exit, Failure> {
    refuse_of_one_request(args)?;
    say_ids_that_repeat(file, lines);
    let drafts = lines.iter().filter_map(|line| line.draft.as_ref().ok());
    let unused = args.reply.without_effect(&drafts.map(|it| &it.unread).collect::<Vec<_>>());
    let of = |(flags, terms): &(Draft, Terms)| {
        let (priced, problems) = batch_lines(file, lines, catalog, flags, terms)?;
        let file = EstimatedFile::of(priced).map_err(|_| RequestError::TooLarge)?;
        Ok::<_, Failure>((file, problems))
    };
    let (estimated, problems) = of(&asked)?;
    let place = (catalog, asked.1.as_of);
    let report = estimate_file::report(&estimated, place, args.explain);
    let estimates: Vec<&Estimate> = estimated.estimates().collect();
    let mut flags = without_effect(args, &estimates, unused)?;
    let processing = asked.0.processing.map(Processing::as_str);
    let at_batch_rates = "the lines of a Batch file are processed so by themselves";
    let processing = idle::given("--processing", processing, at_batch_rates, || {
        (Draft { processing: None, ..asked.0.clone() }, asked.1.clone())
    });
    let can_be_idle = idle::of_request(&asked).into_iter().chain([processing]);
    let again = |asked| {
        let (estimated, _) = of(&asked).ok()?;
        Some(figures(&estimate_file::report(&estimated, place, args.explain)))
    };
    flags.without_effect.extend(idle(&report, can_be_idle, again));
    let report = report.with_flags(flags).held_against(held(&estimated.total, args.max_cost));
    output::write(report, &args.output)?;
    // Rejected lines do not hide how the others stand to the limit.
    let exit = against_limit(&estimated.total, args.max_cost);
    if problems.is_empty() { Ok(exit) } else { Err(Failure::Data(problems)) }
}

/// Names the lines whose id another line has: each is priced, and the API may well take one of them alone.
fn say_ids_that_repeat(file: &str, lines: &[BatchLine]) {
    let mut by_id: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for line in lines {
        if let Some(id) = &line.custom_id {
            by_id.entry(id).or_default().push(line.line.to_string());
        }
    }
    for (id, numbers) in by_id.iter().filter(|(_, numbers)| numbers.len() > 1) {
        message::hint(
            About::Twice,
            &format!(
                "{file}: `custom_id` {id} stands on the lines {}, and each of them is priced: remove what was copied\n",
                numbers.join(", ")
            ),
        );
    }
}

/// Every line with its price or why it has none, and the problems of those that are rejected.
fn batch_lines(
    file: &str,
    lines: &[BatchLine],
    catalog: &Catalog,
    flags: &Draft,
    terms: &Terms,
) -> Result<(Vec<FileLine>, Vec<Problem>), Failure> {
    let mut problems = Vec::new();
    let mut priced = Vec::new();
    for line in lines {
        let outcome = batch_line(file, line.line, line.draft.clone(), catalog, flags, terms)?;
        problems.extend(outcome.as_ref().err().map(|rejected| rejected.problem.clone()));
        priced.push(FileLine { line: line.line, custom_id: line.custom_id.clone(), outcome });
    }
    Ok((priced, problems))
}

/// A line that cannot be priced is rejected and kept; a price table that is wrong ends the run.
fn batch_line(
    file: &str,
    number: usize,
    draft: Result<Draft, Problem>,
    catalog: &Catalog,
    flags: &Draft,
    terms: &Terms,
) -> Result<Result<Box<Estimate>, Rejected>, Failure> {
    let draft = match draft {
        Ok(draft) => flags.clone().over(draft),
        Err(problem) => return Ok(Err(Rejected { problem, errors: Vec::new() })),
    };
    match price_request(catalog, &draft, terms) {
        Ok(estimate) => Ok(Ok(Box::new(estimate))),
        Err(EstimateError::Request(errors)) => {
            let reason = |error: &RequestError| match advice::of_request(error) {
                Some(help) => format!("{error} ({help})"),
                None => error.to_string(),
            };
            let reasons = errors.iter().map(reason).collect();
            let problem = batch_file::rejected(file, number, reasons);
            Ok(Err(Rejected { problem, errors: errors.into() }))
        }
        Err(EstimateError::Data(problems)) => Err(Failure::Data(problems.into())),
    }
}

fn held(cost: &Figure<Decimal>, limit: Option<Decimal>) -> Option<HeldLimit> {
    limit.map(|usd| HeldLimit { usd, verdict: LimitVerdict::of(cost, usd) })
}

/// A limit holds only if the most that the cost can be is within it.
fn against_limit(cost: &Figure<Decimal>, limit: Option<Decimal>) -> Exit {
    let Some(limit) = limit else { return Exit::Done };
    let verdict = match LimitVerdict::of(cost, limit) {
        LimitVerdict::Within => return Exit::Done,
        LimitVerdict::Over => "above",
        LimitVerdict::MarginNotCovered | LimitVerdict::Unknown => "not shown to be within",
    };
    let (mut shown, mut limit_shown) =
        (number::dollar_figure_alone(cost), number::dollar_figure_alone(&Figure::Exact(limit)));
    // Amounts that differ are not shown as one: at as many places as it takes.
    if shown.ends_with(&limit_shown) {
        limit_shown = number::dollars_beside(limit, cost.high().unwrap_or_else(|| cost.low()));
        if let Figure::Exact(cost) = cost {
            shown = number::dollars_beside(*cost, limit);
        }
    }
    message::finding(About::Limit, &format!("limit: {shown} is {verdict} {limit_shown}"));
    Exit::Finding
}
