use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::whole::Whole;

/// What a learner gave (QTI calls it a response). Refers to ids, never to text or position.
///
/// As JSON: `{"choice":["a"]}`, `{"match":{"prompt":"token"}}`, `{"order":["a","b"]}`, `{"design":{..}}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Answer {
    /// Ids of the chosen options.
    Choice(Vec<String>),
    /// Prompt id to token id.
    Match(BTreeMap<String, String>),
    /// Ids of the blocks, first to last.
    Order(Vec<String>),
    /// An architecture, as `sandtable_architecture` writes it down: an object without fractions. What it says is the
    /// business of that crate.
    #[serde(serialize_with = "whole")]
    Design(Value),
}

fn whole<S: serde::Serializer>(design: &Value, serializer: S) -> Result<S::Ok, S::Error> {
    Whole(design).serialize(serializer)
}

impl Answer {
    /// True when nothing is chosen, placed or ordered.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Answer::Choice(ids) | Answer::Order(ids) => ids.is_empty(),
            Answer::Match(pairs) => pairs.is_empty(),
            Answer::Design(design) => design.as_object().is_none_or(serde_json::Map::is_empty),
        }
    }
}
