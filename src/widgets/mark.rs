use sandtable_exercise::PartState;

use super::Part;
use crate::dom::{Node, el, html, live_if, set};

/// The shape of a state. It carries alone where colour does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A disc with a tick.
    Right,
    /// A dashed ring with a tick.
    Missed,
    /// Half a disc.
    Partial,
    /// A square with a cross.
    Wrong,
    /// A triangle with an exclamation mark.
    Invalid,
}

impl Shape {
    /// The shape of a part's state; what was rightly left has none.
    pub(crate) fn of(state: PartState) -> Option<Self> {
        match state {
            PartState::Right => Some(Shape::Right),
            PartState::Missed => Some(Shape::Missed),
            PartState::Wrong => Some(Shape::Wrong),
            PartState::Left => None,
        }
    }

    fn as_str(self) -> &'static str {
        match self {
            Shape::Right => "right",
            Shape::Missed => "missed",
            Shape::Partial => "partial",
            Shape::Wrong => "wrong",
            Shape::Invalid => "invalid",
        }
    }

    fn drawing(self) -> &'static str {
        match self {
            Shape::Right => concat!(
                r#"<svg viewBox="0 0 20 20"><circle class="fill" cx="10" cy="10" r="9"/>"#,
                r#"<path class="cut" d="M6 10.5l2.8 2.8L14.2 7.4"/></svg>"#
            ),
            Shape::Missed => concat!(
                r#"<svg viewBox="0 0 20 20"><circle class="line" cx="10" cy="10" r="8.2" stroke-dasharray="3.2 2.4"/>"#,
                r#"<path class="line" d="M6 10.5l2.8 2.8L14.2 7.4"/></svg>"#
            ),
            Shape::Partial => concat!(
                r#"<svg viewBox="0 0 20 20"><circle class="line" cx="10" cy="10" r="8.2"/>"#,
                r#"<path class="fill" d="M10 1.8a8.2 8.2 0 0 1 0 16.4z"/></svg>"#
            ),
            Shape::Wrong => concat!(
                r#"<svg viewBox="0 0 20 20"><rect class="fill" x="1.5" y="1.5" width="17" height="17" rx="3"/>"#,
                r#"<path class="cut" d="M6.4 6.4l7.2 7.2M13.6 6.4l-7.2 7.2"/></svg>"#
            ),
            Shape::Invalid => concat!(
                r#"<svg viewBox="0 0 20 20"><path class="line" d="M10 2.2l8.4 15.2H1.6z"/>"#,
                r#"<path class="line" d="M10 8v4.4M10 14.8v.2"/></svg>"#
            ),
        }
    }
}

/// Draws a state shape of 20 px. Its word always stands beside it, so it is hidden from screen readers.
pub(crate) fn mark(shape: Shape) -> Node {
    let attributes = vec![
        set("class", "mark"),
        set("data-shape", shape.as_str()),
        set("aria-hidden", "true"),
        html(shape.drawing()),
    ];
    el("span", attributes, vec![])
}

/// The space beside a part that its mark will take, so that no line wraps anew when it comes.
pub(super) fn mark_space(part: Part) -> Node {
    el(
        "span",
        vec![set("class", "mark-space")],
        vec![live_if(move || part.mark().and_then(Shape::of).map(mark))],
    )
}
