use super::tree::{Tree, el};

/// The shape of a state, 20 px. Its word always stands beside it, so it is hidden from screen readers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Right,
    Partial,
    Wrong,
    NotReached,
    Fault,
}

pub(super) fn mark(shape: Shape) -> Tree {
    let (name, drawing) = match shape {
        Shape::Right => (
            "right",
            r#"<circle class="fill" cx="10" cy="10" r="9"/><path class="cut" d="M6 10.5l2.8 2.8L14.2 7.4"/>"#,
        ),
        Shape::Partial => (
            "partial",
            r#"<circle class="line" cx="10" cy="10" r="8.2"/><path class="fill" d="M10 1.8a8.2 8.2 0 0 1 0 16.4z"/>"#,
        ),
        Shape::Wrong => (
            "wrong",
            r#"<rect class="fill" x="1.5" y="1.5" width="17" height="17" rx="3"/><path class="cut" d="M6.4 6.4l7.2 7.2M13.6 6.4l-7.2 7.2"/>"#,
        ),
        Shape::NotReached => (
            "not-reached",
            r#"<circle class="line" cx="10" cy="10" r="8.2" stroke-dasharray="3.2 2.4"/><path class="line" d="M6.5 10h7"/>"#,
        ),
        Shape::Fault => (
            "fault",
            r#"<path class="fill" d="M6 1h8l5 5v8l-5 5H6l-5-5V6z"/><path class="cut" d="M11 4l-4 7h6l-4 5"/>"#,
        ),
    };
    el("span", "mark")
        .set("data-shape", name)
        .set("aria-hidden", "true")
        .html([r#"<svg viewBox="0 0 20 20">"#, drawing, "</svg>"].concat())
}
