//! With `--format json`, what is said on standard error is kept until the end and written as one object.

use std::ffi::{OsStr, OsString};
use std::io::Write;
use std::sync::{Mutex, MutexGuard, PoisonError};

use clap::ArgMatches;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::advice;
use super::exit::Exit;
use super::rejected::MOST_KEPT;
use crate::problem::Problem;
use crate::report::Format;
use crate::report::problems::{self, Message, Severity};
use crate::unit::grouped;

/// The code of what counts the others.
const MORE: &str = "more-problems";

/// What was said so far, where a program reads it.
static KEPT: Mutex<Option<Vec<Message>>> = Mutex::new(None);

/// The hook of a fault says what happened as well, whatever was locked then.
fn kept() -> MutexGuard<'static, Option<Vec<Message>>> {
    KEPT.lock().unwrap_or_else(PoisonError::into_inner)
}

/// From here on, messages are kept.
pub(super) fn keep_messages() {
    kept().get_or_insert_default();
}

/// Whether messages are kept for a program.
pub(super) fn are_messages_kept() -> bool {
    kept().is_some()
}

/// Keeps a message, if a program reads it; whether it did.
pub(super) fn keep(message: impl FnOnce() -> Message) -> bool {
    match &mut *kept() {
        Some(messages) => {
            messages.push(message());
            true
        }
        None => false,
    }
}

/// Keeps the first of many problems in files, and how many there are beside; whether it did.
pub(super) fn keep_problems(all: &[Problem], beside: u64) -> bool {
    let Some(messages) = &mut *kept() else { return false };
    let (first, more) = all.split_at(all.len().min(MOST_KEPT));
    messages.extend(problems::messages(first, advice::of_help));
    messages.extend(and_more(beside.saturating_add(more.len() as u64)));
    true
}

/// The rest of many problems, as a message.
fn and_more(count: u64) -> Option<Message> {
    let what = format!("and {} problems more", grouped(count));
    (count > 0).then(|| Message::new(Severity::Error, MORE, what))
}

/// Writes what was kept: nothing where nothing was said.
pub(super) fn write_kept(exit: Exit) {
    let Some(messages) = kept().take().filter(|messages| !messages.is_empty()) else { return };
    let mut text = Vec::new();
    // Memory takes all that is written into it; standard error may be closed, and there is then nobody to tell.
    let _ = problems::write(&messages, exit.code(), &mut text);
    let _ = std::io::stderr().write_all(&text);
}

/// Whether the command was asked for JSON.
pub(super) fn want_json(mut matches: &ArgMatches) -> bool {
    while let Some((_, of_command)) = matches.subcommand() {
        matches = of_command;
    }
    matches!(matches.try_get_one::<Format>("format"), Ok(Some(Format::Json)))
}

/// Whether arguments that cannot be read ask for JSON.
pub(super) fn ask_for_json(args: impl Iterator<Item = OsString>) -> bool {
    let args: Vec<OsString> = args.take_while(|arg| arg != "--").collect();
    let json = OsStr::new(Format::Json.as_str());
    args.iter().any(|arg| arg == "--format=json")
        || args.windows(2).any(|pair| pair[0] == "--format" && pair[1] == json)
}

/// Arguments that cannot be read, as a message.
pub(super) fn of_arguments(mut error: clap::Error) -> Message {
    let suggestions =
        [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue];
    let near = suggestions.into_iter().filter_map(|kind| error.remove(kind)).map(in_words);
    let near: Vec<String> = near.filter(|near| !near.is_empty()).collect();
    let tips = error.remove(ContextKind::Suggested).map(in_words);
    error.remove(ContextKind::Usage);
    let did_you_mean = (!near.is_empty()).then(|| format!("did you mean {}?", near.join(" or ")));
    let help = did_you_mean.or(tips).unwrap_or_else(|| "see --help of the command".into());
    let code = code_of(error.kind());
    let what = match error.kind() {
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => "a command is missing".into(),
        // What follows the first paragraph names the flag of help.
        _ => error.to_string().split("\n\n").next().map(one_line).unwrap_or_default(),
    };
    let what = what.strip_prefix("error: ").unwrap_or(&what);
    Message::new(Severity::Error, code, what).with_help(Some(help))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn in_words(value: ContextValue) -> String {
    match value {
        ContextValue::String(word) => word,
        ContextValue::Strings(words) => words.join(" or "),
        ContextValue::StyledStr(text) => text.to_string(),
        ContextValue::StyledStrs(texts) => {
            texts.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
        }
        _ => String::new(),
    }
}

fn code_of(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::UnknownArgument => "unknown-argument",
        ErrorKind::InvalidSubcommand => "unknown-command",
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => "invalid-value",
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            "missing-command"
        }
        ErrorKind::MissingRequiredArgument => "missing-argument",
        ErrorKind::ArgumentConflict => "argument-conflict",
        _ => "arguments",
    }
}
