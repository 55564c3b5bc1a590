//! Why a figure is not exact: reasons as values, each with a stable code and its data.
//!
//! One file per domain holds what can be open there and its words; nothing else words a reason, and nothing
//! compares, filters or splits its words. What is open decides whether two figures are open for the same
//! reason: the same kind of the same model or contract, and not a sentence that happens to be alike.

mod attempts;
mod budgeting;
pub mod failed_attempt;
mod logged;
mod metering;
mod pricing;
mod reasons;
mod reply;

use std::fmt;
use std::sync::Arc;

use crate::catalog::route::Route;
use crate::help::{Help, Sentence};
use crate::request::error::RequestError;

pub use attempts::{Attempts, Undelivered};
pub use budgeting::Budgeting;
pub use logged::{Logged, MissingCount};
pub use metering::Metering;
pub use pricing::Pricing;
pub use reasons::Reasons;
pub use reply::{MissingPart, Reply};

/// What is open because no source says it: of what was read alone, since an owner may state it elsewhere.
macro_rules! not_stated {
    () => {
        "not stated in the sources read"
    };
}
pub(crate) use not_stated;

/// Why a figure is not exact: what kind of thing is open, and whose it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reason {
    kind: ReasonKind,
    subject: Subject,
}

/// What is open, by the domain in which it arises.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum ReasonKind {
    /// A count, by the rules of a model.
    Metering(Metering),
    /// A price, by the table of a route.
    Pricing(Pricing),
    /// What an attempt costs that delivers nothing, by the terms of an owner.
    Attempts(Attempts),
    /// What a reply leaves out.
    Reply(Reply),
    /// What a log leaves out.
    Logged(Logged),
    /// What a budget leaves open.
    Budgeting(Budgeting),
}

/// Whose rule or contract is open.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Subject {
    /// Nobody's: the request, reply or budget itself leaves it open.
    #[default]
    Request,
    /// The model with this id, on whichever route.
    Model(Arc<str>),
    /// The owner with this id, on all of its routes.
    Owner(Arc<str>),
    /// The route with this id.
    Route(Arc<str>),
}

/// Whose rules and terms hold where something is priced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whose {
    /// The id of the model.
    pub model: Arc<str>,
    /// The id of the owner.
    pub owner: Arc<str>,
    /// The id of the route.
    pub route: Arc<str>,
}

impl Whose {
    /// Those of a route.
    pub fn of(route: &Route) -> Whose {
        let (model, owner) = (route.model.as_str().into(), route.id.owner.as_str().into());
        Whose { model, owner, route: route.id.to_string().into() }
    }
}

/// What a kind of reason hangs on, and so what it has in common with others of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum HangsOn {
    /// The request, reply or budget.
    Request,
    /// The rules of the model.
    Model,
    /// The terms of the owner.
    Owner,
    /// The prices of the route.
    Route,
}

impl Reason {
    /// What is open.
    pub fn kind(&self) -> &ReasonKind {
        &self.kind
    }

    /// Whose it is.
    pub fn subject(&self) -> &Subject {
        &self.subject
    }

    /// The stable name of what is open, such as `quality_open`.
    pub fn code(&self) -> &'static str {
        match &self.kind {
            ReasonKind::Metering(it) => it.code(),
            ReasonKind::Pricing(it) => it.code(),
            ReasonKind::Attempts(it) => it.code(),
            ReasonKind::Reply(it) => it.code(),
            ReasonKind::Logged(it) => it.code(),
            ReasonKind::Budgeting(it) => it.code(),
        }
    }

    /// Its code, and those of the errors that are the reason.
    pub fn codes(&self) -> impl Iterator<Item = &'static str> {
        let errors: &[RequestError] = match &self.kind {
            ReasonKind::Pricing(Pricing::Refused(errors))
            | ReasonKind::Budgeting(Budgeting::Refused { errors, .. }) => errors,
            _ => &[],
        };
        std::iter::once(self.code()).chain(errors.iter().map(RequestError::code))
    }

    /// What would settle it, where a user can.
    pub fn help(&self) -> Option<Help> {
        match &self.kind {
            ReasonKind::Metering(it) => it.help(),
            ReasonKind::Pricing(it) => it.help(),
            ReasonKind::Reply(it) => it.help(),
            ReasonKind::Budgeting(it) => it.help(),
            ReasonKind::Attempts(_) | ReasonKind::Logged(_) => None,
        }
    }

    /// What is open and what would settle it.
    pub fn said(&self) -> Sentence {
        Sentence::new(self.to_string(), self.help())
    }

    /// What is open and what would settle it, in neutral words.
    pub fn sentence(&self) -> String {
        self.said().to_string()
    }

    /// The same reason, with whose it is.
    fn located(&self, whose: &Whose) -> Reason {
        let hangs_on = match &self.kind {
            ReasonKind::Metering(it) => it.hangs_on(),
            ReasonKind::Pricing(it) => it.hangs_on(),
            ReasonKind::Attempts(_) => HangsOn::Owner,
            ReasonKind::Reply(_) | ReasonKind::Logged(_) | ReasonKind::Budgeting(_) => {
                HangsOn::Request
            }
        };
        let subject = match (&self.subject, hangs_on) {
            (Subject::Request, HangsOn::Model) => Subject::Model(whose.model.clone()),
            (Subject::Request, HangsOn::Owner) => Subject::Owner(whose.owner.clone()),
            (Subject::Request, HangsOn::Route) => Subject::Route(whose.route.clone()),
            (known, _) => known.clone(),
        };
        Reason { kind: self.kind.clone(), subject }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        self.kind.fmt(f)
    }
}

impl fmt::Display for ReasonKind {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            ReasonKind::Metering(it) => it.fmt(f),
            ReasonKind::Pricing(it) => it.fmt(f),
            ReasonKind::Attempts(it) => it.fmt(f),
            ReasonKind::Reply(it) => it.fmt(f),
            ReasonKind::Logged(it) => it.fmt(f),
            ReasonKind::Budgeting(it) => it.fmt(f),
        }
    }
}

/// A reason of each domain is one of nobody's rule yet.
macro_rules! from_domains {
    ($($domain:ident),+) => {$(
        impl From<$domain> for Reason {
            fn from(it: $domain) -> Reason {
                Reason { kind: ReasonKind::$domain(it), subject: Subject::Request }
            }
        }
    )+};
}

from_domains!(Metering, Pricing, Attempts, Reply, Logged, Budgeting);
