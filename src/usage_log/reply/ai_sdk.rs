//! The result of the AI SDK: one usage in camel case, and what the provider said of each image.

use super::images::common;
use super::reading::Reading;
use super::unread::{billing, unread_leaves};
use super::{Cached, DescribedImage, Reply, ReplyTokens, Stated};
use crate::json::{Object, What};
use crate::reason;

/// What is read of its usage.
const READ: [&str; 6] = [
    "inputTokens",
    "outputTokens",
    "totalTokens",
    "inputTokensDetails.textTokens",
    "inputTokensDetails.imageTokens",
    "cachedInputTokens",
];

impl Reading<'_, '_> {
    /// A result of the AI SDK, or its usage alone.
    pub(super) fn ai_sdk(&mut self, result: &Object) -> Option<Reply> {
        self.unread.extend(billing(
            result,
            &[
                "usage",
                "providerMetadata",
                "inputTokens",
                "outputTokens",
                "totalTokens",
                "cachedInputTokens",
                "inputTokensDetails",
            ],
        ));
        let of_images = self.described(result);
        let usage = match result.has("inputTokens") || result.has("outputTokens") {
            true => Some(result.clone()),
            false => result.object("usage", &mut self.wrong),
        };
        let tokens = match &usage {
            Some(usage) => self.ai_sdk_tokens(usage, &of_images),
            None => Stated::Missing(reason::Reply::NoUsage),
        };
        let listed = result.list("images", &mut self.wrong).map(|images| images.len());
        let listed = listed.or_else(|| result.has("image").then_some(1));
        let made: Vec<DescribedImage> = match listed {
            Some(count) if count != of_images.len() => {
                vec![DescribedImage { size: None, quality: None }; count]
            }
            _ => of_images.iter().map(|(image, _)| image.clone()).collect(),
        };
        let responses = result.objects("responses", &mut self.wrong).unwrap_or_default();
        let response = responses.first();
        Some(Reply {
            model: response.and_then(|it| it.text("modelId", &mut self.wrong)),
            size: common(&made, |image| &image.size),
            quality: common(&made, |image| &image.quality),
            images: (listed.is_some() || !made.is_empty()).then_some(made),
            calls: u32::try_from(responses.len().max(1)).unwrap_or(u32::MAX),
            created: response.and_then(|it| self.day_of_text(it, "timestamp")),
            unread: self.take_unread(),
            remarks: std::mem::take(&mut self.remarks),
            ..Reply::of_tokens(tokens)
        })
    }

    /// What the provider said of each image: how it was made, and the text and image input that is its share.
    fn described(&mut self, result: &Object) -> Vec<(DescribedImage, Option<(u64, u64)>)> {
        let Some(metadata) = result.object("providerMetadata", &mut self.wrong) else {
            return Vec::new();
        };
        let mut all = Vec::new();
        for provider in metadata.keys() {
            let Some(of_provider) = metadata.object(provider, &mut self.wrong) else { continue };
            self.unread.extend(billing(&of_provider, &["images"]));
            // A provider that says nothing of an image writes null in its place.
            let images = of_provider.list("images", &mut self.wrong).unwrap_or_default();
            let images = images.iter().filter_map(|(path, image)| Object::at(image, path));
            for image in images {
                let mut count = |key| image.count(key, &mut self.wrong);
                let split = match (count("textTokens"), count("imageTokens")) {
                    (None, None) => None,
                    (text, images) => Some((text.unwrap_or(0), images.unwrap_or(0))),
                };
                let mut text = |key| image.text(key, &mut self.wrong);
                all.push((DescribedImage { size: text("size"), quality: text("quality") }, split));
            }
        }
        all
    }

    fn ai_sdk_tokens(
        &mut self,
        usage: &Object,
        of_images: &[(DescribedImage, Option<(u64, u64)>)],
    ) -> Stated {
        if usage.path() == "usage" {
            self.unread.extend(unread_leaves(usage, &READ));
        }
        let mut count = |key| usage.count(key, &mut self.wrong);
        let (input, output) = (count("inputTokens"), count("outputTokens"));
        let (total, cached) = (count("totalTokens"), count("cachedInputTokens"));
        let (Some(input), Some(output)) = (input, output) else {
            return Stated::Missing(reason::Reply::NoCounts { path: "usage".into() });
        };
        if let Some(whole) = total.filter(|total| input.checked_add(output) != Some(*total)) {
            let parts = vec![input, output];
            self.wrong.push(usage.wrong("totalTokens", What::Sum { whole, parts }));
        }
        let details = usage.object("inputTokensDetails", &mut self.wrong);
        let own = details.and_then(|details| {
            let mut count = |key| details.count(key, &mut self.wrong);
            Some((count("textTokens")?, count("imageTokens")?))
        });
        let split = own.or_else(|| shares(of_images));
        if let Some((text, images)) =
            split.filter(|(text, images)| text.checked_add(*images) != Some(input))
        {
            let what = What::Sum { whole: input, parts: vec![text, images] };
            self.wrong.push(usage.wrong("inputTokens", what));
        }
        if cached.is_some_and(|cached| cached > input) {
            self.wrong.push(usage.wrong("cachedInputTokens", What::MoreCached));
        }
        Stated::Tokens(ReplyTokens {
            input,
            input_split: split.or((input == 0).then_some((0, 0))),
            cached: cached.map_or(Cached::Split(0, 0), Cached::Together),
            states_cached: cached.is_some(),
            output,
            output_split: None,
        })
    }
}

/// The text and image input of all images together; `None` where one of them does not tell.
fn shares(of_images: &[(DescribedImage, Option<(u64, u64)>)]) -> Option<(u64, u64)> {
    let mut sum = None;
    for (_, split) in of_images {
        let (text, images) = (*split)?;
        let (texts, all_images) = sum.unwrap_or((0_u64, 0_u64));
        sum = Some((texts.checked_add(text)?, all_images.checked_add(images)?));
    }
    sum
}
