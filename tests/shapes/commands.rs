//! Shapes × commands: each command that takes a file reads it, or refuses it with what takes it.

use crate::common::cli::{Run, finished, imgcost};

/// Commands that take requests and replies, and those that take a budget.
const ESTIMATE: usize = 0;
const PILOT: usize = 1;
const COMMANDS: [&[&str]; 8] = [
    &["estimate", "--model", "gpt-image-2"],
    &["pilot", "read"],
    &["budget", "forecast"],
    &["budget", "check"],
    &["budget", "compare", "--route", "openai/gpt-image-2"],
    &["budget", "afford", "--limit", "100"],
    &["budget", "simulate", "--runs", "100"],
    &["prices", "check"],
];

/// What the two commands that take replies do with a shape: `Ok` where they read it, else a part of what they say.
type Read = Result<(), &'static str>;

const OF_REPLY: &str = "this is a reply, and a budget says";
const OF_REQUEST: &str = "this is a request, and a budget says";
const PRICED: Read = Ok(());

/// A file, what estimate and pilot do with it, and what the commands of budgets say.
const SHAPES: [(&str, Read, Read, &str); 14] = [
    (
        "shapes/images-stream.txt",
        PRICED,
        Err("name the route on which it was made with --route"),
        OF_REPLY,
    ),
    ("shapes/responses-stream.txt", PRICED, PRICED, OF_REPLY),
    (
        "shapes/batch-output.jsonl",
        PRICED,
        Err("name the route on which it was made with --route"),
        OF_REPLY,
    ),
    ("shapes/replies-list.json", PRICED, PRICED, OF_REPLY),
    (
        "shapes/chat-usage.json",
        PRICED,
        Err("name the route on which it was made with --route"),
        OF_REPLY,
    ),
    ("shapes/openrouter.json", PRICED, PRICED, OF_REPLY),
    ("shapes/gemini.json", PRICED, PRICED, OF_REPLY),
    ("shapes/ai-sdk.json", PRICED, Err("`imgcost estimate FILE` prices it as a whole"), OF_REPLY),
    ("shapes/seedream.json", PRICED, Err("`imgcost estimate FILE` prices it as a whole"), OF_REPLY),
    ("requests/generation.json", PRICED, Err("give the reply to it"), OF_REQUEST),
    ("budgets/posters.yaml", Err("`imgcost budget forecast FILE` takes it"), Err(""), ""),
    ("images/1024x1024.png", Err("a PNG image"), Err("a PNG image"), "a PNG image"),
    ("", Err("is empty"), Err("is empty"), "is empty"),
    (
        "{\"object\":\"batch\",\"output_file_id\":\"file-9\"}",
        Err("fetch that file"),
        Err("fetch that file"),
        "fetch that file",
    ),
];

fn run(command: &[&str], file: &str) -> Run {
    let mut imgcost = imgcost();
    imgcost.args(command);
    match std::fs::exists(format!("fixtures/{file}"))
        .is_ok_and(|is_there| is_there && file.contains('.'))
    {
        true => finished(imgcost.arg(format!("fixtures/{file}"))),
        false => finished(imgcost.arg("-").write_stdin(file)),
    }
}

#[test]
fn each_command_reads_a_shape_or_names_what_takes_it() {
    for (file, estimate, pilot, budget) in SHAPES {
        for (index, command) in COMMANDS.iter().enumerate() {
            let expected = match index {
                ESTIMATE => estimate,
                PILOT => pilot,
                _ if command[0] == "prices" => Err("folder"),
                _ => Err(budget),
            };
            let run = run(command, file);
            let said = run.stderr.split_whitespace().collect::<Vec<_>>().join(" ");
            match expected {
                Ok(()) => assert_eq!(run.code, 0, "{command:?} {file}: {said}"),
                Err("") => {}
                Err(part) => {
                    assert!(run.code == 3 || run.code == 2, "{command:?} {file}: {}", run.stdout);
                    assert!(said.contains(part), "{command:?} {file}: {said}");
                }
            }
        }
    }
}
