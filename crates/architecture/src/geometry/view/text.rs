use crate::design::{Attr, Design, Kind, Part, Value, Via};

/// A font of the drawing. Widths are those of common interface fonts, a little on the wide side: text that is cut too early
/// looks better than text that runs out of its box. Where it is close the drawing says how long a line is, and the browser
/// brings the letters to that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Font {
    /// Names, 14 px.
    Name,
    /// Kinds and other small words, 13 px.
    Small,
    /// Prefixes, 13 px, every letter as wide as the other.
    Mono,
}

impl Font {
    /// The size in px, and by how many thousandths it is wider than the table.
    fn measure(self) -> (i32, i32) {
        match self {
            Font::Name => (14, 1150),
            Font::Small => (13, 1040),
            Font::Mono => (13, 1000),
        }
    }
}

/// Widths of the letters from space to `~`, in tens of a thousandth of the size.
const ADVANCES: [u8; 95] = [
    28, 28, 36, 56, 56, 89, 67, 19, 33, 33, 39, 58, 28, 33, 28, 28, 56, 56, 56, 56, 56, 56, 56, 56, 56, 56, 28, 28, 58,
    58, 58, 56, 102, 67, 67, 72, 72, 67, 61, 78, 72, 28, 50, 67, 56, 83, 72, 78, 67, 78, 72, 67, 61, 72, 67, 94, 67,
    67, 61, 28, 28, 28, 47, 56, 33, 56, 56, 50, 56, 56, 28, 56, 56, 22, 22, 50, 22, 83, 56, 56, 56, 56, 33, 50, 28, 56,
    50, 72, 50, 50, 50, 33, 26, 33, 58,
];

/// How wide a text is, in px.
#[must_use]
pub fn text_width(text: &str, font: Font) -> i32 {
    let (size, wider) = font.measure();
    let hundredths: i32 = text
        .chars()
        .take(200)
        .map(|letter| if font == Font::Mono { 60 } else { advance(letter) })
        .sum();
    (hundredths * size * wider + 99_999) / 100_000
}

fn advance(letter: char) -> i32 {
    let code = u32::from(letter);
    let known = usize::try_from(code.wrapping_sub(32))
        .ok()
        .and_then(|place| ADVANCES.get(place));
    match known {
        Some(advance) => i32::from(*advance),
        // Chinese, Japanese, Korean and pictures are square.
        None if code >= 0x2e80 => 100,
        None => 60,
    }
}

/// How long a line is to be drawn when letters of another font might not fit into `width`; `None` when they will.
pub(crate) fn drawn_width(text: &str, font: Font, width: i32) -> Option<i32> {
    let estimated = text_width(text, font);
    (estimated * 6 / 5 > width).then_some(estimated.min(width))
}

/// The text, cut with an ellipsis to at most so many px.
#[must_use]
pub fn fit_text(text: &str, font: Font, width: i32) -> String {
    if text_width(text, font) <= width {
        return text.to_owned();
    }
    let mut best = "…".to_owned();
    for (at, _) in text.char_indices().take(200).skip(1) {
        let cut = [text.get(..at).unwrap_or_default().trim_end(), "…"].concat();
        if text_width(&cut, font) > width {
            break;
        }
        best = cut;
    }
    best
}

/// A name in at most two lines of that width, broken at a space where there is one.
pub(crate) fn two_lines(text: &str, font: Font, width: i32) -> Vec<String> {
    let mut lines = vec![fit_text(text, font, width)];
    if text_width(text, font) > width {
        for (at, _) in text.match_indices(' ') {
            let (first, rest) = text.split_at(at);
            if text_width(first, font) <= width {
                lines = vec![first.to_owned(), fit_text(rest.trim_start(), font, width)];
            }
        }
    }
    lines
}

/// A path, or any other text, with a number of the list in place of each `#`.
pub(crate) fn path(shape: &str, numbers: &[i32]) -> String {
    let mut text = String::with_capacity(shape.len() + 4 * numbers.len());
    let mut numbers = numbers.iter();
    for letter in shape.chars() {
        match numbers.as_slice() {
            [number, ..] if letter == '#' => {
                text.push_str(&number.to_string());
                numbers.next();
            }
            _ => text.push(letter),
        }
    }
    text
}

/// What stands on a container's tab beside its name: its prefix, "public" or "private".
pub(crate) fn tab_words(design: &Design, part: &Part) -> String {
    let mut words = part.cidr().map_or_else(String::new, |net| net.to_string());
    if part.kind == Kind::Subnet && part.table().is_some() {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(if is_public(design, part) { "public" } else { "private" });
    }
    if let Some(Value::Text(domain)) = part.attrs.get(&Attr::Domain)
        && domain.trim() != part.name.trim()
    {
        words.push_str(domain.trim());
    }
    words
}

/// True when the subnet's table leads to an internet gateway.
fn is_public(design: &Design, subnet: &Part) -> bool {
    let table = subnet.table().and_then(|table| design.parts.get(table));
    table.is_some_and(|table| {
        table.routes().iter().any(|route| match &route.via {
            Via::Part(id) => design.parts.get(id).is_some_and(|part| part.kind == Kind::Igw),
            Via::Drop => false,
        })
    })
}

/// How wide a container's tab is when nothing on it is cut, in px.
pub(crate) fn title_width(design: &Design, part: &Part) -> i32 {
    let name = if part.name.trim().is_empty() {
        part.kind.label(design.flavour)
    } else {
        part.name.trim()
    };
    let words = tab_words(design, part);
    let beside = if words.is_empty() {
        0
    } else {
        text_width(&words, Font::Mono) + 8
    };
    TAB_GLYPH + text_width(name, Font::Name) + beside + 12
}

/// The px that glyph and margin take at the left of a tab.
pub(crate) const TAB_GLYPH: i32 = 34;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::PART;

    #[test]
    fn text_is_cut_so_that_it_fits() {
        assert_eq!(fit_text("Orders", Font::Name, 96), "Orders");
        let cut = fit_text("A very long name indeed", Font::Name, 96);
        assert!(cut.ends_with('…') && text_width(&cut, Font::Name) <= 96, "{cut}");
        assert_eq!(fit_text("Wide", Font::Name, 3), "…");
        assert_eq!(
            fit_text("東京のネットワーク東京", Font::Name, 96).chars().last(),
            Some('…')
        );
    }

    #[test]
    fn names_break_once_at_a_space() {
        assert_eq!(two_lines("Orders", Font::Name, 96), ["Orders"]);
        assert_eq!(
            two_lines("Shared services firewall", Font::Name, 96),
            ["Shared", "services fire…"]
        );
        assert_eq!(two_lines("Unbreakablenamethatgoeson", Font::Name, 96).len(), 1);
    }

    #[test]
    fn the_kinds_fit_beside_their_glyph() {
        for kind in Kind::ALL.into_iter().filter(|kind| !kind.is_container()) {
            let label = kind.label(crate::design::Flavour::Aws);
            assert_eq!(fit_text(label, Font::Small, PART.w * 8 - 57), label);
        }
    }
}
