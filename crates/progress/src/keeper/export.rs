use std::collections::{BTreeMap, BTreeSet};

use super::Keeper;
use crate::record::{join, quote};
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
        let mut ids: BTreeSet<String> = self.slots.keys().cloned().collect();
        for key in keys {
            if key == self.keys.meta() {
                self.read(&key, &mut unread);
            } else if self.keys.is_aside(&key)
                && let Ok(Some(text)) = self.shelf.get(&key)
            {
                unread.insert(key.clone(), text);
            }
            ids.extend(
                self.keys
                    .exercise(&key)
                    .or_else(|| self.keys.exercise(key.strip_suffix(":bak")?)),
            );
        }
        let mut exercises = BTreeMap::new();
        for id in ids {
            let mut record = self.slots.get(&id).map(|slot| slot.record.clone()).unwrap_or_default();
            for key in [self.keys.record(&id), self.keys.backup(&id)] {
                record.merge(&self.read(&key, &mut unread));
            }
            exercises.insert(id, record.to_lines("      "));
        }
        let unread: Vec<(String, String)> = unread.into_iter().map(|(key, text)| (key, quote(&text))).collect();
        let fields = [
            ("format", quote("sandtable-progress")),
            ("v", crate::VERSION.to_string()),
            ("course", quote(&self.course)),
            ("device", quote(&self.device)),
            ("saved", now.to_string()),
            (
                "exercises",
                join(exercises.iter().map(|(id, body)| (id.as_str(), body.as_str())), "    "),
            ),
            (
                "unread",
                join(unread.iter().map(|(key, text)| (key.as_str(), text.as_str())), "    "),
            ),
        ];
        join(fields.iter().map(|(name, json)| (*name, json.as_str())), "  ") + "\n"
    }

    /// What can be read under a key; what cannot is noted.
    fn read(&self, key: &str, unread: &mut BTreeMap<String, String>) -> Record {
        let Ok(Some(text)) = self.shelf.get(key) else {
            return Record::default();
        };
        match restore(Some(&text)) {
            Restored::Read { record, .. } => record,
            Restored::Empty | Restored::Newer { .. } | Restored::Damaged { .. } => {
                unread.insert(key.to_owned(), text);
                Record::default()
            }
        }
    }
}
