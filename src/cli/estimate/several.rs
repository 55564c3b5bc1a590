//! Files of several requests and replies: each priced as it comes, and what they cost together.

use std::sync::Arc;

use clap::Args;

use super::batch_refused::{self, Batches};
use super::{EstimateArgs, against_limit, held, without_effect};
use crate::catalog::Catalog;
use crate::catalog::price::Processing;
use crate::cli::bodies::refuse_said_of_requests;
use crate::cli::exit::{Exit, Failure};
use crate::cli::idle::{self, figures, idle_where};
use crate::cli::rejected::Rejected;
use crate::cli::{advice, output};
use crate::estimate::{
    Beside, Estimate, EstimateError, EstimatedFile, FileLines, GroupBy, Rejected as WhyRejected,
    groups, is_nameless, not_read, price_asked,
};
use crate::help::Help;
use crate::items::{Asked, CORRECT, Item};
use crate::problem::{Place, Problem, ProblemCode};
use crate::report;
use crate::report::estimate_file::{self, View};
use crate::report::flags::WithoutEffect;
use crate::request::{Draft, RequestError};
use crate::unread::Sorted;
use crate::usage_log::reply;

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

    /// What is summed up by: what is asked for, and the owner where there are several.
    fn groups_by(&self, file: &EstimatedFile) -> Vec<GroupBy> {
        let mut by = if self.by.is_empty() { GroupBy::USUAL.to_vec() } else { self.by.clone() };
        let owners = |estimate: &Estimate| estimate.table.route.id.owner.clone();
        let mut all = file.estimates().map(owners);
        let first = all.next();
        let has_several = all.any(|owner| Some(&owner) != first.as_ref());
        if has_several && !by.contains(&GroupBy::Owner) && !by.contains(&GroupBy::Route) {
            by.push(GroupBy::Owner);
        }
        by
    }
}

/// Requests and replies that are priced as they come.
pub(super) struct Several<'a> {
    catalog: &'a Catalog,
    beside: &'a Beside<'a>,
    lines: FileLines,
    problems: Rejected,
    replies: u64,
    /// Replies whose image model the flags have to name.
    nameless: u64,
    requests: u64,
    batches: Batches,
}

impl<'a> Several<'a> {
    pub(super) fn new(catalog: &'a Catalog, beside: &'a Beside<'a>) -> Several<'a> {
        let (lines, problems) = (FileLines::default(), Rejected::default());
        let batches = Batches::new();
        Several { catalog, beside, lines, problems, replies: 0, nameless: 0, requests: 0, batches }
    }

    /// Prices one. What cannot be priced is rejected and kept; a price table that is wrong ends the run.
    pub(super) fn add(&mut self, file: &Arc<str>, item: Item) -> Result<(), Failure> {
        let Item { number, custom_id, asked, at } = item;
        let place = (file, number, custom_id.as_deref());
        let asked = match asked {
            Ok(asked) => asked,
            Err(problems) => {
                self.lines.reject(place, WhyRejected::from(&*problems));
                self.problems.extend(problems);
                return Ok(());
            }
        };
        match &asked {
            Asked::Request(draft) => {
                self.requests += 1;
                if draft.processing == Some(Processing::Batch) {
                    let of_file = self.batches.entry(Arc::clone(file)).or_default();
                    let endpoint =
                        if draft.is_conversation() { 2 } else { usize::from(draft.edit) };
                    of_file[endpoint] += 1;
                }
            }
            Asked::Reply(reply) => {
                self.replies += 1;
                self.nameless += u64::from(is_nameless(self.catalog, reply));
            }
        }
        let price = |asked: &Asked| price_asked(self.catalog, asked, self.beside);
        let refused = self.lines.add(place, asked, price)?;
        if let Some(WhyRejected::Refused(errors)) = refused.as_deref() {
            for error in errors {
                self.problems.push(|| rejected(at.place_of(file, error), error));
            }
        }
        Ok(())
    }

    /// The model of the flags, where each of many replies names its own.
    fn idle_model(&self, args: &EstimateArgs) -> Option<WithoutEffect> {
        let model = args.asked.model.as_ref()?;
        (self.requests == 0 && self.nameless == 0).then(|| WithoutEffect {
            flag: format!("--model {model}"),
            why: "each reply names its own model, and of many at once each keeps it".into(),
        })
    }

    /// Prints all of them, and compares the total with the limit.
    pub(super) fn run(self, args: &EstimateArgs) -> Result<Exit, Failure> {
        let idle_model = self.idle_model(args);
        let Several { catalog, beside, lines, mut problems, batches, .. } = self;
        refuse_of_one_request(args)?;
        if self.replies > 0 && self.requests == 0 {
            refuse_said_of_requests(&args.asked)?;
            args.reply.refuse_read_keys(reply::is_read)?;
        }
        let found = EstimatedFile::of(lines).map_err(|_| RequestError::TooLarge)?;
        problems.extend(batch_refused::problems(&batches, &found, (catalog, beside.terms.as_of))?);
        let by = args.view.groups_by(&found);
        let grouped = groups(&found, &by).map_err(|_| RequestError::TooLarge)?;
        let view = View {
            groups: (&by, &grouped),
            is_asked: !args.view.by.is_empty(),
            rows: args.view.rows || args.output.shows_all(),
            explain: args.explain,
        };
        let report = estimate_file::report(&found, (catalog, beside.terms.as_of), view);
        let estimates: Vec<&Estimate> = found.estimates().collect();
        let mut flags =
            without_effect(args, &estimates, unused_keys(args, (catalog, beside), &found)?)?;
        flags.without_effect.extend(idle_flags((catalog, beside), &found));
        flags.without_effect.extend(idle_model);
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

/// Keys to leave out that leave nothing out.
fn unused_keys(
    args: &EstimateArgs,
    (catalog, beside): (&Catalog, &Beside),
    found: &EstimatedFile,
) -> Result<Vec<WithoutEffect>, Failure> {
    let ignored = &beside.context.ignored_keys;
    if ignored.is_empty() {
        return Ok(Vec::new());
    }
    let not_read = |asked: &Asked| match asked {
        Asked::Request(draft) => Ok(draft.unread.clone()),
        Asked::Reply(reply) => not_read(catalog, reply, ignored),
    };
    let sorted = found.asked().map(not_read).collect::<Result<Vec<Sorted>, EstimateError>>()?;
    Ok(args.reply.without_effect(&sorted.iter().collect::<Vec<_>>()))
}

/// Flags without which every estimate would be the same, and as many would be rejected.
fn idle_flags((catalog, beside): (&Catalog, &Beside), found: &EstimatedFile) -> Vec<WithoutEffect> {
    let asked = (beside.draft.clone(), beside.terms.clone());
    let processing = asked.0.processing.map(Processing::as_str);
    let at_batch_rates = "the lines of a Batch file are processed so by themselves";
    let processing = idle::given("--processing", processing, at_batch_rates, || {
        (Draft { processing: None, ..asked.0.clone() }, asked.1.clone())
    });
    let can_be_idle = idle::of_request(&asked).into_iter().chain([processing]);
    let shown = |estimate: &Estimate| figures(&report::estimate::report(estimate, catalog, true));
    idle_where(can_be_idle, |(draft, terms)| {
        let beside = Beside { draft, terms, ..beside.clone() };
        let again = |asked: &Asked| price_asked(catalog, asked, &beside);
        let is_same = |estimate: &Estimate, asked: &Asked| {
            again(asked).is_ok_and(|again| shown(&again) == shown(estimate))
        };
        found.kinds.iter().all(|kind| is_same(&kind.estimate, &kind.asked))
            && found.refused.iter().all(|asked| again(asked).is_err())
    })
}

/// Refuses flags that say how often a request is sent, and for how many images.
///
/// # Errors
/// Each of them, with what to do.
fn refuse_of_one_request(args: &EstimateArgs) -> Result<(), Failure> {
    let rates = &args.attempts.rates;
    let given = [
        ("--images", args.attempts.images.is_some()),
        ("--acceptance", rates.acceptance.is_some()),
        ("--attempts", rates.attempts.is_some()),
        ("--failure-rate", rates.failure_rate.is_some()),
        ("--block-rate", rates.block_rate.is_some()),
        ("--timeout-rate", rates.timeout_rate.is_some()),
        ("--review-cost", args.review.review_cost.is_some()),
        ("--top-up", args.prices.top_up.is_some()),
    ];
    let refused = given.into_iter().filter(|(_, is_given)| *is_given).map(|(flag, _)| {
        let message =
            format!("{flag} is of one request, and a file of several is priced as it is, once");
        let help = "leave it out, price one of the bodies with it, or plan the volume with `imgcost budget \
                    forecast --processing batch`";
        (message, help.to_owned())
    });
    let refused: Vec<_> = refused.collect();
    if refused.is_empty() { Ok(()) } else { Err(Failure::Usage(refused)) }
}
