//! Standard error: what is coloured, what `--quiet` leaves out; and the completions of shells.

use crate::common::TODAY;
use crate::common::cli::{Run, estimate, finished, imgcost, run};

const NOT_LEGAL: [&str; 5] = ["estimate", "--as-of", TODAY, "--size", "7x7"];
const WRONG_FILE: [&str; 5] =
    ["budget", "forecast", "fixtures/budgets/invalid/months.yaml", "--as-of", TODAY];
const UNKNOWN_FLAG: [&str; 2] = ["estimate", "--sise=7x7"];

fn coloured(run: &Run) -> bool {
    run.stderr.contains("\u{1b}[")
}

#[test]
fn colours_are_for_terminals_and_for_those_who_ask_for_them() {
    for args in [&NOT_LEGAL[..], &WRONG_FILE, &UNKNOWN_FLAG] {
        let plain = run(args);
        assert!(!coloured(&plain), "a pipe has no colours: {}", plain.stderr);
        let always = run(&[args, &["--color", "always"]].concat());
        assert!(coloured(&always), "{args:?}: {}", always.stderr);
        assert_eq!(always.code, plain.code);
        let same = finished(imgcost().args(args).arg("--color=always").env("NO_COLOR", "1"));
        assert!(coloured(&same), "who asks by a flag goes before NO_COLOR");
        let wanted = |args: &[&str]| imgcost().args(args).env("CLICOLOR_FORCE", "1").output();
        let forced = wanted(args).expect("the program runs").stderr;
        assert!(forced.contains(&0x1b), "{args:?}");
        let never = wanted(&[args, &["--color", "never"]].concat()).expect("the program runs");
        assert_eq!(String::from_utf8_lossy(&never.stderr), plain.stderr, "the same words");
    }
}

#[test]
fn no_color_is_heeded() {
    let args = [&NOT_LEGAL[..], &["--color", "auto"]].concat();
    let run = finished(imgcost().args(args).env("NO_COLOR", "1").env("CLICOLOR_FORCE", "1"));
    assert!(!coloured(&run), "{}", run.stderr);
}

#[test]
fn quiet_leaves_hints_out_and_nothing_else() {
    let hint = "No request was given";
    let (all, quiet) = (estimate(&[]), estimate(&["--quiet"]));
    assert!(all.stderr.contains(hint), "{}", all.stderr);
    assert_eq!((quiet.stdout, quiet.stderr.as_str()), (all.stdout, ""));
    // What is wrong, why the exit code is 1 and what was given in vain is no hint.
    let problems: [&[&str]; 4] = [
        &NOT_LEGAL,
        &WRONG_FILE,
        &["estimate", "--as-of", TODAY, "--prompt-tokens", "50", "--max-cost", "0.001"],
        &["estimate", "--as-of", TODAY, "--prompt-tokens", "50", "--top-up", "5", "--format=csv"],
    ];
    for args in problems {
        let (all, quiet) = (run(args), run(&[&["--quiet"], args].concat()));
        assert!(!all.stderr.is_empty(), "{args:?}");
        assert_eq!((quiet.code, quiet.stderr), (all.code, all.stderr), "{args:?}");
    }
}

#[test]
fn shells_complete_every_command() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let run = run(&["completions", shell]);
        assert_eq!((run.code, run.stderr.as_str()), (0, ""));
        // Commands and flags of commands that are declared only when they are called.
        for word in ["forecast", "choose", "mainline-input-tokens", "max-increase"] {
            assert!(run.stdout.contains(word), "{shell}: {word}");
        }
    }
}
