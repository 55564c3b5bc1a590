//! The keys of a reply that are read, and keys that are spelled like one of them: a mistake, since what stands
//! there would be lost.

use super::tokens;
use crate::json::{Json, Object, What, Wrong};
use crate::unread::{LeaveOut, Unread, without_numbers};

/// The keys of an object that are read, and others of the API that are not mistakes for them.
pub(super) struct Level {
    read: &'static [&'static str],
    others: &'static [&'static str],
}

/// An Images API reply, or its event.
pub(super) const IMAGES: Level = Level {
    read: &[
        "usage",
        "svg_usage",
        "data",
        "b64_json",
        "created",
        "created_at",
        "model",
        "size",
        "quality",
        "output_format",
        "service_tier",
        "error",
        "type",
    ],
    others: &["background", "object", "created_by"],
};
/// A Responses reply.
pub(super) const RESPONSES: Level = Level {
    read: &[
        "usage",
        "tool_usage",
        "svg_usage",
        "tools",
        "output",
        "created",
        "created_at",
        "model",
        "service_tier",
        "status",
        "error",
        "object",
    ],
    others: &["output_text", "created_by"],
};
/// A usage that was pasted alone.
pub(super) const USAGE_ALONE: Level =
    Level { read: &["model", "size", "quality", "service_tier"], others: &[] };
/// An image of `data`.
pub(super) const IMAGE: Level =
    Level { read: &["b64_json", "url", "size", "quality"], others: &["uri"] };
/// An item of `output`: each has a type, and that decides what else it has.
pub(super) const ITEM: Level = Level { read: &["type"], others: &[] };
/// An image call among the items of `output`.
pub(super) const CALL: Level = Level {
    read: &["type", "status", "result", "size", "quality", "output_format", "svg_usage"],
    others: &[],
};
/// An entry of `tools`.
pub(super) const TOOL: Level = Level { read: &["type"], others: &[] };
/// The image tool of `tools`.
pub(super) const IMAGE_TOOL: Level = Level { read: &["type", "model"], others: &[] };
/// What the tools used.
pub(super) const TOOL_USAGE: Level = Level { read: &["image_gen", "web_search"], others: &[] };
/// The searches among it.
pub(super) const SEARCHES: Level = Level { read: &["num_requests"], others: &[] };
/// What the author of an SVG file used, beside its counts.
pub(super) const SVG_USAGE: Level = Level { read: &["model", "reasoning_tokens"], others: &[] };

/// Levels whose keys decide what a reply costs. Searches are counted and have no rate.
const DECIDING: [&Level; 9] =
    [&IMAGES, &RESPONSES, &USAGE_ALONE, &IMAGE, &CALL, &IMAGE_TOOL, &TOOL_USAGE, &SVG_USAGE, &ITEM];
/// Where a usage object stands.
const USAGES: [&str; 5] = ["usage", "tool_usage.image_gen", "svg_usage", "output.svg_usage", ""];
/// Names of no more letters are too short to tell a mistake from another name.
const SHORT: usize = 3;

/// Whether a key, by its name or its path without numbers, is read wherever it stands.
pub fn is_read(name: &str) -> bool {
    let name = without_numbers(name);
    let last = |path: &str| path.rsplit('.').next() == Some(&name);
    let counts = USAGES.into_iter().filter_map(|usage| match usage {
        "" => Some(name.as_str()),
        usage => name.strip_prefix(usage)?.strip_prefix('.'),
    });
    let is_count = |name: &str| tokens::READ.iter().any(|read| *read == name || last(read));
    let objects = ["input_tokens_details", "output_tokens_details", "cached_tokens_details"];
    let is_object = |name: &str| objects.contains(&name);
    let of_a_list = ["output.", "tools.", "data.", "tool_usage.", "svg_usage."];
    let part = of_a_list.iter().find_map(|list| name.strip_prefix(list)).unwrap_or(&name);
    DECIDING.iter().any(|level| level.read.contains(&part) && part != "web_search")
        || counts.into_iter().any(|name| is_count(name) || is_object(name))
}

/// Names each key that is spelled like one that is read and is no key of the API, unless the user leaves it out.
pub(super) fn report_misspelled(
    object: &Object,
    level: &Level,
    ignored: &[String],
    wrong: &mut Vec<Wrong>,
) -> Vec<Unread> {
    report(object, level.read, level.others, ignored, wrong)
}

/// The same in a usage object and its details; `level` has what it has beside its counts.
pub(super) fn report_misspelled_counts(
    usage: &Object,
    level: Option<&Level>,
    ignored: &[String],
    wrong: &mut Vec<Wrong>,
) {
    let beside = level.map_or(&[][..], |level| level.read);
    report_counts(usage, "", beside, ignored, wrong);
}

/// The counts under `prefix`, a path of [`tokens::READ`] that ends in a point, or everything.
fn report_counts(
    object: &Object,
    prefix: &str,
    beside: &[&str],
    ignored: &[String],
    wrong: &mut Vec<Wrong>,
) {
    let under = tokens::READ.iter().filter_map(|path| path.strip_prefix(prefix));
    let mut read: Vec<&str> = under.filter_map(|path| path.split('.').next()).collect();
    read.extend(beside);
    read.dedup();
    report(object, &read, &tokens::CHECKED, ignored, wrong);
    for key in read.into_iter().filter(|key| key.ends_with("_details")) {
        if let Some(details) = object.object(key, &mut Vec::new()) {
            report_counts(&details, &format!("{prefix}{key}."), &[], ignored, wrong);
        }
    }
}

fn report(
    object: &Object,
    read: &[&str],
    others: &[&str],
    ignored: &[String],
    wrong: &mut Vec<Wrong>,
) -> Vec<Unread> {
    let mut left_out = Vec::new();
    for (key, value) in object.entries().filter(|(_, value)| **value != Json::Null) {
        if read.contains(&key) || others.contains(&key) {
            continue;
        }
        let Some(near) = read.iter().find(|read| is_like(key, read)) else { continue };
        let path = object.path_of(key);
        let unread = Unread {
            key: without_numbers(&path),
            path,
            value: value.in_words(),
            count: 1,
            left_out_by: LeaveOut::Flag,
            known: String::new(),
        };
        if ignored.iter().any(|name| unread.is_meant_by(name)) {
            left_out.push(unread);
        } else {
            let (near, help) = ((*near).to_owned(), unread.left_out_by.help(&unread.path));
            wrong.push(object.wrong_key(key, What::Misspelled { near, help }));
        }
    }
    left_out
}

/// Whether a name is another one with a letter or two changed, added, left out or swapped. Replies carry names
/// of many parties, so that it is narrower than what is offered for a name that is not found.
fn is_like(name: &str, known: &str) -> bool {
    let most = match known.len() {
        ..=SHORT => return false,
        4..=6 => 1,
        _ => 2,
    };
    // No fewer letters than the difference in length are to be changed.
    name.len().abs_diff(known.len()) <= most
        && strsim::osa_distance(&name.to_lowercase(), known) <= most
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_like_a_key_and_another_key_is_not() {
        for (slip, key) in [
            ("service_teir", "service_tier"),
            ("Usage", "usage"),
            ("sise", "size"),
            ("input_token", "input_tokens"),
            ("cache_tokens", "cached_tokens"),
        ] {
            assert!(is_like(slip, key), "{slip}");
        }
        for (other, key) in [
            ("input_tokens", "output_tokens"),
            ("audio_tokens", "image_tokens"),
            ("text", "type"),
            ("user", "usage"),
            ("metadata", "data"),
        ] {
            assert!(!is_like(other, key), "{other}");
        }
    }

    #[test]
    fn what_decides_the_price_is_read_and_what_bills_beside_it_is_not() {
        for read in [
            "service_tier",
            "usage",
            "usage.input_tokens",
            "output_tokens",
            "usage.input_tokens_details",
            "usage.input_tokens_details.cached_tokens",
            "tool_usage.image_gen.cached_tokens_details.cached_text_tokens",
            "tool_usage.image_gen",
            "tools[0].model",
            "output.svg_usage.output_tokens",
            "data[0].size",
        ] {
            assert!(is_read(read), "{read}");
        }
        for unread in [
            "seed",
            "usage.seconds",
            "usage.input_tokens_details.cache_write_tokens",
            "tool_usage.web_search",
            "tool_usage.web_search.num_requests",
            "output.code_interpreter_call",
            "video_usage.input_tokens",
        ] {
            assert!(!is_read(unread), "{unread}");
        }
    }
}
