//! The token counts of a `usage` object, held against their sums wherever both stand.

use super::Stated;
use super::unread::unread_leaves;
use super::words::Words;
use crate::json::{Object, What, Wrong};
use crate::reason;
use crate::unread::Unread;

/// Token counts as a reply states them: totals, of which the cached ones are a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplyTokens {
    /// All input, cached included.
    pub input: u64,
    /// Text and image input, if the reply splits them.
    pub input_split: Option<(u64, u64)>,
    /// Cached tokens by kind, or together if the reply does not split them.
    pub cached: Cached,
    /// Whether the reply has a count of cached tokens at all.
    pub states_cached: bool,
    /// All output.
    pub output: u64,
    /// Image and text output, if the reply splits them.
    pub output_split: Option<(u64, u64)>,
}

impl ReplyTokens {
    /// The most that can be text input.
    pub fn most_text(&self) -> u64 {
        self.input_split.map_or(self.input, |(text, _)| text)
    }

    /// The most that can be image input.
    pub fn most_image(&self) -> u64 {
        self.input_split.map_or(self.input, |(_, image)| image)
    }
}

/// Cached input tokens as stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cached {
    /// Text and image apart.
    Split(u64, u64),
    /// Together.
    Together(u64),
    /// Not at all, by an API that counts them elsewhere: from none of the input to all of it.
    NotStated,
}

/// Whose tokens they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    /// A model that makes images, whose text and image tokens have prices of their own, in the Images API.
    ImageModel,
    /// The same as the tool of a mainline model.
    ImageTool,
    /// The same in the Chat Completions API, whose usage counts what was cached.
    ImageChat,
    /// A model that calls the image tool. What a text model reads is text unless it is split.
    Mainline,
    /// A text model that wrote an SVG file.
    SvgAuthor,
}

impl Of {
    fn writes_text(self) -> bool {
        matches!(self, Of::Mainline | Of::SvgAuthor)
    }

    /// What a usage without a count of cached tokens means. The types of `usage` in the Images API and of
    /// `svg_usage` have none, and those of the Responses API have one.
    fn cached_if_not_counted(self) -> Cached {
        match self {
            Of::ImageModel | Of::SvgAuthor => Cached::Split(0, 0),
            Of::ImageTool | Of::ImageChat | Of::Mainline => Cached::NotStated,
        }
    }
}

/// What is read of a `usage` object; anything else in it is unread.
pub(super) const READ: [&str; 23] = [
    "input_tokens",
    "output_tokens",
    "total_tokens",
    "cached_tokens",
    "cached_tokens_details.text_tokens",
    "cached_tokens_details.image_tokens",
    "cached_tokens_details.cached_text_tokens",
    "cached_tokens_details.cached_image_tokens",
    "input_tokens_details.text_tokens",
    "input_tokens_details.image_tokens",
    "input_tokens_details.cached_tokens",
    "input_tokens_details.cached_tokens_details.text_tokens",
    "input_tokens_details.cached_tokens_details.image_tokens",
    "output_tokens_details.text_tokens",
    "output_tokens_details.image_tokens",
    "prompt_tokens",
    "completion_tokens",
    "prompt_tokens_details.text_tokens",
    "prompt_tokens_details.image_tokens",
    "prompt_tokens_details.cached_tokens",
    "completion_tokens_details.text_tokens",
    "completion_tokens_details.image_tokens",
    "completion_tokens_details.reasoning_tokens",
];

/// What is held against the counts, and is no count of its own.
pub(super) const CHECKED: [&str; 3] =
    ["reasoning_tokens", "cache_write_tokens", "cache_write_tokens_details"];

/// The counts of a `usage` object, and what else in it may bill.
pub(super) fn read(
    usage: &Object,
    of: Of,
    also_read: &[&str],
    unread: &mut Vec<Unread>,
    wrong: &mut Vec<Wrong>,
) -> Option<Stated> {
    let read: Vec<&str> = READ.into_iter().chain(also_read.iter().copied()).collect();
    unread.extend(unread_leaves(usage, &read));
    let Some(words) = Words::of(usage) else { return without_counts(usage, wrong) };
    let before = wrong.len();
    Words::report_contradictions(usage, wrong);
    let tokens = counts(usage, of, words, wrong);
    (wrong.len() == before).then_some(Stated::Tokens(tokens))
}

/// A `usage` that counts neither input nor output says nothing, unless it counts in another way.
fn without_counts(usage: &Object, wrong: &mut Vec<Wrong>) -> Option<Stated> {
    let counted = |key| usage.count(key, &mut Vec::new()).is_some_and(|count| count > 0);
    if counted("total_tokens") {
        wrong.push(usage.missing("input_tokens", What::TotalAlone));
        return None;
    }
    let shown = if usage.path().is_empty() { "usage" } else { usage.path() };
    Some(Stated::Missing(reason::Reply::NoCounts { path: shown.into() }))
}

fn counts(usage: &Object, of: Of, words: &Words, wrong: &mut Vec<Wrong>) -> ReplyTokens {
    let input = required(usage, words.input, wrong);
    let output = required(usage, words.output, wrong);
    let details = usage.object(words.input_details, wrong);
    let output_details = usage.object(words.output_details, wrong);
    let input_split = parts(details.as_ref(), wrong).map(|(image, text)| (text, image));
    if let Some((text, image)) = input_split {
        adds_up(usage, words.input, input, text, image, wrong);
    }
    let leaves_out_text = |details: &Object| words.rest_is_text && !details.has("text_tokens");
    let output_split = match parts(output_details.as_ref(), wrong) {
        Some((image, _)) if output_details.as_ref().is_some_and(leaves_out_text) => {
            at_most(output_details.as_ref(), "image_tokens", output, "output", wrong);
            Some((image, output.saturating_sub(image)))
        }
        stated => stated,
    };
    if let Some((image, text)) = output_split
        && !is_beside_reasoning(output_details.as_ref(), of, output, image, text)
    {
        adds_up(usage, words.output, output, image, text, wrong);
    }
    if let Some(total) = usage.count("total_tokens", wrong) {
        adds_up(usage, "total_tokens", total, input, output, wrong);
    }
    at_most(output_details.as_ref(), "reasoning_tokens", output, "output", wrong);
    at_most(details.as_ref(), "cache_write_tokens", input, "input", wrong);
    check_cache_writes(details.as_ref(), wrong);
    let stated = cached(usage, details.as_ref(), wrong);
    let (only_text, only_image) = match of.writes_text() {
        false => (None, None),
        true => (Some((input, 0)), Some((0, output))),
    };
    let input_split = input_split.or(only_text).or((input == 0).then_some((0, 0)));
    let output_split = match of.writes_text() {
        false => output_split,
        // What a text model writes is text, its reasoning included, but for images.
        true => output_split.map(|(image, _)| (image, output.saturating_sub(image))).or(only_image),
    };
    let tokens = ReplyTokens {
        input,
        input_split,
        cached: match stated {
            None if input == 0 => Cached::Split(0, 0),
            stated => stated.unwrap_or(of.cached_if_not_counted()),
        },
        states_cached: stated.is_some(),
        output,
        output_split,
    };
    check_cached(usage, &tokens, wrong);
    tokens
}

/// Whether the text of a text model's output is counted beside its reasoning, as gateways do.
fn is_beside_reasoning(
    details: Option<&Object>,
    of: Of,
    output: u64,
    image: u64,
    text: u64,
) -> bool {
    let reasoning =
        details.and_then(|it| it.count("reasoning_tokens", &mut Vec::new())).unwrap_or(0);
    let sum = image.checked_add(text).and_then(|sum| sum.checked_add(reasoning));
    (of.writes_text() || of == Of::ImageChat) && sum == Some(output)
}

fn required(usage: &Object, key: &str, wrong: &mut Vec<Wrong>) -> u64 {
    if usage.get(key).is_none() {
        wrong.push(usage.missing(key, What::Missing));
    }
    usage.count(key, wrong).unwrap_or(0)
}

/// Image and text tokens of details; a kind that is left out beside the other is none.
fn parts(details: Option<&Object>, wrong: &mut Vec<Wrong>) -> Option<(u64, u64)> {
    let details = details?;
    let image = details.count("image_tokens", wrong);
    let text = details.count("text_tokens", wrong);
    (image.is_some() || text.is_some()).then(|| (image.unwrap_or(0), text.unwrap_or(0)))
}

/// A part is no more than the whole that it is of.
fn at_most(
    details: Option<&Object>,
    key: &str,
    whole: u64,
    of: &'static str,
    wrong: &mut Vec<Wrong>,
) {
    let Some(details) = details else { return };
    if let Some(part) = details.count(key, wrong).filter(|part| *part > whole) {
        wrong.push(details.wrong(key, What::MoreThanAll { part, of, whole }));
    }
}

/// What was written to a cache, by how long it is kept, adds up to all that was.
fn check_cache_writes(details: Option<&Object>, wrong: &mut Vec<Wrong>) {
    let Some(details) = details else { return };
    let by_time = details.object("cache_write_tokens_details", wrong);
    let Some(by_time) = by_time else { return };
    let keys = ["ttl_12h_tokens", "ttl_30m_tokens"];
    let [long, short] = keys.map(|key| by_time.count(key, wrong).unwrap_or(0));
    if let Some(all) = details.count("cache_write_tokens", wrong) {
        adds_up(details, "cache_write_tokens", all, long, short, wrong);
    }
}

/// Whether a usage counts what was written to a cache, be it none.
pub(super) fn states_cache_writes(usage: &Object) -> bool {
    let details = usage.object("input_tokens_details", &mut Vec::new());
    details.is_some_and(|details| details.get("cache_write_tokens").is_some())
}

/// The reasoning tokens of an SVG author stand beside its output, of which they are a part.
pub(super) fn at_most_output(usage: &Object, stated: &Stated, wrong: &mut Vec<Wrong>) {
    if let Some(tokens) = stated.tokens() {
        at_most(Some(usage), "reasoning_tokens", tokens.output, "output", wrong);
    }
}

/// Cached tokens, which stand beside the input or among its details.
fn cached(usage: &Object, details: Option<&Object>, wrong: &mut Vec<Wrong>) -> Option<Cached> {
    let places: Vec<&Object> = details.into_iter().chain([usage]).collect();
    let mut stated: Vec<(&Object, Cached)> = Vec::new();
    for place in places {
        if let Some(cached) = cached_at(place, wrong) {
            stated.push((place, cached));
        }
    }
    if let [(here, a), (there, b)] = &stated[..]
        && sum(*a) != sum(*b)
    {
        let there = there.path_of("cached_tokens");
        wrong.push(here.wrong("cached_tokens", What::Differs(there)));
    }
    // What is split says more than what is not.
    let split = stated.iter().find(|(_, cached)| matches!(cached, Cached::Split(..)));
    split.or(stated.first()).map(|(_, cached)| *cached)
}

fn cached_at(place: &Object, wrong: &mut Vec<Wrong>) -> Option<Cached> {
    let all = place.count("cached_tokens", wrong);
    let split = place.object("cached_tokens_details", wrong).and_then(|details| {
        let mut of = |names: [&str; 2]| {
            names.map(|name| details.count(name, wrong)).into_iter().flatten().next()
        };
        let image = of(["image_tokens", "cached_image_tokens"]);
        let text = of(["text_tokens", "cached_text_tokens"]);
        (image.is_some() || text.is_some()).then(|| (text.unwrap_or(0), image.unwrap_or(0)))
    });
    if let (Some(all), Some((text, image))) = (all, split) {
        adds_up(place, "cached_tokens", all, text, image, wrong);
    }
    split.map(|(text, image)| Cached::Split(text, image)).or(all.map(Cached::Together))
}

fn sum(cached: Cached) -> Option<u64> {
    match cached {
        Cached::Split(text, image) => text.checked_add(image),
        Cached::Together(all) => Some(all),
        Cached::NotStated => Some(0),
    }
}

fn check_cached(usage: &Object, tokens: &ReplyTokens, wrong: &mut Vec<Wrong>) {
    let too_many_of_all = sum(tokens.cached).is_none_or(|cached| cached > tokens.input);
    let too_many_of_a_kind = match tokens.cached {
        Cached::Split(text, image) => text > tokens.most_text() || image > tokens.most_image(),
        Cached::Together(_) | Cached::NotStated => false,
    };
    if too_many_of_all || too_many_of_a_kind {
        let key = Words::of(usage).map_or("input", |words| words.input_details);
        wrong.push(usage.wrong(key, What::MoreCached));
    }
}

fn adds_up(usage: &Object, key: &str, whole: u64, a: u64, b: u64, wrong: &mut Vec<Wrong>) {
    if a.checked_add(b) != Some(whole) {
        wrong.push(usage.wrong(key, What::Sum { whole, parts: vec![a, b] }));
    }
}
