//! Where everything is: layout, hits, nesting, routes, and the drawing as data. Integers throughout: cells in the design,
//! pixels of the drawing ("world") everywhere else.
//!
//! Two of these change a design: [`arrange`] lays it out anew, [`grow`] makes room after one part was set down. The others
//! read: a [`Layout`] says where parts and links are and what is under a point, [`nest`] where a part would land,
//! [`Stage`] what to draw and what changes from one moment to the next.

mod arrange;
mod bench;
mod camera;
mod fan;
mod free;
mod grow;
mod index;
mod layout;
mod nest;
mod route;
#[cfg(test)]
pub(crate) mod samples;
mod shapes;
mod snap;
mod view;

pub use arrange::{arrange, least_size};
pub use bench::bench_scene;
pub use camera::{Camera, MAX_SCALE, MIN_SCALE};
pub use free::free_cell;
pub use grow::{grow, grow_all};
pub use index::{Grip, Hit, Sides};
pub use layout::{Changed, Layout};
pub use nest::{Drop, Subject, nest};
pub use shapes::{CELL, Point, Polyline, Rect};
pub use snap::{Guide, Snapped, snap};
pub use view::{
    Decor, Font, GLYPHS, Glyph, LAYERS, Layer, Node, Patch, Stage, TEXT, Tag, fit_text, glyph, node_of_link,
    node_of_part, part_rect, text_width,
};
