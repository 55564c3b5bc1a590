//! Files → the requests and replies in them, one by one, whatever their shape.

use std::fmt;
use std::sync::Arc;

use crate::errors::Errors;
use crate::json::Object;
use crate::problem::{Place, Problem, ProblemCode};
use crate::request::{Draft, Reading, batch_file};
use crate::shape::{self, Form, Kind, Other, Value};
use crate::usage_log::reply::{self, Reply};

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

/// One of several in a file.
#[derive(Debug)]
pub struct Item {
    /// The number of its line, or its place in a list, from 1.
    pub number: usize,
    /// The caller's own id of it, if it could be read.
    pub custom_id: Option<String>,
    /// What it is, or why it was rejected.
    pub asked: Result<Asked, Problem>,
}

impl Item {
    /// The only one of its file.
    pub fn only(asked: Asked) -> Item {
        Item { number: 1, custom_id: None, asked: Ok(asked) }
    }

    /// A file that holds nothing that can be priced, among several: all that is wrong with it is one reason.
    pub fn wrong(problems: Errors<Problem>) -> Option<Item> {
        let messages: Vec<&str> = problems.iter().map(|problem| &*problem.message).collect();
        let message = messages.join("; ");
        let first = problems.0.into_iter().next()?;
        Some(Item { number: 1, custom_id: None, asked: Err(Problem { message, ..first }) })
    }
}

/// What a file holds.
pub enum Items<'a> {
    /// One request or reply.
    One(Asked),
    /// Several, or a form that is made for several; each is read when it is asked for.
    Several(Box<dyn Iterator<Item = Item> + 'a>),
}

/// Why nothing of a file is read.
#[derive(Debug)]
pub enum NotRead {
    /// It is something else.
    Other(Other),
    /// It is broken.
    Wrong(Errors<Problem>),
}

impl NotRead {
    /// What is to be said of it; `help` words what can be done about a file that is something else.
    pub fn problems(self, file: &str, help: fn(&Other) -> String) -> Errors<Problem> {
        match self {
            NotRead::Other(other) => vec![bad_value(file, other.to_string(), help(&other))].into(),
            NotRead::Wrong(problems) => problems,
        }
    }
}

impl From<Problem> for NotRead {
    fn from(problem: Problem) -> NotRead {
        NotRead::Wrong(vec![problem].into())
    }
}

/// How a file is read.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    /// The file as the user knows it.
    pub file: &'a str,
    /// What it is to hold.
    pub wanted: Wanted,
    /// How its requests are read.
    pub requests: Reading<'a>,
}

impl<'a> Reader<'a> {
    /// The requests and replies of a text.
    ///
    /// # Errors
    /// What the file is instead, or what is wrong with it as a whole or with the one thing that it holds.
    pub fn items(self, text: &'a str) -> Result<Items<'a>, NotRead> {
        let form = match shape::form(text) {
            Ok(form) => form,
            // What is taken for JSON that is broken has its place in the text.
            Err(Other::Text) if self.wanted != Wanted::Any => Form::One,
            Err(other) => return Err(NotRead::Other(other)),
        };
        let mut values = shape::values(self.file, text, form)?;
        if form == Form::List || form == Form::Lines {
            return Ok(Items::Several(Box::new(values.map(move |value| self.item(form, value)))));
        }
        let Some(first) = values.next() else { return Err(NotRead::Other(Other::Empty)) };
        let second = values.next();
        if second.is_some()
            || first.entries.as_ref().is_ok_and(|entries| is_line(&Object::new(entries, "")))
        {
            let all = std::iter::once(first).chain(second).chain(values);
            return Ok(Items::Several(Box::new(all.map(move |value| self.item(form, value)))));
        }
        let chunks = first.chunks;
        let entries = first.entries?;
        let asked = self.one(&Object::new(&entries, ""))?;
        Ok(Items::One(asked.came_in(chunks)))
    }

    /// The one thing that a file holds.
    fn one(&self, object: &Object) -> Result<Asked, NotRead> {
        match (Kind::of(object), self.wanted) {
            (Kind::Other(other), Wanted::Any) => Err(NotRead::Other(other)),
            (Kind::Request(_), Wanted::Any) | (_, Wanted::Requests) => {
                let draft = batch_file::one(self.file, object, &self.requests);
                draft.map(|draft| Asked::Request(Box::new(draft))).map_err(NotRead::Wrong)
            }
            _ => self.reply(object).map_err(|wrong| {
                let help = "paste the reply as the API sent it";
                let problem = |message| bad_value(self.file, message, help.to_owned());
                NotRead::Wrong(wrong.into_iter().map(problem).collect())
            }),
        }
    }

    fn item(&self, form: Form, value: Value) -> Item {
        let number = value.number;
        let reject = |wrong: Vec<String>| match form {
            Form::List => Problem {
                place: Place::file(self.file),
                ..batch_file::rejected(
                    self.file,
                    number,
                    vec![format!("item {number}: {}", wrong.join("; "))],
                )
            },
            _ => batch_file::rejected(self.file, number, wrong),
        };
        let entries = match value.entries {
            Ok(entries) => entries,
            Err(problem) => {
                let Problem { place, message, .. } = problem;
                let rejected = reject(vec![message]);
                // What is no matter of one line has its own way out, such as a stream that breaks off.
                let help = match problem.code {
                    ProblemCode::JsonSyntax => rejected.help,
                    _ => problem.help,
                };
                let asked = Err(Problem { place, help, ..rejected });
                return Item { number, custom_id: None, asked };
            }
        };
        let object = Object::new(&entries, "");
        let mut wrong = Vec::new();
        let custom_id = object.text("custom_id", &mut wrong);
        let asked = match wrong.is_empty() {
            true => self.asked(&object).map(|asked| asked.came_in(value.chunks)),
            false => Err(wrong),
        };
        Item { number, custom_id, asked: asked.map_err(reject) }
    }

    fn asked(&self, object: &Object) -> Result<Asked, Vec<String>> {
        let request = |draft: Draft| Asked::Request(Box::new(draft));
        match (Kind::of(object), self.wanted) {
            (Kind::Request(shape::Request::BatchLine), Wanted::Any | Wanted::Requests) => {
                batch_file::of_line(object, &self.requests).map(request)
            }
            (Kind::Other(other), Wanted::Any) => Err(vec![format!("{other}: {}", other.help())]),
            (Kind::Request(_), Wanted::Any) | (_, Wanted::Requests) => {
                batch_file::of_body(object, &self.requests).map(request)
            }
            _ => self.reply(object),
        }
    }

    fn reply(&self, object: &Object) -> Result<Asked, Vec<String>> {
        let ignored = self.requests.ignored_keys.unwrap_or_default();
        Ok(Asked::Reply(Arc::new(reply::of_object(object, ignored)?)))
    }
}

/// Whether an object is made to stand on a line of its own.
fn is_line(object: &Object) -> bool {
    matches!(
        Kind::of(object),
        Kind::Request(shape::Request::BatchLine) | Kind::Reply(shape::Reply::BatchLine)
    )
}

fn bad_value(file: &str, message: String, help: String) -> Problem {
    Problem { code: ProblemCode::BadValue, message, place: Place::file(file), help }
}

impl fmt::Debug for Items<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Items::One(asked) => f.debug_tuple("One").field(asked).finish(),
            Items::Several(_) => f.write_str("Several"),
        }
    }
}
