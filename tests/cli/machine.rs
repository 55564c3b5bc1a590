//! What the machine refuses is told in words: a file that may not grow, a pipe to which nobody writes, threads that
//! are not started, a disk that is full, a folder that is gone, a clock that is wrong.

use std::fs;
use std::path::Path;
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
    // Sixteen threads are what this user may have; limits of memory would refuse the work as well.
    let Some(as_user) = without_rights() else { return };
    let program = env!("CARGO_BIN_EXE_imgcost");
    if Command::new("prlimit").arg("--version").output().is_err() {
        println!("there is no prlimit here; threads that are not started are not tried");
        return;
    }
    let script = format!("exec prlimit --nproc=16 {as_user} '{program}' {args}");
    let mut command = Command::new("sh");
    command.current_dir(env!("CARGO_MANIFEST_DIR")).env("IMGCOST_CONFIG", "");
    let output = command.args(["-c", &script]).output().expect("a shell");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!((output.status.code(), &*said), (Some(0), ""));
    assert_eq!(String::from_utf8_lossy(&output.stdout), with_all);
}

/// How a shell runs the program as somebody whom rights and limits bind, which they do not bind root; `None`, and said
/// so, where nobody else can run it.
fn without_rights() -> Option<&'static str> {
    let is_root = Command::new("id").arg("-u").output().is_ok_and(|it| it.stdout == b"0\n");
    let as_user =
        if is_root { "setpriv --reuid 65534 --regid 65534 --clear-groups" } else { "env" };
    let program = env!("CARGO_BIN_EXE_imgcost");
    let can = Command::new("sh").args(["-c", &format!("{as_user} '{program}' --version")]).output();
    if can.is_ok_and(|it| it.status.success()) {
        return Some(as_user);
    }
    println!("nobody else can run the program here; what binds others than root is not tried");
    None
}

/// What a shell says after a first command that this machine may not have; `None`, and said so, where it has not.
fn where_there_is(first: &str, limits: &str, args: &str) -> Option<(Option<i32>, String, String)> {
    let can = Command::new("sh").args(["-c", first]).output().is_ok_and(|it| it.status.success());
    if !can {
        println!("`{first}` does not work here; what needs it is not tried");
    }
    can.then(|| after(limits, args))
}

#[test]
fn a_full_device_is_an_error_of_writing_and_stays_a_device() {
    if !Path::new("/dev/full").exists() {
        println!("this machine has no /dev/full");
        return;
    }
    for output in ["--output /dev/full --format csv", "--output /dev/full --format json --force"] {
        let args = format!("compare --prompt-tokens 60 --as-of {TODAY} {output}");
        let (code, _, said) = after(":", &args);
        assert_eq!(code, Some(4), "{said}");
        assert!(said.contains("No space left"), "{said}");
        assert!(!fs::metadata("/dev/full").expect("the device").is_file());
    }
}

#[test]
fn a_device_takes_what_is_written_without_force() {
    let args = format!("estimate --prompt-tokens 60 --as-of {TODAY} --output /dev/stdout");
    let (code, shown, said) = after(":", &format!("{args} --format csv"));
    assert_eq!(code, Some(0), "{said}");
    assert!(shown.starts_with("route,"), "{shown}");
}

#[test]
fn a_disk_that_is_full_leaves_the_old_file_and_no_other() {
    let folder = tempfile::tempdir().expect("a folder");
    let disk = folder.path().display();
    let mount = format!("mount -t tmpfs -o size=64k tmpfs '{disk}'");
    // All that is done on it is done in one namespace, which ends with the shell.
    let program = env!("CARGO_BIN_EXE_imgcost");
    let script = format!(
        "{mount} && printf old > '{disk}/old.json' && cd '{disk}' && \
         {{ '{program}' compare --prompt-tokens 60 --as-of {TODAY} --all --output old.json --force; code=$?; }} ; \
         ls -A; cat old.json; exit $code"
    );
    let can = Command::new("unshare").args(["-rm", "sh", "-c", &mount]).output();
    if !can.is_ok_and(|it| it.status.success()) {
        println!("no disk can be mounted here; a full one is not tried");
        return;
    }
    let mut command = Command::new("unshare");
    command.args(["-rm", "sh", "-c", &script]).env_clear().env("IMGCOST_CONFIG", "");
    command.env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
    let output = command.output().expect("a shell");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(4), "{said}");
    assert!(said.contains("No space left"), "{said}");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "old.json\nold");
}

#[test]
fn a_folder_that_may_not_be_written_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let closed = folder.path().join("closed");
    fs::create_dir(&closed).expect("a folder");
    for (path, mode) in [(folder.path(), "755"), (&closed, "555")] {
        let made = Command::new("chmod").arg(mode).arg(path).status().expect("chmod");
        assert!(made.success());
    }
    // Whoever runs everything as root may write everywhere.
    let Some(as_user) = without_rights() else { return };
    let program = env!("CARGO_BIN_EXE_imgcost");
    let script = format!(
        "exec {as_user} '{program}' estimate --prompt-tokens 60 --as-of {TODAY} --output '{}/x.csv'",
        closed.display()
    );
    let mut command = Command::new("sh");
    command.args(["-c", &script]).env("IMGCOST_CONFIG", "").current_dir("/");
    let output = command.output().expect("a shell");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(4), "{said}");
    assert!(said.contains("permission denied") && !said.contains(".imgcost-"), "{said}");
    assert_eq!(closed.read_dir().expect("the folder").count(), 0);
}

#[test]
fn a_working_folder_that_is_gone_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let gone = folder.path().join("gone");
    fs::create_dir(&gone).expect("a folder");
    let leave = format!("cd '{0}' && rmdir '{0}'", gone.display());
    let priced = format!("estimate --prompt-tokens 60 --as-of {TODAY}");
    let (code, shown, said) = after(&leave, &priced);
    assert_eq!(code, Some(0), "what needs no folder is done: {said}");
    assert!(shown.contains("$0.0"), "{shown}");
    fs::create_dir(&gone).expect("a folder");
    let (code, _, said) = after(&leave, &format!("{priced} --output x.csv"));
    assert_eq!(code, Some(4), "{said}");
    assert!(said.contains("x.csv: "), "{said}");
    fs::create_dir(&gone).expect("a folder");
    let (code, _, said) = after(&format!("{leave}; unset IMGCOST_CONFIG"), &priced);
    assert_eq!(code, Some(3), "{said}");
    assert!(said.contains("the working folder, from which imgcost.yaml is looked for"), "{said}");
}

#[test]
fn a_clock_before_the_tables_or_long_after_them_is_told() {
    for (clock, expected) in [
        ("2020-01-01", "the clock of this machine says 2020-01-01"),
        ("2031-01-01", "days ago: prices may have changed since"),
    ] {
        let program = env!("CARGO_BIN_EXE_imgcost");
        let faked = format!("faketime {clock} '{program}'");
        let script = format!("{faked} estimate --prompt-tokens 60 >/dev/null; exit");
        if let Some((_, _, said)) = where_there_is("faketime 2020-01-01 true", &script, "") {
            assert!(said.contains(expected), "{clock}: {said}");
        }
    }
}
