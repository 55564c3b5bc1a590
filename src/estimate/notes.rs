//! What is to be said of an estimate besides its figures.

use rust_decimal::Decimal;

use crate::attempts::AttemptCost;
use crate::catalog::evidence::{Confidence, Evidence};
use crate::catalog::price::Contract;
use crate::catalog::route::Route;
use crate::figure::Figure;
use crate::note::Note;
use crate::rating::{Charge, FxRates, PriceTable};

/// Notes on the table that the charges were rated by.
pub(super) fn of_table(table: &PriceTable, charges: &[Charge], fx: &FxRates) -> Vec<Note> {
    let quoted = is_quoted(table, charges).then_some(Note::Quoted);
    fx_note(table, fx).into_iter().chain(contract_note(&table.route)).chain(quoted).collect()
}

/// Whether a price rests on weak evidence.
pub(super) fn is_quoted(table: &PriceTable, charges: &[Charge]) -> bool {
    let weak = |evidence: &Evidence| evidence.confidence == Confidence::Low;
    let mut of_lines = charges.iter().flat_map(|charge| &*charge.rests_on);
    weak(&table.version().evidence) || of_lines.any(|it| weak(it))
}

fn contract_note(route: &Route) -> Option<Note> {
    let (contract, owner) = (route.contract, route.owner_name.clone());
    (contract != Contract::List).then_some(Note::OwnContract { contract, owner })
}

/// Reasons that the cost per accepted image has beyond those of the request itself.
pub(super) fn failure_note(total: &Figure<Decimal>, attempts: &AttemptCost) -> Option<Note> {
    let more = attempts.per_accepted_image.reasons().without(total.reasons());
    (!more.is_empty()).then_some(Note::FailureChargeOpen(more))
}

fn fx_note(table: &PriceTable, fx: &FxRates) -> Option<Note> {
    let currency = table.version().unit.name().to_owned();
    let rate = *fx.get(&currency)?;
    Some(Note::ExchangeRate { currency, rate })
}
