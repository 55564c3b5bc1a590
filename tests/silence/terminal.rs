//! What reaches a terminal is text: whatever a flag, a name, a file or a path holds, no character passes that is not
//! seen, or that changes what is seen, and every escape is one of the program's own colours.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use rustix::fs::{Mode, OFlags, open};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

use super::every_flag::{leaf, samples::SOURCES};
use crate::common::TODAY;

/// Reverses, wipes and retitles a terminal, turns the reading direction, and hides a character.
const HOSTILE: &str = "fox\u{1b}[7m\u{1b}[2J\u{1b}]0;t\u{7}\u{9b}31m\u{202e}\u{200b}\u{2066}x";

/// What the program's own colours may be: bold, dim, underlined, the bright colours, and the end of them.
const COLOURS: [&str; 14] =
    ["0", "1", "2", "4", "31", "32", "33", "34", "36", "91", "92", "93", "94", "96"];

/// What a terminal gets from a command: both outputs.
pub(super) fn on_a_terminal(args: &[&str]) -> String {
    let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a terminal");
    grantpt(&master).expect("its other end");
    unlockpt(&master).expect("its other end");
    let name = ptsname(&master, Vec::new()).expect("its name");
    let end = || {
        let flags = OFlags::RDWR | OFlags::NOCTTY;
        File::from(open(&name, flags, Mode::empty()).expect("its other end"))
    };
    let mut command = Command::new(env!("CARGO_BIN_EXE_imgcost"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).env_clear();
    command.env("TERM", "xterm-256color").env("IMGCOST_CONFIG", "");
    command.args(args).stdin(Stdio::null()).stdout(end()).stderr(end());
    let mut child = command.spawn().expect("the program runs");
    // The ends of the parent: reading ends when the child's are closed as well.
    drop(command);
    let mut shown = Vec::new();
    let mut buffer = [0; 4096];
    let mut master = File::from(master);
    // A terminal whose other end is closed answers with an error.
    while let Ok(length @ 1..) = master.read(&mut buffer) {
        shown.extend_from_slice(&buffer[..length]);
    }
    let code = child.wait().expect("it ends").code();
    assert!(matches!(code, Some(0..=3)), "{args:?} ends with {code:?}");
    String::from_utf8(shown).expect("UTF-8")
}

/// What of a text is not seen, or changes what is seen: by its own rule, not by the program's.
pub(crate) fn passed(shown: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = shown;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        let is_bidi = matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}');
        if c == '\u{1b}' {
            let end = rest.find('m').unwrap_or(0);
            let colour = rest.get(1..end).filter(|_| rest.starts_with('['));
            let is_own = colour.is_some_and(|it| it.split(';').all(|part| COLOURS.contains(&part)));
            if !is_own {
                found.push(format!("an escape of {:?}", rest.chars().take(8).collect::<String>()));
            }
        } else if is_bidi || (c.is_control() && !matches!(c, '\n' | '\r')) {
            found.push(format!("{c:?}"));
        }
    }
    found
}

/// Runs all of them, and names those that let something pass.
fn none_passes(trials: &[Vec<String>]) {
    assert!(
        passed(HOSTILE).len() > 4
            && passed("\u{1b}[1m\u{1b}[91merror:\u{1b}[0m a fox\r\n").is_empty()
    );
    let next = AtomicUsize::new(0);
    let open = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(2, usize::from) {
            scope.spawn(|| {
                while let Some(trial) = trials.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let args: Vec<&str> = trial.iter().map(String::as_str).collect();
                    let found = passed(&on_a_terminal(&args));
                    if !found.is_empty() {
                        open.lock().expect("the list").push(format!("{args:?}: {found:?}"));
                    }
                }
            });
        }
    });
    let open = open.into_inner().expect("the list");
    assert!(open.is_empty(), "of {} calls: {open:#?}", trials.len());
}

fn owned(args: &[&str]) -> Vec<String> {
    args.iter().map(|arg| (*arg).to_owned()).collect()
}

#[test]
fn no_argument_of_any_command_passes_more_than_text() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut trials = Vec::new();
    let mut known = BTreeSet::new();
    for source in SOURCES.iter().filter(|source| known.insert(source.command)) {
        for arg in leaf(source.command)
            .get_arguments()
            .filter(|arg| arg.get_num_args().is_none_or(|it| it.takes_values()))
        {
            let mut args = owned(source.command);
            match arg.get_long() {
                Some(long) => {
                    let is_written = ["output", "log", "rejects", "save", "dir"].contains(&long);
                    let written = folder.path().join(HOSTILE).to_string_lossy().into_owned();
                    args.extend(owned(source.args));
                    args.push(format!("--{long}"));
                    args.push(if is_written { written } else { HOSTILE.to_owned() });
                }
                None => args.push(HOSTILE.to_owned()),
            }
            trials.push(args);
        }
        trials.push([owned(source.command), vec![format!("--{HOSTILE}")]].concat());
    }
    trials.push(vec![HOSTILE.to_owned()]);
    none_passes(&trials);
    assert!(!Path::new(HOSTILE).exists(), "a test writes into temporary folders alone");
}

#[test]
fn no_file_and_no_path_passes_more_than_text() {
    let folder = tempfile::tempdir().expect("a folder");
    let hidden: String = HOSTILE.chars().map(|c| format!("\\u{:04x}", u32::from(c))).collect();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(format!("{name} {HOSTILE}"));
        fs::write(&path, text).expect("a file");
        path.to_string_lossy().into_owned()
    };
    let body = file(
        "a.json",
        &format!("{{\"model\": \"{hidden}\", \"prompt\": \"{hidden}\", \"{hidden}\": 1}}"),
    );
    let sizes = file(
        "b.json",
        &format!("{{\"model\": \"gpt-image-2\", \"prompt\": \"a\", \"size\": \"{hidden}\"}}"),
    );
    let broken = file("c.json", &format!("{{\"model\": {HOSTILE}"));
    let reply = file(
        "d.json",
        &format!("{{\"error\": {{\"code\": \"{hidden}\", \"message\": \"{hidden}\"}}}}"),
    );
    let lines = file(
        "e.jsonl",
        &format!(
            "{{\"custom_id\": \"{hidden}\", \"method\": \"POST\", \"url\": \"/v1/images/generations\", \"body\": {{\"model\": \"gpt-image-2\", \
         \"quality\": \"low\", \"prompt\": \"a\"}}}}\n"
        ),
    );
    let posters = fs::read_to_string("fixtures/budgets/posters.yaml").expect("a budget");
    let named = |name: &str| posters.replace("posters", name).replace("a fifth more", name);
    let budget = file("f.yaml", &named(&format!("\"{hidden}\"")));
    let workload = file("g.yaml", &named(HOSTILE));
    let volumes = file("h.csv", &format!("workload,2027-01\n{HOSTILE},100\n\"=1+{HOSTILE}\",3\n"));
    let log = file(
        "i.csv",
        &fs::read_to_string("fixtures/examples/pilot.csv").expect("a log").replace("yes", HOSTILE),
    );
    let nowhere = format!("/nowhere/{HOSTILE}");
    let mut trials = Vec::new();
    for path in
        [&body, &sizes, &broken, &reply, &lines, &budget, &workload, &volumes, &log, &nowhere]
    {
        for command in [&["estimate"][..], &["budget", "forecast"], &["pilot", "read"]] {
            for format in ["table", "csv", "json", "markdown"] {
                trials.push(
                    [owned(command), owned(&[path, "--format", format, "--as-of", TODAY])].concat(),
                );
            }
        }
        for flag in ["--request", "--usage", "--prompt-file", "--pricing"] {
            trials.push(owned(&["compare", flag, path, "--as-of", TODAY]));
        }
    }
    none_passes(&trials);
}
