//! Text → the JSON objects in it, one by one, each with where it stands: one object, the items of a list, the lines of a
//! file, the events of a saved stream.

use std::borrow::Cow;

use super::Other;
use super::object::{Kind, Reply};
use crate::json::{Entries, Json, Object, into_owned, read_object, syntax_problem};
use crate::problem::{Place, Problem, ProblemCode};

/// How many lines are looked at to tell objects on lines of their own from one object over several lines.
const LINES_TO_TELL: usize = 10;

/// How the objects of a text stand in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// One object.
    One,
    /// A list of objects.
    List,
    /// An object on each line.
    Lines,
    /// The events of a stream, as `data:` lines.
    Stream,
}

/// An object of a text.
#[derive(Debug)]
pub(crate) struct Value<'t> {
    /// The number of its line, or its place in a list, from 1.
    pub number: usize,
    /// The object, or why there is none.
    pub entries: Result<Entries<'t>, Problem>,
}

/// The form of a text.
///
/// # Errors
/// What it is instead.
pub(crate) fn form(text: &str) -> Result<Form, Other> {
    let start = text.trim_start();
    match start.chars().next() {
        None => Err(Other::Empty),
        Some('{') if is_lines(start) => Ok(Form::Lines),
        Some('{') => Ok(Form::One),
        Some('[') => Ok(Form::List),
        Some(_) if is_stream(start) => Ok(Form::Stream),
        // A broken first line does not make a file of lines something else.
        Some(_) if is_lines(start) => Ok(Form::Lines),
        Some(_) => match serde_json::from_str::<Json>(start) {
            Ok(json) => Err(Other::NoObject(json.kind())),
            Err(_) => Err(Other::of_text(text)),
        },
    }
}

/// Whether a text holds JSON, or a stream of it, as far as its start tells.
pub fn is_json(text: &str) -> bool {
    form(text).is_ok()
}

/// Whether objects stand on lines of their own. No line of one object that is written over several lines is one that
/// begins at the margin.
fn is_lines(text: &str) -> bool {
    let lines = || text.lines().filter(|line| !line.trim().is_empty());
    let is_whole = |line: &str| {
        line.starts_with('{') && matches!(serde_json::from_str(line), Ok(Json::Object(_)))
    };
    lines().nth(1).is_some() && lines().take(LINES_TO_TELL).any(is_whole)
}

fn is_stream(text: &str) -> bool {
    let field = text.lines().next().unwrap_or_default();
    ["data:", "event:", "id:", "retry:"].iter().any(|name| field.starts_with(name))
        || field.starts_with(':') && text.lines().any(|line| line.starts_with("data:"))
}

/// The objects of a text in this form, one by one.
///
/// # Errors
/// What is wrong with a list as a whole.
pub(crate) fn values<'a>(
    file: &'a str,
    text: &'a str,
    form: Form,
) -> Result<Box<dyn Iterator<Item = Value<'a>> + 'a>, Problem> {
    Ok(match form {
        Form::One => {
            let entries = read_object(file, text).map_err(|problem| *problem);
            Box::new(std::iter::once(Value { number: 1, entries }))
        }
        Form::Lines => Box::new(lines(file, text)),
        Form::List => Box::new(items(file, text)?),
        Form::Stream => Box::new(events(file, text)),
    })
}

fn lines<'a>(file: &'a str, text: &'a str) -> impl Iterator<Item = Value<'a>> + 'a {
    let numbered = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    numbered.map(move |(index, line)| Value {
        number: index + 1,
        entries: object_from(file, index + 1, line),
    })
}

/// The object of a text that begins on this line of its file.
fn object_from<'t>(file: &str, line: usize, text: &'t str) -> Result<Entries<'t>, Problem> {
    read_object(file, text).map_err(|problem| {
        let place = Place { first_line: line, ..problem.place };
        Problem { place, ..*problem }
    })
}

fn items<'a>(
    file: &'a str,
    text: &'a str,
) -> Result<impl Iterator<Item = Value<'a>> + 'a, Problem> {
    let list: Vec<Json> =
        serde_json::from_str(text).map_err(|error| syntax_problem(file, text, &error))?;
    Ok(list.into_iter().enumerate().map(move |(index, item)| {
        let entries = match item {
            Json::Object(entries) => Ok(entries),
            other => Err(no_object(file, other.kind())),
        };
        Value { number: index + 1, entries }
    }))
}

fn no_object(file: &str, kind: &str) -> Problem {
    Problem {
        code: ProblemCode::BadValue,
        message: format!("an object must stand here, and this is {kind}"),
        place: Place::file(file),
        help: "a list holds the bodies of requests, or replies".into(),
    }
}

/// The last events of a stream, each of which has a reply; where there is none, that it breaks off.
fn events<'a>(file: &'a str, text: &'a str) -> impl Iterator<Item = Value<'a>> + 'a {
    let events = data(text);
    let seen = events.len();
    let mut replies = 0_usize;
    let mut events = events.into_iter();
    std::iter::from_fn(move || {
        for (number, payload) in events.by_ref() {
            let entries = match payload {
                Cow::Borrowed(payload) => object_from(file, number, payload),
                Cow::Owned(payload) => object_from(file, number, &payload).map(into_owned),
            };
            if entries.as_ref().is_ok_and(|entries| !ends_with_a_reply(entries)) {
                continue;
            }
            replies += 1;
            return Some(Value { number, entries });
        }
        let breaks_off = replies == 0;
        replies += 1;
        breaks_off.then(|| Value { number: seen, entries: Err(broken_off(file, seen)) })
    })
}

/// Whether an event has what is rated: counts or an error, and not only a part of an image or a word.
fn ends_with_a_reply(entries: &Entries) -> bool {
    let object = Object::new(entries, "");
    match Kind::of(&object) {
        Kind::Progress(_) => false,
        // The parts of a chat come without counts, and the last with them.
        Kind::Reply(Reply::Chat) => object.get("usage").is_some(),
        _ => true,
    }
}

fn broken_off(file: &str, events: usize) -> Problem {
    Problem {
        code: ProblemCode::BadValue,
        message: format!(
            "this stream of {events} events breaks off: none of them has usage, which stands in the last one, whose type \
             ends in `.completed`"
        ),
        place: Place::file(file),
        help: "save the stream to its end; what was billed of one that was cut off is in no event"
            .into(),
    }
}

/// The `data:` of each event, with the line on which it starts. The lines of one event belong together, and one that
/// begins an object begins an event: streams are also saved without the blank lines between them.
fn data(text: &str) -> Vec<(usize, Cow<'_, str>)> {
    let mut events: Vec<(usize, Cow<str>)> = Vec::new();
    let mut is_open = false;
    for (index, line) in text.lines().enumerate() {
        let Some(data) = line.strip_prefix("data:").map(str::trim_start) else {
            is_open = false;
            continue;
        };
        match events.last_mut().filter(|_| is_open && !data.starts_with('{')) {
            _ if data.trim_end() == "[DONE]" => {}
            Some((_, whole)) => {
                let whole = whole.to_mut();
                whole.push('\n');
                whole.push_str(data);
            }
            None => events.push((index + 1, Cow::Borrowed(data))),
        }
        is_open = true;
    }
    events
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(text: &str) -> Vec<usize> {
        let form = form(text).expect("JSON");
        values("file", text, form).expect("values").map(|value| value.number).collect()
    }

    #[test]
    fn the_form_of_a_text_is_told_by_how_its_objects_stand() {
        for (text, expected) in [
            (r#"{"a": 1}"#, Form::One),
            ("{\n  \"a\": [\n    {\"b\": 1}\n  ]\n}", Form::One),
            ("{\"a\": 1}\n{\"a\": 2}\n", Form::Lines),
            ("not this\n{\"a\": 2}\n", Form::Lines),
            ("[{\"a\": 1}]", Form::List),
            ("data: {\"a\": 1}\n", Form::Stream),
            (": keep-alive\n\nevent: x\ndata: {}\n", Form::Stream),
        ] {
            assert_eq!(form(text), Ok(expected), "{text}");
        }
        assert_eq!(form(" \n"), Err(Other::Empty));
        assert_eq!(form("12"), Err(Other::NoObject("a number")));
    }

    #[test]
    fn objects_are_numbered_by_line_in_files_and_by_place_in_lists() {
        assert_eq!(numbers("{\"a\": 1}\n\n{\"a\": 2}"), [1, 3]);
        assert_eq!(numbers("[{\"a\": 1},\n\n{\"a\": 2}]"), [1, 2]);
    }

    #[test]
    fn of_a_stream_the_event_with_the_reply_is_read_be_it_written_on_several_lines() {
        let partial = r#"data: {"type": "image_generation.partial_image", "b64_json": "AA=="}"#;
        let usage = "data: {\"type\": \"image_generation.completed\",\ndata: \"usage\": {}}";
        for between in ["\n", "\n\n", "\nevent: x\n"] {
            let stream = format!("{partial}{between}{usage}\n\ndata: [DONE]\n");
            assert_eq!(numbers(&stream).len(), 1, "{stream}");
        }
        let cut = values("file", partial, Form::Stream).expect("values").next().expect("one");
        assert!(cut.entries.expect_err("cut off").message.contains("breaks off"));
    }
}
