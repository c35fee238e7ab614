//! The course, read and compiled: the one place that asks `sandtable-course` and the clock.

use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use sandtable_course::{Checked, Compiled, Date, render_human};

use crate::failure::Failure;
use crate::out;

/// The folder of the course, for all commands.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Folder {
    /// The folder of the course
    #[arg(default_value = "exercises", value_name = "DIR")]
    pub(crate) dir: PathBuf,
}

/// Compiles a course. If it has errors they are what the failure says.
pub(crate) fn compile(dir: &Path) -> Result<Compiled, Failure> {
    let mut checked = check(dir)?;
    checked.problems.retain(sandtable_course::Problem::is_error);
    match checked.course {
        Some(course) if checked.problems.is_empty() => Ok(course),
        _ => {
            let drawn = render_human(&checked.problems, &checked.files, out::colour());
            let errors = out::count(checked.problems.len(), "error");
            Err(Failure::new(format!(
                "{drawn}{}: {errors}, so nothing was done.",
                dir.display()
            )))
        }
    }
}

/// Reads a course and judges it as of today.
pub(crate) fn check(dir: &Path) -> Result<Checked, Failure> {
    if !dir.is_dir() {
        return Err(Failure::new(format!(
            "There is no folder {}. Run this beside the folder of the course, or name the folder.",
            dir.display()
        )));
    }
    let seconds = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map(|since| since.as_secs());
    let today = seconds.ok().and_then(Date::from_unix);
    let today =
        today.ok_or_else(|| Failure::new("The clock of this machine is not set: it says no day that we know."))?;
    Ok(sandtable_course::read(dir, today))
}
