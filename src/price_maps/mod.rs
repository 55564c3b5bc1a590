//! Price maps of others beside the tables: LiteLLM's map, the data of genai-prices and those of models.dev.
//!
//! ```text
//! file ─ shape (told by its content) ─ one reader each ─► entries (names, rates)
//! entries × catalogue of a day ─ names ─► routes ─ comparison ─► equal, differing, missing on either side
//! catalogue of a day ─ litellm_rows ─► our rates of images in the shape of LiteLLM's map
//! ```
//!
//! What a map says is data of others: a name leads to a route by what the tables call owners, routes and models, and never by
//! likeness. What leads nowhere is counted, and so is every field that bears a price and is not read.

mod comparison;
mod genai_prices;
mod litellm;
pub mod litellm_rows;
mod models_dev;
mod names;
mod number;
mod one_price;
mod rows;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::catalog::conditions::{Conditions, Mode};
use crate::help::Help;
use crate::json::{Spot, Written, parse_written};
use crate::problem::{Place, Problem, ProblemCode};
use crate::size::Size;
use crate::unit::{Meter, Per};

pub use comparison::{MapComparison, compare};
pub use rows::{Here, MapRow, MapState, MapWhy, Published};

/// Whose shape a map has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum MapShape {
    /// `model_prices_and_context_window.json` of LiteLLM.
    Litellm,
    /// `data.json` of genai-prices.
    GenaiPrices,
    /// `api.json` of models.dev.
    ModelsDev,
}

impl MapShape {
    /// The word in files.
    pub fn as_str(self) -> &'static str {
        match self {
            MapShape::Litellm => "litellm",
            MapShape::GenaiPrices => "genai-prices",
            MapShape::ModelsDev => "models.dev",
        }
    }

    /// How the addresses begin at which the map itself is published: a price here that was read there is no second source.
    pub fn published_at(self) -> &'static [&'static str] {
        match self {
            MapShape::Litellm => {
                &["https://pypi.org/project/litellm/", "https://github.com/BerriAI/litellm"]
            }
            MapShape::GenaiPrices => &[
                "https://pypi.org/project/genai-prices/",
                "https://github.com/pydantic/genai-prices",
            ],
            MapShape::ModelsDev => &["https://models.dev"],
        }
    }

    /// What such a map is, for people.
    pub fn in_words(self) -> &'static str {
        match self {
            MapShape::Litellm => "LiteLLM's map",
            MapShape::GenaiPrices => "data of genai-prices",
            MapShape::ModelsDev => "data of models.dev",
        }
    }
}

/// A price map as it was read, for a day.
#[derive(Debug, Clone)]
pub struct PriceMap {
    /// Whose shape it has.
    pub shape: MapShape,
    /// Its models, in file order.
    pub entries: Vec<MapEntry>,
}

/// A model of a map under the name of who serves it.
#[derive(Debug, Clone, Default)]
pub struct MapEntry {
    /// Its key in the file; of nested data the keys, joined by `/`.
    pub key: String,
    /// What the map calls who serves it.
    pub providers: Vec<String>,
    /// Its names there, the likeliest first.
    pub names: Vec<String>,
    /// Whether it makes images; `None` where the map does not say.
    pub makes_images: Option<bool>,
    /// What the map cites.
    pub source: Option<String>,
    /// Its prices.
    pub rates: Vec<MapRate>,
    /// Fields that bear a price and are not read.
    pub not_read: Vec<String>,
}

/// A price of a map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapRate {
    /// The field in which it stands.
    pub field: String,
    /// What it is for: first what the field is named after, then what it stands for where no field of its own does.
    pub meters: Vec<Meter>,
    /// When it holds.
    pub when: Conditions,
    /// The price in US dollars.
    pub price: Decimal,
    /// For how many units.
    pub per: Per,
}

/// What the key of an entry says of the images besides the model.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Asked {
    quality: Option<String>,
    size: Option<Size>,
    mode: Option<Mode>,
}

impl Asked {
    fn conditions(&self) -> Conditions {
        let Asked { quality, size, mode } = self.clone();
        Conditions { quality, size, mode, ..Conditions::none() }
    }
}

/// Reads a map as it holds on a day.
///
/// # Errors
/// Why the file is none.
pub fn read(file: &str, text: &str, day: NaiveDate) -> Result<PriceMap, Box<Problem>> {
    let help =
        || Help::from("give LiteLLM's map, or the data of genai-prices or models.dev, as JSON");
    let value = parse_written(text).map_err(|wrong| {
        Box::new(Problem { help: help(), ..wrong.problem(file, &Spot::whole(text)) })
    })?;
    let Some(shape) = shape_of(&value) else {
        let message = "this JSON is no price map: no model with a price was found in it".into();
        let place = Place::file(file);
        return Err(Box::new(Problem {
            code: ProblemCode::BadValue,
            message,
            place,
            help: help(),
        }));
    };
    let entries = match shape {
        MapShape::Litellm => litellm::entries(&value),
        MapShape::GenaiPrices => genai_prices::entries(&value, day),
        MapShape::ModelsDev => models_dev::entries(&value),
    };
    Ok(PriceMap { shape, entries })
}

/// Whether a text may be a price map, as against an archive of tables: it begins like JSON.
pub fn begins_like_one(bytes: &[u8]) -> bool {
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    text.trim_ascii_start().first().is_some_and(|first| b"{[".contains(first))
}

/// The shape of a value, told by the keys of what it holds.
fn shape_of(value: &Written) -> Option<MapShape> {
    let has_models = |it: &Written| it.get("models").is_some_and(|it| !it.items().is_empty());
    if value.items().iter().any(has_models) {
        return Some(MapShape::GenaiPrices);
    }
    let entries = || value.entries().iter().map(|(_, entry)| entry);
    if entries().any(|it| it.get("models").is_some_and(Written::is_object)) {
        return Some(MapShape::ModelsDev);
    }
    let is_priced = |it: &Written| {
        it.get("litellm_provider").is_some()
            || it.entries().iter().any(|(key, _)| key.contains("cost_per_"))
    };
    entries().any(is_priced).then_some(MapShape::Litellm)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 28).expect("a day")
    }

    fn read_text(text: &str) -> PriceMap {
        read("map.json", text, day()).expect("a map")
    }

    fn rates(entry: &MapEntry) -> Vec<(String, String, String)> {
        let rate = |rate: &MapRate| {
            (rate.meters[0].to_string(), rate.price.to_string(), rate.per.as_str().to_owned())
        };
        entry.rates.iter().map(rate).collect()
    }

    #[test]
    fn a_shape_is_told_by_what_the_file_holds() {
        let litellm =
            r#"{"gpt-image-2": {"litellm_provider": "openai", "mode": "image_generation"}}"#;
        assert_eq!(read_text(litellm).shape, MapShape::Litellm);
        let genai =
            r#"[{"id": "openai", "models": [{"id": "gpt-image-2", "prices": {"input_mtok": 5}}]}]"#;
        assert_eq!(read_text(genai).shape, MapShape::GenaiPrices);
        let dev =
            r#"{"openai": {"id": "openai", "models": {"gpt-image-2": {"cost": {"input": 5}}}}}"#;
        assert_eq!(read_text(dev).shape, MapShape::ModelsDev);
        for text in ["{}", "[]", "[1]", "{\"a\": 1}", "7", "{", ""] {
            assert!(read("map.json", text, day()).is_err(), "{text}");
        }
    }

    #[test]
    fn a_price_is_what_is_written_and_no_float() {
        let text = r#"{"databricks/databricks-gpt-image-1": {"litellm_provider": "databricks",
            "mode": "image_generation", "input_cost_per_token": 5.00003e-06,
            "output_cost_per_image_token": 4.000003e-05}}"#;
        let map = read_text(text);
        // 5.00003e-06 a token is 5.00003 a million; 4.000003e-05 is 40.00003.
        let of = |meter: &str, price: &str| (meter.to_owned(), price.to_owned(), "1M".to_owned());
        assert_eq!(
            rates(&map.entries[0]),
            [of("text_input", "5.00003"), of("image_output", "40.00003")]
        );
    }
}
