//! Files → the requests and replies in them, one by one, whatever their shape.

use std::fmt;
use std::sync::Arc;

use crate::errors::Errors;
use crate::json::{At, Object, Spot, What, Wrong, problems};
use crate::problem::{Place, Problem, ProblemCode};
use crate::request::{Draft, Endpoint, Parameter, Reading, RequestError, batch_file};
use crate::shape::{self, Form, Kind, Other, Value};
use crate::usage_log::reply::{self, Reply};

/// What is usual to do about one of several that is rejected.
pub(crate) const CORRECT: &str = "correct the line; the others are priced without it";

/// What is usual to do about one of several that is rejected, where one that is wrong stops all.
const CORRECT_FIRST: &str = "correct the line; none of the others is used until all can be read";

/// How many tools are looked through for the one that makes the image.
const MOST_TOOLS: usize = 8;

/// What can be priced: what would be sent, or what came back.
#[derive(Debug, Clone)]
pub enum Asked {
    /// A request.
    Request(Box<Draft>),
    /// A reply.
    Reply(Arc<Reply>),
}

impl Asked {
    /// The same, read from so many chunks of a stream.
    fn came_in(self, chunks: usize) -> Asked {
        match self {
            Asked::Reply(reply) => {
                Asked::Reply(Arc::new(Arc::unwrap_or_clone(reply).came_in(chunks)))
            }
            request @ Asked::Request(_) => request,
        }
    }
}

/// Which of them a file is to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// Either: the content tells.
    Any,
    /// Requests.
    Requests,
    /// Replies.
    Replies,
}

/// What becomes of the others where one of several is rejected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Others {
    /// They are priced without it.
    Priced,
    /// They wait until all can be read.
    Wait,
}

impl Others {
    /// What is usual to do about the one that is rejected.
    fn help(self) -> &'static str {
        match self {
            Others::Priced => CORRECT,
            Others::Wait => CORRECT_FIRST,
        }
    }
}

/// One of several in a file.
#[derive(Debug)]
pub struct Item<'a> {
    /// The number of its line, or its place in a list, from 1.
    pub number: usize,
    /// The caller's own id of it, if it could be read.
    pub custom_id: Option<String>,
    /// Where it goes, if it is a line of a Batch input file that says so.
    pub endpoint: Option<Endpoint>,
    /// What it is, or why it was rejected.
    pub asked: Result<Asked, Errors<Problem>>,
    /// Where it stands.
    pub at: ItemSpot<'a>,
}

impl Item<'_> {
    /// A file that holds nothing that can be priced, among several.
    pub fn wrong(problems: Errors<Problem>) -> Item<'static> {
        let at = ItemSpot(Spot::Line(1));
        Item { number: 1, custom_id: None, endpoint: None, asked: Err(problems), at }
    }
}

/// Where a request or reply stands in its file: looked for when it is asked for.
#[derive(Debug, Clone)]
pub struct ItemSpot<'a>(Spot<'a>);

impl ItemSpot<'_> {
    /// Where it begins.
    pub fn place(&self, file: &str) -> Place {
        self.0.place(file, 0..1)
    }

    /// Where it says what cannot be priced; where it begins if that is no parameter of it.
    pub fn place_of(&self, file: &str, error: &RequestError) -> Place {
        let parameter = error.parameter().filter(|_| !error.is_of_missing());
        self.0.first(file, &parameter.map_or_else(Vec::new, at_any_depth))
    }
}

/// Where a parameter may stand: in the body, in that of a Batch line, or in the tool that makes the image.
fn at_any_depth(parameter: Parameter) -> Vec<At> {
    let parameter = parameter.as_str();
    let in_tools = (0..MOST_TOOLS).map(|index| format!("tools[{index}].{parameter}"));
    let in_body = |path: String| [format!("body.{path}"), path];
    in_tools.chain([parameter.to_owned()]).flat_map(in_body).map(At::Value).collect()
}

/// What a file holds.
pub enum Items<'r, 't> {
    /// One request or reply.
    One(Item<'t>),
    /// Several, or a form that is made for several; each is read when it is asked for.
    Several(Box<dyn Iterator<Item = Item<'t>> + 'r>),
}

/// Why nothing of a file is read.
#[derive(Debug)]
#[non_exhaustive]
pub enum NotRead {
    /// It is something else.
    Other(Other),
    /// It is broken.
    Wrong(Errors<Problem>),
}

impl NotRead {
    /// What is to be said of it.
    pub fn problems(self, file: &str) -> Errors<Problem> {
        match self {
            NotRead::Other(other) => {
                let (message, place) = (other.to_string(), Place::file(file));
                vec![Problem { code: ProblemCode::BadValue, message, place, help: other.help() }]
                    .into()
            }
            NotRead::Wrong(problems) => problems,
        }
    }
}

impl From<Box<Problem>> for NotRead {
    fn from(problem: Box<Problem>) -> NotRead {
        NotRead::Wrong(vec![*problem].into())
    }
}

/// How a file is read.
#[derive(Clone, Copy)]
pub struct Reader<'r, 't> {
    /// The file as the user knows it.
    pub file: &'t str,
    /// What it is to hold.
    pub wanted: Wanted,
    /// What becomes of the others where one of several is rejected.
    pub others: Others,
    /// How its requests are read.
    pub requests: Reading<'r>,
}

impl<'r, 't: 'r> Reader<'r, 't> {
    /// The requests and replies of a text.
    ///
    /// # Errors
    /// What the file is instead, or what is wrong with it as a whole or with the one thing that it holds.
    pub fn items(self, text: &'t str) -> Result<Items<'r, 't>, NotRead> {
        let form = match shape::form(text) {
            Ok(form) => form,
            // What is taken for JSON that is broken has its place in the text.
            Err(Other::Text) if self.wanted != Wanted::Any => Form::One,
            Err(other) => return Err(NotRead::Other(other)),
        };
        let mut values = shape::values(self.file, text, form)?;
        if form == Form::List || form == Form::Lines {
            return Ok(Items::Several(Box::new(values.map(move |value| self.item(value)))));
        }
        let Some(first) = values.next() else { return Err(NotRead::Other(Other::Empty)) };
        let second = values.next();
        if second.is_some()
            || first.entries.as_ref().is_ok_and(|entries| is_line(&Object::new(entries, "")))
        {
            let all = std::iter::once(first).chain(second).chain(values);
            return Ok(Items::Several(Box::new(all.map(move |value| self.item(value)))));
        }
        let entries = first.entries?;
        let object = Object::new(&entries, "");
        let (asked, usual) = match (Kind::of(&object), self.wanted) {
            (Kind::Other(other), Wanted::Any) => return Err(NotRead::Other(other)),
            (Kind::Request(_), Wanted::Any) | (_, Wanted::Requests) => {
                (self.asked(&object, &first.spot), batch_file::SEE_REFERENCE)
            }
            _ => (self.asked(&object, &first.spot), reply::AS_SENT),
        };
        let asked = asked.map_err(|wrong| {
            NotRead::Wrong(problems(self.file, &first.spot, &wrong, || usual.into()).into())
        })?;
        let asked = Ok(asked.came_in(first.chunks));
        Ok(Items::One(Item {
            number: 1,
            custom_id: None,
            endpoint: None,
            asked,
            at: ItemSpot(first.spot),
        }))
    }

    fn item(&self, value: Value<'t>) -> Item<'t> {
        let Value { number, chunks, entries, spot } = value;
        let entries = match entries {
            Ok(entries) => entries,
            Err(problem) => {
                // What is no matter of one line has its own way out, such as a stream that breaks off.
                let help = match problem.code {
                    ProblemCode::JsonSyntax => self.others.help().into(),
                    _ => problem.help,
                };
                let asked = Err(vec![Problem { help, ..*problem }].into());
                return Item { number, custom_id: None, endpoint: None, asked, at: ItemSpot(spot) };
            }
        };
        let object = Object::new(&entries, "");
        let mut wrong = Vec::new();
        let custom_id = object.text("custom_id", &mut wrong);
        let endpoint = Endpoint::of_line(&object);
        let asked = match self.asked(&object, &spot) {
            Ok(asked) if wrong.is_empty() => Ok(asked.came_in(chunks)),
            Ok(_) => Err(wrong),
            Err(more) => Err([wrong, more].concat()),
        };
        let rejected =
            |wrong: Vec<Wrong>| problems(self.file, &spot, &wrong, || self.others.help().into());
        let asked = asked.map_err(|wrong| rejected(wrong).into());
        Item { number, custom_id, endpoint, asked, at: ItemSpot(spot) }
    }

    fn asked(&self, object: &Object, spot: &Spot) -> Result<Asked, Vec<Wrong>> {
        let request = |draft: Draft| Asked::Request(Box::new(draft));
        match (Kind::of(object), self.wanted) {
            (Kind::Request(shape::Request::BatchLine), Wanted::Any | Wanted::Requests) => {
                batch_file::of_line(object, &self.requests).map(request)
            }
            (Kind::Other(other), Wanted::Any) => {
                Err(vec![object.wrong_whole(What::Else(other.sentence()))])
            }
            (Kind::Request(_), Wanted::Any) | (_, Wanted::Requests) => {
                batch_file::of_body(object, &self.requests).map(request)
            }
            _ => {
                let ignored = self.requests.ignored_keys.unwrap_or_default();
                Ok(Asked::Reply(Arc::new(reply::of_object(object, spot, ignored)?)))
            }
        }
    }
}

/// Whether an object is made to stand on a line of its own.
fn is_line(object: &Object) -> bool {
    matches!(
        Kind::of(object),
        Kind::Request(shape::Request::BatchLine) | Kind::Reply(shape::Reply::BatchLine)
    )
}

impl fmt::Debug for Items<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Items::One(asked) => f.debug_tuple("One").field(asked).finish(),
            Items::Several(_) => f.write_str("Several"),
        }
    }
}
