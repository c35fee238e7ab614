//! Laws: what is written is read, and nothing that is read makes it panic.

use std::collections::BTreeMap;

use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::index::{Course, ExerciseEntry, ItemEntry, Objective, Topic, Week};
use crate::{
    BlockKey, Body, ChoiceRule, Hint, Item, ItemView, Key, KeyBody, OptionKey, OrderRule, Pick, Piece, Source, Via,
    WrongPair,
};

fn word() -> impl Strategy<Value = String> {
    "[a-zé\"\\\\<\n]{0,4}"
}

fn words() -> impl Strategy<Value = Vec<String>> {
    vec(word(), 0..3)
}

fn by_name() -> impl Strategy<Value = BTreeMap<String, String>> {
    btree_map(word(), word(), 0..3)
}

/// Hundredths, nought and one among them: what authors write.
fn share() -> impl Strategy<Value = f64> {
    (0..=100_u8).prop_map(|hundredths| f64::from(hundredths) / 100.0)
}

fn pieces() -> impl Strategy<Value = Vec<Piece>> {
    let piece = (word(), word(), word()).prop_map(|(id, html, label)| Piece { id, html, label });
    vec(piece, 0..3)
}

fn a_body() -> impl Strategy<Value = Body> {
    let pick = prop_oneof![Just(Pick::One), Just(Pick::Any), any::<u32>().prop_map(Pick::Exactly)];
    prop_oneof![
        (pick, pieces(), any::<bool>()).prop_map(|(pick, options, fixed)| Body::Choice { pick, options, fixed }),
        (pieces(), pieces(), any::<bool>()).prop_map(|(prompts, tokens, reuse)| Body::Match { prompts, tokens, reuse }),
        (pieces(), any::<bool>()).prop_map(|(blocks, tray)| Body::Order { blocks, tray }),
    ]
}

fn a_key_body() -> impl Strategy<Value = KeyBody> {
    let choice_rule = prop::sample::select(vec![
        ChoiceRule::NetCorrect,
        ChoiceRule::EachDecision,
        ChoiceRule::Coverage,
        ChoiceRule::AllOrNothing,
    ]);
    let order_rule = prop::sample::select(vec![OrderRule::Inversions, OrderRule::LongestRun, OrderRule::Edits]);
    let option = (word(), any::<bool>(), share(), word()).prop_map(|(id, right, weight, why)| OptionKey {
        id,
        right,
        weight,
        why,
    });
    let wrong = (word(), word(), word()).prop_map(|(prompt, token, why)| WrongPair { prompt, token, why });
    let block = (word(), option::of(words()), word()).prop_map(|(id, after, why)| BlockKey { id, after, why });
    prop_oneof![
        (choice_rule, vec(option, 0..3)).prop_map(|(rule, options)| KeyBody::Choice { rule, options }),
        (by_name(), by_name(), vec(wrong, 0..3)).prop_map(|(pairs, why, wrong)| KeyBody::Match { pairs, why, wrong }),
        (order_rule, vec(block, 0..3)).prop_map(|(rule, blocks)| KeyBody::Order { rule, blocks }),
    ]
}

fn an_item() -> impl Strategy<Value = Item> {
    let hint = word().prop_map(|html| Hint { html });
    let view = (word(), word(), word(), word(), vec(share(), 0..3), a_body());
    let key = (a_key_body(), vec(hint, 0..3), word(), words());
    (view, key).prop_map(|(view, key)| {
        let (id, version, objective, stem, hint_prices, body) = view;
        let view = ItemView {
            id,
            version,
            objective,
            stem,
            hint_prices,
            body,
        };
        let (body, hints, explain, sources) = key;
        let key = Key {
            body,
            hints,
            explain,
            sources,
        };
        Item { view, key }
    })
}

fn a_quiz() -> impl Strategy<Value = Quiz> {
    let via = prop::sample::select(vec![Via::Live, Via::Copy]);
    let source =
        (word(), word(), word(), word(), via, word()).prop_map(|(key, title, url, checked, via, says)| Source {
            key,
            title,
            url,
            checked,
            via,
            says,
        });
    let lists = (vec(source, 0..3), vec(an_item(), 0..3));
    (word(), word(), word(), word(), any::<u32>(), lists).prop_map(
        |(id, title, purpose, topic, tries, (sources, items))| Quiz {
            format: FORMAT,
            id,
            title,
            purpose,
            topic,
            tries,
            sources,
            items,
        },
    )
}

fn a_week() -> impl Strategy<Value = Week> {
    let objective = (word(), word()).prop_map(|(id, text)| Objective { id, text });
    let topic =
        (word(), word(), vec(objective, 0..3)).prop_map(|(id, title, objectives)| Topic { id, title, objectives });
    let former = vec(word(), 0..2);
    let item = (word(), word(), vec(share(), 0..3), former).prop_map(|(id, version, hint_prices, aliases)| ItemEntry {
        id,
        version,
        hint_prices,
        aliases,
    });
    let texts = (word(), word(), word(), word(), word(), word());
    let exercise = (texts, any::<u32>(), vec(item, 0..3), words()).prop_map(|(texts, minutes, items, aliases)| {
        let (id, kind, title, purpose, topic, file) = texts;
        ExerciseEntry {
            id,
            kind,
            title,
            purpose,
            topic,
            minutes,
            file,
            items,
            aliases,
        }
    });
    (any::<u32>(), word(), vec(topic, 0..3), vec(exercise, 0..3)).prop_map(|(week, title, topics, exercises)| Week {
        week,
        title,
        topics,
        exercises,
    })
}

fn an_index() -> impl Strategy<Value = Index> {
    let course =
        (word(), word(), option::of(word())).prop_map(|(id, title, report_url)| Course { id, title, report_url });
    (course, word(), by_name(), vec(a_week(), 0..3)).prop_map(|(course, build, modules, weeks)| Index {
        format: FORMAT,
        course,
        build,
        modules,
        weeks,
    })
}

fn an_answer() -> impl Strategy<Value = Answer> {
    prop_oneof![
        words().prop_map(Answer::Choice),
        by_name().prop_map(Answer::Match),
        words().prop_map(Answer::Order),
        a_design().prop_map(Answer::Design),
    ]
}

/// JSON without fractions: what a design may hold.
fn a_design() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        ".{0,5}".prop_map(Value::from),
    ];
    let value = leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..3).prop_map(Value::from),
            btree_map(".{0,3}", inner, 0..3).prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    });
    btree_map("[a-z]{1,3}", value, 0..4).prop_map(|fields| Value::Object(fields.into_iter().collect()))
}

#[test]
fn a_design_is_an_object_without_fractions() {
    let read = |text: &str| answer(&serde_json::from_str(text).unwrap());
    assert!(read(r#"{"design":{"at":[1,-2]}}"#).is_ok());
    for other in [
        r#"{"design":[1]}"#,
        r#"{"design":{"at":0.5}}"#,
        r#"{"design":null}"#,
        r#"{"design":{},"x":1}"#,
    ] {
        assert!(read(other).is_err(), "{other}");
    }
}

fn a_run() -> impl Strategy<Value = Run> {
    let phase = prop::sample::select(vec![Phase::Answering, Phase::Checked, Phase::Done]);
    let one_try = (an_answer(), any::<u32>()).prop_map(|(answer, hints)| Try { answer, hints });
    let given = (option::of(an_answer()), vec(one_try, 0..4));
    let times = (any::<u64>(), any::<u64>());
    (word(), word(), times, given, any::<u32>(), phase, option::of(word())).prop_map(
        |(item, version, (seed, opened), (answer, tries), hints, phase, refused)| Run {
            item,
            version,
            seed,
            opened,
            worked: opened / 3,
            history: History::default(),
            answer,
            tries,
            hints,
            phase,
            refused,
        },
    )
}

/// Any JSON, its names those that are looked for.
fn any_json() -> impl Strategy<Value = Value> {
    let names = "format|id|title|view|key|items|body|choice|match|order|pick|exactly|options|answer|tries|hints|phase";
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (0..2_u8).prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "one|live|any|.{0,3}".prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 60, 6, move |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            btree_map(names, inner, 0..6).prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

fn written(it: &impl serde::Serialize) -> String {
    serde_json::to_string(it).unwrap()
}

/// Every path to a field of a document, as JSON pointers.
fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (name, inner) in fields {
                let here = format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"));
                pointers(inner, &here, found);
                found.push(here);
            }
        }
        Value::Array(values) => {
            for (place, inner) in values.iter().enumerate() {
                pointers(inner, &format!("{at}/{place}"), found);
            }
        }
        _ => {}
    }
}

proptest! {
    #[test]
    fn a_quiz_that_is_written_is_read(it in a_quiz()) {
        prop_assert_eq!(quiz(&written(&it)), Ok(it));
    }

    #[test]
    fn an_index_that_is_written_is_read(it in an_index()) {
        prop_assert_eq!(index(&written(&it)), Ok(it));
    }

    #[test]
    fn a_run_that_is_written_is_read(it in a_run()) {
        prop_assert_eq!(run(&serde_json::from_str(&written(&it)).unwrap()), Ok(it));
    }

    #[test]
    fn an_answer_is_read_as_serde_reads_it(it in an_answer()) {
        let text = written(&it);
        prop_assert_eq!(answer(&serde_json::from_str(&text).unwrap()), Ok(it.clone()));
        prop_assert_eq!(serde_json::from_str::<Answer>(&text).unwrap(), it);
    }

    #[test]
    fn any_json_is_safe(value in any_json(), place: prop::sample::Index, it in a_quiz(), run_of in a_run()) {
        for whole in [serde_json::to_value(&it).unwrap(), serde_json::to_value(&run_of).unwrap(), json!({"format": FORMAT})] {
            let mut places = Vec::new();
            pointers(&whole, "", &mut places);
            let mut damaged = whole.clone();
            if let Some(inner) = damaged.pointer_mut(&places[place.index(places.len())]) {
                *inner = value.clone();
            }
            for value in [&value, &damaged] {
                let text = value.to_string();
                let _ = (quiz(&text), index(&text), run(value), answer(value));
            }
        }
    }

    #[test]
    fn any_text_is_safe(text in ".*") {
        let _ = (quiz(&text), index(&text));
    }

    #[test]
    fn fields_not_known_are_passed_over(it in a_quiz(), extra in any_json()) {
        let mut value = serde_json::to_value(&it).unwrap();
        for at in ["", "/items/0", "/items/0/view", "/items/0/key", "/sources/0"] {
            if let Some(Value::Object(fields)) = value.pointer_mut(at) {
                fields.insert("later".to_owned(), extra.clone());
            }
        }
        prop_assert_eq!(quiz(&value.to_string()), Ok(it));
    }
}

fn a_small_quiz() -> Value {
    let item = crate::grade::tests::choice(&["a", "b"], &["a"]);
    json!({
        "format": FORMAT, "id": "w/x", "title": "X", "purpose": "P", "topic": "t", "tries": 3,
        "sources": [{"key": "k", "title": "T", "url": "https://x", "checked": "2026-11-25", "via": "live", "says": "s"}],
        "items": [item],
    })
}

#[track_caller]
fn check(at: &str, to: Value, expected: &str) {
    let mut value = a_small_quiz();
    *value.pointer_mut(at).unwrap() = to;
    assert_eq!(quiz(&value.to_string()), Err(ReadError::Broken(expected.to_owned())));
}

#[test]
fn a_fault_names_the_field() {
    assert!(quiz(&a_small_quiz().to_string()).is_ok());
    check("/tries", json!(-1), "tries is no whole number of 32 bits");
    check("/items", json!(null), "items is no list");
    check("/items/0/view/stem", json!(7), "items.view.stem is no text");
    check("/items/0/view", json!({}), "items.view.id is missing");
    check(
        "/items/0/view/body",
        json!({}),
        "items.view.body.kind is of a kind not known here",
    );
    check(
        "/items/0/view/body/choice/pick",
        json!("two"),
        "items.view.body.choice.pick is of a kind not known here",
    );
    check(
        "/items/0/view/body/choice/pick",
        json!({"exactly": 2.5}),
        "items.view.body.choice.exactly is no whole number of 32 bits",
    );
    check(
        "/items/0/key/sources",
        json!([1]),
        "items.key.sources holds what is no text",
    );
    check(
        "/items/0/key/body/choice/options/0/right",
        json!(1),
        "items.key.body.choice.options.right is neither true nor false",
    );
    check(
        "/sources/0/via",
        json!("hearsay"),
        "sources.via is of a kind not known here",
    );
}

#[test]
fn every_field_of_a_quiz_is_looked_at() {
    let whole = a_small_quiz();
    let mut places = Vec::new();
    pointers(&whole, "", &mut places);
    for place in places {
        let mut value = whole.clone();
        // No field is an object that may be empty.
        *value.pointer_mut(&place).unwrap() = json!({});
        let error = quiz(&value.to_string()).expect_err(&place);
        assert!(matches!(error, ReadError::Broken(_)), "{place}: {error}");
    }
}

#[test]
fn another_format_is_told_from_damage() {
    assert_eq!(quiz(r#"{"format":2}"#), Err(ReadError::NewFormat(2)));
    assert_eq!(index(r#"{"format":0,"weeks":7}"#), Err(ReadError::NewFormat(0)));
    assert_eq!(index("{}"), Err(ReadError::Broken("format is missing".to_owned())));
    assert!(matches!(quiz("{"), Err(ReadError::Broken(why)) if why.contains("line 1")));
}
