use crate::design::{LinkId, PartId};
use crate::geometry::{Camera, Layout, Rect};

/// A change of the drawing. Ids are those of [`Node::id`], and unique over all layers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Patch {
    /// A new node, at the end of its layer.
    Add(Node),
    /// A node goes.
    Remove(String),
    /// An attribute of a node.
    Attr {
        /// Of which node.
        id: String,
        /// Which.
        name: &'static str,
        /// To what.
        value: String,
    },
    /// All classes of a node.
    Class {
        /// Of which node.
        id: String,
        /// To what.
        class: String,
    },
    /// The text of a node.
    Text {
        /// Of which node.
        id: String,
        /// To what.
        text: String,
    },
    /// The promoted box is moved by so many pixels of the drawing, as one CSSOM transform.
    Box {
        /// To the right.
        dx: i32,
        /// Down.
        dy: i32,
    },
    /// The world is moved and scaled, as one CSSOM transform.
    Camera(Camera),
}

/// Something drawn. Places are absolute in the drawing; nothing has a transform of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Its name: the same thing has the same one as long as it is there.
    pub id: String,
    /// Where it is put.
    pub layer: Layer,
    /// What it is.
    pub tag: Tag,
    /// Its attributes. `data-node-id` and `data-edge-id` are on the main node of each part and link.
    pub attrs: Vec<(&'static str, String)>,
    /// Its classes, with spaces between.
    pub class: String,
    /// Its text.
    pub text: Option<String>,
}

/// The SVG element of a node. A `use` refers to a symbol of [`super::GLYPHS`] by `href`, and `fill="url(#hatch)"` to a pattern
/// `hatch`: the view has both in its `defs`. The class `off` hides a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag {
    /// `<rect>`
    Rect,
    /// `<path>`
    Path,
    /// `<text>`
    Text,
    /// `<use>`
    Use,
}

/// The layers from back to front. The first four are groups of the scene's SVG; the box is an SVG of its own in a promoted
/// element; the last two are an SVG over both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    /// Containers, a group a depth: what lies deeper is drawn later.
    Containers(u8),
    /// Links.
    Links,
    /// Parts that hold nothing.
    Parts,
    /// Badges of broken rules and labels of links.
    Marks,
    /// What is being dragged, with the links inside it.
    Box,
    /// Links from what is being dragged to what stays.
    Crossing,
    /// Outlines, guides, ghosts.
    Overlay,
}

/// The id of the main node of a part.
#[must_use]
pub fn node_of_part(part: &PartId) -> String {
    format!("p:{part}")
}

/// The id of the main node of a link.
#[must_use]
pub fn node_of_link(link: &LinkId) -> String {
    format!("l:{link}")
}

/// Where a part is drawn.
#[must_use]
pub fn part_rect(layout: &Layout, part: &PartId) -> Option<Rect> {
    layout.rects.get(part).copied()
}
