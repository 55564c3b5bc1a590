//! Files that hold what was sent or what came back: the bodies of requests, and replies.

use chrono::NaiveDate;
use clap::Args;

use super::advice;
use super::args::RequestArgs;
use super::exit::Failure;
use super::files::{self, FilesArgs};
use super::input;
use crate::catalog::Catalog;
use crate::estimate::ReplyContext;
use crate::items::{Asked, Item, Items, Reader, Wanted};
use crate::problem::Problem;
use crate::report::flags::WithoutEffect;
use crate::request::batch_file::{self, NotOne};
use crate::request::{Draft, Reading};
use crate::unread::{self, Sorted};
use crate::usage_log::reply::{self, Reply};

/// What files hold.
pub(super) enum Found {
    /// One request or reply.
    One(Asked),
    /// Several, each with its file.
    Several(Vec<FoundItem>),
}

/// One of several.
pub(super) struct FoundItem {
    /// The name of its file for messages.
    pub file: String,
    /// What it is.
    pub item: Item,
}

/// The requests and replies of files, in the order in which the files are named.
pub(super) fn found(
    paths: &[String],
    wanted: Wanted,
    (allowed, ignored_keys): (&FilesArgs, &[String]),
    catalog: &Catalog,
) -> Result<Found, Failure> {
    let known = catalog.free_keys().map_err(Failure::from)?;
    let mut several = Vec::new();
    for path in paths {
        let file = match input::read(path) {
            Ok(file) => file,
            Err(problems) if paths.len() == 1 => return Err(problems.into()),
            Err(problems) => {
                several.extend(problems.into_iter().map(|problem| broken(path, problem)));
                continue;
            }
        };
        let named = allowed.named_in(&file)?;
        let requests = Reading { files: &named, known: &known, ignored_keys: Some(ignored_keys) };
        let reader = Reader { file: &file.name, wanted, requests };
        let of_file = |item| FoundItem { file: file.name.clone(), item };
        match reader.items(&file.text) {
            Ok(Items::One(asked)) if paths.len() == 1 => {
                files::say_unused(&named);
                return Ok(Found::One(asked));
            }
            Ok(Items::One(asked)) => {
                several.push(of_file(Item { number: 1, custom_id: None, asked: Ok(asked) }));
            }
            Ok(Items::Several(items)) => several.extend(items.map(of_file)),
            Err(why) => {
                let problems = why.problems(&file.name, |other| advice::of_help(&other.help()));
                if paths.len() == 1 {
                    return Err(problems.into());
                }
                several.extend(problems.into_iter().map(|problem| broken(path, problem)));
            }
        }
        files::say_unused(&named);
    }
    Ok(Found::Several(several))
}

/// One of several files that holds nothing that can be priced.
fn broken(path: &str, problem: Problem) -> FoundItem {
    let item = Item { number: 1, custom_id: None, asked: Err(problem) };
    FoundItem { file: path.to_owned(), item }
}

/// The one request of a file.
pub(super) fn request_file(
    path: &str,
    (allowed, ignored_keys): (&FilesArgs, &[String]),
    catalog: &Catalog,
    help: &str,
) -> Result<Draft, Failure> {
    let file = input::read(path)?;
    let named = allowed.named_in(&file)?;
    let known = catalog.free_keys().map_err(Failure::from)?;
    let reading = Reading { files: &named, known: &known, ignored_keys: Some(ignored_keys) };
    let asked = batch_file::read_one(&file.name, &file.text, &reading);
    files::say_unused(&named);
    asked.map_err(|not_one| match not_one {
        NotOne::Several => {
            let problem = batch_file::several(&file.name);
            Failure::Data(vec![Problem { help: help.to_owned(), ..problem }])
        }
        NotOne::Wrong(problems) => problems.into(),
    })
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
            mainline_model: asked.mainline.mainline_model.clone(),
            processing: asked.processing,
            cached_text_tokens: asked.cached_text_tokens,
            cached_image_tokens: asked.cached_image_tokens,
            ignored_keys: self.ignore_key.clone(),
        }
    }

    /// The one reply of a file, and what the flags say of it.
    pub(super) fn read(
        &self,
        asked: &RequestArgs,
    ) -> Result<Option<(Reply, ReplyContext)>, Failure> {
        let Some(path) = &self.usage else { return Ok(None) };
        self.refuse_read_keys(reply::is_read)?;
        let file = input::read(path)?;
        let reply = reply::read(&file.name, &file.text, &self.ignore_key)?;
        Ok(Some((reply, self.context(asked))))
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
