//! Every argument of every command, with every source of what is priced: it is refused by name, the output is
//! another one, or a line names it as without effect. An argument without a sample here fails, so that no new
//! flag is forgotten.
//!
//! Each argument of a command is tried with one of the command's sources, in turn; with `IMGCOST_FLAGS=all`, as continuous
//! integration does it, each is tried with all of them, which takes several times as long.

pub(super) mod samples;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use samples::Sample::{Not, Subject, Switch, Value, With};
use samples::{SOURCES, Source, sample};

use crate::common::TODAY;
use crate::common::cli::{Run, finished, imgcost};

/// An argument to try with a source.
struct Trial {
    source: &'static Source,
    id: String,
    flag: String,
    more: Vec<String>,
    beside: &'static [&'static str],
}

impl Trial {
    fn in_words(&self) -> String {
        format!("{} ({}): {}", self.source.command.join(" "), self.source.name, self.more.join(" "))
    }

    /// The source with and without the argument.
    fn holds(&self, number: usize, known: &Known) -> bool {
        let day = [&["--as-of"][..], &[TODAY]].concat();
        let has_day = takes_day(self.source.command);
        let fixed = if has_day && self.id != "as_of" { &day[..] } else { &[] };
        let base = [self.source.command, self.source.args, self.beside, fixed].concat();
        let new = new_file(number);
        let more: Vec<String> =
            self.more.iter().map(|it| it.replace("{new}", &new.to_string_lossy())).collect();
        let with: Vec<&str> = base.iter().copied().chain(more.iter().map(String::as_str)).collect();
        let without = known.get_or_run(&base, || self.run(&base));
        let with = self.run(&with);
        let _ = fs::remove_file(&new);
        assert!(matches!(without.code, 0 | 1), "{}: {}", base.join(" "), without.stderr);
        if matches!(with.code, 2 | 3) {
            // By its name, or by what it is in a file: `cached image tokens`.
            let in_words = self.flag.trim_start_matches('-').replace('-', " ");
            return with.stderr.contains(&self.flag)
                || (in_words.contains(' ') && with.stderr.contains(&in_words));
        }
        let said = format!("{}{}", with.stdout, with.stderr);
        let is_named = |line: &str| line.contains(&self.flag) && line.contains("without effect");
        let differs = (without.code, &without.stdout, &without.stderr)
            != (with.code, &with.stdout, &with.stderr);
        differs || said.lines().any(is_named)
    }

    fn run(&self, args: &[&str]) -> Run {
        let mut command = imgcost();
        command.args(args);
        match self.source.stdin {
            Some(file) => {
                let text = fs::read_to_string(file).expect("a fixture");
                finished(command.write_stdin(text))
            }
            None => finished(&mut command),
        }
    }
}

/// What each source gives without the argument that is tried: the same for most of them.
#[derive(Default)]
struct Known(Mutex<BTreeMap<String, Arc<Run>>>);

impl Known {
    fn get_or_run(&self, args: &[&str], run: impl FnOnce() -> Run) -> Arc<Run> {
        let key = args.join(" ");
        if let Some(found) = self.0.lock().expect("the runs").get(&key) {
            return found.clone();
        }
        let found = Arc::new(run());
        self.0.lock().expect("the runs").insert(key, found.clone());
        found
    }
}

fn new_file(number: usize) -> PathBuf {
    std::env::temp_dir().join(format!("imgcost-flags-{}-{number}", std::process::id()))
}

pub(super) fn takes_day(command: &[&str]) -> bool {
    let found = leaf(command);
    found.get_arguments().any(|arg| arg.get_id() == "as_of") && command != ["prices", "diff"]
}

pub(super) fn leaf(command: &[&str]) -> clap::Command {
    let mut found = imgcost::cli::command();
    for name in command {
        found = found.find_subcommand(name).expect("a command").clone();
    }
    found
}

/// The commands without subcommands, and those that work by themselves.
fn commands_below(of: &clap::Command, path: Vec<String>, all: &mut BTreeSet<String>) {
    if !of.is_subcommand_required_set() && !path.is_empty() {
        all.insert(path.join(" "));
    }
    for inner in of.get_subcommands().filter(|inner| inner.get_name() != HELP) {
        commands_below(inner, [&path[..], &[inner.get_name().to_owned()]].concat(), all);
    }
}

/// Every command that works by itself, by its words.
pub(super) fn commands() -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    commands_below(&imgcost::cli::command(), Vec::new(), &mut all);
    all
}

/// What clap adds to every command by itself, and prints the help.
const HELP: &str = "help";

/// Commands that price nothing and write or check files in place.
const NOT_TRIED: [&str; 1] = ["prices pin"];

/// Of the trials of an argument with each source of its command the first, of the next argument the second, and so on.
fn one_in_turn(trials: Vec<Trial>) -> Vec<Trial> {
    let mut of_arguments: BTreeMap<(Vec<&str>, String), Vec<Trial>> = BTreeMap::new();
    for trial in trials {
        let argument = (trial.source.command.to_vec(), trial.id.clone());
        of_arguments.entry(argument).or_default().push(trial);
    }
    let in_turn = of_arguments.into_values().enumerate();
    in_turn
        .map(|(turn, mut of_argument)| of_argument.swap_remove(turn % of_argument.len()))
        .collect()
}

#[test]
fn every_command_is_tried() {
    let all = commands();
    let tried: BTreeSet<String> = SOURCES.iter().map(|it| it.command.join(" ")).collect();
    let missing: Vec<&String> =
        all.iter().filter(|it| !tried.contains(*it) && !NOT_TRIED.contains(&it.as_str())).collect();
    assert!(missing.is_empty(), "commands without a source here: {missing:?}");
}

#[test]
fn every_argument_with_every_source_is_applied_refused_or_named() {
    let mut trials = Vec::new();
    let mut unknown = BTreeSet::new();
    for source in SOURCES {
        let command = source.command.join(" ");
        let command_line = leaf(source.command);
        for arg in command_line.get_arguments().filter(|arg| arg.get_id() != HELP) {
            let id = arg.get_id().as_str().to_owned();
            let flag = arg.get_long().map_or_else(|| id.clone(), |long| format!("--{long}"));
            if source.args.contains(&flag.as_str()) {
                continue;
            }
            let (more, beside): (Vec<&str>, &[&str]) = match sample(&command, &id) {
                None => {
                    unknown.insert(format!("{command}: {id}"));
                    continue;
                }
                Some(Subject) => continue,
                Some(Not(why)) => {
                    println!("{command}: {flag} is not tried: {why}");
                    continue;
                }
                Some(Switch) => (vec![&flag], &[]),
                Some(Value(value)) => (vec![&flag, value], &[]),
                Some(With(value, beside)) => (vec![&flag, value], beside),
            };
            let more = more.into_iter().map(str::to_owned).collect();
            trials.push(Trial { source, id, flag, more, beside });
        }
    }
    assert!(unknown.is_empty(), "arguments without a sample: {unknown:#?}");
    if std::env::var_os("IMGCOST_FLAGS").is_none() {
        trials = one_in_turn(trials);
    }
    let known = Known::default();
    let silent = Mutex::new(Vec::new());
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        let threads = std::thread::available_parallelism().map_or(2, usize::from);
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let Some(trial) = trials.get(number) else { return };
                    if !trial.holds(number, &known) {
                        silent.lock().expect("the list").push(trial.in_words());
                    }
                }
            });
        }
    });
    let mut silent = silent.into_inner().expect("the list");
    silent.sort();
    assert!(silent.is_empty(), "of {} in silence: {silent:#?}", trials.len());
}
