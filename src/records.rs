use leptos::prelude::*;
use sandtable_progress::{AttemptDraft, Behaviour, Keeper, Notice, Record, Saving};

use sandtable_exercise::behaviour::{Graded, Run};
use sandtable_exercise::index::{ExerciseEntry, ItemEntry};
use sandtable_exercise::read::{answer, run};
use sandtable_exercise::whole_percent;
use sandtable_progress::overview::item_states;
use sandtable_progress::summary::ItemState;
use serde_json::Value;

use crate::browser::{clock, files, storage};

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
    pub(crate) fn run(self, exercise: &str, item: &str) -> Option<Run> {
        let draft = self
            .keeper
            .try_update_value(|keeper| keeper.record(exercise).draft(item))?;
        run(&draft?).ok()
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

    /// What a builder is told when it is mounted: the stage to show, the address that leads up, and of each item the
    /// design that was kept and the best score so far, in per cent. Ids are words of letters and digits, so they need
    /// no quoting.
    pub(crate) fn designs(self, entry: &ExerciseEntry, stage: &str, up: &str) -> String {
        let mut items = String::new();
        let states = untrack(|| self.read(entry, |records| item_states(entry, records)));
        let drafts = self.keeper.try_update_value(|keeper| {
            let record = keeper.record(&entry.id);
            let draft = |item: &ItemEntry| record.draft_text(&item.id).unwrap_or("null").to_owned();
            entry.items.iter().map(draft).collect::<Vec<_>>()
        });
        for ((item, state), draft) in entry.items.iter().zip(states).zip(drafts.unwrap_or_default()) {
            let id = &item.id;
            let best = match state {
                ItemState::NotSeen => "null".to_owned(),
                ItemState::Tried { best, .. } | ItemState::Right { best, .. } => whole_percent(best).to_string(),
            };
            let comma = if items.is_empty() { "" } else { "," };
            items += &[comma, "\"", id, "\":{\"best\":", &best, ",\"draft\":", &draft, "}"].concat();
        }
        [
            "{\"stage\":\"",
            stage,
            "\",\"up\":\"",
            up,
            "\",\"items\":{",
            &items,
            "}}",
        ]
        .concat()
    }

    /// Keeps a design, as the builder wrote it.
    pub(crate) fn keep_design(self, exercise: &str, item: &str, text: &str) {
        self.change(|keeper| {
            keeper.save_draft_text(exercise, item, text, clock::now());
        });
    }

    /// Adds a checked design: `text` is what the builder says of it. What cannot be read is no attempt.
    pub(crate) fn design_checked(self, exercise: &str, item: &str, text: &str) {
        let Ok(checked) = serde_json::from_str::<Value>(text) else {
            return;
        };
        let number = |name: &str| checked[name].as_u64().and_then(|number| u32::try_from(number).ok());
        let (Some(version), Some(f), Ok(answer)) = (
            checked["version"].as_str(),
            checked["f"].as_f64(),
            answer(&checked["answer"]),
        ) else {
            return;
        };
        let attempt = AttemptDraft {
            item: item.to_owned(),
            version: version.to_owned(),
            // Each check counts by itself: to try again is what building is.
            seed: clock::seed(),
            behaviour: Behaviour::Practice,
            f,
            answer,
            certainty: None,
            hints: number("hints").unwrap_or(0),
            seconds: number("seconds").unwrap_or(0),
        };
        self.change(|keeper| {
            keeper.append(exercise, attempt, clock::now());
        });
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
