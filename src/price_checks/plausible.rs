//! Rates that are far from the official ones: more than 10 times, or less than a twentieth.
//!
//! Token rates are held against the official rate of the same meter, prices per image or call against
//! the official cost of one 1024x1024 image of quality high. A price in a unit without a dollar value
//! cannot be held against anything.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::Finding;
use crate::attempts::AttemptRates;
use crate::catalog::Catalog;
use crate::catalog::conditions::Processing;
use crate::catalog::dated::Dated;
use crate::catalog::position::Position;
use crate::catalog::price::PriceVersion;
use crate::catalog::route::Route;
use crate::estimate::{Terms, estimate_request};
use crate::money;
use crate::problem::ProblemCode;
use crate::rating::{FxRates, PriceTable, TableRate, in_dollars};
use crate::request::{Draft, Prompt};
use crate::unit::{Meter, Per};

/// A rate above this many times the official one is asked about.
const MOST: Decimal = Decimal::TEN;
/// A rate below this share of the official one is asked about: 0.05.
const LEAST: Decimal = Decimal::from_parts(5, 0, 0, false, 2);

pub(super) fn findings(
    catalog: &Catalog,
    route: &Arc<Route>,
    version: &PriceVersion,
    today: NaiveDate,
) -> Vec<Finding> {
    let Some(official) = Official::of(catalog, route, version, today) else { return Vec::new() };
    let Ok(table) = PriceTable::of(catalog, route.clone(), official.day) else { return Vec::new() };
    let rates = table.lists().iter().flatten().filter(|rate| is_standard(rate));
    rates.filter_map(|rate| official.far(rate, version)).collect()
}

fn is_standard(rate: &TableRate) -> bool {
    rate.rate.when.processing == Processing::Standard
}

/// What the maker of the model asks on a day of the version.
struct Official {
    id: String,
    day: NaiveDate,
    table: PriceTable,
    image: Option<Decimal>,
}

impl Official {
    /// The maker's own table; none for its own list, and where it has none on the version's days.
    fn of(
        catalog: &Catalog,
        route: &Route,
        version: &PriceVersion,
        today: NaiveDate,
    ) -> Option<Official> {
        let model = catalog.model(&route.model).ok()?;
        let id = model.makers_route();
        if route.id.to_string() == id {
            return None;
        }
        let list = catalog.route(&id).ok()?;
        let period = version.period();
        let day = if period.contains(today) { today } else { period.first };
        let table = PriceTable::of(catalog, list, day).ok()?;
        let image = one_image(catalog, &id, &model.id, day);
        Some(Official { id, day, table, image })
    }

    /// The finding of a rate that is far from the official one.
    fn far(&self, rate: &TableRate, version: &PriceVersion) -> Option<Finding> {
        let own = dollars_each(rate, version)?;
        let meter = rate.rate.meter;
        let (official, of) = match meter {
            meter if meter.is_tokens() => (self.token(meter)?, "its rate"),
            Meter::Images | Meter::Calls => {
                (self.image?, "what one 1024x1024 image of quality high costs")
            }
            _ => return None,
        };
        if official.is_zero() {
            return None;
        }
        let ratio = money::quotient(own, official).ok()?;
        if (LEAST..=MOST).contains(&ratio) {
            return None;
        }
        // A rate of another table stands in no line of this file.
        let own_line = rate.basis.is_none();
        let at: &Position = if own_line { &rate.rate.position } else { &version.position };
        let shown = ratio.round_sf(2).unwrap_or(ratio).normalize();
        Some(Finding {
            code: ProblemCode::FarFromOfficial,
            at: at.clone(),
            message: format!("the price of {meter} is {shown} × {of} at {}", self.id),
            help: "check price, `per` and unit against the source; if they are right, acknowledge it: \
                   `acknowledged: [{warning: far-from-official, on: …, reason: \"…\"}]`"
                .into(),
        })
    }

    fn token(&self, meter: Meter) -> Option<Decimal> {
        let rates = self.table.lists().iter().flatten();
        let rate = rates.into_iter().find(|rate| rate.rate.meter == meter && is_standard(rate))?;
        dollars_each(rate, self.table.version())
    }
}

/// The dollars for one unit of the meter.
fn dollars_each(rate: &TableRate, version: &PriceVersion) -> Option<Decimal> {
    let rate = &rate.rate;
    // Prices per million keep more digits than the quotient for one unit: all are taken per million.
    let times = Per::Million.count() / rate.per.count();
    let price = money::multiply(rate.price, Decimal::from(times)).ok()?;
    in_dollars(price, &version.unit, &FxRates::new()).ok().flatten()
}

/// The official cost of one image, per million images as the rates are.
fn one_image(catalog: &Catalog, route: &str, model: &str, day: NaiveDate) -> Option<Decimal> {
    let draft = Draft {
        model: Some(model.to_owned()),
        size: Some("1024x1024".into()),
        quality: Some("high".into()),
        prompt: Some(Prompt::BilledTokens(0)),
        ..Draft::default()
    };
    let fx = FxRates::new();
    let terms = Terms {
        route: Some(route),
        as_of: day,
        today: day,
        held_since: None,
        rates: AttemptRates::ONE_ATTEMPT,
        accepted_images: None,
        review: None,
        resolution: None,
        fx: &fx,
        top_up: None,
        data_residency: false,
        assumed_rates: &[],
    };
    let cost = estimate_request(catalog, &draft, &terms).ok()?.total;
    // Of a range, the most is the milder measure for what is dear and the stricter for what is cheap.
    let cost = cost.high()?;
    money::multiply(cost, Decimal::from(Per::Million.count())).ok()
}
