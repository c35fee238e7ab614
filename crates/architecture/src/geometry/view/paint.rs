//! One part or one link as nodes.

use super::text::{TAB_GLYPH, drawn_width, tab_words, two_lines};
use super::{Decor, Fault, Font, Layer, Node, Tag, fit_text, glyph, node_of_link, node_of_part, text_width};
use crate::design::{Design, Kind, Link, LinkId, Part, PartId, TITLE};
use crate::editor::Item;
use crate::geometry::{CELL, Grip, Layout, Point, Rect};

/// A part, its main node first.
pub(super) fn part(design: &Design, layout: &Layout, decor: &Decor, id: &PartId) -> Vec<Node> {
    let (Some(part), Some(rect)) = (design.parts.get(id), layout.rects.get(id)) else {
        return Vec::new();
    };
    let item = Item::Part(id.clone());
    let painter = Painter {
        design,
        decor,
        item: &item,
        id: node_of_part(id),
        fault: decor.faults.get(id).copied(),
    };
    let mut nodes = if part.kind.is_container() {
        painter.container(id, part, rect, layout.depth(id))
    } else {
        painter.plain(id, part, rect)
    };
    painter.badge(Point::new(rect.right(), rect.y), &mut nodes);
    // Handles are on the one part that is selected, if it can have links.
    let can_link = matches!(part.kind, Kind::Vnet | Kind::Vpn | Kind::Transit | Kind::Site);
    if can_link && decor.selected.len() == 1 && decor.selected.contains(&item) {
        for grip in Grip::ALL {
            let at = grip.on(rect);
            let d = format!("M{} {}a5 5 0 1 0 10 0a5 5 0 1 0 -10 0z", at.x - 5, at.y);
            let name = match grip {
                Grip::Top => "top",
                Grip::Right => "right",
                Grip::Bottom => "bottom",
                Grip::Left => "left",
            };
            nodes.push(painter.node(name, Layer::Marks, Tag::Path, "handle", vec![("d", d)]));
        }
    }
    nodes
}

/// A link, its line first.
pub(super) fn link(design: &Design, layout: &Layout, decor: &Decor, id: &LinkId) -> Vec<Node> {
    let (Some(link), Some(line)) = (design.links.get(id), layout.links.get(id)) else {
        return Vec::new();
    };
    let item = Item::Link(id.clone());
    let painter = Painter {
        design,
        decor,
        item: &item,
        id: node_of_link(id),
        fault: None,
    };
    let (middle, ahead) = middle(line);
    let is_cut = decor.cut.contains(id);
    let mut nodes = vec![painter.wire(id, link, wire_path(line, !is_cut))];
    if is_cut {
        let (dx, dy) = if ahead.0 == 0 { (6, 3) } else { (3, 6) };
        let bar = |x: i32, y: i32| {
            if ahead.0 == 0 {
                format!("M{} {y}h{}", x - dx, 2 * dx)
            } else {
                format!("M{x} {}v{}", y - dy, 2 * dy)
            }
        };
        let (before, after) = if ahead.0 == 0 {
            (bar(middle.x, middle.y - dy), bar(middle.x, middle.y + dy))
        } else {
            (bar(middle.x - dx, middle.y), bar(middle.x + dx, middle.y))
        };
        nodes.push(painter.node("cut", Layer::Marks, Tag::Path, "cut-bars", vec![("d", before + &after)]));
        nodes.push(painter.words(
            "cut-word",
            Layer::Marks,
            "cut-word",
            middle.plus(8, -8),
            "Cut".to_owned(),
        ));
    }
    if let Some(traffic) = decor.traffic.get(id).filter(|_| !is_cut) {
        let (dx, dy) = if traffic.reverse { (-ahead.0, -ahead.1) } else { ahead };
        // Beside the square that is midway.
        let tip = middle.plus(ahead.0 * 16 + dx * 4, ahead.1 * 16 + dy * 4);
        let wing = |side: i32| format!("{} {}", tip.x - dx * 6 + dy * 5 * side, tip.y - dy * 6 + dx * 5 * side);
        let d = format!("M{}L{} {}L{}", wing(1), tip.x, tip.y, wing(-1));
        nodes.push(painter.node("flow", Layer::Marks, Tag::Path, "chevron", vec![("d", d)]));
        if let Some(label) = &traffic.label {
            nodes.push(painter.words("label", Layer::Marks, "wire-label", middle.plus(8, -8), label.clone()));
        }
    }
    painter.badge(middle.plus(10, -10), &mut nodes);
    nodes
}

/// The path of a link: the line, and a square midway.
pub(super) fn wire_path(line: &[Point], square: bool) -> String {
    let mut d = String::new();
    for (place, point) in line.iter().enumerate() {
        d.push(if place == 0 { 'M' } else { 'L' });
        d.push_str(&point.x.to_string());
        d.push(' ');
        d.push_str(&point.y.to_string());
    }
    if square && line.len() > 1 {
        let (middle, _) = middle(line);
        d.push_str(&format!("M{} {}h8v8h-8z", middle.x - 4, middle.y - 4));
    }
    d
}

/// The point half way along a line, and the direction there.
fn middle(line: &[Point]) -> (Point, (i32, i32)) {
    let long = |a: &Point, b: &Point| (a.x.abs_diff(b.x).saturating_add(a.y.abs_diff(b.y))) as i64;
    let whole: i64 = line.windows(2).map(|piece| long(&piece[0], &piece[1])).sum();
    let mut left = whole / 2;
    for piece in line.windows(2) {
        let [a, b] = piece else { continue };
        let here = long(a, b);
        let (dx, dy) = ((b.x - a.x).signum(), (b.y - a.y).signum());
        if left <= here {
            let step = i32::try_from(left).unwrap_or(0);
            return (a.plus(dx * step, dy * step), (dx, dy));
        }
        left -= here;
    }
    (line.first().copied().unwrap_or_default(), (1, 0))
}

struct Painter<'a> {
    design: &'a Design,
    decor: &'a Decor,
    item: &'a Item,
    id: String,
    fault: Option<Fault>,
}

impl Painter<'_> {
    fn plain(&self, id: &PartId, part: &Part, rect: &Rect) -> Vec<Node> {
        let mut nodes = vec![self.main(id, format!("part {}", kind_class(part.kind)), Layer::Parts, rect, 6)];
        nodes.push(self.glyph(part.kind, Layer::Parts, Rect::new(rect.x + 8, rect.y + 8, 40, 40)));
        let (x, width) = (rect.x + 53, rect.w - 57);
        let lines = two_lines(&self.name(part), Font::Name, width);
        let (mut y, step) = if lines.len() > 1 {
            (rect.y + 18, 15)
        } else {
            (rect.y + 26, 17)
        };
        for (line, name) in lines.into_iter().zip(["name", "name2"]) {
            let line = self.fitted(name, Layer::Parts, "name", Point::new(x, y), (line, Font::Name, width));
            nodes.push(line);
            y += step;
        }
        let (class, kind) = match self.fault {
            Some(Fault::Down) => ("kind-line fault", "Down"),
            Some(Fault::Slow) => ("kind-line fault", "Slow"),
            None => ("kind-line", part.kind.label(self.design.flavour)),
        };
        let kind = fit_text(kind, Font::Small, width);
        nodes.push(self.fitted(
            "kind",
            Layer::Parts,
            class,
            Point::new(x, y),
            (kind, Font::Small, width),
        ));
        self.broken_down(Layer::Parts, Rect::new(rect.x + 8, rect.y + 8, 40, 40), &mut nodes);
        nodes
    }

    fn container(&self, id: &PartId, part: &Part, rect: &Rect, depth: u8) -> Vec<Node> {
        let layer = Layer::Containers(depth);
        let ground = if depth.is_multiple_of(2) { "even" } else { "odd" };
        let radius = match part.kind {
            Kind::Region => 12,
            Kind::Subnet | Kind::Zone => 4,
            _ => 8,
        };
        let class = format!("container {} {ground}", kind_class(part.kind));
        let mut nodes = vec![self.main(id, class, layer, rect, radius)];
        let words = tab_words(self.design, part);
        // The name first: what is beside it may go.
        let room = (rect.w - TAB_GLYPH - 8).max(0);
        let name = fit_text(&self.name(part), Font::Name, room);
        let name_width = text_width(&name, Font::Name);
        let beside = room - name_width - 8;
        let words = if words.is_empty() || beside < 40 {
            String::new()
        } else {
            fit_text(&words, Font::Mono, beside)
        };
        let words_width = if words.is_empty() {
            0
        } else {
            8 + text_width(&words, Font::Mono)
        };
        let tab = Rect::new(
            rect.x,
            rect.y,
            (TAB_GLYPH + name_width + words_width + 8).min(rect.w),
            TITLE * CELL,
        );
        nodes.push(self.node("tab", layer, Tag::Rect, "tab", rect_attrs(&tab, 4)));
        nodes.push(self.glyph(part.kind, layer, Rect::new(rect.x + 8, rect.y + 6, 20, 20)));
        let at = Point::new(rect.x + TAB_GLYPH, rect.y + 21);
        // What is beside it begins where it ends.
        let own = if words.is_empty() { room } else { name_width };
        nodes.push(self.fitted("name", layer, "name", at, (name, Font::Name, own)));
        if !words.is_empty() {
            nodes.push(self.words("cidr", layer, "cidr", at.plus(name_width + 8, 0), words));
        }
        self.broken_down(layer, Rect::new(rect.x + 4, rect.y + 2, 28, 28), &mut nodes);
        nodes
    }

    /// The hatch on what stands for the part, and the octagon: never over text.
    fn broken_down(&self, layer: Layer, block: Rect, nodes: &mut Vec<Node>) {
        let Some(fault) = self.fault else { return };
        let hatch = match fault {
            Fault::Down => block,
            Fault::Slow => Rect::new(block.x, block.y + block.h / 2, block.w, block.h / 2),
        };
        let mut attrs = rect_attrs(&hatch, 4);
        attrs.push(("fill", "url(#hatch)".to_owned()));
        nodes.push(self.node("hatch", layer, Tag::Rect, "hatch", attrs));
        if fault == Fault::Down {
            let d = format!("M{} {}h6l4 4v6l-4 4h-6l-4 -4v-6z", block.right() - 10, block.y - 4);
            nodes.push(self.node("fault", layer, Tag::Path, "octagon", vec![("d", d)]));
        }
    }

    /// The numbers of the rules that it breaks, around a corner.
    fn badge(&self, corner: Point, nodes: &mut Vec<Node>) {
        let Some(rules) = self.decor.broken.get(self.item).filter(|rules| !rules.is_empty()) else {
            return;
        };
        let numbers: Vec<String> = rules.iter().take(3).map(ToString::to_string).collect();
        let more = if rules.len() > 3 { ", …" } else { "" };
        let words = numbers.join(", ") + more;
        let width = (text_width(&words, Font::Small) + 10).max(20);
        let rect = Rect::new(corner.x - width + 8, corner.y - 10, width, 20);
        nodes.push(self.node("badge", Layer::Marks, Tag::Rect, "badge", rect_attrs(&rect, 2)));
        let at = Point::new(rect.x + 5, rect.y + 15);
        nodes.push(self.words("badge-number", Layer::Marks, "badge-number", at, words));
    }

    fn main(&self, id: &PartId, class: String, layer: Layer, rect: &Rect, radius: i32) -> Node {
        let mut attrs = rect_attrs(rect, radius);
        attrs.push(("data-node-id", id.to_string()));
        Node {
            id: self.id.clone(),
            layer,
            tag: Tag::Rect,
            attrs,
            class: self.states(class),
            text: None,
        }
    }

    fn wire(&self, id: &LinkId, link: &Link, d: String) -> Node {
        let flow = match self.decor.traffic.get(id) {
            Some(traffic) if traffic.share > 666 => " flow-4",
            Some(traffic) if traffic.share > 333 => " flow-3",
            Some(_) => " flow-2",
            None if self.decor.traffic.is_empty() => "",
            None => " idle",
        };
        let cut = if self.decor.cut.contains(id) { " cut" } else { "" };
        Node {
            id: self.id.clone(),
            layer: Layer::Links,
            tag: Tag::Path,
            attrs: vec![("d", d), ("data-edge-id", id.to_string())],
            class: self.states(format!("wire {}{flow}{cut}", link.kind.as_str())),
            text: None,
        }
    }

    /// The classes of what is true of it now.
    fn states(&self, mut class: String) -> String {
        let decor = self.decor;
        let states = [
            (decor.selected.contains(self.item), " selected"),
            (decor.focus.as_ref() == Some(self.item), " focus"),
            (decor.hover.as_ref() == Some(self.item), " hover"),
            (
                decor.broken.get(self.item).is_some_and(|rules| !rules.is_empty()),
                " broken",
            ),
            (self.fault == Some(Fault::Down), " down"),
            (self.fault == Some(Fault::Slow), " slow"),
        ];
        for (_, word) in states.into_iter().filter(|(holds, _)| *holds) {
            class.push_str(word);
        }
        class
    }

    fn glyph(&self, kind: Kind, layer: Layer, rect: Rect) -> Node {
        let glyph = glyph(kind);
        let mut attrs = rect_attrs(&rect, 0);
        attrs.push(("href", format!("#{}", glyph.symbol)));
        self.node("glyph", layer, Tag::Use, &format!("glyph hue-{}", glyph.family), attrs)
    }

    fn words(&self, name: &str, layer: Layer, class: &str, at: Point, text: String) -> Node {
        let attrs = vec![("x", at.x.to_string()), ("y", at.y.to_string())];
        let mut node = self.node(name, layer, Tag::Text, class, attrs);
        node.text = Some(text);
        node
    }

    /// Words that keep to a width whatever the font is.
    fn fitted(&self, name: &str, layer: Layer, class: &str, at: Point, line: (String, Font, i32)) -> Node {
        let (text, font, width) = line;
        let long = drawn_width(&text, font, width);
        let mut node = self.words(name, layer, class, at, text);
        if let Some(long) = long {
            node.attrs.push(("textLength", long.to_string()));
            node.attrs.push(("lengthAdjust", "spacingAndGlyphs".to_owned()));
        }
        node
    }

    fn node(&self, name: &str, layer: Layer, tag: Tag, class: &str, attrs: Vec<(&'static str, String)>) -> Node {
        Node {
            id: format!("{}:{name}", self.id),
            layer,
            tag,
            attrs,
            class: class.to_owned(),
            text: None,
        }
    }

    fn name(&self, part: &Part) -> String {
        let name = part.name.trim();
        let name = if name.is_empty() {
            part.kind.label(self.design.flavour)
        } else {
            name
        };
        name.to_owned()
    }
}

fn kind_class(kind: Kind) -> String {
    format!("kind-{}", kind.as_str())
}

fn rect_attrs(rect: &Rect, radius: i32) -> Vec<(&'static str, String)> {
    let mut attrs = vec![
        ("x", rect.x.to_string()),
        ("y", rect.y.to_string()),
        ("width", rect.w.max(0).to_string()),
        ("height", rect.h.max(0).to_string()),
    ];
    if radius > 0 {
        attrs.push(("rx", radius.to_string()));
    }
    attrs
}
