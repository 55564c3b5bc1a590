//! The body of an Images API call (generation or edit) → [`Draft`].

use super::image_file;
use super::json::{Json, Object};
use super::{Draft, InputImage, NamedFiles, Prompt};
use crate::near::near_matches;
use crate::note::{Note, NoteCode};

/// Parameters that decide the price.
const PRICED: [&str; 10] = [
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
];
/// Parameters that do not change the price. `mask`: an estimator that counted none matched its bills.
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

/// Reads a body. `files` is where the images that it names may lie.
///
/// # Errors
/// Every value that cannot be read, a sentence each.
pub(crate) fn draft(body: &Object, edit: bool, files: &NamedFiles) -> Result<Draft, Vec<String>> {
    let mut wrong = Vec::new();
    let input_images = input_images(body, files, &mut wrong);
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
        notes: parameter_notes(body),
        ..Draft::default()
    };
    if wrong.is_empty() { Ok(draft) } else { Err(wrong) }
}

fn parameter_notes(body: &Object) -> Vec<Note> {
    let no_effect: Vec<&str> =
        body.keys().filter(|key| WITHOUT_PRICE_EFFECT.contains(key)).collect();
    let mut notes = Vec::new();
    if !no_effect.is_empty() {
        let text = format!("without effect on the price: {}", no_effect.join(", "));
        notes.push(Note::new(NoteCode::NoPriceEffect, text));
    }
    for key in
        body.keys().filter(|key| !PRICED.contains(key) && !WITHOUT_PRICE_EFFECT.contains(key))
    {
        let near = near_matches(key, PRICED.into_iter());
        let hint =
            near.first().map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        let text = format!("the parameter `{key}` is not known here and was not priced{hint}");
        notes.push(Note::new(NoteCode::UnknownParameter, text));
    }
    notes
}

fn input_images(body: &Object, files: &NamedFiles, wrong: &mut Vec<String>) -> Vec<InputImage> {
    let mut images = Vec::new();
    for key in ["image", "images"] {
        let path = body.path_of(key);
        match body.get(key) {
            None => {}
            Some(Json::List(list)) => {
                for (index, item) in list.iter().enumerate() {
                    images.extend(input_image(item, &format!("{path}[{index}]"), files, wrong));
                }
            }
            Some(item) => images.extend(input_image(item, &path, files, wrong)),
        }
    }
    images
}

fn input_image(
    item: &Json,
    name: &str,
    files: &NamedFiles,
    wrong: &mut Vec<String>,
) -> Option<InputImage> {
    let read = match item {
        Json::Text(text) if text.starts_with("data:") || text.contains("://") => {
            image_file::from_url(text, name)
        }
        Json::Text(text) => image_file::named(text, name, files),
        Json::Object(entries) => {
            let object = Object::new(entries, name);
            match (object.get("image_url"), object.get("file_id")) {
                (Some(Json::Text(url)), _) => image_file::from_url(url, name),
                (None, Some(Json::Text(_))) => image_file::from_url("", name),
                _ => Err(format!("`{name}` needs an image_url or a file_id")),
            }
        }
        _ => Err(format!("`{name}` must be text or an object")),
    };
    read.map_err(|why| wrong.push(why)).ok()
}
