use clap::ValueEnum;
use sandtable_course::{Checked, Problem, render_human};
use serde::Serialize;

use crate::content::{self, Folder};
use crate::failure::Failure;
use crate::{Done, Outcome, files, out};

/// Check the course: by file, line and reason, what is wrong
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    folder: Folder,
    /// How problems are told
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Write the ids of new items into ids.lock
    #[arg(long)]
    update_lock: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Drawn for a terminal, on standard error
    Human,
    /// One document on standard output
    Json,
}

pub(crate) fn run(args: &Args) -> Outcome {
    let mut checked = content::check(&args.folder.dir)?;
    if args.update_lock {
        checked = update_lock(args, checked)?;
    }
    let errors = checked.problems.iter().filter(|problem| problem.is_error()).count();
    let warnings = checked.problems.len() - errors;
    match args.format {
        Format::Json => out::json(&Document {
            errors,
            warnings,
            problems: &checked.problems,
        })?,
        Format::Human => {
            out::note(&render_human(&checked.problems, &checked.files, out::colour()));
            out::note(&format!("{}\n", summary(args, &checked, errors, warnings)));
        }
    }
    Ok(if errors == 0 { Done::Fine } else { Done::Wrong })
}

/// What `--format json` writes.
#[derive(Serialize)]
struct Document<'a> {
    errors: usize,
    warnings: usize,
    problems: &'a [Problem],
}

/// Writes ids.lock and judges the course anew: a lock that was behind is no problem any more.
fn update_lock(args: &Args, checked: Checked) -> Result<Checked, Failure> {
    let Some(lock) = &checked.updated_lock else {
        return Ok(checked);
    };
    let path = args.folder.dir.join("ids.lock");
    if !files::write_changed(&path, lock.as_bytes())? {
        return Ok(checked);
    }
    out::note(&format!("{} is up to date now.\n", path.display()));
    content::check(&args.folder.dir)
}

/// "25 items in 5 exercises: no errors, 2 warnings."
fn summary(args: &Args, checked: &Checked, errors: usize, warnings: usize) -> String {
    let tally = |number, one| {
        if number == 0 {
            format!("no {one}s")
        } else {
            out::count(number, one)
        }
    };
    let found = format!("{}, {}.", tally(errors, "error"), tally(warnings, "warning"));
    match &checked.course {
        Some(course) => {
            let exercises: Vec<_> = course.index.weeks.iter().flat_map(|week| &week.exercises).collect();
            format!(
                "{} in {}: {found}",
                // The stages of a builder are no questions.
                out::count(course.stats().items, "item"),
                out::count(exercises.len(), "exercise")
            )
        }
        None => format!("{}: {found}", args.folder.dir.display()),
    }
}
