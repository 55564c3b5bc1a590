//! A reply of the Responses API: the model that was asked, and the image model that it called.

use super::calls::CallsRead;
use super::failure;
use super::images::{self, common};
use super::keys;
use super::reading::{DECIDING, Reading, is_other_tier};
use super::tokens::{Cached, Of, ReplyTokens};
use super::unread::{billing, unread_under};
use super::{Model, Reply, Stated};
use crate::json::{Object, What};
use crate::note::Remark;
use crate::reason;

impl Reading<'_, '_> {
    /// A reply of the Responses API.
    pub(super) fn responses(&mut self, reply: &Object) -> Option<Reply> {
        self.say_nulls(reply, &DECIDING);
        self.remarks.extend(failure::error(reply).map(Remark::Failed));
        self.misspelled(reply, &keys::RESPONSES);
        if !reply.has("service_tier") {
            self.remarks.push(Remark::NoServiceTier);
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
            processing: None,
            tokens: tokens?,
            unread: self.take_unread(),
            remarks: std::mem::take(&mut self.remarks),
        })
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
                    self.remarks.push(Remark::UntypedTool(tool.path().to_owned()));
                }
                continue;
            }
            self.misspelled(&tool, &keys::IMAGE_TOOL);
            self.unread.extend(unread_under(&tool, |key| !matches!(key, "type" | "model")));
            named.extend(tool.text("model", &mut self.wrong));
        }
        named.dedup();
        if named.len() > 1 {
            self.wrong.push(reply.wrong("tools", What::SeveralModels(named.clone())));
        }
        named.pop()
    }
}

impl ReplyTokens {
    /// Of a model that was not called.
    pub(super) const NONE: ReplyTokens = ReplyTokens {
        input: 0,
        input_split: Some((0, 0)),
        cached: Cached::Split(0, 0),
        states_cached: true,
        output: 0,
        output_split: Some((0, 0)),
    };
}
