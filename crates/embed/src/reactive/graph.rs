use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// A place in the graph. It outlives what stands there: then nothing is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Id {
    at: usize,
    serial: u64,
}

/// Whether something has to be computed anew.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Clean,
    /// Something that it rests on may have changed.
    Asks,
    /// Something that it rests on has changed.
    Stale,
}

struct Node {
    serial: u64,
    value: Rc<dyn Any>,
    /// Computes it anew, and says whether it is another now.
    run: Option<Rc<dyn Fn() -> bool>>,
    is_effect: bool,
    mark: Mark,
    sources: Vec<Id>,
    followers: Vec<Id>,
    owned: Vec<Id>,
    cleanups: Vec<Box<dyn FnOnce()>>,
    /// What whoever made the scope said of it.
    here: Option<Rc<dyn Any>>,
}

#[derive(Default)]
struct Graph {
    nodes: RefCell<Vec<Option<Node>>>,
    free: RefCell<Vec<usize>>,
    serial: Cell<u64>,
    observer: Cell<Option<Id>>,
    owner: Cell<Option<Id>>,
    waiting: RefCell<Vec<Id>>,
    is_scheduled: Cell<bool>,
    schedule: Cell<Option<fn()>>,
}

thread_local! {
    static GRAPH: Graph = Graph::default();
}

/// Who calls [`flush`] once the code that runs now is through.
pub(crate) fn schedule_by(schedule: fn()) {
    GRAPH.with(|graph| graph.schedule.set(Some(schedule)));
}

/// A part of the graph that is disposed of as a whole; `here` is what [`here`] gives inside it.
pub(crate) fn scope(here: Rc<dyn Any>) -> Id {
    let id = add(Rc::new(()), None, false);
    with_node(id, |node| node.here = Some(here));
    id
}

/// What stands around: of the scope that owns what runs now.
pub(crate) fn here() -> Option<Rc<dyn Any>> {
    owner().and_then(|id| with_node(id, |node| node.here.clone())).flatten()
}

/// Who owns what is made now.
pub(crate) fn owner() -> Option<Id> {
    GRAPH.with(|graph| graph.owner.get())
}

/// Runs something as if it stood inside an owner, without being told of changes. Nothing is run where that is gone.
pub(crate) fn inside(id: Option<Id>, run: &mut dyn FnMut()) {
    if id.is_none_or(|id| with_node(id, |_| ()).is_some()) {
        as_if(id, None, run);
    }
}

/// Reads without being told of changes.
pub(crate) fn untrack<T>(read: impl FnOnce() -> T) -> T {
    let (mut read, mut out) = (Some(read), None);
    as_if(owner(), None, &mut || out = read.take().map(|read| read()));
    match out {
        Some(value) => value,
        None => gone(),
    }
}

/// Runs something when what is made now goes.
pub(crate) fn on_cleanup(run: impl FnOnce() + 'static) {
    fn erased(run: Box<dyn FnOnce()>) {
        if let Some(id) = owner() {
            with_node(id, |node| node.cleanups.push(run));
        }
    }
    erased(Box::new(run));
}

/// Something was read that is not there any more: as with Leptos, that is a fault of the view.
pub(super) fn gone() -> ! {
    panic!("read after it was taken off the page")
}

fn as_if(owner: Option<Id>, observer: Option<Id>, run: &mut dyn FnMut()) {
    let before = GRAPH.with(|graph| (graph.owner.replace(owner), graph.observer.replace(observer)));
    run();
    GRAPH.with(|graph| {
        graph.owner.set(before.0);
        graph.observer.set(before.1);
    });
}

/// Looks at a node. Nothing of ours may be called meanwhile.
fn with_node<T>(id: Id, look: impl FnOnce(&mut Node) -> T) -> Option<T> {
    GRAPH.with(|graph| {
        let mut nodes = graph.nodes.borrow_mut();
        let node = nodes.get_mut(id.at)?.as_mut().filter(|node| node.serial == id.serial)?;
        Some(look(node))
    })
}

pub(super) fn add(value: Rc<dyn Any>, run: Option<Rc<dyn Fn() -> bool>>, is_effect: bool) -> Id {
    GRAPH.with(|graph| {
        let serial = graph.serial.get() + 1;
        graph.serial.set(serial);
        let owner = graph.owner.get();
        let here = here();
        let node = Node {
            serial,
            value,
            run,
            is_effect,
            mark: Mark::Stale,
            sources: Vec::new(),
            followers: Vec::new(),
            owned: Vec::new(),
            cleanups: Vec::new(),
            here,
        };
        let mut nodes = graph.nodes.borrow_mut();
        let at = graph.free.borrow_mut().pop().unwrap_or(nodes.len());
        match nodes.get_mut(at) {
            Some(place) => *place = Some(node),
            None => nodes.push(Some(node)),
        }
        drop(nodes);
        let id = Id { at, serial };
        if let Some(owner) = owner {
            with_node(owner, |node| node.owned.push(id));
        }
        id
    })
}

/// What a node holds, up to date.
pub(super) fn read(id: Id) -> Option<Rc<dyn Any>> {
    refresh(id);
    with_node(id, |node| node.value.clone())
}

/// Whoever computes now is told when this changes.
pub(super) fn track(id: Id) {
    let Some(observer) = GRAPH.with(|graph| graph.observer.get()) else {
        return;
    };
    // First: what it becomes now is no change for whoever is about to read it.
    refresh(id);
    let is_new = with_node(id, |node| {
        let is_new = !node.followers.contains(&observer);
        if is_new {
            node.followers.push(observer);
        }
        is_new
    });
    if is_new == Some(true) {
        with_node(observer, |node| node.sources.push(id));
    }
}

/// Something has changed: whoever rests on it is told.
pub(super) fn changed(id: Id) {
    tell(id, Mark::Stale);
    GRAPH.with(|graph| {
        if !graph.waiting.borrow().is_empty()
            && !graph.is_scheduled.replace(true)
            && let Some(schedule) = graph.schedule.get()
        {
            schedule();
        }
    });
}

fn tell(id: Id, mark: Mark) {
    for follower in with_node(id, |node| node.followers.clone()).unwrap_or_default() {
        let before = with_node(follower, |node| {
            let before = node.mark;
            if before != Mark::Stale {
                node.mark = mark;
            }
            (before, node.is_effect)
        });
        match before {
            Some((Mark::Clean, true)) => wait(follower),
            Some((Mark::Clean, false)) => tell(follower, Mark::Asks),
            _ => {}
        }
    }
}

fn wait(id: Id) {
    GRAPH.with(|graph| graph.waiting.borrow_mut().push(id));
}

/// Runs all effects that wait, the oldest first: what a younger one stands in may go with it.
pub(crate) fn flush() {
    GRAPH.with(|graph| graph.is_scheduled.set(false));
    loop {
        let next = GRAPH.with(|graph| {
            let mut waiting = graph.waiting.borrow_mut();
            let at = (0..waiting.len()).min_by_key(|at| waiting.get(*at).map(|id| id.serial))?;
            Some(waiting.swap_remove(at))
        });
        match next {
            Some(id) => refresh(id),
            None => return,
        }
    }
}

/// Has an effect run for the first time with the next flush.
pub(super) fn later(id: Id) {
    wait(id);
    GRAPH.with(|graph| {
        if !graph.is_scheduled.replace(true)
            && let Some(schedule) = graph.schedule.get()
        {
            schedule();
        }
    });
}

/// Computes anew what has to be.
pub(crate) fn refresh(id: Id) {
    if with_node(id, |node| node.mark) == Some(Mark::Asks) {
        for source in with_node(id, |node| node.sources.clone()).unwrap_or_default() {
            refresh(source);
            if with_node(id, |node| node.mark) != Some(Mark::Asks) {
                break;
            }
        }
        with_node(id, |node| {
            if node.mark == Mark::Asks {
                node.mark = Mark::Clean;
            }
        });
    }
    let stale = with_node(id, |node| {
        let is_stale = node.mark == Mark::Stale;
        node.mark = Mark::Clean;
        node.run.clone().filter(|_| is_stale)
    });
    let Some(run) = stale.flatten() else { return };
    empty(id);
    let mut is_other = false;
    as_if(Some(id), Some(id), &mut || is_other = run());
    if is_other {
        for follower in with_node(id, |node| node.followers.clone()).unwrap_or_default() {
            with_node(follower, |node| node.mark = Mark::Stale);
        }
    }
}

/// Takes a node out of the graph with all that it owns.
pub(crate) fn dispose(id: Id) {
    empty(id);
    let node = GRAPH.with(|graph| {
        let mut nodes = graph.nodes.borrow_mut();
        let place = nodes.get_mut(id.at)?;
        let node = place.take_if(|node| node.serial == id.serial)?;
        graph.free.borrow_mut().push(id.at);
        Some(node)
    });
    // Dropped here, when nothing is borrowed: what it holds may want to look at the graph.
    drop(node);
}

/// What a node rests on, and what it owns, goes.
fn empty(id: Id) {
    let Some((sources, owned, cleanups)) = with_node(id, |node| {
        (
            std::mem::take(&mut node.sources),
            std::mem::take(&mut node.owned),
            std::mem::take(&mut node.cleanups),
        )
    }) else {
        return;
    };
    for source in sources {
        with_node(source, |node| node.followers.retain(|follower| *follower != id));
    }
    for cleanup in cleanups {
        cleanup();
    }
    for owned in owned {
        dispose(owned);
    }
}

/// How many nodes there are.
#[cfg(test)]
pub(super) fn count() -> usize {
    GRAPH.with(|graph| graph.nodes.borrow().iter().flatten().count())
}
