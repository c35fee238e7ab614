//! The index of a course: what it holds, and in which file each exercise is.

use std::collections::BTreeMap;

use serde::Serialize;

/// `course.json`: what the course holds and in which file each exercise is. Read first, by every page.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Index {
    /// [`crate::FORMAT`] at the time of writing.
    pub format: u32,
    /// The course.
    pub course: Course,
    /// 12 hex digits over the content: another build has another.
    pub build: String,
    /// Wasm modules loaded when first needed, by name.
    pub modules: BTreeMap<String, String>,
    /// The weeks in order.
    pub weeks: Vec<Week>,
}

/// The course itself.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Course {
    /// `level-4`.
    pub id: String,
    /// `Level 4: Expert`.
    pub title: String,
    /// A form for reports of a fault, https; the report takes the place of `{report}` in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub report_url: Option<String>,
}

/// One week.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Week {
    /// 19 to 24.
    pub week: u32,
    /// `Advanced Networking`.
    pub title: String,
    /// Its five topics.
    pub topics: Vec<Topic>,
    /// Its exercises in the order of their topics.
    pub exercises: Vec<ExerciseEntry>,
}

/// A topic carries the learning objectives.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Topic {
    /// `w20-t1-transit-gateway`.
    pub id: String,
    /// `Transit Gateway`.
    pub title: String,
    /// What a learner can do after it.
    pub objectives: Vec<Objective>,
}

/// A learning objective.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Objective {
    /// `w20-t1-o1`.
    pub id: String,
    /// Plain text.
    pub text: String,
}

/// Where an exercise is, and what is known of it without reading it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ExerciseEntry {
    /// `week-20/transit-gateway`.
    pub id: String,
    /// `quiz`.
    pub kind: String,
    /// Plain text.
    pub title: String,
    /// Plain text.
    pub purpose: String,
    /// Topic id.
    pub topic: String,
    /// About how long it takes.
    pub minutes: u32,
    /// File beside `course.json`, named by its content.
    pub file: String,
    /// Its items in order.
    pub items: Vec<ItemEntry>,
    /// Former ids.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
}

/// What is known of an item without reading its exercise.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ItemEntry {
    /// Full id, `week-20/transit-gateway#blackhole`.
    pub id: String,
    /// Content version, 8 hex digits.
    pub version: String,
    /// The price of each hint as a share of the score: the best score is derived with it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub hint_prices: Vec<f64>,
    /// Former full ids: what was done under them counts for this item.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
}

impl ExerciseEntry {
    /// The exercises under whose ids what was done here is kept: this one first, then those that its items were in or
    /// that it was called.
    #[must_use]
    pub fn homes(&self) -> Vec<&str> {
        let mut homes = vec![self.id.as_str()];
        for alias in self.items.iter().flat_map(|item| &item.aliases) {
            let home = alias.split('#').next().unwrap_or_default();
            if !homes.contains(&home) {
                homes.push(home);
            }
        }
        homes
    }
}

impl ItemEntry {
    /// Whether this is, or was, the item's full id.
    #[must_use]
    pub fn is_called(&self, id: &str) -> bool {
        self.id == id || self.aliases.iter().any(|alias| alias == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(aliases: &[&[&str]]) -> ExerciseEntry {
        let items = aliases.iter().enumerate().map(|(n, aliases)| ItemEntry {
            id: format!("week-20/new#{n}"),
            version: String::new(),
            hint_prices: vec![],
            aliases: aliases.iter().map(|alias| (*alias).to_owned()).collect(),
        });
        ExerciseEntry {
            id: "week-20/new".to_owned(),
            kind: String::new(),
            title: String::new(),
            purpose: String::new(),
            topic: String::new(),
            minutes: 0,
            file: String::new(),
            items: items.collect(),
            aliases: vec![],
        }
    }

    #[test]
    fn each_home_is_named_once_and_its_own_first() {
        assert_eq!(entry(&[&[], &[]]).homes(), ["week-20/new"]);
        let moved = entry(&[&["week-20/old#0", "week-19/far#x"], &["week-20/new#9", "week-20/old#1"]]);
        assert_eq!(moved.homes(), ["week-20/new", "week-20/old", "week-19/far"]);
    }

    #[test]
    fn an_item_answers_to_its_former_ids() {
        let item = &entry(&[&["week-20/old#0"]]).items[0];
        assert!(item.is_called("week-20/new#0") && item.is_called("week-20/old#0"));
        assert!(!item.is_called("week-20/old#1") && !item.is_called("0"));
    }
}
