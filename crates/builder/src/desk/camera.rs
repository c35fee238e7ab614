use sandtable_architecture::editor::Item;
use sandtable_architecture::geometry::{Camera, Point, Rect};

use super::Desk;

/// The scale, in thousandths, below which words are too small to be read.
const READABLE: i32 = 850;
/// The room around a drawing that is shown as a whole, in pixels of the stage.
const MARGIN: i32 = 24;
/// The width below which zooming and what a gesture says stand at the upper edge, and the room for them there.
const NARROW: i32 = 600;
const STATUS: i32 = 96;
/// The height below which the drawing is only looked at: the sheet gives it so little in a low frame that cannot grow, and
/// the outline under it.
const LOW: i32 = 160;

impl Desk {
    /// The room is another. Where only the settings came or went beside the drawing, it stays where it is: nothing moves
    /// under a hand.
    pub(crate) fn resized(&mut self, size: (i32, i32)) {
        if size.0 <= 0 || size.1 <= 0 || size == self.size {
            return;
        }
        let before = std::mem::replace(&mut self.size, size);
        if self.is_low != (size.1 < LOW) {
            self.is_low = size.1 < LOW;
            self.changed();
        }
        let is_beside = before.1 == size.1 && before.0 > 0 && self.editor.focus().is_some();
        if !is_beside && self.is_fitted {
            self.fit();
        } else if !self.machine.is_busy()
            && let Some(item) = self.editor.focus().cloned()
        {
            self.reveal(&item);
        }
    }

    /// Nearer (negative) or farther, about a point of the stage.
    pub(crate) fn wheel(&mut self, about: Point, by: f64) {
        self.zoom(Some(about), if by < 0.0 { 1100 } else { 909 });
    }

    pub(super) fn set_camera(&mut self, camera: Camera) {
        self.camera = camera;
        let patches = self.picture.camera(camera);
        self.patches.extend(patches);
    }

    /// Shows all of it. Without room yet, it is done when there is some.
    pub(super) fn fit(&mut self) {
        self.is_fitted = true;
        let all = self.layout.bounds().unwrap_or(Rect::new(0, 0, 320, 200));
        if self.size.0 > 0 {
            let around = if self.is_low { 4 } else { MARGIN };
            let camera = Camera::fit(all, self.size.0, self.size.1, around);
            // Room that is left over lies below: on a phone the stage is longer than what is seen of it at first.
            let top = camera.to_stage(Point::new(all.x, all.y)).y;
            let margin = if self.size.0 < NARROW { STATUS } else { MARGIN };
            self.set_camera(camera.pan(0, (margin - top).min(0)));
        }
    }

    pub(super) fn zoom(&mut self, about: Option<Point>, thousandths: i32) {
        self.is_fitted = false;
        let scale = i64::from(self.camera.scale) * i64::from(thousandths) / 1000;
        let about = about.unwrap_or(Point::new(self.size.0 / 2, self.size.1 / 2));
        let scale = i32::try_from(scale).unwrap_or(self.camera.scale);
        self.set_camera(self.camera.zoom(about, scale));
    }

    pub(super) fn pan(&mut self, dx: i32, dy: i32) {
        self.is_fitted = false;
        self.set_camera(self.camera.pan(dx, dy));
    }

    /// Brings a part or a link into view.
    pub(super) fn reveal(&mut self, item: &Item) {
        let Some(rect) = self.rect(item).map(|rect| self.on_stage(rect)) else {
            return;
        };
        let (width, height) = self.size;
        let room = Rect::new(0, 0, width, height);
        if width == 0 || room.covers(&rect) || (rect.w > width || rect.h > height) && room.overlaps(&rect) {
            return;
        }
        let centre = rect.centre();
        self.pan(width / 2 - centre.x, height / 2 - centre.y);
    }

    /// Near enough to be read.
    pub(super) fn come_near(&mut self) {
        let scale = self.camera.scale.max(1);
        if scale < READABLE {
            self.zoom(None, READABLE * 1000 / scale);
        }
    }
}
