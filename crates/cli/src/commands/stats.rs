use std::collections::BTreeMap;

use crate::content::{self, Folder};
use crate::{Done, Outcome, out};

/// Count what the course holds
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    folder: Folder,
    /// As JSON
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Args) -> Outcome {
    let stats = content::compile(&args.folder.dir)?.stats();
    if args.json {
        out::json(&stats)?;
        return Ok(Done::Fine);
    }
    let mut rows = vec![["topic", "items", "kinds"].map(str::to_owned).to_vec()];
    for week in &stats.weeks {
        for topic in week.topics.iter().filter(|topic| topic.items > 0) {
            rows.push(vec![topic.id.clone(), topic.items.to_string(), kinds(&topic.kinds)]);
        }
    }
    let empty = stats
        .weeks
        .iter()
        .flat_map(|week| &week.topics)
        .filter(|topic| topic.items == 0)
        .count();
    let mut text = out::table(&rows);
    if empty > 0 {
        text.push_str(&format!("{} without an item yet.\n", out::count(empty, "topic")));
    }
    text.push_str(&format!(
        "{} ({}), exercises: {}, ",
        out::count(stats.items, "item"),
        kinds(&stats.items_by_kind),
        kinds(&stats.exercises_by_kind)
    ));
    text.push_str(&out::count(stats.sources, "source"));
    if let Some(day) = &stats.oldest_check {
        text.push_str(&format!(", the oldest checked on {day}"));
    }
    out::result(&format!("{text}.\n"))?;
    Ok(Done::Fine)
}

fn kinds(kinds: &BTreeMap<String, usize>) -> String {
    kinds
        .iter()
        .map(|(kind, number)| format!("{number} {kind}"))
        .collect::<Vec<_>>()
        .join(", ")
}
