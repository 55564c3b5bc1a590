//! A line of many requests for programs, as it is priced and as it was written.

use std::borrow::Cow;
use std::io::{self, Write};

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;
use serde::ser::{Error, Serializer};
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

/// A line that was written when it came: the text of an [`EstimatedLine`].
#[derive(Debug)]
pub struct WrittenLine(pub(super) io::Result<Box<RawValue>>);

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
        let text = self.0.as_ref().map_err(S::Error::custom)?;
        text.serialize(serializer)
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
