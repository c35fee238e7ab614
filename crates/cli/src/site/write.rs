//! Putting files on the disk without ever leaving half of them, and without touching what is not ours.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Component, Path, PathBuf};

use crate::failure::{Doing, Failure};
use crate::files::{self, Files};

/// Whoever finds this file in a folder knows that `sandtable build` may replace the folder.
const MARKER: &str = ".sandtable-site";
const MARKER_TEXT: &str = "sandtable build wrote this folder and replaces it as a whole.\n";

/// In the folder of compiled content: the names of the files that we wrote there.
const LIST: &str = ".sandtable-data";

/// Replaces a whole folder, all at once: a reader sees the old site or the new one.
pub(crate) fn replace(out: &Path, files: &Files) -> Result<(), Failure> {
    let exists = may_replace(out)?;
    let new = beside(out, "new")?;
    let written = files
        .iter()
        .map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
        .chain([(MARKER, MARKER_TEXT.as_bytes())])
        .try_for_each(|(path, bytes)| files::write(&new.join(path), bytes));
    let swapped = written.and_then(|()| swap(out, &new, exists));
    if swapped.is_err() {
        drop(fs::remove_dir_all(&new));
    }
    swapped
}

fn swap(out: &Path, new: &Path, exists: bool) -> Result<(), Failure> {
    let cannot = || format!("Cannot put the new site in place at {}", out.display());
    if !exists {
        return fs::rename(new, out).doing(cannot);
    }
    let old = beside(out, "old")?;
    fs::rename(out, &old).doing(cannot)?;
    if let Err(error) = fs::rename(new, out) {
        // The old site is better than none.
        drop(fs::rename(&old, out));
        return Err(error).doing(cannot);
    }
    fs::remove_dir_all(&old).doing(|| {
        format!(
            "The new site is in place, but the old one could not be removed from {}",
            old.display()
        )
    })
}

/// Whether there is a folder that may be replaced. Anything else that is there is an error.
fn may_replace(out: &Path) -> Result<bool, Failure> {
    let Ok(metadata) = fs::symlink_metadata(out) else {
        return Ok(false);
    };
    let refuse = |why: &str| {
        Err(Failure::new(format!(
            "{} {why}. Name another folder with --out.",
            out.display()
        )))
    };
    if !metadata.is_dir() {
        return refuse("is there and is no folder");
    }
    let mut entries = fs::read_dir(out).doing(|| format!("Cannot read the folder {}", out.display()))?;
    if entries.next().is_some() && !out.join(MARKER).is_file() {
        return refuse("holds files that `sandtable build` did not write, so it is not replaced");
    }
    Ok(true)
}

/// A name next to the folder, on the same disk, so that renaming is one step.
fn beside(out: &Path, what: &str) -> Result<PathBuf, Failure> {
    let Some(name) = out.file_name() else {
        return Err(Failure::new(format!(
            "{} is no name for a folder to write to.",
            out.display()
        )));
    };
    let path = out.with_file_name(format!(".{}.{what}-{}", name.to_string_lossy(), std::process::id()));
    if fs::symlink_metadata(&path).is_ok() {
        fs::remove_dir_all(&path).doing(|| format!("Cannot remove {}, left over from before", path.display()))?;
    }
    Ok(path)
}

/// Brings a folder up to date: writes what has changed, removes what we wrote before and is no more. True if anything
/// had to be done.
pub(crate) fn update(out: &Path, files: &Files) -> Result<bool, Failure> {
    let list = out.join(LIST);
    let before: BTreeSet<String> = match fs::read_to_string(&list) {
        Ok(text) => text.lines().filter(|line| is_plain(line)).map(str::to_owned).collect(),
        Err(_) => BTreeSet::new(),
    };
    for (path, bytes) in files {
        let target = out.join(path);
        if !before.contains(path)
            && fs::symlink_metadata(&target).is_ok()
            && fs::read(&target).is_ok_and(|old| old != *bytes)
        {
            return Err(Failure::new(format!(
                "{} is there and `sandtable build --data` did not write it. Move it away, or name another folder with --out.",
                target.display()
            )));
        }
    }
    // The list first: if we are stopped half-way, the next run still knows what may be ours.
    let now: BTreeSet<String> = files.keys().cloned().collect();
    let lines = |names: &BTreeSet<String>| names.iter().map(|name| format!("{name}\n")).collect::<String>();
    let mut changed = false;
    if now != before {
        changed |= files::write_changed(&list, lines(&before.union(&now).cloned().collect()).as_bytes())?;
    }
    for (path, bytes) in files {
        changed |= files::write_changed(&out.join(path), bytes)?;
    }
    for path in before.difference(&now) {
        let target = out.join(path);
        if fs::remove_file(&target).is_ok() {
            changed = true;
            // Fails, as it should, where the folder still holds something.
            if let Some(folder) = target.parent().filter(|folder| *folder != out) {
                drop(fs::remove_dir(folder));
            }
        }
    }
    changed |= files::write_changed(&list, lines(&now).as_bytes())?;
    Ok(changed)
}

/// A path that stays inside the folder, whatever somebody wrote into the list.
fn is_plain(path: &str) -> bool {
    !path.is_empty()
        && Path::new(path)
            .components()
            .all(|component| matches!(component, Component::Normal(_)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(pairs: &[(&str, &str)]) -> Files {
        pairs
            .iter()
            .map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()))
            .collect()
    }

    fn names(folder: &Path) -> Vec<String> {
        files::read_folder(folder).unwrap().into_keys().collect()
    }

    #[test]
    fn a_site_is_replaced_as_a_whole() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("deep/site");
        replace(&out, &files(&[("index.html", "1"), ("old.js", "")])).unwrap();
        replace(&out, &files(&[("index.html", "2"), ("e/x.html", "")])).unwrap();
        assert_eq!(names(&out), [MARKER, "e/x.html", "index.html"]);
        assert_eq!(fs::read(out.join("index.html")).unwrap(), b"2");
        // Nothing is left beside it.
        assert_eq!(fs::read_dir(folder.path().join("deep")).unwrap().count(), 1);
    }

    #[test]
    fn a_folder_of_somebody_else_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("thesis.doc"), "years").unwrap();
        assert!(replace(folder.path(), &files(&[("index.html", "")])).is_err());
        assert!(replace(&folder.path().join("thesis.doc"), &files(&[("index.html", "")])).is_err());
        assert_eq!(names(folder.path()), ["thesis.doc"]);
        let empty = folder.path().join("empty");
        fs::create_dir(&empty).unwrap();
        replace(&empty, &files(&[("index.html", "")])).unwrap();
    }

    #[test]
    fn data_is_written_only_where_it_changed() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("data");
        let first = files(&[("course.json", "1"), ("week-20/a.json", "a"), ("week-21/b.json", "b")]);
        assert!(update(&out, &first).unwrap());
        assert!(!update(&out, &first).unwrap());
        fs::write(out.join("notes.txt"), "mine").unwrap();
        assert!(update(&out, &files(&[("course.json", "2"), ("week-20/a.json", "a")])).unwrap());
        assert_eq!(names(&out), [LIST, "course.json", "notes.txt", "week-20/a.json"]);
        assert!(!out.join("week-21").exists());
    }

    #[test]
    fn data_of_somebody_else_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("data");
        files::write(&out.join("course.json"), b"mine").unwrap();
        assert!(update(&out, &files(&[("course.json", "ours")])).is_err());
        assert_eq!(fs::read(out.join("course.json")).unwrap(), b"mine");
        // A list that somebody edited leads nowhere outside.
        files::write(&folder.path().join("precious"), b"x").unwrap();
        fs::write(out.join("course.json"), "ours").unwrap();
        let absolute = folder.path().join("precious").display().to_string();
        fs::write(out.join(LIST), format!("../precious\n{absolute}\n\n")).unwrap();
        update(&out, &files(&[("course.json", "ours")])).unwrap();
        assert!(folder.path().join("precious").exists());
    }
}
