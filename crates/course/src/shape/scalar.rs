//! Single values: text, and what it has to look like; numbers.

use serde_json::{Number, Value as Json};

use super::Shape;
use crate::author;
use crate::problem::{Span, says};
use crate::source::Node;
use crate::text::{either, is_exercise_id, is_hidden, is_id, is_item_id, shown};

/// A text field of more characters is not read: Markdown of that size is no question.
const LONGEST_TEXT: usize = 20_000;

impl<'a> Shape<'a, '_, '_> {
    pub(super) fn string(&mut self, node: &Node, text: &str, plain: bool, schema: &'a Json, name: &str) -> Json {
        if plain && text.is_empty() {
            self.report.error(
                "empty-text",
                node.span,
                says(
                    format!("`{name}` has no value"),
                    self.about(schema),
                    "Write it, or take the line out if the field may be left out.",
                ),
            );
        } else if plain && is_other_type(text) {
            self.report.error(
                "quote-it",
                node.span,
                says(
                    format!(
                        "`{}` is read as a number, a truth value or nothing, and `{name}` is text",
                        shown(text)
                    ),
                    "Editors and other readers of YAML would take it for something else.",
                    format!("Put it in quotes: \"{}\".", shown(text)),
                ),
            );
        } else if let Some(c) = text.chars().find(|c| is_hidden(*c)) {
            self.report.error(
                "control-character",
                node.span,
                says(
                    format!("`{name}` holds the invisible character U+{:04X}", u32::from(c)),
                    "It shows nothing, or turns the text around it.",
                    "Take it out.",
                ),
            );
        } else {
            let most = schema
                .get("maxLength")
                .and_then(Json::as_u64)
                .and_then(|n| usize::try_from(n).ok());
            let most = most.unwrap_or(LONGEST_TEXT);
            let long = text.chars().count();
            if long > most {
                self.report.error(
                    "too-long",
                    node.span,
                    says(
                        format!("`{name}` has {long} characters, and may have {most}"),
                        self.about(schema),
                        "Say it in less.",
                    ),
                );
            }
            let pattern = schema.get("pattern").and_then(Json::as_str).unwrap_or("");
            self.pattern(node.span, text, pattern, &format!("`{name}`"));
        }
        Json::String(text.to_owned())
    }

    /// The patterns of the author types, which are few, by hand: no regular expressions are needed for them.
    pub(super) fn pattern(&mut self, at: Span, text: &str, pattern: &str, what: &str) {
        let held = shown(text);
        match pattern {
            author::ID if !is_id(text) => self.report.error(
                "bad-id",
                at,
                says(
                    format!("`{held}` is no id"),
                    "Ids stand in addresses and in records, and are compared letter by letter.",
                    "Use words of a-z and 0-9 joined by `-`: `return-route`.",
                ),
            ),
            author::EXERCISE_ID if !is_exercise_id(text) => self.report.error(
                "bad-id",
                at,
                says(
                    format!("`{held}` is no exercise id"),
                    "A former id has to be written as it stood in addresses and records.",
                    "Write `week-NN/name`: `week-20/transit-gateway`.",
                ),
            ),
            author::ITEM_ALIAS if !is_id(text) && !is_item_id(text) => self.report.error(
                "bad-id",
                at,
                says(
                    format!("`{held}` is no item id"),
                    "A former id has to be written as it stood in the file, or in full.",
                    "Write `old-id`, or `week-20/old-file#old-id`.",
                ),
            ),
            author::HTTPS if !is_https(text) => self.report.error(
                "not-https",
                at,
                says(
                    format!("{what} is no https address: `{held}`"),
                    "A learner follows it, and what it says has to arrive unchanged.",
                    "Write the whole address, beginning with https:// and without blanks.",
                ),
            ),
            author::DAY if crate::Date::parse(text).is_none() => self.report.error(
                "bad-date",
                at,
                says(
                    format!("`{held}` is no day"),
                    "It has to be a day of the calendar, so that its age can be told.",
                    "Write it as 2026-11-25.",
                ),
            ),
            author::TEXT if text.trim().is_empty() => self.report.error(
                "empty-text",
                at,
                says(format!("{what} is empty"), "A learner would see nothing.", "Write it."),
            ),
            _ => {}
        }
    }

    pub(super) fn number(&mut self, node: &Node, text: &str, schema: &'a Json, name: &str) -> Json {
        let whole = schema.get("type").and_then(Json::as_str) == Some("integer");
        // Only the plain form: `0x1F`, `1_000` and `.inf` are numbers to some readers of YAML and not to others.
        let decimal = !text.is_empty()
            && text.len() <= 20
            && text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'-' | b'.'));
        let number = match (whole, decimal) {
            (_, false) => None,
            (true, true) => text.parse::<i64>().ok().map(Number::from),
            (false, true) => text.parse::<f64>().ok().and_then(Number::from_f64),
        };
        let Some(number) = number else {
            return self.wrong_type(node, if whole { "integer" } else { "number" }, name);
        };
        let value = number.as_f64().unwrap_or(0.0);
        let bound = |which: &str| schema.get(which).and_then(Json::as_f64);
        let (least, most) = (
            bound("minimum").unwrap_or(f64::MIN),
            bound("maximum").unwrap_or(f64::MAX),
        );
        let allowed = schema.get("enum").and_then(Json::as_array);
        let listed = allowed.is_none_or(|allowed| allowed.iter().any(|one| one.as_f64() == Some(value)));
        if value < least || value > most || !listed {
            let range = match allowed {
                Some(allowed) => either(&allowed.iter().map(Json::to_string).collect::<Vec<_>>()),
                None => format!("{least} to {most}"),
            };
            self.report.error(
                "out-of-range",
                node.span,
                says(
                    format!("`{name}` is {}, and has to be {range}", shown(text)),
                    self.about(schema),
                    format!("Write {range}."),
                ),
            );
        }
        Json::Number(number)
    }
}

/// True for what YAML reads as a number, a truth value or nothing when it stands without quotes.
pub(super) fn is_other_type(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    matches!(text, "~" | "null" | "Null" | "NULL" | "true" | "True" | "TRUE" | "false" | "False" | "FALSE")
        || matches!(digits, ".inf" | ".Inf" | ".INF" | ".nan" | ".NaN" | ".NAN")
        || digits.strip_prefix("0x").is_some_and(|hex| !hex.is_empty() && hex.bytes().all(|b| b.is_ascii_hexdigit()))
        || digits.strip_prefix("0o").is_some_and(|octal| !octal.is_empty() && octal.bytes().all(|b| b.is_ascii_digit()))
        // What is left of Rust's own forms begins with a letter: `inf`, `nan`.
        || (digits.starts_with(|c: char| c.is_ascii_digit() || c == '.') && digits.parse::<f64>().is_ok())
}

fn is_https(text: &str) -> bool {
    let host = text
        .strip_prefix("https://")
        .and_then(|rest| rest.split(['/', '?', '#']).next())
        .unwrap_or("");
    let named = !host.is_empty()
        && host
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b':'));
    named
        && host.contains('.')
        && !text
            .chars()
            .any(|c| c.is_whitespace() || matches!(c, '"' | '<' | '>' | '\\'))
}
