use std::collections::{BTreeMap, BTreeSet};

use super::{Completeness, part, ratio, reason, scored, unknown_or_repeated};
use crate::{BlockKey, OrderRule, PartState, Piece, Verdict};

/// Grades the order of blocks.
///
/// A block counts as right when it belongs to the largest set of blocks whose order breaks no dependency: the rest are
/// those that have to move.
pub(super) fn grade(blocks: &[Piece], rule: OrderRule, keys: &BTreeMap<String, BlockKey>, given: &[String]) -> Verdict {
    let ancestors = ancestors(keys);
    let belongs = |id: &str| keys.get(id).is_some_and(|key| key.after.is_some());
    let placed: Vec<&str> = given.iter().map(String::as_str).filter(|id| belongs(id)).collect();
    let kept = largest_consistent(&placed, &ancestors);
    let (mut parts, mut reasons) = (Vec::new(), Vec::new());
    for block in blocks {
        let id = block.id.as_str();
        let state = match (given.contains(&block.id), belongs(id)) {
            (true, true) if kept.contains(id) => PartState::Right,
            (true, _) => PartState::Wrong,
            (false, true) => PartState::Missed,
            (false, false) => PartState::Left,
        };
        parts.push(part(id, state));
        if matches!(state, PartState::Wrong | PartState::Missed)
            && let Some(key) = keys.get(id)
        {
            reasons.push(reason(id, &key.why));
        }
    }
    let wanted = keys.values().filter(|key| key.after.is_some()).count();
    let (fraction, sum) = match rule {
        OrderRule::Inversions => by_inversions(&placed, &ancestors),
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

fn by_inversions(placed: &[&str], ancestors: &Ancestors) -> (f64, String) {
    let n = placed.len();
    let pairs = n * n.saturating_sub(1) / 2;
    let inverted = conflicts(placed, ancestors).iter().map(BTreeSet::len).sum::<usize>() / 2;
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

type Ancestors = BTreeMap<String, BTreeSet<String>>;

/// All blocks that have to come before each block, directly or not. A cycle in the key ends where it began.
fn ancestors(keys: &BTreeMap<String, BlockKey>) -> Ancestors {
    let parents = |id: &str| keys.get(id).and_then(|key| key.after.as_deref()).unwrap_or_default();
    keys.keys()
        .map(|id| {
            let mut found = BTreeSet::new();
            let mut open: Vec<&String> = parents(id).iter().collect();
            while let Some(next) = open.pop() {
                if found.insert(next.clone()) {
                    open.extend(parents(next));
                }
            }
            (id.clone(), found)
        })
        .collect()
}

/// For each placed block the positions of those it cannot stand with in this order. Symmetric.
fn conflicts(placed: &[&str], ancestors: &Ancestors) -> Vec<BTreeSet<usize>> {
    let mut conflicts = vec![BTreeSet::new(); placed.len()];
    for (late, late_id) in placed.iter().enumerate() {
        for (early, early_id) in placed.iter().enumerate().take(late) {
            if ancestors.get(*early_id).is_some_and(|before| before.contains(*late_id)) {
                if let Some(set) = conflicts.get_mut(early) {
                    set.insert(late);
                }
                if let Some(set) = conflicts.get_mut(late) {
                    set.insert(early);
                }
            }
        }
    }
    conflicts
}

/// The largest set of placed blocks whose order breaks no dependency. Some right order contains exactly such a set in
/// this order, since a chain and a partial order that agree pairwise agree as a whole. At most 15 blocks, so the search
/// (keep the one with most conflicts, or drop it) is short.
fn largest_consistent<'a>(placed: &[&'a str], ancestors: &Ancestors) -> BTreeSet<&'a str> {
    let conflicts = conflicts(placed, ancestors);
    let kept = search((0..placed.len()).collect(), &conflicts);
    kept.into_iter()
        .filter_map(|index| placed.get(index).copied())
        .collect()
}

fn search(open: BTreeSet<usize>, conflicts: &[BTreeSet<usize>]) -> BTreeSet<usize> {
    let degree = |index: usize| conflicts.get(index).map_or(0, |set| set.intersection(&open).count());
    let Some(worst) = open.iter().copied().max_by_key(|index| degree(*index)) else {
        return open;
    };
    if degree(worst) == 0 {
        return open;
    }
    let mut without = open.clone();
    without.remove(&worst);
    let mut with: BTreeSet<usize> = conflicts.get(worst).map_or_else(|| open.clone(), |set| &without - set);
    with.remove(&worst);
    let dropped = search(without, conflicts);
    if with.len() < dropped.len() {
        return dropped; // keeping the worst gives at most one more than stays beside it
    }
    let mut kept = search(with, conflicts);
    kept.insert(worst);
    if kept.len() > dropped.len() { kept } else { dropped }
}
