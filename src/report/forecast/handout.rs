//! What is handed on of a forecast: the amount to request, the answer, the charts, and what it rests on.

use super::{
    Found, View, assumed, beside, charts, findings_of, levers, not_made_sentence, totals,
    why_not_made, wide, words,
};
use crate::help::View as Open;
use crate::report::block::Block;
use crate::report::handout::{Answer, Part};
use crate::report::{number, sensitivity, sources};

/// How many sources are shown at once.
const MOST_SOURCES: usize = 8;

pub(super) fn parts(found: &Found, view: &View) -> Vec<Part> {
    let parts = [
        Part::of("", first(found)),
        Part::of("As asked", as_asked(found, view)),
        charts::by_month(found),
        charts::cumulative(found),
        charts::per_image(found),
        Part::of("Quarters", charts::quarters(found)),
        Part::of("Beside the images", beside::blocks(found)),
        moves(found),
        lowers(found),
        Part::of("What is not known", not_known(found)),
        Part::of("What is assumed", assumed(&found.forecast.assumptions)),
        Part::of("Sources of the prices", vec![rests_on(found)]),
    ];
    parts.into_iter().flatten().collect()
}

/// The amount to request; what it costs, and how that stands to its limits.
pub(super) fn answer(found: &Found) -> Answer {
    let ask = words::asked(found.amount).map(|asked| ("Amount to request".to_owned(), asked));
    let cost = words::cost_in_words(&found.amount.cost, found.forecast.made());
    let images = number::quantity_figure(&found.whole.accepted);
    let months = words::months(found.budget.months);
    let what = format!("Cost: {cost} for {images} accepted images over {months}.");
    let (limits, _) = words::limits(found);
    let limits = match limits.first() {
        Some(worst) => format!("Limit: {worst}."),
        None => "No limit is stated.".to_owned(),
    };
    let not_made = not_made_sentence(&found.forecast.not_made());
    (ask, not_made.into_iter().chain([what, limits]).collect())
}

/// The facts of the first lines but the cost, which the answer has.
fn first(found: &Found) -> Vec<Block> {
    let mut facts = words::answer(found);
    facts.retain(|(name, _)| name != "Cost");
    vec![Block::Facts(facts)]
}

/// The table of a view that was asked for.
fn as_asked(found: &Found, view: &View) -> Vec<Block> {
    match view {
        View::Rows(_) => Vec::new(),
        View::Wide => wide::blocks(found),
        View::Totals(by, all) => totals::blocks(found.budget, (by, all), found.whole),
    }
}

fn moves(found: &Found) -> Option<Part> {
    let all = found.sensitivities;
    let sheet = (!all.is_empty()).then(|| Block::Sheet(sensitivity::sheet(all)));
    Part::of("What moves the cost most", sheet.into_iter().collect())
}

fn lowers(found: &Found) -> Option<Part> {
    let (title, sheet) = levers(found);
    match sheet {
        None => Part::of("What would lower it", vec![Block::Text(title)]),
        Some(sheet) => Part::of(title.trim_end_matches(':'), vec![Block::Sheet(sheet)]),
    }
}

/// What has no price, stands in the way, or is a range, with what would settle it.
fn not_known(found: &Found) -> Vec<Block> {
    let not_made = found.forecast.not_made();
    let without = found.amount.without.iter().map(|it| it.to_string());
    let mut blocks: Vec<Block> = Block::open("Without a price:", without).into_iter().collect();
    blocks.extend(why_not_made(&not_made));
    blocks.extend(findings_of(found));
    blocks.extend(Block::open("Not exact, because:", words::open(found)));
    blocks
}

/// The sources of the prices, each once.
fn rests_on(found: &Found) -> Block {
    let prices = &found.forecast.prices;
    let stated =
        prices.iter().flat_map(|it| it.sources.iter().map(|source| (&*it.route, &**source)));
    sources::sheet(stated).first(MOST_SOURCES, ("more source", "more sources"), Open::All)
}
