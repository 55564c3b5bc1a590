//! The body of a Responses API call with the image tool → [`Draft`]: what the tool is asked for stands in its entry, the
//! prompt and the images in the input, and the model of the body is the mainline model.
//!
//! What the mainline model reads is counted from the text, which is the least of it: the tool, images and earlier turns
//! come on top. What it writes is not known ahead.

use super::body_parts::{TIER, asked_of_images, notes, tier};
use super::unread_keys::Keys;
use super::{Draft, InputImage, MainlineTurn, Prompt, image_file};
use crate::json::{Json, Object, What, Wrong};

/// What of the body is read.
const OF_BODY: [&str; 6] = ["model", "input", "instructions", "tools", "tool_choice", TIER];
/// What of the entry of the tool is read.
const OF_TOOL: [&str; 11] = [
    "type",
    "model",
    "size",
    "quality",
    "n",
    "action",
    "input_fidelity",
    "partial_images",
    "output_format",
    "background",
    "svg",
];
/// What of a message of the input is read.
const OF_MESSAGE: [&str; 3] = ["type", "role", "content"];
/// What of a text in a message is read.
const OF_TEXT: [&str; 2] = ["type", "text"];
/// What of an image in a message is read; of a `file_id`, that the size is not known.
const OF_IMAGE: [&str; 3] = ["type", "image_url", "file_id"];
/// The type of the entry of the tool.
const IMAGE_TOOL: &str = "image_generation";

/// Whether a body has an input and the image tool, and no prompt of the Images API beside them.
pub(super) fn has_image_tool(body: &Object) -> bool {
    let tools = body.objects("tools", &mut Vec::new()).unwrap_or_default();
    body.has("input")
        && !body.has_text("prompt", &mut Vec::new())
        && tools.iter().any(is_image_tool)
}

fn is_image_tool(tool: &Object) -> bool {
    tool.text("type", &mut Vec::new()).as_deref() == Some(IMAGE_TOOL)
}

/// Reads a body with the image tool.
///
/// # Errors
/// Every value that cannot be read.
pub(super) fn draft(body: &Object, mut keys: Keys) -> Result<Draft, Vec<Wrong>> {
    let mut wrong = Vec::new();
    keys.sort(body, &OF_BODY, &[], &mut wrong);
    let tools = body.objects("tools", &mut wrong).unwrap_or_default();
    let (image_tools, others): (Vec<Object>, Vec<Object>) =
        tools.into_iter().partition(is_image_tool);
    others.iter().for_each(|tool| keys.put_typed(tool, "tools"));
    let [tool] = &image_tools[..] else {
        wrong.push(body.wrong("tools", What::ImageTools(image_tools.len())));
        return Err(wrong);
    };
    keys.sort(tool, &OF_TOOL, &OF_TOOL, &mut wrong);
    let asked = asked_of_images(tool, &mut keys, &mut wrong);
    let (processing, of_tier) = tier(body, &mut wrong);
    let input = Input::of(body, &mut keys, &mut wrong);
    let action = tool.text("action", &mut wrong);
    let draft = Draft {
        prompt: input.prompt(),
        edit: action.as_deref() == Some("edit")
            || action.as_deref() != Some("generate") && !input.images.is_empty(),
        processing,
        mainline: MainlineTurn {
            model: body.text("model", &mut wrong),
            text: Some(Prompt::Text(input.text_with(body.text("instructions", &mut wrong)))),
            ..MainlineTurn::default()
        },
        notes: notes(&input.images, of_tier, keys.sorted()),
        input_images: input.images,
        unread: keys.into_sorted(),
        ..asked
    };
    if wrong.is_empty() { Ok(draft) } else { Err(wrong) }
}

/// What stands in `input`.
#[derive(Default)]
struct Input {
    /// The texts of the user.
    asked: Vec<String>,
    /// All other texts: of the developer, and answers of earlier turns.
    beside: Vec<String>,
    images: Vec<InputImage>,
}

impl Input {
    fn of(body: &Object, keys: &mut Keys, wrong: &mut Vec<Wrong>) -> Input {
        let mut input = Input::default();
        match body.get("input") {
            None => {}
            Some(Json::Text(text)) => input.asked.push(text.to_string()),
            Some(_) => {
                for item in body.objects("input", wrong).unwrap_or_default() {
                    input.item(&item, keys, wrong);
                }
            }
        }
        input
    }

    /// A message, or something that an earlier turn left.
    fn item(&mut self, item: &Object, keys: &mut Keys, wrong: &mut Vec<Wrong>) {
        match item.text("type", wrong).as_deref() {
            None | Some("message") => {
                keys.sort(item, &OF_MESSAGE, &OF_MESSAGE, wrong);
                let is_users = item.text("role", wrong).as_deref() == Some("user");
                match item.get("content") {
                    Some(Json::Text(text)) => self.text(text.to_string(), is_users),
                    _ => {
                        for part in item.objects("content", wrong).unwrap_or_default() {
                            self.part(&part, is_users, keys, wrong);
                        }
                    }
                }
            }
            // An image of an earlier turn: sent again with the item, or named by the id of its call.
            Some("image_generation_call") => {
                let sent = item.text_in_place("result", &mut Vec::new());
                let image = match sent.filter(|encoded| !encoded.is_empty()) {
                    Some(encoded) => image_file::from_base64(encoded, item.path()),
                    None => Ok(InputImage::elsewhere(item.path().to_owned())),
                };
                let unusable = |why| wrong.push(item.wrong("result", What::Image(why)));
                self.images.extend(image.map_err(unusable));
            }
            Some(_) => keys.put_typed(item, "input"),
        }
    }

    fn part(&mut self, part: &Object, is_users: bool, keys: &mut Keys, wrong: &mut Vec<Wrong>) {
        match part.text("type", wrong).as_deref() {
            Some("input_text" | "output_text") => {
                keys.sort(part, &OF_TEXT, &OF_TEXT, wrong);
                let text = part.text("text", wrong).unwrap_or_default();
                self.text(text, is_users);
            }
            Some("input_image") => {
                keys.sort(part, &OF_IMAGE, &OF_IMAGE, wrong);
                let url = part.text_in_place("image_url", wrong).unwrap_or_default();
                let image = image_file::from_url(url, part.path());
                let unusable = |why| wrong.push(part.wrong("image_url", What::Image(why)));
                self.images.extend(image.map_err(unusable));
            }
            _ => keys.put_typed(part, "input.content"),
        }
    }

    fn text(&mut self, text: String, is_users: bool) {
        if is_users { self.asked.push(text) } else { self.beside.push(text) }
    }

    /// What the image tool is asked for, as far as the user says it.
    fn prompt(&self) -> Option<Prompt> {
        (!self.asked.is_empty()).then(|| Prompt::Text(self.asked.join("\n")))
    }

    /// All texts that the mainline model reads.
    fn text_with(&self, instructions: Option<String>) -> String {
        let texts = instructions.iter().chain(&self.beside).chain(&self.asked);
        texts.map(String::as_str).collect::<Vec<_>>().join("\n")
    }
}
