//! A reply of the Images API.

use super::failure;
use super::images::{self, common};
use super::keys;
use super::reading::{DECIDING, Reading, is_other_tier};
use super::svg::author_of;
use super::tokens::Of;
use super::unread::{billing, unread_leaves, unread_under};
use super::words::Words;
use super::{DescribedImage, Reply, Stated};
use crate::json::{Object, What};
use crate::note::Remark;
use crate::reason;

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

/// The count of a usage that is one of images: what was read is in none, and the output has no split.
const COUNTED_IMAGES: &str = "generated_images";

impl Reading<'_, '_> {
    /// A usage that counts images, as of makers who charge for them alone.
    fn counted_by_image(&mut self, usage: &Object) -> Stated {
        self.unread
            .extend(unread_leaves(usage, &[COUNTED_IMAGES, "output_tokens", "total_tokens"]));
        for key in [COUNTED_IMAGES, "output_tokens", "total_tokens"] {
            usage.count(key, &mut self.wrong);
        }
        Stated::Missing(reason::Reply::ImagesCounted)
    }

    /// The images that are counted are those that are listed.
    fn check_counted(&mut self, reply: &Object, listed: &[DescribedImage]) {
        let Some(usage) = reply.object("usage", &mut Vec::new()) else { return };
        let counted = usage.count(COUNTED_IMAGES, &mut Vec::new());
        if let Some(counted) = counted.filter(|counted| *counted != listed.len() as u64) {
            let what = What::OtherCount { counted, listed: listed.len() };
            self.wrong.push(usage.wrong(COUNTED_IMAGES, what));
        }
    }

    /// A reply of the Images API, an event of it, or the usage alone.
    pub(super) fn images_api(&mut self, reply: &Object) -> Option<Reply> {
        self.say_nulls(reply, &DECIDING);
        self.remarks.extend(failure::error(reply).map(Remark::Failed));
        let images = images::listed(reply, &mut self.remarks, &mut self.wrong);
        // An item that is no object is a problem already.
        let items = reply.objects("data", &mut Vec::new()).unwrap_or_default();
        for item in &items {
            self.misspelled(item, &keys::IMAGE);
            self.unread.extend(billing(item, &[]));
        }
        self.check_counted(reply, images.as_deref().unwrap_or_default());
        let tokens = if !reply.has("usage") && Words::of(reply).is_some() {
            self.tokens(reply, Of::ImageModel, &BESIDE_USAGE)
        } else {
            self.misspelled(reply, &keys::IMAGES);
            self.unread.extend(unread_under(reply, is_other_tier));
            self.unread.extend(billing(reply, &["usage", "svg_usage", "data"]));
            match reply.object("usage", &mut self.wrong) {
                Some(usage) if usage.has(COUNTED_IMAGES) => Some(self.counted_by_image(&usage)),
                Some(usage) => self.tokens(&usage, Of::ImageModel, &[]),
                None => Some(Stated::Missing(reason::Reply::NoUsage)),
            }
        };
        let output_format = reply.text("output_format", &mut self.wrong);
        let svg_authors = author_of(self.svg_author(reply), output_format.as_deref());
        let own = DescribedImage {
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
            not_delivered: failure::of_items(&items, &mut self.wrong),
            calls: 1,
            mainline: None,
            svg_authors: svg_authors.into_iter().collect(),
            service_tier: reply.text("service_tier", &mut self.wrong),
            processing: None,
            tokens: tokens?,
            unread: self.take_unread(),
            remarks: std::mem::take(&mut self.remarks),
        })
    }
}
