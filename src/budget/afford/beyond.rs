//! What fits whether it is wanted or not: the most images, and every quality.

use super::alternatives;
use super::asking::Asking;
use super::part::Part;
use super::{Alternative, Fits, Most};
use crate::budget::workload::{Budget, Workload};

impl Asking<'_> {
    /// The most images of all workloads by one factor, and of each by itself at each quality, size and route that the file
    /// names for it; and each quality of its model at the volume that is wanted.
    pub(super) fn beyond(&self, budget: &Budget, parts: &[(&Workload, Part)]) -> Most {
        let mut found = Most {
            all: self.most(&Part::whole(budget)),
            alternatives: Vec::new(),
            qualities: Vec::new(),
        };
        for (workload, part) in parts {
            let named = alternatives::named(self.catalog, budget, workload);
            found.alternatives.extend(named.into_iter().map(|it| self.tried(part, it)));
            found.qualities.extend(self.qualities(workload, part));
        }
        found
    }

    fn tried(&self, part: &Part, alternative: Alternative) -> Alternative {
        let changed = alternative.applied(&part.budget);
        let doubt = self.doubt(&changed);
        let ignored = alternatives::ignored(self.catalog, &changed, &alternative.workload);
        let fits = match ignored.filter(|_| !alternative.as_written) {
            Some(why) => Fits::NotOffered(why.into()),
            None => self.most(&part.with(changed)),
        };
        Alternative { fits, doubt, ..alternative }
    }
}
