//! From Trunk's output and the compiled course to the folder that a web server gives out.
//!
//! Every script, module and style sheet gets a name that carries its hash, and the references to it follow: first the
//! wasm, then the scripts in the order in which they name each other, then the page. All references stay relative, so
//! the site works under any path.

mod assets;
pub(crate) mod embed;
mod glue;
pub(crate) mod offline;
mod page;
pub(crate) mod write;

use std::collections::BTreeMap;

pub(crate) use assets::lean;
use assets::lean_sheet;
pub(crate) use page::{Edit, apply};

use crate::failure::Failure;
use crate::files::Files;
use crate::names::hashed;

/// What a page of ours cannot be without.
const NEEDED: [&str; 4] = ["index.html", "boot.js", "app.js", "app_bg.wasm"];

/// The app with its references rewritten, still without the course.
#[derive(Debug)]
pub(crate) struct App {
    pub(crate) files: Files,
    /// Modules that no script names, because the app loads them when first needed: name to file.
    pub(crate) modules: BTreeMap<String, String>,
}

/// Rewrites Trunk's output.
pub(crate) fn app(mut dist: Files) -> Result<App, Failure> {
    // Trunk copied what the course was when it ran; the course itself is compiled anew. Hidden files are tools' own, such
    // as Trunk's lock.
    dist.retain(|path, _| !path.starts_with("data/") && !path.split('/').any(|part| part.starts_with('.')));
    for needed in NEEDED {
        if !dist.contains_key(needed) {
            return Err(Failure::new(format!(
                "Trunk's output has no {needed}. Run `trunk build --release` first, as ./dev does."
            )));
        }
    }
    glue::shorten(&mut dist);
    embed::sheets(&mut dist)?;
    for (path, bytes) in &mut dist {
        if path.ends_with(".css")
            && let Ok(sheet) = str::from_utf8(bytes)
        {
            *bytes = lean_sheet(sheet).into_bytes();
        }
    }
    let renamed = assets::rename(&mut dist)?;
    let html = dist.remove("index.html").unwrap_or_default();
    let html = String::from_utf8(html).map_err(|_| Failure::new("Trunk's index.html is not UTF-8."))?;
    let page = page::rewrite(&html, &renamed.names, &mut dist)?;
    let mut modules = renamed.modules(&html)?;
    sheets(&mut dist, &mut modules);
    if let Some(sheet) = dist
        .keys()
        .filter(|path| {
            path.ends_with(".css")
                && !modules
                    .values()
                    .chain(renamed.names.values())
                    .any(|module| module == *path)
        })
        .find(|path| Some(*path) != page.sheet.as_ref())
    {
        return Err(Failure::new(format!(
            "index.html links no {sheet}. Link it, or take it out of Trunk's output."
        )));
    }
    dist.insert("index.html".to_owned(), page.html.into_bytes());
    // GitHub Pages leaves out files and folders whose name begins with an underscore unless this file is there.
    dist.insert(".nojekyll".to_owned(), Vec::new());
    Ok(App { files: dist, modules })
}

/// A style sheet with the name of a module is loaded with it: `builder.css` stands beside `builder` in the index.
fn sheets(files: &mut Files, modules: &mut BTreeMap<String, String>) {
    let names: Vec<String> = modules.keys().map(|module| format!("{module}.css")).collect();
    for name in names {
        if let Some(bytes) = files.remove(&name) {
            let new = hashed(&name, &bytes);
            files.insert(new.clone(), bytes);
            modules.insert(name, new);
        }
    }
}

#[cfg(test)]
mod tests;
