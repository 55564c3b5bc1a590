//! Why rows are rejected, each reason once, with where the first of them stand.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::estimate::{Rejected, RejectedLines};
use crate::problem::ProblemCode;

/// How many places of a reason are kept.
const PLACES: usize = 5;
/// How many reasons are told apart: a file that is no log has another one in each of its lines.
const MOST: usize = 200;

/// Reasons as they come up.
#[derive(Debug, Default)]
pub(super) struct Rejections {
    known: BTreeMap<Arc<Rejected>, usize>,
    all: Vec<RejectedLines>,
}

impl Rejections {
    /// A row of a file is rejected for a reason.
    pub(super) fn add(&mut self, file: &str, line: u64, why: &Arc<Rejected>) {
        let at = match self.known.get(why) {
            Some(at) => *at,
            None if self.all.len() >= MOST => self.at(&Arc::new(others())),
            None => self.at(why),
        };
        let lines = &mut self.all[at];
        lines.count += 1;
        if lines.places.len() < PLACES {
            lines.places.push((file.into(), usize::try_from(line).unwrap_or(usize::MAX)));
        }
    }

    fn at(&mut self, why: &Arc<Rejected>) -> usize {
        let next = self.all.len();
        let at = *self.known.entry(Arc::clone(why)).or_insert(next);
        if at == next {
            self.all.push(RejectedLines { why: Arc::clone(why), places: Vec::new(), count: 0 });
        }
        at
    }

    pub(super) fn into_lines(self) -> Vec<RejectedLines> {
        self.all
    }
}

/// The reason of those whose own is not kept.
fn others() -> Rejected {
    let what = "other reasons, which the file of rejected rows has one by one".to_owned();
    Rejected::Unreadable(vec![(ProblemCode::RejectedLine, what)])
}
