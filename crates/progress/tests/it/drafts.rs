use sandtable_progress::{Hlc, Record, merge};
use serde_json::{Value, json};

use crate::fixtures::{EXERCISE, MAIN, NOW, a_try, keeper, keeper_of, read};
use crate::shelf::FakeShelf;

#[test]
fn a_reload_in_the_middle_of_an_attempt_comes_back_to_it() {
    let shelf = FakeShelf::default();
    let run = json!({"chosen": ["a", "ü€"], "tries": [0.5], "hints": 1});
    keeper(&shelf).save_draft(EXERCISE, "#a", &run, NOW);
    let mut reloaded = keeper_of(&shelf, "later");
    assert_eq!(reloaded.record(EXERCISE).draft("#a"), Some(run));
    assert_eq!(reloaded.record(EXERCISE).draft::<Value>("#b"), None);
    reloaded.clear_draft(EXERCISE, "#a", NOW);
    assert_eq!(keeper(&shelf).record(EXERCISE).draft::<Value>("#a"), None);
}

#[test]
fn a_cleared_draft_does_not_come_back_from_another_tab() {
    let shelf = FakeShelf::default();
    let (mut one, mut two) = (keeper_of(&shelf, "a"), keeper_of(&shelf, "b"));
    one.save_draft(EXERCISE, "#a", &1, NOW);
    assert_eq!(two.record(EXERCISE).draft("#a"), Some(1));
    one.clear_draft(EXERCISE, "#a", NOW);
    two.append(EXERCISE, a_try("a", 1.0), NOW);
    assert_eq!(two.record(EXERCISE).draft::<u8>("#a"), None);
    assert_eq!(read(&shelf.at(MAIN).expect("stored")).draft::<u8>("#a"), None);
}

#[test]
fn the_last_writer_wins_though_its_clock_is_behind() {
    let shelf = FakeShelf::default();
    let (mut one, mut two) = (keeper_of(&shelf, "a"), keeper_of(&shelf, "b"));
    for (hour, stamp) in [(3_600_000, 1), (0, 2)] {
        one.save_draft(EXERCISE, "#a", &stamp, NOW + hour);
        two.heard(MAIN, shelf.at(MAIN).as_deref(), NOW);
        two.save_draft(EXERCISE, "#a", &(stamp * 10), NOW);
        one.heard(MAIN, shelf.at(MAIN).as_deref(), NOW);
        assert_eq!(one.record(EXERCISE).draft("#a"), Some(stamp * 10));
        assert_eq!(two.record(EXERCISE).draft("#a"), Some(stamp * 10));
    }
}

#[test]
fn a_draft_from_the_far_future_can_be_overwritten_and_drags_no_other_along() {
    let (far, shelf) = (Hlc { ms: NOW * 9, n: 0 }, FakeShelf::default());
    let mut broken = Record::default();
    broken.put_draft("#a", far, "broken", Some(&1));
    shelf.put(MAIN, &sandtable_progress::seal(&broken, "broken", far));
    let mut keeper = keeper(&shelf);
    keeper.save_draft(EXERCISE, "#a", &2, NOW);
    keeper.save_draft(EXERCISE, "#b", &3, NOW);
    let stored = merge(&read(&shelf.at(MAIN).expect("stored")), &broken);
    assert_eq!((stored.draft("#a"), stored.draft("#b")), (Some(2), Some(3)));
    let json: Value = serde_json::from_str(&stored.to_json()).expect("JSON");
    assert_eq!(json["drafts"]["#a"]["at"], json!([NOW * 9, 1]));
    assert_eq!(json["drafts"]["#b"]["at"][0], json!(NOW), "the clock itself stayed");
}

#[track_caller]
fn wins(later: (u64, u32, &str), earlier: (u64, u32, &str)) {
    let of = |(ms, n, dev): (u64, u32, &str), run: u8| {
        let mut record = Record::default();
        record.put_draft("#a", Hlc { ms, n }, dev, Some(&run));
        record
    };
    let (later, earlier) = (of(later, 1), of(earlier, 9));
    assert_eq!(merge(&later, &earlier).draft("#a"), Some(1));
    assert_eq!(merge(&earlier, &later).draft("#a"), Some(1));
}

#[test]
fn time_decides_first_and_as_a_number() {
    wins((10, 0, "a"), (9, 0, "b"));
    wins((9, 10, "a"), (9, 9, "b"));
    wins((10, 0, "a"), (9, 99, "b"));
    wins((9, 9, "b"), (9, 9, "a"));
}

#[test]
fn a_draft_of_another_tab_is_news() {
    let shelf = FakeShelf::default();
    let (mut one, mut two) = (keeper_of(&shelf, "a"), keeper_of(&shelf, "b"));
    two.record(EXERCISE);
    one.save_draft(EXERCISE, "#a", &1, NOW);
    assert_eq!(
        two.heard(MAIN, shelf.at(MAIN).as_deref(), NOW).as_deref(),
        Some(EXERCISE)
    );
    assert_eq!(
        two.heard(MAIN, shelf.at(MAIN).as_deref(), NOW),
        None,
        "twice is no news"
    );
    one.clear_draft(EXERCISE, "#a", NOW);
    assert_eq!(
        two.heard(MAIN, shelf.at(MAIN).as_deref(), NOW).as_deref(),
        Some(EXERCISE)
    );
}

#[test]
fn ties_are_decided_the_same_way_on_both_sides() {
    let at = Hlc { ms: NOW, n: 0 };
    let of = |dev: &str, run: u8| {
        let mut record = Record::default();
        record.put_draft("#a", at, dev, Some(&run));
        record
    };
    let later = merge(&of("a", 9), &of("b", 1));
    assert_eq!(later.draft("#a"), Some(1), "the device decides");
    assert_eq!(merge(&of("a", 1), &of("a", 2)).draft("#a"), Some(2), "then the text");
}

#[test]
fn a_draft_that_cannot_be_read_spoils_nothing() {
    let shelf = FakeShelf::default();
    let mut keeper = keeper(&shelf);
    keeper.save_draft(EXERCISE, "#a", &json!({"of": "another version"}), NOW);
    let id = keeper.append(EXERCISE, a_try("a", 1.0), NOW);
    let mut reloaded = keeper_of(&shelf, "later");
    assert_eq!(reloaded.record(EXERCISE).draft::<u8>("#a"), None);
    assert!(reloaded.record(EXERCISE).has(&id));

    // Nor does one of another shape altogether; it is kept until it is replaced or cleared.
    let text = r##"{"drafts":{"#a":[1,2],"#b":{"at":[1,-1]}}}"##;
    let mut odd = Record::from_json(text).expect("a record");
    assert!(odd.to_json().contains(r##""#a":[1,2]"##));
    assert!(
        odd.put_draft("#a", Hlc::default(), "d", None::<&u8>),
        "clearing it is a change"
    );
    assert!(odd.put_draft("#b", Hlc::default(), "d", Some(&5)));
    let union = merge(&odd, &Record::from_json(text).expect("a record"));
    assert_eq!((union.draft::<u8>("#a"), union.draft("#b")), (None, Some(5)));
}

#[test]
fn the_same_run_again_is_not_written_again() {
    let shelf = FakeShelf::default();
    let mut keeper = keeper(&shelf);
    keeper.save_draft(EXERCISE, "#a", &json!([1]), NOW);
    let sets = shelf.sets();
    keeper.save_draft(EXERCISE, "#a", &json!([1]), NOW + 5);
    keeper.clear_draft(EXERCISE, "#b", NOW + 6);
    assert_eq!(shelf.sets(), sets);
    keeper.clear_draft(EXERCISE, "#a", NOW + 7);
    assert!(shelf.sets() > sets);
}
