use sandtable_architecture::editor::{Command, Effect, Item, Mode, Urgency, Zoom};
use sandtable_architecture::geometry::{Point, Rect, part_rect};
use sandtable_architecture::panel::{Outage, breaks};

use super::{Desk, Do, STOP, View};

impl Desk {
    /// Changes the design.
    pub(super) fn run(&mut self, command: Command) {
        let effects = self.editor.attempt(command);
        self.effects(effects);
    }

    /// Does what the editor asks for. True when it was anything.
    pub(super) fn effects(&mut self, effects: Vec<Effect>) -> bool {
        let is_any = !effects.is_empty();
        if is_any {
            self.changed();
        }
        for effect in effects {
            match effect {
                Effect::Said(text, Urgency::Polite) => self.say(text),
                Effect::Said(text, Urgency::Assertive) => self.refuse(text),
                Effect::Focus(item) => {
                    self.decorate();
                    self.reveal(&item);
                    if self.in_outline() {
                        self.row_of_focus();
                    }
                    self.out.push(Do::Turn);
                }
                Effect::NoFocus | Effect::Selected => self.decorate(),
                Effect::Changed(items) => self.altered(items),
                Effect::Mode => self.mode(),
                Effect::Inspect(_) => {
                    self.is_open = true;
                    self.focus_on(".inspector :is(input, select):not([disabled])");
                }
                Effect::Rename(_) => {
                    self.is_open = true;
                    self.focus_on(".inspector input[name='name']");
                }
                Effect::Outline => {
                    self.set_view(View::Outline);
                    self.focus_on(STOP);
                }
                Effect::Zoom(Zoom::In) => self.zoom(None, 1250),
                Effect::Zoom(Zoom::Out) => self.zoom(None, 800),
                Effect::Zoom(Zoom::Fit) => self.fit(),
                Effect::Pan(x, y) => self.pan(-8 * x, -8 * y),
                Effect::BreakIt(_) => {
                    self.set_view(View::Rules);
                    self.focus_on(".outage select");
                }
                Effect::Rows => {}
                Effect::Keys => self.out.push(Do::Keys(true)),
            }
        }
        is_any
    }

    /// The design is another in these parts and links.
    fn altered(&mut self, items: Vec<Item>) {
        let changed = self.layout.update(self.editor.design());
        self.is_old = self.report.is_some();
        self.judge_worked();
        // What was broken may be gone.
        let broken = self.outage.broken.take();
        let broken = broken.and_then(|broken| {
            let still = breaks(self.editor.design(), &self.exercise.task);
            still.into_iter().find(|other| other.id == broken.id)
        });
        self.outage = Outage::of(self.editor.design(), &self.exercise.task, broken);
        self.update(&changed, &items.into_iter().collect());
        self.note = None;
        let kept = self.state.keep(&self.exercise, self.stage, self.editor.design());
        if let Some((item, text)) = kept {
            self.out.push(Do::Tell("change", item, text));
        }
        self.forget_refusal();
    }

    /// A search or a carrying began, went on or ended.
    fn mode(&mut self) {
        match self.editor.mode() {
            Mode::Search(_) => {
                self.ghost(None, None, false);
                // The search lies over the board, whichever that is.
                self.view = match self.is_outline {
                    true => View::Outline,
                    false => View::Canvas,
                };
                self.focus_on(".search input");
            }
            Mode::Carry(carry) => {
                let origin = carry.parent.as_ref().and_then(|id| part_rect(&self.layout, id));
                let origin = origin.map_or(Point::default(), |rect| Point::new(rect.x, rect.y));
                let corner = origin.plus(carry.at.x * 8, carry.at.y * 8);
                let first = carry.parts.first().and_then(|id| part_rect(&self.layout, id));
                let first = first.unwrap_or_default();
                let rect = Rect::new(corner.x, corner.y, first.w, first.h);
                let parent = carry.parent.clone();
                let says = [&carry.says(self.editor.design()), ". Arrows move, Enter puts it down."].concat();
                self.ghost(Some(rect), parent.as_ref(), false);
                self.set_status(Some((says, false)));
            }
            Mode::Idle => {
                self.ghost(None, None, false);
                self.set_status(None);
                self.go_back();
            }
        }
    }
}
