//! The body of an Images API call (generation or edit) → [`Draft`].

use super::body_parts::{TIER, asked_of_images, notes, tier};
use super::unread_keys::Keys;
use super::{Draft, InputImage, Prompt, image_file, responses_body};
use crate::help::Sentence;
use crate::json::{Json, Object, What, Wrong};
use crate::shape::{self, Kind, OF_IMAGES_API, OF_RESPONSES, Other};

/// Parameters for which `null` is not the same as leaving them out: the API refuses it.
const NOT_NULL: [&str; 5] = ["prompt", "image", "images", "mask", "user"];
/// What of a reference image is read.
const OF_IMAGES: [&str; 2] = ["image_url", "file_id"];

/// Reads a body; `keys` has what is not read of the line around it.
///
/// # Errors
/// Every value that cannot be read.
pub(crate) fn draft(body: &Object, edit: bool, mut keys: Keys) -> Result<Draft, Vec<Wrong>> {
    if let Some(what) = no_body(body, &keys) {
        return Err(vec![body.wrong_whole(what)]);
    }
    if Kind::of(body) == Kind::Request(shape::Request::Responses) {
        return responses_body::draft(body, keys);
    }
    let mut wrong = Vec::new();
    let read: Vec<&str> = OF_IMAGES_API.into_iter().chain([TIER]).collect();
    let known: Vec<&str> = read.iter().copied().chain(keys.free().keys()).collect();
    keys.sort(body, &read, &known, &mut wrong);
    report_nulls(body, &mut wrong);
    let input_images = input_images(body, &mut keys, &mut wrong);
    report_lacking_images(body, &mut wrong);
    let asked = asked_of_images(body, &mut keys, &mut wrong);
    let (processing, of_tier) = tier(body, &mut wrong);
    let draft = Draft {
        prompt: body.text("prompt", &mut wrong).map(Prompt::Text),
        edit: edit || !input_images.is_empty(),
        processing,
        notes: notes(&input_images, of_tier, keys.sorted()),
        input_images,
        unread: keys.into_sorted(),
        ..asked
    };
    if wrong.is_empty() { Ok(draft) } else { Err(wrong) }
}

/// What is no request of the Images API at all.
fn no_body(body: &Object, keys: &Keys) -> Option<What> {
    Some(match Kind::of(body) {
        Kind::Request(shape::Request::Images | shape::Request::BatchLine) => return None,
        Kind::Request(shape::Request::Responses) if responses_body::has_image_tool(body) => {
            return None;
        }
        Kind::Request(shape::Request::Responses) => {
            let of_responses = body.keys().filter(|key| OF_RESPONSES.contains(key));
            What::NoImageTool(of_responses.map(str::to_owned).collect())
        }
        Kind::Reply(_) | Kind::Progress(_) => What::ReplyForRequest,
        Kind::Other(Other::UnknownObject) if body.keys().any(|key| keys.free().has(key)) => {
            return None;
        }
        Kind::Other(Other::UnknownObject) => What::NoParameter,
        Kind::Other(other) => What::Else(other.sentence()),
    })
}

fn report_nulls(body: &Object, wrong: &mut Vec<Wrong>) {
    for key in body.keys().filter(|key| NOT_NULL.contains(key)) {
        if body.get(key).is_none() {
            wrong.push(body.wrong(key, What::Null));
        }
    }
}

/// An edit that names no image: an empty list of them, or a mask alone.
fn report_lacking_images(body: &Object, wrong: &mut Vec<Wrong>) {
    let given: Vec<&str> =
        ["image", "images"].into_iter().filter(|key| body.get(key).is_some()).collect();
    for key in &given {
        if matches!(body.get(key), Some(Json::List(list)) if list.is_empty()) {
            wrong.push(body.wrong(key, What::NoImages));
        }
    }
    if given.is_empty() && body.get("mask").is_some() {
        wrong.push(body.wrong("mask", What::MaskAlone));
    }
}

fn input_images(body: &Object, keys: &mut Keys, wrong: &mut Vec<Wrong>) -> Vec<InputImage> {
    let mut images = Vec::new();
    for key in ["image", "images"] {
        match body.get(key) {
            None => {}
            Some(Json::List(list)) => {
                for (index, item) in list.iter().enumerate() {
                    let key = format!("{key}[{index}]");
                    images.extend(input_image(item, (body, &key), keys, wrong));
                }
            }
            Some(item) => images.extend(input_image(item, (body, key), keys, wrong)),
        }
    }
    images
}

fn input_image(
    item: &Json,
    (body, key): (&Object, &str),
    keys: &mut Keys,
    wrong: &mut Vec<Wrong>,
) -> Option<InputImage> {
    let name = body.path_of(key);
    let unusable = |why: Sentence| body.wrong(key, What::Image(why));
    let read = match item {
        Json::Text(text) if text.starts_with("data:") || text.contains("://") => {
            image_file::from_url(text, &name).map_err(unusable)
        }
        Json::Text(text) => image_file::named_in_body(text, &name, keys.files()).map_err(unusable),
        Json::Object(_) => {
            let object = body.object_at(item, key, wrong)?;
            keys.sort(&object, &OF_IMAGES, &OF_IMAGES, wrong);
            match (object.text_in_place("image_url", wrong), object.text("file_id", wrong)) {
                (Some(url), _) => image_file::from_url(url, &name)
                    .map_err(|why| object.wrong("image_url", What::Image(why))),
                (None, Some(_)) => Ok(InputImage::elsewhere(name)),
                (None, None) => Err(object.wrong_whole(What::NoAddress)),
            }
        }
        other => Err(body.wrong(key, What::NotAnImage(other.kind()))),
    };
    read.map_err(|why| wrong.push(why)).ok()
}
