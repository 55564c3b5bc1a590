//! Image calls of a reply that delivered nothing and are not in its counts: what may be charged for them.
//!
//! What the reply counts is billed as it stands. What it does not count of a call that failed is none up to
//! what the rule counts for the image that was asked for, as the terms of the route have it.

use super::by_rule::output_of_all;
use crate::catalog::model::ModelRules;
use crate::catalog::terms::{ChargeRule, Event, Terms};
use crate::figure::Figure;
use crate::unit::Meter;
use crate::usage::Usage;
use crate::usage_log::reply::{NotDelivered, Reply};

/// What is open of the calls that delivered nothing.
pub(super) struct Open {
    /// Whether their input is in no count of the reply.
    pub input: bool,
    /// Whether an image may be charged for each of them.
    images: bool,
    /// How many calls there are.
    calls: u64,
    /// The image output that the reply counts, and the most that there can be with theirs.
    output: (u64, Option<u64>),
    /// Why it is open.
    reason: String,
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
    let rule = dearest(calls, terms);
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
    let reason = format!(
        "an image call has the status `{}` and is not in the counts; by the terms of the route such an attempt \
         is: {}",
        first.status,
        rule.in_words()
    );
    let calls = u64::try_from(calls.len()).unwrap_or(u64::MAX);
    Some(Open { input: input && !input_is_counted, images, calls, output: (counted, most), reason })
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
        let images = usage.count(Meter::Images).low();
        self.set_range(usage, Meter::Images, images, images.saturating_add(self.calls));
        match self.output {
            (counted, Some(most)) => self.set_range(usage, Meter::ImageOutput, counted, most),
            (_, None) => unknown(usage, Meter::ImageOutput),
        }
        if rules.text_output.is_some() {
            unknown(usage, Meter::TextOutput);
        }
    }

    fn set_range(&self, usage: &mut Usage, meter: Meter, low: u64, high: u64) {
        let how = usage.how(meter).to_vec();
        usage.set(meter, Figure::range(low, None, high, self.reason.clone()), how);
    }
}

/// The rule by which most is charged of all that may have happened to the calls.
fn dearest(calls: &[NotDelivered], terms: &Terms) -> ChargeRule {
    let events = calls.iter().flat_map(|call| events(&call.status));
    let rules = events.map(|event| terms.charge(*event).rule);
    let most = |rule: &ChargeRule| match rule {
        ChargeRule::Free | ChargeRule::RefundedAuto => 0,
        ChargeRule::InputMeters => 1,
        _ => 2,
    };
    rules.max_by_key(most).unwrap_or(ChargeRule::NotStated)
}

/// What can have happened to a call, by the word of the API.
fn events(status: &str) -> &'static [Event] {
    match status {
        "blocked" => &[Event::BlockAtInput, Event::BlockAtOutput],
        "in_progress" | "generating" | "queued" => {
            &[Event::Timeout, Event::ClientDisconnect, Event::ServerError]
        }
        _ => &[
            Event::ServerError,
            Event::Timeout,
            Event::ClientDisconnect,
            Event::BlockAtInput,
            Event::BlockAtOutput,
        ],
    }
}
