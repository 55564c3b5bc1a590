//! The estimates of many requests for programs.

use std::borrow::Cow;
use std::rc::Rc;

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::Serialize;

use super::summary::{self, RejectedLines};
use super::{View, all_notes};
use crate::catalog::route::Route;
use crate::estimate::{Estimate, EstimatedFile, FileLine, Group};
use crate::figure::Figure;
use crate::report::dictionary::terms;
use crate::report::envelope::{Output, Said, said};
use crate::report::estimate::{EstimateParts, OfEstimate, OfRoute, TotalCost, of_estimate};
use crate::report::record::{Each, Field, Record, Recorded, Value};

/// The estimates of many requests.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct EstimateFileOutput<'a> {
    /// How many lines are priced.
    pub priced: usize,
    /// How many lines are rejected.
    pub rejected: usize,
    /// What all of them cost.
    pub total: Record<TotalCost<'a>>,
    /// What it costs with every open request at one quality.
    pub settled: Each<'a, Record<&'a (String, Figure<Decimal>)>>,
    /// The lines summed up by what they have in common: by model, size, quality and processing, or as asked.
    pub summary: Each<'a, Record<&'a Group>>,
    /// Why lines are rejected, each reason once.
    pub reasons: Each<'a, Record<RejectedLines<'a>>>,
    /// The notes of all lines, each once.
    pub notes: Vec<Said>,
    /// A row for each line.
    pub rows: Each<'a, EstimatedLine<'a>>,
}

/// A line and what became of it.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct EstimatedLine<'a> {
    /// What it costs, or why it was rejected.
    #[serde(flatten)]
    pub line: Record<&'a FileLine>,
    /// What its cost rests on; left out where it was rejected.
    #[serde(flatten)]
    pub parts: Option<EstimateParts<'a>>,
}

impl Output for EstimateFileOutput<'_> {
    const NAME: &'static str = "estimate_file";
    const COMMAND: &'static str = "estimate";
}

pub(super) fn output<'a>(file: &'a EstimatedFile, view: View<'a>) -> EstimateFileOutput<'a> {
    let (priced, rejected) = file.priced_and_rejected();
    let (by, groups) = view.groups;
    let fields: Rc<[_]> = <&FileLine>::fields().into();
    let rows = Each::of(move || {
        let fields = Rc::clone(&fields);
        file.lines.iter().map(move |line| EstimatedLine {
            line: Record::new(&fields, line),
            parts: line.outcome.as_deref().ok().map(|it| EstimateParts::of(it, view.explain)),
        })
    });
    EstimateFileOutput {
        priced,
        rejected,
        summary: Each::with(summary::fields(by), || groups.iter()),
        reasons: Each::row(|| summary::rejected(file).into_iter()),
        total: Record::of(TotalCost(Cow::Borrowed(&file.total))),
        settled: Each::row(|| file.settled.iter()),
        notes: said(&all_notes(file)),
        rows,
    }
}

impl Recorded for &(String, Figure<Decimal>) {
    const NAME: &'static str = "settled_file";

    fn fields() -> Vec<Field<Self>> {
        let [cost, certainty, ..] = terms::COST.figure(|it: &Self| Some(&it.1));
        vec![terms::QUALITY.of(|it| it.0.as_str().into()), cost, certainty]
    }
}

impl OfEstimate for &FileLine {
    fn estimate(&self) -> Option<&Estimate> {
        self.outcome.as_deref().ok()
    }
}

impl OfRoute for &FileLine {
    fn route(&self) -> Option<&Route> {
        self.estimate().map(|estimate| &*estimate.table.route)
    }
}

impl Recorded for &FileLine {
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
        fields
    }
}
