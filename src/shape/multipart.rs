//! A body in `multipart/form-data`, as SDKs send edits → the same body as JSON, which everything else reads.
//!
//! The boundary is found by content, so that no header is needed. Of an image the header is taken over, and nothing of its
//! pixels; each value keeps its line, so that problems name the place where it stands. Read here, since the parsers that are
//! kept up (multer 3) are async, and the one that is not (multipart 0.18) has had no release since 2020.

use std::collections::HashMap;
use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::Other;
use crate::image_header::width_and_height;
use crate::input_limits::JSON_LEVELS;

/// The longest boundary, in bytes (RFC 2046, section 5.1.1).
const LONGEST_BOUNDARY: usize = 70;
/// What stands after a boundary: the next part, or the end.
const ENDS_OF_BOUNDARIES: [&[u8]; 3] = [b"\r\n", b"\n", b"--"];
/// Parameters that are counts: in this form everything is text.
const COUNTS: [&str; 5] =
    ["n", "partial_images", "output_compression", "frame_count", "frame_duration_ms"];
/// Parameters that are true or false.
const FLAGS: [&str; 1] = ["stream"];
/// Of a file that is no image, what a message needs to say so.
const SHOWN: usize = 16;

/// Whether bytes are such a body: a boundary, and a part of a form.
pub(super) fn is_multipart(bytes: &[u8]) -> bool {
    boundary(bytes).is_some_and(|boundary| {
        let part = &bytes[boundary.len()..bytes.len().min(boundary.len() + 200)];
        part.to_ascii_lowercase().windows(9).any(|window| window == b"form-data")
    })
}

/// The body as JSON, where `before` lines stand before it.
///
/// # Errors
/// What is wrong with it as a whole.
pub(super) fn to_json(bytes: &[u8], before: usize) -> Result<String, Other> {
    let boundary = boundary(bytes).ok_or(Other::BrokenForm("it has no boundary"))?;
    let parts = parts(bytes, boundary)?;
    let mut json = Writer { text: String::from("{"), line: 0, before };
    for (index, (name, parts)) in fields(&parts).iter().enumerate() {
        json.field(index, name, parts);
    }
    json.text.push('}');
    Ok(json.text)
}

/// The parts by their names without brackets, in the order of the first of each.
fn fields<'b>(parts: &[Part<'b>]) -> Vec<(&'b str, Vec<Part<'b>>)> {
    let mut fields: Vec<(&str, Vec<Part>)> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for part in parts {
        let name = part.top_name();
        match places.get(name).filter(|_| part.joins()) {
            Some(at) => fields[*at].1.push(*part),
            None => {
                places.entry(name).or_insert(fields.len());
                fields.push((name, vec![*part]));
            }
        }
    }
    fields
}

/// The first line, which begins with two hyphens.
fn boundary(bytes: &[u8]) -> Option<&[u8]> {
    let line = bytes.split(|byte| *byte == b'\n').next()?;
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let is_one = line.starts_with(b"--")
        && (3..=LONGEST_BOUNDARY + 2).contains(&line.len())
        && line.iter().all(|byte| byte.is_ascii_graphic() || *byte == b' ');
    is_one.then_some(line)
}

/// A part of the form.
#[derive(Debug, Clone, Copy)]
struct Part<'b> {
    /// Such as `prompt`, `image[]` or `svg[model]`.
    name: &'b str,
    is_file: bool,
    value: &'b [u8],
    /// How many lines stand before its value in the body.
    line: usize,
}

impl<'b> Part<'b> {
    /// The name without its brackets.
    fn top_name(&self) -> &'b str {
        self.name.split('[').next().unwrap_or(self.name)
    }

    /// The names in brackets, such as `model` of `svg[model]`; those of a list are empty.
    fn inner_names(&self) -> impl Iterator<Item = &'b str> {
        self.name.split('[').skip(1).map(|name| name.trim_end_matches(']'))
    }

    /// Whether parts of the same name belong together; a text that is given twice does not.
    fn joins(&self) -> bool {
        self.is_file || self.name.contains('[')
    }
}

fn parts<'b>(bytes: &'b [u8], boundary: &[u8]) -> Result<Vec<Part<'b>>, Other> {
    let mut parts = Vec::new();
    let (mut rest, mut line) = (&bytes[boundary.len()..], 0);
    while !rest.starts_with(b"--") {
        let (of_part, after) = split_at_boundary(rest, boundary)
            .ok_or(Other::BrokenForm("its last boundary is missing"))?;
        parts.push(part(of_part, line)?);
        line += lines(of_part) + 1;
        rest = after;
    }
    Ok(parts)
}

/// What stands before the next line that begins with the boundary, and what after it.
fn split_at_boundary<'b>(bytes: &'b [u8], boundary: &[u8]) -> Option<(&'b [u8], &'b [u8])> {
    let mut from = 0;
    loop {
        let at = from + bytes[from..].iter().position(|byte| *byte == b'\n')?;
        let after = bytes[at + 1..].strip_prefix(boundary);
        let ends_a_line =
            |after: &&[u8]| ENDS_OF_BOUNDARIES.iter().any(|end| after.starts_with(end));
        if let Some(after) = after.filter(ends_a_line) {
            return Some((&bytes[..at], after));
        }
        from = at + 1;
    }
}

/// A part from what follows its boundary, and how many lines stand before it.
fn part(bytes: &[u8], before: usize) -> Result<Part<'_>, Other> {
    let bytes = bytes.strip_suffix(b"\r").unwrap_or(bytes);
    let headers_end = [&b"\r\n\r\n"[..], b"\n\n"].into_iter().filter_map(|mark| {
        let at = bytes.windows(mark.len()).position(|window| window == mark)?;
        Some(at + mark.len())
    });
    let end =
        headers_end.min().ok_or(Other::BrokenForm("a part has no blank line after its headers"))?;
    let headers = std::str::from_utf8(&bytes[..end])
        .map_err(|_| Other::BrokenForm("the headers of a part are no text"))?;
    let name = parameter(headers, "name").ok_or(Other::BrokenForm("a part has no name"))?;
    let is_file = parameter(headers, "filename").is_some();
    Ok(Part { name, is_file, value: &bytes[end..], line: before + lines(&bytes[..end]) })
}

/// A parameter of the header that describes a part.
fn parameter<'h>(headers: &'h str, name: &str) -> Option<&'h str> {
    let of_header = |line: &'h str| {
        let (key, value) = line.split_once(':')?;
        key.eq_ignore_ascii_case("content-disposition").then_some(value)
    };
    let parameters = headers.lines().find_map(of_header)?.split(';').skip(1);
    let mut named = parameters.filter_map(|parameter| parameter.trim().split_once('='));
    named.find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim_matches('"'))
}

fn lines(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte == b'\n').count()
}

/// JSON whose values stand on the lines of the parts that they are from.
struct Writer {
    text: String,
    line: usize,
    before: usize,
}

impl Writer {
    fn field(&mut self, index: usize, name: &str, parts: &[Part]) {
        let comma = if index > 0 { "," } else { "" };
        self.advance_to(parts.first().copied());
        let _ = write!(self.text, "{comma}{}:", quoted(name));
        match parts {
            [part] if part.inner_names().next().is_none() => self.text += &value(part),
            parts if parts.iter().any(|part| part.inner_names().any(|name| !name.is_empty())) => {
                self.text += &object(parts);
            }
            parts => {
                for (index, part) in parts.iter().enumerate() {
                    self.text.push(if index == 0 { '[' } else { ',' });
                    self.advance_to(Some(*part));
                    self.text += &value(part);
                }
                self.text.push(']');
            }
        }
    }

    fn advance_to(&mut self, part: Option<Part>) {
        let wanted = part.map_or(0, |part| part.line + self.before);
        while self.line < wanted {
            self.text.push('\n');
            self.line += 1;
        }
    }
}

/// Parts such as `svg[model]` and `svg[reasoning][effort]`, as the object that they spell.
fn object(parts: &[Part]) -> String {
    let mut object = serde_json::Map::new();
    for part in parts {
        // One level more than is read: whoever reads the JSON refuses it by its bound.
        let names: Vec<&str> = part.inner_names().take(JSON_LEVELS.most as usize).collect();
        let Some((last, above)) = names.split_last() else { continue };
        let mut at = &mut object;
        for name in above {
            let below = at.entry(*name).or_insert_with(|| serde_json::Map::new().into());
            if !below.is_object() {
                *below = serde_json::Map::new().into();
            }
            match below {
                serde_json::Value::Object(map) => at = map,
                _ => return "null".to_owned(),
            }
        }
        at.insert((*last).to_owned(), String::from_utf8_lossy(part.value).into());
    }
    serde_json::Value::Object(object).to_string()
}

/// A value in JSON.
fn value(part: &Part) -> String {
    if part.is_file {
        return quoted(&data_url(part.value));
    }
    let text = String::from_utf8_lossy(part.value);
    let is_count = COUNTS.contains(&part.name) && text.parse::<u64>().is_ok();
    let is_flag = FLAGS.contains(&part.name) && text.parse::<bool>().is_ok();
    if is_count || is_flag { text.into_owned() } else { quoted(&text) }
}

/// A file as an address that holds its header, and how long it is.
fn data_url(file: &[u8]) -> String {
    let mut rest = file;
    let read = match width_and_height(&mut rest) {
        Ok(_) => file.len() - rest.len(),
        Err(_) => file.len().min(SHOWN),
    };
    format!("data:;bytes={};base64,{}", file.len(), STANDARD.encode(&file[..read]))
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(parts: &[(&str, &str)]) -> String {
        let part = |(of, value): &(&str, &str)| {
            format!("--x\r\nContent-Disposition: form-data; {of}\r\n\r\n{value}\r\n")
        };
        parts.iter().map(part).collect::<String>() + "--x--\r\n"
    }

    fn json(form: &str) -> serde_json::Value {
        assert!(is_multipart(form.as_bytes()), "{form}");
        let json = to_json(form.as_bytes(), 0).expect("a body");
        serde_json::from_str(&json).expect("JSON")
    }

    #[test]
    fn texts_counts_flags_and_objects_are_those_of_the_json_body() {
        let form = form(&[
            ("name=\"prompt\"", "42"),
            ("name=\"n\"", "2"),
            ("name=\"stream\"", "true"),
            ("name=\"svg[model]\"", "a"),
            ("name=\"svg[reasoning][effort]\"", "low"),
        ]);
        let expected = serde_json::json!({
            "prompt": "42", "n": 2, "stream": true, "svg": {"model": "a", "reasoning": {"effort": "low"}},
        });
        assert_eq!(json(&form), expected);
        assert_eq!(json(&form.replace("\r\n", "\n")), expected, "as an editor saves it");
    }

    #[test]
    fn files_of_one_name_are_a_list_and_each_has_its_length() {
        let form = form(&[
            ("name=\"image[]\"; filename=\"a.png\"", "12"),
            ("name=\"image[]\"; filename=\"b.png\"", "123"),
            ("name=\"mask\"; filename=\"m.png\"", ""),
        ]);
        let expected = serde_json::json!({
            "image": ["data:;bytes=2;base64,MTI=", "data:;bytes=3;base64,MTIz"],
            "mask": "data:;bytes=0;base64,",
        });
        assert_eq!(json(&form), expected);
    }

    #[test]
    fn a_value_stands_on_its_line() {
        let form = form(&[("name=\"model\"", "m"), ("name=\"size\"", "nonsense")]);
        let line_of = |text: &str, word: &str| text.lines().position(|line| line.contains(word));
        let json = to_json(form.as_bytes(), 0).expect("a body");
        assert_eq!(line_of(&json, "nonsense"), line_of(&form, "nonsense"));
    }

    #[test]
    fn names_in_a_hundred_thousand_brackets_are_more_levels_than_are_read_and_no_more() {
        // The form is one level, and each pair of brackets one: 1 + 100 is one more than 100.
        let deep = form(&[(&format!("name=\"svg{}\"", "[a]".repeat(100_000)), "x")]);
        let json = to_json(deep.as_bytes(), 0).expect("a body");
        assert_eq!(json.matches('{').count(), 101);
    }

    #[test]
    fn what_is_cut_off_is_said_and_text_that_begins_with_hyphens_is_no_form() {
        let form = form(&[("name=\"model\"", "m")]);
        for cut in 0..form.len() {
            let _ = to_json(&form.as_bytes()[..cut], 0);
        }
        let cut = to_json(&form.as_bytes()[..form.len() - 6], 0);
        assert_eq!(cut, Err(Other::BrokenForm("its last boundary is missing")));
        for text in ["---\nworkloads:\n", "--x\n\n--x--", ""] {
            assert!(!is_multipart(text.as_bytes()), "{text}");
        }
    }
}
