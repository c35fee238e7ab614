use sandtable_exercise::Answer;
use sandtable_progress::{Attempt, AttemptDraft, Behaviour, Hlc, Keeper, Record, Restored, Saving, restore, seal};

use crate::shelf::FakeShelf;

pub(crate) const COURSE: &str = "level-4";
pub(crate) const EXERCISE: &str = "week-20/transit-gateway";
pub(crate) const MAIN: &str = "st1:level-4:week-20/transit-gateway";
pub(crate) const BAK: &str = "st1:level-4:week-20/transit-gateway:bak";
pub(crate) const META: &str = "st1:level-4:meta";
pub(crate) const SESSION: &str = "00112233aabbccdd";
pub(crate) const NOW: u64 = 1_800_000_000_000;

pub(crate) fn keeper(shelf: &FakeShelf) -> Keeper<FakeShelf> {
    keeper_of(shelf, SESSION)
}

pub(crate) fn keeper_of(shelf: &FakeShelf, session: &str) -> Keeper<FakeShelf> {
    Keeper::open(shelf.clone(), COURSE, &format!("dev-{session}"), session, NOW)
}

pub(crate) fn a_try(item: &str, f: f64) -> AttemptDraft {
    AttemptDraft {
        item: format!("{EXERCISE}#{item}"),
        version: "0a1b2c3d".into(),
        seed: 7,
        behaviour: Behaviour::Practice,
        f,
        answer: Answer::Choice(vec!["a".into(), "ü€".into()]),
        certainty: None,
        hints: 0,
        seconds: 12,
    }
}

pub(crate) fn attempt(id: &str, item: &str, f: f64) -> Attempt {
    let AttemptDraft {
        item,
        version,
        seed,
        behaviour,
        f,
        answer,
        certainty,
        hints,
        seconds,
    } = a_try(item, f);
    Attempt {
        id: id.into(),
        item,
        version,
        seed,
        behaviour,
        at: NOW,
        f,
        answer,
        certainty,
        hints,
        seconds,
    }
}

/// Two attempts, one attempt of a kind nobody knows, a draft, a cleared draft, and fields nobody knows.
pub(crate) const BODY: &str = concat!(
    r#"{"attempts":{"#,
    r#""aa-1":{"item":"week-20/x#a","version":"0a1b2c3d","seed":9007199254740992,"behaviour":"practice","at":1800000000000,"f":0.666667,"answer":{"choice":["a","ü€"]},"hints":1,"seconds":9,"mood":"good"},"#,
    r#""aa-2":{"item":"week-20/x#b","version":"0a1b2c3d","seed":4,"behaviour":"practice","at":1800000000001,"f":1.0,"answer":{"match":{"p":"t"}},"certainty":3,"hints":0,"seconds":5},"#,
    r#""aa-3":{"item":"week-20/x#c","version":"0a1b2c3d","seed":4,"behaviour":"practice","at":1800000000002,"f":1.0,"answer":{"hotspot":[[1,2]]},"hints":0,"seconds":5}},"#,
    r#""drafts":{"week-20/x#a":{"at":[1800000000003,0],"dev":"d1","run":{"tries":[1,2]}},"week-20/x#b":{"at":[1800000000004,1],"dev":"d1","run":null}},"#,
    r#""later":{"deep":[[[1.50]]]}}"#
);

pub(crate) fn body() -> Record {
    Record::from_json(BODY).expect("the fixture reads")
}

pub(crate) fn sealed(record: &Record) -> String {
    seal(record, "d1", Hlc { ms: NOW, n: 3 })
}

#[track_caller]
pub(crate) fn read(text: &str) -> Record {
    match restore(Some(text)) {
        Restored::Read { record, .. } => record,
        other => panic!("{other:?} from {text}"),
    }
}

pub(crate) fn ids(record: &Record) -> Vec<String> {
    let mut ids: Vec<String> = record.attempts().iter().map(|attempt| attempt.id.clone()).collect();
    ids.sort();
    ids
}

/// No answer is lost: each is in memory, and in the file a learner can save.
#[track_caller]
pub(crate) fn holds(keeper: &mut Keeper<FakeShelf>, expect: &[String]) {
    let export = keeper.export(NOW);
    let document: serde_json::Value = serde_json::from_str(&export).expect("the export is JSON");
    let attempts = &document["exercises"][EXERCISE]["attempts"];
    let record = keeper.record(EXERCISE);
    for id in expect {
        assert!(record.has(id), "{id} is not in memory");
        assert!(!attempts[id].is_null(), "{id} is not in the export {export}");
    }
}

#[track_caller]
pub(crate) fn is_saved(keeper: &Keeper<FakeShelf>) {
    assert_eq!(keeper.status(), Saving::Saved);
}

#[track_caller]
pub(crate) fn tells(keeper: &Keeper<FakeShelf>, expect: &[&str]) {
    let texts: Vec<String> = keeper.notices().iter().map(sandtable_progress::Notice::text).collect();
    assert_eq!(texts, expect);
}
