use super::{Completeness, part, ratio, reason, scored, unknown_or_repeated};
use crate::{BlockKey, OrderRule, PartState, Piece, Verdict};

/// Grades the order of blocks.
///
/// A block counts as right when it belongs to the largest set of blocks whose order breaks no dependency: the rest are
/// those that have to move.
pub(super) fn grade(blocks: &[Piece], rule: OrderRule, keys: &[BlockKey], given: &[String]) -> Verdict {
    let key_of = |id: &str| keys.iter().find(|key| key.id == id);
    let belongs = |id: &str| key_of(id).is_some_and(|key| key.after.is_some());
    let placed: Vec<&str> = given.iter().map(String::as_str).filter(|id| belongs(id)).collect();
    let conflicts = conflicts(&placed, keys);
    let kept: Vec<&str> = largest_without_conflict(&conflicts)
        .into_iter()
        .filter_map(|place| placed.get(place).copied())
        .collect();
    let (mut parts, mut reasons) = (Vec::new(), Vec::new());
    for block in blocks {
        let id = block.id.as_str();
        let state = match (given.contains(&block.id), belongs(id)) {
            (true, true) if kept.contains(&id) => PartState::Right,
            (true, _) => PartState::Wrong,
            (false, true) => PartState::Missed,
            (false, false) => PartState::Left,
        };
        parts.push(part(id, state));
        if matches!(state, PartState::Wrong | PartState::Missed)
            && let Some(key) = key_of(id)
        {
            reasons.push(reason(id, &key.why));
        }
    }
    let wanted = keys.iter().filter(|key| key.after.is_some()).count();
    let (fraction, sum) = match rule {
        OrderRule::Inversions => by_inversions(placed.len(), &conflicts),
        OrderRule::LongestRun => by_longest_run(kept.len(), wanted),
        OrderRule::Edits => by_edits(given.len(), kept.len(), wanted),
    };
    scored(fraction, sum, parts, reasons)
}

/// Whether every block is in the list; with a tray, that is for the learner to say.
pub(super) fn completeness(blocks: &[Piece], tray: bool, given: &[String]) -> Completeness {
    if given.is_empty() {
        return Completeness::Empty;
    }
    if let Some(reason) = unknown_or_repeated(blocks, given.iter().map(String::as_str)) {
        return Completeness::Unusable(reason);
    }
    if tray || given.len() == blocks.len() {
        Completeness::Complete
    } else {
        Completeness::Unusable(format!(
            "{} of {} blocks are in the list. Every block has a place.",
            given.len(),
            blocks.len()
        ))
    }
}

fn by_inversions(n: usize, conflicts: &[Vec<usize>]) -> (f64, String) {
    let pairs = n * n.saturating_sub(1) / 2;
    let inverted = conflicts.iter().map(Vec::len).sum::<usize>() / 2;
    let sum = match inverted {
        0 => format!("All {n} in order."),
        1 => format!("1 of {pairs} pairs is in the wrong order: 1-2\u{d7}1/{pairs}."),
        _ => format!("{inverted} of {pairs} pairs are in the wrong order: 1-2\u{d7}{inverted}/{pairs}."),
    };
    // 1 - 4 inv / (n (n - 1)): twice the share of pairs, so that a reversed list, not a random one, is the zero.
    (
        if pairs == 0 {
            1.0
        } else {
            (1.0 - 2.0 * ratio(inverted, pairs)).max(0.0)
        },
        sum,
    )
}

fn by_longest_run(kept: usize, wanted: usize) -> (f64, String) {
    let fraction = if wanted < 2 {
        ratio(kept, wanted)
    } else {
        ratio(kept.saturating_sub(1), wanted - 1)
    };
    (
        fraction,
        format!("{kept} of {wanted} stand in order: ({kept}-1)/({wanted}-1)."),
    )
}

fn by_edits(given: usize, kept: usize, wanted: usize) -> (f64, String) {
    let edits = (given - kept) + (wanted - kept);
    let fraction = ratio(wanted.saturating_sub(edits), wanted);
    let sum = match edits {
        0 => format!("All {wanted} in order."),
        _ => format!("{edits} to take out or put in: ({wanted}-{edits})/{wanted}."),
    };
    (fraction, sum)
}

/// All blocks that have to come before a block, directly or not. A cycle in the key ends where it began.
fn before<'a>(id: &str, keys: &'a [BlockKey]) -> Vec<&'a str> {
    let parents = |id: &str| {
        let key = keys.iter().find(|key| key.id == id);
        key.and_then(|key| key.after.as_deref()).unwrap_or_default()
    };
    let mut found: Vec<&str> = Vec::new();
    let mut open: Vec<&'a String> = parents(id).iter().collect();
    while let Some(next) = open.pop() {
        if !found.contains(&next.as_str()) {
            found.push(next);
            open.extend(parents(next));
        }
    }
    found
}

/// For each placed block the places of those it cannot stand with in this order. Symmetric.
fn conflicts(placed: &[&str], keys: &[BlockKey]) -> Vec<Vec<usize>> {
    let before: Vec<Vec<&str>> = placed.iter().map(|id| before(id, keys)).collect();
    let clash = |a: usize, b: usize| {
        let (early, late) = (a.min(b), a.max(b));
        before
            .get(early)
            .zip(placed.get(late))
            .is_some_and(|(before, late)| before.contains(late))
    };
    let places = 0..placed.len();
    places
        .clone()
        .map(|a| places.clone().filter(|b| a != *b && clash(a, *b)).collect())
        .collect()
}

/// The largest set of places without a conflict. Some right order contains exactly such a set in this order, since a
/// chain and a partial order that agree pairwise agree as a whole.
fn largest_without_conflict(conflicts: &[Vec<usize>]) -> Vec<usize> {
    search((0..conflicts.len()).collect(), conflicts)
}

/// Keeps or drops the place with most conflicts. At most 15 blocks, so the search is short.
fn search(open: Vec<usize>, conflicts: &[Vec<usize>]) -> Vec<usize> {
    let clashes = |place: usize, other: usize| conflicts.get(place).is_some_and(|set| set.contains(&other));
    let degree = |place: usize| open.iter().filter(|other| clashes(place, **other)).count();
    let Some(worst) = open.iter().copied().max_by_key(|place| degree(*place)) else {
        return open;
    };
    if degree(worst) == 0 {
        return open;
    }
    let rest = || open.iter().copied().filter(|place| *place != worst);
    let with: Vec<usize> = rest().filter(|place| !clashes(worst, *place)).collect();
    let dropped = search(rest().collect(), conflicts);
    if with.len() < dropped.len() {
        return dropped; // keeping the worst gives at most one more than stays beside it
    }
    let mut kept = search(with, conflicts);
    kept.push(worst);
    if kept.len() > dropped.len() { kept } else { dropped }
}
