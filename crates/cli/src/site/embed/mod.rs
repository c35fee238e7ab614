//! What stands in other people's pages: the sheet of the quiz module, and a page for each exercise.

pub(crate) mod pages;
mod question;

use crate::failure::Failure;
use crate::files::Files;

/// The script that such a page names. It has this name for good.
pub(super) const SCRIPT: &str = "embed.js";
/// The sheet of the quiz module.
pub(super) const SHEET: &str = "quiz.css";

/// Joins the sheet of the quiz module: the tokens and what a quiz needs of the app's own sheets, then what is different
/// in somebody else's page. An app without embeds has none.
pub(super) fn sheet(files: &mut Files) -> Result<(), Failure> {
    let Some(own) = files.remove("embed.css") else {
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
