//! `image_tool` of a route file → [`ImageTool`].

use std::ops::Range;

use super::check::{Checker, all, optional};
use super::image_tool::{ImageTool, NotCounted};
use super::raw::{RawImageTool, RawNotCounted, Spanned};
use super::yaml::span;
use crate::problem::ProblemCode;

pub(super) fn image_tool(check: &mut Checker, raw: &Spanned<RawImageTool>) -> Option<ImageTool> {
    let (at, raw) = (span(raw), &raw.value);
    report_no_models(check, raw, at);
    let mainline_models = all(raw.mainline_models.iter().map(|model| check.text(model)).collect());
    let evidence = check.evidence(&raw.evidence);
    let unnamed_model = optional(raw.unnamed_model.as_ref(), |raw| check.text(raw));
    let not_counted = all(raw.not_counted.iter().map(|raw| not_counted(check, raw)).collect());
    Some(ImageTool {
        mainline_models: mainline_models?,
        evidence: evidence?,
        unnamed_model: unnamed_model?,
        not_counted: not_counted?,
    })
}

fn report_no_models(check: &mut Checker, raw: &RawImageTool, at: Range<usize>) {
    if raw.mainline_models.is_empty() {
        let help = "name the models that call it, each with a table of the same owner";
        check.report(ProblemCode::Empty, at, "no mainline model calls the image model", help);
    }
}

fn not_counted(check: &mut Checker, raw: &RawNotCounted) -> Option<NotCounted> {
    let text = check.text(&raw.text);
    let of_later_turns = raw.of_later_turns.as_ref().map_or(Some(false), |raw| check.flag(raw));
    let evidence = check.evidence(&raw.evidence);
    Some(NotCounted { text: text?, of_later_turns: of_later_turns?, evidence: evidence? })
}
