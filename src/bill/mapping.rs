//! The mapping of a user: which column of a CSV says what, and what its words mean.

use std::sync::Arc;

use super::days::DayForm;
use super::line::BillKind;
use super::texts::{RawTexts, Texts, texts};
use crate::catalog::check::Checker;
use crate::catalog::conditions::Processing;
use crate::catalog::raw::{CurrencyCode, Flag, Text, Word};
use crate::catalog::schema::document_of;
use crate::catalog::yaml::{FileKind, keys, span};
use crate::errors::Errors;
use crate::input_limits::{MAPPING_BYTES, MAPPING_VALUES};
use crate::problem::{Problem, ProblemCode};
use crate::unit::Meter;

const MAPPING: FileKind = FileKind {
    holds: "mapping",
    shape: "bills/README.md",
    currency: "the currency of the bill",
    bytes: &MAPPING_BYTES,
    values: &MAPPING_VALUES,
};

/// Which column of a bill as CSV says what.
#[derive(Debug, schemars::JsonSchema)]
struct RawMapping {
    /// Whose bill it is, by the id of the price owner; left out where a column says so.
    owner: Option<Text>,
    /// The currency of the amounts; left out where a column says so.
    currency: Option<Text<CurrencyCode>>,
    /// How days are written [default: YYYY-MM-DD, alone or with a time].
    days: Option<Word<DayForm>>,
    /// Whether a comma stands before decimals, and points between thousands.
    decimal_comma: Option<Flag>,
    /// The names of the columns.
    columns: RawColumns,
    /// What the column `kind` calls credits, refunds, tax, fees and adjustments.
    #[schemars(default)]
    kinds: Vec<RawKindNames>,
    /// What texts of the bill mean: rules of its own, which go before those that come with the program.
    texts: Option<RawTexts>,
}

keys! { RawMapping: owner, currency, days, decimal_comma, columns, kinds or empty, texts }

/// The names of the columns of a CSV, in whatever case.
#[derive(Debug, schemars::JsonSchema)]
struct RawColumns {
    /// The day.
    day: Text,
    /// What was charged, before tax.
    billed_cost: Text,
    /// Whose bill it is.
    owner: Option<Text>,
    /// The currency.
    currency: Option<Text>,
    /// The account that is billed.
    account: Option<Text>,
    /// What it is booked on.
    project: Option<Text>,
    /// The model.
    model: Option<Text>,
    /// How it was processed.
    processing: Option<Text>,
    /// What was counted.
    meter: Option<Text>,
    /// How much was counted.
    quantity: Option<Text>,
    /// What one of the quantity is.
    unit: Option<Text>,
    /// The cost at list prices.
    list_cost: Option<Text>,
    /// The cost at the prices of the user's own contract.
    agreed_cost: Option<Text>,
    /// What the amount is for.
    kind: Option<Text>,
    /// The free text of the line.
    text: Option<Text>,
}

keys! {
    RawColumns: day, billed_cost, owner, currency, account, project, model, processing, meter, quantity, unit, list_cost,
    agreed_cost, kind, text
}

/// What a bill calls a kind of line.
#[derive(Debug, schemars::JsonSchema)]
struct RawKindNames {
    /// The kind.
    kind: Word<BillKind>,
    /// Its names, in whatever case.
    names: Vec<Text>,
}

keys! { RawKindNames: kind, names }

/// Which column of a CSV says what, and what its words mean.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Mapping {
    pub(super) owner: Option<String>,
    pub(super) currency: Option<String>,
    pub(super) days: DayForm,
    pub(super) decimal_comma: bool,
    pub(super) columns: MappedColumns,
    pub(super) kinds: Vec<(String, BillKind)>,
    pub(super) texts: Texts,
}

/// The names of the columns, in small letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct MappedColumns {
    pub day: String,
    pub billed_cost: String,
    pub owner: Option<String>,
    pub currency: Option<String>,
    pub account: Option<String>,
    pub project: Option<String>,
    pub model: Option<String>,
    pub processing: Option<String>,
    pub meter: Option<String>,
    pub quantity: Option<String>,
    pub unit: Option<String>,
    pub list_cost: Option<String>,
    pub agreed_cost: Option<String>,
    pub kind: Option<String>,
    pub text: Option<String>,
}

impl Mapping {
    /// The mapping of a file.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub fn read(file: &str, text: &Arc<str>) -> Result<Mapping, Errors<Problem>> {
        let mut check = Checker::of_own(&MAPPING, file, text);
        let found = check.raw::<RawMapping>().and_then(|raw| mapping(&mut check, &raw));
        check.finish(found)
    }

    /// Whether it says what texts mean, which holds for bills of every format.
    pub fn has_texts(&self) -> bool {
        self.texts != Texts::default()
    }
}

fn mapping(check: &mut Checker, raw: &RawMapping) -> Option<Mapping> {
    let owner = check.optional_text(raw.owner.as_ref());
    let currency =
        raw.currency.as_ref().map_or(Some(None), |raw| check.users_currency(raw).map(Some));
    let days = raw.days.as_ref().map_or(Some(DayForm::YearFirst), |raw| check.word(raw));
    let decimal_comma = raw.decimal_comma.as_ref().map_or(Some(false), |raw| check.flag(raw));
    let columns = columns(check, &raw.columns);
    let kinds = kinds(check, &raw.kinds);
    let texts = raw.texts.as_ref().map_or(Some(Texts::default()), |raw| texts(check, raw));
    let (owner, currency, columns) = (owner?, currency?, columns?);
    either(check, raw, ("owner", owner.is_some(), columns.owner.is_some()));
    either(check, raw, ("currency", currency.is_some(), columns.currency.is_some()));
    let (days, decimal_comma, kinds, texts) = (days?, decimal_comma?, kinds?, texts?);
    Some(Mapping { owner, currency, days, decimal_comma, columns, kinds, texts })
}

/// Of what a file says once or in a column, exactly one is there.
fn either(check: &mut Checker, raw: &RawMapping, (key, once, in_column): (&str, bool, bool)) {
    let at = span(&raw.columns.day);
    match (once, in_column) {
        (true, true) => {
            let message = format!("`{key}` stands both for the whole file and as a column");
            check.report(ProblemCode::EitherOr, at, message, "keep one of them");
        }
        (false, false) => {
            let message = format!("the mapping does not say the {key}");
            let help = format!("add `{key}` for the whole file, or the column that says it");
            check.report(ProblemCode::MissingKey, at, message, help);
        }
        _ => {}
    }
}

fn columns(check: &mut Checker, raw: &RawColumns) -> Option<MappedColumns> {
    let mut optional = |raw: &Option<Text>| {
        check.optional_text(raw.as_ref()).map(|name| name.map(|name| name.to_lowercase()))
    };
    let found = [
        &raw.owner,
        &raw.currency,
        &raw.account,
        &raw.project,
        &raw.model,
        &raw.processing,
        &raw.meter,
        &raw.quantity,
        &raw.unit,
        &raw.list_cost,
        &raw.agreed_cost,
        &raw.kind,
        &raw.text,
    ]
    .map(&mut optional);
    let [day, billed_cost] = [&raw.day, &raw.billed_cost].map(|raw| check.text(raw));
    let [
        owner,
        currency,
        account,
        project,
        model,
        processing,
        meter,
        quantity,
        unit,
        list_cost,
        agreed_cost,
        kind,
        text,
    ] = found;
    Some(MappedColumns {
        day: day?.to_lowercase(),
        billed_cost: billed_cost?.to_lowercase(),
        owner: owner?,
        currency: currency?,
        account: account?,
        project: project?,
        model: model?,
        processing: processing?,
        meter: meter?,
        quantity: quantity?,
        unit: unit?,
        list_cost: list_cost?,
        agreed_cost: agreed_cost?,
        kind: kind?,
        text: text?,
    })
}

fn kinds(check: &mut Checker, raw: &[RawKindNames]) -> Option<Vec<(String, BillKind)>> {
    let mut all = Vec::new();
    for it in raw {
        let kind = check.word(&it.kind)?;
        for name in &it.names {
            all.push((check.text(name)?.to_lowercase(), kind));
        }
    }
    Some(all)
}

/// The words of the kinds of processing and of the meters, which every mapping takes.
pub(super) fn processing_of(word: &str) -> Option<Processing> {
    Processing::ALL.into_iter().find(|it| it.as_str().eq_ignore_ascii_case(word))
}

/// The meter of a word.
pub(super) fn meter_of(word: &str) -> Option<Meter> {
    Meter::ALL.into_iter().find(|it| it.as_str().eq_ignore_ascii_case(word))
}

/// The JSON Schema of a mapping, as the text of a file.
pub fn schema() -> String {
    document_of::<RawMapping>("bill-mapping")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Mapping, Vec<String>> {
        let found = Mapping::read("m.yaml", &text.into());
        found.map_err(|problems| problems.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn a_mapping_names_columns_and_words() {
        let mapping = read(
            "owner: acme\ncurrency: EUR\ndays: DD.MM.YYYY\ndecimal_comma: true\ncolumns: {day: Datum, billed_cost: Betrag}\n\
             kinds:\n- {kind: credit, names: [Gutschrift]}\n",
        );
        let mapping = mapping.expect("right");
        assert_eq!(mapping.columns.billed_cost, "betrag");
        assert_eq!(mapping.kinds, [("gutschrift".to_owned(), BillKind::Credit)]);
        assert_eq!((mapping.days, mapping.decimal_comma), (DayForm::Dotted, true));
    }

    #[test]
    fn what_is_missing_or_said_twice_is_told() {
        let wrong = read("columns: {day: a, billed_cost: b, owner: c}\nowner: acme\n");
        let wrong = wrong.expect_err("two problems");
        assert!(wrong[0].contains("`owner` stands both"), "{wrong:#?}");
        assert!(wrong[1].contains("does not say the currency"), "{wrong:#?}");
        let wrong =
            read("owner: a\ncurrency: euro\ncolumns: {day: a, bild_cost: b}\ndays: D.M.Y\n");
        assert!(wrong.expect_err("several").len() >= 3);
    }
}
