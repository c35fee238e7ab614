//! The drawing as data: what is drawn where, and what changes from one moment to the next.

mod glyph;
mod node;
mod paint;
mod stage;
#[cfg(test)]
mod tests;
mod text;

use crate::sorted::{BTreeMap, BTreeSet};

pub use glyph::{GLYPHS, Glyph, glyph};
pub use node::{LAYERS, Layer, Node, Patch, TEXT, Tag, node_of_link, node_of_part, part_rect};
pub use stage::Stage;
pub(crate) use text::title_width;
pub use text::{Font, fit_text, text_width};

use crate::design::{LinkId, PartId};
use crate::editor::Item;

/// What is shown of parts and links beside where they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decor {
    /// What is selected.
    pub selected: BTreeSet<Item>,
    /// What the keys stand on.
    pub focus: Option<Item>,
    /// The numbers of the rules that a part or link breaks, as the list of rules has them.
    pub broken: BTreeMap<Item, Vec<usize>>,
    /// Parts that do not work.
    pub down: BTreeSet<PartId>,
    /// Links that are cut.
    pub cut: BTreeSet<LinkId>,
}
