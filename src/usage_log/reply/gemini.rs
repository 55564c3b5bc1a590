//! A reply of the Gemini API: its `usageMetadata` counts thoughts apart, and the parts of each side by what they are.

use super::reading::Reading;
use super::unread::unread_leaves;
use super::{Cached, DescribedImage, NotDelivered, Reply, ReplyTokens, Stated};
use crate::catalog::terms::Event;
use crate::json::{Json, Object, What};
use crate::reason;

/// What is read of a `usageMetadata`.
const READ: [&str; 10] = [
    "promptTokenCount",
    "candidatesTokenCount",
    "thoughtsTokenCount",
    "toolUsePromptTokenCount",
    "cachedContentTokenCount",
    "totalTokenCount",
    "promptTokensDetails",
    "candidatesTokensDetails",
    "toolUsePromptTokensDetails",
    "cacheTokensDetails",
];
/// Ways to end by which an image was made and withheld.
const WITHHELD: [&str; 8] = [
    "SAFETY",
    "IMAGE_SAFETY",
    "IMAGE_PROHIBITED_CONTENT",
    "IMAGE_RECITATION",
    "PROHIBITED_CONTENT",
    "RECITATION",
    "BLOCKLIST",
    "SPII",
];

impl Reading<'_, '_> {
    /// A reply of the Gemini API, or its `usageMetadata` alone.
    pub(super) fn gemini(&mut self, reply: &Object) -> Option<Reply> {
        let usage = match reply.has("promptTokenCount") {
            true => Some(reply.clone()),
            false => reply.object("usageMetadata", &mut self.wrong),
        };
        let tokens = match &usage {
            Some(usage) => self.gemini_tokens(usage),
            None => Stated::Missing(reason::Reply::NoUsage),
        };
        let candidates = reply.objects("candidates", &mut self.wrong);
        let images = candidates.as_ref().map(|candidates| self.drawn(candidates));
        let not_delivered = self.ended_without(reply, candidates.as_deref().unwrap_or_default());
        Some(Reply {
            model: reply.text("modelVersion", &mut self.wrong),
            images: if not_delivered.is_empty() {
                images
            } else {
                Some(images.unwrap_or_default())
            },
            not_delivered,
            created: self.day_of_text(reply, "createTime"),
            unread: self.take_unread(),
            remarks: std::mem::take(&mut self.remarks),
            ..Reply::of_tokens(tokens)
        })
    }

    fn gemini_tokens(&mut self, usage: &Object) -> Stated {
        let mut read = READ.to_vec();
        // Served on demand is how the rates of the tables are; any other way may have its own.
        if matches!(usage.get("trafficType"), Some(Json::Text(kind)) if kind == "ON_DEMAND") {
            read.push("trafficType");
        }
        self.unread.extend(unread_leaves(usage, &read));
        let mut count = |key| usage.count(key, &mut self.wrong).unwrap_or(0);
        let [prompt, drawn, thoughts, tools, cached, total] = [
            count("promptTokenCount"),
            count("candidatesTokenCount"),
            count("thoughtsTokenCount"),
            count("toolUsePromptTokenCount"),
            count("cachedContentTokenCount"),
            count("totalTokenCount"),
        ];
        let sum = [prompt, drawn, thoughts, tools]
            .into_iter()
            .try_fold(0_u64, |sum, part| sum.checked_add(part));
        if total > 0 && sum != Some(total) {
            let what = What::Sum { whole: total, parts: vec![prompt, drawn, thoughts, tools] };
            self.wrong.push(usage.wrong("totalTokenCount", what));
        }
        let input_images = self.images_among(usage, "promptTokensDetails", prompt);
        let output_images = self.images_among(usage, "candidatesTokensDetails", drawn);
        let cached_images = self.images_among(usage, "cacheTokensDetails", cached);
        if cached > prompt {
            self.wrong.push(usage.wrong("cachedContentTokenCount", What::MoreCached));
        }
        if prompt == 0 && drawn == 0 {
            return Stated::Missing(reason::Reply::NoCounts { path: "usageMetadata".into() });
        }
        let (input, output) = (prompt.saturating_add(tools), drawn.saturating_add(thoughts));
        Stated::Tokens(ReplyTokens {
            input,
            input_split: input_images.map(|images| (input - images, images)),
            cached: match cached_images {
                Some(images) => Cached::Split(cached - images, images),
                None if cached == 0 => Cached::Split(0, 0),
                None => Cached::Together(cached),
            },
            // A count of none is left out of this API's JSON.
            states_cached: true,
            output,
            output_split: output_images.map(|images| (images, output - images)),
        })
    }

    /// The image tokens among the details of a count; the rest is billed as text. `None` without details.
    fn images_among(&mut self, usage: &Object, key: &str, all: u64) -> Option<u64> {
        let details = usage.objects(key, &mut self.wrong)?;
        let mut images = 0_u64;
        for detail in &details {
            let count = detail.count("tokenCount", &mut self.wrong).unwrap_or(0);
            match detail.text("modality", &mut self.wrong).as_deref() {
                Some("IMAGE") => images = images.saturating_add(count),
                Some("TEXT") => {}
                _ => self.unread.extend(unread_leaves(detail, &["modality"])),
            }
        }
        if images > all {
            self.wrong.push(usage.wrong(key, What::MoreImages { images, all }));
        }
        (images <= all).then_some(images)
    }

    /// The images of the answers. What was drawn while thinking is no result.
    fn drawn(&mut self, candidates: &[Object]) -> Vec<DescribedImage> {
        let mut images = Vec::new();
        for candidate in candidates {
            let content = candidate.object("content", &mut self.wrong);
            let parts = content.and_then(|it| it.objects("parts", &mut self.wrong));
            let is_image = |part: &&Object| {
                let thought = matches!(part.get("thought"), Some(Json::Bool(true)));
                !thought
                    && (part.has("inlineData") || part.has("inline_data") || part.has("fileData"))
            };
            let drawn = parts.iter().flatten().filter(is_image);
            images.extend(drawn.map(|_| DescribedImage { size: None, quality: None }));
        }
        images
    }

    /// What ended without an image, by the word of the API.
    fn ended_without(&mut self, reply: &Object, candidates: &[Object]) -> Vec<NotDelivered> {
        let of = |status: String, events: &'static [Event]| NotDelivered {
            status,
            asked: DescribedImage { size: None, quality: None },
            holds_picture: false,
            events,
            error: None,
        };
        let feedback = reply.object("promptFeedback", &mut self.wrong);
        let blocked = feedback.and_then(|it| it.text("blockReason", &mut self.wrong));
        let mut ended: Vec<NotDelivered> =
            blocked.into_iter().map(|why| of(why, &[Event::BlockAtInput])).collect();
        for candidate in candidates {
            let finish = candidate.text("finishReason", &mut self.wrong).unwrap_or_default();
            let delivers = !self.drawn(std::slice::from_ref(candidate)).is_empty();
            if finish.is_empty() || finish == "STOP" || delivers {
                continue;
            }
            let withheld = WITHHELD.contains(&finish.as_str());
            let events: &'static [Event] = if withheld {
                &[Event::BlockAtOutput]
            } else {
                &[Event::ServerError, Event::BlockAtOutput]
            };
            ended.push(of(finish, events));
        }
        ended
    }
}
