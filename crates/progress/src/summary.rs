//! What pages show of a record: derived each time, stored nowhere.

use std::iter::Sum;
use std::ops::Add;

use sandtable_exercise::index::ItemEntry;

use crate::record::oldest_first;
use crate::{Attempt, Behaviour, Record};

/// What became of one item.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ItemState {
    /// Never answered.
    NotSeen,
    /// Answered, never fully right.
    Tried {
        /// Score of the best run, 0 to 1.
        best: f64,
        /// Every try was on an older version of its content.
        older: bool,
    },
    /// Some try was fully right, whatever it was worth by then.
    Right {
        /// Score of the best run, 0 to 1.
        best: f64,
        /// Every try was on an older version of its content.
        older: bool,
    },
}

impl ItemState {
    /// Whether it was answered, but never as it is now.
    #[must_use]
    pub fn is_older(self) -> bool {
        matches!(
            self,
            ItemState::Tried { older: true, .. } | ItemState::Right { older: true, .. }
        )
    }
}

/// How far one exercise, or several, are done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Items with at least one attempt.
    pub done: usize,
    /// Items in all.
    pub of: usize,
}

/// The ring before a topic on the course map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ring {
    /// No item is done.
    Empty,
    /// Some are.
    Half,
    /// All are.
    Full,
}

/// The score of one run in practice: the best over its tries of `max(0, f - (i-1)/3 - prices)`, where i counts from 1
/// and `prices` is what the hints taken before the try cost in all. `tries` are `(f, prices)` in the order made.
#[must_use]
pub fn run_score(tries: &[(f64, f64)]) -> f64 {
    let worth = |(i, (f, prices)): (u32, &(f64, f64))| f - f64::from(i) / 3.0 - prices;
    // `f64::max` passes over what is no number.
    (0..).zip(tries).map(worth).fold(0.0, f64::max)
}

/// The state of an item by the records of its exercise's homes ([`homes`](sandtable_exercise::index::ExerciseEntry::homes)).
///
/// A run is the tries with one seed. Tries of an older content version count like any other, and so do those under a
/// former id: what a learner did stays done.
#[must_use]
pub fn item_state(records: &[&Record], item: &ItemEntry) -> ItemState {
    // The runs of one item are few: a list is shorter than a map, also in the page.
    let mut runs: Vec<(u64, Vec<(f64, f64)>)> = Vec::new();
    let (mut right, mut older) = (false, true);
    for attempt in oldest_first(attempts_of(records, item)) {
        let seen = usize::try_from(attempt.hints).unwrap_or(usize::MAX);
        let cost = item.hint_prices.iter().take(seen).sum();
        match runs.iter_mut().find(|(seed, _)| *seed == attempt.seed) {
            Some((_, tries)) => tries.push((attempt.f, cost)),
            None => runs.push((attempt.seed, vec![(attempt.f, cost)])),
        }
        right |= attempt.f >= 1.0;
        older &= attempt.version != item.version;
    }
    if runs.is_empty() {
        return ItemState::NotSeen;
    }
    let best = runs.iter().map(|(_, tries)| run_score(tries)).fold(0.0, f64::max);
    if right {
        ItemState::Right { best, older }
    } else {
        ItemState::Tried { best, older }
    }
}

/// How far an exercise is done, given its items.
#[must_use]
pub fn progress(records: &[&Record], items: &[ItemEntry]) -> Progress {
    let is_done = |item: &&ItemEntry| attempts_of(records, item).next().is_some();
    Progress {
        done: items.iter().filter(is_done).count(),
        of: items.len(),
    }
}

impl Progress {
    /// The ring. Nothing to do is nothing done: empty.
    #[must_use]
    pub fn ring(self) -> Ring {
        match self.done {
            0 => Ring::Empty,
            done if done < self.of => Ring::Half,
            _ => Ring::Full,
        }
    }
}

impl Add for Progress {
    type Output = Progress;

    fn add(self, other: Progress) -> Progress {
        Progress {
            done: self.done + other.done,
            of: self.of + other.of,
        }
    }
}

impl Sum for Progress {
    fn sum<I: Iterator<Item = Progress>>(each: I) -> Progress {
        each.fold(Progress::default(), Add::add)
    }
}

/// The attempts that count for an item, in no order.
pub(crate) fn attempts_of<'a>(records: &'a [&Record], item: &'a ItemEntry) -> impl Iterator<Item = &'a Attempt> {
    let all = records.iter().flat_map(|record| record.known());
    all.filter(|attempt| match attempt.behaviour {
        Behaviour::Practice => item.is_called(&attempt.item),
    })
}
