//! A pasted API reply → usage. Its counts are taken as they are, and what bills and is not read is named.
//!
//! ```text
//! text ─ shape (which it is) ─ read ─┬─ images_api ─┬─► Reply ─ counts ─► usage
//!                                    ├─ responses ──┤
//!                                    ├─ chat, gemini, ai_sdk
//!                                    └─ failure ────┘
//! all: tokens (of each model), words (in which they are counted) · calls (of the image tool, delivered or not) · svg (who wrote the files)
//!       images (how many, as what, on which day) · keys (what is read, and what is spelled like it)
//!       unread (every other key that may bill), nulls
//! ```
//!
//! A reply of the Images API, or the `completed` event of its stream, has one usage; one of the Responses API has the
//! mainline model's at its top level, and the image model's under `tool_usage.image_gen`.

mod ai_sdk;
mod calls;
mod chat;
mod counts;
mod failure;
mod gemini;
mod images;
mod images_api;
mod keys;
mod read;
mod reading;
mod responses;
mod svg;
mod tokens;
mod unread;
mod words;

use chrono::NaiveDate;

use crate::catalog::conditions::Processing;
use crate::catalog::terms::Event;
use crate::note::Remark;
use crate::reason::failed_attempt::FailedAttempt;
use crate::unread::Unread;

pub use counts::{Counts, Ends, counts};
pub(crate) use failure::{of_logged, of_status as of_failure};
pub use keys::is_read;
pub use read::read;
pub(crate) use read::{AS_SENT, of_object};
pub use tokens::{Cached, ReplyTokens};
pub(crate) use unread::{billing, bills};

/// What a reply says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The image model, if the reply names it.
    pub model: Option<String>,
    /// The size that it says it made; `None` if it does not say, or made several.
    pub size: Option<String>,
    /// The quality that it says it made; `None` if it does not say, or made several.
    pub quality: Option<String>,
    /// The format that it says it made.
    pub output_format: Option<String>,
    /// The day it was made, if it carries one.
    pub created: Option<NaiveDate>,
    /// The images that it delivered, if it lists them: none is an empty list.
    pub images: Option<Vec<DescribedImage>>,
    /// The image calls that delivered nothing.
    pub not_delivered: Vec<NotDelivered>,
    /// How often the image model was called.
    pub calls: u32,
    /// The tokens of the image model.
    pub tokens: Stated,
    /// The mainline model of a Responses reply and its tokens.
    pub mainline: Option<Model>,
    /// The models that wrote SVG files, and their tokens.
    pub svg_authors: Vec<Model>,
    /// How it was served, as `service_tier` says it.
    pub service_tier: Option<String>,
    /// How it was processed, where its shape tells: what stands in the output of a Batch, whose tier is the standard one.
    pub processing: Option<Processing>,
    /// What may bill and is not read here.
    pub unread: Vec<Unread>,
    /// What is to be said of the way it was read, a sentence each.
    pub remarks: Vec<Remark>,
}

/// An image as the reply describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DescribedImage {
    /// Its size.
    pub size: Option<String>,
    /// Its quality.
    pub quality: Option<String>,
}

/// A call of the image tool that delivered nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotDelivered {
    /// How it ended, in the word of the API: `failed`, `in_progress`, `incomplete`.
    pub status: String,
    /// What it was to make.
    pub asked: DescribedImage,
    /// Whether it holds a picture all the same, which contradicts how it ended.
    pub holds_picture: bool,
    /// What can have happened to it.
    pub events: &'static [Event],
    /// What failed, where the whole reply is an error.
    pub error: Option<FailedAttempt>,
}

/// A model beside the image model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Model {
    /// Its id, if the reply names it.
    pub model: Option<String>,
    /// Its tokens.
    pub tokens: Stated,
}

/// The tokens of a model that must be billed: stated, or missing. What is missing is not zero.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stated {
    /// The counts.
    Tokens(ReplyTokens),
    /// Why there are none.
    Missing(crate::reason::Reply),
}

impl Stated {
    /// The counts, if they are stated.
    pub fn tokens(&self) -> Option<&ReplyTokens> {
        match self {
            Stated::Tokens(tokens) => Some(tokens),
            Stated::Missing(_) => None,
        }
    }
}

impl Reply {
    /// One of which nothing is known but its tokens.
    pub(crate) fn of_tokens(tokens: Stated) -> Reply {
        Reply {
            model: None,
            size: None,
            quality: None,
            output_format: None,
            created: None,
            images: None,
            not_delivered: Vec::new(),
            calls: 1,
            tokens,
            mainline: None,
            svg_authors: Vec::new(),
            service_tier: None,
            processing: None,
            unread: Vec::new(),
            remarks: Vec::new(),
        }
    }

    /// One of which a log says its tokens, and the images that were delivered, where it counts them.
    pub(crate) fn of_log(tokens: ReplyTokens, images: Option<Vec<DescribedImage>>) -> Reply {
        let first = images.iter().flatten().next().cloned();
        let (size, quality) = first.map_or((None, None), |image| (image.size, image.quality));
        Reply { images, size, quality, ..Reply::of_tokens(Stated::Tokens(tokens)) }
    }

    /// The same, read from so many chunks of a stream.
    #[must_use]
    pub(crate) fn came_in(mut self, chunks: usize) -> Reply {
        if chunks > 1 {
            self.remarks.push(Remark::Chunks(chunks));
        }
        self
    }

    /// How it was processed and billed, as far as it tells: by its shape, else by its tier.
    pub fn processed(&self) -> Option<Processing> {
        self.processing.or_else(|| self.service_tier.as_deref().and_then(Processing::of_tier))
    }

    /// The tier that it was served at, where no rates can be told by it: one for which tables have no word, or another
    /// than the standard one beside what stands in the output of a Batch.
    pub fn other_tier(&self) -> Option<&str> {
        let tier = self.service_tier.as_deref()?;
        match (Processing::of_tier(tier), self.processing) {
            (Some(Processing::Standard), _) | (Some(_), None) => None,
            _ => Some(tier),
        }
    }

    /// Whether it lists its images, and there are none.
    pub fn delivered_none(&self) -> bool {
        self.images.as_ref().is_some_and(Vec::is_empty)
    }

    /// Whether it does not tell how many images there were: it does not list them, or counts image output and lists no
    /// image call, as copies without their items do.
    pub fn leaves_out_images(&self) -> bool {
        let output = |tokens: &ReplyTokens| tokens.output > 0;
        let lists_none = self.delivered_none() && self.calls == 0;
        self.images.is_none() || lists_none && self.tokens.tokens().is_some_and(output)
    }

    /// Whether it says for certain that nothing was delivered.
    pub fn holds_no_picture(&self) -> bool {
        self.delivered_none() && self.not_delivered.iter().all(|call| !call.holds_picture)
    }

    /// The images as far as they are known: those that are listed, else one.
    pub fn made(&self) -> Vec<DescribedImage> {
        self.images.clone().unwrap_or_else(|| {
            vec![DescribedImage { size: self.size.clone(), quality: self.quality.clone() }]
        })
    }
}
