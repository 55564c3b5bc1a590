//! A line of many requests for programs, as it is priced and as it was written.

use std::borrow::Cow;
use std::fmt;
use std::io::{self, Write};
use std::rc::Rc;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::{Error, SerializeMap, Serializer};
use serde_json::value::RawValue;

use crate::estimate::FileLine;
use crate::report::estimate::EstimateParts;
use crate::report::json;
use crate::report::record::Record;

/// A line and what became of it.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct EstimatedLine<'a> {
    /// What it costs, or why it was rejected.
    #[serde(flatten)]
    pub line: Record<FileLine>,
    /// What its cost rests on; left out where it was rejected.
    #[serde(flatten)]
    pub parts: Option<EstimateParts<'a>>,
}

/// The keys of an object, each with the text of its value.
#[derive(Debug)]
pub(super) struct Entries(Vec<(String, Box<RawValue>)>);

/// A line that was written when it came: an [`EstimatedLine`] by its text, its place before what its estimate says.
#[derive(Debug)]
pub struct WrittenLine(pub(super) io::Result<(Entries, Rc<Entries>)>);

/// How many objects and lists the rows lie in.
const LEVELS: usize = 2;

impl EstimatedLine<'_> {
    /// Writes it as it will stand in the output.
    pub(super) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        json::write_inside(LEVELS, self, out)
    }
}

impl Serialize for WrittenLine {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (place, of_estimate) = self.0.as_ref().map_err(S::Error::custom)?;
        let mut object = serializer.serialize_map(None)?;
        for (key, value) in place.0.iter().chain(&of_estimate.0) {
            object.serialize_entry(key, value)?;
        }
        object.end()
    }
}

/// The entries of an object that was written here.
///
/// # Errors
/// The text is none.
pub(super) fn entries(text: &[u8]) -> io::Result<Entries> {
    Ok(serde_json::from_slice(text)?)
}

impl<'de> Deserialize<'de> for Entries {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Entries, D::Error> {
        struct OfObject;
        impl<'de> Visitor<'de> for OfObject {
            type Value = Entries;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(OfObject)
    }
}

impl JsonSchema for WrittenLine {
    fn schema_name() -> Cow<'static, str> {
        EstimatedLine::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        EstimatedLine::json_schema(generator)
    }
}
