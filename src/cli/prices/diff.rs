//! `imgcost prices diff`: which rates differ between two days, two routes or two folders, or from a price map of others.

mod map;

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use clap::Args;

use crate::catalog::{Catalog, LookupError, parse_date};
use crate::cli::advice;
use crate::cli::args::{AttemptArgs, PriceArgs, RequestArgs, terms};
use crate::cli::config;
use crate::cli::exit::{Exit, Failure};
use crate::cli::help::Help;
use crate::cli::idle::{self, figures, idle};
use crate::cli::output;
use crate::cli::output::OutputArgs;
use crate::estimate::Terms;
use crate::price_changes::{Both, RouteSide, Selection, Sides, Work, price_changes};
use crate::rating::FxRates;
use crate::report::flags::FlagEffects;
use crate::report::price_changes::{View, report};
use crate::request::{Draft, RequestError};

const EXAMPLES: &str = "\
Examples:
  imgcost prices diff 2026-05-08 2026-11-21 --owners openai
  imgcost prices diff 2026-08-06 2026-08-07 --quality high --images 12000
  imgcost prices diff openai/gpt-image-2 therouter/gpt-image-2 --quality high --prompt-tokens 60
  imgcost prices diff old-pricing new-pricing --format json
  imgcost prices diff 2026-11-01 2026-11-21 --exit-code    # exit code 1 if anything differs
  imgcost prices diff litellm.json                         # today's tables beside LiteLLM's map

The flags of a request or of a volume add what the difference costs; --model by itself only selects.";

/// The flags of `-h`.
const COMMON: [&str; 11] = [
    "routes",
    "owners",
    "model",
    "quality",
    "prompt_tokens",
    "images",
    "acceptance",
    "pricing",
    "format",
    "output",
    "exit_code",
];

#[derive(Debug, Args)]
#[command(common(&COMMON), examples(EXAMPLES))]
pub(in crate::cli) struct DiffArgs {
    /// Day (YYYY-MM-DD or today), route (a unique ending of its id) or folder of price tables: a
    /// whole catalogue, or tables of one's own beside the shipped ones
    #[arg(value_name = "A")]
    a: String,
    /// The other one, of the same kind; or a price map of LiteLLM, genai-prices or models.dev (a JSON file), which may
    /// also stand alone
    #[arg(value_name = "B")]
    b: Option<String>,
    /// Only these routes (unique endings of ids), separated by commas
    #[arg(long, value_name = "IDS", value_delimiter = ',')]
    routes: Vec<String>,
    /// Only these price owners (ids), separated by commas
    #[arg(long, value_name = "IDS", value_delimiter = ',')]
    owners: Vec<String>,
    #[command(flatten)]
    asked: RequestArgs,
    #[command(flatten)]
    attempts: AttemptArgs,
    #[command(flatten)]
    prices: PriceArgs,
    #[command(flatten)]
    output: OutputArgs,
    /// Exit code 1 if anything differs; beside a price map, if a price does
    #[arg(long, help_heading = "Output")]
    exit_code: bool,
}

/// Compares, and prints what differs.
pub(super) fn run(args: &DiffArgs, today: NaiveDate) -> Result<Exit, Failure> {
    let catalog = args.prices.days.catalog_unsaid()?;
    let names = names(args, today)?;
    let kinds = [kind(&names[0], &catalog)?, kind(&names[1], &catalog)?];
    if kinds.contains(&Kind::Map) {
        return map::run(args, (&names, &kinds), catalog, today);
    }
    let folders = folders(args, &kinds)?;
    if folders.is_none() {
        config::pricing_is_used()?;
    }
    let sides = sides(args, &catalog, (&names, &kinds), folders.as_ref(), today)?;
    let fx = args.prices.fx.rates()?;
    let work = work(args, &fx, today)?;
    let selection = Selection {
        routes: args.routes.clone(),
        owners: args.owners.clone(),
        model: args.asked.model.clone(),
    };
    let changes = price_changes(&sides, &selection, work.as_ref(), &fx)?;
    let view = View { labels: names.clone(), today };
    let routes = || changes.routes.iter().flat_map(|it| &it.sides).filter_map(RouteSide::route);
    let used = |code: &str| routes().any(|route| route.is_priced_in(code));
    let found = report(&changes, &sides, &view);
    let draft = work.as_ref().map_or_else(Draft::default, |work| work.draft.clone());
    let asked = (draft, terms(&args.prices, &args.attempts, &fx, today)?);
    let again = |(draft, terms): (Draft, Terms)| {
        let work = work.is_some().then_some(Work { draft, terms });
        let changes = price_changes(&sides, &selection, work.as_ref(), &fx).ok()?;
        Some(figures(&report(&changes, &sides, &view)))
    };
    let can_be_idle = idle::of_request(&asked).into_iter().chain([idle::top_up(&asked)]);
    let mut without_effect = args.prices.fx.without_effect(used)?;
    without_effect.extend(idle(&found, can_be_idle, again));
    let flags = FlagEffects { without_effect, ..FlagEffects::default() };
    output::write(found.with_flags(flags), &args.output)?;
    Ok(if args.exit_code && changes.anything() { Exit::Finding } else { Exit::Done })
}

/// The two arguments, `today` as its day. A price map that stands alone is compared with the tables of the day.
fn names(args: &DiffArgs, today: NaiveDate) -> Result<Both<String>, Failure> {
    let name = |text: &str| match text {
        "today" => today.to_string(),
        other => other.to_owned(),
    };
    match &args.b {
        Some(b) => Ok([name(&args.a), name(b)]),
        None if map::is_one(Path::new(&args.a)) => {
            let day = args.prices.days.prices.as_of.unwrap_or(today);
            Ok([day.to_string(), args.a.clone()])
        }
        None => {
            let message = format!("what `{}` is compared with is missing", args.a);
            Err(Failure::usage(message, TWO_OF_A_KIND))
        }
    }
}

/// What can be compared.
const TWO_OF_A_KIND: &str = "give two days (YYYY-MM-DD or today), two routes or two folders, or a price map of others beside one of \
                             these; a route on two days is `imgcost prices diff DAY DAY --routes ROUTE`";

/// What an argument names.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    Day(NaiveDate),
    Route,
    Folder(PathBuf),
    Map,
}

impl Kind {
    fn in_words(&self) -> &'static str {
        match self {
            Kind::Day(_) => "a day",
            Kind::Route => "a route",
            Kind::Folder(_) => "a folder",
            Kind::Map => "a price map",
        }
    }
}

/// A day by its form; a route where one is so named; else a folder that is there.
fn kind(text: &str, catalog: &Catalog) -> Result<Kind, Failure> {
    if let Some(day) = parse_date(text) {
        return Ok(Kind::Day(day));
    }
    match catalog.route(text) {
        Ok(_)
        | Err(
            LookupError::Broken(_) | LookupError::Ambiguous { .. } | LookupError::NotKnown { .. },
        ) => Ok(Kind::Route),
        Err(LookupError::NotFound { .. }) if map::is_one(Path::new(text)) => Ok(Kind::Map),
        Err(LookupError::NotFound { .. }) if Path::new(text).exists() => {
            Ok(Kind::Folder(text.into()))
        }
        Err(LookupError::NotFound { near }) => Err(not_found(text, near)),
    }
}

fn not_found(text: &str, near: Vec<String>) -> Failure {
    let like_a_day = text.bytes().all(|byte| byte.is_ascii_digit() || b"-./".contains(&byte));
    if like_a_day && text.bytes().any(|byte| byte.is_ascii_digit()) {
        let help = "write it as YYYY-MM-DD, such as 2026-11-01, or today";
        return Failure::usage(format!("`{text}` is not a day"), help);
    }
    let help = advice::of_request(&RequestError::UnknownRoute { name: text.to_owned(), near });
    Failure::usage(
        format!("`{text}` is no day, no route and no folder"),
        help.unwrap_or_else(|| "give a day (YYYY-MM-DD or today), a route or a folder".into()),
    )
}

/// The catalogues of two folders; `None` if the arguments are no folders.
fn folders(args: &DiffArgs, kinds: &Both<Kind>) -> Result<Option<Both<Catalog>>, Failure> {
    let [Kind::Folder(a), Kind::Folder(b)] = kinds else { return Ok(None) };
    if !args.prices.days.prices.pricing.is_empty() {
        let help = "leave --pricing out: A and B are the folders";
        return Err(Failure::usage("two folders are compared as they are", help));
    }
    // The problems of both folders come out in one run.
    match [Catalog::of_folder(a), Catalog::of_folder(b)] {
        [Ok(a), Ok(b)] => Ok(Some([a, b].map(|it| args.prices.days.known(it)))),
        found => Err(Failure::Data(found.into_iter().filter_map(Result::err).flatten().collect())),
    }
}

fn sides<'a>(
    args: &'a DiffArgs,
    catalog: &'a Catalog,
    (names, kinds): (&'a Both<String>, &Both<Kind>),
    folders: Option<&'a Both<Catalog>>,
    today: NaiveDate,
) -> Result<Sides<'a>, Failure> {
    let day = args.prices.days.prices.as_of;
    match (kinds, folders) {
        ([Kind::Day(_), Kind::Day(_)], _) if day.is_some() => {
            let help = "leave --as-of out: A and B are the days";
            Err(Failure::usage("two days are compared as they are", help))
        }
        ([Kind::Day(a), Kind::Day(b)], _) => Ok(Sides::Days(catalog, [*a, *b])),
        ([Kind::Route, Kind::Route], _) if !args.routes.is_empty() || !args.owners.is_empty() => {
            let help = "leave --routes and --owners out: A and B are the routes";
            Err(Failure::usage("two routes are compared as they are", help))
        }
        ([Kind::Route, Kind::Route], _) => {
            Ok(Sides::Routes(catalog, [&names[0], &names[1]], day.unwrap_or(today)))
        }
        (_, Some([a, b])) => Ok(Sides::Catalogs([a, b], day.unwrap_or(today))),
        ([a, b], None) => {
            let message = format!(
                "`{}` is {} and `{}` is {}: only two of a kind can be compared",
                names[0],
                a.in_words(),
                names[1],
                b.in_words()
            );
            Err(Failure::usage(message, TWO_OF_A_KIND))
        }
    }
}

/// The request or volume, where a flag says anything of one.
fn work<'a>(
    args: &'a DiffArgs,
    fx: &'a FxRates,
    today: NaiveDate,
) -> Result<Option<Work<'a>>, Failure> {
    let draft = args.asked.draft()?;
    let any_request = Draft { model: None, ..draft.clone() } != Draft::default();
    let is_volume = !args.attempts.given().is_empty();
    if !any_request && !is_volume {
        return Ok(None);
    }
    let terms = terms(&args.prices, &args.attempts, fx, today)?;
    // A request alone is sent once; of a volume, as many are accepted as the settings say.
    let rates = match is_volume {
        true => args.attempts.rates.rates_or_settings()?,
        false => terms.rates,
    };
    Ok(Some(Work { draft, terms: Terms { rates, ..terms } }))
}
