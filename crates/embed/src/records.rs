use sandtable_exercise::behaviour::{Graded, Run};
use sandtable_exercise::whole_percent;

use crate::browser::host::Port;
use crate::kept::{Kept, text};
use crate::reactive::*;

/// What is known of one quiz while it is on the page: of each item the run that was left and the best score.
#[derive(Clone, Copy)]
pub(crate) struct Records {
    runs: StoredValue<Vec<Run>>,
    best: RwSignal<Vec<(String, f64)>>,
    port: Port,
}

impl Records {
    /// What the host had kept. It is told of every try, of every change of a run, and of what it kept in vain.
    pub(crate) fn new(port: Port, kept: Kept) -> Self {
        for item in &kept.unread {
            port.tell("unread", item, "");
        }
        Records {
            runs: StoredValue::new(kept.runs),
            best: RwSignal::new(kept.best),
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
        let before = best
            .iter()
            .find(|(item, _)| *item == run.item)
            .map_or(0.0, |(_, best)| *best);
        best.retain(|(item, _)| *item != run.item);
        best.push((run.item.clone(), before.max(graded.fraction)));
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
        self.port.tell("run", &run.item, &text(run));
    }

    /// The best score of an item, nothing where it was not tried.
    pub(crate) fn best(self, item: &str) -> Option<f64> {
        let found = |best: &Vec<(String, f64)>| best.iter().find(|(of, _)| of == item).map(|(_, best)| *best);
        self.best.with(found)
    }
}
