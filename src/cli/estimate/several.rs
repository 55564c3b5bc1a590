//! Files of several requests and replies: each priced as it comes, and what they cost together.

use std::sync::Arc;

use clap::Args;

use super::batch_refused::Batches;
use super::effects::Effects;
use super::{EstimateArgs, against_limit, held};
use crate::catalog::Catalog;
use crate::cli::args::given;
use crate::cli::bodies::refuse_said_of_requests;
use crate::cli::exit::{Exit, Failure};
use crate::cli::rejected::Rejected;
use crate::cli::{advice, output};
use crate::estimate::{
    Added, Beside, FileLines, GroupBy, LinePlace, Rejected as WhyRejected, is_nameless, price_asked,
};
use crate::help::Help;
use crate::items::{Asked, CORRECT, Item};
use crate::problem::{Place, Problem, ProblemCode};
use crate::report::estimate_file::{self, Rows, Spool, Wanted};
use crate::report::flags::WithoutEffect;
use crate::request::RequestError;
use crate::usage_log::reply;

/// How many bytes of rows stay in memory; beyond that they wait in a temporary file.
const IN_MEMORY: usize = 4 << 20;

/// What is shown of several requests and replies.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub(super) struct ViewArgs {
    /// What several are summed up by [default: model,size,quality,processing]
    ///
    /// Those of several price owners are told apart in any case.
    #[arg(long, value_enum, value_name = "WHAT,…", value_delimiter = ',', conflicts_with = "rows")]
    by: Vec<GroupBy>,
    /// Of several requests or replies: show each, and not only the summary
    ///
    /// The CSV has each unless --by is given, and JSON has both.
    #[arg(long, conflicts_with = "all")]
    pub rows: bool,
}

impl ViewArgs {
    /// Refuses a grouping of several where there is one.
    pub(super) fn refuse_by_of_one(&self) -> Result<(), Failure> {
        if self.by.is_empty() {
            return Ok(());
        }
        let what = "--by is of several requests or replies, and there is one";
        Err(Failure::usage(what, "leave it out, or give files of several"))
    }

    /// What is summed up by.
    fn groups_by(&self) -> &[GroupBy] {
        if self.by.is_empty() { &GroupBy::USUAL } else { &self.by }
    }
}

/// Requests and replies that are priced as they come.
pub(super) struct Several<'a> {
    args: &'a EstimateArgs,
    catalog: &'a Catalog,
    beside: &'a Beside<'a>,
    lines: FileLines,
    wanted: Wanted,
    rows: Rows,
    problems: Rejected,
    replies: u64,
    /// Replies whose image model the flags have to name.
    nameless: u64,
    requests: u64,
    batches: Batches,
    effects: Effects<'a>,
}

impl<'a> Several<'a> {
    pub(super) fn new(
        args: &'a EstimateArgs,
        catalog: &'a Catalog,
        beside: &'a Beside<'a>,
    ) -> Result<Several<'a>, Failure> {
        let wanted = Wanted {
            format: args.output.format()?,
            all: args.view.rows || args.output.shows_all(),
            grouped: !args.view.by.is_empty(),
            explain: args.explain,
        };
        let spool = || -> Box<dyn Spool> { Box::new(tempfile::spooled_tempfile(IN_MEMORY)) };
        Ok(Several {
            args,
            catalog,
            beside,
            lines: FileLines::grouped_by(args.view.groups_by()),
            wanted,
            rows: Rows::new(wanted, catalog, spool).map_err(Failure::Write)?,
            problems: Rejected::default(),
            replies: 0,
            nameless: 0,
            requests: 0,
            batches: Batches::default(),
            effects: Effects::new(beside),
        })
    }

    /// Prices one. What cannot be priced is rejected and kept; a price table that is wrong ends the run.
    pub(super) fn add(&mut self, file: &Arc<str>, item: Item) -> Result<(), Failure> {
        let Item { number, custom_id, endpoint, asked, at } = item;
        let place = (file, number, custom_id.as_deref());
        let added = match asked {
            Ok(asked) => self.price(place, asked)?,
            Err(problems) => {
                let line = self.lines.reject(place, WhyRejected::from(&*problems));
                self.problems.extend(problems);
                Added { line, first: None }
            }
        };
        self.batches.add(&added.line, endpoint);
        if let Err(WhyRejected::Refused(errors)) = added.line.outcome.as_ref().map_err(|it| &**it) {
            for error in errors {
                self.problems.push(|| rejected(at.place_of(file, error), error));
            }
        }
        self.rows.add(added).map_err(Failure::Write)
    }

    fn price(&mut self, place: LinePlace, asked: Asked) -> Result<Added, Failure> {
        match &asked {
            Asked::Request(_) => self.requests += 1,
            Asked::Reply(reply) => {
                self.replies += 1;
                self.nameless += u64::from(is_nameless(self.catalog, reply));
            }
        }
        let price = |asked: &Asked| price_asked(self.catalog, asked, self.beside);
        let added = self.lines.add(place, asked, price)?;
        self.effects.meet(&added, (self.catalog, self.beside))?;
        Ok(added)
    }

    /// The model of the flags, where each of many replies names its own.
    fn idle_model(&self) -> Option<WithoutEffect> {
        let model = self.args.asked.model.as_ref()?;
        (self.requests == 0 && self.nameless == 0).then(|| WithoutEffect {
            flag: format!("--model {model}"),
            why: "each reply names its own model, and of many at once each keeps it".into(),
        })
    }

    /// Prints all of them, and compares the total with the limit.
    pub(super) fn run(self) -> Result<Exit, Failure> {
        let idle_model = self.idle_model();
        let Several {
            args,
            catalog,
            beside,
            lines,
            wanted,
            rows,
            mut problems,
            batches,
            effects,
            ..
        } = self;
        refuse_of_one_request(args)?;
        if self.replies > 0 && self.requests == 0 {
            refuse_said_of_requests(&args.asked)?;
            args.reply.refuse_read_keys(reply::is_read)?;
        }
        let found = lines.into_file().map_err(|_| RequestError::TooLarge)?;
        problems.extend(batches.problems((catalog, beside.terms.as_of))?);
        let mut flags = effects.into_flags(args)?;
        flags.without_effect.extend(idle_model);
        let rows = rows.finish().map_err(Failure::Write)?;
        let report = estimate_file::report(&found, (catalog, beside.terms.as_of), (&rows, wanted));
        let report = report.with_flags(flags).answering_limit(held(&found.total, args.max_cost));
        output::write_with_rows(report, &args.output, args.view.rows)?;
        // What is rejected does not hide how the others stand to the limit.
        problems.or_failure(against_limit(&found.total, args.max_cost))
    }
}

/// Why one is rejected, where it says so.
fn rejected(place: Place, error: &RequestError) -> Problem {
    let help = advice::of_request(error).map_or(CORRECT.into(), Help::from);
    Problem { code: ProblemCode::RejectedLine, message: error.to_string(), place, help }
}

/// Refuses flags that say how often a request is sent, and for how many images.
///
/// # Errors
/// Each of them, with what to do.
fn refuse_of_one_request(args: &EstimateArgs) -> Result<(), Failure> {
    let beside = given([
        ("--review-cost", args.terms.review.review_cost.is_some()),
        ("--top-up", args.terms.prices.top_up.is_some()),
    ]);
    let refused = args.terms.attempts.given().into_iter().chain(beside).map(|flag| {
        let message =
            format!("{flag} is of one request, and a file of several is priced as it is, once");
        let help = "leave it out, price one of the bodies with it, or plan the volume with `imgcost budget \
                    forecast --processing batch`";
        (message, help.to_owned())
    });
    let refused: Vec<_> = refused.collect();
    if refused.is_empty() { Ok(()) } else { Err(Failure::Usage(refused)) }
}
