//! Messages on standard error: what, where with an excerpt, and what to do next.

use std::io::Write;
use std::panic::PanicHookInfo;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use crate::problem::Problem;
use crate::report::sheet::plain;
use crate::request::RequestError;

/// A longer line is not shown as an excerpt: replies hold whole images on one line.
const LONGEST_EXCERPT: usize = 400;

/// An error without a place.
pub(super) fn error(message: &str, help: Option<&str>) {
    let mut text = format!("error: {}\n", plain(message));
    if let Some(help) = help {
        text += &format!("  help: {}\n", plain(help));
    }
    write(&text);
}

/// A hint that is no error.
pub(super) fn hint(message: &str) {
    write(&format!("{}\n", plain(message)));
}

/// A fault of the program itself: what happened and where in the code, for whoever mends it.
pub(super) fn fault(panic: &PanicHookInfo) {
    let what = panic.payload_as_str().unwrap_or("no message");
    let place = panic.location().map_or_else(String::new, |place| format!(" at {place}"));
    error(
        &format!("a fault of imgcost {}{place}: {what}", env!("CARGO_PKG_VERSION")),
        Some("nothing of this output can be relied on; please report the command and this message"),
    );
}

/// A request that cannot be priced as asked.
pub(super) fn request_error(problem: &RequestError) {
    error(&problem.to_string(), problem.help().as_deref());
}

/// A problem in a file, with file:line:column and an excerpt.
pub(super) fn problem(problem: &Problem) {
    write(&rendered(problem));
}

fn rendered(problem: &Problem) -> String {
    let message = plain(&problem.message);
    let help = plain(&problem.help);
    let level = if problem.code.is_warning() { Level::WARNING } else { Level::ERROR };
    let title = level.primary_title(&*message).id(problem.code.as_str());
    let file = plain(&problem.place.file);
    let mut group = annotate_snippets::Group::with_title(title);
    match &problem.place.text {
        Some(text) if excerpt_is_short(text, problem.place.span.start) => {
            let annotation = AnnotationKind::Primary.span(problem.place.span.clone());
            let snippet = Snippet::source(&**text).path(&*file).annotation(annotation);
            group = group.element(snippet);
        }
        _ => {
            let mut origin = annotate_snippets::Origin::path(&*file);
            if let Some((line, column)) = problem.place.line_and_column() {
                origin = origin.line(line).char_column(column);
            }
            group = group.element(origin);
        }
    }
    let group = group.element(Level::HELP.message(&*help));
    Renderer::plain().render(&[group]) + "\n\n"
}

fn excerpt_is_short(text: &str, at: usize) -> bool {
    let before =
        text.get(..at).map_or(0, |before| before.rfind('\n').map_or(0, |newline| newline + 1));
    let line = text.get(before..).map_or(0, |rest| rest.find('\n').unwrap_or(rest.len()));
    line <= LONGEST_EXCERPT
}

fn write(text: &str) {
    // Standard error may be closed; there is then nobody to tell.
    let _ = std::io::stderr().write_all(text.as_bytes());
}
