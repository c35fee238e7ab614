use crate::design::Kind;
use crate::geometry::Rect;

/// The picture of a kind: the frame of its family and a mark in it, both on a grid of 24.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glyph {
    /// Whose it is.
    pub kind: Kind,
    /// The id of the symbol that holds it: `glyph-vnet`. A palette refers to it as `#glyph-vnet`.
    pub symbol: &'static str,
    /// The family, which decides the hue: a class `hue-network`.
    pub family: &'static str,
    /// The path of the frame: stroked and tinted.
    pub frame: &'static str,
    /// The path of the mark: stroked.
    pub mark: &'static str,
    /// How far the mark is moved to sit well in the frame.
    pub shift: (i32, i32),
}

const COMPUTE: &str = "M5 3h14a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2z";
const NETWORK: &str = "M7 3h10l5 9-5 9H7l-5-9z";
const EDGE: &str = "M3 21v-9a9 9 0 0 1 18 0v9z";
const IDENTITY: &str = "M12 2l9 3v7c0 5-4 8-9 10-5-2-9-5-9-10V5z";
const GRID: &str = "M9 9h.01M15 9h.01M9 15h.01M15 15h.01";
const DOT: &str = "M12 10a2 2 0 1 1 0 4a2 2 0 1 1 0-4z";
const LINES: &str = "M8 9h8M8 12h8M8 15h5";
const HUB: &str = "M12 12V8M12 12l4 3M12 12l-4 3";
const SWAP: &str = "M8 10h8l-2-2M16 14H8l2 2";
const OUT: &str = "M8 12h8l-3-3M16 12l-3 3";
const KEY: &str = "M7 12a2 2 0 1 1 4 0a2 2 0 1 1-4 0zM11 12h6v3M14 12v2";

/// All pictures, in the order of [`Kind::ALL`].
pub const GLYPHS: [Glyph; 11] = [
    Glyph {
        kind: Kind::Account,
        symbol: "glyph-account",
        family: "identity",
        frame: IDENTITY,
        mark: GRID,
        shift: (0, -1),
    },
    Glyph {
        kind: Kind::Region,
        symbol: "glyph-region",
        family: "compute",
        frame: COMPUTE,
        mark: GRID,
        shift: (0, 0),
    },
    Glyph {
        kind: Kind::Vnet,
        symbol: "glyph-vnet",
        family: "network",
        frame: NETWORK,
        mark: GRID,
        shift: (0, 0),
    },
    Glyph {
        kind: Kind::Zone,
        symbol: "glyph-zone",
        family: "compute",
        frame: COMPUTE,
        mark: DOT,
        shift: (0, 0),
    },
    Glyph {
        kind: Kind::Subnet,
        symbol: "glyph-subnet",
        family: "network",
        frame: NETWORK,
        mark: LINES,
        shift: (0, 0),
    },
    Glyph {
        kind: Kind::RouteTable,
        symbol: "glyph-route-table",
        family: "network",
        frame: NETWORK,
        mark: SWAP,
        shift: (0, 0),
    },
    Glyph {
        kind: Kind::Transit,
        symbol: "glyph-transit",
        family: "network",
        frame: NETWORK,
        mark: HUB,
        shift: (0, 0),
    },
    Glyph {
        kind: Kind::Firewall,
        symbol: "glyph-firewall",
        family: "edge",
        frame: EDGE,
        mark: GRID,
        shift: (0, 1),
    },
    Glyph {
        kind: Kind::Igw,
        symbol: "glyph-igw",
        family: "edge",
        frame: EDGE,
        mark: OUT,
        shift: (0, 1),
    },
    Glyph {
        kind: Kind::Vpn,
        symbol: "glyph-vpn",
        family: "edge",
        frame: EDGE,
        mark: KEY,
        shift: (0, 1),
    },
    Glyph {
        kind: Kind::Site,
        symbol: "glyph-site",
        family: "compute",
        frame: COMPUTE,
        mark: LINES,
        shift: (0, 0),
    },
];

/// The picture of a kind.
#[must_use]
pub fn glyph(kind: Kind) -> &'static Glyph {
    GLYPHS.iter().find(|glyph| glyph.kind == kind).unwrap_or(&GLYPHS[0])
}

/// A path on the grid of 24, drawn into a square: with numbers of its own instead of a transform, of which a browser makes
/// a layer to think about at every step of a drag. `shift` is in units of the grid.
pub(crate) fn placed(path: &str, square: &Rect, shift: (i32, i32)) -> String {
    let mut drawn = String::with_capacity(2 * path.len());
    let (mut command, mut place) = (' ', 0);
    let mut rest = path;
    while let Some(letter) = rest.chars().next() {
        if letter.is_ascii_alphabetic() {
            (command, place) = (letter, 0);
            drawn.push(letter);
        }
        if letter.is_ascii_alphabetic() || letter == ' ' {
            rest = rest.get(1..).unwrap_or_default();
            continue;
        }
        let end = rest
            .char_indices()
            .skip(1)
            .find(|(_, letter)| !letter.is_ascii_digit() && *letter != '.');
        let (number, after) = rest.split_at(end.map_or(rest.len(), |(at, _)| at));
        rest = after;
        if place > 0 {
            drawn.push(' ');
        }
        // The parameters of an arc that are no lengths.
        let is_arc = command == 'a' || command == 'A';
        if is_arc && (2..5).contains(&(place % 7)) {
            drawn.push_str(number);
        } else {
            let is_down = match command {
                'h' | 'H' => false,
                'v' | 'V' => true,
                _ if is_arc => place % 7 == 6,
                _ => place % 2 == 1,
            };
            let (from, shift) = if is_down {
                (square.y, shift.1)
            } else {
                (square.x, shift.0)
            };
            let mut px = hundredths(number) * square.w / 24;
            if command.is_ascii_uppercase() {
                px += 100 * (from + shift * square.w / 24);
            }
            push_px(&mut drawn, px);
        }
        place += 1;
    }
    drawn
}

/// A number with at most two places.
fn hundredths(number: &str) -> i32 {
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let whole: i32 = whole.parse().unwrap_or(0);
    let part: i32 = part.parse().unwrap_or(0);
    whole * 100 + part
}

fn push_px(text: &mut String, hundredths: i32) {
    if hundredths < 0 {
        text.push('-');
    }
    let (whole, part) = (hundredths.abs() / 100, hundredths.abs() % 100);
    text.push_str(&super::text::path("#", &[whole]));
    if part > 0 {
        text.push_str(&super::text::path(if part < 10 { ".0#" } else { ".#" }, &[part]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_drawn_into_its_square() {
        let own = Rect::new(0, 0, 24, 24);
        assert_eq!(placed(NETWORK, &own, (0, 0)), "M7 3h10l5 9 -5 9H7l-5 -9z");
        let double = Rect::new(100, -200, 48, 48);
        assert_eq!(
            placed(NETWORK, &double, (0, 0)),
            "M114 -194h20l10 18 -10 18H114l-10 -18z"
        );
        assert_eq!(
            placed(DOT, &Rect::new(10, 0, 20, 20), (0, 0)),
            "M20 8.33a1.66 1.66 0 1 1 0 3.33a1.66 1.66 0 1 1 0 -3.33z"
        );
        assert_eq!(placed("M9 9h.01V15", &double, (0, 1)), "M118 -180h0.02V-168");
    }

    #[test]
    fn all_pictures_stay_in_their_square() {
        // As they are written there is none with a decimal place of one digit, which would be read as two.
        for glyph in &GLYPHS {
            for path in [glyph.frame, glyph.mark] {
                let places = path.split('.').skip(1).map(|rest| {
                    let end = rest.find(|letter: char| !letter.is_ascii_digit());
                    end.unwrap_or(rest.len())
                });
                assert!(places.clone().all(|places| places == 2), "{path}");
                let as_is = placed(path, &Rect::new(0, 0, 24, 24), (0, 0));
                let bare = |text: &str| text.replace(' ', "").replace("0.0", ".0");
                assert_eq!(bare(&as_is), bare(path));
            }
        }
    }
}
