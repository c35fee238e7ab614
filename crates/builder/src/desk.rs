use std::borrow::Cow;

use sandtable_architecture::design::{Design, PartId};
use sandtable_architecture::editor::{Editor, FieldId, Item, Limits, Machine, Outline};
use sandtable_architecture::geometry::{
    Camera, Changed, Decor, Layout, Patch, Point, Rect, Stage as Picture, part_rect,
};
use sandtable_architecture::panel::{Hints, Outage, Stage, State, Wish, marks, states};
use sandtable_architecture::rules::{Report, check};
use sandtable_architecture::sorted::BTreeSet;
use sandtable_architecture::task::{Builder, Task};

use crate::embedded::Voice;

mod acts;
mod camera;
mod check;
mod effects;
mod gestures;
mod typed;

pub(super) use check::Primary;
use typed::Typed;

/// The element that stands for the current part, of which two take turns.
pub(crate) const PROXY: &str = ".proxy:not([hidden])";

/// The one stop of the outline: a row, a cell, or a line of a menu.
pub(crate) const STOP: &str = ".outline [tabindex='0']";

/// The builder's one owner: the editor, the drawing, what was checked and what is broken. It knows no browser: `act` takes
/// what happened, and what then has to be done is in `dirty`, `patches` and `out`.
pub(crate) struct Desk {
    pub(super) exercise: Builder,
    pub(super) state: State,
    pub(super) stage: Stage,
    pub(super) editor: Editor,
    pub(super) outline: Outline,
    pub(super) hints: Hints,
    /// What the last check said.
    pub(super) report: Option<Report>,
    /// True when the design is another than the one that was checked.
    pub(super) is_old: bool,
    pub(super) outage: Outage,
    /// Which panel has the room, where there is room for one.
    pub(super) view: View,
    /// True while the outline stands where the canvas would.
    pub(super) is_outline: bool,
    /// Whether the settings are open where they lie over the drawing.
    pub(super) is_open: bool,
    /// What a gesture says, or why it cannot be done (true).
    pub(super) status: Option<(String, bool)>,
    /// What help has to say when there is no more of it.
    pub(super) note: Option<String>,
    /// What a field says: its id and why it does not take what was put into it.
    pub(super) refused: Option<(FieldId, String)>,
    /// Which field is the reason of what was shown, and what was said of it.
    pub(super) reason: Option<(FieldId, String)>,
    /// The proxy in use, of the two that take turns (true: the second), and whether both are there.
    pub(super) proxy: (bool, bool),
    /// What the palette is narrowed to.
    pub(super) wanted: String,
    /// The routes that were typed and not added yet, by their tables.
    typed: Vec<Typed>,
    /// What the settings are about: what was refused there is forgotten when it is another.
    about: Option<Item>,
    /// What was chosen to be broken, by its id.
    pub(super) chosen: String,
    /// The cell of the table of flows that is open.
    pub(super) cell: Option<(usize, usize)>,
    /// What is said by the builder itself; nothing where its host says it.
    pub(super) voice: Option<Voice>,
    /// True while the drawing is so low that the outline stands under it.
    pub(super) is_low: bool,
    /// Which panels have to be drawn anew.
    pub(crate) dirty: Panels,
    /// What has to be drawn.
    pub(crate) patches: Vec<Patch>,
    /// What else has to be done.
    pub(crate) out: Vec<Do>,
    /// The time, in milliseconds since 1970: whoever calls sets it.
    pub(crate) now: u64,
    layout: Layout,
    picture: Picture,
    machine: Machine,
    camera: Camera,
    /// True until the learner moves the camera: then everything is kept in view.
    is_fitted: bool,
    /// The room for the drawing when it last had any.
    size: (i32, i32),
    /// The pointer that is down on the canvas.
    pointer: i32,
    /// Where a pointer went down in the palette, and whether it has gone far enough to drag.
    pull: Option<(i32, i32, bool)>,
    opened: u64,
    pressed: u64,
}

/// What the page has to do.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Do {
    /// Tells the host: which message, what it is about, and the text.
    Tell(&'static str, String, String),
    /// Gives the focus to the first element that a selector finds, once all is drawn.
    Focus(Cow<'static, str>),
    /// Lets the other proxy have the focus, if one of them has it.
    Turn,
    /// Opens the list of keys, or closes it. The focus goes back to where it was by itself.
    Keys(bool),
    /// Offers a file to save: its name and its text.
    Save(String, String),
    /// Asks which file to open.
    Choose,
    /// Keeps a pointer on the drawing, or lets it go.
    Capture(i32, bool),
    /// Brings the first element that a selector finds into view, once all is drawn: to the top (true), or just so far that it
    /// is seen.
    Reveal(Cow<'static, str>, bool),
}

/// Panels of the page, as bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Panels(u16);

impl Panels {
    /// None.
    pub(crate) const NONE: Panels = Panels(0);
    /// Every one.
    pub(crate) const ALL: Panels = Panels(u16::MAX);
    /// What a gesture says.
    pub(super) const STATUS: Panels = Panels(1);
    /// The elements that stand for the current part.
    pub(super) const PROXY: Panels = Panels(2);
    /// The parts to be placed.
    pub(super) const PARTS: Panels = Panels(4);
    /// The settings of what is chosen.
    pub(super) const SETTINGS: Panels = Panels(8);
    /// What is broken.
    pub(super) const OUTAGE: Panels = Panels(16);
    /// All others.
    pub(super) const REST: Panels = Panels(32);
    /// What is said.
    pub(super) const VOICE: Panels = Panels(64);

    /// True when one of them is there.
    pub(super) fn has(self, other: Panels) -> bool {
        self.0 & other.0 != 0
    }

    pub(super) fn add(&mut self, other: Panels) {
        self.0 |= other.0;
    }
}

/// Which panel has the room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum View {
    /// The palette, or the notes.
    Parts,
    /// The drawing.
    Canvas,
    /// The same as rows.
    Outline,
    /// The rules, and what is broken.
    Rules,
}

impl View {
    pub(super) const ALL: [View; 4] = [View::Parts, View::Canvas, View::Outline, View::Rules];

    pub(super) fn id(self) -> &'static str {
        match self {
            View::Parts => "parts",
            View::Canvas => "canvas",
            View::Outline => "outline",
            View::Rules => "rules",
        }
    }

    pub(super) fn label(self) -> &'static str {
        match self {
            View::Parts => "Parts",
            View::Canvas => "Canvas",
            View::Outline => "Outline",
            View::Rules => "Rules",
        }
    }
}

impl Desk {
    /// Opens an exercise at the stage that its host asks for.
    pub(crate) fn open(exercise: Builder, state: State, now: u64) -> Self {
        let stage = state.begin(&exercise);
        let mut desk = Desk {
            exercise,
            state,
            stage,
            editor: Editor::default(),
            outline: Outline::default(),
            hints: Hints::default(),
            report: None,
            is_old: false,
            outage: Outage::default(),
            view: View::Canvas,
            is_outline: false,
            is_open: false,
            status: None,
            note: None,
            refused: None,
            reason: None,
            proxy: (false, false),
            wanted: String::new(),
            typed: Vec::new(),
            about: None,
            chosen: String::new(),
            cell: None,
            voice: None,
            is_low: false,
            dirty: Panels::ALL,
            patches: Vec::new(),
            out: Vec::new(),
            now,
            layout: Layout::default(),
            picture: Picture::default(),
            machine: Machine::default(),
            camera: Camera::default(),
            is_fitted: true,
            size: (0, 0),
            pointer: 0,
            pull: None,
            opened: now,
            pressed: 0,
        };
        desk.begin(stage);
        desk.lost(desk.state.wish.fault(stage));
        desk
    }

    /// Shows the stage that its host asks for; where there is no such stage it says so.
    pub(crate) fn ask(&mut self, word: &str) {
        let wish = Wish::read(word);
        if let Wish::One(stage) = wish {
            self.show(stage);
        }
        self.lost(wish.fault(self.stage));
    }

    pub(super) fn lost(&mut self, why: Option<String>) {
        if let Some(why) = why {
            self.refuse(why);
        }
    }

    fn show(&mut self, stage: Stage) {
        self.forget_refusal();
        if self.stage != stage {
            self.begin(stage);
            self.say([stage.label(), "."].concat());
        }
    }

    fn begin(&mut self, stage: Stage) {
        let (design, problems) = self.state.design(&self.exercise, stage);
        let mut limits = Limits::of(&self.exercise.task);
        if stage == Stage::Worked {
            limits.palette.clear();
        }
        self.stage = stage;
        self.editor = Editor::open(design, limits);
        self.outline = Outline::default();
        self.hints = Hints::default();
        self.is_old = false;
        self.machine = Machine::default();
        self.is_fitted = true;
        self.opened = self.now;
        self.layout = Layout::new(self.editor.design());
        self.cell = None;
        self.report = None;
        self.judge_worked();
        self.outage = Outage::of(self.editor.design(), &self.exercise.task, None);
        self.status = None;
        self.note = None;
        self.is_open = false;
        self.typed.clear();
        if let Some(problem) = problems.into_iter().next() {
            self.refuse(problem.says);
        }
        self.redraw();
        self.fit();
        self.dirty = Panels::ALL;
    }

    /// The worked stage is judged as it changes; the others when they are checked.
    fn judge_worked(&mut self) {
        let is_worked = self.stage == Stage::Worked;
        if is_worked || self.report.is_none() {
            self.report = is_worked.then(|| check(self.editor.design(), &self.exercise.task));
            self.is_old = false;
        }
    }

    // --- reading -----------------------------------------------------------------------------------------------------

    pub(super) fn task(&self) -> &Task {
        &self.exercise.task
    }

    pub(super) fn design(&self) -> &Design {
        self.editor.design()
    }

    /// What is said of parts and links that are down or break a rule, where there is anything.
    pub(super) fn state_of(&self, item: &Item) -> &str {
        self.editor.states().get(item).map_or("", String::as_str)
    }

    /// The report while it is about what is on the board.
    pub(super) fn report(&self) -> Option<&Report> {
        self.report.as_ref().filter(|_| !self.is_old)
    }

    /// True when all rules hold.
    pub(super) fn is_done(&self) -> bool {
        self.report().is_some_and(|report| report.fraction >= 1.0)
    }

    /// The name of a part or a link.
    pub(super) fn name(&self, item: &Item) -> String {
        let design = self.design();
        match item {
            Item::Part(id) => design.name(id),
            Item::Link(id) => design.links.get(id).map_or_else(String::new, |link| {
                [&design.name(&link.from), " to ", &design.name(&link.to)].concat()
            }),
        }
    }

    /// True when there is such a part or link.
    pub(super) fn is_there(&self, item: &Item) -> bool {
        match item {
            Item::Part(id) => self.design().parts.contains_key(id),
            Item::Link(id) => self.design().links.contains_key(id),
        }
    }

    /// Where the proxy lies: over the current part, in pixels of the stage.
    pub(crate) fn proxy_rect(&self) -> Option<Rect> {
        Some(self.on_stage(self.rect(self.editor.focus()?)?))
    }

    /// True when what has the focus is a part: a finger may drag it.
    pub(crate) fn is_on_part(&self) -> bool {
        matches!(self.editor.focus(), Some(Item::Part(_)))
    }

    /// True while a gesture is going on.
    pub(crate) fn is_busy(&self) -> bool {
        self.machine.is_busy()
    }

    /// Where a part or a link is drawn.
    fn rect(&self, item: &Item) -> Option<Rect> {
        match item {
            Item::Part(id) => part_rect(&self.layout, id),
            Item::Link(id) => {
                let line = self.layout.links.get(id)?;
                Some(Rect::between(*line.first()?, *line.last()?))
            }
        }
    }

    /// The same on the stage.
    fn on_stage(&self, rect: Rect) -> Rect {
        let corner = Point::new(rect.right(), rect.bottom());
        Rect::between(
            self.camera.to_stage(Point::new(rect.x, rect.y)),
            self.camera.to_stage(corner),
        )
    }

    /// Before the page is drawn: the editor knows what is down and what fails, and what the settings say is about what they
    /// show.
    pub(crate) fn settle(&mut self) {
        self.speak();
        if self.dirty.has(Panels::REST) {
            let states = states(self.design(), self.report(), Some(&self.outage));
            self.editor.set_states(states);
        }
        if self.about.as_ref() != self.editor.focus() {
            self.about = self.editor.focus().cloned();
            self.refused = None;
            self.reason = None;
        }
    }

    /// The other proxy takes its turn; both are there until it has the focus.
    pub(crate) fn turn(&mut self, is_begun: bool) {
        let now = match is_begun {
            true => (!self.proxy.0, true),
            false => (self.proxy.0, false),
        };
        if now != self.proxy {
            self.proxy = now;
            self.dirty.add(Panels::PROXY);
        }
    }

    /// True when it is the second one's turn.
    pub(crate) fn is_second(&self) -> bool {
        self.proxy.0
    }

    // --- telling -----------------------------------------------------------------------------------------------------

    fn say(&mut self, text: String) {
        self.out.push(Do::Tell("say", String::new(), text));
    }

    /// Says why something cannot be done, at once, and shows it.
    fn refuse(&mut self, why: String) {
        self.out.push(Do::Tell("warn", String::new(), why.clone()));
        self.set_status(Some((why, true)));
    }

    fn forget_refusal(&mut self) {
        if self.status.as_ref().is_some_and(|(_, is_refusal)| *is_refusal) {
            self.set_status(None);
        }
    }

    fn set_status(&mut self, status: Option<(String, bool)>) {
        if self.status != status {
            self.status = status;
            self.dirty.add(Panels::STATUS);
        }
    }

    fn bring_into_view(&mut self, selector: &'static str) {
        self.out.push(Do::Reveal(Cow::Borrowed(selector), false));
    }

    fn focus_on(&mut self, selector: &'static str) {
        self.out.push(Do::Focus(Cow::Borrowed(selector)));
    }

    /// Everything is drawn anew, but for what a gesture says.
    fn changed(&mut self) {
        self.dirty = Panels::ALL;
    }

    /// Shows a panel. Parts and rules stand beside the board where there is room: whether that is the canvas or the outline
    /// stays as it was.
    fn set_view(&mut self, view: View) {
        match view {
            View::Canvas => self.is_outline = false,
            View::Outline => {
                self.is_outline = true;
                self.row_of_focus();
            }
            View::Parts | View::Rules => {}
        }
        self.view = view;
        self.changed();
    }

    /// True while the outline is what one works in.
    pub(super) fn in_outline(&self) -> bool {
        self.is_outline || self.is_low
    }

    /// The row of what has the focus becomes the current one, and what hides it goes.
    fn row_of_focus(&mut self) {
        let Some(item) = self.editor.focus().cloned() else {
            return;
        };
        let is_its = |outline: &Outline| outline.at.as_ref().is_some_and(|place| place.item == item);
        if !is_its(&self.outline) {
            self.outline.column = None;
        }
        self.outline.reveal(self.editor.design(), &item);
        let rows = self.outline.rows(self.editor.design(), self.editor.states());
        if rows.iter().all(|row| row.place.item != item) {
            self.outline.filter = Default::default();
        }
    }

    // --- the drawing -------------------------------------------------------------------------------------------------

    /// Draws all of it into something empty, for instance because there is something to draw into now.
    pub(crate) fn draw_anew(&mut self) {
        self.patches.clear();
        self.picture = Picture::default();
        self.redraw();
        let patches = self.picture.camera(self.camera);
        self.patches.extend(patches);
    }

    /// Draws all of it, or what is different.
    fn redraw(&mut self) {
        let decor = self.decor();
        let patches = self.picture.draw(self.editor.design(), &self.layout, &decor);
        self.patches.extend(patches);
    }

    /// What is decorated otherwise, and where parts have changed.
    fn update(&mut self, changed: &Changed, items: &BTreeSet<Item>) {
        let decor = self.decor();
        let patches = self
            .picture
            .update(self.editor.design(), &self.layout, &decor, changed, items);
        self.patches.extend(patches);
    }

    /// What is decorated otherwise, with nothing moved.
    fn decorate(&mut self) {
        self.update(&Changed::default(), &BTreeSet::new());
    }

    fn decor(&self) -> Decor {
        Decor {
            selected: self.editor.selection(),
            focus: self.editor.focus().cloned(),
            broken: self.report().map(marks).unwrap_or_default(),
            down: self.outage.down.clone(),
            cut: self.outage.cut.clone(),
        }
    }

    /// Where something would be, and the container that would hold it.
    fn ghost(&mut self, rect: Option<Rect>, parent: Option<&PartId>, is_refused: bool) {
        let patches = self.picture.ghost(rect);
        self.patches.extend(patches);
        let patches = self.picture.target(&self.layout, parent, is_refused);
        self.patches.extend(patches);
    }
}
