//! The sources that the statements of a catalogue rest on: the list of what is to be read again.

use chrono::NaiveDate;

use crate::catalog::Catalog;
use crate::catalog::locator::NOT_RECORDED;
use crate::catalog::statements::Sourced;

/// A source as it stands in a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceToRead {
    /// The table, by its path without the ending.
    pub table: String,
    /// The file, and the line in it.
    pub place: (String, u64),
    /// What rests on it.
    pub stated: Sourced,
}

impl SourceToRead {
    /// Whether its table says that nobody kept its address.
    pub fn is_not_recorded(&self) -> bool {
        self.stated.locators == [NOT_RECORDED]
    }
}

/// Every source of a statement that is not over by a day: those without a day first, then the oldest first.
pub fn sources(catalog: &Catalog, day: NaiveDate) -> Vec<SourceToRead> {
    let mut found = Vec::new();
    for file in catalog.table_files() {
        let table = file.path.trim_end_matches(".yaml").to_owned();
        for stated in file.sourced().into_iter().filter(|it| it.until.is_none_or(|end| day < end)) {
            let line = file.text[..stated.at.bytes().start].matches('\n').count() as u64 + 1;
            found.push(SourceToRead {
                table: table.clone(),
                place: (file.shown.clone(), line),
                stated,
            });
        }
    }
    found.sort_by(|a, b| key(a).cmp(&key(b)));
    found
}

fn key(source: &SourceToRead) -> (Option<NaiveDate>, &str, &[String], &str, u64) {
    let stated = &source.stated;
    (stated.seen, &stated.source, &stated.locators, &source.table, source.place.1)
}
