//! What is to be said of an estimate besides its figures.

use rust_decimal::Decimal;

use crate::attempts::AttemptCost;
use crate::catalog::evidence::{Confidence, Evidence};
use crate::catalog::price::Contract;
use crate::catalog::route::Route;
use crate::figure::Figure;
use crate::note::{Note, NoteCode};
use crate::rating::{Charge, FxRates, PriceTable};

/// Notes on the table that the charges were rated by.
pub(super) fn of_table(table: &PriceTable, charges: &[Charge], fx: &FxRates) -> Vec<Note> {
    let quoted = is_quoted(table, charges).then(quoted_note);
    fx_note(table, fx).into_iter().chain(contract_note(&table.route)).chain(quoted).collect()
}

/// Whether a price rests on weak evidence.
pub(super) fn is_quoted(table: &PriceTable, charges: &[Charge]) -> bool {
    let weak = |evidence: &Evidence| evidence.confidence == Confidence::Low;
    let mut prices = charges.iter().filter_map(|charge| charge.unit_price.as_ref());
    weak(&table.version().evidence) || prices.any(|price| weak(&price.evidence))
}

fn quoted_note() -> Note {
    let text = "the price is quoted only: it rests on one secondary source, or on sources that \
                contradict each other";
    Note::new(NoteCode::Quoted, text)
}

fn contract_note(route: &Route) -> Option<Note> {
    let text = match route.contract {
        Contract::List => return None,
        Contract::Ours => {
            format!("a price of your own contract with {}, not its list", route.owner_name)
        }
        Contract::Correction => {
            format!("your correction of the list of {}, not the shipped table", route.owner_name)
        }
    };
    Some(Note::new(NoteCode::OwnContract, text))
}

/// Reasons that the cost per accepted image has beyond those of the request itself.
pub(super) fn failure_note(total: &Figure<Decimal>, attempts: &AttemptCost) -> Option<Note> {
    let more = attempts.per_accepted_image.reasons().without(total.reasons());
    (!more.is_empty()).then(|| Note::of_reasons(NoteCode::FailureChargeOpen, more))
}

fn fx_note(table: &PriceTable, fx: &FxRates) -> Option<Note> {
    let code = table.version().unit.name();
    let rate = fx.get(code)?;
    Some(Note::new(NoteCode::ExchangeRate, format!("{}, as given", rate.in_words(code))))
}
