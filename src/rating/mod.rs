//! Rating: usage × price version → charges. The one function that prices anything is [`rate`].
//!
//! Every charge keeps its quantity, unit price and amount together with where the price stands, and a
//! total is nothing but the sum of its charges.

use rust_decimal::Decimal;
use std::sync::Arc;

use crate::catalog::evidence::Evidence;
use crate::catalog::route::{Conditions, PriceVersion, Processing, Rate, Route};
use crate::figure::Figure;
use crate::money::{self, AmountTooLarge};
use crate::note::{Note, NoteCode};
use crate::unit::{Meter, Per};
use crate::usage::{Quantity, Usage};

/// A version of a route's price table: what a charge is rated by.
#[derive(Debug, Clone)]
pub struct PriceTable {
    /// The route.
    pub route: Arc<Route>,
    /// Which of its versions, as an index into [`Route::versions`].
    version: usize,
}

impl PriceTable {
    /// The version of a route in force on a day.
    ///
    /// # Errors
    /// The period of the nearest version, where none holds on the day.
    pub fn in_force(
        route: Arc<Route>,
        day: chrono::NaiveDate,
    ) -> Result<PriceTable, Option<crate::catalog::dated::Period>> {
        let found = crate::catalog::dated::in_force(&route.versions, day)?;
        let version =
            route.versions.iter().position(|version| version == found).unwrap_or_default();
        Ok(PriceTable { route, version })
    }

    /// The rates.
    pub fn version(&self) -> &PriceVersion {
        &self.route.versions[self.version]
    }
}

/// What decides between several rates of a meter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Circumstances {
    /// How the request is processed.
    pub processing: Processing,
    /// All input tokens of the call, if exactly known.
    pub input_tokens: Option<u64>,
}

/// A line: quantity × unit price = amount, and where the price stands.
#[derive(Debug, Clone)]
pub struct Charge {
    /// What is counted.
    pub meter: Meter,
    /// How much, for the whole request.
    pub quantity: Quantity,
    /// The price; `None` if it is unknown.
    pub unit_price: Option<UnitPrice>,
    /// Quantity × unit price.
    pub amount: Figure<Decimal>,
    /// The table that the price stands in; `None` where there is none for the model at all.
    pub table: Option<PriceTable>,
}

/// A price for a number of units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitPrice {
    /// The price.
    pub price: Decimal,
    /// For how many units.
    pub per: Per,
    /// Who says so.
    pub evidence: Evidence,
}

/// The charges of a usage, and what is to be said of them.
#[derive(Debug, Clone, Default)]
pub struct Rated {
    /// The lines, in the order of meters.
    pub charges: Vec<Charge>,
    /// Notes on meters that cost nothing.
    pub notes: Vec<Note>,
}

/// Prices usage by a version of a table: per meter the first rate that fits counts, a meter that the
/// owner does not bill makes no line, and a meter without a rate is unknown.
///
/// # Errors
/// [`AmountTooLarge`] if an amount cannot be kept exact.
pub fn rate(
    usage: &Usage,
    processing: Processing,
    table: &PriceTable,
) -> Result<Rated, AmountTooLarge> {
    let circumstances = Circumstances { processing, input_tokens: usage.exact_input_tokens() };
    let mut rated = Rated::default();
    for (meter, quantity) in usage.counted() {
        let version = table.version();
        let found = find_rate(version, meter, circumstances);
        if found.is_none() && version.not_billed.contains(&meter) {
            rated.notes.extend(not_billed(meter, quantity, table));
            continue;
        }
        rated.charges.push(charge(meter, quantity, found, circumstances, table)?);
    }
    Ok(rated)
}

/// Charges for usage that no table prices: every line is unknown, for the same reason.
pub fn without_table(usage: &Usage, reason: &str) -> Rated {
    let unpriced = |(meter, quantity): (Meter, &Quantity)| Charge {
        meter,
        quantity: quantity.clone(),
        unit_price: None,
        amount: Figure::unknown(Decimal::ZERO, reason),
        table: None,
    };
    Rated { charges: usage.counted().map(unpriced).collect(), notes: Vec::new() }
}

/// The sum of charges.
///
/// # Errors
/// [`AmountTooLarge`] if the sum cannot be kept exact.
pub fn total<'a>(
    charges: impl IntoIterator<Item = &'a Charge>,
) -> Result<Figure<Decimal>, AmountTooLarge> {
    charges.into_iter().try_fold(Figure::Exact(Decimal::ZERO), |sum, charge| {
        sum.try_join(&charge.amount, money::add)
    })
}

fn find_rate(version: &PriceVersion, meter: Meter, circumstances: Circumstances) -> Option<&Rate> {
    version.rates.iter().find(|rate| rate.meter == meter && holds(&rate.when, circumstances))
}

fn holds(when: &Conditions, circumstances: Circumstances) -> bool {
    when.processing == circumstances.processing
        && when
            .input_tokens_up_to
            .is_none_or(|limit| circumstances.input_tokens.is_some_and(|tokens| tokens <= limit))
}

fn charge(
    meter: Meter,
    quantity: &Quantity,
    rate: Option<&Rate>,
    circumstances: Circumstances,
    table: &PriceTable,
) -> Result<Charge, AmountTooLarge> {
    let version = table.version();
    let (unit_price, amount) = match rate {
        None => (None, Figure::unknown(Decimal::ZERO, no_rate(meter, circumstances, table))),
        Some(rate) => {
            let per = Decimal::from(rate.per.count());
            let amount = quantity
                .count
                .try_map(|count| money::quotient(money::times(count, rate.price)?, per))?;
            let evidence = rate.evidence.clone().unwrap_or_else(|| version.evidence.clone());
            (Some(UnitPrice { price: rate.price, per: rate.per, evidence }), amount)
        }
    };
    Ok(Charge { meter, quantity: quantity.clone(), unit_price, amount, table: Some(table.clone()) })
}

/// Why a meter has no price.
fn no_rate(meter: Meter, circumstances: Circumstances, table: &PriceTable) -> String {
    let looked_for =
        table.version().not_stated.iter().find(|row| {
            row.meters.contains(&meter) && row.when.processing == circumstances.processing
        });
    let what = match circumstances.processing {
        Processing::Standard => String::new(),
        Processing::Batch => "Batch ".to_owned(),
    };
    let found = looked_for.map_or_else(String::new, |row| format!(" ({})", row.reason));
    format!("the {what}rate for {} is not stated{found}", meter.label())
}

fn not_billed(meter: Meter, quantity: &Quantity, table: &PriceTable) -> Option<Note> {
    if matches!(meter, Meter::Images | Meter::Calls) {
        return None;
    }
    let message = format!(
        "{} {} tokens are not billed by {}",
        quantity.count.low(),
        meter.label(),
        table.route.owner_name
    );
    Some(Note::new(NoteCode::NotBilled, message))
}
