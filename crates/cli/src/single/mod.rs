//! An exercise, or the course, as one HTML file that opens from a disk: everything is inside, and nothing is asked for.
//!
//! What a server would send is packed into the page as text (`pack.rs`); a script takes it out again (`unpack.js`) and
//! stands in for the server (`loader.js`). Scripts from other files do not run there, so all of them are in the page, and
//! its policy knows each by its hash.

use std::path::Path;

use sandtable_course::Compiled;
use sandtable_exercise::index::ExerciseEntry;

use crate::failure::{Doing, Failure};
use crate::files::{self, Files};
use crate::near::nearest;

mod pack;
mod page;

/// Stands in every single file, so that one may be put in the place of another, and of nothing else.
const MADE_BY: &str = "<meta name=\"generator\" content=\"sandtable build --single\">";

/// What a file is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum What {
    /// All there is.
    Course,
    /// One exercise, by its id.
    Exercise(String),
}

impl What {
    /// `course`, or an id.
    pub(crate) fn named(name: &str) -> Self {
        match name {
            "course" => What::Course,
            id => What::Exercise(id.to_owned()),
        }
    }

    /// What to call the file.
    pub(crate) fn file_name(&self) -> String {
        let name = match self {
            What::Course => "course",
            What::Exercise(id) => id.rsplit('/').next().unwrap_or(id),
        };
        format!("{name}.html")
    }
}

/// The page, from Trunk's output and a course.
pub(crate) fn html(dist: &Files, course: &Compiled, what: &What) -> Result<String, Failure> {
    match what {
        What::Course => page::html(dist, course, &course.index.course.title, ""),
        What::Exercise(id) => {
            let course = only(course, id)?;
            let entry = entries(&course).next();
            let (title, id) = entry.map_or(("", ""), |entry| (&entry.title, &entry.id));
            page::html(dist, &course, title, &sandtable_exercise::address(id))
        }
    }
}

/// The course as if it had this exercise alone. A former id will do.
fn only(course: &Compiled, id: &str) -> Result<Compiled, Failure> {
    let is_it = |entry: &ExerciseEntry| entry.id == id || entry.aliases.iter().any(|alias| alias == id);
    if !entries(course).any(is_it) {
        let ids = entries(course).map(|entry| entry.id.as_str());
        let hint = match nearest(ids, id) {
            Some(near) => format!("Did you mean {near}?"),
            None => {
                let ids: Vec<&str> = entries(course).map(|entry| entry.id.as_str()).collect();
                format!("There are: course, {}.", ids.join(", "))
            }
        };
        return Err(Failure::new(format!("There is no exercise {id}. {hint}")));
    }
    let mut course = course.clone();
    for week in &mut course.index.weeks {
        week.exercises.retain(is_it);
        let exercises = &week.exercises;
        week.topics
            .retain(|topic| exercises.iter().any(|entry| entry.topic == topic.id));
    }
    course.index.weeks.retain(|week| !week.exercises.is_empty());
    let ids: Vec<String> = entries(&course).map(|entry| entry.id.clone()).collect();
    course.quizzes.retain(|quiz| ids.contains(&quiz.id));
    course.builders.retain(|builder| ids.contains(&builder.id));
    Ok(course)
}

/// All exercises of a course.
pub(crate) fn entries(course: &Compiled) -> impl Iterator<Item = &ExerciseEntry> {
    course.index.weeks.iter().flat_map(|week| &week.exercises)
}

/// Puts the file on the disk, at once and in the place of nothing but another single file.
pub(crate) fn write(out: &Path, html: &str) -> Result<(), Failure> {
    if std::fs::symlink_metadata(out).is_ok() {
        let is_ours = std::fs::read(out).is_ok_and(|old| String::from_utf8_lossy(&old).contains(MADE_BY));
        if !is_ours {
            return Err(Failure::new(format!(
                "{} is there and `sandtable build --single` did not write it. Name another file with --out.",
                out.display()
            )));
        }
    }
    let Some(name) = out.file_name() else {
        return Err(Failure::new(format!("{} is no name for a file.", out.display())));
    };
    let new = out.with_file_name(format!(".{}.new-{}", name.to_string_lossy(), std::process::id()));
    files::write(&new, html.as_bytes())?;
    std::fs::rename(&new, out).doing(|| format!("Cannot put {} in place", out.display()))
}
