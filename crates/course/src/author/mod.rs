//! What an author may write: the one place that says which fields there are. Reading, checking and the JSON Schemas
//! for editors all follow from these types; each comment here is shown to authors.

pub(crate) mod builder;
mod course;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(crate) use builder::Builder;
pub(crate) use course::{Course, Objective, Source, Sources, Topic, Via};

/// Words of a-z and 0-9, joined by `-`.
pub(crate) const ID: &str = "^[a-z0-9]+(-[a-z0-9]+)*$";
/// A former exercise id.
pub(crate) const EXERCISE_ID: &str = "^week-[0-9]{2}/[a-z0-9]+(-[a-z0-9]+)*$";
/// A former item id, short, or full when the item came from another file.
pub(crate) const ITEM_ALIAS: &str = "^(week-[0-9]{2}/[a-z0-9]+(-[a-z0-9]+)*#)?[a-z0-9]+(-[a-z0-9]+)*$";
/// An address.
pub(crate) const HTTPS: &str = "^https://";
/// A day.
pub(crate) const DAY: &str = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";
/// Text with something in it.
pub(crate) const TEXT: &str = "\\S";

/// One exercise, one file.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(title = "Sandtable exercise")]
pub(crate) enum Exercise {
    Quiz(Quiz),
    // A builder is by far the larger of the two.
    Builder(Box<Builder>),
}

impl Exercise {
    /// Former ids of the exercise.
    pub(crate) fn aliases(&self) -> &[String] {
        match self {
            Exercise::Quiz(quiz) => &quiz.aliases,
            Exercise::Builder(builder) => &builder.aliases,
        }
    }

    /// Keys of the sources that it rests on, some of them several times.
    pub(crate) fn sources(&self) -> Vec<&str> {
        match self {
            Exercise::Quiz(quiz) => {
                let keys = quiz.items.iter().flat_map(|item| item.common().sources);
                keys.map(String::as_str).collect()
            }
            Exercise::Builder(builder) => builder.sources.iter().map(String::as_str).collect(),
        }
    }

    pub(crate) fn minutes(&self) -> u32 {
        match self {
            Exercise::Quiz(quiz) => quiz.minutes,
            Exercise::Builder(builder) => builder.minutes,
        }
    }
}

/// A set of questions on one topic.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Quiz {
    /// Kind of exercise.
    #[allow(dead_code, reason = "chooses the type, and is spent with that")]
    pub(crate) kind: QuizKind,
    /// The exercise's title, one line.
    #[schemars(length(max = 120), regex(pattern = TEXT))]
    pub(crate) title: String,
    /// What it trains, one line: "Predict next hops from association, propagation and prefixes."
    #[schemars(length(max = 200), regex(pattern = TEXT))]
    pub(crate) purpose: String,
    /// Id of a topic of this week in course.yaml.
    #[schemars(regex(pattern = ID))]
    pub(crate) topic: String,
    /// Minutes it takes, a whole number.
    #[schemars(range(min = 1, max = 120))]
    pub(crate) minutes: u32,
    /// Tries an item in practice: 3, or 1 where a second try would be a guess.
    #[serde(default = "three")]
    #[schemars(extend("enum" = [1, 3]))]
    pub(crate) tries: u32,
    /// Former ids of this exercise, `week-20/old-name`: records of learners refer to them.
    #[serde(default)]
    #[schemars(length(max = 20), inner(regex(pattern = EXERCISE_ID)))]
    pub(crate) aliases: Vec<String>,
    /// The questions, in the order in which they are asked.
    #[schemars(length(min = 1, max = 60))]
    pub(crate) items: Vec<Item>,
}

fn three() -> u32 {
    3
}

fn one() -> Pick {
    Pick::Number(1)
}

#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(inline)]
pub(crate) enum QuizKind {
    Quiz,
}

/// One question.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum Item {
    Choice(Choice),
    Match(Match),
    Order(Order),
}

macro_rules! item {
    (
        $(#[$meta:meta])* $name:ident, $kind:ident;
        $( $(#[$field_meta:meta])* $field:ident: $type:ty, )*
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub(crate) struct $name {
            /// Kind of item.
            #[allow(dead_code, reason = "chooses the type, and is spent with that")]
            pub(crate) kind: $kind,
            /// Short id, unique in the file and never used again for something else.
            #[schemars(regex(pattern = ID))]
            pub(crate) id: String,
            /// Id of the objective it trains, one of the exercise's topic.
            #[schemars(regex(pattern = ID))]
            pub(crate) objective: String,
            /// What it asks of the learner.
            #[allow(dead_code, reason = "for authors and their reports; no learner sees it")]
            pub(crate) level: Level,
            /// The question, Markdown, at most 120 words; tables and code do not count.
            #[schemars(regex(pattern = TEXT))]
            pub(crate) stem: String,
            $( $(#[$field_meta])* pub(crate) $field: $type, )*
            /// Hints in the order in which they are given, at most three.
            #[serde(default)]
            #[schemars(length(max = 3))]
            pub(crate) hints: Vec<Hint>,
            /// The whole explanation, Markdown: why the right answer is right. Always shown at the end.
            #[schemars(regex(pattern = TEXT))]
            pub(crate) explain: String,
            /// Keys of the sources it rests on, at least one.
            #[schemars(length(min = 1, max = 12), inner(regex(pattern = ID)))]
            pub(crate) sources: Vec<String>,
            /// Former ids of this item: short, or full (`week-20/old#item`) when it came from another file.
            #[serde(default)]
            #[schemars(length(max = 20), inner(regex(pattern = ITEM_ALIAS)))]
            pub(crate) aliases: Vec<String>,
            /// Warnings of the linter that stand here for a reason: rule, and the reason.
            #[serde(default)]
            pub(crate) allow: BTreeMap<String, String>,
        }

        impl $name {
            fn common(&self) -> Common<'_> {
                Common {
                    id: &self.id,
                    objective: &self.objective,
                    stem: &self.stem,
                    hints: &self.hints,
                    explain: &self.explain,
                    sources: &self.sources,
                    aliases: &self.aliases,
                    allow: &self.allow,
                }
            }
        }
    };
}

item! {
    /// Choose one or several options.
    Choice, ChoiceKind;
    /// How many are to be chosen: 1 (when left out), as many as are right, or `any` (the number is not told).
    #[serde(default = "one")]
    pick: Pick,
    /// How several right options are scored; net-correct when left out.
    #[schemars(with = "Score")]
    #[serde(default)]
    score: Option<Score>,
    /// True keeps the options in the order of the file, as sorted numbers need it; otherwise they are shuffled.
    #[serde(default)]
    fixed: bool,
    /// The options, right and wrong.
    #[schemars(length(min = 2, max = 12))]
    options: Vec<ChoiceOption>,
}

item! {
    /// Give each prompt its token.
    Match, MatchKind;
    /// The left side, 3 to 7.
    #[schemars(length(min = 3, max = 7))]
    prompts: Vec<Prompt>,
    /// The right side. More tokens than needed are decoys.
    #[schemars(length(min = 2, max = 12))]
    tokens: Vec<Token>,
    /// Prompt id to token id, every prompt exactly once.
    pairs: BTreeMap<String, String>,
    /// Reasons for particular wrong pairs; they go before the token's own.
    #[serde(default)]
    #[schemars(length(max = 40))]
    wrong: Vec<WrongPair>,
    /// True when a token may serve several prompts.
    #[serde(default)]
    reuse: bool,
}

item! {
    /// Put blocks in order.
    Order, OrderKind;
    /// The blocks, decoys included: 4 to 8, at most 15.
    #[schemars(length(min = 3, max = 15))]
    blocks: Vec<Block>,
    /// The one right order of all blocks that are no decoys. Left out where several are right: then blocks say `after`.
    #[schemars(with = "Vec<String>", length(max = 15), inner(regex(pattern = ID)))]
    #[serde(default)]
    order: Option<Vec<String>>,
    /// How it is scored where exactly one order is right; inversions when left out.
    #[schemars(with = "OrderScore")]
    #[serde(default)]
    score: Option<OrderScore>,
}

#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(inline)]
pub(crate) enum ChoiceKind {
    Choice,
}

#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(inline)]
pub(crate) enum MatchKind {
    Match,
}

#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(inline)]
pub(crate) enum OrderKind {
    Order,
}

/// What an item asks of the learner.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Level {
    /// Use a rule in a case.
    Apply,
    /// Work out what happens, and why.
    Analyse,
    /// Judge between ways.
    Evaluate,
}

/// How many options are to be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum Pick {
    /// 1, or exactly so many.
    Number(#[schemars(range(min = 1, max = 12))] u32),
    /// The learner is not told how many.
    Word(PickWord),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(inline)]
pub(crate) enum PickWord {
    Any,
}

/// How several right options are scored. C right options, S chosen, n in all, tp and fp the right and wrong chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Score {
    /// (tp - fp) / C, never below 0.
    NetCorrect,
    /// The share of options that were rightly chosen or rightly left.
    EachDecision,
    /// tp / C times tp / S.
    Coverage,
    /// 1 when the chosen are exactly the right ones, otherwise 0.
    AllOrNothing,
}

/// How an order is scored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum OrderScore {
    /// By the pairs in the wrong order.
    Inversions,
    /// By the longest run of blocks that stand rightly to each other. Chance scores high.
    LongestRun,
}

/// An option of a choice.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChoiceOption {
    /// A speaking id: `return-route`, not `a`.
    #[schemars(regex(pattern = ID))]
    pub(crate) id: String,
    /// What the learner reads, Markdown.
    #[schemars(regex(pattern = TEXT))]
    pub(crate) text: String,
    /// Whether it is right.
    #[serde(default)]
    pub(crate) right: bool,
    /// Part credit of an option that is not quite wrong, 0 to 1; only with `pick: 1`.
    #[schemars(with = "f64", range(min = 0, max = 1))]
    #[serde(default)]
    pub(crate) weight: Option<f64>,
    /// Why it is right, or why choosing it is wrong, naming the misconception.
    #[schemars(regex(pattern = TEXT))]
    pub(crate) why: String,
}

/// A place to fill.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Prompt {
    /// A speaking id.
    #[schemars(regex(pattern = ID))]
    pub(crate) id: String,
    /// What the learner reads, Markdown.
    #[schemars(regex(pattern = TEXT))]
    pub(crate) text: String,
}

/// What can be placed.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Token {
    /// A speaking id.
    #[schemars(regex(pattern = ID))]
    pub(crate) id: String,
    /// What the learner reads, Markdown.
    #[schemars(regex(pattern = TEXT))]
    pub(crate) text: String,
    /// Why it is wrong where it does not belong.
    #[schemars(regex(pattern = TEXT))]
    pub(crate) why: String,
}

/// The reason why one particular token is wrong at one particular prompt.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WrongPair {
    /// Prompt id.
    #[schemars(regex(pattern = ID))]
    pub(crate) prompt: String,
    /// Token id.
    #[schemars(regex(pattern = ID))]
    pub(crate) token: String,
    /// Why that token is wrong there.
    #[schemars(regex(pattern = TEXT))]
    pub(crate) why: String,
}

/// A block to be ordered.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Block {
    /// A speaking id.
    #[schemars(regex(pattern = ID))]
    pub(crate) id: String,
    /// What the learner reads, Markdown.
    #[schemars(regex(pattern = TEXT))]
    pub(crate) text: String,
    /// Why it must stand where it stands, or why it does not belong.
    #[schemars(regex(pattern = TEXT))]
    pub(crate) why: String,
    /// True for a block that does not belong.
    #[serde(default)]
    pub(crate) decoy: bool,
    /// Ids of blocks that have to come before it, where several orders are right; then without `order`.
    #[schemars(with = "Vec<String>", length(max = 15), inner(regex(pattern = ID)))]
    #[serde(default)]
    pub(crate) after: Option<Vec<String>>,
}

/// A hint.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Hint {
    /// What the learner reads, Markdown.
    #[schemars(regex(pattern = TEXT))]
    pub(crate) text: String,
    /// What it costs, as a share of the score: 0 to 1, 0 when left out. The learner sees it before the click.
    #[serde(default)]
    #[schemars(range(min = 0, max = 1))]
    pub(crate) price: f64,
}

/// What every kind of item has.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Common<'a> {
    pub(crate) id: &'a str,
    pub(crate) objective: &'a str,
    pub(crate) stem: &'a str,
    pub(crate) hints: &'a [Hint],
    pub(crate) explain: &'a str,
    pub(crate) sources: &'a [String],
    pub(crate) aliases: &'a [String],
    pub(crate) allow: &'a BTreeMap<String, String>,
}

impl Item {
    pub(crate) fn common(&self) -> Common<'_> {
        match self {
            Item::Choice(item) => item.common(),
            Item::Match(item) => item.common(),
            Item::Order(item) => item.common(),
        }
    }
}
