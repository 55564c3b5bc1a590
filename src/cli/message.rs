//! Messages on standard error: what, where with an excerpt, and what to do next. Here alone is decided what is
//! coloured, what `--quiet` leaves out, and what [`programs`] read instead.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ffi::OsString;
use std::io::Write;
use std::panic::PanicHookInfo;
use std::sync::atomic::{AtomicBool, Ordering};

use annotate_snippets::renderer::{DEFAULT_ERROR_STYLE, DEFAULT_HELP_STYLE, Style};
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Args, ColorChoice, ValueEnum};

pub(super) use super::about::About;
use super::excerpt::{Excerpt, excerpt};
use super::exit::Exit;
use super::{advice, programs};
use crate::hidden::{plain, plain_line};
use crate::line_marks::LineMarks;
use crate::long::shortened;
use crate::near::near_matches;
use crate::problem::{Place, Problem};
use crate::report::number::count;
use crate::report::problems::{Message, Severity};
use crate::report::sheet::said;
use crate::request::RequestError;

/// The most problems that are shown in one run: more than anyone corrects before the next.
const MOST_SHOWN: usize = 100;

/// How many further places of the same problem are named.
const MOST_PLACES: usize = 5;

/// Whether hints are left out. Messages are written from everywhere, and by the hook of a fault.
static QUIET: AtomicBool = AtomicBool::new(false);

/// What is said on standard error, and how.
#[derive(Debug, Args)]
pub(super) struct MessageArgs {
    /// When messages and help are coloured; auto: on a terminal, unless NO_COLOR is set
    #[arg(
        long,
        value_enum,
        value_name = "WHEN",
        default_value = "auto",
        global = true,
        hide_short_help = true,
        display_order = LAST
    )]
    color: ColorChoice,
    /// Write nothing to standard error but problems
    #[arg(long, short, global = true, hide_short_help = true, display_order = LAST)]
    quiet: bool,
}

/// After the flags that a command has of its own, and before its help.
pub(super) const LAST: usize = 900;

impl MessageArgs {
    /// Holds for all messages from here on.
    pub(super) fn apply(&self) {
        use_color(self.color);
        QUIET.store(self.quiet, Ordering::Relaxed);
    }
}

/// Colours what is written about arguments that cannot be read: `--color` is looked for among them.
pub(super) fn use_color_of(mut args: impl Iterator<Item = OsString>) {
    let mut choice = None;
    while let Some(arg) = args.next() {
        choice = match arg.to_str() {
            Some("--") => break,
            Some("--color") => args.next().and_then(|value| color(value.to_str()?)).or(choice),
            Some(arg) => arg.strip_prefix("--color=").and_then(color).or(choice),
            None => choice,
        };
    }
    use_color(choice.unwrap_or(ColorChoice::Auto));
}

fn color(word: &str) -> Option<ColorChoice> {
    ColorChoice::from_str(word, false).ok()
}

fn use_color(choice: ColorChoice) {
    match choice {
        ColorChoice::Auto => anstream::ColorChoice::Auto,
        ColorChoice::Always => anstream::ColorChoice::Always,
        ColorChoice::Never => anstream::ColorChoice::Never,
    }
    .write_global();
}

/// Says what is wrong with arguments that cannot be read; help and the version that were asked for are no error.
pub(super) fn of_arguments(error: clap::Error) -> Exit {
    if error.use_stderr() && programs::ask_for_json(std::env::args_os()) {
        programs::keep_messages();
        programs::keep(|| programs::of_arguments(shown(error)));
        return Exit::Usage;
    }
    use_color_of(std::env::args_os());
    if !error.use_stderr() {
        error.exit();
    }
    let said = shown(error).render();
    // An escape of an argument cannot be told from one of a colour.
    let is_plain = |arg: OsString| matches!(plain(&arg.to_string_lossy()), Cow::Borrowed(_));
    match std::env::args_os().all(is_plain) {
        true => write(&shortened(&said.ansi().to_string())),
        false => write(&plain(&shortened(&said.to_string()))),
    }
    Exit::Usage
}

/// What may be meant in place of what was given: kept where it is near, and the usage that goes with it.
fn with_near_matches_alone(mut error: clap::Error) -> clap::Error {
    for (given, suggested) in [
        (ContextKind::InvalidArg, ContextKind::SuggestedArg),
        (ContextKind::InvalidSubcommand, ContextKind::SuggestedSubcommand),
        (ContextKind::InvalidValue, ContextKind::SuggestedValue),
    ] {
        let Some(ContextValue::String(given)) = error.get(given) else { continue };
        let near = |word: &String| is_near(given, word);
        let is_any_near = match error.get(suggested) {
            Some(ContextValue::String(word)) => near(word),
            Some(ContextValue::Strings(words)) => words.iter().any(near),
            _ => continue,
        };
        if !is_any_near {
            error.remove(suggested);
            // It is that of the flag that is not meant.
            if suggested == ContextKind::SuggestedArg {
                error.remove(ContextKind::Usage);
            }
        }
    }
    error
}

/// Whether a flag, command or word may be meant by what was given; the dashes of flags make none alike.
fn is_near(given: &str, known: &str) -> bool {
    let given = given.split('=').next().unwrap_or(given);
    let [given, known] = [given, known].map(|name| name.trim_start_matches('-'));
    !near_matches(given, std::iter::once(known)).is_empty()
}

/// What is said of a flag that other commands have in the place of the one that was given.
fn with_the_flag_in_its_place(mut error: clap::Error) -> clap::Error {
    let given = match error.get(ContextKind::InvalidArg) {
        Some(ContextValue::String(given)) => given.split('=').next().unwrap_or(given),
        _ => return error,
    };
    let of_budgets = std::env::args_os().any(|arg| arg == "budget");
    let tip = match given {
        "--known-on" if of_budgets => {
            "of a budget, --as-of is the day of knowledge: what became known later is not used"
        }
        "--data-residency" => {
            "estimate, compare and the commands of budgets take it; what it adds is a share of the price"
        }
        _ => return error,
    };
    if error.kind() == ErrorKind::UnknownArgument {
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![tip.into()]));
    }
    error
}

/// The error with what it quotes of the arguments as plain data: it would leave out what it takes for colours.
fn shown(error: clap::Error) -> clap::Error {
    let mut error = with_the_flag_in_its_place(with_near_matches_alone(error));
    let quoted: Vec<(ContextKind, ContextValue)> = error
        .context()
        .filter_map(|(kind, value)| match value {
            ContextValue::String(text) => Some((kind, ContextValue::String(plain(text).into()))),
            ContextValue::Strings(texts) => {
                let texts = texts.iter().map(|text| plain(text).into()).collect();
                Some((kind, ContextValue::Strings(texts)))
            }
            _ => None,
        })
        .collect();
    for (kind, value) in quoted {
        error.insert(kind, value);
    }
    error
}

/// An error without a place.
pub(super) fn error(code: &'static str, message: &str, help: Option<&str>) {
    let kept = || Message::new(Severity::Error, code, message).with_help(help.map(str::to_owned));
    if programs::keep(kept) {
        return;
    }
    let mut text = format!("{} {}\n", styled("error:", DEFAULT_ERROR_STYLE), said(message));
    if let Some(help) = help {
        text += &format!("  {} {}\n", styled("help:", DEFAULT_HELP_STYLE), said(help));
    }
    write(&text);
}

fn styled(word: &str, style: Style) -> String {
    format!("{style}{word}{style:#}")
}

/// What is good to know and no problem; not with `--quiet`.
pub(super) fn hint(about: About, message: &str) {
    if !QUIET.load(Ordering::Relaxed) {
        say(Severity::Hint, about, message);
    }
}

/// Why the exit code is 1, or what was given in vain: a problem, also with `--quiet`.
pub(super) fn finding(about: About, message: &str) {
    say(Severity::Finding, about, message);
}

fn say(severity: Severity, about: About, message: &str) {
    let in_one_line = || message.split_whitespace().collect::<Vec<_>>().join(" ");
    if !programs::keep(|| Message::new(severity, about.code(), in_one_line())) {
        write(&format!("{}\n", said(message)));
    }
}

/// Whether someone may want to see how far a command is.
pub(super) fn may_show_progress() -> bool {
    !QUIET.load(Ordering::Relaxed) && !programs::are_messages_kept()
}

/// A fault of the program itself: what happened and where in the code, for whoever mends it.
pub(super) fn fault(panic: &PanicHookInfo) {
    let payload = panic.payload();
    let text = payload.downcast_ref::<&str>().copied();
    let what = text.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    let what = what.unwrap_or("no message");
    let place = panic.location().map_or_else(String::new, |place| format!(" at {place}"));
    error(
        "fault",
        &format!("a fault of imgcost {}{place}: {what}", env!("CARGO_PKG_VERSION")),
        Some("nothing of this output can be relied on; please report the command and this message"),
    );
}

/// A request that cannot be priced as asked.
pub(super) fn request_error(problem: &RequestError) {
    error(problem.code(), &problem.to_string(), advice::of_request(problem).as_deref());
}

/// A request that cannot be priced as asked, where its file says so.
pub(super) fn request_error_at(problem: &RequestError, place: &Place) {
    let (code, message, at) = (problem.code(), problem.to_string(), place.line_and_column());
    let help = advice::of_request(problem);
    let kept = || {
        let message = Message::new(Severity::Error, code, &*message).with_help(help.clone());
        Message { file: Some(place.file.clone()), at, cell: place.cell.clone(), ..message }
    };
    if !programs::keep(kept) {
        let level = Level::ERROR;
        write_placed(&Placed { level, code, message: &message, place, at, help }, None);
    }
}

/// Problems in files, and how many there are beside: programs read each; people read what is the same in several places
/// of a file once; and both of many the first.
pub(super) fn problems(all: &[Problem], beside: u64) {
    if programs::keep_problems(all, beside) {
        return;
    }
    let (alike, mut marks) = (alike(all), LineMarks::default());
    for problems in alike.iter().take(MOST_SHOWN) {
        if let Some((first, others)) = problems.split_first() {
            write_problem(first, others, &mut marks);
        }
    }
    let not_shown: usize = alike.iter().skip(MOST_SHOWN).map(Vec::len).sum();
    let more = beside.saturating_add(not_shown as u64);
    if more > 0 {
        write(&format!("and {} problems more\n", count(more)));
    }
}

/// What is the same in several places of a file, in the order in which it comes up.
fn alike(all: &[Problem]) -> Vec<Vec<&Problem>> {
    let mut alike: Vec<Vec<&Problem>> = Vec::new();
    let mut known = HashMap::new();
    for problem in all {
        let Problem { code, message, place, help } = problem;
        let index = *known.entry((code, message, &place.file, help)).or_insert_with(|| {
            alike.push(Vec::new());
            alike.len() - 1
        });
        if let Some(same) = alike.get_mut(index) {
            same.push(problem);
        }
    }
    alike
}

/// A problem in a file, with file:line:column and an excerpt.
pub(super) fn problem(problem: &Problem) {
    if !programs::keep_problems(std::slice::from_ref(problem), 0) {
        write_problem(problem, &[], &mut LineMarks::default());
    }
}

/// Where else it is the same: the first places and how many more.
fn places(others: &[&Problem], marks: &mut LineMarks) -> String {
    let shown = |Problem { place, .. }: &&Problem| match marks.line_and_column(place) {
        Some((line, column)) => format!("{}:{line}:{column}", place.file),
        None => place.file_and_cell(),
    };
    let first: Vec<String> = others.iter().take(MOST_PLACES).map(shown).collect();
    let more = match others.len().saturating_sub(MOST_PLACES) {
        0 => String::new(),
        more => format!(" and {} places more", count(more as u64)),
    };
    format!("the same at {}{more}", first.join(", "))
}

/// What is wrong at a place, in words.
struct Placed<'a> {
    level: Level<'static>,
    code: &'static str,
    message: &'a str,
    place: &'a Place,
    at: Option<(usize, usize)>,
    help: Option<String>,
}

fn write_problem(problem: &Problem, others: &[&Problem], marks: &mut LineMarks) {
    let Problem { code, message, place, help } = problem;
    let at = marks.line_and_column(place);
    let others = (!others.is_empty()).then(|| places(others, marks));
    let level = if code.is_warning() { Level::WARNING } else { Level::ERROR };
    let help = Some(advice::of_help(help));
    let placed = Placed { level, code: code.as_str(), message, place, at, help };
    write_placed(&placed, others.as_deref());
}

fn write_placed(placed: &Placed, others: Option<&str>) {
    let uncoloured = rendered(Renderer::plain(), placed, others);
    // An escape of an excerpt cannot be told from one of a colour.
    match plain(&uncoloured) {
        Cow::Borrowed(_) => write(&rendered(Renderer::styled(), placed, others)),
        Cow::Owned(shown) => write(&shown),
    }
}

fn rendered(renderer: Renderer, placed: &Placed, others: Option<&str>) -> String {
    let Placed { level, code, message, place, at, help } = placed;
    let message = said(message);
    let help = help.as_deref().map(said);
    let title = level.clone().primary_title(&*message).id(*code);
    let shown_place = place.file_and_cell();
    let file = plain_line(&shown_place);
    let mut group = annotate_snippets::Group::with_title(title);
    match (excerpt(place), *at) {
        (Some(Excerpt { text, span }), Some((line, _))) => {
            let annotation = AnnotationKind::Primary.span(span);
            let snippet =
                Snippet::source(text).line_start(line).path(&*file).annotation(annotation);
            group = group.element(snippet);
        }
        (_, at) => {
            let mut origin = annotate_snippets::Origin::path(&*file);
            if let Some((line, column)) = at {
                origin = origin.line(line).char_column(column);
            }
            group = group.element(origin);
        }
    }
    if let Some(others) = others {
        group = group.element(Level::NOTE.message(plain(others).into_owned()));
    }
    if let Some(help) = &help {
        group = group.element(Level::HELP.message(&**help));
    }
    with_column_of_file(renderer.render(&[group]), &file, placed) + "\n\n"
}

/// A rendered message whose column is that of the file: the renderer tells that of the excerpt, which may be a part of a line.
fn with_column_of_file(text: String, file: &str, placed: &Placed) -> String {
    let (Some((line, column)), 2..) = (placed.at, placed.place.first_column) else { return text };
    let in_excerpt = column.saturating_sub(placed.place.first_column - 1);
    let Some((title, rest)) = text.split_once('\n') else { return text };
    let [shown, meant] = [in_excerpt, column].map(|column| format!("{file}:{line}:{column}"));
    match rest.contains(&meant) {
        true => text,
        false => format!("{title}\n{}", rest.replacen(&shown, &meant, 1)),
    }
}

fn write(text: &str) {
    // Colours are taken out where they are not wanted. Standard error may be closed; there is then nobody to tell.
    let _ = anstream::stderr().write_all(text.as_bytes());
}
