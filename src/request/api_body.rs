//! The body of an Images API call (generation or edit) → [`Draft`].
//!
//! A key is read, known not to bill, left out by the user, or unread: what bills and is not read makes the
//! figure not exact.

use super::image_file;
use super::{Draft, InputImage, LeftOut, NamedFiles, Prompt, responses_body};
use crate::catalog::free_keys::{FreeKeys, FreeList};
use crate::catalog::price::Processing;
use crate::help::Sentence;
use crate::json::{Json, Object, What, Wrong};
use crate::near::near_matches;
use crate::note::Note;
use crate::shape::{self, Kind, OF_IMAGES_API, OF_RESPONSES, Other};
use crate::size::NoSize;
use crate::unread::{LeaveOut, Sorted, Unread, without_numbers};

/// Parameters for which `null` is not the same as leaving them out: the API refuses it.
const NOT_NULL: [&str; 5] = ["prompt", "image", "images", "mask", "user"];
/// What of a reference image is read.
const OF_IMAGES: [&str; 2] = ["image_url", "file_id"];

/// The key of the tier at which a call is to be served.
pub(super) const TIER: &str = "service_tier";

/// Where the body of a Batch line stands.
const OF_A_LINE: &str = "body.";

/// Where the parameters of the image tool stand, which are called as in a body of the Images API.
const OF_THE_TOOL: &str = "tools.";

/// How a body is read.
#[derive(Debug, Clone, Copy)]
pub struct Reading<'a> {
    /// Where the images that it names may lie.
    pub files: &'a NamedFiles,
    /// Parameters that are known to bill nothing, or not to be read.
    pub known: &'a FreeKeys,
    /// Keys that bill nothing, as the user says; `None` where the command has no flag to say so.
    pub ignored_keys: Option<&'a [String]>,
}

impl Reading<'_> {
    fn free(&self) -> &FreeList {
        &self.known.requests
    }

    fn ignored(&self) -> &[String] {
        self.ignored_keys.unwrap_or_default()
    }

    fn left_out_by(&self) -> LeaveOut {
        if self.ignored_keys.is_some() { LeaveOut::Flag } else { LeaveOut::Edit }
    }
}

/// Reads a body; `keys` has what is not read of the line around it.
///
/// # Errors
/// Every value that cannot be read.
pub(crate) fn draft(body: &Object, edit: bool, mut keys: Keys) -> Result<Draft, Vec<Wrong>> {
    if let Some(what) = no_body(body, keys.reading) {
        return Err(vec![body.wrong_whole(what)]);
    }
    if Kind::of(body) == Kind::Request(shape::Request::Responses) {
        return responses_body::draft(body, keys);
    }
    let mut wrong = Vec::new();
    let read: Vec<&str> = OF_IMAGES_API.into_iter().chain([TIER]).collect();
    let known: Vec<&str> = read.iter().copied().chain(keys.reading.free().keys()).collect();
    keys.sort(body, &read, &known, &mut wrong);
    report_nulls(body, &mut wrong);
    let input_images = input_images(body, &mut keys, &mut wrong);
    report_lacking_images(body, &mut wrong);
    let svg_author = svg_author(body, &mut keys, &mut wrong);
    let (processing, of_tier) = tier(body, &mut wrong);
    let draft = Draft {
        model: body.text("model", &mut wrong),
        size: body.text("size", &mut wrong),
        quality: body.text("quality", &mut wrong),
        n: body.count("n", &mut wrong),
        prompt: body.text("prompt", &mut wrong).map(Prompt::Text),
        edit: edit || !input_images.is_empty(),
        input_fidelity: body.text("input_fidelity", &mut wrong),
        partial_images: body.count("partial_images", &mut wrong),
        output_format: body.text("output_format", &mut wrong),
        background: body.text("background", &mut wrong),
        svg_author,
        processing,
        left_out: LeftOut::ByApi,
        notes: missing_images(&input_images)
            .into_iter()
            .chain(of_tier)
            .chain(parameter_notes(&keys.sorted))
            .collect(),
        input_images,
        unread: keys.sorted,
        ..Draft::default()
    };
    if wrong.is_empty() { Ok(draft) } else { Err(wrong) }
}

/// What is no request of the Images API at all.
fn no_body(body: &Object, reading: &Reading) -> Option<What> {
    Some(match Kind::of(body) {
        Kind::Request(shape::Request::Images | shape::Request::BatchLine) => return None,
        Kind::Request(shape::Request::Responses) if responses_body::has_image_tool(body) => {
            return None;
        }
        Kind::Request(shape::Request::Responses) => {
            let keys = body.keys().filter(|key| OF_RESPONSES.contains(key));
            What::NoImageTool(keys.map(str::to_owned).collect())
        }
        Kind::Reply(_) | Kind::Progress(_) => What::ReplyForRequest,
        Kind::Other(Other::UnknownObject) if body.keys().any(|key| reading.free().has(key)) => {
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

/// What of `svg` is read; how hard the author thinks is counted in its tokens.
const OF_SVG: [&str; 2] = ["model", "reasoning"];

/// The model that is to write an SVG file.
pub(super) fn svg_author(body: &Object, keys: &mut Keys, wrong: &mut Vec<Wrong>) -> Option<String> {
    let svg = body.object("svg", wrong)?;
    keys.sort(&svg, &OF_SVG, &OF_SVG, wrong);
    svg.text("model", wrong)
}

/// The kind of processing that a body asks for by its tier, and what is to be said of it. `auto` is the tier of the
/// project, which is the standard one where the project sets none.
pub(super) fn tier(body: &Object, wrong: &mut Vec<Wrong>) -> (Option<Processing>, Option<Note>) {
    let Some(tier) = body.text(TIER, wrong) else { return (None, None) };
    let processing = Processing::of_tier(&tier);
    if tier == "auto" {
        return (None, Some(Note::AutoTier));
    }
    if processing.is_none() {
        wrong.push(body.wrong(TIER, What::UnknownTier(tier)));
    }
    (processing, None)
}

/// The images that a body names and that are not there.
pub(super) fn missing_images(images: &[InputImage]) -> Option<Note> {
    let missing = images.iter().filter(|image| image.size == Err(NoSize::FileNotThere));
    let names: Vec<String> = missing.map(|image| image.name.clone()).collect();
    (!names.is_empty()).then_some(Note::ImagesNotThere(names))
}

pub(super) fn parameter_notes(sorted: &Sorted) -> Vec<Note> {
    let free: Vec<String> = sorted.free.iter().map(|unread| unread.key.clone()).collect();
    let free = (!free.is_empty()).then_some(Note::NoPriceEffect(free));
    free.into_iter().chain(Note::left_out(sorted)).collect()
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

    /// What was sorted so far.
    pub(super) fn sorted(&self) -> &Sorted {
        &self.sorted
    }

    /// What was sorted, at the end.
    pub(super) fn into_sorted(self) -> Sorted {
        self.sorted
    }

    /// Sorts an object that is not read, such as another tool, by its type.
    pub(super) fn put_typed(&mut self, object: &Object, of: &str) {
        let kind = object.text("type", &mut Vec::new()).unwrap_or_default();
        let unread = Unread {
            key: format!("{of}.{kind}"),
            path: object.path().to_owned(),
            value: kind,
            count: 1,
            left_out_by: self.reading.left_out_by(),
            known: String::new(),
        };
        self.sorted.put(unread, self.reading.free(), self.reading.ignored());
    }

    /// Sorts the keys of an object that bill nothing or are not read. One that is not known and spelled like
    /// a known one is a mistake.
    pub(super) fn sort(
        &mut self,
        object: &Object,
        read: &[&str],
        known: &[&str],
        wrong: &mut Vec<Wrong>,
    ) {
        let reading = self.reading;
        let (free, ignored_keys) = (reading.free(), reading.ignored());
        for (key, value) in object.entries() {
            let mut unread = unread(object.path_of(key), value, reading.left_out_by());
            unread.known.push_str(reading.known.not_read.reason(&unread.key).unwrap_or_default());
            if read.contains(&key) && !free.has(&unread.key) {
                continue;
            }
            let is_open = !reading.known.not_read.has(&unread.key)
                && !free.has(&unread.key)
                && !ignored_keys.iter().any(|name| unread.is_meant_by(name));
            match near_matches(key, known.iter().copied()).first().filter(|_| is_open) {
                Some(near) => {
                    let help = unread.left_out_by.help(&unread.path);
                    let what = What::Misspelled { near: (*near).to_owned(), help };
                    wrong.push(object.wrong_key(key, what));
                }
                None => self.sorted.put(unread, free, ignored_keys),
            }
        }
    }
}

/// A key as a name means it: that of a Batch line is called as it is in a body alone.
fn unread(path: String, value: &Json, left_out_by: LeaveOut) -> Unread {
    let key = without_numbers(&path);
    let key = key.strip_prefix(OF_A_LINE).unwrap_or(&key);
    let key = key.strip_prefix(OF_THE_TOOL).unwrap_or(key).to_owned();
    Unread { key, path, value: value.in_words(), count: 1, left_out_by, known: String::new() }
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
        Json::Text(text) => {
            image_file::named_in_body(text, &name, keys.reading.files).map_err(unusable)
        }
        Json::Object(_) => {
            let object = body.object_at(item, key, wrong)?;
            keys.sort(&object, &OF_IMAGES, &OF_IMAGES, wrong);
            match (object.text("image_url", wrong), object.text("file_id", wrong)) {
                (Some(url), _) => image_file::from_url(&url, &name)
                    .map_err(|why| object.wrong("image_url", What::Image(why))),
                (None, Some(_)) => Ok(InputImage::elsewhere(name)),
                (None, None) => Err(object.wrong_whole(What::NoAddress)),
            }
        }
        other => Err(body.wrong(key, What::NotAnImage(other.kind()))),
    };
    read.map_err(|why| wrong.push(why)).ok()
}
