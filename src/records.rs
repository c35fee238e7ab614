use leptos::prelude::*;
use sandtable_progress::{AttemptDraft, Behaviour, Keeper, Notice, Record, Saving};

use crate::browser::{clock, files, storage};
use sandtable_exercise::behaviour::{Graded, Run};
use sandtable_exercise::index::ExerciseEntry;
use serde_json::Value;

/// The learner's records on this page: one keeper, and a signal that tells when any of it has changed.
#[derive(Clone, Copy)]
pub(crate) struct Records {
    keeper: StoredValue<Keeper<storage::LocalStorage>, LocalStorage>,
    changed: RwSignal<()>,
}

impl Records {
    /// Opens the records of a course's exercises and listens to other tabs. All are read at once, so that whatever is
    /// wrong with one is told on the first page.
    pub(crate) fn open(course: &str, exercises: &[&str]) -> Self {
        let device = clock::random_hex::<8>();
        let session = clock::random_hex::<8>();
        let mut keeper = Keeper::open(storage::LocalStorage, course, &device, &session, clock::now());
        keeper.records(exercises);
        let records = Records {
            keeper: StoredValue::new_local(keeper),
            changed: RwSignal::new(()),
        };
        storage::on_change(move |key, value| {
            records.change(|keeper| match key {
                Some(key) => drop(keeper.heard(&key, value.as_deref(), clock::now())),
                None => keeper.retry(clock::now()),
            });
        });
        records
    }

    /// Reads what is known of an exercise: its record, and those under the ids that it or its items had before. Whoever
    /// does it in a reactive place is told of changes.
    pub(crate) fn read<T: Default>(self, entry: &ExerciseEntry, read: impl FnOnce(&[&Record]) -> T) -> T {
        self.changed.track();
        // `None` only after the page is gone.
        self.keeper
            .try_update_value(|keeper| read(&keeper.records(&entry.homes())))
            .unwrap_or_default()
    }

    /// The run of an item that was left.
    pub(crate) fn draft(self, exercise: &str, item: &str) -> Option<Value> {
        self.keeper
            .try_update_value(|keeper| keeper.record(exercise).draft(item))?
    }

    /// Adds a graded try and keeps the run.
    pub(crate) fn graded(self, exercise: &str, run: &Run, graded: Graded) {
        let attempt = AttemptDraft {
            item: run.item.clone(),
            version: run.version.clone(),
            seed: run.seed,
            behaviour: Behaviour::Practice,
            f: graded.fraction,
            answer: graded.answer,
            certainty: None,
            hints: graded.hints,
            seconds: graded.seconds,
        };
        self.change(|keeper| {
            keeper.append(exercise, attempt, clock::now());
            keeper.save_draft(exercise, &run.item, run, clock::now());
        });
    }

    /// Keeps a run, so that a reload comes back to it.
    pub(crate) fn keep(self, exercise: &str, run: &Run) {
        self.change(|keeper| keeper.save_draft(exercise, &run.item, run, clock::now()));
    }

    /// What the learner is to be told now.
    pub(crate) fn notices(self) -> Vec<Notice> {
        self.changed.track();
        self.keeper.with_value(Keeper::notices)
    }

    /// Whether everything is written down.
    pub(crate) fn is_saved(self) -> bool {
        self.changed.track();
        self.keeper.with_value(|keeper| keeper.status() == Saving::Saved)
    }

    /// Offers all records as a file.
    pub(crate) fn save_file(self) -> bool {
        let text = self.keeper.with_value(|keeper| keeper.export(clock::now()));
        files::save("progress.sandtable.json", &text)
    }

    fn change(self, change: impl FnOnce(&mut Keeper<storage::LocalStorage>)) {
        self.keeper.update_value(change);
        self.changed.notify();
    }
}
