//! `imgcost schema`: the JSON Schemas of the table files, for editors.

use clap::Args;

use super::exit::{Exit, Failure};
use super::output;
use crate::catalog::schema::Shape;

const EXAMPLES: &str = "\
Examples:
  imgcost schema                                    # which there are
  imgcost schema route > route.schema.json

In an editor with the YAML language server (VS Code: the extension \"YAML\" by Red Hat; also Neovim,
Helix, Zed), the first line of a table names its schema, as an address or as a path from the table:

  # yaml-language-server: $schema=../../route.schema.json

Keys, words and prices are then completed, explained and checked while you type. What a schema
cannot see, such as versions that overlap, `imgcost prices check` reports.";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct SchemaArgs {
    /// Kind of table; without one, all kinds are listed
    #[arg(value_enum, value_name = "KIND")]
    shape: Option<Shape>,
}

/// Prints a schema, or which there are.
pub(super) fn run(args: &SchemaArgs) -> Result<Exit, Failure> {
    let text = match args.shape {
        Some(shape) => shape.document(),
        None => {
            Shape::ALL.map(|shape| format!("{:<11}{}\n", shape.as_str(), shape.path())).concat()
        }
    };
    output::write_text(&text)?;
    Ok(Exit::Done)
}
