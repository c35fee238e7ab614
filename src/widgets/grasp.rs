use sandtable_exercise::hand::{Hand, Placement, Target, Touch};

use super::bench::Bench;
use crate::browser::{focus, pointer};
use crate::dom::{KeyboardEvent, MouseEvent, Node, PointerEvent, el, on_click, set, t};
use crate::reactive::*;

/// The hand of one widget, wired to the browser's events: every gesture ends in the same placement.
#[derive(Clone, Copy)]
pub(super) struct Grasp {
    hand: RwSignal<Hand>,
    place: fn(Bench, Placement),
    pub(super) bench: Bench,
    /// How wide the piece that went down is laid out and drawn, for its ghost.
    size: RwSignal<(f64, f64)>,
}

impl Grasp {
    /// A hand at rest. `place` takes what every gesture ends in.
    pub(super) fn new(bench: Bench, place: fn(Bench, Placement)) -> Self {
        let grasp = Grasp {
            hand: RwSignal::new(Hand::Idle),
            place,
            bench,
            size: RwSignal::new((0.0, 0.0)),
        };
        let escape = focus::on_key(move |event| {
            if event.key() == "Escape" && grasp.hand.with_untracked(|hand| hand.piece().is_some()) {
                event.prevent_default();
                // "Place here" goes: the focus goes back to the piece.
                focus::now(".token[aria-pressed='true']");
                grasp.touch(Touch::Cancel);
            }
        });
        let escape = StoredValue::new_local(escape);
        on_cleanup(move || escape.set_value(None));
        grasp
    }

    /// Tells the hand what happened.
    pub(super) fn touch(self, touch: Touch) {
        if self.bench.is_over.get_untracked() {
            return;
        }
        let before = self.hand.get_untracked();
        let (hand, placement) = before.clone().touch(touch);
        if hand != before {
            self.hand.set(hand.clone());
        }
        if let Some(placement) = placement {
            (self.place)(self.bench, placement);
        } else if let (Hand::Held { piece }, true) = (&hand, hand != before) {
            let said = [&self.bench.pieces.name(piece), " picked up. Choose where to place it."].concat();
            self.bench.say.run(said);
        }
    }

    /// The piece that is picked up and waits for a target.
    pub(super) fn held(self) -> Option<String> {
        self.hand.with(held)
    }

    /// The same, without being told of changes.
    pub(super) fn held_untracked(self) -> Option<String> {
        self.hand.with_untracked(held)
    }

    /// True for the piece that is dragged or held.
    pub(super) fn has(self, piece: &str) -> bool {
        self.hand.with(|hand| hand.piece() == Some(piece))
    }

    /// The target that a drag is over.
    pub(super) fn is_over_target(self, target: &Target) -> bool {
        self.hand
            .with(|hand| matches!(hand, Hand::Dragging { over: Some(over), .. } if over == target))
    }

    /// The dragged piece, where its pointer is and how wide it is.
    pub(super) fn dragged(self) -> Option<Dragged> {
        self.hand.with(|hand| match hand {
            Hand::Dragging { piece, at, .. } => Some(Dragged {
                piece: piece.clone(),
                at: *at,
                size: self.size.get_untracked(),
            }),
            _ => None,
        })
    }

    /// For `on:pointerdown` of a piece.
    pub(super) fn down(self, piece: &str, event: &PointerEvent) {
        if !pointer::may_drag(event) {
            return self.touch(Touch::Beside);
        }
        if self.bench.is_over.get_untracked() {
            return;
        }
        pointer::capture(event);
        self.size.set(pointer::size(event));
        self.touch(Touch::Down {
            piece: piece.to_owned(),
            pointer: event.pointer_id(),
            at: point(event),
        });
    }

    /// For `on:pointermove` of a piece.
    pub(super) fn moved(self, event: &PointerEvent) {
        if self
            .hand
            .with_untracked(|hand| matches!(hand, Hand::Pressed { .. } | Hand::Dragging { .. }))
        {
            let at = point(event);
            self.touch(Touch::Move {
                pointer: event.pointer_id(),
                at,
                over: pointer::target_at(at.0, at.1),
            });
        }
    }

    /// For `on:pointerup` of a piece.
    pub(super) fn up(self, event: &PointerEvent) {
        self.touch(Touch::Up {
            pointer: event.pointer_id(),
        });
    }

    /// For `on:pointercancel` and `on:lostpointercapture` of a piece: nothing to do unless a drag is under way.
    pub(super) fn lost(self) {
        if self
            .hand
            .with_untracked(|hand| matches!(hand, Hand::Pressed { .. } | Hand::Dragging { .. }))
        {
            self.touch(Touch::Cancel);
        }
    }

    /// For `on:click` of a piece: a click, a tap, Enter, Space, or a screen reader's action.
    pub(super) fn clicked(self, piece: &str, event: &MouseEvent) {
        self.touch(Touch::Click {
            piece: piece.to_owned(),
            by_pointer: event.detail() > 0,
        });
    }

    /// The button that a target shows while something is held; `name` is what a screen reader says.
    pub(super) fn place_button(self, target: Target, text: &str, name: &str) -> Node {
        let attributes = vec![
            set("type", "button"),
            set("class", "place-here"),
            set("aria-label", name),
            on_click(move || self.touch(Touch::Choose(target.clone()))),
        ];
        el("button", attributes, vec![t(text)])
    }

    /// For `on:keydown` around the targets: arrows, Home and End go from target to target while something is held.
    pub(super) fn walk(self, event: &KeyboardEvent, targets: &str) {
        if self.held_untracked().is_none() {
            return;
        }
        let by = match event.key().as_str() {
            "ArrowDown" | "ArrowRight" => 1,
            "ArrowUp" | "ArrowLeft" => -1,
            "End" => i32::from(u16::MAX),
            "Home" => -i32::from(u16::MAX),
            _ => return,
        };
        event.prevent_default();
        focus::step(targets, by);
    }
}

/// A piece under way.
pub(super) struct Dragged {
    /// The piece.
    pub(super) piece: String,
    /// Where its pointer is, in CSS pixels of the viewport.
    pub(super) at: (f64, f64),
    /// How wide it is laid out, and drawn, in CSS pixels.
    pub(super) size: (f64, f64),
}

fn held(hand: &Hand) -> Option<String> {
    match hand {
        Hand::Held { piece } => Some(piece.clone()),
        _ => None,
    }
}

fn point(event: &PointerEvent) -> (f64, f64) {
    (f64::from(event.client_x()), f64::from(event.client_y()))
}
