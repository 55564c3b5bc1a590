//! The choice of a size as a report.

mod output;
mod words;

pub use output::{AskedSize, SizeBounds, SizeRow, SizesOutput};

use rust_decimal::Decimal;

use super::block::Block;
use super::document::Report;
use super::number;
use super::record::{Columns, Recorded};
use super::sheet::{Cell, Column, Sheet};
use crate::catalog::Catalog;
use crate::catalog::route::Honoured;
use crate::figure::{Certainty, Figure};
use crate::help::Sentence;
use crate::money::quotient;
use crate::note::{Assumption, Note};
use crate::reason::Reasons;
use crate::report::estimate::computed;
use crate::size_choice::prices::{PricedSize, SizePrices};
use crate::size_choice::{Answer, Candidate, Question, Verdict, Why, within_limit};

/// What every cost of the report is for.
const COST_OF: &str = "one image, without its prompt and reference images";

/// An answer about sizes as a report.
pub fn report<'a>(
    prices: &'a SizePrices,
    question: &'a Question,
    answer: &'a Answer,
    catalog: &'a Catalog,
) -> Report<'a> {
    // Tokens may be a range, whose ends have no other place here.
    let columns = Columns { fields: SizeRow::fields(), with_ends: true }
        .made_of((catalog, Some(prices.as_of)));
    Report::streamed(
        (catalog, Some(prices.as_of)),
        || blocks(prices, question, answer),
        move |out| columns.write_csv(output::rows(prices, answer), out),
        || output::output(prices, question, answer),
    )
    .with_amounts(matches!(answer.verdict, Verdict::Legal(_)) || !answer.candidates.is_empty())
}

fn blocks(prices: &SizePrices, question: &Question, answer: &Answer) -> Vec<Block> {
    let mut blocks = vec![Block::Title(words::title(prices, question, answer))];
    if let Verdict::Illegal(_, broken) = &answer.verdict {
        blocks.push(Block::List(
            "Broken rules:".into(),
            broken.iter().map(ToString::to_string).collect(),
        ));
    }
    blocks.push(Block::Facts(facts(prices, question, answer)));
    blocks.push(words::heading(prices, question, answer));
    if !answer.candidates.is_empty() {
        blocks.push(Block::Sheet(sheet(question, answer)));
    }
    blocks.extend(Block::open("Not exact, because:", open(answer).said()));
    blocks.extend(Block::open("Assumed:", prices.assumptions.iter().map(Assumption::said)));
    blocks.extend(Block::open("Notes:", notes(prices, answer)));
    blocks
}

fn facts(prices: &SizePrices, question: &Question, answer: &Answer) -> Vec<(String, String)> {
    let mut facts = Vec::new();
    if let Verdict::Legal(asked) = &answer.verdict {
        let experimental = if asked.experimental { ", experimental" } else { "" };
        let pixels = number::count(asked.size.pixels());
        facts.push(("Pixels", format!("{pixels}{experimental}")));
        facts.push(("Output tokens", number::count_figure(&asked.tokens)));
        facts.push(("Cost", cost(asked, question)));
    }
    facts.extend(words::found(answer));
    let (route, version) = (&prices.table.route, prices.table.version());
    let basis = computed(prices.price_basis);
    let day = format!("{}{basis}, version {}", prices.as_of, version.period.in_words());
    facts.push(("Route", route.id.to_string()));
    facts.push(("Price owner", format!("{} ({})", route.owner_name, route.id.kind.as_str())));
    facts.push(("Prices of", day));
    facts.push(("Source", prices.rests_on().in_words()));
    facts.push(("Token rule", prices.rules.output_tokens.evidence.in_words()));
    facts.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn cost(asked: &PricedSize, question: &Question) -> String {
    let cost = number::dollar_figure_alone(&asked.cost);
    match question.max_cost {
        Some(most) if !within_limit(asked, Some(most)) => {
            format!("{cost} (not within the limit of {})", words::limit(most))
        }
        _ => cost,
    }
}

fn sheet(question: &Question, answer: &Answer) -> Sheet {
    let asked = asked(answer);
    let ratio = |shown: &Candidate| cost_ratio(&shown.priced, asked);
    let any_ratio = answer.candidates.iter().any(|shown| ratio(shown).is_some());
    let mut columns = vec![
        Column::number("Size"),
        Column::number("Pixels"),
        Column::number("Tokens"),
        Column::number("Cost"),
    ];
    columns.extend(any_ratio.then(|| Column::number("× asked")));
    columns.push(Column::text("Remark"));
    let row = |shown: &Candidate| {
        let mut cells = vec![Cell::text(shown.priced.size.to_string())];
        cells.extend(figures(&shown.priced));
        let multiple = ratio(shown).map(|it| Cell::Ratio(Figure::Exact(it)));
        cells.extend(any_ratio.then(|| multiple.unwrap_or(Cell::Empty)));
        cells.push(Cell::text(remark(shown, question)));
        cells
    };
    Sheet { columns, rows: answer.candidates.iter().map(row).collect(), total: None }
}

fn asked(answer: &Answer) -> Option<&PricedSize> {
    match &answer.verdict {
        Verdict::Legal(asked) => Some(asked),
        _ => None,
    }
}

fn figures(priced: &PricedSize) -> [Cell; 3] {
    [
        Cell::Count(Figure::Exact(priced.size.pixels())),
        Cell::Count(Figure::clone(&priced.tokens)),
        Cell::Money(Figure::clone(&priced.cost)),
    ]
}

/// The cost as a multiple of that of the size asked for, where both are exact: two ranges are open for
/// the same reason, and a multiple of one by the other would be wider than what is known.
fn cost_ratio(priced: &PricedSize, asked: Option<&PricedSize>) -> Option<Decimal> {
    quotient(priced.cost.exact()?, asked?.cost.exact()?).ok()
}

fn remark(shown: &Candidate, question: &Question) -> String {
    let words = shown.why.iter().filter_map(|why| label(*why, &shown.priced, question));
    words.chain(shown.priced.experimental.then_some("experimental")).collect::<Vec<_>>().join(", ")
}

/// What is said of a size in its row; `None` where the heading says it.
fn label(why: Why, priced: &PricedSize, question: &Question) -> Option<&'static str> {
    let above = question.max_cost.is_some_and(|limit| priced.cost.low() > limit);
    match why {
        Why::Nearest | Why::Cheaper | Why::Within | Why::Common => None,
        Why::CheaperOtherShape => Some("other shape"),
        Why::MostPixels => Some("most pixels within the limit"),
        Why::Cheapest => Some("cheapest"),
        Why::Dearest => Some("dearest"),
        Why::NotWithinLimit if above => Some("above the limit"),
        Why::NotWithinLimit => Some("may be above the limit"),
        Why::TooFewPixels => Some("too few pixels"),
    }
}

fn shown_costs(answer: &Answer) -> impl Iterator<Item = &Figure<Decimal>> {
    let candidates = answer.candidates.iter().map(|shown| &shown.priced);
    asked(answer).into_iter().chain(candidates).map(|priced| &*priced.cost)
}

/// Why costs that are shown are not exact.
fn open(answer: &Answer) -> Reasons {
    shown_costs(answer).flat_map(|cost| cost.reasons()).collect()
}

/// The notes that do not stand with the figures already.
fn notes(prices: &SizePrices, answer: &Answer) -> Vec<Sentence> {
    let known = open(answer);
    let others = prices.notes.iter().filter(|note| !note.says(&known));
    let mut notes: Vec<Sentence> = others.map(Note::said).collect();
    notes.push(format!("the cost is that of {COST_OF}").into());
    let candidates = answer.candidates.iter().map(|shown| &shown.priced);
    let experimental = asked(answer).into_iter().chain(candidates).any(|size| size.experimental);
    if shown_costs(answer).any(|cost| cost.certainty() == Certainty::Range) {
        let text =
            "ranges are open for the same reason at every size, so they are ranked end by end";
        notes.push(text.into());
    }
    if experimental {
        let text = "experimental: above the size up to which the maker calls results reliable";
        notes.push(text.into());
    }
    let route = &prices.table.route;
    notes.extend(not_kept("size", route.size_honoured).map(Sentence::from));
    notes.extend(not_kept("quality", route.quality_honoured).map(Sentence::from));
    notes
}

/// A route that makes another image than the one asked for does not sell the same thing for less.
fn not_kept(what: &str, honoured: Honoured) -> Option<String> {
    match honoured {
        Honoured::Yes => None,
        Honoured::No => Some(format!("this route does not keep to the {what} asked for")),
        Honoured::NotStated => {
            Some(format!("whether this route keeps to the {what} asked for is not stated"))
        }
    }
}
