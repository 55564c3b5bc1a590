//! What is handed on of an estimate: what an accepted image costs, and what it consists of.

use super::{attempts_in_words, label, lines, owner, whole};
use crate::estimate::Estimate;
use crate::report::block::Block;
use crate::report::chart::{Chart, Kind};
use crate::report::handout::{Answer, Part};
use crate::report::{number, sources};

pub(super) fn answer(estimate: &Estimate) -> Answer {
    if estimate.request_cost.images == 0 {
        return (None, Vec::new());
    }
    let cost = number::dollar_figure_alone(&estimate.attempts.per_accepted_image);
    let by = format!("By {}, at the prices of {}.", owner(&estimate.table.route), estimate.as_of);
    let attempts = format!("{}.", attempts_in_words(estimate));
    (Some(("An accepted image".to_owned(), cost)), vec![by, attempts])
}

pub(super) fn parts(estimate: &Estimate, explain: bool) -> Vec<Part> {
    let rest = whole(estimate, explain).split_off(1);
    let statements = estimate.rests_on();
    let stated = statements.statements().iter().map(|it| (&*estimate.table.route, &***it));
    let sources = sources::sheet(stated);
    let rests_on = Part::of("Sources of the prices", vec![Block::Sheet(sources)]);
    [Some(chart(estimate)), Part::of("", rest), rests_on].into_iter().flatten().collect()
}

fn chart(estimate: &Estimate) -> Part {
    let bars = estimate.charges.iter().map(|it| (label(it), Some(it.amount.clone())));
    let chart = Chart::of(Kind::Bars, "What the request costs, by what is counted", bars);
    Part::charted("", chart, vec![Block::Sheet(lines(estimate))])
}
