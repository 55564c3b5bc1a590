//! Keys without a value. The library reads them as keys that are left out; a reader may have meant
//! anything by them.

use serde_yaml::granit_parser::{Event, Parser, ScalarStyle};

use std::sync::Arc;

use crate::problem::{Place, Problem, ProblemCode};

/// Every place of a file where a value is empty, `~` or `null`. The file has been parsed, so that its size
/// and depth are within bounds.
pub(crate) fn empty_values(file: &str, text: &Arc<str>) -> Vec<Problem> {
    let events = Parser::new_from_str(text).map_while(Result::ok);
    let empty = events.filter_map(|(event, span)| match event {
        Event::Scalar(value, ScalarStyle::Plain, _, None) if is_null(&value) => span.byte_range(),
        _ => None,
    });
    let problem = |span| Problem {
        code: ProblemCode::WrongType,
        message: "the value is missing".into(),
        place: Place { file: file.to_owned(), text: Some(text.clone()), span },
        help: "write it, or leave the key out: what is empty is not read as zero or not stated"
            .into(),
    };
    empty.map(problem).collect()
}

fn is_null(text: &str) -> bool {
    matches!(text, "" | "~" | "null" | "Null" | "NULL")
}
