//! A request as a budget keeps it: nothing in it depends on files, so that it can be written and read again.

use crate::request::{Draft, InputImage, LeftOut};
use crate::unread::Sorted;

/// The word for a reference image whose size is not known.
pub(super) const UNKNOWN_SIZE: &str = "unknown";

/// A draft whose reference images are named by their size, and the notes on how it was written as
/// assumptions of the budget.
pub fn kept(draft: Draft) -> (Draft, Vec<String>) {
    let notes = draft.notes.iter().map(|note| note.message.clone()).collect();
    let input_images = draft.input_images.iter().map(image).collect();
    let auto = (draft.left_out == LeftOut::ByApi).then(|| "auto".to_owned());
    let kept = Draft {
        size: draft.size.clone().or_else(|| auto.clone()),
        quality: draft.quality.clone().or(auto),
        input_images,
        left_out: LeftOut::Default,
        unread: Sorted::default(),
        notes: Vec::new(),
        ..draft.clone()
    };
    (kept, notes)
}

fn image(image: &InputImage) -> InputImage {
    match image.size {
        Ok(size) => InputImage { name: size.to_string(), size: Ok(size) },
        Err(_) => {
            let why = "its size is not known; write WIDTHxHEIGHT in place of `unknown`";
            InputImage { name: "a reference image".into(), size: Err(why.into()) }
        }
    }
}
