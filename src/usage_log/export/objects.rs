//! The records of a JSON export: the items of its lists, page by page.

use std::rc::Rc;

use super::record::{Part, Record, Values};
use super::{Ended, Source};
use crate::input_limits::EXPORT_BYTES;
use crate::json::{Items, Json, Object, Spot};
use crate::problem::{Place, Problem, ProblemCode};
use crate::shape::{Form, Value, form, values};

/// How the records of a page lie in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    /// `data[].results[]`: the time stands around the results.
    Buckets,
    /// A list under this key.
    List(&'static [&'static str; 1]),
}

/// Days of OpenRouter's activity.
const DAYS: Layout = Layout::List(&["data"]);
/// Events of fal.
const EVENTS: Layout = Layout::List(&["billing_events"]);

impl Layout {
    /// How an object lays out its records; `None` of what is no page.
    pub(super) fn of(object: &Object) -> Option<Layout> {
        if list(object, "billing_events").is_some() {
            return Some(EVENTS);
        }
        let data = list(object, "data")?;
        let is_page = object.text("object", &mut Vec::new()).as_deref() == Some("page");
        let is_bucket = |item: &Json| Object::at(item, "").is_some_and(|it| it.has("results"));
        let is_day = |item: &Json| Object::at(item, "").is_some_and(|it| it.has("prompt_tokens"));
        match data.first() {
            Some(item) if is_day(item) => Some(DAYS),
            Some(item) if is_page || is_bucket(item) => Some(Layout::Buckets),
            _ => is_page.then_some(Layout::Buckets),
        }
    }

    /// Whether its records are sums over a time, of which a page without any still tells.
    pub(super) fn is_of_buckets(self) -> bool {
        self == Layout::Buckets
    }

    /// The first record of a page that has one.
    pub(super) fn first<'a>(self, page: &Object<'a>) -> Option<Object<'a>> {
        match self {
            Layout::Buckets => {
                let buckets = list(page, "data")?.iter().filter_map(|item| Object::at(item, ""));
                let mut results = buckets.filter_map(|bucket| list(&bucket, "results")).flatten();
                results.find_map(|result| Object::at(result, ""))
            }
            Layout::List([key]) => list(page, key)?.iter().find_map(|item| Object::at(item, "")),
        }
    }
}

fn list<'a>(object: &Object<'a>, key: &str) -> Option<&'a [Json<'a>]> {
    match object.get(key)? {
        Json::List(items) => Some(items),
        _ => None,
    }
}

/// Hands on every record of every page.
///
/// # Errors
/// What is wrong with the text as a whole.
pub(super) fn each(source: &Source, take: &mut dyn FnMut(Part)) -> Result<Ended, Box<Problem>> {
    let Source { file, text, .. } = *source;
    let form = form(text).unwrap_or(Form::One);
    // Of lines one is held at a time.
    if form != Form::Lines && EXPORT_BYTES.is_exceeded_by(text.len()) {
        return Err(Box::new(EXPORT_BYTES.problem(Place::file(file))));
    }
    let mut ended = Ended::default();
    for Value { number, entries, spot, .. } in values(file, text, form)? {
        let entries = match entries {
            Ok(entries) => entries,
            Err(problem) => {
                take(Part::Wrong { line: number as u64, problems: vec![*problem] });
                continue;
            }
        };
        let page = Object::new(&entries, "");
        ended.goes_on = page.get("has_more") == Some(&Json::Bool(true));
        match Layout::of(&page) {
            Some(Layout::Buckets) => buckets(source, &page, &spot, take),
            Some(Layout::List(keys)) => {
                let items = Rc::new(spot.items_under(keys));
                for (index, item) in list(&page, keys[0]).unwrap_or_default().iter().enumerate() {
                    take(item_of(source, item, None, (&items, index)));
                }
            }
            None => {
                let problems = vec![wrong(source, &spot, "this is no page of an export")];
                take(Part::Wrong { line: number as u64, problems });
            }
        }
    }
    Ok(ended)
}

/// Hands on the results of every bucket of a page; one without any is a time without usage.
fn buckets(source: &Source, page: &Object, spot: &Spot, take: &mut dyn FnMut(Part)) {
    let buckets = Rc::new(spot.items_under(&["data"]));
    let results = Rc::new(spot.items_under(&["data", "results"]));
    let mut index = 0;
    for (at, item) in list(page, "data").unwrap_or_default().iter().enumerate() {
        let bucket = Object::at(item, "");
        let line = buckets.line(at) as u64;
        match bucket.as_ref().and_then(|bucket| list(bucket, "results")) {
            Some([]) => take(Part::NoUsage { line }),
            Some(records) => {
                for record in records {
                    take(item_of(source, record, bucket.clone(), (&results, index)));
                    index += 1;
                }
            }
            None => {
                let spot = Spot::Item(Rc::clone(&buckets), at);
                let problem = wrong(source, &spot, "a bucket needs a list `results`");
                take(Part::Wrong { line, problems: vec![problem] });
            }
        }
    }
}

/// An item of a list as a record; `at` is its place among those of the page.
fn item_of<'a>(
    source: &Source<'a>,
    item: &'a Json<'a>,
    around: Option<Object<'a>>,
    (items, index): (&Rc<Items<'a>>, usize),
) -> Part<'a> {
    let (line, spot) = (items.line(index) as u64, Spot::Item(Rc::clone(items), index));
    match Object::at(item, "") {
        Some(object) => {
            let values = Values::Object { object, around, spot };
            Part::Record(Box::new(Record { line, source: *source, values, problems: Vec::new() }))
        }
        None => {
            let what = format!("an object must stand here, and this is {}", item.kind());
            Part::Wrong { line, problems: vec![wrong(source, &spot, &what)] }
        }
    }
}

fn wrong(source: &Source, spot: &Spot, what: &str) -> Problem {
    Problem {
        code: ProblemCode::BadValue,
        message: what.to_owned(),
        place: spot.place(source.file, 0..1),
        help: "give the pages as they were sent".into(),
    }
}
