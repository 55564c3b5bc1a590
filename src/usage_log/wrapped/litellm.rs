//! What LiteLLM writes into its spend logs that other logs do not have.
//!
//! `spend` is what LiteLLM reckons: nothing for a model that its map does not know, or one price for every size. So it is
//! kept as what was recorded, and what is computed comes from the usage: of the reply where it is stored, else of
//! `metadata.usage_object`, else of the totals beside them, which split nothing.

use super::inner::Inner;
use crate::json::{Entries, Json, Object, What, Wrong, into_owned, parse};
use crate::unread::Unread;
use crate::usage_log::reply::billing;
use crate::usage_log::row::{COUNTED, Counts, Labels, Measured, UsageRow};

/// Totals at the top of a row, in the words of chat.
const TOTALS: [&str; 3] = ["prompt_tokens", "completion_tokens", "total_tokens"];
/// The maker whose own route is taken where a row names no other.
const MAKER: &str = "openai";

/// Whether a call was answered from LiteLLM's own cache: nothing was sent, and no owner bills it.
pub(super) fn is_of_cache(object: &Object) -> bool {
    match object.get("cache_hit") {
        Some(Json::Bool(hit)) => *hit,
        Some(Json::Text(hit)) => hit.eq_ignore_ascii_case("true"),
        _ => false,
    }
}

/// The row of such a call: nothing was used at an owner.
pub(super) fn of_cache(row: UsageRow) -> UsageRow {
    let labels = Labels { status: Some("cache_hit".into()), ..row.labels };
    let measured = Measured::Counts(Counts([Some(0); COUNTED.len()]));
    UsageRow { labels, measured, images: Some(0), ..row }
}

/// The route by the owner that was called, where that is named and another than the maker of the model may be.
pub(super) fn route(object: &Object) -> Option<Box<str>> {
    let text = |key| object.text(key, &mut Vec::new()).filter(|it| !it.is_empty());
    let provider = text("custom_llm_provider").filter(|provider| provider != MAKER)?;
    let model = text("model")?;
    let own = format!("{provider}/");
    let model = model.strip_prefix(&own).unwrap_or(&model);
    Some(format!("{own}{model}").into())
}

/// Tokens that a log counts of a call that failed, which may bill: no reply has them.
pub(super) fn counted(object: &Object) -> Vec<Unread> {
    let entry = |key: &&str| Some(((*key).to_owned(), object.get(key)?.clone().into_owned()));
    let entries: Entries = TOTALS[..2].iter().filter_map(entry).collect();
    billing(&Object::new(&entries, ""), &[])
}

/// The usage of a row whose reply is not stored.
pub(super) fn usage<'a>(object: &Object, wrong: &mut Vec<Wrong>) -> Option<Inner<'a>> {
    let totals: Vec<(&str, u64)> =
        TOTALS.iter().filter_map(|key| Some((*key, object.count(key, wrong)?))).collect();
    let stored = || match object.get("usage") {
        Some(Json::Object(usage)) if !totals.is_empty() => Some(into_owned(usage.clone())),
        _ => None,
    };
    let usage = usage_object(object).or_else(stored);
    if let Some(usage) = &usage {
        let usage = Object::new(usage, "metadata.usage_object");
        for (key, here) in &totals {
            if let Some(there) = usage.count(key, &mut Vec::new()).filter(|there| there != here) {
                let path = usage.path_of(key);
                wrong.push(object.wrong(key, What::Contradicted { here: *here, path, there }));
            }
        }
    }
    let (usage, key) = match usage {
        Some(usage) => (usage, "metadata"),
        None if totals.is_empty() => return None,
        None => {
            let count = |(key, count): (&str, u64)| (key.to_owned(), Json::Whole(count));
            (totals.into_iter().map(count).collect(), "")
        }
    };
    let model = object.text("model", &mut Vec::new());
    let model = model.map(|model| ("model".to_owned(), Json::Text(model.into())));
    let usage = ("usage".to_owned(), Json::Object(usage));
    Some(Inner::Held(std::iter::once(usage).chain(model).collect(), key))
}

/// `metadata.usage_object`, where it is or was written as text.
fn usage_object(object: &Object) -> Option<Entries<'static>> {
    let of = |metadata: Object| match metadata.get("usage_object")? {
        Json::Object(usage) if !usage.is_empty() => Some(into_owned(usage.clone())),
        _ => None,
    };
    match object.get("metadata")? {
        Json::Object(entries) => of(Object::new(entries, "")),
        Json::Text(text) => match parse(text).ok()? {
            Json::Object(entries) => of(Object::new(&entries, "")),
            _ => None,
        },
        _ => None,
    }
}
