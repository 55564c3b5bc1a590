//! `-h` of every command: within a screen, with examples; `--help` has all.

/// The lines of the smallest screen that people still have, and its columns.
const LINES: usize = 40;
const COLUMNS: usize = 80;

/// Every command with its path, the program itself first.
fn commands(of: &clap::Command, path: &str, all: &mut Vec<(String, clap::Command)>) {
    let path = format!("{path}{} ", of.get_name());
    all.push((path.clone(), of.clone().term_width(COLUMNS)));
    // What clap adds by itself prints the help of the others.
    let own = of.get_subcommands().filter(|it| it.get_name() != "help");
    own.for_each(|it| commands(it, &path, all));
}

fn all() -> Vec<(String, clap::Command)> {
    let mut all = Vec::new();
    commands(&imgcost::cli::command(), "", &mut all);
    assert!(all.len() > 20, "commands are declared");
    all
}

#[test]
fn short_help_is_on_one_screen_with_two_examples() {
    let mut wrong = Vec::new();
    for (path, mut command) in all() {
        let help = command.render_help().to_string();
        let lines = help.lines().count();
        // The usage is broken by the terminal.
        let text = help.lines().filter(|line| !line.starts_with("Usage:"));
        let widest = text.map(|line| line.chars().count()).max().unwrap_or_default();
        let below = help.lines().skip_while(|line| *line != "Examples:").skip(1);
        let examples = below.take_while(|line| line.starts_with("  imgcost ")).count();
        if lines > LINES || widest > COLUMNS || examples != 2 {
            wrong.push(format!("{path}-h: {lines} lines of {widest}, {examples} examples\n{help}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn short_help_of_a_forecast_has_the_prompt_of_its_workload() {
    let (_, mut forecast) =
        all().into_iter().find(|(path, _)| path.ends_with("budget forecast ")).expect("a command");
    let help = forecast.render_help().to_string();
    assert!(help.contains("--prompt <TEXT>"), "{help}");
}

#[test]
fn long_help_has_every_flag() {
    for (path, mut command) in all() {
        let help = command.render_long_help().to_string();
        assert!(help.contains("Examples:"), "{path}--help");
        for flag in command.get_arguments().filter_map(clap::Arg::get_long) {
            let is_listed = help.lines().any(|line| line.contains(&format!("--{flag}")));
            assert!(is_listed, "{path}--help: --{flag}");
        }
    }
}
