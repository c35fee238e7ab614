use sandtable_architecture::sorted::{BTreeMap, BTreeSet};

use leptos::prelude::*;
use sandtable_architecture::design::{Design, LinkId, PartId};
use sandtable_architecture::editor::{
    Action, Command, Editor, Effect, FieldId, Gesture, Input, Item, Landing, Limits, Machine, Mode, Out, Outline,
    Press, Sight, Urgency, Zoom, input, proxy, step,
};
use sandtable_architecture::geometry::{
    Camera, Changed, Decor, Fault, Layout, Patch, Point, Rect, Stage as Picture, part_rect,
};
use sandtable_architecture::panel::{Break, Hints, Outage, Stage, State, checked, marks, states, verdict};
use sandtable_architecture::rules::{Report, check};
use sandtable_architecture::task::{Builder, Task};
use sandtable_exercise::whole_percent;

use super::derived::Derived;
use crate::browser::host::Port;
use crate::browser::stage::{Drawing, Happening, next_frame};
use crate::browser::{Element, clock, focus};

/// The builder's own owner: the editor, the drawing, what was checked and what is broken. Views read it and tell it.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    it: StoredValue<It, LocalStorage>,
    drawing: StoredValue<Option<Drawing>, LocalStorage>,
    /// Patches that wait for the next picture.
    waiting: StoredValue<Vec<Patch>, LocalStorage>,
    changed: RwSignal<()>,
    /// Which panel has the room, where there is room for one.
    pub(super) view: RwSignal<View>,
    /// Whether the settings are open where they lie over the drawing.
    pub(super) is_open: RwSignal<bool>,
    /// What a gesture says: what the next click does, or why it cannot be done.
    pub(super) status: RwSignal<Option<(String, bool)>>,
    /// What a field says: its id and why it does not take what was put into it.
    pub(super) refused: RwSignal<Option<(FieldId, String)>>,
    /// The proxy in use, of the two that take turns, and whether both are there while the focus changes.
    pub(super) proxy: RwSignal<(bool, bool)>,
    port: Port,
}

/// The scale, in thousandths, below which words are too small to be read.
const READABLE: i32 = 850;

/// Which panel has the room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum View {
    Parts,
    Canvas,
    Outline,
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

/// Everything that the desk holds.
pub(super) struct It {
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
    layout: Layout,
    picture: Picture,
    machine: Machine,
    camera: Camera,
    /// True until the learner moves the camera: then everything is kept in view.
    is_fitted: bool,
    /// The room for the drawing when it was last looked at.
    size: (i32, i32),
    /// Where the pointer that is down came from, to be captured.
    pointer: i32,
    opened: u64,
}

impl It {
    pub(super) fn task(&self) -> &Task {
        &self.exercise.task
    }

    pub(super) fn design(&self) -> &Design {
        self.editor.design()
    }

    pub(super) fn states(&self) -> BTreeMap<Item, String> {
        states(self.design(), self.report(), Some(&self.outage))
    }

    /// The report while it is about what is on the board.
    pub(super) fn report(&self) -> Option<&Report> {
        self.report.as_ref().filter(|_| !self.is_old)
    }

    fn decor(&self) -> Decor {
        let down = self.outage.down.iter().map(|id| (id.clone(), Fault::Down));
        Decor {
            selected: self.editor.selection(),
            focus: self.editor.focus().cloned(),
            broken: self.report().map(marks).unwrap_or_default(),
            faults: down.collect(),
            cut: self.outage.cut.clone(),
            ..Decor::default()
        }
    }

    /// Where a part or a link is drawn.
    fn rect(&self, item: &Item) -> Option<Rect> {
        match item {
            Item::Part(id) => part_rect(&self.layout, id),
            Item::Link(id) => {
                let line = self.layout.links.get(id)?;
                let (first, last) = (line.first()?, line.last()?);
                Some(Rect::between(*first, *last))
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
}

impl Desk {
    /// Opens an exercise at the stage that its host asks for.
    pub(super) fn open(exercise: Builder, state: State, port: Port) -> Self {
        let stage = state.begin(&exercise);
        let it = It {
            exercise,
            state,
            stage,
            editor: Editor::default(),
            outline: Outline::default(),
            hints: Hints::default(),
            report: None,
            is_old: false,
            outage: Outage::default(),
            layout: Layout::default(),
            picture: Picture::default(),
            machine: Machine::default(),
            camera: Camera::default(),
            is_fitted: true,
            size: (0, 0),
            pointer: 0,
            opened: clock::now(),
        };
        let desk = Desk {
            it: StoredValue::new_local(it),
            drawing: StoredValue::new_local(None),
            waiting: StoredValue::new_local(Vec::new()),
            changed: RwSignal::new(()),
            view: RwSignal::new(View::Canvas),
            is_open: RwSignal::new(false),
            status: RwSignal::new(None),
            refused: RwSignal::new(None),
            proxy: RwSignal::new((false, false)),
            port,
        };
        desk.begin(stage);
        desk
    }

    // --- reading -----------------------------------------------------------------------------------------------------

    /// Reads; whoever does it in a reactive place is told of changes.
    pub(super) fn read<T>(self, read: impl FnOnce(&It) -> T) -> T {
        self.changed.track();
        self.peek(read)
    }

    /// Reads, without being told of changes.
    pub(super) fn peek<T>(self, read: impl FnOnce(&It) -> T) -> T {
        self.it.with_value(read)
    }

    pub(super) fn stage(self) -> Stage {
        self.read(|it| it.stage)
    }

    pub(super) fn focus(self) -> Option<Item> {
        self.read(|it| it.editor.focus().cloned())
    }

    /// Something derived from all that the desk holds, that tells only of real changes.
    pub(super) fn memo<T: PartialEq + Send + Sync + 'static>(
        self,
        read: impl Fn(&It) -> T + Send + Sync + 'static,
    ) -> Derived<T> {
        Derived::new(move || self.read(&read))
    }

    fn change<T>(self, change: impl FnOnce(&mut It) -> T) -> Option<T> {
        self.it.try_update_value(change)
    }

    // --- stages ------------------------------------------------------------------------------------------------------

    /// Asks the host to go to a stage, and goes there.
    pub(super) fn go(self, stage: Stage) {
        self.port.tell("stage", stage.id(), "");
        self.show(stage);
    }

    /// Shows a stage.
    pub(super) fn show(self, stage: Stage) {
        if self.peek(|it| it.stage) != stage {
            self.begin(stage);
            self.say(&[stage.label(), "."].concat());
        }
    }

    fn begin(self, stage: Stage) {
        let lost = self.change(|it| {
            let (design, problems) = it.state.design(&it.exercise, stage);
            let mut limits = Limits::of(it.task());
            if stage == Stage::Worked {
                limits.palette.clear();
            }
            it.stage = stage;
            it.editor = Editor::open(design, limits);
            it.outline = Outline::default();
            it.hints = Hints::default();
            it.report = (stage == Stage::Worked).then(|| check(it.editor.design(), &it.exercise.task));
            it.is_old = false;
            it.machine = Machine::default();
            it.is_fitted = true;
            it.opened = clock::now();
            it.layout = Layout::new(it.editor.design());
            it.outage = Outage::of(it.editor.design(), &it.exercise.task, None);
            problems.into_iter().next()
        });
        self.status.set(None);
        self.refused.set(None);
        self.is_open.set(false);
        if let Some(problem) = lost.flatten() {
            self.status.set(Some((problem.says.clone(), true)));
            self.port.tell("warn", "", &problem.says);
        }
        self.redraw();
        self.fit();
        self.changed.notify();
    }

    // --- the drawing -------------------------------------------------------------------------------------------------

    /// Takes the element to draw into.
    pub(super) fn attach(self, root: Element) {
        self.drawing
            .set_value(Drawing::build(root, move |happening| self.happens(happening)));
        self.change(|it| it.picture = Picture::default());
        self.redraw();
        self.fit();
    }

    /// Forgets the elements.
    pub(super) fn detach(self) {
        self.drawing.set_value(None);
    }

    /// Draws all of it, or what is different.
    fn redraw(self) {
        let patches = self.change(|it| {
            let decor = it.decor();
            it.picture.draw(it.editor.design(), &it.layout, &decor)
        });
        self.put(patches.unwrap_or_default());
        self.follow();
    }

    /// What is decorated otherwise, with nothing moved.
    fn decorate(self) {
        let patches = self.change(|it| {
            let decor = it.decor();
            it.picture.update(
                it.editor.design(),
                &it.layout,
                &decor,
                &Changed::default(),
                &BTreeSet::new(),
            )
        });
        self.put(patches.unwrap_or_default());
        self.follow();
    }

    /// Patches go to the screen together, once a picture.
    fn put(self, patches: Vec<Patch>) {
        if patches.is_empty() || self.drawing.with_value(Option::is_none) {
            return;
        }
        let was_empty = self.waiting.try_update_value(|waiting| {
            let was_empty = waiting.is_empty();
            waiting.extend(patches);
            was_empty
        });
        if was_empty == Some(true) {
            next_frame(move || {
                let patches = self.waiting.try_update_value(std::mem::take).unwrap_or_default();
                self.drawing.try_update_value(|drawing| {
                    if let Some(drawing) = drawing {
                        drawing.apply(patches);
                    }
                });
            });
        }
    }

    /// The proxy and the grip lie over the current part.
    fn follow(self) {
        let rect = self.peek(|it| {
            it.editor
                .focus()
                .and_then(|item| it.rect(item))
                .map(|rect| it.on_stage(rect))
        });
        let is_part = self.peek(|it| matches!(it.editor.focus(), Some(Item::Part(_))));
        self.drawing.with_value(|drawing| {
            if let Some(drawing) = drawing {
                drawing.put(".proxy", rect.unwrap_or(Rect::new(8, 8, 44, 44)));
                drawing.set_grip(rect.filter(|_| is_part));
            }
        });
    }

    fn set_camera(self, camera: Camera) {
        let patches = self.change(|it| {
            it.camera = camera;
            it.picture.camera(camera)
        });
        self.put(patches.unwrap_or_default());
        self.follow();
    }

    fn fit(self) {
        let Some((width, height)) = self.drawing.with_value(|drawing| drawing.as_ref().map(Drawing::size)) else {
            return;
        };
        self.change(|it| it.is_fitted = true);
        let all = self.peek(|it| it.layout.bounds()).unwrap_or(Rect::new(0, 0, 320, 200));
        if width > 0 && height > 0 {
            self.set_camera(Camera::fit(all, width, height, 24));
        }
    }

    fn zoom(self, about: Option<Point>, thousandths: i32) {
        let Some((width, height)) = self.drawing.with_value(|drawing| drawing.as_ref().map(Drawing::size)) else {
            return;
        };
        self.change(|it| it.is_fitted = false);
        let camera = self.peek(|it| it.camera);
        let scale = i32::try_from(i64::from(camera.scale) * i64::from(thousandths) / 1000).unwrap_or(camera.scale);
        self.set_camera(camera.zoom(about.unwrap_or(Point::new(width / 2, height / 2)), scale));
    }

    /// Brings a place of the drawing into view.
    fn reveal(self, item: &Item) {
        let size = self.drawing.with_value(|drawing| drawing.as_ref().map(Drawing::size));
        let (Some((width, height)), Some(rect)) = (size, self.peek(|it| Some(it.on_stage(it.rect(item)?)))) else {
            return;
        };
        let room = Rect::new(0, 0, width, height);
        if room.covers(&rect) || (rect.w > width || rect.h > height) && room.overlaps(&rect) {
            return;
        }
        let centre = rect.centre();
        let camera = self.peek(|it| it.camera.pan(width / 2 - centre.x, height / 2 - centre.y));
        self.change(|it| it.is_fitted = false);
        self.set_camera(camera);
    }

    // --- what pointers do --------------------------------------------------------------------------------------------

    fn happens(self, happening: Happening) {
        match happening {
            Happening::Gesture(gesture) => self.gesture(gesture),
            Happening::Zoom(point, by) => self.zoom(Some(point), if by < 0.0 { 1100 } else { 909 }),
            Happening::Resized => self.resized(),
        }
    }

    /// The room is another. Where only the settings came or went beside the drawing, it stays where it is: nothing moves
    /// under a hand.
    fn resized(self) {
        let size = self.drawing.with_value(|drawing| drawing.as_ref().map(Drawing::size));
        let Some(size) = size.filter(|(width, height)| *width > 0 && *height > 0) else {
            return;
        };
        let before = self
            .change(|it| std::mem::replace(&mut it.size, size))
            .unwrap_or_default();
        let is_beside = before.1 == size.1 && before.0 > 0 && self.peek(|it| it.editor.focus().is_some());
        if !is_beside && self.peek(|it| it.is_fitted) {
            self.fit();
        } else if let Some(item) = self.peek(|it| it.editor.focus().cloned().filter(|_| !it.machine.is_busy())) {
            self.reveal(&item);
        }
    }

    /// Takes what a pointer did, or what a button began for one.
    pub(super) fn gesture(self, gesture: Gesture) {
        if let Gesture::Down(pointer) = &gesture {
            let id = pointer.id;
            self.change(|it| it.pointer = id);
            if self.change(|it| it.editor.cancel()) == Some(true) {
                self.changed.notify();
            }
        }
        let outs = self.change(|it| {
            let selection = it.editor.selection();
            let sight = Sight {
                design: it.editor.design(),
                layout: &it.layout,
                selection: &selection,
                camera: it.camera,
            };
            it.machine.step(gesture, sight)
        });
        for out in outs.unwrap_or_default() {
            self.out(out);
        }
        let is_busy = self.peek(|it| it.machine.is_busy());
        self.drawing.with_value(|drawing| {
            if let Some(drawing) = drawing {
                drawing.set_busy(is_busy);
            }
        });
    }

    fn out(self, out: Out) {
        let patches = match out {
            Out::Run(command) => return self.run(command),
            Out::Select(items) => {
                self.change(|it| {
                    let first = items.iter().next().cloned();
                    let focus = it
                        .editor
                        .focus()
                        .filter(|item| items.contains(*item))
                        .cloned()
                        .or(first);
                    it.editor.set_focus(focus);
                    it.editor.choose(if items.len() > 1 { items } else { BTreeSet::new() });
                });
                self.decorate();
                self.changed.notify();
                // The keys go on from where the pointer was.
                focus::later(".proxy:not([hidden])");
                return;
            }
            Out::Camera(camera) => {
                self.change(|it| it.is_fitted = false);
                return self.set_camera(camera);
            }
            Out::Lift(parts) => self.change(|it| it.picture.drag_start(it.editor.design(), &it.layout, &parts)),
            Out::Drag {
                dx,
                dy,
                landing,
                guides,
            } => {
                let patches = self.change(|it| {
                    let refused = landing.drop.allowed.is_err();
                    let mut patches = it
                        .picture
                        .drag_step(&it.layout, dx, dy, landing.drop.parent.as_ref(), refused);
                    patches.extend(it.picture.guides(&guides));
                    patches
                });
                self.landing(Some(&landing));
                patches
            }
            Out::Lower => {
                self.landing(None);
                self.change(|it| {
                    let mut patches = it.picture.drag_end();
                    patches.extend(it.picture.guides(&[]));
                    patches
                })
            }
            Out::Ghost(ghost) => {
                let patches = self.change(|it| {
                    let mut patches = it.picture.ghost(ghost.as_ref().map(|(_, rect, _)| *rect));
                    let landing = ghost.as_ref().map(|(.., landing)| &landing.drop);
                    let (parent, refused) =
                        landing.map_or((None, false), |drop| (drop.parent.as_ref(), drop.allowed.is_err()));
                    patches.extend(it.picture.target(&it.layout, parent, refused));
                    patches
                });
                if let Some((.., landing)) = &ghost {
                    self.landing(Some(landing));
                }
                patches
            }
            Out::Frame(frame) => self.change(|it| it.picture.ghost(frame)),
            Out::Border(border) => self.change(|it| it.picture.ghost(border.map(|(_, rect)| rect))),
            Out::Line(line) => {
                let refused = match &line {
                    Some((_, _, Err(reason))) => Some((reason.0.clone(), true)),
                    _ => None,
                };
                if refused.is_some() {
                    self.status.set(refused);
                }
                self.change(|it| {
                    let target = match &line {
                        Some((_, _, Ok(target))) => target.clone(),
                        _ => None,
                    };
                    let mut patches = it.picture.line(line.map(|(from, to, _)| (from, to)));
                    patches.extend(it.picture.target(&it.layout, target.as_ref(), false));
                    patches
                })
            }
            Out::Refuse(reason) => {
                self.status.set(Some((reason.0.clone(), true)));
                return self.port.tell("warn", "", &reason.0);
            }
            Out::Capture(keep) => {
                let pointer = self.peek(|it| it.pointer);
                return self.drawing.with_value(|drawing| {
                    if let Some(drawing) = drawing {
                        drawing.capture(pointer, keep);
                    }
                });
            }
            Out::Status(text) => {
                if let Some(text) = &text {
                    self.say(text);
                }
                return self.status.set(text.map(|text| (text, false)));
            }
        };
        self.put(patches.unwrap_or_default());
    }

    fn landing(self, landing: Option<&Landing>) {
        let says = landing.map(|landing| match &landing.drop.allowed {
            Ok(()) => (["Into ", &landing.name, "."].concat(), false),
            Err(reason) => (reason.0.clone(), true),
        });
        if self.status.with_untracked(|before| *before != says) {
            self.status.set(says);
        }
    }

    /// The point of the stage under an event that was caught elsewhere, for what is dragged from the palette.
    pub(super) fn pointer(self, event: &leptos::ev::PointerEvent) -> Option<sandtable_architecture::editor::Pointer> {
        self.drawing
            .with_value(|drawing| drawing.as_ref().map(|drawing| drawing.pointer(event)))
    }

    // --- what keys and buttons do ------------------------------------------------------------------------------------

    /// A key on the canvas. True when it was ours.
    pub(super) fn key(self, press: Press) -> bool {
        let effects = self.change(|it| step(&mut it.editor, press)).unwrap_or_default();
        let is_ours = !effects.is_empty();
        self.effects(effects);
        is_ours
    }

    /// A key in the outline. True when it was ours.
    pub(super) fn outline_key(self, press: Press) -> bool {
        let effects = self.change(|it| {
            let states = it.states();
            let before = it.outline.clone();
            let effects = it.outline.step(&mut it.editor, &states, press);
            (effects, before != it.outline)
        });
        let (effects, moved) = effects.unwrap_or_default();
        let is_ours = moved || !effects.is_empty();
        self.effects(effects);
        if moved {
            self.changed.notify();
        }
        is_ours
    }

    /// Changes what the outline shows.
    pub(super) fn filter(self, change: impl FnOnce(&mut Outline)) {
        self.change(|it| change(&mut it.outline));
        self.changed.notify();
    }

    /// Starts an action: a button, a menu.
    pub(super) fn start(self, action: Action) {
        let effects = self.change(|it| it.editor.start(action));
        self.effects(effects.unwrap_or_default());
    }

    /// The same about one item.
    pub(super) fn start_on(self, action: Action, item: Item) {
        let effects = self.change(|it| it.editor.start_on(action, item));
        self.effects(effects.unwrap_or_default());
    }

    /// Ends a search or a carrying, and whatever a gesture has begun.
    pub(super) fn cancel(self) {
        self.change(|it| it.editor.cancel());
        self.gesture(Gesture::Escape);
        self.status.set(None);
        self.changed.notify();
    }

    /// Changes the design.
    pub(super) fn run(self, command: Command) {
        let effects = self.change(|it| it.editor.attempt(command));
        self.effects(effects.unwrap_or_default());
    }

    /// Takes what was put into a field. What it does not take is said beside it.
    pub(super) fn put_into(self, field: FieldId, given: Input) {
        let Some(item) = self.peek(|it| it.editor.focus().cloned()) else {
            return;
        };
        match self.peek(|it| input(it.design(), &item, field, given)) {
            Ok(command) => {
                self.refused.set(None);
                let effects = self.change(|it| it.editor.attempt(command)).unwrap_or_default();
                let refusal = effects.iter().find_map(|effect| match effect {
                    Effect::Said(text, Urgency::Assertive) => Some(text.clone()),
                    _ => None,
                });
                self.refused.set(refusal.map(|text| (field, text)));
                self.effects(effects);
            }
            Err(reason) => {
                self.port.tell("warn", "", &reason.0);
                self.refused.set(Some((field, reason.0)));
                // What the field holds is still what it was.
                self.changed.notify();
            }
        }
    }

    /// Goes to a part or a link where it can be seen, in the outline or on the canvas.
    pub(super) fn show_item(self, item: Item) {
        let in_outline = self.view.get_untracked() == View::Outline;
        if !in_outline {
            self.view.set(View::Canvas);
        }
        leptos::task::spawn_local(async move {
            // The canvas may have been away: it has no size before it is there.
            clock::sleep(std::time::Duration::ZERO).await;
            self.go_to(item);
            focus::later(if in_outline {
                ".outline [aria-selected]"
            } else {
                ".proxy:not([hidden])"
            });
        });
    }

    /// Goes to a part or a link.
    pub(super) fn go_to(self, item: Item) {
        self.change(|it| {
            it.editor.choose([]);
            it.editor.set_focus(Some(item.clone()));
        });
        self.decorate();
        // Near enough to be read.
        let scale = self.peek(|it| it.camera.scale);
        if scale < READABLE {
            self.zoom(
                None,
                i32::try_from(i64::from(READABLE) * 1000 / i64::from(scale.max(1))).unwrap_or(1000),
            );
        }
        self.reveal(&item);
        self.changed.notify();
        let said = self.peek(|it| proxy(it.design(), &item, it.states().get(&item).map_or("", String::as_str)));
        self.say(&said);
    }

    fn effects(self, effects: Vec<Effect>) {
        let mut is_new = false;
        for effect in effects {
            is_new = true;
            match effect {
                Effect::Said(text, Urgency::Polite) => self.say(&text),
                Effect::Said(text, Urgency::Assertive) => {
                    self.status.set(Some((text.clone(), true)));
                    self.port.tell("warn", "", &text);
                }
                Effect::Focus(item) => {
                    self.refused.set(None);
                    self.decorate();
                    self.reveal(&item);
                    self.turn_proxy();
                }
                Effect::NoFocus => {
                    self.refused.set(None);
                    self.decorate();
                }
                Effect::Selected => self.decorate(),
                Effect::Changed(items) => self.altered(items),
                Effect::Mode => self.mode(),
                Effect::Inspect(_) => {
                    self.is_open.set(true);
                    focus::later(".inspector :is(input, select):not([disabled])");
                }
                Effect::Rename(_) => {
                    self.is_open.set(true);
                    focus::later(".inspector input[name='name']");
                }
                Effect::Outline => {
                    self.view.set(View::Outline);
                    focus::later(".outline [tabindex='0']");
                }
                Effect::Zoom(Zoom::In) => self.zoom(None, 1250),
                Effect::Zoom(Zoom::Out) => self.zoom(None, 800),
                Effect::Zoom(Zoom::Fit) => self.fit(),
                Effect::Pan(x, y) => {
                    let camera = self.peek(|it| it.camera.pan(-8 * x, -8 * y));
                    self.change(|it| it.is_fitted = false);
                    self.set_camera(camera);
                }
                Effect::BreakIt(_) => {
                    self.view.set(if self.view.get_untracked() == View::Outline {
                        View::Outline
                    } else {
                        View::Rules
                    });
                    focus::later(".outage select");
                }
                Effect::Rows => {}
                Effect::Keys => focus::later(".keys summary"),
            }
        }
        if is_new {
            self.changed.notify();
        }
    }

    /// The design is another in these parts and links.
    fn altered(self, items: Vec<Item>) {
        let kept = self.change(|it| {
            let changed = it.layout.update(it.editor.design());
            it.is_old = it.report.is_some();
            if it.stage == Stage::Worked {
                it.report = Some(check(it.editor.design(), &it.exercise.task));
                it.is_old = false;
            }
            // What was broken may be gone.
            let broken = it.outage.broken.take();
            let still = sandtable_architecture::panel::breaks(it.editor.design(), &it.exercise.task);
            let broken = broken.and_then(|broken| still.into_iter().find(|other| other.id == broken.id));
            it.outage = Outage::of(it.editor.design(), &it.exercise.task, broken);
            let decor = it.decor();
            let items = items.into_iter().collect();
            let patches = it
                .picture
                .update(it.editor.design(), &it.layout, &decor, &changed, &items);
            let kept = it.state.keep(&it.exercise, it.stage, it.editor.design());
            (patches, kept)
        });
        let (patches, kept) = kept.unwrap_or_default();
        self.put(patches);
        self.follow();
        if let Some((item, text)) = kept {
            self.port.tell("change", &item, &text);
        }
        if self
            .status
            .with_untracked(|status| status.as_ref().is_some_and(|(_, is_refusal)| *is_refusal))
        {
            self.status.set(None);
        }
    }

    /// A search or a carrying began, went on or ended.
    fn mode(self) {
        enum Now {
            Search,
            Carry(Rect, Option<PartId>, String),
            Idle,
        }
        let now = self.peek(|it| match it.editor.mode() {
            Mode::Search(_) => Now::Search,
            Mode::Carry(carry) => {
                let origin = carry.parent.as_ref().and_then(|id| part_rect(&it.layout, id));
                let origin = origin.map_or(Point::default(), |rect| Point::new(rect.x, rect.y));
                let corner = origin.plus(carry.at.x * 8, carry.at.y * 8);
                let first = carry
                    .parts
                    .first()
                    .and_then(|id| part_rect(&it.layout, id))
                    .unwrap_or_default();
                let rect = Rect::new(corner.x, corner.y, first.w, first.h);
                Now::Carry(rect, carry.parent.clone(), carry.says(it.design()))
            }
            Mode::Idle => Now::Idle,
        });
        match now {
            Now::Search => {
                self.ghost(None, None);
                if self.view.get_untracked() != View::Canvas {
                    self.view.set(View::Canvas);
                }
                focus::later(".search input");
            }
            Now::Carry(rect, parent, says) => {
                self.ghost(Some(rect), parent);
                self.status
                    .set(Some(([&says, ". Arrows move, Enter puts it down."].concat(), false)));
            }
            Now::Idle => {
                self.ghost(None, None);
                self.status.set(None);
                focus::later(".proxy:not([hidden])");
            }
        }
    }

    fn ghost(self, rect: Option<Rect>, parent: Option<PartId>) {
        let patches = self.change(|it| {
            let mut patches = it.picture.ghost(rect);
            patches.extend(it.picture.target(&it.layout, parent.as_ref(), false));
            patches
        });
        self.put(patches.unwrap_or_default());
    }

    /// The two proxies take turns, so that a screen reader hears of each part as of something new.
    fn turn_proxy(self) {
        if !focus::is_in(".proxy") {
            return;
        }
        let (second, _) = self.proxy.get_untracked();
        self.proxy.set((!second, true));
        leptos::task::spawn_local(async move {
            clock::sleep(std::time::Duration::ZERO).await;
            focus::now(if second { ".proxy.first" } else { ".proxy.second" });
            self.proxy.try_set((!second, false));
        });
    }

    /// What the proxy is called.
    pub(super) fn proxy_name(self) -> String {
        self.read(|it| match it.editor.focus() {
            Some(item) => proxy(it.design(), item, it.states().get(item).map_or("", String::as_str)),
            None if it.design().parts.is_empty() => "Empty board. Press A to add a part.".to_owned(),
            None => format!("Board, {} parts. Arrow keys go through them.", it.design().parts.len()),
        })
    }

    // --- checking, help, breaking ------------------------------------------------------------------------------------

    /// Judges what is on the board: an attempt.
    pub(super) fn check(self) {
        let told = self.change(|it| {
            let report = check(it.editor.design(), &it.exercise.task);
            let item = it.exercise.item(it.stage)?;
            let seconds = clock::now().saturating_sub(it.opened) / 1000;
            let told = checked(item, report.fraction, it.editor.design(), it.hints.taken(), seconds);
            let id = item.id.clone();
            it.state
                .scored(&it.exercise, it.stage, u64::from(whole_percent(report.fraction)));
            it.report = Some(report);
            it.is_old = false;
            Some((id, told))
        });
        if let Some((item, text)) = told.flatten() {
            self.port.tell("check", &item, &text);
        }
        self.decorate();
        self.changed.notify();
        let says = self.peek(|it| verdict(it.task(), it.report.as_ref(), it.is_old));
        self.say(&format!("{} {}", says.lead, says.rest));
    }

    /// The next step of help, for the rule that needs it first.
    pub(super) fn hint(self) {
        let taken = self.change(|it| {
            let report = check(it.editor.design(), &it.exercise.task);
            let rule = it.hints.next(&it.exercise.task, &report)?;
            it.hints.take(&it.exercise.task, rule);
            Some(rule)
        });
        self.changed.notify();
        match taken.flatten() {
            Some(rule) => {
                if self.view.get_untracked() != View::Outline {
                    self.view.set(View::Rules);
                }
                self.say(&format!("Hint shown at rule {}.", rule + 1));
                focus::later(format!(".rules li:nth-child({}) .hint-list li:last-child", rule + 1));
            }
            None => self.say("There is no further hint."),
        }
    }

    /// Breaks something on purpose, or mends it.
    pub(super) fn break_it(self, broken: Option<Break>) {
        self.change(|it| it.outage = Outage::of(it.editor.design(), &it.exercise.task, broken));
        self.decorate();
        self.changed.notify();
        let says = self.peek(|it| it.outage.says());
        self.say(&says);
    }

    /// Puts the stage back to how it began. Undo takes it back.
    pub(super) fn start_again(self) {
        let board = self.peek(|it| it.exercise.board(it.stage).clone());
        self.run(Command::Load(Box::new(board)));
    }

    pub(super) fn say(self, text: &str) {
        self.port.tell("say", "", text);
    }

    /// The name of a part or a link.
    pub(super) fn name(self, item: &Item) -> String {
        let link = |design: &Design, id: &LinkId| {
            let ends = design
                .links
                .get(id)
                .map(|link| (design.name(&link.from), design.name(&link.to)));
            ends.map_or_else(String::new, |(from, to)| format!("{from} to {to}"))
        };
        self.peek(|it| match item {
            Item::Part(id) => it.design().name(id),
            Item::Link(id) => link(it.design(), id),
        })
    }
}
