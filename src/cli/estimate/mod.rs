//! `imgcost estimate`: price one request, an API reply, or files of them.

mod batch_refused;
mod effects;
mod several;

use std::cell::OnceCell;
use std::sync::Arc;

use chrono::NaiveDate;
use clap::Args;
use rust_decimal::Decimal;

use crate::attempts::AttemptRates;
use crate::catalog::Catalog;
use crate::cli::args::{RequestArgs, TermArgs, or_model_of_settings};
use crate::cli::bodies::{Bodies, ReplyArgs};
use crate::cli::exit::{Exit, Failure};
use crate::cli::files::FilesArgs;
use crate::cli::help::Help;
use crate::cli::idle::{self, figures, idle};
use crate::cli::message::About;
use crate::cli::output::OutputArgs;
use crate::cli::values::dollars;
use crate::cli::{bodies, message, output, piped};
use crate::estimate::{
    Beside, Estimate, EstimateError, Terms, estimate_reply, not_read, price_request,
};
use crate::figure::Figure;
use crate::items::{Asked, Item, ItemSpot, Others, Wanted};
use crate::limit::{HeldLimit, LimitVerdict};
use crate::problem::Place;
use crate::report::flags::{FlagEffects, WithoutEffect};
use crate::report::{self, Format, number};
use crate::request::{Draft, Prompt, RequestError};
use crate::usage_log::reply;
use several::{Several, ViewArgs};

const EXAMPLES: &str = "\
Examples:
  imgcost estimate --size 1024x1536 --quality high --prompt \"A red fox\"
  imgcost estimate --quality high --acceptance 70% --images 12000
  imgcost estimate --input-image photo.png --input-image 1024x1024 --prompt-tokens 60 --explain
  imgcost estimate body.json --format json
  imgcost estimate batch.jsonl body.json reply.json --model gpt-image-2 --format csv > batch.csv
  imgcost estimate reply.json --model gpt-image-2 --as-of 2026-09-21
  imgcost estimate --mainline-model gpt-6.1-sol --mainline-input-tokens 3000 --mainline-output-tokens 200 --turns 3
  imgcost estimate --quality high --prompt-tokens 100 --max-cost 0.25   # exit code 1 if above";

/// The flags of `-h`.
const COMMON: [&str; 18] = [
    "given",
    "model",
    "size",
    "quality",
    "n",
    "prompt",
    "prompt_tokens",
    "input_image",
    "images",
    "acceptance",
    "review_cost",
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
    /// Requests and replies as the API has them: bodies, Batch files, saved streams, lists
    ///
    /// What a file holds is told by its content; `-` reads standard input.
    #[arg(value_name = "FILE", conflicts_with_all = ["request", "usage"])]
    given: Vec<String>,
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
    terms: TermArgs,
    /// Route, or the end of its id [default: the maker's]
    ///
    /// As many parts of the id from its end as tell it from all others: fal/gpt-image-2.
    #[arg(long, value_name = "ID", help_heading = "Prices", display_order = 0)]
    route: Option<String>,
    #[command(flatten)]
    output: OutputArgs,
    /// Show the formula, source and date behind each line
    #[arg(long, help_heading = "Output")]
    explain: bool,
    #[command(flatten)]
    view: ViewArgs,
    /// Limit in US dollars: exit code 1 if not within it
    ///
    /// For the volume with --images, else for the request. A cost that cannot be shown to be within the limit is not.
    #[arg(long, value_name = "USD", value_parser = dollars, help_heading = "Output", allow_hyphen_values = true)]
    max_cost: Option<Decimal>,
}

/// Prices what the flags name, prints it and compares it with the limit.
pub(super) fn run(args: &EstimateArgs, today: NaiveDate) -> Result<Exit, Failure> {
    let catalog = args.terms.prices.days.catalog()?;
    let fx = args.terms.prices.fx.rates()?;
    let draft = args.asked.draft()?;
    let terms = Terms { route: args.route.as_deref(), ..args.terms.stated(&fx, today)? };
    let (paths, wanted) = args.named();
    if paths.is_empty() {
        args.files.refuse_without_file("FILE or --request FILE")?;
        args.reply.refuse_ignored_without_file(false)?;
        piped::refuse_unasked(&draft, piped::REQUEST)?;
        args.view.refuse_by_of_one()?;
        let draft = or_model_of_settings(asked_or_example(args, draft), &terms)?;
        let asked = (draft, args.terms.of_requests(terms)?);
        let price = |(draft, terms): &(Draft, Terms)| price_request(&catalog, draft, terms);
        return one(args, &catalog, (&asked, Vec::new()), price);
    }
    if wanted == Wanted::Replies {
        args.files.refuse_without_file("FILE or --request FILE")?;
        args.reply.refuse_read_keys(reply::is_read)?;
    }
    let ignored_keys = &args.reply.ignore_key[..];
    let bodies = Bodies {
        wanted,
        others: Others::Priced,
        files: &args.files,
        ignored_keys,
        catalog: &catalog,
    };
    let on_own_day = args.terms.prices.days.prices.as_of.is_none();
    let beside = Beside { draft, context: args.reply.context(&args.asked), terms, on_own_day };
    let of_many = beside.of_many();
    let mut several = Several::new(args, &catalog, &of_many)?;
    let mut take = |file: &_, item: Item<'_>| several.add(file, item);
    let kept = OnceCell::new();
    match bodies.each(&paths, &kept, &mut take)? {
        Some((file, Item { asked, at, .. })) => {
            args.view.refuse_by_of_one()?;
            let flags = beside.draft.clone();
            one_of_file(args, &catalog, &asked?, beside).map_err(|why| match why {
                Failure::Request(errors) => {
                    Failure::RequestAt(placed(errors, &flags, (&file, &at)))
                }
                other => other,
            })
        }
        None => several.run(),
    }
}

impl EstimateArgs {
    /// The files that are named, and what they are to hold.
    fn named(&self) -> (Vec<String>, Wanted) {
        match (&self.request, &self.reply.usage) {
            (Some(path), _) => (vec![path.clone()], Wanted::Requests),
            (None, Some(path)) => (vec![path.clone()], Wanted::Replies),
            (None, None) => (self.given.clone(), Wanted::Any),
        }
    }
}

/// Why the one request of a file cannot be priced, each with its place unless a flag says it.
fn placed(
    errors: Vec<RequestError>,
    flags: &Draft,
    (file, at): (&str, &ItemSpot),
) -> Vec<(RequestError, Option<Place>)> {
    let of_file = |error: &RequestError| error.parameter().is_some_and(|it| !flags.gives(it));
    let placed = |error| {
        let place = of_file(&error).then(|| at.place_of(file, &error));
        (error, place)
    };
    errors.into_iter().map(placed).collect()
}

/// The one request or reply of a file.
fn one_of_file(
    args: &EstimateArgs,
    catalog: &Catalog,
    asked: &Asked,
    beside: Beside,
) -> Result<Exit, Failure> {
    let Beside { draft: flags, context, .. } = &beside;
    let terms = args.terms.of_requests(beside.terms.clone())?;
    match asked {
        Asked::Request(draft) => {
            let unused = args.reply.without_effect(&[&draft.unread]);
            let asked = (flags.clone().over(Draft::clone(draft)), terms);
            let price = |(draft, terms): &(Draft, Terms)| price_request(catalog, draft, terms);
            one(args, catalog, (&asked, unused), price)
        }
        Asked::Reply(reply) => {
            bodies::refuse_said_of_requests(&args.asked)?;
            args.reply.refuse_read_keys(reply::is_read)?;
            let sorted = not_read(catalog, reply, &context.ignored_keys)?;
            let unused = args.reply.without_effect(&[&sorted]);
            let asked = (flags.clone(), Terms { as_of: beside.day_of(reply), ..terms });
            let price = |(_, terms): &(Draft, Terms)| {
                estimate_reply(catalog, Arc::clone(reply), context, terms)
            };
            one(args, catalog, (&asked, unused), price)
        }
    }
}

/// With no flag that says anything of a request, a sensible example.
fn asked_or_example(args: &EstimateArgs, flags: Draft) -> Draft {
    if flags != Draft::default() || args.route.is_some() {
        return flags;
    }
    message::hint(
        About::Example,
        "No request was given, so this is an example: change it with --model, --size,\n\
         --quality, --n, --prompt and --input-image; `imgcost estimate --help` has more.\n",
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
    let used = |code: &str| estimate.is_priced_in(code);
    let mut flags = without_effect(args, (&used, estimate.purchase.is_some()), unused)?;
    let again = |asked| {
        let estimate = price(&asked).ok()?;
        Some(figures(&report::estimate::report(&estimate, catalog, args.explain)))
    };
    flags.without_effect.extend(idle(&report, idle::of_request_or_body(&args.asked, asked), again));
    let report = report.with_flags(flags);
    let limited = estimate.limited_cost().map_err(|_| RequestError::TooLarge)?;
    let held = held(&limited, args.max_cost);
    output::write_with_rows(report.answering_limit(held), &args.output, args.view.rows)?;
    let attempts = &estimate.attempts;
    let more_than_lines = attempts.volume.is_some()
        || attempts.review.is_some()
        || attempts.rates != AttemptRates::ONE_ATTEMPT;
    if args.output.format()? == Format::Csv && more_than_lines {
        message::hint(
            About::OtherFormats,
            "The CSV has the lines of one request; attempts, review and the volume are in the other formats.",
        );
    }
    Ok(against_limit(&limited, args.max_cost))
}

/// Flags that no figure depends on, by the currencies and credits that are used and whether credit is bought.
fn without_effect(
    args: &EstimateArgs,
    (used, is_bought): (&dyn Fn(&str) -> bool, bool),
    unused: Vec<WithoutEffect>,
) -> Result<FlagEffects, Failure> {
    let mut without_effect = args.terms.prices.fx.without_effect(used)?;
    without_effect.extend(unused);
    if args.terms.prices.top_up.is_some() && !is_bought {
        let why = match args.terms.attempts.images {
            None => "what is bought is a volume, which --images names",
            Some(_) => "the credit of this route is not bought in purchases, as far as is stated",
        };
        without_effect.push(WithoutEffect { flag: "--top-up".into(), why: why.into() });
    }
    Ok(FlagEffects { without_effect, ..FlagEffects::default() })
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
    let most = cost.high().unwrap_or_else(|| cost.low());
    if number::dollar_figure_alone(&Figure::Exact(most)) == limit_shown {
        limit_shown = number::dollars_beside(limit, most);
        if let Figure::Exact(cost) = cost {
            shown = number::dollars_beside(*cost, limit);
        }
    }
    message::finding(About::Limit, &format!("limit: {shown} is {verdict} {limit_shown}"));
    Exit::Finding
}
