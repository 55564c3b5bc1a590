//! What was taken from a file of settings, since nothing else was asked: said in the first lines of every report.

use schemars::JsonSchema;
use serde::Serialize;

use super::block::Block;

/// The settings of a file that were used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Configuration {
    /// The file, as a reader finds it.
    pub file: String,
    /// The settings.
    pub values: Vec<Setting>,
}

/// A setting that was used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Setting {
    /// Its key in the file.
    pub key: String,
    /// Its value.
    pub value: String,
}

impl Configuration {
    /// The sentence for people: `From imgcost.yaml: acceptance 70%.`
    pub fn in_words(&self) -> String {
        let value = |it: &Setting| format!("{} {}", it.key, it.value);
        let values: Vec<String> = self.values.iter().map(value).collect();
        format!("From {}: {}.", self.file, values.join("; "))
    }

    /// The sentence where people read first: under the title.
    pub(super) fn put_into(&self, blocks: &mut Vec<Block>) {
        let at = usize::from(matches!(blocks.first(), Some(Block::Title(_))));
        blocks.insert(at, Block::Text(self.in_words()));
    }
}
