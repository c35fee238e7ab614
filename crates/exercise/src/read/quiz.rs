//! The parts of a quiz.

use serde_json::Value;

use super::{Reader, given, kind};
use crate::{
    BlockKey, Body, ChoiceRule, Hint, Item, ItemView, Key, KeyBody, OptionKey, OrderRule, Pick, Piece, Source, Via,
    WrongPair,
};

pub(super) fn source(r: &mut Reader, value: &Value) -> Source {
    Source {
        key: r.string(value, "key"),
        title: r.string(value, "title"),
        url: r.string(value, "url"),
        checked: r.string(value, "checked"),
        via: match r.text(value, "via") {
            "live" => Via::Live,
            "copy" => Via::Copy,
            _ => r.unknown("via", Via::Copy),
        },
        says: r.string(value, "says"),
    }
}

pub(super) fn item(r: &mut Reader, value: &Value) -> Item {
    Item {
        view: r.part(value, "view", view),
        key: r.part(value, "key", key),
    }
}

fn view(r: &mut Reader, value: &Value) -> ItemView {
    ItemView {
        id: r.string(value, "id"),
        version: r.string(value, "version"),
        objective: r.string(value, "objective"),
        stem: r.string(value, "stem"),
        hint_prices: r.prices(value, "hint_prices"),
        body: r.part(value, "body", body),
    }
}

fn body(r: &mut Reader, value: &Value) -> Body {
    match kind(value) {
        "choice" => r.part(value, "choice", |r, value| Body::Choice {
            pick: pick(r, value),
            options: r.list(value, "options", piece),
            fixed: r.flag(value, "fixed"),
        }),
        "match" => r.part(value, "match", |r, value| Body::Match {
            prompts: r.list(value, "prompts", piece),
            tokens: r.list(value, "tokens", piece),
            reuse: r.flag(value, "reuse"),
        }),
        "order" => r.part(value, "order", |r, value| Body::Order {
            blocks: r.list(value, "blocks", piece),
            tray: r.flag(value, "tray"),
        }),
        _ => r.unknown(
            "kind",
            Body::Order {
                blocks: Vec::new(),
                tray: false,
            },
        ),
    }
}

fn piece(r: &mut Reader, value: &Value) -> Piece {
    Piece {
        id: r.string(value, "id"),
        html: r.string(value, "html"),
        label: r.string(value, "label"),
    }
}

fn pick(r: &mut Reader, value: &Value) -> Pick {
    let value = r.field(value, "pick");
    match value.as_str() {
        Some("one") => Pick::One,
        Some("any") => Pick::Any,
        None if kind(value) == "exactly" => Pick::Exactly(r.number(value, "exactly")),
        _ => r.unknown("pick", Pick::Any),
    }
}

fn key(r: &mut Reader, value: &Value) -> Key {
    Key {
        body: r.part(value, "body", key_body),
        hints: r.list_or_empty(value, "hints", |r, value| Hint {
            html: r.string(value, "html"),
        }),
        explain: r.string(value, "explain"),
        sources: r.strings(value, "sources"),
    }
}

fn key_body(r: &mut Reader, value: &Value) -> KeyBody {
    match kind(value) {
        "choice" => r.part(value, "choice", |r, value| KeyBody::Choice {
            rule: choice_rule(r, value),
            options: r.list(value, "options", option_key),
        }),
        "match" => r.part(value, "match", |r, value| KeyBody::Match {
            pairs: r.strings_by_name(value, "pairs"),
            why: r.strings_by_name(value, "why"),
            wrong: r.list_or_empty(value, "wrong", wrong_pair),
        }),
        "order" => r.part(value, "order", |r, value| KeyBody::Order {
            rule: order_rule(r, value),
            blocks: r.list(value, "blocks", block_key),
        }),
        _ => r.unknown(
            "kind",
            KeyBody::Order {
                rule: OrderRule::Edits,
                blocks: Vec::new(),
            },
        ),
    }
}

fn choice_rule(r: &mut Reader, value: &Value) -> ChoiceRule {
    if value.get("rule").is_none() {
        return ChoiceRule::default();
    }
    match r.text(value, "rule") {
        "net-correct" => ChoiceRule::NetCorrect,
        "each-decision" => ChoiceRule::EachDecision,
        "coverage" => ChoiceRule::Coverage,
        "all-or-nothing" => ChoiceRule::AllOrNothing,
        _ => r.unknown("rule", ChoiceRule::AllOrNothing),
    }
}

fn order_rule(r: &mut Reader, value: &Value) -> OrderRule {
    match r.text(value, "rule") {
        "inversions" => OrderRule::Inversions,
        "longest-run" => OrderRule::LongestRun,
        "edits" => OrderRule::Edits,
        _ => r.unknown("rule", OrderRule::Edits),
    }
}

fn option_key(r: &mut Reader, value: &Value) -> OptionKey {
    OptionKey {
        id: r.string(value, "id"),
        right: r.flag(value, "right"),
        weight: match value.get("weight") {
            Some(weight) => r.expect(weight.as_f64(), "weight", " is no number", 0.0),
            None => 0.0,
        },
        why: r.string(value, "why"),
    }
}

fn wrong_pair(r: &mut Reader, value: &Value) -> WrongPair {
    WrongPair {
        prompt: r.string(value, "prompt"),
        token: r.string(value, "token"),
        why: r.string(value, "why"),
    }
}

fn block_key(r: &mut Reader, value: &Value) -> BlockKey {
    BlockKey {
        id: r.string(value, "id"),
        after: given(value, "after").map(|_| r.strings(value, "after")),
        why: r.string(value, "why"),
    }
}
