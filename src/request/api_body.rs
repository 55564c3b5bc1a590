//! The body of an Images API call (generation or edit) → [`Draft`].
//!
//! A key is read, known not to bill, left out by the user, or unread: what bills and is not read makes the
//! figure not exact.

use super::image_file;
use super::json::{Json, Object};
use super::{Draft, InputImage, LeftOut, NamedFiles, Prompt};
use crate::catalog::free_keys::FreeList;
use crate::near::near_matches;
use crate::note::{Note, NoteCode};
use crate::unread::{Sorted, Unread, without_numbers};

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
/// Parameters for which `null` is not the same as leaving them out: the API refuses it.
const NOT_NULL: [&str; 5] = ["prompt", "image", "images", "mask", "user"];
/// Parameters of the API that may bill and are not read: never a mistake in spelling.
const NOT_READ: [&str; 5] =
    ["frame_count", "frame_duration_ms", "markup", "prompt_rewriter", "svg"];
/// Keys that only bodies of the Responses API have.
const OF_RESPONSES: [&str; 5] =
    ["input", "instructions", "previous_response_id", "tool_choice", "tools"];
/// Keys of replies that no request has.
const OF_REPLIES: [&str; 7] =
    ["usage", "data", "output", "tool_usage", "created", "created_at", "b64_json"];
/// What of a reference image is read.
const OF_IMAGES: [&str; 2] = ["image_url", "file_id"];

/// Where the body of a Batch line stands.
const OF_A_LINE: &str = "body.";

/// How a body is read.
#[derive(Debug, Clone, Copy)]
pub struct Reading<'a> {
    /// Where the images that it names may lie.
    pub files: &'a NamedFiles,
    /// Parameters that are known to bill nothing.
    pub free: &'a FreeList,
    /// Keys that bill nothing, as the user says.
    pub ignored_keys: &'a [String],
}

/// Reads a body; `keys` has what is not read of the line around it.
///
/// # Errors
/// Every value that cannot be read, a sentence each.
pub(crate) fn draft(body: &Object, edit: bool, mut keys: Keys) -> Result<Draft, Vec<String>> {
    report_no_body(body, keys.reading.free)?;
    let mut wrong = Vec::new();
    let known: Vec<&str> = READ.into_iter().chain(keys.reading.free.keys()).collect();
    keys.sort(body, &READ, &known, &mut wrong);
    report_nulls(body, &mut wrong);
    let input_images = input_images(body, &mut keys, &mut wrong);
    report_lacking_images(body, &mut wrong);
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
        notes: parameter_notes(&keys.sorted),
        unread: keys.sorted,
        ..Draft::default()
    };
    if wrong.is_empty() { Ok(draft) } else { Err(wrong) }
}

/// Refuses what is no request at all, with the flag that takes it.
fn report_no_body(body: &Object, free: &FreeList) -> Result<(), Vec<String>> {
    let has = |keys: &[&str]| body.keys().any(|key| keys.contains(&key));
    if has(&["messages"]) {
        return Err(vec![
            "this is a body of the Chat Completions API (`messages`), not of the Images API".into(),
        ]);
    }
    if has(&OF_RESPONSES) && !has(&["prompt", "output"]) {
        return Err(vec![
            "this is a body of the Responses API, which is not read yet: ask with --model, --size and \
             --quality, and with --mainline-model and its tokens for the model that calls the image tool"
                .into(),
        ]);
    }
    if has(&OF_REPLIES) && !has(&["prompt"]) {
        return Err(vec!["this is a reply, not a request: give it with --usage".into()]);
    }
    if has(&READ) || body.keys().any(|key| free.has(key)) {
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

/// An edit that names no image: an empty list of them, or a mask alone.
fn report_lacking_images(body: &Object, wrong: &mut Vec<String>) {
    let given: Vec<&str> =
        ["image", "images"].into_iter().filter(|key| body.get(key).is_some()).collect();
    for key in &given {
        if matches!(body.get(key), Some(Json::List(list)) if list.is_empty()) {
            wrong.push(format!(
                "`{}` is empty: an edit needs an image, and a generation leaves the parameter out",
                body.path_of(key)
            ));
        }
    }
    if given.is_empty() && body.get("mask").is_some() {
        wrong.push(format!(
            "`{}` is that of an edit, and the body has no `image`: add the image, or leave out the mask",
            body.path_of("mask")
        ));
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

fn parameter_notes(sorted: &Sorted) -> Vec<Note> {
    let free: Vec<&str> = sorted.free.iter().map(|unread| unread.key.as_str()).collect();
    let free = (!free.is_empty()).then(|| {
        let text = format!("without effect on the price: {}", free.join(", "));
        Note::new(NoteCode::NoPriceEffect, text)
    });
    free.into_iter().chain(sorted.left_out()).collect()
}

/// What becomes of the keys that are not read.
pub(crate) struct Keys<'a> {
    reading: &'a Reading<'a>,
    sorted: Sorted,
}

impl<'a> Keys<'a> {
    pub(super) fn new(reading: &'a Reading<'a>) -> Keys<'a> {
        Keys { reading, sorted: Sorted::default() }
    }

    /// Sorts the keys of an object that bill nothing or are not read. One that is not known and spelled like
    /// a known one is a mistake.
    pub(super) fn sort(
        &mut self,
        object: &Object,
        read: &[&str],
        known: &[&str],
        wrong: &mut Vec<String>,
    ) {
        let Reading { free, ignored_keys, .. } = self.reading;
        for (key, value) in object.entries() {
            let unread = unread(object.path_of(key), value);
            if read.contains(&key) && !free.has(&unread.key) {
                continue;
            }
            let is_open = !NOT_READ.contains(&key)
                && !free.has(&unread.key)
                && !ignored_keys.iter().any(|name| unread.is_meant_by(name));
            match near_matches(key, known.iter().copied()).first().filter(|_| is_open) {
                Some(near) => wrong.push(format!(
                    "the parameter `{path}` is not known; did you mean `{near}`? If not, --ignore-key \
                     {path} leaves it out",
                    path = unread.path
                )),
                None => self.sorted.put(unread, free, ignored_keys),
            }
        }
    }
}

/// A key as a name means it: that of a Batch line is called as it is in a body alone.
fn unread(path: String, value: &Json) -> Unread {
    let key = without_numbers(&path);
    let key = key.strip_prefix(OF_A_LINE).map_or_else(|| key.clone(), str::to_owned);
    Unread { key, path, value: value.in_words(), count: 1 }
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
            keys.sort(&object, &OF_IMAGES, &OF_IMAGES, wrong);
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
