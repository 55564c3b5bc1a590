//! What flags did to a file, and which of them did nothing: said in the first lines of every report.

use schemars::JsonSchema;
use serde::Serialize;

use super::block::Block;
use crate::budget::{Converts, NoLongerKnown, Reach};
use crate::reason::Reasons;

/// What flags did.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct FlagEffects {
    /// How far flags over a file of workloads reach; `None` where none was given.
    #[serde(flatten)]
    pub reach: Option<Reach>,
    /// Flags that changed nothing.
    pub without_effect: Vec<WithoutEffect>,
    /// Keys of a budget file on which no figure depends.
    pub idle_keys: Vec<IdleKey>,
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

/// A key of a file on which no figure depends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct IdleKey {
    /// The key, with the workload in which it stands: `attempts.maximum of posters`.
    pub key: String,
    /// The code of why.
    pub code: &'static str,
    /// Why, as a clause.
    #[serde(rename = "reason")]
    pub why: String,
}

impl FlagEffects {
    /// A sentence for each thing to say.
    pub fn lines(&self) -> Vec<String> {
        let without = |it: &WithoutEffect| format!("{} is without effect: {}.", it.flag, it.why);
        let flags = self.without_effect.iter().map(without);
        let reach = self.reach.as_ref().map(reach);
        reach.into_iter().chain(flags).chain(self.key_line()).collect()
    }

    /// The keys in one line: what a file says in vain is less than what a flag does.
    fn key_line(&self) -> Option<String> {
        let mut grouped: Vec<(&str, &str, Vec<&str>)> = Vec::new();
        for IdleKey { key, code, why } in &self.idle_keys {
            match grouped.iter_mut().find(|(known, ..)| known == code) {
                Some((.., keys)) => keys.push(key),
                None => grouped.push((code, why, vec![key])),
            }
        }
        let all = grouped.iter().map(|(_, why, keys)| format!("{} ({why})", in_short(keys)));
        let all = all.collect::<Vec<_>>().join("; ");
        (!all.is_empty()).then(|| format!("Keys of the file without effect: {all}."))
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

/// The most names that a line lists.
const MOST_NAMED: usize = 5;

/// Names in a row; of many the first, and how many more there are.
fn in_short(names: &[&str]) -> String {
    let shown = names.iter().take(MOST_NAMED).copied().collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(MOST_NAMED) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

fn reach(reach: &Reach) -> String {
    let steps = match reach.steps {
        1 => "1 step".to_owned(),
        steps => format!("{steps} steps"),
    };
    let converted = converted(reach.converts);
    match reach.changed {
        0 if reach.converts.any() => {
            format!("What the flags say changes none of {steps}.{converted}")
        }
        0 => format!("What the flags say changes none of {steps}: without effect."),
        changed => {
            let what: Vec<String> =
                raised(reach).into_iter().chain(no_longer_known(&reach.unknown)).collect();
            format!(
                "What the flags say changes {changed} of {steps}, {}.{converted}",
                what.join(", ")
            )
        }
    }
}

/// How many are raised; nothing of it where it is not known of any.
fn raised(reach: &Reach) -> Option<String> {
    match reach.raised {
        0 if reach.unknown.len() == reach.changed => None,
        0 => Some("none of them raised".to_owned()),
        raised => Some(format!("{raised} of them raised")),
    }
}

/// Which costs became unknown, by reason.
fn no_longer_known(unknown: &[NoLongerKnown]) -> Option<String> {
    let mut grouped: Vec<(&Reasons, Vec<&str>)> = Vec::new();
    for NoLongerKnown { workload, why } in unknown {
        match grouped.iter_mut().find(|(known, _)| known.are_alike(why)) {
            Some((_, workloads)) => workloads.push(workload),
            None => grouped.push((why, vec![workload])),
        }
    }
    let reasons = grouped
        .iter()
        .map(|(why, workloads)| format!("{}: {}", in_short(workloads), why.in_words()));
    let reasons = reasons.collect::<Vec<_>>().join("; ");
    let count = unknown.len();
    (count > 0).then(|| format!("{count} of them at a cost that is not known any more ({reasons})"))
}

fn converted(converts: Converts) -> String {
    let what = match converts {
        Converts { limits: true, other_costs: true } => "Limits and other costs",
        Converts { limits: true, .. } => "Limits",
        Converts { other_costs: true, .. } => "Other costs",
        _ => return String::new(),
    };
    format!(" {what} of the file are converted at the rate given.")
}
