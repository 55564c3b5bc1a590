//! The examples of README.md and of the pages in docs/, run as tests: what a `console` block shows is what the
//! program prints. `UPDATE_EXAMPLES=1 cargo test --test readme` writes what it prints now into the pages, to be read
//! as a difference before it is kept.
//!
//! In such a block a line `$ imgcost …` (or `$ cargo run --release -- …`, which is the same) is a
//! command for `sh`, run in the project folder; after a `\` at its end it goes on in the next line. The
//! lines up to the next `$` are its whole standard output, in 100 columns; a command that shows none is
//! only run. Other commands are not run. Every command stands for itself, so their order is free.
//!
//! What `sh` blocks tell to type is run by `shell`, the recipes for CI by `recipes`.

#![cfg(unix)]

mod recipes;
mod shell;

use std::path::{Path, PathBuf};
use std::process::Command;

/// A command of a block and the output that the block shows.
#[derive(Debug, PartialEq)]
struct Example {
    line: usize,
    command: String,
    output: String,
}

/// A fenced block: what it says it is, and its numbered lines without the indent of its fence.
struct Block<'a> {
    kind: &'a str,
    lines: Vec<(usize, &'a str)>,
}

/// The fenced blocks of a page, in their order.
fn blocks(markdown: &str) -> Vec<Block<'_>> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut indent = None;
    for (index, line) in markdown.lines().enumerate() {
        let text = line.trim_start();
        match (indent, text.strip_prefix("```")) {
            (None, Some(kind)) => {
                indent = Some(line.len() - text.len());
                blocks.push(Block { kind: kind.trim_end(), lines: Vec::new() });
            }
            (Some(_), Some(_)) => indent = None,
            (Some(depth), None) => {
                let line = line.get(depth..).unwrap_or(text);
                blocks.last_mut().expect("a block is open").lines.push((index + 1, line));
            }
            (None, None) => {}
        }
    }
    blocks
}

/// The lines of each `console` block.
fn console_blocks(markdown: &str) -> Vec<Vec<(usize, &str)>> {
    let all = blocks(markdown).into_iter();
    all.filter(|block| block.kind == "console").map(|block| block.lines).collect()
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
        return Some(format!("{line}: without --as-of this prints another day tomorrow\n"));
    }
    let run = in_shell(command);
    let printed = String::from_utf8_lossy(&run.stdout);
    let messages = String::from_utf8_lossy(&run.stderr);
    if run.status.code().is_none_or(|code| code > 3) {
        return Some(format!("{line}: `{command}` ended with {}\n{messages}", run.status));
    }
    let same = output.trim().is_empty() || output.trim_end() == printed.trim_end();
    (!same).then(|| format!("{line}: `{command}` prints\n{printed}{messages}--- and not\n{output}"))
}

/// A page with what its commands print now.
fn updated(markdown: &str) -> String {
    let examples: Vec<Example> = console_blocks(markdown).into_iter().flat_map(examples).collect();
    let mut lines: Vec<&str> = markdown.lines().collect();
    // From the last to the first, so that the numbers of the lines before stay true.
    let printed: Vec<(Example, String)> = examples
        .into_iter()
        .filter(|example| !example.output.trim().is_empty())
        .map(|example| {
            let run = in_shell(&example.command);
            (example, String::from_utf8_lossy(&run.stdout).trim_end().to_owned())
        })
        .collect();
    for (example, now) in printed.iter().rev() {
        let first = example.line - 1 + example.command.lines().count();
        let shown = example.output.trim_end().lines().count();
        lines.splice(first..first + shown, now.lines());
    }
    format!("{}\n", lines.join("\n"))
}

/// README.md and every page of docs/.
fn pages() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let docs = std::fs::read_dir(root.join("docs")).expect("docs/ can be read");
    let mut pages: Vec<PathBuf> = docs
        .map(|entry| entry.expect("an entry of docs/").path())
        .filter(|path| path.extension().is_some_and(|suffix| suffix == "md"))
        .chain([root.join("README.md")])
        .collect();
    pages.sort();
    pages
}

fn in_shell(command: &str) -> std::process::Output {
    let program = Path::new(env!("CARGO_BIN_EXE_imgcost")).parent().expect("a folder");
    let path = std::env::var("PATH").unwrap_or_default();
    Command::new("sh")
        .args(["-c", command])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("PATH", format!("{}:{path}", program.display()))
        .env("COLUMNS", "100")
        .env("IMGCOST_CONFIG", "")
        .stdin(std::process::Stdio::null())
        .output()
        .expect("sh runs")
}

#[test]
fn the_pages_show_what_the_program_prints() {
    let mut differences = Vec::new();
    for page in pages() {
        let name = page.file_name().unwrap_or_default().to_string_lossy();
        let markdown = std::fs::read_to_string(&page).expect("a page can be read");
        if std::env::var_os("UPDATE_EXAMPLES").is_some() {
            std::fs::write(&page, updated(&markdown)).expect("a page can be written");
            continue;
        }
        let examples: Vec<Example> =
            console_blocks(&markdown).into_iter().flat_map(examples).collect();
        let shown = examples.iter().filter(|example| !example.output.trim().is_empty()).count();
        assert!(name != "README.md" || shown > 0, "README.md shows no command with its output");
        let found = examples.iter().filter_map(difference);
        differences.extend(found.map(|difference| format!("{name}:{difference}")));
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

/// A link to a file of the project that is not there.
#[test]
fn the_pages_link_to_files_that_exist() {
    for page in pages() {
        let markdown = std::fs::read_to_string(&page).expect("a page can be read");
        let folder = page.parent().expect("a folder");
        for link in markdown.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let file = link.split('#').next().unwrap_or_default();
            let elsewhere = file.is_empty() || file.contains("://");
            assert!(elsewhere || folder.join(file).exists(), "{}: {link}", page.display());
        }
    }
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
