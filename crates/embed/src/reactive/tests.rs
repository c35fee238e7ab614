use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::graph::count;
use super::*;

/// A scope, and what is made in it.
fn scoped<T>(make: impl FnOnce() -> T) -> (Id, T) {
    let id = scope(Rc::new(()));
    let (mut make, mut made) = (Some(make), None);
    inside(Some(id), &mut || made = make.take().map(|make| make()));
    (id, made.unwrap())
}

#[test]
fn effects_run_once_a_flush_and_only_for_real_changes() {
    let log = Rc::new(RefCell::new(Vec::new()));
    let (id, (number, is_even)) = scoped(|| {
        let number = RwSignal::new(1);
        let is_even = Memo::new(Box::new(move || number.get() % 2 == 0));
        let log = log.clone();
        Effect::new(move |_: Option<()>| log.borrow_mut().push(is_even.get()));
        (number, is_even)
    });
    assert!(log.borrow().is_empty(), "an effect runs later");
    flush();
    number.set(3);
    flush();
    assert_eq!(*log.borrow(), [false], "odd as before");
    number.set(4);
    assert!(is_even.get(), "who asks is told at once");
    number.set(6);
    flush();
    assert_eq!(*log.borrow(), [false, true]);
    dispose(id);
    assert_eq!(count(), 0);
}

#[test]
fn two_ways_to_the_same_value_are_one_change() {
    let runs = Rc::new(Cell::new(0));
    let (id, (a, last)) = scoped(|| {
        let a = RwSignal::new(1);
        let twice = Memo::new(Box::new(move || a.get() * 2));
        let thrice = Memo::new(Box::new(move || a.get() * 3));
        let last = Rc::new(Cell::new(0));
        let (runs, seen) = (runs.clone(), last.clone());
        Effect::new(move |_: Option<()>| {
            runs.set(runs.get() + 1);
            seen.set(twice.get() + thrice.get());
        });
        (a, last)
    });
    flush();
    a.set(10);
    flush();
    assert_eq!((runs.get(), last.get()), (2, 50));
    dispose(id);
}

#[test]
fn what_an_effect_made_goes_when_it_runs_again() {
    let gone = Rc::new(Cell::new(0));
    let (id, signal) = scoped(|| {
        let signal = RwSignal::new(0);
        let gone = gone.clone();
        refresh(effect(Box::new(move || {
            signal.get();
            let inner = RwSignal::new(());
            refresh(effect(Box::new(move || inner.with(|()| ()))));
            let gone = gone.clone();
            on_cleanup(move || gone.set(gone.get() + 1));
        })));
        signal
    });
    let before = count();
    for round in 1..50 {
        signal.set(round);
        flush();
    }
    assert_eq!((gone.get(), count()), (49, before));
    dispose(id);
    assert_eq!((gone.get(), count()), (50, 0));
}

#[test]
fn an_effect_that_its_parent_takes_away_does_not_run() {
    let ran = Rc::new(Cell::new(0));
    let (id, shown) = scoped(|| {
        let shown = RwSignal::new(Some(1));
        let ran = ran.clone();
        refresh(effect(Box::new(move || {
            if shown.with(Option::is_some) {
                let ran = ran.clone();
                refresh(effect(Box::new(move || {
                    // Would have nothing to read if it ran after its parent had gone.
                    ran.set(ran.get() + shown.get().unwrap());
                })));
            }
        })));
        shown
    });
    shown.set(None);
    flush();
    assert_eq!(ran.get(), 1);
    dispose(id);
}

#[test]
fn what_is_read_untracked_or_called_back_is_not_followed() {
    let runs = Rc::new(Cell::new(0));
    let (id, signal) = scoped(|| {
        let signal = RwSignal::new(0);
        let read = Callback::new(move |()| assert!(signal.get() < 9));
        let derived = Signal::derive(Box::new(move || signal.get()));
        let runs = runs.clone();
        Effect::new(move |_: Option<()>| {
            runs.set(runs.get() + 1);
            untrack(|| signal.get());
            signal.with_untracked(|_| ());
            derived.get_untracked();
            read.run(());
        });
        signal
    });
    flush();
    signal.set(1);
    flush();
    assert_eq!(runs.get(), 1);
    dispose(id);
    assert_eq!(signal.try_set(2), Some(2), "there is nothing to set any more");
}

#[test]
fn each_scope_has_a_place_of_its_own() {
    let told = |id: Id| {
        let mut told = None;
        inside(Some(id), &mut || {
            told = here().and_then(|here| here.downcast::<&str>().ok())
        });
        told.map(|told| *told)
    };
    let (one, two) = (scope(Rc::new("one")), scope(Rc::new("two")));
    assert_eq!((told(one), told(two)), (Some("one"), Some("two")));
    dispose(one);
    assert_eq!((told(one), told(two)), (None, Some("two")));
    dispose(two);
}
