//! The examples of README.md, run as tests: what a `console` block shows is what the program prints.
//!
//! In such a block a line `$ imgcost …` (or `$ cargo run --release -- …`, which is the same) is a
//! command for `sh`, run in the project folder; after a `\` at its end it goes on in the next line. The
//! lines up to the next `$` are its whole standard output, in 100 columns; a command that shows none is
//! only run. Other commands are not run. Every command stands for itself, so their order is free.

#![cfg(unix)]

use std::path::Path;
use std::process::Command;

/// A command of a block and the output that the block shows.
#[derive(Debug, PartialEq)]
struct Example {
    line: usize,
    command: String,
    output: String,
}

/// The numbered lines of each `console` block, without the indent of its fence.
fn console_blocks(markdown: &str) -> Vec<Vec<(usize, &str)>> {
    let mut blocks = Vec::new();
    let mut indent = None;
    for (index, line) in markdown.lines().enumerate() {
        let text = line.trim_start();
        match indent {
            None if text.trim_end() == "```console" => {
                indent = Some(line.len() - text.len());
                blocks.push(Vec::new());
            }
            Some(_) if text.starts_with("```") => indent = None,
            Some(depth) => {
                let line = line.get(depth..).unwrap_or(text);
                blocks.last_mut().expect("a block is open").push((index + 1, line));
            }
            None => {}
        }
    }
    blocks
}

/// The commands of this program in a block.
fn examples(block: Vec<(usize, &str)>) -> Vec<Example> {
    let mut examples: Vec<Example> = Vec::new();
    for (line, text) in block {
        match (text.strip_prefix("$ "), examples.last_mut()) {
            (Some(command), _) => {
                examples.push(Example { line, command: command.into(), output: String::new() });
            }
            (None, Some(last)) if last.command.ends_with('\\') => {
                last.command = format!("{}\n{text}", last.command);
            }
            (None, Some(last)) => last.output += &format!("{text}\n"),
            (None, None) => {}
        }
    }
    examples.into_iter().filter_map(of_this_program).collect()
}

fn of_this_program(example: Example) -> Option<Example> {
    let ways = ["cargo run --release -- ", "imgcost "];
    let arguments = ways.into_iter().find_map(|way| example.command.strip_prefix(way))?;
    Some(Example { command: format!("imgcost {arguments}"), ..example })
}

/// Why an example is not what the program does; `None` if it is.
fn difference(example: &Example) -> Option<String> {
    let Example { line, command, output } = example;
    let dated = command.contains("--as-of") || command.contains("--help");
    if !output.trim().is_empty() && command.starts_with("imgcost estimate") && !dated {
        return Some(format!(
            "README.md:{line}: without --as-of this prints another day tomorrow\n"
        ));
    }
    let run = in_shell(command);
    let printed = String::from_utf8_lossy(&run.stdout);
    let messages = String::from_utf8_lossy(&run.stderr);
    if run.status.code().is_none_or(|code| code > 3) {
        return Some(format!(
            "README.md:{line}: `{command}` ended with {}\n{messages}",
            run.status
        ));
    }
    let same = output.trim().is_empty() || output.trim_end() == printed.trim_end();
    (!same).then(|| {
        format!("README.md:{line}: `{command}` prints\n{printed}{messages}--- and not\n{output}")
    })
}

fn in_shell(command: &str) -> std::process::Output {
    let program = Path::new(env!("CARGO_BIN_EXE_imgcost")).parent().expect("a folder");
    let path = std::env::var("PATH").unwrap_or_default();
    Command::new("sh")
        .args(["-c", command])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("PATH", format!("{}:{path}", program.display()))
        .env("COLUMNS", "100")
        .stdin(std::process::Stdio::null())
        .output()
        .expect("sh runs")
}

#[test]
fn the_readme_shows_what_the_program_prints() {
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let markdown = std::fs::read_to_string(readme).expect("README.md can be read");
    let examples: Vec<Example> = console_blocks(&markdown).into_iter().flat_map(examples).collect();
    let shown = examples.iter().filter(|example| !example.output.trim().is_empty()).count();
    assert!(shown > 0, "README.md has no `console` block with a command and its output");
    let differences: Vec<String> = examples.iter().filter_map(difference).collect();
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn blocks_and_their_commands_are_found() {
    let markdown = "```console\nnot a command\n$ cargo test\nok\n$ imgcost --help\nHelp\n\nMore\n\
                    $ cargo run --release -- estimate \\\n    --n 2\n```\n```sh\n$ imgcost no\n```\n\
                    - item:\n  ```console\n  $ imgcost estimate\n    2\n  ```\n";
    let found: Vec<Example> = console_blocks(markdown).into_iter().flat_map(examples).collect();
    let example = |line, command: &str, output: &str| Example {
        line,
        command: command.into(),
        output: output.into(),
    };
    assert_eq!(
        found,
        [
            example(5, "imgcost --help", "Help\n\nMore\n"),
            example(9, "imgcost estimate \\\n    --n 2", ""),
            example(17, "imgcost estimate", "  2\n"),
        ]
    );
}

#[test]
fn a_difference_and_a_missing_day_are_noticed() {
    let of = |command: &str, output: &str| {
        difference(&Example { line: 1, command: command.into(), output: output.into() })
    };
    assert_eq!(of("imgcost --version", concat!("imgcost ", env!("CARGO_PKG_VERSION"), "\n")), None);
    assert_eq!(of("imgcost --version | wc -l | tr -d ' '", "1\n"), None, "pipes work");
    assert!(of("imgcost --version", "imgcost 99\n").is_some());
    assert!(of("imgcost estimate", "anything\n").is_some_and(|why| why.contains("--as-of")));
    assert!(of("imgcost-of-nothing", "").is_some(), "a command that does not exist");
}
