//! Holds a tree of nodes against the schema of the author types and collects every difference.
//!
//! A typed reader would stop at the first one. The schema comes from the same types, so that what an editor
//! completes, what is checked here and what is then read can never differ.

mod scalar;

use std::collections::HashSet;

use serde_json::{Map, Value as Json};

use self::scalar::is_other_type;
use crate::problem::{Report, Span, says};
use crate::source::{Key, Node, Value};
use crate::text::{either, meant, shown, suggest};

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
            let range = match (least, most) {
                (least, usize::MAX) => format!("at least {least}"),
                (0, most) => format!("at most {most}"),
                (least, most) if least == most => least.to_string(),
                (least, most) => format!("{least} to {most}"),
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
            return match several.iter().find(|form| self.fits(node, form)) {
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

    /// Whether a value may have been meant for a form, by its type alone.
    fn fits(&self, node: &Node, form: &'a Json) -> bool {
        let form = self.resolve(form);
        if let Some(several) = form.get("anyOf").and_then(Json::as_array) {
            return several.iter().any(|form| self.fits(node, form));
        }
        let wanted = match &node.value {
            Value::Map(_) => "object",
            Value::Seq(_) => "array",
            Value::Scalar { text, plain: true } if is_other_type(text) => "integer",
            Value::Scalar { .. } => "string",
        };
        form.get("type").and_then(Json::as_str) == Some(wanted)
    }

    /// The kind that a form is for, and the form. A form is for one kind, and has to say so.
    fn kind_of(&self, form: &'a Json) -> Option<(&'a str, &'a Json)> {
        let form = self.resolve(form);
        let kind = self.resolve(form.get("properties")?.get("kind")?);
        match choices(kind)?.as_slice() {
            [only] => Some((only, form)),
            _ => None,
        }
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
