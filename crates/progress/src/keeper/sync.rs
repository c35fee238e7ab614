//! The exchange of one record with the shelf. Every path that leads to a `set` of a record's own key has first read
//! what lies there and merged it, or put it aside.

use super::{Keeper, Slot, Told};
use crate::envelope::is_newer;
use crate::{MAX_BYTES, Reason, Record, Restored, Shelf, ShelfError, restore, seal};

/// So many unreadable values of one record are put aside; further ones are left where they are. Something that
/// damages every write then cannot fill the shelf.
const MAX_ASIDE: u32 = 99;

/// What the copy of the value before gave.
enum Copy {
    Good,
    None,
    Damaged,
}

impl<S: Shelf> Keeper<S> {
    /// Reads, merges and writes one record, and notes how it went.
    pub(super) fn sync(&mut self, exercise: &str) {
        self.exchange_and_note(exercise);
        if self.slots.get(exercise).is_some_and(|slot| slot.trouble.is_some()) {
            return;
        }
        // It works, or works again: then it may for the others too.
        let waiting = |(id, slot): (&str, &Slot)| slot.trouble.is_some().then(|| id.to_owned());
        let others: Vec<String> = self.slots.iter().filter_map(waiting).collect();
        for other in others {
            self.exchange_and_note(&other);
        }
    }

    pub(super) fn exchange_and_note(&mut self, exercise: &str) {
        let mut slot = self.slots.take(exercise).unwrap_or_default();
        slot.trouble = self.exchange(exercise, &mut slot).err();
        self.slots.put(exercise, slot);
    }

    fn exchange(&mut self, exercise: &str, slot: &mut Slot) -> Result<(), Reason> {
        let key = self.keys.record(exercise);
        let found = self.shelf.get(&key)?;
        if found.is_none() || found != slot.seen {
            self.take_in(exercise, slot, found.as_deref())?;
        }
        if !slot.dirty {
            return Ok(());
        }
        let stamp = self.clock.tick(self.now);
        let sealed = seal(&slot.record, &self.device, stamp);
        if sealed.len() > MAX_BYTES {
            // What we would not read again we do not write.
            return Err(Reason::Shelf(ShelfError::Full));
        }
        if let Some(before) = &slot.seen {
            self.back_up(exercise, before);
        }
        self.shelf.set(&key, &sealed)?;
        slot.seen = Some(sealed);
        slot.dirty = false;
        if self.refused.take().is_some() {
            self.settle();
            // The settings tell devices apart, no more: with the answers saved there is nothing to tell a learner.
            self.refused = None;
        }
        Ok(())
    }

    /// Merges what lies on the shelf into the slot. Afterwards `seen` is what may be overwritten; an error means that
    /// nothing may.
    fn take_in(&mut self, exercise: &str, slot: &mut Slot, found: Option<&str>) -> Result<(), Reason> {
        slot.seen = None;
        match restore(found) {
            Restored::Read { record, hlc, .. } => {
                self.clock.observe(hlc, self.now);
                slot.absorb(&record);
                slot.dirty = slot.record != record;
                slot.seen = found.map(str::to_owned);
            }
            Restored::Newer { v } => return Err(Reason::Newer(v)),
            Restored::Empty => {
                let before = slot.changes;
                let copy = self.take_copy(exercise, slot)?;
                if slot.changes != before {
                    Told::note(&mut self.told.missing, exercise);
                } else if matches!(copy, Copy::Damaged) && slot.record.is_empty() {
                    Told::note(&mut self.told.kept_aside, exercise);
                }
                slot.dirty = !slot.record.is_empty();
            }
            Restored::Damaged { .. } => {
                let key = self.keys.record(exercise);
                let copy = self.take_copy(exercise, slot);
                self.put_aside(Some(exercise), &key, found.unwrap_or_default())?;
                let told = match copy? {
                    Copy::None | Copy::Damaged if slot.record.is_empty() => &mut self.told.kept_aside,
                    _ => &mut self.told.restored,
                };
                Told::note(told, exercise);
                // Also when there is nothing to write: a learner is told once, not at every visit.
                slot.dirty = true;
            }
        }
        Ok(())
    }

    /// Merges the good value before the present one.
    fn take_copy(&mut self, exercise: &str, slot: &mut Slot) -> Result<Copy, Reason> {
        let key = self.keys.backup(exercise);
        let found = self.shelf.get(&key)?;
        match restore(found.as_deref()) {
            Restored::Empty => Ok(Copy::None),
            Restored::Newer { v } => Err(Reason::Newer(v)),
            Restored::Read { record, hlc, .. } => {
                self.clock.observe(hlc, self.now);
                slot.absorb(&record);
                Ok(Copy::Good)
            }
            Restored::Damaged { .. } => {
                self.put_aside(Some(exercise), &key, found.as_deref().unwrap_or_default())?;
                Ok(Copy::Damaged)
            }
        }
    }

    /// Keeps the value that is about to be replaced. A copy that cannot be written is no reason to hold back the
    /// answer itself: the older copy stays, and if nothing can be written the next step says so.
    fn back_up(&self, exercise: &str, before: &str) {
        let key = self.keys.backup(exercise);
        let newer = self
            .shelf
            .get(&key)
            .is_ok_and(|copy| copy.is_some_and(|copy| is_newer(&copy)));
        if !newer {
            let _ = self.shelf.set(&key, before);
        }
    }

    /// Copies a value that cannot be read, to the letter, to a key of its own. A value already put aside is not put
    /// aside again. An error means that it must stay where it is.
    fn put_aside(&mut self, exercise: Option<&str>, key: &str, text: &str) -> Result<(), Reason> {
        for n in 1..=MAX_ASIDE {
            let place = self.keys.aside(exercise, n);
            let stored = match self.shelf.get(&place) {
                Ok(Some(other)) if other != text => continue,
                Ok(Some(_)) => Ok(()),
                Ok(None) => self.shelf.set(&place, text),
                Err(error) => Err(error),
            };
            if stored.is_err() {
                break;
            }
            self.aside.take(key);
            self.aside.put(&place, text.to_owned());
            return Ok(());
        }
        self.aside.put(key, text.to_owned());
        Err(Reason::Unreadable)
    }

    /// Finds the device's id or writes it down. Without it nothing is lost: it only decides between two drafts of the
    /// same instant, so an id for this page alone will do.
    pub(super) fn settle(&mut self) {
        let key = self.keys.meta();
        self.refused = None;
        let found = match self.shelf.get(&key) {
            Ok(found) => found,
            Err(error) => {
                self.refused = Some(error);
                return;
            }
        };
        match restore(found.as_deref()) {
            Restored::Read { dev, hlc, .. } => {
                self.clock.observe(hlc, self.now);
                self.device = dev;
                return;
            }
            Restored::Newer { .. } => return,
            Restored::Empty => {}
            Restored::Damaged { .. } => {
                if self
                    .put_aside(None, &key, found.as_deref().unwrap_or_default())
                    .is_err()
                {
                    return;
                }
                self.told.settings = true;
            }
        }
        let stamp = self.clock.tick(self.now);
        self.refused = self
            .shelf
            .set(&key, &seal(&Record::default(), &self.device, stamp))
            .err();
    }
}
