//! Image calls of a reply that delivered nothing and are not in its counts: what may be charged for them.
//!
//! What the reply counts is billed as it stands. What it does not count of a call that failed is none up to
//! what the rule counts for the image that was asked for, as the terms of the route have it.

use super::by_rule::output_of_all;
use crate::catalog::model_rules::ModelRules;
use crate::catalog::terms::{ChargeRule, Terms};
use crate::figure::Figure;
use crate::reason;
use crate::unit::Meter;
use crate::usage::Usage;
use crate::usage_log::reply::{NotDelivered, Reply};

/// What is open of the calls that delivered nothing.
pub(super) struct Open {
    /// Whether their input is in no count of the reply.
    pub input: bool,
    /// Whether the output of an image may be charged for each of them.
    images: bool,
    /// The image output that the reply counts, and the most that there can be with theirs.
    output: (u64, Option<u64>),
    /// Why it is open.
    reason: reason::Reply,
}

/// What is open; `None` where the counts cover every call, or the terms say that nothing more is charged.
pub(super) fn open(reply: &Reply, rules: &ModelRules, terms: &Terms) -> Option<Open> {
    let calls = &reply.not_delivered;
    let first = calls.first()?;
    let tokens = reply.tokens.tokens();
    let counted =
        tokens.map_or(0, |tokens| tokens.output_split.map_or(tokens.output, |(image, _)| image));
    let made = reply.images.iter().flatten().cloned();
    let all: Vec<_> = made.chain(calls.iter().map(|call| call.asked.clone())).collect();
    let by_rule = output_of_all(&all, rules);
    let is_covered =
        by_rule.as_ref().is_some_and(|rule| counted >= rule.high().unwrap_or(u64::MAX));
    // The counts of a reply with a single call are that call's own.
    if is_covered || counted > 0 && reply.calls == 1 {
        return None;
    }
    let rule = dearest(&charge_rules(calls, terms));
    let (input, images) = match rule {
        ChargeRule::Free | ChargeRule::RefundedAuto => return None,
        ChargeRule::InputMeters => (true, false),
        _ => (true, true),
    };
    let input_is_counted = counted == 0 && tokens.is_some_and(|tokens| tokens.input > 0);
    let most = match images {
        true => by_rule.and_then(|rule| rule.high()).map(|most| most.max(counted)),
        false => Some(counted),
    };
    let reason = match &first.error {
        Some(error) => reason::Reply::AttemptFailed { error: error.clone(), rule },
        None => reason::Reply::CallNotCounted { status: first.status.as_str().into(), rule },
    };
    Some(Open { input: input && !input_is_counted, images, output: (counted, most), reason })
}

impl Open {
    /// Sets what is open of the counts.
    pub(super) fn set(&self, usage: &mut Usage, rules: &ModelRules) {
        let unknown = |usage: &mut Usage, meter| {
            let at_least = usage.count(meter).low();
            usage.set(meter, Figure::unknown(at_least, self.reason.clone()), Vec::new());
        };
        if self.input {
            unknown(usage, Meter::TextInput);
            unknown(usage, Meter::ImageInput);
        }
        if !self.images {
            return;
        }
        match self.output {
            (counted, Some(most)) => {
                let how = usage.how(Meter::ImageOutput).to_vec();
                let range = Figure::range(counted, None, most, self.reason.clone());
                usage.set(Meter::ImageOutput, range, how);
            }
            (_, None) => unknown(usage, Meter::ImageOutput),
        }
        if rules.text_output.is_some() {
            unknown(usage, Meter::TextOutput);
        }
    }
}

/// Sets the images and calls that are charged where an owner bills by them: those that delivered, and of those
/// that did not as the terms have it.
pub(super) fn set_images_and_calls(usage: &mut Usage, reply: &Reply, terms: &Terms) {
    let count = u64::try_from(reply.not_delivered.len()).unwrap_or(u64::MAX);
    if count == 0 {
        return;
    }
    let rules = charge_rules(&reply.not_delivered, terms);
    let dearest = dearest(&rules);
    let images = usage.count(Meter::Images).low();
    let calls = usage.count(Meter::Calls).low();
    let delivered = [(Meter::Images, images), (Meter::Calls, calls.saturating_sub(count))];
    for (meter, low) in delivered {
        let high = low.saturating_add(count);
        let charged = match dearest {
            ChargeRule::Free | ChargeRule::RefundedAuto | ChargeRule::InputMeters => {
                Figure::Exact(low)
            }
            ChargeRule::AllMeters if rules.iter().all(|rule| *rule == dearest) => {
                Figure::Exact(high)
            }
            rule => Figure::range(low, None, high, reason::Reply::CallDeliveredNothing { rule }),
        };
        usage.set(meter, charged, Vec::new());
    }
}

/// The rules of all that may have happened to the calls.
fn charge_rules(calls: &[NotDelivered], terms: &Terms) -> Vec<ChargeRule> {
    let events = calls.iter().flat_map(|call| call.events);
    events.map(|event| terms.charge(*event).rule).collect()
}

/// The rule by which most may be charged.
fn dearest(rules: &[ChargeRule]) -> ChargeRule {
    let most = |rule: &&ChargeRule| match rule {
        ChargeRule::Free | ChargeRule::RefundedAuto => 0,
        ChargeRule::InputMeters => 1,
        ChargeRule::AllMeters => 3,
        _ => 2,
    };
    rules.iter().max_by_key(most).copied().unwrap_or(ChargeRule::NotStated)
}
