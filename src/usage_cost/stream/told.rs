//! What the start of a log tells of its shape.

use crate::shape::{self, Form, Kind, Other};
use crate::usage_log::export::Export;

/// How a log is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// By blocks, as rows of cells.
    Columns,
    /// By blocks, as an object on each line.
    JsonLines,
    /// As a whole.
    Whole,
}

/// Words of exports that come as pages, be they on one line or on many.
const OF_PAGES: [&str; 4] =
    ["organization.usage.", "organization.costs", "\"billing_events\"", "\"endpoint_id\""];
/// Words of the chunks of replies, which need not stand together.
const OF_CHUNKS: [&str; 2] = ["chat.completion.chunk", "data:"];

impl Shape {
    pub(super) fn of(start: &[u8]) -> Shape {
        // UTF-16 is read as a whole, and refused or turned there.
        if start.starts_with(b"\xff\xfe") || start.starts_with(b"\xfe\xff") {
            return Shape::Whole;
        }
        let text = as_text(start);
        let begins = text.trim_start().chars().next();
        let is_json = matches!(begins, Some('{' | '['));
        let is_page = is_json && OF_PAGES.iter().any(|word| text.contains(word));
        if is_page || Export::of_text(text).is_some() || begins.is_none() {
            return Shape::Whole;
        }
        match is_json {
            _ if text.starts_with("data:") || text.starts_with("event:") => Shape::Whole,
            false => Shape::Columns,
            true if is_lines(text) && !OF_CHUNKS.iter().any(|word| text.contains(word)) => {
                Shape::JsonLines
            }
            true => Shape::Whole,
        }
    }
}

/// What a log with columns is not, as its start tells: a bill, a budget, or no text at all.
pub(super) fn no_log(start: &[u8]) -> Option<Other> {
    match shape::holds(as_text(start)) {
        Kind::Other(
            other @ (Other::CostPage | Other::Volumes | Other::Image(_) | Other::Packed(_)),
        ) => Some(other),
        _ => None,
    }
}

/// Whether an object stands on each line. A line that is longer than what is looked at is one of them: an object that is
/// written over several lines has short ones.
fn is_lines(text: &str) -> bool {
    let is_one_long_line = text.starts_with('{') && !text.contains('\n');
    is_one_long_line || matches!(shape::form(text), Ok(Form::Lines))
}

/// The text of a start that may end within a letter.
fn as_text(start: &[u8]) -> &str {
    match std::str::from_utf8(start) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(&start[..error.valid_up_to()]).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::Shape;

    #[test]
    fn the_start_of_a_log_tells_its_shape() {
        let reply = r#"{"created":1,"data":[],"usage":{}}"#;
        for (start, shape) in [
            ("timestamp,model\n2026-01-01,a\n".to_owned(), Shape::Columns),
            (format!("{reply}\n{reply}\n"), Shape::JsonLines),
            (format!("{reply}\n{{\"cut off\": \""), Shape::JsonLines),
            (format!("{{\"data\":[\"{}", "A".repeat(100_000)), Shape::JsonLines),
            ("{\n  \"created\": 1\n}\n".to_owned(), Shape::Whole),
            (format!("[{reply}]"), Shape::Whole),
            (format!("data: {reply}\n\n"), Shape::Whole),
            (String::new(), Shape::Whole),
        ] {
            assert_eq!(Shape::of(start.as_bytes()), shape, "{start:.40}");
        }
    }
}
