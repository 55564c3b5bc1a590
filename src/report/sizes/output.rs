//! The choice of a size for programs.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::Serialize;

use crate::catalog::broken_rule::BrokenRule;
use crate::catalog::evidence::RestsOn;
use crate::catalog::price::PriceVersion;
use crate::catalog::route::Route;
use crate::report::dictionary::terms;
use crate::report::envelope::{Output, Said, said};
use crate::report::estimate::{OfRoute, OfVersion, of_route, of_version, usage_key};
use crate::report::number::raw;
use crate::report::record::{Each, Field, Record, Recorded, Value};
use crate::request::QualityChoice;
use crate::size::Size;
use crate::size_choice::prices::{PricedSize, SizePrices};
use crate::size_choice::{Answer, Question, Verdict, Why};
use crate::unit::Meter;

/// What was found of the sizes of a model.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct SizesOutput<'a> {
    /// How it came out: `legal`, `illegal`, `within`, `none_within` or `overview`.
    pub verdict: &'static str,
    /// The size asked about.
    pub asked: Option<AskedSize>,
    /// By whose prices, of which version.
    #[serde(flatten)]
    pub prices: Record<&'a SizePrices>,
    /// What was asked of a size.
    pub bounds: SizeBounds,
    /// What every cost is for.
    pub cost_of: &'static str,
    /// How many sizes are legal.
    pub legal_sizes: usize,
    /// How many sizes fit, of which the rows are the first.
    pub found: usize,
    /// A row for each size: the one asked about where it is legal, then the candidates.
    pub rows: Each<'a, Record<SizeRow<'a>>>,
    /// What was assumed.
    pub assumptions: Vec<Said>,
    /// What is to be said of the figures.
    pub notes: Vec<Said>,
}

/// The size asked about.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct AskedSize {
    /// Its pixels, `WIDTHxHEIGHT`.
    pub size: String,
    /// The rules that it breaks; none of a legal one.
    pub broken_rules: Vec<String>,
    /// Their codes, in the same order.
    pub broken_rule_codes: Vec<&'static str>,
}

/// What was asked of a size.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct SizeBounds {
    /// The fewest pixels.
    pub min_pixels: Option<u64>,
    /// The most that an image may cost, in US dollars.
    pub max_cost_usd: Option<String>,
    /// By which share the ratio of the edges may differ from that of the size.
    pub aspect_tolerance: String,
    /// The most candidates.
    pub top: usize,
}

impl Output for SizesOutput<'_> {
    const NAME: &'static str = "sizes";
    const COMMAND: &'static str = "sizes";
}

pub(super) fn output<'a>(
    prices: &'a SizePrices,
    question: &Question,
    answer: &'a Answer,
) -> SizesOutput<'a> {
    SizesOutput {
        verdict: verdict(&answer.verdict),
        asked: asked_size(&answer.verdict),
        prices: Record::of(prices),
        bounds: SizeBounds {
            min_pixels: question.min_pixels,
            max_cost_usd: question.max_cost.map(raw),
            aspect_tolerance: raw(question.aspect_tolerance),
            top: question.top,
        },
        cost_of: super::COST_OF,
        legal_sizes: prices.sizes.len(),
        found: answer.found,
        rows: Each::row(|| rows(prices, answer)),
        assumptions: said(&prices.assumptions),
        notes: said(&prices.notes),
    }
}

fn verdict(verdict: &Verdict) -> &'static str {
    match verdict {
        Verdict::Legal(_) => "legal",
        Verdict::Illegal(..) => "illegal",
        Verdict::Within => "within",
        Verdict::NoneWithin => "none_within",
        Verdict::Overview => "overview",
    }
}

fn asked_size(verdict: &Verdict) -> Option<AskedSize> {
    let of = |size: Size, broken: &[BrokenRule]| {
        let broken_rules = broken.iter().map(ToString::to_string).collect();
        let broken_rule_codes = broken.iter().map(BrokenRule::code).collect();
        Some(AskedSize { size: size.to_string(), broken_rules, broken_rule_codes })
    };
    match verdict {
        Verdict::Legal(asked) => of(asked.size, &[]),
        Verdict::Illegal(size, broken) => of(*size, broken),
        _ => None,
    }
}

/// A size with its cost.
#[derive(Debug, Clone, Copy)]
pub struct SizeRow<'a> {
    prices: &'a SizePrices,
    priced: &'a PricedSize,
    /// Why it is shown; none of the size asked about.
    why: &'a [Why],
    ratio_to_asked: Option<Decimal>,
}

/// The size asked about, where it is legal, and the candidates.
pub(super) fn rows<'a>(
    prices: &'a SizePrices,
    answer: &'a Answer,
) -> impl Iterator<Item = SizeRow<'a>> {
    let asked = super::asked(answer);
    let row = move |priced, why, over| {
        let ratio_to_asked = super::cost_ratio(priced, over);
        SizeRow { prices, priced, why, ratio_to_asked }
    };
    let first = asked.map(|asked| row(asked, &[], None));
    let rest = answer.candidates.iter().map(move |it| row(&it.priced, &it.why[..], asked));
    first.into_iter().chain(rest)
}

/// A row that rests on the prices of sizes.
trait OfSizePrices {
    fn prices(&self) -> &SizePrices;
}

/// The quality, and what the prices rest on.
fn of_prices<R: OfSizePrices>() -> Vec<Field<R>> {
    vec![
        terms::QUALITY.of(|it: &R| it.prices().quality.as_ref().map(QualityChoice::as_str).into()),
        terms::PRICE_BASIS.of(|it| it.prices().price_basis.as_str().into()),
    ]
}

impl OfSizePrices for &SizePrices {
    fn prices(&self) -> &SizePrices {
        self
    }
}

impl OfRoute for &SizePrices {
    fn route(&self) -> Option<&Route> {
        Some(&self.table.route)
    }
}

impl OfVersion for &SizePrices {
    fn version(&self) -> Option<&PriceVersion> {
        Some(self.table.version())
    }

    fn rests_on(&self) -> Option<RestsOn<'_>> {
        Some(SizePrices::rests_on(self))
    }
}

impl Recorded for &SizePrices {
    const NAME: &'static str = "size_prices";

    fn fields() -> Vec<Field<Self>> {
        let mut fields = of_route();
        fields.extend(of_prices());
        fields.extend([
            terms::SIZE_HONOURED.of(|it: &Self| it.table.route.size_honoured.as_str().into()),
            terms::QUALITY_HONOURED.of(|it| it.table.route.quality_honoured.as_str().into()),
        ]);
        fields.extend(of_version());
        fields
    }
}

impl OfSizePrices for SizeRow<'_> {
    fn prices(&self) -> &SizePrices {
        self.prices
    }
}

impl OfRoute for SizeRow<'_> {
    fn route(&self) -> Option<&Route> {
        Some(&self.prices.table.route)
    }
}

impl Recorded for SizeRow<'_> {
    const NAME: &'static str = "size";

    fn fields() -> Vec<Field<Self>> {
        let mut fields = of_route();
        fields.extend(of_prices());
        fields.extend(of_size());
        fields.extend([
            terms::COST.of(|it: &Self| Value::figure(&it.priced.cost)),
            terms::RATIO_TO_ASKED.of(|it| it.ratio_to_asked.into()),
            terms::CERTAINTY.of(|it| Value::certainty(&it.priced.cost)),
            terms::REASON.of(|it| Value::reasons(&it.priced.cost)),
            terms::REASON_CODES.of(|it| Value::reason_codes(&it.priced.cost)),
            terms::AS_OF.of(|it| it.prices.as_of.to_string().into()),
        ]);
        fields
    }
}

fn of_size<'a>() -> Vec<Field<SizeRow<'a>>> {
    vec![
        terms::SIZE.of(|it: &SizeRow| it.priced.size.to_string().into()),
        terms::WIDTH.of(|it| it.priced.size.width.into()),
        terms::HEIGHT.of(|it| it.priced.size.height.into()),
        terms::PIXELS.of(|it| it.priced.size.pixels().into()),
        terms::EXPERIMENTAL.of(|it| it.priced.experimental.into()),
        terms::WHY.of(|it| match it.why {
            [] => Value::List(vec!["asked".into()]),
            why => Value::List(why.iter().map(|why| why.as_str().to_owned()).collect()),
        }),
        Field::named(
            &terms::METERED,
            usage_key(Meter::ImageOutput),
            String::new(),
            |it: &SizeRow, _| Value::count(&it.priced.tokens),
        ),
    ]
}
