//! `owner.yaml` → [`Owner`], and the terms of a contract.

use super::check::{Checker, optional};
use super::owner::{ChargeRule, EventCharge, FailureCharges, Owner, OwnerKind, Term, Terms};
use super::raw::{RawCharge, RawFailureCharges, RawOwner, RawTerm, RawTerms};
use crate::problem::ProblemCode;

pub(super) fn owner(
    check: &mut Checker,
    raw: &RawOwner,
    kind: OwnerKind,
    id: &str,
) -> Option<Owner> {
    let name = check.text(&raw.name);
    let terms = optional(raw.terms.as_ref(), |raw| terms(check, raw));
    Some(Owner { id: id.to_owned(), kind, name: name?, terms: terms? })
}

pub(super) fn terms(check: &mut Checker, raw: &RawTerms) -> Option<Terms> {
    let contract = term(check, &raw.contract);
    let upload_policy = term(check, &raw.upload_policy);
    let output_rights = term(check, &raw.output_rights);
    let support = term(check, &raw.support);
    let failure_charges = failure_charges(check, &raw.failure_charges);
    Some(Terms {
        contract: contract?,
        upload_policy: upload_policy?,
        output_rights: output_rights?,
        support: support?,
        failure_charges: failure_charges?,
    })
}

fn term(check: &mut Checker, raw: &RawTerm) -> Option<Term> {
    let RawTerm::Stated(stated) = raw else { return Some(Term::NotStated) };
    let text = check.text(&stated.text);
    let evidence = check.evidence(&stated.evidence);
    Some(Term::Stated(text?, evidence?))
}

fn failure_charges(check: &mut Checker, raw: &RawFailureCharges) -> Option<FailureCharges> {
    let client_error = charge(check, &raw.client_error);
    let block_at_input = charge(check, &raw.block_at_input);
    let block_at_output = charge(check, &raw.block_at_output);
    let server_error = charge(check, &raw.server_error);
    let timeout = charge(check, &raw.timeout);
    let client_disconnect = charge(check, &raw.client_disconnect);
    Some(FailureCharges {
        client_error: client_error?,
        block_at_input: block_at_input?,
        block_at_output: block_at_output?,
        server_error: server_error?,
        timeout: timeout?,
        client_disconnect: client_disconnect?,
    })
}

fn charge(check: &mut Checker, raw: &RawCharge) -> Option<EventCharge> {
    let words = ChargeRule::ALL.map(|rule| (rule.as_str(), rule));
    let rule = check.word(&raw.charge, ProblemCode::UnknownWord, "charge rule", &words);
    let evidence = optional(raw.evidence.as_ref(), |raw| check.evidence(raw));
    Some(EventCharge { rule: rule?, evidence: evidence? })
}
