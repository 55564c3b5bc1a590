//! A budget beside its scenarios or routes: the tables and the reasons.

mod output;
mod words;

use chrono::NaiveDate;

pub use output::{BudgetComparisonOutput, ComparedBudget, ComparedParts};

use crate::budget::Assumption;
use crate::budget::{Budget, Change, Comparison, Variant, VariantCost};
use crate::catalog::Catalog;
use crate::comparison::Section;
use crate::help::Sentence;
use crate::report::dictionary::terms;
use crate::report::document::Report;
use crate::report::forecast::{cost_cell, not_made_block};
use crate::report::number;
use crate::report::record::{Columns, Recorded};
use crate::report::sheet::{Block, Cell, Column, Sheet};

/// The report of a comparison.
pub fn report<'a>(
    comparison: &'a Comparison,
    budget: &'a Budget,
    (catalog, today): (&'a Catalog, NaiveDate),
) -> Report<'a> {
    let columns = Columns { fields: <&Variant>::fields(), with_ends: false };
    Report::streamed(
        (catalog, Some(today)),
        || blocks(comparison, budget),
        move |out| columns.write_csv(output::rows(comparison), out),
        || output::output(comparison, budget),
    )
}

fn blocks(comparison: &Comparison, budget: &Budget) -> Vec<Block> {
    let mut blocks = vec![Block::Title(words::title(budget, comparison))];
    let base = comparison.base.cost.as_ref();
    blocks.extend(base.ok().and_then(|found| not_made_block(&found.not_made)));
    blocks.push(Block::Facts(words::base(comparison)));
    let of_routes = comparison.variants.iter().any(|variant| variant.section.is_some());
    match of_routes {
        true => blocks.extend(sections(comparison)),
        false => blocks.extend(sheet(&shown(comparison, None), &SCENARIO)),
    }
    let shown: Vec<&Variant> = comparison.variants.iter().collect();
    let said = |all: Vec<String>| all.into_iter().map(Sentence::from).collect();
    let lists = [
        ("No number for:", said(words::refused(comparison))),
        ("Not told apart:", words::not_told_apart(&shown)),
        ("In the way:", words::findings(&shown)),
        ("Break-even with the budget as it is:", words::break_even(&shown)),
        ("Subscriptions, which are no price for API work:", said(words::subscriptions(comparison))),
        ("Not exact, because:", words::open(&shown)),
        ("Assumed:", comparison.assumptions.iter().map(Assumption::said).collect()),
    ];
    blocks.extend(lists.into_iter().filter_map(|(title, all)| Block::open(title, all)));
    if shown.iter().any(|it| is_by_case(it)) {
        let text = "The two amounts of a change are those of the low and of the high case.";
        blocks.push(Block::Text(text.into()));
    }
    blocks.push(Block::Text(words::closing(comparison)));
    blocks
}

fn is_by_case(variant: &Variant) -> bool {
    let causes = variant.cost.as_ref().ok().map(|it| &it.causes);
    causes.is_some_and(|causes| matches!(causes.difference, Change::ByCase { .. }))
}

/// A table for each section of routes that has any.
fn sections(comparison: &Comparison) -> Vec<Block> {
    const SHOWN: [Section; 6] = [
        Section::Official,
        Section::Yours,
        Section::Provider,
        Section::Wrapper,
        Section::NotTheSameProduct,
        Section::Quoted,
    ];
    let mut blocks = Vec::new();
    for section in SHOWN {
        let rows = shown(comparison, Some(section));
        if rows.is_empty() {
            continue;
        }
        blocks.push(Block::Text(section.heading().into()));
        blocks.extend(sheet(&rows, &ROUTE));
    }
    blocks
}

fn shown(comparison: &Comparison, section: Option<Section>) -> Vec<&Variant> {
    let of_section = |it: &&Variant| it.section == section && it.cost.is_ok();
    comparison.variants.iter().filter(of_section).collect()
}

/// A column of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Name {
    Variant,
    Owner,
    Cost,
    Accepted,
    Difference,
    Volume,
    Attempts,
    Tokens,
    Price,
    Cash,
}

const SCENARIO: [Name; 8] = [
    Name::Variant,
    Name::Cost,
    Name::Difference,
    Name::Volume,
    Name::Attempts,
    Name::Tokens,
    Name::Price,
    Name::Accepted,
];

/// On another route, the mix, the retries and so volume and attempts stay.
const ROUTE: [Name; 7] = [
    Name::Owner,
    Name::Variant,
    Name::Cost,
    Name::Difference,
    Name::Tokens,
    Name::Price,
    Name::Cash,
];

fn sheet(variants: &[&Variant], names: &[Name]) -> Option<Block> {
    let has_cash = variants.iter().any(|it| it.cost.as_ref().is_ok_and(|it| it.cash.is_some()));
    let names: Vec<Name> =
        names.iter().copied().filter(|name| has_cash || *name != Name::Cash).collect();
    let sheet = Sheet {
        columns: names.iter().map(|name| name.column()).collect(),
        rows: variants
            .iter()
            .map(|variant| names.iter().map(|name| name.cell(variant)).collect())
            .collect(),
        total: None,
    };
    (!variants.is_empty()).then_some(Block::Sheet(sheet))
}

impl Name {
    fn column(self) -> Column {
        match self {
            Name::Variant => Column { whole: true, ..Column::of(&terms::VARIANT) },
            Name::Owner => Column::of(&terms::OWNER_NAME),
            Name::Cost => Column::of(&terms::COST),
            Name::Accepted => Column::of(&terms::ACCEPTED).titled("Accepted\nimages"),
            Name::Difference => Column::of(&terms::DIFFERENCE),
            Name::Volume => Column::of(&terms::BY_VOLUME),
            Name::Attempts => Column::of(&terms::BY_ATTEMPTS),
            Name::Tokens => Column::of(&terms::BY_TOKENS),
            Name::Price => Column::of(&terms::BY_PRICE).titled("by price and\nother costs"),
            Name::Cash => Column::of(&terms::CASH),
        }
    }

    fn cell(self, variant: &Variant) -> Cell {
        match (self, &variant.route, &variant.cost) {
            // The end of an id is enough beside its owner.
            (Name::Variant, Some(route), _) => Cell::text(route.id.name.clone()),
            (Name::Variant, None, _) => Cell::text(variant.name.clone()),
            (Name::Owner, Some(route), _) => Cell::text(route.owner_name.clone()),
            (_, _, Ok(found)) => self.of_cost(found),
            _ => Cell::Empty,
        }
    }

    fn of_cost(self, found: &VariantCost) -> Cell {
        let causes = &found.causes;
        match self {
            Name::Cost => cost_cell(&found.total, found.made),
            Name::Accepted => Cell::Quantity(found.accepted.clone()),
            Name::Cash => found.cash.clone().map_or(Cell::Empty, Cell::Money),
            Name::Difference => change(&causes.difference),
            Name::Volume => change(&causes.volume),
            Name::Attempts => change(&causes.attempts),
            Name::Tokens => change(&causes.tokens),
            Name::Price => change(&causes.price),
            Name::Variant | Name::Owner => Cell::Empty,
        }
    }
}

/// A change with its sign. One case above the other keeps five columns of changes readable.
fn change(change: &Change) -> Cell {
    Cell::text(change_in_words(change).replace(" to ", "\nto "))
}

/// A change for people: `+$12.00`, or that of the low and then of the high case, whichever is larger.
pub(in crate::report) fn change_in_words(change: &Change) -> String {
    match change.cases() {
        _ if change.is_none() => "no change".into(),
        [Some(low), _, Some(high)] if low == high => number::dollar_difference(low),
        [Some(low), _, Some(high)] => {
            format!("{} to {}", number::dollar_difference(low), number::dollar_difference(high))
        }
        _ => "unknown".into(),
    }
}
