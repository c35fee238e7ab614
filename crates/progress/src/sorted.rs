/// A map by name that is a sorted list: records are small, and each type of map costs a page several KB.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Sorted<T>(Vec<(String, T)>);

impl<T> Default for Sorted<T> {
    fn default() -> Self {
        Sorted(Vec::new())
    }
}

impl<T> Sorted<T> {
    fn place(&self, name: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|(other, _)| other.as_str().cmp(name))
    }

    pub(crate) fn get(&self, name: &str) -> Option<&T> {
        let at = self.place(name).ok()?;
        self.0.get(at).map(|(_, it)| it)
    }

    pub(crate) fn get_mut(&mut self, name: &str) -> Option<&mut T> {
        let at = self.place(name).ok()?;
        self.0.get_mut(at).map(|(_, it)| it)
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.place(name).is_ok()
    }

    /// Puts something under a name, in place of what was there.
    pub(crate) fn put(&mut self, name: &str, it: T) {
        match self.place(name) {
            Ok(at) => {
                if let Some((_, place)) = self.0.get_mut(at) {
                    *place = it;
                }
            }
            Err(at) => self.0.insert(at, (name.to_owned(), it)),
        }
    }

    pub(crate) fn get_or_default(&mut self, name: &str) -> &mut T
    where
        T: Default,
    {
        let at = match self.place(name) {
            Ok(at) => at,
            Err(at) => {
                self.0.insert(at, (name.to_owned(), T::default()));
                at
            }
        };
        &mut self.0[at].1
    }

    pub(crate) fn take(&mut self, name: &str) -> Option<T> {
        let at = self.place(name).ok()?;
        Some(self.0.remove(at).1)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &T)> {
        self.0.iter().map(|(name, it)| (name.as_str(), it))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_is_a_map(steps in prop::collection::vec(("[a-c]{0,2}", any::<u8>(), any::<bool>()), 0..30)) {
            let (mut sorted, mut map) = (Sorted::default(), BTreeMap::new());
            for (name, value, puts) in steps {
                if puts {
                    sorted.put(&name, value);
                    map.insert(name.clone(), value);
                } else {
                    prop_assert_eq!(sorted.take(&name), map.remove(&name));
                }
                prop_assert_eq!(sorted.get(&name).copied(), map.get(&name).copied());
                prop_assert_eq!(sorted.get_mut(&name), map.get_mut(&name));
                prop_assert_eq!((sorted.has(&name), sorted.is_empty()), (map.contains_key(&name), map.is_empty()));
                prop_assert!(sorted.iter().eq(map.iter().map(|(name, value)| (name.as_str(), value))));
            }
        }
    }
}
