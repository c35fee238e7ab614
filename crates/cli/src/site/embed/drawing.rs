//! A design as an SVG drawing that stands still: the nodes of the builder's own drawing, with its classes, so that one
//! sheet colours both.

use std::fmt::Write as _;

use sandtable_architecture::design::Design;
use sandtable_architecture::editor::whole;
use sandtable_architecture::geometry::{Decor, LAYERS, Layout, Node, Patch, Rect, Stage, TEXT, Tag};

use super::question::escape;

/// The room around what is drawn.
const MARGIN: i32 = 16;

/// The drawing, with its title and, for who does not see it, all of it in words.
pub(super) fn svg(design: &Design, title: &str) -> String {
    let layout = Layout::new(design);
    let mut layers = vec![String::new(); LAYERS];
    for patch in Stage::default().draw(design, &layout, &Decor::default()) {
        if let Patch::Add(node) = patch
            && let Some(layer) = layers.get_mut(node.layer.place())
        {
            element(layer, &node);
        }
    }
    let drawn = layers.iter().filter(|layer| !layer.is_empty());
    let groups: String = drawn.map(|layer| format!("<g>{layer}</g>")).collect();
    let Rect { x, y, w, h } = layout.bounds().unwrap_or(Rect::new(0, 0, 320, 200));
    format!(
        "<svg class=\"scene\" role=\"img\" viewBox=\"{} {} {} {}\"><title>{}</title>{groups}<desc>{}</desc></svg>",
        x - MARGIN,
        y - MARGIN,
        w + 2 * MARGIN,
        h + 2 * MARGIN,
        escape(title),
        escape(&whole(design))
    )
}

fn element(into: &mut String, node: &Node) {
    let tag = match node.tag {
        Tag::Rect => "rect",
        Tag::Path => "path",
        Tag::Text => "text",
    };
    let _ = write!(into, "<{tag}");
    // By these names the builder and its tests find what they drew; nobody looks for them here.
    for (name, value) in node
        .attrs
        .iter()
        .filter(|(name, _)| *name != TEXT && !name.starts_with("data-"))
    {
        let _ = write!(into, " {name}=\"{}\"", escape(value));
    }
    match node.attr(TEXT) {
        Some(text) => {
            let _ = write!(into, ">{}</{tag}>", escape(text));
        }
        None => into.push_str("/>"),
    }
}

#[cfg(test)]
mod tests {
    use sandtable_architecture::design::{Kind, Part, PartId};
    use sandtable_architecture::geometry::bench_scene;

    use super::*;
    use crate::html;

    #[test]
    fn everything_is_drawn_and_nothing_can_break_out_of_it() {
        let mut design = bench_scene(12);
        let name = "<b onload=\"x\">&'";
        let id = PartId::from("odd");
        design.parts.insert(id, Part::new(Kind::Site, None, name));
        let svg = svg(&design, "A <title>");
        let tags = html::tags(&svg);
        let count = |tag: &str| tags.iter().filter(|found| found.name == tag).count();
        assert!(
            count("rect") >= design.parts.len() && count("path") >= design.links.len(),
            "{svg}"
        );
        assert_eq!(
            (count("svg"), count("title"), count("desc"), count("b")),
            (1, 1, 1, 0),
            "{svg}"
        );
        assert!(svg.contains("<title>A &lt;title&gt;</title>"), "{svg}");
        assert!(svg.contains("&lt;b onload=&quot;x&quot;&gt;&amp;'"), "{svg}");
        assert!(html::forbidden(&tags).is_empty() && !svg.contains("data-"), "{svg}");
    }

    #[test]
    fn an_empty_board_is_drawn_too() {
        assert!(svg(&Design::default(), "Empty").contains("<desc>The board is empty.</desc>"));
    }
}
