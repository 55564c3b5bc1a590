//! Shapes × commands: each command that takes a file reads it, or refuses it with what takes it.

use crate::common::cli::{Run, finished, imgcost};

/// Commands that take requests and replies, and those that take a budget.
const ESTIMATE: usize = 0;
const COMPARE: usize = 1;
const PILOT: usize = 2;
const COMMANDS: [&[&str]; 9] = [
    &["estimate", "--model", "gpt-image-2"],
    &["compare", "--model", "gpt-image-2", "--top", "1"],
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

const NO_ROUTE: Read = Err("name the route on which it was made with --route");
const AS_A_WHOLE: Read = Err("`imgcost estimate FILE` prices it as a whole");
const ONE_REPLY: Read = Err("a reply is compared by itself");
const NO_REPLY: Read = Err("give the reply to it");

/// A file, what estimate, compare and pilot do with it, and what the commands of budgets say. Compare reads nothing that
/// estimate does not.
///
/// The public source of each reply stands in `replies.rs`, that of streams in `streams.rs`, that of the bodies of SDKs in
/// `fixtures/shapes/sdk/README.md`, and that of a part of a stream of the AI SDK in `elsewhere.rs`. No public sample is
/// recorded of the bodies `requests/generation.json` and `examples/batch.jsonl`, of the record of a Batch, the pages of an
/// organisation's usage and costs, the bodies of Chat Completions (`messages`) and Gemini (`contents`), and the error: of
/// these the keys alone are looked at, and the texts are our own.
const SHAPES: [(&str, Read, Read, Read, &str); 36] = [
    ("shapes/images-stream.txt", PRICED, PRICED, NO_ROUTE, OF_REPLY),
    ("shapes/responses-stream.txt", PRICED, PRICED, PRICED, OF_REPLY),
    ("shapes/batch-output.jsonl", PRICED, ONE_REPLY, NO_ROUTE, OF_REPLY),
    ("shapes/replies-list.json", PRICED, ONE_REPLY, PRICED, OF_REPLY),
    ("shapes/chat-usage.json", PRICED, PRICED, NO_ROUTE, OF_REPLY),
    ("shapes/openrouter.json", PRICED, PRICED, PRICED, OF_REPLY),
    ("shapes/gemini.json", PRICED, PRICED, PRICED, OF_REPLY),
    ("shapes/ai-sdk.json", PRICED, PRICED, AS_A_WHOLE, OF_REPLY),
    ("shapes/seedream.json", PRICED, PRICED, AS_A_WHOLE, OF_REPLY),
    ("requests/generation.json", PRICED, PRICED, NO_REPLY, OF_REQUEST),
    ("examples/batch.jsonl", PRICED, PRICED, NO_REPLY, OF_REQUEST),
    ("shapes/sdk/python-generate.json", PRICED, PRICED, NO_REPLY, OF_REQUEST),
    ("shapes/sdk/node-responses.json", PRICED, PRICED, NO_REPLY, OF_REQUEST),
    ("shapes/sdk/python-edit.form", PRICED, PRICED, NO_REPLY, OF_REQUEST),
    ("shapes/sdk/node-edits.form", PRICED, PRICED, NO_REPLY, OF_REQUEST),
    ("shapes/sdk/python-edit.http", PRICED, PRICED, NO_REPLY, OF_REQUEST),
    ("budgets/posters.yaml", Err("`imgcost budget forecast FILE` takes it"), PRICED, Err(""), ""),
    ("images/1024x1024.png", Err("a PNG image"), PRICED, Err("a PNG image"), "a PNG image"),
    ("examples/pilot.csv", A_LOG, PRICED, PRICED, "`imgcost pilot read FILE` takes it"),
    ("", Err("is empty"), PRICED, Err("is empty"), "is empty"),
    ("\u{feff} \n", Err("is empty"), PRICED, Err("is empty"), "is empty"),
    (
        "{\"object\":\"batch\",\"output_file_id\":\"file-9\"}",
        Err("fetch that file"),
        PRICED,
        Err("fetch that file"),
        "fetch that file",
    ),
    refused(
        r#"{"object":"page","data":[{"results":[{"object":"organization.usage.images.result"}]}]}"#,
        "give the replies themselves",
    ),
    refused(
        r#"{"object":"page","data":[{"results":[{"object":"organization.costs.result"}]}]}"#,
        "give the replies themselves",
    ),
    refused(r#"{"model":"gpt-5","messages":[]}"#, "ask for the image with --model"),
    refused(r#"{"contents":[]}"#, "ask for the image with --model"),
    refused(r#"{"schema":"imgcost.estimate/1"}"#, "give the replies themselves"),
    // A workbook is one too, and budgets read those.
    (
        "PK\u{3}\u{4}",
        Err("unpack it"),
        PRICED,
        Err("unpack it"),
        "save it as .xlsx, .ods or CSV again",
    ),
    refused("%PDF-1.4", "unpack it"),
    (
        "{\"error\":{\"message\":\"x\",\"type\":\"rate_limit_error\"}}",
        PRICED,
        PRICED,
        NO_MODEL,
        OF_REPLY,
    ),
    (
        "{\"type\":\"finish\",\"finishReason\":\"stop\"}",
        AI_SDK_PART,
        PRICED,
        AI_SDK_PART,
        "a part of a stream of the AI SDK",
    ),
    ("{\"a\":1}", Err("give the JSON body of a request"), PRICED, Err("nothing to rate"), NO_KEY),
    ("12", Err("give the JSON body of a request"), PRICED, NO_LOG, NO_MAPPING),
    ("A red fox.", Err("--prompt-file FILE counts it as a prompt"), PRICED, NO_LOG, NO_MAPPING),
    ("a,b,c\n1,2,3\n", Err("give the replies themselves"), PRICED, NO_LOG, "no column is a month"),
    ("alias: x\nversions:\n", PRICE_TABLE, PRICED, NO_LOG, "`imgcost prices check DIR` checks"),
];

const NO_MODEL: Read = Err("does not name its image model");
const AI_SDK_PART: Read = Err("write the `usage` and `providerMetadata`");
const A_LOG: Read = Err("`imgcost pilot read FILE` takes it");
const NO_LOG: Read = Err("this is no log of a pilot");
const PRICE_TABLE: Read = Err("`imgcost prices check DIR` checks the folder");
const NO_KEY: &str = "there is no key";
const NO_MAPPING: &str = "a mapping must stand here";

/// What no command but its own takes, with what each of them says of it.
const fn refused(
    text: &'static str,
    cure: &'static str,
) -> (&'static str, Read, Read, Read, &'static str) {
    (text, Err(cure), PRICED, Err(cure), cure)
}

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
    for (file, estimate, compare, pilot, budget) in SHAPES {
        for (index, command) in COMMANDS.iter().enumerate() {
            let expected = match index {
                ESTIMATE => estimate,
                COMPARE => estimate.and(compare),
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
