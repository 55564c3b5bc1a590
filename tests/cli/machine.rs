//! What the machine refuses is told in words: a file that may not grow, a pipe to which nobody writes, threads that
//! are not started.

use std::process::Command;

use crate::common::TODAY;

/// What a shell says of `imgcost` with these arguments, after what it sets before.
fn after(limits: &str, args: &str) -> (Option<i32>, String, String) {
    let program = env!("CARGO_BIN_EXE_imgcost");
    let mut command = Command::new("sh");
    command.current_dir(env!("CARGO_MANIFEST_DIR")).env_clear().env("IMGCOST_CONFIG", "");
    command.args(["-c", &format!("{limits}; exec '{program}' {args}")]);
    let output = command.output().expect("a shell");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn a_file_that_may_not_grow_is_an_error_of_writing_and_leaves_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("costs.csv");
    let args = format!("compare --prompt-tokens 60 --as-of {TODAY} --output '{}'", path.display());
    let (code, _, said) = after("ulimit -f 0", &args);
    assert_eq!(code, Some(4), "{said}");
    assert!(said.contains("the output cannot be written"), "{said}");
    assert!(!said.contains(".imgcost-"), "the temporary file is nobody's business: {said}");
    assert_eq!(folder.path().read_dir().expect("the folder").count(), 0);
}

#[test]
fn a_pipe_to_which_nobody_writes_is_not_waited_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let pipe = folder.path().join("pipe");
    let made = Command::new("mkfifo").arg(&pipe).status().expect("mkfifo");
    assert!(made.success());
    let (code, _, said) = after(":", &format!("estimate '{}'", pipe.display()));
    assert_eq!(code, Some(3), "{said}");
    assert!(said.contains("nobody writes to this pipe"), "{said}");
}

#[test]
fn a_simulation_does_without_threads_that_are_not_started() {
    let args = format!(
        "budget simulate fixtures/budgets/uncertain.yaml --runs 2000 --seed 7 --as-of {TODAY} --threads 256"
    );
    let (code, with_all, said) = after(":", &args);
    assert_eq!(code, Some(0), "{said}");
    // A thread asks for 2 MiB of addresses for its stack: 256 of them do not fit.
    let (code, with_few, said) = after("ulimit -v 150000", &args);
    assert_eq!((code, &*said), (Some(0), ""));
    assert_eq!(with_few, with_all);
}
