use crate::design::json::{Json, Writer};
use crate::design::{Design, MAX_IMPORT_BYTES, export_text, import_json};
use crate::rules::strangers;
use crate::task::Builder;

/// What the file says it is.
const DESIGN: &str = "design";

/// The number of its form. A page reads this one and older ones.
const FORM: i64 = 1;

impl Builder {
    /// A design as a file of its own, to be opened again in this exercise, here or elsewhere.
    #[must_use]
    pub fn to_file(&self, design: &Design) -> String {
        let mut out = Writer::default();
        out.open('{');
        out.field("sandtable", DESIGN);
        out.name("form");
        out.raw(&FORM.to_string());
        out.field("exercise", &self.id);
        out.name("design");
        out.raw(&export_text(design));
        out.close('}');
        out.done()
    }

    /// Reads such a file, or says what is wrong with it and what to do. Nothing of a file that is wrong is taken: unlike a
    /// draft, it stays where it is.
    pub fn of_file(&self, text: &str) -> Result<Design, String> {
        const CHOOSE: &str = " Choose one that \"Save a file\" has saved.";
        // Its design may be as large as any that is read, and a little stands around that.
        if text.len() > MAX_IMPORT_BYTES + 1024 {
            return Err(["This file is larger than any design.", CHOOSE].concat());
        }
        let Ok(mut json) = Json::read(text) else {
            return Err(["This file is not JSON, or not all of it.", CHOOSE].concat());
        };
        if json.get("sandtable").text() != Some(DESIGN) {
            return Err(["There is no design in this file.", CHOOSE].concat());
        }
        match json.get("form").number() {
            Some(1..=FORM) => {}
            Some(later) if later > FORM => {
                return Err(
                    "A newer version of this page wrote this file. Reload the page, and open it again.".to_owned(),
                );
            }
            _ => return Err(["This file does not say of which form it is.", CHOOSE].concat()),
        }
        let exercise = json.get("exercise").text().unwrap_or_default();
        if exercise != self.id {
            return Err(["The design in this file is for another exercise: ", exercise, "."].concat());
        }
        let (design, problems) = import_json(&json.take("design"));
        let mut wrong = problems.into_iter().map(|problem| match problem.at.is_empty() {
            true => problem.says,
            false => [&problem.at, ": ", &problem.says].concat(),
        });
        if let Some(first) = wrong.next() {
            return Err(["The design in this file is damaged. ", &first].concat());
        }
        match strangers(&design, &self.task).into_iter().next() {
            Some(first) => Err(["The design in this file does not fit this board. ", &first].concat()),
            None => Ok(design),
        }
    }
}
