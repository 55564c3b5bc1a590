//! JSON with the objects of a bill in it: one page, a list of pages, or a page on each line.

use std::io::{BufRead, Read};

use crate::errors::Errors;
use crate::input_limits::BODY_BYTES;
use crate::json::{At, Entries, Json, Object, Spot, What, Wrong, parse};
use crate::problem::{Place, Problem, ProblemCode};
use crate::shape::{Form, form};

/// The text of a file of JSON, which is held as a whole.
pub(super) fn text(file: &str, input: impl BufRead) -> Result<String, Errors<Problem>> {
    let mut bytes = Vec::new();
    let unreadable = |message: String| Problem {
        code: ProblemCode::Unreadable,
        message,
        place: Place::file(file),
        help: "check the file".into(),
    };
    let read = input.take(BODY_BYTES.most + 1).read_to_end(&mut bytes);
    read.map_err(|error| vec![unreadable(format!("the file cannot be read: {error}"))])?;
    if BODY_BYTES.is_exceeded_by(bytes.len()) {
        return Err(vec![BODY_BYTES.problem(Place::file(file))].into());
    }
    String::from_utf8(bytes).map_err(|_| vec![unreadable("this file is not UTF-8".into())].into())
}

/// A page: its keys, and where it stands in the text.
pub(super) struct Page<'t> {
    entries: Entries<'t>,
    /// The path of the page from the root of its value.
    path: String,
    pub spot: Spot<'t>,
}

impl Page<'_> {
    /// Its object, whose paths are those of its text.
    pub(super) fn object(&self) -> Object<'_> {
        Object::new(&self.entries, &self.path)
    }
}

/// The pages of a text.
///
/// # Errors
/// What is no JSON, or no object.
pub(super) fn pages<'t>(file: &str, text: &'t str) -> Result<Vec<Page<'t>>, Errors<Problem>> {
    match form(text) {
        Ok(Form::Lines) => {
            let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
            let found: Vec<_> = lines.map(|(at, line)| of_line(file, at + 1, line)).collect();
            let (pages, wrong): (Vec<_>, Vec<_>) = found.into_iter().partition(Result::is_ok);
            let wrong: Vec<Problem> =
                wrong.into_iter().filter_map(Result::err).map(|it| *it).collect();
            match wrong.is_empty() {
                true => Ok(pages.into_iter().flatten().collect()),
                false => Err(wrong.into()),
            }
        }
        _ => {
            let spot = Spot::whole(text);
            match parse(text) {
                Ok(Json::Object(entries)) => Ok(vec![Page { entries, path: String::new(), spot }]),
                Ok(Json::List(items)) => of_list(file, items, &spot),
                Ok(other) => Err(vec![no_object(spot.place(file, 0..1), other.kind())].into()),
                Err(wrong) => Err(vec![wrong.problem(file, &spot)].into()),
            }
        }
    }
}

fn of_line<'t>(file: &str, number: usize, line: &'t str) -> Result<Page<'t>, Box<Problem>> {
    let object = line.trim_start_matches('\u{feff}');
    let spot = Spot::on_line(line, line.len() - object.len(), number);
    match parse(object) {
        Ok(Json::Object(entries)) => Ok(Page { entries, path: String::new(), spot }),
        Ok(other) => Err(Box::new(no_object(spot.place(file, 0..1), other.kind()))),
        Err(wrong) => Err(Box::new(wrong.problem(file, &spot))),
    }
}

fn of_list<'t>(
    file: &str,
    items: Vec<Json<'t>>,
    spot: &Spot<'t>,
) -> Result<Vec<Page<'t>>, Errors<Problem>> {
    let page = |(at, item): (usize, Json<'t>)| match item {
        Json::Object(entries) => Ok(Page { entries, path: format!("[{at}]"), spot: spot.clone() }),
        other => {
            let path = format!("[{at}]");
            let wrong =
                Wrong { at: At::Value(path.clone()), path, what: What::NotAnObject(other.kind()) };
            Err(Box::new(problems(file, spot, &[wrong]).remove(0)))
        }
    };
    let (pages, wrong): (Vec<_>, Vec<_>) =
        items.into_iter().enumerate().map(page).partition(Result::is_ok);
    let wrong: Vec<Problem> = wrong.into_iter().filter_map(Result::err).map(|it| *it).collect();
    if wrong.is_empty() { Ok(pages.into_iter().flatten().collect()) } else { Err(wrong.into()) }
}

fn no_object(place: Place, kind: &str) -> Problem {
    Problem {
        code: ProblemCode::BadValue,
        message: format!("a page of a bill is an object, and this is {kind}"),
        place,
        help: "give the pages as the API sent them".into(),
    }
}

/// All that is wrong in a page, each at its place.
pub(super) fn problems(file: &str, spot: &Spot, wrong: &[Wrong]) -> Vec<Problem> {
    crate::json::problems(file, spot, wrong, || "give the page as the API sent it".into())
}
