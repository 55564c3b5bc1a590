//! What a file is that holds neither requests nor replies, and what takes it.

use std::fmt;

use crate::help::{Help, Sentence, Taker};
use crate::json::{Json, Object};

/// What is neither a request nor a reply that can be read here.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Other {
    /// Nothing, or blanks alone.
    Empty,
    /// Text in UTF-16.
    Utf16,
    /// Bytes that are no UTF-8 text.
    NotUtf8 {
        /// The line of the first byte that fits nowhere, from 1.
        line: usize,
        /// The character of the line, from 1.
        character: usize,
    },
    /// An image file, in words.
    Image(&'static str),
    /// A body in `multipart/form-data` that is not whole, and why.
    BrokenForm(&'static str),
    /// A saved HTTP message in chunks that are not whole.
    BrokenChunks,
    /// A file in a format that is not read, in words.
    Packed(&'static str),
    /// A budget.
    Budget,
    /// A spreadsheet of volumes.
    Volumes,
    /// The log of a pilot.
    PilotLog,
    /// Another spreadsheet.
    Spreadsheet,
    /// A price table, or another file of a folder of them.
    PriceTable,
    /// What a command of this program wrote, by the id of its schema.
    Output(String),
    /// A price map of others: LiteLLM's, or the data of genai-prices or models.dev.
    PriceMap,
    /// A page of an organisation's usage.
    UsagePage,
    /// A page of an organisation's costs.
    CostPage,
    /// The record of a Batch, and the file that has its output where it names one.
    BatchJob(Option<String>),
    /// A part of a stream of the AI SDK.
    AiSdkStream,
    /// A body of the Chat Completions API.
    ChatRequest,
    /// A body of the Gemini API.
    GeminiRequest,
    /// An object none of whose keys is known.
    UnknownObject,
    /// JSON that is no object.
    NoObject(&'static str),
    /// Text in a form that is not known.
    Text,
}

/// The types of the parts that streams of the AI SDK begin and end with, and that they carry images and text in.
const AI_SDK_PARTS: [&str; 14] = [
    "start",
    "start-step",
    "stream-start",
    "response-metadata",
    "text-start",
    "text-delta",
    "text-end",
    "reasoning-start",
    "reasoning-delta",
    "reasoning-end",
    "file",
    "finish-step",
    "message-metadata",
    "finish",
];

impl Other {
    /// Whether an object is a part of a stream of the AI SDK, as its page of stream protocols and `fullStream` have them.
    pub(super) fn is_of_ai_sdk_stream(object: &Object) -> bool {
        let kind = object.text("type", &mut Vec::new());
        !object.has("prompt") && kind.is_some_and(|kind| AI_SDK_PARTS.contains(&kind.as_str()))
    }

    /// What an object is, if it is one of these.
    pub(super) fn of_object(object: &Object) -> Option<Other> {
        let text = |key| object.text(key, &mut Vec::new());
        if let Some(schema) = text("schema").filter(|schema| schema.starts_with("imgcost.")) {
            return Some(Other::Output(schema));
        }
        match text("object").as_deref() {
            Some("page") => return page(object),
            Some("batch") => return Some(Other::BatchJob(text("output_file_id"))),
            Some(result) if result.starts_with("organization.costs") => {
                return Some(Other::CostPage);
            }
            Some(result) if result.starts_with("organization.usage") => {
                return Some(Other::UsagePage);
            }
            Some("bucket") => return page_of([object].into_iter()),
            _ => {}
        }
        if object.has("workloads") {
            return Some(Other::Budget);
        }
        if is_price_map(object) {
            return Some(Other::PriceMap);
        }
        if object.has("messages") {
            return Some(Other::ChatRequest);
        }
        object.has("contents").then_some(Other::GeminiRequest)
    }

    /// What a text is that is no JSON: by its first line, or by the keys at the start of its lines.
    pub(super) fn of_text(text: &str) -> Other {
        let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        let has_key = |key: &str| {
            text.lines()
                .any(|line| line.strip_prefix(key).is_some_and(|rest| rest.starts_with(':')))
        };
        if has_key("workloads") {
            return Other::Budget;
        }
        if ["versions", "output_tokens", "billing_unit", "amends"].into_iter().any(has_key) {
            return Other::PriceTable;
        }
        let cells: Vec<String> = first
            .split([',', ';', '\t'])
            .map(|cell| cell.trim().trim_matches('"').to_ascii_lowercase())
            .collect();
        let has = |name: &str| cells.iter().any(|cell| cell == name);
        match cells.len() {
            _ if has("workload") => Other::Volumes,
            _ if has("sample") && has("route") => Other::PilotLog,
            _ if has("amount_value") && has("amount_currency") => Other::CostPage,
            3.. if !first.contains(". ") => Other::Spreadsheet,
            _ => Other::Text,
        }
    }

    /// What it is, and what takes it.
    pub fn sentence(&self) -> Sentence {
        Sentence::new(self.to_string(), self.help())
    }

    /// What takes it, or what to do first.
    pub fn help(&self) -> Help {
        Help::GiveTo(match self {
            Other::Empty => Taker::Nothing,
            Other::Utf16 | Other::NotUtf8 { .. } => Taker::SavedAsUtf8,
            Other::Image(_) => Taker::ReferenceImage,
            Other::BrokenForm(_) | Other::BrokenChunks => Taker::SavedWhole,
            Other::Packed(_) => Taker::Unpacked,
            Other::Budget | Other::Volumes => Taker::Budget,
            Other::PilotLog => Taker::Pilot,
            Other::PriceTable => Taker::Prices,
            Other::PriceMap => Taker::PriceMap,
            Other::Output(schema) if schema.starts_with("imgcost.forecast") => Taker::BudgetCheck,
            Other::UsagePage | Other::CostPage | Other::Spreadsheet | Other::Output(_) => {
                Taker::Replies
            }
            Other::BatchJob(_) => Taker::BatchOutput,
            Other::AiSdkStream => Taker::AiSdkResult,
            Other::ChatRequest | Other::GeminiRequest => Taker::Flags,
            Other::UnknownObject | Other::NoObject(_) => Taker::Estimate,
            Other::Text => Taker::Prompt,
        })
    }
}

impl fmt::Display for Other {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Other::Empty => f.write_str("this is empty"),
            Other::Utf16 => f.write_str("this is UTF-16 text, and UTF-8 is read"),
            Other::NotUtf8 { line, character } => {
                write!(f, "line {line}, character {character}: not UTF-8 text")
            }
            Other::Image(what) | Other::Packed(what) => write!(f, "this is {what}"),
            Other::BrokenForm(why) => write!(f, "this is a body in multipart/form-data, but {why}"),
            Other::BrokenChunks => f.write_str(
                "this is a saved HTTP message in chunks (`Transfer-Encoding: chunked`), and one of them is missing or cut off",
            ),
            Other::Budget => f.write_str("this is a budget"),
            Other::Volumes => f.write_str("this is a spreadsheet of volumes"),
            Other::PilotLog => f.write_str("this is the log of a pilot"),
            Other::Spreadsheet => f.write_str("this is a spreadsheet, with no request and no reply in it"),
            Other::PriceTable => f.write_str("this is a price table"),
            Other::PriceMap => f.write_str(
                "this is a price map of others (LiteLLM, genai-prices or models.dev), with no request and no reply in it",
            ),
            Other::Output(schema) => write!(f, "this is what imgcost wrote (`{schema}`)"),
            Other::UsagePage => f.write_str(
                "this is a page of an organisation's usage: it sums up requests of many kinds, and is no reply to one",
            ),
            Other::CostPage => f.write_str(
                "this is a page of an organisation's costs: it has what was charged, and nothing to rate",
            ),
            Other::BatchJob(Some(file)) => {
                write!(f, "this is the record of a Batch, whose replies stand in the file {file}")
            }
            Other::BatchJob(None) => f.write_str("this is the record of a Batch, which names no file with replies"),
            Other::AiSdkStream => f.write_str(
                "this is a part of a stream of the AI SDK, which is for a page and need not have the counts of its reply",
            ),
            Other::ChatRequest => f.write_str(
                "this is a body of the Chat Completions API (`messages`), not of the Images API",
            ),
            Other::GeminiRequest => f.write_str("this is a body of the Gemini API (`contents`), which is not read"),
            Other::UnknownObject => f.write_str(
                "none of its keys is one of a request (model, prompt, size, …) or of a reply (usage, data, output, …)",
            ),
            Other::NoObject(what) => write!(f, "this is JSON, but {what} and no object"),
            Other::Text => f.write_str("this is text, and neither JSON nor a form that is known"),
        }
    }
}

/// Whether it is a map of prices by model, or a provider of one: no body and no reply holds objects of this kind.
fn is_price_map(object: &Object) -> bool {
    if object.has("id") && matches!(object.get("models"), Some(Json::List(_) | Json::Object(_))) {
        return true;
    }
    let is_entry = |value: &Json| {
        let Json::Object(entries) = value else { return false };
        let has_models =
            entries.iter().any(|(key, it)| key == "models" && matches!(it, Json::Object(_)));
        let is_priced = |key: &str| key == "litellm_provider" || key.contains("cost_per_");
        has_models || entries.iter().any(|(key, _)| is_priced(key))
    };
    object.entries().any(|(_, value)| is_entry(value))
}

/// A page that an organisation's usage or costs come in.
fn page(object: &Object) -> Option<Other> {
    let buckets = object.objects("data", &mut Vec::new()).unwrap_or_default();
    page_of(buckets.iter()).or(Some(Other::UsagePage))
}

fn page_of<'a, 'b: 'a>(mut buckets: impl Iterator<Item = &'a Object<'b>>) -> Option<Other> {
    buckets.find_map(|bucket| {
        let results = bucket.objects("results", &mut Vec::new())?;
        let is_cost = |result: &Object| {
            matches!(result.get("object"), Some(Json::Text(kind)) if kind.starts_with("organization.costs"))
        };
        let first = results.first()?;
        Some(if is_cost(first) { Other::CostPage } else { Other::UsagePage })
    })
}
