//! What a site weighs.

use std::collections::BTreeMap;
use std::path::Path;

use sandtable_exercise::index::{ExerciseEntry, Index};

use crate::compress;
use crate::failure::{Doing, Failure};
use crate::files::{self, Files};
use crate::names::unhashed;

/// All that is, or will be, measured here, by the ids of `budgets.yaml`.
pub(super) const IDS: [&str; 11] = [
    "embed-quiz",
    "embed-quiz-first-paint",
    "app-first-page",
    "builder-module",
    "quiz",
    "builder",
    "week",
    "single-file-exercise",
    "single-file-course",
    "builder-drag-step",
    "check-design",
];

/// What was measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Measured {
    /// Bytes after brotli at its best, which is what a good host sends.
    Brotli(u64),
    /// The site holds no such thing yet.
    NotBuilt,
}

/// The measures of a site.
#[derive(Debug)]
pub(super) struct Measures(BTreeMap<&'static str, Measured>);

impl Measures {
    pub(super) fn of(site: &Path) -> Result<Self, Failure> {
        let files = files::read_folder(site)?;
        let index: Index = match files.get("data/course.json") {
            Some(text) => sandtable_exercise::read::index(&String::from_utf8_lossy(text))
                .doing(|| format!("Cannot read {}/data/course.json", site.display()))?,
            None => {
                return Err(Failure::new(format!(
                    "{} holds no data/course.json. Build the site first: ./dev build.",
                    site.display()
                )));
            }
        };
        // What has no measure below is not built by any command of ours yet.
        let mut measures: BTreeMap<_, _> = IDS.into_iter().map(|id| (id, Measured::NotBuilt)).collect();
        let first_page = ["index.html", "sandtable.css", "boot.js", "app.js", "app_bg.wasm"];
        measures.insert("app-first-page", Measured::Brotli(all_of(&files, &first_page)?));
        if let Some(module) = index.modules.get("builder") {
            let script = unhashed(module).unwrap_or_else(|| module.clone());
            let mut names = vec![script.as_str(), "builder_bg.wasm"];
            names.extend(index.modules.get("builder.css").map(|_| "builder.css"));
            measures.insert("builder-module", Measured::Brotli(all_of(&files, &names)?));
        }
        if files.contains_key("embed.js") {
            let (paint, all) = embedded(&files, &index)?;
            measures.insert("embed-quiz-first-paint", Measured::Brotli(paint));
            measures.insert("embed-quiz", Measured::Brotli(all));
        }
        let weeks = exercise_sizes(&files, &index)?;
        let greatest = |kind: &str| {
            let of_kind = weeks.iter().flatten().filter(|(exercise, _)| exercise.kind == kind);
            of_kind
                .map(|(_, size)| *size)
                .max()
                .map_or(Measured::NotBuilt, Measured::Brotli)
        };
        measures.insert("quiz", greatest("quiz"));
        measures.insert("builder", greatest("builder"));
        let week = weeks
            .iter()
            .filter(|week| !week.is_empty())
            .map(|week| week.iter().map(|(_, size)| size).sum())
            .max();
        measures.insert("week", week.map_or(Measured::NotBuilt, Measured::Brotli));
        Ok(Measures(measures))
    }

    pub(super) fn get(&self, id: &str) -> Option<Measured> {
        self.0.get(id).copied()
    }

    pub(super) fn ids(&self) -> Vec<&'static str> {
        self.0.keys().copied().collect()
    }
}

/// What an embedded quiz loads until its first question is painted, and until an answer is accepted: of the quiz that
/// needs the most.
fn embedded(files: &Files, index: &Index) -> Result<(u64, u64), Failure> {
    let shell = all_of(files, &["embed.js", "quiz.css"])?;
    let module = all_of(files, &["quiz.js", "quiz_bg.wasm"])?;
    let (mut paint, mut all) = (0, 0);
    let quizzes = index.weeks.iter().flat_map(|week| &week.exercises);
    for quiz in quizzes.filter(|exercise| exercise.kind == "quiz") {
        let page = all_of(files, &[&format!("e/{}/index.html", quiz.id)])?;
        let file = all_of(files, &[&format!("data/{}", quiz.file)])?;
        paint = paint.max(shell + page);
        all = all.max(shell + page + module + file);
    }
    Ok((paint, all))
}

/// Week by week, every exercise with its size.
fn exercise_sizes<'a>(files: &Files, index: &'a Index) -> Result<Vec<Vec<(&'a ExerciseEntry, u64)>>, Failure> {
    let size = |exercise: &'a ExerciseEntry| match files.get(&format!("data/{}", exercise.file)) {
        Some(bytes) => Ok((exercise, brotli(bytes)?)),
        None => Err(Failure::new(format!(
            "data/course.json names {}, which the site does not hold.",
            exercise.file
        ))),
    };
    index
        .weeks
        .iter()
        .map(|week| week.exercises.iter().map(size).collect())
        .collect()
}

/// The files beside the page that had these names before they got a hash, together.
fn all_of(files: &Files, names: &[&str]) -> Result<u64, Failure> {
    let mut sum = 0;
    for name in names {
        let is_it = |path: &str| path == *name || unhashed(path).as_deref() == Some(name);
        match files.iter().find(|(path, _)| is_it(path)) {
            Some((_, bytes)) => sum += brotli(bytes)?,
            None => {
                return Err(Failure::new(format!(
                    "The site holds no {name}. Build it first: ./dev build."
                )));
            }
        }
    }
    Ok(sum)
}

/// Bytes after brotli at its best.
fn brotli(bytes: &[u8]) -> Result<u64, Failure> {
    u64::try_from(compress::brotli(bytes)?.len()).doing(|| "Cannot count".to_owned())
}
