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
/// The sheet of all of it; an architecture to build has that of its module besides.
pub(super) const SHEET: &str = "embed.css";

/// Joins the sheet: the tokens and what a quiz needs of the app's own sheets, then what is different in somebody else's
/// page. An app without embeds has none.
pub(super) fn sheet(files: &mut Files) -> Result<(), Failure> {
    let Some(own) = files.remove(SHEET) else {
        return Ok(());
    };
    let mut joined = Vec::new();
    for name in ["tokens.css", "base.css", "widgets.css"] {
        let Some(sheet) = files.get(name) else {
            return Err(Failure::new(format!(
                "Trunk's output has no {name}, which embeds need: link it in index.html."
            )));
        };
        joined.extend_from_slice(sheet);
        joined.push(b'\n');
    }
    joined.extend(own);
    files.insert(SHEET.to_owned(), joined);
    Ok(())
}
