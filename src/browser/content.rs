use serde::de::DeserializeOwned;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

use super::window;

/// Why content could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ContentError {
    /// No answer came, or one that says no.
    NotLoaded,
    /// The file is gone or of a format that this page does not know: the site has been renewed meanwhile.
    NewVersion,
    /// It came and could not be read; the reason is for a report.
    Broken(String),
}

/// Reads a file of the course by its name beside `course.json`.
pub(crate) async fn read<T: DeserializeOwned>(file: &str) -> Result<T, ContentError> {
    let text = fetch(&format!("data/{file}")).await?;
    let format = serde_json::from_str::<Format>(&text).map_err(|error| ContentError::Broken(format!("{file}: {error}")))?;
    if format.format != sandtable_exercise::FORMAT {
        return Err(ContentError::NewVersion);
    }
    serde_json::from_str(&text).map_err(|error| ContentError::Broken(format!("{file}: {error}")))
}

#[derive(serde::Deserialize)]
struct Format {
    format: u32,
}

async fn fetch(path: &str) -> Result<String, ContentError> {
    let window = window().ok_or(ContentError::NotLoaded)?;
    let response = JsFuture::from(window.fetch_with_str(path)).await.map_err(|_| ContentError::NotLoaded)?;
    let response: web_sys::Response = response.dyn_into().map_err(|_| ContentError::NotLoaded)?;
    match response.status() {
        200..=299 => {}
        404 | 410 => return Err(ContentError::NewVersion),
        _ => return Err(ContentError::NotLoaded),
    }
    let text = response.text().map_err(|_| ContentError::NotLoaded)?;
    let text = JsFuture::from(text).await.map_err(|_| ContentError::NotLoaded)?;
    text.as_string().ok_or(ContentError::NotLoaded)
}
