//! Checked author types to what a browser reads.

use std::collections::BTreeMap;

use sandtable_exercise::{
    BlockKey, Body, ChoiceRule, FORMAT, Hint, Item, ItemView, Key, KeyBody, OptionKey, OrderRule, Pick, Piece, Quiz,
    Source, Via, WrongPair,
};
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

use crate::author;
use crate::markdown::{plain, render, render_short};

/// Compiles a quiz that has no errors. `id` is the exercise's.
pub(crate) fn quiz(id: &str, quiz: &author::Quiz, sources: &BTreeMap<String, author::Source>) -> Quiz {
    let items: Vec<Item> = quiz.items.iter().map(|one| item(id, one)).collect();
    let mut keys: Vec<&String> = items.iter().flat_map(|item| &item.key.sources).collect();
    keys.sort_unstable();
    keys.dedup();
    Quiz {
        format: FORMAT,
        id: id.to_owned(),
        title: plain(&quiz.title),
        purpose: plain(&quiz.purpose),
        topic: quiz.topic.clone(),
        tries: quiz.tries,
        sources: keys
            .into_iter()
            .filter_map(|key| Some(source(key, sources.get(key)?)))
            .collect(),
        items,
    }
}

pub(crate) fn source(key: &str, source: &author::Source) -> Source {
    Source {
        key: key.to_owned(),
        title: plain(&source.title),
        url: source.url.clone(),
        checked: source.checked.clone(),
        via: match source.via {
            author::Via::Live => Via::Live,
            author::Via::Copy => Via::Copy,
        },
        says: plain(&source.says),
    }
}

fn item(exercise: &str, item: &author::Item) -> Item {
    let common = item.common();
    let (body, key) = match item {
        author::Item::Choice(item) => choice(item),
        author::Item::Match(item) => matching(item),
        author::Item::Order(item) => order(item),
    };
    let prices: Vec<f64> = common.hints.iter().map(|hint| hint.price).collect();
    Item {
        view: ItemView {
            id: format!("{exercise}#{}", common.id),
            version: version(&body, &key),
            objective: common.objective.to_owned(),
            stem: render(common.stem),
            hint_prices: prices,
            body,
        },
        key: Key {
            body: key,
            hints: common
                .hints
                .iter()
                .map(|hint| Hint {
                    html: render_short(&hint.text),
                })
                .collect(),
            explain: render(common.explain),
            sources: common.sources.to_vec(),
        },
    }
}

fn piece(id: &str, text: &str) -> Piece {
    Piece {
        id: id.to_owned(),
        html: render_short(text),
        label: plain(text),
    }
}

fn choice(item: &author::Choice) -> (Body, KeyBody) {
    let body = Body::Choice {
        pick: match item.pick {
            author::Pick::Number(1) => Pick::One,
            author::Pick::Number(n) => Pick::Exactly(n),
            author::Pick::Word(author::PickWord::Any) => Pick::Any,
        },
        options: item
            .options
            .iter()
            .map(|option| piece(&option.id, &option.text))
            .collect(),
        fixed: item.fixed,
    };
    let key = |option: &author::ChoiceOption| OptionKey {
        id: option.id.clone(),
        right: option.right,
        weight: option.weight.unwrap_or(0.0),
        why: render_short(&option.why),
    };
    let rule = match item.score {
        None | Some(author::Score::NetCorrect) => ChoiceRule::NetCorrect,
        Some(author::Score::EachDecision) => ChoiceRule::EachDecision,
        Some(author::Score::Coverage) => ChoiceRule::Coverage,
        Some(author::Score::AllOrNothing) => ChoiceRule::AllOrNothing,
    };
    let options = item.options.iter().map(key).collect();
    (body, KeyBody::Choice { rule, options })
}

fn matching(item: &author::Match) -> (Body, KeyBody) {
    let body = Body::Match {
        prompts: item
            .prompts
            .iter()
            .map(|prompt| piece(&prompt.id, &prompt.text))
            .collect(),
        tokens: item.tokens.iter().map(|token| piece(&token.id, &token.text)).collect(),
        reuse: item.reuse,
    };
    let wrong = |pair: &author::WrongPair| WrongPair {
        prompt: pair.prompt.clone(),
        token: pair.token.clone(),
        why: render_short(&pair.why),
    };
    let key = KeyBody::Match {
        pairs: item.pairs.clone(),
        why: item
            .tokens
            .iter()
            .map(|token| (token.id.clone(), render_short(&token.why)))
            .collect(),
        wrong: item.wrong.iter().map(wrong).collect(),
    };
    (body, key)
}

fn order(item: &author::Order) -> (Body, KeyBody) {
    let tray = item.blocks.iter().any(|block| block.decoy);
    let after = |block: &author::Block| match (&item.order, block.decoy) {
        (_, true) => None,
        // One order is a chain: each block comes after the one before it.
        (Some(order), false) => {
            let at = order.iter().position(|id| *id == block.id).unwrap_or(0);
            Some(
                at.checked_sub(1)
                    .and_then(|before| order.get(before))
                    .into_iter()
                    .cloned()
                    .collect(),
            )
        }
        (None, false) => Some(block.after.clone().unwrap_or_default()),
    };
    let rule = match (&item.order, tray, item.score) {
        (None, ..) | (_, true, _) => OrderRule::Edits,
        (Some(_), false, Some(author::OrderScore::LongestRun)) => OrderRule::LongestRun,
        (Some(_), false, None | Some(author::OrderScore::Inversions)) => OrderRule::Inversions,
    };
    let body = Body::Order {
        blocks: item.blocks.iter().map(|block| piece(&block.id, &block.text)).collect(),
        tray,
    };
    let key = |block: &author::Block| BlockKey {
        id: block.id.clone(),
        after: after(block),
        why: render_short(&block.why),
    };
    let blocks = item.blocks.iter().map(key).collect();
    (body, KeyBody::Order { rule, blocks })
}

/// The version of an item: over what grading reads, and over no prose, so that mending a sentence ages no record.
fn version(body: &Body, key: &KeyBody) -> String {
    let graded = match (body, key) {
        (Body::Choice { pick, .. }, KeyBody::Choice { rule, options }) => {
            let options: BTreeMap<&String, Json> = options
                .iter()
                .map(|key| (&key.id, json!([key.right, key.weight])))
                .collect();
            json!({"kind": "choice", "pick": pick, "rule": rule, "options": options})
        }
        (Body::Match { tokens, reuse, .. }, KeyBody::Match { pairs, .. }) => {
            let mut tokens: Vec<&String> = tokens.iter().map(|token| &token.id).collect();
            tokens.sort_unstable();
            json!({"kind": "match", "pairs": pairs, "tokens": tokens, "reuse": reuse})
        }
        (_, KeyBody::Order { rule, blocks }) => {
            let blocks: BTreeMap<&String, Option<Vec<&String>>> = blocks
                .iter()
                .map(|key| {
                    let sorted = key.after.as_ref().map(|after| {
                        let mut after: Vec<&String> = after.iter().collect();
                        after.sort_unstable();
                        after
                    });
                    (&key.id, sorted)
                })
                .collect();
            json!({"kind": "order", "rule": rule, "blocks": blocks})
        }
        (_, KeyBody::Choice { .. } | KeyBody::Match { .. }) => Json::Null,
    };
    hex(canonical(graded).to_string().as_bytes(), 8)
}

/// Sorts the fields of all mappings, also where another crate has serde_json keep their order.
pub(crate) fn canonical(value: Json) -> Json {
    match value {
        Json::Object(fields) => {
            let mut fields: Vec<(String, Json)> = fields
                .into_iter()
                .map(|(name, value)| (name, canonical(value)))
                .collect();
            fields.sort_by(|a, b| a.0.cmp(&b.0));
            Json::Object(fields.into_iter().collect())
        }
        Json::Array(values) => Json::Array(values.into_iter().map(canonical).collect()),
        other => other,
    }
}

/// The first digits of the SHA-256, in hexadecimal: what names of files and versions of items carry.
#[must_use]
pub fn hex(bytes: &[u8], digits: usize) -> String {
    let mut hex: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    hex.truncate(digits);
    hex
}
