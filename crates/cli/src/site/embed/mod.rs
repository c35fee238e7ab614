//! What stands in other people's pages: the sheets of it, and a page for each exercise.

mod board;
mod drawing;
pub(crate) mod pages;
mod present;
mod question;

use crate::failure::Failure;
use crate::files::Files;

/// The script that such a page names. It has this name for good.
pub(super) const SCRIPT: &str = "embed.js";
/// Scripts that we write as they are shipped, but for what is for their reader. What `embed.js` does not always need is
/// in files of its own.
pub(super) const SCRIPTS: [&str; 4] = [SCRIPT, "keep.js", "page.js", "present.js"];
/// The sheet that an exercise is painted with; an architecture to build has that of its drawing besides.
pub(super) const SHEET: &str = "embed.css";
/// Each sheet of ours, and those of the app's own that it begins with. The second is loaded with the module: what is
/// painted before goes without it.
const SHEETS: [(&str, &[&str]); 2] = [
    (SHEET, &["tokens.css", "base.css", "widgets.css"]),
    ("element.css", &["living.css"]),
];

/// Joins the sheets: what an exercise needs of the app's own, then what is different in somebody else's page. An app
/// without embeds has none.
pub(super) fn sheets(files: &mut Files) -> Result<(), Failure> {
    if !files.contains_key(SHEET) {
        return Ok(());
    }
    for (name, of) in SHEETS {
        let mut joined = Vec::new();
        for sheet in of.iter().chain([&name]) {
            let Some(text) = files.get(*sheet) else {
                return Err(Failure::new(format!(
                    "Trunk's output has no {sheet}, which embeds need: link it in index.html."
                )));
            };
            joined.extend_from_slice(text);
            joined.push(b'\n');
        }
        files.insert(name.to_owned(), joined);
    }
    Ok(())
}
