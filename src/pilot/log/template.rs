//! The log before the first trial: a row for each, filled in as far as it is known.

use super::columns::Field;
use crate::estimate::{Estimate, Subject};
use crate::metering::prompt::count_tokens;
use crate::pilot::SEAT;
use crate::pilot::plan::{Plan, Trial, TrialCost};
use crate::pilot::sets::Kind;
use crate::request::Request;
use crate::unit::Meter;

/// The template as the text of a CSV file.
pub fn text(plan: &Plan) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing into memory cannot fail: every record has the same number of fields.
    let _ = writer.write_record(Field::ALL.iter().map(|field| field.name().into_owned()));
    for trial in &plan.trials {
        for number in 1..=trial.times {
            let _ = writer.write_record(Field::ALL.map(|field| cell(trial, number, field)));
        }
    }
    String::from_utf8_lossy(&writer.into_inner().unwrap_or_default()).into_owned()
}

/// How many rows it has.
pub fn rows(plan: &Plan) -> u64 {
    plan.trials.iter().map(|trial| trial.times).fold(0, u64::saturating_add)
}

fn cell(trial: &Trial, number: u64, field: Field) -> String {
    let role = trial.role.as_str();
    match field {
        Field::RequestId if trial.sample.is_by_hand() => format!("{}-{number}", trial.sample.name),
        Field::RequestId => format!("{role}-{}-{number}", trial.sample.name),
        Field::Sample => trial.sample.name.to_owned(),
        Field::Prompt => trial.sample.prompt.to_owned(),
        Field::PromptTokens => count_tokens(trial.sample.prompt).to_string(),
        Field::Attempt => "1".to_owned(),
        field => match &trial.outcome {
            TrialCost::Priced(estimate, _) => of_estimate(estimate, field),
            TrialCost::Seat => of_seat(trial, field),
            TrialCost::Refused(..) => String::new(),
        },
    }
}

fn of_estimate(estimate: &Estimate, field: Field) -> String {
    let request = match &estimate.subject {
        Subject::Request(request) => Some(&**request),
        Subject::Reply(..) => None,
    };
    match field {
        Field::Route => estimate.table.route.id.to_string(),
        Field::Model => estimate.model.id.clone(),
        Field::RequestedSize => request.map_or_else(String::new, Request::size_in_words),
        Field::Quality => request.map_or("", |request| request.quality_in_words()).to_owned(),
        Field::Processing => request.map_or("", |request| request.processing.as_str()).to_owned(),
        Field::Count(Meter::InputImages) => {
            request.map_or(0, |request| request.input_images.len()).to_string()
        }
        _ => String::new(),
    }
}

fn of_seat(trial: &Trial, field: Field) -> String {
    match field {
        Field::Route => SEAT.to_owned(),
        Field::Count(Meter::InputImages) => match trial.sample.kind {
            Kind::ByHand(images) => images.to_string(),
            _ => String::new(),
        },
        _ => String::new(),
    }
}
