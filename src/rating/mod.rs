//! Rating: usage × price table → charges. The one function that prices anything is [`rate`].
//!
//! ```text
//! route, day ─ table ─► rates (factor, basis worked in)
//! facts ─ circumstances ─► all that can be meant ─ lines (per meter the first rate) ─ envelope ─ floor ─► charges
//! ```
//!
//! Every charge keeps its quantity, unit price and amount together with where the price stands, and a
//! total is nothing but the sum of its charges.

mod assumed;
mod assuming;
mod circumstances;
mod ends;
mod envelope;
mod floor;
mod linear;
mod lines;
pub mod purchase;
mod svg;
mod table;
mod turns;
mod value;
mod volume_discount;

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::catalog::evidence::Evidence;
use crate::catalog::price::PriceUnit;
use crate::figure::Figure;
use crate::money::AmountTooLarge;
use crate::note::Note;
use crate::reason::{Pricing, Reasons, Whose};
use crate::unit::{Meter, Per};
use crate::unread::Unread;
use crate::usage::{Quantity, Usage};

pub use crate::exchange::FxRates;
pub use assumed::{AssumedPrice, AssumedRate};
pub use circumstances::Facts;
pub use ends::over_ends;
pub use floor::{Calls, with_floor};
pub use svg::{SvgPrice, svg_price};
pub use table::{PriceTable, TableError, TableRate};
pub use turns::over_turns;
pub use value::in_dollars;

/// Which part of a call a line is for.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Part {
    /// The model that makes the image.
    ImageModel,
    /// The model that calls it.
    Mainline,
    /// The model that wrote an SVG file.
    SvgAuthor,
    /// What may bill and is not read, by its name.
    NotRead(String),
}

/// A line: quantity × unit price = amount, and where the price stands.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Charge {
    /// Which part of the call it is for.
    pub part: Part,
    /// What is counted.
    pub meter: Meter,
    /// How much, for the whole request.
    pub quantity: Quantity,
    /// The price; `None` if it is unknown or depends on something open.
    pub unit_price: Option<UnitPrice>,
    /// The statements that the amount rests on, each once: of every price that it may be charged at.
    pub rests_on: Arc<[Arc<Evidence>]>,
    /// Quantity × unit price in the unit of the table.
    pub native: Figure<Decimal>,
    /// Quantity × unit price in US dollars.
    pub amount: Figure<Decimal>,
    /// The day on which its price was first read, where that is after the day that is priced and no source states that
    /// it held then.
    pub read_on: Option<NaiveDate>,
    /// The table that the price stands in; `None` where there is none for the model at all.
    pub table: Option<PriceTable>,
    /// The rate that is taken for granted, where the price is that.
    pub assumed: Option<AssumedRate>,
}

/// A price for a number of units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitPrice {
    /// The price.
    pub price: Decimal,
    /// For how many units.
    pub per: Per,
    /// What the price is in.
    pub unit: PriceUnit,
    /// Who says so.
    pub evidence: Arc<Evidence>,
    /// The other owner's table that it rests on, in words.
    pub basis: Option<Arc<str>>,
}

/// The charges of a usage, and what is to be said of them.
#[derive(Debug, Clone, Default)]
pub struct Rated {
    /// The lines, in the order of meters.
    pub charges: Vec<Charge>,
    /// Notes on meters that cost nothing.
    pub notes: Vec<Note>,
}

/// Prices usage by a table: per meter the first rate that fits counts, a meter that the owner does not
/// bill makes no line, and a meter without a rate is unknown. Where the facts leave open which rates
/// hold, each line is the range over all that can be meant. What the owner charges for a call at the least is a line
/// of its own.
///
/// # Errors
/// [`AmountTooLarge`] if an amount cannot be kept exact.
pub fn rate(
    usage: &Usage,
    facts: &Facts,
    table: &PriceTable,
    fx: &FxRates,
) -> Result<Rated, AmountTooLarge> {
    let rated = rate_before_floor(usage, facts, table, fx)?;
    let charges = with_floor(rated.charges, usage, Calls::Images, table, fx)?;
    Ok(Rated { charges, ..rated })
}

/// The same without the floor of its calls: of a reply, whose parts are rated one by one, and of one of the lines alone.
///
/// # Errors
/// Those of [`rate`].
pub fn rate_before_floor(
    usage: &Usage,
    facts: &Facts,
    table: &PriceTable,
    fx: &FxRates,
) -> Result<Rated, AmountTooLarge> {
    let (possible, reasons) = circumstances::possible(facts, &usage.input_tokens(), table);
    let alternatives = possible
        .iter()
        .map(|circumstances| lines::charges(usage, circumstances, table, fx))
        .collect::<Result<Vec<_>, _>>()?;
    let charges = envelope::over(alternatives, &reasons);
    let notes = usage
        .counted()
        .filter_map(|(meter, quantity)| not_billed(meter, quantity, table))
        .collect();
    Ok(Rated { charges, notes })
}

/// Charges for usage that no table prices: every line is unknown, for the same reason.
pub fn without_table(usage: &Usage, reason: impl Into<Reasons>) -> Rated {
    let reason = reason.into();
    let unpriced = |(meter, quantity): (Meter, &Quantity)| Charge {
        part: Part::ImageModel,
        meter,
        quantity: quantity.clone(),
        unit_price: None,
        rests_on: Arc::default(),
        native: Figure::unknown(Decimal::ZERO, reason.clone()),
        amount: Figure::unknown(Decimal::ZERO, reason.clone()),
        read_on: None,
        table: None,
        assumed: None,
    };
    Rated { charges: usage.counted().map(unpriced).collect(), notes: Vec::new() }
}

/// The line of what may bill and is not read: no price says what it costs.
pub fn not_read(unread: &Unread) -> Charge {
    let Unread { key, value, count, left_out_by, known, .. } = unread;
    let reason = Pricing::NotRead {
        key: key.as_str().into(),
        value: value.as_str().into(),
        known: known.as_str().into(),
        left_out_by: *left_out_by,
    };
    let quantity = Quantity { count: Figure::Exact(*count), how: vec![format!("{key}: {value}")] };
    Charge {
        part: Part::NotRead(key.clone()),
        meter: Meter::NotRead,
        quantity,
        unit_price: None,
        rests_on: Arc::default(),
        native: Figure::unknown(Decimal::ZERO, reason.clone()),
        amount: Figure::unknown(Decimal::ZERO, reason),
        read_on: None,
        table: None,
        assumed: None,
    }
}

impl Charge {
    /// What the amount rests on where it may be either of two lines'.
    pub(crate) fn rests_on_both(&self, other: &Charge) -> Arc<[Arc<Evidence>]> {
        if other.rests_on.iter().all(|it| self.rests_on.contains(it)) {
            return self.rests_on.clone();
        }
        let more = other.rests_on.iter().filter(|it| !self.rests_on.contains(it));
        self.rests_on.iter().chain(more).cloned().collect()
    }
}

impl Rated {
    /// The same lines, each open amount with whose rule or terms are open.
    #[must_use]
    pub fn located(mut self, whose: &Whose) -> Rated {
        for charge in &mut self.charges {
            let of = |figure: &Figure<Decimal>| figure.clone().located(whose);
            (charge.native, charge.amount) = (of(&charge.native), of(&charge.amount));
            charge.quantity.count = charge.quantity.count.clone().located(whose);
        }
        self
    }

    /// The same lines as those of another part of the call.
    pub fn of(mut self, part: &Part) -> Rated {
        self.charges.iter_mut().for_each(|charge| charge.part = part.clone());
        self
    }
}

/// The sum of charges.
///
/// # Errors
/// [`AmountTooLarge`] if the sum cannot be kept exact.
pub fn total<'a>(
    charges: impl IntoIterator<Item = &'a Charge>,
) -> Result<Figure<Decimal>, AmountTooLarge> {
    Figure::sum(charges.into_iter().map(|charge| &charge.amount))
}

fn not_billed(meter: Meter, quantity: &Quantity, table: &PriceTable) -> Option<Note> {
    if !table.not_billed.contains(&meter) || meter != Meter::TextOutput {
        return None;
    }
    let (tokens, owner) = (quantity.count.low(), table.route.owner_name.clone());
    Some(Note::NotBilled { tokens, meter, owner })
}
