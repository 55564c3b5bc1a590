//! One route as a contract that a person reads: what it is, its prices, its terms, and for whom.

use std::sync::Arc;

use chrono::NaiveDate;

use super::{RouteOutput, versions, words, write_csv};
use crate::catalog::Catalog;
use crate::catalog::guidance::GuidanceTable;
use crate::catalog::image_tool::ImageTool;
use crate::catalog::price::Contract;
use crate::catalog::rate_limits::Tier;
use crate::catalog::readiness;
use crate::catalog::route::{Defaults, Route};
use crate::catalog::terms::{ChargeRule, Clause, Event, Term};
use crate::help::View;
use crate::rating::{PriceTable, TableError};
use crate::report::block::{Block, Counted, Fold};
use crate::report::document::Report;
use crate::report::evidence::found_again;
use crate::report::number;
use crate::report::sheet::{Cell, Column, Sheet};
use crate::routes::Entry;

/// A route as a report.
pub fn report<'a>(
    entry: &'a Entry,
    guidance: Option<&'a GuidanceTable>,
    day: NaiveDate,
    catalog: &'a Catalog,
) -> Report<'a> {
    Report::streamed(
        (catalog, Some(day)),
        move || blocks(entry, guidance, day, catalog),
        move |out| write_csv(std::slice::from_ref(entry), (catalog, day), out),
        || RouteOutput::of(entry),
    )
}

fn blocks(
    entry: &Entry,
    guidance: Option<&GuidanceTable>,
    day: NaiveDate,
    catalog: &Catalog,
) -> Vec<Block> {
    let route = &entry.route;
    let mut blocks =
        vec![Block::Title(format!("{} on {day}", route.id)), Block::Text(verdict(entry))];
    blocks.extend(
        entry.lasting.why_not().map(|why| Block::Text(format!("Not to be counted on: {why}."))),
    );
    blocks.push(Block::Facts(facts(entry)));
    blocks.extend(prices(route, day, catalog));
    blocks.push(terms(route));
    let more = [rate_limits(route), funding(route), for_whom(route, guidance)].concat();
    for (blocks_of, words) in [
        (more, ("more section", "more sections")),
        (versions::history(route), ("version", "versions")),
    ] {
        let what = Counted::new(blocks_of.len(), words);
        blocks.extend((what.count > 0).then(|| Block::folded(what, View::All, blocks_of)));
    }
    blocks
}

/// What the contract states, in short, and on request each clause with its source.
fn terms(route: &Route) -> Block {
    let inside = vec![
        Block::Text("Terms of the contract:".into()),
        Block::Sheet(clauses(route)),
        Block::Text("Who pays for an attempt that delivers no image:".into()),
        Block::Sheet(charges(route)),
    ];
    let is_open = |clause: &Clause| route.terms.clause(*clause).stated().is_none();
    let (open, stated): (Vec<Clause>, Vec<Clause>) = Clause::ALL.into_iter().partition(is_open);
    let labels = |clauses: Vec<Clause>| {
        clauses.into_iter().map(Clause::label).collect::<Vec<_>>().join(", ")
    };
    let mut charges: Vec<(&'static str, Vec<&'static str>)> = Vec::new();
    for event in Event::ALL {
        let rule = route.terms.charge(event).rule.in_words();
        match charges.iter_mut().find(|(known, _)| *known == rule) {
            Some((_, events)) => events.push(event.label()),
            None => charges.push((rule, vec![event.label()])),
        }
    }
    let charges =
        charges.into_iter().map(|(rule, events)| format!("{rule}: {}", events.join(", ")));
    let facts = [
        ("Terms stated", labels(stated)),
        ("Not stated", labels(open)),
        ("Without an image", charges.collect::<Vec<_>>().join("; ")),
    ];
    let facts = facts.into_iter().filter(|(_, text)| !text.is_empty());
    Block::Folded(Fold {
        what: Counted::new(Clause::ALL.len() + Event::ALL.len(), ("term", "terms")),
        view: View::All,
        inside,
        instead: vec![Block::Facts(facts.map(|(name, text)| (name.to_owned(), text)).collect())],
    })
}

/// The verdict of the stop rule as a sentence.
fn verdict(entry: &Entry) -> String {
    let production = if entry.is_ready() { "Ready" } else { "Not ready" };
    format!("{production} for production by the stop rule: {}.", readiness::verdict(&entry.missing))
}

fn facts(entry: &Entry) -> Vec<(String, String)> {
    let route = &entry.route;
    let or_not_stated = |text: &Option<String>| text.clone().unwrap_or_else(|| "not stated".into());
    let mut facts = vec![
        ("Price owner".to_owned(), format!("{} ({})", route.owner_name, route.id.kind.as_str())),
        ("Contract".to_owned(), contract(route).into()),
        (
            "Model".to_owned(),
            format!("{} ({})", route.model, words::upstream(route.upstream_model)),
        ),
        ("Alias".to_owned(), or_not_stated(&route.alias)),
        ("Base URL".to_owned(), or_not_stated(&route.base_url)),
        ("Endpoint".to_owned(), or_not_stated(&route.endpoint)),
        ("Billed by".to_owned(), or_not_stated(&route.billing_unit)),
        ("Status".to_owned(), words::status_in_full(entry.status).into()),
        ("Price page".to_owned(), words::price_page(&route.price_page)),
        ("Size kept".to_owned(), words::honoured(route.size_honoured).into()),
        ("Quality kept".to_owned(), words::honoured(route.quality_honoured).into()),
    ];
    facts.extend(route.defaults.iter().map(defaults));
    facts.extend(route.image_tool.iter().flat_map(image_tool));
    facts.extend(
        route
            .shutdown
            .iter()
            .map(|end| ("Ends".to_owned(), format!("{} [{}]", end.on, end.evidence.in_words()))),
    );
    if let Some((text, by)) = &route.advertised {
        let found = found_again(by).map_or_else(String::new, |found| format!(", {found}"));
        let said = format!("{text}; not a price [{}{found}]", by.in_words());
        facts.push(("Advertised".to_owned(), said));
    }
    let of_tool = route.image_tool.iter().flat_map(|tool| &tool.unnamed_model);
    facts.extend(route.risks.iter().chain(of_tool).map(|risk| ("Risk".to_owned(), risk.clone())));
    facts
}

/// What it makes of a request that leaves it out.
fn defaults(defaults: &Defaults) -> (String, String) {
    let size = defaults.size.map(|size| size.to_string());
    let made: Vec<String> = size.into_iter().chain(defaults.quality.clone()).collect();
    let text = format!("{} [{}]", made.join(", "), defaults.evidence.in_words());
    ("Left out, it makes".to_owned(), text)
}

/// The mainline models that call the image model, and what their bill has that no request tells.
fn image_tool(tool: &ImageTool) -> Vec<(String, String)> {
    let (models, by) = (tool.mainline_models.join(", "), tool.evidence.in_words());
    let mut facts =
        vec![("Called by".to_owned(), format!("{models}, each billed by its own table [{by}]"))];
    facts.extend(tool.not_counted.iter().map(|row| {
        ("Not counted".to_owned(), format!("{} [{}]", row.text, row.evidence.in_words()))
    }));
    facts
}

fn contract(route: &Route) -> &'static str {
    match route.contract {
        Contract::List => "the owner's list, for everyone",
        Contract::Ours => "yours, beside the owner's list",
        Contract::Correction => "your correction of the shipped list",
    }
}

fn prices(route: &Arc<Route>, day: NaiveDate, catalog: &Catalog) -> Vec<Block> {
    match PriceTable::of(catalog, route.clone(), day) {
        Ok(table) => versions::rates(&table),
        Err(error) => vec![Block::Text(why_not_priced(error, day))],
    }
}

fn why_not_priced(error: TableError, day: NaiveDate) -> String {
    match error {
        TableError::NotKnown { on, from } => {
            format!("No price was known on {on}; the first is known from {from}.")
        }
        TableError::StartStated { since, starts } => {
            format!("The next price is stated to begin on {starts}: it did not hold since {since}.")
        }
        TableError::NoVersion(None) => "No price is entered.".into(),
        TableError::NoVersion(Some(nearest)) => {
            format!("No price holds on {day}; the nearest version is {nearest}.")
        }
        TableError::NotPriced(_) => {
            "There is no price here to rate API work with. That is not a price of zero.".into()
        }
        TableError::NoBasis(why) => format!("The prices rest on another table: {why}."),
        TableError::Broken(problems) => {
            problems.iter().map(|problem| problem.one_line()).collect::<Vec<_>>().join("\n")
        }
        TableError::TooLarge => "A price is too large to be kept exact.".into(),
    }
}

fn clauses(route: &Route) -> Sheet {
    let columns =
        vec![Column::text("Clause"), Column::text("What is stated"), Column::text("Source")];
    let row = |clause: Clause| {
        let (text, source) = match route.terms.clause(clause) {
            Term::NotStated => ("not stated".to_owned(), String::new()),
            Term::Stated(text, by) => (text.clone(), by.in_words()),
            Term::Attested(text, by) => {
                (text.clone(), format!("yours in writing: {}", by.in_words()))
            }
        };
        vec![Cell::text(clause.label()), Cell::text(text), Cell::text(source)]
    };
    Sheet { columns, rows: Clause::ALL.map(row).to_vec(), total: None }
}

fn charges(route: &Route) -> Sheet {
    let columns = vec![Column::text("Event"), Column::text("Charge"), Column::text("Source")];
    let row = |event: Event| {
        let charge = route.terms.charge(event);
        let source = match &charge.evidence {
            Some(by) if charge.attested => format!("yours in writing: {}", by.in_words()),
            Some(by) => match &by.note {
                Some(note) => format!("{}; {note}", by.in_words()),
                None => by.in_words(),
            },
            None if charge.rule == ChargeRule::NotStated => String::new(),
            None => "no source is entered".into(),
        };
        vec![Cell::text(event.label()), Cell::text(charge.rule.in_words()), Cell::text(source)]
    };
    Sheet { columns, rows: Event::ALL.map(row).to_vec(), total: None }
}

fn rate_limits(route: &Route) -> Vec<Block> {
    let Some(limits) = &route.rate_limits else { return Vec::new() };
    let count = |count: Option<u64>| count.map_or_else(|| "not stated".into(), number::count);
    let item = |tier: &Tier| {
        let paid = tier.paid.map(|paid| format!(", from ${} paid", number::raw(paid)));
        format!(
            "tier {}{}: {} tokens and {} images a minute",
            tier.name,
            paid.unwrap_or_default(),
            count(tier.tokens_per_minute),
            count(tier.images_per_minute)
        )
    };
    let title = format!("Rate limits [{}]:", limits.evidence.in_words());
    vec![Block::List(title, limits.tiers.iter().map(item).collect())]
}

fn funding(route: &Route) -> Vec<Block> {
    let Some(funding) = &route.funding else { return Vec::new() };
    let title = format!("How it is paid for [{}]:", funding.evidence.in_words());
    vec![Block::List(title, words::funding(funding))]
}

/// The route's own guidance, and its channel's where it says nothing.
fn for_whom(route: &Route, guidance: Option<&GuidanceTable>) -> Vec<Block> {
    let of_channel = guidance.and_then(|table| table.of(route.channel()));
    let own = &route.guidance;
    let lines = [
        ("Use for", &own.use_for, of_channel.map(|rules| &rules.use_for)),
        ("Hold back when", &own.hold_back_when, of_channel.map(|rules| &rules.hold_back_when)),
        ("Stop when", &own.stop_when, of_channel.map(|rules| &rules.stop_when)),
    ];
    let lines: Vec<(String, String)> = lines
        .into_iter()
        .filter_map(|(name, own, channel)| {
            Some((name.to_owned(), own.as_ref().or(channel)?.clone()))
        })
        .collect();
    if lines.is_empty() { Vec::new() } else { vec![Block::Facts(lines)] }
}
