//! `imgcost budget forecast`: a budget month by month.

use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use rust_decimal::Decimal;
use std::path::PathBuf;

use super::found;
use super::nothing_priced;
use super::overrides::can_be_idle;
use super::part::PartArgs;
use super::safety;
use super::source::{self, SourceArgs};
use crate::budget::simulate::{Refused, Safety};
use crate::budget::{self as library, Budget, By, Case, Forecast, Total};
use crate::catalog::Catalog;
use crate::cli::args::DayArgs;
use crate::cli::columns::ColumnArgs;
use crate::cli::exit::{Exit, Failure};
use crate::cli::help::Help;
use crate::cli::idle::{Figures, Given, figures, given, idle};
use crate::cli::message::About;
use crate::cli::output::OutputArgs;
use crate::cli::save::save_new;
use crate::cli::{message, output};
use crate::money::AmountTooLarge;
use crate::report::forecast::{Behind, Found, View, columns, report};
use crate::report::{Format, Report};
use crate::request::RequestError;
use crate::share::parse_share;

const EXAMPLES: &str = "\
Examples:
  imgcost budget forecast --images 12000 --acceptance 70% --limit 3000
  imgcost budget forecast budget.yaml --by quarter
  imgcost budget forecast --images 12000 --start 2027-01 --quality high --growth 3%
  imgcost budget forecast --images 12000 --quality high --save budget.yaml
  imgcost budget forecast budget.yaml --by tag:team --format csv > teams.csv
  imgcost budget forecast budget.yaml --quality medium --acceptance 80%
  imgcost budget forecast --volumes volumes.csv --layout wide --format csv > import.csv
  imgcost budget forecast --images 5000 --model gpt-image-1.5 --replace gpt-image-1.5=gpt-image-2.5-flare

With a file, the flags of a request, of its attempts and of prices go before what the file says
of every workload; the first lines say how many steps they change.

The first row of --volumes names its columns, in any order: workload; route, model, size,
quality, prompt_tokens, acceptance, failure_rate, block_rate, timeout_rate, maximum_attempts;
tag:NAME for each tag; and the months in their order, such as 2027-01. Only workload and a
month are needed. Numbers have no separators: 12000, not 12,000.";

/// The flags of `-h`.
const COMMON: [&str; 16] = [
    "prompt",
    "model",
    "size",
    "quality",
    "images",
    "acceptance",
    "route",
    "growth",
    "start",
    "months",
    "limit",
    "margin",
    "by",
    "save",
    "format",
    "output",
];

#[derive(Debug, Args)]
#[command(
    common(&COMMON), examples(EXAMPLES),
    day_of_knowledge(),
)]
pub(super) struct ForecastArgs {
    #[command(flatten)]
    source: SourceArgs,
    #[command(flatten)]
    day: DayArgs,
    /// End of the forecast that the amount to request starts from
    #[arg(long, value_enum, value_name = "CASE", default_value = "high", help_heading = "Output")]
    case: Case,
    /// Makes the amount to request one that is safe in this share of 10,000 runs, such as 90%
    #[arg(
        long,
        value_name = "SHARE",
        value_parser = parse_share,
        conflicts_with = "case",
        help_heading = "Output",
        allow_hyphen_values = true
    )]
    probability: Option<Decimal>,
    /// Totals by quarter, tag:NAME …, or several of them
    ///
    /// By month, quarter, year, workload, owner, model, route or tag:NAME: quarter,tag:team.
    #[arg(long, value_name = "WHAT", value_parser = by, value_delimiter = ',', help_heading = "Output")]
    by: Vec<By>,
    /// Rows for each month, or a column for each month
    #[arg(
        long,
        value_enum,
        value_name = "LAYOUT",
        default_value = "rows",
        conflicts_with = "by",
        help_heading = "Output"
    )]
    layout: Layout,
    #[command(flatten)]
    columns: ColumnArgs,
    /// Writes the budget of these arguments as a new file
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    save: Option<PathBuf>,
    #[command(flatten)]
    output: OutputArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Layout {
    /// A row for each month, workload and route.
    Rows,
    /// A row for each workload and route, a column for each month.
    Wide,
}

/// Forecasts, and prints the result.
pub(super) fn run(args: &ForecastArgs, today: NaiveDate) -> Result<Exit, Failure> {
    let format = args.output.format()?;
    let (catalog, today) = args.day.known(today)?;
    let asked = source::budget(&args.source, &catalog, today)?.naming_what_is_idle(&catalog, today);
    let mut of_step = can_be_idle(args.source.step(), (&asked.written_in, &asked.budget))?;
    let part = &args.source.part;
    let found::Found { budget, written_in, mut flags, replaced, currency, .. } =
        asked.shown(part)?;
    of_step.extend(replaced);
    let shown =
        |flag: Option<Given<Budget>>| flag.map(|it| it.try_map(|it| part.of(it))).transpose();
    let of_step = of_step.into_iter().map(shown).collect::<Result<Vec<_>, Failure>>()?;
    check_by(&args.by, &budget)?;
    if args.probability.is_some() && format == Format::Csv {
        let help = "leave --probability out, or take --format json, which has the amount";
        return Err(Failure::usage("a CSV of a forecast has no amount to request", help));
    }
    if format == Format::Xlsx {
        refuse_in_workbook(args)?;
    }
    if args.save.is_some() {
        refuse_part(part)?;
        refuse_not_writable(&budget)?;
    }
    let forecast =
        library::forecast(&catalog, &budget, today).map_err(|errors| written_in.failure(errors))?;
    let call = Call { args, catalog: &catalog, today, format };
    let runs = call.runs(&budget).map_err(|why| safety::failure(why, &written_in))?;
    let runs = runs.as_ref();
    // Its text, as large as the budget, is of no use any more while the report is written.
    drop(written_in);
    let limits = library::limits(&budget, &forecast).map_err(|_| RequestError::TooLarge)?;
    let of_rows = args.by.is_empty() && args.layout == Layout::Rows;
    args.columns.refuse_unless(
        of_rows && format == Format::Csv,
        "--format csv, without --by and --layout wide",
    )?;
    call.with_report(&budget, &forecast, (args.case, runs), |report| {
        let again = |budget| call.forecast(&budget);
        flags.without_effect.extend(idle(&report, of_step, again));
        let case = (args.case != Case::High).then(|| args.case.as_str());
        let case =
            given("--case", case, "the low and the high end are the same here", || Case::High);
        let again =
            |case| call.with_report(&budget, &forecast, (case, runs), |it| Ok(figures(&it))).ok();
        flags.without_effect.extend(idle(&report, [case], again));
        output::write(report.with_flags(flags).in_currency(currency), &args.output)
    })?;
    args.columns.say_what_is_left_blank(forecast.rows().map(|row| row.cost));
    if let Some(path) = &args.save {
        save_new(path, library::file::write(&budget))?;
        message::hint(About::Written, &format!("{} is written", path.display()));
    }
    let no_price = forecast.no_price();
    if !no_price.is_empty() {
        return Err(nothing_priced(no_price));
    }
    // The report is whole: who goes on by the exit code must not miss a limit that is not kept.
    let kept = limits.iter().all(|limit| limit.verdict.holds());
    Ok(if kept { Exit::Done } else { Exit::Finding })
}

/// A workbook has its own sheets of sums and rows.
fn refuse_in_workbook(args: &ForecastArgs) -> Result<(), Failure> {
    let flag = match args.layout {
        _ if !args.by.is_empty() => "--by",
        Layout::Wide => "--layout wide",
        Layout::Rows => return Ok(()),
    };
    let help = format!("leave out {flag}: a sheet is filtered or gathered in the workbook itself");
    Err(Failure::usage(format!("{flag} does nothing in a workbook"), help))
}

/// A part by itself would be another plan: its limits are those of the whole one.
fn refuse_part(part: &PartArgs) -> Result<(), Failure> {
    if part.is_all() {
        return Ok(());
    }
    let help =
        "leave out --from and --to, or write the first month and the number of months yourself";
    Err(Failure::usage("--save writes the whole budget", help))
}

/// A file that says less than what is priced would be another budget.
fn refuse_not_writable(budget: &Budget) -> Result<(), Failure> {
    let wrong = library::file::not_writable(budget);
    let refused = |(what, help)| (format!("--save cannot write this budget: {what}"), help);
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(Failure::Usage(wrong.into_iter().map(refused).collect()))
    }
}

/// What every forecast of one call is made with.
struct Call<'a> {
    args: &'a ForecastArgs,
    catalog: &'a Catalog,
    today: NaiveDate,
    format: Format,
}

impl Call<'_> {
    /// The figures of a budget that can be forecast.
    fn forecast(&self, budget: &Budget) -> Option<Figures> {
        let forecast = library::forecast(self.catalog, budget, self.today).ok()?;
        let runs = self.runs(budget).ok()?;
        let how = (self.args.case, runs.as_ref());
        self.with_report(budget, &forecast, how, |it| Ok(figures(&it))).ok()
    }

    /// The runs of a budget, where its report says how safe the amount is.
    fn runs(&self, budget: &Budget) -> Result<Option<Safety>, Refused> {
        let asked = self.args.probability.is_some();
        match asked || self.format != Format::Csv {
            true => safety::runs((self.catalog, self.today), budget, asked),
            false => Ok(None),
        }
    }

    /// What a workbook needs beside the forecast: what its rows are the product of, and its quarters by tag.
    fn behind(&self, budget: &Budget, forecast: &Forecast) -> Result<Behind, Failure> {
        let mut factors = Vec::new();
        let priced =
            library::factors(self.catalog, budget, self.today, |workload| factors.push(workload));
        // What cannot be priced was an error of the forecast.
        priced.map_err(|_| RequestError::TooLarge)?;
        let by_tag = budget.tag_names().into_iter().map(|name| {
            let by = [By::Quarter, By::Tag(name.to_owned())];
            Ok((name.to_owned(), library::totals(budget, forecast, &by)?))
        });
        let by_tag = by_tag.collect::<Result<_, AmountTooLarge>>();
        Ok(Behind { factors, by_tag: by_tag.map_err(|_| RequestError::TooLarge)? })
    }

    /// Hands on the report of a forecast, which rests on figures that are worked out for it.
    fn with_report<T>(
        &self,
        budget: &Budget,
        forecast: &Forecast,
        (case, runs): (Case, Option<&Safety>),
        then: impl FnOnce(Report) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let Call { args, catalog, today, format } = *self;
        let too_large = |_| RequestError::TooLarge;
        let months = library::totals(budget, forecast, &[By::Month]).map_err(too_large)?;
        let limits = library::limits(budget, forecast).map_err(too_large)?;
        let alerts = library::alerts(budget, forecast).map_err(too_large)?;
        let amount = library::amount_to_request(budget, forecast, case).map_err(too_large)?;
        let amount = safety::held(amount, args.probability, runs).map_err(too_large)?;
        // Files of rows have no place for levers, and a large budget would wait for them.
        let levers = match format {
            Format::Csv => Vec::new(),
            _ => library::levers(catalog, budget, forecast, today).map_err(too_large)?,
        };
        let at_acceptance = match format {
            Format::Csv => None,
            _ => library::at_acceptance(catalog, budget, forecast, today).map_err(too_large)?,
        };
        let accepted = at_acceptance.as_ref();
        let sensitivities = match format {
            Format::Csv => Vec::new(),
            _ => library::sensitivities(catalog, budget, forecast, accepted, today)
                .map_err(too_large)?,
        };
        let totals = match &args.by[..] {
            [] => None,
            by => Some(library::totals(budget, forecast, by).map_err(too_large)?),
        };
        let cash = match format {
            Format::Csv => None,
            _ => library::cash(forecast, &budget.fx).map_err(too_large)?,
        };
        let whole = Total::of_all(&months).map_err(too_large)?;
        // Files of rows do not gather them by workload, and a large budget would wait for it.
        let gathers = match format {
            Format::Json => false,
            Format::Csv => args.layout == Layout::Wide,
            Format::Table | Format::Markdown | Format::Html | Format::Svg | Format::Xlsx => true,
        };
        let lines = match gathers {
            true => library::lines(budget, forecast).map_err(too_large)?,
            false => Vec::new(),
        };
        let short = library::shortfalls(&lines).map_err(too_large)?;
        let quarters = match gathers && budget.months > 3 {
            true => library::totals(budget, forecast, &[By::Quarter]).map_err(too_large)?,
            false => Vec::new(),
        };
        let behind = match format {
            Format::Xlsx => Some(self.behind(budget, forecast)?),
            _ => None,
        };
        let found = Found {
            budget,
            forecast,
            months: &months,
            whole: &whole,
            lines: &lines,
            short: &short,
            limits: &limits,
            alerts: &alerts,
            cash: cash.as_ref(),
            amount: &amount,
            at_acceptance: accepted,
            sensitivities: &sensitivities,
            quarters: &quarters,
            levers: &levers,
            behind: behind.as_ref(),
            today,
        };
        let view = match &totals {
            Some(totals) => View::Totals(&args.by, totals),
            _ if args.layout == Layout::Wide => View::Wide,
            _ => View::Rows(columns(&found, &args.columns.chosen(), args.columns.case())?),
        };
        then(report(&found, &view, catalog))
    }
}

/// Each key stands once, and a tag is one that the budget has.
fn check_by(by: &[By], budget: &Budget) -> Result<(), Failure> {
    for (place, key) in by.iter().enumerate() {
        if by[..place].contains(key) {
            let what = format!("--by names {} twice", key.in_words());
            return Err(Failure::usage(what, "name each once"));
        }
        check_tag(key, budget)?;
    }
    Ok(())
}

/// A tag that nothing has is more likely misspelled than meant.
fn check_tag(by: &By, budget: &Budget) -> Result<(), Failure> {
    let By::Tag(key) = by else { return Ok(()) };
    let known: Vec<&str> = budget.tag_names().into_iter().collect();
    if known.contains(&key.as_str()) {
        return Ok(());
    }
    let help = match &known[..] {
        [] => "give workloads `tags` in the budget file".to_owned(),
        known => format!("use one of tag:{}", known.join(", tag:")),
    };
    Err(Failure::usage(format!("no workload has a tag `{key}`"), help))
}

fn by(text: &str) -> Result<By, String> {
    match text.split_once(':') {
        Some(("tag", key)) if !key.is_empty() => return Ok(By::Tag(key.to_owned())),
        _ => {}
    }
    let known = [By::Month, By::Quarter, By::Year, By::Workload, By::Owner, By::Model, By::Route];
    let found = known.into_iter().find(|by| by.in_words() == text);
    found.ok_or_else(|| {
        "use month, quarter, year, workload, owner, model, route or tag:NAME, such as tag:team"
            .into()
    })
}
