//! What a set of trials will cost.

use super::list;
use super::plan_output::{TrialRow, output, rows};
use crate::catalog::Catalog;
use crate::estimate::{Estimate, Subject};
use crate::figure::Figure;
use crate::help::Sentence;
use crate::note::{Assumption, Note};
use crate::pilot::{Plan, Role, Sample, Trial, TrialCost};
use crate::report::block::Block;
use crate::report::document::Report;
use crate::report::estimate::{computed, owner, whole};
use crate::report::fold::few_notes;
use crate::report::number;
use crate::report::record::{Columns, Recorded};
use crate::report::sheet::{Cell, Column, Sheet};
use crate::request::Request;

/// The notes that are shown without being asked for.
const FEW_NOTES: usize = 2;

/// What seats cannot be: a price.
const SEAT_ONLY: &str = "seat only";

/// A plan as a report; `explain` adds each estimate with its formula and sources.
pub fn report<'a>(plan: &'a Plan, catalog: &'a Catalog, explain: bool) -> Report<'a> {
    let columns = Columns { fields: TrialRow::fields(), with_ends: false }
        .made_of((catalog, Some(plan.as_of)));
    Report::streamed(
        (catalog, Some(plan.as_of)),
        move || blocks(plan, explain),
        move |out| columns.write_csv(rows(plan), out),
        move || output(plan, explain),
    )
}

fn blocks(plan: &Plan, explain: bool) -> Vec<Block> {
    let sheet = if plan.has_baseline() { of_two_routes(plan) } else { of_one_route(plan) };
    let mut blocks =
        vec![Block::Title(title(plan)), Block::Facts(facts(plan)), Block::Sheet(sheet)];
    if explain {
        let shown = plan.estimates().flat_map(|it| whole(it, true));
        blocks.extend(shown);
    }
    blocks.extend(Block::open("Not exact, because:", plan.total.reasons().said()));
    blocks.extend(list("Not made:", plan.trials.iter().filter_map(refused)));
    let assumed =
        said(plan, |estimate| estimate.assumptions.iter().map(Assumption::said).collect());
    let (assumptions, sources) = (("assumption", "assumptions"), ("source", "sources"));
    blocks.extend(few_notes("Assumed:", assumptions, FEW_NOTES, assumed));
    blocks.extend(Block::notes("Sources:", sources, sources_of_two(plan)));
    blocks.extend(few_notes("Notes:", ("note", "notes"), FEW_NOTES, notes(plan)));
    blocks
}

fn title(plan: &Plan) -> String {
    let images: u64 = plan.trials.iter().map(|trial| trial.times).sum();
    format!("Pilot {}: {}, prices of {}", plan.set.as_str(), images_in_words(images), plan.as_of)
}

fn images_in_words(images: u64) -> String {
    let plural = if images == 1 { "" } else { "s" };
    format!("{} image{plural}", number::count(images))
}

/// The routes, and what each of them costs.
fn facts(plan: &Plan) -> Vec<(String, String)> {
    let mut facts = vec![("Together".to_owned(), number::dollar_figure_alone(&plan.total))];
    for (role, name) in [(Role::Baseline, "Baseline"), (Role::New, "New route")] {
        let of_role = |trial: &&Trial| trial.role == role;
        let Some(estimate) = plan.trials.iter().filter(of_role).find_map(Trial::estimate) else {
            continue;
        };
        let route = &estimate.table.route;
        let version = estimate.table.version().period.in_words();
        let basis = computed(estimate.price_basis());
        let text = format!("{}, {}, version {version}{basis}", route.id, owner(route));
        facts.push((name.to_owned(), text));
        if !plan.has_baseline() {
            facts.push(("Source".to_owned(), estimate.rests_on().in_words()));
        }
        // A sum across owners has its split beside it.
        if let (true, Ok(cost)) = (plan.has_baseline(), plan.cost_on(role)) {
            facts.push(("Cost".to_owned(), number::dollar_figure_alone(&cost)));
        }
        if let (false, Ok(cost)) = (plan.one_sided().is_empty(), plan.cost_of_shared_on(role)) {
            facts.push(("Same samples".to_owned(), number::dollar_figure_alone(&cost)));
        }
    }
    facts.extend(made_on_one_route(plan).map(|text| ("Not compared".to_owned(), text)));
    facts
}

/// Whose prices are counted with, where two routes leave no room for it at their heads.
fn sources_of_two(plan: &Plan) -> Vec<String> {
    let sides = [Role::Baseline, Role::New].into_iter().filter(|_| plan.has_baseline());
    let source = |role: Role| {
        let trials = plan.trials.iter().filter(|trial| trial.role == role);
        let evidence = trials.filter_map(Trial::estimate).next()?.rests_on().in_words();
        Some(format!("{}: {evidence}", role.as_str()))
    };
    sides.filter_map(source).collect()
}

/// The samples that one route alone makes, which the two costs differ by.
fn made_on_one_route(plan: &Plan) -> Option<String> {
    let one_sided = plan.one_sided();
    let name = |(sample, role): &(&Sample, Role)| format!("{} ({})", sample.name, role.as_str());
    let samples: Vec<String> = one_sided.iter().map(name).collect();
    let samples = samples.join(", ");
    (!one_sided.is_empty()).then(|| {
        format!("{samples}: made on one route only; `Same samples` is what the others cost on each")
    })
}

fn request_of(estimate: &Estimate) -> Option<&Request> {
    match &estimate.subject {
        Subject::Request(request) => Some(request),
        Subject::Reply(..) => None,
    }
}

/// The trials of one route, and those by hand: a row for each.
fn of_one_route(plan: &Plan) -> Sheet {
    let columns = vec![
        Column::ids("Sample"),
        Column::text("Shows").ranked(1),
        Column::ids("On"),
        Column::text("Asked for"),
        Column::number("Trials"),
        Column::number("Each"),
        Column::lines("Cost"),
    ];
    let row = |trial: &Trial| {
        let [each, cost] = costs(trial);
        vec![
            Cell::text(trial.sample.name),
            Cell::text(trial.sample.shows),
            Cell::text(trial.role.as_str().replace('_', " ")),
            trial.estimate().map_or(Cell::Empty, |estimate| Cell::text(asked(estimate))),
            Cell::Count(Figure::Exact(trial.times)),
            each,
            cost,
        ]
    };
    let by_hand = plan.trials.iter().any(|trial| trial.role == Role::ByHand);
    let mut total = vec![Cell::Empty; columns.len()];
    total[0] = Cell::text(if by_hand { "total without seats" } else { "total" });
    if let Some(last) = total.last_mut() {
        *last = Cell::Money(plan.total.clone());
    }
    Sheet { columns, rows: plan.trials.iter().map(row).collect(), total: Some(total) }
}

/// The trials of two routes side by side: a row for each sample.
fn of_two_routes(plan: &Plan) -> Sheet {
    let columns = vec![
        Column::ids("Sample"),
        Column::text("Asked for"),
        Column::number("Trials"),
        Column::lines("Baseline"),
        Column::lines("New"),
    ];
    let row = |trials: &[Trial]| {
        let on = |role: Role| trials.iter().find(|trial| trial.role == role);
        let cost = |role: Role| on(role).map_or(Cell::Empty, |trial| costs(trial)[1].clone());
        let mut of_both: Vec<String> =
            trials.iter().filter_map(Trial::estimate).map(asked).collect();
        of_both.dedup();
        let times = trials.iter().map(|trial| trial.times).max().unwrap_or_default();
        vec![
            Cell::text(trials[0].sample.name),
            Cell::text(of_both.join(" / ")),
            Cell::Count(Figure::Exact(times)),
            cost(Role::Baseline),
            cost(if on(Role::ByHand).is_some() { Role::ByHand } else { Role::New }),
        ]
    };
    let on = |role: Role| plan.cost_on(role).map_or(Cell::Empty, Cell::Money);
    let total =
        vec![Cell::text("total"), Cell::Empty, Cell::Empty, on(Role::Baseline), on(Role::New)];
    let rows = plan.trials.chunk_by(|a, b| a.sample == b.sample).map(row).collect();
    Sheet { columns, rows, total: Some(total) }
}

fn asked(estimate: &Estimate) -> String {
    let Some(request) = request_of(estimate) else { return String::new() };
    let edit = if request.edit { "edit" } else { "" };
    let size = request.size_in_words();
    let words = [size.as_str(), request.quality_in_words(), edit];
    words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn costs(trial: &Trial) -> [Cell; 2] {
    match &trial.outcome {
        TrialCost::Priced(estimate, all) => {
            [Cell::Money(estimate.total.clone()), Cell::Money(all.clone())]
        }
        TrialCost::Refused(..) => [Cell::Missing("not made"), Cell::Missing("not made")],
        TrialCost::Seat => [Cell::Missing(SEAT_ONLY), Cell::Missing(SEAT_ONLY)],
    }
}

fn refused(trial: &Trial) -> Option<String> {
    match &trial.outcome {
        TrialCost::Refused(route, why) => {
            Some(format!("{} on {}: {}", trial.sample.name, route.id, why.in_words()))
        }
        _ => None,
    }
}

/// What is said of the estimates; with two routes, what is said of one of them names it.
fn said(plan: &Plan, of: impl Fn(&Estimate) -> Vec<Sentence>) -> Vec<Sentence> {
    let of_role = |role: Role| -> Vec<Sentence> {
        let trials = plan.trials.iter().filter(|trial| trial.role == role);
        trials.filter_map(Trial::estimate).flat_map(&of).collect()
    };
    let (baseline, new) = (of_role(Role::Baseline), of_role(Role::New));
    let named = |role: Role, said: &[Sentence], other: &[Sentence]| -> Vec<Sentence> {
        let alone = |it: &Sentence| plan.has_baseline() && !other.contains(it);
        let name = |it: &Sentence| match alone(it) {
            true => it.clone().of(role.as_str()),
            false => it.clone(),
        };
        said.iter().map(name).collect()
    };
    [named(Role::Baseline, &baseline, &new), named(Role::New, &new, &baseline)].concat()
}

fn notes(plan: &Plan) -> Vec<Sentence> {
    let messages = |estimate: &Estimate| {
        let notes = estimate.notes.iter().filter(|note| !note.says(plan.total.reasons()));
        notes.map(Note::said).collect()
    };
    let mut notes = said(plan, messages);
    notes.push(
        "each trial is one attempt with an image; a repeated attempt costs again, and who pays for one \
         without an image is a term of its route"
            .into(),
    );
    let by_hand = plan.trials.iter().filter(|trial| trial.role == Role::ByHand).count();
    if by_hand > 0 {
        notes.push(
            format!(
            "{by_hand} images are made by hand in ChatGPT: a seat pays for them, which is no price for API \
             work; they are in no total"
        ).into());
    }
    notes
}
