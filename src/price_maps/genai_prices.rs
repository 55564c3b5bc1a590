//! The data of genai-prices: `[{id, models: [{id, match, prices, price_variants}]}]`, prices in US dollars for a million
//! tokens. Of several prices of a model, the last one whose day has come holds.

use chrono::NaiveDate;

use super::number::{for_units, price};
use super::{MapEntry, MapRate};
use crate::catalog::conditions::{Conditions, Processing};
use crate::catalog::parse_date;
use crate::json::Written;
use crate::unit::{Meter, Per};

/// The fields, each with what it is for; the second is what it stands for as well where that has no field.
const FIELDS: [(&str, &[Meter]); 9] = [
    ("input_mtok", &[Meter::TextInput, Meter::ImageInput]),
    ("input_text_mtok", &[Meter::TextInput]),
    ("input_image_mtok", &[Meter::ImageInput]),
    ("cache_read_mtok", &[Meter::CachedTextInput, Meter::CachedImageInput]),
    ("cache_text_read_mtok", &[Meter::CachedTextInput]),
    ("cache_image_read_mtok", &[Meter::CachedImageInput]),
    ("output_mtok", &[Meter::TextOutput, Meter::ImageOutput]),
    ("output_text_mtok", &[Meter::TextOutput]),
    ("output_image_mtok", &[Meter::ImageOutput]),
];

/// The models of the data as they are priced on a day.
pub(super) fn entries(data: &Written, day: NaiveDate) -> Vec<MapEntry> {
    let of_provider = |provider: &Written| {
        let id = provider.text("id").unwrap_or_default().to_owned();
        let models = provider.get("models").map_or(&[][..], Written::items);
        models.iter().map(|model| entry(&id, model, day)).collect::<Vec<_>>()
    };
    data.items().iter().flat_map(of_provider).collect()
}

fn entry(provider: &str, model: &Written, day: NaiveDate) -> MapEntry {
    let id = model.text("id").unwrap_or_default().to_owned();
    let mut found = MapEntry {
        key: format!("{provider}/{id}"),
        providers: vec![provider.to_owned()],
        names: names(&id, model.get("match")),
        ..MapEntry::default()
    };
    if let Some(prices) = model.get("prices") {
        let of_day = match prices {
            Written::List(_) => last_of_day(prices.items(), day, &mut found.not_read),
            one => Some(one),
        };
        of_day.into_iter().for_each(|it| add(&mut found, it, Processing::Standard));
    }
    variants(model, day, &mut found);
    let images = found.rates.iter().any(|rate| rate.meters == [Meter::ImageOutput]);
    found.makes_images = images.then_some(true);
    found
}

/// The id, and every name that the data say is the model: a part of a name says nothing of the rest of it.
fn names(id: &str, clause: Option<&Written>) -> Vec<String> {
    let mut names = vec![id.to_owned()];
    let any = clause.and_then(|it| it.get("or")).map_or(&[][..], Written::items);
    for it in clause.into_iter().chain(any) {
        names.extend(it.text("equals").filter(|name| *name != id).map(str::to_owned));
    }
    names
}

/// The last prices whose day has come, else the first ones; those of hours are not read.
fn last_of_day<'a, 't>(
    prices: &'a [Written<'t>],
    day: NaiveDate,
    not_read: &mut Vec<String>,
) -> Option<&'a Written<'t>> {
    let mut found = None;
    for conditional in prices {
        match holds_on(conditional, day) {
            Some(true) => found = conditional.get("prices"),
            Some(false) => {}
            None => not_read.push("prices.constraint".to_owned()),
        }
    }
    found.or_else(|| prices.first()?.get("prices"))
}

/// Whether prices hold on a day; `None` where that is not a matter of days.
fn holds_on(conditional: &Written, day: NaiveDate) -> Option<bool> {
    let Some(constraint) = conditional.get("constraint").filter(|it| **it != Written::Null) else {
        return Some(true);
    };
    let first = parse_date(constraint.text("start_date")?)?;
    (constraint.entries().len() == 1).then_some(first <= day)
}

/// The prices of other kinds of processing; those that depend on anything else are not read.
fn variants(model: &Written, day: NaiveDate, found: &mut MapEntry) {
    let variants = model.get("price_variants").map_or(&[][..], Written::items);
    let mut of_day: Vec<(Processing, &Written)> = Vec::new();
    for variant in variants {
        let when = variant.get("when").map_or(&[][..], Written::entries);
        let processing = match when {
            [(key, value)] if key == "processing" => value.as_text().and_then(kind_of_processing),
            _ => None,
        };
        match (processing, holds_on(variant, day), variant.get("prices")) {
            (Some(processing), Some(true), Some(prices)) => {
                of_day.retain(|(known, _)| *known != processing);
                of_day.push((processing, prices));
            }
            (Some(_), Some(false), _) => {}
            _ => found.not_read.push("price_variants".to_owned()),
        }
    }
    of_day.into_iter().for_each(|(processing, prices)| add(found, prices, processing));
}

fn kind_of_processing(name: &str) -> Option<Processing> {
    Processing::ALL.into_iter().find(|it| it.as_str() == name)
}

fn add(found: &mut MapEntry, prices: &Written, processing: Processing) {
    for (field, value) in prices.entries().iter().filter(|(_, value)| *value != Written::Null) {
        let rates = rates(field, value, processing);
        match rates.is_empty() {
            false => found.rates.extend(rates),
            true => found.not_read.push(field.clone()),
        }
    }
}

/// A price, or one for each tier of input tokens.
fn rates(field: &str, value: &Written, processing: Processing) -> Vec<MapRate> {
    let Some((_, meters)) = FIELDS.iter().find(|(name, _)| *name == field) else {
        return call(field, value, processing).into_iter().collect();
    };
    let rate = |price, input_tokens_up_to| MapRate {
        field: field.to_owned(),
        meters: meters.to_vec(),
        when: Conditions { processing, input_tokens_up_to, ..Conditions::none() },
        price,
        per: Per::Million,
    };
    match value.get("base") {
        None => price(value).map(|price| rate(price, None)).into_iter().collect(),
        Some(base) => {
            let tiers = value.get("tiers").map_or(&[][..], Written::items);
            let tiers: Option<Vec<_>> = tiers.iter().map(tier).collect();
            let Some((base, tiers)) = price(base).zip(tiers) else { return Vec::new() };
            let starts = tiers.iter().map(|(start, _)| Some(*start)).chain([None]);
            let prices = [base].into_iter().chain(tiers.iter().map(|(_, price)| *price));
            prices.zip(starts).map(|(price, up_to)| rate(price, up_to)).collect()
        }
    }
}

/// From how many tokens on a tier holds, and its price.
fn tier(tier: &Written) -> Option<(u64, rust_decimal::Decimal)> {
    let Written::Number(start) = tier.get("start")? else { return None };
    Some((start.parse().ok()?, price(tier.get("price")?)?))
}

/// `requests_kcount` is for a thousand calls.
fn call(field: &str, value: &Written, processing: Processing) -> Option<MapRate> {
    let price = price(value).filter(|_| field == "requests_kcount")?;
    Some(MapRate {
        field: field.to_owned(),
        meters: vec![Meter::Calls],
        when: Conditions { processing, ..Conditions::none() },
        price: for_units(price, Per::One)?,
        per: Per::Thousand,
    })
}
