//! A line of a Batch input file → [`Draft`], and one request where one is wanted.

use super::body_parts::TIER;
use super::unread_keys::{Keys, Reading};
use super::{Draft, api_body};
use crate::catalog::conditions::Processing;
use crate::errors::Errors;
use crate::json::{Json, Object, Spot, What, Wrong, problems, read_object};
use crate::note::Note;
use crate::problem::{Place, Problem, ProblemCode};
use crate::shape::{self, Form, Kind};

/// What is usual to do about a value of a body.
pub(crate) const SEE_REFERENCE: &str = "see the Images API reference for the parameter";

/// The keys of a line.
const OF_A_LINE: [&str; 4] = ["custom_id", "method", "url", "body"];

/// Why a file is not one request.
#[derive(Debug)]
#[non_exhaustive]
pub enum NotOne {
    /// It holds several.
    Several,
    /// What is wrong with it.
    Wrong(Errors<Problem>),
}

impl NotOne {
    /// What is to be said of it.
    pub fn problems(self, file: &str) -> Errors<Problem> {
        match self {
            NotOne::Several => vec![several(file)].into(),
            NotOne::Wrong(problems) => problems,
        }
    }
}

/// Reads a body where one is wanted.
///
/// # Errors
/// What is wrong with it, or that it holds several requests.
pub fn read_one(file: &str, text: &str, reading: &Reading) -> Result<Draft, NotOne> {
    let wrong = |problem: Problem| NotOne::Wrong(vec![problem].into());
    match shape::form(text) {
        Ok(Form::Lines | Form::List | Form::Stream) => return Err(NotOne::Several),
        Err(other) if matches!(other, shape::Other::Empty) => {
            let (code, message, help) = (ProblemCode::BadValue, other.to_string(), other.help());
            return Err(wrong(Problem { code, message, place: Place::file(file), help }));
        }
        // What is no JSON at all has its place in the text.
        Ok(Form::One) | Err(_) => {}
    }
    let spot = Spot::whole(text);
    let entries = read_object(file, text, &spot).map_err(|problem| wrong(*problem))?;
    let body = Object::new(&entries, "");
    if Kind::of(&body) == Kind::Request(shape::Request::BatchLine) {
        return Err(NotOne::Several);
    }
    of_body(&body, reading).map_err(|wrong| {
        NotOne::Wrong(problems(file, &spot, &wrong, || SEE_REFERENCE.into()).into())
    })
}

/// What a body asks for.
///
/// # Errors
/// Every value that is wrong.
pub(crate) fn of_body(body: &Object, reading: &Reading) -> Result<Draft, Vec<Wrong>> {
    api_body::draft(body, false, Keys::new(reading))
}

/// What is to be said of several requests where one is wanted.
pub(crate) fn several(file: &str) -> Problem {
    Problem {
        code: ProblemCode::BadValue,
        message: "a Batch file holds several requests, and one is wanted".into(),
        place: Place::file(file),
        help: "give one of its bodies".into(),
    }
}

/// What a line of a Batch input file asks for.
///
/// # Errors
/// Every value that is wrong.
pub(crate) fn of_line(object: &Object, reading: &Reading) -> Result<Draft, Vec<Wrong>> {
    let mut wrong = Vec::new();
    let mut keys = Keys::new(reading);
    keys.sort(object, &OF_A_LINE, &OF_A_LINE, &mut wrong);
    let method = object.text("method", &mut wrong);
    if method.as_ref().is_some_and(|method| method != "POST") {
        wrong.push(object.wrong("method", What::NotPost));
    }
    let url = object.text("url", &mut wrong).unwrap_or_default();
    let endpoint = Endpoint::of(&url);
    if endpoint.is_none() {
        wrong.push(object.wrong("url", What::NoEndpoint(url.clone())));
    }
    let edit = endpoint == Some(Endpoint::Edits);
    if object.get("body").is_none() {
        wrong.push(object.missing("body", What::Missing));
    }
    let Some(body) = object.object("body", &mut wrong) else { return Err(wrong) };
    let is_responses = Kind::of(&body) == Kind::Request(shape::Request::Responses);
    if endpoint.is_some_and(|endpoint| (endpoint == Endpoint::Responses) != is_responses) {
        let api = if is_responses { "Responses" } else { "Images" };
        wrong.push(object.wrong("url", What::OtherApi { api, url }));
    }
    let draft = api_body::draft(&body, edit, keys).map_err(|more| wrong.extend(more)).ok();
    if endpoint == Some(Endpoint::Generations) && draft.as_ref().is_some_and(|draft| draft.edit) {
        wrong.push(object.wrong("url", What::ImageToGenerate));
    }
    let streams = matches!(body.get("stream"), Some(Json::Bool(true)));
    let partial = draft.as_ref().and_then(|draft| draft.partial_images);
    let partial = partial.or_else(|| body.count("partial_images", &mut Vec::new()));
    if streams || partial.is_some_and(|count| count > 0) {
        let key = if streams { "stream" } else { "partial_images" };
        wrong.push(body.wrong(key, What::StreamInBatch));
    }
    let asked = draft.as_ref().and_then(|draft| draft.processing);
    if asked.is_some_and(|kind| kind != Processing::Standard) {
        wrong.push(body.wrong(TIER, What::TierInBatch));
    }
    let Some(mut draft) = draft else { return Err(wrong) };
    draft.processing = Some(Processing::Batch);
    draft.notes.extend(missing_note(object));
    if wrong.is_empty() { Ok(draft) } else { Err(wrong) }
}

/// Where a line of a Batch goes that makes images.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Endpoint {
    /// An image is generated.
    Generations,
    /// Images are edited.
    Edits,
    /// A mainline model calls the image tool.
    Responses,
}

impl Endpoint {
    /// The endpoint of a line of a Batch input file, be the line right or wrong; nothing of what is none.
    pub(crate) fn of_line(object: &Object) -> Option<Endpoint> {
        let is_line = Kind::of(object) == Kind::Request(shape::Request::BatchLine);
        let url = object.text("url", &mut Vec::new()).filter(|_| is_line)?;
        Endpoint::of(&url)
    }

    fn of(url: &str) -> Option<Endpoint> {
        match url.trim_end_matches('/').rsplit('/').next()? {
            "generations" => Some(Endpoint::Generations),
            "edits" => Some(Endpoint::Edits),
            "responses" => Some(Endpoint::Responses),
            _ => None,
        }
    }

    /// Its path at the maker.
    pub fn path(self) -> &'static str {
        match self {
            Endpoint::Generations => "/v1/images/generations",
            Endpoint::Edits => "/v1/images/edits",
            Endpoint::Responses => "/v1/responses",
        }
    }
}

/// What the Batch API needs of a line besides, and this line lacks.
fn missing_note(object: &Object) -> Option<Note> {
    let lacks = |key: &&str| object.get(key).is_none();
    let missing: Vec<&str> = ["custom_id", "method"].into_iter().filter(lacks).collect();
    (!missing.is_empty()).then_some(Note::BatchLineLacks(missing))
}
