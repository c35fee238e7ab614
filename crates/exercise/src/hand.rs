//! Pick and place: one state machine for pointer, touch, keyboard and screen reader.
//!
//! A piece is dragged after four pixels, or picked up (click, tap, Enter, Space) and put down on a target. Lost capture,
//! a second finger, blur and Escape cancel in every state.

/// What the hand does at the moment.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Hand {
    /// Nothing.
    #[default]
    Idle,
    /// A pointer went down on a piece and has not moved far.
    Pressed {
        /// The piece under the pointer.
        piece: String,
        /// The pointer's id.
        pointer: i32,
        /// Where it went down, in CSS pixels.
        from: (f64, f64),
    },
    /// A piece follows the pointer.
    Dragging {
        /// The piece.
        piece: String,
        /// The pointer's id.
        pointer: i32,
        /// Where the pointer is, in CSS pixels.
        at: (f64, f64),
        /// The target under it.
        over: Option<Target>,
    },
    /// A drag has just ended: the click that some browsers send after it is not a gesture.
    Settling,
    /// A piece is picked up and waits for a target.
    Held {
        /// The piece.
        piece: String,
    },
}

/// Where a piece can be put.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A named place: a prompt.
    Slot(String),
    /// The gap before this place of a list.
    Gap(usize),
    /// Back where unused pieces lie.
    Tray,
}

/// What happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Touch {
    /// A pointer went down on a piece.
    Down {
        /// The piece.
        piece: String,
        /// The pointer's id.
        pointer: i32,
        /// Where, in CSS pixels.
        at: (f64, f64),
    },
    /// A pointer went down on a piece where it does not drag: a finger beside the grip.
    Beside,
    /// A pointer moved.
    Move {
        /// The pointer's id.
        pointer: i32,
        /// Where to.
        at: (f64, f64),
        /// The target under it.
        over: Option<Target>,
    },
    /// A pointer went up.
    Up {
        /// The pointer's id.
        pointer: i32,
    },
    /// A piece was clicked, tapped, or activated by Enter or Space.
    Click {
        /// The piece.
        piece: String,
        /// False when a key or a screen reader did it.
        by_pointer: bool,
    },
    /// A target was activated.
    Choose(Target),
    /// Escape, lost capture, blur, second finger.
    Cancel,
}

/// A piece goes to a target: the command that every gesture ends in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placement {
    /// The piece.
    pub piece: String,
    /// Where it goes.
    pub target: Target,
}

/// Further than this, in CSS pixels, a press is a drag.
pub const DRAG_AFTER: f64 = 4.0;

impl Hand {
    /// The piece that is dragged or held.
    #[must_use]
    pub fn piece(&self) -> Option<&str> {
        match self {
            Hand::Dragging { piece, .. } | Hand::Held { piece } => Some(piece),
            Hand::Idle | Hand::Pressed { .. } | Hand::Settling => None,
        }
    }

    /// What the hand does next, and the placement that the touch completed.
    #[must_use]
    pub fn touch(self, touch: Touch) -> (Hand, Option<Placement>) {
        match (self, touch) {
            (Hand::Pressed { .. } | Hand::Dragging { .. }, Touch::Down { .. } | Touch::Beside) | (_, Touch::Cancel) => {
                (Hand::Idle, None)
            }
            // After a drag by touch there was no click: the one that comes now is a gesture of its own.
            (Hand::Settling, Touch::Beside) => (Hand::Idle, None),
            (_, Touch::Down { piece, pointer, at }) => (
                Hand::Pressed {
                    piece,
                    pointer,
                    from: at,
                },
                None,
            ),
            (
                Hand::Pressed { piece, pointer, from },
                Touch::Move {
                    pointer: mover,
                    at,
                    over,
                },
            ) if pointer == mover => {
                let far = (at.0 - from.0).hypot(at.1 - from.1) > DRAG_AFTER;
                if far {
                    (
                        Hand::Dragging {
                            piece,
                            pointer,
                            at,
                            over,
                        },
                        None,
                    )
                } else {
                    (Hand::Pressed { piece, pointer, from }, None)
                }
            }
            (
                Hand::Dragging { piece, pointer, .. },
                Touch::Move {
                    pointer: mover,
                    at,
                    over,
                },
            ) if pointer == mover => (
                Hand::Dragging {
                    piece,
                    pointer,
                    at,
                    over,
                },
                None,
            ),
            (
                Hand::Dragging {
                    piece, pointer, over, ..
                },
                Touch::Up { pointer: lifted },
            ) if pointer == lifted => (Hand::Settling, over.map(|target| Placement { piece, target })),
            (Hand::Pressed { pointer, .. }, Touch::Up { pointer: lifted }) if pointer == lifted => (Hand::Idle, None),
            (Hand::Settling, Touch::Click { by_pointer: true, .. }) => (Hand::Idle, None),
            (Hand::Held { piece: held }, Touch::Click { piece, .. }) if held == piece => (Hand::Idle, None),
            (Hand::Idle | Hand::Settling | Hand::Held { .. }, Touch::Click { piece, .. }) => {
                (Hand::Held { piece }, None)
            }
            (Hand::Held { piece }, Touch::Choose(target)) => (Hand::Idle, Some(Placement { piece, target })),
            (state, _) => (state, None),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn down(piece: &str) -> Touch {
        Touch::Down {
            piece: piece.into(),
            pointer: 1,
            at: (10.0, 10.0),
        }
    }

    fn to(x: f64, over: Option<Target>) -> Touch {
        Touch::Move {
            pointer: 1,
            at: (x, 10.0),
            over,
        }
    }

    fn click(piece: &str) -> Touch {
        Touch::Click {
            piece: piece.into(),
            by_pointer: true,
        }
    }

    const UP: Touch = Touch::Up { pointer: 1 };

    fn slot() -> Target {
        Target::Slot("p".into())
    }

    /// Plays touches from rest and gives what was placed, as text.
    #[track_caller]
    fn check(touches: impl IntoIterator<Item = Touch>, expected: &str) {
        let (mut hand, mut placed) = (Hand::Idle, Vec::new());
        for touch in touches {
            let (next, placement) = hand.touch(touch);
            hand = next;
            placed.extend(placement.map(|p| format!("{} to {:?}", p.piece, p.target)));
        }
        placed.extend(hand.piece().map(|piece| format!("holding {piece}")));
        assert_eq!(placed.join(", "), expected);
    }

    #[test]
    fn a_piece_is_dragged() {
        check(
            [down("a"), to(20.0, None), to(40.0, Some(slot())), UP],
            "a to Slot(\"p\")",
        );
        check([down("a"), to(40.0, Some(slot())), UP, click("a")], "a to Slot(\"p\")");
        check([down("a"), to(40.0, None), UP], "");
    }

    #[test]
    fn a_short_press_is_a_click() {
        check([down("a"), to(13.0, Some(slot())), UP, click("a")], "holding a");
        check([down("a"), UP, click("a"), Touch::Choose(slot())], "a to Slot(\"p\")");
        check([click("a"), click("a")], "");
        check([click("a"), click("b")], "holding b");
    }

    #[test]
    fn a_key_after_a_drag_still_picks_up() {
        let key = Touch::Click {
            piece: "b".into(),
            by_pointer: false,
        };
        check(
            [down("a"), to(40.0, Some(slot())), UP, key],
            "a to Slot(\"p\"), holding b",
        );
    }

    #[test]
    fn a_tap_after_a_drag_by_touch_still_picks_up() {
        let drag = [down("a"), to(40.0, Some(slot())), UP];
        check(
            drag.into_iter().chain([Touch::Beside, click("b")]),
            "a to Slot(\"p\"), holding b",
        );
        check([click("a"), Touch::Beside, click("b")], "holding b");
        check([down("a"), to(40.0, Some(slot())), Touch::Beside, UP], "");
    }

    #[test]
    fn everything_cancels() {
        let second = Touch::Down {
            piece: "b".into(),
            pointer: 2,
            at: (0.0, 0.0),
        };
        check([down("a"), to(40.0, Some(slot())), second, UP], "");
        check([down("a"), to(40.0, Some(slot())), Touch::Cancel, UP], "");
        check([click("a"), Touch::Cancel, Touch::Choose(slot())], "");
        check(
            [
                down("a"),
                Touch::Move {
                    pointer: 2,
                    at: (90.0, 90.0),
                    over: None,
                },
                UP,
            ],
            "",
        );
    }

    fn any_touch() -> impl Strategy<Value = Touch> {
        let piece = prop::sample::select(vec!["a", "b"]).prop_map(str::to_owned);
        let over = prop_oneof![
            Just(None),
            Just(Some(slot())),
            Just(Some(Target::Tray)),
            Just(Some(Target::Gap(1)))
        ];
        prop_oneof![
            (piece.clone(), 1..3i32, -9.0..99.0f64).prop_map(|(piece, pointer, x)| Touch::Down {
                piece,
                pointer,
                at: (x, x)
            }),
            (1..3i32, -9.0..99.0f64, over).prop_map(|(pointer, x, over)| Touch::Move {
                pointer,
                at: (x, x),
                over
            }),
            (1..3i32).prop_map(|pointer| Touch::Up { pointer }),
            (piece, any::<bool>()).prop_map(|(piece, by_pointer)| Touch::Click { piece, by_pointer }),
            Just(Touch::Choose(Target::Tray)),
            Just(Touch::Beside),
            Just(Touch::Cancel),
        ]
    }

    proptest! {
        #[test]
        fn cancel_always_ends_at_rest(touches in prop::collection::vec(any_touch(), 0..30)) {
            let mut hand = Hand::Idle;
            for touch in touches {
                let held = hand.piece().map(str::to_owned);
                let (next, placement) = hand.touch(touch);
                // Only what was in the hand can be placed.
                prop_assert!(placement.is_none_or(|placement| Some(placement.piece) == held));
                hand = next;
            }
            prop_assert_eq!(hand.touch(Touch::Cancel), (Hand::Idle, None));
        }
    }
}
