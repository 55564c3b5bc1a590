//! All of a comparison: a sheet for each section, every row with its owner, and all that is to be said of them.

use super::{View, list, said, sheet, show_list_price, with_axes};
use crate::comparison::{Comparison, Ranking, RouteEstimate, Section};
use crate::report::block::Block;

/// The sections, and what is said of all rows.
pub(super) fn blocks(comparison: &Comparison, view: &View) -> Vec<Block> {
    let all: Vec<&RouteEstimate> = comparison.rows.iter().collect();
    let mut blocks: Vec<Block> = Section::PRICED
        .into_iter()
        .flat_map(|section| section_blocks(comparison, section, view))
        .collect();
    blocks.extend(list(
        "Subscriptions, which are no price for API work:",
        said::offers(&comparison.offers),
    ));
    blocks.extend(list("Retired:", said::retired(comparison)));
    blocks.extend(said::left_out(comparison));
    let not_priced = all.iter().filter(|row| row.ranking(comparison.aged_on) == Ranking::NotPriced);
    blocks.extend(list("Not priced:", not_priced.map(|row| said::why_not_priced(row)).collect()));
    if view.explain {
        blocks.extend(said::explanations(&all));
    }
    blocks.extend(said::open(&all));
    blocks.extend(Block::open("Assumed:", said::assumptions(comparison)));
    blocks.extend(Block::open("Notes:", said::notes(&all, view)));
    blocks
}

fn section_blocks(comparison: &Comparison, section: Section, view: &View) -> Vec<Block> {
    let rows: Vec<&RouteEstimate> = of_section(comparison, section, view.top);
    if rows.is_empty() {
        return Vec::new();
    }
    let mut columns = with_axes(comparison, &view.columns);
    if section == Section::Yours {
        show_list_price(&mut columns);
    }
    let sheet = sheet(comparison, &rows, &columns, view);
    vec![Block::Text(section.heading().into()), Block::Sheet(sheet)]
}

/// The rows of a section, cut to the first so many of each piece of work.
fn of_section(
    comparison: &Comparison,
    section: Section,
    top: Option<usize>,
) -> Vec<&RouteEstimate> {
    let mut taken: Vec<(&crate::comparison::Work, usize)> = Vec::new();
    let rows = comparison.rows.iter().filter(|row| row.section == section);
    rows.filter(|row| {
        let position = taken.iter().position(|(work, _)| **work == row.work).unwrap_or_else(|| {
            taken.push((&row.work, 0));
            taken.len() - 1
        });
        taken[position].1 += 1;
        top.is_none_or(|top| taken[position].1 <= top)
    })
    .collect()
}
