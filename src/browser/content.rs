use std::pin::Pin;

use sandtable_exercise::read::ReadError;
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

/// The file that names all others. It is not named by its content, so that it is missing means no new version.
pub(crate) const INDEX: &str = "course.json";

/// Reads a file of the course by its name beside the index.
pub(crate) async fn read<T>(file: &str, read: fn(&str) -> Result<T, ReadError>) -> Result<T, ContentError> {
    let text = fetch(file).await?;
    read(&text).map_err(|error| match error {
        ReadError::NewFormat(_) => ContentError::NewVersion,
        ReadError::Broken(why) => ContentError::Broken([file, ": ", &why].concat()),
    })
}

/// The text of a file. Boxed, so that it is compiled once, whatever is read from it.
fn fetch(file: &str) -> Pin<Box<dyn Future<Output = Result<String, ContentError>>>> {
    let (path, is_index) = (["data/", file].concat(), file == INDEX);
    Box::pin(async move {
        let refused = |_| ContentError::NotLoaded;
        let window = window().ok_or(ContentError::NotLoaded)?;
        let response = JsFuture::from(window.fetch_with_str(&path)).await.map_err(refused)?;
        let response: web_sys::Response = response.dyn_into().map_err(refused)?;
        // Read in any case: an answer that is not read through counts as broken off.
        let text = JsFuture::from(response.text().map_err(refused)?)
            .await
            .map_err(refused)?;
        match response.status() {
            200..=299 => text.as_string().ok_or(ContentError::NotLoaded),
            404 | 410 if !is_index => Err(ContentError::NewVersion),
            _ => Err(ContentError::NotLoaded),
        }
    })
}
