//! What is asked about sizes and what the sheet shows, in words.

use rust_decimal::Decimal;

use crate::figure::Figure;
use crate::help::{Help, Sentence};
use crate::report::block::Block;
use crate::report::number;
use crate::request::QualityChoice;
use crate::share::percent;
use crate::size_choice::prices::{PricedSize, SizePrices};
use crate::size_choice::{Answer, Candidate, Question, Verdict, Why};

/// What was asked, and whether the size is legal.
pub(super) fn title(prices: &SizePrices, question: &Question, answer: &Answer) -> String {
    let model = &prices.model.id;
    let at_quality = at_quality(prices, " ");
    match &answer.verdict {
        Verdict::Legal(asked) => {
            let label = prices.quality.as_ref().map_or("", QualityChoice::as_str);
            let asked = format!("{model} {} {label}", asked.size);
            format!("{}: a legal size", asked.trim_end())
        }
        Verdict::Illegal(size, _) => {
            let near = if answer.candidates.is_empty() { "" } else { "; what near ones cost" };
            format!("{model} {size}: not a legal size{near}")
        }
        Verdict::Within | Verdict::NoneWithin => {
            format!("Sizes of {model}{at_quality}: {}", bounds(question))
        }
        Verdict::Overview => format!("Sizes of {model}{at_quality}"),
    }
}

/// "at high quality" behind a joint; nothing for a model that takes no quality.
fn at_quality(prices: &SizePrices, joint: &str) -> String {
    let quality = prices.quality.as_ref();
    quality.map_or_else(String::new, |quality| format!("{joint}at {} quality", quality.as_str()))
}

fn bounds(question: &Question) -> String {
    let pixels =
        question.min_pixels.map(|least| format!("at least {} pixels", number::count(least)));
    let cost = question.max_cost.map(|most| format!("at most {}", limit(most)));
    pixels.into_iter().chain(cost).collect::<Vec<_>>().join(", ")
}

/// The answer where no size was asked about: the cheapest, the dearest, the one with the most pixels for the limit.
pub(super) fn found(answer: &Answer) -> Vec<(&'static str, String)> {
    let first = |why: Why| answer.candidates.iter().find(|shown| shown.why.contains(&why));
    let cheapest = match &answer.verdict {
        Verdict::Within => Why::Within,
        Verdict::Overview => Why::Cheapest,
        Verdict::Legal(_) | Verdict::Illegal(..) | Verdict::NoneWithin => return Vec::new(),
    };
    let named =
        [("Cheapest", cheapest), ("Most pixels", Why::MostPixels), ("Dearest", Why::Dearest)];
    let words = |shown: &Candidate| {
        let cost = number::dollar_figure_alone(&shown.priced.cost);
        format!("{cost}: {}", shown.priced.size)
    };
    named.into_iter().filter_map(|(name, why)| Some((name, words(first(why)?)))).collect()
}

/// A limit in US dollars.
pub(super) fn limit(most: Decimal) -> String {
    number::dollar_figure_alone(&Figure::Exact(most))
}

/// What the sheet shows, or why there is none.
pub(super) fn heading(prices: &SizePrices, question: &Question, answer: &Answer) -> Block {
    let legal = number::count(prices.sizes.len() as u64);
    Block::Text(match &answer.verdict {
        Verdict::Legal(asked) => return cheaper_heading(prices, question, answer, asked),
        Verdict::Illegal(..) => format!("The nearest legal sizes{}:", at_quality(prices, ", ")),
        Verdict::Overview if answer.candidates.len() == prices.sizes.len() => {
            "All legal sizes:".into()
        }
        Verdict::Overview if answer.candidates.iter().any(|c| c.why.contains(&Why::Cheapest)) => {
            format!("Common sizes, the cheapest and the dearest of {legal} legal ones:")
        }
        Verdict::Overview if prices.unranked().is_empty() => {
            format!("Common sizes, of {legal} legal ones that all cost the same:")
        }
        Verdict::Overview => format!("Common sizes, of {legal} legal ones:"),
        Verdict::Within => format!("The cheapest, {}:", of_found(answer, Why::Within)),
        Verdict::NoneWithin => {
            format!(
                "None of the {legal} legal sizes is shown to keep to these bounds; the nearest:"
            )
        }
    })
}

fn of_found(answer: &Answer, why: Why) -> String {
    let shown = answer.candidates.iter().filter(|shown| shown.why.contains(&why)).count() as u64;
    let found = number::count(answer.found as u64);
    if shown == answer.found as u64 {
        format!("{found} in total")
    } else {
        format!("{shown} of {found}")
    }
}

fn cheaper_heading(
    prices: &SizePrices,
    question: &Question,
    answer: &Answer,
    asked: &PricedSize,
) -> Block {
    if !prices.unranked().is_empty() {
        return Block::Text("Sizes cannot be ranked by cost, since the cost is not known.".into());
    }
    let pixels = match question.min_pixels {
        Some(least) => format!("with at least {} pixels", number::count(least)),
        None => "without losing pixels".into(),
    };
    let limit =
        question.max_cost.map_or_else(String::new, |most| format!(", at most {}", limit(most)));
    let terms = format!("costs less {pixels}{limit}");
    let shape = shape(question, asked);
    if answer.found > 0 {
        let found = of_found(answer, Why::Cheaper);
        return Block::Text(format!("What {terms}, {shape} ({found}, the cheapest first):"));
    }
    if answer.candidates.is_empty() {
        return Block::Text(format!("No legal size of any shape {terms}."));
    }
    let other = format!("No legal size {shape} {terms}, and the cheapest of any shape is shown");
    Block::Advice(Sentence::new(other, Help::WidenShapes))
}

fn shape(question: &Question, asked: &PricedSize) -> String {
    if question.aspect_tolerance.is_zero() {
        return format!("of the shape of {}", asked.size);
    }
    format!("within {} of the shape of {}", percent(question.aspect_tolerance), asked.size)
}
