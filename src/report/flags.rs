//! What flags did to a file, and which of them did nothing: said in the first lines of every report.

use schemars::JsonSchema;
use serde::Serialize;

use super::sheet::Block;
use crate::budget::Reach;

/// What flags did.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct FlagEffects {
    /// How far flags over a file of workloads reach; `None` where none was given.
    #[serde(flatten)]
    pub reach: Option<Reach>,
    /// Flags that changed nothing.
    pub without_effect: Vec<WithoutEffect>,
}

/// A flag that changed nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct WithoutEffect {
    /// The flag as it is written, such as `--fx CNY/USD`.
    pub flag: String,
    /// Why, as a clause: `no price is in CNY`.
    #[serde(rename = "reason")]
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

    /// What there is to say, if anything.
    pub(super) fn said(&self) -> Option<&FlagEffects> {
        (*self != FlagEffects::default()).then_some(self)
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
