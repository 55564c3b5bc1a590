//! The command line program: all of it is in [`imgcost::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    imgcost::cli::main()
}
