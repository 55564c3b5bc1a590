//! Files of several requests and replies: each priced by itself, and what they cost together.

use std::collections::BTreeMap;

use super::{EstimateArgs, against_limit, held, without_effect};
use crate::catalog::Catalog;
use crate::catalog::price::Processing;
use crate::cli::bodies::{FoundItem, refuse_said_of_requests};
use crate::cli::exit::{Exit, Failure};
use crate::cli::idle::{self, figures, idle};
use crate::cli::message::About;
use crate::cli::{advice, message, output};
use crate::estimate::{
    Beside, Estimate, EstimateError, EstimatedFile, FileLine, Rejected, not_read, price_asked,
};
use crate::items::Asked;
use crate::problem::Problem;
use crate::report::estimate_file;
use crate::request::{Draft, RequestError, batch_file};
use crate::unread::Sorted;
use crate::usage_log::reply;

/// Prices each, prints them and compares the total with the limit.
pub(super) fn run(
    args: &EstimateArgs,
    catalog: &Catalog,
    items: &[FoundItem],
    beside: Beside,
) -> Result<Exit, Failure> {
    refuse_of_one_request(args)?;
    if is_all_replies(items) {
        refuse_said_of_requests(&args.asked)?;
        args.reply.refuse_read_keys(reply::is_read)?;
    }
    say_ids_that_repeat(items);
    let sorted = items.iter().filter_map(|it| not_read_of(catalog, it, &beside).transpose());
    let sorted = sorted.collect::<Result<Vec<Sorted>, Failure>>()?;
    let unused = args.reply.without_effect(&sorted.iter().collect::<Vec<_>>());
    let of = |draft: &Draft, terms: &_| {
        let beside = Beside { draft: draft.clone(), terms: Clone::clone(terms), ..beside.clone() };
        let (priced, problems) = all(catalog, items, &beside)?;
        let file = EstimatedFile::of(priced).map_err(|_| RequestError::TooLarge)?;
        Ok::<_, Failure>((file, problems))
    };
    let asked = (beside.draft.clone(), beside.terms.clone());
    let (estimated, problems) = of(&asked.0, &asked.1)?;
    let place = (catalog, asked.1.as_of);
    let report = estimate_file::report(&estimated, place, args.explain);
    let estimates: Vec<&Estimate> = estimated.estimates().collect();
    let mut flags = without_effect(args, &estimates, unused)?;
    let processing = asked.0.processing.map(Processing::as_str);
    let at_batch_rates = "the lines of a Batch file are processed so by themselves";
    let processing = idle::given("--processing", processing, at_batch_rates, || {
        (Draft { processing: None, ..asked.0.clone() }, asked.1.clone())
    });
    let can_be_idle = idle::of_request(&asked).into_iter().chain([processing]);
    let again = |(draft, terms): (Draft, _)| {
        let (estimated, _) = of(&draft, &terms).ok()?;
        Some(figures(&estimate_file::report(&estimated, place, args.explain)))
    };
    flags.without_effect.extend(idle(&report, can_be_idle, again));
    let report = report.with_flags(flags).answering_limit(held(&estimated.total, args.max_cost));
    output::write_with_rows(report, &args.output, args.rows)?;
    // What is rejected does not hide how the others stand to the limit.
    let exit = against_limit(&estimated.total, args.max_cost);
    if problems.is_empty() { Ok(exit) } else { Err(Failure::Data(problems)) }
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

fn is_all_replies(items: &[FoundItem]) -> bool {
    let mut asked = items.iter().filter_map(|it| it.item.asked.as_ref().ok()).peekable();
    asked.peek().is_some() && asked.all(|asked| matches!(asked, Asked::Reply(_)))
}

/// What of a request or reply is not read.
fn not_read_of(
    catalog: &Catalog,
    found: &FoundItem,
    beside: &Beside,
) -> Result<Option<Sorted>, Failure> {
    Ok(match &found.item.asked {
        Ok(Asked::Request(draft)) => Some(draft.unread.clone()),
        Ok(Asked::Reply(reply)) => Some(not_read(catalog, reply, &beside.context.ignored_keys)?),
        Err(_) => None,
    })
}

/// Names the lines whose id another line of the file has: each is priced, and the API may well take one of them alone.
fn say_ids_that_repeat(items: &[FoundItem]) {
    let mut by_id: BTreeMap<(&str, &str), Vec<String>> = BTreeMap::new();
    for FoundItem { file, item } in items {
        if let Some(id) = &item.custom_id {
            by_id.entry((file, id)).or_default().push(item.number.to_string());
        }
    }
    for ((file, id), numbers) in by_id.iter().filter(|(_, numbers)| numbers.len() > 1) {
        message::hint(
            About::Twice,
            &format!(
                "{file}: `custom_id` {id} stands on the lines {}, and each of them is priced: remove what was copied\n",
                numbers.join(", ")
            ),
        );
    }
}

/// Each with its price or why it has none, and the problems of those that are rejected.
fn all(
    catalog: &Catalog,
    items: &[FoundItem],
    beside: &Beside,
) -> Result<(Vec<FileLine>, Vec<Problem>), Failure> {
    let mut problems = Vec::new();
    let mut priced = Vec::new();
    for FoundItem { file, item } in items {
        let outcome = match &item.asked {
            Ok(asked) => one(catalog, (file, item.number), asked, beside)?,
            Err(problem) => Err(Rejected { problem: problem.clone(), errors: Vec::new() }),
        };
        problems.extend(outcome.as_ref().err().map(|rejected| rejected.problem.clone()));
        let (file, custom_id) = (file.clone(), item.custom_id.clone());
        priced.push(FileLine { file, line: item.number, custom_id, outcome });
    }
    Ok((priced, problems))
}

/// What cannot be priced is rejected and kept; a price table that is wrong ends the run.
fn one(
    catalog: &Catalog,
    (file, number): (&str, usize),
    asked: &Asked,
    beside: &Beside,
) -> Result<Result<Box<Estimate>, Rejected>, Failure> {
    match price_asked(catalog, asked, beside) {
        Ok(estimate) => Ok(Ok(Box::new(estimate))),
        Err(EstimateError::Request(errors)) => {
            let reason = |error: &RequestError| match advice::of_request(error) {
                Some(help) => format!("{error} ({help})"),
                None => error.to_string(),
            };
            let reasons = errors.iter().map(reason).collect();
            let problem = batch_file::rejected(file, number, reasons);
            Ok(Err(Rejected { problem, errors: errors.into() }))
        }
        Err(EstimateError::Data(problems)) => Err(Failure::Data(problems.into())),
    }
}
