//! Replies of one program are written alike: the same keys in the same order, and other numbers. The first of a kind is read
//! as every reply is; what its numbers are is kept, and of those that are written alike only the numbers are read.
//!
//! A kind is kept only where the reader of replies found all that a price depends on and nothing else to be said, and
//! where its counts are those that the numbers are taken for. A line that does not add up goes to the reader.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate};
use foldhash::fast::RandomState;
use memchr::memchr2;

use crate::json::{Json, parse};
use crate::usage_cost::ledger::Opened;
use crate::usage_cost::plain::split_counts;
use crate::usage_cost::rule::RowCounts;
use crate::usage_log::row::{Counts, Measured, UsageRow};

/// Keys whose texts differ from reply to reply, and decide nothing but by being there.
const VARYING: [&[u8]; 3] = [b"url", b"b64_json", b"revised_prompt"];
/// What stands for a text of these keys, and for a number: no JSON has them outside of texts.
const TEXT: u8 = 1;
const NUMBER: u8 = 2;
/// The most kinds that are kept.
const MOST: usize = 1_000;
/// Seconds of Unix time from 2001 on.
const FIRST_SECOND: u64 = 1_000_000_000;

/// What a number of a reply is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Created,
    Input,
    TextInput,
    ImageInput,
    Cached,
    Output,
    ImageOutput,
    TextOutput,
    Total,
}

impl Role {
    const MANY: usize = 9;

    fn of_path(path: &str) -> Option<Role> {
        Some(match path {
            "created" => Role::Created,
            "usage.input_tokens" => Role::Input,
            "usage.input_tokens_details.text_tokens" => Role::TextInput,
            "usage.input_tokens_details.image_tokens" => Role::ImageInput,
            "usage.input_tokens_details.cached_tokens" => Role::Cached,
            "usage.output_tokens" => Role::Output,
            "usage.output_tokens_details.image_tokens" => Role::ImageOutput,
            "usage.output_tokens_details.text_tokens" => Role::TextOutput,
            "usage.total_tokens" => Role::Total,
            _ => return None,
        })
    }
}

/// A kind of reply.
struct Kind {
    roles: Vec<Role>,
    /// The first of them, as the reader of replies read it.
    row: UsageRow,
    /// Where those of a day go.
    opened: HashMap<NaiveDate, (Opened, Option<Opened>)>,
}

/// What a line is, by its kind.
pub(super) struct Alike<'t> {
    /// What it counts.
    pub counts: RowCounts,
    /// The day on which it was made.
    pub day: NaiveDate,
    /// The first of its kind.
    pub row: &'t UsageRow,
    /// Where those of its day go, once that is known.
    pub opened: &'t mut HashMap<NaiveDate, (Opened, Option<Opened>)>,
}

/// The kinds of replies that were met.
#[derive(Default)]
pub(super) struct Templates {
    known: HashMap<Box<[u8]>, Option<usize>, RandomState>,
    kinds: Vec<Kind>,
    skeleton: Vec<u8>,
    numbers: Vec<u64>,
}

impl Templates {
    /// What a line is, where one that is written alike was met.
    pub(super) fn find(&mut self, line: &[u8]) -> Option<Alike<'_>> {
        if !take_apart(line, &mut self.skeleton, &mut self.numbers) {
            return None;
        }
        let kind = self.known.get(&*self.skeleton).copied()??;
        let kind = &mut self.kinds[kind];
        let (counts, day) = read(&kind.roles, &self.numbers)?;
        let counts = RowCounts::of(&counts, &kind.row);
        Some(Alike { counts, day, row: &kind.row, opened: &mut kind.opened })
    }

    /// Keeps the kind of a line that the reader of replies read as this row.
    pub(super) fn keep(&mut self, line: &str, row: &UsageRow) {
        if self.known.len() >= MOST
            || !take_apart(line.as_bytes(), &mut self.skeleton, &mut self.numbers)
            || self.known.contains_key(&*self.skeleton)
        {
            return;
        }
        let kind = roles(line, row, &self.numbers).map(|roles| {
            self.kinds.push(Kind { roles, row: row.clone(), opened: HashMap::new() });
            self.kinds.len() - 1
        });
        self.known.insert(self.skeleton.as_slice().into(), kind);
    }
}

/// What the numbers of a reply are, where all that it costs follows from them.
fn roles(line: &str, row: &UsageRow, numbers: &[u64]) -> Option<Vec<Role>> {
    let Measured::Reply(reply) = &row.measured else { return None };
    let Ok(json) = parse(line) else { return None };
    let mut paths = Vec::new();
    collect(&json, &mut String::new(), &mut paths);
    let roles: Vec<Role> =
        paths.iter().map(|path| Role::of_path(path)).collect::<Option<Vec<Role>>>()?;
    let says_no_more = row.recorded.is_none()
        && row.accepted.is_none()
        && row.request_id.is_none()
        && row.labels.status.is_none();
    let (counts, day) = read(&roles, numbers).filter(|_| roles.len() == numbers.len())?;
    let is_same = split_counts(reply) == Some(counts) && row.day == Some(day);
    (says_no_more && is_same).then_some(roles)
}

/// The paths of all numbers, in the order of the text.
fn collect(json: &Json, path: &mut String, paths: &mut Vec<String>) {
    match json {
        Json::Whole(_) | Json::OtherNumber(_) => paths.push(path.clone()),
        Json::List(items) => {
            let length = path.len();
            path.push_str("[]");
            items.iter().for_each(|item| collect(item, path, paths));
            path.truncate(length);
        }
        Json::Object(entries) => {
            for (key, value) in entries {
                let length = path.len();
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(key);
                collect(value, path, paths);
                path.truncate(length);
            }
        }
        Json::Null | Json::Bool(_) | Json::Text(_) => {}
    }
}

/// The counts and the day of numbers; `None` where they do not add up, or something is cached.
fn read(roles: &[Role], numbers: &[u64]) -> Option<(Counts, NaiveDate)> {
    let mut all = [None; Role::MANY];
    for (role, number) in roles.iter().zip(numbers) {
        all[*role as usize] = Some(*number);
    }
    let of = |role: Role| all[role as usize];
    let (input, output) = (of(Role::Input)?, of(Role::Output)?);
    let (text, image) = (of(Role::TextInput)?, of(Role::ImageInput)?);
    let (made, written) = match (of(Role::ImageOutput), of(Role::TextOutput)) {
        (Some(made), Some(written)) => (made, written),
        _ => return None,
    };
    let adds_up = text.checked_add(image)? == input
        && made.checked_add(written)? == output
        && of(Role::Total).is_none_or(|total| Some(total) == input.checked_add(output))
        && of(Role::Cached).is_none_or(|cached| cached == 0);
    let seconds = of(Role::Created).filter(|seconds| *seconds >= FIRST_SECOND)?;
    let time = DateTime::from_timestamp(i64::try_from(seconds).ok()?, 0)?;
    let cached = of(Role::Cached);
    let counts = [Some(text), cached, Some(image), cached, Some(made), Some(written)];
    adds_up.then_some((Counts(counts), time.date_naive()))
}

/// A line without what differs from reply to reply, and its numbers; whether it can be taken apart so.
fn take_apart(line: &[u8], skeleton: &mut Vec<u8>, numbers: &mut Vec<u64>) -> bool {
    skeleton.clear();
    numbers.clear();
    let mut key: &[u8] = b"";
    let mut at = 0;
    while at < line.len() {
        match line[at] {
            b'"' => {
                let Some(length) = memchr2(b'"', b'\\', &line[at + 1..]) else { return false };
                let end = at + 1 + length;
                // A text with an escape is read by the reader.
                if line[end] != b'"' {
                    return false;
                }
                let text = &line[at + 1..end];
                at = end + 1;
                let is_key = line.get(at) == Some(&b':');
                match !is_key && !text.is_empty() && VARYING.contains(&key) {
                    true if !is_plain(text) => return false,
                    true => skeleton.push(TEXT),
                    false => skeleton.extend_from_slice(&line[end - length - 1..at]),
                }
                if is_key {
                    key = text;
                }
            }
            b'0'..=b'9' => {
                let Some((number, length)) = whole_number(&line[at..]) else { return false };
                numbers.push(number);
                skeleton.push(NUMBER);
                at += length;
            }
            TEXT | NUMBER | b'-' => return false,
            byte => {
                skeleton.push(byte);
                at += 1;
            }
        }
    }
    true
}

/// Whether a text is one that JSON may hold as it stands.
fn is_plain(text: &[u8]) -> bool {
    text.iter().all(|byte| *byte >= b' ') && std::str::from_utf8(text).is_ok()
}

/// A whole number at the start, as JSON writes one, and its length.
fn whole_number(text: &[u8]) -> Option<(u64, usize)> {
    let length = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let ends = !matches!(text.get(length), Some(b'.' | b'e' | b'E' | b'-' | b'+'));
    let leads = length > 1 && text[0] == b'0';
    if !ends || leads || length > 19 {
        return None;
    }
    let number = text[..length]
        .iter()
        .fold(0_u64, |sum, digit| sum.wrapping_mul(10).wrapping_add(u64::from(digit - b'0')));
    Some((number, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn apart(line: &str) -> Option<(Vec<u8>, Vec<u64>)> {
        let (mut skeleton, mut numbers) = (Vec::new(), Vec::new());
        take_apart(line.as_bytes(), &mut skeleton, &mut numbers).then_some((skeleton, numbers))
    }

    #[test]
    fn what_decides_stays_in_the_skeleton() {
        let reply = |model: &str, url: &str, count: &str| {
            format!(r#"{{"created":{count},"model":"{model}","data":[{{"url":"{url}"}}]}}"#)
        };
        let one = apart(&reply("gpt-image-2", "https://a", "7")).expect("taken apart");
        assert_eq!(one.1, [7]);
        assert_eq!(
            apart(&reply("gpt-image-2", "https://bb", "8")).map(|it| it.0),
            Some(one.0.clone())
        );
        for other in [reply("gpt-image-3", "https://a", "7"), reply("gpt-image-2", "", "7")] {
            assert_ne!(apart(&other).expect("taken apart").0, one.0, "{other}");
        }
        for odd in ["1.0", "1e3", "-1", "01", "99999999999999999999", "\"\\n\""] {
            assert_eq!(apart(&reply("gpt-image-2", "https://a", odd)), None, "{odd}");
        }
    }
}
