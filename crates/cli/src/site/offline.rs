//! What lets a site work without its server, and be installed: the web app manifest and the service worker.

use std::collections::BTreeMap;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sandtable_course::hex;
use sandtable_exercise::index::Index;
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::failure::{Doing, Failure};
use crate::files::Files;

/// Browsers compare it byte by byte, so it keeps its name.
const WORKER: &str = "sw.js";
pub(super) const MANIFEST: &str = "manifest.json";

const TEMPLATE: &str = include_str!("sw.js");

/// Icons, as far as they are there, with what they are for.
const ICONS: [(&str, &str); 2] = [("icon.svg", "any"), ("icon-maskable.svg", "maskable")];

/// Adds manifest and worker to a site that is complete otherwise.
pub(crate) fn add(files: &mut Files, index: &Index) -> Result<(), Failure> {
    files.insert(MANIFEST.to_owned(), manifest(files, index)?);
    let worker = worker(files)?;
    files.insert(WORKER.to_owned(), worker.into_bytes());
    Ok(())
}

/// Every address in it is relative, so that it holds under any path. The id is the course's, as in the records: two
/// copies of a course on one origin are one app there, as they share what was done.
fn manifest(files: &Files, index: &Index) -> Result<Vec<u8>, Failure> {
    let icons = ICONS.into_iter().filter(|(icon, _)| files.contains_key(*icon));
    let icons: Vec<_> = icons
        .map(|(icon, purpose)| json!({"src": format!("./{icon}"), "type": "image/svg+xml", "sizes": "any", "purpose": purpose}))
        .collect();
    let manifest = json!({
        "id": format!("sandtable-{}", index.course.id),
        "name": format!("Sandtable: {}", index.course.title),
        "short_name": "Sandtable",
        "description": "Exercises for people who design clouds. In the browser, without an account.",
        "lang": "en",
        "start_url": "./",
        "scope": "./",
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#0b5fa5",
        "icons": icons,
    });
    serde_json::to_vec(&manifest).doing(|| "Cannot write the manifest".to_owned())
}

fn worker(files: &Files) -> Result<String, Failure> {
    let kept: BTreeMap<&str, String> = files
        .iter()
        .filter(|(path, _)| is_kept(path))
        .map(|(path, bytes)| {
            (
                address(path),
                format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(bytes))),
            )
        })
        .collect();
    let list = serde_json::to_string_pretty(&kept).doing(|| "Cannot write the service worker".to_owned())?;
    // A worker that does otherwise is another build, whatever the files.
    let build = hex(format!("{TEMPLATE}{list}").as_bytes(), 16);
    Ok(TEMPLATE.replace("{{build}}", &build).replace("{{files}}", &list))
}

/// Everything but what no page asks for: hidden files and the worker itself. Compressed forms come later: the worker asks
/// for files by their own names, and the host chooses the form.
fn is_kept(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    !name.starts_with('.') && path != WORKER
}

/// A page is known by its folder: some hosts lead from `index.html` to it.
fn address(path: &str) -> &str {
    match path.strip_suffix("index.html") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
        _ => path,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_known_by_their_folder() {
        for (path, known) in [
            ("index.html", ""),
            ("e/a/index.html", "e/a/"),
            ("old-index.html", "old-index.html"),
            ("data/course.json", "data/course.json"),
        ] {
            assert_eq!(address(path), known);
        }
    }

    #[test]
    fn other_files_are_another_build() {
        let mut files = Files::from([
            ("index.html".to_owned(), b"1".to_vec()),
            (".nojekyll".to_owned(), vec![]),
        ]);
        let one = worker(&files).unwrap();
        assert_eq!(one, worker(&files).unwrap());
        assert!(!one.contains("{{") && !one.contains("nojekyll"), "{one}");
        files.insert("index.html".to_owned(), b"2".to_vec());
        let build = |text: &str| {
            text.lines()
                .find(|line| line.starts_with("const BUILD"))
                .unwrap()
                .to_owned()
        };
        assert_ne!(build(&one), build(&worker(&files).unwrap()));
    }
}
