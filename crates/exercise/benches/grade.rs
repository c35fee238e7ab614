//! Grading one answer has a budget of 50 us (median): see `budgets.yaml`.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use sandtable_exercise::{Answer, BlockKey, Body, Item, ItemView, Key, KeyBody, OrderRule, Piece, grade};

/// The dearest case: fifteen blocks of a dependency chain in reverse.
fn reversed_order(criterion: &mut Criterion) {
    let ids: Vec<String> = (0..15).map(|n| n.to_string()).collect();
    let blocks: Vec<BlockKey> = (0..15)
        .map(|n| {
            let after = (n > 0).then(|| ids[n - 1].clone()).into_iter().collect();
            BlockKey {
                id: ids[n].clone(),
                after: Some(after),
                why: "why".into(),
            }
        })
        .collect();
    let pieces = ids
        .iter()
        .map(|id| Piece {
            id: id.clone(),
            html: id.clone(),
            label: id.clone(),
        })
        .collect();
    let item = Item {
        view: ItemView {
            id: "week-20/bench#order".into(),
            version: "00000000".into(),
            objective: "w20-t1-o1".into(),
            stem: String::new(),
            hint_prices: vec![],
            body: Body::Order {
                blocks: pieces,
                tray: true,
            },
        },
        key: Key {
            body: KeyBody::Order {
                rule: OrderRule::Edits,
                blocks,
            },
            hints: vec![],
            explain: String::new(),
            sources: vec![],
        },
    };
    let answer = Answer::Order(ids.iter().rev().cloned().collect());
    criterion.bench_function("grade a reversed order of 15", |bencher| {
        bencher.iter(|| grade(black_box(&item.view), &item.key, 0, black_box(&answer)));
    });
}

criterion_group!(benches, reversed_order);
criterion_main!(benches);
