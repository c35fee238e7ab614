use std::collections::BTreeMap;

use serde::Serialize;

/// One question: what a learner sees, and the key.
///
/// The course compiler writes it, the app reads it and splits it at once. Text fields hold sanitised HTML.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Item {
    /// What a learner may see before answering.
    pub view: ItemView,
    /// What only grading and feedback may read.
    pub key: Key,
}

impl Item {
    /// Parts the view from the key, so that a widget can be given the one without the other.
    #[must_use]
    pub fn split(self) -> (ItemView, Key) {
        (self.view, self.key)
    }
}

/// What a learner may see of an item before answering it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ItemView {
    /// Full id, `week-20/transit-gateway#blackhole`.
    pub id: String,
    /// Content version: 8 hex digits over all that grading reads.
    pub version: String,
    /// The learning objective it trains, `w20-t1-o1`.
    pub objective: String,
    /// The question, as sanitised HTML.
    pub stem: String,
    /// The price of each hint in the order they are given, as a share of the score (0 to 1).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub hint_prices: Vec<f64>,
    /// The kind, with what is put before the learner.
    pub body: Body,
}

/// What is put before the learner, by item kind.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Body {
    /// Choose one or several options.
    Choice {
        /// How many are to be chosen.
        pick: Pick,
        /// The options in the order of the file.
        options: Vec<Piece>,
        /// True keeps the order of the file (sorted numbers, for example); otherwise options are shuffled.
        #[serde(skip_serializing_if = "is_false")]
        fixed: bool,
    },
    /// Give each prompt its token.
    Match {
        /// The places to fill, in the order of the file.
        prompts: Vec<Piece>,
        /// What can be placed; more tokens than needed are decoys.
        tokens: Vec<Piece>,
        /// True when one token may serve several prompts.
        #[serde(skip_serializing_if = "is_false")]
        reuse: bool,
    },
    /// Put blocks in order.
    Order {
        /// All blocks, decoys included.
        blocks: Vec<Piece>,
        /// True when not every block belongs: then all start in the tray and the learner moves out what belongs.
        #[serde(skip_serializing_if = "is_false")]
        tray: bool,
    },
}

/// Something with an id that is chosen, placed or moved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// Unique within its item; answers refer to it.
    pub id: String,
    /// Sanitised HTML.
    pub html: String,
    /// The same in plain text, for names, menus and announcements.
    pub label: String,
}

/// How many options are to be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Pick {
    /// Exactly one (radio buttons).
    One,
    /// Exactly so many, at least two.
    Exactly(u32),
    /// One or more; the learner is not told how many.
    Any,
}

impl Pick {
    /// What a learner is told.
    #[must_use]
    pub fn instruction(self) -> String {
        match self {
            Pick::One => "Choose one.".to_owned(),
            Pick::Exactly(2) => "Choose two.".to_owned(),
            Pick::Exactly(3) => "Choose three.".to_owned(),
            Pick::Exactly(number) => format!("Choose {number}."),
            Pick::Any => "Choose all that apply.".to_owned(),
        }
    }
}

/// What only grading and feedback may read: never given to a widget.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Key {
    /// The right answer and the reasons, by kind.
    pub body: KeyBody,
    /// Hints in the order they are given.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub hints: Vec<Hint>,
    /// The whole explanation, as sanitised HTML.
    pub explain: String,
    /// Keys of the sources it rests on.
    pub sources: Vec<String>,
}

/// A hint; its price stands in [`ItemView::hint_prices`], which may be seen before it is bought.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Hint {
    /// Sanitised HTML.
    pub html: String,
}

/// The right answer and the reasons, by kind.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum KeyBody {
    /// For [`Body::Choice`].
    Choice {
        /// How several right options are scored; without meaning where one is to be chosen.
        rule: ChoiceRule,
        /// Each option.
        options: Vec<OptionKey>,
    },
    /// For [`Body::Match`].
    Match {
        /// Prompt id to the id of its token.
        pairs: BTreeMap<String, String>,
        /// Token id to the reason why it is wrong where it does not belong.
        why: BTreeMap<String, String>,
        /// Reasons for particular wrong pairs; they go before the token's own.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        wrong: Vec<WrongPair>,
    },
    /// For [`Body::Order`].
    Order {
        /// How it is scored.
        rule: OrderRule,
        /// Each block; decoys have no place.
        blocks: Vec<BlockKey>,
    },
}

/// One option's part of the key.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OptionKey {
    /// Option id.
    pub id: String,
    /// Whether it is to be chosen.
    #[serde(skip_serializing_if = "is_false")]
    pub right: bool,
    /// Part credit of an option that is not right, 0 to 1; only where one is to be chosen.
    #[serde(skip_serializing_if = "is_zero")]
    pub weight: f64,
    /// Why it is right, or why it is wrong, as sanitised HTML.
    pub why: String,
}

/// The reason why one particular token is wrong at one particular prompt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WrongPair {
    /// Prompt id.
    pub prompt: String,
    /// Token id.
    pub token: String,
    /// Sanitised HTML.
    pub why: String,
}

/// One block's part of the key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BlockKey {
    /// Block id.
    pub id: String,
    /// Blocks that have to come before it. `None` for a decoy.
    pub after: Option<Vec<String>>,
    /// Why it stands where it stands, or why it does not belong, as sanitised HTML.
    pub why: String,
}

/// How a choice with several right options is scored. C right options, S chosen, n options in all, tp and fp the right
/// and wrong ones among the chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChoiceRule {
    /// `max(0, (tp - fp) / |C|)`.
    #[default]
    NetCorrect,
    /// `(n - |S △ C|) / n`.
    EachDecision,
    /// `tp / |C| * tp / |S|`.
    Coverage,
    /// 1 when the chosen are exactly the right ones, otherwise 0.
    AllOrNothing,
}

/// How an order is scored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum OrderRule {
    /// One right order of all blocks: `max(0, 1 - 4 inv / (n (n - 1)))`, inv the pairs in the wrong order.
    Inversions,
    /// One right order of all blocks: `(LIS - 1) / (n - 1)`, LIS the longest increasing subsequence.
    LongestRun,
    /// Several right orders or decoys: `max(0, (N - d) / N)`, N the blocks that belong, d the fewest insertions and
    /// deletions that lead to any right order.
    Edits,
}

fn is_false(value: &bool) -> bool {
    !*value
}

fn is_zero(value: &f64) -> bool {
    *value == 0.0
}
