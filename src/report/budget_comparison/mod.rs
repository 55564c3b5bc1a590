//! A budget beside its scenarios or routes: the table, the reasons and the rows of files.

mod json;
mod words;

use rust_decimal::Decimal;

use crate::budget::{BreakEven, Budget, Causes, Change, Comparison, Outcome, Variant};
use crate::catalog::Catalog;
use crate::comparison::Section;
use crate::figure::Figure;
use crate::report::forecast::{cost_cell, not_made_block};
use crate::report::number;
use crate::report::sheet::{Block, Cell, Column, Report, Sheet};

/// The report of a comparison.
pub fn report<'a>(
    comparison: &'a Comparison,
    budget: &'a Budget,
    catalog: &'a Catalog,
) -> Report<'a> {
    Report::new(
        || blocks(comparison, budget),
        || file_rows(comparison),
        || json::comparison(comparison, budget, catalog),
    )
}

fn blocks(comparison: &Comparison, budget: &Budget) -> Vec<Block> {
    let mut blocks = vec![Block::Title(words::title(budget, comparison))];
    let base = comparison.base.outcome.as_ref();
    blocks.extend(base.ok().and_then(|outcome| not_made_block(&outcome.not_made)));
    blocks.push(Block::Facts(words::base(comparison)));
    let of_routes = comparison.variants.iter().any(|variant| variant.section.is_some());
    match of_routes {
        true => blocks.extend(sections(comparison)),
        false => blocks.extend(sheet(&shown(comparison, None), &SCENARIO)),
    }
    let shown: Vec<&Variant> = comparison.variants.iter().collect();
    let lists = [
        ("No number for:", words::refused(comparison)),
        ("Not told apart:", words::not_told_apart(&shown)),
        ("In the way:", words::findings(&shown)),
        ("Break-even with the budget as it is:", words::break_even(&shown)),
        ("Subscriptions, which are no price for API work:", words::subscriptions(comparison)),
        ("Not exact, because:", words::open(&shown)),
        ("Assumed:", comparison.assumptions.iter().map(ToString::to_string).collect()),
    ];
    let filled = lists.into_iter().filter(|(_, items)| !items.is_empty());
    blocks.extend(filled.map(|(title, items)| Block::List(title.into(), items)));
    if shown.iter().any(|it| is_by_case(it)) {
        let text = "The two amounts of a change are those of the low and of the high case.";
        blocks.push(Block::Text(text.into()));
    }
    blocks.push(Block::Text(words::closing(comparison)));
    blocks
}

fn is_by_case(variant: &Variant) -> bool {
    let causes = variant.outcome.as_ref().ok().map(|it| &it.causes);
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
    let of_section = |it: &&Variant| it.section == section && it.outcome.is_ok();
    comparison.variants.iter().filter(of_section).collect()
}

/// A column for people or files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Name {
    Kind,
    Variant,
    Section,
    RouteId,
    OwnerId,
    Owner,
    OwnerKind,
    Cost,
    Accepted,
    Difference,
    Volume,
    Attempts,
    Tokens,
    Price,
    Cash,
    BreakEven,
    Reason,
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

const FILE: [Name; 17] = [
    Name::Kind,
    Name::Variant,
    Name::Section,
    Name::RouteId,
    Name::OwnerId,
    Name::Owner,
    Name::OwnerKind,
    Name::Cost,
    Name::Accepted,
    Name::Difference,
    Name::Volume,
    Name::Attempts,
    Name::Tokens,
    Name::Price,
    Name::Cash,
    Name::BreakEven,
    Name::Reason,
];

fn sheet(variants: &[&Variant], names: &[Name]) -> Option<Block> {
    let has_cash = variants.iter().any(|it| it.outcome.as_ref().is_ok_and(|it| it.cash.is_some()));
    let names: Vec<Name> =
        names.iter().copied().filter(|name| has_cash || *name != Name::Cash).collect();
    let sheet = Sheet {
        columns: names.iter().map(|name| name.column()).collect(),
        rows: variants
            .iter()
            .map(|variant| names.iter().map(|name| name.for_people(variant)).collect())
            .collect(),
        total: None,
    };
    (!variants.is_empty()).then_some(Block::Sheet(sheet))
}

fn file_rows(comparison: &Comparison) -> Sheet {
    let all = std::iter::once(&comparison.base).chain(&comparison.variants);
    Sheet {
        columns: FILE.iter().flat_map(|name| name.file_columns()).collect(),
        rows: all
            .map(|variant| FILE.iter().flat_map(|name| name.file_cells(variant)).collect())
            .collect(),
        total: None,
    }
}

/// The columns of a change in files after that of the exact one. A change is one of cases: the low case of one
/// cost against the low case of another, which need not be the smaller change.
const OF_CASES: [&str; 4] = ["_certainty", "_low_case", "_expected_case", "_high_case"];

impl Name {
    fn column(self) -> Column {
        match self {
            Name::Kind => Column::text("kind", "Kind"),
            Name::Variant => Column::ids("variant", "Variant"),
            Name::Section => Column::text("section", "Section"),
            Name::RouteId => Column::ids("route", "Route"),
            Name::OwnerId => Column::ids("owner_id", "Owner id"),
            Name::Owner => Column::text("owner", "Price owner"),
            Name::OwnerKind => Column::text("owner_kind", "Owner kind"),
            Name::Cost => Column::number("cost_usd", "Cost"),
            Name::Accepted => Column::number("accepted_images", "Accepted\nimages"),
            Name::Difference => Column::number("difference_usd", "Difference"),
            Name::Volume => Column::number("volume_usd", "by volume"),
            Name::Attempts => Column::number("attempts_usd", "by attempts"),
            Name::Tokens => Column::number("tokens_usd", "by tokens"),
            Name::Price => Column::number("price_usd", "by price and\nother costs"),
            Name::Cash => Column::number("cash_usd", "In cash"),
            Name::BreakEven => Column::number("break_even_images", "Break-even"),
            Name::Reason => Column::text("reason", "Reason"),
        }
    }

    fn file_columns(self) -> Vec<Column> {
        let column = self.column();
        if !self.is_change() {
            return vec![column];
        }
        let key = column.key.clone();
        let of_cases = OF_CASES.iter().map(|end| Column::text(format!("{key}{end}"), *end));
        std::iter::once(Column::text(key.clone(), key.clone())).chain(of_cases).collect()
    }

    fn file_cells(self, variant: &Variant) -> Vec<Cell> {
        if !self.is_change() {
            return vec![self.cell(variant)];
        }
        let Some(change) = variant.outcome.as_ref().ok().and_then(|it| self.change(&it.causes))
        else {
            return vec![Cell::Empty; 1 + OF_CASES.len()];
        };
        let number = |value: Option<Decimal>| value.map_or(Cell::Empty, Cell::Number);
        let [low, expected, high] = change.cases().map(number);
        let exact = match change {
            Change::Exact(change) => Cell::Number(*change),
            _ => Cell::Empty,
        };
        vec![exact, Cell::text(change.certainty().as_str()), low, expected, high]
    }

    fn is_change(self) -> bool {
        matches!(
            self,
            Name::Difference | Name::Volume | Name::Attempts | Name::Tokens | Name::Price
        )
    }

    fn cell(self, variant: &Variant) -> Cell {
        let route = variant.route.as_ref();
        let text = |text: Option<String>| text.map_or(Cell::Empty, Cell::Text);
        match self {
            Name::Kind => Cell::text(kind(variant)),
            Name::Variant => Cell::text(variant.name.clone()),
            Name::Section => text(variant.section.map(|section| section.as_str().to_owned())),
            Name::RouteId => text(route.map(|route| route.id.to_string())),
            Name::OwnerId => text(route.map(|route| route.id.owner.clone())),
            Name::Owner => text(route.map(|route| route.owner_name.clone())),
            Name::OwnerKind => text(route.map(|route| route.id.kind.as_str().to_owned())),
            Name::Reason => text(reason(variant)),
            _ => variant.outcome.as_ref().map_or(Cell::Empty, |outcome| self.number(outcome)),
        }
    }

    /// The cell of a table: a change with its sign, and the end of an id beside its owner.
    fn for_people(self, variant: &Variant) -> Cell {
        let causes = variant.outcome.as_ref().ok().map(|outcome| &outcome.causes);
        match (causes.and_then(|causes| self.change(causes)), &variant.route) {
            // One case above the other keeps five columns of changes readable.
            (Some(change), _) => Cell::text(change_in_words(change).replace(" to ", "\nto ")),
            (None, Some(route)) if self == Name::Variant => Cell::text(route.id.name.clone()),
            _ => self.cell(variant),
        }
    }

    fn change(self, causes: &Causes) -> Option<&Change> {
        match self {
            Name::Difference => Some(&causes.difference),
            Name::Volume => Some(&causes.volume),
            Name::Attempts => Some(&causes.attempts),
            Name::Tokens => Some(&causes.tokens),
            Name::Price => Some(&causes.price),
            _ => None,
        }
    }

    fn number(self, outcome: &Outcome) -> Cell {
        match self {
            Name::Cost => cost_cell(&outcome.total, outcome.made),
            Name::Accepted => Cell::Quantity(outcome.accepted.clone()),
            Name::Cash => outcome.cash.clone().map_or(Cell::Empty, Cell::Money),
            Name::BreakEven => match outcome.break_even {
                Some(BreakEven::From(images)) => Cell::Count(Figure::Exact(images)),
                _ => Cell::Empty,
            },
            _ => Cell::Empty,
        }
    }
}

/// What a row of a file is.
fn kind(variant: &Variant) -> &'static str {
    match (&variant.route, variant.section) {
        (Some(_), _) | (_, Some(_)) => "route",
        _ if variant.is_base => "base",
        _ => "scenario",
    }
}

/// Why there is no number, why it is not exact, and why causes are not told apart.
fn reason(variant: &Variant) -> Option<String> {
    let reasons: Vec<String> = match &variant.outcome {
        Err(why) => vec![why.clone()],
        Ok(outcome) => {
            let notes = outcome.causes.notes.iter().cloned();
            outcome.total.reasons().sentences().into_iter().chain(notes).collect()
        }
    };
    (!reasons.is_empty()).then(|| reasons.join("; "))
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
