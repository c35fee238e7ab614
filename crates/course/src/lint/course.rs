//! course.yaml and sources.yaml.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::one_line;
use crate::Date;
use crate::author::{Course, Source};
use crate::markdown::plain;
use crate::problem::{Report, Span, says};
use crate::source::Node;

const OLD_MONTHS: u16 = 18;
const MAX_SAYS_WORDS: usize = 25;

/// Checks course.yaml: everything in it is named once.
pub(crate) fn course(course: &Course, node: &Node, report: &mut Report<'_>) {
    let mut seen: HashMap<String, ()> = HashMap::new();
    let mut once = |id: String, at: Span, report: &mut Report<'_>| {
        if seen.insert(id.clone(), ()).is_some() {
            report.error(
                "duplicate-id",
                at,
                says(
                    format!("{id} stands in the course twice"),
                    "Exercises and records refer to it.",
                    "Give one of the two another id.",
                ),
            );
        }
    };
    one_line(node.field("title"), &course.title, "title", report);
    for (w, week) in course.weeks.iter().enumerate() {
        let node = node.field("weeks").index(w);
        once(format!("week {}", week.number), node.field("number").span, report);
        one_line(node.field("title"), &week.title, "title", report);
        for (t, topic) in week.topics.iter().enumerate() {
            let node = node.field("topics").index(t);
            once(format!("the topic `{}`", topic.id), node.field("id").span, report);
            one_line(node.field("title"), &topic.title, "title", report);
            for (o, objective) in topic.objectives.iter().enumerate() {
                let node = node.field("objectives").index(o);
                once(
                    format!("the objective `{}`", objective.id),
                    node.field("id").span,
                    report,
                );
                one_line(node.field("text"), &objective.text, "text", report);
            }
        }
    }
}

/// Checks sources.yaml. `used` holds the keys that items name; `None` where not every item could be read.
pub(crate) fn sources(
    sources: &BTreeMap<String, Source>,
    node: &Node,
    used: Option<&BTreeSet<&str>>,
    today: Date,
    report: &mut Report<'_>,
) {
    for (key, source) in sources {
        let (at, node) = (node.key(key), node.field(key));
        one_line(node.field("title"), &source.title, "title", report);
        one_line(node.field("says"), &source.says, "says", report);
        let count = plain(&source.says).split_whitespace().count();
        if count > MAX_SAYS_WORDS {
            report.error(
                "long-says",
                node.field("says").span,
                says(
                    format!("`says` has {count} words, and may have {MAX_SAYS_WORDS}"),
                    "It says what the page states, in short, and is no copy of it.",
                    "Say it in less, in your own words.",
                ),
            );
        }
        // A day that is none has been reported with the shape.
        if let Some(checked) = Date::parse(&source.checked) {
            let place = node.field("checked").span;
            if checked > today {
                report.error(
                    "future-date",
                    place,
                    says(
                        format!("{checked} is after today, {today}"),
                        "Nobody can have read the page on that day.",
                        "Write the day on which it was read.",
                    ),
                );
            } else if checked.plus_months(OLD_MONTHS).is_some_and(|due| due < today) {
                report.warning(
                    "old-source",
                    place,
                    says(
                        format!("`{key}` was last read on {checked}, more than {OLD_MONTHS} months ago"),
                        "Clouds change their limits and defaults, and an item may be wrong by now.",
                        "Read the page again, mend the items that rest on it, and write today's date.",
                    ),
                );
            }
        }
        if used.is_some_and(|used| !used.contains(key.as_str())) {
            report.warning(
                "unused-source",
                at,
                says(
                    format!("no item names the source `{key}`"),
                    "Somebody would go on reading the page for nothing.",
                    "Take it out, or name it in the item that rests on it.",
                ),
            );
        }
    }
}
