//! `imgcost bill reconcile`: bills, read and shown, or held against the usage.

use chrono::NaiveDate;
use clap::Args;

use super::beside::{Side, UsageArgs};
use crate::bill::{Bill, BillBy, BillFormat, Mapping, Reader, sum_by};
use crate::catalog::Catalog;
use crate::cli::args::DayArgs;
use crate::cli::exit::{Exit, Failure};
use crate::cli::help::Help;
use crate::cli::output::OutputArgs;
use crate::cli::rejected::Rejected;
use crate::cli::{input, output};
use crate::input_limits::MAPPING_BYTES;
use crate::problem::{Place, Problem, ProblemCode};
use crate::report::bill::{BillView, report};
use crate::report::flags::{FlagEffects, WithoutEffect};

const EXAMPLES: &str = "\
Examples:
  imgcost bill reconcile costs.json
  imgcost bill reconcile october.csv november.csv --by month,project
  imgcost bill reconcile cost-details.csv --by meter --format csv --output lines.csv
  imgcost bill reconcile export.csv --mapping acme.yaml
  imgcost bill reconcile costs.json --usage completions.json --tolerance 0.5%

A bill is told by its content: OpenAI's costs (pages of the API, the CSV of the
dashboard), Azure's cost details, OpenRouter's activity, fal's billing events,
and files by FOCUS (the FinOps specification). Any other CSV takes a mapping:
which column is what (`imgcost schema bill-mapping`).

Amounts are shown in the currency that they are billed in. What the bill does
not say stays blank, and a text that no rule knows is a line of its own. Of days
that several files have, the later file on the command line counts.

With --usage, the bill is held against what the usage costs at the prices of its
days: how much of it is explained, the differences by cause, the largest first.

Exit code 1: more is unexplained than --tolerance allows
Exit code 3: rows cannot be read or priced (the others are shown)";

/// The flags of `-h`.
const COMMON: [&str; 9] =
    ["by", "mapping", "usage", "tolerance", "as_of", "pricing", "all", "format", "output"];

#[derive(Debug, Args)]
#[command(common(&COMMON), examples(EXAMPLES))]
pub(super) struct ReconcileArgs {
    /// Bills; `-` reads standard input
    #[arg(value_name = "BILL", required = true)]
    bills: Vec<String>,
    /// What lines are summed up by [default: day,project,model]
    ///
    /// Those of several price owners, kinds and currencies are told apart in any case.
    #[arg(long, value_enum, value_name = "WHAT,…", value_delimiter = ',')]
    by: Vec<BillBy>,
    /// Mapping that says which column of a CSV is what
    #[arg(long, value_name = "FILE")]
    mapping: Option<String>,
    #[command(flatten)]
    usage: UsageArgs,
    #[command(flatten)]
    days: DayArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Reads bills and prints what they are made of.
pub(super) fn run(args: &ReconcileArgs, today: NaiveDate) -> Result<Exit, Failure> {
    let catalog = args.days.catalog()?;
    let mapping = args.mapping.as_ref().map(|path| mapping(path)).transpose()?;
    let reader = Reader::new(&catalog, mapping.as_ref())?;
    let (bill, rejected) = read(&args.bills, &reader)?;
    let mut without_effect = idle_mapping(args.mapping.as_deref(), mapping.as_ref(), &bill);
    if args.usage.has_usage() {
        without_effect.extend(idle_by(&args.by));
        let side = Side { catalog: &catalog, as_of: args.days.as_of, today };
        let (exit, of_usage) = args.usage.run((&bill, side), without_effect, &args.output)?;
        let mut rejected = rejected;
        rejected.add(of_usage);
        return rejected.or_failure(exit);
    }
    without_effect.extend(args.usage.without_usage());
    show(args, &catalog, &bill, (without_effect, today))?;
    rejected.or_failure(Exit::Done)
}

/// Shows what bills are made of.
fn show(
    args: &ReconcileArgs,
    catalog: &Catalog,
    bill: &Bill,
    (without_effect, today): (Vec<WithoutEffect>, NaiveDate),
) -> Result<(), Failure> {
    let by = if args.by.is_empty() { &BillBy::USUAL[..] } else { &args.by };
    let rows =
        sum_by(&bill.lines, by).map_err(|error| too_large(&args.bills[0], error.to_string()))?;
    let as_of = args.days.as_of.unwrap_or(today);
    let view = BillView { catalog, as_of, by, rows: &rows };
    let flags = FlagEffects { without_effect, ..FlagEffects::default() };
    output::write(report(bill, view).with_flags(flags), &args.output)
}

/// What lines are summed up by, which differences are not.
fn idle_by(by: &[BillBy]) -> Option<WithoutEffect> {
    let why = "differences are told by day, owner, project, model, processing and meter".to_owned();
    (!by.is_empty()).then(|| WithoutEffect { flag: "--by".to_owned(), why })
}

fn mapping(path: &str) -> Result<Mapping, Failure> {
    let file = input::read_within(path, &MAPPING_BYTES)?;
    Ok(Mapping::read(&file.name, &file.text)?)
}

/// A mapping by which no file is read.
fn idle_mapping(path: Option<&str>, mapping: Option<&Mapping>, bill: &Bill) -> Vec<WithoutEffect> {
    let is_used = bill.files.iter().any(|file| file.format == BillFormat::Mapped);
    let is_idle = !is_used && mapping.is_some_and(|mapping| !mapping.has_texts());
    let idle = path.filter(|_| is_idle).map(|path| WithoutEffect {
        flag: format!("--mapping {path}"),
        why: "no bill is a CSV".into(),
    });
    idle.into_iter().collect()
}

/// The bill of all files; where one of them cannot be read, all that is wrong with all of them.
fn read(files: &[String], reader: &Reader) -> Result<(Bill, Rejected), Failure> {
    let (mut bill, mut rejected) = (Bill::default(), Rejected::default());
    let mut wrong: Vec<Problem> = Vec::new();
    for path in files {
        let mut reject = |problem| rejected.push(|| problem);
        match input::streamed(path, |name, input| reader.read(name, input, &mut reject)) {
            Ok(read) => bill.add(read).map_err(|error| too_large(path, error.to_string()))?,
            Err(problems) => wrong.extend(problems),
        }
    }
    if wrong.is_empty() { Ok((bill, rejected)) } else { Err(Failure::Data(wrong)) }
}

fn too_large(path: &str, message: String) -> Failure {
    let help = "check the amounts of the bill".into();
    Failure::Data(vec![Problem {
        code: ProblemCode::Overflow,
        message,
        place: Place::file(path),
        help,
    }])
}
