use std::cmp::Ordering;

/// Sorts a list; what is equal keeps its order.
pub(crate) fn sort<T: Ord>(items: &mut [T]) {
    sort_by(items, T::cmp);
}

/// Sorts a list by a key; what is equal keeps its order.
pub(crate) fn sort_by_key<T, K: Ord>(items: &mut [T], mut key: impl FnMut(&T) -> K) {
    sort_by(items, |a, b| key(a).cmp(&key(b)));
}

fn sort_by<T>(items: &mut [T], mut compare: impl FnMut(&T, &T) -> Ordering) {
    let swaps = swaps(items.len(), &mut |a, b| match (items.get(a), items.get(b)) {
        (Some(a), Some(b)) => compare(a, b),
        _ => Ordering::Equal,
    });
    for (a, b) in swaps {
        items.swap(a, b);
    }
}

/// The one sort there is: of places, whatever stands at them. Gives the swaps that bring each thing to its place.
#[inline(never)]
fn swaps(length: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<(usize, usize)> {
    let mut order: Vec<usize> = (0..length).collect();
    let mut merged = Vec::with_capacity(length);
    let mut width = 1;
    while width < length {
        let mut start = 0;
        while start < length {
            let end = length.min(start + 2 * width);
            let middle = end.min(start + width);
            let (mut a, mut b) = (start, middle);
            while a < middle || b < end {
                let takes_first = b >= end || a < middle && compare(order[a], order[b]) != Ordering::Greater;
                let taken = if takes_first { &mut a } else { &mut b };
                merged.push(order[*taken]);
                *taken += 1;
            }
            start = end;
        }
        std::mem::swap(&mut order, &mut merged);
        merged.clear();
        width *= 2;
    }
    // Round by round: what belongs here comes from there, and what belongs there from farther on.
    let mut swaps = Vec::new();
    for first in 0..length {
        let mut here = first;
        loop {
            let there = std::mem::replace(&mut order[here], here);
            if there == first || there == here {
                break;
            }
            swaps.push((here, there));
            here = there;
        }
    }
    swaps
}
