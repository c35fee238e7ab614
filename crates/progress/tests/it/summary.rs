use sandtable_progress::summary::{ItemState, Progress, Ring, item_state, progress, run_score};
use sandtable_progress::{Attempt, Record};

use crate::fixtures::{NOW, attempt};

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
    let mut record = Record::default();
    for attempt in tries.iter().rev() {
        record.add(attempt.clone());
    }
    let (item, round) = (attempt("", "a", 0.0).item, |best: f64| (best * 1e9).round() / 1e9);
    let state = match item_state(&record, &item, prices) {
        ItemState::Tried { best } => ItemState::Tried { best: round(best) },
        ItemState::Right { best } => ItemState::Right { best: round(best) },
        ItemState::NotSeen => ItemState::NotSeen,
    };
    assert_eq!(state, expect);
}

#[test]
fn an_item_is_not_seen_tried_or_right() {
    is(&[], &[], ItemState::NotSeen);
    is(&[attempt("s-1", "b", 1.0)], &[], ItemState::NotSeen);
    is(&[a_try(1, 7, 0.0, 0)], &[], ItemState::Tried { best: 0.0 });
    is(&[a_try(1, 7, 1.0, 0)], &[], ItemState::Right { best: 1.0 });
    is(&[a_try(1, 7, 0.999999, 0)], &[], ItemState::Tried { best: 0.999999 });
}

#[test]
fn tries_count_within_one_run() {
    let third = 0.333333333;
    // Tries 9 and 10 fall into one millisecond: the number decides, not the text of the id.
    is(
        &[a_try(8, 7, 0.0, 0), a_try(9, 7, 0.0, 0), a_try(10, 7, 1.0, 0)],
        &[],
        ItemState::Right { best: third },
    );
    is(
        &[a_try(1, 7, 0.0, 0), a_try(2, 8, 1.0, 0)],
        &[],
        ItemState::Right { best: 1.0 },
    );
    is(
        &[a_try(1, 7, 0.0, 0), a_try(2, 7, 0.0, 0), a_try(3, 8, 0.5, 0)],
        &[],
        ItemState::Tried { best: 0.5 },
    );
}

#[test]
fn hints_cost_what_they_were_priced_at() {
    is(&[a_try(1, 7, 1.0, 0)], &[0.1, 0.2], ItemState::Right { best: 1.0 });
    is(&[a_try(1, 7, 1.0, 1)], &[0.1, 0.2], ItemState::Right { best: 0.9 });
    is(&[a_try(1, 7, 1.0, 2)], &[0.1, 0.2], ItemState::Right { best: 0.7 });
    is(
        &[a_try(1, 7, 1.0, u32::MAX)],
        &[0.1, 0.2],
        ItemState::Right { best: 0.7 },
    );
    is(&[a_try(1, 7, 1.0, 3)], &[], ItemState::Right { best: 1.0 });
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
    let id = |item| attempt("", item, 0.0).item;
    let items = [id("a"), id("b"), id("c")];
    let one = progress(&record, items.iter().map(String::as_str));
    assert_eq!(one, Progress { done: 1, of: 3 });
    assert_eq!([one, one].into_iter().sum::<Progress>(), Progress { done: 2, of: 6 });
}
