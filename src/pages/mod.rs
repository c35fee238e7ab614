//! One file a page. A page reads the index and the records, and derives the rest.

mod bar;
mod course;
mod exercise;
mod not_found;
mod question;
mod week;

pub(crate) use course::CoursePage;
pub(crate) use exercise::ExercisePage;
pub(crate) use not_found::NotFound;
pub(crate) use week::WeekPage;

use sandtable_progress::summary::Progress;

/// "4 of 15 done".
fn done(progress: Progress) -> String {
    format!("{} of {} done", progress.done, progress.of)
}
