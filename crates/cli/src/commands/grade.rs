use std::io::Read;
use std::path::{Path, PathBuf};

use sandtable_architecture::task;
use sandtable_course::{Compiled, CompiledBuilder};
use sandtable_exercise::{Answer, Feedback, Item, Part, Verdict, grade};
use serde::Serialize;

use crate::failure::{Doing, Failure};
use crate::near::nearest;
use crate::{Done, Outcome, content, files, out};

mod design;

/// Grade an answer as the page would
#[derive(Debug, clap::Args)]
#[command(override_usage = "sandtable grade [DIR] <ITEM> --answer <FILE|->")]
pub(crate) struct Args {
    /// The id of the item, as in week-20/transit-gateway#blackhole, or of a stage of a builder, as in
    /// week-20/segmented-hub#blank; before it the folder of the course, if that is not `exercises`
    #[arg(required = true, num_args = 1..=2, value_name = "ITEM")]
    place: Vec<PathBuf>,
    /// The answer as JSON: a file, or - for standard input
    #[arg(long, value_name = "FILE")]
    answer: PathBuf,
}

pub(crate) fn run(args: &Args) -> Outcome {
    let (dir, id) = match args.place.as_slice() {
        [dir, item, ..] => (dir.as_path(), item),
        [item] => (Path::new("exercises"), item),
        [] => return Err(Failure::new("Name an item.")),
    };
    let course = content::compile(dir)?;
    let verdict = match find(&course, &id.to_string_lossy())? {
        // No kind of today depends on the seed: nothing in an answer refers to a place.
        Graded::Item(item) => grade(&item.view, &item.key, 0, &read_answer(&args.answer)?),
        Graded::Stage(builder, stage) => {
            let read = task::builder(&builder.json.to_string()).doing(|| format!("Cannot read {}", builder.id))?;
            let start = if stage == 0 { &read.half } else { &read.task.given };
            design::grade(&read.task, start, &read_json(&args.answer)?)?
        }
    };
    out::json(&Said::from(verdict))?;
    Ok(Done::Fine)
}

/// What an id names.
#[derive(Debug)]
enum Graded<'a> {
    Item(&'a Item),
    /// A builder and which of its stages.
    Stage(&'a CompiledBuilder, usize),
}

/// A verdict with all four keys, whatever it says: a script need not ask which are there.
#[derive(Debug, Serialize)]
struct Said {
    outcome: &'static str,
    fraction: Option<f64>,
    parts: Vec<Part>,
    feedback: Vec<Feedback>,
}

impl From<Verdict> for Said {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::NotAnswered => Said {
                outcome: "not_answered",
                fraction: None,
                parts: Vec::new(),
                feedback: Vec::new(),
            },
            Verdict::Invalid { feedback } => Said {
                outcome: "invalid",
                fraction: None,
                parts: Vec::new(),
                feedback,
            },
            Verdict::Scored {
                fraction,
                parts,
                feedback,
            } => Said {
                outcome: "scored",
                fraction: Some(fraction),
                parts,
                feedback,
            },
        }
    }
}

fn find<'a>(course: &'a Compiled, id: &str) -> Result<Graded<'a>, Failure> {
    let items = course.quizzes.iter().flat_map(|quiz| &quiz.items);
    let items = items.map(|item| (item.view.id.as_str(), Graded::Item(item)));
    let stages = course.builders.iter().flat_map(|builder| {
        let stages = builder.items.iter().enumerate();
        stages.map(move |(stage, (id, _))| (id.as_str(), Graded::Stage(builder, stage)))
    });
    let mut all: Vec<(&str, Graded<'a>)> = items.chain(stages).collect();
    if let Some(at) = all.iter().position(|(one, _)| *one == id) {
        return Ok(all.swap_remove(at).1);
    }
    let near = nearest(all.iter().map(|(id, _)| *id), id);
    let hint = match near {
        Some(near) => format!("Did you mean {near}?"),
        None => "`sandtable stats` lists what there is.".to_owned(),
    };
    Err(Failure::new(format!("There is no item {id}. {hint}")))
}

fn read_answer(path: &Path) -> Result<Answer, Failure> {
    let (name, text) = read_text(path)?;
    match serde_json::from_slice(&text) {
        Ok(Answer::Design(_)) => Err(Failure::new(format!(
            "The answer in {name} is a design, which a question does not take.\n{FORMS}"
        ))),
        read => read.map_err(|error| unreadable(&name, &error)),
    }
}

/// The answer to a stage of a builder, whose form only the design's own reader knows.
fn read_json(path: &Path) -> Result<serde_json::Value, Failure> {
    let (name, text) = read_text(path)?;
    serde_json::from_slice(&text).map_err(|error| unreadable(&name, &error))
}

fn unreadable(name: &str, error: &serde_json::Error) -> Failure {
    Failure::new(format!("The answer in {name} cannot be read: {error}.\n{FORMS}"))
}

/// Said wherever an answer is of no form.
const FORMS: &str = "An answer is one of
  {\"choice\": [\"option\", ...]}
  {\"match\": {\"prompt\": \"token\", ...}}
  {\"order\": [\"block\", ...]}
  {\"design\": {\"v\": 1, \"flavour\": \"aws\", \"parts\": {...}, \"links\": {...}}}";

/// What to call the answer, and its text.
fn read_text(path: &Path) -> Result<(String, Vec<u8>), Failure> {
    Ok(if path == Path::new("-") {
        let mut text = Vec::new();
        std::io::stdin()
            .lock()
            .read_to_end(&mut text)
            .doing(|| "Cannot read standard input".to_owned())?;
        ("standard input".to_owned(), text)
    } else {
        (path.display().to_string(), files::read(path)?)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_meant() {
        let ids = ["week-20/transit-gateway#blackhole", "week-20/zero-trust#deny"];
        let near = |wanted: &str| nearest(ids.into_iter(), wanted);
        assert_eq!(near("week-20/transit-gateway#blakhole"), Some(ids[0]));
        assert_eq!(near("blackhole"), Some(ids[0]));
        assert_eq!(near("week-19/zerotrust#deny"), Some(ids[1]));
        assert_eq!(near("x"), None);
    }

    #[test]
    fn all_four_keys_are_there() {
        let json = serde_json::to_string(&Said::from(Verdict::NotAnswered)).unwrap();
        assert_eq!(
            json,
            r#"{"outcome":"not_answered","fraction":null,"parts":[],"feedback":[]}"#
        );
    }
}
