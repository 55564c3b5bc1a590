//! What one row costs, where that does not follow from sums: its price depends on the row, or something of it is open.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::not_taken::NotTaken;
use super::places::PlaceOn;
use super::terms::LogTerms;
use crate::catalog::conditions::{Mode, Processing};
use crate::estimate::{Assumption, PriceBasis, Terms, UsedCost, estimate_reply};
use crate::figure::Figure;
use crate::metering::output_tokens;
use crate::note::Note;
use crate::rating::Facts;
use crate::reason::{Logged, MissingCount};
use crate::request::{QualityChoice, SizeChoice};
use crate::size::Size;
use crate::unit::Meter;
use crate::usage::Usage;
use crate::usage_log::ending::Ending;
use crate::usage_log::reply::{self, DescribedImage, Reply};
use crate::usage_log::row::{COUNTED, Counts, Measured, UsageRow};

/// What a row costs, and what is to be said of it.
#[derive(Debug, Clone)]
pub(crate) struct RowCost {
    pub cost: Figure<Decimal>,
    /// Whether tokens are counted by the rule of the model, since the log does not say them.
    pub is_estimated: bool,
    pub price_basis: PriceBasis,
    pub assumptions: Vec<Assumption>,
    pub notes: Vec<Note>,
}

impl From<UsedCost> for RowCost {
    fn from(cost: UsedCost) -> RowCost {
        let UsedCost { total, price_basis, assumptions, notes, .. } = cost;
        RowCost { cost: total, is_estimated: false, price_basis, assumptions, notes }
    }
}

/// What a row costs at its place.
pub(super) fn of_row(row: &UsageRow, place: &PlaceOn, log: &LogTerms) -> Result<RowCost, NotTaken> {
    match &row.measured {
        Measured::Reply(reply) => of_reply(reply, row, place, log),
        Measured::Counts(counts) if counts.are_silent() => of_silent(row, place, log),
        Measured::Counts(counts) => of_counts(row, counts, place, log),
    }
}

fn of_reply(
    reply: &Arc<Reply>,
    row: &UsageRow,
    place: &PlaceOn,
    log: &LogTerms,
) -> Result<RowCost, NotTaken> {
    let context = crate::estimate::ReplyContext {
        model: Some(place.model.to_string()),
        processing: row.processing.or_else(|| reply.processed()).or(log.processing),
        ..log.replies.clone()
    };
    let terms = Terms { route: Some(&place.route), ..log.on(place.day) };
    let estimate = estimate_reply(log.catalog, Arc::clone(reply), &context, &terms)?;
    Ok(RowCost {
        price_basis: estimate.price_basis(),
        cost: estimate.total,
        is_estimated: false,
        assumptions: estimate.assumptions,
        notes: estimate.notes,
    })
}

/// A row without counts: what failed costs what the terms of the route say, and an image that was made what the rule of
/// its model counts.
fn of_silent(row: &UsageRow, place: &PlaceOn, log: &LogTerms) -> Result<RowCost, NotTaken> {
    let ending = row.labels.status.as_deref().map_or(Ending::NotTold, Ending::of);
    match (ending, row.images) {
        (Ending::Failed(http), None | Some(0)) => {
            let status = row.labels.status.as_deref().unwrap_or_default();
            let text = |label: &Option<Box<str>>| label.as_deref().map(str::to_owned);
            let (size, quality) = (text(&row.labels.size), text(&row.labels.quality));
            let failed = reply::of_logged(status, http, DescribedImage { size, quality });
            of_reply(&Arc::new(failed), row, place, log)
        }
        (_, Some(0)) => of_counts(row, &zeros(), place, log),
        (_, Some(_)) => of_images(row, place, log),
        (_, None) => {
            let what = "it counts neither tokens nor images, and does not say that it failed";
            Err(NotTaken::says_too_little(what))
        }
    }
}

fn zeros() -> Counts {
    Counts([Some(0); COUNTED.len()])
}

/// Images without their tokens: output by the rule of the model, and input that nobody knows.
fn of_images(row: &UsageRow, place: &PlaceOn, log: &LogTerms) -> Result<RowCost, NotTaken> {
    let rules = place.priced.rules(log.on(place.day).as_of)?;
    let facts = facts(row, place, log)?;
    let asked = output_tokens::Asked {
        quality: facts.quality.as_ref(),
        size: facts.size,
        resolution: None,
    };
    let each = output_tokens::per_image(rules, asked);
    let images = row.images.unwrap_or(0);
    let output =
        each.try_map(|tokens| tokens.checked_mul(images).ok_or(())).map_err(|()| too_large())?;
    let mut usage = beside_tokens(row, &facts);
    usage.set(Meter::ImageOutput, output, Vec::new());
    usage.set(Meter::TextInput, Figure::unknown(0, Logged::NoPrompt), Vec::new());
    usage.set(Meter::ImageInput, left_out(Meter::ImageInput), Vec::new());
    let bills_tokens = COUNTED.iter().any(|meter| place.priced.table.bills(*meter));
    let cost = place.priced.cost_of(&usage, &facts, &log.on(place.day))?;
    Ok(RowCost { is_estimated: bills_tokens, ..cost.into() })
}

/// Counts of which some are left out, or that contradict what the row says, or whose price depends on the row.
fn of_counts(
    row: &UsageRow,
    counts: &Counts,
    place: &PlaceOn,
    log: &LogTerms,
) -> Result<RowCost, NotTaken> {
    let facts = facts(row, place, log)?;
    let mut usage = beside_tokens(row, &facts);
    for (at, meter) in COUNTED.into_iter().enumerate() {
        let is_cached = matches!(meter, Meter::CachedTextInput | Meter::CachedImageInput);
        let count = match counts.0[at] {
            Some(count) => Figure::Exact(count),
            None if is_cached || place.rule.is_none_if_absent(at) => Figure::Exact(0),
            None => left_out(meter),
        };
        usage.set(meter, count, Vec::new());
    }
    if row.images != Some(0) {
        open_what_contradicts(&mut usage, row.images.unwrap_or(1), place);
    }
    Ok(place.priced.cost_of(&usage, &facts, &log.on(place.day))?.into())
}

/// What the counts of a delivered image cannot be: without input, or with fewer output tokens than any image has.
fn open_what_contradicts(usage: &mut Usage, images: u64, place: &PlaceOn) {
    let output = usage.count(Meter::ImageOutput);
    let least = place.least_output.saturating_mul(images);
    match output.exact() {
        Some(0) => {
            let zero = logged(Meter::ImageOutput, MissingCount::ZeroOfDelivered);
            usage.set(Meter::ImageOutput, Figure::unknown(0, zero), Vec::new());
        }
        Some(counted) if counted < least => {
            let fewer = Logged::FewerThanAnyImage { counted, least };
            usage.set(Meter::ImageOutput, Figure::unknown(counted, fewer), Vec::new());
        }
        _ => {}
    }
    if usage.input_tokens().exact() == Some(0) {
        usage.set(Meter::TextInput, Figure::unknown(0, Logged::NoInput), Vec::new());
    }
}

/// Images, calls and pixels, and reference images, which logs do not count.
fn beside_tokens(row: &UsageRow, facts: &Facts) -> Usage {
    let images = row.images.map_or_else(|| Figure::unknown(0, Logged::NoImages), Figure::Exact);
    let pixels = match (facts.size, row.images) {
        (Some(SizeChoice::Exact(size)), Some(images)) => {
            Figure::Exact(size.pixels().saturating_mul(images))
        }
        (_, Some(0)) => Figure::Exact(0),
        _ => Figure::unknown(0, logged(Meter::Pixels, MissingCount::NoSize)),
    };
    let sent = match facts.mode {
        Mode::Generate => Figure::Exact(0),
        Mode::Edit => left_out(Meter::InputImages),
    };
    let mut usage = Usage::default();
    usage.set(Meter::Images, images, Vec::new());
    usage.set(Meter::Calls, Figure::Exact(row.requests), Vec::new());
    usage.set(Meter::Pixels, pixels, Vec::new());
    usage.set(Meter::InputImages, sent, Vec::new());
    usage
}

fn logged(meter: Meter, missing: MissingCount) -> Logged {
    Logged::Count { meter, missing, most_without_image: None }
}

fn left_out(meter: Meter) -> Figure<u64> {
    Figure::unknown(0, logged(meter, MissingCount::LeftOut))
}

fn too_large() -> NotTaken {
    NotTaken::too_large(crate::money::AmountTooLarge)
}

/// What decides the prices of a row besides its counts.
pub(super) fn facts(row: &UsageRow, place: &PlaceOn, log: &LogTerms) -> Result<Facts, NotTaken> {
    let labels = place.priced.rules(log.on(place.day).as_of)?.labels().to_vec();
    let quality = row.labels.quality.as_deref().filter(|label| labels.iter().any(|it| it == label));
    let size: Option<Size> = row.labels.size.as_deref().and_then(|size| size.parse().ok());
    let took_images = match &row.measured {
        Measured::Counts(counts) => [Meter::ImageInput, Meter::CachedImageInput]
            .iter()
            .any(|meter| counts.of(*meter).is_some_and(|count| count > 0)),
        Measured::Reply(_) => false,
    };
    Ok(Facts {
        processing: processing(row, log),
        mode: if took_images { Mode::Edit } else { Mode::Generate },
        quality: quality.map(|label| QualityChoice::Label(label.to_owned())),
        size: size.map(SizeChoice::Exact),
        labels,
        resolution: log.terms.resolution.map(str::to_owned),
        format: None,
    })
}

/// How a row was processed, as far as it or the user says it.
pub(super) fn processing(row: &UsageRow, log: &LogTerms) -> Processing {
    let of_reply = match &row.measured {
        Measured::Reply(reply) => reply.processed(),
        Measured::Counts(_) => None,
    };
    row.processing.or(of_reply).or(log.processing).unwrap_or(Processing::Standard)
}
