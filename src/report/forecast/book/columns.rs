//! The columns of the sheet of workloads, which every other sheet adds up.

use super::FIRST;
use crate::budget::Case;
use crate::report::workbook::down;

/// The sheet that has a row for each month, workload and route.
pub(super) const WORKLOADS: &str = "Workloads";

/// Where each column stands, from 0.
#[derive(Debug, Clone)]
pub(super) struct Columns {
    pub ends: Vec<Case>,
    tags: u16,
}

/// A figure of a row that has an end each.
#[derive(Debug, Clone, Copy)]
pub(super) enum Figures {
    Wanted,
    Accepted,
    Attempts,
    Each,
    Cost,
}

impl Columns {
    pub(super) const MONTH: u16 = 0;
    pub(super) const OWNER: u16 = 4;
    const TAGS: u16 = 6;

    pub(super) fn new(ends: Vec<Case>, tags: usize) -> Columns {
        Columns { ends, tags: u16::try_from(tags).unwrap_or(u16::MAX / 4) }
    }

    fn ends(&self) -> u16 {
        self.ends.len() as u16
    }

    /// The column of an end of a figure.
    pub(super) fn of(&self, figures: Figures, end: Case) -> u16 {
        let at = self.ends.iter().position(|it| *it == end).unwrap_or(0) as u16;
        let before = match figures {
            Figures::Wanted => 0,
            Figures::Accepted => self.ends(),
            Figures::Attempts => 2 * self.ends(),
            Figures::Each => 3 * self.ends(),
            Figures::Cost => 4 * self.ends() + 1,
        };
        Columns::TAGS + self.tags + before + at
    }

    /// The column of the factor by which the user supposes that prices change.
    pub(super) fn factor(&self) -> u16 {
        self.of(Figures::Each, Case::Low) + self.ends()
    }

    /// The column of what a row adds to the amount to request, before the margin.
    pub(super) fn asked(&self) -> u16 {
        self.of(Figures::Cost, Case::Low) + self.ends()
    }

    pub(super) fn certainty(&self) -> u16 {
        self.asked() + 1
    }

    pub(super) fn held(&self) -> u16 {
        self.asked() + 2
    }

    /// The column of the number of its workload.
    pub(super) fn number(&self) -> u16 {
        self.asked() + 5
    }

    /// The column of the number of the value of a tag.
    pub(super) fn tag_number(&self, tag: usize) -> u16 {
        self.number() + 1 + tag as u16
    }

    /// How many columns there are.
    pub(super) fn count(&self) -> usize {
        usize::from(self.tag_number(0)) + usize::from(self.tags)
    }

    /// The cells of a column in every one of so many rows.
    pub(super) fn all(&self, column: u16, rows: u32) -> String {
        format!("{WORKLOADS}!{}", down(column, [FIRST, FIRST + rows.max(1) - 1]))
    }
}

/// The word for an end in a heading.
pub(super) fn end_word(end: Case) -> &'static str {
    end.as_str()
}
