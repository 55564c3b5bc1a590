//! LiteLLM's map: `{key: {litellm_provider, mode, input_cost_per_token, …}}`, prices in US dollars for one unit.

use std::collections::BTreeSet;

use super::number::{for_units, price};
use super::{Asked, MapEntry, MapRate};
use crate::catalog::conditions::{Conditions, Mode, Processing};
use crate::json::Written;
use crate::size::Size;
use crate::unit::{Meter, Per};

/// The fields of tokens, each with what it is for; the second is what it stands for as well where that has no field.
pub(super) const TOKEN_FIELDS: [(&str, &[Meter]); 6] = [
    ("input_cost_per_token", &[Meter::TextInput, Meter::ImageInput]),
    ("cache_read_input_token_cost", &[Meter::CachedTextInput, Meter::CachedImageInput]),
    ("input_cost_per_image_token", &[Meter::ImageInput]),
    ("cache_read_input_image_token_cost", &[Meter::CachedImageInput]),
    ("output_cost_per_token", &[Meter::TextOutput, Meter::ImageOutput]),
    ("output_cost_per_image_token", &[Meter::ImageOutput]),
];

/// A price of an image made.
pub(super) const OF_IMAGE: &str = "output_cost_per_image";
/// Of an image made where nothing else is priced, else of an image sent.
const OF_IMAGE_OR_INPUT: &str = "input_cost_per_image";
/// Both are for the pixels of the images made.
const OF_PIXELS: [&str; 2] = ["input_cost_per_pixel", "output_cost_per_pixel"];
/// What ends the name of a field for another kind of processing than the standard one.
pub(super) const PROCESSINGS: [(&str, Processing); 3] = [
    ("_batches", Processing::Batch),
    ("_flex", Processing::Flex),
    ("_priority", Processing::Priority),
];

/// The models of the map.
pub(super) fn entries(map: &Written) -> Vec<MapEntry> {
    map.entries().iter().filter(|(_, it)| it.is_object()).map(|(key, it)| entry(key, it)).collect()
}

fn entry(key: &str, value: &Written) -> MapEntry {
    let provider = value.text("litellm_provider").unwrap_or_default().to_owned();
    let (mut asked, names, first) = parts(key, &provider);
    asked.mode = match value.text("mode") {
        Some("image_edit") => Some(Mode::Edit),
        Some("image_generation") => Some(Mode::Generate),
        _ => None,
    };
    let (mut rates, mut not_read) = (Vec::new(), Vec::new());
    for (field, value) in value.entries().iter().filter(|(field, _)| bears_price(field)) {
        let rate = price(value).and_then(|price| rate(field, price, &asked));
        match rate {
            Some(rate) => rates.push(rate),
            None if *value == Written::Null => {}
            None => not_read.push(field.clone()),
        }
    }
    of_input_images(&mut rates);
    bounded(&mut rates);
    MapEntry {
        key: key.to_owned(),
        providers: [provider].into_iter().chain(first).filter(|it| !it.is_empty()).collect(),
        names,
        makes_images: Some(makes_images(value)),
        source: value.text("source").map(str::to_owned),
        rates,
        not_read,
    }
}

/// Whether a field says what something costs, or changes what it costs.
fn bears_price(field: &str) -> bool {
    ["cost", "price", "pricing", "multiplier"].iter().any(|part| field.contains(part))
}

fn makes_images(value: &Written) -> bool {
    let outputs = value.get("supported_output_modalities").map_or(&[][..], Written::items);
    let priced = ["output_cost_per_image_token", OF_IMAGE];
    matches!(value.text("mode"), Some("image_generation" | "image_edit"))
        || outputs.iter().any(|it| it.as_text() == Some("image"))
        || priced.iter().any(|field| value.get(field).is_some())
}

/// What a key says: `azure/high/1024-x-1024/gpt-image-1` is a provider, a quality, a size and a name. The first part is
/// taken for a provider beside the one that the entry names.
fn parts(key: &str, provider: &str) -> (Asked, Vec<String>, Option<String>) {
    let mut parts: Vec<&str> = key.split('/').collect();
    let is_prefixed = parts.len() > 1 && parts[0].eq_ignore_ascii_case(provider);
    if is_prefixed {
        parts.remove(0);
    }
    let at = parts.iter().take(2).position(|part| size(part).is_some());
    let mut asked = Asked::default();
    if let Some(at) = at {
        asked.size = size(parts[at]);
        asked.quality = (at == 1).then(|| parts[0].to_owned());
        parts.drain(..=at);
    }
    let name = parts.join("/");
    let rest = name.split_once('/').filter(|_| !is_prefixed);
    let names = [Some(name.clone()), rest.map(|(_, rest)| rest.to_owned())];
    let first = rest.map(|(first, _)| first.to_owned());
    (asked, names.into_iter().flatten().collect(), first)
}

fn size(part: &str) -> Option<Size> {
    let (width, height) = part.split_once("-x-")?;
    Size::new(width.parse().ok()?, height.parse().ok()?)
}

/// What a field says; `None` where it is not read.
fn rate(field: &str, price: rust_decimal::Decimal, asked: &Asked) -> Option<MapRate> {
    let (of_processing, _, processing) = of_processing(field);
    let base = of_processing.split_once("_above_").map_or(of_processing, |(base, _)| base);
    if base != of_processing {
        tokens_above(of_processing)?;
    }
    let mut when = Conditions { processing, ..asked.conditions() };
    let (meters, per) = match base {
        OF_IMAGE | OF_IMAGE_OR_INPUT => (vec![Meter::Images], Per::One),
        base if OF_PIXELS.contains(&base) => (vec![Meter::Pixels], Per::Million),
        base => match TOKEN_FIELDS.iter().find(|(name, _)| *name == base) {
            Some((_, meters)) => (meters.to_vec(), Per::Million),
            None => {
                when.class = Some(class(base)?);
                (vec![Meter::Images], Per::One)
            }
        },
    };
    Some(MapRate { field: field.to_owned(), meters, when, price: for_units(price, per)?, per })
}

/// The resolution that a price of an image is for: `output_cost_per_image_2K`.
fn class(field: &str) -> Option<String> {
    let class = field.strip_prefix(OF_IMAGE)?.strip_prefix('_')?;
    class.starts_with(|first: char| first.is_ascii_digit()).then(|| class.to_owned())
}

/// Beyond how many input tokens a price holds: `…_above_200k_tokens`.
fn tokens_above(field: &str) -> Option<u64> {
    let (_, bound) = field.split_once("_above_")?;
    bound.strip_suffix("k_tokens")?.parse::<u64>().ok()?.checked_mul(1000)
}

/// A field without what says its kind of processing, and that.
fn of_processing(field: &str) -> (&str, &str, Processing) {
    let ends = |(ending, processing): &(&'static str, Processing)| {
        Some((field.strip_suffix(ending)?, *ending, *processing))
    };
    PROCESSINGS.iter().find_map(ends).unwrap_or((field, "", Processing::Standard))
}

/// A price beside one for more tokens holds up to there.
fn bounded(rates: &mut [MapRate]) {
    let bound = |rate: &MapRate| {
        let (field, ending, _) = of_processing(&rate.field);
        let (base, _) = field.split_once("_above_")?;
        Some((format!("{base}{ending}"), tokens_above(field)?))
    };
    let bounds: Vec<(String, u64)> = rates.iter().filter_map(bound).collect();
    for rate in rates {
        let bound = bounds.iter().filter(|(field, _)| *field == rate.field).map(|(_, at)| *at);
        rate.when.input_tokens_up_to = bound.min();
    }
}

/// `input_cost_per_image` is for the image made where nothing else is priced, as for the models that came first, and for
/// the image sent beside a price of tokens or of the image made.
fn of_input_images(rates: &mut [MapRate]) {
    let fields: BTreeSet<String> = rates.iter().map(|rate| rate.field.clone()).collect();
    let others = TOKEN_FIELDS.iter().map(|(field, _)| *field).chain([OF_IMAGE]);
    if others.into_iter().any(|field| fields.contains(field)) {
        let of_input = rates.iter_mut().filter(|rate| rate.field.starts_with(OF_IMAGE_OR_INPUT));
        of_input.filter(|rate| rate.meters == [Meter::Images]).for_each(|rate| {
            rate.meters = vec![Meter::InputImages];
        });
    }
}
