use super::Keeper;
use crate::json::{Object, quote};
use crate::sorted::Sorted;
use crate::{Record, Restored, Shelf, restore};

impl<S: Shelf> Keeper<S> {
    /// Everything there is of this course, as one readable JSON document for *Save a file*: each record as it is in
    /// memory and on the shelf together, and each text that could not be read or is of a newer version, to the letter.
    /// It works without a shelf. Nothing is changed.
    ///
    /// `{"format":"sandtable-progress","v":1,"course":..,"device":..,"saved":ms,"exercises":{id: body},"unread":{key:
    /// text}}`, with a line for each attempt and draft.
    #[must_use]
    pub fn export(&self, now: u64) -> String {
        let keys = self.shelf.keys().unwrap_or_default();
        let mut unread = self.aside.clone();
        let mut exercises: Sorted<String> = Sorted::default();
        for (id, _) in self.slots.iter() {
            exercises.put(id, String::new());
        }
        for key in keys {
            if key == self.keys.meta() {
                self.read(&key, &mut unread);
            } else if self.keys.is_aside(&key)
                && let Ok(Some(text)) = self.shelf.get(&key)
            {
                unread.put(&key, text);
            }
            let copy_of = |key: &str| self.keys.exercise(key.strip_suffix(":bak")?);
            if let Some(id) = self.keys.exercise(&key).or_else(|| copy_of(&key)) {
                exercises.put(&id, String::new());
            }
        }
        let mut bodies = Object::new("    ");
        for (id, _) in exercises.iter() {
            let mut record = self.slots.get(id).map(|slot| slot.record.clone()).unwrap_or_default();
            for key in [self.keys.record(id), self.keys.backup(id)] {
                record.merge(&self.read(&key, &mut unread));
            }
            bodies.field(id, &record.to_lines("      "));
        }
        let mut texts = Object::new("    ");
        for (key, text) in unread.iter() {
            texts.field(key, &quote(text));
        }
        let mut export = Object::new("  ");
        export.string("format", "sandtable-progress");
        export.number("v", crate::VERSION);
        export.string("course", &self.course);
        export.string("device", &self.device);
        export.number("saved", now);
        export.field("exercises", &bodies.end());
        export.field("unread", &texts.end());
        export.end() + "\n"
    }

    /// What can be read under a key; what cannot is noted.
    fn read(&self, key: &str, unread: &mut Sorted<String>) -> Record {
        let Ok(Some(text)) = self.shelf.get(key) else {
            return Record::default();
        };
        match restore(Some(&text)) {
            Restored::Read { record, .. } => record,
            Restored::Empty | Restored::Newer { .. } | Restored::Damaged { .. } => {
                unread.put(key, text);
                Record::default()
            }
        }
    }
}
