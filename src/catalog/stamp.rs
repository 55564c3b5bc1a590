//! The stamp of a whole catalogue, `catalog.yaml` at its root: which format it has, of which day it is, and the digest
//! of its tables.

use chrono::NaiveDate;

use super::check::Checker;
use super::raw::{Count, Day, Text};
use super::table_file::TableFile;
use super::yaml::{keys, span};
use crate::problem::{Problem, ProblemCode};

/// Its path in a catalogue.
pub const FILE: &str = "catalog.yaml";

/// The format of catalogues that this program reads.
pub const FORMAT: u64 = 1;

struct RawStamp {
    format: Count,
    date: Day,
    digest: Text,
}

keys! { RawStamp: format, date, digest }

/// The file of a stamp: of a day, on tables of this digest.
pub fn text(date: NaiveDate, digest: &str) -> String {
    format!(
        "# A whole catalogue, which can take the place of the shipped one. `imgcost prices pin` writes this\n\
         # stamp when the tables are right; do not edit it by hand.\n\
         format: {FORMAT}\n\
         date: {date}\n\
         digest: \"{digest}\"\n"
    )
}

/// Takes the stamp out of the files of a catalogue: it is no table.
pub(super) fn take(files: &mut Vec<TableFile>) -> Option<TableFile> {
    let at = files.iter().position(|file| file.path == FILE)?;
    Some(files.remove(at))
}

/// What is wrong with a stamp on tables of this digest.
pub(super) fn broken(file: &TableFile, digest: &str) -> Vec<Problem> {
    let mut check = Checker::new(file);
    let stamp = check.raw::<RawStamp>();
    if let Some(stamp) = &stamp {
        check_values(&mut check, stamp, digest);
    }
    check.finish(stamp).err().map_or_else(Vec::new, Into::into)
}

fn check_values(check: &mut Checker, stamp: &RawStamp, digest: &str) {
    if check.count(&stamp.format, 1, u64::MAX).is_some_and(|format| format != FORMAT) {
        let message =
            format!("the catalogue has another format than {FORMAT}, which this imgcost reads");
        let help = "use the imgcost that it was made for, or a catalogue for this one";
        check.report(ProblemCode::OutOfRange, span(&stamp.format), message, help);
    }
    check.date(&stamp.date);
    if check.text(&stamp.digest).is_some_and(|stated| stated != digest) {
        let message =
            format!("the tables are not those that were stamped: their digest is {digest}");
        let help = "get the catalogue again; or, if you changed it, look at it with `imgcost prices check` and \
                    stamp it anew with `imgcost prices pin`";
        check.report(ProblemCode::CatalogueChanged, span(&stamp.digest), message, help);
    }
}
