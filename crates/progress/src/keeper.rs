mod export;
mod sync;

use serde::Serialize;

use crate::json::json;
use crate::key::Keys;
use crate::sorted::Sorted;
use crate::{AttemptDraft, Hlc, Notice, Reason, Record, Restored, Saving, Shelf, ShelfError, restore};

/// Owns the records of one course on one page, in memory first and on a [`Shelf`] where it lets us.
///
/// Every change is made in memory, then *exchanged*: the stored value is read again, merged, and the union written if
/// it holds more than what lies there. So two tabs that overwrite each other lose nothing: each keeps its own and
/// writes again when it hears of the other ([`heard`](Self::heard)). There is one keeper a page, however many widgets.
///
/// No call fails. What the shelf refuses stays in memory; [`status`](Self::status) and [`notices`](Self::notices) say
/// so, and any later call that gets through writes it.
pub struct Keeper<S> {
    shelf: S,
    keys: Keys,
    course: String,
    device: String,
    session: String,
    /// Attempts numbered so far on this page.
    count: u64,
    clock: Hlc,
    now: u64,
    slots: Sorted<Slot>,
    /// Why the settings are not on the shelf, until anything else gets through.
    refused: Option<ShelfError>,
    told: Told,
    /// Values that could not be read, by key: where they were put aside, or where they still lie.
    aside: Sorted<String>,
}

/// One exercise.
#[derive(Default)]
struct Slot {
    record: Record,
    /// The stored text that is known to be merged into `record`.
    seen: Option<String>,
    /// True when `record` holds something that `seen` does not.
    dirty: bool,
    /// Why the last exchange did not go through.
    trouble: Option<Reason>,
    /// Counts changes of `record`.
    changes: u64,
}

/// What happened on this page and has to be told, by exercise, so that nothing is counted twice.
#[derive(Default)]
struct Told {
    restored: Vec<String>,
    kept_aside: Vec<String>,
    missing: Vec<String>,
    settings: bool,
}

impl<S: Shelf> Keeper<S> {
    /// Opens what a course has on a shelf. `session` has to be new for every page load (16 hex digits of randomness):
    /// the ids of attempts start with it. `device` becomes the device's id where the shelf knows none yet.
    pub fn open(shelf: S, course: &str, device: &str, session: &str, now: u64) -> Self {
        let mut keeper = Keeper {
            shelf,
            keys: Keys::of(course),
            course: course.to_owned(),
            device: device.to_owned(),
            session: session.to_owned(),
            count: 0,
            clock: Hlc::default(),
            now,
            slots: Sorted::default(),
            refused: None,
            told: Told::default(),
            aside: Sorted::default(),
        };
        keeper.clock.tick(now);
        keeper.settle();
        keeper
    }

    /// The record of an exercise, read from the shelf at the first call.
    pub fn record(&mut self, exercise: &str) -> &Record {
        self.load(exercise);
        &self.slot(exercise).record
    }

    /// The records of several exercises, read as that of one is.
    pub fn records(&mut self, exercises: &[&str]) -> Vec<&Record> {
        for exercise in exercises {
            self.load(exercise);
        }
        let found = exercises.iter().filter_map(|exercise| self.slots.get(exercise));
        found.map(|slot| &slot.record).collect()
    }

    /// Adds a graded try and returns its id.
    pub fn append(&mut self, exercise: &str, attempt: AttemptDraft, now: u64) -> String {
        self.load(exercise);
        let id = loop {
            self.count += 1;
            let id = format!("{}-{}", self.session, self.count);
            // Taken only where a session was not new: a page without randomness must not overwrite what it kept.
            if !self.slot(exercise).record.has(&id) {
                break id;
            }
        };
        self.slot(exercise).record.add(attempt.finish(id.clone(), now));
        self.changed(exercise, now);
        id
    }

    /// Keeps the run a learner is in, so that a reload comes back to it. It may be of any form that becomes JSON.
    pub fn save_draft(&mut self, exercise: &str, item: &str, run: &impl Serialize, now: u64) {
        self.put_draft(exercise, item, Some(json(run)), now);
    }

    /// The same for a draft that is JSON already. False, and nothing kept, when the text is none: it would spoil the
    /// record it lies in.
    pub fn save_draft_text(&mut self, exercise: &str, item: &str, text: &str, now: u64) -> bool {
        let is_json = serde_json::from_str::<serde_json::Value>(text).is_ok();
        if is_json {
            self.put_draft(exercise, item, Some(text.to_owned()), now);
        }
        is_json
    }

    /// Forgets the run a learner was in.
    pub fn clear_draft(&mut self, exercise: &str, item: &str, now: u64) {
        self.put_draft(exercise, item, None, now);
    }

    /// Takes in what another tab wrote: key and new value of the browser's `storage` event (for one without a key, after
    /// `clear()`, call [`retry`](Self::retry)). Returns the exercise whose record may look different now.
    ///
    /// If the shelf lacks something that is in memory, it is written again. This ends: a write happens only where the
    /// stored record is not the merged one, every tab's memory only grows, and tabs that have heard of each other hold
    /// the same record, which none of them writes twice.
    pub fn heard(&mut self, key: &str, value: Option<&str>, now: u64) -> Option<String> {
        let exercise = self.keys.exercise(key)?;
        self.now = now;
        let Some(slot) = self.slots.get_mut(&exercise) else {
            // Read when it is first asked for.
            return Some(exercise);
        };
        let before = slot.changes;
        // The value of the event may be overwritten by now, so it is merged by itself, not only what lies there.
        if let Restored::Read { record, hlc, .. } = restore(value) {
            self.clock.observe(hlc, now);
            slot.absorb(&record);
        }
        self.sync(&exercise);
        let after = self.slots.get(&exercise).map_or(before, |slot| slot.changes);
        (after != before).then_some(exercise)
    }

    /// Tries again to write down everything that is only in memory.
    pub fn retry(&mut self, now: u64) {
        self.now = now;
        self.settle();
        let exercises: Vec<String> = self.slots.iter().map(|(id, _)| id.to_owned()).collect();
        for exercise in exercises {
            self.exchange_and_note(&exercise);
        }
    }

    /// Whether everything is written down; if not, the reason that matters most.
    pub fn status(&self) -> Saving {
        let refused = self.refused.clone().map(Reason::Shelf);
        let troubles = self.slots.iter().filter_map(|(_, slot)| slot.trouble.clone());
        let worst = troubles.chain(refused).min_by_key(Reason::rank);
        worst.map_or(Saving::Saved, Saving::NotSaved)
    }

    /// What the learner is to be told now, most urgent first, one of a kind.
    #[must_use]
    pub fn notices(&self) -> Vec<Notice> {
        let mut notices: Vec<Notice> = Vec::new();
        let refused = self.refused.clone().map(Reason::Shelf);
        let mut left_alone = 0;
        for reason in self
            .slots
            .iter()
            .filter_map(|(_, slot)| slot.trouble.as_ref())
            .chain(refused.as_ref())
        {
            let notice = match reason {
                Reason::Shelf(ShelfError::Full) => Notice::Full,
                Reason::Shelf(_) => Notice::NotSaved,
                Reason::Newer(_) => Notice::Newer,
                Reason::Unreadable => {
                    left_alone += 1;
                    continue;
                }
            };
            rank(&mut notices, notice);
        }
        let told = &self.told;
        let counted = [
            (left_alone, Notice::LeftAlone as fn(usize) -> Notice),
            (told.restored.len(), Notice::Restored),
            (told.kept_aside.len(), Notice::KeptAside),
            (told.missing.len(), Notice::Missing),
        ];
        for (n, notice) in counted.into_iter().filter(|(n, _)| *n > 0) {
            rank(&mut notices, notice(n));
        }
        if told.settings {
            rank(&mut notices, Notice::Settings);
        }
        notices
    }

    fn put_draft(&mut self, exercise: &str, item: &str, run: Option<String>, now: u64) {
        self.load(exercise);
        let at = self.clock.tick(now);
        let device = self.device.clone();
        if self.slot(exercise).record.put_draft_text(item, at, &device, run) {
            self.changed(exercise, now);
        }
    }

    fn slot(&mut self, exercise: &str) -> &mut Slot {
        self.slots.get_or_default(exercise)
    }

    fn changed(&mut self, exercise: &str, now: u64) {
        self.now = now;
        if let Some(slot) = self.slots.get_mut(exercise) {
            slot.dirty = true;
            slot.changes += 1;
        }
        self.sync(exercise);
    }

    fn load(&mut self, exercise: &str) {
        if !self.slots.has(exercise) {
            self.sync(exercise);
        }
    }
}

impl Told {
    fn note(list: &mut Vec<String>, exercise: &str) {
        if !list.iter().any(|other| other == exercise) {
            list.push(exercise.to_owned());
        }
    }
}

impl Slot {
    fn absorb(&mut self, record: &Record) {
        if self.record.merge(record) {
            self.dirty = true;
            self.changes += 1;
        }
    }
}

/// Puts a notice where it belongs among a few, most urgent first, once.
fn rank(notices: &mut Vec<Notice>, notice: Notice) {
    if !notices.contains(&notice) {
        let at = notices.iter().take_while(|other| **other < notice).count();
        notices.insert(at, notice);
    }
}
