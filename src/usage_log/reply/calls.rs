//! The image calls of a Responses reply.

use super::failure;
use super::images::{self, Call};
use super::keys;
use super::reading::{Reading, is_other_tier};
use super::svg::author_of;
use super::unread::{billing, item, unread_under};
use super::{DescribedImage, Model, NotDelivered};
use crate::json::Object;

/// Keys of an image call whose `null` is said, since what stands there decides the figure.
const DECIDING: [&str; 4] = ["status", "size", "quality", "svg_usage"];

/// The image calls of a Responses reply, with the authors of their SVG files.
#[derive(Default)]
pub(super) struct CallsRead {
    pub count: u32,
    pub made: Vec<DescribedImage>,
    pub not_delivered: Vec<NotDelivered>,
    /// The format that the last of them made.
    pub output_format: Option<String>,
    pub svg_authors: Vec<Model>,
}

impl Reading<'_, '_> {
    /// The image calls among the items of a Responses reply. Any other item may bill by being there.
    pub(super) fn image_calls(&mut self, items: &[Object], searches: Option<u64>) -> CallsRead {
        let mut calls = CallsRead::default();
        for object in items {
            match object.text("type", &mut self.wrong).as_deref() {
                Some("image_generation_call") => self.image_call(object, &mut calls),
                // `tool_usage.web_search` counts the searches that bill, and not every call is one. A count of none beside a
                // call is a contradiction, and the call may bill.
                Some("web_search_call") if searches.is_some_and(|count| count > 0) => {
                    self.unread.extend(billing(object, &[]));
                }
                kind => {
                    self.misspelled(object, &keys::ITEM);
                    let kind = kind.unwrap_or("an item without a type");
                    self.unread.push(item(&format!("output.{kind}"), object));
                    self.unread.extend(billing(object, &[]));
                }
            }
        }
        calls
    }

    fn image_call(&mut self, object: &Object, calls: &mut CallsRead) {
        self.say_nulls(object, &DECIDING);
        self.misspelled(object, &keys::CALL);
        self.unread.extend(unread_under(object, is_other_tier));
        self.unread.extend(billing(object, &["svg_usage"]));
        self.unread
            .extend(unread_under(object, |key| key == "n").into_iter().filter(|n| n.value != "1"));
        let Call { made, not_delivered, output_format } =
            images::call(object, &mut self.remarks, &mut self.wrong);
        calls.count = calls.count.saturating_add(1);
        calls.svg_authors.extend(author_of(self.svg_author(object), output_format.as_deref()));
        calls.output_format = output_format.or(calls.output_format.take());
        match not_delivered {
            Some((status, holds_picture)) => {
                let events = failure::of_call(&status);
                let asked = made;
                let call = NotDelivered { status, asked, holds_picture, events, error: None };
                calls.not_delivered.push(call);
            }
            None => calls.made.push(made),
        }
    }
}
