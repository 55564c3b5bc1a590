//! What is wrong in a file: a stable code, the place, the reason and what to do next.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use crate::help::Help;

/// The stable code of a problem in a data file, printed in brackets and safe to match on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ProblemCode {
    /// The file is not valid YAML.
    YamlSyntax,
    /// A value is of another type than the key needs.
    WrongType,
    /// A key that no shape has.
    UnknownKey,
    /// A key that stands twice in one mapping.
    DuplicateKey,
    /// A key that must be there is not.
    MissingKey,
    /// The file is larger or nests deeper than a table may.
    TooLarge,
    /// An anchor, alias or merge key: a value that stands elsewhere.
    Anchors,
    /// The file cannot be read, or is not UTF-8.
    Unreadable,
    /// The path is not one at which a table may stand.
    UnexpectedFile,
    /// A file of this path is shipped already.
    ShippedAlready,
    /// A price that is a bare number instead of quoted text.
    UnquotedPrice,
    /// A price below zero.
    NegativePrice,
    /// A price that is not a plain decimal number in range.
    BadPrice,
    /// Not a date of the form YYYY-MM-DD.
    BadDate,
    /// A word that is not one of those allowed.
    UnknownWord,
    /// A meter that does not exist.
    UnknownMeter,
    /// A model that the catalogue does not have.
    UnknownModel,
    /// A number outside its range.
    OutOfRange,
    /// Not a size of the form WIDTHxHEIGHT.
    BadSize,
    /// Not an address that a reader can follow.
    BadAddress,
    /// A list or mapping that must not be empty.
    Empty,
    /// A version that ends on or before the day it starts.
    VersionEndsBeforeStart,
    /// Versions that are not in the order of their days, or overlap.
    VersionsOverlap,
    /// A version that states neither its first day nor the day its source was seen.
    VersionWithoutDay,
    /// A meter that has a rate and is said not to be billed.
    RatedAndNotBilled,
    /// A rate that can never count, since one before it always holds first.
    UnreachableRate,
    /// Text without content where a source or reason must stand.
    BlankText,
    /// Text with a character that no reader sees, or that changes what one sees.
    HiddenCharacter,
    /// Two files that claim the same model name.
    DuplicateAlias,
    /// A statement that only a user can make, in a table for everyone.
    NotInShippedTables,
    /// A statement that belongs into an amendment, in another table; or the other way round.
    NotHere,
    /// An amendment of a route that does not exist.
    UnknownRoute,
    /// A folder that does not fit the owner of the model: only its maker is official.
    OwnerKind,
    /// A rate that is far from the official one of the same meter.
    FarFromOfficial,
    /// A published statement of a table that was changed in place.
    PublishedStatementChanged,
    /// A published statement of a table that is gone.
    PublishedStatementGone,
    /// Tables of a whole catalogue that are not those of its stamp.
    CatalogueChanged,
    /// A warning: the source of the version in force is old.
    StaleSource,
    /// A warning: the source of the version in force carries no date.
    UndatedSource,
    /// A warning: an acknowledgement of something that is not the case (any more).
    IdleAcknowledgement,
    /// A request or usage file that is not valid JSON.
    JsonSyntax,
    /// A request or usage file with a value that cannot be read.
    BadValue,
    /// A line of a Batch file that cannot be priced.
    RejectedLine,
    /// A Batch file that the API refuses as a whole.
    BatchRefused,
    /// An image whose size cannot be read.
    BrokenImage,
    /// Not a month of the form YYYY-MM, or months that do not follow each other.
    BadMonth,
    /// Not a share such as 70%, or one that cannot be.
    BadShare,
    /// A number of a budget or a spreadsheet that cannot be read.
    BadNumber,
    /// An end that lies before its start.
    EndBeforeStart,
    /// Two keys that answer the same question.
    EitherOr,
    /// A name that stands for two things.
    DuplicateName,
    /// A volume or an amount that grows beyond what can be counted.
    Overflow,
    /// A formula of a spreadsheet in the place of its value.
    Formula,
    /// A row with more or fewer cells than the header.
    UnevenRow,
    /// A workload that no table can price as it is written: an illegal size, a route that nobody has.
    CannotBePriced,
}

impl ProblemCode {
    /// Every code.
    pub const ALL: [ProblemCode; 54] = [
        ProblemCode::YamlSyntax,
        ProblemCode::WrongType,
        ProblemCode::UnknownKey,
        ProblemCode::DuplicateKey,
        ProblemCode::MissingKey,
        ProblemCode::TooLarge,
        ProblemCode::Anchors,
        ProblemCode::Unreadable,
        ProblemCode::UnexpectedFile,
        ProblemCode::ShippedAlready,
        ProblemCode::UnquotedPrice,
        ProblemCode::NegativePrice,
        ProblemCode::BadPrice,
        ProblemCode::BadDate,
        ProblemCode::UnknownWord,
        ProblemCode::UnknownMeter,
        ProblemCode::UnknownModel,
        ProblemCode::OutOfRange,
        ProblemCode::BadSize,
        ProblemCode::BadAddress,
        ProblemCode::Empty,
        ProblemCode::VersionEndsBeforeStart,
        ProblemCode::VersionsOverlap,
        ProblemCode::VersionWithoutDay,
        ProblemCode::RatedAndNotBilled,
        ProblemCode::UnreachableRate,
        ProblemCode::BlankText,
        ProblemCode::HiddenCharacter,
        ProblemCode::DuplicateAlias,
        ProblemCode::NotInShippedTables,
        ProblemCode::NotHere,
        ProblemCode::UnknownRoute,
        ProblemCode::OwnerKind,
        ProblemCode::FarFromOfficial,
        ProblemCode::PublishedStatementChanged,
        ProblemCode::PublishedStatementGone,
        ProblemCode::CatalogueChanged,
        ProblemCode::StaleSource,
        ProblemCode::UndatedSource,
        ProblemCode::IdleAcknowledgement,
        ProblemCode::JsonSyntax,
        ProblemCode::BadValue,
        ProblemCode::RejectedLine,
        ProblemCode::BrokenImage,
        ProblemCode::BadMonth,
        ProblemCode::BadShare,
        ProblemCode::BadNumber,
        ProblemCode::EndBeforeStart,
        ProblemCode::EitherOr,
        ProblemCode::DuplicateName,
        ProblemCode::Overflow,
        ProblemCode::Formula,
        ProblemCode::UnevenRow,
        ProblemCode::CannotBePriced,
    ];

    /// What can be acknowledged where it stands: it is looked at, and accepted for a reason.
    pub const ACKNOWLEDGEABLE: [ProblemCode; 3] =
        [ProblemCode::FarFromOfficial, ProblemCode::StaleSource, ProblemCode::UndatedSource];

    /// Whether it leaves the table usable.
    pub fn is_warning(self) -> bool {
        matches!(
            self,
            ProblemCode::StaleSource
                | ProblemCode::UndatedSource
                | ProblemCode::IdleAcknowledgement
        )
    }

    /// The code as printed.
    pub fn as_str(self) -> &'static str {
        match self {
            ProblemCode::YamlSyntax => "yaml-syntax",
            ProblemCode::WrongType => "wrong-type",
            ProblemCode::UnknownKey => "unknown-key",
            ProblemCode::DuplicateKey => "duplicate-key",
            ProblemCode::MissingKey => "missing-key",
            ProblemCode::TooLarge => "too-large",
            ProblemCode::Anchors => "anchors",
            ProblemCode::Unreadable => "unreadable",
            ProblemCode::UnexpectedFile => "unexpected-file",
            ProblemCode::ShippedAlready => "shipped-already",
            ProblemCode::UnquotedPrice => "unquoted-price",
            ProblemCode::NegativePrice => "negative-price",
            ProblemCode::BadPrice => "bad-price",
            ProblemCode::BadDate => "bad-date",
            ProblemCode::UnknownWord => "unknown-word",
            ProblemCode::UnknownMeter => "unknown-meter",
            ProblemCode::UnknownModel => "unknown-model",
            ProblemCode::OutOfRange => "out-of-range",
            ProblemCode::BadSize => "bad-size",
            ProblemCode::BadAddress => "bad-address",
            ProblemCode::Empty => "empty",
            ProblemCode::VersionEndsBeforeStart => "version-ends-before-start",
            ProblemCode::VersionsOverlap => "versions-overlap",
            ProblemCode::VersionWithoutDay => "version-without-day",
            ProblemCode::RatedAndNotBilled => "rated-and-not-billed",
            ProblemCode::UnreachableRate => "unreachable-rate",
            ProblemCode::BlankText => "blank-text",
            ProblemCode::HiddenCharacter => "hidden-character",
            ProblemCode::DuplicateAlias => "duplicate-alias",
            ProblemCode::NotInShippedTables => "not-in-shipped-tables",
            ProblemCode::NotHere => "not-here",
            ProblemCode::UnknownRoute => "unknown-route",
            ProblemCode::OwnerKind => "owner-kind",
            ProblemCode::FarFromOfficial => "far-from-official",
            ProblemCode::PublishedStatementChanged => "published-statement-changed",
            ProblemCode::PublishedStatementGone => "published-statement-gone",
            ProblemCode::CatalogueChanged => "catalogue-changed",
            ProblemCode::StaleSource => "stale-source",
            ProblemCode::UndatedSource => "undated-source",
            ProblemCode::IdleAcknowledgement => "idle-acknowledgement",
            ProblemCode::JsonSyntax => "json-syntax",
            ProblemCode::BadValue => "bad-value",
            ProblemCode::RejectedLine => "rejected-line",
            ProblemCode::BatchRefused => "batch-refused",
            ProblemCode::BrokenImage => "broken-image",
            ProblemCode::BadMonth => "bad-month",
            ProblemCode::BadShare => "bad-share",
            ProblemCode::BadNumber => "bad-number",
            ProblemCode::EndBeforeStart => "end-before-start",
            ProblemCode::EitherOr => "either-or",
            ProblemCode::DuplicateName => "duplicate-name",
            ProblemCode::Overflow => "overflow",
            ProblemCode::Formula => "formula",
            ProblemCode::UnevenRow => "uneven-row",
            ProblemCode::CannotBePriced => "cannot-be-priced",
        }
    }
}

/// Where in a file a problem stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file as the user knows it.
    pub file: String,
    /// The text of the file, for the excerpt; `None` where it could not be read.
    pub text: Option<Arc<str>>,
    /// The bytes of the text that are meant; empty for a point.
    pub span: Range<usize>,
    /// The number of the line on which the text starts: above 1 where it is a later line of the file.
    pub first_line: usize,
    /// The column at which the text starts: above 1 where what stands before it is left out.
    pub first_column: usize,
    /// The cell that is meant, of a workbook: it is named in place of line and column.
    pub cell: Option<SheetCell>,
}

/// A cell of a workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetCell {
    /// The name of the sheet.
    pub sheet: Arc<str>,
    /// Its address, such as D7.
    pub address: String,
}

impl fmt::Display for SheetCell {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "sheet \"{}\", cell {}", self.sheet, self.address)
    }
}

/// A longer line is told by its number alone: replies hold whole images on one line.
pub const LONGEST_EXCERPT: usize = 400;

impl Place {
    /// A whole file, without a position in it.
    pub fn file(file: impl Into<String>) -> Place {
        Place {
            file: file.into(),
            text: None,
            span: 0..0,
            first_line: 1,
            first_column: 1,
            cell: None,
        }
    }

    /// Bytes of the text of a file.
    pub fn within(file: impl Into<String>, text: Arc<str>, span: Range<usize>) -> Place {
        Place {
            file: file.into(),
            text: Some(text),
            span,
            first_line: 1,
            first_column: 1,
            cell: None,
        }
    }

    /// A point of a file by its line and column, both from 1, without the text of it.
    pub fn point(file: impl Into<String>, line: usize, column: usize) -> Place {
        let text = Some("".into());
        Place {
            file: file.into(),
            text,
            span: 0..0,
            first_line: line,
            first_column: column,
            cell: None,
        }
    }

    /// Bytes of a line of a file, by the text of that line.
    pub fn in_line(file: impl Into<String>, line: usize, text: &str, span: Range<usize>) -> Place {
        let text = Some(text.into());
        Place { file: file.into(), text, span, first_line: line, first_column: 1, cell: None }
    }

    /// The same place, as a cell of a workbook.
    #[must_use]
    pub fn in_cell(self, cell: SheetCell) -> Place {
        Place { cell: Some(cell), ..self }
    }

    /// The file, and the cell that is meant of a workbook: `plan.xlsx: sheet "Plan", cell D7`.
    pub fn file_and_cell(&self) -> String {
        self.cell
            .as_ref()
            .map_or_else(|| self.file.clone(), |cell| format!("{}: {cell}", self.file))
    }

    /// The place as `file:line:column`; the file alone, or with the cell of a workbook.
    pub fn shown(&self) -> String {
        match self.line_and_column() {
            Some((line, column)) => format!("{}:{line}:{column}", self.file),
            None => self.file_and_cell(),
        }
    }

    /// Line and column of the start, both from 1, the column in characters; `None` without a text, and of a cell.
    pub fn line_and_column(&self) -> Option<(usize, usize)> {
        if self.cell.is_some() {
            return None;
        }
        let text = self.text.as_deref()?;
        let before = text.get(..self.span.start)?;
        let line = before.matches('\n').count() + self.first_line;
        let line_start = before.rfind('\n').map(|newline| newline + 1);
        let first_column = if line_start.is_some() { 1 } else { self.first_column };
        Some((line, before[line_start.unwrap_or(0)..].chars().count() + first_column))
    }
}

/// One thing that is wrong in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Which rule is broken.
    pub code: ProblemCode,
    /// What is wrong, in one sentence.
    pub message: String,
    /// Where.
    pub place: Place,
    /// What to do next.
    pub help: Help,
}

impl std::error::Error for Problem {}

/// As [`Problem::one_line`], with what to do next.
impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} ({})", self.one_line(), self.help)
    }
}

impl Problem {
    /// The place, as [`Place::shown`].
    pub fn shown_place(&self) -> String {
        self.place.shown()
    }

    /// The problem on one line: `file:line:column: message [code]`.
    pub fn one_line(&self) -> String {
        format!("{}: {} [{}]", self.shown_place(), self.message, self.code.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn codes_are_unique() {
        let codes: BTreeSet<_> = ProblemCode::ALL.iter().map(|code| code.as_str()).collect();
        assert_eq!(codes.len(), ProblemCode::ALL.len());
    }

    #[test]
    fn columns_count_characters_not_bytes() {
        let text: Arc<str> = "a: 1\nü: é x".into();
        let start = text.find('x').expect("there is an x");
        let place = Place::within("f", text, start..start + 1);
        assert_eq!(place.line_and_column(), Some((2, 6)));
    }
}
