use serde::Serialize;

use crate::Item;

/// The number of the compiled format. A page that reads another number has to be loaded anew.
pub const FORMAT: u32 = 1;

/// A compiled quiz: one file a browser reads.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Quiz {
    /// [`FORMAT`] at the time of writing.
    pub format: u32,
    /// `week-20/transit-gateway`.
    pub id: String,
    /// Title in plain text.
    pub title: String,
    /// What it trains, one line in plain text.
    pub purpose: String,
    /// Topic id, `w20-t1-transit-gateway`.
    pub topic: String,
    /// Tries an item in practice: 3, or 1.
    pub tries: u32,
    /// The sources its items rest on.
    pub sources: Vec<Source>,
    /// The items in the order of the file.
    pub items: Vec<Item>,
}

/// An official page that a fact rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Source {
    /// Key in `sources.yaml`.
    pub key: String,
    /// Title of the page.
    pub title: String,
    /// Address, https.
    pub url: String,
    /// Day it was last read, `2026-11-25`.
    pub checked: String,
    /// Whether the page itself or a stored copy was read.
    pub via: Via,
    /// What it states, in at most 25 words.
    pub says: String,
}

/// How a source was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Via {
    /// The page at its address.
    Live,
    /// A stored copy of it.
    Copy,
}
