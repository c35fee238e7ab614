use sandtable_progress::summary::{ItemState, Progress, Ring, item_state, progress, run_score};
use sandtable_progress::{Attempt, Record};

use sandtable_exercise::index::ItemEntry;

use crate::fixtures::{NOW, attempt, keeper};
use crate::shelf::FakeShelf;

#[track_caller]
fn scores(tries: &[(f64, f64)], expect: f64) {
    let score = run_score(tries);
    assert!((score - expect).abs() < 1e-9, "{tries:?} scored {score}, not {expect}");
}

#[test]
fn a_run_is_worth_its_best_try_less_penalties() {
    scores(&[], 0.0);
    scores(&[(1.0, 0.0)], 1.0);
    scores(&[(0.0, 0.0), (1.0, 0.0)], 2.0 / 3.0);
    scores(&[(0.0, 0.0), (0.0, 0.0), (1.0, 0.0)], 1.0 / 3.0);
    scores(&[(0.0, 0.0), (0.0, 0.0), (0.0, 0.0), (1.0, 0.0)], 0.0);
    scores(&[(0.5, 0.0), (0.75, 0.0)], 0.5);
    scores(&[(0.5, 0.0), (1.0, 0.2)], 0.5);
    scores(&[(0.5, 0.0), (1.0, 0.1)], 1.0 - 1.0 / 3.0 - 0.1);
    scores(&[(0.2, 0.5)], 0.0);
    scores(&[(f64::NAN, 0.0), (1.0, 0.0)], 2.0 / 3.0);
    scores(&[(1.0, f64::NAN)], 0.0);
}

fn a_try(n: u64, seed: u64, f: f64, hints: u32) -> Attempt {
    Attempt {
        seed,
        hints,
        at: NOW + n / 100,
        ..attempt(&format!("s-{n}"), "a", f)
    }
}

#[track_caller]
fn is(tries: &[Attempt], prices: &[f64], expect: ItemState) {
    let mut item = entry("a", &[]);
    item.hint_prices = prices.to_vec();
    assert_eq!(rounded(item_state(&[&record(tries)], &item)), expect);
}

fn record(tries: &[Attempt]) -> Record {
    let mut record = Record::default();
    for attempt in tries.iter().rev() {
        record.add(attempt.clone());
    }
    record
}

fn rounded(state: ItemState) -> ItemState {
    let round = |best: f64| (best * 1e9).round() / 1e9;
    match state {
        ItemState::Tried { best, older } => ItemState::Tried {
            best: round(best),
            older,
        },
        ItemState::Right { best, older } => ItemState::Right {
            best: round(best),
            older,
        },
        ItemState::NotSeen => ItemState::NotSeen,
    }
}

/// An item as it is now; it had these full ids before.
fn entry(item: &str, aliases: &[&str]) -> ItemEntry {
    let Attempt { item, version, .. } = attempt("", item, 0.0);
    ItemEntry {
        id: item,
        version,
        hint_prices: vec![],
        aliases: aliases.iter().map(|alias| (*alias).to_owned()).collect(),
    }
}

const fn tried(best: f64) -> ItemState {
    ItemState::Tried { best, older: false }
}

const fn right(best: f64) -> ItemState {
    ItemState::Right { best, older: false }
}

#[test]
fn an_item_is_not_seen_tried_or_right() {
    is(&[], &[], ItemState::NotSeen);
    is(&[attempt("s-1", "b", 1.0)], &[], ItemState::NotSeen);
    is(&[a_try(1, 7, 0.0, 0)], &[], tried(0.0));
    is(&[a_try(1, 7, 1.0, 0)], &[], right(1.0));
    is(&[a_try(1, 7, 0.999999, 0)], &[], tried(0.999999));
}

#[test]
fn tries_count_within_one_run() {
    let third = 0.333333333;
    // Tries 9 and 10 fall into one millisecond: the number decides, not the text of the id.
    is(
        &[a_try(8, 7, 0.0, 0), a_try(9, 7, 0.0, 0), a_try(10, 7, 1.0, 0)],
        &[],
        right(third),
    );
    is(&[a_try(1, 7, 0.0, 0), a_try(2, 8, 1.0, 0)], &[], right(1.0));
    is(
        &[a_try(1, 7, 0.0, 0), a_try(2, 7, 0.0, 0), a_try(3, 8, 0.5, 0)],
        &[],
        tried(0.5),
    );
}

#[test]
fn hints_cost_what_they_were_priced_at() {
    is(&[a_try(1, 7, 1.0, 0)], &[0.1, 0.2], right(1.0));
    is(&[a_try(1, 7, 1.0, 1)], &[0.1, 0.2], right(0.9));
    is(&[a_try(1, 7, 1.0, 2)], &[0.1, 0.2], right(0.7));
    is(&[a_try(1, 7, 1.0, u32::MAX)], &[0.1, 0.2], right(0.7));
    is(&[a_try(1, 7, 1.0, 3)], &[], right(1.0));
}

#[track_caller]
fn rings(done: usize, of: usize, expect: Ring) {
    assert_eq!(Progress { done, of }.ring(), expect, "{done} of {of}");
}

#[test]
fn a_ring_is_empty_half_or_full() {
    rings(0, 0, Ring::Empty);
    rings(0, 5, Ring::Empty);
    rings(1, 5, Ring::Half);
    rings(4, 5, Ring::Half);
    rings(5, 5, Ring::Full);
}

#[test]
fn done_is_what_was_answered_at_all() {
    let mut record = Record::default();
    record.add(attempt("s-1", "a", 0.0));
    record.add(attempt("s-2", "a", 1.0));
    record.add(attempt("s-3", "gone", 1.0));
    let items = ["a", "b", "c"].map(|item| entry(item, &[]));
    let one = progress(&[&record], &items);
    assert_eq!(one, Progress { done: 1, of: 3 });
    assert_eq!([one, one].into_iter().sum::<Progress>(), Progress { done: 2, of: 6 });
}

/// An attempt under another full id.
fn under(id: &str, n: u64, seed: u64, f: f64) -> Attempt {
    Attempt {
        item: id.to_owned(),
        ..a_try(n, seed, f, 0)
    }
}

#[test]
fn what_was_done_under_a_former_id_counts() {
    let item = entry("a", &["week-20/old#x", "week-19/far#a"]);
    let state = |records: &[&Record]| rounded(item_state(records, &item));
    let own = record(&[a_try(1, 7, 0.0, 0)]);
    let old = record(&[under("week-20/old#x", 2, 7, 1.0), under("week-20/old#other", 3, 7, 1.0)]);
    assert_eq!(state(&[&own]), tried(0.0));
    // One run, begun under one id and ended under another: its second try.
    assert_eq!(state(&[&own, &old]), right(0.666666667));
    assert_eq!(state(&[&old, &own]), right(0.666666667));
    assert_eq!(state(&[&old]), right(1.0));
    let items = [item.clone(), entry("b", &[])];
    assert_eq!(
        progress(&[&Record::default(), &old], &items),
        Progress { done: 1, of: 2 }
    );
    assert_eq!(state(&[]), ItemState::NotSeen);
}

#[test]
fn an_older_version_counts_and_is_marked() {
    let older = Attempt {
        version: "ffffffff".into(),
        ..a_try(1, 7, 1.0, 0)
    };
    is(
        std::slice::from_ref(&older),
        &[],
        ItemState::Right { best: 1.0, older: true },
    );
    is(&[older, a_try(2, 8, 0.0, 0)], &[], right(1.0));
    assert!(!tried(0.0).is_older() && !ItemState::NotSeen.is_older());
}

#[test]
fn the_records_of_several_exercises_are_read_at_once() {
    let mut keeper = keeper(&FakeShelf::default());
    keeper.append("week-20/old", crate::fixtures::a_try("x", 1.0), NOW);
    let records = keeper.records(&["week-20/new", "week-20/old"]);
    assert_eq!(
        records.iter().map(|record| record.attempts().len()).collect::<Vec<_>>(),
        [0, 1]
    );
}
