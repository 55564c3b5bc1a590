//! What was asked for, as far as a row says it.

use super::inner::Inner;
use crate::catalog::conditions::Processing;
use crate::json::{Object, Wrong};

/// What a request says that its reply may not.
#[derive(Debug, Clone, Default)]
pub(super) struct Request {
    pub model: Option<Box<str>>,
    pub size: Option<Box<str>>,
    pub quality: Option<Box<str>>,
    pub n: Option<u64>,
    pub processing: Option<Processing>,
}

impl Request {
    /// How many images it asks for; one where it does not say.
    pub(super) fn images(&self) -> u64 {
        self.n.unwrap_or(1)
    }
}

/// The request of an object of a log; of one that has none, what it says itself of the image.
pub(super) fn request(object: &Object, wrong: &mut Vec<Wrong>) -> Option<Request> {
    match Inner::request(object) {
        Some(inner) => Some(of(&inner.object(), wrong)),
        None => {
            let says = ["size", "quality", "n"].iter().any(|key| object.get(key).is_some());
            says.then(|| of(object, wrong))
        }
    }
}

fn of(request: &Object, wrong: &mut Vec<Wrong>) -> Request {
    let mut text = |key| request.text(key, wrong).filter(|it| !it.is_empty()).map(Box::from);
    let (model, size, quality) = (text("model"), text("size"), text("quality"));
    let tier = request.text("service_tier", &mut Vec::new());
    let processing = tier.as_deref().and_then(Processing::of_tier);
    Request { model, size, quality, n: request.count("n", wrong), processing }
}
