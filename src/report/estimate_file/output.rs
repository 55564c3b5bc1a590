//! The estimates of many requests for programs.

use std::borrow::Cow;

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::Serialize;

use super::line::WrittenLine;
use super::rows::WrittenRows;
use super::summary;
use crate::catalog::route::Route;
use crate::estimate::{Estimate, EstimatedFile, FileLine, Group, RejectedLines};
use crate::figure::Figure;
use crate::report::dictionary::terms;
use crate::report::envelope::{Output, Said, said};
use crate::report::estimate::{OfEstimate, OfRoute, TotalCost, of_estimate};
use crate::report::record::{Each, Field, Record, Recorded, Value};

/// The estimates of many requests.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct EstimateFileOutput<'a> {
    /// How many lines are priced.
    pub priced: u64,
    /// How many lines are rejected.
    pub rejected: u64,
    /// What all of them cost.
    pub total: Record<TotalCost<'a>>,
    /// What it costs with every open request at one quality.
    pub settled: Each<'a, Record<&'a (String, Figure<Decimal>)>>,
    /// The lines summed up by what they have in common: by model, size, quality and processing, or as asked.
    pub summary: Each<'a, Record<&'a Group>>,
    /// Why lines are rejected, each reason once.
    pub reasons: Each<'a, Record<&'a RejectedLines>>,
    /// The notes of all lines, each once.
    pub notes: Vec<Said>,
    /// A row for each line.
    pub rows: Each<'a, WrittenLine>,
}

impl Output for EstimateFileOutput<'_> {
    const NAME: &'static str = "estimate_file";
    const COMMAND: &'static str = "estimate";
}

pub(super) fn output<'a>(file: &'a EstimatedFile, rows: &'a WrittenRows) -> EstimateFileOutput<'a> {
    EstimateFileOutput {
        priced: file.priced,
        rejected: file.rejected_lines(),
        summary: Each::with(summary::fields(&file.grouped_by), || file.groups.iter()),
        reasons: Each::row(|| file.rejected.iter()),
        total: Record::of(TotalCost {
            cost: Cow::Borrowed(&file.total),
            basis: file.price_basis(),
        }),
        settled: Each::row(|| file.settled.iter()),
        notes: said(&file.notes),
        rows: Each::of(|| rows.each()),
    }
}

impl Recorded for &(String, Figure<Decimal>) {
    const NAME: &'static str = "settled_file";

    fn fields() -> Vec<Field<Self>> {
        let [cost, certainty, ..] = terms::COST.figure(|it: &Self| Some(&it.1));
        vec![terms::QUALITY.of(|it| it.0.as_str().into()), cost, certainty]
    }
}

impl OfEstimate for FileLine {
    fn estimate(&self) -> Option<&Estimate> {
        self.outcome.as_deref().ok()
    }
}

impl OfRoute for FileLine {
    fn route(&self) -> Option<&Route> {
        self.estimate().map(|estimate| &*estimate.table.route)
    }
}

impl Recorded for FileLine {
    const NAME: &'static str = "estimated_line";

    fn fields() -> Vec<Field<Self>> {
        let mut fields: Vec<Field<Self>> = vec![
            terms::FILE.of(|it| (&*it.file).into()),
            terms::LINE.of(|it| it.line.into()),
            terms::CUSTOM_ID.of(|it| it.custom_id.as_deref().into()),
            terms::OUTCOME.of(|it| (if it.outcome.is_ok() { "priced" } else { "rejected" }).into()),
        ];
        fields.extend(of_estimate());
        fields.push(
            terms::CERTAINTY
                .of(|it| it.estimate().map_or("unknown".into(), |it| Value::certainty(&it.total))),
        );
        fields.push(terms::REASON.of(|it| match &it.outcome {
            Ok(estimate) => Value::reasons(&estimate.total),
            Err(rejected) => rejected.to_string().into(),
        }));
        fields.push(terms::REASON_CODES.of(|it| match &it.outcome {
            Ok(estimate) => Value::reason_codes(&estimate.total),
            Err(rejected) => Value::codes(rejected.codes()),
        }));
        fields.push(terms::AS_OF.of(|it| it.estimate().map(|it| it.as_of.to_string()).into()));
        fields
    }
}
