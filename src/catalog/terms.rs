//! What a contract says besides the price: clause by clause, and who pays for what goes wrong.
//!
//! A clause that no source states is *not stated*, which does not mean "no". A route's own clauses go
//! before those of its owner, one by one, and what the user has in writing goes before both.

use std::collections::BTreeMap;

use super::evidence::Evidence;

/// A clause of a contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Clause {
    /// Which contract it is, and for whom.
    Contract,
    /// What may be done with uploads: training, sharing, review.
    UploadPolicy,
    /// How long uploads, prompts and results are kept.
    Retention,
    /// Who processes uploads besides the owner.
    Processors,
    /// Who owns the output, and what it may be used for.
    OutputRights,
    /// How results can be taken out: formats, links and how long they last, marks in the image.
    Exports,
    /// What is needed before the first call: verification, tier, region.
    Access,
    /// Whom to turn to.
    Support,
    /// What is paid back of what was bought, apart from single attempts.
    Refunds,
}

impl Clause {
    /// Every clause, in the order in which a reader meets them.
    pub const ALL: [Clause; 9] = [
        Clause::Contract,
        Clause::UploadPolicy,
        Clause::Retention,
        Clause::Processors,
        Clause::OutputRights,
        Clause::Exports,
        Clause::Access,
        Clause::Support,
        Clause::Refunds,
    ];

    /// The key in tables and output.
    pub fn as_str(self) -> &'static str {
        match self {
            Clause::Contract => "contract",
            Clause::UploadPolicy => "upload_policy",
            Clause::Retention => "retention",
            Clause::Processors => "processors",
            Clause::OutputRights => "output_rights",
            Clause::Exports => "exports",
            Clause::Access => "access",
            Clause::Support => "support",
            Clause::Refunds => "refunds",
        }
    }

    /// The name for people.
    pub fn label(self) -> &'static str {
        match self {
            Clause::Contract => "contract",
            Clause::UploadPolicy => "upload policy",
            Clause::Retention => "retention",
            Clause::Processors => "who processes uploads",
            Clause::OutputRights => "output rights",
            Clause::Exports => "exports",
            Clause::Access => "access",
            Clause::Support => "support",
            Clause::Refunds => "refunds",
        }
    }
}

/// What a clause says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Term {
    /// Not found in any source read.
    NotStated,
    /// Stated in public: the clause in short, and who says so.
    Stated(String, Evidence),
    /// In the user's own hands in writing: the clause in short, and in which paper.
    Attested(String, Evidence),
}

impl Term {
    /// The clause in short and its evidence, if it is stated at all.
    pub fn stated(&self) -> Option<(&str, &Evidence)> {
        match self {
            Term::NotStated => None,
            Term::Stated(text, evidence) | Term::Attested(text, evidence) => Some((text, evidence)),
        }
    }
}

/// Something that happens to an attempt and delivers no image.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Event {
    /// A bad request, key or limit.
    ClientError,
    /// Moderation stops the prompt or a reference image.
    BlockAtInput,
    /// Moderation withholds the finished image.
    BlockAtOutput,
    /// The service fails.
    ServerError,
    /// The service does not answer in time.
    Timeout,
    /// The caller hangs up before the answer.
    ClientDisconnect,
}

impl Event {
    /// Every event.
    pub const ALL: [Event; 6] = [
        Event::ClientError,
        Event::BlockAtInput,
        Event::BlockAtOutput,
        Event::ServerError,
        Event::Timeout,
        Event::ClientDisconnect,
    ];

    /// The key in tables and output.
    pub fn as_str(self) -> &'static str {
        match self {
            Event::ClientError => "client_error",
            Event::BlockAtInput => "block_at_input",
            Event::BlockAtOutput => "block_at_output",
            Event::ServerError => "server_error",
            Event::Timeout => "timeout",
            Event::ClientDisconnect => "client_disconnect",
        }
    }

    /// The name for people, in the plural.
    pub fn label(self) -> &'static str {
        match self {
            Event::ClientError => "client errors",
            Event::BlockAtInput => "blocks at input",
            Event::BlockAtOutput => "blocks at output",
            Event::ServerError => "server errors",
            Event::Timeout => "time-outs",
            Event::ClientDisconnect => "client disconnects",
        }
    }
}

/// Who pays for one event, and who says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventCharge {
    /// The rule.
    pub rule: ChargeRule,
    /// Who says so; `None` where nothing is stated.
    pub evidence: Option<Evidence>,
    /// Whether the user has it in writing, as against stated in public.
    pub attested: bool,
}

impl EventCharge {
    const NOT_STATED: EventCharge =
        EventCharge { rule: ChargeRule::NotStated, evidence: None, attested: false };
}

/// What the caller pays for an attempt that delivers no image.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum ChargeRule {
    /// Nothing.
    Free,
    /// The input meters only.
    InputMeters,
    /// As for a delivered image.
    AllMeters,
    /// Charged, and returned without being asked.
    RefundedAuto,
    /// Charged, and returned if asked for.
    RefundedOnRequest,
    /// A part.
    Partial,
    /// Stated as possible.
    Maybe,
    /// Not stated.
    NotStated,
}

impl ChargeRule {
    /// Whether it leaves open how much is paid in the end.
    pub fn is_open(self) -> bool {
        use ChargeRule::{Maybe, NotStated, Partial, RefundedOnRequest};
        matches!(self, Maybe | NotStated | Partial | RefundedOnRequest)
    }

    /// Every rule.
    pub const ALL: [ChargeRule; 8] = [
        ChargeRule::Free,
        ChargeRule::InputMeters,
        ChargeRule::AllMeters,
        ChargeRule::RefundedAuto,
        ChargeRule::RefundedOnRequest,
        ChargeRule::Partial,
        ChargeRule::Maybe,
        ChargeRule::NotStated,
    ];

    /// The word in the tables.
    pub fn as_str(self) -> &'static str {
        match self {
            ChargeRule::Free => "free",
            ChargeRule::InputMeters => "input_meters",
            ChargeRule::AllMeters => "all_meters",
            ChargeRule::RefundedAuto => "refunded_auto",
            ChargeRule::RefundedOnRequest => "refunded_on_request",
            ChargeRule::Partial => "partial",
            ChargeRule::Maybe => "maybe",
            ChargeRule::NotStated => "not_stated",
        }
    }

    /// The rule for people.
    pub fn in_words(self) -> &'static str {
        match self {
            ChargeRule::Free => "not charged",
            ChargeRule::InputMeters => "the input is charged",
            ChargeRule::AllMeters => "charged in full",
            ChargeRule::RefundedAuto => "charged, and returned by itself",
            ChargeRule::RefundedOnRequest => "charged, and returned if asked for",
            ChargeRule::Partial => "charged in part",
            ChargeRule::Maybe => "may be charged",
            ChargeRule::NotStated => "not stated",
        }
    }
}

/// The clauses of a contract and its charge rule. What is not in it is not stated.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Terms {
    /// Clauses that are entered.
    pub clauses: BTreeMap<Clause, Term>,
    /// Charges that are entered.
    pub charges: BTreeMap<Event, EventCharge>,
}

impl Terms {
    /// What a clause says.
    pub fn clause(&self, clause: Clause) -> &Term {
        self.clauses.get(&clause).unwrap_or(&Term::NotStated)
    }

    /// Who pays for an event.
    pub fn charge(&self, event: Event) -> &EventCharge {
        static NOT_STATED: EventCharge = EventCharge::NOT_STATED;
        self.charges.get(&event).unwrap_or(&NOT_STATED)
    }

    /// These terms, and those of `general` where nothing is entered here.
    pub fn over(self, general: &Terms) -> Terms {
        let Terms { mut clauses, mut charges } = general.clone();
        clauses.extend(self.clauses);
        charges.extend(self.charges);
        Terms { clauses, charges }
    }

    /// What is entered as known: clauses and charges that are not `not_stated`.
    pub fn known(&self) -> usize {
        let clauses = self.clauses.values().filter(|term| term.stated().is_some()).count();
        let charges = self.charges.values();
        clauses + charges.filter(|charge| charge.rule != ChargeRule::NotStated).count()
    }
}
