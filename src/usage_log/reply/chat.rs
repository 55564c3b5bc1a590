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

impl Reading<'_> {
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

/// What the reply itself says that it cost: beside the figure, and no part of it.
fn own_cost(usage: &Object) -> Option<Remark> {
    let cost = match usage.get("cost")? {
        Json::Whole(cost) => cost.to_string(),
        Json::OtherNumber(cost) => as_written(*cost),
        _ => return None,
    };
    Some(Remark::OwnCost { cost, path: usage.path_of("cost") })
}

/// A number as it was written: nothing is computed with it. Up to so many digits each decimal number has a float of its own,
/// so that its digits come back; of more it is said that they are near.
fn as_written(number: f64) -> String {
    let text = number.to_string();
    let digits = text.chars().filter(char::is_ascii_digit).skip_while(|digit| *digit == '0');
    if digits.count() <= f64::DIGITS as usize { text } else { format!("about {text}") }
}

#[cfg(test)]
mod tests {
    use super::as_written;

    #[test]
    fn what_others_charged_is_shown_digit_by_digit_or_said_to_be_near() {
        for written in ["0.0412", "0.000000123456789", "12.3456789012345", "-0.5"] {
            assert_eq!(as_written(written.parse().expect("a number")), written);
        }
        let long = "0.12345678901234567891".parse().expect("a number");
        assert_eq!(as_written(long), "about 0.12345678901234568");
    }
}
