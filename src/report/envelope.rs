//! What every object for programs has around what a command found: its schema, the command, the day and the catalogue.

use std::io::{self, Write};

use chrono::NaiveDate;
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;
use serde_json::Value;

use super::configuration::Configuration;
use super::currency::ReportCurrency;
use super::dictionary::terms;
use super::flags::FlagEffects;
use super::json;
use super::made_of::{InputFile, MadeOf, StatedRate};
use super::record::{Field, Record, Recorded};
use crate::budget::simulate::Input as SimulatedInput;
use crate::catalog::Catalog;
use crate::comparison::NotAskable;
use crate::limit::HeldLimit;
use crate::models::NotCompared;
use crate::note::Note;
use crate::request::RequestError;
use crate::{budget, estimate};

/// The version of imgcost that writes an object.
pub(super) const TOOL: &str = concat!("imgcost ", env!("CARGO_PKG_VERSION"));

/// What a command found, as the object that it writes for programs.
pub trait Output: Serialize + JsonSchema {
    /// Its name, as in `imgcost schema output NAME` and in the id of its schema.
    const NAME: &'static str;
    /// The command that writes it.
    const COMMAND: &'static str;
    /// Whether it has amounts of money, which are before tax.
    const HAS_AMOUNTS: bool = true;
}

/// The object that a command writes with `--format json`.
///
/// Keys may be added in later versions and never change their meaning. Amounts and quantities are text at full
/// precision.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct Envelope<T> {
    /// The id of its schema, such as `imgcost.forecast/1`.
    pub schema: String,
    /// The version of imgcost that wrote it.
    pub tool: &'static str,
    /// The command that wrote it.
    pub command: &'static str,
    /// The day whose prices hold; in budgets, the day of knowledge.
    pub as_of: Option<String>,
    /// The day by which a fact had to be known to be used; null where that is all that the price tables hold.
    pub known_on: Option<String>,
    /// The digest of all price tables that it was made from.
    pub catalog_digest: String,
    /// `excluded`: every amount is before tax; left out where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tax: Option<&'static str>,
    /// The files that were read, in the order in which they were; left out where none was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inputs: Option<Vec<InputFile>>,
    /// The exchange rates that flags and files state, and those of the settings that a price needs; left out where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exchange_rates: Option<Vec<StatedRate>>,
    /// The currency in which the report shows its amounts, and its rate; left out where that is the US dollar.
    #[serde(flatten)]
    pub currency: Option<Record<ReportCurrency>>,
    /// What was found.
    #[serde(flatten)]
    pub found: T,
    /// What flags over a file did, and which flags did nothing; left out where there is nothing to say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flags: Option<FlagEffects>,
    /// The settings of a file that were used; left out where none was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub configuration: Option<Configuration>,
    /// The limit of the command line, and how what was found stands to it; left out where none was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<Record<HeldLimit>>,
}

/// What is added to an object when it is written.
#[derive(Debug, Clone, Default)]
pub(crate) struct Closing {
    pub flags: FlagEffects,
    pub limit: Option<HeldLimit>,
    pub configuration: Option<Configuration>,
    pub made_of: MadeOf,
    pub currency: Option<ReportCurrency>,
}

impl<T: Output> Envelope<T> {
    /// Writes what was found, a key a line, each part as it comes.
    pub(crate) fn write(
        found: T,
        (catalog, as_of): (&Catalog, Option<NaiveDate>),
        closing: &Closing,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let envelope = Envelope {
            schema: schema_id::<T>(),
            tool: TOOL,
            command: T::COMMAND,
            as_of: as_of.map(|day| day.to_string()),
            known_on: catalog.day_of_knowledge().map(|day| day.to_string()),
            catalog_digest: catalog.digest().to_owned(),
            tax: T::HAS_AMOUNTS.then_some("excluded"),
            inputs: some(&closing.made_of.inputs),
            exchange_rates: some(&closing.made_of.exchange_rates),
            currency: closing.currency.clone().map(Record::of),
            found,
            flags: closing.flags.said().cloned(),
            configuration: closing.configuration.clone(),
            limit: closing.limit.map(Record::of),
        };
        json::write(&envelope, out)
    }

    /// The JSON Schema of the object, draft 2020-12.
    pub(super) fn json_schema() -> Value {
        let generator = SchemaSettings::draft2020_12().into_generator();
        let mut schema = generator.into_root_schema_for::<Self>().to_value();
        schema["title"] = format!("imgcost {}", T::COMMAND).into();
        schema["properties"]["schema"]["const"] = schema_id::<T>().into();
        schema["properties"]["command"]["const"] = T::COMMAND.into();
        schema
    }
}

fn some<T: Clone>(items: &[T]) -> Option<Vec<T>> {
    (!items.is_empty()).then(|| items.to_vec())
}

fn schema_id<T: Output>() -> String {
    format!("imgcost.{}/1", T::NAME)
}

impl Recorded for ReportCurrency {
    const NAME: &'static str = "report_currency";

    fn fields() -> Vec<Field<ReportCurrency>> {
        vec![
            terms::CURRENCY.of(|it: &ReportCurrency| it.code.as_str().into()),
            terms::FX_PAIR.of(|it| it.rate.stated(&it.code).0.into()),
            terms::FX_RATE.of(|it| it.rate.stated(&it.code).1.into()),
            terms::FX_DAY.of(|it| it.day.into()),
            terms::FX_SOURCE.of(|it| it.source.as_deref().into()),
        ]
    }
}

impl Recorded for HeldLimit {
    const NAME: &'static str = "held_limit";

    fn fields() -> Vec<Field<HeldLimit>> {
        vec![
            terms::LIMIT.of(|it| it.usd.into()),
            terms::VERDICT.of(|it| it.verdict.as_str().into()),
        ]
    }
}

/// Something that is said in words, with its code where it has one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct Said {
    /// What kind of statement it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<&'static str>,
    /// The words.
    pub text: String,
}

impl From<&String> for Said {
    fn from(text: &String) -> Said {
        Said { code: None, text: text.clone() }
    }
}

impl From<&budget::NotToldApart> for Said {
    fn from(it: &budget::NotToldApart) -> Said {
        Said { code: Some(it.code()), text: it.to_string() }
    }
}

impl From<&budget::OpenCost> for Said {
    fn from(it: &budget::OpenCost) -> Said {
        Said { code: Some(it.why.code()), text: it.said().to_string() }
    }
}

impl From<&NotAskable> for Said {
    fn from(it: &NotAskable) -> Said {
        Said { code: it.errors.first().map(RequestError::code), text: it.to_string() }
    }
}

impl From<&Note> for Said {
    fn from(note: &Note) -> Said {
        Said { code: Some(note.code()), text: note.said().to_string() }
    }
}

impl From<&budget::Assumption> for Said {
    fn from(it: &budget::Assumption) -> Said {
        Said { code: Some(it.kind_code()), text: it.said().to_string() }
    }
}

impl From<&NotCompared> for Said {
    fn from(it: &NotCompared) -> Said {
        Said { code: Some(it.code()), text: it.to_string() }
    }
}

impl From<&SimulatedInput> for Said {
    fn from(it: &SimulatedInput) -> Said {
        Said { code: Some(it.what.code()), text: it.to_string() }
    }
}

impl From<&estimate::Assumption> for Said {
    fn from(it: &estimate::Assumption) -> Said {
        Said { code: Some(it.code()), text: it.said().to_string() }
    }
}

/// Statements as an object has them.
pub(super) fn said<T>(all: &[T]) -> Vec<Said>
where
    for<'a> &'a T: Into<Said>,
{
    all.iter().map(Into::into).collect()
}
