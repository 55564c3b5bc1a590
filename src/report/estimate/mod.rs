//! An estimate as a report.

#[cfg(feature = "cli")]
pub(super) mod book;
#[cfg(feature = "cli")]
mod book_lines;
mod explain;
mod fields;
mod handout;
mod output;

pub use fields::{LineOfEstimate, TotalCost};
pub(super) use fields::{
    OfEstimate, OfRoute, OfVersion, of_asked, of_attempts, of_contract, of_estimate, of_route,
    of_version, usage_key,
};
pub use output::{
    EstimateOutput, EstimateParts, MainlineTokens, Priced, PricedReply, PricedRequest,
};

use rust_decimal::Decimal;

use super::block::Block;
use super::document::Report;
use super::fold::few_notes;
use super::number;
use super::record::Columns;
use super::sensitivity;
use super::sheet::{Cell, Column, Sheet};
use crate::catalog::Catalog;
use crate::catalog::price::Contract;
use crate::catalog::route::Route;
use crate::estimate::{ByRule, Estimate, PriceBasis, Settled, Subject};
use crate::figure::Figure;
use crate::help::Sentence;
use crate::note::{Assumption, Note};
use crate::rating::{Charge, Part};
use crate::reason::Reasons;
use crate::request::Request;

/// An estimate as a report; `explain` adds how each line came about.
pub fn report<'a>(estimate: &'a Estimate, catalog: &'a Catalog, explain: bool) -> Report<'a> {
    let columns = Columns { fields: fields::of_lines(explain), with_ends: false }
        .made_of((catalog, Some(estimate.as_of)));
    let report = Report::streamed(
        (catalog, Some(estimate.as_of)),
        move || whole(estimate, explain),
        move |out| columns.write_csv(fields::lines(estimate), out),
        move || EstimateOutput::of(estimate, explain),
    )
    .handed_on(|| handout::answer(estimate), move || handout::parts(estimate, explain));
    #[cfg(feature = "cli")]
    let report = report.reckoned(|| {
        let (route, work) = (&*estimate.table.route, title(estimate));
        book::reckoned(&[book::Priced { route, work, estimate }])
    });
    report
}

/// What people read of an estimate.
pub(super) fn whole(estimate: &Estimate, explain: bool) -> Vec<Block> {
    let mut blocks = vec![
        Block::Title(title(estimate)),
        Block::Facts(results(estimate)),
        Block::Sheet(lines(estimate)),
        Block::Facts(facts(estimate)),
    ];
    if !estimate.settled.is_empty() {
        blocks.push(Block::List("Settled by size and quality:".into(), settled(estimate)));
    }
    if explain {
        blocks.extend(explain::blocks(estimate));
    }
    blocks.extend(Block::open("Not exact, because:", open_figures(estimate)));
    let (of_every, notes): (Vec<Note>, Vec<Note>) = notes_for_people(estimate, explain)
        .into_iter()
        .partition(|note| !explain && is_of_every_estimate(note));
    let said = |notes: Vec<Note>| notes.iter().map(Note::said).collect::<Vec<Sentence>>();
    let assumed = estimate.assumptions.iter().map(Assumption::said).collect();
    let assumptions = ("assumption", "assumptions");
    blocks.extend(few_notes("Assumed:", assumptions, MOST_ASSUMED, assumed));
    blocks.extend(few_notes("Notes:", ("note", "notes"), MOST_NOTES, said(notes)));
    blocks.extend(Block::notes("Of every estimate:", ("note", "notes"), said(of_every)));
    blocks
}

/// How many assumptions and notes are said without being asked for: as many as a screen has room for.
const MOST_ASSUMED: usize = 5;
const MOST_NOTES: usize = 3;

/// Notes that end every estimate alike: who has read them once knows them.
fn is_of_every_estimate(note: &Note) -> bool {
    matches!(note, Note::RetrySensitivity { .. } | Note::PublishedEstimate { .. })
}

/// What was priced, in a few words: "gpt-image-2 1024x1024 high, 2 images, Batch".
pub(super) fn title(estimate: &Estimate) -> String {
    let model = &estimate.model.id;
    let mut title = match &estimate.subject {
        Subject::Request(request) => {
            let edit = if request.edit { "edit, " } else { "" };
            let images =
                if request.n == 1 { "1 image".into() } else { format!("{} images", request.n) };
            let asked = [model.clone(), request.size_in_words(), request.quality_in_words().into()];
            let asked: Vec<String> = asked.into_iter().filter(|word| !word.is_empty()).collect();
            format!("{}, {edit}{images}{}", asked.join(" "), by_whom(request))
        }
        Subject::Reply(reply, _) => {
            let made = [reply.size.as_deref(), reply.quality.as_deref()].into_iter().flatten();
            let made: String = made.map(|text| format!(" {text}")).collect();
            format!("{model}{made}, as a reply reports it")
        }
    };
    if let Some(kind) = estimate.subject.processing().label() {
        title += &format!(", {kind}");
    }
    title
}

/// The turns of a conversation and the mainline model: " in 3 turns with gpt-6.1-sol".
fn by_whom(request: &Request) -> String {
    let turns = match request.turns.get() {
        1 => String::new(),
        turns => format!(" in {turns} turns"),
    };
    let model = request.mainline.model.as_ref().map(|model| format!(" with {model}"));
    turns + &model.unwrap_or_default()
}

fn facts(estimate: &Estimate) -> Vec<(String, String)> {
    let route = &estimate.table.route;
    let version = estimate.table.version();
    let basis = computed(estimate.price_basis());
    vec![
        ("Route".into(), route.id.to_string()),
        ("Price owner".into(), owner(route)),
        (
            "Prices of".into(),
            format!("{}{basis}, version {}", estimate.as_of, version.period.in_words()),
        ),
        ("Source".into(), estimate.rests_on().in_words()),
    ]
}

/// What is said beside a day whose prices are not dated: ` (computed, at the latest known prices)`.
pub(in crate::report) fn computed(basis: PriceBasis) -> String {
    match basis {
        PriceBasis::Dated => String::new(),
        basis => format!(" ({})", basis.in_words()),
    }
}

/// The owner, what it is to the model, and whose price it is where that is not its list.
pub(in crate::report) fn owner(route: &Route) -> String {
    let contract = match route.contract {
        Contract::List => "",
        Contract::Ours => ", your own contract",
        Contract::Correction => ", your correction",
    };
    format!("{} ({}{contract})", route.owner_name, route.id.kind.as_str())
}

/// The charges for people, with their total.
fn lines(estimate: &Estimate) -> Sheet {
    let several = several_tables(estimate);
    let mut columns = vec![
        Column::text("Meter"),
        Column::number("Quantity"),
        Column::number("Unit price"),
        Column::lines("Amount"),
    ];
    if several {
        columns.push(Column::text("Price table"));
    }
    let row = |charge: &Charge| {
        let mut cells = vec![
            Cell::text(line_label(charge)),
            Cell::Count(charge.quantity.count.clone()),
            unit_price(
                charge,
                Cell::text(match charge.amount.high() {
                    None => "unknown",
                    Some(_) if charge.meter.is_residency() => "a share",
                    Some(_) => "varies",
                }),
            ),
            Cell::Money(charge.amount.clone()),
        ];
        if several {
            cells.push(Cell::text(route_of(charge)));
        }
        cells
    };
    let mut total =
        vec![Cell::text("total"), Cell::Empty, Cell::Empty, Cell::Money(estimate.total.clone())];
    total.resize(columns.len(), Cell::Empty);
    Sheet { columns, rows: estimate.charges.iter().map(row).collect(), total: Some(total) }
}

fn several_tables(estimate: &Estimate) -> bool {
    let own = estimate.table.route.id.to_string();
    estimate.charges.iter().any(|charge| route_of(charge) != own)
}

fn route_of(charge: &Charge) -> String {
    charge.table.as_ref().map_or_else(|| "none".to_owned(), |table| table.route.id.to_string())
}

fn unit_price(charge: &Charge, unknown: Cell) -> Cell {
    charge
        .unit_price
        .as_ref()
        .map_or(unknown, |unit| Cell::UnitPrice(unit.price, unit.per, unit.unit.clone()))
}

/// Why no image has a cost.
fn none_accepted(subject: &Subject) -> &'static str {
    match subject {
        Subject::Reply(reply, _) if reply.leaves_out_images() => {
            "none: the reply does not tell how many images it is of"
        }
        _ => "none: no image was delivered",
    }
}

fn results(estimate: &Estimate) -> Vec<(String, String)> {
    let attempts = &estimate.attempts;
    let per_accepted = number::dollar_figure_alone(&attempts.per_accepted_image);
    let mut facts = Vec::new();
    if let Some(by_rule) = &estimate.by_rule {
        facts.push(("By rule".to_owned(), by_rule_in_words(by_rule)));
    }
    facts.push(match estimate.request_cost.images {
        0 => ("Per accepted image".to_owned(), none_accepted(&estimate.subject).to_owned()),
        _ => (
            "Per accepted image".to_owned(),
            format!("{per_accepted} ({})", attempts_in_words(estimate)),
        ),
    });
    facts.extend(attempts.review.map(|it| {
        let of_accepted = Figure::Exact(it.per_accepted_image);
        ("Of it review".to_owned(), number::dollar_figure_alone(&of_accepted))
    }));
    facts.extend(sensitivity::facts(&estimate.sensitivities));
    if let Some(volume) = &attempts.volume {
        let images = number::count(volume.accepted_images);
        let total = number::dollar_figure_alone(&volume.total);
        let review = attempts.review.and_then(|it| it.of_volume).map_or_else(String::new, |it| {
            format!("; {} of it for review", number::dollar_figure_alone(&Figure::Exact(it)))
        });
        let attempts = number::rounded(volume.attempts, 1);
        facts.push((
            format!(
                "{images} accepted image{}",
                if volume.accepted_images == 1 { "" } else { "s" }
            ),
            format!("{total} (about {attempts} attempts{review})"),
        ));
    }
    if let Some(purchase) = &estimate.purchase {
        let cash = number::dollar_figure_alone(&purchase.cash);
        facts.push(("To pay".to_owned(), format!("{cash}, by the terms of the purchase")));
    }
    if let Some(native) = native_total(estimate) {
        facts.push(("In the owner's unit".to_owned(), native));
    }
    facts
}

/// What an accepted image costs at a lower acceptance: "at 70%: $0.3015".
pub(in crate::report) fn at_lower_acceptance(estimate: &Estimate) -> Option<String> {
    let fewer = estimate.attempts.if_fewer_accepted.as_ref()?;
    let cost = number::dollar_figure_alone(&fewer.per_accepted_image);
    let nothing_known = cost == "unknown";
    let share = number::percent(fewer.acceptance);
    (!nothing_known).then(|| format!("at {share}: {cost}"))
}

/// What it costs at a size and quality: "1024x1024 low: $0.00618".
fn settled(estimate: &Estimate) -> Vec<String> {
    let in_words = |settled: &Settled| {
        let quality = settled.quality.as_deref().unwrap_or_default();
        let asked = format!("{} {quality}", settled.size);
        format!("{}: {}", asked.trim_end(), number::dollar_figure_alone(&settled.total))
    };
    estimate.settled.iter().map(in_words).collect()
}

/// The figure beside an unknown: "$0.21072 (7,024 tokens: image output of 1 × 1024x1024 high)".
fn by_rule_in_words(by_rule: &ByRule) -> String {
    let amount = number::dollar_figure_alone(&by_rule.amount);
    let tokens = by_rule
        .output_tokens
        .as_ref()
        .map_or_else(String::new, |tokens| format!("{} tokens, ", number::count_figure(tokens)));
    format!("{amount} ({tokens}{}); it is in no total", by_rule.of)
}

/// The total in the unit of the table, where that is not the US dollar.
pub(super) fn native_total(estimate: &Estimate) -> Option<String> {
    let unit = &estimate.table.version().unit;
    if unit.is_usd() || several_tables(estimate) {
        return None;
    }
    estimate.in_owners_unit().ok().map(|sum| number::native_figure(&sum, unit))
}

/// How many attempts are expected, and why: "1.4286 attempts each, 70% of delivered images accepted".
pub(super) fn attempts_in_words(estimate: &Estimate) -> String {
    let attempts = &estimate.attempts;
    let rates = &attempts.rates;
    let mut words = Vec::new();
    if let Some(share) = rates.acceptance().filter(|share| *share != Decimal::ONE) {
        words.push(format!("{} of delivered images accepted", number::percent(share)));
    }
    let failures = rates.failures();
    for (rate, what) in [
        (failures.failure_rate, "fail"),
        (failures.block_rate, "are blocked"),
        (failures.timeout_rate, "time out"),
    ] {
        if !rate.is_zero() {
            words.push(format!("{} of attempts {what}", number::percent(rate)));
        }
    }
    words.extend(attempts.review.map(|review| {
        format!("{} for looking at each", number::dollar_figure_alone(&Figure::Exact(review.each)))
    }));
    let count = number::rounded(attempts.attempts_per_accepted, 4);
    let noun = if attempts.attempts_per_accepted == Decimal::ONE { "attempt" } else { "attempts" };
    let turns = turns(estimate).map_or_else(String::new, |turns| format!(" of {turns} turns"));
    words.insert(0, format!("{count} {noun}{turns} each"));
    words.join(", ")
}

/// How many turns an attempt has, if it is a conversation of several.
fn turns(estimate: &Estimate) -> Option<u32> {
    let Subject::Request(request) = &estimate.subject else { return None };
    Some(request.turns.get()).filter(|turns| *turns > 1)
}

/// What a line counts, in the table: the price table beside it tells the models apart.
fn line_label(charge: &Charge) -> String {
    match &charge.part {
        Part::NotRead(_) => format!("{}: {}", charge.meter.label(), label(charge)),
        _ => charge.meter.label().to_owned(),
    }
}

/// What a line counts, in words that tell the mainline model's lines from the image model's.
fn label(charge: &Charge) -> String {
    let meter = charge.meter.label();
    match &charge.part {
        Part::ImageModel => meter.to_owned(),
        Part::Mainline => format!("{meter} of the mainline model"),
        Part::SvgAuthor => format!("{meter} of the model that wrote the SVG"),
        Part::NotRead(name) => name.clone(),
    }
}

/// Why lines are not exact, each with its meter.
fn open_figures(estimate: &Estimate) -> Vec<Sentence> {
    let mut open = Vec::new();
    for charge in &estimate.charges {
        let reasons = charge.amount.reasons().said().into_iter();
        open.extend(reasons.map(|reason| reason.of(&label(charge))));
    }
    if estimate.total.high().is_none() && !estimate.total.low().is_zero() {
        let without: Vec<String> = estimate
            .charges
            .iter()
            .filter(|charge| charge.amount.high().is_none())
            .map(label)
            .collect();
        let text =
            format!("the total is at least the amount shown, without: {}", without.join(", "));
        open.push(text.into());
    }
    open
}

/// The notes that a reader does not know yet: not the reasons that stand with the figures, and what
/// is to be said of the sources only in an explanation.
fn notes_for_people(estimate: &Estimate, explain: bool) -> Vec<Note> {
    let open: Reasons =
        estimate.charges.iter().flat_map(|charge| charge.amount.reasons()).collect();
    all_notes(estimate)
        .into_iter()
        .filter(|note| explain || !(note.is_of_sources() || matches!(note, Note::BillsNothing(_))))
        .filter(|note| !note.says(&open))
        .collect()
}

/// The estimate's own notes, and those that need a rounded number.
pub(super) fn all_notes(estimate: &Estimate) -> Vec<Note> {
    let mut notes = estimate.notes.clone();
    let more = &estimate.attempts.tenth_more_attempts;
    let nothing_known = more.high().is_none() && more.low().is_zero();
    if estimate.attempts.rates == crate::attempts::AttemptRates::ONE_ATTEMPT && !nothing_known {
        let more = number::dollar_figure_alone(&estimate.attempts.tenth_more_attempts);
        notes.push(Note::RetrySensitivity { more });
    }
    if let Some(published) = estimate.published_estimate {
        let owner = estimate.table.route.owner_name.clone();
        notes.push(Note::PublishedEstimate { owner, amount: published });
    }
    let stated = estimate.table.version().evidence.note.clone();
    notes.extend(stated.map(|stated| Note::PriceEvidence { of: None, stated }));
    notes
}
