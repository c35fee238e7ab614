use sandtable_architecture::design::Kind;
use sandtable_architecture::editor::{Gesture, Landing, Out, Sight};
use sandtable_architecture::sorted::BTreeSet;

use super::{Desk, Do, PROXY};
use crate::act::{Phase, Pull};

/// So many pixels a pointer goes in the palette before it drags.
const DRAG: i32 = 4;

impl Desk {
    /// Takes what a pointer did, or what a button began for one.
    pub(crate) fn gesture(&mut self, gesture: Gesture) {
        if let Gesture::Down(pointer) = &gesture {
            self.pointer = pointer.id;
            self.editor.end_burst();
            if self.editor.cancel() {
                self.changed();
            }
        }
        let selection = self.editor.selection();
        let sight = Sight {
            design: self.editor.design(),
            layout: &self.layout,
            selection: &selection,
            camera: self.camera,
        };
        for out in self.machine.step(gesture, sight) {
            self.follow(out);
        }
    }

    fn follow(&mut self, out: Out) {
        match out {
            Out::Run(command) => {
                self.run(command);
                // The keys go on from what was placed or moved, wherever the gesture began.
                self.focus_on(PROXY);
            }
            Out::Select(items) => {
                let focus = self.editor.focus().filter(|item| items.contains(*item));
                let focus = focus.or(items.iter().next()).cloned();
                self.editor.set_focus(focus);
                self.editor
                    .choose(if items.len() > 1 { items } else { BTreeSet::new() });
                self.decorate();
                self.changed();
                // The keys go on from where the pointer was.
                self.focus_on(PROXY);
            }
            Out::Camera(camera) => {
                self.is_fitted = false;
                self.set_camera(camera);
            }
            Out::Lift(parts) => {
                let patches = self.picture.drag_start(self.editor.design(), &self.layout, &parts);
                self.patches.extend(patches);
            }
            Out::Drag {
                dx,
                dy,
                landing,
                guides,
            } => {
                let is_refused = landing.drop.allowed.is_err();
                let parent = landing.drop.parent.as_ref();
                let patches = self.picture.drag_step(&self.layout, dx, dy, parent, is_refused);
                self.patches.extend(patches);
                let patches = self.picture.guides(&guides);
                self.patches.extend(patches);
                self.landing(Some(&landing));
            }
            Out::Lower => {
                let patches = self.picture.drag_end();
                self.patches.extend(patches);
                self.landing(None);
            }
            Out::Ghost(ghost) => match ghost {
                Some((_, rect, landing)) => {
                    let is_refused = landing.drop.allowed.is_err();
                    self.ghost(Some(rect), landing.drop.parent.as_ref(), is_refused);
                    self.landing(Some(&landing));
                }
                None => self.ghost(None, None, false),
            },
            Out::Frame(frame) => {
                let patches = self.picture.ghost(frame);
                self.patches.extend(patches);
            }
            Out::Border(border) => {
                let patches = self.picture.ghost(border.map(|(_, rect)| rect));
                self.patches.extend(patches);
            }
            Out::Line(line) => {
                let mut over = None;
                let line = line.map(|(from, to, end)| {
                    match end {
                        Ok(target) => over = target,
                        Err(reason) => self.set_status(Some((reason.0, true))),
                    }
                    (from, to)
                });
                let patches = self.picture.line(line);
                self.patches.extend(patches);
                let patches = self.picture.target(&self.layout, over.as_ref(), false);
                self.patches.extend(patches);
            }
            Out::Refuse(reason) => self.refuse(reason.0),
            Out::Capture(keep) => self.out.push(Do::Capture(self.pointer, keep)),
            Out::Status(text) => {
                if let Some(text) = &text {
                    self.say(text.clone());
                }
                self.set_status(text.map(|text| (text, false)));
            }
        }
    }

    fn landing(&mut self, landing: Option<&Landing>) {
        self.set_status(landing.map(|landing| match &landing.drop.allowed {
            Ok(()) => (["Into ", &landing.name, "."].concat(), false),
            Err(reason) => (reason.0.clone(), true),
        }));
    }

    /// True while a pointer is down on a kind of the palette.
    pub(crate) fn is_pulling(&self) -> bool {
        self.pull.is_some()
    }

    /// A pointer over a kind of the palette: once it has gone far enough, it drags one to the canvas.
    pub(super) fn pull(&mut self, kind: Kind, phase: Phase, at: Pull) {
        match (phase, self.pull) {
            (Phase::Down, _) if at.may_drag => {
                self.pull = Some((at.x, at.y, false));
            }
            (Phase::Move, Some((x, y, is_dragging))) => {
                if !is_dragging && (at.x - x).abs().max((at.y - y).abs()) < DRAG {
                    return;
                }
                if !is_dragging {
                    self.pull = Some((x, y, true));
                    self.gesture(Gesture::DragKind(kind));
                }
                self.gesture(Gesture::Move(at.pointer));
            }
            (Phase::Up | Phase::Lost, Some((.., is_dragging))) => {
                self.pull = None;
                if is_dragging {
                    self.gesture(match phase {
                        Phase::Up => Gesture::Up(at.pointer),
                        _ => Gesture::Lost(at.pointer.id),
                    });
                }
            }
            _ => {}
        }
    }
}
