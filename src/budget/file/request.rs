//! A request of a workload as written → [`Draft`].

use std::num::NonZeroU32;
use std::path::Path;

use super::keep::{UNKNOWN_SIZE, kept};
use super::named::bytes_of;
use super::raw::RawRequest;
use crate::catalog::Catalog;
use crate::catalog::check::Checker;
use crate::catalog::raw::Text;
use crate::catalog::yaml::span;
use crate::help::{Help, Sentence};
use crate::input_limits::BUDGET_BODY_BYTES;
use crate::problem::{Problem, ProblemCode};
use crate::request::batch_file::{self, NotOne};
use crate::request::{Draft, InputImage, MainlineTurn, NamedFiles, Prompt, Reading, image_file};
use crate::shape;
use crate::size::NoSize;

/// A request as a budget keeps it, and what is to be said of it.
pub(super) fn draft(
    check: &mut Checker,
    raw: &RawRequest,
    (files, catalog): (&NamedFiles, &Catalog),
) -> Option<(Draft, Vec<String>)> {
    let written = written(check, raw, files);
    let body = |file| body(check, file, (files, catalog)).map(Some);
    let body = raw.file.as_ref().map_or(Some(None), body);
    let (written, body) = (written?, body?);
    Some(kept(match body {
        Some(body) => written.over(body),
        None => written,
    }))
}

fn written(check: &mut Checker, raw: &RawRequest, files: &NamedFiles) -> Option<Draft> {
    let model = check.optional_text(raw.model.as_ref());
    let size = raw.size.as_ref().map_or(Some(None), |raw| size(check, raw).map(Some));
    let quality = check.optional_text(raw.quality.as_ref());
    let prompt = prompt(check, raw);
    let input_images = input_images(check, &raw.input_images, files);
    let input_fidelity = check.optional_text(raw.input_fidelity.as_ref());
    let edit = raw.edit.as_ref().map_or(Some(false), |raw| check.flag(raw));
    let output_format = check.optional_text(raw.output_format.as_ref());
    let processing = raw.processing.as_ref().map_or(Some(None), |it| check.word(it).map(Some));
    let mainline_model = check.optional_text(raw.mainline_model.as_ref());
    let turns = raw.turns.as_ref().map_or(Some(None), |raw| check.small(raw).map(NonZeroU32::new));
    let [n, partial, cached_text, cached_image, text_output, read, read_cached, written] = [
        &raw.n,
        &raw.partial_images,
        &raw.cached_text_tokens,
        &raw.cached_image_tokens,
        &raw.text_output_tokens,
        &raw.mainline_input_tokens,
        &raw.mainline_cached_tokens,
        &raw.mainline_output_tokens,
    ]
    .map(|raw| check.optional_count(raw.as_ref()));
    let input_images = input_images?;
    Some(Draft {
        model: model?,
        size: size?,
        quality: quality?,
        n: n?,
        prompt: prompt?,
        edit: edit?,
        input_images,
        input_fidelity: input_fidelity?,
        partial_images: partial?,
        processing: processing?,
        cached_text_tokens: cached_text?,
        cached_image_tokens: cached_image?,
        text_output_tokens: text_output?,
        output_format: output_format?,
        mainline: MainlineTurn {
            model: mainline_model?,
            input_tokens: read?,
            cached_tokens: read_cached?,
            output_tokens: written?,
            text: None,
        },
        turns: turns?,
        ..Draft::default()
    })
}

/// A size, or `auto`.
pub(super) fn size(check: &mut Checker, raw: &Text) -> Option<String> {
    let text = check.text(raw)?;
    if text == "auto" {
        return Some(text);
    }
    let at = span(raw);
    check.size_text(&text, at).map(|_| text)
}

fn prompt(check: &mut Checker, raw: &RawRequest) -> Option<Option<Prompt>> {
    let text = raw.prompt.as_ref().map(|raw| (span(raw), check.verbatim(raw).map(Prompt::Text)));
    let [tokens, billed] = [
        (&raw.prompt_tokens, Prompt::Tokens as fn(u64) -> Prompt),
        (&raw.billed_text_tokens, Prompt::BilledTokens),
    ]
    .map(|(raw, prompt)| raw.as_ref().map(|raw| (span(raw), check.tokens(raw).map(prompt))));
    let mut given = [text, tokens, billed].into_iter().flatten();
    let Some((_, first)) = given.next() else { return Some(None) };
    if let Some((at, _)) = given.next() {
        let message = "the prompt is given in two ways";
        let help = "keep one of prompt, prompt_tokens and billed_text_tokens";
        check.report(ProblemCode::EitherOr, at, message, help);
        return None;
    }
    first.map(Some)
}

fn input_images(check: &mut Checker, raw: &[Text], files: &NamedFiles) -> Option<Vec<InputImage>> {
    let images = raw.iter().map(|raw| {
        let text = check.text(raw)?;
        if text == UNKNOWN_SIZE {
            return Some(InputImage::new(text, Err(NoSize::SaidUnknown)));
        }
        let report = |why: Sentence| {
            let usual = "write WIDTHxHEIGHT, the path of a PNG, JPEG or WebP file, or `unknown`";
            let help = why.help.unwrap_or_else(|| usual.into());
            check.report(ProblemCode::BrokenImage, span(raw), why.text, help);
        };
        image_file::named(&text, "input_images", files).map_err(report).ok()
    });
    images.collect::<Vec<_>>().into_iter().collect()
}

/// The body of a call, from a file beside the budget. What is wrong with it is said at the place that names
/// it and in words of its own: nothing of its text is shown.
fn body(check: &mut Checker, raw: &Text, beside: (&NamedFiles, &Catalog)) -> Option<Draft> {
    let name = check.text(raw)?;
    match body_of(&name, beside) {
        Ok(draft) => Some(draft),
        Err(reasons) => {
            for Sentence { text, help } in reasons {
                let usual = "name a file with the JSON body of one Images API call";
                let help = help.unwrap_or_else(|| usual.into());
                check.report(ProblemCode::Unreadable, span(raw), text, help);
            }
            None
        }
    }
}

fn body_of(name: &str, (files, catalog): (&NamedFiles, &Catalog)) -> Result<Draft, Vec<Sentence>> {
    let unusable =
        |why: String| Sentence::from(format!("{name} cannot be used as a request: {why}"));
    let one = |why: String| vec![unusable(why)];
    let path = files.find(name).map_err(|why| vec![why.sentence(name)])?;
    let text = body_text(&path).map_err(one)?;
    let named = files.of_found(&path);
    let known = catalog.free_keys().map_err(|problems| {
        problems.into_iter().map(without_text).map(Sentence::from).collect::<Vec<_>>()
    })?;
    let reading = Reading { files: &named, known: &known, ignored_keys: None };
    match batch_file::read_one(name, &text, &reading) {
        Ok(draft) => Ok(draft),
        Err(NotOne::Several) => {
            Err(one("it is a file of many requests, and a workload has one".to_owned()))
        }
        Err(NotOne::Wrong(problems)) => {
            let said = |problem: Problem| {
                // What is usual for a body by itself is said of the file instead.
                let help = Some(problem.help.clone()).filter(|it| !matches!(it, Help::Plain(_)));
                Sentence { help, ..unusable(without_text(problem)) }
            };
            Err(problems.into_iter().map(said).collect())
        }
    }
}

fn body_text(path: &Path) -> Result<String, String> {
    let bytes = bytes_of(path, &BUDGET_BODY_BYTES)?;
    shape::text(bytes).map_err(|other| other.to_string())
}

/// What is wrong, without a word of the text that it is wrong in.
fn without_text(problem: Problem) -> String {
    let what = match problem.code {
        ProblemCode::JsonSyntax => "it is not one JSON object".to_owned(),
        ProblemCode::DuplicateKey => "a key stands twice".to_owned(),
        _ => problem.message,
    };
    match problem.place.line_and_column() {
        Some((line, column)) => format!("line {line}, column {column}: {what}"),
        None => what,
    }
}
