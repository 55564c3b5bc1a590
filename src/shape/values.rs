//! Text → the JSON objects in it, one by one, each with where it stands: one object, the items of a list, the lines of a
//! file, the events of a saved stream.

use std::rc::Rc;

use super::object::{Kind, Reply};
use super::value::Value;
use super::{Other, chunks};
use crate::json::{Items, Json, Object, Spot, into_owned, parse, read_object};
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
        Some(_) => match parse(start) {
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
    let lines = || text.lines().map(unmarked).filter(|line| !line.trim().is_empty());
    let is_whole = |line: &str| line.starts_with('{') && matches!(parse(line), Ok(Json::Object(_)));
    lines().nth(1).is_some() && lines().take(LINES_TO_TELL).any(is_whole)
}

fn is_stream(text: &str) -> bool {
    let field = text.lines().next().unwrap_or_default();
    ["data:", "event:", "id:", "retry:"].iter().any(|name| field.starts_with(name))
        || field.starts_with(':') && text.lines().any(|line| line.starts_with("data:"))
}

/// What a text holds, as its first object tells.
pub fn holds(text: &str) -> Kind {
    let form = match form(text) {
        Ok(form) => form,
        Err(other) => return Kind::Other(other),
    };
    let values = each("", text, form);
    let objects = values.into_iter().flatten().flat_map(|value| value.entries);
    let kind = objects.map(|entries| Kind::of(&Object::new(&entries, ""))).next();
    kind.unwrap_or(Kind::Other(Other::Text))
}

/// The objects of a text in this form, one by one; the chunks and events of a stream are the reply that they end with,
/// wherever they were saved.
///
/// # Errors
/// What is wrong with a list as a whole.
pub(crate) fn values<'a>(
    file: &'a str,
    text: &'a str,
    form: Form,
) -> Result<Box<dyn Iterator<Item = Value<'a>> + 'a>, Box<Problem>> {
    if form == Form::One {
        return each(file, text, form);
    }
    let is_stream = form == Form::Stream;
    // Chunks of one reply need not stand together, so that all are held where there are any.
    let comes_in_chunks =
        is_stream || may_have_chunks(text) && chunks::any(each(file, text, form)?);
    let values = each(file, text, form)?;
    Ok(match comes_in_chunks {
        true => Box::new(replies(file, chunks::joined(values, is_stream), is_stream)),
        false => Box::new(replies(file, values, is_stream)),
    })
}

/// Whether a text has a word that only chunks of replies have, or replies that may come in them.
fn may_have_chunks(text: &str) -> bool {
    ["chat.completion.chunk", "responseId", "finishReason", "candidates", "\"resp_"]
        .iter()
        .any(|word| text.contains(word))
}

/// The objects of a text as they stand there.
fn each<'a>(
    file: &'a str,
    text: &'a str,
    form: Form,
) -> Result<Box<dyn Iterator<Item = Value<'a>> + 'a>, Box<Problem>> {
    Ok(match form {
        Form::One => Box::new(std::iter::once(object_at(file, text, 1, Spot::whole(text)))),
        Form::Lines => Box::new(lines(file, text)),
        Form::List => Box::new(items(file, text)?),
        Form::Stream => Box::new(events(file, text)),
    })
}

/// The object that a text is, and where that stands.
fn object_at<'t>(file: &str, text: &'t str, number: usize, spot: Spot<'t>) -> Value<'t> {
    let entries = read_object(file, text, &spot);
    Value { number, chunks: 1, entries, spot }
}

fn lines<'a>(file: &'a str, text: &'a str) -> impl Iterator<Item = Value<'a>> + 'a {
    let numbered = text.lines().enumerate().filter(|(_, line)| !unmarked(line).trim().is_empty());
    numbered.map(move |(index, line)| {
        let object = unmarked(line);
        let start = line.len() - object.len();
        object_at(file, object, index + 1, Spot::on_line(line, start, index + 1))
    })
}

/// A line without the byte order marks before it: files that were joined into one have theirs where they begin.
fn unmarked(line: &str) -> &str {
    line.trim_start_matches('\u{feff}')
}

fn items<'a>(
    file: &'a str,
    text: &'a str,
) -> Result<impl Iterator<Item = Value<'a>> + 'a, Box<Problem>> {
    let whole = Spot::whole(text);
    let list = match parse(text) {
        Ok(Json::List(list)) => list,
        Ok(other) => return Err(Box::new(no_object(whole.place(file, 0..1), other.kind()))),
        Err(wrong) => return Err(Box::new(wrong.problem(file, &whole))),
    };
    let items = Rc::new(Items::of(text));
    Ok(list.into_iter().enumerate().map(move |(index, item)| {
        let spot = Spot::Item(Rc::clone(&items), index);
        let entries = match item {
            Json::Object(entries) => Ok(entries),
            other => Err(Box::new(no_object(spot.place(file, 0..1), other.kind()))),
        };
        Value { number: index + 1, chunks: 1, entries, spot }
    }))
}

fn no_object(place: Place, kind: &str) -> Problem {
    Problem {
        code: ProblemCode::BadValue,
        message: format!("an object must stand here, and this is {kind}"),
        place,
        help: "a list holds the bodies of requests, or replies".into(),
    }
}

/// The events of a stream.
fn events<'a>(file: &'a str, text: &'a str) -> impl Iterator<Item = Value<'a>> + 'a {
    data(text).into_iter().map(move |(number, payload)| match payload {
        Payload::Line(line, start) => {
            object_at(file, &line[start..], number, Spot::on_line(line, start, number))
        }
        Payload::Lines(text, lines) => {
            let spot = Spot::Joined { text: text.as_str().into(), lines: lines.into() };
            let entries = read_object(file, &text, &spot).map(into_owned);
            Value { number, chunks: 1, entries, spot }
        }
    })
}

/// What is rated: the events that have no counts are left out, and a reply of which the end is missing breaks off.
fn replies<'a>(
    file: &'a str,
    mut values: impl Iterator<Item = Value<'a>> + 'a,
    is_stream: bool,
) -> impl Iterator<Item = Value<'a>> + 'a {
    let (mut waiting, mut any) = (false, false);
    let mut last = (1, Spot::Line(1));
    // Where a reply was begun, until it has ended; and what comes after one that never did.
    let mut open: Option<(usize, Spot)> = None;
    let mut held: Option<Value> = None;
    let cut_off = move |(number, spot): (usize, Spot<'a>)| {
        let entries = Err(Box::new(broken_off(spot.place(file, 0..1))));
        Value { number, chunks: 1, entries, spot }
    };
    std::iter::from_fn(move || {
        if held.is_some() {
            return held.take();
        }
        for value in values.by_ref() {
            last = (value.number, value.spot.clone());
            let Ok(entries) = &value.entries else { return Some(value) };
            let object = Object::new(entries, "");
            match Kind::of(&object) {
                Kind::Progress(_) if object.has("response") => match open.replace(last.clone()) {
                    Some(before) => return Some(cut_off(before)),
                    None => continue,
                },
                Kind::Progress(_) => {
                    waiting = true;
                    continue;
                }
                // An error ends what was begun.
                Kind::Reply(Reply::Error) => open = None,
                _ => {}
            }
            (waiting, any) = (false, true);
            let is_part = is_stream || value.chunks > 1;
            let is_whole = !(is_part && chunks::is_cut_off(entries));
            let value = if is_whole { value } else { cut_off(last.clone()) };
            let Some(before) = open.take() else { return Some(value) };
            held = Some(value);
            return Some(cut_off(before));
        }
        let breaks_off = open.is_some() || waiting || is_stream && !any;
        let begun = open.take().unwrap_or_else(|| last.clone());
        (waiting, any) = (false, true);
        breaks_off.then(|| cut_off(begun))
    })
}

fn broken_off(place: Place) -> Problem {
    Problem {
        code: ProblemCode::BadValue,
        message: "this stream breaks off: its last event, which has the usage of the whole, is missing (its type ends in \
                  `.completed`, or its answer has a finish reason)"
            .to_owned(),
        place,
        help: "save the stream to its end; what was billed of one that was cut off is in no event"
            .into(),
    }
}

/// What an event says.
enum Payload<'t> {
    /// A line of the file, and from which byte on.
    Line(&'t str, usize),
    /// Several lines as one text, each with its number and how many characters stand before it.
    Lines(String, Vec<(usize, usize)>),
}

/// The `data:` of each event, with the line on which it starts. The lines of one event belong together, and one that
/// begins an object begins an event: streams are also saved without the blank lines between them.
fn data(text: &str) -> Vec<(usize, Payload<'_>)> {
    let mut events: Vec<(usize, Payload)> = Vec::new();
    let mut is_open = false;
    for (index, line) in text.lines().enumerate() {
        let Some(data) = line.strip_prefix("data:").map(str::trim_start) else {
            is_open = false;
            continue;
        };
        let start = line.len() - data.len();
        match events.last_mut().filter(|_| is_open && !data.starts_with('{')) {
            _ if data.trim_end() == "[DONE]" => {}
            Some((number, payload)) => payload.add(*number, (index + 1, line, start)),
            None => events.push((index + 1, Payload::Line(line, start))),
        }
        is_open = true;
    }
    events
}

impl Payload<'_> {
    /// Adds a line of the file from a byte on; the first stands on the line `number`.
    fn add(&mut self, number: usize, (line, text, start): (usize, &str, usize)) {
        let indent = |text: &str, start: usize| text[..start].chars().count();
        if let Payload::Line(first, from) = self {
            *self = Payload::Lines(first[*from..].to_owned(), vec![(number, indent(first, *from))]);
        }
        if let Payload::Lines(whole, lines) = self {
            whole.push('\n');
            whole.push_str(&text[start..]);
            lines.push((line, indent(text, start)));
        }
    }
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
    fn lines_of_files_that_were_joined_have_their_marks_taken_off() {
        let text = "{\"a\": 1}\n\u{feff}{\"a\": 2}\n\u{feff}\n\u{feff}\u{feff}{\"a\": x}\n";
        let found: Vec<Value> = values("file", text, Form::Lines).expect("values").collect();
        assert_eq!(found.iter().map(|it| it.number).collect::<Vec<_>>(), [1, 2, 4]);
        assert!(found[..2].iter().all(|it| it.entries.is_ok()));
        let place = found[2].entries.as_ref().expect_err("no JSON").place.clone();
        assert_eq!(
            place.line_and_column(),
            Some((4, 9)),
            "two marks and six letters stand before the x"
        );
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
