//! A pasted API reply → usage. Its counts are taken as they are.
//!
//! Three shapes: an Images API reply, its streamed `completed` event, and a Responses API reply, whose
//! top-level `usage` is the mainline model's and whose `tool_usage.image_gen` is the image model's.

use chrono::{DateTime, NaiveDate};

use crate::catalog::model::ModelRules;
use crate::figure::Figure;
use crate::problem::{Place, Problem, ProblemCode};
use crate::request::{Object, read_object};
use crate::unit::Meter;
use crate::usage::Usage;

/// What a reply says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The image model, if the reply names it.
    pub model: Option<String>,
    /// The size that it says it made.
    pub size: Option<String>,
    /// The quality that it says it made.
    pub quality: Option<String>,
    /// The day it was made, if it carries one.
    pub created: Option<NaiveDate>,
    /// How many images it holds, if it lists them.
    pub images: Option<u32>,
    /// The tokens of the image model.
    pub tokens: ReplyTokens,
    /// The mainline model of a Responses reply and its tokens.
    pub mainline: Option<Mainline>,
}

/// The model that called the image tool.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mainline {
    /// Its id, if the reply names it.
    pub model: Option<String>,
    /// Its tokens.
    pub tokens: ReplyTokens,
}

/// Token counts as a reply states them: totals, of which the cached ones are a part.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReplyTokens {
    /// Text input, cached included.
    pub text_input: u64,
    /// Image input, cached included.
    pub image_input: u64,
    /// Cached tokens by kind, or together if the reply does not split them.
    pub cached: Cached,
    /// All output.
    pub output: u64,
    /// Image and text output, if the reply splits them.
    pub output_split: Option<(u64, u64)>,
}

/// Cached input tokens as stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cached {
    /// Text and image apart.
    Split(u64, u64),
    /// Together.
    Together(u64),
}

impl Default for Cached {
    fn default() -> Cached {
        Cached::Split(0, 0)
    }
}

/// Reads a reply.
///
/// # Errors
/// Every count that is missing, wrong or does not add up.
pub fn read(file: &str, text: &str) -> Result<Reply, Vec<Problem>> {
    let text = event_data(text);
    let entries = read_object(file, text).map_err(|problem| vec![*problem])?;
    let reply = Object::new(&entries, "");
    let mut wrong = Vec::new();
    let read = reply_of(&reply, &mut wrong);
    match read {
        Some(reply) if wrong.is_empty() => Ok(reply),
        _ => Err(wrong.into_iter().map(|message| bad_value(file, message)).collect()),
    }
}

/// The data of an event that was copied from a stream, with or without its `event:` line.
fn event_data(text: &str) -> &str {
    let text = text.trim_start();
    let rest = match text.strip_prefix("event:") {
        Some(event) => event.split_once('\n').map_or("", |(_, rest)| rest).trim_start(),
        None => text,
    };
    rest.strip_prefix("data:").unwrap_or(rest)
}

fn reply_of(reply: &Object, wrong: &mut Vec<String>) -> Option<Reply> {
    let tools = reply.object("tool_usage", wrong);
    let image_gen = tools.and_then(|tools| tools.object("image_gen", wrong));
    let named = reply.text("model", wrong);
    let created = ["created", "created_at"].into_iter().find_map(|key| match reply.get(key)? {
        crate::request::Json::Whole(seconds) => day_of(*seconds),
        _ => None,
    });
    let (tokens, mainline, model) = match image_gen {
        Some(image) => {
            let mainline =
                reply.object("usage", wrong).and_then(|usage| tokens(&usage, true, wrong));
            let mainline = mainline.map(|tokens| Mainline { model: named, tokens });
            (tokens(&image, false, wrong)?, mainline, None)
        }
        None => {
            let Some(usage) = usage_object(reply, wrong) else {
                wrong.push("the reply has no `usage`: there is nothing to rate".into());
                return None;
            };
            (tokens(&usage, false, wrong)?, None, named)
        }
    };
    Some(Reply {
        model,
        size: reply.text("size", wrong),
        quality: reply.text("quality", wrong),
        created,
        images: image_count(reply),
        tokens,
        mainline,
    })
}

/// The usage of a reply, or the object itself where only the usage was pasted.
fn usage_object<'a>(reply: &Object<'a>, wrong: &mut Vec<String>) -> Option<Object<'a>> {
    reply
        .object("usage", wrong)
        .or_else(|| reply.get("input_tokens").is_some().then(|| reply.whole()))
}

fn day_of(seconds: u64) -> Option<NaiveDate> {
    DateTime::from_timestamp(i64::try_from(seconds).ok()?, 0).map(|time| time.date_naive())
}

fn image_count(reply: &Object) -> Option<u32> {
    use crate::request::Json;
    let count = match (reply.get("data"), reply.get("output"), reply.get("b64_json")) {
        (Some(Json::List(images)), _, _) => images.len(),
        (_, Some(Json::List(items)), _) => items.iter().filter(|item| is_image_call(item)).count(),
        (_, _, Some(_)) => 1,
        _ => return None,
    };
    u32::try_from(count).ok().filter(|count| *count > 0)
}

fn is_image_call(item: &crate::request::Json) -> bool {
    use crate::request::Json;
    let Json::Object(entries) = item else { return false };
    let item = Object::new(entries, "");
    let is = |key, text: &str| matches!(item.get(key), Some(Json::Text(value)) if value == text);
    is("type", "image_generation_call") && !is("status", "failed")
}

fn tokens(usage: &Object, text_only: bool, wrong: &mut Vec<String>) -> Option<ReplyTokens> {
    let before = wrong.len();
    let input = required(usage, "input_tokens", wrong);
    let output = required(usage, "output_tokens", wrong);
    let details = usage.object("input_tokens_details", wrong);
    let split = split(details.as_ref(), wrong);
    let (text_input, image_input) = match split {
        Some(split) => split,
        // Without details, all input of a text model is text; an image model's cannot be told.
        None if text_only => (input, 0),
        None if input == 0 => (0, 0),
        None => {
            wrong.push(format!(
                "`{}` is missing: text and image input have different prices",
                usage.path_of("input_tokens_details")
            ));
            return None;
        }
    };
    adds_up(usage, "input_tokens", input, text_input, image_input, wrong);
    let output_details = usage.object("output_tokens_details", wrong);
    let output_split = split_of(output_details.as_ref(), wrong);
    if let Some((image, text)) = output_split.filter(|_| !text_only) {
        adds_up(usage, "output_tokens", output, image, text, wrong);
    }
    if let Some(total) = usage.count("total_tokens", wrong) {
        adds_up(usage, "total_tokens", total, input, output, wrong);
    }
    let cached = cached(details.as_ref(), wrong);
    check_cached(usage, cached, text_input, image_input, wrong);
    let output_split = if text_only { Some((0, output)) } else { output_split };
    (wrong.len() == before).then_some(ReplyTokens {
        text_input,
        image_input,
        cached,
        output,
        output_split,
    })
}

fn required(usage: &Object, key: &str, wrong: &mut Vec<String>) -> u64 {
    if usage.get(key).is_none() {
        wrong.push(format!("`{}` is missing", usage.path_of(key)));
    }
    usage.count(key, wrong).unwrap_or(0)
}

/// Text and image tokens of the input details.
fn split(details: Option<&Object>, wrong: &mut Vec<String>) -> Option<(u64, u64)> {
    split_of(details, wrong).map(|(image, text)| (text, image))
}

/// Image and text tokens of details; a kind that is left out beside the other is none.
fn split_of(details: Option<&Object>, wrong: &mut Vec<String>) -> Option<(u64, u64)> {
    let details = details?;
    let image = details.count("image_tokens", wrong);
    let text = details.count("text_tokens", wrong);
    (image.is_some() || text.is_some()).then(|| (image.unwrap_or(0), text.unwrap_or(0)))
}

fn cached(details: Option<&Object>, wrong: &mut Vec<String>) -> Cached {
    let Some(details) = details else { return Cached::default() };
    let cached_details = details.object("cached_tokens_details", wrong);
    if let Some((image, text)) = split_of(cached_details.as_ref(), wrong) {
        return Cached::Split(text, image);
    }
    details.count("cached_tokens", wrong).map_or(Cached::default(), Cached::Together)
}

fn check_cached(usage: &Object, cached: Cached, text: u64, image: u64, wrong: &mut Vec<String>) {
    let too_many = match cached {
        Cached::Split(cached_text, cached_image) => cached_text > text || cached_image > image,
        Cached::Together(cached) => cached > text.saturating_add(image),
    };
    if too_many {
        let path = usage.path_of("input_tokens_details");
        wrong.push(format!("`{path}` has more cached tokens than input tokens"));
    }
}

fn adds_up(usage: &Object, key: &str, whole: u64, a: u64, b: u64, wrong: &mut Vec<String>) {
    if a.checked_add(b) != Some(whole) {
        wrong.push(format!("`{}` is {whole}, but its parts are {a} and {b}", usage.path_of(key)));
    }
}

fn bad_value(file: &str, message: String) -> Problem {
    let help = "paste the reply as the API sent it".to_owned();
    Problem { code: ProblemCode::BadValue, message, place: Place::file(file), help }
}

/// The disjoint counts of an image model's reply. What the reply does not tell is unknown.
///
/// `cached` are the user's own counts of cached text and image tokens, which go before the reply's.
pub fn usage(
    tokens: &ReplyTokens,
    rules: Option<&ModelRules>,
    cached: (Option<u64>, Option<u64>),
) -> Usage {
    let mut usage = Usage::default();
    set_input(&mut usage, tokens, cached);
    let stated = |what: &str| vec![format!("{what}, as the reply states it")];
    let writes_text = rules.is_some_and(|rules| rules.text_output.is_some());
    match tokens.output_split {
        Some((image, text)) => {
            usage.set(Meter::ImageOutput, Figure::Exact(image), stated("image output"));
            usage.set(Meter::TextOutput, Figure::Exact(text), stated("text output"));
        }
        None if writes_text => {
            let reason = "the reply does not split its output, and this model also bills text";
            usage.set(Meter::ImageOutput, Figure::unknown(0, reason), Vec::new());
            usage.set(Meter::TextOutput, Figure::unknown(0, reason), Vec::new());
        }
        None => usage.set(
            Meter::ImageOutput,
            Figure::Exact(tokens.output),
            stated("all output is image output"),
        ),
    }
    usage
}

/// Cached text and image tokens: the user's own count of a kind goes before the reply's, and of a sum
/// that the reply does not split the rest is the other kind. `None` where the split stays open.
fn cached_split(tokens: &ReplyTokens, given: (Option<u64>, Option<u64>)) -> Option<(u64, u64)> {
    let (text, image) = match (tokens.cached, given) {
        (_, (Some(text), Some(image))) => (text, image),
        (Cached::Split(cached_text, cached_image), (text, image)) => {
            (text.unwrap_or(cached_text), image.unwrap_or(cached_image))
        }
        (Cached::Together(cached), (Some(text), None)) => (text, cached.checked_sub(text)?),
        (Cached::Together(cached), (None, Some(image))) => (cached.checked_sub(image)?, image),
        (Cached::Together(0), (None, None)) => (0, 0),
        (Cached::Together(cached), (None, None)) if tokens.image_input == 0 => (cached, 0),
        (Cached::Together(cached), (None, None)) if tokens.text_input == 0 => (0, cached),
        (Cached::Together(_), (None, None)) => return None,
    };
    (text <= tokens.text_input && image <= tokens.image_input).then_some((text, image))
}

fn set_input(usage: &mut Usage, tokens: &ReplyTokens, given: (Option<u64>, Option<u64>)) {
    let (text, image) = (tokens.text_input, tokens.image_input);
    let split = cached_split(tokens, given);
    let stated = |what: &str| vec![format!("{what}, as the reply states it")];
    match split {
        Some((cached_text, cached_image)) => {
            let rest = |all: u64, cached: u64| Figure::Exact(all.saturating_sub(cached));
            usage.set(
                Meter::TextInput,
                rest(text, cached_text),
                stated("text input without cached"),
            );
            usage.set(
                Meter::CachedTextInput,
                Figure::Exact(cached_text),
                stated("cached text input"),
            );
            usage.set(
                Meter::ImageInput,
                rest(image, cached_image),
                stated("image input without cached"),
            );
            usage.set(
                Meter::CachedImageInput,
                Figure::Exact(cached_image),
                stated("cached image input"),
            );
        }
        None => {
            let reason = "the reply does not say which kind of input was cached; \
                          give --cached-text-tokens and --cached-image-tokens";
            for meter in Meter::ALL.into_iter().filter(|meter| meter.is_input()) {
                usage.set(meter, Figure::unknown(0, reason), Vec::new());
            }
        }
    }
}
