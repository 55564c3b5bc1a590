//! Pinned digests: which statements of a whole catalogue have been published and must not change in place.
//!
//! ```text
//! tables ─ statements ─► table → statement → digest ⟷ published/<owner>.yaml
//! ```
//!
//! A changed price is a new version; the pin keeps the old one from being edited. The other statements of a table, such
//! as terms and token rules, are pinned as well: whoever changes one says that it was wrong.

use chrono::NaiveDate;
use std::collections::BTreeMap;

use super::Catalog;
use super::check::Checker;
use super::entry::{TablePath, pins_path};
use super::files::TableFile;
use super::position::Position;
use super::raw::{Day, Text};
use super::statements::{Statements, statements};
use super::yaml::{keys, span};
use crate::errors::Errors;
use crate::problem::Problem;

/// One file of pins: those of an owner's tables, or of all models.
#[derive(Debug, Clone)]
pub struct Published {
    /// The file.
    pub file: TableFile,
    /// The day on which it was written: nothing later is known to its tables.
    pub pinned: NaiveDate,
    /// What it pins.
    pub statements: Statements,
}

struct RawPublished {
    pinned: Day,
    tables: BTreeMap<String, BTreeMap<String, Text>>,
}

keys! { RawPublished: pinned, tables }

impl Catalog {
    /// What of this catalogue has been published, a file each; nothing where it has no such files.
    ///
    /// # Errors
    /// The problems of the files.
    pub fn published(&self) -> Result<Vec<Published>, Errors<Problem>> {
        self.published_files().into_iter().map(Published::read).collect()
    }

    /// The newest day on which tables of it were pinned. Every command asks for it: the days alone are read, not the pins.
    pub fn pinned(&self) -> Option<NaiveDate> {
        self.published_files().iter().filter_map(|file| pinned_on(&file.text)).max()
    }

    /// The statements of all its tables, by the file that pins them.
    pub fn statements(&self) -> BTreeMap<String, Statements> {
        let mut by_file: BTreeMap<String, Statements> = BTreeMap::new();
        for path in self.paths() {
            let pins = TablePath::of(path).and_then(|table| pins_path(&table));
            let Some((pins, file)) = pins.zip(self.table_file(path)) else { continue };
            let table = path.trim_end_matches(".yaml").to_owned();
            by_file.entry(pins).or_default().insert(table, statements(&file));
        }
        by_file
    }
}

impl Published {
    /// The pins of a file.
    ///
    /// # Errors
    /// The problems of the file.
    pub fn read(file: TableFile) -> Result<Published, Errors<Problem>> {
        let mut check = Checker::new(&file);
        let raw = check.raw::<RawPublished>();
        let pinned = raw.as_ref().and_then(|raw| check.date(&raw.pinned));
        let (raw, pinned) = check.finish(raw.zip(pinned))?;
        let of_table = |pins: BTreeMap<String, Text>| {
            let pin = |(name, digest): (String, Text)| {
                (name, (digest.value.to_string(), Position(span(&digest))))
            };
            pins.into_iter().map(pin).collect()
        };
        let statements = raw.tables.into_iter().map(|(table, pins)| (table, of_table(pins)));
        let statements = statements.collect();
        Ok(Published { file, pinned, statements })
    }
}

/// The day in the text of a file of pins, which stands on a line of its own.
fn pinned_on(text: &str) -> Option<NaiveDate> {
    text.lines().find_map(|line| line.strip_prefix(PINNED))?.trim().parse().ok()
}

/// The text of a file that pins these statements.
pub fn text(pinned: NaiveDate, statements: &Statements) -> String {
    let none = if statements.is_empty() { " {}" } else { "" };
    let mut text = format!("{HEAD}{PINNED} {pinned}\ntables:{none}\n");
    for (table, pins) in statements {
        text += &format!("  {table}:\n");
        for (name, (digest, _)) in pins {
            text += &format!("    {name}: \"{digest}\"\n");
        }
    }
    text
}

/// The key of the day on which a file of pins was written.
const PINNED: &str = "pinned:";

const HEAD: &str = "\
# What these tables have published: `imgcost prices check` finds a statement that was changed in place.
# `imgcost prices pin` writes this file; do not edit it by hand.
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_alone_is_that_of_the_whole_file() {
        let catalog = Catalog::shipped();
        let whole = catalog.published().expect("the shipped pins");
        assert!(!whole.is_empty());
        for file in &whole {
            assert_eq!(pinned_on(&file.file.text), Some(file.pinned), "{}", file.file.path);
        }
        assert_eq!(catalog.pinned(), whole.iter().map(|file| file.pinned).max());
    }
}
