//! The spreadsheet of a budget file as written: its path, or the path with how it is to be read.

use crate::budget::volumes::{DayOrder, DecimalMark};
use crate::catalog::raw::{Text, Word};
use crate::catalog::yaml::{Form, Holds, Node, Notes, Shape, keys, read};

/// A spreadsheet of volumes (.csv, .tsv, .xlsx or .ods): its path from the folder of the budget, or the path with how it is
/// written.
#[derive(Debug, schemars::JsonSchema)]
#[schemars(untagged)]
pub(in crate::budget::file) enum RawVolumes {
    File(Text),
    Written(RawWrittenVolumes),
}

/// A spreadsheet with how its numbers and days are written, where they could mean two things.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::budget::file) struct RawWrittenVolumes {
    /// Its path from the folder of the budget.
    pub file: Text,
    /// What stands before decimals, where 1,000 could be 1.
    pub decimal: Option<Word<DecimalMark>>,
    /// How days are written, where 1/2/2027 could be January: day or month first.
    pub dates: Option<Word<DayOrder>>,
    /// The sheet of a workbook; the one with a column `workload` where it is left out.
    pub sheet: Option<Text>,
}

keys! { RawWrittenVolumes: file, decimal, dates, sheet }

impl Shape for RawVolumes {
    const FORM: Form = Form::File;
    fn of(node: &Node, notes: &mut Notes) -> Self {
        match &node.holds {
            Holds::Mapping { .. } => RawVolumes::Written(read(node, notes)),
            _ => RawVolumes::File(read(node, notes)),
        }
    }
}
