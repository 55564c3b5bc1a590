//! The choice of a size: what a size costs, and which legal ones cost less.
//!
//! ```text
//! model, quality, route, day ─► SizePrices (every legal size, metered and rated once)
//! SizePrices + Question ─► Answer: candidates, each with why it is shown
//! ```

mod costs;
pub mod prices;

use rust_decimal::Decimal;

use crate::catalog::broken_rule::BrokenRule;
use crate::catalog::{Catalog, sizes};
use crate::estimate::EstimateError;
use crate::money::multiply;
use crate::size::Size;
use prices::{PricedOn, PricedSize, SizePrices};

/// What is asked about sizes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The size to look at; without one, the whole list.
    pub size: Option<Size>,
    /// The fewest pixels; with a size and without this, those of the size.
    pub min_pixels: Option<u64>,
    /// The most that an image may cost, in US dollars.
    pub max_cost: Option<Decimal>,
    /// By which share the ratio of the edges may differ from that of the size: 0.1 for 10%.
    pub aspect_tolerance: Decimal,
    /// The most candidates to show.
    pub top: usize,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// How the question came out.
    pub verdict: Verdict,
    /// The sizes to look at, each with why it is shown.
    pub candidates: Vec<Candidate>,
    /// How many sizes fit, of which the candidates are the first.
    pub found: usize,
}

/// How a question came out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The size asked about is legal; the candidates cost less.
    Legal(PricedSize),
    /// The size asked about breaks these rules; the candidates are the nearest legal ones.
    Illegal(Size, Vec<BrokenRule>),
    /// These sizes keep to the bounds.
    Within,
    /// No size keeps to the bounds; the candidates come nearest.
    NoneWithin,
    /// There was neither a size nor a bound; the candidates are an overview.
    Overview,
}

/// A size and why it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The size.
    pub priced: PricedSize,
    /// Why it is shown.
    pub why: Vec<Why>,
}

/// Why a size is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Why {
    /// Nearest to an illegal size by the change of both edges.
    Nearest,
    /// Costs less than the size asked about, with enough pixels and its shape.
    Cheaper,
    /// The cheapest with enough pixels whatever its shape, where none has the shape asked for.
    CheaperOtherShape,
    /// Keeps to the bounds.
    Within,
    /// Has the most pixels of all that keep to the limit.
    MostPixels,
    /// Often asked for.
    Common,
    /// Costs the least of all.
    Cheapest,
    /// Costs the most of all.
    Dearest,
    /// The cheapest with enough pixels, which is not within the limit.
    NotWithinLimit,
    /// The largest within the limit, which has too few pixels.
    TooFewPixels,
}

impl Why {
    /// The name in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Why::Nearest => "nearest",
            Why::Cheaper => "cheaper",
            Why::CheaperOtherShape => "cheaper_other_shape",
            Why::Within => "within",
            Why::MostPixels => "most_pixels",
            Why::Common => "common",
            Why::Cheapest => "cheapest",
            Why::Dearest => "dearest",
            Why::NotWithinLimit => "not_within_limit",
            Why::TooFewPixels => "too_few_pixels",
        }
    }
}

/// Answers a question about the sizes of a model.
pub fn answer(prices: &SizePrices, question: &Question) -> Answer {
    match question.size {
        Some(size) => match prices.get(size) {
            Some(asked) => legal(prices, asked, question),
            None => illegal(prices, size, question),
        },
        None if question.min_pixels.is_none() && question.max_cost.is_none() => overview(prices),
        None => within_bounds(prices, question),
    }
}

/// The size that costs least of all that cost less than this one, with at least its pixels and its shape.
///
/// # Errors
/// Those of [`SizePrices::of`].
pub fn cheaper_of_its_shape(
    catalog: &Catalog,
    place: &PricedOn,
    size: Size,
    aspect_tolerance: Decimal,
) -> Result<Option<PricedSize>, EstimateError> {
    let in_question =
        |other: Size| other.pixels() >= size.pixels() && same_shape(other, size, aspect_tolerance);
    let prices = SizePrices::among(catalog, place, in_question)?;
    let question =
        Question { size: Some(size), min_pixels: None, max_cost: None, aspect_tolerance, top: 1 };
    let found = answer(&prices, &question).candidates.into_iter().next();
    Ok(found.filter(|it| it.why.contains(&Why::Cheaper)).map(|it| it.priced))
}

/// Whether a size certainly costs no more than the limit.
pub fn within_limit(priced: &PricedSize, max_cost: Option<Decimal>) -> bool {
    max_cost.is_none_or(|limit| priced.cost.high().is_some_and(|high| high <= limit))
}

fn illegal(prices: &SizePrices, size: Size, question: &Question) -> Answer {
    let rule = &prices.rules.sizes.rule;
    let nearest: Vec<&PricedSize> = sizes::nearest(rule, size, question.top)
        .into_iter()
        .filter_map(|near| prices.get(near))
        .collect();
    let verdict = Verdict::Illegal(size, sizes::broken_rules(rule, size));
    Answer { verdict, found: nearest.len(), candidates: shown(nearest, Why::Nearest) }
}

fn legal(prices: &SizePrices, asked: &PricedSize, question: &Question) -> Answer {
    let floor = question.min_pixels.unwrap_or(asked.size.pixels());
    let any_shape: Vec<&PricedSize> = prices
        .sizes
        .iter()
        .filter(|priced| priced.size.pixels() >= floor && priced.costs_less_than(asked))
        .filter(|priced| within_limit(priced, question.max_cost))
        .collect();
    let shape =
        |priced: &&&PricedSize| same_shape(priced.size, asked.size, question.aspect_tolerance);
    let cheaper: Vec<&PricedSize> = any_shape.iter().filter(shape).copied().collect();
    let found = cheaper.len();
    let mut candidates = shown(cheapest(cheaper, question.top), Why::Cheaper);
    if candidates.is_empty() {
        candidates = shown(cheapest(any_shape, 1), Why::CheaperOtherShape);
    }
    Answer { verdict: Verdict::Legal(asked.clone()), candidates, found }
}

fn within_bounds(prices: &SizePrices, question: &Question) -> Answer {
    let enough = |priced: &&PricedSize| priced.size.pixels() >= question.min_pixels.unwrap_or(0);
    let enough: Vec<&PricedSize> = prices.sizes.iter().filter(enough).collect();
    let within = |priced: &&PricedSize| within_limit(priced, question.max_cost);
    let most_pixels = question.max_cost.and_then(|_| largest(prices.sizes.iter().filter(within)));
    let fitting: Vec<&PricedSize> = enough.iter().copied().filter(within).collect();
    let found = fitting.len();
    if found == 0 {
        let mut candidates = come_nearest(prices, enough, most_pixels);
        if question.max_cost.is_some() && most_pixels.is_none() {
            mark(&mut candidates, lowest_cost(prices), Why::Cheapest);
        }
        return Answer { verdict: Verdict::NoneWithin, candidates, found };
    }
    let mut candidates = shown(cheapest(fitting, question.top), Why::Within);
    mark(&mut candidates, most_pixels, Why::MostPixels);
    Answer { verdict: Verdict::Within, candidates, found }
}

/// Where no size keeps to both bounds: the best that keeps to one of them.
fn come_nearest(
    prices: &SizePrices,
    enough_pixels: Vec<&PricedSize>,
    largest_within_limit: Option<&PricedSize>,
) -> Vec<Candidate> {
    let mut candidates = shown(cheapest(enough_pixels, 1), Why::NotWithinLimit);
    if candidates.is_empty() || largest_within_limit.is_some() {
        let largest = largest_within_limit.or_else(|| largest(prices.sizes.iter()));
        candidates.extend(shown(largest, Why::TooFewPixels));
    }
    candidates
}

/// Common sizes, the cheapest and the dearest if they differ; all sizes where a model has only a few.
fn overview(prices: &SizePrices) -> Answer {
    let few = prices.sizes.len() <= Size::COMMON.len();
    let common = prices.sizes.iter().filter(|priced| few || Size::COMMON.contains(&priced.size));
    let mut candidates = shown(common, Why::Common);
    let (cheapest, dearest) = (lowest_cost(prices), highest_cost(prices));
    if cheapest.map(|size| &size.cost) != dearest.map(|size| &size.cost) {
        mark(&mut candidates, cheapest, Why::Cheapest);
        mark(&mut candidates, dearest, Why::Dearest);
    }
    candidates.sort_by(|a, b| {
        let pixels = a.priced.size.pixels().cmp(&b.priced.size.pixels());
        pixels.then_with(|| a.priced.by_cost(&b.priced))
    });
    Answer { verdict: Verdict::Overview, candidates, found: prices.sizes.len() }
}

/// The cheapest size of all, if costs are known.
fn lowest_cost(prices: &SizePrices) -> Option<&PricedSize> {
    let ranked = if prices.unranked().is_empty() { &prices.sizes[..] } else { &[] };
    ranked.iter().min_by(|a, b| a.by_cost(b))
}

/// The dearest size of all, if costs are known.
fn highest_cost(prices: &SizePrices) -> Option<&PricedSize> {
    let ranked = if prices.unranked().is_empty() { &prices.sizes[..] } else { &[] };
    ranked.iter().max_by(|a, b| a.by_cost(b))
}

/// Whether the ratios of the edges differ by at most such a share of the smaller one.
fn same_shape(a: Size, b: Size, tolerance: Decimal) -> bool {
    let across = |wide: Size, high: Size| u64::from(wide.width) * u64::from(high.height);
    let (one, other) = (across(a, b), across(b, a));
    let difference = Decimal::from(one.abs_diff(other));
    multiply(tolerance, Decimal::from(one.min(other))).is_ok_and(|most| difference <= most)
}

fn cheapest(mut sizes: Vec<&PricedSize>, most: usize) -> Vec<&PricedSize> {
    sizes.sort_by(|a, b| a.by_cost(b));
    sizes.truncate(most);
    sizes
}

fn largest<'a>(sizes: impl Iterator<Item = &'a PricedSize>) -> Option<&'a PricedSize> {
    sizes.max_by(|a, b| a.size.pixels().cmp(&b.size.pixels()).then_with(|| b.by_cost(a)))
}

fn shown<'a>(sizes: impl IntoIterator<Item = &'a PricedSize>, why: Why) -> Vec<Candidate> {
    sizes.into_iter().map(|priced| Candidate { priced: priced.clone(), why: vec![why] }).collect()
}

/// Adds a reason to a size that is shown already, or shows it.
fn mark(candidates: &mut Vec<Candidate>, priced: Option<&PricedSize>, why: Why) {
    let Some(priced) = priced else { return };
    match candidates.iter_mut().find(|shown| shown.priced.size == priced.size) {
        Some(shown) => shown.why.push(why),
        None => candidates.extend(shown([priced], why)),
    }
}

#[cfg(test)]
mod tests;
