//! Owners of prices and the terms of their contracts.

use super::evidence::Evidence;

/// What an owner is to a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OwnerKind {
    /// Makes the model.
    Official,
    /// Resells or hosts another's model.
    Provider,
    /// Sells a finished product around a model.
    Wrapper,
}

impl OwnerKind {
    /// Every kind, in the order in which comparisons show them.
    pub const ALL: [OwnerKind; 3] = [OwnerKind::Official, OwnerKind::Provider, OwnerKind::Wrapper];

    /// The word in ids, folders and output.
    pub fn as_str(self) -> &'static str {
        match self {
            OwnerKind::Official => "official",
            OwnerKind::Provider => "provider",
            OwnerKind::Wrapper => "wrapper",
        }
    }
}

/// The party whose contract sets a price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owner {
    /// The id, which is the name of its folder.
    pub id: String,
    /// What it is to the models of the tables in its folder.
    pub kind: OwnerKind,
    /// The name for people.
    pub name: String,
    /// The terms common to its routes, if any are entered.
    pub terms: Option<Terms>,
}

/// What a contract says besides the price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// Which contract it is.
    pub contract: Term,
    /// What happens to uploads and how long they are kept.
    pub upload_policy: Term,
    /// Who owns the output.
    pub output_rights: Term,
    /// Whom to turn to, and refunds.
    pub support: Term,
    /// Who pays for what goes wrong.
    pub failure_charges: FailureCharges,
}

/// One clause: stated, or not found in the sources read (which does not mean "no").
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Term {
    /// Not found in any source read.
    NotStated,
    /// The clause in short, and who says so.
    Stated(String, Evidence),
}

/// Who pays for each event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailureCharges {
    /// A bad request, key or limit.
    pub client_error: EventCharge,
    /// Moderation stops the prompt or a reference image.
    pub block_at_input: EventCharge,
    /// Moderation withholds the finished image.
    pub block_at_output: EventCharge,
    /// The service fails.
    pub server_error: EventCharge,
    /// The service does not answer in time.
    pub timeout: EventCharge,
    /// The caller hangs up before the answer.
    pub client_disconnect: EventCharge,
}

impl FailureCharges {
    /// The rules where nothing is stated for any event.
    pub fn not_stated() -> FailureCharges {
        let charge = || EventCharge { rule: ChargeRule::NotStated, evidence: None };
        FailureCharges {
            client_error: charge(),
            block_at_input: charge(),
            block_at_output: charge(),
            server_error: charge(),
            timeout: charge(),
            client_disconnect: charge(),
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
}

/// What the caller pays for an attempt that delivers no image.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
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
}
