//! A set of reasons, shared by all figures that have the same ones.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Pricing, Reason, Whose};
use crate::help::Sentence;
use crate::request::error::RequestError;

/// Reasons in order and each once, so that the order in which lines are added does not show.
///
/// A forecast has many rows that are open for the same reasons: a copy is a pointer, and a sum of two that are
/// alike is one of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reasons(Option<Arc<[Reason]>>);

impl Reasons {
    /// No reason, as an exact figure has.
    pub(crate) const NONE: &'static Reasons = &Reasons(None);

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// Each of them, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Reason> {
        self.0.as_deref().unwrap_or_default().iter()
    }

    /// Those of both.
    #[must_use]
    pub fn and(&self, other: &Reasons) -> Reasons {
        match (&self.0, &other.0) {
            (_, None) => self.clone(),
            (None, _) => other.clone(),
            (Some(a), Some(b)) if Arc::ptr_eq(a, b) || a == b => self.clone(),
            _ => self.iter().chain(other.iter()).cloned().collect(),
        }
    }

    /// The same, as one of those that are known: what is in one place is compared and added by its place.
    #[must_use]
    pub(crate) fn shared(&self, known: &mut BTreeSet<Reasons>) -> Reasons {
        if let Some(known) = known.get(self) {
            return known.clone();
        }
        known.insert(self.clone());
        self.clone()
    }

    /// Those that are not among others.
    #[must_use]
    pub fn without(&self, others: &Reasons) -> Reasons {
        self.iter().filter(|reason| !others.contains(reason)).collect()
    }

    /// Whether both say the same, whosever it is.
    pub fn are_alike(&self, other: &Reasons) -> bool {
        self.iter().map(Reason::kind).eq(other.iter().map(Reason::kind))
    }

    /// Whether it is one of them.
    pub fn contains(&self, reason: &Reason) -> bool {
        self.0.as_deref().unwrap_or_default().binary_search(reason).is_ok()
    }

    /// Those of different kinds: one for all whose it is.
    pub fn kinds(&self) -> Vec<&Reason> {
        let mut kinds: Vec<&Reason> = self.iter().collect();
        kinds.dedup_by_key(|reason| reason.kind());
        kinds
    }

    /// The codes of what is open.
    pub fn codes(&self) -> impl Iterator<Item = &'static str> {
        self.iter().flat_map(Reason::codes)
    }

    /// What is open with what would settle it, once for all whose it is.
    pub fn said(&self) -> Vec<Sentence> {
        self.kinds().into_iter().map(Reason::said).collect()
    }

    /// The same in neutral words.
    pub fn sentences(&self) -> Vec<String> {
        self.kinds().into_iter().map(Reason::sentence).collect()
    }

    /// The sentences as one line.
    pub fn in_words(&self) -> String {
        self.sentences().join("; ")
    }

    /// The same reasons, each with the model, owner or route whose it is.
    #[must_use]
    pub fn located(&self, whose: &Whose) -> Reasons {
        self.iter().map(|reason| reason.located(whose)).collect()
    }
}

/// Why something cannot be priced as asked.
impl From<&[RequestError]> for Reasons {
    fn from(errors: &[RequestError]) -> Reasons {
        Pricing::Refused(errors.iter().cloned().collect()).into()
    }
}

impl FromIterator<Reason> for Reasons {
    fn from_iter<I: IntoIterator<Item = Reason>>(all: I) -> Reasons {
        let mut all: Vec<Reason> = all.into_iter().collect();
        all.sort();
        all.dedup();
        Reasons((!all.is_empty()).then(|| all.into()))
    }
}

impl<'a> FromIterator<&'a Reason> for Reasons {
    fn from_iter<I: IntoIterator<Item = &'a Reason>>(all: I) -> Reasons {
        all.into_iter().cloned().collect()
    }
}

impl<R: Into<Reason>> From<R> for Reasons {
    fn from(reason: R) -> Reasons {
        Reasons(Some(Arc::from([reason.into()])))
    }
}

impl<'a> IntoIterator for &'a Reasons {
    type Item = &'a Reason;
    type IntoIter = std::slice::Iter<'a, Reason>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reason::Subject;

    fn whose(route: &str) -> Whose {
        Whose { model: "x".into(), owner: "o".into(), route: route.into() }
    }

    #[test]
    fn reasons_are_each_once_whatever_the_order() {
        let (a, b) = (Reasons::from(Pricing::QualityOpen), Reasons::from(Pricing::SizeOpen));
        assert_eq!(a.and(&b), b.and(&a));
        assert_eq!(a.and(&b).and(&a), a.and(&b));
        assert_eq!(a.and(&Reasons::default()), a);
    }

    #[test]
    fn one_sentence_of_two_contracts_is_two_reasons() {
        let open = Reasons::from(Pricing::CheaperNotKnown);
        let [ours, theirs] = ["provider/a/x", "provider/b/x"].map(|id| open.located(&whose(id)));
        assert_ne!(ours, theirs);
        let both = ours.and(&theirs);
        assert_eq!(both.iter().count(), 2);
        assert_eq!(
            both.iter().next().map(Reason::subject),
            Some(&Subject::Route("provider/a/x".into()))
        );
        assert_eq!(both.located(&whose("z")), both, "whose it is never changes");
    }
}
