//! Golden runs, and laws that hold for every sequence of events.

use proptest::prelude::*;

use super::*;
use crate::Hint;
use crate::grade::tests::{any_answer, choice, chosen, item, matching, order_chain, ordered, piece};
use crate::{ChoiceRule, Item, KeyBody, OptionKey, PartState, Pick};

fn four_of_eight() -> Item {
    choice(&["a", "b", "c", "d", "e", "f", "g", "h"], &["a", "b", "c", "d"])
}

fn with_hints(mut item: Item, prices: &[f64]) -> Item {
    item.view.hint_prices = prices.to_vec();
    item.key.hints = prices
        .iter()
        .map(|price| Hint {
            html: format!("hint for {price}"),
        })
        .collect();
    item
}

/// Plays events a second apart on a fresh run with three tries.
fn play(item: &Item, events: impl IntoIterator<Item = Event>) -> (Run, Vec<Graded>) {
    let mut run = Run::new(&item.view, 1, 0);
    let mut graded = Vec::new();
    for (event, second) in events.into_iter().zip(1..) {
        let (next, one) = step(&run, &item.view, &item.key, TRIES, event, second * 1000);
        run = next;
        graded.extend(one);
    }
    (run, graded)
}

fn give(ids: &[&str]) -> Event {
    Event::Give(chosen(ids))
}

/// The bar after the events: "tone | lead | rest | primary".
#[track_caller]
fn check(item: &Item, events: impl IntoIterator<Item = Event>, expected: &str) -> Shown {
    let (run, _) = play(item, events);
    let shown = show(&run, &item.view, &item.key, TRIES);
    let Status { tone, lead, rest } = &shown.status;
    let bar = format!("{} | {lead} | {rest} | {:?}", tone.as_str(), shown.primary).replace('\u{a0}', " ");
    assert_eq!(bar, expected);
    shown
}

use Event::{Check, Hint as TakeHint, Redo, ShowAnswer, TryAgain, Undo};

#[test]
fn check_without_an_answer_says_what_is_missing() {
    check(
        &four_of_eight(),
        [Check],
        "invalid | Choose an answer first. |  | Check",
    );
    check(&order_chain(4), [Check], "invalid | Move a block first. |  | Check");
    check(&matching(3, 0), [Check], "invalid | Place a token first. |  | Check");
    check(&four_of_eight(), [Check, give(&["a"])], "plain | 1 chosen |  | Check");
}

#[test]
fn a_partly_right_try_counts_what_is_missing_but_does_not_name_it() {
    let shown = check(
        &four_of_eight(),
        [give(&["a", "b", "c", "e"]), Check],
        "partial | Partly right. | 3 right, 1 wrong: (3-1)/4. 1 still to find. 2 tries left, worth up to 67 %. | TryAgain",
    );
    assert_eq!(shown.mark("d"), Some(PartState::Left));
    assert_eq!(
        shown
            .reasons
            .iter()
            .map(|(id, _)| id.as_str())
            .collect::<Vec<_>>()
            .concat(),
        "abce"
    );
    assert_eq!(shown.ending, None);
}

#[test]
fn try_again_keeps_the_choices_and_clears_the_marks() {
    let item = choice(&["a", "b"], &["a"]);
    let events = [give(&["b"]), Check, TryAgain];
    let shown = check(
        &item,
        events.clone(),
        "plain | 1 of 1 chosen | 2 tries left, worth up to 67 %. | Check",
    );
    assert!(shown.marks.is_empty() && shown.reasons.is_empty());
    assert_eq!(play(&item, events).0.answer, Some(chosen(&["b"])));
}

#[test]
fn changing_the_answer_is_trying_again() {
    let item = choice(&["a", "b"], &["a"]);
    check(
        &item,
        [give(&["b"]), Check, give(&["a"]), Check],
        "right | Right. | Worth 67 %. | Next",
    );
}

#[test]
fn the_last_try_ends_with_the_answer() {
    let item = four_of_eight();
    let wrong = [give(&["e"]), Check, TryAgain];
    let events = wrong.iter().cycle().take(8).cloned();
    let shown = check(
        &item,
        events,
        "wrong | Not right. | Here is the answer. Worth 0 %. | Next",
    );
    assert_eq!(shown.mark("d"), Some(PartState::Missed));
    assert!(shown.reason("d").is_some());
    assert_eq!(
        shown.ending.map(|end| end.solution),
        Some(chosen(&["a", "b", "c", "d"]))
    );
}

#[test]
fn the_answer_can_be_asked_for_at_once() {
    let shown = check(&four_of_eight(), [ShowAnswer], "plain | Here is the answer. |  | Next");
    assert_eq!(shown.mark("a"), Some(PartState::Missed));
    let (run, graded) = play(&four_of_eight(), [ShowAnswer, give(&["a"]), Check]);
    assert_eq!((run.phase, graded.len()), (Phase::Done, 0));
}

#[test]
fn one_solution_of_an_order_is_shown() {
    let shown = check(&order_chain(3), [ShowAnswer], "plain | Here is the answer. |  | Next");
    assert_eq!(shown.ending.map(|end| end.solution), Some(ordered(&["1", "2", "3"])));
}

#[track_caller]
fn check_score(item: &Item, events: impl IntoIterator<Item = Event>, expected: f64) {
    let (run, _) = play(item, events);
    let score = run.score(&item.view, &item.key).unwrap();
    assert!((score - expected).abs() < 1e-9, "expected {expected}, got {score}");
}

#[test]
fn the_score_is_the_best_try_less_its_penalty() {
    let item = with_hints(four_of_eight(), &[0.0, 0.1]);
    let all = ["a", "b", "c", "d"];
    check_score(&item, [give(&all), Check], 1.0);
    check_score(&item, [give(&["a"]), Check, give(&all), Check], 1.0 - 1.0 / 3.0);
    check_score(&item, [give(&["a", "b", "c"]), Check, give(&["a"]), Check], 0.75);
    check_score(&item, [TakeHint, give(&all), Check], 1.0);
    check_score(&item, [TakeHint, TakeHint, TakeHint, give(&all), Check], 0.9);
    check_score(
        &item,
        [give(&["a"]), Check, TakeHint, TakeHint, give(&["a", "b"]), Check],
        0.25,
    );
    check_score(&item, [give(&["e"]), Check], 0.0);
}

#[test]
fn hints_are_priced_before_and_told_after() {
    let item = with_hints(four_of_eight(), &[0.0, 0.1]);
    let shown = check(&item, [TakeHint], "plain | 0 chosen |  | Check");
    assert_eq!(
        (shown.next_hint, shown.hints),
        (Some(0.1), vec!["hint for 0".to_owned()])
    );
    let shown = check(
        &item,
        [TakeHint, TakeHint, TakeHint],
        "plain | 0 chosen | 3 tries left, worth up to 90 %. | Check",
    );
    assert_eq!((shown.next_hint, shown.hints.len()), (None, 2));
}

#[test]
fn an_author_may_give_one_try() {
    let item = choice(&["a", "b"], &["a"]);
    let run = step(&Run::new(&item.view, 1, 0), &item.view, &item.key, 1, give(&["b"]), 0).0;
    assert_eq!(step(&run, &item.view, &item.key, 1, Check, 0).0.phase, Phase::Done);
}

#[test]
fn too_many_choices_cost_nothing() {
    let options = [("a", true), ("b", true), ("c", false), ("d", false)];
    let keys = options.map(|(id, right)| OptionKey {
        id: id.to_owned(),
        right,
        weight: 0.0,
        why: String::new(),
    });
    let item = item(
        Body::Choice {
            pick: Pick::Exactly(2),
            options: options.map(|(id, _)| piece(id)).into(),
            fixed: false,
        },
        KeyBody::Choice {
            rule: ChoiceRule::NetCorrect,
            options: keys.into(),
        },
    );
    let events = [give(&["a", "b", "c"]), Check];
    check(
        &item,
        events.clone(),
        "invalid | 3 are chosen and 2 wanted. Take 1 away. |  | Check",
    );
    assert!(play(&item, events.clone()).1.is_empty());
    let (run, _) = play(&item, events);
    assert!(
        run.fits(&item.view, &item.key, TRIES),
        "a reload keeps the three choices"
    );
}

#[test]
fn a_try_is_recorded_with_its_time_and_hints() {
    let item = with_hints(four_of_eight(), &[0.1]);
    let (_, graded) = play(&item, [TakeHint, give(&["a"]), Check]);
    assert_eq!(
        graded,
        [Graded {
            answer: chosen(&["a"]),
            fraction: 0.25,
            hints: 1,
            seconds: 3
        }]
    );
}

/// The answer after the events, as a text: "-" is none.
#[track_caller]
fn answers(events: &[Event], expected: &str) {
    let (run, _) = play(&four_of_eight(), events.iter().cloned());
    let given = match &run.answer {
        Some(Answer::Choice(ids)) => ids.concat(),
        _ => "-".to_owned(),
    };
    let shown = show(&run, &four_of_eight().view, &four_of_eight().key, TRIES);
    let ways = match (shown.can_undo, shown.can_redo) {
        (true, true) => "both",
        (true, false) => "undo",
        (false, true) => "redo",
        (false, false) => "neither",
    };
    assert_eq!(format!("{given} {ways}"), expected, "{events:?}");
}

#[test]
fn a_change_is_taken_back_and_made_again() {
    let [a, b, c] = ["a", "b", "c"].map(|id| give(&[id]));
    answers(&[], "- neither");
    answers(&[Undo, Redo], "- neither");
    answers(std::slice::from_ref(&a), "a undo");
    answers(&[a.clone(), Undo], "- redo");
    answers(&[a.clone(), Undo, Undo, Redo, Redo], "a undo");
    answers(&[a.clone(), b.clone(), Undo], "a both");
    answers(&[a.clone(), b.clone(), Undo, c, Redo], "c undo");
    // The same answer again is no change.
    answers(&[a.clone(), a.clone(), Undo], "- redo");
    // A judged answer can be taken back, what was judged cannot.
    answers(&[a.clone(), b.clone(), Check, Undo, Check], "a both");
    let (run, graded) = play(&four_of_eight(), [a.clone(), b.clone(), Check, Undo]);
    assert_eq!((run.phase, run.tries.len(), graded.len()), (Phase::Answering, 1, 1));
    // At the end nothing is changed any more, and a new beginning is one.
    answers(&[a.clone(), b.clone(), ShowAnswer, Undo], "b neither");
    answers(&[a, b, Event::Restart { seed: 9 }, Undo], "- neither");
}

#[test]
fn a_hundred_changes_can_be_taken_back() {
    let ids = ["a", "b"];
    let changes = (0..STEPS + 20).map(|n| give(&[ids[n % 2]]));
    let mut run = play(&four_of_eight(), changes).0;
    let mut steps = 0;
    while run.history.can_undo() {
        let item = four_of_eight();
        run = step(&run, &item.view, &item.key, TRIES, Undo, 0).0;
        steps += 1;
    }
    assert_eq!((steps, run.answer), (100, Some(chosen(&["b"]))));
}

/// Seconds that are recorded when an answer is given and checked at these times, in seconds, on a run opened at 0.
#[track_caller]
fn check_seconds(given: u64, reopened: Option<u64>, checked: u64, expected: u32) {
    let item = four_of_eight();
    let act = |run: &Run, event, second: u64| step(run, &item.view, &item.key, TRIES, event, second * 1000);
    let mut run = act(&Run::new(&item.view, 1, 0), give(&["a"]), given).0;
    if let Some(second) = reopened {
        run = run.resumed(second * 1000);
    }
    let (run, graded) = act(&run, Check, checked);
    assert_eq!(graded.map(|graded| graded.seconds), Some(expected));
    // An event that changes nothing is no work either.
    assert_eq!(act(&run, Check, checked + 60).0, run);
}

#[test]
fn only_time_worked_counts() {
    check_seconds(10, None, 30, 30);
    check_seconds(10, None, 310, 310);
    // A night between two acts is five minutes.
    check_seconds(10, None, 30_000, 310);
    check_seconds(30_000, None, 30_005, 305);
    // A night between two openings is nothing.
    check_seconds(10, Some(30_000), 30_020, 30);
    // A clock that was put back.
    check_seconds(100, None, 40, 100);
}

#[test]
fn the_time_of_all_tries_of_a_run_counts() {
    let (_, graded) = play(&four_of_eight(), [give(&["a"]), Check, TryAgain, give(&["b"]), Check]);
    assert_eq!(graded.iter().map(|graded| graded.seconds).collect::<Vec<_>>(), [2, 5]);
}

#[test]
fn a_run_of_older_content_does_not_go_on() {
    let mut item = four_of_eight();
    let (run, _) = play(&item, [give(&["a"]), Check]);
    assert!(run.fits(&item.view, &item.key, TRIES));
    item.view.version = "11111111".into();
    assert!(!run.fits(&item.view, &item.key, TRIES));
}

fn any_event() -> impl Strategy<Value = Event> {
    prop_oneof![
        4 => any_answer().prop_map(Event::Give),
        4 => Just(Check),
        1 => Just(TryAgain),
        1 => Just(TakeHint),
        1 => Just(ShowAnswer),
        2 => Just(Undo),
        1 => Just(Redo),
        1 => (0..100u64).prop_map(|seed| Event::Restart { seed }),
    ]
}

proptest! {
    #[test]
    fn any_events_keep_the_rules(events in prop::collection::vec(any_event(), 0..24)) {
        for item in [with_hints(four_of_eight(), &[0.0, 0.2]), matching(4, 2), order_chain(4)] {
            let mut run = Run::new(&item.view, 1, 0);
            let mut answers = Vec::new();
            for event in events.clone() {
                let is_restart = matches!(event, Event::Restart { .. });
                if let Event::Give(answer) = &event {
                    answers.push(answer.clone());
                }
                let (next, graded) = step(&run, &item.view, &item.key, TRIES, event, 0);
                prop_assert!(next.tries.len() <= TRIES as usize);
                prop_assert_eq!(graded.is_some(), next.tries.len() > run.tries.len());
                prop_assert!(is_restart || next.score(&item.view, &item.key) >= run.score(&item.view, &item.key));
                prop_assert!(is_restart || run.phase != Phase::Done || next == run);
                let shown = show(&next, &item.view, &item.key, TRIES);
                prop_assert_eq!(shown.is_answered, next.phase == Phase::Done || !next.tries.is_empty());
                // Undo and Redo go to and fro between the same two answers, whatever came before.
                let act = |run: &Run, event| step(run, &item.view, &item.key, TRIES, event, 0).0;
                if shown.can_undo {
                    let back = act(&next, Undo);
                    prop_assert_eq!(&act(&back, Redo).answer, &next.answer);
                    prop_assert_eq!(&act(&act(&back, Redo), Undo), &back);
                }
                prop_assert_eq!(shown.ending.is_some(), next.phase == Phase::Done);
                prop_assert_eq!(shown.reasons.is_empty() || next.phase != Phase::Answering, true);
                // Before the end nothing says which parts were missed.
                prop_assert!(next.phase == Phase::Done || shown.marks.iter().all(|(_, state)| *state != PartState::Missed));
                run = next;
            }
        }
    }

    #[test]
    fn a_stored_run_goes_on(events in prop::collection::vec(any_event(), 0..24)) {
        let item = four_of_eight();
        // What a page gives refers to its own options.
        let own = events.into_iter().filter(|event| match event {
            Event::Give(Answer::Choice(ids)) => ids.iter().all(|id| "abcdefgh".contains(id.as_str()) && !id.is_empty()),
            Event::Give(_) => false,
            _ => true,
        });
        let (mut run, _) = play(&item, own);
        run.history = History::default();
        let text = serde_json::to_string(&run).unwrap();
        let back = crate::read::run(&serde_json::from_str(&text).unwrap()).unwrap();
        prop_assert_eq!(&back, &run);
        prop_assert!(back.fits(&item.view, &item.key, TRIES));
    }
}
