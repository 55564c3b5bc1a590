//! A comparison as a report: a sheet for each section, every row with its owner.

mod columns;
mod fields;
pub mod matrix;
mod output;

use std::collections::BTreeMap;

use super::estimate as estimate_view;
use super::fold::{Counted, Fold};
use super::number;
use super::record::{Columns, Recorded};
use super::sheet::{Block, Cell, Report, Sheet};
use crate::catalog::Catalog;
use crate::comparison::{Comparison, Offer, RouteEstimate, Section, closing_words};
use crate::estimate::Assumption;
use crate::help::{Help, Sentence};
use crate::note::{Note, NoteCode};
use crate::reason::ReasonKind;
use crate::request::RequestError;

pub use columns::ColumnName;
pub use fields::ComparedRow;
pub(crate) use output::output;
pub use output::{ComparedRoute, ComparisonOutput};

/// How a comparison is shown.
#[derive(Debug, Clone)]
pub struct View {
    /// The columns of the table.
    pub columns: Vec<ColumnName>,
    /// At most this many rows of each section and piece of work.
    pub top: Option<usize>,
    /// Show how each line of each row came about.
    pub explain: bool,
}

const SECTIONS: [Section; 5] = [
    Section::Official,
    Section::Yours,
    Section::Provider,
    Section::Wrapper,
    Section::NotTheSameProduct,
];

/// A comparison as a report.
pub fn report<'a>(comparison: &'a Comparison, catalog: &'a Catalog, view: &'a View) -> Report<'a> {
    let columns = Columns { fields: ComparedRow::fields(), with_ends: false };
    Report::streamed(
        (catalog, Some(comparison.as_of)),
        move || blocks(comparison, view),
        move |out| columns.write_csv(fields::rows(comparison, catalog), out),
        move || output(comparison, catalog, view.explain),
    )
}

fn blocks(comparison: &Comparison, view: &View) -> Vec<Block> {
    let kept_back = [Section::Quoted, Section::NotPriced];
    let rows = comparison.rows.iter().filter(|row| kept_back.contains(&row.section));
    vec![Block::Folded(Fold {
        what: Counted::new(rows.count(), ("more route", "more routes")),
        view: crate::help::View::All,
        inside: blocks_of(comparison, view, true),
        instead: blocks_of(comparison, view, false),
    })]
}

fn blocks_of(comparison: &Comparison, view: &View, all: bool) -> Vec<Block> {
    let mut blocks = vec![Block::Title(title(comparison))];
    for section in SECTIONS {
        blocks.extend(section_blocks(comparison, section, view));
    }
    blocks.extend(quoted(comparison, view, all));
    blocks.extend(list(
        "Subscriptions, which are no price for API work:",
        offers(&comparison.offers),
    ));
    blocks.extend(list("Retired:", retired(comparison)));
    blocks.extend(list(
        "Left out, since the model cannot be asked for it:",
        comparison.left_out.clone(),
    ));
    blocks.extend(not_priced(comparison, all));
    if view.explain {
        blocks.extend(explanations(comparison, all));
    }
    blocks.extend(open_rows(comparison, all));
    blocks.extend(list("Assumed:", assumptions(comparison)));
    blocks.extend(list("Notes:", notes(comparison, view, all)));
    let closing = closing_words(
        comparison,
        |row| row.cost().map(number::dollar_figure_alone).unwrap_or_default(),
        number::dollar_figure_alone,
    );
    blocks.extend(closing.into_iter().map(Block::Text));
    blocks
}

/// Prices on weak evidence are shown on request only.
fn quoted(comparison: &Comparison, view: &View, all: bool) -> Vec<Block> {
    let count = comparison.rows.iter().filter(|row| row.section == Section::Quoted).count();
    match (count, all) {
        (0, _) => Vec::new(),
        (_, true) => section_blocks(comparison, Section::Quoted, view),
        (1, false) => vec![Block::Advice(Sentence::new(
            "1 price rests on weak evidence and is not shown",
            Help::ShowAll { one: true },
        ))],
        (count, false) => vec![Block::Advice(Sentence::new(
            format!("{count} prices rest on weak evidence and are not shown"),
            Help::ShowAll { one: false },
        ))],
    }
}

fn list(title: &str, items: Vec<String>) -> Option<Block> {
    (!items.is_empty()).then(|| Block::List(title.to_owned(), items))
}

fn title(comparison: &Comparison) -> String {
    let first = comparison.rows.iter().find_map(|row| row.outcome.as_ref().ok());
    let several = comparison.rows.iter().any(|row| row.work != comparison.rows[0].work);
    let what = match (first, several) {
        (Some(estimate), false) => estimate_view::title(estimate),
        (Some(_), true) => "several models, sizes or qualities".into(),
        (None, _) => "no route has a price".into(),
    };
    let attempts = first.map_or_else(String::new, |estimate| {
        let attempts = &estimate.attempts;
        let volume = attempts
            .volume
            .as_ref()
            .map(|volume| format!("; {} accepted images", number::count(volume.accepted_images)));
        format!(" ({}{})", estimate_view::attempts_in_words(estimate), volume.unwrap_or_default())
    });
    format!("{what}: cost per accepted image{attempts}, prices of {}", comparison.as_of)
}

fn section_blocks(comparison: &Comparison, section: Section, view: &View) -> Vec<Block> {
    let rows: Vec<&RouteEstimate> = shown(comparison, section, view.top);
    if rows.is_empty() {
        return Vec::new();
    }
    let mut columns = with_axes(comparison, &view.columns);
    if section == Section::Yours && !columns.contains(&ColumnName::ByList) {
        let after = columns.iter().position(|name| *name == ColumnName::Cost);
        columns.insert(after.map_or(columns.len(), |at| at + 1), ColumnName::ByList);
    }
    let sheet = Sheet {
        columns: columns.iter().map(|name| name.column()).collect(),
        rows: rows.iter().map(|row| cells(row, &columns, comparison)).collect(),
        total: None,
    };
    vec![Block::Text(section.heading().into()), Block::Sheet(sheet)]
}

/// The rows of a section, cut to the first so many of each piece of work.
fn shown(comparison: &Comparison, section: Section, top: Option<usize>) -> Vec<&RouteEstimate> {
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

/// The columns, with those in which the work differs before the cost.
fn with_axes(comparison: &Comparison, columns: &[ColumnName]) -> Vec<ColumnName> {
    let differs = |value: fn(&RouteEstimate) -> Option<&String>| {
        let mut values = comparison.rows.iter().map(value);
        let first = values.next();
        values.any(|value| Some(value) != first)
    };
    let mut axes = Vec::new();
    if differs(|row| Some(&row.work.model)) {
        axes.push(ColumnName::Model);
    }
    if differs(|row| row.work.size.as_ref()) {
        axes.push(ColumnName::Size);
    }
    if differs(|row| row.work.quality.as_ref()) {
        axes.push(ColumnName::Quality);
    }
    axes.retain(|axis| !columns.contains(axis));
    let at = columns.iter().position(|name| *name == ColumnName::Cost).unwrap_or(columns.len());
    let mut all = columns.to_vec();
    all.splice(at..at, axes);
    all
}

fn cells(row: &RouteEstimate, columns: &[ColumnName], comparison: &Comparison) -> Vec<Cell> {
    columns.iter().map(|column| column.cell(row, comparison.as_of)).collect()
}

fn offers(offers: &[Offer]) -> Vec<String> {
    offers.iter().map(offer).collect()
}

fn offer(offer: &Offer) -> String {
    let subscription = &offer.subscription;
    let every = offer.every();
    let price = number::native(
        subscription.price,
        &crate::catalog::price::PriceUnit::Currency("USD".into()),
    );
    let price = match offer.equal_api_images {
        _ if subscription.price.is_zero() => "free of charge, and no price for API work".into(),
        Some(images) => {
            let images = number::count(images);
            format!("{price} {every} equals about {images} API images of this kind")
        }
        None => format!("{price} {every} has no exact equal in API images"),
    };
    let quota = match subscription.credits {
        Some(credits) => {
            let own = offer.own_images.map_or_else(String::new, |images| {
                format!(", enough for about {} such images there", number::count(images))
            });
            format!("gives {} credits{own}", number::rounded(credits, 0))
        }
        None => "quota not published".into(),
    };
    let kind = if offer.by_hand_only { "; not API credit, for work by hand" } else { "" };
    let (owner, name) = (&offer.route.owner_name, &subscription.name);
    format!("{owner}, {name}: {price}; {quota}{kind}")
}

/// Routes that were and are no more: always named.
fn retired(comparison: &Comparison) -> Vec<String> {
    comparison.rows.iter().filter(|row| row.retired).map(why_not_priced).collect()
}

fn why_not_priced(row: &RouteEstimate) -> String {
    let errors = row.outcome.as_ref().err().into_iter().flat_map(|errors| errors.iter());
    let reasons: Vec<String> = errors.map(RequestError::beside_its_route).collect();
    format!("{} ({}): {}", row.route.owner_name, row.route.id, reasons.join("; "))
}

/// The rows without a price, counted or one by one.
fn not_priced(comparison: &Comparison, all: bool) -> Option<Block> {
    let not_priced = comparison.rows.iter().filter(|row| row.section == Section::NotPriced);
    let rows: Vec<&RouteEstimate> =
        not_priced.filter(|row| !row.retired && !row.is_subscription()).collect();
    match (rows.len(), all) {
        (0, _) => None,
        (_, true) => {
            let reasons = rows.into_iter().map(why_not_priced).collect();
            Some(Block::List("Not priced:".into(), reasons))
        }
        (1, false) => Some(Block::Advice(Sentence::new(
            "1 route cannot be priced for this",
            Help::ShowReasons,
        ))),
        (count, false) => Some(Block::Advice(Sentence::new(
            format!("{count} routes cannot be priced for this"),
            Help::ShowReasons,
        ))),
    }
}

/// The rows of which anything is said below the tables: quoted prices on request only.
fn spoken_of(comparison: &Comparison, all: bool) -> impl Iterator<Item = &RouteEstimate> {
    comparison.rows.iter().filter(move |row| all || row.section != Section::Quoted)
}

fn explanations(comparison: &Comparison, all: bool) -> Vec<Block> {
    let estimates = spoken_of(comparison, all).filter_map(|row| row.outcome.as_ref().ok());
    estimates.flat_map(|estimate| estimate_view::blocks(estimate, true)).collect()
}

/// Each reason once, with the routes it holds for.
fn open_rows(comparison: &Comparison, all: bool) -> Option<Block> {
    let mut by_reason: BTreeMap<&ReasonKind, (Sentence, Vec<String>)> = BTreeMap::new();
    for row in spoken_of(comparison, all).filter(|row| row.section != Section::NotPriced) {
        let native =
            row.outcome.as_ref().ok().and_then(|estimate| estimate_view::native_total(estimate));
        for reason in row.cost().into_iter().flat_map(crate::figure::Figure::reasons) {
            let unknown = row.cost().is_some_and(|cost| cost.high().is_none());
            let native = native
                .as_ref()
                .filter(|_| unknown)
                .map_or_else(String::new, |native| format!(" ({native})"));
            let route = format!("{}/{}{native}", row.route.id.owner, row.route.id.name);
            let entry = by_reason.entry(reason.kind());
            let (_, routes) = entry.or_insert_with(|| (reason.said(), Vec::new()));
            if !routes.contains(&route) {
                routes.push(route);
            }
        }
    }
    let open = by_reason.into_values().map(|(reason, routes)| reason.of(&routes.join(", ")));
    Block::open("Not exact, because:", open)
}

/// What was assumed for any row, each once.
fn assumptions(comparison: &Comparison) -> Vec<String> {
    let mut assumptions: Vec<&Assumption> = Vec::new();
    for estimate in comparison.rows.iter().filter_map(|row| row.outcome.as_ref().ok()) {
        for assumption in &estimate.assumptions {
            if !assumptions.contains(&assumption) {
                assumptions.push(assumption);
            }
        }
    }
    assumptions.iter().map(ToString::to_string).collect()
}

/// Notes of the routes, each once with the owners it is of; those on cash only where it is shown.
fn notes(comparison: &Comparison, view: &View, all: bool) -> Vec<String> {
    let with_cash = view.columns.contains(&ColumnName::Cash);
    let mut by_note: Vec<(&Note, Vec<&str>)> = Vec::new();
    for row in spoken_of(comparison, all) {
        let Ok(estimate) = &row.outcome else { continue };
        let owner = row.route.id.owner.as_str();
        let said_elsewhere = |code: NoteCode| {
            code == NoteCode::FailureChargeOpen
                || code == NoteCode::Evidence
                || (code == NoteCode::Purchase && !with_cash)
        };
        for note in estimate.notes.iter().filter(|note| !said_elsewhere(note.code)) {
            match by_note.iter_mut().find(|(known, _)| *known == note) {
                Some((_, owners)) if owners.contains(&owner) => {}
                Some((_, owners)) => owners.push(owner),
                None => by_note.push((note, vec![owner])),
            }
        }
    }
    by_note
        .into_iter()
        .map(|(note, owners)| format!("{}: {}", owners.join(", "), note.message))
        .collect()
}
