use crate::design::Kind;

/// The picture of a kind: the frame of its family and a mark in it, both on a grid of 24.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glyph {
    /// Whose it is.
    pub kind: Kind,
    /// The id of the symbol that holds it: `glyph-vnet`. A `use` refers to it as `#glyph-vnet`.
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
