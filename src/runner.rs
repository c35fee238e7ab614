use std::sync::Arc;

use sandtable_exercise::behaviour::{Event, Run, Shown, show, step};
use sandtable_exercise::{Answer, Body, Item, ItemView, Key, Presentation, fresh_seed, present};

use crate::browser::{clock, focus};
use crate::dom::{derive, keep, memo};
use crate::reactive::*;
use crate::records::Records;
use crate::shell::Announcer;

/// One item being answered: the one owner of its run, and the one place that holds its key.
#[derive(Clone, Copy)]
pub(crate) struct Runner {
    view: StoredValue<Arc<ItemView>>,
    key: StoredValue<Key>,
    tries: u32,
    exercise: StoredValue<String>,
    /// How far it is.
    pub(crate) run: RwSignal<Run>,
    records: Records,
    /// Everything the page may show.
    pub(crate) shown: Memo<Shown>,
}

/// What a widget is given: the question without its key, what is answered, what may be shown, and a way to answer.
#[derive(Clone)]
pub struct Stage {
    /// The question.
    pub view: Arc<ItemView>,
    /// The layout of this run.
    pub layout: Memo<Presentation>,
    /// What is given at the moment.
    pub answer: Signal<Option<Answer>>,
    /// What may be shown.
    pub shown: Memo<Shown>,
    /// Takes the whole new answer.
    pub give: Callback<Answer>,
    /// Says something to a screen reader.
    pub say: Callback<String>,
}

impl Runner {
    /// Goes on with the run that the record holds, or begins one.
    pub(crate) fn open(exercise: &str, item: Item, tries: u32, records: Records) -> Self {
        let (view, key) = item.split();
        let run = records
            .run(exercise, &view.id)
            .filter(|run| run.fits(&view, &key, tries))
            .unwrap_or_else(|| Run::new(&view, fresh_seed(&view, &key, clock::seed()), 0))
            .resumed(clock::now());
        let run = RwSignal::new(run);
        let view = StoredValue::new(Arc::new(view));
        let key = StoredValue::new(key);
        let shown =
            memo(move || run.with(|run| view.with_value(|view| key.with_value(|key| show(run, view, key, tries)))));
        Runner {
            view,
            key,
            tries,
            exercise: keep(exercise),
            run,
            records,
            shown,
        }
    }

    /// Takes what the learner did: the next state, the record, the page.
    pub(crate) fn send(self, event: Event) {
        let before = self.run.get_untracked();
        let (run, graded) = self.view.with_value(|view| {
            self.key
                .with_value(|key| step(&before, view, key, self.tries, event, clock::now()))
        });
        if run == before {
            return;
        }
        self.exercise.with_value(|exercise| match graded {
            Some(graded) => self.records.graded(exercise, &run, graded),
            None => self.records.keep(exercise, &run),
        });
        self.run.set(run);
    }

    /// Begins the item anew with another layout.
    pub(crate) fn restart(self) {
        let seed = self
            .view
            .with_value(|view| self.key.with_value(|key| fresh_seed(view, key, clock::seed())));
        self.send(Event::Restart { seed });
        // The button goes with the ending.
        focus::later("#question");
    }

    /// The question.
    pub(crate) fn view(self) -> Arc<ItemView> {
        self.view.get_value()
    }

    /// How many options can be chosen now.
    pub(crate) fn options(self) -> usize {
        let is_over = self.shown.with_untracked(|shown| shown.ending.is_some());
        match &self.view.get_value().body {
            Body::Choice { options, .. } if !is_over => options.len(),
            _ => 0,
        }
    }

    /// What a widget is given.
    pub(crate) fn stage(self, announcer: Announcer) -> Stage {
        let Runner { view, run, shown, .. } = self;
        Stage {
            view: view.get_value(),
            layout: memo(move || run.with(|run| view.with_value(|view| present(view, run.seed)))),
            answer: derive(move || run.with(|run| run.answer.clone())),
            shown,
            give: Callback::new(move |answer| self.send(Event::Give(answer))),
            say: Callback::new(move |text| announcer.say(text)),
        }
    }
}
