//! A JSON object as its fields' texts: what is not understood is kept to the letter, and nothing is followed deeper
//! than it is understood.

use serde::de::IgnoredAny;
use serde_json::Value;

/// The fields of an object in the order they stand: name and text. A name may stand twice.
pub(crate) struct Fields<'a>(Vec<(String, &'a str)>);

impl<'a> Fields<'a> {
    /// Splits an object. The whole text is checked to be JSON first, without recursion.
    pub(crate) fn read(json: &'a str) -> Result<Self, String> {
        if let Err(error) = serde_json::from_str::<IgnoredAny>(json) {
            return Err(error.to_string());
        }
        split(json).map(Fields).ok_or_else(|| "it is no object".to_owned())
    }

    /// The text of a field. `None` where it is missing or stands twice: then none of the two is to be believed.
    pub(crate) fn one(&self, name: &str) -> Option<&'a str> {
        let mut texts = self.0.iter().filter(|(other, _)| other == name);
        match (texts.next(), texts.next()) {
            (Some((_, text)), None) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(other, _)| other == name)
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// What a field holds, read whole.
    pub(crate) fn value(&self, name: &str) -> Option<Value> {
        value(self.one(name)?)
    }

    pub(crate) fn string(&self, name: &str) -> Option<String> {
        string(self.one(name)?)
    }

    pub(crate) fn number(&self, name: &str) -> Option<u64> {
        self.value(name)?.as_u64()
    }

    pub(crate) fn into_vec(self) -> Vec<(String, &'a str)> {
        self.0
    }
}

pub(crate) fn value(json: &str) -> Option<Value> {
    serde_json::from_str(json).ok()
}

fn string(json: &str) -> Option<String> {
    match value(json)? {
        Value::String(text) => Some(text),
        _ => None,
    }
}

/// Splits what is known to be JSON. `None` when it is no object, or a name is no text (half a surrogate pair).
fn split(json: &str) -> Option<Vec<(String, &str)>> {
    let mut rest = after(json, "{")?;
    let mut fields = Vec::new();
    if after(rest, "}").is_some() {
        return Some(fields);
    }
    loop {
        let (name, behind) = text_of_one(rest)?;
        let (text, behind) = text_of_one(after(behind, ":")?)?;
        fields.push((string(name)?, text));
        match after(behind, ",") {
            Some(behind) => rest = behind,
            None => return after(behind, "}").map(|_| fields),
        }
    }
}

fn trimmed(json: &str) -> &str {
    json.trim_start_matches([' ', '\t', '\n', '\r'])
}

fn after<'a>(json: &'a str, sign: &str) -> Option<&'a str> {
    trimmed(json).strip_prefix(sign)
}

/// The text of the value that `json` begins with, and what stands behind it.
fn text_of_one(json: &str) -> Option<(&str, &str)> {
    let json = trimmed(json);
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    for (at, byte) in json.bytes().enumerate() {
        if in_string {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => in_string = false,
                _ => {}
            }
            continue;
        }
        match byte {
            b'"' => in_string = true,
            b'{' | b'[' => depth += 1,
            // Behind the value: the sign that ends it belongs to what it stands in.
            b',' | b':' | b'}' | b']' | b' ' | b'\t' | b'\n' | b'\r' if depth == 0 => return json.split_at_checked(at),
            b'}' | b']' => depth -= 1,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;
    use serde_json::value::RawValue;

    use super::*;

    #[track_caller]
    fn check(json: &str, expected: Option<&[(&str, &str)]>) {
        let read = Fields::read(json).ok().map(Fields::into_vec);
        let read: Option<Vec<(&str, &str)>> = read
            .as_ref()
            .map(|fields| fields.iter().map(|(name, text)| (name.as_str(), *text)).collect());
        assert_eq!(read.as_deref(), expected, "{json}");
    }

    #[test]
    fn an_object_falls_into_its_fields() {
        check(" { } ", Some(&[]));
        check(r#"{"a":1}"#, Some(&[("a", "1")]));
        check(
            " {\n\"a\" :\t[1, {\"b\": \"}]\\\"\"}] ,\"\\u00fc\":-1.50e3 }",
            Some(&[("a", "[1, {\"b\": \"}]\\\"\"}]"), ("ü", "-1.50e3")]),
        );
        check(r#"{"":"","":null}"#, Some(&[("", "\"\""), ("", "null")]));
        for json in [
            "",
            "[]",
            "1",
            "\"{}\"",
            "{",
            "{\"a\":1,}",
            "{}x",
            "{a:1}",
            r#"{"\ud800":1}"#,
            r#"{"a":"\x"}"#,
        ] {
            check(json, None);
        }
    }

    #[test]
    fn what_stands_twice_is_not_believed() {
        let fields = Fields::read(r#"{"a":1,"b":2,"a":1}"#).unwrap();
        assert_eq!(
            (fields.one("a"), fields.one("b"), fields.one("c")),
            (None, Some("2"), None)
        );
        assert!(fields.has("a") && !fields.has("c"));
        assert_eq!(fields.len(), 3);
    }

    proptest! {
        /// The way it was read before: through serde and a raw value.
        #[test]
        fn it_falls_apart_as_serde_has_it(json in r#"\{( ?"(a|b|\\"|é)" ?: ?(\[?"\}?"\]?|[0-9.]{1,3}|null|\{"x":\[1, \{\}\]\}) ?,?){0,3}\}"#) {
            let expected = serde_json::from_str::<BTreeMap<String, Box<RawValue>>>(&json);
            match Fields::read(&json) {
                Ok(fields) => {
                    let fields: BTreeMap<String, &str> = fields.into_vec().into_iter().collect();
                    let expected = expected.unwrap();
                    let expected: BTreeMap<String, &str> = expected.iter().map(|(name, raw)| (name.clone(), raw.get())).collect();
                    prop_assert_eq!(fields, expected);
                }
                Err(_) => prop_assert!(expected.is_err()),
            }
        }

        #[test]
        fn any_text_is_safe(text in ".*", inner in r#"["\\\[\]{}:, a1]{0,30}"#) {
            let _ = Fields::read(&text);
            let _ = Fields::read(&inner);
            let _ = split(&inner);
            let _ = split(&text);
        }
    }
}
