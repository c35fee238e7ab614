//! Files and folders, with errors that name them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::failure::{Doing, Failure};

/// A folder in memory: path inside it, with forward slashes, to content. Sorted, so that all that is derived is too.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// Reads a whole folder.
pub(crate) fn read_folder(folder: &Path) -> Result<Files, Failure> {
    let mut files = Files::new();
    collect(folder, "", &mut files)?;
    Ok(files)
}

fn collect(folder: &Path, prefix: &str, files: &mut Files) -> Result<(), Failure> {
    let cannot = || format!("Cannot read the folder {}", folder.display());
    for entry in fs::read_dir(folder).doing(cannot)? {
        let entry = entry.doing(cannot)?;
        let path = entry.path();
        let Ok(name) = entry.file_name().into_string() else {
            return Err(Failure::new(format!(
                "{} has a name that is not UTF-8. Rename it.",
                path.display()
            )));
        };
        let kind = entry.file_type().doing(cannot)?;
        if kind.is_symlink() {
            // A link may lead anywhere, and on another machine nowhere.
            return Err(Failure::new(format!(
                "{} is a symbolic link. Put the file itself there.",
                path.display()
            )));
        }
        let inside = format!("{prefix}{name}");
        if kind.is_dir() {
            collect(&path, &format!("{inside}/"), files)?;
        } else {
            files.insert(inside, read(&path)?);
        }
    }
    Ok(())
}

/// Reads a file.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    fs::read(path).doing(|| format!("Cannot read {}", path.display()))
}

/// Writes a file and the folders it is in.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).doing(|| format!("Cannot create the folder {}", folder.display()))?;
    }
    fs::write(path, bytes).doing(|| format!("Cannot write {}", path.display()))
}

/// Writes a file if it holds something else: a watching program is not woken for nothing. True if it was written.
pub(crate) fn write_changed(path: &Path, bytes: &[u8]) -> Result<bool, Failure> {
    if fs::read(path).is_ok_and(|old| old == bytes) {
        return Ok(false);
    }
    write(path, bytes)?;
    Ok(true)
}
