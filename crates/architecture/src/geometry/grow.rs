use crate::design::{Design, PartId};

/// Makes room after the part `from` was placed, moved or resized: siblings that it now overlaps are pushed right or down,
/// its container grows (never shrinks) to cover what it holds, and so on up to the ground. `from` itself stays where it is
/// on its siblings' ground, except that content left of or above the container's padding is shifted in.
pub fn grow(design: &mut Design, from: &PartId) {
    let _ = (design, from);
}
