use crate::{Body, ItemView, Key, KeyBody, Piece, Verdict, grade};

/// How an item is laid out for one run: ids of the movable pieces in the order they are shown.
///
/// Options of a choice, tokens of a match, blocks of an order. The same seed gives the same layout on every machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Presentation {
    /// Ids, first to last.
    pub order: Vec<String>,
}

/// Lays an item out by a seed.
#[must_use]
pub fn present(view: &ItemView, seed: u64) -> Presentation {
    let (pieces, fixed) = match &view.body {
        Body::Choice { options, fixed, .. } => (options, *fixed),
        Body::Match { tokens, .. } => (tokens, false),
        Body::Order { blocks, .. } => (blocks, false),
    };
    let mut order: Vec<String> = ids(pieces);
    if !fixed {
        shuffle(&mut order, seed);
    }
    Presentation { order }
}

/// The first seed from `seed` on that does not lay an order out as its own solution.
///
/// A list that is right before anyone touched it would be a riddle without a question.
#[must_use]
pub fn fresh_seed(view: &ItemView, key: &Key, seed: u64) -> u64 {
    let seed = seed & MAX_SEED;
    if !matches!(key.body, KeyBody::Order { .. }) {
        return seed;
    }
    // A two-block order is right every other time; 64 tries in a row fail once in 10^19.
    (0..64)
        .map(|step| seed.wrapping_add(step) & MAX_SEED)
        .find(|seed| {
            let answer = crate::Answer::Order(present(view, *seed).order);
            !matches!(grade(view, key, *seed, &answer), Verdict::Scored { fraction, .. } if fraction >= 1.0)
        })
        .unwrap_or(seed)
}

/// Seeds stay below 2^53, so that every JSON reader keeps them whole.
const MAX_SEED: u64 = (1 << 53) - 1;

fn ids(pieces: &[Piece]) -> Vec<String> {
    pieces.iter().map(|piece| piece.id.clone()).collect()
}

/// Fisher and Yates, driven by `SplitMix64`.
fn shuffle(ids: &mut [String], seed: u64) {
    let mut state = seed;
    for upper in (1..ids.len()).rev() {
        let pick = usize::try_from(next(&mut state) % (upper as u64 + 1)).unwrap_or(0);
        ids.swap(upper, pick);
    }
}

fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grade::tests::{choice, order_chain};
    use proptest::prelude::*;

    #[test]
    fn the_generator_is_splitmix64() {
        let mut state = 1_234_567;
        let first: Vec<u64> = (0..3).map(|_| next(&mut state)).collect();
        assert_eq!(
            first,
            [
                6_457_827_717_110_365_317,
                3_203_168_211_198_807_973,
                9_817_491_932_198_370_423
            ]
        );
    }

    #[test]
    fn a_layout_is_frozen() {
        // Drafts on learners' machines hold seeds: the same seed has to mean the same layout for good.
        let (view, _) = choice(&["a", "b", "c", "d", "e"], &["a"]).split();
        assert_eq!(present(&view, 7).order.concat(), FROZEN_7);
    }
    const FROZEN_7: &str = "ebdac";

    #[test]
    fn a_fresh_order_is_not_solved() {
        let (view, key) = order_chain(2).split();
        for seed in 0..200 {
            let seed = fresh_seed(&view, &key, seed);
            assert_ne!(present(&view, seed).order, ["1", "2"], "seed {seed}");
        }
    }

    proptest! {
        #[test]
        fn a_layout_shows_every_piece_once(seed in 0..MAX_SEED) {
            let (view, _) = choice(&["a", "b", "c", "d"], &["a"]).split();
            let mut order = present(&view, seed).order;
            order.sort();
            prop_assert_eq!(order.concat(), "abcd");
        }
    }
}
