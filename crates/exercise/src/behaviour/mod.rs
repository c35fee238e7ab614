//! How an item is run: practice, as a pure state machine.
//!
//! [`step`] takes what the learner did and gives the next state; [`show`] says everything a page may show in a state.
//! The key goes in here and only here: what comes out holds a reason or an answer only once it may be seen.

use serde::Serialize;

use crate::grade::judge;
use crate::{Answer, Body, Completeness, ItemView, Key, Verdict, completeness, grade};

mod history;
mod show;
#[cfg(test)]
mod tests;

pub use history::{History, STEPS};
pub use show::{Ending, Primary, Shown, Status, Tone, show};

/// Tries a practised item has unless its author set one.
pub const TRIES: u32 = 3;

/// A pause between two acts counts as work for five minutes at most: a long case is read in that time, and a page that
/// was left open over a night says nothing of how long somebody worked.
pub const PAUSE: u64 = 5 * 60 * 1000;

/// One run through an item: everything that is needed to go on after a reload, and nothing that can be derived.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Run {
    /// Full item id.
    pub item: String,
    /// Content version the run began with.
    pub version: String,
    /// Seed of the layout, below 2^53.
    pub seed: u64,
    /// When the work that is not yet in `worked` began: when the item was opened on this page, or the last act. In
    /// milliseconds since 1970.
    pub opened: u64,
    /// Milliseconds worked before that.
    pub worked: u64,
    /// What is given at the moment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<Answer>,
    /// Graded tries, first to last.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tries: Vec<Try>,
    /// Hints taken so far.
    pub hints: u32,
    /// Where it stands.
    pub phase: Phase,
    /// Why the last Check could not be graded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refused: Option<String>,
    /// What can be taken back. It lives as long as the page and is not stored.
    #[serde(skip)]
    pub history: History,
}

/// A graded try. Its score is derived by grading again.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Try {
    /// What was given.
    pub answer: Answer,
    /// Hints taken before it.
    pub hints: u32,
}

/// Where a run stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Phase {
    /// The learner is answering.
    Answering,
    /// A try is graded and its reasons are shown; tries are left.
    Checked,
    /// Right, out of tries, or the answer was asked for.
    Done,
}

/// What a learner did.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// Chose, placed or moved something: the whole new answer.
    Give(Answer),
    /// Took the last change of the answer back.
    Undo,
    /// Made the change again that was taken back last.
    Redo,
    /// Asked for the verdict.
    Check,
    /// Wants another try with the same choices.
    TryAgain,
    /// Took the next hint.
    Hint,
    /// Asked for the answer.
    ShowAnswer,
    /// Begins anew with another layout.
    Restart {
        /// Seed of the new layout; [`crate::fresh_seed`] gives a good one.
        seed: u64,
    },
}

/// A try that was graded in a step: what the record keeps.
#[derive(Clone, Debug, PartialEq)]
pub struct Graded {
    /// What was given.
    pub answer: Answer,
    /// Its score before any penalty, 0 to 1.
    pub fraction: f64,
    /// Hints taken before it.
    pub hints: u32,
    /// Seconds worked since the run began; see [`PAUSE`].
    pub seconds: u32,
}

impl Run {
    /// Begins a run. `now` is in milliseconds since 1970.
    #[must_use]
    pub fn new(view: &ItemView, seed: u64, now: u64) -> Self {
        Run {
            item: view.id.clone(),
            version: view.version.clone(),
            seed,
            opened: now,
            worked: 0,
            answer: None,
            tries: Vec::new(),
            hints: 0,
            phase: Phase::Answering,
            refused: None,
            history: History::default(),
        }
    }

    /// The run opened on a page again: the time since it was left is no work.
    #[must_use]
    pub fn resumed(self, now: u64) -> Self {
        Run { opened: now, ..self }
    }

    /// Another answer than the one that was judged or refused.
    fn changed(&mut self) {
        self.phase = Phase::Answering;
        self.refused = None;
    }

    /// Milliseconds worked until `now`.
    fn worked_until(&self, now: u64) -> u64 {
        self.worked.saturating_add(now.saturating_sub(self.opened).min(PAUSE))
    }

    /// Whether a stored run can go on with this item as it is now: same content, and nothing that could not have come
    /// about here. A run that cannot go on is begun anew; the tries it led to are in the record.
    #[must_use]
    pub fn fits(&self, view: &ItemView, key: &Key, tries: u32) -> bool {
        let gradable = |answer: &Answer| matches!(grade(view, key, self.seed, answer), Verdict::Scored { .. });
        let has_tries = !self.tries.is_empty();
        self.item == view.id
            && self.version == view.version
            && self.hints as usize <= view.hint_prices.len()
            && self.tries.len() <= tries as usize
            && self
                .tries
                .iter()
                .all(|one| one.hints <= self.hints && gradable(&one.answer))
            && self.answer.as_ref().is_none_or(|answer| !is_foreign(view, answer))
            && match self.phase {
                Phase::Answering => self.tries.len() < tries as usize,
                Phase::Checked => has_tries && self.tries.len() < tries as usize,
                Phase::Done => true,
            }
    }

    /// The score so far: the best try less its penalty, 0 to 1. `None` before the first try.
    ///
    /// `max over tries i of max(0, f_i - (i - 1) / 3 - prices of the hints taken before it)`.
    #[must_use]
    pub fn score(&self, view: &ItemView, key: &Key) -> Option<f64> {
        self.tries
            .iter()
            .zip(0_u32..)
            .filter_map(|(one, before)| {
                let fraction = grade(view, key, self.seed, &one.answer).fraction()?;
                Some((fraction - penalty(view, before, one.hints)).max(0.0))
            })
            .reduce(f64::max)
    }

    /// What the next try can be worth at most, 0 to 1.
    #[must_use]
    pub fn worth(&self, view: &ItemView) -> f64 {
        let before = u32::try_from(self.tries.len()).unwrap_or(u32::MAX);
        (1.0 - penalty(view, before, self.hints)).max(0.0)
    }
}

/// What `before` earlier tries and `hints` hints take off.
fn penalty(view: &ItemView, before: u32, hints: u32) -> f64 {
    f64::from(before) / 3.0 + view.hint_prices.iter().take(hints as usize).sum::<f64>()
}

/// True for an answer that this item could not have given: of another kind, or with ids it does not know.
fn is_foreign(view: &ItemView, answer: &Answer) -> bool {
    let too_many = matches!((&view.body, answer), (Body::Choice { options, .. }, Answer::Choice(ids))
        if ids.iter().all(|id| options.iter().any(|option| option.id == *id)));
    matches!(completeness(view, answer), Completeness::Unusable(_)) && !too_many
}

/// What the learner did, and where the run stands after it. An event that makes no sense in a state changes nothing.
///
/// `tries` is how many the exercise gives; `now` is in milliseconds since 1970. The second value is the try to record,
/// where one was graded.
#[must_use]
pub fn step(run: &Run, view: &ItemView, key: &Key, tries: u32, event: Event, now: u64) -> (Run, Option<Graded>) {
    let mut next = run.clone();
    let mut graded = None;
    match (event, run.phase) {
        (Event::Restart { seed }, _) => return (Run::new(view, seed, now), None),
        (Event::Give(answer), Phase::Answering | Phase::Checked) => {
            let before = next.answer.replace(answer);
            if before != next.answer {
                next.history.gave(before);
            }
            next.changed();
        }
        (event @ (Event::Undo | Event::Redo), Phase::Answering | Phase::Checked)
            if next.history.go(&mut next.answer, event == Event::Redo) =>
        {
            next.changed();
        }
        (Event::TryAgain, Phase::Checked) => next.phase = Phase::Answering,
        (Event::Hint, Phase::Answering | Phase::Checked) if (run.hints as usize) < view.hint_prices.len() => {
            next.hints += 1;
        }
        (Event::ShowAnswer, Phase::Answering | Phase::Checked) => {
            next.phase = Phase::Done;
            next.refused = None;
        }
        (Event::Check, Phase::Answering) => graded = check(&mut next, view, key, tries, now),
        _ => {}
    }
    if next != *run {
        next.worked = run.worked_until(now);
        next.opened = now;
    }
    (next, graded)
}

fn check(run: &mut Run, view: &ItemView, key: &Key, tries: u32, now: u64) -> Option<Graded> {
    let verdict = run
        .answer
        .as_ref()
        .map_or(Verdict::NotAnswered, |answer| grade(view, key, run.seed, answer));
    let (Verdict::Scored { fraction, .. }, Some(answer)) = (&verdict, &run.answer) else {
        run.refused = Some(match verdict {
            Verdict::Invalid { feedback } => feedback.into_iter().map(|one| one.text).collect::<Vec<_>>().join(" "),
            Verdict::NotAnswered | Verdict::Scored { .. } => nothing_given(view).to_owned(),
        });
        return None;
    };
    let graded = Graded {
        answer: answer.clone(),
        fraction: *fraction,
        hints: run.hints,
        seconds: u32::try_from(run.worked_until(now) / 1000).unwrap_or(u32::MAX),
    };
    run.tries.push(Try {
        answer: answer.clone(),
        hints: run.hints,
    });
    run.refused = None;
    let is_last = run.tries.len() >= tries as usize;
    run.phase = if *fraction >= 1.0 || is_last {
        Phase::Done
    } else {
        Phase::Checked
    };
    Some(graded)
}

fn nothing_given(view: &ItemView) -> &'static str {
    match view.body {
        Body::Choice { .. } => "Choose an answer first.",
        Body::Match { .. } => "Place a token first.",
        Body::Order { tray: true, .. } => "Put a block into the list first.",
        Body::Order { .. } => "Move a block first.",
    }
}

/// The empty answer of an item's kind.
fn empty(view: &ItemView) -> Answer {
    match view.body {
        Body::Choice { .. } => Answer::Choice(vec![]),
        Body::Match { .. } => Answer::Match(std::collections::BTreeMap::new()),
        Body::Order { .. } => Answer::Order(vec![]),
    }
}
