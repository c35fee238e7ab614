//! The JSON Schemas of what authors write.

use schemars::JsonSchema;
use serde_json::Value as Json;

use crate::author::{Course, Exercise, Sources};
use crate::compile::canonical;

/// The schemas that files are held against.
pub(crate) struct Schemas {
    pub(crate) exercise: Json,
    pub(crate) course: Json,
    pub(crate) sources: Json,
}

impl Schemas {
    pub(crate) fn new() -> Self {
        Schemas {
            exercise: schema::<Exercise>(),
            course: schema::<Course>(),
            sources: schema::<Sources>(),
        }
    }
}

/// The JSON Schemas for editors: file name and text. They are committed under `exercises/schema/`, and each file of
/// the course names its own in its first line.
#[must_use]
pub fn schemas() -> Vec<(String, String)> {
    let Schemas {
        exercise,
        course,
        sources,
    } = Schemas::new();
    let text = |schema: &Json| format!("{schema:#}\n");
    vec![
        ("exercise.schema.json".to_owned(), text(&exercise)),
        ("course.schema.json".to_owned(), text(&course)),
        ("sources.schema.json".to_owned(), text(&sources)),
    ]
}

fn schema<T: JsonSchema>() -> Json {
    canonical(tidy(schemars::schema_for!(T).to_value()))
}

/// Takes out what Rust's types say and an author has no use for: bit widths, and `null` as what a left out field is.
fn tidy(schema: Json) -> Json {
    match schema {
        Json::Object(fields) => {
            let useless = |name: &str, value: &Json| {
                (name == "default" && value.is_null())
                    || (name == "format"
                        && value
                            .as_str()
                            .is_some_and(|format| format.starts_with("uint") || format == "double"))
            };
            let kept = fields.into_iter().filter(|(name, value)| !useless(name, value));
            Json::Object(kept.map(|(name, value)| (name, tidy(value))).collect())
        }
        Json::Array(values) => Json::Array(values.into_iter().map(tidy).collect()),
        other => other,
    }
}
