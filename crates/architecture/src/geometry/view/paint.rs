//! One part or one link as nodes.

use super::glyph::placed;
use super::text::{TAB_GLYPH, drawn_width, path, tab_words, two_lines};
use super::{Decor, Font, Layer, Node, TEXT, Tag, fit_text, glyph, node_of_link, node_of_part, text_width};
use crate::design::{Design, Kind, LinkId, Part, PartId, TITLE};
use crate::editor::Item;
use crate::geometry::{CELL, Grip, Layout, Point, Rect};

/// The nodes of a part or link, the main one first.
pub(super) fn nodes(design: &Design, layout: &Layout, decor: &Decor, item: &Item) -> Vec<Node> {
    let mut painter = Painter {
        design,
        decor,
        item,
        id: String::new(),
        is_down: false,
        nodes: Vec::new(),
    };
    // What is nowhere has no nodes.
    let _ = match item {
        Item::Part(id) => painter.part(layout, id),
        Item::Link(id) => painter.link(layout, id),
    };
    painter.nodes
}

/// The path of a link: the line, and a square midway.
pub(super) fn wire_path(line: &[Point], square: bool) -> String {
    let mut d = String::new();
    for (place, point) in line.iter().enumerate() {
        let shape = if place == 0 { "M# #" } else { "L# #" };
        d.push_str(&path(shape, &[point.x, point.y]));
    }
    if square && line.len() > 1 {
        let (middle, _) = middle(line);
        d.push_str(&path("M# #h8v8h-8z", &[middle.x - 4, middle.y - 4]));
    }
    d
}

/// The point half way along a line, and the direction there.
fn middle(line: &[Point]) -> (Point, (i32, i32)) {
    let mut left = 0;
    // Once to measure, once to go.
    for is_second in [false, true] {
        left /= 2;
        for piece in line.windows(2) {
            let [a, b] = piece else { continue };
            let long = i64::from((b.x - a.x).abs() + (b.y - a.y).abs());
            if !is_second {
                left += long;
            } else if left <= long {
                let step = left as i32;
                let (dx, dy) = ((b.x - a.x).signum(), (b.y - a.y).signum());
                return (a.plus(dx * step, dy * step), (dx, dy));
            } else {
                left -= long;
            }
        }
    }
    (line.first().copied().unwrap_or_default(), (1, 0))
}

/// What paints one part or link. Each node is begun by [`Painter::node`]; what follows adds to it.
struct Painter<'a> {
    design: &'a Design,
    decor: &'a Decor,
    item: &'a Item,
    id: String,
    is_down: bool,
    nodes: Vec<Node>,
}

impl Painter<'_> {
    fn part(&mut self, layout: &Layout, id: &PartId) -> Option<()> {
        let (part, rect) = (self.design.parts.get(id)?, layout.rects.get(id)?);
        self.id = node_of_part(id);
        self.is_down = self.decor.down.contains(id);
        if part.kind.is_container() {
            self.container(id, part, rect, layout.depth(id));
        } else {
            self.plain(id, part, rect);
        }
        self.badge(Point::new(rect.right(), rect.y));
        // Handles are on the one part that is selected, if it can have links.
        let can_link = matches!(part.kind, Kind::Vnet | Kind::Vpn | Kind::Transit | Kind::Site);
        if can_link && self.decor.selected.len() == 1 && self.decor.selected.contains(self.item) {
            for (grip, name) in Grip::ALL.into_iter().zip(["top", "right", "bottom", "left"]) {
                let at = grip.on(rect);
                let d = path("M# #a5 5 0 1 0 10 0a5 5 0 1 0 -10 0z", &[at.x - 5, at.y]);
                self.shape(name, Layer::Marks, "handle", d);
            }
        }
        Some(())
    }

    fn link(&mut self, layout: &Layout, id: &LinkId) -> Option<()> {
        let (link, line) = (self.design.links.get(id)?, layout.links.get(id)?);
        let decor = self.decor;
        let (at, ahead) = middle(line);
        let is_cut = decor.cut.contains(id);
        self.id = node_of_link(id);
        let class = ["wire kind-", link.kind.as_str(), if is_cut { " cut" } else { "" }].concat();
        self.main(Layer::Links, Tag::Path, class);
        self.attr("d", wire_path(line, !is_cut));
        self.attr("data-edge-id", id.as_str().to_owned());
        let beside = at.plus(8, -8);
        if is_cut {
            let d = if ahead.0 == 0 {
                path("M# #h12M# #h12", &[at.x - 6, at.y - 3, at.x - 6, at.y + 3])
            } else {
                path("M# #v12M# #v12", &[at.x - 3, at.y - 6, at.x + 3, at.y - 6])
            };
            self.shape("cut", Layer::Marks, "cut-bars", d);
            self.words("cut-word", Layer::Marks, "cut-word", beside, "Cut".to_owned());
        }
        self.badge(at.plus(10, -10));
        Some(())
    }

    fn plain(&mut self, id: &PartId, part: &Part, rect: &Rect) {
        let layer = Layer::Parts;
        self.boxed(id, ["part kind-", part.kind.as_str()].concat(), layer, rect, 6);
        let block = Rect::new(rect.x + 8, rect.y + 8, 40, 40);
        self.glyph(part.kind, layer, &block);
        let (x, width) = (rect.x + 53, rect.w - 57);
        let lines = two_lines(self.name(part), Font::Name, width);
        let (first, step) = if lines.len() > 1 { (18, 15) } else { (26, 17) };
        let mut at = Point::new(x, rect.y + first);
        for (line, name) in lines.into_iter().zip(["name", "name2"]) {
            self.fitted(name, layer, "name", at, line, Font::Name, width);
            at.y += step;
        }
        let (class, kind) = match self.is_down {
            true => ("kind-line fault", "Down"),
            false => ("kind-line", part.kind.label(self.design.flavour)),
        };
        let kind = fit_text(kind, Font::Small, width);
        self.fitted("kind", layer, class, at, kind, Font::Small, width);
        self.broken_down(layer, &block);
    }

    fn container(&mut self, id: &PartId, part: &Part, rect: &Rect, depth: u8) {
        let layer = Layer::Containers(depth);
        let ground = if depth & 1 == 0 { " even" } else { " odd" };
        let radius = match part.kind {
            Kind::Region => 12,
            Kind::Subnet | Kind::Zone => 4,
            _ => 8,
        };
        let class = ["container kind-", part.kind.as_str(), ground].concat();
        self.boxed(id, class, layer, rect, radius);
        let mut words = tab_words(self.design, part);
        // The name first: what is beside it may go.
        let room = (rect.w - TAB_GLYPH - 8).max(0);
        let name = fit_text(self.name(part), Font::Name, room);
        let name_width = text_width(&name, Font::Name);
        let beside = room - name_width - 8;
        let (mut own, mut words_width) = (room, 0);
        if beside < 40 {
            words.clear();
        }
        if !words.is_empty() {
            words = fit_text(&words, Font::Mono, beside);
            // What is beside it begins where it ends.
            (own, words_width) = (name_width, 8 + text_width(&words, Font::Mono));
        }
        let width = (TAB_GLYPH + name_width + words_width + 8).min(rect.w);
        self.node("tab", layer, Tag::Rect, "tab");
        self.rect(&Rect::new(rect.x, rect.y, width, TITLE * CELL), 4);
        self.glyph(part.kind, layer, &Rect::new(rect.x + 8, rect.y + 6, 20, 20));
        let at = Point::new(rect.x + TAB_GLYPH, rect.y + 21);
        self.fitted("name", layer, "name", at, name, Font::Name, own);
        if !words.is_empty() {
            self.words("cidr", layer, "cidr", at.plus(name_width + 8, 0), words);
        }
        self.broken_down(layer, &Rect::new(rect.x + 4, rect.y + 2, 28, 28));
    }

    /// The hatch on what stands for the part, and the octagon: never over text.
    fn broken_down(&mut self, layer: Layer, block: &Rect) {
        if !self.is_down {
            return;
        }
        self.node("hatch", layer, Tag::Rect, "hatch");
        self.rect(block, 4);
        self.attr("fill", "url(#hatch)".to_owned());
        let d = path("M# #h6l4 4v6l-4 4h-6l-4 -4v-6z", &[block.right() - 10, block.y - 4]);
        self.shape("fault", layer, "octagon", d);
    }

    /// The numbers of the rules that it breaks, around a corner.
    fn badge(&mut self, corner: Point) {
        let mut words = String::new();
        for (place, rule) in self.decor.broken.get(self.item).into_iter().flatten().enumerate() {
            let number = *rule as i32;
            match place {
                0 => words = path("#", &[number]),
                1 | 2 => words.push_str(&path(", #", &[number])),
                3 => words.push_str(", …"),
                _ => {}
            }
        }
        if words.is_empty() {
            return;
        }
        let width = (text_width(&words, Font::Small) + 10).max(20);
        let rect = Rect::new(corner.x - width + 8, corner.y - 10, width, 20);
        self.node("badge", Layer::Marks, Tag::Rect, "badge");
        self.rect(&rect, 2);
        let at = Point::new(rect.x + 5, rect.y + 15);
        self.words("badge-number", Layer::Marks, "badge-number", at, words);
    }

    /// The main node of a part.
    fn boxed(&mut self, id: &PartId, class: String, layer: Layer, rect: &Rect, radius: i32) {
        self.main(layer, Tag::Rect, class);
        self.rect(rect, radius);
        self.attr("data-node-id", id.as_str().to_owned());
    }

    /// Begins the main node: with the classes of what is true of it now.
    fn main(&mut self, layer: Layer, tag: Tag, mut class: String) {
        let decor = self.decor;
        let broken = decor.broken.get(self.item);
        for (holds, word) in [
            (decor.selected.contains(self.item), " selected"),
            (decor.focus.as_ref() == Some(self.item), " focus"),
            (broken.is_some_and(|rules| !rules.is_empty()), " broken"),
            (self.is_down, " down"),
        ] {
            if holds {
                class.push_str(word);
            }
        }
        self.node("", layer, tag, &class);
    }

    fn glyph(&mut self, kind: Kind, layer: Layer, rect: &Rect) {
        let glyph = glyph(kind);
        let small = if rect.w < 40 { " small" } else { "" };
        let class = ["glyph-frame hue-", glyph.family, small].concat();
        self.shape("glyph", layer, &class, placed(glyph.frame, rect, (0, 0)));
        let class = ["glyph-mark", small].concat();
        self.shape("mark", layer, &class, placed(glyph.mark, rect, glyph.shift));
    }

    fn words(&mut self, name: &str, layer: Layer, class: &str, at: Point, text: String) {
        self.node(name, layer, Tag::Text, class);
        self.number("x", at.x);
        self.number("y", at.y);
        self.attr(TEXT, text);
    }

    /// Words that keep to a width whatever the font is.
    #[allow(clippy::too_many_arguments)]
    fn fitted(&mut self, name: &str, layer: Layer, class: &str, at: Point, text: String, font: Font, width: i32) {
        let long = drawn_width(&text, font, width);
        self.words(name, layer, class, at, text);
        if let Some(long) = long {
            self.number("textLength", long);
            self.attr("lengthAdjust", "spacingAndGlyphs".to_owned());
        }
    }

    fn shape(&mut self, name: &str, layer: Layer, class: &str, d: String) {
        self.node(name, layer, Tag::Path, class);
        self.attr("d", d);
    }

    fn rect(&mut self, rect: &Rect, radius: i32) {
        self.number("x", rect.x);
        self.number("y", rect.y);
        self.number("width", rect.w.max(0));
        self.number("height", rect.h.max(0));
        if radius > 0 {
            self.number("rx", radius);
        }
    }

    #[inline(never)]
    fn number(&mut self, name: &'static str, number: i32) {
        self.attr(name, path("#", &[number]));
    }

    #[inline(never)]
    fn attr(&mut self, name: &'static str, value: String) {
        if let Some(node) = self.nodes.last_mut() {
            node.attrs.push((name, value));
        }
    }

    /// Begins a node; the main one has no name.
    #[inline(never)]
    fn node(&mut self, name: &str, layer: Layer, tag: Tag, class: &str) {
        let colon = if name.is_empty() { "" } else { ":" };
        self.nodes.push(Node {
            id: [&self.id, colon, name].concat(),
            layer,
            tag,
            attrs: vec![("class", class.to_owned())],
        });
    }

    fn name<'b>(&self, part: &'b Part) -> &'b str {
        let name = part.name.trim();
        if name.is_empty() {
            part.kind.label(self.design.flavour)
        } else {
            name
        }
    }
}
