//! For whom a route is: what to use it for, when to hold back and when to stop.
//!
//! The rules are those of the kind of offer (an app, the maker's own API, a provider, a wrapper) and
//! stand in `guidance.yaml`; a route may say more of itself.

use super::check::{Checker, all, optional};
use super::raw::{RawChannel, RawFit, RawGuidance, RawGuidanceTable};

/// A kind of offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Channel {
    /// An app sold by subscription, for work by hand.
    App,
    /// The API of the model's maker.
    OfficialApi,
    /// The API of a reseller or host.
    Provider,
    /// A finished product around the model.
    Wrapper,
}

impl Channel {
    /// Every channel.
    pub const ALL: [Channel; 4] =
        [Channel::App, Channel::OfficialApi, Channel::Provider, Channel::Wrapper];

    /// The word in tables and output.
    pub fn as_str(self) -> &'static str {
        match self {
            Channel::App => "app",
            Channel::OfficialApi => "official_api",
            Channel::Provider => "provider",
            Channel::Wrapper => "wrapper",
        }
    }

    /// The name for people.
    pub fn label(self) -> &'static str {
        match self {
            Channel::App => "an app by subscription",
            Channel::OfficialApi => "the maker's own API",
            Channel::Provider => "a provider",
            Channel::Wrapper => "a wrapper",
        }
    }
}

/// A kind of work for which a route is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Work {
    /// Images made by hand, one at a time.
    Manual,
    /// Images made by a product, logged and repeatable.
    Product,
    /// Many images at once that can wait.
    Batch,
    /// Work with material that must not leave known hands.
    Sensitive,
}

impl Work {
    /// Every kind of work.
    pub const ALL: [Work; 4] = [Work::Manual, Work::Product, Work::Batch, Work::Sensitive];

    /// The word in tables, flags and output.
    pub fn as_str(self) -> &'static str {
        match self {
            Work::Manual => "manual",
            Work::Product => "product",
            Work::Batch => "batch",
            Work::Sensitive => "sensitive",
        }
    }
}

/// Whether a channel fits a kind of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// It is meant for it.
    Yes,
    /// Only once a question is answered.
    Conditional,
    /// It is not.
    No,
}

impl Fit {
    /// Every answer, the best first.
    pub const ALL: [Fit; 3] = [Fit::Yes, Fit::Conditional, Fit::No];

    /// The word in tables and output.
    pub fn as_str(self) -> &'static str {
        match self {
            Fit::Yes => "yes",
            Fit::Conditional => "conditional",
            Fit::No => "no",
        }
    }
}

/// The rules by channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuidanceTable {
    /// The channels.
    pub channels: Vec<ChannelGuidance>,
}

/// The rules of one channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChannelGuidance {
    /// The channel.
    pub channel: Channel,
    /// What it is for.
    pub use_for: String,
    /// When to hold back.
    pub hold_back_when: String,
    /// When to stop.
    pub stop_when: String,
    /// Whether it fits each kind of work, and why.
    pub fits: Vec<(Work, Fit, String)>,
}

/// What a route says of itself; what it leaves out is its channel's.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Guidance {
    /// What it is for.
    pub use_for: Option<String>,
    /// When to hold back.
    pub hold_back_when: Option<String>,
    /// When to stop.
    pub stop_when: Option<String>,
}

impl GuidanceTable {
    /// The rules of a channel, if the table has them.
    pub fn of(&self, channel: Channel) -> Option<&ChannelGuidance> {
        self.channels.iter().find(|rules| rules.channel == channel)
    }
}

pub(super) fn table(check: &mut Checker, raw: &RawGuidanceTable) -> Option<GuidanceTable> {
    let channels = all(raw.channels.iter().map(|raw| channel(check, raw)).collect());
    Some(GuidanceTable { channels: channels? })
}

fn channel(check: &mut Checker, raw: &RawChannel) -> Option<ChannelGuidance> {
    let channel = check.word(&raw.channel);
    let use_for = check.text(&raw.use_for);
    let hold_back_when = check.text(&raw.hold_back_when);
    let stop_when = check.text(&raw.stop_when);
    let fits = all(raw.fits.iter().map(|raw| fit(check, raw)).collect());
    Some(ChannelGuidance {
        channel: channel?,
        use_for: use_for?,
        hold_back_when: hold_back_when?,
        stop_when: stop_when?,
        fits: fits?,
    })
}

fn fit(check: &mut Checker, raw: &RawFit) -> Option<(Work, Fit, String)> {
    let work = check.word(&raw.work);
    let fit = check.word(&raw.fit);
    let reason = check.text(&raw.reason);
    Some((work?, fit?, reason?))
}

pub(super) fn own(check: &mut Checker, raw: &RawGuidance) -> Option<Guidance> {
    let use_for = optional(raw.use_for.as_ref(), |raw| check.text(raw));
    let hold_back_when = optional(raw.hold_back_when.as_ref(), |raw| check.text(raw));
    let stop_when = optional(raw.stop_when.as_ref(), |raw| check.text(raw));
    Some(Guidance { use_for: use_for?, hold_back_when: hold_back_when?, stop_when: stop_when? })
}
