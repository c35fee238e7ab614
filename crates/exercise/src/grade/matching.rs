use std::collections::BTreeMap;

use super::{Completeness, part, ratio, reason, scored};
use crate::{PartState, Piece, Verdict, WrongPair};

/// Grades the placed tokens. With decoys an empty board would score, so that share is taken off:
/// `raw = (placed right + decoys left out) / all`, `f = max(0, (raw - f0) / (1 - f0))`, `f0 = D / T`.
pub(super) fn grade(
    prompts: &[Piece],
    tokens: &[Piece],
    pairs: &BTreeMap<String, String>,
    why: &BTreeMap<String, String>,
    wrong: &[WrongPair],
    given: &BTreeMap<String, String>,
) -> Verdict {
    let (mut parts, mut reasons) = (Vec::new(), Vec::new());
    let mut right = 0;
    for prompt in prompts {
        let Some(belongs) = pairs.get(&prompt.id) else { continue };
        let why_token = |token: &str| why.get(token).map_or("", String::as_str);
        match given.get(&prompt.id) {
            Some(token) if token == belongs => {
                right += 1;
                parts.push(part(&prompt.id, PartState::Right));
            }
            Some(token) => {
                let particular = wrong
                    .iter()
                    .find(|pair| pair.prompt == prompt.id && &pair.token == token);
                parts.push(part(&prompt.id, PartState::Wrong));
                reasons.push(reason(
                    &prompt.id,
                    particular.map_or_else(|| why_token(token), |pair| &pair.why),
                ));
            }
            None => parts.push(part(&prompt.id, PartState::Missed)),
        }
    }
    let is_decoy = |token: &str| !pairs.values().any(|id| id == token);
    let decoys = tokens.iter().filter(|token| is_decoy(&token.id)).count();
    // A decoy that serves two prompts is one decoy placed.
    let placed = |token: &str| given.values().any(|id| id == token);
    let placed_decoys = tokens
        .iter()
        .filter(|token| is_decoy(&token.id) && placed(&token.id))
        .count();
    let all = prompts.len() + decoys;
    let empty_board = ratio(decoys, all);
    let raw = ratio(right + decoys - placed_decoys, all);
    let fraction = ((raw - empty_board) / (1.0 - empty_board)).max(0.0);
    let prompts = prompts.len();
    let sum = match placed_decoys {
        0 => format!("{right} of {prompts} right."),
        n => format!(
            "{right} right, {n} that belong{} nowhere: ({right}-{n})/{prompts}.",
            if n == 1 { "s" } else { "" }
        ),
    };
    scored(fraction, sum, parts, reasons)
}

/// Whether every prompt has its token.
pub(super) fn completeness(
    prompts: &[Piece],
    tokens: &[Piece],
    reuse: bool,
    given: &BTreeMap<String, String>,
) -> Completeness {
    if given.is_empty() {
        return Completeness::Empty;
    }
    let mut used: Vec<&String> = Vec::new();
    for (prompt, token) in given {
        for (id, known) in [(prompt, prompts), (token, tokens)] {
            if !known.iter().any(|piece| piece.id == *id) {
                return Completeness::Unusable(format!(
                    "There is nothing called \u{201c}{id}\u{201d} in this question."
                ));
            }
        }
        if used.contains(&token) && !reuse {
            return Completeness::Unusable(format!("\u{201c}{token}\u{201d} is placed twice."));
        }
        used.push(token);
    }
    if given.len() < prompts.len() {
        Completeness::Partial {
            given: given.len(),
            wanted: prompts.len(),
        }
    } else {
        Completeness::Complete
    }
}
