//! `imgcost sizes`: what a size costs, and which legal ones cost less.

use chrono::NaiveDate;
use clap::Args;
use rust_decimal::Decimal;

use super::args::{DaysArgs, FxArgs};
use super::config;
use super::exit::{Exit, Failure};
use super::help::Help;
use super::idle::{figures, given, idle};
use super::message::About;
use super::output::OutputArgs;
use super::values::{at_least_one, dollars};
use super::{message, output};
use crate::budget::IdleReason;
use crate::limit::{HeldLimit, LimitVerdict};
use crate::report;
use crate::report::flags::FlagEffects;
use crate::report::number;
use crate::request::RequestError;
use crate::share::parse_tolerance;
use crate::size::Size;
use crate::size_choice::prices::{PricedOn, PricedSize, SizePrices};
use crate::size_choice::{Answer, Question, Verdict, answer, within_limit};

/// Sizes that are shown of those that fit.
const DEFAULT_TOP: u64 = 5;

const EXAMPLES: &str = "\
Examples:
  imgcost sizes                                     # what common sizes cost
  imgcost sizes 1920x1080                           # not legal: exit code 2
  imgcost sizes 2048x2048 --quality high --aspect-tolerance 10%
  imgcost sizes --min-pixels 2000000 --max-cost 0.05 --quality high
  imgcost sizes --model gpt-image-2.5-flare --max-cost 0.02 --format csv > sizes.csv

Exit code 1: no legal size keeps to the bounds, or the size asked about is not within --max-cost";

/// The flags of `-h`.
const COMMON: [&str; 11] = [
    "min_pixels",
    "max_cost",
    "aspect_tolerance",
    "top",
    "model",
    "quality",
    "route",
    "as_of",
    "pricing",
    "format",
    "output",
];

#[derive(Debug, Args)]
#[command(common(&COMMON), examples(EXAMPLES))]
pub(super) struct SizesArgs {
    /// Size to look at; without one, the cheapest within the bounds
    #[arg(value_name = "WxH")]
    size: Option<Size>,
    /// Fewest pixels of an image [default: those of WxH]
    #[arg(long, value_name = "N", value_parser = at_least_one, allow_hyphen_values = true)]
    min_pixels: Option<u64>,
    /// Most that an image may cost, in US dollars
    #[arg(long, value_name = "USD", value_parser = dollars)]
    max_cost: Option<Decimal>,
    /// By how many percent the shape may differ from that of WxH
    ///
    /// At 10%, width ÷ height is from the asked one ÷ 1.1 to the asked one × 1.1.
    #[arg(long, value_name = "PERCENT", value_parser = parse_tolerance, requires = "size", default_value = "0%", allow_hyphen_values = true)]
    aspect_tolerance: Decimal,
    /// Most sizes to show of those that fit
    #[arg(long, value_name = "N", value_parser = at_least_one, default_value_t = DEFAULT_TOP, allow_hyphen_values = true)]
    top: u64,
    /// Model id or snapshot [default: gpt-image-2]
    #[arg(long, value_name = "ID", help_heading = "Request")]
    model: Option<String>,
    /// Quality label or auto [default: medium]
    #[arg(long, value_name = "LABEL", help_heading = "Request")]
    quality: Option<String>,
    /// Route, or the end of its id [default: the maker's]
    ///
    /// As many parts of the id from its end as tell it from all others: fal/gpt-image-2.
    #[arg(long, value_name = "ID", help_heading = "Prices")]
    route: Option<String>,
    #[command(flatten)]
    days: DaysArgs,
    /// Resolution class to ask for, such as 1K, 2K or 4K, on routes that price by class
    #[arg(long, value_name = "CLASS", help_heading = "Prices")]
    resolution: Option<String>,
    #[command(flatten)]
    fx: FxArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Prices the legal sizes and answers what was asked about them.
pub(super) fn run(args: &SizesArgs, today: NaiveDate) -> Result<Exit, Failure> {
    let catalog = args.days.catalog()?;
    let fx = args.fx.rates()?;
    let model = match (&args.model, &args.route) {
        (None, None) => config::model()?,
        (model, _) => model.clone(),
    };
    let [as_of, known_on] = args.days.days(today);
    let place = PricedOn {
        model: model.as_deref(),
        quality: args.quality.as_deref(),
        route: args.route.as_deref(),
        as_of,
        today: known_on,
        resolution: args.resolution.as_deref(),
        fx: &fx,
    };
    let question = Question {
        size: args.size,
        min_pixels: args.min_pixels,
        max_cost: args.max_cost,
        aspect_tolerance: args.aspect_tolerance,
        top: usize::try_from(args.top).unwrap_or(usize::MAX),
    };
    let prices = SizePrices::of(&catalog, &place)?;
    let answer = answer(&prices, &question);
    let report = report::sizes::report(&prices, &question, &answer, &catalog);
    let again = |(place, question): (PricedOn, Question)| {
        let prices = SizePrices::of(&catalog, &place).ok()?;
        let answer = crate::size_choice::answer(&prices, &question);
        Some(figures(&report::sizes::report(&prices, &question, &answer, &catalog)))
    };
    let top = (args.top != DEFAULT_TOP).then_some(args.top);
    let can_be_idle = [
        given("--resolution", place.resolution, IdleReason::NoClass.in_words(), || {
            (PricedOn { resolution: None, ..place }, question.clone())
        }),
        given("--top", top, "no more and no fewer sizes fit than without it", || {
            let top = usize::try_from(DEFAULT_TOP).unwrap_or(usize::MAX);
            (place, Question { top, ..question.clone() })
        }),
    ];
    let mut without_effect =
        args.fx.without_effect(|code| prices.table.route.is_priced_in(code))?;
    without_effect.extend(idle(&report, can_be_idle, again));
    let report = report.with_flags(FlagEffects { without_effect, ..FlagEffects::default() });
    let held = args.max_cost.map(|usd| HeldLimit { usd, verdict: held(&prices, &answer, usd) });
    output::write(report.held_against(held), &args.output)?;
    verdict(&prices, &question, answer)
}

/// How the size asked about, else any within the other bounds, stands to the limit.
fn held(prices: &SizePrices, answer: &Answer, usd: Decimal) -> LimitVerdict {
    match &answer.verdict {
        Verdict::Legal(asked) => LimitVerdict::of(&asked.cost, usd),
        Verdict::Illegal(..) => LimitVerdict::Unknown,
        Verdict::Within => LimitVerdict::Within,
        Verdict::NoneWithin | Verdict::Overview => {
            let of = |size: &PricedSize| LimitVerdict::of(&size.cost, usd);
            LimitVerdict::of_any(prices.sizes.iter().map(of))
        }
    }
}

/// The exit code, and a message where it is not 0.
fn verdict(prices: &SizePrices, question: &Question, answer: Answer) -> Result<Exit, Failure> {
    match answer.verdict {
        Verdict::Illegal(size, broken) => {
            let model = prices.model.id.clone();
            let nearest = answer.candidates.iter().map(|near| near.priced.size).collect();
            Err(RequestError::IllegalSize { size, model, broken, nearest }.into())
        }
        Verdict::NoneWithin => {
            message::finding(About::NothingWithin, "no legal size keeps to the bounds");
            Ok(Exit::Finding)
        }
        Verdict::Legal(asked) if !within_limit(&asked, question.max_cost) => {
            let shown = number::dollar_figure_alone(&asked.cost);
            message::finding(
                About::Limit,
                &format!("limit: {} costs {shown}, not shown to be within it", asked.size),
            );
            Ok(Exit::Finding)
        }
        Verdict::Legal(_) | Verdict::Within | Verdict::Overview => Ok(Exit::Done),
    }
}
