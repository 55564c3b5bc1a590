//! Which shape a reply has, and its parts in that shape.

use super::images::{self, Calls, common};
use super::tokens::{self, Cached, Of, ReplyTokens};
use super::unread::{Unread, item, nulls, unread_under};
use super::{Made, Model, Reply, Stated};
use crate::problem::{Place, Problem, ProblemCode};
use crate::request::{Json, Object, read_object};

/// Keys whose `null` is said, since what stands there decides the figure.
const DECIDING: [&str; 11] = [
    "usage",
    "tool_usage",
    "svg_usage",
    "tools",
    "data",
    "created",
    "created_at",
    "model",
    "size",
    "quality",
    "service_tier",
];
/// The same in an image call of a Responses reply.
const DECIDING_IN_CALLS: [&str; 4] = ["status", "size", "quality", "svg_usage"];
/// What a usage that was pasted alone may have beside it.
const BESIDE_USAGE: [&str; 10] = [
    "model",
    "size",
    "quality",
    "created",
    "created_at",
    "data",
    "background",
    "output_format",
    "service_tier",
    "type",
];

/// Reads a reply.
///
/// # Errors
/// Every value that is wrong or does not add up, or why it is no reply that can be rated.
pub fn read(file: &str, text: &str) -> Result<Reply, Vec<Problem>> {
    if let Some(why) = several(text) {
        return Err(vec![bad_value(file, why)]);
    }
    let entries = read_object(file, event_data(text)).map_err(|problem| vec![*problem])?;
    let object = Object::new(&entries, "");
    let mut reading = Reading::default();
    let reply = match Shape::of(&object) {
        Shape::Images => reading.images_api(&object),
        Shape::Responses => reading.responses(&object),
        Shape::Other(why) => {
            reading.wrong.push(why);
            None
        }
    };
    match reply {
        Some(reply) if reading.wrong.is_empty() => Ok(reply),
        _ => Err(reading.wrong.into_iter().map(|message| bad_value(file, message)).collect()),
    }
}

/// Why a text holds more than one reply, if it does.
fn several(text: &str) -> Option<String> {
    let lines = || text.lines().map(str::trim_start).filter(|line| !line.is_empty());
    if lines().filter(|line| line.starts_with("data:")).count() > 1 {
        return Some(
            "this is a stream of several events: give the one that has the usage, whose type ends in \
             `.completed`"
                .into(),
        );
    }
    let is_whole = |line: &str| matches!(serde_json::from_str(line), Ok(Json::Object(_)));
    (lines().count() > 1 && lines().take(2).all(is_whole)).then(|| {
        "this holds a JSON object on each of several lines: give one reply; in the output of a Batch it is \
         the object under `response.body`"
            .into()
    })
}

/// The data of an event that was copied from a stream, with or without its `event:` line.
fn event_data(text: &str) -> &str {
    let text = text.trim_start();
    let rest = match text.strip_prefix("event:") {
        Some(event) => event.split_once('\n').map_or("", |(_, rest)| rest).trim_start(),
        None => text,
    };
    rest.strip_prefix("data:").unwrap_or(rest)
}

fn bad_value(file: &str, message: String) -> Problem {
    let help = "paste the reply as the API sent it".to_owned();
    Problem { code: ProblemCode::BadValue, message, place: Place::file(file), help }
}

enum Shape {
    /// A reply of the Images API, an event of it that has usage, or the usage alone.
    Images,
    /// A reply of the Responses API.
    Responses,
    /// Nothing that can be rated, and why.
    Other(String),
}

impl Shape {
    fn of(reply: &Object) -> Shape {
        let text = |key| reply.text(key, &mut Vec::new()).unwrap_or_default();
        let kind = text("type");
        if kind.starts_with("response.") && reply.has("response") {
            return Shape::Other(format!(
                "this is the event `{kind}` of a stream: the reply is the object under `response`"
            ));
        }
        if kind.ends_with(".partial_image") {
            return Shape::Other(format!(
                "this is the event `{kind}` of a stream: its usage stands in the event that ends in `.completed`"
            ));
        }
        let is_response = text("object") == "response";
        if is_response || ["tool_usage", "output"].iter().any(|key| reply.has(key)) {
            return Shape::Responses;
        }
        if ["usage", "data", "b64_json", "input_tokens"].iter().any(|key| reply.has(key)) {
            return Shape::Images;
        }
        Shape::Other(if reply.get("error").is_some() {
            let error = reply.object("error", &mut Vec::new());
            let code = error.and_then(|error| error.text("code", &mut Vec::new()));
            let code = code.map_or_else(String::new, |code| format!(" (`{code}`)"));
            format!(
                "the reply is an error{code} and has no `usage`: there is nothing to rate; who pays for \
                 such an attempt is a term of the route (imgcost routes show)"
            )
        } else if reply.has("prompt") {
            "this is a request and not a reply: give it with --request".to_owned()
        } else {
            "the reply has no `usage`, `data` or `output`: there is nothing to rate".to_owned()
        })
    }
}

/// What is found on the way.
#[derive(Default)]
struct Reading {
    unread: Vec<Unread>,
    remarks: Vec<String>,
    wrong: Vec<String>,
}

impl Reading {
    fn images_api(&mut self, reply: &Object) -> Option<Reply> {
        self.say_nulls(reply, &DECIDING);
        let images = images::listed(reply, &mut self.remarks, &mut self.wrong);
        // An item that is no object is a problem already.
        for item in reply.objects("data", &mut Vec::new()).unwrap_or_default() {
            self.unread.extend(unread_under(&item, |key| key.ends_with("usage")));
        }
        let tokens = if !reply.has("usage") && reply.get("input_tokens").is_some() {
            self.tokens(reply, Of::ImageModel, &BESIDE_USAGE)
        } else {
            self.unread.extend(unread_under(reply, is_other_usage));
            match reply.object("usage", &mut self.wrong) {
                Some(usage) => self.tokens(&usage, Of::ImageModel, &[]),
                None => Some(Stated::Missing("the reply has no `usage`".into())),
            }
        };
        let output_format = reply.text("output_format", &mut self.wrong);
        let svg_authors = authors(self.svg_author(reply), output_format.as_deref());
        let own = Made {
            size: reply.text("size", &mut self.wrong),
            quality: reply.text("quality", &mut self.wrong),
        };
        let made = images.clone().filter(|images| !images.is_empty()).unwrap_or(vec![own]);
        Some(Reply {
            model: reply.text("model", &mut self.wrong),
            size: common(&made, |image| &image.size),
            quality: common(&made, |image| &image.quality),
            output_format,
            created: images::day(reply, &mut self.remarks, &mut self.wrong),
            images,
            calls: 1,
            mainline: None,
            svg_authors,
            service_tier: reply.text("service_tier", &mut self.wrong),
            tokens: tokens?,
            unread: std::mem::take(&mut self.unread),
            remarks: std::mem::take(&mut self.remarks),
        })
    }

    fn responses(&mut self, reply: &Object) -> Option<Reply> {
        self.say_nulls(reply, &DECIDING);
        self.unread.extend(unread_under(reply, is_other_usage));
        let items = reply.objects("output", &mut self.wrong);
        let tool_usage = reply.object("tool_usage", &mut self.wrong);
        let searches_counted = self.counts_searches(tool_usage.as_ref());
        let calls = self.image_calls(items.as_deref().unwrap_or_default(), searches_counted);
        let tokens = self.of_image_tool(tool_usage.as_ref(), items.as_deref(), &calls);
        let usage = reply.object("usage", &mut self.wrong);
        let mainline = match &usage {
            Some(usage) => self.tokens(usage, Of::TextModel, &[]),
            None => Some(Stated::Missing("the reply has no `usage` of its mainline model".into())),
        };
        let output = tokens.as_ref().and_then(Stated::tokens).map_or(0, |tokens| tokens.output);
        let is_listed = items.is_some_and(|items| !items.is_empty());
        let made = calls.made.clone();
        let of_calls = calls.svg_authors.into_iter().chain(self.svg_author(reply));
        let svg_authors = authors(of_calls, calls.output_format.as_deref());
        Some(Reply {
            model: self.image_model(reply),
            size: common(&made, |image| &image.size),
            quality: common(&made, |image| &image.quality),
            output_format: calls.output_format,
            created: images::day(reply, &mut self.remarks, &mut self.wrong),
            // Some copies leave out the items, and have image tokens all the same.
            images: (is_listed && (calls.count > 0 || output == 0)).then_some(made),
            calls: calls.count.max(1),
            mainline: Some(Model {
                model: reply.text("model", &mut self.wrong),
                tokens: mainline?,
            }),
            svg_authors,
            service_tier: reply.text("service_tier", &mut self.wrong),
            tokens: tokens?,
            unread: std::mem::take(&mut self.unread),
            remarks: std::mem::take(&mut self.remarks),
        })
    }

    fn tokens(&mut self, usage: &Object, of: Of, also_read: &[&str]) -> Option<Stated> {
        tokens::read(usage, of, also_read, &mut self.unread, &mut self.wrong)
    }

    /// The model that wrote an SVG file, if there is one.
    fn svg_author(&mut self, within: &Object) -> Option<Model> {
        let usage = within.object("svg_usage", &mut self.wrong)?;
        let tokens = self.tokens(&usage, Of::TextModel, &["model", "reasoning_tokens"])?;
        tokens::at_most_output(&usage, &tokens, &mut self.wrong);
        Some(Model { model: usage.text("model", &mut self.wrong), tokens })
    }

    /// The image calls among the items of a Responses reply. Any other item may bill by being there.
    fn image_calls(&mut self, items: &[Object], searches_counted: bool) -> CallsRead {
        let mut svg_authors = Vec::new();
        let mut found = Vec::new();
        for object in items {
            match object.text("type", &mut self.wrong).as_deref() {
                Some("image_generation_call") => {
                    self.say_nulls(object, &DECIDING_IN_CALLS);
                    self.unread.extend(unread_under(object, is_other_usage));
                    svg_authors.extend(self.svg_author(object));
                    found.push(object.whole());
                }
                // `tool_usage.web_search` counts the searches that bill, and not every call is one.
                Some("web_search_call") if searches_counted => {}
                kind => {
                    let kind = kind.unwrap_or("an item without a type");
                    self.unread.push(item(&format!("output.{kind}"), object));
                }
            }
        }
        let Calls { count, made, output_format } =
            images::of_calls(&found, &mut self.remarks, &mut self.wrong);
        CallsRead { count, made, output_format, svg_authors }
    }

    /// Whether `tool_usage` counts the searches that bill.
    fn counts_searches(&mut self, tool_usage: Option<&Object>) -> bool {
        let searches = tool_usage.and_then(|tools| tools.object("web_search", &mut self.wrong));
        searches.and_then(|searches| searches.count("num_requests", &mut self.wrong)).is_some()
    }

    /// The tokens of the image model in a Responses reply, which never stand in its `usage`.
    fn of_image_tool(
        &mut self,
        tool_usage: Option<&Object>,
        items: Option<&[Object]>,
        calls: &CallsRead,
    ) -> Option<Stated> {
        if let Some(tools) = tool_usage {
            self.unread.extend(unread_under(tools, |tool| tool != "image_gen"));
        }
        let image_gen = tool_usage.and_then(|tools| tools.object("image_gen", &mut self.wrong));
        match image_gen {
            Some(usage) => {
                let stated = self.tokens(&usage, Of::ImageModel, &[])?;
                if stated.tokens().is_some_and(|tokens| tokens.input > 0 && !tokens.states_cached) {
                    self.remarks.push(format!(
                        "`{}` has no count of cached tokens: none is taken to be cached",
                        usage.path()
                    ));
                }
                Some(stated)
            }
            None if calls.count == 0 && items.is_some_and(|items| !items.is_empty()) => {
                Some(Stated::Tokens(ReplyTokens::NONE))
            }
            None => Some(Stated::Missing(
                "the reply has no `tool_usage.image_gen`: its `usage` is the mainline model's alone"
                    .into(),
            )),
        }
    }

    /// The image model that the tool names.
    fn image_model(&mut self, reply: &Object) -> Option<String> {
        let mut named: Vec<String> = Vec::new();
        for tool in reply.objects("tools", &mut self.wrong).unwrap_or_default() {
            self.say_nulls(&tool, &["type", "model"]);
            if tool.text("type", &mut self.wrong).as_deref() != Some("image_generation") {
                continue;
            }
            self.unread.extend(unread_under(&tool, |key| !matches!(key, "type" | "model")));
            named.extend(tool.text("model", &mut self.wrong));
        }
        named.dedup();
        if named.len() > 1 {
            self.wrong.push(format!(
                "`tools` names several image models ({}), and `tool_usage.image_gen` has the tokens of \
                 all together",
                named.join(", ")
            ));
        }
        named.pop()
    }

    /// Says which of these keys, and of what is under them, are null.
    fn say_nulls(&mut self, object: &Object, keys: &[&str]) {
        let mut found = Vec::new();
        for (key, value) in object.entries().filter(|(key, _)| keys.contains(key)) {
            // The images of `data` say so themselves, and other tools do not decide anything.
            if matches!((key, value), ("data" | "tools", Json::List(_))) {
                continue;
            }
            nulls(value, &object.path_of(key), &mut found);
        }
        if !found.is_empty() {
            self.remarks.push(format!("null, and read as left out: {}", found.join(", ")));
        }
    }
}

/// The image calls of a Responses reply, with the authors of their SVG files.
struct CallsRead {
    count: u32,
    made: Vec<Made>,
    output_format: Option<String>,
    svg_authors: Vec<Model>,
}

/// The authors of SVG files. A file that was made has an author whose tokens are billed; usage of zero
/// beside another format is of nobody.
fn authors(stated: impl IntoIterator<Item = Model>, format: Option<&str>) -> Vec<Model> {
    let counts = |model: &Model| {
        model.tokens.tokens().is_none_or(|tokens| tokens.input > 0 || tokens.output > 0)
    };
    let mut authors: Vec<Model> = stated.into_iter().filter(counts).collect();
    if authors.is_empty() && format == Some("svg") {
        let why = "the reply made an SVG and has no `svg_usage` of the model that wrote it";
        authors.push(Model { model: None, tokens: Stated::Missing(why.into()) });
    }
    authors
}

/// Whether a key holds usage of a kind that is not read.
fn is_other_usage(key: &str) -> bool {
    key.ends_with("usage") && !matches!(key, "usage" | "tool_usage" | "svg_usage")
}

impl ReplyTokens {
    /// Of a model that was not called.
    const NONE: ReplyTokens = ReplyTokens {
        input: 0,
        input_split: Some((0, 0)),
        cached: Cached::Split(0, 0),
        states_cached: true,
        output: 0,
        output_split: Some((0, 0)),
    };
}
