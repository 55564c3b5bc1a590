//! The disjoint counts that a reply states. Where it leaves a split open they lie between ends: in each of
//! them all open tokens are of one kind.

use super::{Cached, ReplyTokens};
use crate::catalog::model_rules::ModelRules;
use crate::figure::Figure;
use crate::reason;
use crate::unit::Meter;
use crate::usage::Usage;

/// All that the counts of a reply can be. Amounts rise evenly with counts, so that what the usage costs lies
/// between the least and the most of its ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts {
    /// The input at each end, and why there are several.
    pub input: Ends,
    /// The output at each end, and why there are several.
    pub output: Ends,
}

/// The ends of what is open: one where nothing is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ends {
    /// The counts at each end.
    pub ends: Vec<Usage>,
    /// Which of them is expected, where there is evidence for one.
    pub expected: Option<usize>,
    /// Why there are several.
    pub reason: reason::Reply,
}

/// The counts of a model's reply.
///
/// `cached` are the user's own counts of cached text and image tokens, which go before the reply's. Where
/// they do not fit the reply, there is no end.
pub fn counts(
    tokens: &ReplyTokens,
    rules: Option<&ModelRules>,
    cached: (Option<u64>, Option<u64>),
) -> Counts {
    let is_image_model = rules.is_some();
    Counts { input: input(tokens, cached, is_image_model), output: output(tokens, rules) }
}

impl Ends {
    /// The count of each meter from its least to its most over the ends.
    pub fn ranges(&self) -> Usage {
        let mut usage = Usage::default();
        let Some(first) = self.ends.first() else { return usage };
        for meter in Meter::ALL {
            let counts = || self.ends.iter().map(|end| end.count(meter).low());
            let (low, high) = (counts().min().unwrap_or(0), counts().max().unwrap_or(0));
            let how = first.how(meter).to_vec();
            if low < high {
                let expected = self.expected.map(|end| self.ends[end].count(meter).low());
                usage.set(meter, Figure::range(low, expected, high, self.reason.clone()), how);
            } else if low > 0 {
                usage.set(meter, Figure::Exact(low), how);
            }
        }
        usage
    }
}

fn input(tokens: &ReplyTokens, given: (Option<u64>, Option<u64>), is_image_model: bool) -> Ends {
    let texts = match tokens.input_split {
        Some((text, _)) => vec![text],
        None => possible_texts(tokens, given),
    };
    let mut ends = Vec::new();
    for text in texts {
        let image = tokens.input.saturating_sub(text);
        for (cached_text, cached_image) in cached_ends(tokens.cached, given, text, image) {
            let end = [text, cached_text, image, cached_image];
            if !ends.contains(&end) {
                ends.push(end);
            }
        }
    }
    // Cached counts of the image model were not seen in replies, and nothing is known of mainline models.
    let expects_none =
        is_image_model && tokens.cached == Cached::NotStated && tokens.input_split.is_some();
    Ends {
        expected: (expects_none && ends.len() > 1).then_some(0),
        ends: ends.into_iter().map(input_usage).collect(),
        reason: why_open(tokens, is_image_model),
    }
}

fn why_open(tokens: &ReplyTokens, image_model: bool) -> reason::Reply {
    match (tokens.input_split, tokens.cached) {
        (None, _) => reason::Reply::InputNotSplit,
        (_, Cached::NotStated) => reason::Reply::CachedNotCounted { image_model },
        _ => reason::Reply::CachedNotSplit { image_model },
    }
}

/// The counts of text input at which something changes, where text and image input are not split.
fn possible_texts(tokens: &ReplyTokens, given: (Option<u64>, Option<u64>)) -> Vec<u64> {
    let all = tokens.input;
    let mut texts = vec![0, all];
    match (tokens.cached, given) {
        (_, (Some(text), Some(image))) | (Cached::Split(text, image), (None, None)) => {
            texts = vec![text, all.saturating_sub(image)];
        }
        (Cached::Split(text, image), (given_text, given_image)) => {
            texts =
                vec![given_text.unwrap_or(text), all.saturating_sub(given_image.unwrap_or(image))];
        }
        (Cached::Together(cached), (Some(text), None)) => {
            texts = vec![text, all.saturating_sub(cached.saturating_sub(text))];
        }
        (Cached::Together(cached), (None, Some(image))) => {
            texts = vec![cached.saturating_sub(image), all.saturating_sub(image)];
        }
        (Cached::Together(cached), (None, None)) => {
            texts.extend([cached, all.saturating_sub(cached)]);
        }
        (Cached::NotStated, (text, image)) => {
            texts = vec![text.unwrap_or(0), all.saturating_sub(image.unwrap_or(0))];
        }
    }
    texts.dedup();
    texts
}

/// Cached text and image tokens: the user's own count of a kind goes before the reply's, and of a sum that
/// the reply does not split the rest is the other kind. None where they do not fit.
fn cached_ends(
    stated: Cached,
    given: (Option<u64>, Option<u64>),
    text: u64,
    image: u64,
) -> Vec<(u64, u64)> {
    let ends = match (stated, given) {
        (_, (Some(text), Some(image))) => vec![(text, image)],
        (Cached::Split(cached_text, cached_image), (text, image)) => {
            vec![(text.unwrap_or(cached_text), image.unwrap_or(cached_image))]
        }
        (Cached::Together(cached), (Some(text), None)) => {
            cached.checked_sub(text).map(|image| (text, image)).into_iter().collect()
        }
        (Cached::Together(cached), (None, Some(image))) => {
            cached.checked_sub(image).map(|text| (text, image)).into_iter().collect()
        }
        (Cached::Together(cached), (None, None)) => {
            let least_text = cached.saturating_sub(image);
            let most_text = cached.min(text);
            vec![(least_text, cached - least_text), (most_text, cached - most_text)]
        }
        (Cached::NotStated, (given_text, given_image)) => {
            let [texts, images] = [(given_text, text), (given_image, image)]
                .map(|(given, all)| given.map_or([0, all], |given| [given; 2]));
            let with = |text: u64| images.map(|image| (text, image));
            texts.into_iter().flat_map(with).collect()
        }
    };
    ends.into_iter()
        .filter(|(cached_text, cached_image)| *cached_text <= text && *cached_image <= image)
        .collect()
}

fn input_usage([text, cached_text, image, cached_image]: [u64; 4]) -> Usage {
    let mut usage = Usage::default();
    let mut set = |meter, count, what: &str| {
        usage.set(meter, Figure::Exact(count), vec![format!("{what}, as the reply states it")]);
    };
    set(Meter::TextInput, text - cached_text, "text input without cached");
    set(Meter::CachedTextInput, cached_text, "cached text input");
    set(Meter::ImageInput, image - cached_image, "image input without cached");
    set(Meter::CachedImageInput, cached_image, "cached image input");
    usage
}

fn output(tokens: &ReplyTokens, rules: Option<&ModelRules>) -> Ends {
    let writes_text = rules.is_some_and(|rules| rules.text_output.is_some());
    let ends = match tokens.output_split {
        Some((image, text)) => vec![output_usage(image, text, "as the reply states it")],
        None if writes_text && tokens.output > 0 => vec![
            output_usage(tokens.output, 0, "all of the output that the reply states"),
            output_usage(0, tokens.output, "all of the output that the reply states"),
        ],
        None => vec![output_usage(tokens.output, 0, "all output is image output")],
    };
    Ends { ends, expected: None, reason: reason::Reply::OutputNotSplit }
}

fn output_usage(image: u64, text: u64, how: &str) -> Usage {
    let mut usage = Usage::default();
    usage.set(Meter::ImageOutput, Figure::Exact(image), vec![format!("image output, {how}")]);
    usage.set(Meter::TextOutput, Figure::Exact(text), vec![format!("text output, {how}")]);
    usage
}
