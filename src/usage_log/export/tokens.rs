//! What the token counts of a record measure.
//!
//! A reply of the API has totals by modality, of which cached ones are a part. OpenAI's usage export has it the other way
//! round: its counts by modality leave out what was read from a cache, which stands beside them. So all of them together
//! are `input_tokens`, and a record of which they are not is not read.

use std::sync::Arc;

use super::record::{EXPORTED, Record};
use crate::problem::ProblemCode;
use crate::unit::Meter;
use crate::unread::Unread;
use crate::usage_log::reply::{Cached, Reply, ReplyTokens, Stated};
use crate::usage_log::row::{Counts, Measured};

const TEXT: &str = "input_text_tokens";
const IMAGE: &str = "input_image_tokens";
const AUDIO: &str = "input_audio_tokens";
const CACHED_TEXT: &str = "input_cached_text_tokens";
const CACHED_IMAGE: &str = "input_cached_image_tokens";
const CACHED_AUDIO: &str = "input_cached_audio_tokens";
const CACHED: &str = "input_cached_tokens";
const UNCACHED: &str = "input_uncached_tokens";
const INPUT: &str = "input_tokens";
const OUTPUT: &str = "output_tokens";
const OUTPUT_TEXT: &str = "output_text_tokens";
const OUTPUT_IMAGE: &str = "output_image_tokens";
const OUTPUT_AUDIO: &str = "output_audio_tokens";

/// What is read; counts of audio are held against the sums, and no image model bills them.
pub(super) const READ: [&str; 10] = [
    TEXT,
    IMAGE,
    CACHED_TEXT,
    CACHED_IMAGE,
    CACHED,
    UNCACHED,
    INPUT,
    OUTPUT,
    OUTPUT_TEXT,
    OUTPUT_IMAGE,
];

/// Sums that hold in a record as far as it has their counts; of the input only the first that does not is told, since the
/// others follow from it.
const OF_INPUT: [(&str, &[&str]); 4] = [
    (INPUT, &[TEXT, CACHED_TEXT, IMAGE, CACHED_IMAGE, AUDIO, CACHED_AUDIO]),
    (CACHED, &[CACHED_TEXT, CACHED_IMAGE, CACHED_AUDIO]),
    (UNCACHED, &[TEXT, IMAGE, AUDIO]),
    (INPUT, &[UNCACHED, CACHED]),
];
const OF_OUTPUT: (&str, &[&str]) = (OUTPUT, &[OUTPUT_TEXT, OUTPUT_IMAGE, OUTPUT_AUDIO]);

/// What a record of OpenAI's usage measures: counts by meter where it tells all of them apart, else totals with what it
/// leaves open.
pub(super) fn of_openai(record: &mut Record) -> Option<Measured> {
    let before = record.problems.len();
    let input = input(record);
    let output = output(record);
    if record.problems.len() > before {
        return None;
    }
    let Input { all: input, split: input_split, cached } = input?;
    let (output, output_split) = output?;
    let states_cached = cached != Cached::NotStated;
    let tokens = ReplyTokens { input, input_split, cached, states_cached, output, output_split };
    let unread = record.unread(&READ);
    Some(measured(tokens, unread))
}

/// Counts that are all told apart, by meter; what leaves a split open, or has more that may bill, as a reply has it.
pub(super) fn measured(tokens: ReplyTokens, unread: Vec<Unread>) -> Measured {
    match by_meter(&tokens).filter(|_| unread.is_empty()) {
        Some(counts) => Measured::Counts(counts),
        None => {
            let reply = Reply { unread, ..Reply::of_tokens(Stated::Tokens(tokens)) };
            Measured::Reply(Arc::new(reply))
        }
    }
}

fn by_meter(tokens: &ReplyTokens) -> Option<Counts> {
    let ((text, image), (image_output, text_output)) = (tokens.input_split?, tokens.output_split?);
    let Cached::Split(cached_text, cached_image) = tokens.cached else { return None };
    let mut counts = Counts::default();
    counts.set(Meter::TextInput, text.checked_sub(cached_text)?);
    counts.set(Meter::CachedTextInput, cached_text);
    counts.set(Meter::ImageInput, image.checked_sub(cached_image)?);
    counts.set(Meter::CachedImageInput, cached_image);
    counts.set(Meter::ImageOutput, image_output);
    counts.set(Meter::TextOutput, text_output);
    Some(counts)
}

/// The input of a record, without audio.
struct Input {
    all: u64,
    /// Text and image, cached tokens included.
    split: Option<(u64, u64)>,
    cached: Cached,
}

fn input(record: &mut Record) -> Option<Input> {
    for (whole, parts) in OF_INPUT {
        if !adds_up(record, whole, parts) {
            return None;
        }
    }
    let stated = record.count(CACHED);
    let mut of_cache = |name| record.count(name).or(stated.filter(|stated| *stated == 0));
    let by_kind = of_cache(CACHED_TEXT).zip(of_cache(CACHED_IMAGE));
    let fresh = record.count(TEXT).zip(record.count(IMAGE));
    if let Some(((text, image), (cached_text, cached_image))) = fresh.zip(by_kind) {
        let text = sum(record, TEXT, &[text, cached_text])?;
        let image = sum(record, IMAGE, &[image, cached_image])?;
        let all = sum(record, INPUT, &[text, image])?;
        let cached = Cached::Split(cached_text, cached_image);
        return Some(Input { all, split: Some((text, image)), cached });
    }
    let audio = [AUDIO, CACHED_AUDIO].map(|name| record.count(name).unwrap_or(0));
    let all = without(record, INPUT, &audio)?;
    let cached = match (by_kind, stated) {
        (Some((text, image)), _) => Cached::Split(text, image),
        (None, Some(_)) => Cached::Together(without(record, CACHED, &audio[1..])?),
        (None, None) if all == 0 => Cached::Split(0, 0),
        (None, None) => Cached::NotStated,
    };
    let most = match cached {
        Cached::Split(text, image) => sum(record, CACHED, &[text, image])?,
        Cached::Together(cached) => cached,
        Cached::NotStated => 0,
    };
    if most > all {
        let what = format!("is {most}, and all input is {all}");
        record.report(ProblemCode::BadValue, CACHED, &what, EXPORTED);
    }
    Some(Input { all, split: (all == 0).then_some((0, 0)), cached })
}

/// All output without audio, and its split into image and text.
fn output(record: &mut Record) -> Option<(u64, Option<(u64, u64)>)> {
    let (whole, parts) = OF_OUTPUT;
    if !adds_up(record, whole, parts) {
        return None;
    }
    let split = record.count(OUTPUT_IMAGE).zip(record.count(OUTPUT_TEXT));
    let audio = record.count(OUTPUT_AUDIO).unwrap_or(0);
    let all = match split {
        Some((image, text)) => sum(record, OUTPUT, &[image, text])?,
        None => without(record, OUTPUT, &[audio])?,
    };
    Some((all, split.or((all == 0).then_some((0, 0)))))
}

/// A count without these, which are a part of it.
fn without(record: &mut Record, name: &str, parts: &[u64]) -> Option<u64> {
    let all = record.needed_count(name)?;
    let rest = parts.iter().try_fold(all, |rest, part| rest.checked_sub(*part));
    if rest.is_none() {
        let what = format!("is {all}, and its parts in audio are {parts:?}");
        record.report(ProblemCode::BadValue, name, &what, EXPORTED);
    }
    rest
}

/// A sum that can be counted.
fn sum(record: &mut Record, name: &str, parts: &[u64]) -> Option<u64> {
    let sum = parts.iter().try_fold(0_u64, |sum, part| sum.checked_add(*part));
    if sum.is_none() {
        record.report(ProblemCode::OutOfRange, name, "is too large to count", EXPORTED);
    }
    sum
}

/// Whether a count is the sum of its parts, as far as the record has them all. It need not have audio, of which most models
/// have none.
fn adds_up(record: &mut Record, whole: &str, parts: &[&str]) -> bool {
    let mut stated = Vec::new();
    for part in parts {
        match record.count(part) {
            Some(count) => stated.push((*part, count)),
            None if [AUDIO, CACHED_AUDIO, OUTPUT_AUDIO].contains(part) => {}
            None => return true,
        }
    }
    let Some(count) = record.count(whole) else { return true };
    let parts = stated.iter().map(|(_, part)| u128::from(*part));
    let sum: u128 = parts.sum();
    if sum == u128::from(count) {
        return true;
    }
    let parts: Vec<String> = stated.iter().map(|(name, part)| format!("{name} {part}")).collect();
    let what = format!("is {count}, and its parts add up to {sum}: {}", parts.join(" + "));
    record.report(ProblemCode::BadValue, whole, &what, EXPORTED);
    false
}
