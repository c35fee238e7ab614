use std::collections::BTreeMap;
use std::collections::btree_map::Entry as Place;

use serde::Serialize;
use serde_json::value::RawValue;

/// A piece of a record: its text, which is what is kept, and what this version understands of it.
///
/// The text is the truth. So a field that another build wrote, and a whole attempt of a kind this build does not know,
/// go back to the shelf to the letter. `value` follows from the text alone, so equality compares texts.
#[derive(Clone, Debug)]
pub(crate) struct Entry<T> {
    raw: Box<RawValue>,
    value: Option<T>,
}

impl<T> Entry<T> {
    pub(crate) fn read(raw: Box<RawValue>, value: Option<T>) -> Self {
        Entry { raw, value }
    }

    pub(crate) fn text(&self) -> &str {
        self.raw.get()
    }

    pub(crate) fn value(&self) -> Option<&T> {
        self.value.as_ref()
    }
}

impl<T: Serialize> Entry<T> {
    pub(crate) fn new(value: T) -> Self {
        Entry {
            raw: raw(&value),
            value: Some(value),
        }
    }
}

impl<T> PartialEq for Entry<T> {
    fn eq(&self, other: &Self) -> bool {
        self.text() == other.text()
    }
}

/// The text of a value. serde_json refuses only maps whose keys are no strings: a mistake in code that no data can
/// reach, and nothing to panic about in a learner's browser.
pub(crate) fn raw(value: &impl Serialize) -> Box<RawValue> {
    serde_json::value::to_raw_value(value).unwrap_or_else(|_| RawValue::NULL.to_owned())
}

/// Adds what is missing; where both have a key, the entry that ranks higher stays. The rank is followed by the text, so
/// the order is total and the result is the same whichever side is merged into the other. True when something changed.
pub(crate) fn absorb<T: Clone, R: Ord>(
    into: &mut BTreeMap<String, Entry<T>>,
    from: &BTreeMap<String, Entry<T>>,
    rank: impl Fn(&T) -> R,
) -> bool {
    let mut changed = false;
    for (key, theirs) in from {
        match into.entry(key.clone()) {
            Place::Vacant(place) => {
                place.insert(theirs.clone());
                changed = true;
            }
            Place::Occupied(mut place) => {
                let ours = place.get();
                let order = |entry: &Entry<T>| entry.value.as_ref().map(&rank);
                if (order(theirs), theirs.text()) > (order(ours), ours.text()) {
                    place.insert(theirs.clone());
                    changed = true;
                }
            }
        }
    }
    changed
}
