//! What `-h` shows of a command: the flags that most calls need and two examples, within a screen. `--help` has all.

use clap::Command;

/// The help of a command, short and long.
pub(super) trait Help {
    /// Leaves these flags, and what is given by its place, in `-h`; all others are in `--help` alone.
    #[must_use]
    fn common(self, flags: &[&str]) -> Self;

    /// The first two examples in `-h`, and the whole text in `--help`. The text begins with a line `Examples:` and an
    /// example on each of the next two.
    #[must_use]
    fn examples(self, text: &'static str) -> Self;

    /// Says of `--as-of` what it is where prices of later days are counted with.
    #[must_use]
    fn day_of_knowledge(self) -> Self;
}

impl Help for Command {
    fn common(self, flags: &[&str]) -> Command {
        let is_known = |flag: &&str| self.get_arguments().any(|arg| arg.get_id() == *flag);
        debug_assert!(flags.iter().all(is_known), "{}: a flag of {flags:?}", self.get_name());
        self.mut_args(|arg| {
            let is_common = arg.is_positional() || flags.contains(&arg.get_id().as_str());
            if is_common { arg } else { arg.hide_short_help(true) }
        })
    }

    fn examples(self, text: &'static str) -> Command {
        let heading_and_two: Vec<&str> = text.lines().take(3).collect();
        self.after_help(heading_and_two.join("\n")).after_long_help(text)
    }

    fn day_of_knowledge(self) -> Command {
        self.mut_arg("as_of", |arg| {
            arg.help("Day of knowledge, UTC [default: today]").long_help(
                "Day of knowledge, UTC: later days stand at the prices known on it [default: today]",
            )
        })
    }
}
