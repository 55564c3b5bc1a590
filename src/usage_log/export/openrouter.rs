//! Activity of OpenRouter: the CSV, a row a generation, and the API, an item a day and model.
//!
//! Neither tells text from image tokens, so that both splits stay open. Cached tokens are a part of the prompt's, as its API
//! counts them; a record with more of them than of those is not read. `cost_total` and `usage` are what OpenRouter took from
//! its credits, in dollars and without the fee for buying them. What was paid to the upstream on a key of one's own, and what
//! was taken for searches, caches and files, is in neither counts nor rates here: where it is not nothing, it is named as
//! what may bill. A generation that was cancelled stays a row, with what it says.

use super::record::{EXPORTED, Record};
use super::tokens::measured;
use crate::problem::ProblemCode;
use crate::usage_log::moment::Moment;
use crate::usage_log::reply::{Cached, ReplyTokens};
use crate::usage_log::row::{Labels, Measured, UsageRow};

/// Names of what is read of each, in the order of [`Names`].
const OF_ROW: Names = Names {
    time: "created_at",
    cost: "cost_total",
    input: "tokens_prompt",
    output: "tokens_completion",
    reasoning: "tokens_reasoning",
    cached: "tokens_cached",
};
const OF_ITEM: Names = Names {
    time: "date",
    cost: "usage",
    input: "prompt_tokens",
    output: "completion_tokens",
    reasoning: "reasoning_tokens",
    cached: "cached_tokens",
};

/// What the CSV and the API call the same.
struct Names {
    time: &'static str,
    cost: &'static str,
    input: &'static str,
    output: &'static str,
    reasoning: &'static str,
    cached: &'static str,
}

/// A generation of the CSV.
pub(super) fn row(record: &mut Record) -> Option<UsageRow> {
    let row = of_names(record, &OF_ROW)?;
    let cancelled = record.flag("cancelled") == Some(true);
    let status = match cancelled {
        true => Some("cancelled".into()),
        false => record.word("finish_reason_normalized"),
    };
    let (project, tag) = (record.word("api_key_name"), record.word("app_name"));
    let labels = Labels { project, tag, status, ..row.labels };
    Some(UsageRow { labels, request_id: record.word("generation_id"), ..row })
}

/// A day of a model, of the API.
pub(super) fn item(record: &mut Record) -> Option<UsageRow> {
    let row = of_names(record, &OF_ITEM)?;
    Some(UsageRow { requests: record.needed_count("requests")?, ..row })
}

fn of_names(record: &mut Record, names: &Names) -> Option<UsageRow> {
    let day = record.day(names.time, Moment::of_text);
    let recorded = record.amount(names.cost);
    let measured = counts(record, names);
    let model = record.word("model_permaslug").or_else(|| record.word("model"));
    let labels = Labels { model, ..Labels::default() };
    Some(UsageRow { day, labels, recorded, measured: measured?, ..UsageRow::of_request() })
}

fn counts(record: &mut Record, names: &Names) -> Option<Measured> {
    let input = record.needed_count(names.input);
    let output = record.needed_count(names.output);
    let cached = record.count(names.cached);
    let reasoning = record.count(names.reasoning);
    let (input, output) = (input?, output?);
    for (part, name, whole, of) in [
        (cached, names.cached, input, names.input),
        (reasoning, names.reasoning, output, names.output),
    ] {
        if let Some(part) = part.filter(|part| *part > whole) {
            let what = format!("is {part}, and `{of}`, of which it is a part, is {whole}");
            record.report(ProblemCode::BadValue, name, &what, EXPORTED);
        }
    }
    let none = |count: u64| (count == 0).then_some((0, 0));
    let tokens = ReplyTokens {
        input,
        input_split: none(input),
        cached: match cached {
            _ if input == 0 => Cached::Split(0, 0),
            Some(0) => Cached::Split(0, 0),
            Some(cached) => Cached::Together(cached),
            None => Cached::NotStated,
        },
        states_cached: cached.is_some(),
        output,
        output_split: none(output),
    };
    let read = [names.cost, names.input, names.output, names.cached, names.reasoning];
    Some(measured(tokens, record.unread(&read)))
}
