use sandtable_progress::{Reason, Saving, ShelfError};

use crate::fixtures::{BAK, EXERCISE, MAIN, META, NOW, a_try, holds, is_saved, keeper, keeper_of, read, tells};
use crate::shelf::{FakeShelf, Fault};

const NOT_SAVED: &str = "Your work is not saved here.";
const FULL: &str = "This browser is full. Answers are kept until you close the page.";

fn errors() -> [ShelfError; 4] {
    [
        ShelfError::Absent,
        ShelfError::Denied,
        ShelfError::Full,
        ShelfError::Other("odd".into()),
    ]
}

#[track_caller]
fn works_in_memory(shelf: &FakeShelf, notice: &str, reason: ShelfError) {
    let mut keeper = keeper(shelf);
    let ids = [
        keeper.append(EXERCISE, a_try("a", 0.5), NOW),
        keeper.append(EXERCISE, a_try("a", 1.0), NOW),
    ];
    keeper.save_draft(EXERCISE, "#a", &7, NOW);
    assert_eq!(keeper.record(EXERCISE).draft("#a"), Some(7));
    holds(&mut keeper, &ids);
    tells(&keeper, &[notice]);
    assert!(keeper.notices()[0].offers_file());
    assert_eq!(keeper.status(), Saving::NotSaved(Reason::Shelf(reason)));

    shelf.fail(None);
    shelf.room(None);
    keeper.retry(NOW);
    is_saved(&keeper);
    tells(&keeper, &[]);
    holds(&mut keeper_of(shelf, "later"), &ids);
}

#[test]
fn without_a_shelf_work_goes_on_in_memory_and_is_saved_once_it_can_be() {
    for error in errors() {
        let notice = if error == ShelfError::Full { FULL } else { NOT_SAVED };
        let shelf = FakeShelf::default();
        shelf.always(error.clone());
        works_in_memory(&shelf, notice, error.clone());
        let shelf = FakeShelf::default();
        shelf.never_write(error.clone());
        works_in_memory(&shelf, notice, error);
    }
}

#[test]
fn a_full_shelf_is_told_of_and_nothing_of_others_is_touched() {
    let mine = "x".repeat(300);
    for room in (0..2500).step_by(37) {
        let shelf = FakeShelf::holding(&[("theme", &mine), ("st1:level-5:week-20/x", "other course")]);
        shelf.room(Some(340 + room));
        let mut keeper = keeper(&shelf);
        let ids: Vec<String> = (0..8).map(|_| keeper.append(EXERCISE, a_try("a", 0.5), NOW)).collect();
        holds(&mut keeper, &ids);
        let stored = shelf.at(MAIN).map(|text| read(&text));
        assert!(stored.is_none_or(|record| record.attempts().len() < 8));
        tells(&keeper, &[FULL]);
        assert_eq!(shelf.at("theme").as_ref(), Some(&mine));
        assert_eq!(shelf.at("st1:level-5:week-20/x").as_deref(), Some("other course"));
        shelf.room(None);
        let more = keeper.append(EXERCISE, a_try("a", 0.5), NOW);
        is_saved(&keeper);
        tells(&keeper, &[]);
        holds(&mut keeper_of(&shelf, "later"), &[ids, vec![more]].concat());
    }
}

/// Fails the calls `from..until` of a visit with two exercises, a draft and a reload before it.
fn a_visit_with(from: usize, until: usize, only_writes: bool, error: ShelfError) {
    let shelf = FakeShelf::default();
    let earlier = keeper_of(&shelf, "earlier").append(EXERCISE, a_try("a", 0.5), NOW);
    shelf.fail(Some(Fault {
        from,
        until,
        only_writes,
        error,
    }));
    let mut keeper = keeper(&shelf);
    let mut ids = Vec::new();
    for n in 0..4u64 {
        ids.push(keeper.append(EXERCISE, a_try("a", 0.5), NOW + n));
        keeper.append("week-21/other", a_try("a", 0.5), NOW + n);
        keeper.save_draft(EXERCISE, "#a", &n, NOW + n);
        holds_in_memory(&mut keeper, &ids);
        let unsaved = keeper.status() != Saving::Saved;
        assert_eq!(
            unsaved,
            !keeper.notices().is_empty(),
            "a failure and its notice come and go together"
        );
        if !unsaved {
            let stored = read(&shelf.at(MAIN).expect("saved, it says"));
            assert!(ids.iter().all(|id| stored.has(id)), "saved, it says");
        }
    }
    shelf.fail(None);
    keeper.retry(NOW + 9);
    is_saved(&keeper);
    tells(&keeper, &[]);
    ids.push(earlier);
    holds(&mut keeper, &ids);
    let mut reloaded = keeper_of(&shelf, "later");
    holds(&mut reloaded, &ids);
    assert_eq!(reloaded.record(EXERCISE).draft("#a"), Some(3));
    assert_eq!(reloaded.record("week-21/other").attempts().len(), 4);
}

fn holds_in_memory(keeper: &mut sandtable_progress::Keeper<FakeShelf>, ids: &[String]) {
    assert!(ids.iter().all(|id| keeper.record(EXERCISE).has(id)));
}

#[test]
fn no_failing_call_loses_an_answer() {
    for error in [ShelfError::Denied, ShelfError::Full] {
        for from in 0..70 {
            for length in [1, 3, usize::MAX - 100] {
                for only_writes in [false, true] {
                    a_visit_with(from, from + length, only_writes, error.clone());
                }
            }
        }
    }
}

#[test]
fn the_copy_is_written_before_the_value_it_copies_is_replaced() {
    let shelf = FakeShelf::default();
    let mut keeper = keeper(&shelf);
    keeper.append(EXERCISE, a_try("a", 0.5), NOW);
    let first = shelf.at(MAIN);
    keeper.append(EXERCISE, a_try("a", 0.5), NOW);
    assert_eq!(shelf.at(BAK), first);
    assert_eq!(shelf.log(), [META, MAIN, BAK, MAIN]);
}

#[test]
fn reading_writes_nothing() {
    let shelf = FakeShelf::default();
    keeper(&shelf).append(EXERCISE, a_try("a", 0.5), NOW);
    let (all, sets) = (shelf.all(), shelf.sets());
    let mut reloaded = keeper_of(&shelf, "later");
    reloaded.record(EXERCISE);
    reloaded.record("week-21/never-seen");
    let _ = reloaded.export(NOW);
    reloaded.retry(NOW);
    assert_eq!((shelf.all(), shelf.sets()), (all, sets));
}

#[test]
fn when_one_record_gets_through_the_others_do_too() {
    let shelf = FakeShelf::default();
    let mut keeper = keeper(&shelf);
    shelf.always(ShelfError::Full);
    let id = keeper.append(EXERCISE, a_try("a", 0.5), NOW);
    shelf.fail(None);
    keeper.append("week-21/other", a_try("a", 0.5), NOW);
    is_saved(&keeper);
    assert!(read(&shelf.at(MAIN).expect("stored")).has(&id));
}

#[test]
fn the_device_keeps_its_id() {
    let shelf = FakeShelf::default();
    keeper_of(&shelf, "one");
    let meta = shelf.at(META);
    assert!(meta.as_ref().is_some_and(|text| text.contains(r#""dev":"dev-one""#)));
    keeper_of(&shelf, "two").append(EXERCISE, a_try("a", 1.0), NOW);
    assert_eq!(shelf.at(META), meta);
    assert!(shelf.at(MAIN).is_some_and(|text| text.contains(r#""dev":"dev-one""#)));
}

#[test]
fn a_record_too_long_to_be_read_again_is_not_written() {
    let shelf = FakeShelf::default();
    let mut keeper = keeper(&shelf);
    let id = keeper.append(EXERCISE, a_try("a", 1.0), NOW);
    let before = shelf.at(MAIN);
    keeper.save_draft(EXERCISE, "#a", &"x".repeat(sandtable_progress::MAX_BYTES), NOW);
    assert_eq!(shelf.at(MAIN), before);
    tells(&keeper, &[FULL]);
    holds(&mut keeper, &[id]);
    keeper.clear_draft(EXERCISE, "#a", NOW);
    is_saved(&keeper);
}
