use std::path::{Path, PathBuf};

use sandtable_course::Compiled;

use crate::content::{self, Folder};
use crate::failure::{Doing, Failure};
use crate::files::{self, Files};
use crate::single::{self, What};
use crate::{Done, Outcome, compress, out, site};

/// Build: the course as data for Trunk (--data), or from Trunk's output (--app) the whole site or one file (--single)
#[derive(Debug, clap::Args)]
#[command(group(clap::ArgGroup::new("what").multiple(true)))]
pub(crate) struct Args {
    #[command(flatten)]
    folder: Folder,
    /// Compile the course into a folder that Trunk copies
    #[arg(long, required_unless_present = "app", conflicts_with = "app")]
    data: bool,
    /// Trunk's output, to make a site of, or a single file
    #[arg(long, value_name = "DIST", requires = "what")]
    app: Option<PathBuf>,
    /// The address at which the site will stand, for pages that name themselves (oEmbed)
    #[arg(long, value_name = "URL", requires = "app", value_parser = whole_address)]
    url: Option<String>,
    /// One HTML file with everything inside, which opens from a disk: of an exercise (week-20/transit-gateway) or of the
    /// `course`
    #[arg(
        long,
        value_name = "EXERCISE|course",
        group = "what",
        requires = "app",
        conflicts_with = "data"
    )]
    single: Option<String>,
    /// Where to write to; without it --data writes public/data, and --single a file named like the exercise
    #[arg(long, value_name = "SITE|FILE", group = "what")]
    out: Option<PathBuf>,
}

pub(crate) fn run(args: &Args) -> Outcome {
    match (&args.app, &args.single, &args.out) {
        (Some(dist), Some(name), out) => build_single(&args.folder.dir, dist, &What::named(name), out.as_deref()),
        (Some(dist), None, Some(out)) => build_site(&args.folder.dir, dist, out, args.url.as_deref()),
        (None, _, out) => build_data(&args.folder.dir, out.as_deref().unwrap_or(Path::new("public/data"))),
        (Some(_), None, None) => Err(Failure::new("Say with --out where the site goes.")),
    }
}

/// An address that others can be put behind.
fn whole_address(text: &str) -> Result<String, String> {
    let is_whole = ["https://", "http://"]
        .iter()
        .any(|scheme| text.strip_prefix(scheme).is_some_and(|rest| !rest.is_empty()));
    if !is_whole || text.contains(['?', '#', '"', '<', ' ']) {
        return Err("it has to be a whole address, such as https://example.org/course/".to_owned());
    }
    Ok(format!("{}/", text.trim_end_matches('/')))
}

/// Trunk's hook.
fn build_data(dir: &Path, folder: &Path) -> Outcome {
    let course = content::compile(dir)?;
    let changed = site::write::update(folder, &course.files().into_iter().collect())?;
    let what = if changed {
        "holds the course now"
    } else {
        "is up to date"
    };
    out::note(&format!("{} {what}: {}.\n", folder.display(), contents(&course)));
    Ok(Done::Fine)
}

fn build_site(dir: &Path, dist: &Path, site: &Path, url: Option<&str>) -> Outcome {
    keep_apart(dist, site)?;
    let app = site::app(files::read_folder(dist)?)?;
    let mut course = content::compile(dir)?;
    course.index.modules.extend(app.modules);
    let mut files: Files = app.files;
    for (path, bytes) in course.files() {
        files.insert(format!("data/{path}"), bytes);
    }
    site::embed::pages::add(&mut files, &course.index, url)?;
    site::offline::add(&mut files, &course.index)?;
    let (count, compressed) = (files.len(), compress::beside(&files)?);
    files.extend(compressed);
    site::write::replace(site, &files)?;
    out::note(&format!(
        "{} is written: {count} files, {}.\n",
        site.display(),
        contents(&course)
    ));
    Ok(Done::Fine)
}

fn build_single(dir: &Path, dist: &Path, what: &What, out: Option<&Path>) -> Outcome {
    let course = content::compile(dir)?;
    let html = single::html(&files::read_folder(dist)?, &course, what)?;
    let named = what.file_name();
    let out = out.unwrap_or(Path::new(&named));
    single::write(out, &html)?;
    out::note(&format!(
        "{} is written: {} KB. It opens by a double click.\n",
        out.display(),
        html.len().div_ceil(1000)
    ));
    Ok(Done::Fine)
}

fn contents(course: &Compiled) -> String {
    let exercises = course.index.weeks.iter().map(|week| week.exercises.len()).sum();
    format!(
        "{} in {}",
        out::count(exercises, "exercise"),
        out::count(course.index.weeks.len(), "week")
    )
}

/// A site inside Trunk's output would be read as a part of the app; Trunk's output inside a site would be replaced.
fn keep_apart(dist: &Path, site: &Path) -> Result<(), Failure> {
    let absolute = |path: &Path| {
        let full = std::path::absolute(path).doing(|| format!("Cannot make sense of the path {}", path.display()))?;
        Ok::<_, Failure>(full.canonicalize().unwrap_or(full))
    };
    let (from, to) = (absolute(dist)?, absolute(site)?);
    if !from.is_dir() {
        return Err(Failure::new(format!(
            "There is no folder {}. `trunk build --release` writes it.",
            dist.display()
        )));
    }
    if from.starts_with(&to) || to.starts_with(&from) {
        return Err(Failure::new(format!(
            "{} and {} lie one inside the other. Name a folder beside it with --out.",
            dist.display(),
            site.display()
        )));
    }
    Ok(())
}
