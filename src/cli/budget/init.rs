//! `imgcost budget init`: a commented budget file or a spreadsheet to start from.

use clap::{Args, ValueEnum};

use super::init_workbook::workbook;
use crate::budget::file::{EXAMPLE, START};
use crate::budget::volumes::template;
use crate::cli::exit::{Exit, Failure};
use crate::cli::help::Help;
use crate::cli::output::{self, FileArgs};

const EXAMPLES: &str = "\
Examples:
  imgcost budget init                        # to look at
  imgcost budget init --output budget.yaml   # to edit
  imgcost budget init --output plan.xlsx     # volumes for a spreadsheet program
  imgcost budget init --all                  # every key
  imgcost schema budget > budget.schema.json # for completion in an editor";

#[derive(Debug, Args)]
#[command(examples(EXAMPLES))]
pub(in crate::cli) struct InitArgs {
    /// Every key that a budget file may have, with what it means
    #[arg(long, help_heading = "Output")]
    all: bool,
    /// What is written [default: by the suffix of --output, else yaml]
    ///
    /// A budget file (yaml), or volumes in a spreadsheet (csv, xlsx).
    #[arg(long, value_enum, value_name = "FORMAT", help_heading = "Output")]
    format: Option<Format>,
    #[command(flatten)]
    file: FileArgs,
}

/// What a template is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Yaml,
    Csv,
    Xlsx,
}

/// Prints the example, or writes it to a new file.
pub(super) fn run(args: &InitArgs) -> Result<Exit, Failure> {
    let format = format(args)?;
    if args.all && format != Format::Yaml {
        let help = "leave it out: each column stands in the spreadsheet with what it means";
        return Err(Failure::usage("--all is of a budget file in YAML", help));
    }
    match format {
        Format::Yaml => output::write_text(if args.all { EXAMPLE } else { START }, &args.file)?,
        Format::Csv => output::write_text(&template::csv(), &args.file)?,
        Format::Xlsx if args.file.path().is_none() => {
            return Err(Failure::usage("a workbook is no text", "give --output plan.xlsx"));
        }
        Format::Xlsx => output::write_bytes(&workbook()?, &args.file)?,
    }
    Ok(Exit::Done)
}

/// The format asked for, else that of the suffix.
fn format(args: &InitArgs) -> Result<Format, Failure> {
    let suffix = args.file.path().and_then(|path| path.extension());
    let suffix = suffix.map(|suffix| suffix.to_string_lossy().to_ascii_lowercase());
    match (args.format, suffix.as_deref()) {
        (Some(format), _) => Ok(format),
        (None, None | Some("yaml" | "yml")) => Ok(Format::Yaml),
        (None, Some("csv")) => Ok(Format::Csv),
        (None, Some("xlsx")) => Ok(Format::Xlsx),
        (None, Some(other)) => Err(Failure::usage(
            format!("--output: no template has the suffix .{other}"),
            "name the file .yaml, .csv or .xlsx, or give --format yaml|csv|xlsx",
        )),
    }
}
