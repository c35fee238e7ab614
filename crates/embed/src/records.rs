use std::collections::BTreeMap;

use sandtable_exercise::behaviour::{Graded, Run};
use sandtable_exercise::whole_percent;

use crate::browser::host::Port;
use crate::reactive::*;

/// What is known of one quiz while it is on the page: of each item the run that was left and the best score.
#[derive(Clone, Copy)]
pub(crate) struct Records {
    runs: StoredValue<Vec<Run>>,
    best: RwSignal<BTreeMap<String, f64>>,
    port: Port,
}

impl Records {
    /// Nothing yet. The host is told of every try.
    pub(crate) fn new(port: Port) -> Self {
        Records {
            runs: StoredValue::new(Vec::new()),
            best: RwSignal::new(BTreeMap::new()),
            port,
        }
    }

    /// The run of an item that was left.
    pub(crate) fn run(self, _exercise: &str, item: &str) -> Option<Run> {
        let found = |runs: &Vec<Run>| runs.iter().find(|run| run.item == item).cloned();
        self.runs.with_value(found)
    }

    /// Counts a graded try and keeps the run.
    #[allow(clippy::needless_pass_by_value)] // as the app's own has it
    pub(crate) fn graded(self, exercise: &str, run: &Run, graded: Graded) {
        let mut best = self.best.get_untracked();
        let before = best.entry(run.item.clone()).or_insert(0.0);
        *before = before.max(graded.fraction);
        self.best.set(best);
        self.keep(exercise, run);
        self.port
            .tell("graded", &run.item, &whole_percent(graded.fraction).to_string());
    }

    /// Keeps a run, so that the item is as it was left when it is opened again.
    pub(crate) fn keep(self, _exercise: &str, run: &Run) {
        self.runs.try_update_value(|runs| {
            runs.retain(|kept| kept.item != run.item);
            runs.push(run.clone());
        });
    }

    /// The best score of an item, nothing where it was not tried.
    pub(crate) fn best(self, item: &str) -> Option<f64> {
        self.best.with(|best| best.get(item).copied())
    }
}
