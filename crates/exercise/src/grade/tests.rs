//! Golden values of the agreed formulae, and laws that hold for every answer.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::{BlockKey, ChoiceRule, Item, OptionKey, OrderRule, Pick, Piece};

mod choice;
mod matching;
mod order;

/// An item around a body and its key.
pub(crate) fn item(body: Body, key: KeyBody) -> Item {
    Item {
        view: ItemView {
            id: "week-20/test#item".into(),
            version: "00000000".into(),
            objective: "w20-t1-o1".into(),
            stem: "<p>Which?</p>".into(),
            hint_prices: vec![],
            body,
        },
        key: Key {
            body: key,
            hints: vec![],
            explain: "<p>Because.</p>".into(),
            sources: vec!["source".into()],
        },
    }
}

pub(crate) fn piece(id: &str) -> Piece {
    Piece {
        id: id.into(),
        html: id.into(),
        label: id.into(),
    }
}

fn choice_by(rule: ChoiceRule, options: &[&str], right: &[&str]) -> Item {
    let pick = if right.len() == 1 { Pick::One } else { Pick::Any };
    let keys = options.iter().map(|id| OptionKey {
        id: (*id).into(),
        right: right.contains(id),
        weight: 0.0,
        why: format!("why {id}"),
    });
    item(
        Body::Choice {
            pick,
            options: options.iter().map(|id| piece(id)).collect(),
            fixed: false,
        },
        KeyBody::Choice {
            rule,
            options: keys.collect(),
        },
    )
}

pub(crate) fn choice(options: &[&str], right: &[&str]) -> Item {
    choice_by(ChoiceRule::NetCorrect, options, right)
}

fn order_by(rule: OrderRule, graph: &[(&str, &[&str])], decoys: &[&str]) -> Item {
    let belong = graph.iter().map(|(id, after)| BlockKey {
        id: (*id).to_owned(),
        after: Some(after.iter().map(|id| (*id).to_owned()).collect()),
        why: format!("why {id}"),
    });
    let apart = decoys.iter().map(|id| BlockKey {
        id: (*id).to_owned(),
        after: None,
        why: format!("no {id}"),
    });
    let blocks = graph
        .iter()
        .map(|(id, _)| piece(id))
        .chain(decoys.iter().map(|id| piece(id)))
        .collect();
    item(
        Body::Order {
            blocks,
            tray: rule == OrderRule::Edits,
        },
        KeyBody::Order {
            rule,
            blocks: belong.chain(apart).collect(),
        },
    )
}

/// Blocks 1 to n with the one right order 1, 2, ... n.
pub(crate) fn order_chain(n: usize) -> Item {
    chain_by(OrderRule::Inversions, n)
}

fn chain_by(rule: OrderRule, n: usize) -> Item {
    let ids: Vec<String> = (1..=n).map(|i| i.to_string()).collect();
    let refs: Vec<&str> = ids.iter().map(String::as_str).collect();
    let graph: Vec<(&str, &[&str])> = (0..n)
        .map(|i| (refs[i], if i == 0 { &refs[0..0] } else { &refs[i - 1..i] }))
        .collect();
    order_by(rule, &graph, &[])
}

/// Prompts p1.. with tokens t1.. and decoys d1...
pub(crate) fn matching(prompts: usize, decoys: usize) -> Item {
    let prompt_ids: Vec<String> = (1..=prompts).map(|i| format!("p{i}")).collect();
    let tokens = (1..=prompts)
        .map(|i| format!("t{i}"))
        .chain((1..=decoys).map(|i| format!("d{i}")));
    let tokens: Vec<Piece> = tokens.map(|id| piece(&id)).collect();
    let why = tokens
        .iter()
        .map(|token| (token.id.clone(), format!("why {}", token.id)))
        .collect();
    let pairs = (1..=prompts).map(|i| (format!("p{i}"), format!("t{i}"))).collect();
    let wrong = vec![crate::WrongPair {
        prompt: "p1".into(),
        token: "t2".into(),
        why: "not t2 at p1".into(),
    }];
    item(
        Body::Match {
            prompts: prompt_ids.iter().map(|id| piece(id)).collect(),
            tokens,
            reuse: false,
        },
        KeyBody::Match { pairs, why, wrong },
    )
}

pub(crate) fn chosen(ids: &[&str]) -> Answer {
    Answer::Choice(ids.iter().map(|id| (*id).to_owned()).collect())
}

pub(crate) fn ordered(ids: &[&str]) -> Answer {
    Answer::Order(ids.iter().map(|id| (*id).to_owned()).collect())
}

pub(crate) fn placed(pairs: &[(&str, &str)]) -> Answer {
    Answer::Match(
        pairs
            .iter()
            .map(|(prompt, token)| ((*prompt).to_owned(), (*token).to_owned()))
            .collect(),
    )
}

fn verdict(item: &Item, answer: &Answer) -> Verdict {
    grade(&item.view, &item.key, 0, answer)
}

#[track_caller]
fn check(item: &Item, answer: &Answer, expected: f64) {
    let fraction = verdict(item, answer).fraction();
    assert!(
        fraction.is_some_and(|f| (f - expected).abs() < 1e-9),
        "expected {expected}, got {fraction:?}"
    );
}

#[track_caller]
fn check_sum(item: &Item, answer: &Answer, expected: &str) {
    let Verdict::Scored { feedback, .. } = verdict(item, answer) else {
        panic!("not scored")
    };
    assert_eq!(
        feedback[0],
        Feedback {
            part: None,
            text: expected.into()
        }
    );
}

#[track_caller]
fn check_states(item: &Item, answer: &Answer, expected: &str) {
    let Verdict::Scored { parts, .. } = verdict(item, answer) else {
        panic!("not scored")
    };
    let states: Vec<String> = parts
        .iter()
        .map(|part| format!("{} {:?}", part.id, part.state))
        .collect();
    assert_eq!(states.join(", "), expected);
}

#[track_caller]
fn check_invalid(item: &Item, answer: &Answer, expected: &str) {
    assert_eq!(verdict(item, answer), Verdict::invalid(expected));
}

#[test]
fn an_answer_of_another_kind_is_invalid() {
    let item = choice(&["a", "b"], &["a"]);
    check_invalid(
        &item,
        &ordered(&["a"]),
        "This answer belongs to another kind of question.",
    );
    assert_eq!(verdict(&item, &ordered(&[])), Verdict::NotAnswered);
}

#[test]
fn a_verdict_as_json() {
    let item = choice(&["a", "b", "c", "d"], &["a", "b"]);
    let text = serde_json::to_string(&verdict(&item, &chosen(&["a", "c"]))).unwrap();
    assert_eq!(
        text,
        r#"{"outcome":"scored","fraction":0.0,"parts":[{"id":"a","state":"right"},{"id":"b","state":"missed"},{"id":"c","state":"wrong"},{"id":"d","state":"left"}],"feedback":[{"part":null,"text":"1 right, 1 wrong: (1-1)/2."},{"part":"a","text":"why a"},{"part":"b","text":"why b"},{"part":"c","text":"why c"}]}"#
    );
    assert_eq!(
        serde_json::to_string(&Verdict::NotAnswered).unwrap(),
        r#"{"outcome":"not_answered"}"#
    );
    let answer: Answer = serde_json::from_str(r#"{"match":{"prompt":"token"}}"#).unwrap();
    assert_eq!(answer, placed(&[("prompt", "token")]));
}

/// Items of every kind and rule, with their right answer.
fn samples() -> Vec<(Item, Answer)> {
    let options = ["a", "b", "c", "d", "e", "f"];
    let mut samples: Vec<(Item, Answer)> = [
        ChoiceRule::NetCorrect,
        ChoiceRule::EachDecision,
        ChoiceRule::Coverage,
        ChoiceRule::AllOrNothing,
    ]
    .map(|rule| (choice_by(rule, &options, &["a", "c"]), chosen(&["c", "a"])))
    .into();
    let pairs: Vec<(String, String)> = (1..=4).map(|i| (format!("p{i}"), format!("t{i}"))).collect();
    let pairs: Vec<(&str, &str)> = pairs.iter().map(|(p, t)| (p.as_str(), t.as_str())).collect();
    samples.extend([
        (choice(&options, &["b"]), chosen(&["b"])),
        (matching(4, 0), placed(&pairs)),
        (matching(4, 2), placed(&pairs)),
        (order_chain(4), ordered(&["1", "2", "3", "4"])),
        (chain_by(OrderRule::LongestRun, 4), ordered(&["1", "2", "3", "4"])),
        (
            order::golden_graph(&["x", "y"]),
            ordered(&["1", "8", "2", "3", "5", "4", "6", "7", "9", "10"]),
        ),
    ]);
    samples
}

/// Any answer of any kind: mostly of known ids, some unknown, some repeated.
pub(crate) fn any_answer() -> impl Strategy<Value = Answer> {
    let id = prop_oneof![
        prop::sample::select(vec![
            "a", "b", "c", "d", "e", "f", "p1", "p2", "p3", "p4", "t1", "t2", "t3", "t4", "d1"
        ]),
        prop::sample::select(vec![
            "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "x", "y", "d2", "", "\u{0}"
        ]),
    ]
    .prop_map(str::to_owned);
    prop_oneof![
        prop::collection::vec(id.clone(), 0..8).prop_map(Answer::Choice),
        prop::collection::vec(id.clone(), 0..14).prop_map(Answer::Order),
        prop::collection::btree_map(id.clone(), id, 0..6).prop_map(Answer::Match),
    ]
}

proptest! {
    #[test]
    fn every_answer_has_a_verdict_inside_its_bounds(answer in any_answer()) {
        for (item, _) in samples() {
            if let Verdict::Scored { fraction, parts, .. } = verdict(&item, &answer) {
                prop_assert!((0.0..=1.0).contains(&fraction));
                let gives_all = parts.iter().all(|p| matches!(p.state, PartState::Right | PartState::Left));
                prop_assert_eq!((fraction - 1.0).abs() < 1e-9, gives_all, "{:?} {:?}", answer, parts);
            }
        }
    }

    #[test]
    fn only_a_complete_or_partial_answer_is_scored(answer in any_answer()) {
        for (item, _) in samples() {
            let scored = matches!(verdict(&item, &answer), Verdict::Scored { .. });
            let gradable =
                matches!(completeness(&item.view, &answer), Completeness::Complete | Completeness::Partial { .. });
            prop_assert_eq!(scored, gradable);
        }
    }
}

#[test]
fn the_right_answer_scores_one() {
    for (item, answer) in samples() {
        check(&item, &answer, 1.0);
    }
}
