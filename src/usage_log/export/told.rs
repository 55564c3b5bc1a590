//! Which export a text is, by the columns of its header or the keys of its records, and never by its name.

use super::Export;
use super::objects::Layout;
use super::rows;
use crate::json::{Json, Object};
use crate::shape::{Value, form, is_json as holds_json, values};

/// Words of which an export in JSON has one: what has none is not looked at further.
const MARKS: [&str; 4] =
    ["organization.usage.", "\"results\"", "\"prompt_tokens\"", "\"billing_events\""];

/// Columns by which a header is told: all of them.
const HEADERS: [(Export, &[&str]); 4] = [
    (
        Export::OpenAiCompletions,
        &["start_time", "num_model_requests", "input_tokens", "output_tokens"],
    ),
    (Export::OpenAiImages, &["start_time", "num_model_requests", "images", "size"]),
    (Export::OpenRouterActivity, &["created_at", "tokens_prompt", "tokens_completion"]),
    (Export::AzureCostDetails, &["meterid", "metername", "unitofmeasure"]),
];

/// Kinds of records by the start of what the API calls them, with keys that tell them where it does not.
const KINDS: [(Export, &str, &[&str]); 4] = [
    (
        Export::OpenAiCompletions,
        "organization.usage.completions",
        &["num_model_requests", "input_tokens", "output_tokens"],
    ),
    (Export::OpenAiImages, "organization.usage.images", &["num_model_requests", "images", "size"]),
    (Export::OpenRouterDays, "", &["date", "model", "usage", "prompt_tokens", "completion_tokens"]),
    (Export::FalEvents, "", &["endpoint_id", "output_units", "cost_estimate_nano_usd"]),
];

/// Whether a text is to be read as JSON.
pub(super) fn is_json(text: &str) -> bool {
    text.trim_start().starts_with(['{', '[']) || holds_json(text)
}

/// The export that a text is.
pub(super) fn export(text: &str) -> Option<Export> {
    if is_json(text) {
        return MARKS.iter().any(|mark| text.contains(mark)).then(|| of_json(text)).flatten();
    }
    let names = rows::names(text);
    let has_all = |columns: &[&str]| columns.iter().all(|it| names.iter().any(|name| name == it));
    HEADERS.iter().find(|(_, columns)| has_all(columns)).map(|(export, _)| *export)
}

/// By the first record of the first page that has one; pages without any are days without usage.
fn of_json(text: &str) -> Option<Export> {
    let mut found = None;
    for Value { entries, .. } in values("", text, form(text).ok()?).ok()? {
        let Ok(entries) = entries else { break };
        let page = Object::new(&entries, "");
        let Some(layout) = Layout::of(&page) else { break };
        found = match layout.first(&page) {
            Some(record) => return of_record(&record),
            None if layout.is_of_buckets() => Some(Export::OpenAiCompletions),
            None => Some(Export::FalEvents),
        };
    }
    found
}

fn of_record(record: &Object) -> Option<Export> {
    let has_all = |keys: &[&str]| keys.iter().all(|key| record.has(key));
    let is_of = |kind: &str, keys: &[&str]| match record.get("object") {
        Some(Json::Text(name)) => !kind.is_empty() && name.starts_with(kind),
        _ => has_all(keys),
    };
    KINDS.iter().find(|(_, kind, keys)| is_of(kind, keys)).map(|(export, ..)| *export)
}
