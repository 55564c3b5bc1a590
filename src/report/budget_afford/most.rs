//! What fits whether it is wanted or not, in tables and words.

use rust_decimal::Decimal;

use super::named_once;
use super::words::{self, costs, dollars, nothing};
use crate::budget::afford::{Alternative, Answer, Fits, Most, Plan, Qualities, Question};
use crate::figure::Figure;
use crate::help::{Sentence, View};
use crate::long::name_in_cell;
use crate::reason::Budgeting;
use crate::report::block::Block;
use crate::report::number;
use crate::report::sheet::{Cell, Column, Sheet};

/// How many choices, qualities and workloads are shown at once.
const MOST_CHOICES: usize = 6;
const FEW_CHOICES: usize = 2;

/// What was found beyond what is wanted.
pub(super) fn blocks(question: &Question, answer: &Answer, most: &Most) -> Vec<Block> {
    let choices = ("more choice", "more choices");
    // What does not fit is no choice; the nearest is named.
    let fits = most.alternatives.iter().any(|it| it.fits.has_images());
    let shown = if fits { MOST_CHOICES } else { FEW_CHOICES };
    let mut blocks = Vec::new();
    if answer.fewer.is_none() || question.workload.is_some() {
        let all = words::by_one_factor(question, answer, &most.all);
        blocks.push(Block::Facts(vec![("All by one factor".into(), all)]));
    }
    blocks.extend([
        Block::Text("Images that fit, each workload by itself, the others as they are:".into()),
        images(question, most).first(shown, choices, View::All),
    ]);
    blocks.extend(nearest(question, most).map(Block::Text));
    if !most.qualities.is_empty() {
        let words = ("more quality", "more qualities");
        blocks.push(Block::Text("Quality at the volume as wanted, the others as they are:".into()));
        blocks.push(qualities(question, most).first(MOST_CHOICES, words, View::All));
        let best = most.qualities.iter().map(|found| best(question, found));
        let best = best.map(Sentence::from).collect();
        let (title, words) = ("Best quality, each workload by itself:", ("workload", "workloads"));
        blocks.extend(Block::first_open(title, best, FEW_CHOICES, words, View::All));
    }
    blocks
}

fn images(question: &Question, most: &Most) -> Sheet {
    let fewer = most.alternatives.iter().any(|alternative| given_up(&alternative.fits).is_some());
    let mut columns = vec![
        Column::text("Workload"),
        Column::text("Image"),
        Column::text("Route"),
        Column::number("Images"),
        Column::number("A month").ranked(2),
    ];
    columns.extend(fewer.then(|| Column::number("Accepted")));
    columns.extend([Column::number("Cost"), Column::number("With\none more").ranked(1)]);
    let row = |alternative: &Alternative| {
        let mut cells = chosen(alternative).to_vec();
        cells.extend(fitting(&alternative.fits));
        if fewer {
            let accepted = given_up(&alternative.fits);
            cells.push(accepted.map_or(Cell::Empty, Cell::text));
        }
        cells.extend(costs(&alternative.fits, question));
        cells
    };
    // What is not offered and nobody wrote is said below, each route once.
    let shown = |it: &&Alternative| it.as_written || !matches!(it.fits, Fits::NotOffered(_));
    let rows = most.alternatives.iter().filter(shown).map(row).collect();
    Sheet { columns, rows: named_once(rows), total: None }
}

fn chosen(alternative: &Alternative) -> [Cell; 3] {
    let labels: Vec<&str> = [&alternative.quality, &alternative.size]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    let of = |text: &str| match text {
        "" => Cell::Missing("default"),
        text => Cell::text(text),
    };
    let route = alternative.route.as_deref().unwrap_or_default();
    [Cell::text(name_in_cell(&alternative.workload)), of(&labels.join(" ")), of(route)]
}

fn fitting(fits: &Fits) -> [Cell; 2] {
    match fits {
        Fits::Most { images, with, .. } => {
            [Cell::Count(Figure::Exact(*images)), Cell::text(by_month(with))]
        }
        Fits::Any(_) => [Cell::Missing("no bound"), Cell::Empty],
        Fits::Nothing { .. } => [Cell::Missing("none"), Cell::Empty],
        Fits::NotOffered(_) => [Cell::Missing("not offered"), Cell::Empty],
        Fits::Unknown(_) | Fits::Within(_) | Fits::Over(_) => {
            [Cell::Missing("unknown"), Cell::Empty]
        }
    }
}

fn qualities(question: &Question, most: &Most) -> Sheet {
    let columns = vec![
        Column::text("Workload"),
        Column::text("Quality"),
        Column::number("Cost"),
        Column::text("Limit"),
    ];
    let rows = most.qualities.iter().flat_map(|found| {
        found.labels.iter().map(|(label, fits)| {
            let [cost, _] = costs(fits, question);
            let standing = Cell::text(words::standing(fits, question));
            vec![Cell::text(name_in_cell(&found.workload)), Cell::text(label), cost, standing]
        })
    });
    Sheet { columns, rows: named_once(rows.collect()), total: None }
}

/// What comes nearest where nothing fits.
fn nearest(question: &Question, most: &Most) -> Option<String> {
    let first = |alternative: &Alternative| match &alternative.fits {
        Fits::Nothing { none, one } => Some(none.cost.max(one.cost)),
        _ => None,
    };
    if most.alternatives.iter().any(|alternative| alternative.fits.has_images()) {
        return None;
    }
    let known = most.alternatives.iter().filter(|it| first(it).is_some());
    let nearest = known.min_by_key(|it| (it.doubt.is_some(), first(it)))?;
    let Fits::Nothing { none, one } = &nearest.fits else { return None };
    let unknown = most.alternatives.iter().any(|it| matches!(it.fits, Fits::Unknown(_)));
    let nothing_fits = match (most.all.has_images(), unknown) {
        (true, _) => "With the others as they are, nothing fits",
        (false, true) => "Nothing is shown to fit",
        (false, false) => "Nothing fits",
    };
    Some(format!(
        "{nothing_fits}. The nearest is {}: {}.",
        in_words(nearest),
        nothing(none, one, question)
    ))
}

/// The best quality of a workload at the volume as wanted, or the nearest.
fn best(question: &Question, found: &Qualities) -> String {
    let name = &found.workload;
    if let Some(best) = found.best() {
        return format!("{name}: {best}");
    }
    let over = found.labels.iter().filter_map(|(label, fits)| match fits {
        Fits::Over(plan) => Some((plan.cost, label)),
        _ => None,
    });
    // Of equally dear labels the best one.
    match over.rev().min_by_key(|(cost, _)| *cost) {
        Some((cost, label)) => {
            let above = dollars(cost - question.limit);
            format!("{name}: none fits; the nearest is {label}, over by {above}")
        }
        None if found.labels.iter().all(|(_, fits)| matches!(fits, Fits::NotOffered(_))) => {
            format!("{name}: no quality is offered")
        }
        None => format!("{name}: not known"),
    }
}

/// The images that are accepted in the end, where they are fewer than those wanted.
fn given_up(fits: &Fits) -> Option<String> {
    let Fits::Most { images, with, .. } = fits else { return None };
    let wanted = Decimal::from(*images);
    let fewer = with.accepted.low() < wanted;
    let accepted = with.accepted.exact()?;
    fewer.then(|| number::rounded(accepted, 1))
}

/// The fewest and the most images of a month.
fn by_month(plan: &Plan) -> String {
    let least = plan.images.values().min().copied().unwrap_or(0);
    let most = plan.images.values().max().copied().unwrap_or(0);
    let figure = match least == most {
        true => Figure::Exact(least),
        false => Figure::range(least, None, most, Budgeting::VolumeRange),
    };
    number::count_figure(&figure)
}

fn in_words(alternative: &Alternative) -> String {
    let labels = [&alternative.quality, &alternative.size].into_iter().flatten().cloned();
    let route = alternative.route.iter().map(|route| format!("on {route}"));
    let parts: Vec<String> =
        [alternative.workload.clone()].into_iter().chain(labels).chain(route).collect();
    parts.join(" ")
}
