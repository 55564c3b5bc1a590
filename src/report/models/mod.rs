//! Models as a report: the list, and one model with its moves.

mod fields;
mod moves;
mod output;
mod rules;
mod words;

pub use fields::MoveRow;
pub use output::{ModelOutput, ModelSummary, ModelsOutput};
pub use rules::{
    FormulaOutput, MultipleOutput, OutputRuleOutput, PartialImagesOutput, PromptOutput,
    ReferenceImagesOutput, RulesOutput, TextOutputOutput, TokensOutput,
};

use chrono::NaiveDate;

use super::block::{Block, Counted, Fold};
use super::document::Report;
use super::record::{Columns, Recorded};
use super::sheet::{Cell, Column, Sheet};
use crate::catalog::Catalog;
use crate::catalog::evidence::Evidence;
use crate::catalog::life_cycle::Shutdown;
use crate::catalog::model::Model;
use crate::catalog::model_rules::{ModelRules, SizeRule};
use crate::estimate::DEFAULT_MODEL;
use crate::figure::Figure;
use crate::help::View;
use crate::models::{Entry, Profile, Status};

const FOOTER: &str = "A small number of sizes is a list, a large one counts all sizes within bounds; names such as 2K \
                      are resolutions to ask for. \
                      `imgcost models ID` shows the rules, their sources and what a move costs.";

/// All models as a report.
pub fn list<'a>(entries: &'a [Entry], as_of: NaiveDate, catalog: &'a Catalog) -> Report<'a> {
    let columns =
        Columns { fields: <&Entry>::fields(), with_ends: false }.made_of((catalog, Some(as_of)));
    Report::streamed(
        (catalog, Some(as_of)),
        move || list_blocks(entries, as_of),
        move |out| columns.write_csv(entries.iter(), out),
        || ModelsOutput::of(entries),
    )
}

fn list_blocks(entries: &[Entry], as_of: NaiveDate) -> Vec<Block> {
    let (images, text): (Vec<&Entry>, Vec<&Entry>) =
        entries.iter().partition(|entry| !entry.model.rules.is_empty());
    let ended = |entry: &&Entry| entry.status == Status::ShutDown;
    let gone = images.iter().copied().filter(ended).count();
    let mut blocks = vec![Block::Title(format!(
        "Models on {as_of}: {} make images ({gone} of them shut down), {} are text models",
        images.len(),
        text.len()
    ))];
    let mut makers: Vec<&str> = images.iter().map(|entry| entry.model.maker.as_str()).collect();
    // The maker of the model that is taken where none is named comes first.
    let main = images.iter().find(|entry| entry.model.id == DEFAULT_MODEL);
    let main = main.map_or("", |entry| entry.model.maker.as_str());
    makers.sort_unstable_by_key(|maker| (*maker != main, *maker));
    makers.dedup();
    let of = |maker: &str| -> Vec<&Entry> {
        images.iter().copied().filter(|entry| entry.model.maker == maker).collect()
    };
    let mut all = Vec::new();
    for maker in &makers {
        all.push(Block::Text(format!("Image models made by {maker}:")));
        all.push(Block::Sheet(overview(of(maker).into_iter())));
    }
    let ends: Vec<String> = images.iter().filter_map(|entry| ending(entry)).collect();
    let text: Vec<String> =
        text.iter().map(|entry| format!("{} ({})", entry.model.id, entry.model.name)).collect();
    push_lists(
        &mut all,
        [
            ("Shut down or ending:", ends),
            ("Text models, which make no images (mainline models of a Responses call):", text),
        ],
    );
    blocks.push(Block::Folded(Fold {
        what: Counted::new(images.len(), ("model in full", "models in full")),
        view: View::All,
        inside: all,
        instead: in_short(as_of, &makers, of),
    }));
    blocks.extend(Block::notes("Columns:", ("note", "notes"), vec![FOOTER]));
    blocks
}

/// The models of the first maker that last, and the ids of the others by maker; what ends stands apart.
fn in_short<'a>(
    as_of: NaiveDate,
    makers: &[&str],
    of: impl Fn(&str) -> Vec<&'a Entry>,
) -> Vec<Block> {
    let lasts = |entry: &&Entry| entry.lasts(as_of);
    let ids = |entries: &[&Entry]| {
        entries.iter().map(|entry| entry.model.id.as_str()).collect::<Vec<_>>().join(", ")
    };
    let mut blocks = Vec::new();
    if let Some(main) = makers.first() {
        blocks.push(Block::Text(format!("Image models made by {main}:")));
        blocks.push(Block::Sheet(one_line(of(main).into_iter().filter(lasts))));
    }
    let others = makers.iter().skip(1).map(|maker| {
        let lasting: Vec<&Entry> = of(maker).into_iter().filter(lasts).collect();
        ((*maker).to_owned(), ids(&lasting))
    });
    let others: Vec<(String, String)> = others.filter(|(_, ids)| !ids.is_empty()).collect();
    if !others.is_empty() {
        blocks.push(Block::Facts(others));
    }
    let ending: Vec<&Entry> =
        makers.iter().flat_map(|maker| of(maker)).filter(|entry| !lasts(entry)).collect();
    if !ending.is_empty() {
        let text = format!("Shut down, or ending within 12 months: {}.", ids(&ending));
        blocks.push(Block::Text(text));
    }
    blocks
}

/// The models, one line each.
fn one_line<'a>(entries: impl Iterator<Item = &'a Entry>) -> Sheet {
    let columns = vec![
        Column::ids("Model"),
        Column::number("Launch"),
        Column::number("Sizes"),
        Column::text("Qualities"),
    ];
    let row = |entry: &Entry| {
        vec![
            Cell::text(entry.model.id.clone()),
            Cell::text(launch_day(&entry.model).unwrap_or_else(|| "not stated".into())),
            size_cell(entry),
            Cell::text(labels(entry, usize::MAX).unwrap_or_else(|| "not known".into())),
        ]
    };
    Sheet { columns, rows: entries.map(row).collect(), total: None }
}

fn push_lists<const N: usize>(blocks: &mut Vec<Block>, lists: [(&str, Vec<String>); N]) {
    let filled = lists.into_iter().filter(|(_, items)| !items.is_empty());
    blocks.extend(filled.map(|(title, items)| Block::List(title.into(), items)));
}

/// The models of a maker for people; the name stands below the id.
fn overview<'a>(entries: impl Iterator<Item = &'a Entry>) -> Sheet {
    let columns = vec![
        Column::ids("Model"),
        Column::number("Launch"),
        Column::number("Shutdown"),
        Column::number("Sizes"),
        Column::text("Qualities"),
    ];
    let row = |entry: &Entry| {
        let model = &entry.model;
        vec![
            Cell::text(format!("{}\n{}", model.id, model.name)),
            Cell::text(launch_day(model).unwrap_or_else(|| "not stated".into())),
            Cell::text(shutdown_day(model).unwrap_or_else(|| "-".into())),
            size_cell(entry),
            Cell::text(labels(entry, FEW_LABELS).unwrap_or_else(|| "not known".into())),
        ]
    };
    Sheet { columns, rows: entries.map(row).collect(), total: None }
}

fn launch_day(model: &Model) -> Option<String> {
    model.launch.as_ref().map(|launch| launch.on.to_string())
}

fn shutdown_day(model: &Model) -> Option<String> {
    model.shutdown.as_ref().map(|shutdown| shutdown.on.to_string())
}

/// How many sizes are legal, or the names of its resolutions.
fn size_cell(entry: &Entry) -> Cell {
    match entry.rules.as_ref().map(|rules| &rules.sizes.rule) {
        Some(SizeRule::Listed(_) | SizeRule::Grid(_)) => {
            Cell::Count(Figure::Exact(entry.size_count as u64))
        }
        Some(SizeRule::Tiers(tiers)) => Cell::text(on_lines(tiers, FEW_LABELS)),
        Some(SizeRule::NotKnown(_)) | None => Cell::text("not known"),
    }
}

/// How many labels stand on a line: any longer they would leave no room for whole ids at 80 columns.
const FEW_LABELS: usize = 3;

/// The labels of a model, so many on a line; `none known` for one that is not known to take a quality.
fn labels(entry: &Entry, on_a_line: usize) -> Option<String> {
    let rules = entry.rules.as_ref()?;
    if rules.qualities.is_none() {
        return Some("none known".into());
    }
    Some(on_lines(rules.labels(), on_a_line))
}

fn on_lines(words: &[String], on_a_line: usize) -> String {
    let lines: Vec<String> = words.chunks(on_a_line).map(|line| line.join(", ")).collect();
    lines.join(",\n")
}

/// The end of a model in words, if it has one.
fn ending(entry: &Entry) -> Option<String> {
    let shutdown = entry.model.shutdown.as_ref()?;
    let (id, on) = (&entry.model.id, shutdown.on);
    let end = match entry.status {
        Status::ShutDown => format!("{id} was shut down on {on}"),
        _ => format!("{id} will be shut down on {on}"),
    };
    Some(format!("{end}{}", instead(&entry.model, shutdown)))
}

fn instead(model: &Model, shutdown: &Shutdown) -> String {
    match shutdown.replacements[..] {
        [] => String::new(),
        _ => format!("; {} names {} instead", model.maker, shutdown.replacements.join(", ")),
    }
}

/// One model as a report.
pub fn profile<'a>(profile: &'a Profile, catalog: &'a Catalog) -> Report<'a> {
    // Tokens may be a range, whose ends have no other place here.
    let columns = Columns { fields: MoveRow::fields(), with_ends: true }
        .made_of((catalog, Some(profile.as_of)));
    Report::streamed(
        (catalog, Some(profile.as_of)),
        || profile_blocks(profile),
        move |out| columns.write_csv(fields::rows(profile), out),
        || ModelOutput::of(profile),
    )
}

fn profile_blocks(profile: &Profile) -> Vec<Block> {
    let model = &profile.entry.model;
    let kind = if model.rules.is_empty() { "text model, makes no images" } else { "image model" };
    let mut blocks = vec![
        Block::Title(format!("{} ({}), {kind}", model.id, model.name)),
        Block::Facts(life(&profile.entry)),
    ];
    if let Some(rules) = &profile.entry.rules {
        let all = rule_facts(profile, rules);
        let first: Vec<_> =
            all.iter().filter(|(name, _)| FIRST.contains(&&**name)).cloned().collect();
        blocks.push(Block::Folded(Fold {
            what: Counted::new(all.len() - first.len(), ("rule", "rules")),
            view: View::All,
            inside: vec![Block::Facts(all)],
            instead: vec![Block::Facts(first)],
        }));
    }
    blocks.extend(moves::blocks(profile));
    let assumed = profile.entry.rules.as_ref().map_or_else(Vec::new, assumptions);
    let lists = [
        ("Assumed:", ("assumption", "assumptions"), assumed),
        ("Notes:", ("note", "notes"), moves::notes(profile)),
        ("Sources:", ("source", "sources"), sources(&profile.entry)),
    ];
    blocks.extend(
        lists.into_iter().filter_map(|(title, words, all)| Block::notes(title, words, all)),
    );
    blocks
}

/// The rules that are shown first.
const FIRST: [&str; 4] = ["Sizes", "Qualities", "Images a request", "Output tokens"];

/// Names and life cycle.
fn life(entry: &Entry) -> Vec<(String, String)> {
    let model = &entry.model;
    let names: Vec<&str> =
        std::iter::once(&model.id).chain(&model.aliases).map(String::as_str).collect();
    let shutdown = match &model.shutdown {
        None => "none announced in the sources read".to_owned(),
        Some(shutdown) => {
            let done = if entry.status == Status::ShutDown { " (done)" } else { "" };
            let announced =
                shutdown.announced.map_or_else(String::new, |day| format!(", announced {day}"));
            format!("{}{done}{announced}{}", shutdown.on, instead(model, shutdown))
        }
    };
    let mut facts = vec![
        ("Maker", model.maker.clone()),
        ("Names", names.join(", ")),
        ("Launch", launch_day(model).unwrap_or_else(|| "not stated".into())),
        ("Shutdown", shutdown),
    ];
    if model.rules.is_empty() {
        let images = "none: it can call an image tool, and its own tokens are text";
        facts.push(("Images", images.to_owned()));
    }
    named(facts)
}

fn rule_facts(profile: &Profile, rules: &ModelRules) -> Vec<(String, String)> {
    named(vec![
        ("Rules of", format!("{}, version {}", profile.as_of, rules.period.in_words())),
        ("Sizes", words::sizes(rules, profile.entry.size_count)),
        ("Qualities", words::qualities(rules)),
        ("Images a request", words::max_images(rules)),
        ("Output tokens", words::output_tokens(rules)),
        ("Partial images", words::partial_images(rules)),
        ("Text output", words::text_output(rules)),
        ("Reference images", words::input_images(rules)),
        ("Prompt", words::prompt(rules)),
    ])
}

fn named(facts: Vec<(&str, String)>) -> Vec<(String, String)> {
    facts.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn assumptions(rules: &ModelRules) -> Vec<String> {
    let prompts = rules.prompt.iter();
    let added = prompts.flat_map(|prompt| std::iter::once(&prompt.generation).chain(&prompt.edit));
    added.filter_map(|added| added.assumption.clone()).collect()
}

/// Where each statement comes from, with what else is to be said of it.
fn sources(entry: &Entry) -> Vec<String> {
    let model = &entry.model;
    let mut sources: Vec<(&str, &Evidence)> = Vec::new();
    sources.extend(model.launch.as_ref().map(|launch| ("launch", &launch.evidence)));
    sources.extend(model.shutdown.as_ref().map(|shutdown| ("shutdown", &shutdown.evidence)));
    if let Some(rules) = &entry.rules {
        sources.push(("sizes", &rules.sizes.evidence));
        sources.extend(rules.qualities.as_ref().map(|labels| ("qualities", &labels.evidence)));
        sources.push(("output tokens", &rules.output_tokens.evidence));
        sources.extend(rules.partial_images.as_ref().map(|p| ("partial images", &p.evidence)));
        sources.extend(rules.text_output.as_ref().map(|text| ("text output", &text.evidence)));
        sources.push(("reference images", &rules.input_images.evidence));
        sources.extend(rules.prompt.as_ref().map(|prompt| ("prompt", &prompt.evidence)));
    }
    sources.into_iter().map(|(what, evidence)| format!("{what}: {}", in_full(evidence))).collect()
}

fn in_full(evidence: &Evidence) -> String {
    let note = evidence.note.as_ref().map_or_else(String::new, |note| format!("; {note}"));
    format!("{}{note}", evidence.in_words())
}
