//! What the `sh` blocks of a page tell to type, typed in their order into an empty folder that has the project's
//! `fixtures` and the files that the page's own blocks are named for: a block whose first line is `# my/file.yaml`.
//!
//! A line of this program or of `cp` is run; after a `\` at its end it goes on in the next line. It ends with exit code
//! 0, or with the one that its comment names (`# … exit code 1`). Other lines, such as `sh tests/run.sh`, are not run.
//! Commands that take a day and are given none are asked about [`TODAY`], so that no page fails with the calendar.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::Command;

use super::{Block, blocks};

const TODAY: &str = "2026-11-21";

/// The program, with the day where it takes one.
fn wrapper() -> String {
    format!(
        r#"#!/bin/sh
case " $* " in *" --as-of "* | *" --help "*) exec "{program}" "$@" ;; esac
case "$1 ${{2:-}}" in
"estimate "* | "compare "* | "models "* | "sizes "* | "pilot "* | "routes "* | "prices check" | \
    "budget forecast" | "budget compare" | "budget check" | "budget simulate" | "budget afford")
    exec "{program}" "$@" --as-of {TODAY} ;;
*) exec "{program}" "$@" ;;
esac
"#,
        program = env!("CARGO_BIN_EXE_imgcost")
    )
}

/// Writes a program of `sh` where the others find it.
pub(super) fn program(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(folder).expect("a folder");
    fs::write(&path, text).expect("a program");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("its rights");
}

/// The commands of a block: the line at which each begins, and its text.
fn commands(block: &Block) -> Vec<(usize, String)> {
    let mut commands: Vec<(usize, String)> = Vec::new();
    for (line, text) in &block.lines {
        match commands.last_mut() {
            Some((_, last)) if last.ends_with('\\') => *last += &format!("\n{text}"),
            _ => commands.push((*line, (*text).to_owned())),
        }
    }
    let of_this_program = |(line, text): (usize, String)| {
        let text = match text.strip_prefix("cargo run -- ") {
            Some(arguments) => format!("imgcost {arguments}"),
            None => text,
        };
        ["imgcost ", "cp "].iter().any(|it| text.starts_with(it)).then_some((line, text))
    };
    commands.into_iter().filter_map(of_this_program).collect()
}

/// The exit code that the comment of a line names, else 0.
fn expected(command: &str) -> i32 {
    let named = command.split_once(" # ").and_then(|(_, comment)| comment.split_once("exit code "));
    let digits = named
        .map_or("0", |(_, rest)| rest.split(|c: char| !c.is_ascii_digit()).next().unwrap_or("0"));
    digits.parse().expect("a number after `exit code`")
}

/// The file that a block is, by its first line.
fn file_of<'a>(block: &Block<'a>) -> Option<&'a str> {
    let path = block.lines.first()?.1.strip_prefix("# ")?;
    let is_path = path.contains('.') && !path.contains([' ', ':']);
    (block.kind == "yaml" && is_path).then_some(path)
}

/// Types what a page says, and gives what ended otherwise than it says.
fn typed(name: &str, markdown: &str) -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().expect("a folder");
    let at = |path: &str| folder.path().join(path);
    symlink(root.join("fixtures"), at("fixtures")).expect("a link");
    symlink(root.join("pricing"), at("pricing")).expect("a link");
    program(&at("bin"), "imgcost", &wrapper());
    let path = std::env::var("PATH").unwrap_or_default();
    let mut failed = Vec::new();
    for block in blocks(markdown) {
        if let Some(file) = file_of(&block) {
            let text: String = block.lines.iter().map(|(_, line)| format!("{line}\n")).collect();
            fs::create_dir_all(at(file).parent().expect("a folder")).expect("a folder");
            fs::write(at(file), text).expect("a file");
        }
        if block.kind != "sh" {
            continue;
        }
        for (line, command) in commands(&block) {
            let run = Command::new("sh")
                .args(["-c", &command])
                .current_dir(folder.path())
                .env("PATH", format!("{}:{path}", at("bin").display()))
                .env("IMGCOST_CONFIG", "")
                .stdin(std::process::Stdio::null())
                .output()
                .expect("sh runs");
            if run.status.code() != Some(expected(&command)) {
                let said = String::from_utf8_lossy(&run.stderr);
                failed
                    .push(format!("{name}:{line}: `{command}` ended with {}\n{said}", run.status));
            }
        }
    }
    failed
}

#[test]
fn what_the_pages_tell_to_type_works() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut failed = Vec::new();
    let mut typed_any = 0;
    for page in super::pages().into_iter().chain([root.join("CONTRIBUTING.md")]) {
        let markdown = fs::read_to_string(&page).expect("a page can be read");
        let name = page.file_name().unwrap_or_default().to_string_lossy();
        let of_kind = blocks(&markdown).into_iter().filter(|block| block.kind == "sh");
        typed_any += of_kind.map(|block| commands(&block).len()).sum::<usize>();
        failed.extend(typed(&name, &markdown));
    }
    assert!(typed_any > 20, "the pages tell to type {typed_any} commands");
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn commands_files_and_exit_codes_are_found() {
    let markdown = "```yaml\n# my/owner.yaml\nname: A\n```\n```yaml\nname: B\n```\n\
                    ```sh\nimgcost sizes 7x7   # not legal (exit code 2)\nls\ncargo run -- estimate \\\n  --n 2\n```\n";
    let blocks = blocks(markdown);
    let files: Vec<Option<&str>> = blocks.iter().map(file_of).collect();
    assert_eq!(files, [Some("my/owner.yaml"), None, None]);
    let found = commands(&blocks[2]);
    let first = "imgcost sizes 7x7   # not legal (exit code 2)".to_owned();
    assert_eq!(found, [(9, first), (11, "imgcost estimate \\\n  --n 2".to_owned())]);
    assert_eq!(found.iter().map(|(_, command)| expected(command)).collect::<Vec<_>>(), [2, 0]);
    assert!(!typed("page", "```sh\nimgcost sizes 7x7\n```\n").is_empty(), "another exit code");
    assert!(typed("page", markdown).is_empty());
}
