use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What a learner gave (QTI calls it a response). Refers to ids, never to text or position.
///
/// As JSON: `{"choice":["a"]}`, `{"match":{"prompt":"token"}}`, `{"order":["a","b"]}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Answer {
    /// Ids of the chosen options.
    Choice(Vec<String>),
    /// Prompt id to token id.
    Match(BTreeMap<String, String>),
    /// Ids of the blocks, first to last.
    Order(Vec<String>),
}

impl Answer {
    /// True when nothing is chosen, placed or ordered.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Answer::Choice(ids) | Answer::Order(ids) => ids.is_empty(),
            Answer::Match(pairs) => pairs.is_empty(),
        }
    }
}
