use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

use sandtable_progress::{Shelf, ShelfError};

/// A shelf that fails as browsers do. Clones share everything: the same tab, or the same storage after a reload.
#[derive(Clone, Default)]
pub(crate) struct FakeShelf(Rc<RefCell<Inner>>);

#[derive(Default)]
struct Inner {
    map: BTreeMap<String, String>,
    /// UTF-16 units for keys and values, as browsers count; `None` for no limit.
    room: Option<usize>,
    calls: usize,
    sets: usize,
    fault: Option<Fault>,
    log: Vec<String>,
}

/// Which calls fail, counted from 0, and how.
#[derive(Clone)]
pub(crate) struct Fault {
    pub(crate) from: usize,
    pub(crate) until: usize,
    pub(crate) only_writes: bool,
    pub(crate) error: ShelfError,
}

impl FakeShelf {
    pub(crate) fn holding(values: &[(&str, &str)]) -> Self {
        let shelf = FakeShelf::default();
        for (key, value) in values {
            shelf.put(key, value);
        }
        shelf
    }

    pub(crate) fn fail(&self, fault: Option<Fault>) {
        let mut inner = self.0.borrow_mut();
        inner.calls = 0;
        inner.fault = fault;
    }

    pub(crate) fn always(&self, error: ShelfError) {
        self.fail(Some(Fault {
            from: 0,
            until: usize::MAX,
            only_writes: false,
            error,
        }));
    }

    pub(crate) fn never_write(&self, error: ShelfError) {
        self.fail(Some(Fault {
            from: 0,
            until: usize::MAX,
            only_writes: true,
            error,
        }));
    }

    pub(crate) fn room(&self, room: Option<usize>) {
        self.0.borrow_mut().room = room;
    }

    /// Past the fault, as another program would.
    pub(crate) fn put(&self, key: &str, value: &str) {
        self.0.borrow_mut().map.insert(key.into(), value.into());
    }

    pub(crate) fn take(&self, key: &str) {
        self.0.borrow_mut().map.remove(key);
    }

    pub(crate) fn at(&self, key: &str) -> Option<String> {
        self.0.borrow().map.get(key).cloned()
    }

    pub(crate) fn all(&self) -> BTreeMap<String, String> {
        self.0.borrow().map.clone()
    }

    pub(crate) fn sets(&self) -> usize {
        self.0.borrow().sets
    }

    /// The keys written so far, in order.
    pub(crate) fn log(&self) -> Vec<String> {
        self.0.borrow().log.clone()
    }

    fn call(&self, writes: bool) -> Result<(), ShelfError> {
        let mut inner = self.0.borrow_mut();
        let n = inner.calls;
        inner.calls += 1;
        match &inner.fault {
            Some(fault) if (fault.from..fault.until).contains(&n) && (writes || !fault.only_writes) => {
                Err(fault.error.clone())
            }
            _ => Ok(()),
        }
    }
}

impl Shelf for FakeShelf {
    fn get(&self, key: &str) -> Result<Option<String>, ShelfError> {
        self.call(false)?;
        Ok(self.at(key))
    }

    fn set(&self, key: &str, value: &str) -> Result<(), ShelfError> {
        self.call(true)?;
        let mut inner = self.0.borrow_mut();
        let units = |text: &str| text.encode_utf16().count();
        let others = inner
            .map
            .iter()
            .filter(|(k, _)| *k != key)
            .map(|(k, v)| units(k) + units(v))
            .sum::<usize>();
        if inner.room.is_some_and(|room| others + units(key) + units(value) > room) {
            return Err(ShelfError::Full);
        }
        inner.sets += 1;
        inner.log.push(key.into());
        inner.map.insert(key.into(), value.into());
        Ok(())
    }

    fn remove(&self, key: &str) -> Result<(), ShelfError> {
        panic!("the keeper must not remove {key}");
    }

    fn keys(&self) -> Result<Vec<String>, ShelfError> {
        self.call(false)?;
        Ok(self.0.borrow().map.keys().cloned().collect())
    }
}

/// localStorage as several processes see it: each tab reads its own copy, a write reaches the others later, and the
/// last write to arrive is what stays.
#[derive(Clone, Default)]
pub(crate) struct Storage(Rc<RefCell<World>>);

#[derive(Default)]
struct World {
    writes: Vec<Write>,
    tabs: Vec<View>,
}

struct Write {
    key: String,
    value: String,
}

#[derive(Default)]
struct View {
    map: BTreeMap<String, String>,
    /// The number of the last own write to a key: foreign writes before it do not change what this tab sees.
    own: BTreeMap<String, usize>,
    inbox: VecDeque<usize>,
}

/// What one tab sees of a [`Storage`].
#[derive(Clone)]
pub(crate) struct Tab {
    storage: Storage,
    tab: usize,
}

impl Storage {
    pub(crate) fn tab(&self) -> Tab {
        let mut world = self.0.borrow_mut();
        world.tabs.push(View::default());
        Tab {
            storage: self.clone(),
            tab: world.tabs.len() - 1,
        }
    }

    pub(crate) fn writes(&self) -> usize {
        self.0.borrow().writes.len()
    }

    /// What a tab opened now would read.
    pub(crate) fn now(&self, key: &str) -> Option<String> {
        let world = self.0.borrow();
        world
            .writes
            .iter()
            .rev()
            .find(|write| write.key == key)
            .map(|write| write.value.clone())
    }
}

impl Tab {
    /// The next `storage` event, if one is under way.
    pub(crate) fn event(&self) -> Option<(String, String)> {
        let World { writes, tabs } = &mut *self.storage.0.borrow_mut();
        let view = &mut tabs[self.tab];
        let n = view.inbox.pop_front()?;
        let Write { key, value } = &writes[n];
        if view.own.get(key).is_none_or(|own| *own < n) {
            view.map.insert(key.clone(), value.clone());
        }
        Some((key.clone(), value.clone()))
    }
}

impl Shelf for Tab {
    fn get(&self, key: &str) -> Result<Option<String>, ShelfError> {
        Ok(self.storage.0.borrow().tabs[self.tab].map.get(key).cloned())
    }

    fn set(&self, key: &str, value: &str) -> Result<(), ShelfError> {
        let World { writes, tabs } = &mut *self.storage.0.borrow_mut();
        writes.push(Write {
            key: key.into(),
            value: value.into(),
        });
        for (tab, view) in tabs.iter_mut().enumerate() {
            if tab == self.tab {
                view.map.insert(key.into(), value.into());
                view.own.insert(key.into(), writes.len() - 1);
            } else {
                view.inbox.push_back(writes.len() - 1);
            }
        }
        Ok(())
    }

    fn remove(&self, key: &str) -> Result<(), ShelfError> {
        panic!("the keeper must not remove {key}");
    }

    fn keys(&self) -> Result<Vec<String>, ShelfError> {
        Ok(self.storage.0.borrow().tabs[self.tab].map.keys().cloned().collect())
    }
}
