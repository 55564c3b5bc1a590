//! How the file of a budget is read: where files that it names may lie, and how a spreadsheet writes numbers and days.

use clap::Args;

use crate::budget::volumes::{self, DayOrder, DecimalMark, SaidMonths, Sheet, WithNotes, Written};
use crate::cli::exit::Failure;
use crate::cli::files::FilesArgs;
use crate::cli::input::Input;
use crate::cli::message::{self, About};

#[derive(Debug, Args)]
pub(super) struct ReadArgs {
    #[command(flatten)]
    pub files: FilesArgs,
    /// What stands before decimals in a spreadsheet, where 1,000 could be 1: comma or point
    #[arg(long, value_name = "MARK", help_heading = "Spreadsheet")]
    decimal: Option<DecimalMark>,
    /// How a spreadsheet writes days, where 1/2/2027 could be January: dmy or mdy
    #[arg(long, value_name = "ORDER", help_heading = "Spreadsheet")]
    dates: Option<DayOrder>,
}

impl ReadArgs {
    fn written(&self) -> Written {
        Written { decimal: self.decimal, days: self.dates }
    }

    /// Refuses what is said of a spreadsheet where none is read.
    pub(super) fn refuse_without_spreadsheet(&self) -> Result<(), Failure> {
        let given = [("--decimal", self.decimal.is_some()), ("--dates", self.dates.is_some())];
        let refused = given.into_iter().filter(|(_, is_given)| *is_given);
        let refused: Vec<_> = refused
            .map(|(flag, _)| {
                let help =
                    "leave it out, or give a spreadsheet; a budget file says it under `volumes`"
                        .to_owned();
                (format!("{flag} has no effect: no spreadsheet is read here"), help)
            })
            .collect();
        if refused.is_empty() { Ok(()) } else { Err(Failure::Usage(refused)) }
    }

    /// The budget of a spreadsheet; names what is said of how it is written and changes nothing.
    pub(super) fn volumes(&self, input: &Input) -> Result<WithNotes, Failure> {
        self.files.refuse_without_file("a budget file")?;
        let (sheet, written) = (input.sheet(), self.written());
        let read = volumes::read_sheet(&input.name, &sheet, written)?;
        if self.decimal.is_some() {
            let without = Written { decimal: None, ..written };
            self.say_if_idle("--decimal", "number", input, (&sheet, without), &read);
        }
        if self.dates.is_some() {
            let without = Written { days: None, ..written };
            self.say_if_idle("--dates", "month", input, (&sheet, without), &read);
        }
        Ok(read)
    }

    fn say_if_idle(
        &self,
        flag: &str,
        what: &str,
        input: &Input,
        (sheet, without): (&Sheet, Written),
        read: &WithNotes,
    ) {
        let without = (without, SaidMonths::default());
        if volumes::is_same(&input.name, sheet, without, read) {
            let said = format!(
                "without effect: {flag}: no {what} of the spreadsheet could mean two things"
            );
            message::finding(About::WithoutEffect, &said);
        }
    }
}
