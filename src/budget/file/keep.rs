//! A request as a budget keeps it: nothing in it depends on files, so that it can be written and read again.

use crate::budget::workload::Budget;
use crate::request::{Draft, InputImage, LeftOut};
use crate::size::NoSize;
use crate::unread::Sorted;

/// The word for a reference image whose size is not known.
pub(super) const UNKNOWN_SIZE: &str = "unknown";

/// A draft whose reference images are named by their size, and the notes on how it was written as
/// assumptions of the budget. What a body leaves out or has unread counts as it does in an estimate.
pub fn kept(draft: Draft) -> (Draft, Vec<String>) {
    let notes = draft.notes.iter().map(|note| note.to_string()).collect();
    let input_images = draft.input_images.iter().map(image).collect();
    let named = [draft.model.is_some(), draft.size.is_some(), draft.quality.is_some()];
    let is_whole = draft.prompt.is_some() && !named.contains(&false);
    let kept = Draft {
        input_images,
        left_out: if is_whole { LeftOut::Default } else { draft.left_out },
        unread: Sorted { open: draft.unread.open.clone(), ..Sorted::default() },
        notes: Vec::new(),
        ..draft.clone()
    };
    (kept, notes)
}

/// What of the bodies of a budget no file can say that it is written to, and how it can be said.
pub fn not_writable(budget: &Budget) -> Vec<(String, String)> {
    let steps = budget
        .workloads
        .iter()
        .flat_map(|workload| workload.steps.iter().map(move |step| (&workload.name, &step.draft)));
    steps.flat_map(|(name, draft)| of_body(name, draft)).collect()
}

fn of_body(name: &str, draft: &Draft) -> Vec<(String, String)> {
    let mut found = Vec::new();
    if !draft.unread.open.is_empty() {
        let keys: Vec<&str> = draft.unread.open.iter().map(|it| it.key.as_str()).collect();
        let what = format!("the body of {name} has what is not read: {}", keys.join(", "));
        found.push((what, "take it out of the body to save a budget without it".to_owned()));
    }
    if draft.svg_author.is_some() {
        let what = format!(
            "the body of {name} names the model that writes an SVG file, which a budget has no key for"
        );
        found.push((what, "take it out of the body to save a budget without it".to_owned()));
    }
    if draft.mainline.text.is_some() && draft.mainline.input_tokens.is_none() {
        let what = format!(
            "the body of {name} has the text that the mainline model reads, which a budget counts no tokens of"
        );
        found.push((what, "say mainline_input_tokens in the budget beside `file`".to_owned()));
    }
    if draft.left_out != LeftOut::ByApi {
        return found;
    }
    let lacks = [
        ("size", draft.size.is_none()),
        ("quality", draft.quality.is_none()),
        ("prompt", draft.prompt.is_none()),
    ];
    let lacks = lacks.into_iter().filter(|(_, lacks)| *lacks);
    found.extend(lacks.map(|(what, _)| {
        let lack =
            format!("the body of {name} names no {what}, which is then what its route makes of it");
        (lack, format!("settle it: name the {what}, or say it in the budget beside `file`"))
    }));
    found
}

fn image(image: &InputImage) -> InputImage {
    let kept = match image.size {
        Ok(size) => InputImage::new(size.to_string(), Ok(size)),
        Err(_) => InputImage::new("a reference image", Err(NoSize::SaidUnknown)),
    };
    // A file that is too large is refused as it is in an estimate.
    InputImage { bytes: image.bytes, ..kept }
}
