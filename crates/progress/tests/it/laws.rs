use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use sandtable_progress::{Damage, Hlc, MAX_BYTES, Record, Restored, merge, restore, seal};

use crate::fixtures::{BODY, attempt, body, read, sealed};

/// Few ids, items, stamps and devices, so that records meet in every way.
fn a_record() -> impl Strategy<Value = Record> {
    let attempts = btree_map(
        "s-[1-4]",
        prop_oneof![4 => (0..3u8).prop_map(known), 1 => unknown()],
        0..4,
    );
    let draft = (
        0..3u64,
        0..2u32,
        "[de]",
        prop_oneof![Just("null".to_owned()), "[0-2]", r#"\{"a":[0-2]\}"#],
    )
        .prop_map(|(ms, n, dev, run)| format!(r#"{{"at":[{ms},{n}],"dev":"{dev}","run":{run}}}"#));
    let drafts = btree_map("#[ab]", prop_oneof![4 => draft, 1 => unknown()], 0..3);
    let extra = btree_map("[xy]", unknown(), 0..2);
    (attempts, drafts, extra).prop_map(|(attempts, drafts, extra)| {
        let object = |map: std::collections::BTreeMap<String, String>| {
            let fields: Vec<String> = map.iter().map(|(key, text)| format!(r#""{key}":{text}"#)).collect();
            fields.join(",")
        };
        let (attempts, drafts, extra) = (object(attempts), object(drafts), object(extra));
        let extra = if extra.is_empty() { extra } else { format!(",{extra}") };
        Record::from_json(&format!(
            r#"{{"attempts":{{{attempts}}},"drafts":{{{drafts}}}{extra}}}"#
        ))
        .expect("a record")
    })
}

fn known(f: u8) -> String {
    attempt("", "a", f64::from(f) / 2.0).to_json()
}

fn unknown() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("null".to_owned()),
        "[0-9]",
        Just(r#"{"answer":{"hotspot":[]}}"#.to_owned())
    ]
}

proptest! {
    #[test]
    fn merge_is_commutative(a in a_record(), b in a_record()) {
        prop_assert_eq!(merge(&a, &b), merge(&b, &a));
    }

    #[test]
    fn merge_is_associative(a in a_record(), b in a_record(), c in a_record()) {
        prop_assert_eq!(merge(&merge(&a, &b), &c), merge(&a, &merge(&b, &c)));
    }

    #[test]
    fn merge_is_idempotent(a in a_record(), b in a_record()) {
        prop_assert_eq!(&merge(&a, &a), &a);
        let union = merge(&a, &b);
        prop_assert_eq!(&merge(&union, &a), &union);
        prop_assert!(!union.clone().merge(&b), "says that something changed");
    }

    #[test]
    fn merge_loses_no_attempt(a in a_record(), b in a_record()) {
        let union = merge(&a, &b);
        for one in [&a, &b] {
            prop_assert!(one.attempts().iter().all(|attempt| union.has(&attempt.id)));
            prop_assert!(union.attempts().len() + union.unread() >= one.attempts().len() + one.unread());
        }
    }

    #[test]
    fn sealed_and_restored_is_the_same(record in a_record(), dev in ".*", ms: u64, n: u32) {
        let hlc = Hlc { ms, n };
        prop_assert_eq!(restore(Some(&seal(&record, &dev, hlc))), Restored::Read { record, dev, hlc });
    }

    #[test]
    fn any_text_is_safe(text in ".*", bytes in vec(any::<u8>(), 0..200)) {
        let _ = restore(Some(&text));
        let _ = restore(Some(&String::from_utf8_lossy(&bytes)));
        let _ = restore(Some(&format!(r#"{{"v":1,"crc":"{text}","dev":"d","hlc":[1,2],"body":{text}}}"#)));
        let _ = Record::from_json(&text);
    }

    #[test]
    fn a_cut_and_patched_record_is_damaged(from in 0usize..900, len in 0usize..40, patch in ".{0,3}") {
        let whole = sealed(&body());
        let (from, to) = (floor(&whole, from), floor(&whole, from + len));
        let text = format!("{}{patch}{}", &whole[..from], &whole[to..]);
        match restore(Some(&text)) {
            Restored::Read { record, .. } => prop_assert_eq!(record, body()),
            Restored::Newer { .. } | Restored::Damaged { .. } => {}
            Restored::Empty => prop_assert!(false, "a value is never no value"),
        }
    }
}

fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len()))
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(0)
}

#[test]
fn any_flipped_byte_is_noticed() {
    let whole = sealed(&body());
    for at in 0..whole.len() {
        for flip in 1..=u8::MAX {
            let mut bytes = whole.clone().into_bytes();
            bytes[at] ^= flip;
            let text = String::from_utf8_lossy(&bytes);
            match restore(Some(&text)) {
                Restored::Read { record, .. } => assert_eq!(record, body(), "byte {at} ^ {flip}: {text}"),
                // Not even the version number can be damaged into a value that an old page then shuns.
                Restored::Damaged { .. } => {}
                other => panic!("{other:?} from byte {at} ^ {flip}: {text}"),
            }
        }
    }
}

#[test]
fn every_beginning_of_a_record_is_damaged() {
    let whole = sealed(&body());
    for at in (0..whole.len()).filter(|at| whole.is_char_boundary(*at)) {
        let restored = restore(Some(&whole[..at]));
        assert!(
            matches!(restored, Restored::Damaged { .. }),
            "{restored:?} from {at} bytes"
        );
    }
}

#[track_caller]
fn is_damaged(text: &str, expect: Damage) {
    match restore(Some(text)) {
        Restored::Damaged { why } => match (why, expect) {
            (Damage::Form(_), Damage::Form(_)) | (Damage::Body(_), Damage::Body(_)) => {}
            (why, expect) => assert_eq!(why, expect),
        },
        other => panic!("{other:?}"),
    }
}

/// An envelope whose checksum fits, whatever is in it.
fn envelope(v: &str, dev: &str, hlc: &str, body: &str) -> String {
    let crc = sandtable_progress::crc32(format!("{v}\n{dev}\n{hlc}\n{body}\n").as_bytes());
    format!(r#"{{"v":{v},"crc":"{crc:08x}","dev":{dev},"hlc":{hlc},"body":{body}}}"#)
}

#[test]
fn what_restore_makes_of_other_texts() {
    let form = || Damage::Form(String::new());
    let wrong_body = || Damage::Body(String::new());
    assert_eq!(restore(None), Restored::Empty);
    is_damaged("", form());
    is_damaged("null", form());
    is_damaged("{}", form());
    is_damaged("[1]", form());
    is_damaged(r#"{"v":0}"#, form());
    is_damaged(r#"{"v":1}"#, form());
    is_damaged(r#"{"v":-1}"#, form());
    is_damaged(r#"{"v":2.5}"#, form());
    is_damaged(r#"{"v":1,"v":2}"#, form());
    is_damaged(&envelope("0", r#""d""#, "[1,2]", "{}"), form());
    is_damaged(&envelope("1", "7", "[1,2]", "{}"), form());
    is_damaged(&envelope("1", r#""d""#, "[1]", "{}"), form());
    is_damaged(&envelope("1", r#""d""#, "[1,-2]", "{}"), form());
    is_damaged(&envelope("1", r#""d""#, "[1,2]", "[]"), wrong_body());
    is_damaged(&envelope("1", r#""d""#, "[1,2]", r#"{"attempts":[]}"#), wrong_body());
    is_damaged(&envelope("1", r#""d""#, "[1,2]", r#"{"drafts":3}"#), wrong_body());
    is_damaged(
        &envelope("1", r#""d""#, "[1,2]", "{}").replace("{}", "{ }"),
        Damage::Checksum,
    );
    is_damaged(
        &envelope("1", r#""d""#, "[1,2]", "{}").replace(r#""v":1"#, r#""v":7"#),
        Damage::Checksum,
    );
    is_damaged(
        &envelope("1", r#""d""#, "[1,2]", "{}").replace("}}", r#"},"x":1}"#),
        form(),
    );
    is_damaged(&" ".repeat(MAX_BYTES + 1), Damage::TooLong);
    assert_eq!(
        restore(Some(&envelope("2", r#""d""#, "[1,2]", "[]"))),
        Restored::Newer { v: 2 }
    );
    assert_eq!(restore(Some(r#"{"v":3,"zip":"H4sI"}"#)), Restored::Newer { v: 3 });
    assert_eq!(read(&envelope("1", r#""d""#, "[1,2]", "{}")), Record::default());
}

#[test]
fn deep_nesting_overflows_nothing() {
    let deep = format!("{}{}", "[".repeat(1_000_000), "]".repeat(1_000_000));
    is_damaged(&deep, Damage::Form(String::new()));
    is_damaged(&format!(r#"{{"v":1,"x":{deep}}}"#), Damage::Form(String::new()));
    for body in [
        format!(r#"{{"later":{deep}}}"#),
        format!(r#"{{"attempts":{{"a-1":{deep}}}}}"#),
        format!(r#"{{"attempts":{{"a-1":{{"answer":{{"choice":{deep}}}}}}}}}"#),
        format!(r##"{{"drafts":{{"#a":{{"at":[1,2],"dev":"d","run":{deep}}}}}}}"##),
    ] {
        let record = read(&envelope("1", r#""d""#, "[1,2]", &body));
        assert_eq!(record, merge(&record, &record));
        assert_eq!(record.draft::<serde_json::Value>("#a"), None);
        assert_eq!(read(&sealed(&record)), record, "kept to the letter");
    }
}

#[test]
fn what_is_not_understood_is_written_back_to_the_letter() {
    let record = body();
    assert_eq!(record.attempts().len(), 2);
    assert_eq!(record.unread(), 1);
    assert_eq!(record.to_json(), BODY);
    let mut grown = record.clone();
    grown.add(attempt("zz-1", "a", 1.0));
    let json = read(&sealed(&merge(&grown, &record))).to_json();
    for kept in [
        r#""mood":"good""#,
        r#"{"hotspot":[[1,2]]}"#,
        r#""later":{"deep":[[[1.50]]]}"#,
        r#""zz-1":"#,
    ] {
        assert!(json.contains(kept), "{kept} is missing in {json}");
    }
}

#[test]
fn an_attempt_is_never_replaced() {
    let mut record = Record::default();
    record.add(attempt("s-1", "a", 0.5));
    record.add(attempt("s-1", "a", 1.0));
    assert_eq!(record.attempts()[0].f, 0.5);
}
