use sandtable_progress::{Notice, Reason, Record, Restored, Saving, ShelfError, restore};

use crate::fixtures::{
    BAK, EXERCISE, MAIN, META, NOW, a_try, attempt, body, holds, is_saved, keeper, keeper_of, read, sealed, tells,
};
use crate::shelf::FakeShelf;

const ASIDE: &str = "st1:bad:level-4:week-20/transit-gateway:1";
const RESTORED: &str = "One record could not be read. We kept it aside and restored the last good copy.";
const KEPT_ASIDE: &str = "One record could not be read. We kept it aside; there was no good copy of it.";
const NEWER: &str = "Made by a newer Sandtable. You can look; changes are not saved.";

/// The copy before: everything but the last attempt.
fn older() -> Record {
    let mut record = body();
    record.add(attempt("bb-1", "a", 0.5));
    record
}

fn newest() -> Record {
    let mut record = older();
    record.add(attempt("bb-2", "a", 1.0));
    record
}

/// All text of the export that could not be read.
fn unread(shelf: &FakeShelf) -> String {
    let export: serde_json::Value = serde_json::from_str(&keeper(shelf).export(NOW)).expect("JSON");
    export["unread"].to_string()
}

#[test]
fn any_flipped_byte_on_the_shelf_is_kept_aside_and_told() {
    let (main, bak) = (sealed(&newest()), sealed(&older()));
    for at in 0..main.len() {
        for flip in [1, 4, 32, 128] {
            let mut bytes = main.clone().into_bytes();
            bytes[at] ^= flip;
            let text = String::from_utf8_lossy(&bytes).into_owned();
            let shelf = FakeShelf::holding(&[(MAIN, &text), (BAK, &bak)]);
            let mut keeper = keeper(&shelf);
            if keeper.record(EXERCISE) == &newest() {
                continue;
            }
            assert_eq!(keeper.record(EXERCISE), &older(), "byte {at} ^ {flip}");
            tells(&keeper, &[RESTORED]);
            is_saved(&keeper);
            assert_eq!(shelf.at(ASIDE), Some(text), "to the letter");
            assert_eq!(read(&shelf.at(MAIN).expect("written anew")), older());
            assert_eq!(shelf.at(BAK).as_ref(), Some(&bak));
        }
    }
}

#[test]
fn a_damaged_record_is_told_of_once() {
    let shelf = FakeShelf::holding(&[(MAIN, "damaged"), (BAK, &sealed(&older()))]);
    keeper(&shelf).record(EXERCISE);
    let mut later = keeper_of(&shelf, "later");
    assert_eq!(later.record(EXERCISE), &older());
    tells(&later, &[]);
    assert!(unread(&shelf).contains("damaged"), "it stays in every file saved");
}

#[test]
fn without_a_good_copy_one_begins_anew_and_both_are_kept_aside() {
    let shelf = FakeShelf::holding(&[(MAIN, "damaged"), (BAK, "damaged too")]);
    let mut keeper = keeper(&shelf);
    let id = keeper.append(EXERCISE, a_try("a", 1.0), NOW);
    tells(&keeper, &[KEPT_ASIDE]);
    assert!(keeper.notices()[0].offers_file());
    is_saved(&keeper);
    assert_eq!(read(&shelf.at(MAIN).expect("stored")).attempts().len(), 1);
    assert_eq!(unread(&shelf).matches("damaged").count(), 2);
    holds(&mut keeper_of(&shelf, "later"), &[id]);

    let shelf = FakeShelf::holding(&[(MAIN, "")]);
    let mut keeper = keeper_of(&shelf, "s");
    keeper.record(EXERCISE);
    tells(&keeper, &[KEPT_ASIDE]);
    assert_eq!(shelf.at(ASIDE).as_deref(), Some(""));
}

#[test]
fn damage_during_a_visit_loses_nothing_that_was_known() {
    let shelf = FakeShelf::default();
    let mut keeper = keeper(&shelf);
    let mut ids = Vec::new();
    for n in 0..5 {
        ids.push(keeper.append(EXERCISE, a_try("a", 0.5), NOW));
        shelf.put(MAIN, &format!("damage {n}"));
        shelf.put(BAK, &format!("more damage {n}"));
    }
    ids.push(keeper.append(EXERCISE, a_try("a", 0.5), NOW));
    holds(&mut keeper, &ids);
    is_saved(&keeper);
    tells(&keeper, &[RESTORED]);
    holds(&mut keeper_of(&shelf, "later"), &ids);
    let told = unread(&shelf);
    assert!((0..5).all(|n| told.contains(&format!(r#""damage {n}""#)) && told.contains(&format!("more damage {n}"))));
}

#[test]
fn what_cannot_be_kept_aside_is_not_overwritten() {
    let (damaged, bak) = ("damaged".repeat(50), sealed(&older()));
    let shelf = FakeShelf::holding(&[(MAIN, &damaged), (BAK, &bak)]);
    keeper_of(&shelf, "settings only");
    shelf.never_write(ShelfError::Full);
    let mut keeper = keeper(&shelf);
    let id = keeper.append(EXERCISE, a_try("a", 1.0), NOW);
    assert!(keeper.record(EXERCISE).has("bb-1"), "the copy is read all the same");
    assert_eq!(keeper.status(), Saving::NotSaved(Reason::Unreadable));
    assert_eq!(keeper.notices(), [Notice::LeftAlone(1)]);
    assert_eq!((shelf.at(MAIN), shelf.at(BAK)), (Some(damaged.clone()), Some(bak)));
    holds(&mut keeper, &["bb-1".into(), id.clone()]);
    assert!(keeper.export(NOW).contains(&damaged));

    shelf.fail(None);
    keeper.retry(NOW);
    is_saved(&keeper);
    tells(&keeper, &[RESTORED]);
    assert_eq!(shelf.at(ASIDE), Some(damaged));
    holds(&mut keeper_of(&shelf, "later"), &["bb-1".into(), id]);
}

#[test]
fn something_that_damages_every_write_does_not_fill_the_shelf() {
    let shelf = FakeShelf::default();
    let mut keeper = keeper(&shelf);
    let mut ids = Vec::new();
    for n in 0..150 {
        shelf.put(MAIN, &format!("damage {n}"));
        ids.push(keeper.append(EXERCISE, a_try("a", 0.5), NOW));
    }
    assert_eq!(shelf.all().keys().filter(|key| key.starts_with("st1:bad:")).count(), 99);
    assert_eq!(shelf.at(MAIN).as_deref(), Some("damage 149"));
    assert!(keeper.notices().contains(&Notice::LeftAlone(1)));
    holds(&mut keeper, &ids);
}

#[test]
fn a_record_that_is_gone_comes_from_the_copy() {
    let shelf = FakeShelf::holding(&[(BAK, &sealed(&older()))]);
    let mut keeper = keeper(&shelf);
    assert_eq!(keeper.record(EXERCISE), &older());
    tells(&keeper, &["One record was gone. We restored the last good copy."]);
    assert_eq!(read(&shelf.at(MAIN).expect("written anew")), older());
}

#[track_caller]
fn is_left_as_it_is(values: &[(&str, &str)]) {
    let shelf = FakeShelf::holding(values);
    let mut keeper = keeper(&shelf);
    let id = keeper.append(EXERCISE, a_try("a", 1.0), NOW);
    keeper.save_draft(EXERCISE, "#a", &1, NOW);
    keeper.heard(MAIN, shelf.at(MAIN).as_deref(), NOW);
    keeper.retry(NOW);
    for (key, value) in values {
        assert_eq!(shelf.at(key).as_deref(), Some(*value), "{key}");
        assert!(restore(Some(value)) != Restored::Newer { v: 2 } || unread(&shelf).contains("from 2030"));
    }
    assert!(keeper.notices().contains(&Notice::Newer));
    assert_eq!(Notice::Newer.text(), NEWER);
    assert_eq!(keeper.status(), Saving::NotSaved(Reason::Newer(2)));
    holds(&mut keeper, &[id]);

    // Another exercise is not concerned.
    keeper.append("week-21/other", a_try("a", 1.0), NOW);
    assert!(
        read(&shelf.at("st1:level-4:week-21/other").expect("stored"))
            .attempts()
            .len()
            == 1
    );
}

#[test]
fn what_a_newer_version_wrote_is_left_as_it_is() {
    let newer = r#"{"v":2,"made":"from 2030"}"#;
    is_left_as_it_is(&[(MAIN, newer)]);
    is_left_as_it_is(&[(MAIN, newer), (BAK, newer)]);
    is_left_as_it_is(&[(MAIN, newer), (BAK, &sealed(&older()))]);
    is_left_as_it_is(&[(MAIN, "damaged"), (BAK, newer)]);
    is_left_as_it_is(&[(BAK, newer)]);

    // A good value before a newer copy is written on; the copy stays.
    let shelf = FakeShelf::holding(&[(MAIN, &sealed(&older())), (BAK, newer), (META, newer)]);
    let mut keeper = keeper(&shelf);
    keeper.append(EXERCISE, a_try("a", 1.0), NOW);
    is_saved(&keeper);
    assert_eq!(
        (shelf.at(BAK).as_deref(), shelf.at(META).as_deref()),
        (Some(newer), Some(newer))
    );
}

#[test]
fn a_newer_value_that_appears_during_a_visit_is_left_too() {
    let newer = r#"{"v":2,"made":"from 2030"}"#;
    let shelf = FakeShelf::default();
    let mut keeper = keeper(&shelf);
    let mut ids = vec![keeper.append(EXERCISE, a_try("a", 0.5), NOW)];
    shelf.put(MAIN, newer);
    keeper.heard(MAIN, Some(newer), NOW);
    ids.push(keeper.append(EXERCISE, a_try("a", 0.5), NOW));
    tells(&keeper, &[NEWER]);
    assert_eq!(shelf.at(MAIN).as_deref(), Some(newer));
    holds(&mut keeper, &ids);
    // The older page is not stuck should the value go back.
    shelf.put(MAIN, &sealed(&older()));
    keeper.retry(NOW);
    is_saved(&keeper);
    tells(&keeper, &[]);
    ids.push("bb-1".into());
    holds(&mut keeper_of(&shelf, "later"), &ids);
}

#[test]
fn damaged_settings_are_kept_aside_and_begun_anew() {
    let shelf = FakeShelf::holding(&[(META, "damaged")]);
    let keeper = keeper(&shelf);
    tells(
        &keeper,
        &["The settings could not be read. We kept them aside and started new ones."],
    );
    is_saved(&keeper);
    assert_eq!(shelf.at("st1:bad:level-4:meta:1").as_deref(), Some("damaged"));
    assert!(
        shelf
            .at(META)
            .is_some_and(|text| text.contains(r#""dev":"dev-00112233aabbccdd""#))
    );
    assert!(unread(&shelf).contains("damaged"));

    let shelf = FakeShelf::holding(&[(META, "damaged")]);
    shelf.never_write(ShelfError::Full);
    keeper_of(&shelf, "s").append(EXERCISE, a_try("a", 1.0), NOW);
    assert_eq!(
        shelf.at(META).as_deref(),
        Some("damaged"),
        "not overwritten without a copy"
    );
}

#[test]
fn the_export_holds_what_was_never_opened() {
    let shelf = FakeShelf::default();
    let mut first = keeper_of(&shelf, "one");
    first.append("week-20/x", a_try("a", 0.5), NOW);
    first.append("week-20/y", a_try("a", 0.5), NOW);
    shelf.put("st1:level-4:week-20/z", "damaged\n\"quoted\"");
    shelf.put("st1:level-5:week-20/x", "another course");
    shelf.put("theme", "dark");
    let text = keeper_of(&shelf, "two").export(NOW + 1);
    let export: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(export["format"], "sandtable-progress");
    assert_eq!(
        (&export["course"], &export["saved"]),
        (&"level-4".into(), &(NOW + 1).into())
    );
    assert!(!export["exercises"]["week-20/x"]["attempts"]["one-1"].is_null());
    assert!(!export["exercises"]["week-20/y"]["attempts"]["one-2"].is_null());
    assert_eq!(export["unread"]["st1:level-4:week-20/z"], "damaged\n\"quoted\"");
    assert!(!text.contains("dark") && !text.contains("another course"));
    assert!(
        text.lines()
            .any(|line| line.trim_start().starts_with(r#""one-1":{"item""#)),
        "a line an attempt: {text}"
    );
}

#[test]
fn notices_count() {
    let shelf = FakeShelf::holding(&[
        ("st1:level-4:week-20/x", "damaged"),
        ("st1:level-4:week-20/y", "damaged"),
    ]);
    let mut keeper = keeper(&shelf);
    keeper.record("week-20/x");
    keeper.record("week-20/y");
    tells(
        &keeper,
        &["2 records could not be read. We kept them aside; there were no good copies of them."],
    );
}
