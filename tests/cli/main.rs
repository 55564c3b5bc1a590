//! The program from outside: what it prints, on which stream, and its exit code.
//!
//! `formats`: tables, CSV, Markdown, JSON and help. `schema`: keys and types of the JSON.
//! `errors`: requests that cannot be priced. `files`: images, prompts, bodies, Batch files.
//! `output_files`: `--output`. `rows`: the same rows in CSV and JSON. `replies`: pasted replies.
//! `responses`: a mainline model that calls the image model. `limits`: `--max-cost`.
//! `help`: what `-h` and `--help` show.
//! `streams`: pipes, standard input, no flags. `messages`: colours, `--quiet`, completions.
//! `problems`: the same for programs. `several`: many requests and replies at once.
//! `pilot_replies`: replies in the log of a pilot.
//! `settings`: what `imgcost.yaml` says where no flag does.
//! `machine`: what the machine refuses.
//! `usage`: logs of what was used. `bill_beside`: bills held against them.
//! `one_screen`: what every command shows by default.
//!
//! The snapshots of all of them are in `tests/cli/snapshots/`.

#[path = "../common/mod.rs"]
mod common;

mod bill_beside;
mod cures;
mod errors;
mod files;
mod formats;
mod help;
mod limits;
#[cfg(unix)]
mod machine;
mod messages;
mod one_screen;
mod output_files;
mod pilot_replies;
mod places;
mod problems;
mod replies;
mod responses;
mod rows;
mod schema;
mod several;
mod settings;
mod streams;
mod usage;
