use super::{Phase, Run, empty, judge};
use crate::grade::percent;
use crate::{Answer, Body, Completeness, ItemView, Key, PartState, Pick, Verdict, completeness, solution};

/// Everything a page may show of a run. Holds no reason and no answer before its time.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// What became of each option, prompt or block. While tries are left, what was missed counts as left.
    pub marks: Vec<(String, PartState)>,
    /// Reasons by option, prompt or block, as sanitised HTML.
    pub reasons: Vec<(String, String)>,
    /// The line in the bar.
    pub status: Status,
    /// What the one primary button does.
    pub primary: Primary,
    /// The price of the next hint, 0 to 1; `None` when there is none.
    pub next_hint: Option<f64>,
    /// Hints taken, as sanitised HTML.
    pub hints: Vec<String>,
    /// Whether the answer may be asked for.
    pub offers_answer: bool,
    /// Whether there is a change of the answer to take back.
    pub can_undo: bool,
    /// Whether there is one to make again.
    pub can_redo: bool,
    /// Whether a try was judged or the answer told: then the objective and the way to report a fault are there.
    pub is_answered: bool,
    /// The end, once it is reached.
    pub ending: Option<Ending>,
}

impl Shown {
    /// What became of a part, where it may be shown.
    #[must_use]
    pub fn mark(&self, part: &str) -> Option<PartState> {
        self.marks.iter().find(|(id, _)| id == part).map(|(_, state)| *state)
    }

    /// The reason for a part, where it may be shown.
    #[must_use]
    pub fn reason(&self, part: &str) -> Option<&str> {
        self.reasons
            .iter()
            .find(|(id, _)| id == part)
            .map(|(_, reason)| reason.as_str())
    }
}

/// What is told at the end of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Ending {
    /// The right answer; of several right orders, one.
    pub solution: Answer,
    /// The whole explanation, as sanitised HTML.
    pub explain: String,
    /// Keys of the sources.
    pub sources: Vec<String>,
}

/// The line in the bar: a shape, a word and the sum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// Its shape and colour.
    pub tone: Tone,
    /// The word, "Partly right.".
    pub lead: String,
    /// The rest, "3 right, 1 wrong: (3-1)/4. 2 tries left, worth up to 67 %.".
    pub rest: String,
}

/// How a status looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Nothing is judged.
    Plain,
    /// Right.
    Right,
    /// Partly right.
    Partial,
    /// Wrong.
    Wrong,
    /// Could not be graded.
    Invalid,
}

impl Tone {
    /// The name used in markup.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Tone::Plain => "plain",
            Tone::Right => "right",
            Tone::Partial => "partial",
            Tone::Wrong => "wrong",
            Tone::Invalid => "invalid",
        }
    }
}

/// What the one primary button does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Primary {
    /// Grades the answer.
    Check,
    /// Clears the marks and keeps the choices.
    TryAgain,
    /// Goes on to the next item.
    Next,
}

/// Says everything a page may show of a run.
#[must_use]
pub fn show(run: &Run, view: &ItemView, key: &Key, tries: u32) -> Shown {
    let verdict = match run.phase {
        Phase::Answering => None,
        Phase::Checked | Phase::Done => {
            let last = run.tries.last().map(|one| &one.answer);
            let given = last.or(run.answer.as_ref()).cloned().unwrap_or_else(|| empty(view));
            Some(judge(view, key, &given))
        }
    };
    let is_done = run.phase == Phase::Done;
    let (marks, reasons, missed) = visible(verdict.as_ref(), is_done);
    let hints_taken = run.hints as usize;
    Shown {
        status: status(run, view, key, tries, verdict.as_ref(), missed),
        marks,
        reasons,
        primary: match run.phase {
            Phase::Answering => Primary::Check,
            Phase::Checked => Primary::TryAgain,
            Phase::Done => Primary::Next,
        },
        next_hint: if is_done {
            None
        } else {
            view.hint_prices.get(hints_taken).copied()
        },
        hints: key
            .hints
            .iter()
            .take(hints_taken)
            .map(|hint| hint.html.clone())
            .collect(),
        offers_answer: !is_done,
        can_undo: !is_done && run.history.can_undo(),
        can_redo: !is_done && run.history.can_redo(),
        is_answered: is_done || !run.tries.is_empty(),
        ending: is_done.then(|| Ending {
            solution: solution(view, key),
            explain: key.explain.clone(),
            sources: key.sources.clone(),
        }),
    }
}

type Marks = Vec<(String, PartState)>;
type Reasons = Vec<(String, String)>;

/// Marks and reasons that may be seen, and how many right parts were missed.
fn visible(verdict: Option<&Verdict>, is_done: bool) -> (Marks, Reasons, usize) {
    let Some(Verdict::Scored { parts, feedback, .. }) = verdict else {
        return (Vec::new(), Vec::new(), 0);
    };
    let missed = parts.iter().filter(|part| part.state == PartState::Missed).count();
    let marks: Marks = parts
        .iter()
        .map(|part| match part.state {
            PartState::Missed if !is_done => (part.id.clone(), PartState::Left),
            state => (part.id.clone(), state),
        })
        .collect();
    let is_marked = |id: &str| {
        marks
            .iter()
            .any(|(marked, state)| marked == id && *state != PartState::Left)
    };
    let reasons = feedback
        .iter()
        .filter_map(|one| Some((one.part.clone()?, one.text.clone())))
        .filter(|(id, text)| !text.is_empty() && is_marked(id))
        .collect();
    (marks, reasons, missed)
}

fn status(run: &Run, view: &ItemView, key: &Key, tries: u32, verdict: Option<&Verdict>, missed: usize) -> Status {
    if let Some(refused) = &run.refused {
        return Status {
            tone: Tone::Invalid,
            lead: refused.clone(),
            rest: left(run, view, tries),
        };
    }
    let Some(Verdict::Scored { fraction, feedback, .. }) = verdict else {
        let lead = progress(view, run.answer.as_ref());
        return Status {
            tone: Tone::Plain,
            lead,
            rest: left(run, view, tries),
        };
    };
    let sum = feedback
        .iter()
        .find(|one| one.part.is_none())
        .map_or("", |one| one.text.as_str());
    let find = match (&view.body, missed) {
        (Body::Choice { pick, .. }, missed) if missed > 0 && *pick != Pick::One => format!(" {missed} still to find."),
        _ => String::new(),
    };
    let is_done = run.phase == Phase::Done;
    let (tone, lead, mut rest) = if run.tries.is_empty() {
        (Tone::Plain, "Here is the answer.", String::new())
    } else if *fraction >= 1.0 {
        (Tone::Right, "Right.", String::new())
    } else if *fraction > 0.0 && is_done {
        (Tone::Partial, "Partly right.", format!("{sum} Here is the answer."))
    } else if *fraction > 0.0 {
        (
            Tone::Partial,
            "Partly right.",
            format!("{sum}{find} {}", left(run, view, tries)),
        )
    } else if is_done {
        (Tone::Wrong, "Not right.", "Here is the answer.".to_owned())
    } else if matches!(view.body, Body::Choice { pick: Pick::One, .. }) {
        (Tone::Wrong, "Not yet.", left(run, view, tries))
    } else {
        (Tone::Wrong, "Not yet.", format!("{sum} {}", left(run, view, tries)))
    };
    if is_done && let Some(score) = run.score(view, key) {
        let separator = if rest.is_empty() { "" } else { " " };
        rest = format!("{rest}{separator}Worth {}.", percent(score));
    }
    Status {
        tone,
        lead: lead.to_owned(),
        rest,
    }
}

/// "2 of 2 chosen": how far an answer has come.
fn progress(view: &ItemView, answer: Option<&Answer>) -> String {
    let given = match answer {
        None | Some(Answer::Design(_)) => 0,
        Some(Answer::Choice(ids) | Answer::Order(ids)) => ids.len(),
        Some(Answer::Match(pairs)) => pairs.len(),
    };
    match &view.body {
        Body::Choice { pick: Pick::One, .. } => format!("{given} of 1 chosen"),
        Body::Choice {
            pick: Pick::Exactly(wanted),
            ..
        } => format!("{given} of {wanted} chosen"),
        Body::Choice { pick: Pick::Any, .. } => format!("{given} chosen"),
        Body::Match { prompts, .. } => format!("{given} of {} placed", prompts.len()),
        Body::Order { tray: true, .. } => format!("{given} in the list"),
        Body::Order { .. } if given == 0 => "Not moved yet".to_owned(),
        Body::Order { blocks, .. } => match answer.map(|answer| completeness(view, answer)) {
            Some(Completeness::Complete) => format!("{} in your order", blocks.len()),
            _ => format!("{given} of {} in the list", blocks.len()),
        },
    }
}

/// "2 tries left, worth up to 67 %." Nothing on an untouched first try, where all is still open.
fn left(run: &Run, view: &ItemView, tries: u32) -> String {
    let left = (tries as usize).saturating_sub(run.tries.len());
    let worth = run.worth(view);
    match left {
        _ if run.tries.is_empty() && worth >= 1.0 => String::new(),
        1 => format!("1 try left, worth up to {}.", percent(worth)),
        _ => format!("{left} tries left, worth up to {}.", percent(worth)),
    }
}
