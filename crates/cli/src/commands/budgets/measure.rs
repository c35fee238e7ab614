//! What a site weighs.

use std::collections::BTreeMap;
use std::path::Path;

use sandtable_exercise::index::{ExerciseEntry, Index};

use super::Unit;
use crate::failure::{Doing, Failure};
use crate::files::{self, Files};
use crate::names::unhashed;
use crate::single::{self, What};
use crate::{compress, content};

/// All that is measured here, by the ids of `budgets.yaml`.
pub(super) const IDS: [&str; 10] = [
    "embed-quiz",
    "embed-quiz-first-paint",
    "embed-builder-first-paint",
    "app-first-page",
    "builder-module",
    "quiz",
    "builder",
    "week",
    "single-file-exercise",
    "single-file-course",
];

/// What was measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Measured {
    /// Bytes; with brotli, at its best, which is what a good host sends.
    Bytes(u64, Unit),
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
        measures.insert("app-first-page", brotli_of(all_of(&files, &first_page)?));
        if let Some(module) = index.modules.get("builder") {
            let script = unhashed(module).unwrap_or_else(|| module.clone());
            let mut names = vec![script.as_str(), "builder_bg.wasm"];
            names.extend(index.modules.get("builder.css").map(|_| "builder.css"));
            measures.insert("builder-module", brotli_of(all_of(&files, &names)?));
        }
        if files.contains_key("embed.js") {
            let (paint, all) = embedded(&files, &index)?;
            measures.insert("embed-quiz-first-paint", brotli_of(paint));
            measures.insert("embed-quiz", brotli_of(all));
            if files
                .keys()
                .any(|path| unhashed(path).as_deref() == Some("drawing.css"))
            {
                measures.insert(
                    "embed-builder-first-paint",
                    brotli_of(embedded_builder(&files, &index)?),
                );
            }
        }
        let weeks = exercise_sizes(&files, &index)?;
        let greatest = |kind: &str| {
            let of_kind = weeks.iter().flatten().filter(|(exercise, _)| exercise.kind == kind);
            of_kind
                .map(|(_, size)| *size)
                .max()
                .map_or(Measured::NotBuilt, brotli_of)
        };
        measures.insert("quiz", greatest("quiz"));
        measures.insert("builder", greatest("builder"));
        let week = weeks
            .iter()
            .filter(|week| !week.is_empty())
            .map(|week| week.iter().map(|(_, size)| size).sum())
            .max();
        measures.insert("week", week.map_or(Measured::NotBuilt, brotli_of));
        Ok(Measures(measures))
    }

    /// Makes every single file that there can be, and measures it.
    pub(super) fn add_single_files(&mut self, dist: &Path, course: &Path) -> Result<(), Failure> {
        let (dist, course) = (files::read_folder(dist)?, content::compile(course)?);
        let size = |what: &What| {
            let html = single::html(&dist, &course, what)?;
            u64::try_from(html.len()).doing(|| "Cannot count".to_owned())
        };
        let mut greatest = 0;
        for entry in single::entries(&course) {
            greatest = greatest.max(size(&What::Exercise(entry.id.clone()))?);
        }
        let rows = [
            ("single-file-exercise", greatest),
            ("single-file-course", size(&What::Course)?),
        ];
        let measured = rows.map(|(id, bytes)| (id, Measured::Bytes(bytes, Unit::KilobytesOnDisk)));
        self.0.extend(measured);
        Ok(())
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
    let shell = all_of(files, &["embed.js", "embed.css"])?;
    let module = all_of(files, &["element.css", "quiz.js", "quiz_bg.wasm"])?;
    let (mut paint, mut all) = (0, 0);
    let quizzes = index.weeks.iter().flat_map(|week| &week.exercises);
    for quiz in quizzes.filter(|exercise| exercise.kind == "quiz") {
        let page = all_of(files, &[&format!("e/{}/index.html", quiz.id)])?;
        paint = paint.max(shell + page);
        // The page holds its first question; the file comes after that.
        all = all.max(shell + page + module);
    }
    Ok((paint, all))
}

/// What the page of a builder loads until its drawing is painted: of the one that needs the most.
fn embedded_builder(files: &Files, index: &Index) -> Result<u64, Failure> {
    let shell = all_of(files, &["embed.js", "embed.css", "drawing.css"])?;
    let mut paint = 0;
    let builders = index.weeks.iter().flat_map(|week| &week.exercises);
    for builder in builders.filter(|exercise| exercise.kind == "builder") {
        paint = paint.max(shell + all_of(files, &[&format!("e/{}/index.html", builder.id)])?);
    }
    Ok(paint)
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

fn brotli_of(bytes: u64) -> Measured {
    Measured::Bytes(bytes, Unit::KilobytesBrotli)
}

/// Bytes after brotli at its best.
fn brotli(bytes: &[u8]) -> Result<u64, Failure> {
    u64::try_from(compress::brotli(bytes)?.len()).doing(|| "Cannot count".to_owned())
}
