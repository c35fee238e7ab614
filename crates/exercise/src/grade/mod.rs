use crate::{Answer, Body, Feedback, ItemView, Key, KeyBody, Part, PartState, Verdict};

mod choice;
mod matching;
mod order;
#[cfg(test)]
pub(crate) mod tests;

/// Grades an answer: the one function behind practice, exams, previews, imports and the command line.
///
/// `seed` is the one the item was presented with. No kind of today depends on it; kinds with generated numbers will.
/// An answer that refers to unknown or repeated ids, or is of another kind, is invalid rather than wrong.
#[must_use]
pub fn grade(view: &ItemView, key: &Key, seed: u64, answer: &Answer) -> Verdict {
    let _ = seed;
    match completeness(view, answer) {
        Completeness::Empty => return Verdict::NotAnswered,
        Completeness::Unusable(reason) => return Verdict::invalid(reason),
        Completeness::Partial { .. } | Completeness::Complete => {}
    }
    judge(view, key, answer)
}

/// Grades without asking whether the answer is complete: for showing the right answer beside whatever is there.
pub(crate) fn judge(view: &ItemView, key: &Key, answer: &Answer) -> Verdict {
    match (&view.body, &key.body, answer) {
        (Body::Choice { pick, options, .. }, KeyBody::Choice { rule, options: keys }, Answer::Choice(chosen)) => {
            choice::grade(*pick, options, *rule, keys, chosen)
        }
        (Body::Match { prompts, tokens, .. }, KeyBody::Match { pairs, why, wrong }, Answer::Match(given)) => {
            matching::grade(prompts, tokens, pairs, why, wrong, given)
        }
        (Body::Order { blocks, .. }, KeyBody::Order { rule, blocks: keys }, Answer::Order(given)) => {
            order::grade(blocks, *rule, keys, given)
        }
        _ => Verdict::invalid("This question and its key are of different kinds. Load the page again."),
    }
}

/// Whether an answer is all there. Says nothing of right or wrong, and needs no key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Completeness {
    /// Nothing is given.
    Empty,
    /// Something is given, more is wanted.
    Partial {
        /// How many are chosen or placed.
        given: usize,
        /// How many are wanted.
        wanted: usize,
    },
    /// All that is wanted is given.
    Complete,
    /// It cannot be graded, and why.
    Unusable(String),
}

/// Says whether an answer is all there.
#[must_use]
pub fn completeness(view: &ItemView, answer: &Answer) -> Completeness {
    match (&view.body, answer) {
        (Body::Choice { pick, options, .. }, Answer::Choice(chosen)) => choice::completeness(*pick, options, chosen),
        (Body::Match { prompts, tokens, reuse }, Answer::Match(given)) => {
            matching::completeness(prompts, tokens, *reuse, given)
        }
        (Body::Order { blocks, tray }, Answer::Order(given)) => order::completeness(blocks, *tray, given),
        _ if answer.is_empty() => Completeness::Empty,
        _ => Completeness::Unusable("This answer belongs to another kind of question.".to_owned()),
    }
}

/// The first id that is unknown or stands twice, as a message.
fn unknown_or_repeated<'a>(known: &[crate::Piece], given: impl Iterator<Item = &'a str>) -> Option<String> {
    let mut seen: Vec<&str> = Vec::new();
    for id in given {
        if !known.iter().any(|piece| piece.id == id) {
            return Some(format!(
                "There is nothing called \u{201c}{id}\u{201d} in this question."
            ));
        }
        if seen.contains(&id) {
            return Some(format!("\u{201c}{id}\u{201d} stands twice in this answer."));
        }
        seen.push(id);
    }
    None
}

fn part(id: &str, state: PartState) -> Part {
    Part {
        id: id.to_owned(),
        state,
    }
}

fn reason(id: &str, text: &str) -> Feedback {
    Feedback {
        part: Some(id.to_owned()),
        text: text.to_owned(),
    }
}

/// A scored verdict; the sum comes first. The fraction is kept inside 0..=1 whatever the key says.
fn scored(fraction: f64, sum: String, parts: Vec<Part>, reasons: Vec<Feedback>) -> Verdict {
    let fraction = if fraction.is_finite() {
        fraction.clamp(0.0, 1.0)
    } else {
        0.0
    };
    let mut feedback = vec![Feedback { part: None, text: sum }];
    feedback.extend(reasons);
    Verdict::Scored {
        fraction,
        parts,
        feedback,
    }
}

/// "67 %", with the space that does not break.
pub(crate) fn percent(share: f64) -> String {
    format!("{}\u{a0}%", whole_percent(share))
}

/// A share of 0 to 1 in whole per cent. Whole numbers on purpose: formatting floats costs a page 5 KB.
#[must_use]
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // clamped
pub fn whole_percent(share: f64) -> u32 {
    (share.clamp(0.0, 1.0) * 100.0 + 0.5) as u32
}

#[allow(clippy::cast_precision_loss)] // counts of options: far below 2^52
fn ratio(numerator: usize, denominator: usize) -> f64 {
    if denominator == 0 {
        0.0
    } else {
        numerator as f64 / denominator as f64
    }
}
