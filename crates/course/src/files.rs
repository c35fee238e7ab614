//! The course's folder: which files there are, and what each is. The only part that touches the disk.

use std::fs;
use std::io::Read;
use std::path::Path;

use crate::problem::{Problem, Severity, Span};
use crate::source::MAX_BYTES;
use crate::text::is_id;

/// More files than this are no course: a folder was named that is not one.
const MAX_FILES: usize = 5_000;

/// The files of the course's folder and of the folders in it, sorted, and what could not be read.
pub(crate) fn read(dir: &Path) -> (Vec<(String, Vec<u8>)>, Vec<Problem>) {
    let mut reader = Reader {
        files: Vec::new(),
        problems: Vec::new(),
    };
    reader.folder(dir, "");
    reader.files.sort();
    (reader.files, reader.problems)
}

struct Reader {
    files: Vec<(String, Vec<u8>)>,
    problems: Vec<Problem>,
}

impl Reader {
    fn folder(&mut self, dir: &Path, prefix: &str) {
        let entries = match fs::read_dir(dir) {
            Ok(entries) => entries,
            Err(error) => {
                let name = if prefix.is_empty() {
                    dir.to_string_lossy().into_owned()
                } else {
                    prefix.to_owned()
                };
                return self.problem(
                    &name,
                    "unreadable",
                    format!("the folder cannot be read: {error}"),
                    "Name the folder that holds course.yaml.",
                );
            }
        };
        let mut entries: Vec<fs::DirEntry> = entries.filter_map(Result::ok).collect();
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let raw = entry.file_name();
            let Some(name) = raw.to_str() else {
                let name = format!("{prefix}{}", raw.to_string_lossy());
                self.problem(
                    &name,
                    "file-name",
                    "the file's name is not UTF-8".to_owned(),
                    "Rename it.",
                );
                continue;
            };
            // What begins with a dot belongs to an editor or to git.
            if name.starts_with('.') {
                continue;
            }
            self.entry(&entry, name, prefix);
        }
    }

    fn entry(&mut self, entry: &fs::DirEntry, name: &str, prefix: &str) {
        let path = format!("{prefix}{name}");
        let wanted = is_wanted(&path);
        let week = prefix.is_empty() && name.starts_with("week-");
        let Ok(kind) = entry.file_type() else {
            return self.problem(
                &path,
                "unreadable",
                "it cannot be looked at".to_owned(),
                "Look at its permissions.",
            );
        };
        if kind.is_symlink() && (wanted || week) {
            self.problem(
                &path,
                "symlink",
                "it is a symbolic link".to_owned(),
                "Put the file itself here: a link can lead out of the course.",
            );
        } else if kind.is_dir() && wanted {
            self.problem(
                &path,
                "not-a-file",
                "it is a folder and has the name of a file".to_owned(),
                "Rename it.",
            );
        } else if kind.is_dir() && week {
            self.folder(&entry.path(), &format!("{path}/"));
        } else if kind.is_file() && wanted {
            if self.files.len() < MAX_FILES {
                self.file(&entry.path(), path);
            } else if self.files.len() == MAX_FILES {
                self.problem(
                    &path,
                    "too-many-files",
                    format!("more than {MAX_FILES} files"),
                    "Name the folder that holds course.yaml.",
                );
            }
        } else if wanted {
            self.problem(
                &path,
                "not-a-file",
                "it is no regular file".to_owned(),
                "Put a regular file here.",
            );
        }
    }

    fn file(&mut self, file: &Path, path: String) {
        let limit = u64::try_from(MAX_BYTES).unwrap_or(u64::MAX).saturating_add(1);
        let mut bytes = Vec::new();
        // One byte beyond the limit is enough to see that it is too large.
        match fs::File::open(file).and_then(|file| file.take(limit).read_to_end(&mut bytes)) {
            Ok(_) => self.files.push((path, bytes)),
            Err(error) => self.problem(
                &path,
                "unreadable",
                format!("the file cannot be read: {error}"),
                "Look at its permissions.",
            ),
        }
    }

    fn problem(&mut self, file: &str, rule: &'static str, message: String, help: &str) {
        self.problems.push(Problem {
            severity: Severity::Error,
            rule,
            file: file.to_owned(),
            line: 1,
            column: 1,
            span: Span::default(),
            message,
            why: "The course is checked as a whole.".to_owned(),
            help: help.to_owned(),
        });
    }
}

/// Files that the course consists of, and files that somebody may take for such.
fn is_wanted(path: &str) -> bool {
    path == "ids.lock" || path.ends_with(".yaml") || path.ends_with(".yml")
}

/// What a file is, by its path.
pub(crate) enum Place {
    /// `course.yaml`, `sources.yaml`, `ids.lock`.
    Own,
    Exercise {
        id: String,
        week: u32,
    },
    /// It looks like an exercise and is none: why, and what to do.
    Misplaced(&'static str, &'static str),
    Other,
}

/// What a file is.
pub(crate) fn place(path: &str) -> Place {
    if matches!(path, "course.yaml" | "sources.yaml" | "ids.lock") {
        return Place::Own;
    }
    let yaml = path.ends_with(".yaml") || path.ends_with(".yml");
    match path.split('/').collect::<Vec<_>>().as_slice() {
        [folder, file] if yaml && folder.starts_with("week-") => exercise(folder, file),
        [_] if yaml => Place::Misplaced(
            "Only course.yaml and sources.yaml stand here; exercises stand in the folder of their week.",
            "Move it, or take it away.",
        ),
        _ => Place::Other,
    }
}

fn exercise(folder: &str, file: &str) -> Place {
    let Some(slug) = file.strip_suffix(".yaml") else {
        return Place::Misplaced("Files of the course end in `.yaml`.", "Rename it.");
    };
    if !is_id(slug) {
        return Place::Misplaced(
            "The file's name is the exercise's id.",
            "Use words of a-z and 0-9 joined by `-`: `transit-gateway.yaml`.",
        );
    }
    let number = folder
        .strip_prefix("week-")
        .and_then(|rest| rest.split('-').next())
        .unwrap_or("");
    match number.parse::<u32>() {
        Ok(week) if number.len() == 2 && number.bytes().all(|b| b.is_ascii_digit()) => Place::Exercise {
            id: format!("week-{number}/{slug}"),
            week,
        },
        _ => Place::Misplaced(
            "The folder's number says which week the exercise belongs to.",
            "Name the folder `week-20-advanced-networking`: two digits, and words after them.",
        ),
    }
}
