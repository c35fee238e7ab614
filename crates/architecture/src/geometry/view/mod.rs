//! The drawing as data: what is drawn where, and what changes from one moment to the next.

mod glyph;
mod node;
mod text;

use std::collections::{BTreeMap, BTreeSet};

pub use glyph::{GLYPHS, Glyph, Symbol, glyph};
pub use node::{Layer, Node, Patch, Tag, node_of_link, node_of_part, part_rect};
pub(crate) use text::title_width;
pub use text::{Font, fit_text, text_width};

use super::{Camera, Changed, Guide, Layout, Point, Rect};
use crate::design::{Design, LinkId, PartId};
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
    /// Parts that are down or slow.
    pub faults: BTreeMap<PartId, Fault>,
    /// Links that are cut.
    pub cut: BTreeSet<LinkId>,
    /// What flows. A link that is not here has its plain form; with any entry at all, the others are idle.
    pub traffic: BTreeMap<LinkId, Traffic>,
}

/// How a part fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It does not work.
    Down,
    /// It answers late.
    Slow,
}

/// What flows over a link.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Traffic {
    /// How much, in thousandths of the most that any link carries.
    pub share: u16,
    /// True when it flows from the link's `to` to its `from`.
    pub reverse: bool,
    /// Words on the link: "12 ms".
    pub label: Option<String>,
}

/// Everything that is drawn, and the gesture that is on its way. Each call answers with what has to change on the screen.
#[derive(Clone, Debug, Default)]
pub struct Stage {}

impl Stage {
    /// Draws all of it. On an empty screen these patches are everything; else they are the differences.
    pub fn draw(&mut self, design: &Design, layout: &Layout, decor: &Decor) -> Vec<Patch> {
        let _ = (design, layout, decor);
        Vec::new()
    }

    /// Draws again what changed: the parts and links of `changed`, with those whose decoration differs from the last time.
    /// `renamed` are items that look different though they are where they were.
    pub fn update(
        &mut self,
        design: &Design,
        layout: &Layout,
        decor: &Decor,
        changed: &Changed,
        renamed: &BTreeSet<Item>,
    ) -> Vec<Patch> {
        let _ = (design, layout, decor, changed, renamed);
        Vec::new()
    }

    /// Lifts parts, with all inside them, off the drawing into the moving layer.
    pub fn drag_start(&mut self, design: &Design, layout: &Layout, parts: &[PartId]) -> Vec<Patch> {
        let _ = (design, layout, parts);
        Vec::new()
    }

    /// Moves what was lifted to `dx`, `dy` from where it was. At most 2 patches and one a crossing link.
    pub fn drag_step(
        &mut self,
        layout: &Layout,
        dx: i32,
        dy: i32,
        target: Option<&PartId>,
        refused: bool,
    ) -> Vec<Patch> {
        let _ = (layout, dx, dy, target, refused);
        Vec::new()
    }

    /// Sets down what was lifted, where it was; a move that was made comes as an update after this.
    pub fn drag_end(&mut self) -> Vec<Patch> {
        Vec::new()
    }

    /// Shows or takes away the outline of where something would land.
    pub fn target(&mut self, layout: &Layout, target: Option<&PartId>, refused: bool) -> Vec<Patch> {
        let _ = (layout, target, refused);
        Vec::new()
    }

    /// Shows or takes away the ghost of a new part, a frame around what is being chosen, or a container's new border.
    pub fn ghost(&mut self, rect: Option<Rect>) -> Vec<Patch> {
        let _ = rect;
        Vec::new()
    }

    /// Shows or takes away the line of a link that is being drawn.
    pub fn line(&mut self, line: Option<(Point, Point)>) -> Vec<Patch> {
        let _ = line;
        Vec::new()
    }

    /// Shows the lines along which what moves is in line with others.
    pub fn guides(&mut self, guides: &[Guide]) -> Vec<Patch> {
        let _ = guides;
        Vec::new()
    }

    /// Moves the camera.
    pub fn camera(&mut self, camera: Camera) -> Vec<Patch> {
        vec![Patch::Camera(camera)]
    }
}
