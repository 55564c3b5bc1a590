//! What decides between several rates of a meter, and all that it can be where that is open.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::table::PriceTable;
use crate::catalog::conditions::{Aspect, Conditions, Mode, Processing};
use crate::catalog::price::{ClassRule, Classes};
use crate::figure::Figure;
use crate::reason::{Pricing, Reason, Reasons};
use crate::request::{QualityChoice, SizeChoice};
use crate::size::Size;

/// What is known of a request besides its usage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// How it is processed.
    pub processing: Processing,
    /// The kind of call.
    pub mode: Mode,
    /// The quality asked for; `None` if a reply does not tell.
    pub quality: Option<QualityChoice>,
    /// The size asked for; `None` if a reply does not tell.
    pub size: Option<SizeChoice>,
    /// The labels that quality `auto` can mean.
    pub labels: Vec<String>,
    /// The class that the caller names, such as `2K`.
    pub resolution: Option<String>,
    /// The output format asked for.
    pub format: Option<String>,
}

/// One set of values that decides every rate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Circumstances {
    pub processing: Processing,
    pub mode: Mode,
    pub quality: Option<String>,
    pub size: Option<Size>,
    pub aspect: Option<Aspect>,
    pub class: Option<String>,
    pub format: Option<String>,
    pub input_tokens: u64,
}

impl Circumstances {
    /// Whether a rate with these conditions holds.
    pub(super) fn meet(&self, when: &Conditions) -> bool {
        let is =
            |wanted: &Option<String>, value: &Option<String>| wanted.is_none() || wanted == value;
        when.processing == self.processing
            && is(&when.quality, &self.quality)
            && when.size.is_none_or(|size| self.size == Some(size))
            && is(&when.class, &self.class)
            && when.mode.is_none_or(|mode| mode == self.mode)
            && is(&when.format, &self.format)
            && when.aspect.is_none_or(|aspect| self.aspect == Some(aspect))
            && when.input_tokens_up_to.is_none_or(|limit| self.input_tokens <= limit)
    }
}

/// All circumstances that can be meant, and why there are several.
pub(super) fn possible(
    facts: &Facts,
    input_tokens: &Figure<u64>,
    table: &PriceTable,
) -> (Vec<Circumstances>, Reasons) {
    let mut reasons = Vec::new();
    let qualities = if depends_on(table, |when| when.quality.is_some()) {
        qualities(facts, table, &mut reasons)
    } else {
        vec![None]
    };
    let classes = match &table.version().classes {
        Some(classes) => self::classes(facts, classes, table, &mut reasons),
        None => vec![None],
    };
    let size = match facts.size {
        Some(SizeChoice::Exact(size)) => Some(size),
        _ => None,
    };
    let aspects = aspects(size, table, &mut reasons);
    let counts = input_counts(input_tokens, table, &mut reasons);
    let mut all = Vec::new();
    for quality in &qualities {
        for class in &classes {
            for aspect in &aspects {
                all.extend(counts.iter().map(|input_tokens| Circumstances {
                    processing: facts.processing,
                    mode: facts.mode,
                    quality: quality.clone(),
                    size,
                    aspect: *aspect,
                    class: class.clone(),
                    format: facts.format.clone(),
                    input_tokens: *input_tokens,
                }));
            }
        }
    }
    (all, reasons.into_iter().map(Reason::from).collect())
}

/// The counts of input tokens that decide: the least, and the first one beyond each limit of the table
/// that the count can pass.
fn input_counts(
    tokens: &Figure<u64>,
    table: &PriceTable,
    reasons: &mut Vec<Pricing>,
) -> BTreeSet<u64> {
    let limits = table.rate_conditions().filter_map(|(_, when)| when.input_tokens_up_to);
    let can_be_passed =
        |limit: &u64| tokens.low() <= *limit && tokens.high().is_none_or(|high| *limit < high);
    let mut counts = BTreeSet::from([tokens.low()]);
    counts.extend(limits.filter(can_be_passed).map(|limit| limit.saturating_add(1)));
    if counts.len() > 1 {
        reasons.push(Pricing::InputTokensOpen);
    }
    counts
}

/// The shapes that can be meant: that of the size, or any where the size is open.
fn aspects(
    size: Option<Size>,
    table: &PriceTable,
    reasons: &mut Vec<Pricing>,
) -> Vec<Option<Aspect>> {
    match size {
        Some(size) if size.is_square() => vec![Some(Aspect::Square)],
        Some(_) => vec![Some(Aspect::NotSquare)],
        None if depends_on(table, |when| when.aspect.is_some()) => {
            reasons.push(Pricing::ShapeOpen);
            Aspect::ALL.map(Some).to_vec()
        }
        None => vec![None],
    }
}

fn depends_on(table: &PriceTable, condition: impl Fn(&Conditions) -> bool) -> bool {
    table.lists.iter().flatten().any(|rate| condition(&rate.rate.when))
}

fn qualities(facts: &Facts, table: &PriceTable, reasons: &mut Vec<Pricing>) -> Vec<Option<String>> {
    let stated = table.version().auto_means.quality.clone();
    match (&facts.quality, stated) {
        (Some(QualityChoice::Label(label)), _) => vec![Some(label.clone())],
        (Some(QualityChoice::Auto), Some(label)) => vec![Some(label)],
        // A model without qualities meets no rate that asks for one, and is priced all the same.
        _ if facts.labels.is_empty() => vec![None],
        _ => {
            reasons.push(Pricing::QualityOpen);
            facts.labels.iter().cloned().map(Some).collect()
        }
    }
}

fn classes(
    facts: &Facts,
    classes: &Classes,
    table: &PriceTable,
    reasons: &mut Vec<Pricing>,
) -> Vec<Option<String>> {
    let all = || classes.buckets.iter().map(|bucket| Some(bucket.name.clone())).collect();
    let exact_size = matches!(facts.size, Some(SizeChoice::Exact(_)));
    // Where the pixels decide, a named class does not change what they say.
    if let Some(named) =
        facts.resolution.as_ref().filter(|_| classes.by == ClassRule::Parameter || !exact_size)
    {
        return vec![Some(named.clone())];
    }
    match (facts.size, &table.version().auto_means.class) {
        (Some(SizeChoice::Auto), Some(class)) => return vec![Some(class.clone())],
        (Some(SizeChoice::Exact(size)), _) => {
            if let Some(class) = class_of(classes, size) {
                return vec![Some(class)];
            }
        }
        _ => {}
    }
    let names = || classes.buckets.iter().map(|bucket| Arc::from(bucket.name.as_str())).collect();
    reasons.push(match (classes.by, facts.size) {
        (ClassRule::Parameter, None) => Pricing::ResolutionOpen(names()),
        (ClassRule::Parameter, Some(_)) => Pricing::ClassNotStated(names()),
        _ => Pricing::SizeOpen,
    });
    all()
}

/// The class of a size, where the borders are stated.
fn class_of(classes: &Classes, size: Size) -> Option<String> {
    let measure = match classes.by {
        ClassRule::Pixels => size.pixels(),
        ClassRule::LongEdge => u64::from(size.long_edge()),
        ClassRule::Parameter => return None,
    };
    let fits = |up_to: Option<u64>| up_to.is_none_or(|most| measure <= most);
    classes.buckets.iter().find(|bucket| fits(bucket.up_to)).map(|bucket| bucket.name.clone())
}
