//! What is to be said beside the figures: how the workbook is read, what holds values and why, what is open and assumed.

use std::collections::BTreeMap;

use super::plan::Plan;
use crate::budget::{Assumption, NotAProduct};
use crate::report::forecast::words;
use crate::report::workbook::{BookCell, BookSheet};

pub(super) fn sheet<'a>(plan: &Plan<'a>) -> BookSheet<'a> {
    let found = plan.found;
    let mut rows = vec![vec![BookCell::title("Notes")], Vec::new()];
    let mut say = |what: &str, text: String| {
        rows.push(vec![BookCell::text(what), BookCell::wrapped(text)]);
    };
    say("Figures", "US dollars before tax. A cell keeps about 15 digits; where the exact decimal has more, it stands beside as text, as it was forecast.".to_owned());
    say(
        "Blank",
        "Not known; the status or the reason stands in the same row. It is never nothing."
            .to_owned(),
    );
    for (why, rows) in held(plan) {
        let word = if rows == 1 { "row holds its values" } else { "rows hold their values" };
        say("Values", format!("{rows} {word}: {why} ({})", why.code()));
    }
    if found.amount.probability.is_some() {
        say("Values", "The amount to request is that of a share of simulated runs, which a workbook does not repeat.".to_owned());
    }
    if let Some((name, text)) = super::super::not_held(&found.budget.limits_not_held()) {
        say(&name, text);
    }
    for finding in words::findings(found) {
        say("In the way", finding.to_string());
    }
    for open in words::open(found) {
        say("Not exact, because", open.to_string());
    }
    for assumed in found.forecast.assumptions.iter().map(Assumption::said) {
        say("Assumed", assumed.to_string());
    }
    BookSheet::new("Notes", &[24, 120], rows)
}

/// How many rows hold their values, by why.
fn held(plan: &Plan) -> BTreeMap<NotAProduct, usize> {
    let mut all = BTreeMap::new();
    for why in plan.products.iter().filter_map(|product| product.as_ref().err()) {
        *all.entry(*why).or_insert(0) += 1;
    }
    all
}
