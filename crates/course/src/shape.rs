//! Holds a tree of nodes against the schema of the author types and collects every difference.
//!
//! A typed reader would stop at the first one. The schema comes from the same types, so that what an editor
//! completes, what is checked here and what is then read can never differ.

use std::collections::HashSet;

use serde_json::{Map, Number, Value as Json};

use crate::author;
use crate::problem::{Report, Span, says};
use crate::source::{Key, Node, Value};
use crate::text::{either, is_exercise_id, is_hidden, is_id, is_item_id, meant, shown, suggest};

/// A text field of more characters is not read: Markdown of that size is no question.
const LONGEST_TEXT: usize = 20_000;

/// Checks `node` against `schema` and gives what the author type is read from. What it gives after a problem was
/// reported is worth nothing.
pub(crate) fn check(node: &Node, schema: &Json, report: &mut Report<'_>) -> Json {
    Shape { root: schema, report }.node(node, schema, "file")
}

struct Shape<'a, 'r, 'f> {
    root: &'a Json,
    report: &'r mut Report<'f>,
}

impl<'a> Shape<'a, '_, '_> {
    /// `name` is the field that holds the node, for messages.
    fn node(&mut self, node: &Node, schema: &'a Json, name: &str) -> Json {
        let schema = self.resolve(schema);
        if let Some(names) = choices(schema) {
            return self.choice(node, &names, name, "unknown-value");
        }
        if let Some(several) = schema.get("anyOf").and_then(Json::as_array) {
            return self.any_of(node, several, name);
        }
        match (schema.get("type").and_then(Json::as_str).unwrap_or(""), &node.value) {
            ("object", Value::Map(fields)) => self.object(node, fields, schema),
            ("array", Value::Seq(nodes)) => self.array(node, nodes, schema, name),
            ("string", Value::Scalar { text, plain }) => self.string(node, text, *plain, schema, name),
            ("boolean", Value::Scalar { text, plain: true }) if text == "true" => Json::Bool(true),
            ("boolean", Value::Scalar { text, plain: true }) if text == "false" => Json::Bool(false),
            ("integer" | "number", Value::Scalar { text, plain: true }) => self.number(node, text, schema, name),
            (wanted, _) => self.wrong_type(node, wanted, name),
        }
    }

    fn resolve(&self, schema: &'a Json) -> &'a Json {
        let name = schema
            .get("$ref")
            .and_then(Json::as_str)
            .and_then(|path| path.strip_prefix("#/$defs/"));
        name.and_then(|name| self.root.get("$defs")?.get(name))
            .unwrap_or(schema)
    }

    fn object(&mut self, node: &Node, fields: &[(Key, Node)], schema: &'a Json) -> Json {
        let mut out = Map::new();
        let none = Map::new();
        let known = schema.get("properties").and_then(Json::as_object).unwrap_or(&none);
        let others = schema.get("additionalProperties").filter(|others| others.is_object());
        // Fields that may still come: a slip is most often one of these.
        let taken: HashSet<&str> = fields.iter().map(|(key, _)| key.name.as_str()).collect();
        let free: Vec<&str> = known
            .keys()
            .map(String::as_str)
            .filter(|name| !taken.contains(name))
            .collect();
        let mut probably = Vec::new();
        for (key, value) in fields {
            if let Some(schema) = schema.get("properties").and_then(|known| known.get(&key.name)) {
                out.insert(key.name.clone(), self.node(value, schema, &key.name));
            } else if let Some(others) = others {
                if let Some(pattern) = schema.get("propertyNames").and_then(|names| names.get("pattern")) {
                    self.pattern(key.span, &key.name, pattern.as_str().unwrap_or(""), "a key");
                }
                out.insert(key.name.clone(), self.node(value, others, &key.name));
            } else {
                probably.extend(meant(&key.name, free.iter().copied()));
                self.report.error(
                    "unknown-field",
                    key.span,
                    says(
                        format!("there is no field `{}` here", shown(&key.name)),
                        "A field that nothing reads is most often a slip, and what it says would be lost.",
                        if free.is_empty() {
                            "Take it out.".to_owned()
                        } else {
                            suggest(&key.name, free.iter().copied(), "further fields")
                        },
                    ),
                );
            }
        }
        let required = schema
            .get("required")
            .and_then(Json::as_array)
            .into_iter()
            .flatten()
            .filter_map(Json::as_str);
        for name in required.filter(|name| !out.contains_key(*name) && !probably.contains(name)) {
            let about = known
                .get(name)
                .and_then(|field| field.get("description"))
                .and_then(Json::as_str)
                .unwrap_or("");
            let at = Span::new(
                node.span.start,
                fields.first().map_or(node.span.end, |(key, _)| key.span.end),
            );
            let what = fields
                .iter()
                .find(|(key, _)| key.name == "id")
                .map(|(_, id)| match &id.value {
                    Value::Scalar { text, .. } => format!(" in `{}`", shown(text)),
                    Value::Map(_) | Value::Seq(_) => String::new(),
                });
            self.report.error(
                "missing-field",
                at,
                says(
                    format!("`{name}` is missing{}", what.unwrap_or_default()),
                    format!("`{name}`: {about}"),
                    format!("Add `{name}:`."),
                ),
            );
        }
        Json::Object(out)
    }

    fn array(&mut self, node: &Node, nodes: &[Node], schema: &'a Json, name: &str) -> Json {
        let bound = |which: &str| {
            schema
                .get(which)
                .and_then(Json::as_u64)
                .and_then(|n| usize::try_from(n).ok())
        };
        let (least, most) = (bound("minItems").unwrap_or(0), bound("maxItems").unwrap_or(usize::MAX));
        if nodes.len() < least || nodes.len() > most {
            let range = match most {
                usize::MAX => format!("at least {least}"),
                most => format!("{least} to {most}"),
            };
            let about = self.about(schema);
            self.report.error(
                "count",
                node.span,
                says(
                    format!("`{name}` holds {}, and has to hold {range}", nodes.len()),
                    about,
                    if nodes.len() < least {
                        "Add what is missing."
                    } else {
                        "Take some out, or part them."
                    },
                ),
            );
        }
        let Some(items) = schema.get("items") else {
            return Json::Null;
        };
        Json::Array(nodes.iter().map(|node| self.node(node, items, name)).collect())
    }

    fn string(&mut self, node: &Node, text: &str, plain: bool, schema: &'a Json, name: &str) -> Json {
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
    fn pattern(&mut self, at: Span, text: &str, pattern: &str, what: &str) {
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

    fn number(&mut self, node: &Node, text: &str, schema: &'a Json, name: &str) -> Json {
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

    /// A word out of a list.
    fn choice(&mut self, node: &Node, names: &[&'a str], name: &str, rule: &'static str) -> Json {
        let Value::Scalar { text, .. } = &node.value else {
            return self.wrong_type(node, "string", name);
        };
        if !names.contains(&text.as_str()) {
            self.report.error(
                rule,
                node.span,
                says(
                    format!("`{name}` is `{}`, and has to be {}", shown(text), either(names)),
                    format!("The course knows no other `{name}`."),
                    match meant(text, names.iter().copied()) {
                        Some(other) => format!("Did you mean `{other}`?"),
                        None => format!("Write {}.", either(names)),
                    },
                ),
            );
        }
        Json::String(text.clone())
    }

    /// Several forms: told apart by `kind`, or by the type of a plain value.
    fn any_of(&mut self, node: &Node, several: &'a [Json], name: &str) -> Json {
        let kinds: Vec<(&'a str, &'a Json)> = several.iter().filter_map(|form| self.kind_of(form)).collect();
        if kinds.is_empty() {
            let number = matches!(&node.value, Value::Scalar { text, plain: true } if is_other_type(text));
            let fits = |form: &&Json| (form.get("type").and_then(Json::as_str) == Some("integer")) == number;
            return match several.iter().find(fits) {
                Some(form) => self.node(node, form, name),
                None => self.wrong_type(node, "string", name),
            };
        }
        let Value::Map(fields) = &node.value else {
            return self.wrong_type(node, "object", name);
        };
        let names: Vec<&str> = kinds.iter().map(|(kind, _)| *kind).collect();
        let Some(kind) = node.get("kind") else {
            let at = fields.first().map_or(node.span, |(key, _)| key.span);
            self.report.error(
                "missing-field",
                at,
                says(
                    "`kind` is missing",
                    "It says which other fields there are.",
                    format!("Add `kind:` with {}.", either(&names)),
                ),
            );
            return Json::Null;
        };
        match kinds
            .iter()
            .find(|(name, _)| matches!(&kind.value, Value::Scalar { text, .. } if text == name))
        {
            Some((_, form)) => self.node(node, form, name),
            None => self.choice(kind, &names, "kind", "unknown-kind"),
        }
    }

    /// The kind that a form is for, and the form.
    fn kind_of(&self, form: &'a Json) -> Option<(&'a str, &'a Json)> {
        let form = self.resolve(form);
        let kind = self.resolve(form.get("properties")?.get("kind")?);
        Some((choices(kind)?.first().copied()?, form))
    }

    fn wrong_type(&mut self, node: &Node, wanted: &str, name: &str) -> Json {
        let wanted = match wanted {
            "object" => "a mapping of fields (`name: value`)",
            "array" => "a list (`- one` a line, or `[one, two]`)",
            "integer" => "a whole number, without quotes",
            "number" => "a number, without quotes",
            "boolean" => "`true` or `false`, without quotes",
            _ => "text",
        };
        let held = match &node.value {
            Value::Map(_) => "a mapping of fields".to_owned(),
            Value::Seq(_) => "a list".to_owned(),
            Value::Scalar { text, plain: true } if text.is_empty() => "nothing".to_owned(),
            Value::Scalar { text, .. } => format!("`{}`", shown(text)),
        };
        self.report.error(
            "wrong-type",
            node.span,
            says(
                format!("`{name}` is {held}, and has to be {wanted}"),
                "It could not be read as anything else.",
                format!("Write {wanted}."),
            ),
        );
        Json::Null
    }

    fn about(&self, schema: &Json) -> String {
        schema
            .get("description")
            .and_then(Json::as_str)
            .unwrap_or("The course could not use it.")
            .to_owned()
    }
}

/// The words of a schema that is a list of words.
fn choices(schema: &Json) -> Option<Vec<&str>> {
    if schema.get("type").and_then(Json::as_str) == Some("string") {
        return schema.get("enum")?.as_array()?.iter().map(Json::as_str).collect();
    }
    schema
        .get("oneOf")?
        .as_array()?
        .iter()
        .map(|one| one.get("const")?.as_str())
        .collect()
}

/// True for what YAML reads as a number, a truth value or nothing when it stands without quotes.
fn is_other_type(text: &str) -> bool {
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
