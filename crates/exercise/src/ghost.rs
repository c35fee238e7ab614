//! Where what follows a pointer stands, whatever its page does to sizes.

/// Place and size of a ghost in the top layer, in whole pixels and per cent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ghost {
    /// From the left of the viewport.
    pub x: i32,
    /// From the top of the viewport.
    pub y: i32,
    /// As wide as the piece, before it is scaled.
    pub width: i32,
    /// How much smaller or larger the piece is drawn than it was laid out.
    pub percent: i32,
}

/// A little off the pointer, so that what is under it can be seen.
const OFF: f64 = 8.0;

/// The ghost of a piece that is laid out `laid` wide and drawn `drawn` wide, since its page may be scaled (slides are),
/// with the pointer `at` a point of the viewport. The top layer is outside every transform, but not outside the zoom of a
/// style sheet, which is taken out again. What no size can be is taken for none.
#[must_use]
pub fn ghost(at: (f64, f64), laid: f64, drawn: f64, zoom: f64) -> Ghost {
    let zoom = if zoom.is_finite() && zoom > 0.0 { zoom } else { 1.0 };
    let scale = if laid > 0.0 && drawn > 0.0 { drawn / laid } else { 1.0 };
    Ghost {
        x: whole((at.0 + OFF) / zoom),
        y: whole((at.1 + OFF) / zoom),
        width: whole(laid.clamp(120.0, 420.0)),
        percent: whole((scale / zoom * 100.0).clamp(10.0, 1000.0)),
    }
}

#[allow(clippy::cast_possible_truncation)] // a coordinate of a screen
fn whole(pixels: f64) -> i32 {
    pixels.round() as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_follows_at_any_scale_and_zoom() {
        for scale in [0.25, 0.5, 1.0, 1.7, 3.0] {
            for zoom in [0.5, 1.0, 2.0] {
                for at in [(0.0, 0.0), (333.3, 12.0), (1999.0, 1200.5)] {
                    let ghost = ghost(at, 200.0, 200.0 * scale, zoom);
                    // What is asked for is drawn zoomed.
                    let drawn = |pixels: i32| f64::from(pixels) * zoom;
                    assert!((drawn(ghost.x) - at.0 - OFF).abs() <= zoom, "{scale} {zoom} {at:?}");
                    assert!((drawn(ghost.y) - at.1 - OFF).abs() <= zoom, "{scale} {zoom} {at:?}");
                    let wide = drawn(ghost.width) * f64::from(ghost.percent) / 100.0;
                    assert!(
                        (wide - 200.0 * scale).abs() <= 2.0 * zoom.max(1.0),
                        "{scale} {zoom} {wide}"
                    );
                }
            }
        }
    }

    #[test]
    fn sizes_that_are_none_do_no_harm() {
        let plain = ghost((10.0, 20.0), 0.0, 0.0, f64::NAN);
        assert_eq!(
            plain,
            Ghost {
                x: 18,
                y: 28,
                width: 120,
                percent: 100
            }
        );
    }
}
