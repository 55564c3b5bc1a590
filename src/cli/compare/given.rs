//! What is compared: what flags say, or what files hold, as the Images API, the Responses API and the SDKs have it.

use std::cell::OnceCell;
use std::sync::Arc;

use super::CompareArgs;
use crate::catalog::Catalog;
use crate::cli::bodies::{Bodies, refuse_said_of_requests};
use crate::cli::exit::Failure;
use crate::cli::message::{self, About};
use crate::estimate::{ReplyContext, find_model};
use crate::items::{Asked, Item, Others, Wanted};
use crate::problem::Problem;
use crate::report::number::count;
use crate::request::Draft;
use crate::usage_log::reply::{self, Reply};

/// The most pieces of work that are compared at once: each has a row for every route.
const MOST_WORKS: usize = 100;

/// What files hold.
pub(super) enum Given {
    /// No file is named.
    Nothing,
    /// Requests, each once.
    Requests(Vec<Draft>),
    /// A reply, and what the flags say of it.
    Reply(Box<(Reply, ReplyContext)>),
}

impl Given {
    /// The reply, if that is what is compared.
    pub(super) fn reply(&self) -> Option<&(Reply, ReplyContext)> {
        match self {
            Given::Reply(reply) => Some(reply),
            Given::Nothing | Given::Requests(_) => None,
        }
    }

    /// The same.
    pub(super) fn into_reply(self) -> Option<(Reply, ReplyContext)> {
        match self {
            Given::Reply(reply) => Some(*reply),
            Given::Nothing | Given::Requests(_) => None,
        }
    }
}

impl CompareArgs {
    /// The files that are named, and what they are to hold.
    fn named(&self) -> (Vec<String>, Wanted) {
        match (&self.request, &self.reply.usage) {
            (Some(path), _) => (vec![path.clone()], Wanted::Requests),
            (None, Some(path)) => (vec![path.clone()], Wanted::Replies),
            (None, None) => (self.given.clone(), Wanted::Any),
        }
    }

    /// What the files hold that are named.
    pub(super) fn given(&self, catalog: &Catalog) -> Result<Given, Failure> {
        let (paths, wanted) = self.named();
        self.reply.refuse_ignored_without_file(!paths.is_empty())?;
        if paths.is_empty() || wanted == Wanted::Replies {
            self.files.refuse_without_file("FILE or --request FILE")?;
        }
        if paths.is_empty() {
            return Ok(Given::Nothing);
        }
        let ignored_keys = &self.reply.ignore_key[..];
        let bodies =
            Bodies { wanted, others: Others::Wait, files: &self.files, ignored_keys, catalog };
        let mut found = Found::default();
        let kept = OnceCell::new();
        let only = bodies.each(&paths, &kept, &mut |_, item| found.add(item))?;
        if let Some((_, item)) = only {
            found.add(item)?;
        }
        found.given(self)
    }
}

/// What files hold, as it comes.
#[derive(Default)]
struct Found {
    drafts: Vec<Draft>,
    /// How many requests there are, those that are alike counted each.
    requests: u64,
    replies: Vec<Arc<Reply>>,
    problems: Vec<Problem>,
}

impl Found {
    fn add(&mut self, item: Item) -> Result<(), Failure> {
        match item.asked {
            Ok(Asked::Request(draft)) => {
                self.requests += 1;
                if !self.drafts.contains(&draft) {
                    self.drafts.push(*draft);
                }
            }
            Ok(Asked::Reply(reply)) => self.replies.push(reply),
            Err(problems) => self.problems.extend(problems),
        }
        if self.drafts.len() > MOST_WORKS {
            let what = format!(
                "more than {MOST_WORKS} requests that differ, and each is a comparison of its own"
            );
            return Err(Failure::usage(what, PRICED_TOGETHER));
        }
        if self.replies.len() > 1 || !(self.replies.is_empty() || self.drafts.is_empty()) {
            let what = "a reply is compared by itself, and there is more than one reply or request";
            return Err(Failure::usage(what, PRICED_TOGETHER));
        }
        Ok(())
    }

    fn given(self, args: &CompareArgs) -> Result<Given, Failure> {
        if !self.problems.is_empty() {
            return Err(Failure::Data(self.problems));
        }
        let Some(reply) = self.replies.into_iter().next() else {
            let kinds = self.drafts.len() as u64;
            if self.requests > kinds {
                let (all, kinds) = (count(self.requests), count(kinds));
                let what =
                    format!("{all} requests of which {kinds} differ: each is compared once\n");
                message::hint(About::Twice, &what);
            }
            return Ok(Given::Requests(self.drafts));
        };
        refuse_said_of_requests(&args.asked)?;
        args.axes.refuse_of_reply()?;
        args.reply.refuse_read_keys(reply::is_read)?;
        Ok(Given::Reply(Box::new((Arc::unwrap_or_clone(reply), args.reply.context(&args.asked)))))
    }
}

/// What sums several up.
const PRICED_TOGETHER: &str =
    "compare one of them, or price them together with `imgcost estimate FILE --route ROUTE`";

/// Refuses two requests whose rows could not be told apart: a row names model, size and quality.
pub(super) fn refuse_alike(drafts: &[Draft], catalog: &Catalog) -> Result<(), Failure> {
    let work = |draft: &Draft| {
        let model = draft.model.as_deref().and_then(|name| find_model(catalog, name).ok());
        let model = model.map_or_else(|| draft.model.clone(), |model| Some(model.id.clone()));
        (model, draft.size.clone(), draft.quality.clone())
    };
    let works: Vec<_> = drafts.iter().map(work).collect();
    let again = works.iter().enumerate().find(|(at, work)| works[..*at].contains(work));
    let Some((_, (model, size, quality))) = again else { return Ok(()) };
    let named: Vec<&str> =
        [model, size, quality].into_iter().flatten().map(String::as_str).collect();
    let what = format!(
        "several requests of {} differ in what a row does not name, such as the prompt or the images",
        named.join(" ")
    );
    Err(Failure::usage(what, PRICED_TOGETHER))
}
