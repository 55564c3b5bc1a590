//! A conversation in which a mainline model calls the image model, as far as it is known ahead.

use super::{Draft, InputImage, Prompt, Request, SizeChoice};
use crate::size::NoSize;

/// One turn of the mainline model that calls the image model.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MainlineTurn {
    /// Its id or alias.
    pub model: Option<String>,
    /// The tokens that it reads, cached ones included.
    pub input_tokens: Option<u64>,
    /// Of these, the tokens that are read from a cache.
    pub cached_tokens: Option<u64>,
    /// The tokens that it writes.
    pub output_tokens: Option<u64>,
    /// The text that a body has for it: the least that it reads.
    pub text: Option<Prompt>,
}

impl MainlineTurn {
    /// What is said here goes before what is said in the other.
    pub(super) fn over(self, other: MainlineTurn) -> MainlineTurn {
        MainlineTurn {
            model: self.model.or(other.model),
            input_tokens: self.input_tokens.or(other.input_tokens),
            cached_tokens: self.cached_tokens.or(other.cached_tokens),
            output_tokens: self.output_tokens.or(other.output_tokens),
            text: self.text.or(other.text),
        }
    }

    /// Whether nothing is said of it.
    pub fn is_empty(&self) -> bool {
        *self == MainlineTurn::default()
    }
}

impl Draft {
    /// What is said of a mainline model or a conversation, in words.
    pub fn said_of_conversation(&self) -> Vec<&'static str> {
        let MainlineTurn { model, input_tokens, cached_tokens, output_tokens, text } =
            &self.mainline;
        let said = [
            ("the mainline model", model.is_some()),
            ("its input tokens", input_tokens.is_some()),
            ("its cached tokens", cached_tokens.is_some()),
            ("its output tokens", output_tokens.is_some()),
            ("the text that it reads", text.is_some()),
            ("the number of turns", self.turns.is_some()),
        ];
        said.into_iter().filter(|(_, is_said)| *is_said).map(|(what, _)| what).collect()
    }

    /// Whether it is asked of a mainline model, and not of the image model itself.
    pub fn is_conversation(&self) -> bool {
        !self.said_of_conversation().is_empty()
    }

    /// The draft of every turn after the first: an edit that carries the image of the turn before it.
    pub fn later_turn(&self, first: &Request) -> Draft {
        let mut input_images = self.input_images.clone();
        if self.edit && input_images.is_empty() {
            let size = Err(NoSize::ImageLeftOut);
            input_images.push(InputImage::new("reference image", size));
        }
        let size = match first.size {
            Some(SizeChoice::Exact(size)) => Ok(size),
            Some(SizeChoice::Auto) => Err(NoSize::SizeAuto),
            None => Err(NoSize::SizeOpen),
        };
        input_images.push(InputImage::new("the image of the turn before", size));
        Draft { input_images, ..self.clone() }
    }
}
