//! The data of models.dev: `{provider: {models: {id: {modalities, cost: {input, output, cache_read, …}}}}}`, prices in US
//! dollars for a million tokens of whatever kind.

use super::number::price;
use super::{MapEntry, MapRate};
use crate::catalog::conditions::Conditions;
use crate::json::Written;
use crate::unit::{Meter, Per};

/// The fields, each with what it is for: the data tell no text from images.
const FIELDS: [(&str, &[Meter]); 3] = [
    ("input", &[Meter::TextInput, Meter::ImageInput]),
    ("cache_read", &[Meter::CachedTextInput, Meter::CachedImageInput]),
    ("output", &[Meter::TextOutput, Meter::ImageOutput]),
];

/// What stands before the input tokens beyond which other prices hold, in thousands: `context_over_200k`.
const OVER: &str = "context_over_";

/// The models of the data.
pub(super) fn entries(data: &Written) -> Vec<MapEntry> {
    let of_provider = |(provider, value): &(String, Written)| {
        let models = value.get("models").map_or(&[][..], Written::entries);
        models.iter().map(|(id, model)| entry(provider, id, model)).collect::<Vec<_>>()
    };
    data.entries().iter().flat_map(of_provider).collect()
}

fn entry(provider: &str, id: &str, model: &Written) -> MapEntry {
    let mut found = MapEntry {
        key: format!("{provider}/{id}"),
        providers: vec![provider.to_owned()],
        names: vec![id.to_owned()],
        makes_images: makes_images(model),
        ..MapEntry::default()
    };
    let cost = model.get("cost").map_or(&[][..], Written::entries);
    let over = cost.iter().find_map(|(key, value)| Some((bound(key)?, value.entries())));
    let of = |up_to| Conditions { input_tokens_up_to: up_to, ..Conditions::none() };
    add(&mut found, "", cost, &of(over.map(|(bound, _)| bound)));
    if let Some((bound, cost)) = over {
        add(&mut found, &format!("{OVER}{}k.", bound / 1000), cost, &of(None));
    }
    found
}

fn makes_images(model: &Written) -> Option<bool> {
    let outputs = model.get("modalities")?.get("output")?.items();
    Some(outputs.iter().any(|it| it.as_text() == Some("image")))
}

fn bound(key: &str) -> Option<u64> {
    key.strip_prefix(OVER)?.strip_suffix('k')?.parse::<u64>().ok()?.checked_mul(1000)
}

fn add(found: &mut MapEntry, before: &str, cost: &[(String, Written)], when: &Conditions) {
    for (field, value) in
        cost.iter().filter(|(key, it)| *it != Written::Null && bound(key).is_none())
    {
        let known = FIELDS.iter().find(|(name, _)| name == field);
        let field = format!("{before}{field}");
        match known.zip(price(value)) {
            Some(((_, meters), price)) => {
                let (meters, when) = (meters.to_vec(), when.clone());
                found.rates.push(MapRate { field, meters, when, price, per: Per::Million });
            }
            None => found.not_read.push(field),
        }
    }
}
