//! What decides a cost besides the prices themselves.

use rust_decimal::Decimal;

use super::Both;
use crate::catalog::evidence::{Confidence, Evidence};
use crate::catalog::funding::Funding;
use crate::catalog::locator::Located;
use crate::catalog::price::{AutoMeans, Classes, NotOffered, PriceUnit, Rounding};
use crate::rating::PriceTable;

/// What differs besides the prices, as it stands on both sides.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum DetailChange {
    /// What the prices are in, or what that is worth.
    Unit(Both<PriceUnit>),
    /// Of how many lists the cheapest is charged.
    Lists(Both<usize>),
    /// A rounding that the contract states.
    Rounding(Both<Option<Rounding>>),
    /// What a call costs at the least.
    Floor(Both<Option<Decimal>>),
    /// The resolution classes.
    Classes(Both<Option<Classes>>),
    /// How many images a call makes.
    ImagesPerCall(Both<Option<u32>>),
    /// What `auto` is charged as.
    AutoMeans(Both<AutoMeans>),
    /// What is not offered.
    NotOffered(Both<Vec<NotOffered>>),
    /// Fees and bonuses on buying the unit.
    Funding(Box<Both<Option<Funding>>>),
}

pub(super) fn changes(tables: Both<&PriceTable>) -> Vec<DetailChange> {
    let versions = tables.map(PriceTable::version);
    let funding = tables.map(|table| table.route.funding.as_ref().and_then(cash_terms));
    let found = [
        differing(versions.map(|version| version.unit.clone())).map(DetailChange::Unit),
        differing(tables.map(|table| table.lists().len())).map(DetailChange::Lists),
        differing(versions.map(|version| version.rounding)).map(DetailChange::Rounding),
        differing(versions.map(|version| version.floor)).map(DetailChange::Floor),
        differing(versions.map(|version| version.classes.clone())).map(DetailChange::Classes),
        differing(versions.map(|version| version.images_per_call)).map(DetailChange::ImagesPerCall),
        differing(versions.map(|version| version.auto_means.clone())).map(DetailChange::AutoMeans),
        not_offered(versions.map(|version| &version.not_offered)),
        differing(funding).map(|funding| DetailChange::Funding(Box::new(funding))),
    ];
    found.into_iter().flatten().collect()
}

fn differing<T: PartialEq>(sides: Both<T>) -> Option<Both<T>> {
    (sides[0] != sides[1]).then_some(sides)
}

fn not_offered(sides: Both<&Vec<NotOffered>>) -> Option<DetailChange> {
    let what = |rows: &Vec<NotOffered>| -> Vec<_> {
        rows.iter().map(|row| (row.processing, row.mode, row.quality.clone())).collect()
    };
    (what(sides[0]) != what(sides[1])).then(|| DetailChange::NotOffered(sides.map(Clone::clone)))
}

/// What of a way to buy the unit changes the cash for a volume.
fn cash_terms(funding: &Funding) -> Option<Funding> {
    let mut terms = funding.clone();
    terms.subscriptions.clear();
    terms.packs.clear();
    terms.expiry = None;
    terms.evidence = Evidence {
        source: String::new(),
        locators: Located::NotGiven,
        seen: None,
        confidence: Confidence::Low,
        note: None,
    };
    terms.changes_the_cash().then_some(terms)
}
