//! What data residency adds: a factor of the model at its maker's own routes, as lines of their own.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::place::find_model;
use super::{EstimateError, Terms};
use crate::catalog::Catalog;
use crate::catalog::evidence::Evidence;
use crate::catalog::model::Residency;
use crate::figure::Figure;
use crate::money::{self, AmountTooLarge};
use crate::note::Note;
use crate::rating::{Charge, Part, PriceTable, Rated};
use crate::reason::{Pricing, Reason, Whose};
use crate::unit::Meter;
use crate::usage::Quantity;

/// Adds what data residency adds to the lines of each model, where it is asked for. At another owner than the maker
/// of the model, nothing is stated of it.
pub(super) fn add(
    catalog: &Catalog,
    rated: &mut Rated,
    terms: &Terms,
) -> Result<(), EstimateError> {
    if !terms.data_residency {
        return Ok(());
    }
    let mut more = Rated::default();
    for (part, table) in tables(&rated.charges) {
        let of_part = |line: &&Charge| {
            line.part == part && line.table.as_ref().is_some_and(|it| is_same(it, &table))
        };
        let lines: Vec<&Charge> = rated.charges.iter().filter(of_part).collect();
        let model = find_model(catalog, &table.route.model)?;
        let stated = model.residency_on(&table.route);
        if let Some(free) = stated.filter(|it| it.adds_nothing()) {
            let (model, evidence) = (model.id.clone(), (*free.evidence).clone());
            more.notes.push(Note::ResidencyAddsNothing { model, evidence });
            continue;
        }
        if let Some(stated) = stated {
            let (model, residency) = (model.id.clone(), Box::new(stated.clone()));
            more.notes.push(Note::ResidencyAdds { model, residency });
        }
        for (meter, is_input) in [(Meter::ResidencyInput, true), (Meter::Residency, false)] {
            let of_side = lines.iter().filter(|line| line.meter.is_input() == is_input);
            let of_side: Vec<&Charge> = of_side.copied().collect();
            if !of_side.is_empty() {
                more.charges.push(line(meter, &of_side, (&part, &table), stated)?);
            }
        }
    }
    rated.charges.extend(more.charges);
    rated.notes.extend(more.notes);
    Ok(())
}

/// The parts of a call with the tables that they are priced by, each once.
fn tables(charges: &[Charge]) -> Vec<(Part, PriceTable)> {
    let mut found: Vec<(Part, PriceTable)> = Vec::new();
    for charge in charges {
        let Some(table) = &charge.table else { continue };
        let known =
            |(part, known): &(Part, PriceTable)| *part == charge.part && is_same(known, table);
        if !found.iter().any(known) {
            found.push((charge.part.clone(), table.clone()));
        }
    }
    found
}

fn is_same(a: &PriceTable, b: &PriceTable) -> bool {
    a.route.id == b.route.id
}

fn line(
    meter: Meter,
    lines: &[&Charge],
    (part, table): (&Part, &PriceTable),
    stated: Option<&Residency>,
) -> Result<Charge, AmountTooLarge> {
    let whose = Whose::of(&table.route);
    let of = |amount: fn(&Charge) -> &Figure<Decimal>| {
        let sum = Figure::sum(lines.iter().map(|line| amount(line)))?;
        match stated {
            Some(residency) => uplift(&sum, residency),
            None => Ok(Figure::unknown(Decimal::ZERO, Pricing::ResidencyNotStated)),
        }
        .map(|figure| figure.located(&whose))
    };
    let evidence: Arc<[Arc<Evidence>]> =
        stated.map(|it| it.evidence.clone()).into_iter().collect::<Vec<_>>().into();
    Ok(Charge {
        part: part.clone(),
        meter,
        quantity: Quantity { count: Figure::Exact(1), how: how(stated) },
        unit_price: None,
        rests_on: evidence,
        native: of(|line| &line.native)?,
        amount: of(|line| &line.amount)?,
        read_on: None,
        table: Some(table.clone()),
        assumed: None,
    })
}

/// What a factor adds to a sum: at its least to the least, at its most to the most.
fn uplift(sum: &Figure<Decimal>, residency: &Residency) -> Result<Figure<Decimal>, AmountTooLarge> {
    let [low, high] = residency.factors.map(|factor| factor - Decimal::ONE);
    if low == high {
        return sum.try_map(|amount| money::multiply(amount, low));
    }
    let open = residency.open.as_deref().unwrap_or_default();
    let reason = Reason::from(Pricing::ResidencyOpen(open.into()));
    let reasons = sum.reasons().and(&reason.into());
    let least = money::multiply(sum.low(), low)?;
    Ok(match sum.high() {
        Some(most) => Figure::range(least, None, money::multiply(most, high)?, reasons),
        None => Figure::unknown(least, reasons),
    })
}

fn how(stated: Option<&Residency>) -> Vec<String> {
    let words = |it: &Residency| {
        format!("what × {} adds to what is processed in a region", it.factors_in_words())
    };
    stated.map(words).into_iter().collect()
}
