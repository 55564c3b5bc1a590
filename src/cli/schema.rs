//! `imgcost schema`: the JSON Schemas of the files that people write, for editors, and the dictionary of outputs.

use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};

use super::config;
use super::exit::{Exit, Failure};
use super::help::Help;
use super::output::{self, FileArgs};
use crate::bill;
use crate::budget;
use crate::catalog::schema::Shape;
use crate::report::dictionary;
use crate::report::outputs::OUTPUTS;

const EXAMPLES: &str = "\
Examples:
  imgcost schema                                    # which there are
  imgcost schema route > route.schema.json
  imgcost schema columns                            # what columns, keys and codes mean
  imgcost schema output forecast                    # the JSON of `imgcost budget forecast`

In an editor with the YAML language server (VS Code: the extension \"YAML\" by Red Hat; also Neovim,
Helix, Zed), the first line of a table names its schema, as an address or as a path from the table:

  # yaml-language-server: $schema=../../route.schema.json

Keys, words and prices are then completed, explained and checked while you type. What a schema
cannot see, such as versions that overlap, `imgcost prices check` reports.";

#[derive(Debug, Args)]
#[command(examples(EXAMPLES))]
pub(super) struct SchemaArgs {
    /// Kind of file; without one, all kinds are listed
    #[arg(value_enum, value_name = "KIND")]
    kind: Option<Kind>,
    /// Output whose schema is printed, after `output`; without one, all are listed
    #[arg(value_name = "NAME")]
    name: Option<String>,
    #[command(flatten)]
    file: FileArgs,
}

/// A kind of file that people write.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Table(Shape),
    Budget,
    BillMapping,
    BillTexts,
    Config,
    Columns,
    Output,
}

impl ValueEnum for Kind {
    fn value_variants<'a>() -> &'a [Self] {
        &[
            Kind::Table(Shape::Model),
            Kind::Table(Shape::Owner),
            Kind::Table(Shape::Route),
            Kind::Table(Shape::Guidance),
            Kind::Table(Shape::FreeKeys),
            Kind::Table(Shape::Amendment),
            Kind::Budget,
            Kind::BillMapping,
            Kind::BillTexts,
            Kind::Config,
            Kind::Columns,
            Kind::Output,
        ]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        match self {
            Kind::Table(shape) => shape.to_possible_value(),
            Kind::Budget => {
                let help = "Volumes, limits and scenarios: the file of `imgcost budget`";
                Some(PossibleValue::new("budget").help(help))
            }
            Kind::BillMapping => {
                let help = "Which column of a bill is what: the file of --mapping";
                Some(PossibleValue::new("bill-mapping").help(help))
            }
            Kind::BillTexts => {
                let help = "What free texts on bills mean: the rules in bills/texts.yaml";
                Some(PossibleValue::new("bill-texts").help(help))
            }
            Kind::Config => {
                let help = "Settings for all commands: imgcost.yaml";
                Some(PossibleValue::new("config").help(help))
            }
            Kind::Columns => {
                let help = "The columns of every CSV, the keys of JSON rows and the codes of reasons, with their meaning";
                Some(PossibleValue::new("columns").help(help))
            }
            Kind::Output => {
                let help = "The object that a command writes with --format json";
                Some(PossibleValue::new("output").help(help))
            }
        }
    }
}

/// Prints a schema, or which there are.
pub(super) fn run(args: &SchemaArgs) -> Result<Exit, Failure> {
    let text = match args.kind {
        Some(Kind::Output) => output_schema(args.name.as_deref())?,
        _ if args.name.is_some() => {
            let help = "leave the name out, or use `imgcost schema output NAME`";
            return Err(Failure::usage("only `output` has a name after it", help));
        }
        Some(Kind::Table(shape)) => shape.document(),
        Some(Kind::Budget) => budget::file::schema(),
        Some(Kind::BillMapping) => bill::mapping_schema(),
        Some(Kind::BillTexts) => bill::texts_schema(),
        Some(Kind::Config) => config::schema(),
        Some(Kind::Columns) => dictionary::page(),
        None => {
            let tables = Shape::ALL.map(|shape| (shape.as_str(), shape.path()));
            let all = tables.into_iter().chain([
                ("budget", "budget.yaml"),
                ("bill-mapping", "the file of `imgcost bill reconcile --mapping`"),
                ("bill-texts", "bills/texts.yaml"),
                ("config", "imgcost.yaml"),
                ("columns", "columns, keys and reason codes of the outputs"),
                ("output", "an object of --format json"),
            ]);
            all.map(|(name, path)| format!("{name:<13}{path}\n")).collect()
        }
    };
    output::write_text(&text, &args.file)?;
    Ok(Exit::Done)
}

/// The schema of an output, or which there are.
fn output_schema(name: Option<&str>) -> Result<String, Failure> {
    let Some(name) = name else {
        return Ok(OUTPUTS.iter().map(|it| format!("{:<20}{}\n", it.name, it.command)).collect());
    };
    match OUTPUTS.iter().find(|it| it.name == name) {
        Some(found) => Ok(format!("{:#}\n", found.json_schema())),
        None => {
            let known: Vec<&str> = OUTPUTS.iter().map(|it| it.name).collect();
            let help = format!("use one of {}", known.join(", "));
            Err(Failure::usage(format!("there is no output `{name}`"), help))
        }
    }
}
