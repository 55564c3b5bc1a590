//! What of a report is handed on to somebody who did not run the command: what is asked for, the answer in a sentence or
//! two, and parts with a chart, its table and what else belongs there.

use super::block::Block;
use super::chart::Chart;

/// What a report says first.
#[derive(Debug, Clone, Default)]
pub struct Summary {
    /// What the report is of.
    pub title: String,
    /// What stands under the title, such as what flags changed.
    pub notes: Vec<String>,
    /// What is asked for, by its name, where something is.
    pub ask: Option<(String, String)>,
    /// The answer in one or two sentences; none where the first facts are the answer.
    pub answer: Vec<String>,
}

/// What a command hands on: the ask, where something is asked for, and the answer.
pub type Answer = (Option<(String, String)>, Vec<String>);

/// A part of a report that goes from hand to hand.
#[derive(Debug, Clone)]
pub struct Part {
    /// The heading; none where it goes on with what stands above it.
    pub heading: String,
    /// The chart, of which the first sheet is the table.
    pub chart: Option<Chart>,
    /// What stands below it.
    pub blocks: Vec<Block>,
}

impl Part {
    /// A part without a chart; nothing where it has no block.
    pub fn of(heading: impl Into<String>, blocks: Vec<Block>) -> Option<Part> {
        (!blocks.is_empty()).then(|| Part { heading: heading.into(), chart: None, blocks })
    }

    /// A part with a chart and its table.
    pub fn charted(heading: impl Into<String>, chart: Chart, blocks: Vec<Block>) -> Part {
        Part { heading: heading.into(), chart: Some(chart), blocks }
    }
}

/// The first chart, which stands for all where there is room for one.
pub(super) fn first_chart(parts: &[Part]) -> Option<&Chart> {
    parts.iter().find_map(|part| part.chart.as_ref())
}
