//! The cost of an image by its size, rated once for all sizes that a price table takes as equal.

use rust_decimal::Decimal;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use crate::catalog::price::{ClassRule, Classes};
use crate::estimate::Estimate;
use crate::figure::Figure;
use crate::money::AmountTooLarge;
use crate::rating::{self, Facts, FxRates, PriceTable};
use crate::request::SizeChoice;
use crate::size::Size;
use crate::unit::Meter;
use crate::usage::Usage;

/// Tokens and cost, shared by all sizes that have the same.
pub(super) type Shared = (Arc<Figure<u64>>, Arc<Figure<Decimal>>);

/// The costs of sizes on one table.
pub(super) struct Costs<'a> {
    table: &'a PriceTable,
    fx: &'a FxRates,
    facts: Facts,
    /// All that an image bills besides what its size decides.
    usage: Usage,
    looks: Looks<'a>,
    known: HashMap<Key, Shared>,
}

impl<'a> Costs<'a> {
    /// Costs on the table of an estimate, of one image with the same usage otherwise.
    pub(super) fn new(base: &'a Estimate, facts: Facts, fx: &'a FxRates) -> Costs<'a> {
        let mut usage = Usage::default();
        for (meter, quantity) in base.usage.counted() {
            usage.set(meter, quantity.count.clone(), Vec::new());
        }
        let looks = Looks::of(&base.table);
        Costs { table: &base.table, fx, facts, usage, looks, known: HashMap::new() }
    }

    /// The tokens and the cost of a size with so many tokens.
    pub(super) fn of(&mut self, size: Size, tokens: Figure<u64>) -> Result<Shared, AmountTooLarge> {
        let key = self.looks.key(size, &tokens);
        if let Some(known) = self.known.get(&key) {
            return Ok(known.clone());
        }
        self.facts.size = Some(SizeChoice::Exact(size));
        self.usage.set(Meter::ImageOutput, tokens.clone(), Vec::new());
        self.usage.set(Meter::Pixels, Figure::Exact(size.pixels()), Vec::new());
        let rated = rating::rate(&self.usage, &self.facts, self.table, self.fx)?;
        let shared = (Arc::new(tokens), Arc::new(rating::total(&rated.charges)?));
        self.known.insert(key, shared.clone());
        Ok(shared)
    }
}

/// What of a size the rates of a table look at besides its tokens.
struct Looks<'a> {
    pixels: bool,
    aspect: bool,
    sizes: BTreeSet<Size>,
    classes: Option<&'a Classes>,
}

/// Sizes with the same key have the same tokens and the same cost.
#[derive(PartialEq, Eq, Hash)]
struct Key {
    tokens: (u64, Option<u64>, Option<u64>),
    pixels: Option<u64>,
    square: Option<bool>,
    named: Option<Size>,
    class: Option<usize>,
}

impl<'a> Looks<'a> {
    fn of(table: &'a PriceTable) -> Looks<'a> {
        Looks {
            pixels: table.rate_conditions().any(|(meter, _)| meter == Meter::Pixels),
            aspect: table.rate_conditions().any(|(_, when)| when.aspect.is_some()),
            sizes: table.rate_conditions().filter_map(|(_, when)| when.size).collect(),
            classes: table.version().classes.as_ref(),
        }
    }

    fn key(&self, size: Size, tokens: &Figure<u64>) -> Key {
        Key {
            tokens: (tokens.low(), tokens.expected(), tokens.high()),
            pixels: self.pixels.then(|| size.pixels()),
            square: self.aspect.then(|| size.is_square()),
            named: self.sizes.get(&size).copied(),
            class: self.classes.and_then(|classes| bucket(classes, size)),
        }
    }
}

fn bucket(classes: &Classes, size: Size) -> Option<usize> {
    let measure = match classes.by {
        ClassRule::Pixels => size.pixels(),
        ClassRule::LongEdge => u64::from(size.long_edge()),
        ClassRule::Parameter => return None,
    };
    let fits = |up_to: Option<u64>| up_to.is_none_or(|most| measure <= most);
    classes.buckets.iter().position(|bucket| fits(bucket.up_to))
}
