//! The parts of a reply in its shape: images, tokens of each model, and what else may bill.

use super::calls::{CallsRead, author_of};
use super::images::{self, common};
use super::keys::{self, Level};
use super::shape;
use super::tokens::{self, Cached, Of, ReplyTokens};
use super::unread::{billing, nulls, unread_under};
use super::{Made, Model, Reply, Stated};
use crate::reason;
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
pub(super) struct Reading<'a> {
    /// Keys that bill nothing, as the user says.
    ignored_keys: &'a [String],
    pub unread: Vec<Unread>,
    pub remarks: Vec<String>,
    /// Every value that is wrong, a sentence each.
    pub wrong: Vec<String>,
}

impl<'a> Reading<'a> {
    pub(super) fn new(ignored_keys: &'a [String]) -> Reading<'a> {
        Reading { ignored_keys, ..Reading::default() }
    }

    /// What is not read, each place once: a key that is left out may be found in two ways.
    fn take_unread(&mut self) -> Vec<Unread> {
        let mut once: Vec<Unread> = Vec::new();
        for unread in std::mem::take(&mut self.unread) {
            if once.iter().all(|known| known.path != unread.path) {
                once.push(unread);
            }
        }
        once
    }

    /// Refuses keys that are spelled like one that is read.
    pub(super) fn misspelled(&mut self, object: &Object, level: &Level) {
        let left_out = keys::report_misspelled(object, level, self.ignored_keys, &mut self.wrong);
        self.unread.extend(left_out);
    }

    /// A reply of the Images API, an event of it, or the usage alone.
    pub(super) fn images_api(&mut self, reply: &Object) -> Option<Reply> {
        self.say_nulls(reply, &DECIDING);
        let error = shape::error(reply);
        self.remarks
            .extend(error.map(|error| format!("{error}; what it counts is rated as it stands")));
        let images = images::listed(reply, &mut self.remarks, &mut self.wrong);
        // An item that is no object is a problem already.
        for item in reply.objects("data", &mut Vec::new()).unwrap_or_default() {
            self.misspelled(&item, &keys::IMAGE);
            self.unread.extend(billing(&item, &[]));
        }
        let tokens = if !reply.has("usage") && reply.get("input_tokens").is_some() {
            self.tokens(reply, Of::ImageModel, &BESIDE_USAGE)
        } else {
            self.misspelled(reply, &keys::IMAGES);
            self.unread.extend(unread_under(reply, is_other_tier));
            self.unread.extend(billing(reply, &["usage", "svg_usage", "data"]));
            match reply.object("usage", &mut self.wrong) {
                Some(usage) => self.tokens(&usage, Of::ImageModel, &[]),
                None => Some(Stated::Missing(reason::Reply::NoUsage)),
            }
        };
        let output_format = reply.text("output_format", &mut self.wrong);
        let svg_authors = author_of(self.svg_author(reply), output_format.as_deref());
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
            not_delivered: Vec::new(),
            calls: 1,
            mainline: None,
            svg_authors: svg_authors.into_iter().collect(),
            service_tier: reply.text("service_tier", &mut self.wrong),
            tokens: tokens?,
            unread: self.take_unread(),
            remarks: std::mem::take(&mut self.remarks),
        })
    }

    /// A reply of the Responses API.
    pub(super) fn responses(&mut self, reply: &Object) -> Option<Reply> {
        self.say_nulls(reply, &DECIDING);
        let error = shape::error(reply);
        self.remarks
            .extend(error.map(|error| format!("{error}; what it counts is rated as it stands")));
        self.misspelled(reply, &keys::RESPONSES);
        if !reply.has("service_tier") {
            let text =
                "the reply does not say its service tier: rated as served at the standard one";
            self.remarks.push(text.to_owned());
        }
        self.unread.extend(unread_under(reply, is_other_tier));
        self.unread.extend(billing(reply, &["usage", "tool_usage", "svg_usage", "output"]));
        let items = reply.objects("output", &mut self.wrong);
        let tool_usage = reply.object("tool_usage", &mut self.wrong);
        let searches = self.searches(tool_usage.as_ref());
        let calls = self.image_calls(items.as_deref().unwrap_or_default(), searches);
        let tokens = self.of_image_tool(tool_usage.as_ref(), items.as_deref(), &calls);
        let usage = reply.object("usage", &mut self.wrong);
        let mainline = match &usage {
            Some(usage) => self.tokens(usage, Of::Mainline, &[]),
            None => Some(Stated::Missing(reason::Reply::NoMainlineUsage)),
        };
        let made = calls.made.clone();
        Some(Reply {
            model: self.image_model(reply),
            size: common(&made, |image| &image.size),
            quality: common(&made, |image| &image.quality),
            output_format: calls.output_format,
            created: images::day(reply, &mut self.remarks, &mut self.wrong),
            images: items.is_some().then_some(made),
            calls: if items.is_some() { calls.count } else { 1 },
            not_delivered: calls.not_delivered,
            mainline: Some(Model {
                model: reply.text("model", &mut self.wrong),
                tokens: mainline?,
            }),
            svg_authors: self.all_svg_authors(reply, calls.svg_authors),
            service_tier: reply.text("service_tier", &mut self.wrong),
            tokens: tokens?,
            unread: self.take_unread(),
            remarks: std::mem::take(&mut self.remarks),
        })
    }

    pub(super) fn tokens(&mut self, usage: &Object, of: Of, also_read: &[&str]) -> Option<Stated> {
        let beside = match of {
            Of::SvgAuthor => Some(&keys::SVG_USAGE),
            _ if !also_read.is_empty() => Some(&keys::USAGE_ALONE),
            _ => None,
        };
        keys::report_misspelled_counts(usage, beside, self.ignored_keys, &mut self.wrong);
        let stated = tokens::read(usage, of, also_read, &mut self.unread, &mut self.wrong)?;
        self.say_not_counted(usage, of, &stated);
        Some(stated)
    }

    /// Says which counts the usage does not have and are taken to be none.
    fn say_not_counted(&mut self, usage: &Object, of: Of, stated: &Stated) {
        let Some(tokens) = stated.tokens().filter(|tokens| tokens.input > 0) else { return };
        let path =
            if usage.path().is_empty() { "the usage" } else { &format!("`{}`", usage.path()) };
        if !tokens.states_cached && tokens.cached != Cached::NotStated {
            self.remarks.push(format!(
                "{path} has no count of cached tokens, as the type of the API has none: none is taken to be \
                 cached"
            ));
        }
        if of == Of::Mainline && !tokens::states_cache_writes(usage) {
            self.remarks.push(format!(
                "{path} has no count of tokens written to a cache (cache_write_tokens): none is taken to be"
            ));
        }
    }

    /// How many searches bill, as `tool_usage` counts them.
    fn searches(&mut self, tool_usage: Option<&Object>) -> Option<u64> {
        let searches = tool_usage.and_then(|tools| tools.object("web_search", &mut self.wrong));
        if let Some(searches) = &searches {
            self.misspelled(searches, &keys::SEARCHES);
        }
        searches.and_then(|searches| searches.count("num_requests", &mut self.wrong))
    }

    /// The tokens of the image model in a Responses reply, which never stand in its `usage`.
    fn of_image_tool(
        &mut self,
        tool_usage: Option<&Object>,
        items: Option<&[Object]>,
        calls: &CallsRead,
    ) -> Option<Stated> {
        if let Some(tools) = tool_usage {
            self.misspelled(tools, &keys::TOOL_USAGE);
            self.unread.extend(unread_under(tools, |tool| tool != "image_gen"));
        }
        let image_gen = tool_usage.and_then(|tools| tools.object("image_gen", &mut self.wrong));
        match image_gen {
            Some(usage) => self.tokens(&usage, Of::ImageTool, &[]),
            None if calls.count == 0 && items.is_some_and(|items| !items.is_empty()) => {
                Some(Stated::Tokens(ReplyTokens::NONE))
            }
            None => Some(Stated::Missing(reason::Reply::NoToolUsage)),
        }
    }

    /// The image model that the tool names.
    fn image_model(&mut self, reply: &Object) -> Option<String> {
        let mut named: Vec<String> = Vec::new();
        for tool in reply.objects("tools", &mut self.wrong).unwrap_or_default() {
            self.say_nulls(&tool, &["type", "model"]);
            let kind = tool.text("type", &mut self.wrong);
            if kind.as_deref() != Some("image_generation") {
                self.misspelled(&tool, &keys::TOOL);
                if kind.is_none() {
                    self.remarks.push(format!("`{}` has no type and is not read", tool.path()));
                }
                continue;
            }
            self.misspelled(&tool, &keys::IMAGE_TOOL);
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
    pub(super) fn say_nulls(&mut self, object: &Object, keys: &[&str]) {
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

/// Whether a key is that of the tier, which decides every price, in other letters.
pub(super) fn is_other_tier(key: &str) -> bool {
    key != "service_tier" && key.eq_ignore_ascii_case("service_tier")
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
