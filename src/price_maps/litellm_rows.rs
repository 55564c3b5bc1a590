//! Our rates of images in the shape of LiteLLM's map: what that shape can say, and nothing by approximation.
//!
//! A route whose price needs more than the shape has is left out as a whole: with a part of its rates alone, the map would
//! charge something else in silence.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::litellm::{OF_IMAGE, PROCESSINGS, TOKEN_FIELDS};
use crate::catalog::Catalog;
use crate::catalog::conditions::{Conditions, Mode, Processing};
use crate::catalog::evidence::{Confidence, Evidence, RestsOn};
use crate::catalog::owner::{Owner, OwnerKind};
use crate::catalog::route::{Route, RouteId, Status};
use crate::estimate::{EstimateError, find_model, find_table};
use crate::money::{self, AmountTooLarge};
use crate::rating::{FxRates, PriceTable, TableRate, in_dollars};
use crate::size::Size;
use crate::unit::Meter;

/// The resolutions for which LiteLLM's map has fields.
const CLASSES: [&str; 4] = ["0.5K", "1K", "2K", "4K"];
/// The fields of Batch that LiteLLM does not know.
const NO_BATCH: [Meter; 1] = [Meter::CachedImageInput];

/// Our rates as a map of LiteLLM's shape.
#[derive(Debug, Clone, Default)]
pub struct LitellmRows {
    /// The entries by their keys.
    pub entries: BTreeMap<String, LitellmEntry>,
    /// How many routes they are of.
    pub routes: usize,
    /// What was left out: routes, and rates of Batch.
    pub left_out: Vec<(RouteId, LeftOut)>,
}

/// An entry of the map.
#[derive(Debug, Clone)]
pub struct LitellmEntry {
    provider: String,
    mode: &'static str,
    prices: BTreeMap<String, Decimal>,
    /// Who states its prices, each once.
    evidence: Vec<Arc<Evidence>>,
    ends: Option<NaiveDate>,
    of: RouteId,
}

coded! {
    /// Why a route or a rate is left out.
    #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
    #[non_exhaustive]
    pub enum LeftOut {
        /// It has no price on the day.
        #[error("without a price on the day")]
        Unpriced => "unpriced",
        /// Its model makes no images.
        #[error("of models that make no images")]
        NoImages => "no_images",
        /// A mainline model calls it, and is billed as well.
        #[error("called by a mainline model")]
        ThroughMainline => "through_mainline",
        /// Its price rests on weak evidence.
        #[error("quoted only, on weak evidence")]
        Quoted => "quoted",
        /// Its unit has no value in US dollars.
        #[error("priced in a unit without a value in dollars")]
        OtherUnit => "other_unit",
        /// Its price depends on conditions that the map cannot name.
        #[error("priced by conditions that the map cannot name")]
        ByConditions => "by_conditions",
        /// It is charged by the call, and how many images a call makes is not stated or not one.
        #[error("charged by the call")]
        ByCall => "by_call",
        /// What is charged adds up of several kinds of units, of which the map charges one.
        #[error("charged by several kinds of units at once")]
        AddsUp => "adds_up",
        /// The contract rounds, has a floor, or charges the cheapest of several lists.
        #[error("charged by a rule of the contract: a rounding, a floor, or the cheapest of several lists")]
        ByRule => "by_rule",
        /// Another route has the same name at this owner.
        #[error("under a name that several routes of an owner have")]
        SameKey => "same_key",
        /// The map has no field for this rate.
        #[error("rates of Batch that the map has no field for")]
        NoField => "no_field",
    }
}

/// The entries of these routes on a day.
///
/// # Errors
/// The problems of tables that are wrong, and prices that cannot be kept exact.
pub fn litellm_rows(
    catalog: &Catalog,
    routes: impl IntoIterator<Item = Arc<Route>>,
    day: NaiveDate,
    fx: &FxRates,
) -> Result<LitellmRows, EstimateError> {
    let routes: Vec<Arc<Route>> = routes.into_iter().collect();
    let mut rows = LitellmRows::default();
    for route in &routes {
        let id = route.id.clone();
        let has_twin = |it: &Arc<Route>| it.id != id && is_called_alike(it, route);
        match of_route(catalog, route, day, fx)? {
            Err(why) => rows.left_out.push((id, why)),
            Ok(_) if routes.iter().any(has_twin) => rows.left_out.push((id, LeftOut::SameKey)),
            Ok((entries, no_field)) => {
                rows.left_out.extend((0..no_field).map(|_| (id.clone(), LeftOut::NoField)));
                rows.routes += 1;
                rows.entries.extend(entries);
            }
        }
    }
    Ok(rows)
}

/// Whether two routes would stand under one key: a map cannot tell their prices apart.
fn is_called_alike(a: &Route, b: &Route) -> bool {
    let is_direct = |it: &Route| it.image_tool.is_none() && it.status != Status::SubscriptionOnly;
    is_direct(a)
        && is_direct(b)
        && a.id.owner == b.id.owner
        && a.id.kind == b.id.kind
        && name(a) == name(b)
}

/// The entries of a route, with how many rates of Batch have no field; or why it has none.
type OfRoute = Result<(Vec<(String, LitellmEntry)>, usize), LeftOut>;

fn of_route(
    catalog: &Catalog,
    route: &Arc<Route>,
    day: NaiveDate,
    fx: &FxRates,
) -> Result<OfRoute, EstimateError> {
    let model = find_model(catalog, &route.model)?;
    if model.rules.is_empty() {
        return Ok(Err(LeftOut::NoImages));
    }
    if route.image_tool.is_some() {
        return Ok(Err(LeftOut::ThroughMainline));
    }
    let table = match find_table(catalog, route, day) {
        Ok(table) => table,
        Err(EstimateError::Request(_)) => return Ok(Err(LeftOut::Unpriced)),
        Err(broken) => return Err(broken),
    };
    let Ok(owner) = catalog.owner(route.id.kind, &route.id.owner) else {
        return Ok(Err(LeftOut::Unpriced));
    };
    let ends = model.end_of(route).map(|end| end.shutdown().on);
    let ends = ends.filter(|_| route.shutdown.is_some() || route.id.owner == model.maker);
    Ok(match priced(&table, fx)? {
        Err(why) => Err(why),
        Ok(priced) => Ok((entries(&table, &owner, priced.prices, ends), priced.no_field)),
    })
}

/// The prices of a route by the quality and size of their keys; those without stand under its name alone.
struct Priced {
    prices: BTreeMap<Option<(String, Size)>, Fields>,
    no_field: usize,
}

/// The prices of one key by their fields, and who states them.
#[derive(Default)]
struct Fields {
    prices: BTreeMap<String, Decimal>,
    evidence: Vec<Arc<Evidence>>,
}

/// What a route charges in fields of the map, or why that cannot be said.
fn priced(table: &PriceTable, fx: &FxRates) -> Result<Result<Priced, LeftOut>, AmountTooLarge> {
    let version = table.version();
    let [list] = table.lists() else { return Ok(Err(LeftOut::ByRule)) };
    if version.rounding.is_some() || version.floor.is_some() {
        return Ok(Err(LeftOut::ByRule));
    }
    let mut found = Priced { prices: BTreeMap::new(), no_field: 0 };
    let mut kinds: BTreeSet<&str> = BTreeSet::new();
    for rate in list {
        let Some(dollars) = in_dollars(rate.rate.price, &version.unit, fx)? else {
            return Ok(Err(LeftOut::OtherUnit));
        };
        if rate.evidence.iter().any(|it| it.confidence == Confidence::Low) {
            return Ok(Err(LeftOut::Quoted));
        }
        let price = money::quotient(dollars, rate.rate.per.count().into())?;
        let place = match place_of(rate, table) {
            Err(LeftOut::NoField) => {
                found.no_field += 1;
                continue;
            }
            Err(why) => return Ok(Err(why)),
            Ok(place) => place,
        };
        kinds.insert(if rate.rate.meter.is_tokens() { "token" } else { rate.rate.meter.as_str() });
        // The first rate that holds counts.
        let fields = found.prices.entry(place.key).or_default();
        if let Entry::Vacant(field) = fields.prices.entry(place.field) {
            field.insert(price);
            fields.evidence.extend(rate.evidence.iter().cloned());
        }
    }
    Ok(if kinds.len() > 1 { Err(LeftOut::AddsUp) } else { Ok(found) })
}

/// Where a price stands in the map.
struct FieldOf {
    field: String,
    key: Option<(String, Size)>,
}

/// The field of a rate, and the quality and size that its key names.
fn place_of(rate: &TableRate, table: &PriceTable) -> Result<FieldOf, LeftOut> {
    let rate = &rate.rate;
    let when = &rate.when;
    if rate.after > 0 || rate.whole_units || rate.inferred {
        return Err(LeftOut::ByConditions);
    }
    let ending = match when.processing {
        Processing::Standard => "",
        other => PROCESSINGS.iter().find(|(_, it)| *it == other).map_or("", |(ending, _)| *ending),
    };
    let Conditions { quality, size, class, .. } = when;
    let only_of_image = Conditions {
        processing: when.processing,
        quality: quality.clone(),
        size: *size,
        class: class.clone(),
        ..Conditions::none()
    };
    let is_plain = quality.is_none() && size.is_none() && class.is_none();
    if *when != only_of_image || (rate.meter.is_tokens() && !is_plain) {
        return Err(LeftOut::ByConditions);
    }
    if let Some((field, _)) = TOKEN_FIELDS.iter().find(|(_, meters)| meters[0] == rate.meter) {
        return match when.processing == Processing::Batch && NO_BATCH.contains(&rate.meter) {
            true => Err(LeftOut::NoField),
            false => Ok(FieldOf { field: format!("{field}{ending}"), key: None }),
        };
    }
    if when.processing != Processing::Standard {
        return Err(LeftOut::NoField);
    }
    of_image(rate.meter, when, table)
}

/// The field of a price of an image, a call that makes one, or a pixel.
fn of_image(meter: Meter, when: &Conditions, table: &PriceTable) -> Result<FieldOf, LeftOut> {
    match meter {
        Meter::Images => {}
        Meter::Calls if table.version().images_per_call == Some(1) => {}
        Meter::Calls => return Err(LeftOut::ByCall),
        Meter::Pixels if *when == Conditions::none() => {
            return Ok(FieldOf { field: "input_cost_per_pixel".into(), key: None });
        }
        Meter::Pixels => return Err(LeftOut::ByConditions),
        _ => return Err(LeftOut::AddsUp),
    }
    match (&when.quality, when.size, &when.class) {
        (None, None, None) => Ok(FieldOf { field: OF_IMAGE.into(), key: None }),
        (Some(quality), Some(size), None) => {
            Ok(FieldOf { field: OF_IMAGE.into(), key: Some((quality.clone(), size)) })
        }
        (None, None, Some(class)) if CLASSES.contains(&class.as_str()) => {
            Ok(FieldOf { field: format!("{OF_IMAGE}_{class}"), key: None })
        }
        _ => Err(LeftOut::ByConditions),
    }
}

fn entries(
    table: &PriceTable,
    owner: &Owner,
    prices: BTreeMap<Option<(String, Size)>, Fields>,
    ends: Option<NaiveDate>,
) -> Vec<(String, LitellmEntry)> {
    let provider = provider(owner);
    let route = &table.route;
    let makes_edits_alone =
        table.version().not_offered.iter().any(|row| row.mode == Some(Mode::Generate));
    let entry = |fields: Fields| LitellmEntry {
        provider: provider.to_owned(),
        mode: if makes_edits_alone { "image_edit" } else { "image_generation" },
        prices: fields.prices,
        evidence: fields.evidence,
        ends,
        of: route.id.clone(),
    };
    let key = |of: &Option<(String, Size)>| {
        let of_image = of
            .as_ref()
            .map(|(quality, size)| format!("{quality}/{}-x-{}/", size.width, size.height));
        // The models of OpenAI itself stand there by their name alone.
        let before = match (route.id.kind, route.id.owner.as_str()) {
            (OwnerKind::Official, "openai") => String::new(),
            _ => format!("{provider}/"),
        };
        format!("{before}{}{}", of_image.unwrap_or_default(), name(route))
    };
    prices.into_iter().map(|(of, prices)| (key(&of), entry(prices))).collect()
}

/// What LiteLLM calls an owner: the first of its other names, else its id.
fn provider(owner: &Owner) -> &str {
    owner.also_called.first().unwrap_or(&owner.id)
}

/// What callers send; of a name for people, the one of the route.
fn name(route: &Route) -> String {
    let alias = route.alias.as_deref().filter(|alias| !alias.contains(char::is_whitespace));
    alias.unwrap_or(&route.id.name).to_owned()
}

impl LitellmRows {
    /// What was left out, by why: of how many routes, or how many rates of Batch.
    pub fn left_out_by_why(&self) -> BTreeMap<&LeftOut, usize> {
        let mut by_why = BTreeMap::new();
        self.left_out.iter().for_each(|(_, why)| *by_why.entry(why).or_default() += 1);
        by_why
    }

    /// The map as JSON. Prices are plain decimal numbers, digit by digit as they stand in the tables.
    pub fn to_json(&self, digest: &str) -> String {
        let mut out = String::from("{");
        let mut before = "\n";
        for (key, entry) in &self.entries {
            let _ = write!(out, "{before}  {}: {}", quoted(key), entry.to_json(digest));
            before = ",\n";
        }
        out + "\n}\n"
    }
}

impl LitellmEntry {
    fn to_json(&self, digest: &str) -> String {
        let mut fields = vec![
            ("litellm_provider".to_owned(), quoted(&self.provider)),
            ("mode".to_owned(), quoted(self.mode)),
        ];
        let number = |price: &Decimal| price.normalize().to_string();
        fields.extend(self.prices.iter().map(|(field, price)| (field.clone(), number(price))));
        let ends = self.ends.map(|day| ("deprecation_date".to_owned(), quoted(&day.to_string())));
        fields.extend(ends);
        let addresses = self.evidence.iter().find_map(|it| it.locators.addresses().first());
        let source = self.evidence.first().map(|it| it.source.as_str());
        let source = addresses.map(|it| it.as_str()).or(source).unwrap_or_default();
        fields.push(("source".to_owned(), quoted(source)));
        let notes = format!(
            "imgcost: {}; {}; catalogue {}",
            self.of,
            RestsOn::these(&self.evidence).map_or_else(String::new, |it| it.in_words()),
            digest.get(..12).unwrap_or(digest)
        );
        fields.push(("metadata".to_owned(), format!("{{\"notes\": {}}}", quoted(&notes))));
        let fields = fields.iter().map(|(key, value)| format!("    {}: {value}", quoted(key)));
        format!("{{\n{}\n  }}", fields.collect::<Vec<_>>().join(",\n"))
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
