//! Writes JSON from texts that are JSON already.

use serde::Serialize;

/// An object that is being written: on one line, or with a line a field when an indent is given.
pub(crate) struct Object<'a> {
    json: String,
    indent: &'a str,
}

impl<'a> Object<'a> {
    pub(crate) fn new(indent: &'a str) -> Self {
        Object {
            json: String::from("{"),
            indent,
        }
    }

    /// Adds a field; `text` is JSON.
    pub(crate) fn field(&mut self, name: &str, text: &str) {
        if self.json.len() > 1 {
            self.json.push(',');
        }
        if !self.indent.is_empty() {
            self.json.push('\n');
            self.json.push_str(self.indent);
        }
        self.json.push_str(&quote(name));
        self.json.push(':');
        self.json.push_str(text);
    }

    pub(crate) fn number(&mut self, name: &str, number: u64) {
        self.field(name, &number.to_string());
    }

    pub(crate) fn string(&mut self, name: &str, text: &str) {
        self.field(name, &quote(text));
    }

    pub(crate) fn end(mut self) -> String {
        if !self.indent.is_empty() && self.json.len() > 1 {
            self.json.push('\n');
            self.json.push_str(self.indent.get(2..).unwrap_or_default());
        }
        self.json.push('}');
        self.json
    }
}

/// A JSON string.
pub(crate) fn quote(text: &str) -> String {
    json(&text)
}

/// The text of a value. serde_json refuses only maps whose keys are no strings: a mistake in code that no data can
/// reach, and nothing to panic about in a learner's browser.
pub(crate) fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_else(|_| "null".to_owned())
}
