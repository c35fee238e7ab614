use std::any::Any;
use std::cell::RefCell;
use std::marker::PhantomData;
use std::rc::Rc;

use super::graph::{Id, add, changed, gone, later, read, track, untrack};

/// Where a value lies; here there is one place, and the name is Leptos'.
#[derive(Debug)]
pub(crate) struct LocalStorage;

fn cell<T: 'static>(id: Id) -> Option<Rc<RefCell<T>>> {
    read(id)?.downcast().ok()
}

fn put<T: 'static>(value: T) -> Rc<dyn Any> {
    Rc::new(RefCell::new(value))
}

fn look<T: 'static, U>(id: Id, look: impl FnOnce(&T) -> U) -> U {
    match cell::<T>(id) {
        Some(cell) => look(&cell.borrow()),
        None => gone(),
    }
}

macro_rules! handle {
    ($($name:ident)*) => {$(
        impl<T> Clone for $name<T> {
            fn clone(&self) -> Self {
                *self
            }
        }
        impl<T> Copy for $name<T> {}
    )*};
}

handle!(RwSignal Memo Signal Callback);

/// A value that can be set.
pub(crate) struct RwSignal<T>(Id, PhantomData<fn() -> T>);

impl<T: 'static> RwSignal<T> {
    pub(crate) fn new(value: T) -> Self {
        RwSignal(add(put(value), None, false), PhantomData)
    }

    pub(crate) fn set(self, value: T) {
        self.try_set(value);
    }

    /// Gives the value back where there is nothing to set any more.
    pub(crate) fn try_set(self, value: T) -> Option<T> {
        let Some(cell) = cell::<T>(self.0) else {
            return Some(value);
        };
        let before = cell.replace(value);
        changed(self.0);
        drop(before);
        None
    }

    pub(crate) fn with<U>(self, read: impl FnOnce(&T) -> U) -> U {
        track(self.0);
        look(self.0, read)
    }

    pub(crate) fn with_untracked<U>(self, read: impl FnOnce(&T) -> U) -> U {
        look(self.0, read)
    }

    pub(crate) fn get(self) -> T
    where
        T: Clone,
    {
        self.with(T::clone)
    }

    pub(crate) fn get_untracked(self) -> T
    where
        T: Clone,
    {
        look(self.0, T::clone)
    }
}

/// A value that follows from others, computed when one of them has changed and somebody asks.
pub(crate) struct Memo<T>(Id, PhantomData<fn() -> T>);

impl<T: PartialEq + 'static> Memo<T> {
    pub(crate) fn new(compute: Box<dyn Fn() -> T>) -> Self {
        let value = Rc::new(RefCell::new(None::<T>));
        let run = {
            let value = value.clone();
            move || {
                let now = Some(compute());
                let is_other = *value.borrow() != now;
                if is_other {
                    let before = value.replace(now);
                    drop(before);
                }
                is_other
            }
        };
        Memo(add(value, Some(Rc::new(run)), false), PhantomData)
    }

    pub(crate) fn with<U>(self, read: impl FnOnce(&T) -> U) -> U {
        track(self.0);
        self.with_untracked(read)
    }

    pub(crate) fn with_untracked<U>(self, read: impl FnOnce(&T) -> U) -> U {
        look::<Option<T>, U>(self.0, |value| match value {
            Some(value) => read(value),
            None => gone(),
        })
    }

    pub(crate) fn get(self) -> T
    where
        T: Clone,
    {
        self.with(T::clone)
    }
}

/// A value that is computed at every reading.
pub(crate) struct Signal<T>(Id, PhantomData<fn() -> T>);

impl<T: 'static> Signal<T> {
    pub(crate) fn derive(compute: Box<dyn Fn() -> T>) -> Self {
        Signal(add(Rc::new(compute), None, false), PhantomData)
    }

    pub(crate) fn get(self) -> T {
        match read(self.0).and_then(|value| value.downcast::<Box<dyn Fn() -> T>>().ok()) {
            Some(compute) => compute(),
            None => gone(),
        }
    }

    pub(crate) fn get_untracked(self) -> T {
        untrack(|| self.get())
    }

    pub(crate) fn with<U>(self, read: impl FnOnce(&T) -> U) -> U {
        read(&self.get())
    }
}

/// A value that tells nobody of changes, for closures that share it.
pub(crate) struct StoredValue<T, S = ()>(Id, PhantomData<fn() -> (T, S)>);

impl<T, S> Clone for StoredValue<T, S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T, S> Copy for StoredValue<T, S> {}

impl<T: 'static> StoredValue<T> {
    pub(crate) fn new(value: T) -> Self {
        StoredValue(add(put(value), None, false), PhantomData)
    }
}

impl<T: 'static> StoredValue<T, LocalStorage> {
    pub(crate) fn new_local(value: T) -> Self {
        StoredValue(add(put(value), None, false), PhantomData)
    }
}

impl<T: 'static, S> StoredValue<T, S> {
    pub(crate) fn with_value<U>(self, read: impl FnOnce(&T) -> U) -> U {
        look(self.0, read)
    }

    pub(crate) fn get_value(self) -> T
    where
        T: Clone,
    {
        look(self.0, T::clone)
    }

    /// Nothing where it is gone: whoever cleans up may be the last.
    pub(crate) fn set_value(self, value: T) {
        if let Some(cell) = cell::<T>(self.0) {
            let before = cell.replace(value);
            drop(before);
        }
    }

    pub(crate) fn try_update_value<U>(self, change: impl FnOnce(&mut T) -> U) -> Option<U> {
        cell::<T>(self.0).map(|cell| change(&mut cell.borrow_mut()))
    }
}

/// Something that can be called from anywhere. What it reads is nobody's business.
pub(crate) struct Callback<T>(Id, PhantomData<fn(T)>);

impl<T: 'static> Callback<T> {
    pub(crate) fn new(run: impl Fn(T) + 'static) -> Self {
        let run: Box<dyn Fn(T)> = Box::new(run);
        Callback(add(Rc::new(run), None, false), PhantomData)
    }

    pub(crate) fn run(self, value: T) {
        if let Some(run) = read(self.0).and_then(|run| run.downcast::<Box<dyn Fn(T)>>().ok()) {
            untrack(|| run(value));
        }
    }
}

/// Something that is done again whenever what it reads has changed.
pub(crate) struct Effect;

impl Effect {
    /// Runs later for the first time, and is given what it returned the last time.
    #[allow(clippy::new_ret_no_self)] // the name is Leptos'
    pub(crate) fn new<T: 'static>(mut run: impl FnMut(Option<T>) -> T + 'static) {
        let mut before = None;
        later(effect(Box::new(move || {
            let now = run(before.take());
            before = Some(now);
        })));
    }
}

/// The same at once, for whoever draws.
pub(crate) fn effect(run: Box<dyn FnMut()>) -> Id {
    let run = RefCell::new(run);
    let run = move || {
        // Taken while it runs already: then it is asked for again by what it has changed itself.
        if let Ok(mut run) = run.try_borrow_mut() {
            run();
        }
        false
    };
    add(Rc::new(()), Some(Rc::new(run)), true)
}
