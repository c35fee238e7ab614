use sandtable_progress::{Hlc, Record, Restored, crc32, restore, seal};

/// A value as version 1 wrote it. Learners have such values in their browsers: nobody may edit the file, and every
/// build has to read it. A new version gets a file of its own beside it.
const V1: &str = include_str!("../frozen/v1.json");

#[test]
fn nobody_has_edited_it() {
    assert_eq!(
        crc32(V1.as_bytes()),
        0xadc5_77b6,
        "tests/frozen/v1.json is frozen: put it back"
    );
}

#[test]
fn version_1_is_read_whole() {
    let Restored::Read { record, dev, hlc } = restore(Some(V1)) else {
        panic!("not read")
    };
    assert_eq!(
        (dev.as_str(), hlc),
        (
            "5e1f00d5",
            Hlc {
                ms: 1_800_000_000_500,
                n: 2
            }
        )
    );
    let attempts = record.attempts();
    let told: Vec<String> = attempts
        .iter()
        .map(|a| format!("{} {} {} {:?}", a.id, a.item, a.f, a.answer))
        .collect();
    assert_eq!(
        told,
        [
            r#"00112233aabbccdd-1 week-20/transit-gateway#blackhole 0.666667 Choice(["a", "c"])"#,
            r#"00112233aabbccdd-2 week-20/transit-gateway#blackhole 1 Choice(["a", "b", "c"])"#,
            r#"00112233aabbccdd-3 week-20/transit-gateway#parts 0.5 Match({"attachment": "elastic", "route table": "ü€"})"#,
            r#"ffeeddcc99887766-1 week-20/transit-gateway#steps 1 Order(["one", "two"])"#,
        ]
    );
    assert_eq!(attempts[1].certainty, Some(2));
    assert_eq!(
        (attempts[1].seed, attempts[1].hints, attempts[1].seconds),
        (9_007_199_254_740_992, 1, 20)
    );
    assert_eq!(attempts[1].version, "0a1b2c3d");
    assert_eq!(record.unread(), 1, "an attempt of a kind that came later");
    assert_eq!(
        record.draft::<serde_json::Value>("week-20/transit-gateway#steps"),
        Some(serde_json::json!({"board": ["two", "one"], "tries": 1}))
    );
    assert_eq!(record.draft::<serde_json::Value>("week-20/transit-gateway#parts"), None);
    assert_eq!(
        seal(&record, &dev, hlc),
        V1.trim_end(),
        "and written back to the letter"
    );
}

/// The other direction, from values and not from the text. To be dropped once this build writes another version.
#[test]
fn this_build_writes_version_1() {
    let Restored::Read { record, dev, .. } = restore(Some(V1)) else {
        panic!("not read")
    };
    let mut written = Record::default();
    for attempt in record.attempts() {
        written.add(attempt.clone());
    }
    let steps = serde_json::json!({"board": ["two", "one"], "tries": 1});
    let at = |after: u64, n| Hlc {
        ms: 1_800_000_000_000 + after,
        n,
    };
    written.put_draft("week-20/transit-gateway#parts", at(100, 0), &dev, Some(&1));
    written.put_draft("week-20/transit-gateway#parts", at(200, 0), &dev, None::<&u8>);
    written.put_draft("week-20/transit-gateway#steps", at(500, 1), &dev, Some(&steps));
    let unknown = [
        r#","ffeeddcc99887766-2":{"item":"week-20/transit-gateway#area","version":"0a1b2c3d","seed":5,"behaviour":"practice","at":1800000000400,"f":1.0,"answer":{"hotspot":["r1"]},"hints":0,"seconds":9}"#,
        r#","mood":{"week":20}"#,
    ];
    let known = unknown.iter().fold(V1.trim_end().to_owned(), |text, part| {
        assert!(text.contains(part));
        text.replace(part, "")
    });
    assert!(
        known.ends_with(&format!(r#""body":{}}}"#, written.to_json())),
        "{}",
        written.to_json()
    );
}
