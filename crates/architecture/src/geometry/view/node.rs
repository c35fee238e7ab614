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
        /// Which, as in [`Node::attrs`].
        name: &'static str,
        /// To what.
        value: String,
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
    /// Its attributes. `data-node-id` and `data-edge-id` are on the main node of each part and link, `class` is on all,
    /// and [`TEXT`] is no attribute but what stands in it.
    pub attrs: Vec<(&'static str, String)>,
}

/// The name under which a node has its text.
pub const TEXT: &str = "text";

impl Node {
    /// The value of an attribute.
    #[must_use]
    pub fn attr(&self, name: &str) -> Option<&str> {
        let found = self.attrs.iter().find(|(other, _)| *other == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// The SVG element of a node. `fill="url(#hatch)"` refers to a pattern `hatch`, which the view has in its `defs`. The class
/// `off` hides a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag {
    /// `<rect>`
    Rect,
    /// `<path>`
    Path,
    /// `<text>`
    Text,
}

/// The layers from back to front. The first four are groups of the scene's SVG; the box is an SVG of its own in a promoted
/// element; the last two are an SVG over both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

/// How many layers there are, with one for each depth in which a container may lie.
pub const LAYERS: usize = DEPTHS + 6;
/// As deep as parts may lie in each other, and one.
const DEPTHS: usize = 13;

impl Layer {
    /// Which layer it is, counted from the back.
    #[must_use]
    pub fn place(self) -> usize {
        match self {
            Layer::Containers(depth) => usize::from(depth).min(DEPTHS - 1),
            Layer::Links => DEPTHS,
            Layer::Parts => DEPTHS + 1,
            Layer::Marks => DEPTHS + 2,
            Layer::Box => DEPTHS + 3,
            Layer::Crossing => DEPTHS + 4,
            Layer::Overlay => DEPTHS + 5,
        }
    }
}

/// The id of the main node of a part.
#[must_use]
pub fn node_of_part(part: &PartId) -> String {
    ["p:", part.as_str()].concat()
}

/// The id of the main node of a link.
#[must_use]
pub fn node_of_link(link: &LinkId) -> String {
    ["l:", link.as_str()].concat()
}

/// Where a part is drawn.
#[must_use]
pub fn part_rect(layout: &Layout, part: &PartId) -> Option<Rect> {
    layout.rects.get(part).copied()
}
