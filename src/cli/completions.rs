//! `imgcost completions`: commands and flags, completed by the shell.

use clap::Args;
use clap_complete::Shell;

use super::exit::{Exit, Failure};
use super::help::Help;
use super::output::{self, FileArgs};

const EXAMPLES: &str = "\
Examples:
  imgcost completions bash > ~/.local/share/bash-completion/completions/imgcost
  imgcost completions fish > ~/.config/fish/completions/imgcost.fish
  imgcost completions zsh > \"${fpath[1]}/_imgcost\"
  imgcost completions powershell >> $PROFILE";

#[derive(Debug, Args)]
#[command(examples(EXAMPLES))]
pub(super) struct CompletionsArgs {
    /// Shell that completes
    #[arg(value_enum, value_name = "SHELL")]
    shell: Shell,
    #[command(flatten)]
    file: FileArgs,
}

/// Prints the script for a shell.
pub(super) fn run(args: &CompletionsArgs) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut super::command(), "imgcost", &mut script);
    output::write_text(&String::from_utf8_lossy(&script), &args.file)?;
    Ok(Exit::Done)
}
