use std::collections::BTreeSet;

use proptest::prelude::*;
use sandtable_progress::{Keeper, Record, Saving};

use crate::fixtures::{COURSE, EXERCISE, MAIN, NOW, a_try, body, ids, is_saved, keeper_of, read, sealed};
use crate::shelf::{FakeShelf, Storage, Tab};

fn open(storage: &Storage, n: usize) -> (Keeper<Tab>, Tab) {
    let tab = storage.tab();
    (
        Keeper::open(tab.clone(), COURSE, &format!("dev{n}"), &format!("{n:016x}"), NOW),
        tab,
    )
}

/// Hands over all that is under way until nothing is, and says how many events that took.
#[track_caller]
fn settle(tabs: &mut [(Keeper<Tab>, Tab)]) -> usize {
    let mut events = 0;
    loop {
        let mut quiet = true;
        for (keeper, tab) in tabs.iter_mut() {
            while let Some((key, value)) = tab.event() {
                keeper.heard(&key, Some(&value), NOW);
                events += 1;
                quiet = false;
                assert!(events < 20_000, "the tabs never come to rest");
            }
        }
        if quiet {
            return events;
        }
    }
}

#[track_caller]
fn have_converged(storage: &Storage, tabs: &mut [(Keeper<Tab>, Tab)], written: &BTreeSet<String>) {
    settle(tabs);
    let writes = storage.writes();
    let stored = read(&storage.now(MAIN).expect("something is stored"));
    let all: Vec<String> = written.iter().cloned().collect();
    assert_eq!(ids(&stored), all);
    for (keeper, tab) in tabs.iter_mut() {
        assert_eq!(keeper.record(EXERCISE), &stored);
        assert_eq!(keeper.status(), Saving::Saved);
        // An event that comes late or twice moves nothing.
        keeper.heard(MAIN, storage.now(MAIN).as_deref(), NOW);
        assert_eq!(tab.event(), None);
    }
    assert_eq!(storage.writes(), writes, "all is said, and yet something is written");
}

#[test]
fn two_tabs_of_one_storage_write_500_times() {
    let shelf = FakeShelf::default();
    let mut tabs = [keeper_of(&shelf, "a"), keeper_of(&shelf, "b")];
    let mut written = BTreeSet::new();
    for n in 0..500 {
        written.insert(tabs[n % 2].append(EXERCISE, a_try("a", 0.5), NOW + n as u64));
    }
    let all: Vec<String> = written.into_iter().collect();
    assert_eq!(ids(&read(&shelf.at(MAIN).expect("stored"))), all);
    for tab in &mut tabs {
        tab.heard(MAIN, shelf.at(MAIN).as_deref(), NOW);
        assert_eq!(ids(tab.record(EXERCISE)), all);
        is_saved(tab);
    }
}

#[test]
fn two_tabs_that_do_not_see_each_other_for_500_writes_lose_nothing() {
    let storage = Storage::default();
    let mut tabs = [open(&storage, 0), open(&storage, 1)];
    let mut written = BTreeSet::new();
    for n in 0..500 {
        written.insert(tabs[n % 2].0.append(EXERCISE, a_try("a", 0.5), NOW));
    }
    have_converged(&storage, &mut tabs, &written);
}

#[test]
fn a_tab_that_closes_right_after_it_was_overwritten_is_heard_of() {
    let storage = Storage::default();
    let (mut closing, _) = open(&storage, 0);
    let (mut staying, events) = open(&storage, 1);
    let first = closing.append(EXERCISE, a_try("a", 0.5), NOW);
    let second = staying.append(EXERCISE, a_try("b", 0.5), NOW);
    let stored = read(&storage.now(MAIN).expect("stored"));
    assert!(stored.has(&second) && !stored.has(&first), "the older is overwritten");
    drop(closing);
    settle(&mut [(staying, events)]);
    assert_eq!(ids(&read(&storage.now(MAIN).expect("stored"))), [first, second]);
}

#[derive(Clone, Debug)]
enum Step {
    Append(usize),
    Draft(usize, u8),
    Clear(usize),
    Hear(usize, usize),
}

fn a_step() -> impl Strategy<Value = Step> {
    prop_oneof![
        (0..3usize).prop_map(Step::Append),
        (0..3usize, 0..3u8).prop_map(|(tab, run)| Step::Draft(tab, run)),
        (0..3usize).prop_map(Step::Clear),
        (0..3usize, 1..6usize).prop_map(|(tab, events)| Step::Hear(tab, events)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn tabs_converge_whatever_the_order(steps in proptest::collection::vec(a_step(), 1..60), clocks in [0..9u64, 0..9u64, 0..9u64]) {
        let storage = Storage::default();
        let mut tabs = [open(&storage, 0), open(&storage, 1), open(&storage, 2)];
        let mut written = BTreeSet::new();
        for (n, step) in steps.into_iter().enumerate() {
            let now = |tab: usize| NOW + clocks[tab] * n as u64;
            match step {
                Step::Append(tab) => {
                    written.insert(tabs[tab].0.append(EXERCISE, a_try("a", 0.5), now(tab)));
                }
                Step::Draft(tab, run) => tabs[tab].0.save_draft(EXERCISE, "#a", &run, now(tab)),
                Step::Clear(tab) => tabs[tab].0.clear_draft(EXERCISE, "#a", now(tab)),
                Step::Hear(tab, events) => {
                    for _ in 0..events {
                        let Some((key, value)) = tabs[tab].1.event() else { break };
                        tabs[tab].0.heard(&key, Some(&value), now(tab));
                    }
                }
            }
        }
        if storage.now(MAIN).is_some() {
            have_converged(&storage, &mut tabs, &written);
        }
    }
}

#[test]
fn two_widgets_of_a_page_take_no_id_twice() {
    let shelf = FakeShelf::default();
    let mut keeper = keeper_of(&shelf, "5e55");
    let ids = [
        keeper.append("week-20/x", a_try("a", 1.0), NOW),
        keeper.append("week-20/y", a_try("a", 1.0), NOW),
        keeper.append("week-20/x", a_try("a", 1.0), NOW),
    ];
    assert_eq!(ids, ["5e55-1", "5e55-2", "5e55-3"]);
    assert!(read(&shelf.at("st1:level-4:week-20/y").expect("stored")).has("5e55-2"));
}

#[test]
fn a_session_used_again_overwrites_nothing() {
    let shelf = FakeShelf::default();
    let first = keeper_of(&shelf, "5e55").append(EXERCISE, a_try("a", 0.5), NOW);
    let second = keeper_of(&shelf, "5e55").append(EXERCISE, a_try("a", 1.0), NOW);
    assert_ne!(first, second);
    assert_eq!(ids(&read(&shelf.at(MAIN).expect("stored"))), [first, second]);
}

#[track_caller]
fn hears(key: &str, value: Option<&str>, expect: Option<&str>) {
    let shelf = FakeShelf::holding(&[(MAIN, &sealed(&body()))]);
    let mut keeper = keeper_of(&shelf, "a");
    keeper.record(EXERCISE);
    assert_eq!(keeper.heard(key, value, NOW).as_deref(), expect, "{key} {value:?}");
    assert_eq!(keeper.record(EXERCISE), &body());
    assert_eq!(read(&shelf.at(MAIN).expect("stored")), body());
}

#[test]
fn only_news_is_news() {
    hears(MAIN, Some(&sealed(&body())), None);
    hears(MAIN, Some(&sealed(&Record::default())), None);
    hears(MAIN, Some("damaged"), None);
    hears(MAIN, Some(r#"{"v":2}"#), None);
    hears(MAIN, None, None);
    hears("st1:level-4:week-20/other", Some("anything"), Some("week-20/other"));
    hears("st1:level-4:week-20/transit-gateway:bak", Some("damaged"), None);
    hears("st1:level-4:meta", Some("damaged"), None);
    hears("st1:level-5:week-20/transit-gateway", Some("damaged"), None);
    hears("theme", Some("dark"), None);
}

#[test]
fn a_key_another_tab_removed_is_written_again() {
    let shelf = FakeShelf::default();
    let mut keeper = keeper_of(&shelf, "a");
    let id = keeper.append(EXERCISE, a_try("a", 1.0), NOW);
    shelf.take(MAIN);
    keeper.heard(MAIN, None, NOW);
    assert!(read(&shelf.at(MAIN).expect("stored")).has(&id));
    shelf.take(MAIN);
    keeper.retry(NOW);
    assert!(read(&shelf.at(MAIN).expect("stored")).has(&id));
}
