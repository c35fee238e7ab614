//! course.yaml and sources.yaml.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::{DAY, HTTPS, ID, TEXT};

/// The course: weeks, topics and what they teach.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Sandtable course")]
pub(crate) struct Course {
    /// Id of the course.
    #[schemars(regex(pattern = ID))]
    pub(crate) id: String,
    /// Title of the course, one line.
    #[schemars(length(max = 120), regex(pattern = TEXT))]
    pub(crate) title: String,
    /// A form where a learner reports a fault, https. The report takes the place of `{report}` in it.
    #[schemars(with = "String", regex(pattern = HTTPS))]
    #[serde(default)]
    pub(crate) report_url: Option<String>,
    /// The weeks, in order.
    #[schemars(length(min = 1))]
    pub(crate) weeks: Vec<Week>,
}

/// A week of the course.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Week {
    /// Its number, 1 to 99; the folder is `week-NN-anything`.
    #[schemars(range(min = 1, max = 99))]
    pub(crate) number: u32,
    /// Title, one line.
    #[schemars(length(max = 120), regex(pattern = TEXT))]
    pub(crate) title: String,
    /// Its topics, in order.
    #[schemars(length(min = 1))]
    pub(crate) topics: Vec<Topic>,
}

/// A topic of a week.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Topic {
    /// Id, `w20-t1-transit-gateway`.
    #[schemars(regex(pattern = ID))]
    pub(crate) id: String,
    /// Title, one line.
    #[schemars(length(max = 120), regex(pattern = TEXT))]
    pub(crate) title: String,
    /// What a learner can do afterwards.
    #[schemars(length(min = 1))]
    pub(crate) objectives: Vec<Objective>,
}

/// What a learner can do afterwards.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Objective {
    /// Id, `w20-t1-o1`.
    #[schemars(regex(pattern = ID))]
    pub(crate) id: String,
    /// One sentence that begins with a verb.
    #[schemars(regex(pattern = TEXT))]
    pub(crate) text: String,
}

/// The sources: a key, and the official page it stands for.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(title = "Sandtable sources", extend("propertyNames" = { "pattern": ID }))]
pub(crate) struct Sources(pub(crate) BTreeMap<String, Source>);

/// An official page that a fact rests on.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Source {
    /// Title of the page.
    #[schemars(regex(pattern = TEXT))]
    pub(crate) title: String,
    /// Address, https.
    #[schemars(regex(pattern = HTTPS))]
    pub(crate) url: String,
    /// Day it was last read, `2026-11-25`.
    #[schemars(regex(pattern = DAY))]
    pub(crate) checked: String,
    /// What was read: the page itself, or a stored copy of it.
    pub(crate) via: Via,
    /// What it states, in at most 25 words.
    #[schemars(regex(pattern = TEXT))]
    pub(crate) says: String,
}

/// What was read of a source.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Via {
    /// The page at its address.
    Live,
    /// A stored copy of it.
    Copy,
}
