use super::shapes::FAR;
use super::{Point, Rect};

/// The smallest scale that a hand zooms to, in thousandths.
pub const MIN_SCALE: i32 = 100;
/// The largest scale, in thousandths.
pub const MAX_SCALE: i32 = 2000;

/// The smallest at which all is shown in very little room: a picture of it, to see where things are.
const SMALLEST: i32 = 50;

/// Which part of the drawing the stage shows: `stage = drawing * scale / 1000 + (x, y)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Camera {
    /// Where the drawing's origin is on the stage, in the stage's own pixels.
    pub x: i32,
    /// The same, down.
    pub y: i32,
    /// The scale in thousandths, up to [`MAX_SCALE`].
    pub scale: i32,
}

impl Default for Camera {
    fn default() -> Self {
        Camera {
            x: 0,
            y: 0,
            scale: 1000,
        }
    }
}

impl Camera {
    /// The point of the drawing under a point of the stage.
    #[must_use]
    pub fn to_world(&self, stage: Point) -> Point {
        let back = |stage: i32, origin: i32| {
            let offset = i64::from(stage) - i64::from(origin);
            clamp((offset * 1000).div_euclid(i64::from(self.scale.max(1))))
        };
        Point::new(back(stage.x, self.x), back(stage.y, self.y))
    }

    /// The point of the stage over a point of the drawing.
    #[must_use]
    pub fn to_stage(&self, world: Point) -> Point {
        let there = |world: i32, origin: i32| {
            clamp((i64::from(world) * i64::from(self.scale)).div_euclid(1000) + i64::from(origin))
        };
        Point::new(there(world.x, self.x), there(world.y, self.y))
    }

    /// Moves the drawing by so many pixels of the stage.
    #[must_use]
    pub fn pan(&self, dx: i32, dy: i32) -> Self {
        Camera {
            x: clamp(i64::from(self.x) + i64::from(dx)),
            y: clamp(i64::from(self.y) + i64::from(dy)),
            ..*self
        }
    }

    /// Another scale, with the drawing under `stage` staying under it.
    #[must_use]
    pub fn zoom(&self, stage: Point, scale: i32) -> Self {
        let scale = scale.clamp(MIN_SCALE, MAX_SCALE);
        let keep = |stage: i32, origin: i32| {
            let offset = i64::from(stage) - i64::from(origin);
            clamp(i64::from(stage) - (offset * i64::from(scale)).div_euclid(i64::from(self.scale.max(1))))
        };
        Camera {
            x: keep(stage.x, self.x),
            y: keep(stage.y, self.y),
            scale,
        }
    }

    /// Shows all of `content` in the middle of a stage of that width and height, with `margin` around it, never enlarged.
    #[must_use]
    pub fn fit(content: Rect, width: i32, height: i32, margin: i32) -> Self {
        let room = |room: i32| (i64::from(room) - 2 * i64::from(margin)).max(1);
        let across = room(width) * 1000 / i64::from(content.w.max(1));
        let down = room(height) * 1000 / i64::from(content.h.max(1));
        let scale = clamp(across.min(down)).clamp(SMALLEST, 1000);
        let centre = |room: i32, from: i32, long: i32| {
            let middle = i64::from(from) * 2 + i64::from(long);
            clamp((i64::from(room) - (middle * i64::from(scale)).div_euclid(1000)).div_euclid(2))
        };
        Camera {
            x: centre(width, content.x, content.w),
            y: centre(height, content.y, content.h),
            scale,
        }
    }

    /// What a stage of that width and height shows of the drawing.
    #[must_use]
    pub fn shown(&self, width: i32, height: i32) -> Rect {
        Rect::between(
            self.to_world(Point::default()),
            self.to_world(Point::new(width, height)),
        )
    }

    /// The CSS transform of the world: `matrix(0.85,0,0,0.85,-120,40)`.
    #[must_use]
    pub fn transform(&self) -> String {
        let (whole, rest) = (self.scale / 1000, self.scale % 1000);
        let scale = format!("{whole}.{rest:03}");
        format!("matrix({scale},0,0,{scale},{},{})", self.x, self.y)
    }
}

/// Within what anything is from the origin.
fn clamp(value: i64) -> i32 {
    value.clamp(i64::from(-FAR), i64::from(FAR)) as i32
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn everything_is_in_view_after_fit() {
        let content = Rect::new(-400, 80, 2000, 1500);
        let camera = Camera::fit(content, 1280, 800, 40);
        assert!(camera.shown(1280, 800).covers(&content));
        assert_eq!(camera.scale, 480);
        let small = Camera::fit(Rect::new(0, 0, 100, 100), 1280, 800, 40);
        assert_eq!(
            (small.scale, small.to_stage(Point::new(50, 50))),
            (1000, Point::new(640, 400))
        );
        let board = Rect::new(0, 0, 1568, 1352);
        assert!(Camera::fit(board, 446, 120, 4).shown(446, 120).covers(&board));
        assert_eq!(camera.transform(), "matrix(0.480,0,0,0.480,352,2)");
    }

    proptest! {
        #[test]
        fn a_point_stays_under_the_pointer(x in -5000..5000, y in -5000..5000, from in 100..2000, to in -50..5000,
            px in 0..2000, py in 0..2000) {
            let camera = Camera { x, y, scale: from };
            let stage = Point::new(px, py);
            let zoomed = camera.zoom(stage, to);
            prop_assert!((MIN_SCALE..=MAX_SCALE).contains(&zoomed.scale));
            // Whole numbers: off by at most what one pixel of the stage is in the drawing, at either scale, and one more.
            let slack = 1000 / from.min(zoomed.scale) + 1;
            let (before, after) = (camera.to_world(stage), zoomed.to_world(stage));
            prop_assert!((before.x - after.x).abs() <= slack && (before.y - after.y).abs() <= slack);
        }

        #[test]
        fn there_and_back(x in -5000..5000, y in -5000..5000, scale in 100..2000, px in 0..2000, py in 0..2000) {
            let camera = Camera { x, y, scale };
            let back = camera.to_stage(camera.to_world(Point::new(px, py)));
            let slack = scale / 1000 + 1;
            prop_assert!((back.x - px).abs() <= slack && (back.y - py).abs() <= slack);
        }
    }
}
