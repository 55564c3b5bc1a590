//! Cheaper sizes, looked for once however many workloads ask for the same.

use std::cell::RefCell;
use std::collections::HashMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::catalog::Catalog;
use crate::size::Size;
use crate::size_choice::cheaper_of_its_shape;
use crate::size_choice::prices::PricedOn;

/// By which share the shape of a cheaper size may differ: 10%.
const ASPECT_TOLERANCE: Decimal = Decimal::from_parts(1, 0, 0, false, 1);

/// The cheaper sizes of one budget, whose day of knowledge and exchange rates hold for all of them.
#[derive(Default)]
pub(super) struct CheaperSizes {
    found: RefCell<HashMap<Asked, Option<Size>>>,
}

/// What of a workload decides which size is cheaper.
#[derive(PartialEq, Eq, Hash)]
struct Asked {
    size: Size,
    names: [Option<String>; 4],
    as_of: NaiveDate,
}

impl CheaperSizes {
    /// The cheapest size with as many pixels and about the shape, if one costs less.
    pub(super) fn of(&self, catalog: &Catalog, place: &PricedOn, size: Size) -> Option<Size> {
        let names = [place.model, place.quality, place.route, place.resolution];
        let asked =
            Asked { size, names: names.map(|it| it.map(str::to_owned)), as_of: place.as_of };
        let look = || {
            let found = cheaper_of_its_shape(catalog, place, size, ASPECT_TOLERANCE);
            found.ok().flatten().map(|priced| priced.size)
        };
        *self.found.borrow_mut().entry(asked).or_insert_with(look)
    }
}
