//! What a body of the Images API and the image tool of a Responses API call name alike.

use super::unread_keys::Keys;
use super::{Draft, InputImage, LeftOut};
use crate::catalog::conditions::Processing;
use crate::json::{Object, What, Wrong};
use crate::note::Note;
use crate::size::NoSize;
use crate::unread::Sorted;

/// The key of the tier at which a call is to be served.
pub(super) const TIER: &str = "service_tier";

/// What is asked for of the images, by the body of the Images API or by the image tool.
pub(super) fn asked_of_images(object: &Object, keys: &mut Keys, wrong: &mut Vec<Wrong>) -> Draft {
    Draft {
        model: object.text("model", wrong),
        size: object.text("size", wrong),
        quality: object.text("quality", wrong),
        n: object.count("n", wrong),
        input_fidelity: object.text("input_fidelity", wrong),
        partial_images: object.count("partial_images", wrong),
        output_format: object.text("output_format", wrong),
        background: object.text("background", wrong),
        svg_author: svg_author(object, keys, wrong),
        left_out: LeftOut::ByApi,
        ..Draft::default()
    }
}

/// What of `svg` is read; how hard the author thinks is counted in its tokens.
const OF_SVG: [&str; 2] = ["model", "reasoning"];

/// The model that is to write an SVG file.
fn svg_author(body: &Object, keys: &mut Keys, wrong: &mut Vec<Wrong>) -> Option<String> {
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

/// What is to be said of a body: the images that it names and that are not there, its tier, and the keys that were not
/// read.
pub(super) fn notes(images: &[InputImage], of_tier: Option<Note>, sorted: &Sorted) -> Vec<Note> {
    let missing = images.iter().filter(|image| image.size == Err(NoSize::FileNotThere));
    let missing: Vec<String> = missing.map(|image| image.name.clone()).collect();
    let free: Vec<String> = sorted.free.iter().map(|unread| unread.key.clone()).collect();
    let named = |names: Vec<String>, note: fn(Vec<String>) -> Note| {
        (!names.is_empty()).then(|| note(names))
    };
    named(missing, Note::ImagesNotThere)
        .into_iter()
        .chain(of_tier)
        .chain(named(free, Note::NoPriceEffect))
        .chain(Note::left_out(sorted))
        .collect()
}
