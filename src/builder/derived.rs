use std::any::Any;
use std::marker::PhantomData;
use std::sync::Arc;

use leptos::prelude::*;

use crate::dom::memo;

/// Something derived that tells only of real changes. Whatever its type, it is one type of memo underneath: each further
/// one would be 4 KB of machinery, and a builder has twenty.
pub(super) struct Derived<T>(Memo<Held>, PhantomData<fn() -> T>);

impl<T> Clone for Derived<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Derived<T> {}

#[derive(Clone)]
struct Held(Arc<dyn Holds>);

trait Holds: Send + Sync {
    fn is(&self, other: &dyn Any) -> bool;
    fn any(&self) -> &dyn Any;
}

impl<T: PartialEq + Send + Sync + 'static> Holds for T {
    fn is(&self, other: &dyn Any) -> bool {
        other.downcast_ref::<T>().is_some_and(|other| self == other)
    }

    fn any(&self) -> &dyn Any {
        self
    }
}

impl PartialEq for Held {
    fn eq(&self, other: &Self) -> bool {
        self.0.is(other.0.as_ref().any())
    }
}

impl<T: PartialEq + Send + Sync + 'static> Derived<T> {
    pub(super) fn new(read: impl Fn() -> T + Send + Sync + 'static) -> Self {
        Derived(memo(move || Held(Arc::new(read()))), PhantomData)
    }

    /// Reads it, and is told of changes. `None` only after the page is gone.
    pub(super) fn try_with<U>(self, read: impl FnOnce(&T) -> U) -> Option<U> {
        let held = self.0.try_get()?;
        held.0.as_ref().any().downcast_ref::<T>().map(read)
    }
}

impl<T: PartialEq + Send + Sync + Default + Clone + 'static> Derived<T> {
    /// What it is now.
    pub(super) fn get(self) -> T {
        self.try_with(T::clone).unwrap_or_default()
    }

    /// What it is now, without being told of changes.
    pub(super) fn get_untracked(self) -> T {
        untrack(|| self.get())
    }
}

impl<T: PartialEq + Send + Sync + Default + 'static> Derived<T> {
    /// Reads it, and is told of changes.
    pub(super) fn with<U>(self, read: impl FnOnce(&T) -> U) -> U {
        match self.0.try_get() {
            Some(held) => match held.0.as_ref().any().downcast_ref::<T>() {
                Some(value) => read(value),
                None => read(&T::default()),
            },
            None => read(&T::default()),
        }
    }
}
