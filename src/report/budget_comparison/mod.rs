//! A budget beside its scenarios, routes or price owners: the tables and the reasons.

mod at_owners;
#[cfg(feature = "cli")]
mod book;
mod handout;
mod output;
mod owner_words;
mod words;

use chrono::NaiveDate;

pub use output::{BudgetComparisonOutput, ComparedBudget, ComparedParts, ComparedRow};

use crate::budget::{Budget, Change, Comparison, Variant, VariantCost};
use crate::catalog::Catalog;
use crate::comparison::Section;
use crate::help::{Sentence, View};
use crate::report::block::Block;
use crate::report::block::Counted;
use crate::report::dictionary::terms;
use crate::report::document::Report;
use crate::report::forecast::{assumed, cost_cell, not_held, not_made_line, why_not_made};
use crate::report::number;
use crate::report::record::{Columns, Recorded};
use crate::report::sheet::{Cell, Column, Sheet};

/// The report of a comparison.
pub fn report<'a>(
    comparison: &'a Comparison,
    budget: &'a Budget,
    (catalog, today): (&'a Catalog, NaiveDate),
) -> Report<'a> {
    let columns =
        Columns { fields: ComparedRow::fields(), with_ends: false }.made_of((catalog, Some(today)));
    let report = Report::streamed(
        (catalog, Some(today)),
        move || blocks(comparison, budget, today),
        move |out| columns.write_csv(output::rows(comparison), out),
        || output::output(comparison, budget),
    )
    .handed_on(|| handout::answer(comparison), move || handout::parts(comparison, budget, today));
    #[cfg(feature = "cli")]
    let report = report.reckoned(|| book::reckoned(comparison, budget));
    report
}

fn blocks(comparison: &Comparison, budget: &Budget, today: NaiveDate) -> Vec<Block> {
    let mut blocks = vec![Block::Title(words::title(budget, comparison, today))];
    let base = comparison.base.cost.as_ref();
    let not_made = base.ok().map_or(&[][..], |found| &found.not_made);
    blocks.extend(not_made_line(not_made));
    let mut answer = words::answer(comparison);
    answer.extend(not_held(&budget.limits_not_held()));
    blocks.push(Block::Facts(answer));
    let of_routes = comparison.variants.iter().any(|variant| variant.section.is_some());
    let of_owners = comparison.variants.iter().any(|variant| variant.at_owner.is_some());
    let scenarios = ("more scenario", "more scenarios");
    match (of_owners, of_routes) {
        (true, _) => {
            blocks.extend(at_owners::blocks(comparison));
            blocks.extend(at_owners::without_number(comparison));
        }
        (_, true) => blocks.extend(sections(comparison)),
        _ => blocks.extend(
            sheet(&shown(comparison, None), &SCENARIO)
                .map(|it| it.first(MOST_SCENARIOS, scenarios, View::All)),
        ),
    }
    let shown: Vec<&Variant> = comparison.variants.iter().collect();
    if shown.iter().any(|it| is_by_case(it)) {
        let text = "A difference of two amounts lies between them.";
        blocks.push(Block::Text(text.into()));
    }
    blocks.extend(why_not_made(not_made));
    let said = |all: Vec<String>| all.into_iter().map(Sentence::from).collect();
    let all = |title, all, most, words| Block::first_open(title, all, most, words, View::All);
    let (refused, words) = match (of_owners, of_routes) {
        (true, _) => (0, ("price owner without a number", "price owners without a number")),
        (_, true) => (0, ("route without a number", "routes without a number")),
        _ => (MOST_SENTENCES, ("scenario without a number", "scenarios without a number")),
    };
    blocks.extend(all("No number for:", said(words::refused(comparison)), refused, words));
    if !of_routes {
        let words = ("part that costs more", "parts that cost more");
        blocks.extend(all(
            "Costs more than as it is:",
            words::raised(&shown),
            // At owners each part has its change in the table.
            if of_owners { 0 } else { MOST_SENTENCES },
            words,
        ));
        let (title, words) = match of_owners {
            true => (
                "Limits at each price owner:",
                ("limit at a price owner", "limits at price owners"),
            ),
            false => ("Limits of each scenario:", ("limit of a scenario", "limits of scenarios")),
        };
        blocks.extend(Block::notes(title, words, words::limits(&shown)));
    }
    blocks.extend(all(
        "What stands in the way:",
        words::findings(&shown),
        MOST_SENTENCES,
        ("finding", "findings"),
    ));
    let title = "From which volume on fees pay, against the budget as it is:";
    blocks.extend(all(
        title,
        words::break_even(&shown),
        MOST_SENTENCES,
        ("volume from which fees pay", "volumes from which fees pay"),
    ));
    let title = "Subscriptions, which are no price for API work:";
    blocks.extend(all(
        title,
        said(words::subscriptions(comparison)),
        0,
        ("subscription", "subscriptions"),
    ));
    let notes = [
        (
            "Not separated by cause:",
            ("cause not separated", "causes not separated"),
            words::not_told_apart(&shown),
        ),
        ("Not exact, because:", ("reason", "reasons"), words::open(&shown)),
    ];
    blocks.extend(
        notes.into_iter().filter_map(|(title, words, all)| Block::open_notes(title, words, all)),
    );
    blocks.extend(assumed(&comparison.assumptions));
    blocks
}

/// How many scenarios, and how many sentences of a kind, are shown at once.
const MOST_SCENARIOS: usize = 10;
const MOST_SENTENCES: usize = 2;

fn is_by_case(variant: &Variant) -> bool {
    let causes = variant.cost.as_ref().ok().map(|it| &it.causes);
    causes.is_some_and(|causes| matches!(causes.difference, Change::ByCase { .. }))
}

/// How many comparable routes beside the maker's own are shown at once.
const MOST_ROUTES: usize = 8;

/// A table for each section of routes that has any: the maker's own and those that cost least at once, the others on
/// request.
fn sections(comparison: &Comparison) -> Vec<Block> {
    let mut room = MOST_ROUTES;
    let mut blocks = Vec::new();
    for section in Section::PRICED {
        let rows = shown(comparison, Some(section));
        let Some(sheet) = sheet(&rows, &ROUTE) else { continue };
        let heading = Block::Text(section.heading().into());
        if section.is_comparable() {
            let most = if section == Section::Official { rows.len() } else { room };
            room -= if section == Section::Official { 0 } else { rows.len().min(room) };
            if most > 0 {
                blocks
                    .extend([heading, sheet.first(most, ("more route", "more routes"), View::All)]);
                continue;
            }
        }
        let what = Counted::new(rows.len(), section_in_words(section));
        blocks.push(Block::folded(what, View::All, vec![heading, Block::Sheet(sheet)]));
    }
    blocks
}

/// What the routes of a section are, where they are counted alone.
fn section_in_words(section: Section) -> (&'static str, &'static str) {
    match section {
        Section::NotTheSameProduct => ("route of another product", "routes of another product"),
        Section::Quoted => ("route on weak evidence", "routes on weak evidence"),
        _ => ("more route", "more routes"),
    }
}

/// The variants that have a cost; routes with the lowest first.
fn shown(comparison: &Comparison, section: Option<Section>) -> Vec<&Variant> {
    let of_section = |it: &&Variant| it.section == section && it.cost.is_ok();
    let mut all: Vec<&Variant> = comparison.variants.iter().filter(of_section).collect();
    if section.is_some() {
        let most = |it: &&Variant| {
            it.cost.as_ref().ok().map(|it| (it.total.high().is_none(), it.total.high()))
        };
        all.sort_by_key(most);
    }
    all
}

/// A column of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Name {
    Variant,
    Owner,
    Cost,
    Accepted,
    Difference,
    Limits,
    Volume,
    Attempts,
    Tokens,
    Price,
    Cash,
}

const SCENARIO: [Name; 9] = [
    Name::Variant,
    Name::Cost,
    Name::Difference,
    Name::Limits,
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

fn sheet(variants: &[&Variant], names: &[Name]) -> Option<Sheet> {
    let has_cash = variants.iter().any(|it| it.cost.as_ref().is_ok_and(|it| it.cash.is_some()));
    let has_limits =
        variants.iter().any(|it| it.cost.as_ref().is_ok_and(|it| !it.limits.is_empty()));
    let is_there = |name: &Name| match name {
        Name::Cash => has_cash,
        Name::Limits => has_limits,
        _ => true,
    };
    let names: Vec<Name> = names.iter().copied().filter(is_there).collect();
    let sheet = Sheet {
        columns: names.iter().map(|name| name.column(variants)).collect(),
        rows: variants
            .iter()
            .map(|variant| names.iter().map(|name| name.cell(variant)).collect())
            .collect(),
        total: None,
    };
    (!variants.is_empty()).then_some(sheet)
}

impl Name {
    fn column(self, variants: &[&Variant]) -> Column {
        let of_routes = variants.iter().any(|it| it.route.is_some());
        let rank = match (of_routes, self.is_the_same(variants)) {
            (_, true) => 3,
            // Beside an owner there is less room.
            (true, _) => 2,
            (false, _) => 1,
        };
        match self {
            Name::Variant if of_routes => Column::of(&terms::ROUTE),
            Name::Variant => Column::of(&terms::VARIANT).titled("Scenario"),
            Name::Owner => Column::of(&terms::OWNER_NAME),
            Name::Cost => Column::of(&terms::COST),
            Name::Accepted => Column::of(&terms::ACCEPTED).titled("Accepted\nimages").ranked(4),
            Name::Difference => Column::of(&terms::DIFFERENCE).titled("Change from\nas it is"),
            Name::Limits => Column::text("Limits"),
            Name::Volume => Column::of(&terms::BY_VOLUME).ranked(rank),
            Name::Attempts => Column::of(&terms::BY_ATTEMPTS).ranked(rank),
            Name::Tokens => Column::of(&terms::BY_TOKENS).ranked(rank),
            Name::Price => {
                Column::of(&terms::BY_PRICE).titled("by price and\nother costs").ranked(rank)
            }
            Name::Cash => Column::of(&terms::CASH).ranked(1),
        }
    }

    /// Whether it is a cause that changes nothing in any of these.
    fn is_the_same(self, variants: &[&Variant]) -> bool {
        let part = |it: &&Variant| {
            let causes = it.cost.as_ref().ok().map(|it| &it.causes)?;
            match self {
                Name::Volume => Some(causes.volume.is_none()),
                Name::Attempts => Some(causes.attempts.is_none()),
                Name::Tokens => Some(causes.tokens.is_none()),
                Name::Price => Some(causes.price.is_none()),
                _ => Some(false),
            }
        };
        variants.iter().filter_map(part).all(|is_none| is_none)
    }

    fn cell(self, variant: &Variant) -> Cell {
        match (self, &variant.route, &variant.cost) {
            // The end of an id is enough beside its owner.
            (Name::Variant, Some(route), _) => Cell::text(route.id.name.clone()),
            (Name::Variant, None, _) => Cell::text(variant.name.clone()),
            (Name::Owner, Some(route), _) => Cell::text(route.owner_name.clone()),
            (Name::Difference, None, Ok(found)) => difference(found),
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
            Name::Limits => Cell::text(words::worst_limit(&found.limits)),
            Name::Volume => change(&causes.volume),
            Name::Attempts => change(&causes.attempts),
            Name::Tokens => change(&causes.tokens),
            Name::Price => change(&causes.price),
            Name::Variant | Name::Owner => Cell::Empty,
        }
    }
}

/// The whole difference with its share of what the budget costs as it is below it.
fn difference(found: &VariantCost) -> Cell {
    let difference = &found.causes.difference;
    match found.share.filter(|_| !difference.is_none()) {
        Some(share) => Cell::text(format!(
            "{}\n({})",
            in_words_between(difference, "\nto "),
            words::share(share)
        )),
        None => change(difference),
    }
}

/// A change with its sign. One case above the other keeps five columns of changes readable.
fn change(change: &Change) -> Cell {
    Cell::text(in_words_between(change, "\nto "))
}

/// A change for people: `+$12.00`, or the two amounts between which it lies, the smaller first.
pub(in crate::report) fn change_in_words(change: &Change) -> String {
    in_words_between(change, " to ")
}

fn in_words_between(change: &Change, between: &str) -> String {
    match change.cases() {
        _ if change.is_none() => "no change".into(),
        [Some(low), _, Some(high)] if low == high => number::dollar_difference(low),
        [Some(low), _, Some(high)] => {
            let ends = [low.min(high), low.max(high)].map(number::dollar_difference);
            ends.join(between)
        }
        _ => "unknown".into(),
    }
}
