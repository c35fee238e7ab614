use std::cmp::Ordering;

use crate::sorted::Sorted;
use crate::{Attempt, Hlc};

/// A piece of a record: its text, which is what is kept, and what this version understands of it.
///
/// The text is the truth. So a field that another build wrote, and a whole attempt of a kind this build does not know,
/// go back to the shelf to the letter. `known` follows from the text alone, so equality compares texts.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) text: String,
    pub(crate) known: Known,
}

/// What is understood of an entry. One type for all parts of a record, so that a page holds one kind of list.
#[derive(Clone, Debug)]
pub(crate) enum Known {
    Nothing,
    Attempt(Attempt),
    Draft(Draft),
}

/// Where a learner is in one item. What a run looks like is the business of `sandtable_exercise::behaviour`: here it
/// is opaque, so that a run that cannot be read never spoils a record.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) at: Hlc,
    pub(crate) dev: String,
    /// JSON. `None` once cleared. The stone stays: without it, a copy in another tab would bring the draft back.
    pub(crate) run: Option<String>,
}

pub(crate) type Entries = Sorted<Entry>;

impl Entry {
    pub(crate) fn attempt(&self) -> Option<&Attempt> {
        match &self.known {
            Known::Attempt(attempt) => Some(attempt),
            Known::Nothing | Known::Draft(_) => None,
        }
    }

    pub(crate) fn draft(&self) -> Option<&Draft> {
        match &self.known {
            Known::Draft(draft) => Some(draft),
            Known::Nothing | Known::Attempt(_) => None,
        }
    }

    /// What is understood goes before what is not, a later draft before an earlier one. The text comes last, so that the
    /// order is total and the result of a merge is the same whichever side is merged into the other.
    fn rank(&self, other: &Entry) -> Ordering {
        let known = match (&self.known, &other.known) {
            (Known::Draft(ours), Known::Draft(theirs)) => {
                ours.at.cmp(&theirs.at).then_with(|| ours.dev.cmp(&theirs.dev))
            }
            (ours, theirs) => ours.is_something().cmp(&theirs.is_something()),
        };
        known.then_with(|| self.text.cmp(&other.text))
    }
}

impl Known {
    fn is_something(&self) -> bool {
        !matches!(self, Known::Nothing)
    }
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

/// Adds what is missing; where both have a key, the entry that ranks higher stays. True when something changed.
pub(crate) fn absorb(into: &mut Entries, from: &Entries) -> bool {
    let mut changed = false;
    for (key, theirs) in from.iter() {
        if into.get(key).is_none_or(|ours| theirs.rank(ours).is_gt()) {
            into.put(key, theirs.clone());
            changed = true;
        }
    }
    changed
}
