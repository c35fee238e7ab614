use std::collections;

use proptest::prelude::*;

use super::{BTreeMap, BTreeSet, sort_by_key};

/// What is done to a map: put in, or taken out.
fn steps() -> impl Strategy<Value = Vec<(u8, Option<u8>)>> {
    prop::collection::vec((0..20_u8, any::<Option<u8>>()), 0..60)
}

proptest! {
    #[test]
    fn a_map_does_what_that_of_std_does(steps in steps()) {
        let (mut ours, mut theirs) = (BTreeMap::new(), collections::BTreeMap::new());
        for (key, value) in &steps {
            match value {
                Some(value) => prop_assert_eq!(ours.insert(*key, *value), theirs.insert(*key, *value)),
                None => prop_assert_eq!(ours.remove(key), theirs.remove(key)),
            }
            *ours.entry(key / 2).or_insert(7) /= 2;
            *theirs.entry(key / 2).or_insert(7) /= 2;
            prop_assert_eq!(ours.get(key), theirs.get(key));
        }
        prop_assert!(ours.iter().eq(theirs.iter()));
        prop_assert!(ours.keys().rev().eq(theirs.keys().rev()));
        let all: Vec<(u8, Option<u8>)> = steps.clone();
        let ours: BTreeMap<u8, Option<u8>> = all.iter().copied().collect();
        let theirs: collections::BTreeMap<u8, Option<u8>> = all.into_iter().collect();
        prop_assert!(ours.iter().eq(theirs.iter()));
    }

    #[test]
    fn a_set_does_what_that_of_std_does(a in prop::collection::vec(0..20_u8, 0..30), b in prop::collection::vec(0..20_u8, 0..30)) {
        let (ours, theirs): (BTreeSet<u8>, collections::BTreeSet<u8>) = (a.iter().copied().collect(), a.iter().copied().collect());
        let (more, theirs_more): (BTreeSet<u8>, collections::BTreeSet<u8>) = (b.iter().copied().collect(), b.iter().copied().collect());
        prop_assert!(ours.iter().eq(theirs.iter()));
        prop_assert!(ours.difference(&more).eq(theirs.difference(&theirs_more)));
        let union: BTreeSet<u8> = ours.union(&more).copied().collect();
        prop_assert!(union.iter().eq(theirs.union(&theirs_more)));
    }

    #[test]
    fn sorting_keeps_the_order_of_equals(items in prop::collection::vec((0..5_u8, any::<u8>()), 0..40)) {
        let mut ours = items.clone();
        let mut theirs = items;
        sort_by_key(&mut ours, |(key, _)| *key);
        theirs.sort_by_key(|(key, _)| *key);
        prop_assert_eq!(ours, theirs);
    }
}
