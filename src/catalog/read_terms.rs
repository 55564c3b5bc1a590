//! The terms of a contract as written → [`Terms`].

use std::collections::BTreeMap;

use super::check::{Checker, all, optional};
use super::files::Origin;
use super::raw::{RawCharge, RawFailureCharges, RawStated, RawTerm, RawTerms, Spanned, Text};
use super::terms::{ChargeRule, Clause, Event, EventCharge, Term, Terms};
use super::yaml::span;
use crate::problem::ProblemCode;

pub(super) fn terms(check: &mut Checker, raw: &RawTerms) -> Option<Terms> {
    let written = [
        (Clause::Contract, &raw.contract),
        (Clause::UploadPolicy, &raw.upload_policy),
        (Clause::Retention, &raw.retention),
        (Clause::Processors, &raw.processors),
        (Clause::OutputRights, &raw.output_rights),
        (Clause::Exports, &raw.exports),
        (Clause::Access, &raw.access),
        (Clause::Support, &raw.support),
        (Clause::Refunds, &raw.refunds),
    ];
    let clauses = written.into_iter().filter_map(|(clause, raw)| Some((clause, raw.as_ref()?)));
    let clauses = all(clauses.map(|(clause, raw)| Some((clause, term(check, raw)?))).collect());
    let charges = charges(check, &raw.failure_charges);
    Some(Terms { clauses: clauses?, charges: charges? })
}

fn term(check: &mut Checker, raw: &Spanned<RawTerm>) -> Option<Term> {
    match &raw.value {
        RawTerm::NotStated => Some(Term::NotStated),
        RawTerm::Unread => None,
        RawTerm::Stated(stated) => {
            clause(check, stated).map(|(text, evidence)| Term::Stated(text, evidence))
        }
        RawTerm::Attested(stated) => {
            report_attested_in_shipped(check, &stated.text);
            clause(check, stated).map(|(text, evidence)| Term::Attested(text, evidence))
        }
    }
}

fn clause(check: &mut Checker, raw: &RawStated) -> Option<(String, super::evidence::Evidence)> {
    check.text(&raw.text).zip(check.evidence(&raw.evidence))
}

fn charges(check: &mut Checker, raw: &RawFailureCharges) -> Option<BTreeMap<Event, EventCharge>> {
    let written = [
        (Event::ClientError, &raw.client_error),
        (Event::BlockAtInput, &raw.block_at_input),
        (Event::BlockAtOutput, &raw.block_at_output),
        (Event::ServerError, &raw.server_error),
        (Event::Timeout, &raw.timeout),
        (Event::ClientDisconnect, &raw.client_disconnect),
    ];
    let charges = written.into_iter().filter_map(|(event, raw)| Some((event, raw.as_ref()?)));
    all(charges.map(|(event, raw)| Some((event, charge(check, raw)?))).collect())
}

fn charge(check: &mut Checker, raw: &RawCharge) -> Option<EventCharge> {
    let rule = check.word(&raw.charge);
    let evidence = optional(raw.evidence.as_ref(), |raw| check.evidence(raw));
    let attested = raw.attested.as_ref().map_or(Some(false), |raw| check.flag(raw))?;
    if attested {
        report_attested_in_shipped(check, &raw.charge);
    }
    let says_something = rule.is_some_and(|rule| rule != ChargeRule::NotStated);
    if says_something && raw.evidence.is_none() && check.origin() == Origin::Shipped {
        let message = "a charge in a shipped table needs `evidence`: who says so, and when";
        let help = "add the source with its date, or write `charge: not_stated`";
        check.report(ProblemCode::MissingKey, span(&raw.charge), message, help);
    }
    if attested && raw.evidence.is_none() {
        let message = "an attested charge needs `evidence`: the paper in which you have it";
        let help = "add `evidence: {source: \"contract of …, §…\", seen: …, confidence: high}`";
        check.report(ProblemCode::MissingKey, span(&raw.charge), message, help);
    }
    Some(EventCharge { rule: rule?, evidence: evidence?, attested })
}

/// What is attested is one customer's; a shipped table holds only what everyone can read.
fn report_attested_in_shipped<K>(check: &mut Checker, raw: &Text<K>) {
    if check.origin() == Origin::Shipped {
        let message = "a shipped table cannot attest to a term: only its user can";
        let help = "write `stated` with a public source, or put it into your own pricing folder";
        check.report(ProblemCode::NotInShippedTables, span(raw), message, help);
    }
}
