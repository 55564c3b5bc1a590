//! Keys without a value. The library reads them as keys that are left out; a reader may have meant
//! anything by them.

use serde_yaml::granit_parser::{Event, Parser, ScalarStyle};

use super::MAX_FILE_BYTES;
use crate::catalog::files::TableFile;
use crate::problem::{Place, Problem, ProblemCode};

/// Every place of a file where a value is empty, `~` or `null`.
pub(in crate::catalog) fn empty_values(file: &TableFile) -> Vec<Problem> {
    if file.text.len() > MAX_FILE_BYTES {
        return Vec::new();
    }
    let events = Parser::new_from_str(&file.text).map_while(Result::ok);
    let empty = events.filter_map(|(event, span)| match event {
        Event::Scalar(text, ScalarStyle::Plain, _, None) if is_null(&text) => span.byte_range(),
        _ => None,
    });
    let problem = |span| Problem {
        code: ProblemCode::WrongType,
        message: "the value is missing".into(),
        place: Place { file: file.shown.clone(), text: Some(file.text.clone()), span },
        help: "write it, or leave the key out: what is empty is not read as zero or not stated"
            .into(),
    };
    empty.map(problem).collect()
}

fn is_null(text: &str) -> bool {
    matches!(text, "" | "~" | "null" | "Null" | "NULL")
}
