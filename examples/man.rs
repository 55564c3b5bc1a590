//! Writes the manual pages of all commands into a folder, for packages: `cargo run --example man -- DIR`.

use std::path::Path;

use clap::Command;

fn main() -> std::io::Result<()> {
    let Some(folder) = std::env::args_os().nth(1) else {
        eprintln!("usage: cargo run --example man -- DIR");
        std::process::exit(2);
    };
    std::fs::create_dir_all(&folder)?;
    clap_mangen::generate_to(without_help(imgcost::cli::command()), Path::new(&folder))
}

/// The commands without those that print help: the pages are the help.
fn without_help(command: Command) -> Command {
    command.mut_subcommands(|inner| match inner.get_name() {
        "help" => inner.hide(true),
        _ => without_help(inner),
    })
}
