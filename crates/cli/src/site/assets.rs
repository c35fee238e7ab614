//! Scripts and modules: hashed names, and the references between them.

use std::collections::{BTreeMap, BTreeSet};

use crate::failure::Failure;
use crate::files::Files;
use crate::names::hashed;
use crate::site::embed;

/// What became of the scripts and modules.
#[derive(Debug)]
pub(super) struct Renamed {
    /// Old name to new name.
    pub(super) names: BTreeMap<String, String>,
    /// Old names that a script refers to.
    used: BTreeSet<String>,
}

/// Gives every script and module the name of its content, inside out: what is named comes before what names it.
pub(super) fn rename(files: &mut Files) -> Result<Renamed, Failure> {
    let (mut waiting, wasm) = sort_out(files)?;
    let mut renamed = Renamed {
        names: BTreeMap::new(),
        used: BTreeSet::new(),
    };
    // A sheet that a script loads is a file of its own, as a module is.
    let is_loaded = |path: &&String| path.ends_with(".css") && waiting.values().any(|text| refers(text, path));
    let sheets: Vec<String> = files.keys().filter(is_loaded).cloned().collect();
    for name in wasm.into_iter().chain(sheets) {
        put(files, &mut renamed.names, &name, None);
    }
    while !waiting.is_empty() {
        let ready = waiting
            .iter()
            .find(|(_, text)| !waiting.keys().any(|other| refers(text, other)));
        let Some(name) = ready.map(|(name, _)| name.clone()) else {
            let names: Vec<&str> = waiting.keys().map(String::as_str).collect();
            return Err(Failure::new(format!(
                "These scripts name each other in a circle, so none can be named by its content: {}.",
                names.join(", ")
            )));
        };
        let mut text = waiting.remove(&name).unwrap_or_default();
        for (old, new) in &renamed.names {
            if refers(&text, old) {
                text = redirect(&text, old, new);
                renamed.used.insert(old.clone());
            }
        }
        if name == embed::SCRIPT {
            // Pages of others name it: it keeps its name, and whoever serves it has it asked for anew.
            files.insert(name, text.into_bytes());
        } else {
            put(files, &mut renamed.names, &name, Some(text.into_bytes()));
        }
    }
    for needed in ["app.js", "app_bg.wasm"] {
        if !renamed.used.contains(needed) {
            return Err(Failure::new(format!(
                "No script names \"./{needed}\", so the app would never be loaded: see boot.js."
            )));
        }
    }
    Ok(renamed)
}

impl Renamed {
    /// Modules that the app loads when first needed, by name. A script that nothing loads at all is a mistake.
    pub(super) fn modules(&self, html: &str) -> Result<BTreeMap<String, String>, Failure> {
        let mut modules = BTreeMap::new();
        for (old, new) in &self.names {
            if self.used.contains(old) || html.contains(old.as_str()) {
                continue;
            }
            match old.strip_suffix(".js") {
                Some(stem) if self.names.contains_key(&format!("{stem}_bg.wasm")) => {
                    modules.insert(stem.to_owned(), new.clone());
                }
                _ => {
                    return Err(Failure::new(format!(
                        "Nothing loads {old}. Name it in a script, or take it out of Trunk's output."
                    )));
                }
            }
        }
        Ok(modules)
    }
}

/// The texts of the scripts, and the names of the wasm modules.
fn sort_out(files: &Files) -> Result<(BTreeMap<String, String>, Vec<String>), Failure> {
    let (mut scripts, mut wasm) = (BTreeMap::new(), Vec::new());
    for (path, bytes) in files {
        if path.starts_with("snippets/") {
            return Err(Failure::new(format!(
                "Trunk's output holds {path}: a dependency brings a JavaScript snippet, whose references are not rewritten. \
                 Do without that dependency, or teach `sandtable build` about snippets."
            )));
        }
        let (script, module) = (path.ends_with(".js") || path.ends_with(".mjs"), path.ends_with(".wasm"));
        if !script && !module {
            continue;
        }
        if path.contains('/') {
            return Err(Failure::new(format!(
                "{path} is in a folder; scripts and modules stand beside index.html."
            )));
        }
        if module {
            wasm.push(path.clone());
        } else {
            let text = std::str::from_utf8(bytes).map_err(|_| Failure::new(format!("{path} is not UTF-8.")))?;
            let text = if path == "boot.js" || embed::SCRIPTS.contains(&path.as_str()) {
                lean(text)
            } else {
                text.to_owned()
            };
            scripts.insert(path.clone(), text);
        }
    }
    Ok((scripts, wasm))
}

fn put(files: &mut Files, names: &mut BTreeMap<String, String>, old: &str, changed: Option<Vec<u8>>) {
    let Some(bytes) = files.remove(old) else { return };
    let bytes = changed.unwrap_or(bytes);
    let new = hashed(old, &bytes);
    files.insert(new.clone(), bytes);
    names.insert(old.to_owned(), new);
}

/// A script that Trunk copies as it is, without what is for its reader: comments that have a line to themselves, and
/// indents. A template, in which both would mean something, keeps it whole.
pub(crate) fn lean(script: &str) -> String {
    if script.contains('`') {
        return script.to_owned();
    }
    let lines = script.lines().map(str::trim);
    lines
        .filter(|line| !line.is_empty() && !line.starts_with("//"))
        .flat_map(|line| [line, "\n"])
        .collect()
}

/// A sheet as it is shipped: without indents, and without comments that begin a line. One that begins with `/* ---` marks
/// a place for whoever divides the sheet, and stays.
pub(super) fn lean_sheet(sheet: &str) -> String {
    let mut lean = String::with_capacity(sheet.len());
    let mut is_comment = false;
    for line in sheet.lines() {
        let mut rest = line.trim();
        while is_comment || rest.starts_with("/*") && !rest.starts_with("/* ---") {
            // What opens one does not close it: `/*/` is still open.
            let inside = if is_comment { rest } else { &rest[2..] };
            let end = inside.split_once("*/");
            is_comment = end.is_none();
            rest = end.map_or("", |(_, after)| after.trim_start());
            if is_comment {
                break;
            }
        }
        if !rest.is_empty() {
            lean.extend([rest, "\n"]);
        }
    }
    lean
}

/// How a script writes the address of a file beside it.
fn spellings(name: &str) -> impl Iterator<Item = String> {
    ['"', '\'', '`']
        .into_iter()
        .flat_map(move |quote| [format!("{quote}./{name}{quote}"), format!("{quote}{name}{quote}")])
}

fn refers(text: &str, name: &str) -> bool {
    spellings(name).any(|spelling| text.contains(&spelling))
}

fn redirect(text: &str, old: &str, new: &str) -> String {
    spellings(old)
        .zip(spellings(new))
        .fold(text.to_owned(), |text, (old, new)| text.replace(&old, &new))
}
