//! The request: what would be sent.
//!
//! ```text
//! flags, API body (api_body, responses_body: body_parts, unread_keys), Batch line (batch_file) ─► Draft ─ settle(model rules) ─► Request
//! ```
//!
//! A [`Draft`] is what was asked, with gaps; a [`Request`] is complete and legal for its model, and
//! says which of its values were assumed.

pub mod api_body;
mod base64_text;
pub mod batch_file;
mod body_parts;
mod conversation;
pub(crate) mod error;
mod parameter;
mod help;
pub mod image_file;
pub mod named_files;
pub mod refusals;
mod refused;
mod responses_body;
mod settle;
mod unread_keys;

pub use batch_file::Endpoint;
pub use conversation::MainlineTurn;
pub use error::{Bounded, RequestError};
pub use named_files::NamedFiles;
pub use parameter::Parameter;
pub(crate) use refused::in_dispute;
pub use settle::settle;
pub use unread_keys::Reading;

use std::num::NonZeroU32;

use crate::catalog::conditions::Processing;
use crate::note::Note;
use crate::size::{NoSize, Size};
use crate::unread::Sorted;

/// A request as asked, before gaps are filled.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Draft {
    /// The model's id or alias.
    pub model: Option<String>,
    /// `WIDTHxHEIGHT` or `auto`.
    pub size: Option<String>,
    /// A quality label or `auto`.
    pub quality: Option<String>,
    /// How many images the request asks for.
    pub n: Option<u64>,
    /// The prompt, in one of three forms.
    pub prompt: Option<Prompt>,
    /// Whether it is an edit even without an image that is known here.
    pub edit: bool,
    /// Reference images.
    pub input_images: Vec<InputImage>,
    /// `low` or `high`.
    pub input_fidelity: Option<String>,
    /// Preview images to stream, per image.
    pub partial_images: Option<u64>,
    /// How it is processed.
    pub processing: Option<Processing>,
    /// Billed prompt tokens that are read from a cache, of the whole request.
    pub cached_text_tokens: Option<u64>,
    /// Billed image tokens that are read from a cache, of the whole request.
    pub cached_image_tokens: Option<u64>,
    /// Text tokens that the model writes for an image, by the user's own experience.
    pub text_output_tokens: Option<u64>,
    /// The format of the output, where it was named.
    pub output_format: Option<String>,
    /// The background of the output, where it was named.
    pub background: Option<String>,
    /// The model that writes an SVG file, where it was named.
    pub svg_author: Option<String>,
    /// One turn of the mainline model that calls the image model.
    pub mainline: MainlineTurn,
    /// How many turns the conversation has, each with one image; the rest of the draft is said of each.
    pub turns: Option<NonZeroU32>,
    /// What is meant where it names no size or quality.
    pub left_out: LeftOut,
    /// Parameters that bill nothing or are not read, which makes what they add unknown.
    pub unread: Sorted,
    /// What is to be said of the way the request was written.
    pub notes: Vec<Note>,
}

/// What a size or quality means that is not named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LeftOut {
    /// The announced default of the model: flags and budgets need not name everything.
    #[default]
    Default,
    /// What the API makes of a call without it: `auto`, or the default that the route states.
    ByApi,
    /// The announced default, of a body that is compared over routes: one size and quality for all of
    /// them, and a prompt that it lacks is lacking.
    Compared,
}

impl Draft {
    /// What is said here goes before what is said in the other, such as the values of a file.
    pub fn over(self, file: Draft) -> Draft {
        let (input_images, other_number) = images_over(self.input_images, file.input_images);
        Draft {
            model: self.model.or(file.model),
            size: self.size.or(file.size),
            quality: self.quality.or(file.quality),
            n: self.n.or(file.n),
            prompt: self.prompt.or(file.prompt),
            edit: self.edit || file.edit,
            input_images,
            input_fidelity: self.input_fidelity.or(file.input_fidelity),
            partial_images: self.partial_images.or(file.partial_images),
            processing: self.processing.or(file.processing),
            cached_text_tokens: self.cached_text_tokens.or(file.cached_text_tokens),
            cached_image_tokens: self.cached_image_tokens.or(file.cached_image_tokens),
            text_output_tokens: self.text_output_tokens.or(file.text_output_tokens),
            output_format: self.output_format.or(file.output_format),
            background: self.background.or(file.background),
            svg_author: self.svg_author.or(file.svg_author),
            mainline: self.mainline.over(file.mainline),
            turns: self.turns.or(file.turns),
            left_out: file.left_out,
            unread: file.unread,
            notes: file.notes.into_iter().chain(other_number).collect(),
        }
    }
}

/// The images of both: those given take the place of those whose size is open, in order, and the rest stays open; where
/// more are given than are open, they take the place of all. A count that differs from the one named is said.
fn images_over(given: Vec<InputImage>, named: Vec<InputImage>) -> (Vec<InputImage>, Option<Note>) {
    let open = named.iter().filter(|image| image.size.is_err()).count();
    if given.is_empty() {
        return (named, None);
    }
    if given.len() > open {
        let differs = !named.is_empty() && named.len() != given.len();
        let note = Note::OtherNumberOfImages { given: given.len(), named: named.len() };
        return (given, differs.then_some(note));
    }
    let mut given = given.into_iter();
    let filled = named.into_iter().map(|image| match image.size {
        Ok(_) => image,
        Err(_) => given.next().unwrap_or(image),
    });
    (filled.collect(), None)
}

/// A prompt, or what is known of its length.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Prompt {
    /// The text itself, to be counted.
    Text(String),
    /// The tokenizer's count of one prompt, before anything is added.
    Tokens(u64),
    /// What a reply reported as text input of the whole request: neither raised nor multiplied.
    BilledTokens(u64),
}

/// A reference image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputImage {
    /// The name for messages: a file, a size, a place in the body.
    pub name: String,
    /// Its pixels, or why they are not known.
    pub size: Result<Size, NoSize>,
    /// How many bytes its file has, where it is at hand.
    pub bytes: Option<u64>,
}

impl InputImage {
    /// An image whose file is not at hand.
    pub fn new(name: impl Into<String>, size: Result<Size, NoSize>) -> InputImage {
        InputImage { name: name.into(), size, bytes: None }
    }

    /// One that is named by an address, which does not tell its size.
    pub(crate) fn elsewhere(name: String) -> InputImage {
        InputImage::new(name, Err(NoSize::NotInRequest))
    }
}

/// A size that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SizeChoice {
    /// This one.
    Exact(Size),
    /// The model picks.
    Auto,
}

/// A quality that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QualityChoice {
    /// This label.
    Label(String),
    /// The model picks.
    Auto,
}

/// How closely reference images are read, where a model lets the caller choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InputFidelity {
    /// The model's low count.
    Low,
    /// More tokens for each image.
    High,
}

/// A complete request, legal for its model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The size of the images to make; `None` if none is named and the model has no default in pixels.
    pub size: Option<SizeChoice>,
    /// The resolution, such as `2K`, of a model that is asked for one by name; `None` if it is open.
    pub resolution: Option<String>,
    /// The quality of the images to make; `None` if the model takes none.
    pub quality: Option<QualityChoice>,
    /// How many images, each billed by itself.
    pub n: u32,
    /// The prompt; `None` if nothing is known of it.
    pub prompt: Option<Prompt>,
    /// Whether it is an edit.
    pub edit: bool,
    /// Reference images.
    pub input_images: Vec<InputImage>,
    /// How closely reference images are read; `None` where the model does not let the caller choose.
    pub input_fidelity: Option<InputFidelity>,
    /// Preview images to stream, per image.
    pub partial_images: u32,
    /// How it is processed.
    pub processing: Processing,
    /// Billed prompt tokens that are read from a cache, of the whole request.
    pub cached_text_tokens: u64,
    /// Billed image tokens that are read from a cache, of the whole request.
    pub cached_image_tokens: u64,
    /// Text tokens that the model writes for an image, by the user's own experience.
    pub text_output_tokens: Option<u64>,
    /// The format of the output, where it was named.
    pub output_format: Option<String>,
    /// One turn of the mainline model that calls the image model.
    pub mainline: MainlineTurn,
    /// How many turns the conversation has; the rest of the request is said of the first.
    pub turns: NonZeroU32,
}

impl Request {
    /// The size as asked: `1024x1024`, `auto`, `2K`; nothing if it is open.
    pub fn size_in_words(&self) -> String {
        let size = self.size.map(|size| size.in_words());
        self.resolution.iter().cloned().chain(size).collect::<Vec<_>>().join(" ")
    }

    /// The quality as asked; nothing if the model takes none.
    pub fn quality_in_words(&self) -> &str {
        self.quality.as_ref().map_or("", QualityChoice::as_str)
    }
}

impl SizeChoice {
    /// The size as asked: `1024x1024` or `auto`.
    pub fn in_words(&self) -> String {
        match self {
            SizeChoice::Exact(size) => size.to_string(),
            SizeChoice::Auto => "auto".to_owned(),
        }
    }
}

impl QualityChoice {
    /// The label as asked.
    pub fn as_str(&self) -> &str {
        match self {
            QualityChoice::Label(label) => label,
            QualityChoice::Auto => "auto",
        }
    }
}
