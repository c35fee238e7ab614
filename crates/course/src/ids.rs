//! `ids.lock`: every id ever used. Records of learners refer to ids, so one that vanishes has to say what became of it.

use std::collections::{BTreeMap, BTreeSet};

use crate::author::{Exercise, Quiz};
use crate::builder::STAGES;
use crate::problem::{Report, Span, says};
use crate::source::Node;
use crate::text::{either, is_exercise_id, is_item_id, shown};

/// The ids of one exercise that has the right shape.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ids {
    /// Full ids in use: the exercise's first, then its items'.
    pub(crate) live: Vec<String>,
    /// Where each of them stands.
    places: Vec<Span>,
    /// Former ids, and where they stand.
    pub(crate) former: Vec<(String, Span)>,
}

/// The ids of an exercise.
pub(crate) fn of(id: &str, exercise: &Exercise, node: &Node) -> Ids {
    let mut ids = Ids {
        live: vec![id.to_owned()],
        places: vec![node.key("kind")],
        former: Vec::new(),
    };
    let list = node.field("aliases");
    ids.former.extend(
        exercise
            .aliases()
            .iter()
            .enumerate()
            .map(|(at, alias)| (alias.clone(), list.index(at).span)),
    );
    match exercise {
        Exercise::Quiz(quiz) => ids.add_items(id, quiz, node),
        // The graded stages of a builder have ids of their own.
        Exercise::Builder(_) => {
            ids.live.extend(STAGES.map(|stage| format!("{id}#{stage}")));
            ids.places.extend([node.key("half"), node.key("given")]);
        }
    }
    ids
}

impl Ids {
    fn add_items(&mut self, id: &str, quiz: &Quiz, node: &Node) {
        let ids = self;
        for (at, item) in quiz.items.iter().enumerate() {
            let common = item.common();
            ids.live.push(format!("{id}#{}", common.id));
            ids.places.push(node.field("items").index(at).field("id").span);
            let list = node.field("items").index(at).field("aliases");
            for (n, alias) in common.aliases.iter().enumerate() {
                let full = if alias.contains('#') {
                    alias.clone()
                } else {
                    format!("{id}#{alias}")
                };
                ids.former.push((full, list.index(n).span));
            }
        }
    }
}

/// All former full ids of an exercise and of its items.
pub(crate) fn former(id: &str, exercise: &Exercise) -> Vec<String> {
    let mut all = exercise.aliases().to_vec();
    all.extend(former_items(id, exercise).into_iter().flatten());
    all
}

/// The former full ids of each item, in the order of the items: its own, and those that it had under former ids of its
/// exercise. The items of a builder are its graded stages.
pub(crate) fn former_items(id: &str, exercise: &Exercise) -> Vec<Vec<String>> {
    match exercise {
        Exercise::Quiz(quiz) => {
            let items = quiz.items.iter().map(crate::author::Item::common);
            items
                .map(|item| item_aliases(id, quiz, item.id, item.aliases))
                .collect()
        }
        Exercise::Builder(builder) => {
            let former = |stage| builder.aliases.iter().map(|alias| format!("{alias}#{stage}")).collect();
            STAGES.map(former).into()
        }
    }
}

fn item_aliases(id: &str, quiz: &Quiz, item: &str, aliases: &[String]) -> Vec<String> {
    let short = || std::iter::once(item).chain(aliases.iter().map(String::as_str).filter(|alias| !alias.contains('#')));
    let mut all: Vec<String> = aliases.iter().filter(|alias| alias.contains('#')).cloned().collect();
    all.extend(short().skip(1).map(|alias| format!("{id}#{alias}")));
    for exercise in &quiz.aliases {
        all.extend(short().map(|alias| format!("{exercise}#{alias}")));
    }
    all
}

/// The lines of the lock that are ids, with their places. Comments and blank lines are passed over.
fn lines(text: &str) -> impl Iterator<Item = (&str, Span)> {
    text.split('\n')
        .scan(0, |at, line| {
            let start = *at;
            *at += line.len() + 1;
            Some((start, line))
        })
        .filter_map(|(start, line)| {
            let from = start + line.len() - line.trim_start_matches(['\u{feff}', ' ', '\t']).len();
            let id = line.trim_matches(['\u{feff}', ' ', '\t', '\r']);
            (!id.is_empty() && !id.starts_with('#')).then(|| (id, Span::new(from, from + id.len())))
        })
}

/// Checks the lock itself. `known` holds all ids in use and all former ones; `None` where not every exercise could
/// be read, so that nothing can be said to have vanished.
pub(crate) fn lock(text: &str, known: Option<&BTreeSet<&str>>, report: &mut Report<'_>) {
    let mut last = "";
    for (id, at) in lines(text) {
        if !is_exercise_id(id) && !is_item_id(id) {
            report.error(
                "ids-lock",
                at,
                says(
                    format!("`{}` is no id", shown(id)),
                    "The file holds one id a line: `week-20/transit-gateway`, or `week-20/transit-gateway#blackhole`.",
                    "Take the line out, or run `sandtable check --update-lock`.",
                ),
            );
            continue;
        }
        if id <= last {
            report.error(
                "ids-lock",
                at,
                says(
                    format!("`{id}` is out of order, or stands twice"),
                    "Sorted lines are what lets two people add ids at the same time.",
                    "Run `sandtable check --update-lock`.",
                ),
            );
        }
        last = id;
        if known.is_some_and(|known| !known.contains(id)) {
            let of = if id.contains('#') { "the item" } else { "the exercise" };
            let short = id.split_once('#').map_or(id, |(_, item)| item);
            report.error(
                "vanished-id",
                at,
                says(
                    format!("nothing has the id `{id}` any more"),
                    "Learners have records under it, and whoever embedded it would see nothing.",
                    format!("Bring it back, or write `aliases: [{short}]` into {of} that took its place."),
                ),
            );
        }
    }
}

/// The ids that the lock holds.
pub(crate) fn held(text: &str) -> BTreeSet<&str> {
    lines(text).map(|(id, _)| id).collect()
}

/// Says which ids of one exercise the lock lacks. `None` where there is no lock, which is said once.
pub(crate) fn locked(ids: &Ids, lock: Option<&BTreeSet<&str>>, node: &Node, report: &mut Report<'_>) {
    let Some(held) = lock else { return };
    let new: Vec<&str> = ids
        .live
        .iter()
        .map(String::as_str)
        .filter(|id| !held.contains(id))
        .collect();
    let Some(first) = new.first() else { return };
    let at = ids.live.iter().position(|id| id == first).unwrap_or(0);
    let place = ids.places.get(at).copied().unwrap_or(node.span);
    report.error(
        "new-id",
        place,
        says(
            match new.len() {
                1 => format!("ids.lock does not hold `{first}`"),
                count => format!(
                    "ids.lock does not hold {count} ids of this file: {}",
                    either(&new).replace(" or ", " and ")
                ),
            },
            "It holds every id ever used, so that none is used again for something else or lost unseen.",
            "Run `sandtable check --update-lock`, and commit the file.",
        ),
    );
}

/// Former ids that are in use, or claimed twice. `files` holds the ids of each file.
pub(crate) fn aliases(own: &Ids, live: &BTreeSet<&str>, claimed: &BTreeMap<&str, usize>, report: &mut Report<'_>) {
    for (alias, at) in &own.former {
        if live.contains(alias.as_str()) {
            report.error(
                "live-alias",
                *at,
                says(
                    format!("`{alias}` is in use, and here it is a former id"),
                    "A record under it could belong to either.",
                    "Take the alias out, or give what is in use another id.",
                ),
            );
        } else if claimed.get(alias.as_str()).is_some_and(|count| *count > 1) {
            report.error(
                "live-alias",
                *at,
                says(
                    format!("`{alias}` is a former id in two places"),
                    "A record under it could belong to either.",
                    "Keep it where the records belong.",
                ),
            );
        }
    }
}

/// The lock with all ids that are in use now: sorted, comments first, nothing ever taken out but lines that are no ids.
pub(crate) fn updated<'a>(old: &'a str, live: impl Iterator<Item = &'a str>) -> String {
    let mut out = String::new();
    for line in old
        .lines()
        .map(|line| line.trim_start_matches('\u{feff}').trim())
        .filter(|line| line.starts_with('#'))
    {
        out.push_str(line);
        out.push('\n');
    }
    if out.is_empty() {
        out.push_str("# Every id ever used, one a line. `sandtable check --update-lock` adds; nothing takes away.\n");
    }
    let held = lines(old)
        .map(|(id, _)| id)
        .filter(|id| is_exercise_id(id) || is_item_id(id));
    let all: BTreeSet<&str> = held.chain(live).collect();
    for id in all {
        out.push_str(id);
        out.push('\n');
    }
    out
}
