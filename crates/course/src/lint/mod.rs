//! Faults of items that a schema cannot see: wording that gives the key away, keys that do not hold together,
//! references that lead nowhere. The rules on wording are those that examiners of medicine agreed on (NBME).

mod builder;
mod course;
mod key;
mod order;
mod words;

use std::collections::{BTreeMap, HashMap};

pub(crate) use builder::builder;
pub(crate) use course::{course, sources};

use crate::author::{self, Common, Item};
use crate::markdown;
use crate::problem::{Report, Severity, says};
use crate::source::Node;
use crate::text::suggest;

/// Warnings about an item: an author may answer each one with `allow`.
const WARNINGS: [&str; 9] = [
    "absolute-word",
    "block-count",
    "clang",
    "key-position",
    "long-stem",
    "longest-option",
    "unlike-form",
    "unsorted-numbers",
    "vague-word",
];

/// What an exercise may refer to. `None` where that file could not be read: then what refers to it is not judged.
pub(crate) struct World<'a> {
    pub(crate) course: Option<&'a author::Course>,
    pub(crate) sources: Option<&'a BTreeMap<String, author::Source>>,
}

/// Checks a quiz that has the right shape.
pub(crate) fn quiz(quiz: &author::Quiz, node: &Node, week: u32, world: &World<'_>, report: &mut Report<'_>) {
    let topic = topic(&quiz.topic, node, week, world, report);
    one_line(node.field("title"), &quiz.title, "title", report);
    one_line(node.field("purpose"), &quiz.purpose, "purpose", report);
    let skewed = words::skewed(&quiz.items);
    let mut seen = HashMap::new();
    for (at, item) in quiz.items.iter().enumerate() {
        let node = node.field("items").index(at);
        let common = item.common();
        if let Some(first) = seen.insert(common.id, at) {
            report.error(
                "duplicate-id",
                node.field("id").span,
                says(
                    format!("`{}` is the id of item {} too", common.id, first + 1),
                    "An answer and a record name an item by its id.",
                    "Give one of the two another id.",
                ),
            );
        }
        let before = report.len();
        references(&common, node, topic, world, report);
        texts(item, node, report);
        hints(&common, node, report);
        words::stem(&common, node, report);
        match item {
            Item::Choice(item) => {
                words::options(item, node, report);
                key::choice(item, node, report);
            }
            Item::Match(item) => key::matching(item, node, report),
            Item::Order(item) => order::order(item, node, report),
        }
        if let Some((_, position)) = skewed.filter(|(first, _)| *first == at) {
            report.warning(
                "key-position",
                node.field("options").span,
                says(
                    format!("in most items with `fixed: true`, option {} is right", position + 1),
                    "Who sees that need not know the answer.",
                    "Spread the right options over the places, for numbers by choosing other wrong ones.",
                ),
            );
        }
        allow(&common, node, before, report);
    }
}

/// Drops the warnings that the item answers, and says which answers meet no warning.
fn allow(common: &Common<'_>, node: &Node, before: usize, report: &mut Report<'_>) {
    let mut found = report.split_off(before);
    let answered = |rule: &str| common.allow.get(rule).is_some_and(|reason| !reason.trim().is_empty());
    let mut met = Vec::new();
    found.retain(|problem| {
        let drop = problem.severity == Severity::Warning && answered(problem.rule);
        if drop {
            met.push(problem.rule);
        }
        !drop
    });
    report.extend(found);
    let node = node.field("allow");
    for (rule, reason) in common.allow {
        let at = node.key(rule);
        if !WARNINGS.contains(&rule.as_str()) {
            report.error(
                "allow",
                at,
                says(
                    format!("`{}` is no warning about an item", crate::text::shown(rule)),
                    "Only warnings can be answered; an error has to be mended.",
                    suggest(rule, WARNINGS, "warnings"),
                ),
            );
        } else if reason.trim().is_empty() {
            report.error(
                "allow",
                at,
                says(
                    format!("`{rule}` is allowed without a reason"),
                    "Whoever reads the item next has to see why the warning does not hold.",
                    "Write the reason in a few words.",
                ),
            );
        } else if !met.contains(&rule.as_str()) {
            report.warning(
                "unused-allow",
                at,
                says(
                    format!("`{rule}` is allowed, and nothing warns of it"),
                    "It would hide the warning when it comes back for another reason.",
                    "Take the line out.",
                ),
            );
        }
    }
}

/// The topic of the exercise, if all is well with it.
fn topic<'w>(
    name: &str,
    node: &Node,
    week: u32,
    world: &World<'w>,
    report: &mut Report<'_>,
) -> Option<&'w author::Topic> {
    let course = world.course?;
    let at = node.field("topic").span;
    let Some(here) = course.weeks.iter().find(|one| one.number == week) else {
        report.error(
            "wrong-week",
            at,
            says(
                format!("course.yaml has no week {week}"),
                "The folder's number says which week the exercise belongs to.",
                "Rename the folder, or add the week to course.yaml.",
            ),
        );
        return None;
    };
    if let Some(topic) = here.topics.iter().find(|topic| topic.id == name) {
        return Some(topic);
    }
    let topics = here.topics.iter().map(|topic| topic.id.as_str());
    let elsewhere = course
        .weeks
        .iter()
        .find(|one| one.topics.iter().any(|topic| topic.id == name));
    report.error(
        "unknown-topic",
        at,
        match elsewhere {
            Some(other) => says(
                format!(
                    "the topic `{name}` belongs to week {}, and this folder to week {week}",
                    other.number
                ),
                "An exercise stands in the week of its topic.",
                format!("Move the file, or name a topic of week {week}."),
            ),
            None => says(
                format!("there is no topic `{name}`"),
                "The course map shows an exercise under its topic.",
                suggest(name, topics, "topics"),
            ),
        },
    );
    None
}

fn references(
    common: &Common<'_>,
    node: &Node,
    topic: Option<&author::Topic>,
    world: &World<'_>,
    report: &mut Report<'_>,
) {
    objective(common.objective, node, topic, report);
    sources_of(common.sources, node.field("sources"), world, report);
}

fn objective(name: &str, node: &Node, topic: Option<&author::Topic>, report: &mut Report<'_>) {
    if let Some(topic) = topic
        && !topic.objectives.iter().any(|objective| objective.id == name)
    {
        report.error(
            "unknown-objective",
            node.field("objective").span,
            says(
                format!("`{name}` is no objective of the topic `{}`", topic.id),
                "What an item trains counts towards the topic that holds it.",
                suggest(
                    name,
                    topic.objectives.iter().map(|objective| objective.id.as_str()),
                    "objectives",
                ),
            ),
        );
    }
}

fn sources_of(keys: &[String], list: &Node, world: &World<'_>, report: &mut Report<'_>) {
    for (at, key) in keys.iter().enumerate() {
        let node = list.index(at);
        if keys.iter().take(at).any(|other| other == key) {
            report.error(
                "duplicate-source",
                node.span,
                says(
                    format!("`{key}` is named twice"),
                    "The learner would see it twice.",
                    "Take one out.",
                ),
            );
        } else if let Some(sources) = world.sources
            && !sources.contains_key(key)
        {
            report.error(
                "unknown-source",
                node.span,
                says(
                    format!("there is no source `{key}` in sources.yaml"),
                    "The learner is shown what a fact rests on.",
                    suggest(key, sources.keys().map(String::as_str), "sources"),
                ),
            );
        }
    }
}

/// Every Markdown field of an item, and whether it stands in a label.
fn texts(item: &Item, node: &Node, report: &mut Report<'_>) {
    let common = item.common();
    let mut text =
        |node: &Node, markdown: &str, label: bool| {
            markdown_of(node, markdown, report);
            if label && markdown::render_short(markdown).contains("<a ") {
                report.error("link-in-label", node.span, says(
                "a link in what is clicked or moved",
                "A click could not tell the one from the other, and a screen reader reads one control in another.",
                "Put the link into the stem or the explanation.",
            ));
            }
        };
    text(node.field("stem"), common.stem, false);
    text(node.field("explain"), common.explain, false);
    for (at, hint) in common.hints.iter().enumerate() {
        text(node.field("hints").index(at).field("text"), &hint.text, false);
    }
    match item {
        Item::Choice(item) => {
            for (at, option) in item.options.iter().enumerate() {
                let node = node.field("options").index(at);
                text(node.field("text"), &option.text, true);
                text(node.field("why"), &option.why, false);
            }
        }
        Item::Match(item) => {
            for (at, prompt) in item.prompts.iter().enumerate() {
                text(node.field("prompts").index(at).field("text"), &prompt.text, true);
            }
            for (at, token) in item.tokens.iter().enumerate() {
                let node = node.field("tokens").index(at);
                text(node.field("text"), &token.text, true);
                text(node.field("why"), &token.why, false);
            }
            for (at, wrong) in item.wrong.iter().enumerate() {
                text(node.field("wrong").index(at).field("why"), &wrong.why, false);
            }
        }
        Item::Order(item) => {
            for (at, block) in item.blocks.iter().enumerate() {
                let node = node.field("blocks").index(at);
                text(node.field("text"), &block.text, true);
                text(node.field("why"), &block.why, false);
            }
        }
    }
}

/// What a Markdown field may not hold.
fn markdown_of(node: &Node, markdown: &str, report: &mut Report<'_>) {
    let mut from = node.span.start;
    for fault in markdown::faults(markdown) {
        let at = report.find(fault.source, node.span, from);
        if at != node.span {
            from = at.end;
        }
        report.error(fault.rule, at, fault.says);
    }
}

fn hints(common: &Common<'_>, node: &Node, report: &mut Report<'_>) {
    let sum: f64 = common.hints.iter().map(|hint| hint.price).sum();
    // A hair of room: 0.1 and 0.2 and 0.7 are not quite 1 in binary.
    if sum > 1.0 + 1e-9 {
        report.error(
            "hint-price",
            node.field("hints").span,
            says(
                format!("the hints cost {:.2} in all", sum),
                "A score is never negative, so hints beyond 1 would be free.",
                "Make them cheaper: 1 at most in all.",
            ),
        );
    }
}

/// A title or a purpose is shown as plain text.
fn one_line(node: &Node, text: &str, name: &str, report: &mut Report<'_>) {
    markdown_of(node, text, report);
    if text.trim().contains('\n') {
        report.error(
            "one-line",
            node.span,
            says(
                format!("`{name}` has several lines"),
                "It stands in lists and in the head of the page.",
                "Write it on one line.",
            ),
        );
    }
}
