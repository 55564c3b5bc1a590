//! A table with rates behind its own that a user takes for granted.

use std::sync::Arc;

use super::assumed::{AssumedPrice, AssumedRate};
use super::table::{PriceTable, TableRate};
use crate::catalog::conditions::{Conditions, Processing};
use crate::catalog::evidence::{Confidence, Evidence};
use crate::catalog::locator::Located;
use crate::catalog::price::Rate;

impl PriceTable {
    /// The table with these rates behind its own, for meters that it bills and has no such rate of.
    #[must_use]
    pub fn assuming(mut self, rates: &[AssumedRate]) -> PriceTable {
        if rates.is_empty() {
            return self;
        }
        let mut lists = Vec::clone(&self.lists);
        for list in &mut lists {
            let more: Vec<TableRate> =
                rates.iter().flat_map(|rate| self.assumed_of(rate, list)).collect();
            list.extend(more);
        }
        self.lists = Arc::new(lists);
        self
    }

    /// What an assumed rate adds to a list: nothing where the owner does not bill the meter, or the price is in another
    /// unit.
    fn assumed_of(&self, assumed: &AssumedRate, list: &[TableRate]) -> Vec<TableRate> {
        let AssumedRate { meter, processing, price } = assumed;
        let of_meter = || list.iter().filter(|rate| rate.rate.meter == *meter);
        match price {
            AssumedPrice::AsStandard => of_meter()
                .filter(|rate| rate.rate.when.processing == Processing::Standard)
                .map(|standard| {
                    let when = Conditions { processing: *processing, ..standard.rate.when.clone() };
                    let rate = Arc::new(Rate { when, ..Rate::clone(&standard.rate) });
                    TableRate { rate, assumed: Some(assumed.clone()), ..standard.clone() }
                })
                .collect(),
            AssumedPrice::Of(price, per) => {
                let is_billed = !self.not_billed.contains(meter);
                let Some(like) = of_meter().next().or(list.first()).filter(|_| is_billed) else {
                    return Vec::new();
                };
                if !self.version().unit.is_usd() {
                    return Vec::new();
                }
                let when = Conditions::of(*processing);
                let rate = Rate {
                    meter: *meter,
                    price: *price,
                    per: *per,
                    when,
                    after: 0,
                    whole_units: false,
                    inferred: false,
                    evidence: None,
                    ..Rate::clone(&like.rate)
                };
                let evidence = [Arc::new(by_the_user())].into();
                let assumed = Some(assumed.clone());
                vec![TableRate {
                    rate: Arc::new(rate),
                    basis: None,
                    evidence,
                    read_on: None,
                    assumed,
                }]
            }
        }
    }
}

/// What stands in the place of a source.
fn by_the_user() -> Evidence {
    Evidence {
        source: "your own assumption".to_owned(),
        locators: Located::NotGiven,
        seen: None,
        confidence: Confidence::High,
        note: None,
    }
}
