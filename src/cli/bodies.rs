//! Files that hold what was sent or what came back: the bodies of requests, and replies.

use std::cell::OnceCell;
use std::collections::HashSet;
use std::fs::DirEntry;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::NaiveDate;
use clap::Args;

use super::args::RequestArgs;
use super::exit::Failure;
use super::files::{self, FilesArgs};
use super::input::{self, Input};
use super::message::{self, About};
use crate::catalog::Catalog;
use crate::errors::Errors;
use crate::estimate::ReplyContext;
use crate::items::{Item, Items, Others, Reader, Wanted};
use crate::problem::{Place, Problem, ProblemCode};
use crate::report::flags::WithoutEffect;
use crate::request::{NamedFiles, Reading};
use crate::unread::{self, Sorted};
use crate::usage_log::reply::Reply;

/// The only request or reply of an only file, with the name of the file.
pub(super) type Only<'t> = (Arc<str>, Item<'t>);

/// Takes one of several requests and replies, with its file.
pub(super) type Take<'a> = dyn FnMut(&Arc<str>, Item) -> Result<(), Failure> + 'a;

/// How files of requests and replies are read.
pub(super) struct Bodies<'a> {
    /// What they are to hold.
    pub wanted: Wanted,
    /// What becomes of the others where one of several is rejected.
    pub others: Others,
    /// Where the files lie that they name.
    pub files: &'a FilesArgs,
    /// Keys that bill nothing, as the user says.
    pub ignored_keys: &'a [String],
    /// The price tables, which know what else bills nothing.
    pub catalog: &'a Catalog,
}

impl Bodies<'_> {
    /// The requests and replies of files, in the order in which the files are named: `take` has each as soon as it is
    /// read. The only one of an only file is not taken but returned, and its file kept.
    pub(super) fn each<'k>(
        &self,
        paths: &[String],
        kept: &'k OnceCell<Input<String>>,
        take: &mut Take,
    ) -> Result<Option<Only<'k>>, Failure> {
        let paths = files_of(paths);
        if let [path] = &paths[..] {
            let file = file_at(path)?;
            return self.of_only(kept.get_or_init(|| file), take);
        }
        let allowed = self.files.allowed()?;
        for path in paths {
            let wrong = match file_at(&path) {
                Ok(file) => match self.of(&file, &allowed, take)? {
                    Ok(None) => continue,
                    Ok(Some(item)) => {
                        take(&Arc::from(&*file.name), item)?;
                        continue;
                    }
                    Err(wrong) => wrong,
                },
                Err(wrong) => wrong,
            };
            take(&Arc::from(&*path), Item::wrong(wrong))?;
        }
        files::say_unused(&allowed);
        Ok(None)
    }

    /// The requests and replies of an only file, as [`Bodies::each`].
    pub(super) fn of_only<'t>(
        &self,
        file: &'t Input<String>,
        take: &mut Take,
    ) -> Result<Option<Only<'t>>, Failure> {
        let allowed = self.files.allowed()?;
        let item = self.of(file, &allowed, take)?;
        files::say_unused(&allowed);
        let item = item?;
        Ok(item.map(|item| (Arc::from(&*file.name), item)))
    }

    /// What a file holds; or why it holds nothing that can be priced.
    fn of<'t>(
        &self,
        file: &'t Input<String>,
        allowed: &NamedFiles,
        take: &mut Take,
    ) -> Result<Result<Option<Item<'t>>, Errors<Problem>>, Failure> {
        let known = self.catalog.free_keys().map_err(Failure::from)?;
        let named = allowed.in_folder(&file.folder);
        let ignored_keys = Some(self.ignored_keys);
        let requests = Reading { files: &named, known: &known, ignored_keys };
        let reader =
            Reader { file: &file.name, wanted: self.wanted, others: self.others, requests };
        let name: Arc<str> = Arc::from(&*file.name);
        let found = match reader.items(&file.text) {
            Ok(Items::One(item)) => Ok(Some(item)),
            Ok(Items::Several(mut items)) => {
                items.try_for_each(|item| take(&name, item))?;
                Ok(None)
            }
            Err(why) => Err(why.problems(&file.name)),
        };
        Ok(found)
    }
}

/// A file that is named; a folder is here only where there is nothing in it to be read.
fn file_at(path: &str) -> Result<Input<String>, Errors<Problem>> {
    if Path::new(path).is_dir() { Err(no_files_in(path)) } else { input::read_body(path) }
}

/// That nothing in a folder is read.
pub(super) fn no_files_in(path: &str) -> Errors<Problem> {
    let message = "there is no file in this folder that is read".to_owned();
    let help = "name files, or a folder with files: those of folders in it and those whose names begin with a \
                point are left out"
        .into();
    let place = Place::file(path);
    vec![Problem { code: ProblemCode::Unreadable, message, place, help }].into()
}

/// The files that are named, and those of a folder that is named: by their names, without hidden ones. A folder that cannot
/// be read, or holds none, is left for the message.
pub(super) fn files_of(paths: &[String]) -> Vec<String> {
    let of = |path: &String| of_folder(path).unwrap_or_else(|| vec![path.clone()]);
    let files: Vec<String> = paths.iter().flat_map(of).collect();
    say_what_is_read_twice(&files);
    files
}

fn of_folder(path: &str) -> Option<Vec<String>> {
    let entries = std::fs::read_dir(path).ok()?;
    let is_shown = |entry: &DirEntry| !entry.file_name().to_string_lossy().starts_with('.');
    let shown = entries.flatten().filter(is_shown).map(|entry| entry.path());
    let (files, others): (Vec<PathBuf>, Vec<PathBuf>) = shown.partition(|path| path.is_file());
    let (folders, others): (Vec<PathBuf>, Vec<PathBuf>) =
        others.into_iter().partition(|path| path.is_dir());
    let [files, folders, others] = [files, folders, others].map(in_order);
    if !files.is_empty() {
        say_not_read(&folders, "name a folder in a folder to read its files");
        say_not_read(&others, "this is no file and no folder, or a link that leads to neither");
    }
    (!files.is_empty()).then_some(files)
}

fn in_order(paths: Vec<PathBuf>) -> Vec<String> {
    let names = paths.into_iter().map(|path| path.to_string_lossy().into_owned());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

fn say_not_read(paths: &[String], why: &str) {
    if !paths.is_empty() {
        let what = format!("not read: {}; {why}", paths.join(", "));
        message::finding(About::Reading, &what);
    }
}

/// A file that is named twice is priced twice: in a sum that is rarely meant.
fn say_what_is_read_twice(files: &[String]) {
    let mut known = HashSet::new();
    let mut is_again =
        |file: &&String| std::fs::canonicalize(file).is_ok_and(|whole| !known.insert(whole));
    let again: Vec<&str> = files.iter().filter(|file| is_again(file)).map(String::as_str).collect();
    if !again.is_empty() {
        let what = format!("named more than once, and counted each time: {}", again.join(", "));
        message::finding(About::Twice, &what);
    }
}

/// Flags of a request that say nothing of a reply.
const NOT_WITH_USAGE: [&str; 15] = [
    "request",
    "size",
    "quality",
    "n",
    "prompt",
    "prompt_file",
    "prompt_tokens",
    "billed_text_tokens",
    "input_image",
    "input_fidelity",
    "partial_images",
    "mainline_input_tokens",
    "mainline_cached_tokens",
    "mainline_output_tokens",
    "turns",
];

/// A reply that came back, in place of a request.
#[derive(Debug, Args)]
pub(super) struct ReplyArgs {
    /// API reply (JSON) or several of them, whose counts are rated as they are
    ///
    /// By default at the prices of the day on which it was made; `-` reads standard input.
    #[arg(long, value_name = "FILE", conflicts_with_all = NOT_WITH_USAGE)]
    pub usage: Option<String>,
    /// Key of the request or the reply that bills nothing, such as seed or usage.seconds, and is left out of
    /// the total; what is not read makes the total `at least` (repeatable)
    #[arg(long, value_name = "NAME")]
    pub ignore_key: Vec<String>,
}

/// The day whose prices hold: the one that is named, else the reply's own, else today.
pub(super) fn day_of(
    reply: Option<&(Reply, ReplyContext)>,
    named: Option<NaiveDate>,
    today: NaiveDate,
) -> NaiveDate {
    let own = reply.and_then(|(reply, _)| reply.created);
    named.or(own).unwrap_or(today)
}

impl ReplyArgs {
    /// Refuses keys to leave out where neither a request nor a reply has keys.
    pub(super) fn refuse_ignored_without_file(&self, has_file: bool) -> Result<(), Failure> {
        if self.ignore_key.is_empty() || self.usage.is_some() || has_file {
            return Ok(());
        }
        let what = "--ignore-key has no effect: no request or reply is read that has keys";
        Err(Failure::usage(what, "leave it out, or give --request FILE or --usage FILE"))
    }

    /// Refuses keys to leave out that are read: what stands there decides the figure.
    pub(super) fn refuse_read_keys(&self, is_read: fn(&str) -> bool) -> Result<(), Failure> {
        let read: Vec<String> = self
            .ignore_key
            .iter()
            .filter(|name| is_read(name))
            .map(|name| format!("--ignore-key {name}"))
            .collect();
        if read.is_empty() {
            return Ok(());
        }
        let what = format!(
            "{}: such a key is read, and what stands there decides the figure",
            read.join(", ")
        );
        Err(Failure::usage(
            what,
            "leave the flag out; a key of the same name elsewhere is named by its whole path, such as \
             --ignore-key video_usage.input_tokens",
        ))
    }

    /// The keys to leave out that leave nothing out of what is asked, be it a request, the lines of a Batch
    /// file or a reply.
    pub(super) fn without_effect(&self, of: &[&Sorted]) -> Vec<WithoutEffect> {
        let unused = unread::without_effect(&self.ignore_key, of).into_iter();
        unused
            .map(|(name, why)| WithoutEffect { flag: format!("--ignore-key {name}"), why })
            .collect()
    }

    /// What the flags say of replies.
    pub(super) fn context(&self, asked: &RequestArgs) -> ReplyContext {
        ReplyContext {
            model: asked.model.clone(),
            keeps_named: false,
            mainline_model: asked.mainline.mainline_model.clone(),
            processing: asked.processing,
            cached_text_tokens: asked.cached_text_tokens,
            cached_image_tokens: asked.cached_image_tokens,
            ignored_keys: self.ignore_key.clone(),
        }
    }
}

/// Refuses what is said of a request where the files hold replies alone.
pub(super) fn refuse_said_of_requests(asked: &RequestArgs) -> Result<(), Failure> {
    let said = asked.said_of_requests();
    if said.is_empty() {
        return Ok(());
    }
    let what = format!("{} say what is asked for, and a reply has its own counts", said.join(", "));
    Err(Failure::usage(what, "leave them out: a reply is rated as it stands"))
}
