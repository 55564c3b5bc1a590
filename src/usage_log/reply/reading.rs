//! The parts of a reply in its shape: images, tokens of each model, and what else may bill.

use super::images::{self, Calls, common};
use super::tokens::{self, Cached, Of, ReplyTokens};
use super::unread::{item, nulls, unread_under};
use super::{Made, Model, Reply, Stated};
use crate::request::{Json, Object};
use crate::unread::Unread;

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

/// What is found on the way.
#[derive(Default)]
pub(super) struct Reading {
    unread: Vec<Unread>,
    remarks: Vec<String>,
    /// Every value that is wrong, a sentence each.
    pub wrong: Vec<String>,
}

impl Reading {
    /// A reply of the Images API, an event of it, or the usage alone.
    pub(super) fn images_api(&mut self, reply: &Object) -> Option<Reply> {
        self.say_nulls(reply, &DECIDING);
        let images = images::listed(reply, &mut self.remarks, &mut self.wrong);
        // An item that is no object is a problem already.
        for item in reply.objects("data", &mut Vec::new()).unwrap_or_default() {
            self.unread.extend(unread_under(&item, looks_like_usage));
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

    /// A reply of the Responses API.
    pub(super) fn responses(&mut self, reply: &Object) -> Option<Reply> {
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
    let (mut authors, zero): (Vec<Model>, Vec<Model>) = stated.into_iter().partition(counts);
    if authors.is_empty() && format == Some("svg") {
        let why = match zero.is_empty() {
            true => "the reply made an SVG and has no `svg_usage` of the model that wrote it",
            false => "the `svg_usage` of the reply is zero and an SVG was delivered",
        };
        let model = zero.into_iter().find_map(|author| author.model);
        authors.push(Model { model, tokens: Stated::Missing(why.into()) });
    }
    authors
}

/// Whether a key holds usage of a kind that is not read, or is a key that decides the figure in other letters.
fn is_other_usage(key: &str) -> bool {
    let is_tier = key != "service_tier" && key.eq_ignore_ascii_case("service_tier");
    is_tier || looks_like_usage(key) && !matches!(key, "usage" | "tool_usage" | "svg_usage")
}

/// Whether a key is called like usage; limits such as `max_output_tokens` are not.
fn looks_like_usage(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    key.ends_with("usage") || key.ends_with("usages") || key == "tokens"
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
