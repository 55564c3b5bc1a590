//! What flags did to a file, and which of them did nothing: said in the first lines of every report.

use serde_json::{Value, json};

use super::sheet::Block;
use crate::budget::Reach;

/// What flags did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FlagEffects {
    /// How far flags over a file of workloads reach; `None` where none was given.
    pub reach: Option<Reach>,
    /// Flags that changed nothing.
    pub without_effect: Vec<WithoutEffect>,
}

/// A flag that changed nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WithoutEffect {
    /// The flag as it is written, such as `--fx CNY/USD`.
    pub flag: String,
    /// Why, as a clause: `no price is in CNY`.
    pub why: String,
}

impl FlagEffects {
    /// A sentence for each thing to say.
    pub fn lines(&self) -> Vec<String> {
        let reach = self.reach.map(reach);
        let without = |it: &WithoutEffect| format!("{} is without effect: {}.", it.flag, it.why);
        reach.into_iter().chain(self.without_effect.iter().map(without)).collect()
    }

    /// The sentences where people read first: under the title.
    pub(super) fn put_into(&self, blocks: &mut Vec<Block>) {
        let at = usize::from(matches!(blocks.first(), Some(Block::Title(_))));
        let lines = self.lines().into_iter().map(Block::Text);
        blocks.splice(at..at, lines);
    }

    /// The value of `flags` in the object for programs; `None` where there is nothing to say.
    pub(super) fn json(&self) -> Option<Value> {
        if *self == FlagEffects::default() {
            return None;
        }
        let without = |it: &WithoutEffect| json!({"flag": it.flag, "reason": it.why});
        Some(json!({
            "steps": self.reach.map(|reach| reach.steps),
            "changed": self.reach.map(|reach| reach.changed),
            "raised": self.reach.map(|reach| reach.raised),
            "converts": self.reach.map(|reach| reach.converts),
            "without_effect": self.without_effect.iter().map(without).collect::<Vec<_>>(),
        }))
    }
}

fn reach(Reach { steps, changed, raised, converts }: Reach) -> String {
    let steps = if steps == 1 { "1 step".to_owned() } else { format!("{steps} steps") };
    let raised = if raised == 0 { "none".to_owned() } else { raised.to_string() };
    let converts = match converts {
        true => " Limits and other costs of the file are converted at the rate given.",
        false => "",
    };
    match changed {
        0 if !converts.is_empty() => {
            format!("What the flags say changes none of {steps}.{converts}")
        }
        0 => format!("What the flags say changes none of {steps}: without effect."),
        changed => {
            let raised = format!("{raised} of them raised");
            format!("What the flags say changes {changed} of {steps}, {raised}.{converts}")
        }
    }
}
