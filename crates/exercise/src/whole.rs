use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::Value;

/// JSON without fractions, to be written. `Value` by itself would bring what formats floats, which is 10 KB that a page
/// has no other use for.
pub(crate) struct Whole<'a>(pub(crate) &'a Value);

/// True for JSON that [`Whole`] writes as it is.
pub(crate) fn is_whole(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(_) | Value::String(_) => true,
        Value::Number(number) => number.as_i64().is_some(),
        Value::Array(values) => values.iter().all(is_whole),
        Value::Object(fields) => fields.values().all(is_whole),
    }
}

impl Serialize for Whole<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(is_set) => serializer.serialize_bool(*is_set),
            Value::Number(number) => serializer.serialize_i64(number.as_i64().unwrap_or_default()),
            Value::String(text) => serializer.serialize_str(text),
            Value::Array(values) => {
                let mut list = serializer.serialize_seq(Some(values.len()))?;
                for value in values {
                    list.serialize_element(&Whole(value))?;
                }
                list.end()
            }
            Value::Object(fields) => {
                let mut object = serializer.serialize_map(Some(fields.len()))?;
                for (name, value) in fields {
                    object.serialize_entry(name, &Whole(value))?;
                }
                object.end()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_whole_is_written_as_it_is() {
        let design = json!({"a": {"m": {}, "n": i64::MAX}, "b": [1, -2, true, null, "x\"y"]});
        assert!(is_whole(&design));
        let text = serde_json::to_string(&Whole(&design)).unwrap();
        assert_eq!(
            text,
            r#"{"a":{"m":{},"n":9223372036854775807},"b":[1,-2,true,null,"x\"y"]}"#
        );
    }

    #[test]
    fn fractions_are_not_whole() {
        for other in [json!(0.5), json!({"at": [1.0]}), json!([u64::MAX])] {
            assert!(!is_whole(&other), "{other}");
        }
    }
}
