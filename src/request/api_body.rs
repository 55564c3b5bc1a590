//! The body of an Images API call (generation or edit) → [`Draft`].
//!
//! A key is read, known not to bill, left out by the user, or unread: what bills and is not read makes the
//! figure not exact.

use super::image_file;
use super::json::{Json, Object};
use super::{Draft, InputImage, LeftOut, NamedFiles, Prompt};
use crate::near::near_matches;
use crate::note::{Note, NoteCode};

/// Parameters that are read.
const READ: [&str; 11] = [
    "model",
    "prompt",
    "n",
    "size",
    "quality",
    "image",
    "images",
    "input_fidelity",
    "partial_images",
    "output_format",
    "background",
];
/// Parameters that do not change the price, as of the OpenAI Python SDK 3.57.0 of 2026-11. `mask`: an
/// estimator that counted none matched its bills; `complexity`: no separate charge (apidog.com, laozhang.ai).
const WITHOUT_PRICE_EFFECT: [&str; 11] = [
    "background",
    "output_compression",
    "moderation",
    "user",
    "response_format",
    "style",
    "stream",
    "mask",
    "complexity",
    "metadata",
    "safety_identifier",
];
/// Parameters for which `null` is not the same as leaving them out: the API refuses it.
const NOT_NULL: [&str; 5] = ["prompt", "image", "images", "mask", "user"];
/// Keys of replies that no request has.
const OF_REPLIES: [&str; 7] =
    ["usage", "data", "output", "tool_usage", "created", "created_at", "b64_json"];
/// What of a reference image is read.
const OF_IMAGES: [&str; 2] = ["image_url", "file_id"];

/// How a body is read.
#[derive(Debug, Clone, Copy)]
pub struct Reading<'a> {
    /// Where the images that it names may lie.
    pub files: &'a NamedFiles,
    /// Keys that bill nothing, as the user says.
    pub ignored_keys: &'a [String],
}

/// Reads a body.
///
/// # Errors
/// Every value that cannot be read, a sentence each.
pub(crate) fn draft(body: &Object, edit: bool, reading: &Reading) -> Result<Draft, Vec<String>> {
    report_no_body(body)?;
    let mut wrong = Vec::new();
    let mut keys = Keys::new(reading);
    let known: Vec<&str> = READ.into_iter().chain(WITHOUT_PRICE_EFFECT).collect();
    keys.sort(body, &known, &mut wrong);
    report_nulls(body, &mut wrong);
    let input_images = input_images(body, &mut keys, &mut wrong);
    report_flattened(body, &mut wrong);
    let draft = Draft {
        model: body.text("model", &mut wrong),
        size: body.text("size", &mut wrong),
        quality: body.text("quality", &mut wrong),
        n: body.count("n", &mut wrong),
        prompt: body.text("prompt", &mut wrong).map(Prompt::Text),
        edit: edit || !input_images.is_empty(),
        input_images,
        input_fidelity: body.text("input_fidelity", &mut wrong),
        partial_images: body.count("partial_images", &mut wrong),
        output_format: body.text("output_format", &mut wrong),
        left_out: LeftOut::ByApi,
        notes: parameter_notes(body, &keys),
        unread: keys.unread,
        ignored: keys.ignored,
        ..Draft::default()
    };
    if wrong.is_empty() { Ok(draft) } else { Err(wrong) }
}

/// Refuses what is no request at all, with the flag that takes it.
fn report_no_body(body: &Object) -> Result<(), Vec<String>> {
    let has = |keys: &[&str]| body.keys().any(|key| keys.contains(&key));
    if has(&OF_REPLIES) && !has(&["prompt"]) {
        return Err(vec!["this is a reply, not a request: give it with --usage".into()]);
    }
    if has(&READ) || has(&WITHOUT_PRICE_EFFECT) {
        return Ok(());
    }
    Err(vec![
        "none of its keys is a parameter of the Images API (model, prompt, size, quality, n, …)"
            .into(),
    ])
}

fn report_nulls(body: &Object, wrong: &mut Vec<String>) {
    for key in body.keys().filter(|key| NOT_NULL.contains(key)) {
        if body.get(key).is_none() {
            wrong.push(format!("`{}` is null, which the API refuses", body.path_of(key)));
        }
    }
}

/// JPEG has no transparency: the API refuses the two together.
fn report_flattened(body: &Object, wrong: &mut Vec<String>) {
    let background = body.text("background", wrong);
    let format = body.text("output_format", &mut Vec::new());
    if background.as_deref() == Some("transparent") && format.as_deref() == Some("jpeg") {
        wrong.push(
            "`background` transparent needs `output_format` png or webp: jpeg has no transparency"
                .into(),
        );
    }
}

fn parameter_notes(body: &Object, keys: &Keys) -> Vec<Note> {
    let no_effect: Vec<&str> =
        body.keys().filter(|key| WITHOUT_PRICE_EFFECT.contains(key)).collect();
    let mut notes = Vec::new();
    if !no_effect.is_empty() {
        let text = format!("without effect on the price: {}", no_effect.join(", "));
        notes.push(Note::new(NoteCode::NoPriceEffect, text));
    }
    if !keys.ignored.is_empty() {
        let text = format!("left out, as --ignore-key says: {}", keys.ignored.join(", "));
        notes.push(Note::new(NoteCode::NoPriceEffect, text));
    }
    notes
}

/// What becomes of the keys that are not known.
pub(super) struct Keys<'a> {
    reading: &'a Reading<'a>,
    /// Those that may bill.
    pub unread: Vec<String>,
    /// Those that the user leaves out.
    pub ignored: Vec<String>,
}

impl<'a> Keys<'a> {
    pub(super) fn new(reading: &'a Reading<'a>) -> Keys<'a> {
        Keys { reading, unread: Vec::new(), ignored: Vec::new() }
    }

    /// Sorts the keys of an object that are not known. One that is spelled like a known one is a mistake.
    pub(super) fn sort(&mut self, object: &Object, known: &[&str], wrong: &mut Vec<String>) {
        for key in object.keys().filter(|key| !known.contains(key)) {
            let path = object.path_of(key);
            if self.reading.ignored_keys.iter().any(|ignored| *ignored == path || ignored == key) {
                self.ignored.push(path);
            } else if let Some(near) = near_matches(key, known.iter().copied()).first() {
                wrong.push(format!(
                    "the parameter `{path}` is not known; did you mean `{near}`? If not, --ignore-key \
                     {path} leaves it out"
                ));
            } else {
                self.unread.push(path);
            }
        }
    }
}

fn input_images(body: &Object, keys: &mut Keys, wrong: &mut Vec<String>) -> Vec<InputImage> {
    let mut images = Vec::new();
    for key in ["image", "images"] {
        let path = body.path_of(key);
        match body.get(key) {
            None => {}
            Some(Json::List(list)) => {
                for (index, item) in list.iter().enumerate() {
                    images.extend(input_image(item, &format!("{path}[{index}]"), keys, wrong));
                }
            }
            Some(item) => images.extend(input_image(item, &path, keys, wrong)),
        }
    }
    images
}

fn input_image(
    item: &Json,
    name: &str,
    keys: &mut Keys,
    wrong: &mut Vec<String>,
) -> Option<InputImage> {
    let read = match item {
        Json::Text(text) if text.starts_with("data:") || text.contains("://") => {
            image_file::from_url(text, name)
        }
        Json::Text(text) => image_file::named(text, name, keys.reading.files),
        Json::Object(entries) => {
            let object = Object::new(entries, name);
            keys.sort(&object, &OF_IMAGES, wrong);
            match (object.text("image_url", wrong), object.text("file_id", wrong)) {
                (Some(url), _) => image_file::from_url(&url, name),
                (None, Some(_)) => image_file::from_url("", name),
                (None, None) => Err(format!("`{name}` needs an image_url or a file_id")),
            }
        }
        other => Err(format!("`{name}` must be text or an object, and is {}", other.kind())),
    };
    read.map_err(|why| wrong.push(why)).ok()
}
