//! A reply of the Chat Completions API, as gateways answer for models that make images.

use super::images;
use super::reading::{DECIDING, Reading, is_other_tier};
use super::tokens::Of;
use super::unread::{billing, unread_under};
use super::{DescribedImage, Reply, Stated};
use crate::json::{Json, Object};
use crate::note::Remark;
use crate::reason;

/// What a gateway says of its own bill, beside the counts.
const OWN_BILL: [&str; 3] = ["cost", "cost_details", "is_byok"];

impl Reading<'_, '_> {
    /// A reply in the words of chat completions: the images stand in its messages.
    pub(super) fn chat(&mut self, reply: &Object) -> Option<Reply> {
        self.say_nulls(reply, &DECIDING);
        self.unread.extend(unread_under(reply, is_other_tier));
        self.unread.extend(billing(reply, &["usage", "choices"]));
        let choices = reply.objects("choices", &mut self.wrong).unwrap_or_default();
        let usage = reply.object("usage", &mut self.wrong);
        let tokens = match &usage {
            Some(usage) => self.tokens(usage, Of::ImageChat, &OWN_BILL),
            None => Some(Stated::Missing(reason::Reply::NoUsage)),
        };
        self.remarks.extend(usage.as_ref().and_then(own_cost));
        Some(Reply {
            model: reply.text("model", &mut self.wrong),
            images: self.images_of(&choices),
            created: images::day(reply, &mut self.remarks, &mut self.wrong),
            service_tier: reply.text("service_tier", &mut self.wrong),
            unread: self.take_unread(),
            remarks: std::mem::take(&mut self.remarks),
            ..Reply::of_tokens(tokens?)
        })
    }

    /// The images of the messages; `None` where no message lists any, be it that there are none or that a log leaves
    /// them out.
    fn images_of(&mut self, choices: &[Object]) -> Option<Vec<DescribedImage>> {
        let messages =
            choices.iter().filter_map(|choice| choice.object("message", &mut self.wrong));
        let messages: Vec<Object> = messages.collect();
        let lists = messages.iter().filter_map(|message| message.list("images", &mut self.wrong));
        let count = lists.map(|images| images.len()).reduce(|a, b| a + b)?;
        Some(vec![DescribedImage { size: None, quality: None }; count])
    }
}

/// What the reply itself says that it cost, digit by digit: beside the figure, and no part of it.
fn own_cost(usage: &Object) -> Option<Remark> {
    let path = usage.path_of("cost");
    let cost = match usage.get("cost")? {
        Json::Null => return None,
        Json::Text(cost) => cost.to_string(),
        Json::Whole(cost) => cost.to_string(),
        Json::OtherNumber(cost) => cost.to_string(),
        other => other.kind().to_owned(),
    };
    Some(Remark::OwnCost { cost, path })
}
