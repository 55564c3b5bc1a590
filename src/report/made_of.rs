//! What an answer was made of besides the price tables, so that it can be made again.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

/// The files that were read, and the exchange rates.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MadeOf {
    /// The files, in the order in which they were read.
    pub inputs: Vec<InputFile>,
    /// The exchange rates, by the codes of their currencies.
    pub exchange_rates: Vec<StatedRate>,
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct InputFile {
    /// The file as it was named; `standard input` of what was piped in.
    pub file: String,
    /// The SHA-256 digest of its bytes; null where they could not be read again.
    pub sha256: Option<String>,
}

/// An exchange rate as it was stated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct StatedRate {
    /// The pair of currencies: `CNY/USD` of US dollars for 1 CNY.
    pub pair: String,
    /// The number.
    pub rate: String,
    /// The day of the rate, as YYYY-MM-DD; null where nobody says it.
    pub day: Option<String>,
    /// Who states it; null where nobody says it.
    pub source: Option<String>,
}

impl InputFile {
    /// A file and the digest of its bytes.
    pub fn new(file: String, sha256: Option<String>) -> InputFile {
        InputFile { file, sha256 }
    }
}

impl StatedRate {
    /// A rate in the direction in which it was stated; whose it is, nobody says.
    pub fn new(pair: String, rate: String) -> StatedRate {
        StatedRate { pair, rate, day: None, source: None }
    }

    /// The same with its day and who states it.
    #[must_use]
    pub fn of(self, day: Option<NaiveDate>, source: Option<String>) -> StatedRate {
        StatedRate { day: day.map(|day| day.to_string()), source, ..self }
    }
}
