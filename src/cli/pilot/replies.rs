//! `imgcost pilot read` of replies: their rows, by themselves or in the log that a person keeps.

use std::cell::OnceCell;
use std::collections::HashSet;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::NaiveDate;
use clap::Args;

use crate::catalog::Catalog;
use crate::cli::bodies::Bodies;
use crate::cli::exit::Failure;
use crate::cli::files::FilesArgs;
use crate::cli::input::Input;
use crate::cli::message::About;
use crate::cli::rejected::Rejected;
use crate::cli::{advice, input, message, save};
use crate::input_limits::LOG_BYTES;
use crate::items::{Asked, Item, Others, Wanted};
use crate::pilot::log::{self, Appended, LoggedReply, NoRow};
use crate::problem::{Place, Problem, ProblemCode};
use crate::request::RequestError;
use crate::shape;

/// What a log without a file is called.
const REPLIES: &str = "of replies";

/// What spreadsheets put before a text in UTF-8.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// How many ids that were logged already are named.
const MOST_NAMED: usize = 5;

/// Where replies are logged.
#[derive(Debug, Args)]
pub(super) struct ReplyArgs {
    /// Write the rows of replies into this log, which may be new; what stands in it stays
    #[arg(long, value_name = "LOG")]
    append: Option<PathBuf>,
    /// Route on which replies were made, or the end of its id [default: the maker's of their model]
    #[arg(long, value_name = "ROUTE")]
    route: Option<String>,
}

/// The text of a log, and its name for messages.
pub(super) struct LogText {
    pub name: String,
    pub text: Arc<str>,
}

impl ReplyArgs {
    /// The log that is read: a file, or one of replies, which is written where that is asked for.
    pub(super) fn log(
        &self,
        paths: &[String],
        catalog: &Catalog,
        (as_of, today): (Option<NaiveDate>, NaiveDate),
    ) -> Result<LogText, Failure> {
        let only = match paths {
            [path] if !Path::new(path).is_dir() => Some(input::read_body(path)?),
            _ => None,
        };
        if let Some(file) = only.as_ref().filter(|file| !shape::is_json(&file.text)) {
            self.refuse_of_replies()?;
            return of_file(file);
        }
        let replies = replies((paths, only.as_ref()), catalog, as_of)?;
        let Some(path) = &self.append else {
            let (name, before) = (REPLIES.to_owned(), Arc::from(log::empty()));
            let text = self.with_rows((&name, &before), &replies, (catalog, today))?.text;
            return Ok(LogText { name, text: text.into() });
        };
        let name = path.display().to_string();
        // Until it is written, no other run reads what this one is about to replace.
        let (held, is_new) = save::held(path);
        let before = if is_new { Arc::from(log::empty()) } else { log_at(path)? };
        let appended = self.with_rows((&name, &before), &replies, (catalog, today))?;
        let text = format!("{}{}", mark_of(path), appended.text);
        if is_new {
            save::save_new(path, &text)?
        } else {
            save::save(path, &text)?
        };
        drop(held);
        message::hint(About::Written, &in_words(&name, &appended));
        Ok(LogText { name, text: appended.text.into() })
    }

    /// The log with the rows of replies, in which no row is broken that was not.
    fn with_rows(
        &self,
        (name, before): (&str, &Arc<str>),
        replies: &[Placed],
        (catalog, today): (&Catalog, NaiveDate),
    ) -> Result<Appended, Failure> {
        let appended = self.appended((name, before), replies, (catalog, today))?;
        refuse_new_problems(catalog, (name, today), before, &Arc::from(&*appended.text))?;
        Ok(appended)
    }

    fn refuse_of_replies(&self) -> Result<(), Failure> {
        let given = [("--append", self.append.is_some()), ("--route", self.route.is_some())];
        let refused = given.into_iter().filter(|(_, is_given)| *is_given).map(|(flag, _)| {
            let what = format!("{flag} is of replies, and a log is read");
            (what, "leave it out, or give replies: files, folders or JSON Lines".to_owned())
        });
        let refused: Vec<_> = refused.collect();
        if refused.is_empty() { Ok(()) } else { Err(Failure::Usage(refused)) }
    }

    /// The log with the rows of replies: of all, or of none and why.
    fn appended(
        &self,
        (name, before): (&str, &Arc<str>),
        replies: &[Placed],
        (catalog, today): (&Catalog, NaiveDate),
    ) -> Result<Appended, Failure> {
        let mut problems = Rejected::default();
        let mut cells = |index: usize, planned: Option<&str>| {
            let Placed { place, logged } = replies.get(index)?;
            if let Some(day) = logged.reply.created.filter(|day| *day > today) {
                problems.push(|| made_later(place.clone(), day, today));
                return None;
            }
            let route = planned.or(self.route.as_deref());
            match log::cells_of_reply(catalog, logged, route) {
                Ok(Ok(cells)) => return Some(cells),
                Ok(Err(why)) => problems.push(|| problem(place.clone(), &why)),
                Err(broken) => problems.extend(broken),
            }
            None
        };
        let ids: Vec<&str> = replies.iter().map(|it| &*it.logged.request_id).collect();
        let appended = log::append(name, before, &ids, &mut cells)?;
        problems.or_failure(appended)
    }
}

/// A reply, and where it stands.
struct Placed {
    place: Place,
    logged: LoggedReply,
}

/// The replies of files: all of them, or none and why.
fn replies(
    (paths, only): (&[String], Option<&Input<String>>),
    catalog: &Catalog,
    made_on: Option<NaiveDate>,
) -> Result<Vec<Placed>, Failure> {
    let mut replies = Vec::new();
    let mut problems = Rejected::default();
    let mut take = |file: &Arc<str>, item: Item| {
        let place = item.at.place(file);
        let request_id = item.custom_id.unwrap_or_else(|| id_of(file, item.number));
        match item.asked {
            Ok(Asked::Reply(reply)) => {
                replies.push(Placed { place, logged: LoggedReply { request_id, reply, made_on } });
            }
            Ok(Asked::Request(_)) => problems.push(|| no_reply(place)),
            Err(wrong) => problems.extend(wrong),
        }
        Ok(())
    };
    let files = FilesArgs::default();
    let bodies = Bodies {
        wanted: Wanted::Replies,
        others: Others::Wait,
        files: &files,
        ignored_keys: &[],
        catalog,
    };
    let kept = OnceCell::new();
    let only = match only {
        Some(file) => bodies.of_only(file, &mut take)?,
        None => bodies.each(paths, &kept, &mut take)?,
    };
    if let Some((file, item)) = only {
        take(&file, item)?;
    }
    problems.or_failure(replies)
}

/// A reply of a later day: its row is not written, so that the reply has the place.
fn made_later(place: Place, day: NaiveDate, today: NaiveDate) -> Problem {
    let message =
        format!("the reply was made on {day}, after {today}, as of which the log is read");
    let help = "name its day or a later one with --as-of, or leave the reply out".into();
    Problem { code: ProblemCode::BadDate, message, place, help }
}

fn no_reply(place: Place) -> Problem {
    let message = "this is a request, and a log has what came back".to_owned();
    let help = "give the reply to it".into();
    Problem { code: ProblemCode::BadValue, message, place, help }
}

/// A log that is read as it is.
fn of_file(file: &Input<String>) -> Result<LogText, Failure> {
    refuse_too_large(&file.name, &file.text)?;
    Ok(LogText { name: file.name.clone(), text: Arc::from(&*file.text) })
}

fn refuse_too_large(name: &str, text: &str) -> Result<(), Failure> {
    LOG_BYTES
        .holds(text.len())
        .map_err(|limit| Failure::Data(vec![limit.problem(Place::file(name))]))
}

/// The log that rows are added to.
fn log_at(path: &Path) -> Result<Arc<str>, Failure> {
    let file = input::read_body(&path.to_string_lossy())?;
    Ok(of_file(&file)?.text)
}

/// The byte order mark of a log, by which a spreadsheet knows its letters; it is no part of the text.
fn mark_of(path: &Path) -> &'static str {
    let mut start = [0; BYTE_ORDER_MARK.len()];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut start));
    match read.is_ok() && start == BYTE_ORDER_MARK.as_bytes() {
        true => BYTE_ORDER_MARK,
        false => "",
    }
}

/// The id of a request whose reply is saved under it: the name of the file, with a number where it holds several.
fn id_of(file: &str, number: usize) -> String {
    let stem = Path::new(file).file_stem().unwrap_or_default().to_string_lossy().into_owned();
    if number == 1 { stem } else { format!("{stem}-{number}") }
}

/// Rows that cannot be read are not written, whatever else stands in the log.
fn refuse_new_problems(
    catalog: &Catalog,
    (name, today): (&str, NaiveDate),
    before: &Arc<str>,
    after: &Arc<str>,
) -> Result<(), Failure> {
    let rejected = |text| log::read(catalog, name, text, today).map(|log| log.rejected);
    let known: HashSet<usize> = rejected(before)?.iter().map(|row| row.number).collect();
    let new = rejected(after)?.into_iter().filter(|row| !known.contains(&row.number));
    let new: Vec<Problem> = new.flat_map(|row| row.problems).collect();
    if new.is_empty() { Ok(()) } else { Err(Failure::Data(new)) }
}

fn in_words(name: &str, appended: &Appended) -> String {
    let Appended { filled, added, known, .. } = appended;
    let rows = |count: usize, one: &str| match count {
        1 => format!("1 {one}"),
        count => format!("{count} {one}s"),
    };
    let (filled, added) = (rows(*filled, "planned row"), rows(*added, "row"));
    let mut said = format!("{name}: {filled} filled in, {added} added");
    if !known.is_empty() {
        let first: Vec<&str> = known.iter().take(MOST_NAMED).map(String::as_str).collect();
        let more = known.len().saturating_sub(MOST_NAMED);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        said += &format!("; logged already, and left as they are: {}{more}", first.join(", "));
    }
    said
}

fn problem(place: Place, why: &NoRow) -> Problem {
    let help: String = match why {
        NoRow::Route(RequestError::ReplyWithoutModel) => {
            "name the route on which it was made with --route".into()
        }
        NoRow::NoDay => "name the day on which it was made with --as-of".into(),
        NoRow::SeveralImages(_) => {
            "ask for one image in each call of a pilot; `imgcost estimate FILE` prices it as a whole".into()
        }
        NoRow::Route(error) => advice::of_request(error).unwrap_or_else(|| why.help()),
        _ => why.help(),
    };
    let code = ProblemCode::CannotBePriced;
    Problem { code, message: why.to_string(), place, help: help.into() }
}
